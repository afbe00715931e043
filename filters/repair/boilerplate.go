package repair

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// boilerplate takes away the furniture around the article: what its markup
// names so, what says so in the words of its language, what recurs across the
// source's entries. Wording and recurrence count at the edges of an entry
// only, where nothing but furniture follows (or precedes); what stands between
// the article's own paragraphs, is quoted, or is all that an entry says, stays.
func (p *page) boilerplate() {
	if p.namedFurniture(p.body, textLength(p.body)) {
		if p.blocks != nil {
			p.prune()
		}
		if !p.source.Off["titles"] {
			p.repeatedTitle(p.copy.Title, p.siteNames())
		}
	}
	// What was hidden by furniture may be at the edge once that is gone.
	for range 4 {
		blocks := p.split()
		if len(blocks) == 0 {
			return
		}
		d := p.newDressing(blocks)
		d.relatedLists()
		d.attachments()
		d.tail()
		d.ownLinks()
		d.signature()
		d.contacts()
		d.head()
		d.labels()
		d.leaveSomething()
		if !d.remove() && !d.trailingLink() {
			p.dress = d
			return
		}
		if !p.source.Off["titles"] {
			p.repeatedTitle(p.copy.Title, d.names)
		}
	}
}

// dressing is an entry's blocks with what is to be said against each.
type dressing struct {
	page   *page
	blocks []block
	gone   []bool
	why    []string
	names  names
	whole  int
	words  []finding
	read   []bool
}

func (p *page) newDressing(blocks []block) *dressing {
	d := &dressing{page: p, blocks: blocks, gone: make([]bool, len(blocks)), why: make([]string, len(blocks)),
		words: make([]finding, len(blocks)), read: make([]bool, len(blocks)), names: p.siteNames()}
	for i := range blocks {
		d.whole += len(blocks[i].text)
	}
	return d
}

// says returns what the wording of a block says, looked at once.
func (d *dressing) says(i int) finding {
	if !d.read[i] {
		d.read[i] = true
		if b := &d.blocks[i]; b.runes <= longestWording && (!d.kept(b) || pointer(b)) {
			d.words[i] = d.page.wording(b.text)
			if d.words[i].sure && (d.amongProse(b) || !b.linked() && reported(b.text)) {
				d.words[i] = finding{}
			}
			if actionBar(b.text) {
				d.words[i] = finding{kind: cueNavigation, sure: true, begin: true}
			} else if shareBar(b.text) {
				d.words[i] = finding{kind: cueShare, sure: true, begin: true}
			} else if reporterLine(b.text) {
				d.words[i] = finding{kind: cueAuthor, sure: true, begin: true}
			} else if reactionBar(b.text) {
				d.words[i] = finding{kind: cueCounter, sure: true, begin: true}
			} else if stampLine(b.text) {
				d.words[i] = finding{kind: cueStamp, sure: true, begin: true}
			} else if trail(b) {
				d.words[i] = finding{kind: cueNavigation, sure: true, begin: true}
			}
		}
	}
	return d.words[i]
}

// ends returns a text without its middle, in which no furniture says what it
// is.
func ends(s string) string {
	const each = 160
	if len(s) <= 2*each {
		return s
	}
	head, tail := each, len(s)-each
	for !utf8.RuneStart(s[head]) {
		head--
	}
	for !utf8.RuneStart(s[tail]) {
		tail++
	}
	return s[:head] + " . " + s[tail:]
}

const (
	longestFurniture = 900 // characters: longer blocks are the article's
	longestHead      = 240 // and at the beginning of the entry
	longestWording   = 420 // characters in which a sure phrase is believed
	edgeBlocks       = 2   // of the article's own that may stand beyond furniture
	edgeBytes        = 400 // and how much they may say
)

// kept reports whether a block is never furniture: code, tables and pictures
// with their captions, quotations.
func (d *dressing) kept(b *block) bool {
	if b.unit != nil {
		switch b.unit.DataAtom {
		case atom.Pre, atom.Blockquote, atom.Figure:
			return true
		case atom.Table:
			return cellsWithText(b.unit, 0) > 1 // else it is a frame
		}
	}
	return enclosing(b.nodes[0], atom.Blockquote, atom.Pre, atom.Figure) != nil
}

