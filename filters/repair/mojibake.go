package repair

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// misreading is a way in which UTF-8 is mistaken for something else.
type misreading struct {
	name  string
	usual bool          // common enough that a single sequence can be believed
	bytes map[rune]byte // of a single-byte charset: what each character was made of
	// Of a charset with two-byte characters: its codec, and the characters
	// that the first two bytes of a CJK character turn into.
	multi encoding.Encoding
	leads map[rune]bool
}

// codepages is all that is known of misreadings. masks tell, for characters
// below its length, in which single-byte charsets (one bit each) a character
// stands for a byte that begins or continues a sequence of UTF-8.
type codepages struct {
	single     []misreading
	multi      []misreading
	begins     [0x2600]uint16
	continuing [0x2600]uint16
}

// misreadings are the charsets that UTF-8 is commonly mistaken for, in the
// order in which they are tried.
var misreadings = sync.OnceValue(func() *codepages {
	c := &codepages{}
	for _, cm := range []*charmap.Charmap{
		charmap.Windows1252, charmap.Windows1251, charmap.Windows1250, charmap.Windows1254, charmap.ISO8859_2,
		charmap.KOI8R, charmap.CodePage866, charmap.CodePage437, charmap.Macintosh,
	} {
		m := misreading{name: cm.String(), usual: len(c.single) < 2, bytes: make(map[rune]byte, 160)}
		for b := 0x80; b <= 0xFF; b++ {
			if r := cm.DecodeByte(byte(b)); r != utf8.RuneError {
				m.bytes[r] = byte(b)
			}
		}
		// What a charset leaves undefined passes as the control of that number.
		for b := 0x80; b <= 0x9F; b++ {
			if _, taken := m.bytes[rune(b)]; !taken {
				m.bytes[rune(b)] = byte(b)
			}
		}
		bit := uint16(1) << len(c.single)
		for r, b := range m.bytes {
			switch {
			case int(r) >= len(c.begins):
			case b <= 0xBF:
				c.continuing[r] |= bit
			case b >= 0xC2 && b <= 0xF4:
				c.begins[r] |= bit
			}
		}
		c.single = append(c.single, m)
	}
	for _, e := range []encoding.Encoding{simplifiedchinese.GBK, japanese.ShiftJIS, traditionalchinese.Big5} {
		m := misreading{name: fmt.Sprint(e), multi: e, leads: map[rune]bool{}}
		for lead := byte(0xE2); lead <= 0xED; lead++ {
			for second := byte(0x80); second <= 0xBF; second++ {
				if s, err := e.NewDecoder().Bytes([]byte{lead, second}); err == nil {
					if r, size := utf8.DecodeRune(s); size == len(s) && r != utf8.RuneError {
						m.leads[r] = true
					}
				}
			}
		}
		c.multi = append(c.multi, m)
	}
	return c
})

// mojibake undoes the misreading of UTF-8 as another charset, once or twice
// over, wherever that is certain: the characters must be those that the bytes
// of UTF-8 turn into, and what they stood for must fit its surroundings.
func (p *page) mojibake() {
	if fixed := demojibake(p.copy.Title); fixed != p.copy.Title {
		p.note("title", p.copy.Title, fixed)
		p.copy.Title = fixed
	}
	textNodes(p.body, func(n *html.Node) {
		if fixed := demojibake(n.Data); fixed != n.Data {
			p.note("body", n.Data, fixed)
			n.Data = fixed
		}
	})
}

// demojibake returns the text that was meant, or the text itself.
func demojibake(s string) string {
	for range 3 {
		fixed := demojibakeOnce(s)
		if fixed == s {
			break
		}
		s = fixed
	}
	return s
}

func demojibakeOnce(s string) string {
	pages := misreadings()
	single, wide := pages.suspects(s)
	for i := range pages.single {
		if single&(1<<i) == 0 {
			continue
		}
		if fixed, sure := pages.single[i].undo(s); sure && !shown(s, fixed) {
			return fixed
		}
	}
	for i := range pages.multi {
		if wide&(1<<i) == 0 {
			continue
		}
		if fixed, sure := pages.multi[i].undoWide(s); sure {
			return fixed
		}
	}
	return s
}

