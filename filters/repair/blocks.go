package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/filters/text"
)

// block is what a reader takes for one piece of the page: a paragraph, a
// heading, a list, a picture, or one of the lines that br divides.
type block struct {
	nodes []*html.Node // siblings in order: one element, or a run of inline nodes
	unit  *html.Node   // the element, when the block is one
	text  string       // folded
	links int          // bytes of text that stand inside links
	media bool         // holds a picture, a player or a frame
	runes int
}

// linked reports whether most of the block is the text of links.
func (b *block) linked() bool { return len(b.text) > 0 && b.links*10 >= len(b.text)*6 }

// heading reports whether the block is a heading, or a line set in bold.
func (b *block) heading() bool {
	if b.unit == nil {
		return false
	}
	switch b.unit.DataAtom {
	case atom.P, atom.Div:
		only := soleElement(b.unit)
		return only != nil && (only.DataAtom == atom.B || only.DataAtom == atom.Strong)
	}
	return headline(b.unit.DataAtom)
}

// soleElement returns the one element child of a node that has no other
// content, or nil.
func soleElement(n *html.Node) *html.Node {
	var sole *html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.ElementNode && sole == nil:
			sole = c
		case c.Type == html.ElementNode, c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			return nil
		}
	}
	return sole
}

// splitter collects the blocks of a tree in document order.
type splitter struct {
	blocks []block
	run    []*html.Node // of the block that is being read; behind it is room for the next ones
	half   int          // a unit with more text than this is looked into
}

// split returns the blocks of the page. They are kept until a repair that
// changes the tree sets p.blocks to nil.
func (p *page) split() []block {
	if p.blocks == nil {
		p.blocks = blocksOf(p.body)
	}
	return p.blocks
}

// prune forgets the blocks that are no longer part of the page.
func (p *page) prune() {
	kept := make([]block, 0, len(p.blocks))
	for _, b := range p.blocks {
		for n := b.nodes[0]; n != nil; n = n.Parent {
			if n == p.body {
				kept = append(kept, b)
				break
			}
		}
	}
	p.blocks = kept
}

// siteNames returns what the entry's source calls itself.
func (p *page) siteNames() names {
	if p.names == nil {
		n := namesOf(p.source)
		p.names = &n
	}
	return *p.names
}

func blocksOf(body *html.Node) []block {
	children := 0
	for c := body.FirstChild; c != nil; c = c.NextSibling {
		children++
	}
	s := splitter{half: textLength(body) / 2, run: make([]*html.Node, 0, children+8), blocks: make([]block, 0, children/2+4)}
	s.container(body)
	return s.blocks
}

func (s *splitter) container(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.ElementNode && c.DataAtom == atom.Br:
			s.add(nil)
		case !blockLevel(c):
			s.run = append(s.run, c)
		default:
			s.add(nil)
			s.element(c)
		}
	}
	s.add(nil)
}

func (s *splitter) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Hr:
		return
	case atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Blockquote, atom.Figure, atom.Pre:
		if s.half == 0 || textLength(n) <= s.half || n.DataAtom == atom.Pre {
			s.add(n)
			return
		}
	}
	if holdsBlocks(n) || hasChild(n, atom.Br) {
		s.container(n)
		return
	}
	s.add(n)
}

// add makes a block of a unit, or of the run when there is none.
func (s *splitter) add(unit *html.Node) {
	if unit != nil {
		s.run = append(s.run, unit)
	}
	nodes := s.run[:len(s.run):len(s.run)]
	if len(nodes) == 0 {
		return
	}
	b := block{nodes: nodes, unit: unit}
	var r reading
	for _, n := range nodes {
		r.read(n, false)
	}
	b.text, b.links, b.media = r.text(), r.links, r.media
	if b.text == "" && !b.media {
		s.run = s.run[:0]
		return
	}
	b.runes = utf8.RuneCountInString(b.text)
	s.blocks = append(s.blocks, b)
	s.run = s.run[len(s.run):]
}

// reading folds the text of nodes as a reader sees it.
type reading struct {
	whole string // all that was read, while it is one text as it stands: most blocks are no more
	out   strings.Builder
	space bool
	links int
	media bool
}

func (r *reading) read(n *html.Node, linked bool) {
	switch n.Type {
	case html.TextNode:
		before := r.length()
		r.fold(n.Data)
		if linked {
			r.links += r.length() - before
		}
		return
	case html.ElementNode:
		switch n.DataAtom {
		case atom.Img, atom.Video, atom.Audio, atom.Picture, atom.Iframe, atom.Object, atom.Embed, atom.Svg, atom.Canvas:
			r.media = true
		case atom.Br:
			r.space = true
		case atom.A:
			linked = true
		}
		if text.Unseen(n.DataAtom) {
			return
		}
	default:
		return
	}
	edge := text.Block(n.DataAtom)
	r.space = r.space || edge
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.read(c, linked)
	}
	r.space = r.space || edge
}

