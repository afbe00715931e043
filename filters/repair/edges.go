package repair

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/feed"
	"copydesk/filters/text"
)

const (
	headLines = 5  // lines of an entry's beginning that are learned from
	tailLines = 18 // and of its end
	partsMost = 2  // first lines of a group without which the others are learned, too
)

// edges returns the keys of the blocks at the two ends of a body, without
// parsing it: a scan of its markup that knows only which tags divide lines.
// What is one block for a reader may be several lines in markup, so lines are
// taken alone and together. A body that is short is all end.
func edges(t feed.Text) (head, tail []edgeKey) {
	s := edgeScanner{}
	if t.HTML {
		s.markup(t.Value)
	}
	if s.divided == 0 {
		s.lines = s.lines[:0]
		s.plain(t.Value, t.HTML)
	}
	s.flush()
	lines := s.lines
	if len(lines) <= headLines+tailLines {
		return nil, groups(lines, true)
	}
	return groups(lines[:headLines], false), groups(lines[len(lines)-tailLines:], true)
}

// edgeKey is one block at an edge.
type edgeKey struct {
	key  uint64 // of its letters, numbers masked
	text uint64 // of its letters and numbers
}

// scanLine is a line of a scanned body.
type scanLine struct {
	pieces []string // of its text, with entities
	gap    int      // breaks before it; many for a block's edge
	markup bool
}

type edgeScanner struct {
	lines   []scanLine
	current scanLine
	gap     int
	divided int // elements seen that divide lines
}

const blockGap = 100

func (s *edgeScanner) add(piece string) {
	if blankText(piece) || piece == "&nbsp;" {
		return
	}
	s.current.pieces = append(s.current.pieces, piece)
}

func (s *edgeScanner) brk(gap int) {
	s.flush()
	s.gap += gap
}

func (s *edgeScanner) flush() {
	if len(s.current.pieces) == 0 {
		return
	}
	s.current.gap, s.gap = s.gap, 0
	s.lines = append(s.lines, s.current)
	s.current = scanLine{}
}

// markup scans HTML.
func (s *edgeScanner) markup(v string) {
	s.current.markup = true
	for len(v) > 0 {
		open := strings.IndexByte(v, '<')
		if open < 0 {
			s.addMarkup(v)
			return
		}
		if open > 0 {
			s.addMarkup(v[:open])
			v = v[open:]
		}
		if strings.HasPrefix(v, "<!--") {
			end := strings.Index(v, "-->")
			if end < 0 {
				return
			}
			v = v[end+3:]
			continue
		}
		end := strings.IndexByte(v, '>')
		if end < 0 {
			return
		}
		name := tagName(v[1:end])
		closing := len(v) > 1 && v[1] == '/'
		v = v[end+1:]
		switch {
		case name == 0:
		case name == atom.Br:
			s.divided++
			s.brk(1)
		case text.Block(name):
			s.divided++
			s.brk(blockGap)
		case !closing && (text.Unseen(name) || name == atom.Button || name == atom.Select):
			close := strings.Index(v, "</"+name.String())
			if close < 0 {
				close = indexFold(v, "</"+name.String())
			}
			if close < 0 {
				return
			}
			v = v[close:]
		}
	}
}

func (s *edgeScanner) addMarkup(piece string) {
	s.current.markup = true
	s.add(piece)
}

func indexFold(s, sub string) int {
	for i := 0; i+len(sub) <= len(s); i++ {
		if s[i] == sub[0] && strings.EqualFold(s[i:i+len(sub)], sub) {
			return i
		}
	}
	return -1
}

// tagName returns the element of a tag's inner text, 0 for an unknown one.
func tagName(tag string) atom.Atom {
	tag = strings.TrimPrefix(tag, "/")
	var buffer [16]byte
	n := 0
	for n < len(tag) && n < len(buffer) {
		c := tag[n]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
			break
		}
		buffer[n] = c
		n++
	}
	return atom.Lookup(buffer[:n])
}

// plain scans plain text.
func (s *edgeScanner) plain(v string, markup bool) {
	s.current, s.gap = scanLine{}, 0
	for l := range strings.SplitSeq(v, "\n") {
		s.current.markup = markup
		if markup {
			l = stripTags(l)
		}
		if strings.TrimSpace(l) == "--" {
			s.brk(blockGap)
			continue
		}
		s.add(l)
		s.brk(1)
	}
}

// stripTags cuts inline tags out of a line.
func stripTags(s string) string {
	if strings.IndexByte(s, '<') < 0 {
		return s
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			break
		}
		end := strings.IndexByte(s[open:], '>')
		if end < 0 {
			break
		}
		b.WriteString(s[:open])
		s = s[open+end+1:]
	}
	b.WriteString(s)
	return b.String()
}

