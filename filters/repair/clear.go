package repair

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const enoughLeft = 8 // columns of text that make an entry

// leaveSomething takes back what would leave an entry without text.
func (d *dressing) leaveSomething() {
	left := 0
	for i := range d.blocks {
		b := &d.blocks[i]
		switch {
		case d.gone[i]:
		case b.media && !d.sign(i):
			return
		case !divider(b.text) && !labelled(b.text):
			left += columns(b.text)
		}
		if left >= enoughLeft {
			return
		}
	}
	for i := range d.blocks {
		if d.gone[i] && d.blocks[i].text != "" {
			d.gone[i] = false
		}
	}
}

// remove takes the blocks out of the tree, with rules and signatures' dashes
// that then divide nothing, and the elements that then hold nothing.
func (d *dressing) remove() (removed bool) {
	for i := range d.blocks {
		if !d.gone[i] {
			continue
		}
		removed = true
		b := &d.blocks[i]
		if b.text != "" {
			d.page.note("body", d.why[i]+": "+b.text, "")
		}
		if after := beside(b.nodes[len(b.nodes)-1], true); b.unit == nil && isElement(after, atom.Br) {
			detach(after) // the break that ended the line
		}
		divide(b.nodes)
		for _, n := range b.nodes {
			parent := n.Parent
			detach(n)
			dropHollow(parent, d.page.body)
		}
	}
	if !removed {
		return false
	}
	end := len(d.blocks)
	for end > 0 && (d.gone[end-1] || divider(d.blocks[end-1].text) || d.sign(end-1)) {
		end--
	}
	if slices.Contains(d.gone[end:], true) {
		for i := end; i < len(d.blocks); i++ {
			for _, n := range d.blocks[i].nodes {
				parent := n.Parent
				detach(n)
				dropHollow(parent, d.page.body)
			}
		}
	}
	trimEdges(d.page.body)
	trimBreaks(d.page.body)
	d.page.prune()
	return true
}

// divide puts a break before a block that is about to go, if it is all that
// divides the text before it from the text behind it.
func divide(nodes []*html.Node) {
	before, after := beside(nodes[0], false), beside(nodes[len(nodes)-1], true)
	if before != nil && after != nil && !blockLevel(before) && !blockLevel(after) && !isElement(before, atom.Br) && !isElement(after, atom.Br) {
		nodes[0].Parent.InsertBefore(element(atom.Br), nodes[0])
	}
}

// beside returns the sibling before or after a node that isn't white space.
func beside(n *html.Node, after bool) *html.Node {
	for {
		if after {
			n = n.NextSibling
		} else {
			n = n.PrevSibling
		}
		if n == nil || n.Type != html.CommentNode && !(n.Type == html.TextNode && blankText(n.Data)) {
			return n
		}
	}
}

// sign reports whether a block is no more than a small picture: a QR code, an icon.
func (d *dressing) sign(i int) bool {
	b := &d.blocks[i]
	if b.text != "" || !b.media {
		return false
	}
	for _, n := range b.nodes {
		if n.Type == html.ElementNode && n.DataAtom == atom.Img {
			if signAddress.MatchString(strings.ToLower(attribute(n, "src") + attribute(n, "class"))) {
				return true
			}
		} else if n.Type == html.ElementNode && smallPicture(n) {
			return true
		}
	}
	return false
}

// dropHollow removes an element, and what holds it, when no text and no more
// than signs are left in it.
func dropHollow(n, body *html.Node) {
	for n != nil && n != body && n.Parent != nil && textLength(n) == 0 {
		if holdsPicture(n) && !smallPicture(n) {
			return
		}
		parent := n.Parent
		detach(n)
		n = parent
	}
}

// trimEdges removes rules and breaks that end the body.
func trimEdges(body *html.Node) {
	for n := body.LastChild; n != nil; n = body.LastChild {
		if n.Type == html.TextNode && blankText(n.Data) || isElement(n, atom.Hr) || isElement(n, atom.Br) {
			body.RemoveChild(n)
			continue
		}
		return
	}
}