// shown reports whether a text shows a misreading on purpose: beside it stands
// the same word read right.
func shown(s, fixed string) bool {
	for w := range strings.FieldsSeq(fixed) {
		w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
		if len(w) >= 3 && strings.IndexFunc(w, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 &&
			strings.Contains(s, w) && strings.Count(fixed, w) > strings.Count(s, w) {
			return true
		}
	}
	return false
}

// suspects tells cheaply which misreadings may have happened, as bits: the
// single-byte ones of which a beginning and a continuation stand side by side,
// and the others of which a run begins as a CJK character would.
func (c *codepages) suspects(s string) (single, wide uint16) {
	var open uint16
	high := false
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			open, high = 0, false
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if int(r) < len(c.begins) {
			single |= open & c.continuing[r]
			open = c.begins[r]
		} else {
			open = 0
			if !high {
				for j := range c.multi {
					if c.multi[j].leads[r] {
						wide |= 1 << j
					}
				}
			}
		}
		high = true
	}
	return single, wide
}

// undo turns each whole sequence back. It is sure when the sequences are too
// many, or too plain, to be anybody's spelling.
func (m *misreading) undo(s string) (string, bool) {
	runes := []rune(s)
	var out strings.Builder
	found, strong, spoilt, beyond := 0, 0, 0, 0
	for i := 0; i < len(runes); {
		r, length := m.sequence(runes[i:])
		if length == 0 {
			if b, ok := m.bytes[runes[i]]; ok && b >= 0xC2 && b <= 0xF4 && unicode.IsLetter(runes[i]) && m.continues(runes, i+1) {
				spoilt++
			}
			if runes[i] >= 0x80 {
				beyond++
			}
			out.WriteRune(runes[i])
			i++
			continue
		}
		if !fits(r, out.String(), runes[i+length:]) {
			return "", false
		}
		found++
		if length > 2 || m.odd(runes, i, length) {
			strong++
		}
		out.WriteRune(r)
		i += length
	}
	// No spelling consists of whole sequences from end to end.
	if found >= 4 && beyond*8 <= found {
		return out.String(), true
	}
	// A single pair could be somebody's spelling unless it stands inside a word.
	enough := found >= 2 || m.usual && strong == 1
	return out.String(), enough && strong*2 >= found && spoilt*4 <= found
}

func (m *misreading) continues(runes []rune, i int) bool {
	if i >= len(runes) {
		return false
	}
	b, ok := m.bytes[runes[i]]
	return ok && b >= 0x80 && b <= 0xBF && !unicode.IsLetter(runes[i]) && !unicode.IsPunct(runes[i]) && !unicode.IsSpace(runes[i])
}

// sequence reads one misread UTF-8 sequence; its length is 0 when there is none.
func (m *misreading) sequence(runes []rune) (rune, int) {
	lead, ok := m.bytes[runes[0]]
	if !ok || lead < 0xC2 || lead > 0xF4 {
		return 0, 0
	}
	length := 2
	switch {
	case lead >= 0xF0:
		length = 4
	case lead >= 0xE0:
		length = 3
	}
	if len(runes) < length {
		return 0, 0
	}
	var buffer [4]byte
	buffer[0] = lead
	for i := 1; i < length; i++ {
		b, ok := m.bytes[runes[i]]
		if !ok || b < 0x80 || b > 0xBF {
			return 0, 0
		}
		buffer[i] = b
	}
	r, size := utf8.DecodeRune(buffer[:length])
	if r == utf8.RuneError || size != length || unicode.Is(unicode.Co, r) || unicode.IsControl(r) && r != '\u0085' {
		return 0, 0
	}
	return r, length
}

