// Package topic finds the topics of an entry: it knows what a term is and
// where one stands in a text.
//
// A term is found as a reader would find it: in any case, Unicode form, width
// and, for Chinese, script; in any inflection of the text's language; as whole
// words only; an acronym in capitals only. All terms of a pool are looked for
// in one way through a text that package text has normalised, so that ten
// thousand cost little more than ten. What a text is (the title, the article
// proper without its boilerplate) is for the caller to say, as is its language.
//
// In scripts without spaces a term must stand where words do: for Chinese
// characters the readings of their neighbourhood are weighed with a word list,
// for katakana the rest of the row must be words too, hiragana must be
// followed by a particle.
package topic

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"copydesk/feed"
	"copydesk/filters/text"
)

// Spec is a topic as it is configured. All that it names must hold: one of
// Any, each of All, none of None, Score, one of Near, one of Topics.
type Spec struct {
	Name   string
	Any    []string
	All    []string
	None   []string
	Score  Score
	Near   []Near
	Topics []string // names of others
}

// Score adds up the weights of the terms that stand in an entry, each once,
// however often it does.
type Score struct {
	Terms   map[string]float64
	AtLeast float64
}

// Near holds when all its terms stand within so many words, in any order.
type Near struct {
	Terms  []string
	Within int
}

// Mistake is something wrong with a topic.
type Mistake struct {
	Topic int    // index of the spec
	List  string // "any", "all", "none", "score", "near", "topics"; empty: the topic as a whole
	Index int    // within the list; -1: the list as a whole, or one of a score's terms
	Term  int    // within near's terms; -1: not one of them
	Key   string // the term of a score; empty: not one
	Wrong string
	Right string
}

// Set is a compiled set of topics.
type Set struct {
	pool   *Pool
	topics []compiled
	order  []int // topics after those that they are made of
}

type compiled struct {
	name           string
	any, all, none []int
	weights        []weight
	atLeast        float64
	near           []near
	topics         []int
}

type weight struct {
	term int
	by   float64
}

type near struct {
	terms  []int
	within int
}

// Compile makes a set of topics; where there are mistakes, without what is wrong.
func Compile(specs []Spec) (*Set, []Mistake) {
	c := compiler{set: &Set{pool: NewPool()}, names: make(map[string]int)}
	for i, spec := range specs {
		if _, ok := c.names[spec.Name]; !ok {
			c.names[spec.Name] = i
		}
	}
	for i := range specs {
		c.set.topics = append(c.set.topics, c.topic(i, &specs[i]))
	}
	c.sort(specs)
	return c.set, c.mistakes
}

type compiler struct {
	set      *Set
	names    map[string]int
	mistakes []Mistake
}

func (c *compiler) wrong(m Mistake) { c.mistakes = append(c.mistakes, m) }

func (c *compiler) topic(i int, spec *Spec) compiled {
	t := compiled{name: spec.Name, atLeast: spec.Score.AtLeast}
	t.any = c.terms(i, "any", spec.Any)
	t.all = c.terms(i, "all", spec.All)
	t.none = c.terms(i, "none", spec.None)
	keys := slices.Sorted(maps.Keys(spec.Score.Terms))
	for _, key := range keys {
		before := len(c.mistakes)
		for _, term := range c.terms(i, "score", []string{key}, -1) {
			t.weights = append(t.weights, weight{term, spec.Score.Terms[key]})
		}
		if len(c.mistakes) > before {
			c.mistakes[before].Key = key
		}
	}
	c.score(i, spec.Score)
	for k, n := range spec.Near {
		t.near = append(t.near, c.near(i, k, n))
	}
	for k, name := range spec.Topics {
		other, ok := c.names[name]
		if !ok {
			c.wrong(Mistake{i, "topics", k, -1, "", fmt.Sprintf("no topic %q", name), "name one of the configured topics"})
			continue
		}
		t.topics = append(t.topics, other)
	}
	if len(spec.Any)+len(spec.All)+len(spec.Score.Terms)+len(spec.Near)+len(spec.Topics) == 0 {
		c.wrong(Mistake{i, "", -1, -1, "", "names nothing that an entry could be on it by", "give it any: [terms]"})
	}
	return t
}

