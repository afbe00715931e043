package topic

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"copydesk/filters/text"
)

// matcher finds the terms of a pool in texts of one language. All words that
// terms hold are stems in one trie, so that a text is gone through once,
// however many terms there are.
type matcher struct {
	trie     *trie
	at       [][]int32 // by the trie's values: patterns
	patterns []pattern
	tokens   []tokenIn
	prefixes [][]byte // of words in this language
	heads    bool     // there are terms that Hangul compounds can end with
}

// pattern is one way to find a token.
type pattern struct {
	token    int32
	stem     string
	accented string // the stem with its accents
	own      string // what the term has in the place of the endings
	strict   bool   // accents matter
	written  bool   // the endings' own accents are those of the term's forms
	ends     *endings
}

// tokenIn is a token with the ways to find it in the matcher's language.
type tokenIn struct {
	token
	patterns []int32
	uses     []use // forms that begin with it
}

type use struct {
	term int32
	form *form
	rest []int32 // tokens that follow
}

func newMatcher(terms []*Term, language string) *matcher {
	m := &matcher{}
	known := make(map[token]int32)
	id := func(t token) int32 {
		key := t
		key.sign, key.tight = "", false
		i, ok := known[key]
		if !ok {
			i = int32(len(m.tokens))
			known[key] = i
			m.tokens = append(m.tokens, tokenIn{token: key})
		}
		return i
	}
	for i, t := range terms {
		for k := range t.forms {
			f := &t.forms[k]
			first := id(f.tokens[0])
			u := use{term: int32(i), form: f}
			for _, next := range f.tokens[1:] {
				u.rest = append(u.rest, id(next))
			}
			m.tokens[first].uses = append(m.tokens[first].uses, u)
		}
	}
	for i := range m.tokens {
		m.find(int32(i), language)
	}
	if g := grammars()[language]; g != nil {
		for _, p := range g.prefixes {
			m.prefixes = append(m.prefixes, []byte(p))
		}
	}
	m.index()
	return m
}

// find lists the patterns of a token.
func (m *matcher) find(i int32, language string) {
	t := &m.tokens[i]
	add := func(p pattern) {
		p.token, p.strict = i, t.accented != ""
		t.patterns = append(t.patterns, int32(len(m.patterns)))
		m.patterns = append(m.patterns, p)
	}
	add(pattern{stem: t.folded, accented: t.accented})
	if t.exact || t.script.Dense() || t.script == text.Number {
		return
	}
	if t.capitals {
		if t.script == text.Latin {
			add(pattern{stem: t.folded, accented: t.accented, ends: plural})
		} else if t.script == text.Hangul {
			add(pattern{stem: t.folded, ends: grammars()["ko"].glued})
		}
		return
	}
	if t.script == text.Hangul && utf8.RuneCountInString(t.folded) >= 3 {
		add(pattern{stem: t.folded, ends: whatever})
		m.heads = true
		return
	}
	for _, s := range stemsIn(language, t.folded, t.accented, t.script) {
		add(pattern{stem: s.text, accented: s.accented, own: s.own, written: s.written, ends: s.ends})
	}
}

var (
	plural   = &endings{folded: map[string]struct{}{"s": {}}, accented: map[string]struct{}{"s": {}}}
	whatever = &endings{any: true}
)

func cutRunes(s string, n int) string {
	for ; n > 0 && s != ""; n-- {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}

func (m *matcher) index() {
	order := make([]int32, len(m.patterns))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return strings.Compare(m.patterns[a].stem, m.patterns[b].stem) })
	var keys [][]byte
	for i, p := range order {
		stem := m.patterns[p].stem
		if i == 0 || stem != m.patterns[order[i-1]].stem {
			keys = append(keys, []byte(stem))
			m.at = append(m.at, nil)
		}
		m.at[len(m.at)-1] = append(m.at[len(m.at)-1], p)
	}
	m.trie = newTrie(keys)
}

// scan is one way through one text.
type scan struct {
	*matcher
	n        *text.Normal
	language string
	found    func(term int32, from, to int) // units
	weighed  map[int32]int                  // places of a term at which word borders were weighed
}

