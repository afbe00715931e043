package language

import (
	"iter"
	"slices"
	"strings"
	"sync"
)

const (
	// heard is what the declared language and the usual one add, in nats.
	// Nine in ten articles are in the language that their feed declares, and
	// at least four fifths of a source's in its usual one, which is odds of
	// about e² to one. Texts that aren't names speak much louder than that.
	heardDeclared, heardUsual = 2.0, 2.0
	// heardHan is what both together add for Chinese and Japanese: a title that
	// shows neither kana nor simplified characters can be either.
	heardHan = 5.0
	// compatible is how far below a paragraph's likeliest language another may
	// lie for the paragraph to speak for it too: relatives share paragraphs.
	compatible = -6.0
	// kindred is the same for a language whose close relative it speaks for.
	kindred = -14.0
	// agreeing paragraphs, the title among them, are enough when another
	// language is less likely than theirs by certain, in nats.
	agreeing = 3
	certain  = 20.0
	// titleWeight is how much more a title's word counts than a body's.
	titleWeight = 2.0
)

// Of tells the language of an article. Its title and body are weighed; quotes
// weigh less, and paragraphs in another language than most don't count.
// Declared is the language that the feed declares: it decides between
// languages that are about as likely, and is not believed against the text.
// Usual is the language that the source's articles are usually in: it decides
// where a text is too short to tell. Both may be empty.
func Of(title, body, declared, usual string) Guess {
	m := load()
	declared, usual = Canonical(declared), Canonical(usual)
	a := articles.Get().(*article)
	defer articles.Put(a)
	a.read(m, title, body)
	if a.words == 0 {
		return expected(usual, declared)
	}
	nats, share := a.settle(m)
	m.relate(&nats, a)
	saidBase, usualBase := base(declared), base(usual)
	for i, l := range m.all {
		nats[i] += heard(l, m.bases[i], saidBase, usualBase)
	}
	g := m.guess(&nats)
	best := slices.Index(m.all, g.Language)
	g.Confidence *= min(1, 0.3+0.8*share[best]) // one language in two thirds of the text and more is no mixture
	written := m.scriptOf(best)
	names := written == latin && (a.words < scant || a.words < 3*scant && g.Confidence < unsure)
	if e := expected(usual, declared); e.Language != "" {
		if names || g.Confidence < unsure && m.possible(e.Language, written, nats[best], &nats) {
			return e // names are written in any language
		}
	}
	bare := body == "" && written == latin // names decide too often there
	switch {
	case g.Confidence < believable, bare && g.Confidence < unsure:
		return Guess{}
	case g.Language != "en" && declared != "" && strings.Contains(untold[written], " "+declared+" "):
		return Guess{declared, fallback}
	}
	g.Language = m.telling.refine(g, declared, a, written)
	return g
}

// heard is what the declared and the usual language, told by their bases, add
// to a language.
func heard(language, base, declared, usual string) (nats float64) {
	if base == declared {
		nats += heardDeclared
	}
	if base == usual {
		nats += heardUsual
	}
	if nats > 0 && (language == "zh" || language == "ja") {
		return heardHan
	}
	return nats
}

// possible reports whether a text may be in an expected language though
// another is likelier: not by much, or it can't be told at all.
func (m *model) possible(language string, written script, best float64, nats *[maxAll]float64) bool {
	for i, l := range m.all {
		if base(l) == base(language) && m.scriptOf(i) == written {
			return nats[i] >= best+compatible
		}
	}
	return strings.Contains(untold[written], " "+language+" ")
}

// scriptOf returns the script that a language of m.all is told in.
func (m *model) scriptOf(i int) script {
	switch {
	case i < len(m.scripts):
		return m.scripts[i]
	case i == m.korean:
		return hangul
	}
	return firstSole + script(i-m.soleAt)
}

// article is a title and a body by paragraphs.
type article struct {
	parts  []part // of which the first used are this article's
	used   int
	words  float64 // weighed
	memory memory
}

type part struct {
	sample sample
	belief belief
}

var articles = sync.Pool{New: func() any { return new(article) }}

// read takes in as much of title and body as is looked at.
func (a *article) read(m *model, title, body string) {
	a.used, a.words = 0, 0
	left := sampled - a.add(m, title, sampled/4, titleWeight)
	for body != "" && left > 0 {
		line, rest, _ := strings.Cut(body, "\n")
		body = rest
		if len(line) > 0 {
			left -= a.add(m, line, min(left, paragraph), 1)
			if a.agrees(m) {
				return
			}
		}
	}
}

// agrees reports whether what was read leaves no doubt: several paragraphs
// that can all be in one language, which is much likelier than any other.
func (a *article) agrees(m *model) bool {
	if a.used < agreeing {
		return false
	}
	parts := a.parts[:a.used]
	best, first, second := 0, 2*impossible, 2*impossible
	for i := range m.all {
		sum := 0.0
		for j := range parts {
			sum += max(parts[j].belief.nats[i], impossible/3)
		}
		switch {
		case sum > first:
			best, first, second = i, sum, first
		case sum > second:
			second = sum
		}
	}
	for j := range parts {
		if parts[j].belief.nats[best] < compatible {
			return false
		}
	}
	return first-second >= certain
}

// next returns the first part that isn't used.
func (a *article) next() *part {
	if a.used == len(a.parts) {
		a.parts = append(a.parts, part{})
	}
	return &a.parts[a.used]
}

// add reads a paragraph and returns the number of its letters.
func (a *article) add(m *model, text string, limit int, weight float64) int {
	p := a.next()
	p.sample.scan(m.table, text, limit)
	if len(p.sample.words) == 0 {
		return 0
	}
	m.read(&p.sample, &a.memory, &p.belief)
	p.belief.words *= weight
	if strings.HasPrefix(text, ">") {
		p.belief.words *= 0.3
	}
	a.words += p.belief.words
	a.used++
	return len(p.sample.letters)
}

// settle finds the languages that most of the article can be in, sums up what
// their paragraphs say, and tells for each language what part of the article
// can be in it.
func (a *article) settle(m *model) (nats, share [maxAll]float64) {
	parts := a.parts[:a.used]
	most := 0.0
	for i := range m.all {
		for j := range parts {
			if b := &parts[j].belief; m.speaks(b, i) {
				share[i] += b.words / a.words
			}
		}
		most = max(most, share[i])
	}
	for i := range m.all {
		if share[i] < most*0.8 {
			nats[i] = 2 * impossible
		}
	}
	for j := range parts {
		b := &parts[j].belief
		heard := false
		for i := range m.all {
			heard = heard || nats[i] > impossible && m.speaks(b, i)
		}
		if !heard {
			continue
		}
		for i := range m.all {
			nats[i] += max(b.nats[i], impossible/3)
		}
	}
	return nats, share
}

// in hands over the words of a script; kana belongs to han.
func (a *article) in(sc script) iter.Seq[[]rune] {
	return func(yield func([]rune) bool) {
		for j := range a.used {
			s := &a.parts[j].sample
			for _, w := range s.words {
				if (w.script == sc || sc == han && w.script == kana) && !yield(s.letters[w.start:w.end]) {
					return
				}
			}
		}
	}
}

// expected is the language to take when the text doesn't tell.
func expected(usual, declared string) Guess {
	if usual != "" {
		return Guess{usual, fallback}
	}
	if declared != "" {
		return Guess{declared, fallback}
	}
	return Guess{}
}
