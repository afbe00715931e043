package repair

import (
	"cmp"
	"slices"
	"unicode"
)

// stretch is a run of characters beyond ASCII that may be misread as a whole.
type stretch struct {
	start, end    int
	before, after rune // the ASCII letters beside it
	meant         string
	found         int   // sequences
	strong        int   // those that can't be spelling
	spoilt        int   // beginnings of sequences that lost their rest
	shown         uint8 // the script of the letters that show
	class         uint8 // the script of the letters that were meant
	letters       int   // how many those are
	humps         int   // capitals after small letters among them
}

// belongs reports whether what a run stood for fits the text around it: sound
// words in the script of the run say that its script is meant.
func (run *stretch) belongs(sound, total map[uint8]int) bool {
	switch {
	case run.class == classNone:
		return true
	case run.class == classLatin:
		return run.shown == classLatin || run.shown == classNone || run.before != 0 || run.after != 0 || sound[run.shown] == 0
	case total[run.class] < 3 && (run.letters < 2 || run.strong*2 < run.found):
		return false
	case run.shown == classLatin:
		return sound[classLatin] == 0 || sound[run.class] > 0 || run.letters >= 3 || total[run.class] >= 8
	default:
		return run.class == run.shown || sound[run.shown] == 0
	}
}

// soundLetters counts the letters beyond ASCII between runs, by script.
func soundLetters(s string, runs []stretch) map[uint8]int {
	sound := map[uint8]int{}
	done := 0
	count := func(s string) {
		for _, r := range s {
			if c := class(r); c != classNone {
				sound[c]++
			}
		}
	}
	for i := range runs {
		count(s[done:runs[i].start])
		done = runs[i].end
	}
	count(s[done:])
	return sound
}

// odd reports whether a sequence can hardly be spelling: a sign in the midst
// of a word, a control character, a capital after small letters, or letters of
// two scripts.
func (m *misreading) odd(run *stretch, runes []rune, i, length int) bool {
	at := func(k int) rune {
		switch {
		case k < 0 && run.before != 0:
			return run.before
		case k >= len(runes) && run.after != 0:
			return run.after
		case k < 0 || k >= len(runes):
			return ' '
		}
		return runes[k]
	}
	lead, before, after := runes[i], at(i-1), at(i+length)
	switch {
	case lead == '√':
		return (unicode.IsLetter(before) || unicode.IsLetter(after)) && class(runes[i+1]) != classGreek
	case drawn(lead), lead == '‚' && runes[i+1] == 'Ä', lead == 'â' && (runes[i+1] == '€' || runes[i+1] == '‚'):
		return true
	case !unicode.IsLetter(lead):
		return length > 2 || len(runes) >= 6
	case unicode.IsUpper(lead) && unicode.IsLower(before) && (i > 0 || class(lead) == classLatin):
		return true
	case run.before != 0 && i == 0 && class(lead) != classLatin && class(lead) != classNone:
		return true
	case unicode.IsUpper(lead) && unicode.IsUpper(after) && i+length < len(runes) && !unicode.IsUpper(runes[i+1]):
		return true // small and capital letters in turn
	}
	for k := i + 1; k < i+length; k++ {
		if oddAt(at(k-1), runes[k], at(k+1)) {
			return true
		}
	}
	return false
}

// oddAt reports whether a character can hardly stand between two others.
func oddAt(before, r, after rune) bool {
	switch {
	case r >= 0x80 && r <= 0x9F, drawn(r):
		return true
	case r == '’', r == '‘', r == '-', r == '–', r == '—', r == '·':
		return false // may stand within words
	case class(r) != classNone:
		return unicode.IsUpper(r) && (unicode.IsLower(before) || unicode.IsLower(after)) && (unicode.IsLower(before) || class(r) != class(after))
	case unicode.IsSpace(r):
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	case unicode.IsLetter(after) || unicode.IsLetter(r):
		return unicode.IsLetter(before) || !unicode.IsPunct(r)
	default:
		return unicode.IsLetter(before) && !unicode.IsPunct(r) && after != ' '
	}
}

// drawn tells the characters that boxes are drawn with.
func drawn(r rune) bool { return r >= 0x2500 && r < 0x25A0 || r == '⌠' || r == '⌡' }

const (
	classNone uint8 = iota
	classLatin
	classGreek
	classCyrillic
	classEastern // ideographs, kana and Hangul, which stand together
	classOther   // further scripts count up from here
)

// span is a range of characters that texts of today consist of.
type span struct {
	first, last rune
	class       uint8
	rare        bool // but only beside common ones
}

