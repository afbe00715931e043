package topic

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"

	"copydesk/filters/text"
)

// Doubts tells what a person may not have meant by a term: "" when nothing.
// A term with doubts is still looked for as it is written.
func Doubts(t *Term) string {
	if t.Regexp != nil {
		return expressionDoubts(t)
	}
	words := strings.Trim(t.Source, `"`)
	switch n := text.Normalise(words); {
	case len(n.Units) == 0:
		return "is an address, and addresses aren't text; use link: or host: for them"
	case strings.ContainsAny(words, "<>") && strings.Contains(words, "</"):
		return "holds markup, which isn't text; write what a reader sees"
	case strings.Contains(words, "&amp;") || strings.Contains(words, "&quot;") || strings.Contains(words, "&#"):
		return "holds an HTML entity, which stands in no text; write the character"
	case looksLikeExpression(words):
		return "looks like a regular expression; put it between slashes: /" + words + "/"
	case strings.HasSuffix(words, "*") || strings.HasPrefix(words, "*"):
		return "ends in an asterisk, which must stand in the text; words are found in any inflection without it"
	case everywhere(n):
		return "stands in nearly every text"
	}
	return ""
}

func looksLikeExpression(s string) bool {
	for _, sign := range []string{".*", ".+", `\d`, `\w`, `\s`, `\b`, "(?", "[a-z", "[A-Z", "[0-9", "|"} {
		if strings.Contains(s, sign) {
			return true
		}
	}
	return strings.HasPrefix(s, "^") || strings.HasSuffix(s, "$") && len(s) > 1 && s[len(s)-2] != ' '
}

// frequent words stand in nearly every text of their language.
var frequent = strings.Fields("a an the of and or in on at to for is are was were be been it he she we you they this that these those with by from as " +
	"not has have had will would can said der die das und ist ein eine den dem des zu im mit von auf für auch sich nicht le la les de du des et en un une " +
	"est que qui dans pour par sur el los las y es del una con se no por o os da do em um uma il lo gli di che e per non и в на с по не что это как от к " +
	"за для из он она они мы i w z na do je się to jest a v s se är och att som på av med ett det")

func everywhere(n *text.Normal) bool {
	if len(n.Units) != 1 {
		return false
	}
	u, word := n.Units[0], n.Word(0)
	if u.Capitals && utf8.RuneCount(word) > 1 {
		return false
	}
	if u.Script.Dense() {
		return strings.Contains("的一是了在不和有人这中大为上个国的のはにをがとで也就年月日", string(word))
	}
	return utf8.RuneCount(word) == 1 && u.Script != text.Number && u.Script != text.Latin || slices.Contains(frequent, string(word)) ||
		u.Script == text.Number && len(word) == 1
}

func expressionDoubts(t *Term) string {
	pattern := t.Regexp.String()
	if t.Regexp.MatchString("") && !strings.HasPrefix(pattern, "^") {
		return "matches every text, since it matches nothing at all; make some of it obligatory"
	}
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil { // it was compiled with the same rules
		return ""
	}
	if tree.Simplify().Op == syntax.OpAnyChar || tree.Op == syntax.OpAnyCharNotNL {
		return "matches every text"
	}
	if strings.ContainsRune(string(literals(tree)), '\u00A0') {
		return "asks for a no-break space; white space in texts is folded to plain spaces"
	}
	if strings.Contains(pattern, "</") || strings.Contains(pattern, "<[^>]") {
		return "asks for markup, which isn't text"
	}
	return ""
}

// literals are the characters that an expression spells out.
func literals(r *syntax.Regexp) []rune {
	var out []rune
	if r.Op == syntax.OpLiteral {
		out = append(out, r.Rune...)
	}
	for _, sub := range r.Sub {
		out = append(out, literals(sub)...)
	}
	return out
}

// Doubt is something that a person may not have meant.
type Doubt struct {
	Topic string
	Text  string
}

// Doubts lists what a person may not have meant by the topics.
func (s *Set) Doubts() []Doubt {
	var out []Doubt
	if s == nil {
		return nil
	}
	for i := range s.topics {
		t := &s.topics[i]
		say := func(format string, args ...any) {
			out = append(out, Doubt{t.name, fmt.Sprintf(format, args...)})
		}
		for _, list := range t.lists() {
			for k, term := range list.terms {
				source := s.pool.Term(term)
				if d := Doubts(source); d != "" {
					say("%s: %q %s", list.name, source.Source, d)
				}
				if slices.Contains(list.terms[:k], term) {
					say("%s: %q stands twice", list.name, source.Source)
				}
			}
		}
		s.hidden(t, say)
	}
	return out
}

type termList struct {
	name  string
	terms []int
}

func (t *compiled) lists() []termList {
	lists := []termList{{"any", t.any}, {"all", t.all}, {"none", t.none}}
	var weighed []int
	for _, w := range t.weights {
		weighed = append(weighed, w.term)
	}
	lists = append(lists, termList{"score", weighed})
	for _, n := range t.near {
		lists = append(lists, termList{"near", n.terms})
	}
	return lists
}

// hidden tells of terms that never count, because what excludes the topic
// stands in them.
func (s *Set) hidden(t *compiled, say func(string, ...any)) {
	if len(t.none) == 0 {
		return
	}
	excluded := NewPool()
	for _, term := range t.none {
		excluded.Add(s.pool.Term(term))
	}
	for _, list := range t.lists() {
		if list.name == "none" {
			continue
		}
		for _, term := range list.terms {
			source := s.pool.Term(term)
			if source.Regexp != nil {
				continue
			}
			for k := range excluded.Find(text.Normalise(source.Source), "") {
				say("%s: %q can never count: %q, which is in none, stands in it", list.name, source.Source, excluded.Term(k).Source)
			}
		}
	}
}

// Uses reports which topics are parts of others, by name.
func (s *Set) Uses() map[string]bool {
	used := make(map[string]bool)
	if s == nil {
		return used
	}
	for i := range s.topics {
		for _, other := range s.topics[i].topics {
			used[s.topics[other].name] = true
		}
	}
	return used
}