// text is what was read.
func (r *reading) text() string {
	if r.whole != "" {
		return r.whole
	}
	return r.out.String()
}

// length is that of the text.
func (r *reading) length() int { return len(r.whole) + r.out.Len() }

// write adds to the text.
func (r *reading) write(s string) {
	switch {
	case s == "":
		return
	case r.whole == "" && r.out.Len() == 0:
		r.whole = s
		return
	case r.whole != "":
		r.out.Grow(len(r.whole) + len(s) + 64)
		r.out.WriteString(r.whole)
		r.whole = ""
	}
	r.out.WriteString(s)
}

// fold writes a text with its white space folded.
func (r *reading) fold(s string) {
	from := 0 // of what is to be written as it stands
	for i := 0; i < len(s); {
		c, size := rune(s[i]), 1
		if c > ' ' && c < utf8.RuneSelf && !r.space { // most of what there is
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case c == ' ' && i > from && i+1 < len(s) && shows(s[i+1:]):
			// One space between words stands as it is.
		case c == ' ' || c < 0x80 && c >= '\t' && c <= '\r' || c >= 0x80 && unicode.IsSpace(c):
			r.write(s[from:i])
			r.space = true
			from = i + size
		case c >= 0x80 && invisible(c):
			r.write(s[from:i])
			from = i + size
		case r.space:
			if r.length() > 0 {
				r.write(" ")
			}
			r.space = false
		}
		i += size
	}
	r.write(s[from:])
}

// shows reports whether a text begins with something that a reader sees.
func shows(s string) bool {
	if c := s[0]; c < utf8.RuneSelf {
		return c > ' '
	}
	r, _ := utf8.DecodeRuneInString(s)
	return !unicode.IsSpace(r) && !invisible(r)
}

// textOf returns the folded text of a tree.
func textOf(n *html.Node) string {
	var r reading
	r.read(n, false)
	return r.text()
}

// textLength is about how many bytes of text a tree holds.
func textLength(n *html.Node) int {
	switch n.Type {
	case html.TextNode:
		return len(strings.TrimSpace(n.Data))
	case html.ElementNode:
		if text.Unseen(n.DataAtom) {
			return 0
		}
	default:
		return 0
	}
	length := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		length += textLength(c)
	}
	return length
}

// blockLevel reports whether a node begins and ends a line: a block element,
// or an inline one that wrongly holds a block.
func blockLevel(n *html.Node) bool {
	return n.Type == html.ElementNode && (text.Block(n.DataAtom) || holdsBlocks(n))
}

// holdsBlocks reports whether an element holds a block element at any depth.
func holdsBlocks(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (text.Block(c.DataAtom) || holdsBlocks(c)) {
			return true
		}
	}
	return false
}

func hasChild(n *html.Node, a atom.Atom) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.DataAtom == a {
			return true
		}
	}
	return false
}

// enclosing returns the nearest element of the given kinds that holds the node,
// or nil.
func enclosing(n *html.Node, kinds ...atom.Atom) *html.Node {
	for a := n.Parent; a != nil; a = a.Parent {
		for _, k := range kinds {
			if a.DataAtom == k && a.Type == html.ElementNode {
				return a
			}
		}
	}
	return nil
}

// inCode reports whether a node shows code or other text that must stay
// character for character.
func inCode(n *html.Node) bool {
	return enclosing(n, atom.Code, atom.Pre, atom.Kbd, atom.Samp, atom.Tt, atom.Textarea, atom.Xmp, atom.Script, atom.Style) != nil
}

// invisible reports whether a character shows nothing and joins nothing.
func invisible(r rune) bool {
	return r == '\u200b' || r == '\ufeff' || r == '\u2060' || r == '\u00ad'
}

// isElement reports whether a node is an element of the given kind.
func isElement(n *html.Node, a atom.Atom) bool {
	return n != nil && n.Type == html.ElementNode && n.DataAtom == a
}

// detach takes a node out of its tree.
func detach(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// textNodes calls visit for each text node of a tree that a reader sees.
func textNodes(n *html.Node, visit func(*html.Node)) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.TextNode:
			visit(c)
		case c.Type == html.ElementNode && !text.Unseen(c.DataAtom):
			textNodes(c, visit)
		}
		c = next
	}
}