// odd reports whether a pair can hardly be spelling: a sign in the midst of a
// word, a control character, or a capital after small letters.
func (m *misreading) odd(runes []rune, i, length int) bool {
	second := runes[i+1]
	if second >= 0x80 && second <= 0x9F {
		return true
	}
	before := i > 0 && unicode.IsLetter(runes[i-1])
	after := i+length < len(runes) && unicode.IsLetter(runes[i+length])
	if before && unicode.IsUpper(runes[i]) && unicode.IsLower(runes[i-1]) {
		return true
	}
	if unicode.IsLetter(second) {
		return unicode.IsUpper(second) && (before && unicode.IsLower(runes[i-1]) || after && unicode.IsLower(runes[i+length]))
	}
	if unicode.IsSpace(second) {
		return before && after
	}
	return after // a sign between letters, since the first stands for a letter too
}

// fits reports whether what a sequence stood for can stand where it stands:
// letters of one script only inside a word, and no rare sign.
func fits(r rune, before string, after []rune) bool {
	if unicode.IsLetter(r) {
		last, _ := utf8.DecodeLastRuneInString(before)
		if before != "" && unicode.IsLetter(last) && script(last) != script(r) && script(last) != 0 && script(r) != 0 {
			return false
		}
		if len(after) > 0 && after[0] < utf8.RuneSelf && unicode.IsLetter(after[0]) && script(r) != scriptLatin && script(r) != 0 {
			return false
		}
	}
	if r < 0x00C0 && r != 0x00AD && r != 0x00B7 {
		// Signs of Latin-1 don't stand inside words.
		// But as the second half of a pair that was misread twice.
		last, _ := utf8.DecodeLastRuneInString(before)
		if (last < 0xC2 || last > 0xF4) && unicode.IsLetter(last) && len(after) > 0 && unicode.IsLetter(after[0]) && !unicode.IsSpace(r) {
			return false
		}
	}
	switch {
	case r < 0x0250, r >= 0x0370 && r < 0x0780, r >= 0x0900 && r < 0x0E80, r >= 0x1E00 && r < 0x2070,
		r >= 0x20A0 && r < 0x20C0, r >= 0x2100 && r < 0x2800, r >= 0x3000 && r < 0xD7A4, r >= 0xFF00 && r < 0xFFF0,
		r == 0xFEFF && before == "", r >= 0x1F000 && r < 0x1FB00:
		return true
	}
	return false
}

const (
	scriptLatin = 1 + iota
	scriptCyrillic
	scriptGreek
	scriptOther
)

// script is a coarse script of a letter; 0 for what goes with any.
func script(r rune) int {
	switch {
	case !unicode.IsLetter(r):
		return 0
	case r < 0x0250 || r >= 0x1E00 && r < 0x1F00:
		return scriptLatin
	case r >= 0x0370 && r < 0x0400:
		return scriptGreek
	case r >= 0x0400 && r < 0x0530:
		return scriptCyrillic
	default:
		return scriptOther
	}
}

// undoWide turns back UTF-8 that was read as a charset of two-byte
// characters. It is sure when runs of rare characters become common ones.
func (m *misreading) undoWide(s string) (string, bool) {
	var out strings.Builder
	found := 0
	for i := 0; i < len(s); {
		end := i
		for end < len(s) && s[end] < utf8.RuneSelf {
			end++
		}
		out.WriteString(s[i:end])
		i = end
		for end < len(s) && s[end] >= utf8.RuneSelf {
			end++
		}
		if i == end {
			break
		}
		run := s[i:end]
		i = end
		// A misread run ends in what followed it when its bytes are odd.
		fixed, ok := m.reread(run)
		if !ok {
			out.WriteString(run)
			continue
		}
		found += utf8.RuneCountInString(fixed)
		out.WriteString(fixed)
	}
	return out.String(), found >= 2
}

func (m *misreading) reread(run string) (string, bool) {
	if utf8.RuneCountInString(run) < 3 {
		return "", false
	}
	raw, err := m.multi.NewEncoder().String(run)
	if err != nil || !utf8.ValidString(raw) {
		return "", false
	}
	for _, r := range raw {
		switch {
		case r >= 0x3000 && r < 0xA000, r >= 0xAC00 && r < 0xD7A4, r >= 0xFF00 && r < 0xFFF0, r >= 0x2010 && r < 0x2040:
		default:
			return "", false
		}
	}
	return raw, true
}
