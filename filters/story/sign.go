package story

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"copydesk/feed"
)

// Sign makes the signature of an entry: what the finding of renditions needs
// of it. It is pure, and safe for use by several goroutines.
func Sign(c *feed.Copy) []byte {
	s := scanners.Get().(*scanner)
	defer scanners.Put(s)
	return s.sign(c).encode()
}

// sign makes a draft in the scanner's memory.
func (s *scanner) sign(c *feed.Copy) *draft {
	title := valid(cut(c.Title, 400))
	body := c.Text
	if body == "" {
		body = c.Summary
	}
	body = valid(cut(body, maxBytes))
	s.reset(title+"\n"+body, c.Language, c.Published)
	s.titled = titleCased(title)
	all := s.text
	s.text = all[:len(title)]
	s.scan()
	s.text, s.titled, s.body = all, false, len(title)+1
	s.punctuation('\n')
	s.scan()

	sig := &draft{head: head{language: s.language, size: c.Words, day: int32(s.day), event: s.event, meant: s.meant, headline: s.headline}}
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
	sig.words, sig.norm = s.terms()
	return sig
}

// terms weighs what was counted, keeps the heaviest, and labels the rarest of
// them, by which the entry is looked up: words rather than pairs, but some
// pairs too, since they are the rarest where nothing was reworded.
func (s *scanner) terms() ([]term, float32) {
	norm := 0.0
	packed := s.packed[:0] // weight, key, slot
	for _, i := range s.used {
		t := &s.table[i]
		w := float64(t.weight) * repeated[min(t.count, 8)]
		norm += w * w
		packed = append(packed, uint64(quantum(w))<<56|uint64(t.key)<<24|uint64(i))
	}
	s.packed = packed
	packed = heavy(packed)
	slices.Sort(packed)
	packed = packed[max(0, len(packed)-maxWords):]
	single, double := maxLookups, maxPairLookups
	for n := len(packed) - 1; n >= 0; n-- {
		p := packed[n]
		t := &s.table[p&(1<<24-1)]
		left := &single
		if t.pair {
			left = &double
		}
		labelled := uint64(0)
		if *left > 0 {
			*left--
			labelled = 1
		}
		packed[n] = p<<8&^(1<<32-1) | p>>56<<24 | labelled<<23 | p&(1<<24-1) // key, weight, labelled, slot
	}
	slices.Sort(packed) // numbers are sorted sooner than terms
	list := s.words[:0]
	for _, p := range packed {
		t := &s.table[p&(tableSize-1)]
		w := term{key: t.key, weight: uint8(p >> 24), place: s.place(t)}
		if p>>23&1 > 0 {
			w.label = s.label(int(t.start), int(t.end))
		}
		list = append(list, w)
	}
	s.words = list
	return list, float32(math.Sqrt(norm))
}

// place is where a word stands first. A pair says no more than its words.
func (s *scanner) place(t *slot) uint8 {
	switch {
	case t.pair || int(t.start) > s.body+firstBytes:
		return inRest
	case int(t.start) >= s.body:
		return inLead
	}
	return inTitle
}

// heavy drops what certainly isn't among the maxWords that weigh most: by the
// first byte, then by the second of those with the least first.
func heavy(packed []uint64) []uint64 {
	least, above := uint64(0), 0
	for shift := 56; shift >= 48; shift -= 8 {
		var weigh [256]int
		for _, p := range packed {
			if p>>shift>>8 == least {
				weigh[p>>shift&0xFF]++
			}
		}
		last := len(weigh) - 1
		for ; last > 0 && above+weigh[last] < maxWords; last-- {
			above += weigh[last]
		}
		least = least<<8 | uint64(last)
	}
	kept := packed[:0]
	for _, p := range packed {
		if p>>48 >= least {
			kept = append(kept, p)
		}
	}
	return kept
}

// repeated is what a word gains by standing in a text several times.
var repeated = func() (gain [9]float64) {
	for n := 1; n < len(gain); n++ {
		gain[n] = 1 + 0.3*math.Log2(float64(n))
	}
	return gain
}()

// merged makes one of the terms with one key, of the largest weight. The list
// is changed.
func merged(list []term) []term {
	slices.SortStableFunc(list, func(a, b term) int {
		if c := byKey(a, b); c != 0 {
			return c
		}
		return int(b.weight) - int(a.weight)
	})
	return slices.CompactFunc(list, func(a, b term) bool { return a.key == b.key })
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

// address passes over an address that a word begins, and reports whether it
// did: what an address spells is no word of the text.
func (s *scanner) address() bool {
	rest := s.text[s.at:]
	if !strings.HasPrefix(rest, "://") && !strings.HasPrefix(rest, "@") {
		return false
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || r >= 0x3000 })
	if end < 0 {
		end = len(rest)
	}
	s.at += end
	s.lastName, s.previous = spoken{}, word{}
	return true
}

// digested are the letters in lower case and digits of ASCII; 0 for all else.
var digested = func() (kept [0x80]byte) {
	for c := range kept {
		switch b := byte(c); {
		case digit(b):
			kept[c] = b
		case b|0x20 >= 'a' && b|0x20 <= 'z':
			kept[c] = b | 0x20
		}
	}
	return kept
}()

// digest is of a text's letters and digits alone; 0 when they are fewer bytes
// than would tell one text from another.
func digest(seed uint32, text string, least int) uint64 {
	h, n, forms := start64(seed), 0, simplified()
	var b [8]byte
	for i := 0; i < len(text); {
		if c := text[i]; c < 0x80 {
			i++
			// A conditional move: where words end, no branch could be foretold.
			with := (h ^ uint64(digested[c])) * prime64
			if digested[c] != 0 {
				h = with
				n++
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if r == 0x00AD || r >= 0x2000 && r <= 0x206F || r >= 0x3000 && r <= 0x3003 || r == 0xFEFF {
			continue
		}
		for _, c := range fold(b[:0], forms.of(r)) {
			h = (h ^ uint64(c)) * prime64
			n++
		}
	}
	if n < least {
		return 0
	}
	return end64(h)
}

// valid takes out what isn't UTF-8, which hardly any text holds.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "")
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
