package topic

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"copydesk/filters/text"
)

// endings is a set of endings that a stem can have.
type endings struct {
	folded   map[string]struct{}
	accented map[string]struct{} // as written; only looked at for terms with accents
	any      bool                // whatever follows
}

func (e *endings) has(rest []byte) bool {
	if e == nil {
		return len(rest) == 0
	}
	if e.any {
		return true
	}
	_, ok := e.folded[string(rest)]
	return ok
}

func (e *endings) add(list string) {
	for _, f := range strings.Fields(list) {
		if f == "-" {
			f = ""
		}
		e.put(f)
	}
}

func (e *endings) put(ending string) {
	n := text.Terms(ending)
	e.folded[string(n.Fold)] = struct{}{}
	accented := ""
	for i := range n.Units {
		accented += n.Accented(i)
	}
	e.accented[accented] = struct{}{}
}

func newEndings(list string) *endings {
	e := &endings{folded: make(map[string]struct{}), accented: make(map[string]struct{})}
	e.add(list)
	return e
}

func folded(s string) string { return string(text.Terms(s).Fold) }

// rule gives the endings that take the place of one.
type rule struct {
	ending  string // folded
	written string
	before  byte // 'C' or 'V': what stands before it; 'c': the same as 'C', one letter and more; '*': a letter or more; 0: two and more
	strict  bool // only of words with these accents
	ends    *endings
}

// stem is a way to find a word: what it begins with, and how it may end.
type stem struct {
	text     string // folded
	accented string // with the term's accents; only looked at for terms with accents
	own      string // what the term has in the place of the endings
	written  bool   // the endings' own accents are those of the term's forms
	ends     *endings
}

// change is what may become of a word's end before the endings of an
// agglutinative language.
type change struct {
	from, to       string // folded
	before, behind []rune // the same with their accents
	long           bool   // only of words with two vowels and more
}

type grammar struct {
	groups    [][]rule // the longest endings first
	glued     *endings // of an agglutinative language
	changes   []change
	irregular *irregular
	prefixes  []string // folded
}

var grammars = sync.OnceValue(func() map[string]*grammar {
	all := make(map[string]*grammar, len(inflections)+len(agglutinative))
	for language, table := range inflections {
		all[language] = parseGrammar(table)
	}
	for language, lists := range agglutinative {
		g := &grammar{glued: glue(lists)}
		for _, c := range changes[language] {
			from, long := strings.CutPrefix(c[0], "VV")
			g.changes = append(g.changes, change{folded(from), folded(c[1]), []rune(from), []rune(c[1]), long})
		}
		all[language] = g
	}
	for language, g := range all {
		g.irregular = readIrregular(irregulars[language])
	}
	for language, list := range prefixes {
		for _, p := range list {
			all[language].prefixes = append(all[language].prefixes, folded(p))
		}
	}
	for from, to := range aliases {
		all[from] = all[to]
	}
	return all
})

func parseGrammar(table string) *grammar {
	g := &grammar{groups: [][]rule{nil}}
	for line := range strings.Lines(strings.TrimSpace(table)) {
		ending, list, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			g.groups = append(g.groups, nil)
			continue
		}
		r := rule{}
		ending, r.strict = strings.CutPrefix(strings.TrimSpace(ending), "!")
		switch ending[0] {
		case 'C', 'V', '*':
			r.before, ending = ending[0], ending[1:]
		case '-':
			ending = ""
		}
		if short, ok := strings.CutPrefix(ending, "1"); ok {
			r.before, ending = 'c', short
		}
		r.ending, r.written = folded(ending), ending
		r.ends = newEndings(list)
		last := &g.groups[len(g.groups)-1]
		*last = append(*last, r)
	}
	for _, group := range g.groups {
		slices.SortStableFunc(group, func(a, b rule) int {
			if n := len(b.ending) - len(a.ending); n != 0 {
				return n
			}
			return int(b.before) - int(a.before)
		})
	}
	return g
}

// glue sets each ending of a list behind each of the former.
func glue(lists []string) *endings {
	e := newEndings("-")
	whole := []string{""}
	for _, list := range lists {
		var next []string
		for _, before := range whole {
			for f := range strings.FieldsSeq(list) {
				next = append(next, before+strings.TrimPrefix(f, "-"))
			}
		}
		whole = next
	}
	for _, w := range whole {
		e.put(w)
	}
	return e
}

// stems lists the ways in which a word of a term, folded, can be found in a
// text of the language. Accented is the word with its accents, if it has any.
func (g *grammar) stems(word, accented string) []stem {
	length := utf8.RuneCountInString(word)
	if g == nil || length < 2 {
		return nil
	}
	out, complete := g.irregular.stems(word, accented, g.glued)
	if complete || length == 2 && g.glued == nil {
		return out
	}
	for _, group := range g.groups {
		out = longest(out, group, word, accented)
	}
	if g.glued != nil {
		out = append(out, stem{text: word, accented: accented, ends: g.glued})
		for _, c := range g.changes {
			base, ok := strings.CutSuffix(word, c.from)
			if ok && base != "" && utf8.RuneCountInString(base+c.to) >= 3 && (!c.long || vowels(word) > 1) {
				out = append(out, stem{text: base + c.to, accented: c.accents(accented), ends: g.glued})
			}
		}
	}
	return out
}

// accents returns a word with accents after the change: a letter that stays
// keeps its own.
func (c *change) accents(word string) string {
	if word == "" {
		return ""
	}
	own, written := []rune(word), slices.Clone(c.behind)
	for i := 1; i <= min(len(written), len(c.before), len(own)); i++ {
		if written[len(written)-i] == c.before[len(c.before)-i] {
			written[len(written)-i] = own[len(own)-i]
		}
	}
	return cutRunes(word, len(c.before)) + string(written)
}

