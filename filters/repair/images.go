package repair

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// images gives every picture the address it is to be had from without the
// page's scripts, and takes away what isn't a picture: placeholders and pixels
// that count readers.
func (p *page) images() {
	p.showNoscript()
	for n := p.body.FirstChild; n != nil; {
		following := next(p.body, n, true)
		if n.Type == html.ElementNode {
			switch n.DataAtom {
			case atom.Img:
				following = p.image(n)
			case atom.Source, atom.Iframe, atom.Video, atom.Audio:
				p.lazySource(n)
			case atom.A:
			default:
				if n.Data == "amp-img" || n.Data == "amp-anim" {
					n.DataAtom, n.Data = atom.Img, "img"
					following = p.image(n)
				}
			}
		}
		n = following
	}
}

// showNoscript puts the pictures that noscript holds in the place of those
// that need scripts.
func (p *page) showNoscript() {
	for n := p.body.FirstChild; n != nil; {
		following := next(p.body, n, true)
		if n.DataAtom == atom.Noscript && n.Type == html.ElementNode {
			following = next(p.body, n, false)
			p.fallback(n)
		}
		n = following
	}
}

// fallback decides on what one noscript holds.
func (p *page) fallback(noscript *html.Node) {
	var fallback *html.Node
	for c := noscript.FirstChild; c != nil; c = next(noscript, c, true) {
		if c.DataAtom == atom.Img {
			fallback = c
			break
		}
	}
	if fallback == nil || pixel(fallback) || placeholder(attribute(fallback, "src")) {
		return // litter's to take away
	}
	lazy := pictureBeside(noscript)
	switch {
	case lazy == nil:
		p.note("body", "", attribute(fallback, "src"))
		unwrap(noscript)
		return
	case p.lazyAddress(lazy) == "" && placeholder(attribute(lazy, "src")) && attribute(lazy, "srcset") == "":
		p.note("body", attribute(lazy, "src"), attribute(fallback, "src"))
		for _, a := range fallback.Attr {
			switch a.Key {
			case "src", "srcset", "sizes", "alt", "width", "height", "title":
				setAttribute(lazy, a.Key, a.Val)
			}
		}
	}
	noscript.Parent.RemoveChild(noscript)
}

// pictureBeside returns the picture that a noscript element stands in for: the
// nearest one before or after it with nothing but white space between.
func pictureBeside(noscript *html.Node) *html.Node {
	for _, step := range []func(*html.Node) *html.Node{
		func(n *html.Node) *html.Node { return n.PrevSibling },
		func(n *html.Node) *html.Node { return n.NextSibling },
	} {
		n := step(noscript)
		for n != nil && (n.Type == html.CommentNode || n.Type == html.TextNode && strings.TrimSpace(n.Data) == "") {
			n = step(n)
		}
		if found := solePicture(n); found != nil && needsScript(found) {
			return found
		}
	}
	return nil
}

// solePicture returns the picture that an element is or holds alone.
func solePicture(n *html.Node) *html.Node {
	if n == nil || n.Type != html.ElementNode {
		return nil
	}
	var found *html.Node
	for c := n; c != nil; c = next(n, c, true) {
		switch {
		case c.DataAtom == atom.Img && found != nil, c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			return nil
		case c.DataAtom == atom.Img:
			found = c
		}
	}
	return found
}

// needsScript reports whether a picture is shown by its page's scripts.
func needsScript(img *html.Node) bool {
	if placeholder(attribute(img, "src")) {
		return true
	}
	for _, a := range img.Attr {
		if lazyStrong[a.Key] || a.Key == "data-srcset" || a.Key == "data-lazy-srcset" || a.Key == "class" && strings.Contains(strings.ToLower(a.Val), "lazy") {
			return true
		}
	}
	return false
}

// image mends one picture and returns the node to go on with.
func (p *page) image(n *html.Node) *html.Node {
	following := next(p.body, n, false)
	if pixel(n) {
		p.note("body", attribute(n, "src"), "")
		removeWithWrapper(n)
		return following
	}
	p.lazySource(n)
	if placeholder(attribute(n, "src")) {
		if c, ok := best(pictureCandidates(n)); ok {
			p.note("body", attribute(n, "src"), c.url)
			setAttribute(n, "src", c.url)
		}
	}
	if placeholder(attribute(n, "src")) {
		if p.plainlyLinked(n) {
			return following
		}
		p.note("body", attribute(n, "src"), "")
		following = next(p.body, n, false)
		removeWithWrapper(n)
		return following
	}
	takeSize(n)
	return following
}

