package repair

import (
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/filters/text"
)

// line is what stands between two line breaks.
type line struct {
	nodes []*html.Node
	text  string // folded; empty for a blank line
	raw   string // with its spaces
	width int    // columns; a wide character takes two
	media bool
	short bool // of a run of lines too short to have been broken: verse, an address
}

func newLine(nodes []*html.Node) line {
	var r reading
	var raw strings.Builder
	for _, n := range nodes {
		r.read(n, false)
		rawText := func(t *html.Node) { raw.WriteString(t.Data) }
		if n.Type == html.TextNode {
			rawText(n)
		} else {
			textNodes(n, rawText)
		}
	}
	l := line{nodes: nodes, text: r.text(), raw: raw.String(), media: r.media}
	l.width = columns(l.text)
	return l
}

func (l *line) blank() bool { return l.text == "" && !l.media }

// columns is how wide a text stands in a fixed pitch.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if wide(r) {
			n++
		}
	}
	return n
}

// wide reports whether a character fills two columns and no space divides it
// from the next: Chinese and Japanese with their punctuation.
func wide(r rune) bool {
	return r >= 0x2E80 && r < 0xA4D0 || r >= 0xF900 && r < 0xFB00 || r >= 0xFE30 && r < 0xFE50 || r >= 0xFF00 && r < 0xFF61 || r >= 0x20000 && r < 0x40000
}

// splitLines divides a run of inline nodes at its line breaks; an element in
// which a break stands is divided with it. With feeds, a line feed in text is
// a break too.
func splitLines(run []*html.Node, feeds bool) []line {
	pieces := [][]*html.Node{nil}
	for _, n := range run {
		parts := breakNode(n, feeds)
		last := len(pieces) - 1
		pieces[last] = append(pieces[last], parts[0]...)
		pieces = append(pieces, parts[1:]...)
	}
	lines := make([]line, len(pieces))
	for i, nodes := range pieces {
		lines[i] = newLine(nodes)
	}
	return lines
}

// breakNode returns the parts into which breaks divide a node, at least one.
func breakNode(n *html.Node, feeds bool) [][]*html.Node {
	switch {
	case isElement(n, atom.Br):
		return [][]*html.Node{nil, nil}
	case n.Type == html.TextNode && feeds && strings.IndexByte(n.Data, '\n') >= 0:
		var parts [][]*html.Node
		for s := range strings.SplitSeq(n.Data, "\n") {
			var nodes []*html.Node
			if s = strings.TrimSuffix(s, "\r"); s != "" {
				nodes = []*html.Node{{Type: html.TextNode, Data: s}}
			}
			parts = append(parts, nodes)
		}
		return parts
	case n.Type != html.ElementNode || !breaksInside(n, feeds):
		return [][]*html.Node{{n}}
	}
	pieces := [][]*html.Node{nil}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		parts := breakNode(c, feeds)
		last := len(pieces) - 1
		pieces[last] = append(pieces[last], parts[0]...)
		pieces = append(pieces, parts[1:]...)
	}
	out := make([][]*html.Node, len(pieces))
	for i, nodes := range pieces {
		if len(nodes) == 0 {
			continue
		}
		part := cloneEmpty(n)
		for _, c := range nodes {
			if c.Parent != nil { // the tree stays as it is until its lines are arranged
				c = cloneDeep(c)
			}
			part.AppendChild(c)
		}
		out[i] = []*html.Node{part}
	}
	return out
}

func breaksInside(n *html.Node, feeds bool) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isElement(c, atom.Br) || feeds && c.Type == html.TextNode && strings.IndexByte(c.Data, '\n') >= 0 ||
			c.Type == html.ElementNode && breaksInside(c, feeds) {
			return true
		}
	}
	return false
}

// cloneEmpty copies an element without what it holds.
func cloneEmpty(n *html.Node) *html.Node {
	return &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Namespace: n.Namespace, Attr: append([]html.Attribute(nil), n.Attr...)}
}

// cloneDeep copies a node with all that it holds.
func cloneDeep(n *html.Node) *html.Node {
	copied := cloneEmpty(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		copied.AppendChild(cloneDeep(c))
	}
	return copied
}

// paragraph is a run of lines that belong together.
type paragraph struct {
	lines []line
	// joined[i] says that line i+1 goes on where line i ends; otherwise the
	// break between them is the author's.
	joined []bool
}

// layout is how an author's lines were set.
type layout struct {
	paragraphs []paragraph
	wrapped    bool // lines were broken by a machine and are joined
	gap        int  // blank lines between the lines of one paragraph
	width      int  // at which it broke them
	torn       int  // joined lines, where only that shows that they are
}

