package text

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// class says what a character is to the reading of words.
type class uint8

const (
	hard    class = iota // punctuation that ends a phrase, and all that isn't listed below
	space                // any white space
	hyphen               // hyphens and dashes
	quote                // quotation marks
	apostro              // apostrophes, also those that quote
	ignored              // soft hyphens, zero-width characters, marks that only help the reader
	joined               // a mark that belongs to the character before it
	digit
	latin
	cyrillic
	greek
	arabic
	hebrew
	hangul
	worded // any other script that divides words
	han
	hiragana
	katakana
	dense // any other script that doesn't divide words
)

func (c class) letter() bool { return c >= digit }
func (c class) dense() bool  { return c >= han }

// fold is what becomes of one character.
type fold struct {
	base   rune // case, width, accents and variants folded; 0: see folds.long
	class  class
	upper  bool
	cased  bool
	accent bool // an accent was taken off
	alone  bool // may compose with what stands before it: the text isn't certainly in NFC
}

type foldTable struct {
	low  [0x3400]fold
	han  [0xA000 - 0x3400]uint16 // simplified form; 0: itself
	high [0x10000 - 0xF900]fold
	long map[rune]string // characters that become several
}

// folds is built when the first text is normalised: a program that only
// prints its version doesn't need it.
var folds = sync.OnceValue(buildFolds)

func buildFolds() *foldTable {
	t := &foldTable{long: make(map[rune]string)}
	trad := []rune(simplified)
	for i := 0; i+1 < len(trad); i += 2 {
		if r := trad[i]; r >= 0x3400 && r < 0xA000 {
			t.han[r-0x3400] = uint16(trad[i+1])
		}
	}
	for r := rune(0); r < rune(len(t.low)); r++ {
		t.low[r] = t.make(r)
	}
	for i := range t.high {
		t.high[i] = t.make(rune(0xF900 + i))
	}
	return t
}

func (t *foldTable) get(r rune) fold {
	switch {
	case r < 0x3400:
		return t.low[r]
	case r < 0xA000:
		f := fold{base: r, class: han}
		if s := t.han[r-0x3400]; s != 0 {
			f.base = rune(s)
		}
		return f
	case r >= 0xAC00 && r <= 0xD7A3:
		return fold{base: r, class: hangul}
	case r >= 0xF900 && r < 0x10000:
		return t.high[r-0xF900]
	}
	return t.rare(r)
}

// rare folds what is in no table; only those of its forms that are one
// character are kept.
func (t *foldTable) rare(r rune) fold {
	f, _ := t.compute(r)
	return f
}

func (t *foldTable) make(r rune) fold {
	f, long := t.compute(r)
	if long != "" {
		t.long[r] = long
	}
	return f
}

// kept are letters of their own that Unicode can take apart.
const kept = "йїўѓќғ"

// taken are letters with a stroke, which Unicode doesn't take apart, and
// ligatures. Where it says so, they count as accented.
var taken = map[rune]struct {
	base   string
	accent bool
}{
	'ß': {"ss", false}, 'æ': {"ae", false}, 'œ': {"oe", false}, 'ø': {"o", true}, 'ł': {"l", true},
	'đ': {"d", true}, 'ð': {"d", true}, 'þ': {"th", true}, 'ħ': {"h", true}, 'ŧ': {"t", true},
	'ı': {"i", false}, 'ё': {"е", false}, 'ς': {"σ", false}, 'ſ': {"s", false},
	'أ': {"ا", false}, 'إ': {"ا", false}, 'آ': {"ا", false}, 'ٱ': {"ا", false}, 'ى': {"ي", false}, 'ی': {"ي", false},
	'ک': {"ك", false}, 'ة': {"ه", false}, 'ھ': {"ه", false}, 'ہ': {"ه", false},
	'ך': {"כ", false}, 'ם': {"מ", false}, 'ן': {"נ", false}, 'ף': {"פ", false}, 'ץ': {"צ", false},
}

