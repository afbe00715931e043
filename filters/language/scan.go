package language

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A word is a run of letters of one script.
type word struct {
	start, end int // in sample.letters
	script     script
	name       bool // looks like a name: capitals inside running text, or grown together with digits
	aside      bool // stands in brackets or quotes
}

// A sample is a text reduced to what tells its language: lower-case words
// without addresses, mentions, hashtags, numbers and code.
type sample struct {
	letters []rune
	words   []word
	capital int // words of scripts with case that begin with a capital
	small   int // those that don't
	depth   int // of brackets that are open
	quoted  bool
}

// junk are the characters that natural words don't have inside them: a field
// with one of them is an address, a mention, a path, or code.
const junk = "@\\_=<>{}|~^`$"

// decisive are the ASCII characters by which isJunk decides.
var decisive = func() (set [utf8.RuneSelf]bool) {
	for _, c := range []byte(junk + "./#:(") {
		set[c] = true
	}
	return set
}()

// scan reads up to limit letters of the text into the sample.
func (s *sample) scan(t *scriptTable, text string, limit int) {
	*s = sample{letters: s.letters[:0], words: s.words[:0]}
	for rest := text; rest != "" && len(s.letters) < limit; {
		field, tail := cutField(rest)
		rest = tail
		if isJunk(field) {
			s.depth = max(0, s.depth+strings.Count(field, "(")-strings.Count(field, ")"))
			continue
		}
		if i := strings.Index(field, "://"); i >= 0 {
			field = withoutAddress(field, i)
		}
		s.field(t, field)
	}
	s.markNames()
}

// cutField splits off what stands before the next white space.
func cutField(s string) (field, rest string) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			return s[:i], s[i+1:]
		case c == 0xC2 && i+1 < len(s) && s[i+1] == 0xA0: // no-break space
			return s[:i], s[i+2:]
		case c == 0xE3 && strings.HasPrefix(s[i:], "\u3000"): // ideographic space
			return s[:i], s[i+3:]
		}
	}
	return s, ""
}

// isJunk reports whether a field of ASCII characters is no natural word.
func isJunk(field string) bool {
	dots, slashes := 0, 0
	for i := 0; i < len(field); i++ {
		c := field[i]
		switch {
		case c >= utf8.RuneSelf:
			return false
		case !decisive[c]:
		case c == '.' && i >= 2 && i+2 < len(field) && isASCIILetter(field[i-1]) && isASCIILetter(field[i-2]) && isASCIILetter(field[i+1]) && isASCIILetter(field[i+2]):
			dots++ // example.com, but not U.S.
		case c == '/':
			slashes++
		case c == '#' && i == 0 && len(field) > 1 && isASCIILetter(field[1]):
			return true
		case strings.IndexByte(junk, c) >= 0:
			return true
		case c == ':' && i+1 < len(field) && field[i+1] == ':', c == '(' && i+1 < len(field) && field[i+1] == ')':
			return true
		}
	}
	return dots > 0 || slashes > 1
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// withoutAddress takes the address around field[colon:] ("://") out of a field in
// which it is grown together with words of a script without spaces.
func withoutAddress(field string, colon int) string {
	start := colon
	for start > 0 && isASCIILetter(field[start-1]) {
		start--
	}
	end := colon
	for end < len(field) && field[end] > ' ' && field[end] < utf8.RuneSelf {
		end++
	}
	return field[:start] + " " + field[end:]
}

// field appends the words of a field.
func (s *sample) field(t *scriptTable, field string) {
	in := none // script of the word that is open; none: no word is open
	digits := false
	var w word
	for _, r := range field {
		if in == latin && (r|0x20 >= 'a' && r|0x20 <= 'z') { // most of what there is
			s.letters = append(s.letters, r|0x20)
			continue
		}
		sc := t.of(r)
		if sc == none {
			if r >= 0x0300 && r <= 0x036F && in != none {
				s.compose(r)
				continue
			}
			if r == '\u00AD' || r >= '\u200B' && r <= '\u200D' || r == '\u2060' {
				continue // soft hyphens and joiners don't divide words
			}
			if r >= '0' && r <= '9' {
				digits = true
				w.name = true
			}
			s.punctuation(r)
			if in != none {
				s.close(w, in)
				in = none
			}
			if r == ' ' || r == '-' {
				digits = false
			}
			continue
		}
		if r == '\u0640' || r >= '\u064B' && r <= '\u0652' { // tatweel, vowel signs
			continue
		}
		if in != none && in != sc {
			s.close(w, in)
			in = none
		}
		if in == none {
			w = word{start: len(s.letters), name: digits, aside: s.depth > 0 || s.quoted}
			in = sc
			if cased(sc) {
				if unicode.IsUpper(r) {
					s.capital++
				} else {
					s.small++
				}
			}
			if unicode.IsUpper(r) {
				w.script = 1 // begins with a capital, until the word is closed
			}
		}
		s.letters = append(s.letters, lower(r))
	}
	if in != none {
		s.close(w, in)
	}
}

// punctuation follows brackets and quotes.
func (s *sample) punctuation(r rune) {
	switch r {
	case '(', '（', '[', '【':
		s.depth++
	case ')', '）', ']', '】':
		s.depth = max(0, s.depth-1)
	case '"', '“', '”', '„', '«', '»', '「', '」', '『', '』':
		s.quoted = !s.quoted // which of them opens differs by language
	}
}

// close appends a finished word; until then its script holds whether it
// begins with a capital.
func (s *sample) close(w word, in script) {
	w.end = len(s.letters)
	if w.script == 1 {
		w.name = true
	}
	w.script = in
	s.words = append(s.words, w)
}

// compose joins a combining mark with the letter before it.
func (s *sample) compose(mark rune) {
	last := len(s.letters) - 1
	if last < 0 {
		return
	}
	joined := norm.NFC.String(string([]rune{s.letters[last], mark}))
	if r, size := utf8.DecodeRuneInString(joined); size == len(joined) {
		s.letters[last] = r
	}
}

// markNames takes the mark of a name from words that begin with a capital
// where capitals say nothing: at the beginning, and in titles in capitals.
func (s *sample) markNames() {
	said := s.small*2 > s.capital
	for i := range s.words {
		if i == 0 || !said {
			s.words[i].name = false
		}
	}
}

func cased(s script) bool { return s == latin || s == cyrillic }

func lower(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	case r >= 0xFF21 && r <= 0xFF5A: // full width
		return unicode.ToLower(r - 0xFF21 + 'A')
	case r == 'ţ' || r == 'Ţ': // the cedilla that stood for Romanian's comma
		return 'ț'
	}
	return unicode.ToLower(r)
}

// amounts is how much of a text there is in each script, in words.
func (s *sample) amounts() (amounts [int(firstSole) + len(soles)]float64) {
	shouting := s.small*2 <= s.capital
	for _, w := range s.words {
		letters := float64(w.end - w.start)
		n := 1.0
		switch w.script {
		case han:
			n = letters / 1.7
		case kana:
			n = letters / 2.5
		case hangul:
			n = letters / 2.2
		case latin:
			// Latin names stand in texts of every script, hardly ever the reverse.
			if w.name || shouting {
				n = 0.35
			}
		default:
			if letters > 12 { // Thai and its like don't divide words
				n = letters / 5
			}
		}
		if w.aside {
			n *= 0.3
		}
		amounts[w.script] += n
	}
	return amounts
}
