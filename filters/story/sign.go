package story

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"copydesk/feed"
)

// Sign makes the signature of an entry: what the finding of renditions needs
// of it. It is pure, and safe for use by several goroutines.
func Sign(c *feed.Copy) []byte {
	return sign(c).encode()
}

func sign(c *feed.Copy) *signature {
	s := scanners.Get().(*scanner)
	defer scanners.Put(s)
	title := strings.ToValidUTF8(cut(c.Title, 400), "")
	body := c.Text
	if body == "" {
		body = c.Summary
	}
	body = strings.ToValidUTF8(cut(body, maxBytes), "")
	s.reset(title+"\n"+body, c.Language, c.Published)
	s.titled = titleCased(title)
	all := s.text
	s.text = all[:len(title)]
	s.scan()
	s.text, s.titled, s.body = all, false, len(title)+1
	s.punctuation('\n')
	s.scan()

	sig := &signature{language: s.language, size: min(math.MaxUint16, c.Words), day: int32(s.day), event: s.event}
	if link := feed.CanonicalLink(c.Link); article(link) {
		sig.link = hash64(seedLink, link)
	}
	sig.title = digest(seedTitle, title, 12)
	sig.text = digest(seedText, body, 60)
	sig.links = outbound(c, sig.link)
	sig.media = media(c)
	for i := range c.Topics {
		sig.topics = append(sig.topics, hash32(seedTopic, c.Topics[i].Topic))
	}
	slices.Sort(sig.topics)
	sig.topics = clipped(slices.Compact(sig.topics), maxTopics)
	sig.names = heaviest(merged(s.names), maxNames)
	sig.numbers = heaviest(merged(s.numbers), maxNumbers)
	sig.dates = heaviest(merged(s.dates), maxDates)
	sig.words, sig.norm = s.words()
	sig.sum()
	return sig
}

// words weighs what was counted, keeps the heaviest, and labels the rarest of
// them, by which the entry is looked up.
func (s *scanner) words() ([]term, float32) {
	list := make([]term, 0, len(s.used))
	norm := 0.0
	for _, i := range s.used {
		t := &s.table[i]
		w := float64(t.weight) * (1 + 0.3*math.Log2(float64(min(t.count, 8))))
		norm += w * w
		list = append(list, term{key: t.key, weight: quantum(w), label: s.text[t.start:t.end]})
	}
	list = heaviest(list, maxWords)
	order := slices.Clone(list)
	slices.SortFunc(order, func(a, b term) int {
		if a.weight != b.weight {
			return int(b.weight) - int(a.weight)
		}
		return byKey(a, b)
	})
	var least term
	if len(order) > maxLookups {
		least = order[maxLookups-1]
	}
	for i := range list {
		t := &list[i]
		if t.weight < least.weight || t.weight == least.weight && t.key > least.key {
			t.label = ""
			continue
		}
		t.label = string(clip([]byte(t.label), maxLabel))
	}
	return list, float32(math.Sqrt(norm))
}

// merged makes one of the terms with one key, of the largest weight.
func merged(list []term) []term {
	slices.SortStableFunc(list, func(a, b term) int {
		if c := byKey(a, b); c != 0 {
			return c
		}
		return int(b.weight) - int(a.weight)
	})
	return slices.Clone(slices.CompactFunc(list, func(a, b term) bool { return a.key == b.key }))
}

// titleCased reports whether a title capitalises all its words, so that
// capitals don't tell its names.
func titleCased(title string) bool {
	words, capitals := 0, 0
	for _, w := range strings.Fields(title) {
		c := w[0]
		if len(w) < 4 {
			continue
		}
		words++
		if c >= 'A' && c <= 'Z' {
			capitals++
		}
	}
	return words >= 3 && capitals*10 >= words*8
}

// article reports whether a canonical link can be one article's: a site's
// front page is linked from entries that have no page of their own.
func article(link string) bool {
	_, page, _ := strings.Cut(link, "/")
	return page != "" || strings.Contains(link, "?")
}

// outbound digests the addresses that an entry leads to, other than itself.
func outbound(c *feed.Copy, self uint64) []uint64 {
	var list []uint64
	add := func(address string) {
		if len(list) >= 4*maxLinks || len(address) > 2000 {
			return
		}
		if link := feed.CanonicalLink(address); article(link) {
			if h := hash64(seedLink, link); h != self {
				list = append(list, h)
			}
		}
	}
	for i := range c.Links {
		add(c.Links[i].Href)
	}
	addresses(c.HTML, " href=\"", add)
	slices.Sort(list)
	return clipped(slices.Compact(list), maxLinks)
}

// media digests the addresses of an entry's pictures and files.
func media(c *feed.Copy) []uint64 {
	var list []uint64
	add := func(address string) {
		if len(list) >= 4*maxMedia || len(address) > 2000 {
			return
		}
		if link := feed.CanonicalLink(address); article(link) {
			list = append(list, hash64(seedMedia, link))
		}
	}
	for i := range c.Enclosures {
		add(c.Enclosures[i].URL)
	}
	add(c.Media.Image.URL)
	addresses(c.HTML, " src=\"", add)
	slices.Sort(list)
	return clipped(slices.Compact(list), maxMedia)
}

// addresses hands over the values of an attribute. The copy's HTML is
// sanitised, so that attributes are in double quotes and hold no markup; an
// address that is missed costs a little evidence.
func addresses(html, attribute string, add func(string)) {
	for n := 0; n < 64; n++ {
		_, rest, found := strings.Cut(html, attribute)
		if !found {
			return
		}
		value, rest, found := strings.Cut(rest, "\"")
		if !found {
			return
		}
		add(strings.ReplaceAll(value, "&amp;", "&"))
		html = rest
	}
}

// digest is of a text's letters and digits alone; 0 when they are fewer bytes
// than would tell one text from another.
func digest(seed uint32, text string, least int) uint64 {
	b, forms := make([]byte, 0, len(text)), simplified()
	for _, r := range text {
		switch {
		case r < 0x80:
			if digit(byte(r)) || r|0x20 >= 'a' && r|0x20 <= 'z' {
				b = fold(b, r)
			}
		case r == 0x00AD || r >= 0x2000 && r <= 0x206F || r >= 0x3000 && r <= 0x3003 || r == 0xFEFF:
		default:
			b = fold(b, forms.of(r))
		}
	}
	if len(b) < least {
		return 0
	}
	return hash64(seed, b)
}

func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func clipped[T any](s []T, n int) []T {
	if len(s) > n {
		return s[:n]
	}
	return s
}
