package repair

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/filters/text"
)

// litter takes away what editors, templates and word processors leave behind:
// comments, style and script, islands of Office XML, short codes.
func (p *page) litter() {
	removed := p.sweep(p.body)
	if removed != "" {
		p.note("body", removed, "")
	}
	textNodes(p.body, func(n *html.Node) {
		if mayLitter(n.Data) && !inCode(n) {
			p.sweepText(n)
		}
	})
}

// mayLitter tells cheaply whether sweepText could find anything.
func mayLitter(s string) bool {
	return strings.IndexByte(s, '[') >= 0 || strings.IndexByte(s, '<') >= 0 || strings.IndexByte(s, '{') >= 0 ||
		strings.Contains(s, "\u200b") || strings.Contains(s, "\ufeff") || strings.Contains(s, "\u2060")
}

// empty takes away wrappers in which nothing stands, breaks at the edges of
// blocks, and blocks that show a style sheet or a script.
func (p *page) empty() {
	braces := false
	textNodes(p.body, func(n *html.Node) {
		braces = braces || strings.IndexByte(n.Data, '{') >= 0 || strings.Contains(n.Data, ".push(")
	})
	if braces {
		p.visibleCode()
	}
	dropEmpty(p.body)
	trimBreaks(p.body)
	p.blocks = nil
}

// sweep removes what no reader sees and returns what deserves a note.
func (p *page) sweep(n *html.Node) string {
	removed := ""
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.CommentNode, c.Type == html.DoctypeNode:
			if removed == "" && strings.TrimSpace(c.Data) != "" {
				removed = "<!--" + c.Data + "-->"
			}
			next = takeOut(c)
		case c.Type != html.ElementNode:
		case unwanted(c.DataAtom):
			if removed == "" {
				removed = "<" + c.Data + "> " + content(c)
			}
			next = takeOut(c)
		case strings.IndexByte(c.Data, ':') > 0 || c.DataAtom == atom.Font:
			// Office leaves <o:p>, <st1:place>, <w:sdt>: their text is the author's.
			if removed == "" && c.DataAtom != atom.Font {
				removed = "<" + c.Data + ">"
			}
			first := c.FirstChild
			unwrap(c)
			if first != nil {
				next = first
			}
		case c.Data == "xml":
			removed = "<xml>"
			n.RemoveChild(c)
		default:
			if inner := p.sweep(c); removed == "" {
				removed = inner
			}
		}
		c = next
	}
	return removed
}

// takeOut removes a node, and one of the two white spaces that then stand side
// by side; it returns what comes next.
func takeOut(n *html.Node) *html.Node {
	before, after := n.PrevSibling, n.NextSibling
	detach(n)
	if before != nil && after != nil && before.Type == html.TextNode && after.Type == html.TextNode && blankText(before.Data) && blankText(after.Data) && !strings.Contains(after.Data, "\u00a0") {
		next := after.NextSibling
		detach(after)
		return next
	}
	return after
}

func unwanted(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Link, atom.Meta, atom.Base, atom.Title, atom.Template:
		return true
	}
	return false
}

// content returns what stands in an element of raw text.
func content(n *html.Node) string {
	if n.FirstChild != nil && n.FirstChild.Type == html.TextNode {
		return n.FirstChild.Data
	}
	return ""
}

var (
	// Short codes that WordPress and its page builders leave when a plug-in is
	// switched off.
	shortCode = regexp.MustCompile(`\[/?(?:caption|gallery|embed|playlist|audio|video|wp_\w+|vc_\w+|et_pb_\w+|fusion_\w+|su_\w+|contact-form(?:-7)?|ads?|adrotate|advanced_ad\w*|toc|sc|raw|spacer|divider|button|column|row|one_half|one_third|two_third)(?:\s[^\[\]<>]{0,400})?/?\]`)
	// Any short code, told by its attributes in quotation marks, and its end.
	anyShortCode = regexp.MustCompile(`\[/?([a-z][a-z0-9]*(?:[_-][a-z0-9]+)*)((?:\s+[a-z][a-z0-9_-]*\s?=\s?(?:"[^"\[\]]*"|'[^'\[\]]*'|[“”″][^“”″\[\]]*[“”″]|[0-9]+))*)\s*/?\]`)
	// Directives of editors and include languages.
	directive = regexp.MustCompile(`<!--.{0,400}?-->|&lt;!--.{0,400}?--&gt;|(?:\{\{|\[\[)\s*(?:ad|ads|advert|widget|related|embed|newsletter|placeholder)[-_\w:. ]{0,60}(?:\}\}|\]\])`)
)

// sweepText takes remains of templates out of a text.
func (p *page) sweepText(n *html.Node) {
	s := n.Data
	if strings.IndexByte(s, '[') >= 0 {
		s = withoutShortCodes(shortCode.ReplaceAllString(s, ""), n)
	}
	if strings.Contains(s, "<!--") || strings.Contains(s, "{{") || strings.Contains(s, "[[") {
		s = directive.ReplaceAllString(s, "")
	}
	if s != n.Data {
		p.note("body", n.Data, s)
		n.Data = s
	}
	if strings.ContainsAny(s, "\u200b\ufeff\u2060") {
		n.Data = strings.Map(func(r rune) rune {
			if r == '\u200b' || r == '\ufeff' || r == '\u2060' {
				return -1
			}
			return r
		}, s)
	}
}

