package repair

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/feed"
	"copydesk/filters/text"
)

// escaped turns markup that was escaped once too often, and therefore shows
// as text, back into what was meant. Code samples and texts that speak of
// markup stay: when in doubt an author who writes a tag means to show it.
func (p *page) escaped() {
	if p.plain {
		p.escapedPlain()
		return
	}
	samples := holdsCode(p.body)
	textNodes(p.body, func(n *html.Node) {
		if strings.IndexByte(n.Data, '<') < 0 && strings.IndexByte(n.Data, '&') < 0 || inCode(n) {
			return
		}
		home := blockHome(n)
		if strings.IndexByte(n.Data, '&') >= 0 {
			if decoded := unescapeEntities(n.Data); decoded != n.Data && !aboutMarkup(textOf(home)) {
				p.note("body", n.Data, decoded)
				n.Data = decoded
			}
		}
		if strings.IndexByte(n.Data, '<') >= 0 {
			p.unescape(n, home, samples)
		}
	})
}

// escapedPlain parses a body that was sent as plain text and is markup
// throughout.
func (p *page) escapedPlain() {
	n := p.body.FirstChild
	if n == nil || n.Type != html.TextNode {
		return
	}
	if aboutMarkup(n.Data) {
		return
	}
	if decoded := unescapeEntities(n.Data); decoded != n.Data {
		p.note("body", n.Data, decoded)
		n.Data = decoded
	}
	if strings.IndexByte(n.Data, '<') < 0 {
		return
	}
	if m := readMarkup(n.Data); m.balanced && m.blocks+m.breaks+m.attributes > 0 {
		before := n.Data
		p.replaceWithMarkup(n, n.Data)
		p.plain = false
		p.note("body", before, textOf(p.body))
	}
}

// unescape replaces a text node by the markup that it shows, if that is damage.
func (p *page) unescape(n, home *html.Node, samples bool) {
	m := readMarkup(n.Data)
	if !m.balanced || m.tags == 0 {
		return
	}
	whole := m.enclosed && wholeLine(n)
	switch {
	case whole && (m.blocks > 0 || m.attributes > 0 || m.empty):
		// The block is nothing but markup. After "Write:" it is a sample.
		if introduced(home) || samples && aboutMarkup(textOf(home)) {
			return
		}
	case samples || aboutMarkup(textOf(home)):
		return
	case whole, m.blocks >= 2, m.attributes > 0, m.pairs >= 2 && m.tags == 2*m.pairs+m.breaks, m.breaks >= 2, m.comments > 0 && m.tags == m.comments:
	default:
		return
	}
	before := n.Data
	p.replaceWithMarkup(n, n.Data)
	p.note("body", before, "")
}

// replaceWithMarkup parses text as markup and puts it where the node stands.
// A paragraph that would then hold blocks gives way to them.
func (p *page) replaceWithMarkup(n *html.Node, markup string) {
	parsed := parse(feed.Text{HTML: true, Value: tame(markup)})
	at := n
	if paragraph := n.Parent; isElement(paragraph, atom.P) && paragraph.Parent != nil && soleChild(paragraph) && holdsBlocks(parsed) {
		at = paragraph
	}
	for c := parsed.FirstChild; c != nil; c = parsed.FirstChild {
		parsed.RemoveChild(c)
		at.Parent.InsertBefore(c, at)
	}
	detach(at)
}

// wholeLine reports whether a text node is all that its line shows.
func wholeLine(n *html.Node) bool {
	for {
		before, after := beside(n, false), beside(n, true)
		if before != nil && !isElement(before, atom.Br) && !blockLevel(before) || after != nil && !isElement(after, atom.Br) && !blockLevel(after) {
			return false
		}
		if n = n.Parent; n == nil || n.Parent == nil || text.Block(n.DataAtom) {
			return true
		}
		if before != nil || after != nil {
			return false
		}
	}
}

func soleChild(n *html.Node) bool { return n.FirstChild != nil && n.FirstChild == n.LastChild }

// blockHome returns the nearest block element that holds a node.
func blockHome(n *html.Node) *html.Node {
	a := n.Parent
	for a.Parent != nil && !text.Block(a.DataAtom) {
		a = a.Parent
	}
	return a
}

// holdsCode reports whether the page shows code in elements made for it.
func holdsCode(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		switch c.DataAtom {
		case atom.Code, atom.Pre, atom.Kbd, atom.Samp, atom.Tt:
			return true
		}
		if holdsCode(c) {
			return true
		}
	}
	return false
}

