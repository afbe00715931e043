package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/filters/text"
)

// setter makes nodes of paragraphs.
type setter struct {
	words map[string]bool
}

// plain sets a paragraph of plain text: rows as they stand, items as a list,
// the rest as a paragraph.
func (s *setter) plain(para *paragraph) []*html.Node {
	lines := para.lines
	rows, items, indented := 0, 0, 0
	for i := range lines {
		if tableRow(lines[i].raw) {
			rows++
		}
		if startsItem(lines[i].text) {
			items++
		}
		if strings.HasPrefix(lines[i].raw, "    ") || strings.HasPrefix(lines[i].raw, "\t") {
			indented++
		}
	}
	switch {
	case len(lines) >= 2 && rows*2 > len(lines), len(lines) >= 2 && indented == len(lines) && codeLike(lines):
		pre := element(atom.Pre)
		for i := range lines {
			if i > 0 {
				pre.AppendChild(&html.Node{Type: html.TextNode, Data: "\n"})
			}
			for _, n := range lines[i].nodes {
				pre.AppendChild(n)
			}
		}
		return []*html.Node{pre}
	case items >= 2:
		return s.list(para)
	}
	made := element(atom.P)
	for _, n := range s.inline(para) {
		made.AppendChild(n)
	}
	return []*html.Node{made}
}

// codeLike reports whether indented lines look like code, not like verse.
func codeLike(lines []line) bool {
	signs := 0
	for i := range lines {
		if strings.ContainsAny(lines[i].text, "{}=;<>$()[]|\\") || strings.HasPrefix(lines[i].text, "#") {
			signs++
		}
	}
	return signs*2 >= len(lines)
}

// list sets items; what stands before the first stays a paragraph.
func (s *setter) list(para *paragraph) []*html.Node {
	var out []*html.Node
	var list *html.Node
	for i := 0; i < len(para.lines); {
		end := i + 1
		for end < len(para.lines) && !startsItem(para.lines[end].text) {
			end++
		}
		part := paragraph{lines: para.lines[i:end]}
		if end-i > 1 {
			part.joined = para.joined[i : end-1]
		}
		item := startsItem(para.lines[i].text)
		holder := element(atom.P)
		if item {
			kind := atom.Ul
			if unicode.IsDigit(firstRune(para.lines[i].text)) {
				kind = atom.Ol
			}
			if list == nil || list.DataAtom != kind {
				list = element(kind)
				if kind == atom.Ol {
					if start := leadingNumber(para.lines[i].text); start != "1" {
						list.Attr = []html.Attribute{{Key: "start", Val: start}}
					}
				}
				out = append(out, list)
			}
			holder = element(atom.Li)
			list.AppendChild(holder)
			cutMarker(part.lines[0].nodes)
		} else {
			list = nil
			out = append(out, holder)
		}
		for _, n := range s.inline(&part) {
			holder.AppendChild(n)
		}
		i = end
	}
	return out
}

func leadingNumber(s string) string {
	end := 0
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	if end == 0 {
		return "1"
	}
	return strings.TrimLeft(s[:end-1], "0") + s[end-1:end]
}

// cutMarker takes the bullet or number off an item.
func cutMarker(nodes []*html.Node) {
	if len(nodes) == 0 || nodes[0].Type != html.TextNode {
		return
	}
	s := strings.TrimLeft(nodes[0].Data, " \t\u00a0\u3000")
	r, size := utf8.DecodeRuneInString(s)
	cut := size
	if unicode.IsDigit(r) || r == '(' || unicode.IsLetter(r) && !wide(r) {
		cut = strings.IndexAny(s, ".)") + 1
	} else if wide(r) {
		cut = strings.IndexFunc(s, func(r rune) bool { return r == '、' || r == '．' || r == '.' })
		if cut >= 0 {
			_, size := utf8.DecodeRuneInString(s[cut:])
			cut += size
		}
	}
	if cut <= 0 || cut > len(s) {
		return
	}
	nodes[0].Data = strings.TrimLeft(s[cut:], " \t\u00a0\u3000")
}

// inline returns the nodes of a paragraph: its lines, joined or divided by br.
func (s *setter) inline(para *paragraph) []*html.Node {
	holder := element(atom.P)
	for i := range para.lines {
		if i > 0 {
			if para.joined[i-1] {
				s.bond(holder, para.lines[i-1].text, para.lines[i].text)
			} else {
				trimEnd(holder)
				holder.AppendChild(element(atom.Br))
			}
		}
		for j, n := range para.lines[i].nodes {
			detach(n)
			if j == 0 && n.Type == html.TextNode {
				n.Data = strings.TrimLeft(n.Data, " \t\r\n\u00a0")
			}
			holder.AppendChild(n)
		}
	}
	trimEnd(holder)
	var out []*html.Node
	for c := holder.FirstChild; c != nil; c = holder.FirstChild {
		holder.RemoveChild(c)
		out = append(out, c)
	}
	return out
}

// bond ends a joined line: with a space, with nothing, or without its hyphen.
func (s *setter) bond(holder *html.Node, a, b string) {
	trimEnd(holder)
	if glue(a, b) == " " {
		holder.AppendChild(&html.Node{Type: html.TextNode, Data: " "})
		return
	}
	if last := lastRune(a); last == '-' || last == '\u2010' || last == '\u00ad' {
		if head, tail := lastWord(a), firstWord(b); last != '-' || s.divided(head, tail) {
			dropLastRune(holder)
		}
	}
}

// divided reports whether a hyphen at a line end divides a word, rather than
// standing in a compound: the whole word occurs elsewhere, and the compound doesn't.
func (s *setter) divided(head, tail string) bool {
	if head == "" || tail == "" {
		return false
	}
	head, tail = strings.ToLower(head), strings.ToLower(tail)
	return s.words[head+tail] && !s.words[head+"-"+tail]
}

func lastWord(s string) string {
	s = strings.TrimRight(s, "-\u2010\u00ad")
	return s[strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })+1:]
}

func firstWord(s string) string {
	if end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }); end >= 0 {
		return s[:end]
	}
	return s
}

func wordsOf(s string) map[string]bool {
	words := map[string]bool{}
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		words[w] = true
	}
	return words
}

// trimEnd takes white space off the end of what an element holds.
func trimEnd(n *html.Node) {
	for c := n.LastChild; c != nil; c = n.LastChild {
		if c.Type == html.TextNode {
			if c.Data = strings.TrimRight(c.Data, " \t\r\n\u00a0"); c.Data == "" {
				n.RemoveChild(c)
				continue
			}
			return
		}
		if c.Type != html.ElementNode || text.Block(c.DataAtom) {
			return
		}
		n = c
	}
}

func dropLastRune(n *html.Node) {
	for c := n.LastChild; c != nil; c = c.LastChild {
		if c.Type == html.TextNode {
			_, size := utf8.DecodeLastRuneInString(c.Data)
			c.Data = c.Data[:len(c.Data)-size]
			return
		}
	}
}