// cellsWithText counts the cells of a table that say something, two at most.
func cellsWithText(n *html.Node, counted int) int {
	for c := n.FirstChild; c != nil && counted < 2; c = c.NextSibling {
		switch {
		case c.DataAtom == atom.Td || c.DataAtom == atom.Th:
			if textLength(c) > 0 {
				counted++
			}
		case c.Type == html.ElementNode:
			counted = cellsWithText(c, counted)
		}
	}
	return counted
}

// relatedLists removes headings that announce related entries, with the lists
// of links under them.
func (d *dressing) relatedLists() {
	for i := range d.blocks {
		b := &d.blocks[i]
		if b.text == "" || b.runes > 60 || d.gone[i] {
			continue
		}
		f := d.says(i)
		if f.kind != cueRelated || !(f.sure && f.begin || b.heading()) || !b.linked() && strings.HasSuffix(b.text, ".") && !strings.HasSuffix(b.text, "..") {
			continue
		}
		end := i + 1
		for end < len(d.blocks) && d.follows(&d.blocks[end]) {
			end++
		}
		if end == i+1 && !b.linked() && i < len(d.blocks)-1 {
			continue // it announces nothing
		}
		if end < len(d.blocks) && end-i > 12 {
			continue
		}
		for j := i; j < end; j++ {
			d.drop(j, cueNames[cueRelated])
		}
	}
}

// follows reports whether a block is an item under a heading of related
// entries: little more than a link.
func (d *dressing) follows(b *block) bool {
	if b.text == "" {
		return b.media && enclosing(b.nodes[0], atom.A) != nil
	}
	if b.unit != nil && (b.unit.DataAtom == atom.Ul || b.unit.DataAtom == atom.Ol) {
		return b.links*10 >= len(b.text)*5
	}
	return b.linked() && b.runes <= 240
}

func (d *dressing) drop(i int, why string) {
	d.gone[i] = true
	d.why[i] = why
}

// head walks from the beginning.
func (d *dressing) head() {
	passed := 0
	for i := range d.blocks {
		b := &d.blocks[i]
		if d.gone[i] || b.text == "" {
			continue
		}
		if b.runes > longestHead {
			break
		}
		why := ""
		if i < len(d.blocks)-1 {
			why = d.against(i, 0, false)
			if why == "" && dateLine(b.text) {
				why = "date line"
			}
		}
		if why != "" {
			d.drop(i, why)
			continue
		}
		// A line before it, as short as a name, hides nothing.
		if passed++; passed > 1 || b.runes > 24 {
			break
		}
	}
}

// against weighs what there is to say against a block at an edge, of which
// beyond blocks of the article's own stand nearer to the end. The answer is
// empty when it stays.
func (d *dressing) against(i, beyond int, tail bool) string {
	b := &d.blocks[i]
	if b.runes > longestFurniture || d.kept(b) {
		return ""
	}
	f := d.says(i)
	if labelled(b.text) && !f.sure {
		if tail && beyond == 0 && d.everywhere(i, d.page.recurs(b.text)) {
			return "recurring block"
		}
		return ""
	}
	if f.sure && b.runes <= longestWording && d.believable(b, f, tail) && !(tail && d.essay(b, beyond)) {
		return cueNames[f.kind]
	}
	if storyID(b.text) && (tail && beyond == 0 || !tail) {
		if r := d.page.recurs(b.text); r.count >= 3 && r.share >= 0.5 && r.families >= 3 && r.changing {
			return "story number"
		}
	}
	if !tail {
		return d.againstHead(b, f)
	}
	if beyond == 0 && d.ofMember(i) {
		return "signature"
	}
	if speech(b.text) && !b.linked() {
		return ""
	}
	r := d.page.recurs(b.text)
	if r.count == 0 && b.unit != nil && (b.unit.DataAtom == atom.Ul || b.unit.DataAtom == atom.Ol) {
		r = d.itemsRecur(b)
	}
	place := standings(b.nodes[0], d.page.body, d.whole)
	if f.weak == 0 && r.count < 2 && place == ordinary { // as most of an article
		return ""
	}
	signs := d.signs(b, f, r, place)
	switch {
	case f.weak >= 3 && b.runes <= 240, f.weak == 2 && b.runes <= 240 && (signs >= 2 || r.count >= 2):
	case f.weak == 1 && b.runes <= 240 && (place > ordinary || b.linked() && f.begin || r.count >= 2 && r.families >= 2):
	case place == furnishing && signs > 0:
	// Furniture of the whole site, and something that sets it apart from the article.
	case r.count >= 3 && r.share >= 0.5 && r.families >= 3 && signs > 0 && beyond == 0:
	// It recurs under many titles, with nothing to set it apart: only a whole
	// sentence in the midst of furniture that isn't a farewell.
	case r.count >= 5 && r.share >= 0.7 && r.families >= 4 && !r.changing && beyond == 0 && b.runes >= 24 && d.amidst(i) && !farewell(b.text):
	case beyond == 0 && (signs > 0 || !r.changing) && d.everywhere(i, r):
	case beyond == 0 && d.alwaysBefore(i, r):
	case r.count >= 2 && r.families >= 2 && beyond == 0 && d.mentionsSite(b.text) && b.runes <= 200:
	case r.count >= 2 && r.families >= 2 && beyond == 0 && b.linked() && b.runes <= 200:
	case r.count >= 2 && r.families >= 2 && beyond == 0 && !r.changing && b.runes <= 200 && signed(b.nodes[0], d.page.body):
	case r.count >= 2 && r.families >= 2 && signs >= 2 && b.runes <= 240:
	case place == doubtful && b.linked() && r.count >= 2:
	default:
		return ""
	}
	if f.kind != 0 && f.kind != cueReader {
		return cueNames[f.kind]
	}
	if r.count >= 2 {
		return "recurring block"
	}
	return "notice"
}

