package repair

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/feed"
	"copydesk/filters/text"
)

// addresses mends damaged addresses in attributes and in text, and makes links
// of those that stand bare in the text.
func (p *page) addresses() {
	p.eachAddress(func(address string, _ kind) string { return mendAddress(address) })
	p.linkText()
}

// addressesInLines does so in lines that were joined: they may hold an address
// that stood in two blocks.
func (p *page) addressesInLines() {
	if p.plain || slices.ContainsFunc(p.copy.Repairs, func(r feed.Repair) bool { return r.Name == "text" }) {
		p.linkText()
	}
}

// linkText mends the addresses of the text.
func (p *page) linkText() {
	var run run
	for n := p.body.FirstChild; n != nil; {
		descend := true
		switch n.Type {
		case html.TextNode:
			run.add(n, n.Data)
		case html.ElementNode:
			switch {
			case n.DataAtom == atom.Br:
				run.add(n, "\n")
			case n.DataAtom == atom.Wbr:
			case n.DataAtom == atom.A:
				descend = false
				p.mendLabel(n)
				if shown := soleText(n); shown != nil && sameAddress(shown.Data, attribute(n, "href")) {
					run.add(n, shown.Data)
				} else {
					run.add(n, barrier)
				}
			case shownAsIs(n.DataAtom), n.Namespace != "", text.Unseen(n.DataAtom):
				descend = false
				run.add(n, barrier)
			case text.Block(n.DataAtom):
				p.linkRun(&run)
			case void(n.DataAtom):
				run.add(n, barrier)
			}
		}
		n = p.step(n, descend, &run)
	}
	p.linkRun(&run)
}

// barrier stands in a run for what no address reaches across.
const barrier = "\uFFFC"

// shownAsIs reports whether an element shows characters for their own sake.
func shownAsIs(a atom.Atom) bool {
	switch a {
	case atom.Code, atom.Pre, atom.Kbd, atom.Samp, atom.Tt, atom.Var, atom.Textarea, atom.Xmp, atom.Listing, atom.Plaintext, atom.Button,
		atom.Select, atom.Title:
		return true
	}
	return false
}

// step returns the node after n, and mends the run when a block ends.
func (p *page) step(n *html.Node, descend bool, r *run) *html.Node {
	if descend && n.FirstChild != nil {
		return n.FirstChild
	}
	for n != p.body && n.NextSibling == nil {
		n = n.Parent
		if n != p.body && text.Block(n.DataAtom) {
			following := n.NextSibling
			p.linkRun(r)
			if following != nil {
				return following
			}
		}
	}
	if n == p.body {
		return nil
	}
	if text.Block(n.DataAtom) {
		following := n.NextSibling
		p.linkRun(r)
		return following
	}
	return n.NextSibling
}

// run is the text of consecutive nodes without a block's border between them.
type run struct {
	pieces []piece
	length int
	worth  bool // may hold an address
}

type piece struct {
	node  *html.Node
	text  string
	start int // in the run's text
}

func (r *run) add(n *html.Node, s string) {
	r.pieces = append(r.pieces, piece{n, s, r.length})
	r.length += len(s)
	r.worth = r.worth || mayHoldAddress(s)
}

// traced are the bytes by which a trace of an address is told, which are rare
// in running text.
var traced = func() (rare [256]bool) {
	for _, c := range []byte("pPwWyY/\xEF") {
		rare[c] = true
	}
	return rare
}()

// mayHoldAddress reports whether a text has a trace of an address; it is
// cheap and sees every address that can be found.
func mayHoldAddress(s string) bool {
	for i := 0; i < len(s); i++ {
		if !traced[s[i]] {
			continue
		}
		switch rest := s[i+1:]; s[i] {
		case 'p', 'P': // http, hxxp, htp; and hptt
			if i > 1 {
				switch s[i-1] | 0x20 {
				case 't', 'x', 's', 'p':
					switch s[i-2] | 0x20 {
					case 't', 'x', 'h', 'p':
						return true
					}
				}
			}
			if i > 0 && len(rest) > 1 && rest[0]|0x20 == 't' && (rest[1] == 't' || rest[1] == 'T') {
				return true
			}
		case 'w', 'W':
			if i > 0 && s[i-1]|0x20 == 'w' {
				return true
			}
		case '/':
			if i > 0 && (s[i-1] == '/' || s[i-1] == ':') {
				return true
			}
		case 'y', 'Y': // youtu.be
			if len(rest) > 2 && rest[0]|0x20 == 'o' && rest[1]|0x20 == 'u' && (rest[2] == 't' || rest[2] == 'T') {
				return true
			}
		case 0xEF: // full-width letters and slash
			if len(rest) > 1 && (rest[0] == 0xBD && rest[1] >= 0x81 && rest[1] <= 0x9A || rest[0] == 0xBC && (rest[1] == 0x8F || rest[1] >= 0xA1 && rest[1] <= 0xBA)) {
				return true
			}
		}
	}
	return false
}

