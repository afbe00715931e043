package topic

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"copydesk/filters/text"
)

// Term is what a user writes to be found in texts: words, words in quotation
// marks to be found in exactly that form, or a regular expression between
// slashes.
type Term struct {
	Source string         // as written
	Regexp *regexp.Regexp // of /…/; nil for words
	forms  []form         // ways of writing the words; the first is the term's own
}

// form is a row of words.
type form struct {
	tokens      []token
	lead, trail string // signs that must stand directly before and behind: .NET, C++, 50 %
}

// token is a word, a number or a row of characters of a script without spaces.
type token struct {
	folded   string
	accented string // as written, in small letters; empty when it has no accents
	script   text.Script
	capitals bool   // an acronym
	exact    bool   // in this form only
	sign     string // must stand between the word before and this one: AT&T
	tight    bool   // nothing else than a tie may stand before it
}

const (
	maxTerm   = 500 // bytes
	maxTokens = 32
)

// CompileTerm reads a term. What it refuses could never be found in a text.
func CompileTerm(s string) (*Term, error) {
	source := strings.TrimSpace(s)
	switch {
	case source == "":
		return nil, errors.New("an empty term; write the words to be found")
	case len(source) > maxTerm:
		return nil, fmt.Errorf("a term of %d bytes; write at most %d", len(source), maxTerm)
	}
	if pattern, ok := expression(source); ok {
		re, err := regexp.Compile(pattern)
		if err != nil {
			return nil, fmt.Errorf("%s; write a regular expression of RE2, or the words without slashes", Unreadable(err))
		}
		return &Term{Source: source, Regexp: re}, nil
	}
	if i := strings.LastIndexByte(source, '/'); source[0] == '/' && i > 1 && flags(source[i+1:]) {
		return nil, fmt.Errorf("flags behind a regular expression; write /(?%s)%s/", source[i+1:], source[1:i])
	}
	exact := len(source) > 2 && source[0] == '"' && source[len(source)-1] == '"'
	words := source
	if exact {
		words = source[1 : len(source)-1]
	}
	f, err := read(words, exact)
	if err != nil {
		return nil, err
	}
	t := &Term{Source: source, forms: []form{f}}
	if !exact {
		t.forms = append(t.forms, variants(f, text.Terms(words))...)
	}
	return t, nil
}

// Unreadable says what is wrong with a regular expression.
func Unreadable(err error) string {
	return "a regular expression that can't be read: " + strings.TrimPrefix(err.Error(), "error parsing regexp: ")
}

// expression returns what stands between slashes.
func expression(s string) (string, bool) {
	if len(s) < 3 || s[0] != '/' || s[len(s)-1] != '/' {
		return "", false
	}
	return s[1 : len(s)-1], true
}

func flags(s string) bool {
	return s != "" && strings.Trim(s, "imsU") == ""
}

func read(words string, exact bool) (form, error) {
	n := text.Terms(words)
	var f form
	switch {
	case len(n.Units) == 0:
		return f, errors.New("a term without letters or digits; write words, or a regular expression between slashes")
	}
	shouts := shouting(n)
	for i := range n.Units {
		u := &n.Units[i]
		dense := u.Script.Dense()
		if last := len(f.tokens) - 1; dense && last >= 0 && f.tokens[last].script.Dense() && (u.Gap == text.Next || u.Gap == text.Space) {
			f.tokens[last].folded += string(n.Word(i))
			continue
		}
		t := token{folded: string(n.Word(i)), script: u.Script, exact: exact, tight: u.Gap == text.Tied}
		t.capitals = u.Capitals && utf8.RuneCount(n.Word(i)) >= 2 && !shouts
		if u.Accents {
			t.accented = n.Accented(i)
		}
		if i > 0 && u.Gap == text.Stop {
			t.sign = signs(n.Text[n.Units[i-1].End:u.Start])
		}
		f.tokens = append(f.tokens, t)
	}
	if len(f.tokens) > maxTokens {
		return f, fmt.Errorf("a term of %d words; write at most %d", len(f.tokens), maxTokens)
	}
	f.lead = signs(n.Text[:n.Units[0].Start])
	f.trail = strings.TrimRight(signs(n.Text[n.Units[len(n.Units)-1].End:]), ".,;:!?…。，、！？；：)]}）】》")
	f.lead = strings.TrimLeft(f.lead, ",;:!?¿¡…。，、！？；：([{（【《")
	return f, nil
}

// shouting reports whether a term of several words is written in capitals
// throughout, so that they don't mean acronyms.
func shouting(n *text.Normal) bool {
	words, long := 0, false
	for i := range n.Units {
		switch u := &n.Units[i]; {
		case u.Script == text.Number:
		case !u.Capitals:
			return false
		default:
			words++
			long = long || utf8.RuneCount(n.Word(i)) > 5
		}
	}
	return words > 1 && long
}

// signs keeps what is written as it is: no white space, no quotation marks.
func signs(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsGraphic(r) || strings.ContainsRune("\"'’‘“”„«»‹›`-\u2010\u2011\u2012\u2013\u2014\u2212", r) {
			return -1
		}
		return r
	}, s)
}

// variants are other ways of writing a form: without its hyphens (e-mail,
// email), without an Arabic article, with German umlauts written as two letters.
func variants(f form, n *text.Normal) []form {
	var out []form
	add := func(change func(i int, t *token) bool) {
		g := form{lead: f.lead, trail: f.trail, tokens: append([]token(nil), f.tokens...)}
		changed := false
		for i := range g.tokens {
			changed = change(i, &g.tokens[i]) || changed
		}
		if changed {
			out = append(out, g)
		}
	}
	if len(f.tokens) == len(n.Units) {
		if g, ok := unhyphened(f, n); ok {
			out = append(out, g)
		}
	}
	add(func(_ int, t *token) bool {
		rest, ok := strings.CutPrefix(t.folded, "ال")
		if !ok || t.script != text.Arabic || utf8.RuneCountInString(rest) < 3 {
			return false
		}
		t.folded, t.accented = rest, ""
		return true
	})
	add(func(_ int, t *token) bool {
		two := umlauts.Replace(t.accented)
		if two == t.accented {
			return false
		}
		t.folded, t.accented = folded(two), ""
		return true
	})
	return out
}

var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue")

func unhyphened(f form, n *text.Normal) (form, bool) {
	g := form{lead: f.lead, trail: f.trail}
	joined := false
	for i, t := range f.tokens {
		last := len(g.tokens) - 1
		if i > 0 && n.Units[i].Gap == text.Dash && t.script == f.tokens[i-1].script && t.script != text.Number {
			p := &g.tokens[last]
			if p.accented != "" || t.accented != "" {
				p.accented = cmp.Or(p.accented, p.folded) + cmp.Or(t.accented, t.folded)
			}
			p.folded += t.folded
			p.capitals = p.capitals && t.capitals
			joined = true
			continue
		}
		g.tokens = append(g.tokens, t)
	}
	return g, joined
}
