package story

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"copydesk/filters/text"
)

// hanForms are the simplified forms of Chinese characters, from U+4E00.
type hanForms [0xA000 - 0x4E00]uint16

// simplified asks the normalisation of texts for them, so that there is one
// rule of which characters are the same.
var simplified = sync.OnceValue(func() *hanForms {
	forms := new(hanForms)
	var all strings.Builder
	for i := range forms {
		forms[i] = uint16(i + 0x4E00)
		all.WriteRune(rune(i + 0x4E00))
	}
	n := text.Normalise(all.String())
	for i, u := range n.Units {
		from, _ := utf8.DecodeRuneInString(n.Text[u.Start:])
		to, _ := utf8.DecodeRune(n.Word(i))
		if from >= 0x4E00 && from < 0xA000 && to >= 0x4E00 && to < 0xA000 {
			forms[from-0x4E00] = uint16(to)
		}
	}
	return forms
})

func (f *hanForms) of(r rune) rune {
	if r < 0x4E00 || r >= 0xA000 {
		return r
	}
	return rune(f[r-0x4E00])
}

// latinFold maps the letters of Latin-1 and Latin Extended-A to those of
// a to z, beginning at U+00C0.
var latinFold = [...]string{
	"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "t", "s",
	"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "t", "y",
	"a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d", "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g",
	"g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i", "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l",
	"l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o", "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s",
	"s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s",
}

// fold appends a letter as it is compared: without case, accent and width.
func fold(b []byte, r rune) []byte {
	switch {
	case r < 0x80:
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(b, byte(r))
	case r >= 0xC0 && r < 0x180:
		return append(b, latinFold[r-0xC0]...)
	case r == 'ё' || r == 'Ё':
		r = 'е'
	case r >= 0x410 && r <= 0x42F:
		r += 0x20
	case r >= 0x622 && r <= 0x649:
		r = arabicFold(r)
	case r >= 0xFF21 && r <= 0xFF5A:
		return fold(b, r-0xFEE0)
	default:
		r = unicode.ToLower(r)
	}
	return utf8.AppendRune(b, r)
}

// arabicFold makes one of the letters that are written with and without their
// marks.
func arabicFold(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ':
		return 'ا'
	case 'ة':
		return 'ه'
	case 'ى':
		return 'ي'
	}
	return r
}

func foldedWord(w string) string {
	var b []byte
	for _, r := range w {
		b = fold(b, r)
	}
	return string(b)
}

func foldedHash(w string) uint32 {
	return hash32(seedWord, foldedWord(w))
}

// Kinds of keys are told apart by what their digest starts from.
const (
	seedWord uint32 = 2166136261 + iota
	seedPair
	seedHan
	seedName
	seedNames
	seedNumber
	seedClock
	seedDate
	seedTopic
	seedLink
	seedMedia
	seedTitle
	seedText
	seedCombined
)

// hash32 is FNV-1a with a last mix, since the index takes its low bits.
func hash32[T string | []byte](seed uint32, s T) uint32 {
	h := seed
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * prime32
	}
	return mix32(h)
}

const prime32 = 16777619

func mix32(h uint32) uint32 {
	h = (h ^ h>>16) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return h ^ h>>16
}

// The same of 64 bits, in steps; 0 is kept for none.
func start64(seed uint32) uint64 { return uint64(seed) ^ 14695981039346656037 }

const prime64 = 1099511628211

func end64(h uint64) uint64 {
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	return max(h^h>>33, 1)
}

func hash64[T string | []byte](seed uint32, s T) uint64 {
	h := start64(seed)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * prime64
	}
	return end64(h)
}

// stem cuts a folded word to what its inflections share. It is crude: what it
// confuses is rare beside what else two texts of one event share.
func stem(w []byte, language [2]byte) []byte {
	if len(w) == 0 {
		return w
	}
	if w[0] >= 0x80 { // of two bytes a letter, mostly: five letters
		if w[0] >= 0xD8 && w[0] <= 0xDB {
			w = withoutArticle(w)
		}
		return clip(w, 10)
	}
	if language != [2]byte{'e', 'n'} {
		return clip(w, 6)
	}
	for _, ending := range englishEndings[w[len(w)-1]] {
		if rest, ok := bytes.CutSuffix(w, ending); ok && len(rest) >= 3 {
			return clip(rest, 8)
		}
	}
	return clip(w, 8)
}

// withoutArticle cuts what Arabic writes before a noun as one word with it.
func withoutArticle(w []byte) []byte {
	for _, article := range [...]string{"وال", "بال", "ال", "لل"} {
		if len(w) >= len(article)+6 && string(w[:len(article)]) == article {
			return w[len(article):]
		}
	}
	return w
}

// englishEndings by their last letter, the longer before the shorter.
var englishEndings = func() (last [256][][]byte) {
	for _, ending := range bytes.Fields([]byte("ingly edly ings ing ies ied ers ed es er ly s e y")) {
		c := ending[len(ending)-1]
		last[c] = append(last[c], ending)
	}
	return last
}()

func clip(w []byte, n int) []byte {
	if len(w) <= n {
		return w
	}
	for n > 0 && !utf8.RuneStart(w[n]) {
		n--
	}
	return w[:n]
}