// arrange finds the author's paragraphs in lines. Text that a machine broke at
// a width is told by its line ends: the next word would not have fitted.
func arrange(lines []line, need strictness) layout {
	var content []line
	var gaps []int // gaps[i]: blank lines between content[i] and content[i+1]
	blanks := 0
	for _, l := range lines {
		if l.blank() {
			blanks++
			continue
		}
		if len(content) > 0 {
			gaps = append(gaps, blanks)
		}
		blanks = 0
		content = append(content, l)
	}
	out := layout{}
	if len(content) == 0 {
		return out
	}
	least, wider := math.MaxInt, false
	for _, g := range gaps {
		least = min(least, g)
	}
	for _, g := range gaps {
		wider = wider || g > least
	}
	var m measure
	switch {
	case len(gaps) == 0:
	case least == 0:
		m = measureLines(content, gaps, 0, need)
		if !m.any() && setShort(content, gaps, m.width[0]) {
			// Verse stands among the lines: the others are judged without it,
			// on more evidence.
			need.going = max(need.going, 3)
			m = measureLines(content, gaps, 0, need)
		}
		if !m.any() && need.width >= tornWide {
			m.atWidth(content, gaps, need.width)
		}
	case wider || len(gaps) >= 3:
		// Every line is followed by a blank one: double-spaced, if the lines
		// go on over it.
		if m = measureLines(content, gaps, least, forDouble); m.any() {
			out.gap = least
		}
	}
	var tornAt []bool
	if m.wrapped[0] && !m.ragged {
		out.width = m.width[0]
	}
	if out.wrapped = m.any(); !out.wrapped && len(gaps) > 0 && !need.plain {
		if tornAt = torn(content, gaps, least, least > 0 || need.ends || need.surely); tornAt != nil {
			out.wrapped, out.gap, out.torn = true, least, len(tornAt)
		}
	}
	m.ends = need.ends && !wider
	current := paragraph{lines: content[:1:1]}
	for i, g := range gaps {
		next := content[i+1]
		if g > out.gap || need.plain && (isSignature(content[i].text) || isSignature(next.text)) {
			out.paragraphs = append(out.paragraphs, current)
			current = paragraph{lines: []line{next}}
			continue
		}
		joins := m.joins(&content[i], &next) || tornAt != nil && tornAt[i]
		if out.gap > 0 && !joins {
			out.paragraphs = append(out.paragraphs, current)
			current = paragraph{lines: []line{next}}
			continue
		}
		current.lines = append(current.lines, next)
		current.joined = append(current.joined, joins)
	}
	out.paragraphs = append(out.paragraphs, current)
	return out
}

// isSignature reports whether a line divides a message from its signature (RFC 3676 §4.3).
func isSignature(s string) bool { return s == "--" }

// flows reports whether a line is running text: no table row, no rule, no
// lone address, no picture.
func flows(l *line) bool {
	return !l.media && !tableRow(l.raw) && !ruleLine.MatchString(l.text) && !(strings.Contains(l.text, "://") && !strings.Contains(l.text, " ")) &&
		!strings.HasPrefix(l.text, ">")
}

var ruleLine = regexp.MustCompile(`^[-=_*~#.·•—–\s]{3,}$`)

// tableRow reports whether a line has columns: gaps inside it of two spaces
// and more, tabs, or bars.
func tableRow(raw string) bool {
	s := strings.TrimSpace(strings.ReplaceAll(raw, "\u00a0", " "))
	if strings.Contains(s, "\t") || strings.Count(s, "|") >= 2 {
		return true
	}
	for i := 0; i+2 < len(s); i++ {
		// Two spaces after a full stop are typewriter spelling.
		if s[i] != ' ' && s[i+1] == ' ' && s[i+2] == ' ' && (strings.IndexByte(".?!:;\"'", s[i]) < 0 || i+3 < len(s) && s[i+3] == ' ') {
			return true
		}
	}
	return false
}

var itemStart = regexp.MustCompile(`^(?:[-*•‣▪◦●○■□–—·]\s+|\(?[0-9]{1,3}[.)]\s+|\(?[a-zA-Z][.)]\s+|[０-９一二三四五六七八九十]{1,3}[、．.]\s*|[①-⑳])\S`)

// startsItem reports whether a line begins an item of a list.
func startsItem(s string) bool {
	if !itemStart.MatchString(s) {
		return false
	}
	// Speech in many languages opens with a dash: that is a paragraph, which
	// is the same to us. An initial is none: "J. Smith".
	r, size := utf8.DecodeRuneInString(s)
	return !(unicode.IsUpper(r) && strings.HasPrefix(s[size:], ". "))
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

// endsSentence reports whether a line could be the last of its paragraph.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\"'”’»«“)]」』）】 ")
	switch lastRune(s) {
	case '.', '!', '?', ':', ';', '…', '。', '！', '？', '：', '；', '؟', '۔', '।':
		return true
	}
	return s == ""
}

// startsSmall reports whether a line begins as no sentence does.
func startsSmall(s string) bool {
	r := firstRune(s)
	if unicode.IsLetter(r) {
		return unicode.IsLower(r) || !unicode.IsUpper(r) && !unicode.IsTitle(r) && !wide(r) // scripts without capitals
	}
	return unicode.IsDigit(r) || strings.ContainsRune("(,;", r)
}

// continuesAddress reports whether the second line is the rest of an address
// that ends the first: nothing but the rest stands there, and the first ends
// where no address does.
func continuesAddress(a, b string) bool {
	word := a[strings.LastIndexByte(a, ' ')+1:]
	if !strings.Contains(word, "://") || strings.ContainsAny(b, " ") || b == "" || strings.Contains(b, "://") {
		return false
	}
	switch word[len(word)-1] {
	case '?', '=', '&', '#', '%', '_':
	case '/':
		// "https://host.example/" is whole by itself; a word after it may be a heading.
		if !strings.ContainsAny(b, "0123456789_=-./") {
			return false
		}
	default:
		return false
	}
	for i := 0; i < len(b); i++ {
		if b[i] <= ' ' || b[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// glue is what stands between two joined lines.
func glue(a, b string) string {
	last, first := lastRune(a), firstRune(b)
	switch {
	case continuesAddress(a, b):
		return ""
	case wide(last) && wide(first), wide(last) && text.Dense(last) || wide(first) && text.Dense(first):
		return ""
	case (last == '-' || last == '\u2010' || last == '\u00ad') && unicode.IsLower(first) && len(a) > 1:
		before, _ := utf8.DecodeLastRuneInString(a[:len(a)-utf8.RuneLen(last)])
		if unicode.IsLetter(before) {
			return ""
		}
	case last == '/' && !strings.HasSuffix(a, " /"):
		return ""
	}
	return " "
}