// terms adds terms to the pool; at is the index of the first, 0 when not given.
func (c *compiler) terms(topic int, list string, terms []string, at ...int) []int {
	var out []int
	for k, s := range terms {
		term, err := CompileTerm(s)
		if err != nil {
			if len(at) > 0 {
				k += at[0]
			}
			wrong, right, _ := strings.Cut(err.Error(), "; ")
			c.wrong(Mistake{topic, list, k, -1, "", wrong, right})
			continue
		}
		out = append(out, c.set.pool.Add(term))
	}
	return out
}

func (c *compiler) score(topic int, s Score) {
	if len(s.Terms) == 0 {
		if s.AtLeast != 0 {
			c.wrong(Mistake{topic, "score", -1, -1, "", "a threshold without terms", "give terms with their weights"})
		}
		return
	}
	reach := 0.0
	for _, w := range s.Terms {
		reach += max(0, w)
	}
	switch {
	case s.AtLeast <= 0:
		c.wrong(Mistake{topic, "score", -1, -1, "", "no threshold above 0", "give at_least: what the weights must add up to"})
	case reach < s.AtLeast:
		c.wrong(Mistake{topic, "score", -1, -1, "", fmt.Sprintf("all terms together weigh %g, less than %g", reach, s.AtLeast), "lower at_least"})
	}
}

func (c *compiler) near(topic, k int, n Near) near {
	out := near{within: n.Within}
	for i, s := range n.Terms {
		before := len(c.mistakes)
		out.terms = append(out.terms, c.terms(topic, "near", []string{s}, k)...)
		if len(c.mistakes) > before {
			c.mistakes[before].Term = i
		}
	}
	if len(n.Terms) < 2 {
		c.wrong(Mistake{topic, "near", k, -1, "", "fewer than two terms", "name the terms that must stand near each other"})
	}
	if n.Within < 1 {
		c.wrong(Mistake{topic, "near", k, -1, "", fmt.Sprintf("within %d words", n.Within), "give within: 1 or more"})
	}
	return out
}

// sort puts topics behind those that they are made of, and refuses circles.
func (c *compiler) sort(specs []Spec) {
	state := make([]int, len(specs)) // 1: being visited, 2: done
	var visit func(i int) bool
	visit = func(i int) bool {
		if state[i] != 0 {
			return state[i] == 2
		}
		state[i] = 1
		kept := c.set.topics[i].topics[:0]
		for _, other := range c.set.topics[i].topics {
			if !visit(other) {
				c.wrong(Mistake{i, "topics", slices.Index(specs[i].Topics, specs[other].Name), -1, "",
					fmt.Sprintf("topic %q is made of itself", specs[other].Name), "break the circle"})
				continue
			}
			kept = append(kept, other)
		}
		c.set.topics[i].topics = kept
		state[i] = 2
		c.set.order = append(c.set.order, i)
		return true
	}
	for i := range specs {
		visit(i)
	}
}

// Len is the number of topics.
func (s *Set) Len() int {
	if s == nil {
		return 0
	}
	return len(s.topics)
}

// Names lists the topics in the order of the configuration.
func (s *Set) Names() []string {
	if s == nil {
		return nil
	}
	var out []string
	for _, t := range s.topics {
		out = append(out, t.name)
	}
	return out
}

// perTopic bounds the words that are told of one topic.
const perTopic = 8