// mostWeighed bounds the places of one term at which word borders are weighed.
const mostWeighed = 500

func (s *scan) run() {
	units := s.n.Units
	for i := range units {
		u := &units[i]
		if u.Script.Dense() {
			s.dense(i)
			continue
		}
		if u.Gap == text.Tied && (u.Script == text.Number || u.To-u.From < 2 || units[i-1].Script != text.Number) {
			continue
		}
		last := i
		for last+1 < len(units) && last < i+2 && units[last+1].Gap == text.Dash && !units[last+1].Script.Dense() {
			last++
		}
		s.word(i, last, int(u.From))
		if len(s.prefixes) > 0 && (u.Script == text.Arabic || u.Script == text.Hebrew) {
			s.prefixed(i, last)
		}
		if s.heads && u.Script == text.Hangul {
			s.head(i)
		}
	}
}

func (s *scan) prefixed(i, last int) {
	word := s.n.Word(i)
	for _, p := range s.prefixes {
		if bytes.HasPrefix(word, p) && utf8.RuneCount(word[len(p):]) >= 3 {
			s.word(i, last, int(s.n.Units[i].From)+len(p))
		}
	}
}

// word finds the tokens that unit i is, or units i to j with hyphens between,
// j up to last.
func (s *scan) word(i, last, from int) {
	units, fold := s.n.Units, s.n.Fold
	node, end := int32(0), int(units[last].To)
	for pos := from; pos < end; pos++ {
		if node = s.trie.step(node, fold[pos]); node < 0 {
			return
		}
		value := s.trie.value[node]
		if value < 0 {
			continue
		}
		for _, p := range s.at[value] {
			pattern := &s.patterns[p]
			for j := i; j <= last; j++ {
				to := int(units[j].To)
				if to > pos && pattern.ends.has(fold[pos+1:to]) && s.accepts(pattern, i, j, from) {
					s.begin(pattern.token, i, j+1)
				}
			}
		}
	}
}

// accepts compares what folding took off: capitals and accents.
func (s *scan) accepts(p *pattern, i, j, from int) bool {
	u := &s.n.Units[i]
	t := &s.tokens[p.token]
	if t.capitals && !s.acronym(p, i, j) {
		return false
	}
	if !p.strict || from != int(u.From) {
		return true
	}
	capitals, accents, whole := true, false, ""
	for k := i; k <= j; k++ {
		capitals = capitals && s.n.Units[k].Capitals
		accents = accents || s.n.Units[k].Accents
		whole += s.n.Accented(k)
	}
	if capitals && !accents {
		return true // capitals are often written without
	}
	rest, ok := strings.CutPrefix(whole, p.accented)
	return ok && p.fits(rest)
}

// acronym reports whether units i to j are written in capitals, but for a plural's s.
func (s *scan) acronym(p *pattern, i, j int) bool {
	if s.n.Units[i].Capitals && i == j && (p.ends == nil || s.n.Units[i].Script == text.Hangul) {
		return true
	}
	for k := i; k < j; k++ {
		if !s.n.Units[k].Capitals {
			return false
		}
	}
	if p.ends == nil {
		return s.n.Units[j].Capitals
	}
	written := s.n.Text[s.n.Units[j].Start:s.n.Units[j].End]
	stem, ok := strings.CutSuffix(written, "s")
	return ok && !strings.ContainsFunc(stem, unicode.IsLower)
}

// dense finds the tokens that begin with unit i in a script without spaces.
func (s *scan) dense(i int) {
	units := s.n.Units
	node := int32(0)
	for j := i; j < len(units) && units[j].Script.Dense(); j++ {
		if j > i && units[j].Gap != text.Next && units[j].Gap != text.Space {
			return
		}
		for _, c := range s.n.Word(j) {
			if node = s.trie.step(node, c); node < 0 {
				return
			}
		}
		if value := s.trie.value[node]; value >= 0 {
			for _, p := range s.at[value] {
				s.begin(s.patterns[p].token, i, j+1)
			}
		}
	}
}

