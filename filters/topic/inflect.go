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
	ending string // folded
	before byte   // 'C' or 'V': what stands before it; '^': nothing; '*': a letter or more; 0: two and more
	whole  string // with '^': what all forms begin with
	ends   *endings
}

// stem is a way to find a word: what it begins with, and how it may end. cut
// is how many bytes of the term's word were taken off; -1 when the stem isn't
// the beginning of that word.
type stem struct {
	text string
	cut  int
	ends *endings
}

type grammar struct {
	groups   [][]rule // the longest endings first
	glued    *endings // of an agglutinative language
	softened [][2]string
	prefixes []string // folded
}

var grammars = sync.OnceValue(func() map[string]*grammar {
	all := make(map[string]*grammar, len(inflections)+len(agglutinative))
	for language, table := range inflections {
		all[language] = parseGrammar(table)
	}
	for language, lists := range agglutinative {
		all[language] = &grammar{glued: glue(lists), softened: softened[language]}
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
		ending = strings.TrimSpace(ending)
		switch ending[0] {
		case 'C', 'V', '^', '*':
			r.before, ending = ending[0], ending[1:]
		case '-':
			ending = ""
		}
		r.ending = folded(ending)
		if r.before == '^' {
			r.whole, list = common(strings.Fields(list))
		}
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

// common divides words into what all begin with, and their ends.
func common(words []string) (string, string) {
	begin := words[0]
	for _, w := range words {
		for !strings.HasPrefix(w, begin) {
			_, size := utf8.DecodeLastRuneInString(begin)
			begin = begin[:len(begin)-size]
		}
	}
	ends := make([]string, len(words))
	for i, w := range words {
		if ends[i] = w[len(begin):]; ends[i] == "" {
			ends[i] = "-"
		}
	}
	return begin, strings.Join(ends, " ")
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
// text of the language.
func (g *grammar) stems(word string) []stem {
	length := utf8.RuneCountInString(word)
	if g == nil || length < 2 || length == 2 && g.glued == nil {
		return nil
	}
	var out []stem
	for _, group := range g.groups {
		if s, ok := longest(group, word); ok {
			out = append(out, s)
		}
	}
	if g.glued != nil {
		out = append(out, stem{text: word, ends: g.glued})
		for _, s := range g.softened {
			if base, ok := strings.CutSuffix(word, s[0]); ok && utf8.RuneCountInString(base+s[1]) >= 3 {
				out = append(out, stem{text: base + s[1], cut: -1, ends: g.glued})
			}
		}
	}
	return out
}

func longest(group []rule, word string) (stem, bool) {
	for _, r := range group {
		base, ok := strings.CutSuffix(word, r.ending)
		if !ok || (r.before == '^') != (base == "") {
			continue
		}
		if r.before == 'C' || r.before == 'V' {
			last, _ := utf8.DecodeLastRuneInString(base)
			if strings.ContainsRune("aeiouyаеиоуыэюяіїє", last) != (r.before == 'V') {
				continue
			}
		}
		if r.before != '^' && r.before != '*' && utf8.RuneCountInString(base) < 2 {
			continue
		}
		if r.before == '^' {
			return stem{text: folded(r.whole), cut: -1, ends: r.ends}, true
		}
		return stem{text: base, cut: len(r.ending), ends: r.ends}, true
	}
	return stem{}, false
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

// widespread are the languages whose endings are tried when a text's language
// is unknown: with those of all, too many words look like forms of others.
var widespread = map[text.Script][]string{
	text.Latin: {"en", "de", "fr", "es", "pt", "it", "nl"}, text.Cyrillic: {"ru", "uk"}, text.Greek: {"el"},
	text.Arabic: {"ar", "fa"}, text.Hebrew: {"he"}, text.Hangul: {"ko"}, text.Other: {"hi"},
}

// stemsIn lists the stems of a word of a script in a text of a language
// (empty: unknown).
func stemsIn(language, word string, script text.Script) []stem {
	all := grammars()
	if language == "" {
		var out []stem
		for _, l := range widespread[script] {
			out = append(out, all[l].stems(word)...)
		}
		return out
	}
	if home(language) != script {
		return all[scriptLanguage[script]].stems(word)
	}
	out := all[language].stems(word)
	if script == text.Latin && language != "en" {
		out = append(out, all["en-"].stems(word)...)
	}
	return out
}

func home(language string) text.Script {
	if s, ok := writes[language]; ok {
		return s
	}
	return text.Latin
}
