package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"copydesk/filters/text"
)

// amongProse reports whether the furniture's phrases in a block are mentioned
// among an author's sentences: the block begins with a sentence that none
// stands in and that isn't put to the reader, and little of it are sentences
// with one. What recurs across the source is nobody's prose.
func (d *dressing) amongProse(b *block) bool {
	longEnough := 100
	if text.Dense(firstRune(b.text)) {
		longEnough /= 2
	}
	if b.runes < longEnough || b.linked() || d.page.recurs(b.text).count >= 2 || standings(b.nodes[0], d.page.body, d.whole) == furnishing {
		return false
	}
	sentences, said, heard := 0, 0, 0
	for s := range sentencesOf(b.text) {
		f := wording(s)
		hit := f.sure || f.weak > 0
		if sentences == 0 && (hit || !proseLike(s)) {
			return false
		}
		sentences++
		said += len(s)
		if hit {
			heard += len(s)
		}
	}
	return sentences >= 2 && heard*5 <= said*2
}

// overwhelming reports whether a block stands at an edge of nearly all entries,
// under titles of many kinds.
func (r *recurrence) overwhelming() bool {
	return r.count >= 5 && r.share >= 0.8 && r.families >= familiesMost
}

// everywhere reports whether recurrence alone shows that a block at the end is
// the site's: nearly all entries end so, and this one says something of its
// own before. Farewells, sources, names, and who made what is told, are the
// author's.
func (d *dressing) everywhere(i int, r recurrence) bool {
	b := &d.blocks[i]
	if !r.overwhelming() || speech(b.text) || farewell(b.text) || madeBy(b.text) || sourced(b.text) ||
		b.runes < 8 || personName(b.text) && !b.heading() && !b.linked() {
		return false
	}
	for j := range i {
		own := &d.blocks[j]
		if d.gone[j] || columns(own.text) < 30 {
			continue
		}
		if before := d.page.recurs(own.text); before.share < 0.5 {
			return true
		}
	}
	return false
}

// alwaysBefore reports whether a block stands, word for word, in all of a few
// entries under titles of different kinds, directly before furniture.
func (d *dressing) alwaysBefore(i int, r recurrence) bool {
	b := &d.blocks[i]
	return r.count >= 3 && r.share >= 0.99 && r.families >= 3 && !r.changing && r.tail && b.runes >= 16 && b.runes <= 240 &&
		d.amidst(i) && !farewell(b.text) && !madeBy(b.text) && !sourced(b.text) && !speech(b.text) && !personName(b.text)
}

// madeBy reports whether a line tells who had a part in the work: "Music: Ada Roe".
func madeBy(s string) bool {
	role, name, ok := strings.Cut(s, ":")
	return ok && len(strings.Fields(role)) <= 3 && personName(strings.TrimRight(strings.TrimSpace(name), "."))
}

// reported reports whether a text tells who says what it says: ", said the
// mayor". Furniture speaks for itself.
func reported(s string) bool {
	t := normalise(s)
	for i := 0; i < len(t); {
		at := strings.IndexByte(t[i:], ',')
		if at < 0 {
			return false
		}
		i += at + 1
		rest := strings.TrimPrefix(t[i:], " ")
		for _, pronoun := range [...]string{"he ", "she ", "they "} {
			rest = strings.TrimPrefix(rest, pronoun)
		}
		end := strings.IndexByte(rest, ' ')
		if end > 0 && reporting[rest[:end]] {
			return true
		}
	}
	return false
}

// reporting are verbs that tell who speaks, behind the comma that ends the speech.
var reporting = set(`said says wrote writes sang joked asked answered replied recalled explained sagt sagte schrieb meint meinte erklärte
	dit disait décrivait écrit écrivait explique raconte affirme assure résume dice dijo decía diceva dizia escribió explicó afirmó disse escreveu explicou afirmou scrive spiega racconta
	zegt zei schreef vertelt mówi mówił mówiła radził radziła pytał pytała mawiał mawiała powiedział powiedziała wspomina napisał napisała говорит сказал сказала написал написала
	каже сказав розповідає říká řekl řekla säger sade skrev siger sagde sier sanoo sanoi mondja mondta spune dedi diyor kata ujar tutur λέει είπε
	каза казва kaže rekao rekla`)

// proseLike reports whether a sentence is a statement, and long enough for one.
func proseLike(s string) bool {
	switch lastRune(s) {
	case '?', '!', '؟', '？', '！':
		return false
	}
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
			if wide(r) || text.Dense(r) {
				letters++
			}
		}
	}
	return letters >= 24
}

// sentencesOf yields the sentences of a folded text, with their full stops.
func sentencesOf(s string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start := 0
		for i := 0; i < len(s); {
			r, size := rune(s[i]), 1
			if r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(s[i:])
			}
			i += size
			switch r {
			case '.', '!', '?', '…', '؟', '۔', '।':
				if i < len(s) && s[i] != ' ' || initial(s[start:i]) {
					continue
				}
			case '。', '！', '？':
			default:
				continue
			}
			if !yield(strings.TrimSpace(s[start:i])) {
				return
			}
			start = i
		}
		if rest := strings.TrimSpace(s[start:]); rest != "" {
			yield(rest)
		}
	}
}

// initial reports whether a text ends with one letter and a full stop.
func initial(s string) bool {
	s = strings.TrimSuffix(s, ".")
	word := s[strings.LastIndexByte(s, ' ')+1:]
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsUpper(r)
}
