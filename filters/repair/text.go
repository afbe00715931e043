package repair

import (
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
	t.lineParagraphs(p.body)
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
	for _, n := range group { // mostly the first is wide already
		if columns(textOf(n)) > widest {
			return
		}
	}
	lines := make([]line, len(group))
	filled := 0
	for i, n := range group {
		lines[i] = newLine([]*html.Node{n})
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
