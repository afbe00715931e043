// Package text makes plain text of an entry and normalises it, once for all
// that look at it: topics, rules, languages and stories.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Plain returns what a reader sees of a tree: white space folded, blocks and
// line breaks divided by one line feed, nothing of scripts, styles, comments
// and attributes. It descends without recursion, so that no nesting is too
// deep for it.
func Plain(root *html.Node) string {
	var b strings.Builder
	space, line := false, false
	b.Grow(dataLength(root))
	for n := root; n != nil; {
		descend := true
		switch n.Type {
		case html.TextNode:
			for rest := n.Data; rest != ""; {
				words, gap := cutWords(rest)
				if words > 0 {
					if line && b.Len() > 0 {
						b.WriteByte('\n')
					} else if space && b.Len() > 0 {
						b.WriteByte(' ')
					}
					space, line = false, false
					b.WriteString(rest[:words])
				}
				space = space || gap > 0
				rest = rest[words+gap:]
			}
		case html.ElementNode:
			descend = !Unseen(n.DataAtom)
			line = line || breaks(n.DataAtom)
		case html.CommentNode, html.DoctypeNode:
			descend = false
		}
		if descend && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
			line = line || breaks(n.DataAtom)
		}
		if n == root {
			break
		}
		line = line || breaks(n.DataAtom)
		n = n.NextSibling
	}
	return b.String()
}

// dataLength is how many bytes of text a tree holds, seen or not.
func dataLength(root *html.Node) int {
	length := 0
	for n := root; ; {
		if n.Type == html.TextNode {
			length += len(n.Data)
		}
		if n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
		}
		if n == root {
			return length
		}
		n = n.NextSibling
	}
}

// cutWords returns how many bytes a text has up to the first white space that
// isn't one space between two words, and how many that white space.
func cutWords(s string) (words, gap int) {
	for words < len(s) {
		c := s[words]
		if c > ' ' && c < utf8.RuneSelf {
			words++
			continue
		}
		if c == ' ' && words > 0 && words+1 < len(s) && s[words+1] > ' ' && s[words+1] < utf8.RuneSelf {
			words += 2
			continue
		}
		if spaceAt(s[words:]) > 0 {
			break
		}
		words++
	}
	for words+gap < len(s) {
		size := spaceAt(s[words+gap:])
		if size == 0 {
			break
		}
		gap += size
	}
	return words, gap
}

// spaceAt returns how many bytes the white space has that a text begins with.
func spaceAt(s string) int {
	if c := s[0]; c < utf8.RuneSelf {
		if c == ' ' || c >= '\t' && c <= '\r' {
			return 1
		}
		return 0
	}
	if r, size := utf8.DecodeRuneInString(s); unicode.IsSpace(r) {
		return size
	}
	return 0
}

// Unseen reports whether a reader sees nothing of what an element holds.
func Unseen(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Template, atom.Head, atom.Noscript, atom.Iframe, atom.Object, atom.Svg, atom.Math, atom.Rp:
		return true
	}
	return false
}

// Block reports whether an element begins and ends a line.
func Block(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Center, atom.Dd, atom.Details, atom.Dialog,
		atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Li,
		atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table,
		atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul, atom.Caption:
		return true
	}
	return false
}

func breaks(a atom.Atom) bool { return a == atom.Br || Block(a) }

// What an ASCII character is to the counting of words.
const (
	apart  = iota // it ends a word
	within        // a letter or digit
	either        // a hyphen or apostrophe: a word goes on, but none begins
)

var counted = func() (kinds [utf8.RuneSelf]uint8) {
	for c := range kinds {
		if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' {
			kinds[c] = within
		}
	}
	kinds['\''], kinds['-'] = either, either
	return kinds
}()

// Words counts words; in scripts that don't divide them, 1.7 characters make
// a word.
func Words(s string) int {
	words, dense, in := 0, 0, uint8(0) // in: 1 within a word
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			i++
			// Without branches, which nobody could foretell in running text.
			k := counted[c]
			words += int(k & within &^ in)
			in = k&within | in&(k>>1)
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case Dense(r):
			dense++
			in = 0
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			words += int(1 &^ in)
			in = 1
		case r == '’' || unicode.IsMark(r):
		default:
			in = 0
		}
	}
	return words + dense*10/17
}

// Dense reports whether a character belongs to a script that doesn't divide
// words by spaces.
func Dense(r rune) bool {
	if r < 0x0E00 {
		return false
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