// withoutShortCodes takes out short codes of any name that have attributes and
// stand alone in a text, or that are closed again in it. Names alone in square
// brackets are what people write, but for those with an underscore that are
// all that a block says.
func withoutShortCodes(s string, n *html.Node) string {
	found := anyShortCode.FindAllStringSubmatchIndex(s, -1)
	if len(found) == 0 {
		return s
	}
	alone := strings.TrimSpace(anyShortCode.ReplaceAllString(s, "")) == ""
	block := alone && n.PrevSibling == nil && n.NextSibling == nil && text.Block(n.Parent.DataAtom)
	var b strings.Builder
	from := 0
	for _, m := range found {
		name := s[m[2]:m[3]]
		closing := "[/" + name + "]"
		switch {
		case m[5] > m[4] && (alone || strings.Contains(s, closing)):
		case s[m[0]:m[1]] == closing && strings.Contains(s[:m[0]], "["+name+" "):
		case block && strings.Contains(name, "_"):
		default:
			continue
		}
		b.WriteString(s[from:m[0]])
		from = m[1]
	}
	return b.String() + s[from:]
}

var (
	// A style sheet shown as text: selectors and declarations from end to end.
	styleText = regexp.MustCompile(`^(?:\s*(?:@(?:media|font-face|import|charset)[^{};]*[{;]|[.#@*:\w\[\]="'>+~,\s()-]+\{[^{}]*\}|\}|/\*[^*]*\*/))+\s*$`)
	styleRule = regexp.MustCompile(`\{\s*[-a-z]+\s*:[^{}]+\}`)
	// Script shown as text: the idioms of trackers and ad slots.
	scriptText = regexp.MustCompile(`^\s*(?:\(?\s*(?:async\s+)?function\s*\(|\(\s*\(\s*\)\s*=>|(?:var|let|const)\s+[\w$]+\s*=|window\.\w+\s*=|\(?\s*adsbygoogle\b|googletag\.|document\.(?:write|getElementById|addEventListener)|jQuery\(|\$\(\s*(?:document|function)|dataLayer\s*=|_?gaq?\.push|gtag\(|fbq\(|!function|//\s*<!\[CDATA\[|try\s*\{)`)
	scriptEnd  = regexp.MustCompile(`[;})\]/>]\s*$`)
)

// visibleCode removes blocks that show a style sheet or a script.
func (p *page) visibleCode() {
	for _, b := range blocksOf(p.body) {
		if b.media || !strings.ContainsAny(b.text, "{}();") || inCode(b.nodes[0]) || b.unit != nil && b.unit.DataAtom == atom.Pre || holdsCodeIn(b.nodes) {
			continue
		}
		css := styleRule.MatchString(b.text) && styleText.MatchString(b.text)
		js := scriptText.MatchString(b.text) && scriptEnd.MatchString(b.text) && strings.ContainsAny(b.text, "({")
		if css || js {
			p.note("body", b.text, "")
			for _, n := range b.nodes {
				detach(n)
			}
		}
	}
}

func holdsCodeIn(nodes []*html.Node) bool {
	for _, n := range nodes {
		if n.Type == html.ElementNode && (keepsLines(n.DataAtom) || holdsCode(n)) {
			return true
		}
	}
	return false
}

// dropEmpty removes elements that show nothing, from the inside out, and
// reports whether the node itself shows nothing.
func dropEmpty(n *html.Node) bool {
	shows := false
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch c.Type {
		case html.TextNode:
			shows = shows || !blankText(c.Data)
		case html.ElementNode:
			empty := dropEmpty(c)
			switch {
			case empty && removable(c):
				if !text.Block(c.DataAtom) && c.FirstChild != nil && c.FirstChild.Type == html.TextNode {
					// The space that an empty inline element held stays.
					n.InsertBefore(&html.Node{Type: html.TextNode, Data: " "}, c)
				}
				n.RemoveChild(c)
			case !empty:
				shows = true
			}
		}
		c = next
	}
	return !shows && !standsAlone(n)
}

func blankText(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && !invisible(r) {
			return false
		}
	}
	return true
}

// standsAlone reports whether an element shows something without holding text.
func standsAlone(n *html.Node) bool {
	if n.Namespace != "" {
		return true
	}
	switch n.DataAtom {
	case atom.Img, atom.Video, atom.Audio, atom.Iframe, atom.Object, atom.Embed, atom.Hr, atom.Input, atom.Svg, atom.Math, atom.Canvas,
		atom.Picture, atom.Source, atom.Track, atom.Td, atom.Th, atom.Col, atom.Wbr, atom.Map, atom.Area, atom.Meter, atom.Progress, atom.Param:
		return true
	}
	return false
}

// removable reports whether an element without content serves nothing. Breaks
// are no content, but they aren't wrappers either; anchors may be targets.
func removable(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Br, atom.Tr, atom.Tbody, atom.Thead, atom.Tfoot, atom.Colgroup, atom.Textarea, atom.Pre:
		return false
	case atom.A:
		return attribute(n, "id") == "" && attribute(n, "name") == ""
	}
	return n.Type == html.ElementNode && !standsAlone(n)
}

// trimBreaks removes breaks at the edges of blocks: before the first and
// behind the last of what a line holds.
func trimBreaks(n *html.Node) {
	lines := text.Block(n.DataAtom)
	begun := false
	var pending []*html.Node // breaks that nothing has followed yet
	drop := func() {
		for _, br := range pending {
			n.RemoveChild(br)
		}
		pending = nil
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case isElement(c, atom.Br):
			pending = append(pending, c)
			if !begun && lines {
				drop()
			}
		case c.Type == html.TextNode && blankText(c.Data), c.Type == html.CommentNode:
		case blockLevel(c):
			if lines {
				drop()
			}
			begun, pending = false, nil
			if !keepsLines(c.DataAtom) {
				trimBreaks(c)
			}
		default:
			begun, pending = true, nil
		}
		c = next
	}
	if lines {
		drop()
	}
}
