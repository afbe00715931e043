package repair

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// notices removes blocks in another language than the article's where their
// place and their wording, or their recurrence, show that the site speaks and
// not the author. Quotations and articles in two languages stay.
func (p *page) notices() {
	blocks := p.split()
	if len(blocks) < 2 {
		return
	}
	d := p.dress
	if d == nil {
		d = p.newDressing(blocks)
	}
	if !d.someSpeakForSite() { // telling languages costs more than all the rest
		return
	}
	own := d.ownLanguage()
	if own.script == 0 && own.language == "" {
		return
	}
	var candidates []int
	foreign, blocksLeft, bytesLeft := 0, 0, 0
	for i, seen := len(blocks)-1, 0; i >= 0; i-- {
		b := &blocks[i]
		if b.text == "" || divider(b.text) {
			continue
		}
		if seen++; seen > noticesMost && foreign == 0 {
			break
		}
		if d.foreign(b, own) {
			foreign += len(b.text)
			if blocksLeft <= edgeBlocks && bytesLeft <= edgeBytes && d.speaksForSite(i, blocksLeft == 0) {
				candidates = append(candidates, i)
			}
			continue
		}
		if !labelled(b.text) {
			blocksLeft++
			bytesLeft += len(b.text)
		}
	}
	said := 0
	for _, i := range candidates {
		said += len(blocks[i].text)
	}
	// Foreign blocks that don't speak for the site are a second language of
	// the article: then nothing is certain.
	if len(candidates) == 0 || (foreign-said)*4 > d.whole || said*2 > d.whole {
		return
	}
	for _, i := range candidates {
		d.drop(i, "notice in another language")
	}
	d.leaveSomething()
	d.remove()
}

const (
	noticesMost = 10 // blocks from the end that are looked at for notices
	silentMost  = 4  // of them, that couldn't be one
)

// someSpeakForSite reports whether any block near the end could be a notice,
// whatever its language.
func (d *dressing) someSpeakForSite() bool {
	silent := 0
	for i := len(d.blocks) - 1; i >= 0 && silent < silentMost; i-- {
		b := &d.blocks[i]
		if b.text == "" || divider(b.text) {
			continue
		}
		if b.runes >= 8 && d.speaksForSite(i, true) {
			return true
		}
		silent++
	}
	return false
}

// tongue is the language of a text, as far as it is known.
type tongue struct {
	language string
	script   int
}

// ownLanguage is the language of the article: of its longest blocks.
func (d *dressing) ownLanguage() tongue {
	var b strings.Builder
	for i := range d.blocks {
		if block := &d.blocks[i]; block.runes >= 60 && block.runes > len(d.blocks[d.longest()].text)/8 {
			b.WriteString(block.text)
			b.WriteByte('\n')
			if b.Len() > 2000 {
				break
			}
		}
	}
	s := b.String()
	if s == "" {
		s = d.blocks[d.longest()].text
	}
	return d.page.tongueOf(s)
}

func (d *dressing) longest() int {
	best := 0
	for i := range d.blocks {
		if len(d.blocks[i].text) > len(d.blocks[best].text) {
			best = i
		}
	}
	return best
}

func (p *page) tongueOf(s string) tongue {
	t := tongue{script: mainScript(s)}
	if p.Identify != nil {
		if language, confidence := p.Identify(s); confidence >= 0.8 {
			t.language, _, _ = strings.Cut(language, "-")
		}
	}
	return t
}

// foreign reports whether a block is certainly in another language than the article.
func (d *dressing) foreign(b *block, own tongue) bool {
	if b.runes < 8 || d.kept(b) || speech(b.text) || b.heading() {
		return false
	}
	script := mainScript(b.text)
	if script != 0 && own.script != 0 && script != own.script {
		return true
	}
	if d.page.Identify == nil || own.language == "" || b.runes < 24 {
		return false
	}
	other := d.page.tongueOf(b.text)
	return other.language != "" && other.language != own.language
}

// speaksForSite reports whether a block in another language is the site's: by
// wording, by recurrence, or by its name in the markup.
// Before the article's last words only a sure phrase counts.
func (d *dressing) speaksForSite(i int, last bool) bool {
	b := &d.blocks[i]
	if b.runes > longestWording || enclosing(b.nodes[0], atom.Blockquote, atom.Q, atom.Cite) != nil {
		return false
	}
	f := d.says(i)
	r := d.page.recurs(b.text)
	return f.sure || last && (f.weak >= 1 || r.count >= 2 || standings(b.nodes[0], d.page.body, d.whole) > ordinary)
}

const (
	writtenLatin = 1 + iota
	writtenCyrillic
	writtenGreek
	writtenArabic
	writtenHebrew
	writtenHan
	writtenKana
	writtenHangul
	writtenThai
	writtenDevanagari
	writtenKinds
)

// mainScript tells in which script a text is written; 0 when none prevails.
// Han with kana is Japanese.
func mainScript(s string) int {
	var count [writtenKinds]int
	all := 0
	for _, r := range s {
		if r < 0x80 {
			if r|0x20 >= 'a' && r|0x20 <= 'z' {
				count[writtenLatin]++
				all++
			}
			continue
		}
		if !unicode.IsLetter(r) {
			continue
		}
		all++
		switch {
		case r < 0x0250 || r >= 0x1E00 && r < 0x1F00:
			count[writtenLatin]++
		case r >= 0x0370 && r < 0x0400:
			count[writtenGreek]++
		case r >= 0x0400 && r < 0x0530:
			count[writtenCyrillic]++
		case r >= 0x0590 && r < 0x0600:
			count[writtenHebrew]++
		case r >= 0x0600 && r < 0x0780 || r >= 0xFB50 && r < 0xFF00:
			count[writtenArabic]++
		case r >= 0x0900 && r < 0x0980:
			count[writtenDevanagari]++
		case r >= 0x0E00 && r < 0x0E80:
			count[writtenThai]++
		case r >= 0x3040 && r < 0x3100:
			count[writtenKana]++
		case r >= 0xAC00 && r < 0xD7A4 || r >= 0x1100 && r < 0x1200:
			count[writtenHangul]++
		case unicode.Is(unicode.Han, r):
			count[writtenHan]++
		}
	}
	if kana := count[writtenKana]; kana > 0 && (kana+count[writtenHan])*10 >= all*4 && kana*10 >= count[writtenHan] {
		return writtenKana
	}
	// A dense character says as much as two letters.
	best, weight := 0, 0
	total := 0
	for kind, n := range count {
		if kind == writtenHan || kind == writtenKana || kind == writtenHangul {
			n *= 2
		}
		total += n
		if n > weight {
			best, weight = kind, n
		}
	}
	if weight*10 < total*7 {
		return 0
	}
	return best
}
