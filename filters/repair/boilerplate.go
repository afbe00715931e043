package repair

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/filters/text"
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
		d.tail()
		d.head()
		d.labels()
		d.leaveSomething()
		if !d.remove() {
			return
		}
		if !p.source.Off["titles"] {
			p.repeatedTitle(p.copy.Title, d.names)
		}
	}
}

// namedFurniture removes subtrees whose markup says that they are furniture,
// and reports whether there were any.
func (p *page) namedFurniture(n *html.Node, whole int) (removed bool) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode && !keepsLines(c.DataAtom) {
			if standingOf(c) == furnishing && p.disposable(c, whole) {
				if t := textOf(c); t != "" {
					p.note("body", t, "")
				}
				if !text.Block(c.DataAtom) || enclosing(c, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Blockquote, atom.Figure) != nil {
					p.blocks = nil // a part of a block goes
				}
				divide([]*html.Node{c})
				p.removeWithHeading(c)
				dropHollow(n, p.body)
				removed = true
				if n.Parent == nil && n != p.body {
					return true
				}
			} else if p.namedFurniture(c, whole) {
				removed = true
			}
		}
		c = next
	}
	return removed
}

// disposable reports whether an element that is named furniture can be that:
// it is a small part of the page, or links more than it says.
func (p *page) disposable(n *html.Node, whole int) bool {
	var r reading
	r.read(n, false)
	length := r.out.Len()
	if length == 0 {
		return n.DataAtom != atom.Fieldset && !(r.media && holdsPicture(n) && !smallPicture(n))
	}
	if whole-length < length/2 {
		return false
	}
	linked := r.links*10 >= length*6
	return length <= 700 && length*2 <= whole || length*5 <= whole || linked && length*3 <= whole*2
}

// holdsPicture reports whether an element holds what a reader would look at.
func holdsPicture(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Img, atom.Video, atom.Audio, atom.Iframe, atom.Picture, atom.Object, atom.Embed:
			return true
		}
		if holdsPicture(c) {
			return true
		}
	}
	return false
}

// smallPicture reports whether the pictures of an element are signs: QR codes, icons.
func smallPicture(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isElement(c, atom.Img) {
			address := strings.ToLower(attribute(c, "src") + attribute(c, "alt") + attribute(c, "class"))
			return signAddress.MatchString(address)
		}
		if c.Type == html.ElementNode && smallPicture(c) {
			return true
		}
	}
	return false
}

var signAddress = regexp.MustCompile(`(?:^|[^a-z])(?:qr|icon|logo|avatar|gravatar|share|badge|button|btn|emoji|qrcode|erweima|ewm)|qr[_-]|[_-]qr`)

// removeWithHeading removes an element, and a heading that only announced it.
func (p *page) removeWithHeading(n *html.Node) {
	before := n.PrevSibling
	for before != nil && (before.Type == html.TextNode && blankText(before.Data) || before.Type == html.CommentNode) {
		before = before.PrevSibling
	}
	if before != nil && before.Type == html.ElementNode {
		b := block{unit: before, text: textOf(before)}
		if f := wording(b.text); b.heading() && f.sure && f.begin {
			p.note("body", b.text, "")
			detach(before)
		}
	}
	detach(n)
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
		if b := &d.blocks[i]; b.runes <= longestWording && !d.kept(b) {
			d.words[i] = wording(b.text)
			if shareBar(b.text) {
				d.words[i] = finding{kind: cueShare, sure: true, begin: true}
			} else if trail(b) {
				d.words[i] = finding{kind: cueNavigation, sure: true, begin: true}
			}
		}
	}
	return d.words[i]
}

const (
	longestFurniture = 900 // characters: longer blocks are the article's
	longestWording   = 420 // characters in which a sure phrase is believed
	edgeBlocks       = 2   // of the article's own that may stand beyond furniture
	edgeBytes        = 400 // and how much they may say
)

