package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/filters/text"
)

// text gives the article its paragraphs back: lines that a machine broke are
// joined, runs of breaks become paragraphs, plain text becomes markup. Verse,
// lists, tables, addresses and code keep their lines.
func (p *page) text() {
	p.blocks = nil
	dropHollowBlocks(p.body)
	trimBreaks(p.body)
	set := true
	switch {
	case p.plain:
		p.setPlain(p.body, true)
		p.plain = false
	case p.bare():
		p.setPlain(p.body, false)
	default:
		set = p.looseText(p.body)
	}
	if set && !p.source.Off["escaped"] {
		p.escaped() // a paragraph may be markup where the whole wasn't
	}
	t := typesetter{page: p, words: nil}
	t.container(p.body)
	t.lineParagraphs(p.body)
}

// dropHollowBlocks removes paragraphs that nothing stands in, not even a
// space: they divide nothing.
func dropHollowBlocks(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type != html.ElementNode:
		case c.FirstChild == nil && (c.DataAtom == atom.P || c.DataAtom == atom.Div):
			divide([]*html.Node{c})
			n.RemoveChild(c)
		default:
			dropHollowBlocks(c)
		}
		c = next
	}
}

// bare reports whether the body is plain text that was sent as markup: no
// element that makes lines, but line feeds that must be lines.
func (p *page) bare() bool {
	if holdsBlocks(p.body) || breaksInside(p.body, false) {
		return false
	}
	var run []*html.Node
	for c := p.body.FirstChild; c != nil; c = c.NextSibling {
		run = append(run, c)
	}
	return feedsMeant(run)
}

// feedsMeant reports whether line feeds in a run of inline nodes are the
// author's: blank lines between text, or rows and items.
func feedsMeant(run []*html.Node) bool {
	feeds := false
	for _, n := range run {
		feeds = feeds || n.Type == html.TextNode && strings.IndexByte(n.Data, '\n') >= 0 || n.Type == html.ElementNode && breaksInside(n, true)
	}
	if !feeds {
		return false
	}
	var b strings.Builder
	for _, n := range run {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		} else {
			textNodes(n, func(t *html.Node) { b.WriteString(t.Data) })
		}
	}
	s := strings.TrimSpace(b.String())
	if hasBlankLine(s) {
		return true
	}
	items, all := 0, 0
	for l := range strings.Lines(s) {
		all++
		if l = strings.TrimSpace(l); startsItem(l) || tableRow(l) {
			items++
		}
	}
	return items >= 2 && items*2 >= all
}

func hasBlankLine(s string) bool {
	feed := false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\n':
			if feed {
				return true
			}
			feed = true
		case ' ', '\t', '\r':
		default:
			feed = false
		}
	}
	return false
}

// looseText makes paragraphs of text that stands between block elements of
// the body and is divided by blank lines, as some editors store it, and
// reports whether there was any.
func (p *page) looseText(n *html.Node) bool {
	var runs [][]*html.Node
	var run []*html.Node
	meant := false
	flush := func() {
		length := 0
		for _, r := range run {
			length += textLength(r)
		}
		if length > 0 {
			runs = append(runs, run)
			meant = meant || feedsMeant(run)
		}
		run = nil
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isElement(c, atom.Br) || blockLevel(c) {
			flush()
		} else {
			run = append(run, c)
		}
	}
	flush()
	if !meant {
		return false
	}
	for _, run := range runs {
		holder := cloneEmpty(n)
		mark := &html.Node{Type: html.CommentNode}
		n.InsertBefore(mark, run[0])
		for _, r := range run {
			detach(r)
			holder.AppendChild(r)
		}
		p.setPlain(holder, false)
		for c := holder.FirstChild; c != nil; c = holder.FirstChild {
			detach(c)
			n.InsertBefore(c, mark)
		}
		detach(mark)
	}
	return true
}

// setPlain makes paragraphs, lists, rows and code of text with line feeds.
// Text that was sent as plain text always becomes markup.
func (p *page) setPlain(n *html.Node, always bool) {
	var run []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		run = append(run, c)
	}
	if len(run) == 0 {
		return
	}
	before := textOf(n)
	l := arrange(splitLines(run, true), forPlain)
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
	}
	s := setter{words: wordsOf(before)}
	for i := range l.paragraphs {
		for _, made := range s.plain(&l.paragraphs[i]) {
			n.AppendChild(made)
		}
	}
	if always && len(l.paragraphs) < 2 && !l.wrapped {
		return
	}
	after := ""
	if n.FirstChild != nil {
		after = textOf(n.FirstChild)
	}
	p.note("body", before, after)
}

// typesetter walks the tree and gives each container its paragraphs.
type typesetter struct {
	page  *page
	words map[string]bool // of the whole body; made when first needed
}

func (t *typesetter) container(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode && !keepsLines(c.DataAtom) {
			if blockLevel(c) {
				t.container(c)
			}
		}
		c = next
	}
	var runs [][]*html.Node
	var run []*html.Node
	breaks := false
	flush := func() {
		if breaks {
			runs = append(runs, run)
		}
		run, breaks = nil, false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if blockLevel(c) {
			flush()
			continue
		}
		run = append(run, c)
		breaks = breaks || isElement(c, atom.Br) || c.Type == html.ElementNode && breaksInside(c, false)
	}
	flush()
	for _, run := range runs {
		t.run(n, run)
	}
}

