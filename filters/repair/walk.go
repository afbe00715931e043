package repair

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/feed"
)

// next returns the node after n in document order within root, without the
// nodes below n unless descend; nil at the end.
func next(root, n *html.Node, descend bool) *html.Node {
	if descend && n.FirstChild != nil {
		return n.FirstChild
	}
	for n != root && n.NextSibling == nil {
		n = n.Parent
	}
	if n == root {
		return nil
	}
	return n.NextSibling
}

// attribute returns the value of an attribute, "" when it is absent.
func attribute(n *html.Node, name string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == name && n.Attr[i].Namespace == "" {
			return n.Attr[i].Val
		}
	}
	return ""
}

// setAttribute sets or adds an attribute.
func setAttribute(n *html.Node, name, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == name && n.Attr[i].Namespace == "" {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: name, Val: value})
}

// dropAttribute removes an attribute.
func dropAttribute(n *html.Node, name string) {
	for i := range n.Attr {
		if n.Attr[i].Key == name && n.Attr[i].Namespace == "" {
			n.Attr = append(n.Attr[:i:i], n.Attr[i+1:]...)
			return
		}
	}
}

// unwrap puts an element's children in its place.
func unwrap(n *html.Node) {
	parent := n.Parent
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		parent.InsertBefore(c, n)
	}
	parent.RemoveChild(n)
}

// kind says what an address leads to.
type kind int

const (
	toPage     kind = iota // a link that readers follow
	toArticle              // the entry's own permalink
	toImage                // shown in the text
	toFile                 // audio, video, an enclosure
	toDocument             // shown in a frame
)

// addressKind reports whether an attribute of an element holds an address,
// and what that leads to.
func addressKind(element atom.Atom, key string) (kind, bool) {
	switch key {
	case "href":
		return toPage, element == atom.A || element == atom.Area
	case "cite":
		return toPage, element == atom.Blockquote || element == atom.Q || element == atom.Ins || element == atom.Del
	case "poster":
		return toImage, element == atom.Video
	case "data":
		return toDocument, element == atom.Object
	case "src":
		switch element {
		case atom.Img:
			return toImage, true
		case atom.Video, atom.Audio, atom.Source, atom.Track:
			return toFile, true
		case atom.Iframe, atom.Embed:
			return toDocument, true
		}
	}
	return 0, false
}

// eachAddress hands every address of the entry to mend, first the permalink,
// and puts back what it returns; changes are noted.
func (p *page) eachAddress(mend func(address string, k kind) string) {
	one := func(where string, address *string, k kind) {
		if *address == "" {
			return
		}
		if mended := mend(*address, k); mended != *address {
			p.note(where, *address, mended)
			*address = mended
		}
	}
	c := p.copy
	one("link", &c.Link, toArticle)
	for i := range c.Links {
		one("link", &c.Links[i].Href, toPage)
	}
	for i := range c.Authors {
		one("author", &c.Authors[i].URI, toPage)
	}
	for i := range c.Enclosures {
		one("enclosure", &c.Enclosures[i].URL, enclosureKind(&c.Enclosures[i]))
	}
	one("image", &c.Media.Image.URL, toImage)
	one("chapters", &c.Media.Chapters.Href, toFile)
	for i := range c.Media.Transcripts {
		one("transcript", &c.Media.Transcripts[i].Href, toFile)
	}
	for n := p.body; n != nil; n = next(p.body, n, true) {
		if n.Type == html.ElementNode {
			p.eachAttribute(n, mend)
		}
	}
}

// eachAttribute does so for the addresses in an element's attributes.
func (p *page) eachAttribute(n *html.Node, mend func(string, kind) string) {
	for i := range n.Attr {
		a := &n.Attr[i]
		k, ok := addressKind(n.DataAtom, a.Key)
		if !ok {
			if a.Key == "srcset" && a.Val != "" {
				p.eachCandidate(a, mend)
			}
			continue
		}
		before := a.Val
		mended := mend(before, k)
		if before == "" || mended == before {
			continue
		}
		p.note("body", before, mended)
		a.Val = mended
		switch n.DataAtom {
		case atom.A:
			if shown := soleText(n); shown != nil && strings.Contains(before, "://") && strings.TrimSpace(shown.Data) == strings.TrimSpace(before) {
				shown.Data = mended // what it shows is where it leads
			}
		case atom.Img:
			if p.current == "wrapped" {
				// The proxy was there because the picture's own host refuses
				// readers that come from elsewhere.
				setAttribute(n, "referrerpolicy", "no-referrer")
			}
		}
	}
}

// eachCandidate mends the addresses of a srcset.
func (p *page) eachCandidate(a *html.Attribute, mend func(string, kind) string) {
	changed := false
	candidates := parseSrcset(a.Val)
	for i := range candidates {
		if mended := mend(candidates[i].url, toImage); mended != candidates[i].url {
			p.note("body", candidates[i].url, mended)
			candidates[i].url, changed = mended, true
		}
	}
	if changed {
		a.Val = formatSrcset(candidates)
	}
}

func enclosureKind(e *feed.Enclosure) kind {
	if strings.HasPrefix(e.Type, "image/") {
		return toImage
	}
	return toFile
}