// introduced reports whether the text before a block announces it with a colon.
func introduced(n *html.Node) bool {
	for s := n.PrevSibling; s != nil; s = s.PrevSibling {
		if t := textOf(s); s.Type == html.TextNode && fold(s.Data) != "" || t != "" {
			if s.Type == html.TextNode {
				t = fold(s.Data)
			}
			return strings.HasSuffix(t, ":") || strings.HasSuffix(t, "：")
		}
	}
	return false
}

// aboutMarkup reports whether a text speaks of markup, so that the tags and
// entities in it are its subject.
func aboutMarkup(s string) bool { return markupWords.MatchString(s) }

var markupWords = regexp.MustCompile(`(?i)\b(?:x?html|xml|css|markup|tags?|entit(?:y|ies)|attributes?|doctype|unescape[sd]?|escap(?:es?|ed|ing)|balises?|etiquetas?|balis\w*|auszeichnung\w*|javascript|wordpress|markdown)\b|标签|標籤|タグ|태그|\bтег(?:и|а|ов|ом)?\b|разметк`)

// shownMarkup is what a text that looks like markup consists of.
type shownMarkup struct {
	tags, pairs, blocks, breaks, comments, attributes int
	balanced                                          bool // all elements are known and closed in order
	enclosed                                          bool // it begins and ends with a tag
	empty                                             bool // it shows no text at all
}

// readMarkup looks at text as if it were markup.
func readMarkup(s string) shownMarkup {
	m := shownMarkup{balanced: true, empty: true}
	var open []atom.Atom
	z := html.NewTokenizer(strings.NewReader(s))
	first, last := true, html.ErrorToken
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind == html.TextToken && strings.TrimSpace(strings.ReplaceAll(string(z.Text()), "\u00a0", " ")) == "" {
			continue
		}
		if first {
			m.enclosed = kind != html.TextToken
			first = false
		}
		last = kind
		switch kind {
		case html.TextToken:
			m.empty = false
		case html.CommentToken:
			m.tags++
			m.comments++
			if !strings.Contains(s, "-->") {
				m.balanced = false
			}
		case html.DoctypeToken:
			m.balanced = false
		default:
			name, attributes := z.TagName()
			a := atom.Lookup(name)
			m.tags++
			switch {
			case !showable(a):
				m.balanced = false
			case kind == html.EndTagToken:
				if len(open) == 0 || open[len(open)-1] != a {
					m.balanced = false
					continue
				}
				open = open[:len(open)-1]
				m.pairs++
			default:
				if attributes {
					m.attributes++
				}
				switch {
				case a == atom.Br:
					m.breaks++
				case void(a):
				case kind == html.SelfClosingTagToken:
				default:
					open = append(open, a)
				}
				if text.Block(a) {
					m.blocks++
				}
			}
		}
	}
	m.enclosed = m.enclosed && last != html.TextToken
	m.balanced = m.balanced && len(open) == 0
	return m
}

// showable reports whether an element is one that articles are made of.
func showable(a atom.Atom) bool {
	switch a {
	case atom.A, atom.Abbr, atom.B, atom.Big, atom.Br, atom.Center, atom.Cite, atom.Code, atom.Del, atom.Em, atom.Font, atom.Hr, atom.I,
		atom.Iframe, atom.Img, atom.Ins, atom.Mark, atom.Picture, atom.Q, atom.S, atom.Script, atom.Small, atom.Source, atom.Span,
		atom.Strike, atom.Strong, atom.Style, atom.Sub, atom.Sup, atom.Time, atom.U, atom.Video, atom.Audio, atom.Wbr, atom.Noscript,
		atom.Svg, atom.Ruby, atom.Rt, atom.Rp, atom.Tt:
		return true
	}
	return text.Block(a) && a != atom.Html && a != atom.Body
}

// unescapeEntities decodes character references that show as text. Only whole
// ones, with their semicolon, are meant.
func unescapeEntities(s string) string {
	for range 2 {
		if strings.IndexByte(s, ';') < 0 {
			break
		}
		decoded := entity.ReplaceAllStringFunc(s, html.UnescapeString)
		if decoded == s {
			break
		}
		s = decoded
	}
	return s
}

var entity = regexp.MustCompile(`&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});`)
