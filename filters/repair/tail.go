package repair

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/filters/text"
)

// last returns the index of the last block that says something and stays; -1
// when there is none.
func (d *dressing) last() int {
	for i := len(d.blocks) - 1; i >= 0; i-- {
		if d.blocks[i].text != "" && !d.gone[i] {
			return i
		}
	}
	return -1
}

// ownLinks removes a line at the end that links to the entry itself, by its
// title, and to its site: "TITLE first appeared at SITE", whatever the words.
func (d *dressing) ownLinks() {
	i := d.last()
	if i < 1 || d.page.copy.Title == "" {
		return
	}
	b := &d.blocks[i]
	if b.links == 0 || b.runes > 400 || d.kept(b) {
		return
	}
	links := linksOf(b.nodes, nil)
	if len(links) < 2 || len(links) > 3 {
		return
	}
	title := lettersOf(d.page.copy.Title)
	own, site := false, false
	for _, a := range links {
		said := textOf(a)
		own = own || len(title) >= 8 && lettersOf(said) == title
		site = site || d.page.source.Home != "" && strings.TrimRight(attribute(a, "href"), "/") == strings.TrimRight(d.page.source.Home, "/") || d.mentionsSite(said)
	}
	if own && site {
		d.drop(i, cueNames[cueSyndicated])
	}
}

// linksOf collects the links of some nodes.
func linksOf(nodes []*html.Node, out []*html.Node) []*html.Node {
	for _, n := range nodes {
		if isElement(n, atom.A) {
			out = append(out, n)
			continue
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			out = linksOf([]*html.Node{c}, out)
		}
	}
	return out
}

// signatureLines bounds what a list or a mail program sets under a message.
const signatureLines = 6

// signature removes what else stands, at the end, between the dashes of a
// signature and a line of it that is furniture: the name of a list, its archive.
func (d *dressing) signature() {
	furniture := false
	for i, seen := len(d.blocks)-1, 0; i >= 0 && seen < signatureLines; i-- {
		b := &d.blocks[i]
		switch {
		case b.text == "":
		case signatureMark(b.text):
			if !furniture {
				return
			}
			for j := i + 1; j < len(d.blocks); j++ {
				if d.blocks[j].text != "" && !d.gone[j] {
					d.drop(j, "signature")
				}
			}
			return
		case d.gone[i]:
			furniture = furniture || d.says(i).sure
			seen++
		case b.runes > 160 || d.kept(b) || speech(b.text) || statement(b.text, text.Dense(firstRune(b.text))):
			return
		default:
			seen++
		}
	}
}

// signatureMark reports whether a line divides a message from its signature:
// two dashes, or a row of underscores as lists set it.
func signatureMark(s string) bool {
	return isSignature(s) || len(s) >= 10 && strings.Trim(s, "_") == ""
}

// contacts removes, behind a line that only announces a press office, its card:
// short lines of which one tells how it is reached. And behind any contact of a
// press office, at the end, what the house says of itself in every entry.
func (d *dressing) contacts() {
	for i := range d.blocks {
		b := &d.blocks[i]
		if b.text == "" || b.runes > 320 {
			continue
		}
		if d.gone[i] {
			if d.why[i] == cueNames[cueContact] {
				d.frameBehind(i)
			}
			continue
		}
		if b.runes > 60 {
			continue
		}
		if f := d.says(i); f.kind != cueContact || !f.begin || endsSentence(strings.TrimRight(b.text, ":： ")) {
			continue
		}
		if end := d.card(i); end > i {
			for j := i; j < end; j++ {
				if d.blocks[j].text != "" {
					d.drop(j, cueNames[cueContact])
				}
			}
			d.frameBehind(end - 1)
		}
	}
}

// card returns where the card ends that the block announces; the block itself
// when none stands there, or more of the article behind it.
func (d *dressing) card(i int) int {
	reached, end := false, i
	for j := i + 1; j < len(d.blocks) && j <= i+8; j++ {
		b := &d.blocks[j]
		if b.text == "" || d.gone[j] {
			continue
		}
		contact := holdsContact(b.text)
		if b.runes > 120 && !contact || b.runes > 240 || d.kept(b) || !contact && statement(b.text, text.Dense(firstRune(b.text))) {
			break
		}
		// Its last lines may be a street and a town.
		if contact || b.links > 0 || end == j && b.unit == nil && b.nodes[0].Parent == d.blocks[j-1].nodes[0].Parent {
			reached, end = reached || contact, j+1
		}
	}
	if !reached {
		return i
	}
	own := 0
	for j := end; j < len(d.blocks); j++ {
		if !d.gone[j] && !divider(d.blocks[j].text) {
			own++
		}
	}
	if own > 4 {
		return i
	}
	return end
}

// frameBehind removes what recurs behind a press office's contact, or what
// speaks as furniture does.
func (d *dressing) frameBehind(i int) {
	var behind []int
	for j := i + 1; j < len(d.blocks); j++ {
		b := &d.blocks[j]
		if d.gone[j] || b.text == "" {
			continue
		}
		if b.runes > 600 || d.kept(b) || len(behind) == 4 {
			return
		}
		behind = append(behind, j)
	}
	for _, j := range behind {
		b := &d.blocks[j]
		if f := d.says(j); f.sure || f.kind == cuePress || d.page.recurs(b.text).count >= 2 {
			d.drop(j, cueNames[cuePress])
		}
	}
}

// trailingLink removes a link at the very end of the last block, behind its
// last sentence, that is furniture by itself: "… Read more".
func (d *dressing) trailingLink() bool {
	i := d.last()
	if i < 0 || d.kept(&d.blocks[i]) {
		return false
	}
	b := &d.blocks[i]
	if b.links == 0 || b.links*2 > len(b.text) {
		return false
	}
	links := linksOf(b.nodes, nil)
	a := links[len(links)-1]
	said := textOf(a)
	if said == "" || len(said) > 60 || !strings.HasSuffix(strings.TrimRight(b.text, " .»>→›]"), strings.TrimRight(said, " .»>→›]")) {
		return false
	}
	f := wording(said)
	if !f.sure || !f.begin || !slices.Contains([]cueKind{cueMore, cuePrompt, cueShare, cueComments, cueMail}, f.kind) {
		return false
	}
	at := strings.LastIndex(b.text, said)
	before := strings.TrimRight(b.text[:at], " [(→»")
	if !endsSentence(before) || strings.HasSuffix(before, ":") || columns(before) < enoughLeft {
		return false
	}
	d.page.note("body", cueNames[f.kind]+": "+said, "")
	parent := a.Parent
	detach(a)
	dropHollow(parent, d.page.body)
	trimBreaks(d.page.body)
	d.page.blocks = nil
	return true
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
		if !labelled(b.text) && !d.portrait(i) {
			blocks++
			bytes += len(b.text)
		}
		if blocks > edgeBlocks || bytes > edgeBytes {
			break
		}
	}
	d.leftBehind()
	d.biography()
}
