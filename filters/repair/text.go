package repair

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
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
	if t.wrapped {
		// What shows too little by itself was broken by the same machine.
		need := forBreaks
		need.surely, need.width = true, t.width
		for _, l := range t.left {
			t.run(l.holder, l.run, need)
		}
	}
	t.lineParagraphs(p.body)
}

// typesetter walks the tree and gives each container its paragraphs.
type typesetter struct {
	page  *page
	words map[string]bool // of the whole body; made when first needed

	wrapped bool      // somewhere, lines were broken by a machine
	width   int       // at which it broke them
	left    []leftRun // runs that were left as they stood
}

// leftRun is a run of inline nodes in an element.
type leftRun struct {
	holder *html.Node
	run    []*html.Node
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
		t.run(n, run, forBreaks)
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
func (t *typesetter) run(holder *html.Node, run []*html.Node, need strictness) {
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
	lines := splitLines(run, false)
	l := arrange(lines, need)
	changed := l.wrapped || len(l.paragraphs) > 1
	for _, para := range l.paragraphs {
		for _, j := range para.joined {
			changed = changed || j
		}
	}
	t.wrapped = t.wrapped || l.wrapped && l.torn == 0
	t.width = max(t.width, l.width)
	if !changed {
		t.left = append(t.left, leftRun{holder, run})
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
	t.page.note("body", brokenText(lines), l.shown())
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

// What stands in notes for the end of a line and of a paragraph.
const (
	lineEnd      = " ↵ "
	paragraphEnd = " ¶ "
)

// lineParagraphs joins paragraphs that are single lines of one.
func (t *typesetter) lineParagraphs(n *html.Node) {
	var group []*html.Node
	flush := func() {
		for _, part := range narrowParts(group) {
			if t.joinParagraphs(part) && len(part) == len(group) {
				group = nil
			}
		}
		// What was joined to another stands nowhere now.
		t.joinTorn(slices.DeleteFunc(group, func(n *html.Node) bool { return n.Parent == nil }))
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

// narrowParts divides paragraphs at those that are too wide to be lines that a
// machine broke, and at headings; parts of fewer than four are left out.
func narrowParts(group []*html.Node) [][]*html.Node {
	if len(group) < 4 {
		return nil
	}
	var parts [][]*html.Node
	start := 0
	cut := func(end int) {
		if end-start >= 4 {
			parts = append(parts, group[start:end])
		}
		start = end + 1
	}
	for i, n := range group {
		b := block{unit: n}
		// No character takes more than four bytes.
		if textLength(n) > 4*widest || columns(textOf(n)) > widest || b.heading() {
			cut(i)
		}
	}
	cut(len(group))
	return parts
}

// joinParagraphs joins paragraphs that are the lines of a text that a machine
// broke, and reports whether they are.
func (t *typesetter) joinParagraphs(group []*html.Node) bool {
	lines := make([]line, len(group))
	filled := 0
	for i, n := range group {
		lines[i] = newLine([]*html.Node{n})
		if !lines[i].blank() {
			filled++
		}
	}
	if filled < 4 {
		return false
	}
	l := arrange(lines, forParagraphs)
	if !l.wrapped {
		return false
	}
	t.join(lines, &l, true)
	return true
}

// joinTorn joins the few paragraphs of a group that are torn in the midst of a
// sentence.
func (t *typesetter) joinTorn(group []*html.Node) {
	for i := 0; i+1 < len(group); {
		if !unfinished(group[i]) {
			i++
			continue
		}
		sentence, next := []*html.Node{group[i]}, i+1
		for ; next < len(group); next++ {
			n := group[next]
			if textLength(n) == 0 && !holdsPicture(n) { // a blank line
				continue
			}
			if sentence = append(sentence, n); !unfinished(n) {
				break
			}
		}
		t.joinSentence(sentence)
		i = next
	}
}

// joinSentence joins some paragraphs where they are torn; the last ends a sentence.
func (t *typesetter) joinSentence(group []*html.Node) {
	lines := make([]line, len(group))
	for i, n := range group {
		b := block{unit: n}
		if lines[i] = newLine([]*html.Node{n}); lines[i].blank() || b.heading() {
			return
		}
	}
	if at := torn(lines, make([]int, len(lines)-1), 0, true); at != nil {
		t.join(lines, layoutOf(lines, at), false)
	}
}

// layoutOf makes paragraphs of lines of which some go on in the next.
func layoutOf(lines []line, goes []bool) *layout {
	l := &layout{wrapped: true}
	for i := range lines {
		if i == 0 || !goes[i-1] {
			l.paragraphs = append(l.paragraphs, paragraph{})
		}
		para := &l.paragraphs[len(l.paragraphs)-1]
		para.lines = append(para.lines, lines[i])
		if len(para.lines) > 1 {
			para.joined = append(para.joined, true)
		}
	}
	return l
}

// join makes one element of those whose lines are joined; with blanks, those
// that only stood between paragraphs go.
func (t *typesetter) join(lines []line, l *layout, blanks bool) {
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
	for i := range lines {
		if blanks && lines[i].blank() {
			detach(lines[i].nodes[0])
		}
	}
	t.page.note("body", brokenText(lines), l.shown())
}
