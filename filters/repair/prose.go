package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"copydesk/filters/text"
)

// amongProse reports whether the furniture's phrases in a block are mentioned
// among an author's sentences: the block begins with a sentence that none
// stands in, and no more than half of it are sentences with one. What recurs
// across the source is nobody's prose.
func (d *dressing) amongProse(b *block) bool {
	if b.linked() || d.page.source.Furniture.recurs(b.text).count >= 2 || standings(b.nodes[0], d.page.body, d.whole) == furnishing {
		return false
	}
	sentences, said, heard := 0, 0, 0
	for s := range sentencesOf(b.text) {
		f := wording(s)
		hit := f.sure || f.weak > 0
		if sentences == 0 && (hit || !proseLike(s)) {
			return false
		}
		sentences++
		said += len(s)
		if hit {
			heard += len(s)
		}
	}
	return sentences >= 2 && heard*2 <= said
}

// proseLike reports whether a sentence is long enough to be a statement.
func proseLike(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
			if wide(r) || text.Dense(r) {
				letters++
			}
		}
	}
	return letters >= 24
}

// sentencesOf yields the sentences of a folded text, with their full stops.
func sentencesOf(s string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start := 0
		for i := 0; i < len(s); {
			r, size := rune(s[i]), 1
			if r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(s[i:])
			}
			i += size
			switch r {
			case '.', '!', '?', '…', '؟', '۔', '।':
				if i < len(s) && s[i] != ' ' || initial(s[start:i]) {
					continue
				}
			case '。', '！', '？':
			default:
				continue
			}
			if !yield(strings.TrimSpace(s[start:i])) {
				return
			}
			start = i
		}
		if rest := strings.TrimSpace(s[start:]); rest != "" {
			yield(rest)
		}
	}
}

// initial reports whether a text ends with one letter and a full stop.
func initial(s string) bool {
	s = strings.TrimSuffix(s, ".")
	word := s[strings.LastIndexByte(s, ' ')+1:]
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsUpper(r)
}
