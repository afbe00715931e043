package repair

import (
	"hash/fnv"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"copydesk/feed"
	"copydesk/filters/text"
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
	title = cutOriginal(title)
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
	if t.HTML {
		s = plainText(t)
	}
	if strings.IndexByte(s, '&') >= 0 && !aboutMarkup(s) {
		s = unescapeEntities(s)
	}
	if strings.IndexByte(s, '<') >= 0 {
		s = stripShownTags(s)
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

// stripShownTags takes markup off a title that shows it. A tag that stands for
// itself ("why <marquee> had to go") stays.
func stripShownTags(s string) string {
	m := readMarkup(s)
	if !m.balanced || m.tags == 0 || aboutMarkup(s) {
		return s
	}
	return plainText(feed.Text{HTML: true, Value: s})
}

// names is what a site calls itself.
type names struct {
	full    []string // its title, the parts of its title, its host: as letters only
	letters string   // acronym of the title
	words   string   // title in lower case, for a look inside
}

// namesOf returns what a source calls itself.
func namesOf(s *Source) names {
	n := names{}
	if s == nil {
		return n
	}
	add := func(name string) {
		if l := lettersOf(name); utf8.RuneCountInString(l) >= 2 {
			n.full = append(n.full, l)
			if bare, ok := strings.CutPrefix(l, "the"); ok && len(bare) >= 4 {
				n.full = append(n.full, bare)
			}
		}
	}
	title := foldTitle(s.Title)
	add(title)
	n.words = strings.ToLower(title)
	first := title
	if parts := separations(title); len(parts) > 0 {
		first = title[:parts[0].start]
		add(first)
		add(title[parts[len(parts)-1].end:])
	}
	n.letters = strings.ToLower(acronym(first))
	for _, address := range []string{s.Home, s.URL} {
		host := hostOf(address)
		if host == "" {
			continue
		}
		add(host)
		labels := strings.Split(host, ".")
		if len(labels) > 1 {
			longest := ""
			for _, l := range labels[:len(labels)-1] {
				if len(l) > len(longest) {
					longest = l
				}
			}
			if len(longest) >= 3 && !commonLabel[longest] {
				add(longest)
			}
		}
	}
	return n
}

// commonLabel are parts of hosts that name no site.
var commonLabel = map[string]bool{
	"feeds": true, "feed": true, "rss": true, "news": true, "blog": true, "blogs": true, "www": true, "api": true, "com": true, "org": true,
	"net": true, "localhost": true, "feedburner": true, "feedproxy": true, "wordpress": true, "blogspot": true, "substack": true, "medium": true,
	"github": true, "tumblr": true, "rsshub": true, "google": true,
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || strings.Trim(u.Hostname(), "0123456789.:[]") == "" {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// acronym returns the first letters of the words of a name.
func acronym(s string) string {
	var b strings.Builder
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if r := firstRune(w); unicode.IsUpper(r) {
			b.WriteRune(r)
		}
	}
	if b.Len() < 2 {
		return ""
	}
	return b.String()
}

// lettersOf returns the letters and digits of a text, folded as terms are: a
// name is the same in capitals, in traditional characters, in full width.
func lettersOf(s string) string { return string(text.Terms(s).Fold) }

// is reports whether a part of a title is the site's name.
func (n *names) is(part string) bool {
	l := lettersOf(part)
	if l == "" {
		return false
	}
	for _, name := range n.full {
		if l == name || l == "the"+name {
			return true
		}
	}
	return false
}

// mayBe reports whether a part of a title is short for the site's name, or
// says it with a word more or less.
func (n *names) mayBe(part string) bool {
	if n.is(part) {
		return true
	}
	l := lettersOf(part)
	if utf8.RuneCountInString(l) < 2 {
		return false
	}
	if n.letters != "" && l == n.letters {
		return true
	}
	for _, name := range n.full {
		long, short := name, l
		if len(short) > len(long) {
			long, short = short, long
		}
		if len(short) >= 4 && len(short)*2 >= len(long) && (strings.HasPrefix(long, short) || strings.HasSuffix(long, short)) {
			return true
		}
	}
	return false
}

// separation is a place that divides a headline from the site's name.
type separation struct {
	start, end int // with the white space around it
	mark       string
	tight      bool // no white space on either side
}

// separations finds what may divide a title: marks with spaces around them,
// bars and underscores anywhere, a colon with a space behind it, and, as tight
// ones, dashes within words.
func separations(title string) []separation {
	var out []separation
	for i := 0; i < len(title); {
		r, size := utf8.DecodeRuneInString(title[i:])
		class := separates(r)
		if class == 0 || i == 0 {
			i += size
			continue
		}
		end := i + size
		for end < len(title) {
			next, n := utf8.DecodeRuneInString(title[end:])
			if separates(next) == 0 {
				break
			}
			end += n
		}
		mark := title[i:end]
		left := strings.TrimRightFunc(title[:i], unicode.IsSpace)
		right := strings.TrimLeftFunc(title[end:], unicode.IsSpace)
		before, after := len(left) < i, len(title)-len(right) > end
		i = end
		if left == "" || right == "" {
			continue
		}
		s := separation{start: len(left), end: len(title) - len(right), mark: mark, tight: !before && !after}
		switch {
		case before && after:
		case class == 'b': // bars divide anywhere
		case class == 'c' && (after || r == '：' || len(mark) > 1):
		case class == 'd' && s.tight:
		default:
			continue
		}
		out = append(out, s)
	}
	return out
}

// separates tells whether a character may divide a title: b for bars, c for
// colons, d for dashes, o for others; 0 for none.
func separates(r rune) byte {
	switch r {
	case '|', '｜', '│', '┃', '_', '＿', '∣', '»', '·', '・', '－':
		return 'b'
	case ':', '：':
		return 'c'
	case '-', '–', '—', '―':
		return 'd'
	case '•', '«', '/', '~', '∙', '⋅', '‹', '›', '<', '>':
		return 'o'
	}
	return 0
}

// affix is a part at the beginning or the end of a title.
type affix struct {
	text  string // without the separator
	rest  string // the title without it
	front bool
	mark  string // the separator, trimmed
	tight bool   // no space around the separator
}

// affixes returns the parts at both ends of a title that may be a site's
// name, the nearest to the ends first.
func affixes(title string) []affix {
	var out []affix
	if inner, rest, ok := bracketed(title); ok {
		out = append(out, affix{text: inner, rest: rest, front: true, mark: "["})
	}
	if inner, rest, ok := bracketedEnd(title); ok {
		out = append(out, affix{text: inner, rest: rest, mark: "["})
	}
	all := separations(title)
	part := func(at separation, front bool) affix {
		a := affix{front: front, mark: at.mark, tight: at.tight}
		if front {
			a.text, a.rest = title[:at.start], title[at.end:]
		} else {
			a.text, a.rest = title[at.end:], title[:at.start]
		}
		return a
	}
	// A name may hold a separator itself: "Nord-Kurier", "A: B".
	for i := len(all) - 1; i >= 0 && i >= len(all)-3; i-- {
		out = append(out, part(all[i], false))
	}
	for i := 0; i < len(all) && i < 2; i++ {
		out = append(out, part(all[i], true))
	}
	return out
}

func bracketed(title string) (inner, rest string, ok bool) {
	for _, pair := range [][2]string{{"[", "]"}, {"【", "】"}, {"［", "］"}} {
		if after, found := strings.CutPrefix(title, pair[0]); found {
			if inner, rest, found = strings.Cut(after, pair[1]); found {
				rest = strings.TrimLeft(rest, " \u3000:：-–")
				return inner, rest, rest != ""
			}
		}
	}
	return "", "", false
}

func bracketedEnd(title string) (inner, rest string, ok bool) {
	for _, pair := range [][2]string{{"[", "]"}, {"【", "】"}, {"［", "］"}, {"(", ")"}, {"（", "）"}} {
		if before, found := strings.CutSuffix(title, pair[1]); found {
			if i := strings.LastIndex(before, pair[0]); i > 0 {
				return before[i+len(pair[0]):], strings.TrimRight(before[:i], " \u3000"), true
			}
		}
	}
	return "", "", false
}

func (a *affix) key() uint64 {
	h := fnv.New64a()
	side := "\x00<"
	if a.front {
		side = "\x00>"
	}
	h.Write([]byte(lettersOf(a.text) + side + a.mark)) // never fails
	return h.Sum64()
}

// plausible reports whether a part is short enough for a name and leaves a
// headline.
func (a *affix) plausible() bool {
	return a.text != "" && len(a.text) <= 90 && lettersOf(a.rest) != "" && columns(a.rest) >= 4
}

// learnTitle counts the parts of a title that may be a site's name, and, where
// the site's name is plain, those that may be its section.
func (f *Furniture) learnTitle(title string, n names) {
	seen := map[uint64]bool{}
	count := func(a *affix) {
		if !a.plausible() || a.tight && (a.mark == "-" || a.mark == "–" || a.mark == "—") {
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
}

// headline takes the site's name off a title, at either end, once or with the
// section that stands between.
func (f *Furniture) headline(title string, n names) string {
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
			for _, s := range affixes(a.rest) {
				if !s.front && s.mark == a.mark && s.plausible() && f.often(&s) >= 3 && len(strings.Fields(s.text)) <= 3 && columns(s.text) <= 24 {
					return s.rest
				}
			}
		}
		return a.rest
	}
	return title
}

// names reports whether a part of a title is the site's name, by what the
// site calls itself and by what its titles share.
func (f *Furniture) names(a *affix, n names) bool {
	often := f.often(a)
	share := 0.0
	if f != nil && f.entries > 0 {
		share = float64(often) / float64(f.entries)
	}
	dash := a.mark == "-" || a.mark == "–" || a.mark == "—"
	switch {
	case a.tight && dash:
		return false
	case a.mark == ":" || a.mark == "：":
		// "Site: headline" only; a colon at the end divides a headline.
		return a.front && n.is(a.text) && often >= 3 && share >= 0.5
	case n.is(a.text):
		return true
	case n.mayBe(a.text):
		return often >= 3
	case a.mark == "[":
		return often >= 5 && share >= 0.9
	case a.front:
		return often >= 5 && share >= 0.9 && !dash
	default:
		return often >= 4 && share >= 0.6
	}
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
	return strings.ContainsAny(s[:min(len(s), 60)], ":：")
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
