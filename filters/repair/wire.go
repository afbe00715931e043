package repair

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// believableLine reports whether a line that begins like one of an agency, a
// player or a template has what such a line tells, and isn't a sentence.
func believableLine(b *block, f finding, tail, dense bool) bool {
	told := statement(b.text, dense)
	switch f.kind {
	case cueEmbargo:
		return b.runes <= 140 && !b.heading() && day.MatchString(b.text) && (!told || strings.IndexFunc(b.text, unicode.IsLower) < 0)
	case cueStamp:
		return b.runes <= 90 && moment.MatchString(b.text) && !told
	case cueVoice:
		return b.runes <= 80 && !told
	case cueListen:
		return b.links > 0 && !told && (b.linked() || b.runes <= 140)
	}
	if f.kind == cueLegal {
		return tail && (b.runes <= 60 || ofItself.MatchString(b.text))
	}
	return tail && b.runes <= 300
}

// day is a number as days and hours have, not of a year alone.
var day = regexp.MustCompile(`(?:^|\P{Nd})\p{Nd}{1,2}(?:\P{Nd}|$)|\p{Nd}{4}\s?(?:GMT|UTC|CET|CEST|EST|EDT|BST|Uhr)`)

// ofItself is how a text begins that speaks of the paper it stands on.
var ofItself = regexp.MustCompile(`(?i)^(?:this|these|certain|some|any|statements|except|nothing|neither|the (?:foregoing|information|statements|above)|diese|einige|bestimmte|die in dies|ce |cette|ces |certain|le présent|la présente|est[ea]s? |algun|ciert|el presente|la presente|l[ao]s declaraciones|il presente|quest|alcun|taluni|o presente|algumas|dit |deze |sommige|den här|detta|denna|dette|denne|disse|tämä|tässä|niniejsz|ten |tento|tato|toto|táto|ez |ez a |jelen|acest|prezent|ov[aeio] |настоящ|данн|эт[аио]|ц[еяі]|цей|дан[аие]|тоз|таз|това|настоящ|το παρόν|η παρούσα|αυτ|bu |işbu|هذ|يتضمن|تتضمن|يحتوي|لا يشكل|אין|הודעה|מידע|این|यह|इस|siaran|dokumen|kenyataan|pernyataan|ini |thông|tài liệu|bản tin|本|该|該|當|当|この|이 |본 )`)

// moment is a year, a day of a month, or a time of day.
var moment = regexp.MustCompile(`\p{Nd}{4}|\p{Nd}{1,2}\s?[./-]\s?\p{Nd}{1,2}(?:\P{Nd}|$)|\p{Nd}{1,2}[:h]\p{Nd}{2}`)

func holdsDigit(s string) bool { return strings.IndexFunc(s, unicode.IsDigit) >= 0 }

// storyID reports whether a text is nothing but an agency's number of a story,
// as "ABC-2024110712" or "u7/0312.445": one word with four digits and more.
func storyID(s string) bool {
	if len(s) < 6 || len(s) > 40 {
		return false
	}
	number, letter := 0, false
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			number++
		case r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z':
			letter = true
		case !strings.ContainsRune("-_/.:#", r):
			return false
		}
	}
	return letter && number >= 4
}

// stampLine reports whether a text is a Korean desk's stamp: who wrote it, and
// when it was set, changed and sent.
func stampLine(s string) bool { return len(s) <= 200 && stamped.MatchString(s) }

var stamped = regexp.MustCompile(`^(?:[가-힣]{2,4}\s?[가-힣]{0,4}(?:기자|특파원|위원|통신원|앵커)\s*[|·ㅣ/,]?\s*)?(?:(?:기사\s?|최초\s?|최종\s?)?(?:입력|승인|등록|수정|업데이트|송고|발행|작성)(?:일|시간|일시|날짜)?\s*[:：]?\s*[0-9]{4}\s?[-./년]\s?[0-9]{1,2}\s?[-./월]\s?[0-9]{1,2}\s?[.일]?\s*(?:\([가-힣]\)\s*)?(?:(?:오전|오후)?\s?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?[\s|·ㅣ/,]*)+$`)

// attachments removes what forums print beside a file: its name, its size, how
// often it was fetched. Such a line stands wherever the file does.
func (d *dressing) attachments() {
	for i := range d.blocks {
		if b := &d.blocks[i]; !d.gone[i] && !b.media && b.runes <= 140 && attachment.MatchString(b.text) && !d.kept(b) && !d.onlyText(i) {
			d.drop(i, cueNames[cueForum])
		}
	}
}

// attachment is such a line: "map.png (14.2 KB, downloads: 3)", "map.png
// (14.2 KiB) viewed 12 times".
var attachment = regexp.MustCompile(`(?i)^(?:\p{L}{2,14}\s?[:：]\s?)?[^\s()（）]{1,80}\.[a-z0-9]{2,5}\s*[(（]\s?[0-9][0-9.,]*\s?(?:bytes|байт|octets|[kmg]i?[bo]|[кмг]б)\s?(?:[,，|]\s?[^()（）0-9]{2,24}[:：]?\s?[0-9][0-9.,]*(?:\s\p{L}+)?\s?[)）]|[)）]\s*\p{L}[^()（）]{2,24}\s[0-9][0-9.,]*\s?\p{L}*)\.?$`)

