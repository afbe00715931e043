package article

import (
	"errors"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/feed"
)

// check refuses what isn't the entry's article: sites answer with a login, a
// notice or their front page, and say 200. Where a person named the element it
// is theirs to know what stands in it.
func check(e *feed.Entry, title, text string, named bool) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("there is no text in its article")
	}
	sent := plainOf(e.Body())
	if !named {
		there := terms(title + " " + text)
		if share(terms(plainOf(e.Title)), there) < alike && share(terms(sent), there) < alike {
			return errors.New("it is about something else than the entry: a login, a notice or another article stands there; full_text can name the article's element with a CSS selector")
		}
	}
	if float64(letters(text)) < less*float64(letters(sent)) {
		return errors.New("it says less than the feed does")
	}
	return nil
}

// plainOf is the plain text of what the feed sent, roughly: it may be larger
// than any page, and no tree is made of it.
func plainOf(t feed.Text) string {
	if !t.HTML {
		return t.Value
	}
	var b strings.Builder
	var in atom.Atom // a silent element
	z := html.NewTokenizer(strings.NewReader(t.Value))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if in == 0 {
				b.Write(z.Text())
				b.WriteByte(' ')
			}
		case html.StartTagToken:
			if name, _ := z.TagName(); in == 0 && silent[atom.Lookup(name)] {
				in = atom.Lookup(name)
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); atom.Lookup(name) == in {
				in = 0
			}
		}
	}
}

// plain appends the text below a node, with a space between elements.
func plain(b *strings.Builder, n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
		b.WriteByte(' ')
	case n.Type == html.ElementNode && silent[n.DataAtom]:
	default:
		for c := range n.ChildNodes() {
			plain(b, c)
		}
	}
}

var silent = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true}

// mostTerms bounds how much of a feed's text is looked for: the beginning
// tells what it is about.
const mostTerms = 400

// terms are the words of a text in small letters, in the order in which they
// come first; in scripts that don't divide words, each pair of letters.
func terms(s string) []string {
	var all []string
	seen := map[string]bool{}
	add := func(t string) {
		if !seen[t] {
			seen[t] = true
			all = append(all, t)
		}
	}
	var word []rune
	var before rune // the letter before, in a script without spaces
	end := func() {
		if len(word) > 2 {
			add(string(word))
		}
		word = word[:0]
	}
	for _, r := range s {
		switch {
		case unicode.In(r, undivided...):
			end()
			if before != 0 {
				add(string([]rune{before, r}))
			}
			before = r
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			word = append(word, unicode.ToLower(r))
		default:
			end()
		}
		before = 0
	}
	end()
	return all
}

// undivided are scripts whose words stand without spaces between them.
var undivided = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// share is the part of a text's terms, of the first of them, that stand in
// another; 0 where there are too few to tell.
func share(of, in []string) float64 {
	of = of[:min(len(of), mostTerms)]
	if len(of) < 2 {
		return 0
	}
	there := make(map[string]bool, len(in))
	for _, t := range in {
		there[t] = true
	}
	n := 0
	for _, t := range of {
		if there[t] {
			n++
		}
	}
	return float64(n) / float64(len(of))
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
