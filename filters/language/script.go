package language

import "unicode"

// script is a writing system as far as it narrows the choice of languages.
type script uint8

const (
	none script = iota
	latin
	cyrillic
	arabic
	devanagari
	han
	kana
	hangul
	firstSole // from here on a script is read as one language
)

// block is a range of letters of one script.
type block struct {
	lo, hi rune
	script script
}

// soles are the scripts in which feeds are written in one language only, or
// nearly so: the language follows from the letters.
var soles = [...]struct {
	language string
	blocks   []block // their script is left open: it is the place in this table
}{
	{"el", []block{{0x0370, 0x03FF, 0}, {0x1F00, 0x1FFF, 0}}},
	{"hy", []block{{0x0530, 0x058F, 0}, {0xFB13, 0xFB17, 0}}},
	{"he", []block{{0x0590, 0x05FF, 0}, {0xFB1D, 0xFB4F, 0}}},
	{"bn", []block{{0x0980, 0x09FF, 0}}},
	{"pa", []block{{0x0A00, 0x0A7F, 0}}},
	{"gu", []block{{0x0A80, 0x0AFF, 0}}},
	{"or", []block{{0x0B00, 0x0B7F, 0}}},
	{"ta", []block{{0x0B80, 0x0BFF, 0}}},
	{"te", []block{{0x0C00, 0x0C7F, 0}}},
	{"kn", []block{{0x0C80, 0x0CFF, 0}}},
	{"ml", []block{{0x0D00, 0x0D7F, 0}}},
	{"si", []block{{0x0D80, 0x0DFF, 0}}},
	{"th", []block{{0x0E00, 0x0E7F, 0}}},
	{"lo", []block{{0x0E80, 0x0EFF, 0}}},
	{"bo", []block{{0x0F00, 0x0FFF, 0}}},
	{"my", []block{{0x1000, 0x109F, 0}, {0xAA60, 0xAA7F, 0}}},
	{"ka", []block{{0x10A0, 0x10FF, 0}, {0x1C90, 0x1CBF, 0}, {0x2D00, 0x2D2F, 0}}},
	{"am", []block{{0x1200, 0x139F, 0}, {0x2D80, 0x2DDF, 0}}},
	{"km", []block{{0x1780, 0x17FF, 0}}},
}

// blocks are the scripts that several languages share.
var blocks = [...]block{
	{0x0041, 0x005A, latin}, {0x0061, 0x007A, latin}, {0x00AA, 0x00AA, latin}, {0x00BA, 0x00BA, latin},
	{0x00C0, 0x00D6, latin}, {0x00D8, 0x00F6, latin}, {0x00F8, 0x02AF, latin}, {0x1E00, 0x1EFF, latin},
	{0xFB00, 0xFB06, latin}, {0xFF21, 0xFF3A, latin}, {0xFF41, 0xFF5A, latin},
	{0x0400, 0x052F, cyrillic}, {0x1C80, 0x1C8F, cyrillic}, {0x2DE0, 0x2DFF, cyrillic},
	{0x0600, 0x06FF, arabic}, {0x0750, 0x077F, arabic}, {0x08A0, 0x08FF, arabic}, {0xFB50, 0xFDFF, arabic}, {0xFE70, 0xFEFC, arabic},
	{0x0900, 0x097F, devanagari}, {0xA8E0, 0xA8FF, devanagari},
	{0x3005, 0x3007, han}, {0x3400, 0x4DBF, han}, {0x4E00, 0x9FFF, han}, {0xF900, 0xFAFF, han}, {0x20000, 0x323AF, han},
	{0x3041, 0x309F, kana}, {0x30A1, 0x30FA, kana}, {0x30FC, 0x30FF, kana}, {0x31F0, 0x31FF, kana}, {0xFF66, 0xFF9F, kana},
	{0x1100, 0x11FF, hangul}, {0x3131, 0x318E, hangul}, {0xA960, 0xA97F, hangul}, {0xAC00, 0xD7FF, hangul},
}

// scriptTable holds the script of each character below the ideographs, so
// that nearly all are told by one look.
type scriptTable struct {
	low [0x3200]script
}

func newScriptTable() *scriptTable {
	t := &scriptTable{}
	for _, b := range blocks {
		for r := b.lo; r <= b.hi && int(r) < len(t.low); r++ {
			t.low[r] = b.script
		}
	}
	for i, s := range soles {
		for _, b := range s.blocks {
			for r := b.lo; r <= b.hi && int(r) < len(t.low); r++ {
				t.low[r] = firstSole + script(i)
			}
		}
	}
	for r := range t.low {
		if !unicode.IsLetter(rune(r)) && !unicode.IsMark(rune(r)) && t.low[r] != kana {
			t.low[r] = none
		}
	}
	return t
}

// of returns the script of a letter or mark, none for everything else.
func (t *scriptTable) of(r rune) script {
	if r >= 0 && int(r) < len(t.low) {
		return t.low[r]
	}
	switch {
	case r >= 0xAC00 && r <= 0xD7FF:
		return hangul
	case r >= 0x3400 && r <= 0x9FFF && (r <= 0x4DBF || r >= 0x4E00):
		return han
	}
	for _, b := range blocks {
		if r >= b.lo && r <= b.hi && (unicode.IsLetter(r) || unicode.IsMark(r)) {
			return b.script
		}
	}
	return none
}
