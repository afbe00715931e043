package text

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Script is the kind of characters that a unit is made of.
type Script uint8

const (
	Number Script = iota
	Latin
	Cyrillic
	Greek
	Arabic
	Hebrew
	Hangul
	Other // any other script that divides words
	Han
	Hiragana
	Katakana
	Thai // any other script that doesn't divide words
)

// Dense reports whether the script doesn't divide words.
func (s Script) Dense() bool { return s >= Han }

// Gap is what stands between a unit and the one before it.
type Gap uint8

const (
	Tied  Gap = iota // nothing: 5 and G in 5G
	Next             // nothing but a change of script, or two characters of a script without spaces
	Space            // white space, with or without quotation marks
	Dash             // a hyphen without white space around it, or at the end of a line
	Quote            // an apostrophe or a quotation mark
	Stop             // anything that ends a phrase
)

// Unit is a word, a number, or a character of a script that doesn't divide words.
type Unit struct {
	Start, End int32 // in Text
	From, To   int32 // in Fold
	Script     Script
	Gap        Gap
	Capitals   bool // every letter that has case is a capital
	Accents    bool // an accent was taken off
}

// Normal is a text normalised for the matching of terms: once for all that
// look at it.
type Normal struct {
	Text  string // in Unicode's NFC
	Fold  []byte // the units' folded characters, without what stands between
	Units []Unit
}

// Normalise folds case, width, accents, variants of one character and
// traditional Chinese, leaves out what a reader doesn't see, and finds the
// words. Addresses that stand in the text aren't part of it.
func Normalise(s string) *Normal { return normalise(s, true) }

// Terms normalises what a user wrote to be found; an address in it is text.
func Terms(s string) *Normal { return normalise(s, false) }

func normalise(s string, addresses bool) *Normal {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	n := &Normal{Text: s}
	p := pass{text: s, folds: folds()}
	p.addresses = addresses && (strings.IndexByte(s, '.') >= 0 || strings.IndexByte(s, '/') >= 0 || strings.IndexByte(s, '@') >= 0)
	if !p.run(true) {
		n.Text = norm.NFC.String(s)
		p = pass{text: n.Text, folds: p.folds, addresses: p.addresses}
		p.run(false)
	}
	n.Fold, n.Units = p.fold, p.units
	return n
}

// Word returns a unit's folded characters.
func (n *Normal) Word(i int) []byte { return n.Fold[n.Units[i].From:n.Units[i].To] }

// Accented returns a unit in small letters with its accents.
func (n *Normal) Accented(i int) string {
	t := folds()
	u := n.Units[i]
	var b strings.Builder
	for _, r := range n.Text[u.Start:u.End] {
		f := t.get(r)
		switch {
		case !f.class.letter():
		case f.accent:
			b.WriteRune(unicode.ToLower(r))
		case f.base != 0:
			b.WriteRune(f.base)
		default:
			b.WriteString(t.long[r])
		}
	}
	return b.String()
}

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
	p.fold = make([]byte, 0, len(s)+len(s)/16+8)
	p.units = make([]Unit, 0, len(s)/3+4)
	p.gap = Stop
	start := true // of what may be an address
	for i := 0; i < len(s); {
		c := s[i]
		if start && p.addresses && c > ' ' && c < 0x80 && p.asked < mostAsked {
			p.asked++
			if n := address(s[i:]); n > 0 {
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

// Between returns the units that stand in Text[start:end]: the first, and the
// one behind the last.
func (n *Normal) Between(start, end int) (int, int) {
	from := sort.Search(len(n.Units), func(i int) bool { return int(n.Units[i].End) > start })
	to := sort.Search(len(n.Units), func(i int) bool { return int(n.Units[i].Start) >= end })
	return from, max(from, to)
}

// Around returns Text[start:end] with up to so many characters on either
// side, in one line; dots stand for what was cut off.
func (n *Normal) Around(start, end, margin int) string {
	const longest = 200 // bytes of the middle
	from, to := start, end
	for i := 0; i < margin && from > 0; i++ {
		_, size := utf8.DecodeLastRuneInString(n.Text[:from])
		from -= size
	}
	for i := 0; i < margin && to < len(n.Text); i++ {
		_, size := utf8.DecodeRuneInString(n.Text[to:])
		to += size
	}
	middle := n.Text[from:to]
	if end-start > longest {
		middle = strings.ToValidUTF8(n.Text[from:start+longest/2], "") + " … " + strings.ToValidUTF8(n.Text[end-longest/2:to], "")
	}
	middle = strings.Join(strings.Fields(middle), " ")
	if from > 0 {
		middle = "…" + middle
	}
	if to < len(n.Text) {
		middle += "…"
	}
	return middle
}

// Words counts the words of units [from:to) as a reader would: 1.7 characters
// make one in scripts that don't divide them, and what is tied is one.
func (n *Normal) Words(from, to int) int {
	words, dense := 0, 0
	for i := from; i < to; i++ {
		switch u := &n.Units[i]; {
		case u.Script.Dense():
			dense++
		case u.Gap != Tied || i == from:
			words++
		}
	}
	return words + (dense*10+16)/17
}
