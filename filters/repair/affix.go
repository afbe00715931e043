package repair

import (
	"hash/fnv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// separation is a place that divides a headline from the site's name.
type separation struct {
	start, end int // with the white space around it
	mark       string
	tight      bool // no white space on either side
}

// separations finds what may divide a title: marks with spaces around them,
// bars and underscores anywhere, a colon with a space behind it, and, as tight
// ones, dashes within words.
func separations(title string) []separation {
	var out []separation
	for i := 0; i < len(title); {
		r, size := utf8.DecodeRuneInString(title[i:])
		class := separates(r)
		if class == 0 || i == 0 {
			i += size
			continue
		}
		end := i + size
		for end < len(title) {
			next, n := utf8.DecodeRuneInString(title[end:])
			if separates(next) == 0 {
				break
			}
			end += n
		}
		mark := title[i:end]
		left := strings.TrimRightFunc(title[:i], unicode.IsSpace)
		right := strings.TrimLeftFunc(title[end:], unicode.IsSpace)
		before, after := len(left) < i, len(title)-len(right) > end
		i = end
		if left == "" || right == "" {
			continue
		}
		s := separation{start: len(left), end: len(title) - len(right), mark: mark, tight: !before && !after}
		switch {
		case before && after:
		case class == 'b': // bars divide anywhere
		case class == 'c' && (after || r == '：' || len(mark) > 1):
		case class == 'd' && s.tight:
		default:
			continue
		}
		out = append(out, s)
	}
	return out
}

// separates tells whether a character may divide a title: b for bars, c for
// colons, d for dashes, o for others; 0 for none.
func separates(r rune) byte {
	switch r {
	case '|', '｜', '│', '┃', '_', '＿', '∣', '»', '·', '・', '－':
		return 'b'
	case ':', '：':
		return 'c'
	case '-', '–', '—', '―':
		return 'd'
	case '•', '«', '/', '~', '∙', '⋅', '‹', '›', '<', '>':
		return 'o'
	}
	return 0
}

// affix is a part at the beginning or the end of a title.
type affix struct {
	text  string // without the separator
	rest  string // the title without it
	front bool
	mark  string // the separator, trimmed
	tight bool   // no space around the separator
}

// affixes returns the parts at both ends of a title that may be a site's
// name, the nearest to the ends first.
func affixes(title string) []affix {
	var out []affix
	if inner, rest, ok := bracketed(title); ok {
		out = append(out, affix{text: inner, rest: rest, front: true, mark: "["})
	}
	if inner, rest, ok := bracketedEnd(title); ok {
		out = append(out, affix{text: inner, rest: rest, mark: "["})
	}
	all := separations(title)
	part := func(at separation, front bool) affix {
		a := affix{front: front, mark: at.mark, tight: at.tight}
		if front {
			a.text, a.rest = title[:at.start], title[at.end:]
		} else {
			a.text, a.rest = title[at.end:], title[:at.start]
		}
		return a
	}
	// A name may hold a separator itself: "Nord-Kurier", "A: B".
	for i := len(all) - 1; i >= 0 && i >= len(all)-3; i-- {
		out = append(out, part(all[i], false))
	}
	for i := 0; i < len(all) && i < 2; i++ {
		out = append(out, part(all[i], true))
	}
	return out
}

func bracketed(title string) (inner, rest string, ok bool) {
	for _, pair := range [][2]string{{"[", "]"}, {"【", "】"}, {"［", "］"}} {
		if after, found := strings.CutPrefix(title, pair[0]); found {
			if inner, rest, found = strings.Cut(after, pair[1]); found {
				rest = strings.TrimLeft(rest, " \u3000:：-–")
				return inner, rest, rest != ""
			}
		}
	}
	return "", "", false
}

func bracketedEnd(title string) (inner, rest string, ok bool) {
	for _, pair := range [][2]string{{"[", "]"}, {"【", "】"}, {"［", "］"}, {"(", ")"}, {"（", "）"}} {
		if before, found := strings.CutSuffix(title, pair[1]); found {
			if i := strings.LastIndex(before, pair[0]); i > 0 {
				return before[i+len(pair[0]):], strings.TrimRight(before[:i], " \u3000"), true
			}
		}
	}
	return "", "", false
}

func (a *affix) key() uint64 {
	h := fnv.New64a()
	side := "\x00<"
	if a.front {
		side = "\x00>"
	}
	h.Write([]byte(lettersOf(a.text) + side + a.mark)) // never fails
	return h.Sum64()
}

// plausible reports whether a part is short enough for a name and leaves a
// headline.
func (a *affix) plausible() bool {
	return a.text != "" && len(a.text) <= 90 && lettersOf(a.rest) != "" && columns(a.rest) >= 4
}
