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
	table *[0x2600]byte // the same of the characters below its length, 0 for none
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
		// What a charset leaves undefined passes as the control of that number,
		// and all of them do where the charset is taken for its elder.
		for b := 0x80; b <= 0x9F; b++ {
			if cm == charmap.Windows1252 || cm == charmap.Windows1254 || cm.DecodeByte(byte(b)) == utf8.RuneError {
				m.bytes[rune(b)] = byte(b)
			}
		}
		m.table = new([0x2600]byte)
		bit := uint16(1) << len(c.single)
		for r, b := range m.bytes {
			if int(r) < len(m.table) {
				m.table[r] = b
			}
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
	best, most := s, 0
	for i := range pages.single {
		if single&(1<<i) == 0 {
			continue
		}
		// Charsets have sequences in common: the one that explains most is it.
		if fixed, explained := pages.single[i].undo(s); explained > most && !shown(s, fixed) {
			best, most = fixed, explained
		}
	}
	if most > 0 {
		return best
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

// undo turns back each run of characters beyond ASCII that is misread from
// end to end, and tells how well that explains the text: 0 unless the
// sequences are too many, or too plain, to be anybody's spelling.
func (m *misreading) undo(s string) (string, int) {
	var runs []stretch
	total := map[uint8]int{}
	var buffer []rune
	for i := 0; i < len(s); {
		start := i
		for i < len(s) && s[i] < utf8.RuneSelf {
			i++
		}
		run := stretch{start: i}
		if i > start {
			run.before = asciiLetter(s[i-1])
		}
		buffer = buffer[:0]
		for i < len(s) && s[i] >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			buffer = append(buffer, r)
			i += size
		}
		run.end = i
		if i < len(s) {
			run.after = asciiLetter(s[i])
		}
		if len(buffer) == 0 {
			break
		}
		if m.read(&run, buffer) {
			total[run.class] += run.letters
			runs = append(runs, run)
		}
	}
	if len(runs) == 0 {
		return "", 0
	}
	sound := soundLetters(s, runs)
	var out strings.Builder
	done, found, strong, spoilt, humps := 0, 0, 0, 0, 0
	for i := range runs {
		run := &runs[i]
		if !run.belongs(sound, total) {
			continue
		}
		found += run.found
		strong += run.strong
		spoilt += run.spoilt
		humps += run.humps
		out.WriteString(s[done:run.start])
		out.WriteString(run.meant)
		done = run.end
	}
	out.WriteString(s[done:])
	// A single sequence could be somebody's spelling unless it is a common fault.
	if found < 2 && !m.usual || strong*2 < found && (found < 8 || strong*4 < found) || spoilt*4 > found || strong == 0 {
		return "", 0
	}
	return out.String(), found*4 - humps
}

// asciiLetter returns a byte that is a letter, and 0 for any other.
func asciiLetter(b byte) rune {
	if b|0x20 >= 'a' && b|0x20 <= 'z' {
		return rune(b)
	}
	return 0
}

// read turns a run back and reports whether it is misread from end to end and
// what was meant can stand where it stands.
func (m *misreading) read(run *stretch, runes []rune) bool {
	meant := make([]rune, 0, len(runes)/2)
	for i := 0; i < len(runes); {
		r, length := m.sequence(runes[i:])
		if length > 0 {
			run.found++
			if m.odd(run, runes, i, length) {
				run.strong++
			}
			meant = append(meant, r)
			i += length
			continue
		}
		b := m.byteOf(runes[i])
		begins := b >= 0xC2 && b <= 0xF4
		if begins && i == len(runes)-1 && i > 0 || class(runes[i]) != classNone {
			if !begins {
				return false
			}
			run.spoilt++
			if (run.spoilt-1)*4 > run.found {
				return false
			}
		}
		meant = append(meant, runes[i])
		i++
	}
	if run.found == 0 || run.spoilt*4 > run.found {
		return false
	}
	for _, r := range runes {
		if c := class(r); c != classNone {
			run.shown = c
		}
	}
	for range 3 {
		if run.plausible(meant) {
			run.meant = string(meant)
			return true
		}
		// Misread twice: what was meant shows only after the next turn.
		if meant = m.whole(meant); meant == nil {
			return false
		}
	}
	return false
}

// whole turns characters back that consist of sequences only.
func (m *misreading) whole(runes []rune) []rune {
	var out []rune
	found := 0
	for i := 0; i < len(runes); {
		r, length := m.sequence(runes[i:])
		switch {
		case length > 0:
			found++
		case class(runes[i]) != classNone:
			return nil
		default:
			r, length = runes[i], 1
		}
		out = append(out, r)
		i += length
	}
	if found == 0 {
		return nil
	}
	return out
}

// byteOf returns the byte that a character was made of, 0 for none.
func (m *misreading) byteOf(r rune) byte {
	if uint32(r) < uint32(len(m.table)) {
		return m.table[r]
	}
	return 0
}

// sequence reads one misread UTF-8 sequence; its length is 0 when there is none.
func (m *misreading) sequence(runes []rune) (rune, int) {
	lead := m.byteOf(runes[0])
	if lead < 0xC2 || lead > 0xF4 {
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
		b := m.byteOf(runes[i])
		if b < 0x80 || b > 0xBF {
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
