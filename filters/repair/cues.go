package repair

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// cue is one phrase of the table, ready to be looked for.
type cue struct {
	kind  cueKind
	sure  bool
	begin bool     // stands at the beginning of the block
	end   bool     // stands at its end
	parts []string // what gaps divide
}

// phraseKey is the first three characters of a phrase, 0 for what it hasn't.
type phraseKey [3]rune

// phraseBook holds the phrases: those that can stand where a block begins, and
// those that can stand in its midst, which are far fewer.
type phraseBook struct{ first, inside phraseIndex }

// phraseIndex finds phrases by the first characters of each.
type phraseIndex struct {
	// may tells by a hash of the characters that no phrase begins with them, as
	// of most words: 4 KB, which stay in the processor's nearest cache.
	may    [1 << 15 / 64]uint64
	at     [1 << 15]uint16 // by the same hash, where groups are
	groups [][]phraseGroup
}

type phraseGroup struct {
	key  phraseKey
	cues []cue
}

func hashOf(k phraseKey) uint32 {
	return (uint32(k[0])*31 + uint32(k[1])*1021 + uint32(k[2])*2654435761>>7) & (1<<15 - 1)
}

func (x *phraseIndex) find(k phraseKey) []cue {
	h := hashOf(k)
	if x.may[h/64]>>(h%64)&1 == 0 {
		return nil
	}
	for _, g := range x.groups[x.at[h]] {
		if g.key == k {
			return g.cues
		}
	}
	return nil
}

func (x *phraseIndex) add(c cue) {
	key := keyOf(c.parts[0])
	h := hashOf(key)
	if x.may[h/64]>>(h%64)&1 == 0 {
		x.may[h/64] |= 1 << (h % 64)
		x.at[h] = uint16(len(x.groups))
		x.groups = append(x.groups, nil)
	}
	groups := &x.groups[x.at[h]]
	for i := range *groups {
		if g := &(*groups)[i]; g.key == key {
			g.cues = append(g.cues, c)
			return
		}
	}
	*groups = append(*groups, phraseGroup{key, []cue{c}})
}

var cues = sync.OnceValue(func() *phraseBook {
	book := &phraseBook{}
	for _, group := range slices.Concat(wordings, frames, offices, pages, wires) {
		for _, l := range group.lines {
			for s := range strings.SplitSeq(l, " | ") {
				c := cue{kind: group.kind, sure: group.sure}
				if s, c.begin = strings.CutPrefix(s, "^"); c.begin {
					s = strings.TrimLeft(s, "¿¡") // a block begins with its first letter
				}
				s, c.end = strings.CutSuffix(s, "$")
				for part := range strings.SplitSeq(s, "…") {
					if part = strings.TrimSpace(part); part != "" {
						c.parts = append(c.parts, part)
					}
				}
				if len(c.parts) == 0 {
					continue
				}
				book.first.add(c)
				if !c.begin {
					book.inside.add(c)
				}
			}
		}
	}
	return book
})

// keyOf returns the first characters of a text.
func keyOf(s string) (k phraseKey) {
	for i := range k {
		if s == "" {
			break
		}
		r, size := rune(s[0]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s)
		}
		k[i], s = r, s[size:]
	}
	return k
}

// finding is what the wording of a block says.
type finding struct {
	kind  cueKind // of the surest phrase; 0: none
	sure  bool
	weak  int    // kinds of phrases that aren't sure
	heard uint64 // these kinds, as bits
	begin bool   // a sure phrase stands at the beginning
}

// normalise spells a text as the phrases are spelt.
func normalise(s string) string {
	var buffer [512]byte
	out := buffer[:0]
	number := false
	sign := 0 // bytes of out that hold a sign inside a number that may go on
	for i := 0; i < len(s); {
		c := s[i]
		if !number && c < utf8.RuneSelf && (c < '0' || c > '9') { // most of what there is
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			out = append(out, c)
			i++
			continue
		}
		r, size := rune(c), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		if r >= '0' && r <= '9' || r >= 0x80 && unicode.IsDigit(r) {
			if !number {
				out = append(out, '0')
			}
			out = out[:len(out)-sign]
			number, sign = true, 0
			continue
		}
		inside := number && sign == 0 && (r == '.' || r == ',' || r == '\u00a0' || r == '\u202f' || r == ' ' || r == '\'' || r == '’')
		number = inside
		before := len(out)
		switch {
		case r >= 'A' && r <= 'Z':
			out = append(out, byte(r)+'a'-'A')
		case r < utf8.RuneSelf:
			out = append(out, byte(r))
		case r == '’' || r == '‘' || r == 'ʼ':
			out = append(out, '\'')
		case r == '\u00a0' || r == '\u202f' || r == '\u3000':
			out = append(out, ' ')
		default:
			out = utf8.AppendRune(out, unicode.ToLower(r))
		}
		sign = 0
		if inside {
			sign = len(out) - before
		}
	}
	return string(out)
}

