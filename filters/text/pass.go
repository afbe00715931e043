package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// mostAsked bounds how often one row of signs is looked at for an address.
const mostAsked = 8

// pass is the one way through a text.
type pass struct {
	text      string
	fold      []byte
	units     []Unit
	folds     *foldTable
	addresses bool // there may be some
	asked     int  // how often an address was looked for since the last white space

	in      class // of the unit being read; hard: none
	unit    Unit
	lowers  bool  // the unit holds a small letter
	uppers  bool  // and a capital
	gap     Gap   // what stands before the next unit
	hyphens uint8 // state of a hyphen in the gap: 0 none, 1 directly after a unit, 2 followed by a line feed, 3 not a hyphen within a word
	apart   bool  // white space since the last unit
}

// run reads the text; false when strict and the text may not be in NFC.
func (p *pass) run(strict bool) bool {
	s := p.text
	p.fold = slices.Grow(p.fold[:0], len(s)+len(s)/16+8)
	p.units = slices.Grow(p.units[:0], len(s)/5+4)
	p.gap = Stop
	start := true // of what may be an address
	for i := 0; i < len(s); {
		c := s[i]
		if start && p.addresses && c > ' ' && c < 0x80 && p.asked < mostAsked {
			p.asked++
			if n := p.address(i); n > 0 {
				p.end(i)
				p.gap = Stop
				i += n
				continue
			}
		}
		if c < 0x80 {
			f := &p.folds.low[c]
			if f.class == latin {
				i = p.ascii(i)
				start = false
				continue
			}
			if c == ' ' && p.hyphens == 0 {
				p.end(i)
				p.apart, start, p.asked = true, true, 0
				i++
				continue
			}
			start = f.class == space || f.class == hard && c != '.' && c != '/' && c != '@' && c != ':'
			if f.class.letter() {
				p.letter(i, 1, *f)
			} else {
				p.other(i, f.class, c == '.', c == '\n')
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r >= 0x4E00 && r < 0xA000 {
			p.character(i, p.folds.han[r-0x3400])
			i += size
			start, p.asked = true, 0
			continue
		}
		f := p.folds.get(r)
		if strict && f.alone {
			if !norm.NFC.IsNormalString(s) {
				return false
			}
			strict = false
		}
		start = !f.class.letter() || f.class.dense()
		if f.class == space || f.class.dense() {
			p.asked = 0
		}
		switch {
		case f.class.letter():
			if f.base == 0 {
				p.long(i, size, f, p.folds.long[r])
			} else {
				p.letter(i, size, f)
			}
		case f.class == joined:
			p.compose(r, i, size)
		case f.class == ignored:
			if p.in != hard {
				p.unit.Accents = p.unit.Accents || p.in == latin && stripped(r)
			}
		default:
			p.other(i, f.class, false, false)
		}
		i += size
	}
	p.end(len(s))
	return true
}

// address returns the length of the address that begins at i, or 0. Most words
// are letters up to a space, and not looked at any further.
func (p *pass) address(i int) int {
	s := p.text
	end := i
	for end < len(s) && s[end]|0x20 >= 'a' && s[end]|0x20 <= 'z' {
		end++
	}
	if end == len(s) || s[end] == ' ' {
		return 0
	}
	return address(s[i:])
}

// ascii takes a row of plain Latin letters, and returns where it ends.
func (p *pass) ascii(i int) int {
	p.enter(i, latin)
	s, out := p.text, p.fold
	var seen byte // of the bit that small letters have: 1 with, 2 without
	for ; i < len(s); i++ {
		c := s[i]
		low := c | 0x20
		if low < 'a' || low > 'z' {
			break
		}
		seen |= 2 - c>>5&1
		out = append(out, low)
	}
	p.lowers, p.uppers = p.lowers || seen&1 != 0, p.uppers || seen&2 != 0
	p.fold, p.unit.End = out, int32(i)
	return i
}

// character takes a Chinese character of three bytes; simple is its
// simplified form, or 0.
func (p *pass) character(i int, simple uint16) {
	if p.in != hard || p.apart || p.hyphens != 0 {
		p.enter(i, han)
		p.unit.End = int32(i + 3)
		if simple == 0 {
			p.fold = append(p.fold, p.text[i:i+3]...)
		} else {
			p.fold = utf8.AppendRune(p.fold, rune(simple))
		}
		return
	}
	from := int32(len(p.fold))
	if simple == 0 {
		p.fold = append(p.fold, p.text[i], p.text[i+1], p.text[i+2])
	} else {
		p.fold = utf8.AppendRune(p.fold, rune(simple))
	}
	p.units = append(p.units, Unit{Start: int32(i), End: int32(i + 3), From: from, To: int32(len(p.fold)), Script: Han, Gap: p.gap})
	p.gap = Next
}

// letter takes one letter or digit into the unit it belongs to.
func (p *pass) letter(i, size int, f fold) {
	p.enter(i, f.class)
	p.fold = utf8.AppendRune(p.fold, f.base)
	p.unit.End = int32(i + size)
	p.unit.Accents = p.unit.Accents || f.accent
	if f.cased {
		p.uppers = p.uppers || f.upper
		p.lowers = p.lowers || !f.upper
	}
}

// enter begins a unit unless the one that is being read goes on.
func (p *pass) enter(i int, c class) {
	if p.in == c && c < han {
		return
	}
	tied := p.in != hard && !p.in.dense() && !c.dense() && (p.in == digit || c == digit)
	changed := p.in != hard
	p.end(i)
	switch {
	case tied:
		p.gap = Tied
	case changed:
		p.gap = Next
	}
	p.begin(i, c)
}

// long takes a character that becomes several.
func (p *pass) long(i, size int, f fold, s string) {
	for k, r := range s {
		if k == 0 {
			f.base = r
			p.letter(i, size, f)
			continue
		}
		p.fold = utf8.AppendRune(p.fold, r)
	}
}

func (p *pass) begin(i int, c class) {
	if p.apart && p.gap != Stop {
		p.gap = Space
		if p.hyphens == 2 {
			p.gap = Dash
		}
	}
	p.in = c
	p.unit = Unit{Start: int32(i), From: int32(len(p.fold)), Script: Script(c - digit), Gap: p.gap}
	p.lowers, p.uppers, p.hyphens, p.apart = false, false, 0, false
}

// end closes the unit that is being read, if one is.
func (p *pass) end(int) {
	if p.in == hard {
		return
	}
	p.unit.To = int32(len(p.fold))
	p.unit.Capitals = p.uppers && !p.lowers
	p.units = append(p.units, p.unit)
	p.in, p.gap = hard, Next
}

// other takes what is neither letter nor digit. It decides whether a unit
// goes on behind it, and what kind of gap it makes.
func (p *pass) other(i int, c class, dot, line bool) {
	s := p.text
	switch {
	case p.in == hard:
	case c == apostro && p.in == cyrillic && joins(s[i:], p.folds, cyrillic):
		return // п’ять
	case c <= apostro && c >= quote && p.in == hebrew && joins(s[i:], p.folds, hebrew):
		return // צה״ל
	case dot && p.initials(i):
		return // A.I.
	case dot && p.in == digit && joins(s[i:], p.folds, digit), c == hard && !dot && s[i] == ',' && p.in == digit && joins(s[i:], p.folds, digit):
		p.fold = append(p.fold, s[i]) // 3.25
		return
	}
	after := p.in != hard
	abbreviated := dot && after && p.abbreviation(i)
	p.end(i)
	switch {
	case abbreviated:
		p.apart = true
	case c == space:
		p.apart, p.asked = true, 0
		if p.hyphens == 1 {
			p.hyphens = 3
			if line {
				p.hyphens = 2
			}
		} else if p.hyphens == 2 && !line {
			p.hyphens = 2
		}
		if p.hyphens == 3 {
			p.gap = Stop
		}
	case c == hyphen:
		if after && p.gap != Stop {
			p.gap, p.hyphens = Dash, 1
		} else {
			p.gap = Stop
		}
	case c == apostro || c == quote:
		if p.gap != Stop && p.gap != Dash {
			p.gap = Quote
		}
	default:
		p.gap = Stop
	}
}

// initials reports whether the dot at i stands between single letters, as in
// A.I. or U.S.A.
func (p *pass) initials(i int) bool {
	s, u := p.text, &p.unit
	if p.in != latin && p.in != cyrillic && p.in != greek || !p.uppers || p.lowers {
		return false
	}
	_, last := utf8.DecodeLastRuneInString(s[:i])
	if int(u.Start) != i-last && s[i-last-1] != '.' {
		return false
	}
	r, size := utf8.DecodeRuneInString(s[i+1:])
	f := p.folds.get(r)
	if f.class != p.in || !f.upper || f.base == 0 {
		return false
	}
	// A letter alone: what follows it isn't one.
	next, _ := utf8.DecodeRuneInString(s[i+1+size:])
	return !p.folds.get(next).class.letter()
}

// abbreviation reports whether the dot at i belongs to what stands before it:
// the last of A.I., or that of St. and Dr.
func (p *pass) abbreviation(i int) bool {
	if p.in != latin && p.in != cyrillic && p.in != greek || !p.uppers {
		return false
	}
	word := p.text[p.unit.Start:i]
	if !p.lowers {
		return strings.IndexByte(word, '.') > 0
	}
	first, size := utf8.DecodeRuneInString(word)
	return utf8.RuneCountInString(word) <= 3 && unicode.IsUpper(first) && strings.ToLower(word[size:]) == word[size:]
}

// joins reports whether what follows the mark at the beginning of s is a
// character of the given class.
func joins(s string, t *foldTable, c class) bool {
	_, size := utf8.DecodeRuneInString(s)
	r, n := utf8.DecodeRuneInString(s[size:])
	return n > 0 && r != utf8.RuneError && t.get(r).class == c
}

// compose adds a sound mark to the kana before it, as half-width text has it.
func (p *pass) compose(r rune, i, size int) {
	if p.in != katakana && p.in != hiragana {
		p.other(i, hard, false, false)
		return
	}
	mark := "\u3099"
	if r == '\u309A' || r == '\u309C' || r == '\uFF9F' {
		mark = "\u309A"
	}
	kana := p.fold[p.unit.From:]
	whole := norm.NFC.String(string(kana) + mark)
	if utf8.RuneCountInString(whole) == 1 {
		p.fold = append(p.fold[:p.unit.From], whole...)
	}
	p.unit.End = int32(i + size)
}