// onlyText reports whether no other block says anything.
func (d *dressing) onlyText(i int) bool {
	for j := range d.blocks {
		if j != i && !d.gone[j] && d.blocks[j].text != "" {
			return false
		}
	}
	return true
}

// portrait reports whether a block is what a press release says of the house
// that sends it, under a heading of its own: it is the release's, and more
// may stand before it that isn't.
func (d *dressing) portrait(i int) bool {
	if d.blocks[i].runes > longestFurniture {
		return false
	}
	for j := i; j >= 0 && j >= i-2; j-- {
		b := &d.blocks[j]
		if j < i && b.text == "" {
			continue
		}
		if first := firstElement(b); b.heading() && introduces(b.text) || first != nil && introduces(textOf(first)) {
			return true
		}
		if j < i {
			return false
		}
	}
	return false
}

// firstElement returns the bold element that a block begins with, or nil.
func firstElement(b *block) *html.Node {
	nodes := b.nodes
	if b.unit != nil {
		nodes = nil
		for c := b.unit.FirstChild; c != nil; c = c.NextSibling {
			nodes = append(nodes, c)
		}
	}
	for _, n := range nodes {
		if n.Type == html.ElementNode && (n.DataAtom == atom.B || n.DataAtom == atom.Strong) {
			return n
		}
		if n.Type != html.TextNode || !blankText(n.Data) {
			return nil
		}
	}
	return nil
}

// introduces reports whether a heading is that of a house's portrait.
func introduces(s string) bool {
	return len(s) <= 120 && portraits.MatchString(s)
}

var portraits = regexp.MustCompile(`(?i)^(?:about|über|zur person|zum unternehmen|à propos d[eu]?|acerca de|sobre|informazioni su|chi è|over|om|tietoja|o firmie|o spółce|o společnosti|o spoločnosti|despre|o tvrtki|o kompaniji|о компании|об?|про|за|σχετικά με|نبذة عن|حول|אודות|درباره|tentang|mengenai|về)(?:\s|['’])\s?\S|^(?:关于|關於|เกี่ยวกับ|会社概要)|(?:について|hakkında|के बारे में|회사 소개)\s?[:：]?$`)

// signed reports whether the markup of a block, or around it, names it a
// member's signature, as forums do.
func signed(n, body *html.Node) bool {
	for a := n; a != nil && a != body; a = a.Parent {
		for _, name := range [...]string{attribute(a, "class"), attribute(a, "id")} {
			for _, w := range nameWords(name) {
				switch w {
				case "sign", "signature", "signatures", "sig", "sightml", "usersig", "postsignature", "signaturecontainer":
					return true
				}
			}
		}
	}
	return false
}

// ofMember reports whether a block is a member's signature: its markup says
// so, and behind it stood what only forums say.
func (d *dressing) ofMember(i int) bool {
	for j := i + 1; j < len(d.blocks); j++ {
		if d.gone[j] && d.why[j] == cueNames[cueForum] {
			return d.blocks[i].runes <= 200 && signed(d.blocks[i].nodes[0], d.page.body)
		}
	}
	return false
}

// reactionBar reports whether a text is nothing but faces and how many readers
// chose each.
func reactionBar(s string) bool {
	if len(s) > 120 || s == "" || s[0] < 0xE2 { // no face begins lower
		return false
	}
	faces, counts, counted := 0, 0, true
	for w := range strings.FieldsSeq(strings.Map(apart, s)) {
		switch {
		case reactions[w]:
			if !counted {
				return false
			}
			faces++
			counted = false
		case faces > 0 && !counted && isNumber(w):
			counts++
			counted = true
		default:
			return false
		}
	}
	return faces >= 2 && counted && counts == faces
}

// apart drops what only says how a face is drawn.
func apart(r rune) rune {
	if r == '\uFE0F' || r == '\uFE0E' {
		return -1
	}
	return r
}

var reactions = set("👍 👎 ❤ ♥ 😂 😮 😢 😡 😍 👏 🔥 🎉 💩 🤔 😊 😠 😆 🙏 💯 🤮 🤬 🥰 🤯 😁 🤣 😭 😱 😐 🙁 🙂 ☹ 😞 😲 💔 🤩 🤡 😃 😀 👌 💪")

// essay reports whether a block that begins as furniture does goes on as an
// author does: sentences follow that ask and offer nothing, and more than they
// the article says behind it.
func (d *dressing) essay(b *block, beyond int) bool {
	if beyond == 0 || b.links > 0 || d.setApart(b) || d.page.recurs(b.text).count >= 2 || standings(b.nodes[0], d.page.body, d.whole) > ordinary {
		return false
	}
	sentences, heard := 0, 0
	for s := range sentencesOf(b.text) {
		sentences++
		if f := wording(s); f.sure || f.weak > 0 || strings.ContainsAny(s, "@") || strings.Contains(s, "://") || holdsDigit(s) {
			heard++
		}
	}
	return sentences >= 3 && heard == 1
}
