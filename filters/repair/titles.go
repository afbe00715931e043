package repair

import (
	"hash/fnv"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"copydesk/feed"
)

// titles gives the entry its headline back: without the site's name and the
// marks of syndication, decoded as often as it was encoded. A first line of
// the body that only repeats it goes.
func (p *page) titles() {
	received := p.copy.Title
	title := mendTitle(p.entry.Title, !p.source.Off["mojibake"])
	if title == "" {
		title = received
	}
	names := p.siteNames()
	title = p.source.Furniture.headline(title, names)
	title = p.source.Furniture.withoutKind(cutOriginal(title))
	if title != received {
		p.note("title", p.entry.Title.Value, title)
		p.copy.Title = title
	}
	p.repeatedTitle(received, names)
}

// mendTitle returns a title as plain text in one line, decoded as often as it
// was encoded.
func mendTitle(t feed.Text, mojibake bool) string {
	s := t.Value
	switch {
	case t.HTML && mentionsTag(s):
		s = stripShownTags(s, true)
	case t.HTML:
		s = plainText(t)
	}
	if strings.IndexByte(s, '&') >= 0 && !aboutMarkup(s) {
		s = unescapeEntities(s)
	}
	if strings.IndexByte(s, '<') >= 0 && !aboutMarkup(s) {
		s = stripShownTags(s, false)
	}
	if mojibake {
		s = demojibake(s)
	}
	return foldTitle(s)
}

// foldTitle makes one space of white space; an ideographic space is part of a
// headline's spelling and stays.
func foldTitle(s string) string {
	plain := true
	space := true
	for _, r := range s {
		if r != ' ' && r != '\u3000' && unicode.IsSpace(r) || unicode.IsControl(r) || invisible(r) || r == ' ' && space {
			plain = false
			break
		}
		space = r == ' '
	}
	if plain {
		return strings.TrimSpace(s)
	}
	var b strings.Builder
	pending := ""
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			if r == '\u3000' {
				pending = "\u3000"
			} else if pending == "" {
				pending = " "
			}
		case unicode.IsControl(r) || invisible(r):
		default:
			if b.Len() > 0 {
				b.WriteString(pending)
			}
			pending = ""
			b.WriteRune(r)
		}
	}
	return b.String()
}

// learnTitle counts the parts of a title that may be a site's name, and, where
// the site's name is plain, those that may be its section.
func (f *Furniture) learnTitle(title string, n names) {
	title = withoutEngine(title)
	seen := map[uint64]bool{}
	count := func(a *affix) {
		if !a.plausible() || a.dashed() {
			return
		}
		if k := a.key(); !seen[k] {
			seen[k] = true
			s := f.affixes[k]
			s.count++
			s.last = f.Version
			f.affixes[k] = s
		}
	}
	for _, a := range affixes(title) {
		count(&a)
		if n.is(a.text) {
			for _, section := range affixes(a.rest) {
				count(&section)
			}
		}
	}
	f.learnSection(title)
}

// headline takes the site's name off a title, at either end, once or with the
// section that stands between.
func (f *Furniture) headline(title string, n names) string {
	title = withoutEngine(title)
	for range 3 {
		cut := f.cutAffix(title, n)
		if cut == title {
			return title
		}
		title = cut
	}
	return title
}

func (f *Furniture) cutAffix(title string, n names) string {
	for _, a := range affixes(title) {
		if !a.plausible() || a.mark == "" {
			continue
		}
		if !f.names(&a, n) {
			continue
		}
		// "Headline | Sport | Site": the section goes with the site.
		if !a.front {
			if s, ok := sectionOf(&a); ok && (f.often(&s) >= 3 || f.section(&a, &s)) {
				return s.rest
			}
		}
		return a.rest
	}
	return title
}

func (f *Furniture) often(a *affix) int {
	if f == nil {
		return 0
	}
	return f.affixes[a.key()].count
}

// family is the kind of title: those of one column or series have one. It
// knows them by their first words, numbers masked.
func (f *Furniture) family(title string, n names) uint32 {
	t := normalise(f.headline(title, n))
	words := strings.FieldsFunc(t, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	h := fnv.New32a()
	if len(words) > 0 && wide(firstRune(words[0])) {
		runes := []rune(words[0])
		h.Write([]byte(string(runes[:min(4, len(runes))]))) // never fails
		return h.Sum32()
	}
	for _, w := range words[:min(2, len(words))] {
		h.Write([]byte(w + " ")) // never fails
	}
	return h.Sum32()
}

// original are the labels under which a syndicator gives the headline of the
// text it took over, and other marks that its system sets before a title.
var original = regexp.MustCompile(`^(?:原标题|原標題|原题|原題|原文标题|原文標題|标题|標題|題名|원제|원제목|Original title|Originaltitel|Titre original|Título original|Titolo originale|Оригинальный заголовок|Заголовок)\s*[:：]\s*|^[（(]原标题[:：]\s*(.+)[）)]$`)

// cutOriginal takes such a label off a title.
func cutOriginal(title string) string {
	if !mayBeLabelled(title) {
		return title
	}
	if m := original.FindStringSubmatchIndex(title); m != nil {
		if m[2] >= 0 {
			return title[m[2]:m[3]]
		}
		if rest := strings.TrimSpace(title[m[1]:]); rest != "" {
			return rest
		}
	}
	return title
}

// mayBeLabelled tells cheaply whether a text may begin with a label.
func mayBeLabelled(s string) bool {
	s = s[:min(len(s), 60)]
	return strings.IndexByte(s, ':') >= 0 || strings.Contains(s, "：")
}

// repeatedTitle removes first lines of the body that only say the title again.
func (p *page) repeatedTitle(received string, n names) {
	asReceived, _ := keyText(received)
	asMended, _ := keyText(p.copy.Title)
	if asMended == 0 {
		return
	}
	blocks := p.split()
	for i := 0; i < len(blocks) && i < 3; i++ {
		b := &blocks[i]
		if b.text == "" {
			continue
		}
		if !(mayBeLabelled(b.text) && b.runes <= 160 && original.MatchString(b.text)) {
			if len(b.text) > 2*len(received)+80 {
				return
			}
			key, _ := keyText(b.text)
			if key != asReceived && key != asMended && !p.isTitle(b.text, n) {
				return
			}
		}
		if b.media || !textBesides(blocks, i) || b.unit != nil && !repeats(b.unit.DataAtom) {
			return
		}
		p.note("body", b.text, "")
		for _, node := range b.nodes {
			detach(node)
		}
		p.blocks = nil
	}
}

// isTitle reports whether a line is the title with the site's name beside it.
func (p *page) isTitle(s string, n names) bool {
	if !strings.Contains(s, p.copy.Title) {
		return false
	}
	return p.source.Furniture.headline(foldTitle(s), n) == p.copy.Title
}

func repeats(a atom.Atom) bool {
	switch a {
	case atom.Blockquote, atom.Pre, atom.Table, atom.Figure, atom.Ul, atom.Ol, atom.Dl:
		return false
	}
	return true
}

// textBesides reports whether there is text or a picture in other blocks after
// the one named.
func textBesides(blocks []block, but int) bool {
	for i := but + 1; i < len(blocks); i++ {
		if blocks[i].text != "" || blocks[i].media {
			return true
		}
	}
	return false
}