func (t *foldTable) compute(r rune) (fold, string) {
	if c, ok := marks(r); ok {
		return fold{class: c, alone: suspect(r)}, ""
	}
	lower := unicode.ToLower(r)
	if r == 'İ' {
		lower = 'i'
	}
	f := fold{upper: lower != r, alone: suspect(r)}
	f.cased = f.upper || unicode.IsLower(r)
	whole := string(lower)
	if !strings.ContainsRune(kept, lower) {
		if c := scriptOf(r); c == hiragana || c == katakana {
			whole = norm.NFKC.String(whole)
		} else {
			whole = norm.NFKD.String(whole)
		}
	}
	var b strings.Builder
	for _, p := range whole {
		l := unicode.ToLower(p)
		f.upper = f.upper || l != p
		f.cased = f.cased || unicode.IsLower(l)
		if c, ok := marks(l); ok && c == ignored || unicode.Is(unicode.Mn, l) && stripped(l) {
			f.accent = f.accent || unicode.Is(unicode.Mn, l) && f.class != greek && f.class != cyrillic && f.class < arabic && l != '\u0307'
			continue
		}
		if f.class == hard {
			f.class = scriptOf(l)
		}
		if k, ok := taken[l]; ok {
			b.WriteString(k.base)
			f.accent = f.accent || k.accent
			continue
		}
		if l >= 0x3400 && l < 0xA000 {
			if s := t.han[l-0x3400]; s != 0 {
				l = rune(s)
			}
		}
		b.WriteRune(l)
	}
	s := []rune(b.String())
	if len(s) == 1 {
		f.base = s[0]
		if c, ok := marks(s[0]); ok {
			f.class = c
		}
		return f, ""
	}
	if !f.class.letter() {
		f.class = hard
		return f, ""
	}
	for _, r := range s { // a fraction, a bracketed number: not a word
		if !scriptOf(r).letter() {
			f.class = hard
			return f, ""
		}
	}
	return f, string(s)
}

// suspect reports whether a character may be changed by NFC, alone or with
// what stands before it.
func suspect(r rune) bool {
	p := norm.NFC.PropertiesString(string(r))
	return !p.BoundaryBefore() || !norm.NFC.IsNormalString(string(r))
}

// stripped reports whether a combining mark is an accent: in the scripts of
// India and their kin marks are vowels.
func stripped(r rune) bool {
	return r >= 0x0300 && r < 0x0370 || r >= 0x1AB0 && r < 0x1B00 || r >= 0x1DC0 && r < 0x1E00 || r >= 0x20D0 && r < 0x2100
}

// marks gives the class of what is neither letter nor digit.
func marks(r rune) (class, bool) {
	switch r {
	case '\'', '’', '‘', '‛', 'ʼ', 'ʻ', '`', '´', '′', '＇', '׳':
		return apostro, true
	case '"', '“', '”', '„', '‟', '«', '»', '‹', '›', '‚', '″', '＂', '״':
		return quote, true
	case '-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212', '\u05BE', '\uFE63', '\uFF0D', '\uFE58':
		return hyphen, true
	case '\u00AD', '\u034F', '\u061C', '\u0640', '\u070F', '\u180E', '\uFEFF', '\u115F', '\u1160', '\u3164', '\uFFA0':
		return ignored, true
	case '\u200B', '\u200C', '\u200D', '\u200E', '\u200F', '\u2060', '\u2061', '\u2062', '\u2063', '\u2064':
		return ignored, true
	case '\u3099', '\u309A', '\uFF9E', '\uFF9F', '\u309B', '\u309C':
		return joined, true
	}
	switch {
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x206F, r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0000 && r < 0xE0200, r >= 0x180B && r <= 0x180D:
		return ignored, true
	case unicode.IsSpace(r) || unicode.Is(unicode.Z, r):
		return space, true
	case r >= 0x0591 && r <= 0x05C7, r >= 0x0610 && r <= 0x061A, r >= 0x064B && r <= 0x065F, r == 0x0670, r >= 0x06D6 && r <= 0x06ED:
		return ignored, true // points, harakat, cantillation
	case stripped(r):
		return ignored, true
	}
	return hard, false
}

func scriptOf(r rune) class {
	switch {
	case r == 'ー':
		return katakana
	case r == '々' || r == '〆' || r == '〇':
		return han
	case unicode.IsNumber(r):
		if unicode.Is(unicode.Han, r) {
			return han
		}
		return digit
	case !unicode.IsLetter(r) && !unicode.IsMark(r):
		return hard
	}
	for _, s := range scripts {
		if unicode.Is(s.table, r) {
			return s.class
		}
	}
	return worded
}

var scripts = []struct {
	table *unicode.RangeTable
	class class
}{
	{unicode.Latin, latin}, {unicode.Cyrillic, cyrillic}, {unicode.Han, han}, {unicode.Hiragana, hiragana},
	{unicode.Katakana, katakana}, {unicode.Hangul, hangul}, {unicode.Greek, greek}, {unicode.Arabic, arabic},
	{unicode.Hebrew, hebrew}, {unicode.Thai, dense}, {unicode.Lao, dense}, {unicode.Khmer, dense}, {unicode.Myanmar, dense},
	{unicode.Tibetan, dense},
}