// Find tells which topics an entry is on, in the order of the configuration,
// and by which words. The language is the entry's; empty: unknown.
func (s *Set) Find(title, body *text.Normal, language string) []feed.TopicHit {
	if s == nil || len(s.topics) == 0 {
		return nil
	}
	e := evaluation{set: s, parts: []part{{"title", title, s.pool.Find(title, language)}, {"text", body, s.pool.Find(body, language)}}}
	if len(e.parts[0].found)+len(e.parts[1].found) == 0 {
		return nil
	}
	hits := make([][]feed.Hit, len(s.topics))
	on := make([]bool, len(s.topics))
	for _, i := range s.order {
		hits[i], on[i] = e.topic(&s.topics[i], hits, on)
	}
	var out []feed.TopicHit
	for i := range s.topics {
		if on[i] {
			out = append(out, feed.TopicHit{Topic: s.topics[i].name, Words: hits[i]})
		}
	}
	return out
}

type part struct {
	where string
	n     *text.Normal
	found Found
}

type evaluation struct {
	set   *Set
	parts []part
}

func (e *evaluation) has(term int) bool {
	return len(e.parts[0].found[term]) > 0 || len(e.parts[1].found[term]) > 0
}

// hit is the first place of a term.
func (e *evaluation) hit(term int) feed.Hit {
	for _, p := range e.parts {
		if at := p.found[term]; len(at) > 0 {
			return feed.Hit{Term: e.set.pool.Term(term).Source, Found: Excerpt(p.n, at[0]), Where: p.where}
		}
	}
	return feed.Hit{}
}

func (e *evaluation) topic(t *compiled, hits [][]feed.Hit, on []bool) ([]feed.Hit, bool) {
	if slices.ContainsFunc(t.none, e.has) || slices.ContainsFunc(t.all, func(i int) bool { return !e.has(i) }) {
		return nil, false
	}
	var out []feed.Hit
	add := func(h feed.Hit) {
		if len(out) < perTopic && !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	if len(t.any) > 0 {
		n := len(out)
		for _, term := range t.any {
			if e.has(term) {
				add(e.hit(term))
			}
		}
		if len(out) == n {
			return nil, false
		}
	}
	if len(t.weights) > 0 {
		sum := 0.0
		for _, w := range t.weights {
			if e.has(w.term) {
				sum += w.by
				add(e.hit(w.term))
			}
		}
		if sum < t.atLeast {
			return nil, false
		}
	}
	if len(t.near) > 0 {
		h, ok := e.anyNear(t.near)
		if !ok {
			return nil, false
		}
		add(h)
	}
	if len(t.topics) > 0 {
		found := false
		for _, other := range t.topics {
			if found = found || on[other]; on[other] {
				for _, h := range hits[other] {
					add(h)
				}
			}
		}
		if !found {
			return nil, false
		}
	}
	for _, term := range t.all {
		add(e.hit(term))
	}
	return out, len(t.any)+len(t.weights)+len(t.near)+len(t.topics)+len(t.all) > 0
}

func (e *evaluation) anyNear(list []near) (feed.Hit, bool) {
	for _, n := range list {
		for _, p := range e.parts {
			if from, to, ok := n.in(p.n, p.found); ok {
				var names []string
				for _, t := range n.terms {
					names = append(names, e.set.pool.Term(t).Source)
				}
				at := Place{Start: int(p.n.Units[from].Start), End: int(p.n.Units[to-1].End)}
				return feed.Hit{Term: strings.Join(names, " … "), Found: Excerpt(p.n, at), Where: p.where}, true
			}
		}
	}
	return feed.Hit{}, false
}

// in finds a stretch of units, not longer than within words, that holds all terms.
func (n *near) in(t *text.Normal, found Found) (int, int, bool) {
	if len(n.terms) == 0 {
		return 0, 0, false
	}
	for _, first := range n.terms {
		for _, at := range found[first] {
			// A stretch that begins here: each term at its nearest place behind.
			end, ok := at.To, at.From < len(t.Units)
			for _, other := range n.terms {
				nearest := -1
				for _, o := range found[other] {
					if o.From >= at.From && (nearest < 0 || o.To < nearest) {
						nearest = o.To
					}
				}
				ok = ok && nearest >= 0
				end = max(end, nearest)
			}
			if ok && t.Words(at.From, end) <= n.within {
				return at.From, end, true
			}
		}
	}
	return 0, 0, false
}