// kept reports whether a block is never furniture: code, tables and pictures
// with their captions, quotations.
func (d *dressing) kept(b *block) bool {
	if b.unit != nil {
		switch b.unit.DataAtom {
		case atom.Pre, atom.Blockquote, atom.Table, atom.Figure:
			return true
		}
	}
	return enclosing(b.nodes[0], atom.Blockquote, atom.Pre, atom.Figure) != nil
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
		if f.kind != cueRelated || !(f.sure && f.begin || b.heading()) {
			continue
		}
		end := i + 1
		for end < len(d.blocks) && d.follows(&d.blocks[end]) {
			end++
		}
		if end == i+1 && !b.linked() && !(i == len(d.blocks)-1) {
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

// tail walks from the end of the entry while what it finds is furniture, over
// a few lines of the article's own such as the name of its source.
func (d *dressing) tail() {
	blocks, bytes := 0, 0
	for i := len(d.blocks) - 1; i >= 0; i-- {
		b := &d.blocks[i]
		if d.gone[i] || b.text == "" {
			continue
		}
		if why := d.against(i, blocks, true); why != "" {
			d.drop(i, why)
			continue
		}
		if divider(b.text) {
			continue
		}
		if !labelled(b.text) {
			blocks++
			bytes += len(b.text)
		}
		if blocks > edgeBlocks || bytes > edgeBytes {
			break
		}
	}
	d.biography()
}

// head walks from the beginning.
func (d *dressing) head() {
	for i := range d.blocks {
		b := &d.blocks[i]
		if d.gone[i] || b.text == "" {
			continue
		}
		why := ""
		if i < len(d.blocks)-1 {
			why = d.against(i, 0, false)
			if why == "" && dateLine(b.text) {
				why = "date line"
			}
		}
		if why == "" {
			break
		}
		d.drop(i, why)
	}
}

// against weighs what there is to say against a block at an edge, of which
// beyond blocks of the article's own stand nearer to the end. The answer is
// empty when it stays.
func (d *dressing) against(i, beyond int, tail bool) string {
	b := &d.blocks[i]
	if b.runes > longestFurniture || d.kept(b) || labelled(b.text) && !d.says(i).sure {
		return ""
	}
	f := d.says(i)
	if f.sure && b.runes <= longestWording && d.believable(b, f, tail) {
		return cueNames[f.kind]
	}
	if !tail {
		return d.againstHead(b, f)
	}
	if speech(b.text) && !b.linked() {
		return ""
	}
	r := d.page.source.Furniture.recurs(b.text)
	if r.count == 0 && b.unit != nil && (b.unit.DataAtom == atom.Ul || b.unit.DataAtom == atom.Ol) {
		r = d.itemsRecur(b)
	}
	place := standings(b.nodes[0], d.page.body, d.whole)
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
	case r.count >= 2 && r.families >= 2 && beyond == 0 && d.mentionsSite(b.text) && b.runes <= 200:
	case r.count >= 2 && r.families >= 2 && beyond == 0 && b.linked() && b.runes <= 200:
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
	if b.runes > 240 || speech(b.text) || strings.HasSuffix(b.text, "-") || strings.HasSuffix(b.text, "—") || strings.HasSuffix(b.text, "–") {
		return ""
	}
	r := d.page.source.Furniture.recurs(b.text)
	if r.count >= 4 && r.share >= 0.6 && r.families >= 3 && (b.linked() || f.weak > 0) {
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
		return isElement(s, atom.Hr) || s.Type == html.ElementNode && textOf(s) == "--"
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

// believable reports whether a block that says a sure phrase can be what it
// says: it begins so, or is short, and isn't somebody's speech.
func (d *dressing) believable(b *block, f finding, tail bool) bool {
	if speech(b.text) {
		return false
	}
	dense := 0
	if text.Dense(firstRune(b.text)) {
		dense = 1
	}
	short := b.runes <= 200>>dense
	switch f.kind {
	case cueRelated:
		// A heading without a list is the article's, unless it is the last
		// thing said.
		return tail && (b.linked() || f.begin && b.runes <= 120 && (strings.ContainsAny(b.text, ":：") || b.links > 0) || f.begin && b.runes <= 40 && d.lastText(b))
	case cueMore, cueNavigation, cueAdvert, cueComments:
		return (short || b.linked()) && (tail || f.kind == cueAdvert || f.kind == cueNavigation)
	case cueCounter, cueTags:
		return b.runes <= 160
	case cuePress:
		return f.begin && b.runes <= 40 || tail
	case cueCredit, cueAuthor, cueSupport, cueAge:
		return tail
	case cueRights, cueDisclaimer, cueConsent, cueMachine, cuePlayer, cuePaywall, cueTypo:
		return tail || short
	}
	return tail && (short || f.begin)
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
		case (f.kind == cueRelated || f.kind == cueMore) && b.links > 0 && b.links*10 >= len(b.text)*4 && b.unit != nil && b.unit.DataAtom != atom.Ul && b.unit.DataAtom != atom.Ol:
			d.drop(i, cueNames[f.kind])
		}
	}
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
	if personName(d.blocks[last-1].text) && clipped(d.blocks[last].text) {
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

// trail reports whether a block shows the way from the home page: links with
// arrows between them.
func trail(b *block) bool {
	if b.runes > 140 || !b.linked() {
		return false
	}
	arrows := 0
	for _, mark := range []string{" > ", " » ", " › ", " → "} {
		arrows += strings.Count(b.text, mark)
	}
	return arrows >= 2
}

// shareBar reports whether a text is nothing but names of places to share at.
func shareBar(s string) bool {
	if len(s) > 160 {
		return false
	}
	places := 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("|·•/,:-–—()[]", r) }) {
		if !sharingPlaces[w] {
			return false
		}
		places++
	}
	return places >= 2
}

var sharingPlaces = set(`share print email e mail tweet facebook twitter x whatsapp telegram linkedin pinterest reddit tumblr copy link pocket flipboard
	bluesky mastodon threads messenger instagram youtube tiktok viber skype xing sms rss on via to this more
	teilen drucken mailen kopieren imprimer partager envoyer copier compartir imprimir enviar copiar enlace condividi stampa invia partilhar compartilhar
	delen afdrukken udostępnij drukuj wyślij kopiuj поделиться вконтакте одноклассники вк ок телеграм ватсап печать скопировать ссылку поділитися sdílet tisk
	dela skriv ut paylaş yazdır kopyala 微信 微博 qq qq空间 朋友圈 分享 豆瓣 打印 line はてなブックマーク はてブ シェア ツイート 印刷 카카오톡 페이스북 트위터 밴드 공유 인쇄 فيسبوك تويتر واتساب تيليجرام طباعة مشاركة`)

// personName reports whether a text is two to four capitalised words.
func personName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 4 {
		return false
	}
	for _, w := range words {
		r := firstRune(w)
		if !unicode.IsUpper(r) || strings.ContainsAny(w, ".,:;!?") && len(w) > 2 {
			return false
		}
	}
	return true
}

// clipped reports whether a text is a row of short phrases, as people describe
// themselves in.
func clipped(s string) bool {
	if len(s) > 400 {
		return false
	}
	sentences, words := 0, 0
	for part := range strings.SplitSeq(strings.Trim(s, `"“”„«» `), ".") {
		if n := len(strings.Fields(part)); n > 0 {
			sentences++
			words += n
		}
	}
	return sentences >= 3 && words <= sentences*7
}

// leaveSomething takes back what would leave an entry without text.
func (d *dressing) leaveSomething() {
	left := 0
	for i := range d.blocks {
		b := &d.blocks[i]
		switch {
		case d.gone[i]:
		case b.media && !d.sign(i):
			return
		case !divider(b.text) && !labelled(b.text):
			left += columns(b.text)
		}
	}
	if left >= 8 {
		return
	}
	for i := range d.blocks {
		if d.gone[i] && d.blocks[i].text != "" {
			d.gone[i] = false
		}
	}
}

// remove takes the blocks out of the tree, with rules and signatures' dashes
// that then divide nothing, and the elements that then hold nothing.
func (d *dressing) remove() (removed bool) {
	for i := range d.blocks {
		if !d.gone[i] {
			continue
		}
		removed = true
		b := &d.blocks[i]
		if b.text != "" {
			d.page.note("body", d.why[i]+": "+b.text, "")
		}
		if after := beside(b.nodes[len(b.nodes)-1], true); b.unit == nil && isElement(after, atom.Br) {
			detach(after) // the break that ended the line
		}
		divide(b.nodes)
		for _, n := range b.nodes {
			parent := n.Parent
			detach(n)
			dropHollow(parent, d.page.body)
		}
	}
	if !removed {
		return false
	}
	end := len(d.blocks)
	for end > 0 && (d.gone[end-1] || divider(d.blocks[end-1].text) || d.sign(end-1)) {
		end--
	}
	if slices.Contains(d.gone[end:], true) {
		for i := end; i < len(d.blocks); i++ {
			for _, n := range d.blocks[i].nodes {
				parent := n.Parent
				detach(n)
				dropHollow(parent, d.page.body)
			}
		}
	}
	trimEdges(d.page.body)
	trimBreaks(d.page.body)
	d.page.prune()
	return true
}

// divide puts a break before a block that is about to go, if it is all that
// divides the text before it from the text behind it.
func divide(nodes []*html.Node) {
	before, after := beside(nodes[0], false), beside(nodes[len(nodes)-1], true)
	if before != nil && after != nil && !blockLevel(before) && !blockLevel(after) && !isElement(before, atom.Br) && !isElement(after, atom.Br) {
		nodes[0].Parent.InsertBefore(element(atom.Br), nodes[0])
	}
}

// beside returns the sibling before or after a node that isn't white space.
func beside(n *html.Node, after bool) *html.Node {
	for {
		if after {
			n = n.NextSibling
		} else {
			n = n.PrevSibling
		}
		if n == nil || n.Type != html.CommentNode && !(n.Type == html.TextNode && blankText(n.Data)) {
			return n
		}
	}
}

// sign reports whether a block is no more than a small picture: a QR code, an icon.
func (d *dressing) sign(i int) bool {
	b := &d.blocks[i]
	if b.text != "" || !b.media {
		return false
	}
	for _, n := range b.nodes {
		if n.Type == html.ElementNode && n.DataAtom == atom.Img {
			if signAddress.MatchString(strings.ToLower(attribute(n, "src") + attribute(n, "class"))) {
				return true
			}
		} else if n.Type == html.ElementNode && smallPicture(n) {
			return true
		}
	}
	return false
}

// dropHollow removes an element, and what holds it, when no text and no more
// than signs are left in it.
func dropHollow(n, body *html.Node) {
	for n != nil && n != body && n.Parent != nil && textLength(n) == 0 {
		if holdsPicture(n) && !smallPicture(n) {
			return
		}
		parent := n.Parent
		detach(n)
		n = parent
	}
}

// trimEdges removes rules and breaks that end the body.
func trimEdges(body *html.Node) {
	for n := body.LastChild; n != nil; n = body.LastChild {
		if n.Type == html.TextNode && blankText(n.Data) || isElement(n, atom.Hr) || isElement(n, atom.Br) {
			body.RemoveChild(n)
			continue
		}
		return
	}
}

// divider reports whether a text only divides: dashes, stars, dots.
func divider(s string) bool {
	if s == "" || len(s) > 60 {
		return false
	}
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// dateLine reports whether a block is a label and a date, as templates set on top.
func dateLine(s string) bool {
	if len(s) < 8 || len(s) > 90 {
		return false
	}
	at := strings.IndexFunc(s, unicode.IsDigit)
	if at <= 0 || !dateLabels[strings.Trim(strings.ToLower(s[:at]), " :：")] {
		return false
	}
	return numericDate.MatchString(s[at:])
}

var numericDate = regexp.MustCompile(`^[0-9]{1,4}[-./年]\s?[0-9]{1,2}[-./月]\s?[0-9]{1,4}日?(?:[T\s,]+(?:(?:at|um|à|a las|alle|às|om|o|o godz\.|godz\.|в|о|v|kl\.|klo|saat)\s)?[0-9]{1,2}[:.h][0-9]{2}(?::[0-9]{2})?(?:\s?[A-Z]{1,5}|[+-][0-9:]{2,6})?)?$`)

// dateLabels are what templates set before a date.
var dateLabels = lines(`date | date posted | posted | posted on | published | published on | updated | last updated | publication date
	datum | veröffentlicht | veröffentlicht am | stand | aktualisiert | publié le | date de publication | mis à jour le | fecha | publicado | publicado el
	publicado em | data | data de publicação | pubblicato il | data pubblicazione | gepubliceerd | gepubliceerd op | opublikowano | data publikacji
	дата | дата публикации | опубликовано | опубліковано | datum vydání | publicerad | publiceret | publisert | yayınlanma tarihi | tarih
	发布时间 | 發布時間 | 发表时间 | 时间 | 時間 | 日期 | 更新时间 | 公開日 | 更新日 | 掲載日 | 입력 | 등록 | تاريخ النشر | نشر في`)

// labelled reports whether a line names the article's source, a picture's
// author, a film or an address for questions: the article's own, at its end.
func labelled(s string) bool {
	if len(s) > 300 {
		return false
	}
	head := strings.TrimLeft(s[:min(len(s), 60)], "（([【 ")
	end := strings.IndexAny(head, ":：／=")
	if end < 0 {
		// Without a colon only the name of the source is told: "Source AFP".
		word, rest, _ := strings.Cut(head, " ")
		return sourceLabels[strings.ToLower(word)] && rest != "" && len(s) <= 60 && !endsSentence(s)
	}
	label := strings.ToLower(strings.TrimSpace(head[:end]))
	return sourceLabels[label] || ownLabels[label]
}

// lines makes a set of phrases divided by bars and line ends.
func lines(phrases string) map[string]bool {
	m := map[string]bool{}
	for l := range strings.Lines(phrases) {
		for s := range strings.SplitSeq(l, " | ") {
			if s = strings.TrimSpace(s); s != "" {
				m[s] = true
			}
		}
	}
	return m
}

var sourceLabels = lines(`source | sources | quelle | quellen | fuente | fuentes | fonte | bron | źródło | źródła | источник | источники | джерело | zdroj | källa | kilde | lähde
	kaynak | forrás | sursa | sursă | πηγή | 来源 | 來源 | 稿源 | 消息来源 | 出典 | 出所 | 情報元 | 提供 | 출처 | 자료 | المصدر | מקור`)

var ownLabels = lines(`link | links | video | vidéo | vídeo | film | видео | відео | website | web | url | homepage | contact | contacts | contact us | media contact | press contact
	media contacts | media enquiries | press enquiries | kontakt | pressekontakt | contact presse | contacto | contato | contatto | контакты | контакт | контакти | iletişim
	联系人 | 聯絡人 | 联系方式 | 联系电话 | お問い合わせ先 | 問い合わせ先 | 本件に関するお問い合わせ先 | 문의 | للتواصل | photo | photos | photo credit | foto | fotos | bild | bilder | image | images
	фото | zdjęcie | 图片来源 | 图源 | 图 | 写真 | 撮影 | 사진 | isbn | doi | correction | corrections | korrektur | berichtigung | corrección | rectificatif | исправление | 訂正 | 更正
	tickets | tel | telefon | phone | telephone | e-mail | email | mail | adresse | address | dirección | anschrift | ort | wann | wo | where | when | date and time | 地点 | 时间地点 | 会場 | 日時
	notes | note to editors | notes to editors | about | about us | references | references and notes | quellenangaben | literatur | ps | p.s | nb | 注 | 注释 | 参考文献`)

// farewell reports whether a line is how an author takes leave or greets.
func farewell(s string) bool { return leaveTaking.MatchString(s) }

var leaveTaking = regexp.MustCompile(`(?i)\b(?:until next|till next|see you|next (?:week|time|month|sunday|monday|tuesday|wednesday|thursday|friday|saturday)|goodbye|good night|good luck|take care|stay (?:safe|curious|well|tuned|warm|kind)|cheers|yours|sincerely|love,|dear (?:reader|friend)s?|go outside|happy \w+ing|bis (?:nächste|zum nächsten|bald|dann)|auf wiedersehen|tschüss|ihr[e]?,|herzlich|liebe leser|à (?:bientôt|la semaine|demain)|chers? lecteur|hasta (?:la próxima|el próximo|pronto|mañana|la semana|luego|otra)|queridos|un abrazo|alla prossima|a presto|cari lettori|até (?:a próxima|breve|logo)|tot (?:volgende|ziens|snel)|do (?:zobaczenia|następnego)|na shledanou|vi ses|hej då|görüşmek|hoşça)|до (?:свидания|встречи|новых)|дорогие|до побачення|下周见|下期见|再见|再見|それでは|また来週|ではまた|안녕|다음 주|إلى اللقاء|مع تحيات`)