// againstHead weighs a block at the beginning, where greetings and datelines
// stand: only what says what it is, or links away, goes.
func (d *dressing) againstHead(b *block, f finding) string {
	if speech(b.text) || strings.HasSuffix(b.text, "-") || strings.HasSuffix(b.text, "—") || strings.HasSuffix(b.text, "–") {
		return ""
	}
	r := d.page.recurs(b.text)
	if r.count >= 4 && r.share >= 0.6 && r.families >= 3 && (b.linked() || f.weak > 0 || f.sure) {
		return "recurring block"
	}
	if r.overwhelming() && d.mentionsSite(b.text) && !endsSentence(b.text) && !farewell(b.text) {
		return "recurring block"
	}
	return ""
}

// amidst reports whether the next thing that a reader would see after a block
// was furniture.
func (d *dressing) amidst(i int) bool {
	for j := i + 1; j < len(d.blocks); j++ {
		if d.blocks[j].text != "" {
			return d.gone[j]
		}
	}
	return false
}

// signs counts what sets a block apart from the article.
func (d *dressing) signs(b *block, f finding, r recurrence, place standing) int {
	n := 0
	if f.weak > 0 || f.sure {
		n++
	}
	if place > ordinary {
		n++
	}
	if b.linked() {
		n++
	}
	if d.mentionsSite(b.text) {
		n++
	}
	if d.setApart(b) {
		n++
	}
	return n
}

// setApart reports whether a block is set in another type than the article.
func (d *dressing) setApart(b *block) bool {
	if b.unit == nil {
		return false
	}
	if only := soleElement(b.unit); only != nil {
		switch only.DataAtom {
		case atom.Small, atom.Em, atom.I, atom.Sub, atom.Sup:
			return true
		}
	}
	for s := b.unit.PrevSibling; s != nil; s = s.PrevSibling {
		if s.Type == html.TextNode && blankText(s.Data) {
			continue
		}
		return isElement(s, atom.Hr) || s.Type == html.ElementNode && textLength(s) < 16 && textOf(s) == "--"
	}
	return false
}

// mentionsSite reports whether a block names the site.
func (d *dressing) mentionsSite(s string) bool {
	if utf8.RuneCountInString(d.names.words) < 3 {
		return false
	}
	return strings.Contains(strings.ToLower(s), d.names.words)
}

// itemsRecur looks a list up by its items.
func (d *dressing) itemsRecur(b *block) recurrence {
	least := recurrence{}
	for c := b.unit.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		r := d.page.source.Furniture.recurs(textOf(c))
		if r.count == 0 {
			return recurrence{}
		}
		if least.count == 0 || r.count < least.count {
			least = r
		}
	}
	return least
}

// lastText reports whether a block is the last that says something.
func (d *dressing) lastText(b *block) bool {
	for i := len(d.blocks) - 1; i >= 0; i-- {
		if d.blocks[i].text != "" && !d.gone[i] {
			return &d.blocks[i] == b
		}
	}
	return false
}