// spans are in order.
var spans = []span{
	{0x00A0, 0x00BF, classNone, false}, {0x00C0, 0x00D6, classLatin, false}, {0x00D7, 0x00D7, classNone, false},
	{0x00D8, 0x00F6, classLatin, false}, {0x00F7, 0x00F7, classNone, false}, {0x00F8, 0x017F, classLatin, false},
	{0x018F, 0x018F, classLatin, true}, {0x01A0, 0x01A1, classLatin, false},
	{0x01AF, 0x01B0, classLatin, false}, {0x0218, 0x021B, classLatin, false}, {0x0259, 0x0259, classLatin, false}, {0x0386, 0x0386, classGreek, false},
	{0x0388, 0x03CE, classGreek, false}, {0x0400, 0x045F, classCyrillic, false}, {0x0490, 0x0491, classCyrillic, false}, {0x0492, 0x04E9, classCyrillic, true},
	{0x0531, 0x0587, classOther, false}, {0x0589, 0x058A, classNone, false}, {0x05B0, 0x05C2, classOther + 1, true}, {0x05D0, 0x05EA, classOther + 1, false},
	{0x060C, 0x060C, classNone, false}, {0x061B, 0x061F, classNone, false}, {0x0621, 0x0652, classOther + 2, false},
	{0x0660, 0x066B, classNone, false}, {0x0671, 0x06D5, classOther + 2, false}, {0x06F0, 0x06F9, classNone, false},
	{0x0901, 0x0970, classOther + 3, false}, {0x0981, 0x09FB, classOther + 4, false}, {0x0A01, 0x0A75, classOther + 5, false},
	{0x0A81, 0x0AF1, classOther + 6, false}, {0x0B82, 0x0BFA, classOther + 7, false}, {0x0C01, 0x0C7F, classOther + 8, false},
	{0x0C82, 0x0CF2, classOther + 9, false}, {0x0D02, 0x0D7F, classOther + 10, false}, {0x0D82, 0x0DF4, classOther + 11, false},
	{0x0E01, 0x0E5B, classOther + 12, false}, {0x10D0, 0x10FA, classOther + 13, false}, {0x1E00, 0x1EFF, classLatin, false},
	{0x1F00, 0x1FFE, classGreek, true}, {0x2009, 0x203A, classNone, false}, {0x20A0, 0x20BF, classNone, false},
	{0x2103, 0x2122, classNone, false}, {0x2190, 0x21AA, classNone, false}, {0x2212, 0x2265, classNone, false},
	{0x2500, 0x27BF, classNone, false}, {0x2B05, 0x2B55, classNone, false}, {0x3000, 0x3020, classNone, false},
	{0x3041, 0x30FF, classEastern, false}, {0x4E00, 0x9FA5, classEastern, false}, {0xAC00, 0xD7A3, classEastern, false},
	{0xFE0F, 0xFE0F, classNone, false}, {0xFEFF, 0xFEFF, classNone, false}, {0xFF01, 0xFF5E, classNone, false},
	{0x1F1E6, 0x1F1FF, classNone, false}, {0x1F300, 0x1FAFF, classNone, false},
}

// spanOf returns the span a character is in, nil for one that is in none.
func spanOf(r rune) *span {
	i, _ := slices.BinarySearchFunc(spans, r, func(s span, r rune) int { return cmp.Compare(s.last, r) })
	if i == len(spans) || r < spans[i].first {
		return nil
	}
	return &spans[i]
}

// class is the script of a letter beyond ASCII; classNone for what goes with
// any.
func class(r rune) uint8 {
	switch {
	case r < 0xC0:
		return classNone
	case r >= 0x0400 && r < 0x0460:
		return classCyrillic // by far the most of what is looked at
	case !unicode.IsLetter(r) && !unicode.IsMark(r):
		return classNone
	}
	if s := spanOf(r); s != nil {
		return s.class
	}
	switch { // letters that nothing is mended to still have a script
	case r < 0x0370:
		return classLatin
	case r < 0x0400:
		return classGreek
	case r < 0x0530:
		return classCyrillic
	}
	return classOther
}

// plausible reports whether characters can stand where the run stands: letters
// of one script, common ones, and no signs within words.
func (run *stretch) plausible(meant []rune) bool {
	run.class, run.letters, run.humps = classNone, 0, 0
	rare := 0
	for i, r := range meant {
		if r == 0x2026 || r >= 0x2018 && r <= 0x201F {
			continue
		}
		s := spanOf(r)
		if s == nil || r == 0xFEFF && i > 0 {
			return false
		}
		before := i > 0 && class(meant[i-1]) != classNone || i == 0 && run.before != 0
		after := i+1 < len(meant) && class(meant[i+1]) != classNone || i+1 == len(meant) && run.after != 0
		if s.class == classNone {
			// Signs of Latin-1 don't stand inside words.
			if r < 0xC0 && r != 0xA0 && r != 0xAD && r != 0xB7 && r != '»' && r != '«' && before && after {
				return false
			}
			continue
		}
		if run.class != classNone && run.class != s.class {
			return false
		}
		run.class = s.class
		run.letters++
		if s.rare {
			rare++
		}
		if i > 0 && unicode.IsLower(meant[i-1]) && unicode.IsUpper(r) {
			run.humps++
		}
	}
	first, last := class(meant[0]), class(meant[len(meant)-1])
	if run.before != 0 && first > classLatin && (first != classEastern || run.letters < 2) ||
		run.after != 0 && last > classLatin && (last != classEastern || run.letters < 2) {
		return false
	}
	return (rare == 0 || rare*2 <= run.letters || run.class == classLatin) && run.humps*4 <= run.letters
}
