package repair

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// dropHollowBlocks removes paragraphs that nothing stands in, not even a
// space: they divide nothing.
func dropHollowBlocks(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type != html.ElementNode:
		case c.FirstChild == nil && (c.DataAtom == atom.P || c.DataAtom == atom.Div):
			divide([]*html.Node{c})
			n.RemoveChild(c)
		default:
			dropHollowBlocks(c)
		}
		c = next
	}
}

// bare reports whether the body is plain text that was sent as markup: no
// element that makes lines, but line feeds that must be lines.
func (p *page) bare() bool {
	if holdsBlocks(p.body) || breaksInside(p.body, false) {
		return false
	}
	var run []*html.Node
	for c := p.body.FirstChild; c != nil; c = c.NextSibling {
		run = append(run, c)
	}
	return feedsMeant(run)
}

// feedsMeant reports whether line feeds in a run of inline nodes are the
// author's: blank lines between text, or rows and items.
func feedsMeant(run []*html.Node) bool {
	feeds := false
	for _, n := range run {
		feeds = feeds || n.Type == html.TextNode && strings.IndexByte(n.Data, '\n') >= 0 || n.Type == html.ElementNode && breaksInside(n, true)
	}
	if !feeds {
		return false
	}
	var b strings.Builder
	for _, n := range run {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		} else {
			textNodes(n, func(t *html.Node) { b.WriteString(t.Data) })
		}
	}
	s := strings.TrimSpace(b.String())
	if hasBlankLine(s) {
		return true
	}
	items, all := 0, 0
	for l := range strings.Lines(s) {
		all++
		if l = strings.TrimSpace(l); startsItem(l) || tableRow(l) {
			items++
		}
	}
	return items >= 2 && items*2 >= all
}

func hasBlankLine(s string) bool {
	feed := false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\n':
			if feed {
				return true
			}
			feed = true
		case ' ', '\t', '\r':
		default:
			feed = false
		}
	}
	return false
}

// looseText makes paragraphs of text that stands between block elements of
// the body and is divided by blank lines, as some editors store it, and
// reports whether there was any.
func (p *page) looseText(n *html.Node) bool {
	var runs [][]*html.Node
	var run []*html.Node
	meant := false
	flush := func() {
		length := 0
		for _, r := range run {
			length += textLength(r)
		}
		if length > 0 {
			runs = append(runs, run)
			meant = meant || feedsMeant(run)
		}
		run = nil
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isElement(c, atom.Br) || blockLevel(c) {
			flush()
		} else {
			run = append(run, c)
		}
	}
	flush()
	if !meant {
		return false
	}
	for _, run := range runs {
		holder := cloneEmpty(n)
		mark := &html.Node{Type: html.CommentNode}
		n.InsertBefore(mark, run[0])
		for _, r := range run {
			detach(r)
			holder.AppendChild(r)
		}
		p.setPlain(holder, false)
		for c := holder.FirstChild; c != nil; c = holder.FirstChild {
			detach(c)
			n.InsertBefore(c, mark)
		}
		detach(mark)
	}
	return true
}

// setPlain makes paragraphs, lists, rows and code of text with line feeds.
// Text that was sent as plain text always becomes markup.
func (p *page) setPlain(n *html.Node, always bool) {
	var run []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		run = append(run, c)
	}
	if len(run) == 0 {
		return
	}
	before := textOf(n)
	lines := splitLines(run, true)
	broken := brokenText(lines)
	l := arrange(lines, forPlain)
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
	}
	s := setter{words: wordsOf(before)}
	for i := range l.paragraphs {
		for _, made := range s.plain(&l.paragraphs[i]) {
			n.AppendChild(made)
		}
	}
	if always && len(l.paragraphs) < 2 && !l.wrapped {
		return
	}
	p.note("body", broken, l.shown())
}
