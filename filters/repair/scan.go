package repair

import (
	"strings"
)

// folded looks for addresses in a text, damaged ones too. It reads the text
// folded: full-width letters and signs as ASCII, every kind of space as one,
// characters without width not at all.
type folded struct {
	raw  string
	r    []rune // folded
	wide []bool // was full-width
	at   []int  // where each begins in raw; one more for the end
}

// found is an address in a text.
type found struct {
	start, end int // in raw
	address    string
	label      string // what the link shows; empty: the address
	damaged    bool
}

func newFolded(raw string) *folded {
	s := &folded{raw: raw, r: make([]rune, 0, len(raw)), wide: make([]bool, 0, len(raw)), at: make([]int, 0, len(raw)+1)}
	for i, c := range raw {
		plain, wide := c, false
		if c >= 0x80 {
			switch {
			case c >= 0xFF01 && c <= 0xFF5E:
				plain, wide = c-0xFF01+'!', true
			case c == 0x3000, c == 0xA0, c == 0x202F, c == 0x205F, c >= 0x2000 && c <= 0x200A:
				plain = ' '
			case c == 0x2028, c == 0x2029, c == 0x85:
				plain = '\n'
			case widthless(c):
				continue
			}
		} else if c == '\t' || c == '\r' || c == '\f' || c == '\v' {
			plain = ' '
		}
		s.r, s.wide, s.at = append(s.r, plain), append(s.wide, wide), append(s.at, i)
	}
	s.at = append(s.at, len(raw))
	return s
}

// widthless reports whether a character shows nothing.
func widthless(c rune) bool {
	return c == 0xAD || c >= 0x200B && c <= 0x200F || c >= 0x202A && c <= 0x202E || c >= 0x2060 && c <= 0x2064 || c == 0xFEFF
}

// get returns the folded character at an index, 0 outside the text.
func (s *folded) get(i int) rune {
	if i < 0 || i >= len(s.r) {
		return 0
	}
	return s.r[i]
}

func space(c rune) bool { return c == ' ' || c == '\n' }

// skip returns the index of the first character from i on that isn't space.
func (s *folded) skip(i int) int {
	for space(s.get(i)) {
		i++
	}
	return i
}

func letter(c rune) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' && c < 0x80 }
func digit(c rune) bool  { return c >= '0' && c <= '9' }
func alnum(c rune) bool  { return letter(c) || digit(c) }

// find returns the addresses of the text, in order.
func (s *folded) find() []found {
	var all []found
	for i := 0; i < len(s.r); {
		if f, next, ok := s.match(i); ok {
			all = append(all, f)
			i = next
			continue
		}
		i++
	}
	return all
}

// match reads an address that begins at i.
func (s *folded) match(i int) (found, int, bool) {
	switch c := s.r[i]; {
	case c == '[', c == '!' && s.get(i+1) == '[':
		return s.markdown(i)
	case c == '<':
		f, next, ok := s.bareAt(i+1, s.get(i-1))
		if close := s.skip(next); ok && s.get(close) == '>' {
			f.start, f.end, f.damaged = s.at[i], s.at[close+1], true
			return f, close + 1, true
		}
		return found{}, 0, false
	case c == ':' && s.get(i+1) == '/':
		return s.bareAt(i, s.get(i-1))
	}
	switch s.r[i] | 0x20 { // how schemes, www, youtu.be and m.youtube.com begin
	case 'h', 't', 'w', 'y', 'm':
		return s.bareAt(i, s.get(i-1))
	}
	return found{}, 0, false
}

// bareAt reads an address without anything around it.
func (s *folded) bareAt(i int, before rune) (found, int, bool) {
	if alnum(before) || before == '@' || before == '/' || before == '-' || before == '_' || before == '.' && s.get(i) != ':' {
		return found{}, 0, false
	}
	a := address{folded: s}
	next, ok := a.begin(i)
	if !ok {
		return s.escapedAt(i)
	}
	next, ok = a.rest(next)
	if !ok {
		return found{}, 0, false
	}
	fixed := a.finish()
	f := found{start: s.at[i], end: s.at[next], address: fixed}
	f.damaged = s.raw[f.start:f.end] != fixed
	return f, next, true
}

// escapedAt reads an address that is percent-encoded as a whole.
func (s *folded) escapedAt(i int) (found, int, bool) {
	end := i
	for end < i+6 && letter(s.get(end)) {
		end++
	}
	if s.get(end) != '%' || s.get(end+1) != '3' || s.get(end+2)|0x20 != 'a' || s.get(end+3) != '%' {
		return found{}, 0, false
	}
	for end < len(s.r) && s.r[end] > ' ' && s.r[end] < 0x7f && !strings.ContainsRune("\"<>", s.r[end]) {
		end++
	}
	written := string(s.r[i:end])
	decoded := mendAddress(written)
	if decoded == written || !isResource(decoded) || !publicHost(decoded) {
		return found{}, 0, false
	}
	return found{start: s.at[i], end: s.at[end], address: decoded, damaged: true}, end, true
}

// markdown reads [text](address), ![text](address) and [address].
func (s *folded) markdown(i int) (found, int, bool) {
	open := i
	if s.r[i] == '!' {
		open++
	}
	close := open + 1
	for depth := 1; close < len(s.r) && close < open+300; close++ {
		switch s.r[close] {
		case '[':
			depth++
		case ']':
			depth--
		case '\n':
			if s.get(close+1) == '\n' {
				return found{}, 0, false
			}
		}
		if depth == 0 {
			break
		}
	}
	if s.get(close) != ']' || s.get(close+1) != '(' {
		return found{}, 0, false
	}
	label := strings.TrimSpace(s.raw[s.at[open+1]:s.at[close]])
	f, next, ok := s.bareAt(s.skip(close+2), '(')
	if !ok {
		return found{}, 0, false
	}
	end := s.skip(next)
	if s.get(end) == '"' { // a title
		for end++; end < len(s.r) && s.r[end] != '"' && end < next+200; end++ {
		}
		end = s.skip(end + 1)
	}
	if s.get(end) != ')' {
		return found{}, 0, false
	}
	if mended := mendAddress(label); mended != label && mended == f.address {
		label = mended
	}
	return found{start: s.at[i], end: s.at[end+1], address: f.address, label: label, damaged: true}, end + 1, true
}