// linkRun puts links where addresses stand in a run, and begins a new one.
func (p *page) linkRun(r *run) {
	if r.worth {
		var b strings.Builder
		b.Grow(r.length)
		for i := range r.pieces {
			b.WriteString(r.pieces[i].text)
		}
		s := b.String()
		if all := newFolded(s).find(); len(all) > 0 {
			for i := len(all) - 1; i >= 0; i-- {
				p.link(r, s, all[i])
			}
		}
	}
	r.pieces, r.length, r.worth = r.pieces[:0], 0, false
}

// link puts one link where its address stands. Runs are worked from behind,
// so that what was measured before it still holds.
func (p *page) link(r *run, s string, f found) {
	first := len(r.pieces) - 1
	for first > 0 && r.pieces[first].start > f.start {
		first--
	}
	last := first
	for last+1 < len(r.pieces) && r.pieces[last+1].start < f.end {
		last++
	}
	for i := first; i <= last; i++ {
		switch n := r.pieces[i].node; {
		case n.Parent == nil:
			return
		case n.DataAtom == atom.A && first == last: // a link already
			return
		}
	}
	broken := s[f.start:f.end]
	label := f.label
	if label == "" {
		label = f.address
	}
	a := &html.Node{Type: html.ElementNode, DataAtom: atom.A, Data: "a", Attr: []html.Attribute{{Key: "href", Val: f.address}}}
	if strings.HasPrefix(broken, "![") && pictureName(f.address) {
		a.DataAtom, a.Data = atom.Img, "img"
		a.Attr = []html.Attribute{{Key: "src", Val: f.address}, {Key: "alt", Val: f.label}}
	} else {
		a.AppendChild(&html.Node{Type: html.TextNode, Data: label})
	}
	for i := last; i >= first; i-- {
		r.pieces[i].cut(f, i == first, a)
	}
	after := f.address
	if broken == after { // it is no other address, but a link now
		after = `<a href="` + after + `">` + label + "</a>"
	}
	p.note("body", broken, after)
}

// cut takes the part of a piece that belongs to an address out of the tree; the
// first piece gets the link.
func (c *piece) cut(f found, first bool, a *html.Node) {
	n := c.node
	if n.Type != html.TextNode { // a break, or a link of the address's first half
		if first {
			n.Parent.InsertBefore(a, n)
		}
		n.Parent.RemoveChild(n)
		return
	}
	from, to := max(f.start-c.start, 0), min(f.end-c.start, len(n.Data))
	before, after := n.Data[:from], n.Data[to:]
	if first {
		if after != "" {
			n.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: after}, n.NextSibling)
		}
		n.Parent.InsertBefore(a, n.NextSibling)
		n.Data = before
		if before == "" {
			n.Parent.RemoveChild(n)
		}
		return
	}
	n.Data = after
	if parent := n.Parent; after == "" {
		parent.RemoveChild(n)
		if parent.FirstChild == nil && parent.Parent != nil && !text.Block(parent.DataAtom) && parent.DataAtom != atom.Body {
			parent.Parent.RemoveChild(parent)
		}
	}
}

// soleText returns the text node that is all an element holds, or nil.
func soleText(n *html.Node) *html.Node {
	for n != nil && n.FirstChild != nil && n.FirstChild == n.LastChild {
		if n = n.FirstChild; n.Type == html.TextNode {
			return n
		}
	}
	return nil
}

// mendLabel mends the text of a link that shows an address.
func (p *page) mendLabel(a *html.Node) {
	shown := soleText(a)
	if shown == nil || !mayHoldAddress(shown.Data) {
		return
	}
	href := attribute(a, "href")
	s := strings.TrimSpace(shown.Data)
	if s == href {
		return
	}
	all := newFolded(s).find()
	if len(all) != 1 || all[0].start != 0 || !all[0].damaged || strings.Trim(s[all[0].end:], " .,;:!?)]}>\"'。，、；：！？）】」』》”’") != "" {
		return
	}
	mended := all[0].address
	if !strings.Contains(strings.ToLower(s), ":") && !strings.Contains(s, "：") && !strings.HasPrefix(href, "http") {
		return
	}
	if !strings.HasPrefix(s, "http") && strings.EqualFold("https://"+s, mended) {
		return // "www.…" is how people write it
	}
	p.note("body", s, mended)
	shown.Data = mended
	if href == "" || strings.HasPrefix(mended, href) && len(mended) > len(href) { // cut short at the white space
		p.note("body", href, mended)
		setAttribute(a, "href", mended)
	}
}

// sameAddress reports whether a link shows where it leads.
func sameAddress(shown, href string) bool {
	shown = strings.TrimSpace(shown)
	if shown == "" || href == "" {
		return false
	}
	bare := func(s string) string {
		s = strings.ToLower(s)
		if _, rest, found := strings.Cut(s, "//"); found {
			s = rest
		}
		return strings.TrimRight(strings.TrimPrefix(s, "www."), "/")
	}
	return bare(shown) == bare(href)
}
