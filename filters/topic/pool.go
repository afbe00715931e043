package topic

import (
	"sync"

	"copydesk/filters/text"
)

// Pool holds terms, so that a text is gone through once for all of them. It
// is safe for use by several goroutines.
type Pool struct {
	mu       sync.RWMutex
	terms    []*Term
	number   map[string]int
	matchers map[string]*matcher // by language; made anew when a term is added
}

// NewPool returns an empty one.
func NewPool() *Pool {
	return &Pool{number: make(map[string]int), matchers: make(map[string]*matcher)}
}

// Add takes a term in and returns its number; a term that is written alike
// has the same.
func (p *Pool) Add(t *Term) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i, ok := p.number[t.Source]; ok {
		return i
	}
	i := len(p.terms)
	p.number[t.Source] = i
	p.terms = append(p.terms, t)
	clear(p.matchers)
	return i
}

// Term returns a term by its number.
func (p *Pool) Term(i int) *Term {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.terms[i]
}

// Size is the number of terms.
func (p *Pool) Size() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return len(p.terms)
}

// matcher returns what finds the pool's terms in texts of a language. It is
// made when the first such text comes.
func (p *Pool) matcher(tag string) (*matcher, []*Term) {
	language := tag
	if grammars()[language] == nil && language != "" {
		if language = "vi"; home(tag) != text.Latin { // without endings, as all that we know nothing of
			language = "zh"
		}
	}
	p.mu.RLock()
	m, terms := p.matchers[language], p.terms
	p.mu.RUnlock()
	if m != nil {
		return m, terms
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if m = p.matchers[language]; m == nil {
		m = newMatcher(p.terms, language)
		p.matchers[language] = m
	}
	return m, p.terms
}

// Place is where a term stands in a text.
type Place struct {
	Start, End int // bytes of the text
	From, To   int // units: From is the first, To the one behind the last
}

// perTerm bounds the places kept of one term.
const perTerm = 64

// Found holds the places of the terms that stand in a text, in order.
type Found map[int][]Place

// Find looks for all terms of the pool. The language (BCP 47; empty:
// unknown) decides which endings words can have.
func (p *Pool) Find(n *text.Normal, language string) Found {
	found := make(Found)
	m, terms := p.matcher(primary(language))
	s := scan{matcher: m, n: n, language: primary(language)}
	s.found = func(term int32, from, to int) {
		places := found[int(term)]
		if len(places) == perTerm || len(places) > 0 && places[len(places)-1].From == from {
			return
		}
		found[int(term)] = append(places, Place{int(n.Units[from].Start), int(n.Units[to-1].End), from, to})
	}
	s.run()
	for i, t := range terms {
		if t.Regexp == nil {
			continue
		}
		for _, at := range t.Regexp.FindAllStringIndex(n.Text, perTerm) {
			from, to := n.Between(at[0], at[1])
			found[i] = append(found[i], Place{at[0], at[1], from, to})
		}
	}
	return found
}

// Excerpt is what stands at a place with a little around it.
func Excerpt(n *text.Normal, at Place) string { return n.Around(at.Start, at.End, 24) }