const vowelLetters = "aeiouyаеиоуыэюяіїє"

func vowels(word string) int {
	n := 0
	for _, r := range word {
		if strings.ContainsRune(vowelLetters, r) {
			n++
		}
	}
	return n
}

// longest adds the stems by the rule of the longest ending that the word has,
// accents included. A word without accents may be one that was written
// without: rules of endings that have some, and are as long, hold for it too.
func longest(out []stem, group []rule, word, accented string) []stem {
	exact, doubted := 0, len(out)
	for i := range group {
		r := &group[i]
		if exact > len(r.ending)+1 {
			break
		}
		base, ok := strings.CutSuffix(word, r.ending)
		if !ok || base == "" || !r.follows(base) {
			continue
		}
		s := stem{text: base, ends: r.ends, written: true}
		if accented == "" {
			switch {
			case r.ending == r.written && exact > 0 || r.ending != r.written && r.strict:
				continue
			case r.ending == r.written:
				exact = len(r.ending) + 1
			}
			out = append(out, s)
			continue
		}
		s.accented = cutRunes(accented, utf8.RuneCountInString(r.ending))
		s.own = accented[len(s.accented):]
		if s.written = s.own == r.written; s.written {
			return append(out[:doubted], s)
		}
		if len(out) == doubted {
			out = append(out, s)
		}
	}
	return out
}

// follows reports whether the rule's ending may follow what stands before it.
func (r *rule) follows(base string) bool {
	switch r.before {
	case '*':
		return true
	case 'C', 'c', 'V':
		last, _ := utf8.DecodeLastRuneInString(base)
		if strings.ContainsRune(vowelLetters, last) != (r.before == 'V') {
			return false
		}
		if r.before == 'c' {
			return true
		}
	}
	return utf8.RuneCountInString(base) >= 2
}

// fits compares the accents of a word in a text with those of a term, from
// behind the stem on. Endings have the accents that their language gives them;
// what they share with the term must have the term's.
func (p *pattern) fits(rest string) bool {
	if p.ends == nil {
		return rest == ""
	}
	if p.ends.any {
		return true
	}
	if _, ok := p.ends.accented[rest]; ok && p.written {
		return true
	}
	if folded(p.own) != p.own {
		return strings.HasPrefix(rest, p.own)
	}
	other := []rune(rest)
	for i, r := range []rune(p.own) {
		if i == len(other) || other[i] != r {
			return i == len(other) || folded(string(other[i])) != string(r)
		}
	}
	return true
}

// scriptLanguage is the language whose endings are tried on words of a script
// that the text's language isn't written in.
var scriptLanguage = map[text.Script]string{
	text.Latin: "en", text.Cyrillic: "ru", text.Greek: "el", text.Arabic: "ar", text.Hebrew: "he", text.Hangul: "ko", text.Other: "hi",
}

// writes names the script of languages that aren't written in Latin letters.
var writes = map[string]text.Script{
	"ru": text.Cyrillic, "uk": text.Cyrillic, "be": text.Cyrillic, "bg": text.Cyrillic, "mk": text.Cyrillic, "sr": text.Cyrillic,
	"kk": text.Cyrillic, "ky": text.Cyrillic, "mn": text.Cyrillic, "tg": text.Cyrillic, "el": text.Greek, "ar": text.Arabic,
	"fa": text.Arabic, "ur": text.Arabic, "ps": text.Arabic, "he": text.Hebrew, "yi": text.Hebrew, "ko": text.Hangul,
	"hi": text.Other, "mr": text.Other, "ne": text.Other, "bn": text.Other, "ta": text.Other, "te": text.Other,
	"ml": text.Other, "kn": text.Other, "gu": text.Other, "pa": text.Other, "si": text.Other, "am": text.Other,
	"ka": text.Other, "hy": text.Other, "zh": text.Han, "ja": text.Han, "yue": text.Han, "th": text.Thai, "lo": text.Thai,
	"km": text.Thai, "my": text.Thai, "bo": text.Thai,
}

// primary is the language of a BCP 47 tag by which endings are chosen.
func primary(tag string) string {
	if strings.EqualFold(tag, "sr-Latn") {
		return "hr"
	}
	p, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return p
}

// shortest is the length of words to which an unknown language's endings
// would make too many others.
const shortest = 3

// widespread are the languages whose endings are tried when a text's language
// is unknown: with those of all, too many words look like forms of others.
var widespread = map[text.Script][]string{
	text.Latin: {"en", "de", "fr", "es", "pt", "it", "nl"}, text.Cyrillic: {"ru", "uk"}, text.Greek: {"el"},
	text.Arabic: {"ar", "fa"}, text.Hebrew: {"he"}, text.Hangul: {"ko"}, text.Other: {"hi"},
}

// stemsIn lists the stems of a word of a script in a text of a language
// (empty: unknown).
func stemsIn(language, word, accented string, script text.Script) []stem {
	all := grammars()
	if language == "" {
		var out []stem
		tried := widespread[script]
		if utf8.RuneCountInString(word) <= shortest {
			tried = tried[:1]
		}
		for _, l := range tried {
			out = append(out, all[l].stems(word, accented)...)
		}
		return out
	}
	if home(language) != script {
		return all[scriptLanguage[script]].stems(word, accented)
	}
	out := all[language].stems(word, accented)
	if script == text.Latin && language != "en" {
		out = append(out, all["en-"].stems(word, accented)...)
	}
	return out
}

func home(language string) text.Script {
	if s, ok := writes[language]; ok {
		return s
	}
	return text.Latin
}