// groups returns the keys of lines, of lines that follow each other directly,
// and of lines that stand closer than others.
func groups(lines []scanLine, tail bool) []edgeKey {
	out := make([]edgeKey, 0, len(lines)+8)
	add := func(k *keyer) {
		if k.letters >= shortestKey && k.letters <= longestKey && !holdsKey(out, k.key) {
			out = append(out, edgeKey{k.key, k.text})
		}
	}
	for i := range lines {
		k := newKeyer()
		lines[i].feed(&k)
		add(&k)
	}
	for _, reach := range []int{1, 2} {
		for i := 0; i < len(lines); {
			end := i + 1
			for end < len(lines) && lines[end].gap <= reach {
				end++
			}
			// A group that may have begun before the edge isn't known whole.
			if end > i+1 && !(tail && i == 0 && lines[0].gap > 0 && lines[0].gap <= reach) {
				// Its first lines may be a block of their own, and the others joined.
				for from := i; from < end-1 && from <= i+partsMost; from++ {
					k := newKeyer()
					for j := from; j < end && k.letters <= longestKey; j++ {
						lines[j].feed(&k)
					}
					add(&k)
				}
			}
			i = end
		}
	}
	return out
}

// holdsKey looks through a list of some dozens, for which a map isn't made.
func holdsKey(list []edgeKey, key uint64) bool {
	return slices.ContainsFunc(list, func(k edgeKey) bool { return k.key == key })
}

func (l *scanLine) feed(k *keyer) {
	for _, piece := range l.pieces {
		if k.letters > longestKey || len(piece) > 6*longestKey {
			k.letters = longestKey + 1
			return
		}
		if l.markup && strings.IndexByte(piece, '&') >= 0 {
			piece = html.UnescapeString(piece)
		}
		k.write(piece)
	}
}

const (
	shortestKey = 4   // letters
	longestKey  = 400 // letters: longer blocks are articles
)

// keyer makes a block's key: its letters in lower case, each number one 0.
// White space and signs don't count, so that a block has the same key however
// its lines were broken.
type keyer struct {
	key, text uint64
	letters   int
	number    bool
}

const fnvBasis, fnvPrime = 14695981039346656037, 1099511628211

func newKeyer() keyer { return keyer{key: fnvBasis, text: fnvBasis} }

func (k *keyer) write(s string) {
	if tooLong(s) {
		k.letters = longestKey + 1
		return
	}
	h := *k // kept in registers
	for i := 0; i < len(s) && h.letters <= longestKey; {
		if c := s[i]; c < utf8.RuneSelf && (c < '0' || c > '9') {
			i++
			// A conditional move: where words end, no branch could be foretold.
			l := keyed[c]
			key, text := (h.key^uint64(l))*fnvPrime, (h.text^uint64(l))*fnvPrime
			if l != 0 {
				h.key = key
			}
			if l != 0 {
				h.text = text
			}
			h.letters += int(l >> 6) // 1 for a letter
			h.number = h.number && l == 0
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case r >= '0' && r <= '9' || r >= 0x80 && unicode.IsDigit(r):
			h.text = (h.text ^ uint64(r)) * fnvPrime
			if h.number {
				continue
			}
			h.number = true
			h.letters++
			h.key = (h.key ^ '0') * fnvPrime
			continue
		case r >= 0x80 && (unicode.IsLetter(r) || unicode.IsMark(r)):
			r = unicode.ToLower(r)
			if wide(r) {
				h.letters++ // says as much as two letters
			}
		default:
			continue
		}
		h.number = false
		h.letters++
		h.key = (h.key ^ uint64(r)) * fnvPrime
		h.text = (h.text ^ uint64(r)) * fnvPrime
	}
	*k = h
}

// keyed are the letters of ASCII in lower case; 0 for all else.
var keyed = func() (letters [utf8.RuneSelf]byte) {
	for c := byte('a'); c <= 'z'; c++ {
		letters[c], letters[c-'a'+'A'] = c, c
	}
	return letters
}()

// tooLong reports whether a text has so many letters of ASCII that it has no
// key: to count them takes less than to digest them.
func tooLong(s string) bool {
	if len(s) <= longestKey {
		return false
	}
	letters := 0
	for i := 0; i < min(len(s), longestKey*3/2); i++ {
		letters += int(keyed[s[i]&0x7F] >> 6 &^ (s[i] >> 7))
	}
	return letters > longestKey
}

// keyText returns the key of a block's text; 0 when it is too short or long.
func keyText(s string) (key, exact uint64) {
	if len(s) > 6*longestKey {
		return 0, 0
	}
	k := newKeyer()
	k.write(s)
	if k.letters < shortestKey || k.letters > longestKey {
		return 0, 0
	}
	return k.key, k.text
}