// begin follows the forms whose first token is units[from:to].
func (s *scan) begin(t int32, from, to int) {
	for k := range s.tokens[t].uses {
		u := &s.tokens[t].uses[k]
		if end := s.follow(u, 0, to); end > 0 && s.whole(u, from, end) {
			s.found(u.term, from, end)
		}
	}
}

// follow returns the unit behind the last token of a form, or 0.
func (s *scan) follow(u *use, k, i int) int {
	if k == len(u.rest) {
		return i
	}
	units := s.n.Units
	want := &u.form.tokens[k+1]
	if i < len(units) && units[i].Gap == text.Quote && want.folded != "s" && string(s.n.Word(i)) == "s" {
		i++ // the world's fair
	}
	if i >= len(units) {
		return 0
	}
	if want.sign != "" {
		if units[i].Gap != text.Stop || signs(s.n.Text[units[i-1].End:units[i].Start]) != want.sign {
			return 0
		}
	} else if units[i].Gap == text.Stop {
		return 0
	}
	if want.script.Dense() {
		if j := s.literal(want.folded, i); j > 0 {
			return s.follow(u, k+1, j)
		}
		return 0
	}
	for j := i; j < len(units) && j < i+3 && (j == i || units[j].Gap == text.Dash); j++ {
		if s.is(u.rest[k], i, j) {
			if end := s.follow(u, k+1, j+1); end > 0 {
				return end
			}
		}
	}
	return 0
}

// is reports whether units i to j are a token.
func (s *scan) is(t int32, i, j int) bool {
	word := s.n.Fold[s.n.Units[i].From:s.n.Units[j].To]
	from := int(s.n.Units[i].From)
	for _, p := range s.tokens[t].patterns {
		pattern := &s.patterns[p]
		if rest, ok := bytes.CutPrefix(word, []byte(pattern.stem)); ok && pattern.ends.has(rest) && s.accepts(pattern, i, j, from) {
			return true
		}
		for _, prefix := range s.prefixes {
			if rest, ok := bytes.CutPrefix(word, prefix); ok {
				if rest, ok := bytes.CutPrefix(rest, []byte(pattern.stem)); ok && pattern.ends.has(rest) {
					return true
				}
			}
		}
	}
	return false
}

// literal returns the unit behind a row of characters that begins with unit i, or 0.
func (s *scan) literal(row string, i int) int {
	units := s.n.Units
	for j := i; j < len(units) && units[j].Script.Dense() && (j == i || units[j].Gap == text.Next || units[j].Gap == text.Space); j++ {
		word := s.n.Word(j)
		if !strings.HasPrefix(row, string(word)) {
			return 0
		}
		if row = row[len(word):]; row == "" {
			return j + 1
		}
	}
	return 0
}

// whole reports whether units[from:to] stand for themselves: nothing that
// belongs to them goes on at either side, and the form's own signs are there.
func (s *scan) whole(u *use, from, to int) bool {
	units := s.n.Units
	last := &units[to-1]
	if to < len(units) && units[to].Gap == text.Tied && (units[to].Script != text.Number || last.To-last.From < 3) {
		return false
	}
	f := u.form
	if f.lead != "" && !strings.HasSuffix(signs(s.n.Text[max(0, int(units[from].Start)-16):units[from].Start]), f.lead) {
		return false
	}
	behind := s.n.Text[last.End:min(len(s.n.Text), int(last.End)+16)]
	if f.trail != "" {
		if !strings.HasPrefix(signs(behind), f.trail) {
			return false
		}
	} else if len(f.tokens) == 1 && last.To-last.From == 1 && behind != "" && (behind[0] == '+' || behind[0] == '#') {
		return false // C isn't C++
	}
	if units[from].Script.Dense() || last.Script.Dense() {
		if s.weighed == nil {
			s.weighed = make(map[int32]int)
		}
		if s.weighed[u.term]++; s.weighed[u.term] > mostWeighed {
			return false
		}
		return stands(s.n, from, to, s.language)
	}
	return true
}
