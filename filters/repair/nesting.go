package repair

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/filters/text"
)

const (
	// maxDepth is how deep published markup nests. Text that stands deeper is
	// kept, its elements aren't.
	maxDepth = 100
	// maxFormatting bounds the unclosed formatting elements that a parser must
	// open again in every block (WHATWG HTML §13.2.4.3): their product would
	// make gigabytes of a megabyte.
	maxFormatting = 16
	// harmless is how many start tags can't do harm however they nest.
	harmless = 200
)

// tame returns markup that is safe to parse: its input, unless that nests
// without measure.
func tame(markup string) string {
	tags := 0
	for i := 0; i < len(markup)-1; i++ {
		next := strings.IndexByte(markup[i:], '<')
		if next < 0 {
			break
		}
		if i += next; i+1 < len(markup) && markup[i+1]|0x20 >= 'a' && markup[i+1]|0x20 <= 'z' {
			tags++
		}
	}
	if tags <= harmless {
		return markup
	}
	n := nesting{}
	n.walk(markup, false)
	if n.deepest <= maxDepth && n.formatting <= maxFormatting {
		return markup
	}
	return flatten(markup)
}

// flatten rewrites markup so that every element is closed where its parent
// ends and none stands deeper than maxDepth; text is kept.
func flatten(markup string) string {
	n := nesting{}
	n.walk(markup, true)
	return n.out.String()
}

// nesting follows the open elements of a token stream. It sees nesting at
// least as deep as a parser would.
type nesting struct {
	out        strings.Builder
	open       []openElement
	styles     int // open formatting elements
	deepest    int
	formatting int  // the most formatting elements open at once
	broke      bool // a break stands for the elements that were left out
}

type openElement struct {
	name    atom.Atom
	tag     string
	written bool
}

func (n *nesting) walk(markup string, rewrite bool) {
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			n.pop(0, rewrite)
			return
		case html.StartTagToken:
			// The tokenizer reuses its buffer: what is written is taken first.
			raw := ""
			if rewrite {
				raw = string(z.Raw())
			}
			name, _ := z.TagName()
			n.start(atom.Lookup(name), string(name), raw, rewrite)
		case html.EndTagToken:
			name, _ := z.TagName()
			n.end(atom.Lookup(name), string(name), rewrite)
		default:
			if rewrite {
				n.out.Write(z.Raw())
				n.broke = false
			}
		}
	}
}

func (n *nesting) start(name atom.Atom, tag, raw string, rewrite bool) {
	if void(name) {
		if rewrite {
			n.out.WriteString(raw)
		}
		return
	}
	if limit := n.implied(name); limit >= 0 {
		n.pop(limit, rewrite)
	}
	written := len(n.open) < maxDepth && (!formats(name) || n.styles < maxFormatting)
	if rewrite {
		switch {
		case written:
			n.out.WriteString(raw)
		case rawText(name):
			n.out.WriteString(raw)
			written = true
		case text.Block(name) && !n.broke:
			n.out.WriteString("<br>")
			n.broke = true
		}
	}
	n.open = append(n.open, openElement{name, tag, written})
	if formats(name) {
		n.styles++
	}
	n.deepest = max(n.deepest, len(n.open))
	n.formatting = max(n.formatting, n.styles)
}

func (n *nesting) end(name atom.Atom, tag string, rewrite bool) {
	// An end tag that has to look further belongs to nothing.
	for i := len(n.open) - 1; i >= max(len(n.open)-1000, 0); i-- {
		if n.open[i].tag == tag {
			n.pop(i, rewrite)
			return
		}
		if walled(n.open[i].name) && !walled(name) && name != atom.Table && name != atom.Tr {
			return
		}
	}
}

// pop closes all open elements from index i on.
func (n *nesting) pop(i int, rewrite bool) {
	for j := len(n.open) - 1; j >= i; j-- {
		e := n.open[j]
		if formats(e.name) {
			n.styles--
		}
		if rewrite && e.written {
			n.out.WriteString("</" + e.tag + ">")
		}
	}
	n.open = n.open[:i]
}

// implied returns the index of the open element that a start tag ends, as
// <li> ends an open li; -1 when it ends none.
func (n *nesting) implied(name atom.Atom) int {
	last := len(n.open) - 1
	if last < 0 {
		return -1
	}
	for i := last; i >= 0 && i > last-8; i-- {
		switch open := n.open[i].name; {
		case open == name && (name == atom.Li || name == atom.Option || name == atom.Tr || name == atom.P),
			cell(open) && cell(name), term(open) && term(name):
			return i
		case open == atom.Ul || open == atom.Ol || open == atom.Dl || open == atom.Table || open == atom.Select:
			return -1
		}
	}
	return -1
}

func cell(a atom.Atom) bool { return a == atom.Td || a == atom.Th }
func term(a atom.Atom) bool { return a == atom.Dt || a == atom.Dd }

// walled reports whether an end tag inside the element can't close what
// stands outside it.
func walled(a atom.Atom) bool {
	switch a {
	case atom.Td, atom.Th, atom.Caption, atom.Object, atom.Marquee, atom.Applet, atom.Template, atom.Button, atom.Select:
		return true
	}
	return false
}

func void(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link,
		atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}

func rawText(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Textarea, atom.Title, atom.Xmp, atom.Iframe, atom.Noembed, atom.Noframes, atom.Plaintext:
		return true
	}
	return false
}

func formats(a atom.Atom) bool {
	switch a {
	case atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small,
		atom.Strike, atom.Strong, atom.Tt, atom.U:
		return true
	}
	return false
}