// plainlyLinked takes a picture's address from the link around it, when that
// leads to a picture.
func (p *page) plainlyLinked(n *html.Node) bool {
	if n.Parent.DataAtom != atom.A {
		return false
	}
	href := strings.TrimSpace(attribute(n.Parent, "href"))
	if !pictureName(href) || placeholder(href) {
		return false
	}
	p.note("body", attribute(n, "src"), href)
	setAttribute(n, "src", href)
	return true
}

// lazySource gives an element the address that a script would have given it.
func (p *page) lazySource(n *html.Node) {
	src := attribute(n, "src")
	if lazy := p.lazyAddress(n); lazy != "" && (n.DataAtom != atom.Source || n.Parent.DataAtom != atom.Picture) && strings.TrimSpace(lazy) != strings.TrimSpace(src) {
		p.note("body", src, lazy)
		if n.DataAtom == atom.Img && strings.Contains(src, lazy) {
			// Its own host refuses readers that come from elsewhere; that is
			// what the proxy was for.
			setAttribute(n, "referrerpolicy", "no-referrer")
		}
		setAttribute(n, "src", lazy)
	}
	for _, key := range []string{"data-srcset", "data-lazy-srcset", "data-original-set", "data-src-set", "lazy-srcset", "data-cfsrcset", "nitro-lazy-srcset"} {
		if set := strings.TrimSpace(attribute(n, key)); set != "" && !strings.Contains(set, "{") {
			if candidates := parseSrcset(set); len(candidates) > 0 {
				setAttribute(n, "srcset", formatSrcset(candidates))
			}
		}
	}
	if set := attribute(n, "srcset"); set != "" {
		candidates := parseSrcset(set)
		kept := candidates[:0]
		for _, c := range candidates {
			if !placeholder(c.url) {
				kept = append(kept, c)
			}
		}
		switch {
		case len(kept) == 0:
			dropAttribute(n, "srcset")
		case len(kept) < len(candidates):
			setAttribute(n, "srcset", formatSrcset(kept))
		}
	}
}

// pictureCandidates are all that srcset attributes offer for a picture.
func pictureCandidates(n *html.Node) []candidate {
	candidates := parseSrcset(attribute(n, "srcset"))
	if picture := n.Parent; picture.DataAtom == atom.Picture {
		for c := picture.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Source && len(candidates) == 0 && !modern(attribute(c, "type")) {
				candidates = parseSrcset(attribute(c, "srcset"))
			}
		}
		for c := picture.FirstChild; c != nil && len(candidates) == 0; c = c.NextSibling {
			if c.DataAtom == atom.Source {
				candidates = parseSrcset(attribute(c, "srcset"))
			}
		}
	}
	return candidates
}

// modern reports whether not every reader can show a type of picture.
func modern(mediaType string) bool {
	switch mediaType {
	case "image/webp", "image/avif", "image/jxl", "image/heic":
		return true
	}
	return false
}

// takeSize takes a picture's size from where lazy loading keeps it.
func takeSize(n *html.Node) {
	for _, side := range []string{"width", "height"} {
		have := strings.TrimSuffix(strings.TrimSpace(attribute(n, side)), "px")
		if have == "" || !isNumber(have) {
			have = attribute(n, "data-"+side)
			if have == "" {
				have = attribute(n, "data-original-"+side)
			}
		}
		have = strings.TrimSuffix(strings.TrimSpace(have), "px")
		if digits(have) && len(have) <= 5 && have != "0" && have != attribute(n, side) {
			setAttribute(n, side, have)
		}
	}
}

// removeWithWrapper removes a picture, and the elements that held nothing else.
func removeWithWrapper(n *html.Node) {
	for {
		parent := n.Parent
		parent.RemoveChild(n)
		switch parent.DataAtom {
		case atom.A, atom.Picture, atom.Span, atom.Figure, atom.P, atom.Div, atom.Center:
		default:
			return
		}
		for c := parent.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && c.DataAtom != atom.Source && c.DataAtom != atom.Br || c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
				return
			}
		}
		if parent.Parent == nil {
			return
		}
		n = parent
	}
}