// keepsLines reports whether the lines of an element are to be left alone.
func keepsLines(a atom.Atom) bool {
	switch a {
	case atom.Pre, atom.Textarea, atom.Code, atom.Select, atom.Button, atom.Svg, atom.Math, atom.Script, atom.Style:
		return true
	}
	return false
}

// run sets one run of inline nodes in which breaks stand.
func (t *typesetter) run(holder *html.Node, run []*html.Node) {
	before := line{}
	if len(run) > 0 {
		before = newLine(run)
	}
	if before.blank() {
		return
	}
	var ref *html.Node
	if last := run[len(run)-1]; last.NextSibling != nil {
		ref = last.NextSibling
	}
	l := arrange(splitLines(run, false), forBreaks)
	changed := l.wrapped || len(l.paragraphs) > 1
	for _, para := range l.paragraphs {
		for _, j := range para.joined {
			changed = changed || j
		}
	}
	if !changed {
		return
	}
	for _, n := range run {
		detach(n)
	}
	s := setter{words: t.bodyWords(before.text)}
	splits := divisible(holder.DataAtom) && len(l.paragraphs) > 1 || wraps(holder.DataAtom)
	for i := range l.paragraphs {
		nodes := s.inline(&l.paragraphs[i])
		if !splits {
			if i > 0 {
				holder.InsertBefore(element(atom.Br), ref)
				holder.InsertBefore(element(atom.Br), ref)
			}
			for _, n := range nodes {
				holder.InsertBefore(n, ref)
			}
			continue
		}
		made := element(atom.P)
		if holder.DataAtom == atom.P {
			made = cloneEmpty(holder)
		}
		for _, n := range nodes {
			made.AppendChild(n)
		}
		if holder.DataAtom == atom.P {
			holder.Parent.InsertBefore(made, holder)
		} else {
			holder.InsertBefore(made, ref)
		}
	}
	if splits && holder.DataAtom == atom.P && textOf(holder) == "" && !newLine([]*html.Node{holder}).media {
		detach(holder)
	}
	t.page.note("body", before.text, firstText(&l))
}

// bodyWords are the words by which hyphens at line ends are judged.
func (t *typesetter) bodyWords(here string) map[string]bool {
	if t.words == nil {
		t.words = wordsOf(textOf(t.page.body) + " " + here)
	}
	return t.words
}

// divisible reports whether an element can give way to several paragraphs, or
// hold them.
func divisible(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Body, atom.Div, atom.Article, atom.Section, atom.Main, atom.Blockquote, atom.Td, atom.Li, atom.Dd, atom.Center, atom.Aside:
		return true
	}
	return false
}

// wraps reports whether loose text in an element needs a paragraph even when
// it is the only one.
func wraps(a atom.Atom) bool {
	return a == atom.Body || a == atom.Div || a == atom.Article || a == atom.Section || a == atom.Main
}

func element(a atom.Atom) *html.Node {
	return &html.Node{Type: html.ElementNode, DataAtom: a, Data: a.String()}
}

func firstText(l *layout) string {
	var b strings.Builder
	para := &l.paragraphs[0]
	for i := range para.lines {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(para.lines[i].text)
	}
	return b.String()
}

// lineParagraphs joins paragraphs that are single lines of one.
func (t *typesetter) lineParagraphs(n *html.Node) {
	var group []*html.Node
	flush := func() {
		if len(group) >= 4 {
			t.joinParagraphs(group)
		}
		group = nil
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "", c.Type == html.CommentNode:
		case (isElement(c, atom.P) || isElement(c, atom.Div)) && !holdsBlocks(c) && !breaksInside(c, false) &&
			(len(group) == 0 || group[0].DataAtom == c.DataAtom):
			group = append(group, c)
		default:
			flush()
			if c.Type == html.ElementNode && !keepsLines(c.DataAtom) && blockLevel(c) {
				t.lineParagraphs(c)
			}
			if (isElement(c, atom.P) || isElement(c, atom.Div)) && !holdsBlocks(c) && !breaksInside(c, false) {
				group = append(group, c)
			}
		}
		c = next
	}
	flush()
}

func (t *typesetter) joinParagraphs(group []*html.Node) {
	lines := make([]line, len(group))
	filled := 0
	for i, n := range group {
		lines[i] = newLine([]*html.Node{n})
		if lines[i].width > widest {
			return
		}
		if !lines[i].blank() {
			filled++
		}
	}
	if filled < 4 {
		return
	}
	l := arrange(lines, forParagraphs)
	if !l.wrapped {
		return
	}
	var s setter
	joined := false
	for _, para := range l.paragraphs {
		first := para.lines[0].nodes[0]
		for i := 1; i < len(para.lines); i++ {
			next := para.lines[i].nodes[0]
			if !para.joined[i-1] {
				first = next
				continue
			}
			if s.words == nil {
				s.words = t.bodyWords("")
			}
			s.bond(first, textOf(first), para.lines[i].text)
			for c := next.FirstChild; c != nil; c = next.FirstChild {
				next.RemoveChild(c)
				first.AppendChild(c)
			}
			detach(next)
			joined = true
		}
	}
	if !joined {
		return
	}
	for i, n := range group {
		if lines[i].blank() {
			detach(n)
		}
	}
	t.page.note("body", lines[0].text, firstText(&l))
}

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
