package topic

import (
	"strings"
	"unicode/utf8"

	"copydesk/filters/text"
)

// irregular knows words whose forms no rule of endings gives. Each of a word's
// forms finds all others.
type irregular struct {
	words map[string][]int32 // by folded form
	tails map[string][]int32 // the same, of words that compounds can end with
	all   []paradigm
}

type paradigm struct {
	forms    []wordForm
	complete bool // there are no other forms
}

type wordForm struct {
	written, folded string
	glued           bool // the endings of an agglutinative language may follow
}

// readIrregular reads a table. Its lines are the forms of one word each, or,
// before a colon, the endings of many, where a straight quotation mark stands
// for umlaut. "день дн+я,ю,ем" is день, дня, дню and днем; "-" is no ending, a
// bare "+" any ending of the language, "@hard" a list that a line "@hard = …"
// gave. "~" stands before a form that is found and finds nothing, being
// another word too, and stands before all but the first from "@verbs" on; "="
// before a line whose forms are all there are; "*" before a line whose words
// compounds can end with.
func readIrregular(table string) *irregular {
	r := &irregular{words: make(map[string][]int32), tails: make(map[string][]int32)}
	lists := make(map[string]string)
	verbs := false
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		if name, list, ok := strings.Cut(line, " = "); ok && line[0] == '@' {
			lists[name] = list
			continue
		}
		if line == "@verbs" {
			verbs = true
			continue
		}
		complete, tail := false, false
		for line != "" && (line[0] == '=' || line[0] == '*') {
			complete, tail = complete || line[0] == '=', tail || line[0] == '*'
			line = line[1:]
		}
		if ends, words, ok := strings.Cut(line, ":"); ok {
			for word := range strings.FieldsSeq(words) {
				var forms []string
				for end := range strings.FieldsSeq(ends) {
					forms = append(forms, derive(word, end))
				}
				first(forms, verbs)
				r.add(forms, lists, complete, tail)
			}
			continue
		}
		forms := strings.Fields(line)
		first(forms, verbs)
		r.add(forms, lists, complete, tail)
	}
	return r
}

// first makes the first of a verb's forms the only one that finds others.
func first(forms []string, verbs bool) {
	for i := 1; verbs && i < len(forms); i++ {
		forms[i] = "~" + strings.TrimPrefix(forms[i], "~")
	}
}

// derive sets an ending behind a word, with umlaut when a quotation mark says so.
func derive(word, end string) string {
	if end == "-" {
		return word
	}
	end, changed := strings.CutPrefix(end, `"`)
	if !changed {
		return word + end
	}
	at := strings.LastIndexAny(word, "aouAOU")
	if at > 0 && word[at-1:at+1] == "au" {
		at--
	}
	if at < 0 {
		return word + end
	}
	return word[:at] + strings.NewReplacer("a", "ä", "o", "ö", "u", "ü").Replace(word[at:at+1]) + word[at+1:] + end
}

func (r *irregular) add(tokens []string, lists map[string]string, complete, tail bool) {
	if len(tokens) == 0 {
		return
	}
	p := paradigm{complete: complete}
	number := int32(len(r.all))
	for _, t := range tokens {
		t, only := strings.CutPrefix(t, "~")
		stem, ends, more := strings.Cut(t, "+")
		switch {
		case !more:
			ends = "-"
		case strings.HasPrefix(ends, "@"):
			ends = lists[ends]
		}
		for end := range strings.SplitSeq(ends, ",") {
			written := stem + strings.TrimPrefix(end, "-")
			f := wordForm{written: accentedOf(written), folded: folded(written), glued: more && end == ""}
			p.forms = append(p.forms, f)
			if only || f.glued {
				continue
			}
			r.words[f.folded] = append(r.words[f.folded], number)
			if tail {
				r.tails[f.folded] = append(r.tails[f.folded], number)
			}
		}
	}
	r.all = append(r.all, p)
}

func accentedOf(s string) string {
	n := text.Terms(s)
	var b strings.Builder
	for i := range n.Units {
		b.WriteString(n.Accented(i))
	}
	return b.String()
}

// stems lists the forms of a word, folded, and of its last part, and tells
// whether there are no others.
func (r *irregular) stems(word, accented string, glued *endings) (out []stem, complete bool) {
	if r == nil {
		return nil, false
	}
	take := func(before, beforeAccented, rest string, numbers []int32) {
		for _, number := range numbers {
			p := &r.all[number]
			if rest != "" && !p.has(rest) {
				continue
			}
			complete = complete || p.complete && before == ""
			for _, f := range p.forms {
				s := stem{text: before + f.folded, accented: beforeAccented + f.written, written: true}
				if f.glued {
					s.ends = glued
				}
				out = append(out, s)
			}
		}
	}
	take("", "", accented, r.words[word])
	if len(out) > 0 || len(r.tails) == 0 {
		return out, complete
	}
	for at := range word {
		if at == 0 || utf8.RuneCountInString(word[:at]) < 2 {
			continue
		}
		if numbers := r.tails[word[at:]]; len(numbers) > 0 {
			rest := ""
			if accented != "" {
				rest = accented[len(cutRunes(accented, utf8.RuneCountInString(word[at:]))):]
			}
			take(word[:at], strings.TrimSuffix(accented, rest), rest, numbers)
			break
		}
	}
	return out, complete
}

// has reports whether a word with its accents is one of the forms.
func (p *paradigm) has(accented string) bool {
	for _, f := range p.forms {
		if f.written == accented {
			return true
		}
	}
	return false
}
