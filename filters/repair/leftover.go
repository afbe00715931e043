package repair

import "golang.org/x/net/html/atom"

// leftBehind removes a heading at the end under which only furniture stood.
func (d *dressing) leftBehind() {
	furniture := false
	for i := len(d.blocks) - 1; i > 0; i-- {
		b := &d.blocks[i]
		switch {
		case d.gone[i]:
			furniture = furniture || b.text != ""
		case divider(b.text) || d.sign(i):
		case furniture && b.text != "" && b.runes <= 60 && b.unit != nil && headline(b.unit.DataAtom) && !d.kept(b):
			d.drop(i, "heading of furniture")
		default:
			return
		}
	}
}

func headline(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// labels removes what may stand between paragraphs: advertising labels, and
// lines that are a label for related entries and a link.
func (d *dressing) labels() {
	for i := range d.blocks {
		b := &d.blocks[i]
		if d.gone[i] || b.text == "" || b.runes > 200 || speech(b.text) {
			continue
		}
		if b.runes > 40 && b.links == 0 {
			continue
		}
		f := d.says(i)
		switch {
		case !f.sure || !f.begin:
		case f.kind == cueAdvert && b.runes <= 40 && !b.heading():
			d.drop(i, cueNames[f.kind])
		case d.kept(b) && f.kind != cueRelated:
		case (f.kind == cuePrompt || f.kind == cueShare) && b.runes <= 80 && standings(b.nodes[0], d.page.body, d.whole) > ordinary:
			d.drop(i, cueNames[f.kind])
		case (f.kind == cueRelated || f.kind == cueMore) && b.links > 0 && b.links*10 >= len(b.text)*4 && b.unit != nil && b.unit.DataAtom != atom.Ul && b.unit.DataAtom != atom.Ol:
			d.drop(i, cueNames[f.kind])
		}
	}
}

// pointer reports whether a block is all that its quotation says, and a link
// for the most part, as editors set lines that lead to related entries.
func pointer(b *block) bool {
	if b.links == 0 || b.runes > 200 || b.links*10 < len(b.text)*4 || b.media {
		return false
	}
	quotation := b.unit
	if !isElement(quotation, atom.Blockquote) {
		quotation = enclosing(b.nodes[0], atom.Blockquote)
	}
	return quotation != nil && textLength(quotation) <= len(b.text) && enclosing(b.nodes[0], atom.Pre, atom.Figure, atom.Table) == nil
}

// biography removes an author's name and biography that stand behind a share
// line at the very end: a name alone, and a few clipped phrases.
func (d *dressing) biography() {
	last := -1
	for i := len(d.blocks) - 1; i >= 0 && last < 0; i-- {
		if d.blocks[i].text != "" && !d.gone[i] {
			last = i
		}
	}
	if last < 2 || d.gone[last-1] || d.gone[last] || !d.gone[last-2] && !d.shares(last-2) {
		return
	}
	if personName(d.blocks[last-1].text) && clipped(d.blocks[last].text) && d.why[last-2] != cueNames[cueDisclaimer] {
		if d.shares(last - 2) {
			d.drop(last-2, cueNames[cueShare])
		}
		d.drop(last-1, cueNames[cueAuthor])
		d.drop(last, cueNames[cueAuthor])
	}
}

func (d *dressing) shares(i int) bool {
	f := d.says(i)
	return f.sure && f.kind == cueShare && d.blocks[i].runes <= 200
}
