package repair

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/filters/text"
)

// sanitise leaves of the tree only what the policy names, so that the last
// gate, which reads tokens and not trees, finds nothing to take away. Elements
// that aren't published lose their tags and keep what they hold, unless a
// reader sees nothing of it.
func (p *page) sanitise() {
	table := policyTable()
	depth := 0
	for n := p.body.FirstChild; n != nil; {
		keep, descend := p.inspect(n, table, depth)
		var following *html.Node
		up := 0
		switch {
		case keep && descend && n.FirstChild != nil:
			following = n.FirstChild
			depth++
		case keep, !descend:
			following, up = after(p.body, n)
			if !keep {
				n.Parent.RemoveChild(n)
			}
		case n.FirstChild != nil: // its children come up to where it stands
			following = n.FirstChild
			unwrap(n)
		default:
			following, up = after(p.body, n)
			n.Parent.RemoveChild(n)
		}
		depth -= up
		n = following
	}
}

// after returns the node after n and all it holds, and how many levels up it
// stands.
func after(root, n *html.Node) (*html.Node, int) {
	up := 0
	for n.NextSibling == nil {
		n = n.Parent
		if n == root {
			return nil, up
		}
		up++
	}
	return n.NextSibling, up
}

// inspect decides on one node: whether it stays, and whether what it holds
// does. depth is how many elements it stands in.
func (p *page) inspect(n *html.Node, table allowed, depth int) (keep, descend bool) {
	switch n.Type {
	case html.TextNode:
		n.Data = printable(n.Data)
		return n.Data != "", false
	case html.ElementNode:
	default:
		return false, false
	}
	p.replace(n)
	attributes, known := table[n.DataAtom]
	if !known || n.Namespace != "" {
		return false, n.Namespace == "" && !vanishes(n.DataAtom)
	}
	p.cleanAttributes(n, attributes)
	switch n.DataAtom {
	case atom.A:
		if len(n.Attr) == 0 || enclosing(n, atom.A) != nil {
			return false, true
		}
	case atom.Img:
		if attribute(n, "src") == "" && attribute(n, "srcset") == "" {
			return false, false
		}
	case atom.Audio, atom.Video:
		if attribute(n, "src") == "" && !holds(n, atom.Source) {
			return false, false
		}
		dropFallback(n)
	case atom.Source, atom.Track:
		if attribute(n, "src") == "" && attribute(n, "srcset") == "" {
			return false, false
		}
	case atom.Picture:
		if !holds(n, atom.Img) {
			return false, false
		}
	}
	if depth >= maxDepth-1 && !void(n.DataAtom) {
		if text.Block(n.DataAtom) {
			n.Parent.InsertBefore(&html.Node{Type: html.ElementNode, DataAtom: atom.Br, Data: "br"}, n)
		}
		return false, true
	}
	if text.Block(n.DataAtom) {
		opened(n)
	}
	return true, true
}

// dropFallback takes out of a player what is for browsers that have none,
// but for links to the file.
func dropFallback(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		following := c.NextSibling
		if c.DataAtom != atom.Source && c.DataAtom != atom.Track && !holds(c, atom.A) {
			n.RemoveChild(c)
		}
		c = following
	}
}

// opened makes a div of the paragraph that a block stands in: only scripts and
// unwrapped elements bring that about, and no parser would read it back.
func opened(n *html.Node) {
	for a := n.Parent; a != nil && a.DataAtom != atom.Body; a = a.Parent {
		switch a.DataAtom {
		case atom.P:
			a.DataAtom, a.Data = atom.Div, "div"
			return
		case atom.Td, atom.Th, atom.Caption, atom.Table:
			return
		}
	}
}

func holds(n *html.Node, element atom.Atom) bool {
	for c := n; c != nil; c = next(n, c, true) {
		if c.DataAtom == element {
			return true
		}
	}
	return false
}

func (p *page) cleanAttributes(n *html.Node, attributes map[string]func(string) bool) {
	if n.DataAtom == atom.Audio || n.DataAtom == atom.Video {
		setAttribute(n, "controls", "")
	}
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		check, known := attributes[a.Key]
		if !known || a.Namespace != "" {
			continue
		}
		a.Val = strings.TrimSpace(printable(a.Val))
		if _, address := addressKind(n.DataAtom, a.Key); address {
			a.Val = tidyScheme(a.Val)
		}
		if (a.Key == "controls" || a.Key == "loop" || a.Key == "muted" || a.Key == "open" || a.Key == "reversed") && a.Val != "" {
			a.Val = ""
		}
		if check(a.Val) {
			kept = append(kept, a)
		} else if a.Key == "href" || a.Key == "src" {
			p.note("body", a.Val, "")
		}
	}
	n.Attr = kept
}

// tidyScheme writes the scheme of an address in lower case.
func tidyScheme(address string) string {
	colon := strings.IndexByte(address, ':')
	if colon <= 0 || colon > 6 {
		return address
	}
	return strings.ToLower(address[:colon]) + address[colon:]
}

// unprinted are the bytes of what XML can't hold, or that begin it.
var unprinted = func() (set [256]bool) {
	for c := range byte(' ') {
		set[c] = c != '\n' && c != '\t'
	}
	set[0x7f], set[0xC2], set[0xEF] = true, true, true
	return set
}()

// printable takes out what XML 1.0 §2.2 can't hold.
func printable(s string) string {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !unprinted[c] {
			continue
		}
		if c < 0x80 || c == 0xC2 && i+1 < len(s) && s[i+1] < 0xA0 || c == 0xEF && i+2 < len(s) && s[i+1] == 0xBF && s[i+2] >= 0xBE {
			return strings.Map(func(r rune) rune {
				switch {
				case r == '\n' || r == '\t':
					return r
				case r == '\r':
					return '\n'
				case r < ' ', r >= 0x7f && r <= 0x9f && r != 0x85, r == 0xFFFE, r == 0xFFFF:
					return -1
				}
				return r
			}, s)
		}
	}
	return s
}

// vanishes reports whether nothing of what an element holds is for reading.
func vanishes(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Template, atom.Title, atom.Head, atom.Noscript, atom.Noembed, atom.Noframes, atom.Iframe, atom.Object,
		atom.Embed, atom.Applet, atom.Canvas, atom.Svg, atom.Math, atom.Select, atom.Option, atom.Optgroup, atom.Datalist,
		atom.Textarea, atom.Input, atom.Frameset, atom.Frame, atom.Map, atom.Param, atom.Base, atom.Link, atom.Meta:
		return true
	}
	return false
}