// wording looks for phrases of furniture in a text. What stands in quotation
// marks is somebody's speech and says nothing.
func wording(s string) finding {
	t := normalise(s)
	start := strings.IndexFunc(t, func(r rune) bool {
		return unicode.IsLetter(r) || r == '0' || r == '©' || r == 'ⓒ' || isQuote(r) || r == '#'
	})
	if start < 0 {
		return finding{}
	}
	if strings.HasPrefix(t, "- ") || strings.HasPrefix(t, "-ends") || strings.HasPrefix(t, "-0-") {
		start = 0
	}
	// A bracket is part of "(c) 2024".
	if start > 0 && t[start-1] == '(' && strings.HasPrefix(t[start:], "c) ") {
		start--
	}
	book := cues()
	var f finding
	var previous rune
	quoted := rune(0)
	for i := 0; i < len(t); {
		at, c := i, t[i]
		r, size := rune(c), 1
		if c >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(t[i:])
		}
		i += size
		inside := previous >= 'a' && previous <= 'z'
		if inside && c >= 'a' && c <= 'z' {
			continue // within a word
		}
		if isQuote(r) {
			quoted = quoteState(quoted, r)
		} else if r == '\'' && quoted == 0 && !unicode.IsLetter(previous) && previous != '0' {
			if end := closingApostrophe(t[i:]); end > 0 {
				previous, i = r, i+end
				continue
			}
		}
		boundary := at == start || wide(r) || !inside && (!unicode.IsLetter(previous) && previous != '0' || wide(previous))
		previous = r
		if !boundary || quoted != 0 || c == ' ' {
			continue
		}
		if at == start {
			f.look(&book.first, t[at:])
		} else {
			f.look(&book.inside, t[at:])
		}
	}
	return f
}

// look adds the phrases that a text begins with.
func (f *finding) look(x *phraseIndex, s string) {
	for key := keyOf(s); ; {
		list := x.find(key)
		for i := range list {
			f.hear(&list[i], s)
		}
		switch {
		case key[2] != 0:
			key[2] = 0
		case key[1] != 0:
			key[1] = 0
		default:
			return
		}
	}
}

func (f *finding) hear(c *cue, s string) {
	switch {
	case !c.at(s):
	case c.sure && !f.sure:
		f.kind, f.sure, f.begin = c.kind, true, c.begin
	case c.sure:
		f.begin = f.begin || c.begin
	case f.heard&(1<<c.kind) == 0:
		f.heard |= 1 << c.kind
		f.weak++
		if f.kind == 0 {
			f.kind = c.kind
		}
	}
}

// at reports whether the phrase stands at the beginning of a text.
func (c *cue) at(s string) bool {
	if !strings.HasPrefix(s, c.parts[0]) {
		return false
	}
	s = s[len(c.parts[0]):]
	for _, part := range c.parts[1:] {
		window := s[:min(len(s), 80+len(part))]
		i := strings.Index(window, part)
		if i < 0 {
			return false
		}
		s = s[i+len(part):]
	}
	for _, mention := range mentions {
		if strings.HasPrefix(s, mention) {
			return false
		}
	}
	return !c.end || strings.TrimRight(s, " .:!…»>→-–—)*）】」") == ""
}

// mentions follow words that are spoken of, and not said, in languages that
// need no quotation marks for that.
var mentions = []string{"라는 ", "이라는 ", "라고 ", "이라고 ", "라는말", "という言葉", "という文", "という表示", "という表現", "という語"}

// closingApostrophe returns where the quotation ends that an apostrophe before
// a text has opened, behind several words; 0 when it opens none.
func closingApostrophe(s string) int {
	if s == "" || s[0] == ' ' {
		return 0
	}
	words := false
	for i := 0; i < len(s) && i < 240; i++ {
		switch s[i] {
		case ' ':
			words = true
		case '\'':
			next, _ := utf8.DecodeRuneInString(s[i+1:])
			if words && s[i-1] != ' ' && (i+1 == len(s) || !unicode.IsLetter(next) && next != '0') {
				return i + 1
			}
		}
	}
	return 0
}

func isQuote(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '«', '»', '「', '」', '『', '』', '‹', '›', '＂':
		return true
	}
	return false
}

// quoteState follows quotation marks: 0 outside, else the mark that opened.
func quoteState(open, r rune) rune {
	switch {
	case open == 0:
		if r == '”' || r == '」' || r == '』' || r == '›' {
			return 0
		}
		return r
	case open == '"' && r != '"', open == '“' && r == '„', open == '「' && r != '」', open == '『' && r != '』',
		open == '«' && r == '«', open == '„' && r == '„':
		return open
	}
	return 0
}

// speech reports whether a block begins as quoted speech, or as a line of a
// dialogue in which a dash opens the speech and another closes it.
func speech(s string) bool {
	return isQuote(firstRune(strings.TrimLeft(s, "—–- 　"))) || dialogue(s)
}

func dialogue(s string) bool {
	for _, dash := range []string{"– ", "— ", "- "} {
		if rest, ok := strings.CutPrefix(s, dash); ok {
			_, told, closed := strings.Cut(rest, " "+dash)
			return closed && unicode.IsLower(firstRune(told))
		}
	}
	return false
}
