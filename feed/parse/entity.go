package parse

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What the entities of one document may grow to.
const (
	maxEntities  = 4096
	maxExpansion = 64 << 10 // bytes of one reference
	maxExpanded  = 1 << 20  // bytes of all references of a document
	maxReference = 64       // bytes between & and ;
)

// entities are a document's own internal entities (XML 1.0 §4.2.1).
type entities struct {
	declared map[string]string
	expanded int  // bytes so far
	tooBig   bool // the reference being expanded is
}

// declare reads the internal subset that t begins with, "[" taken off, and
// returns where it ends. External entities and parameter entities are passed
// over: nothing is ever fetched.
func (e *entities) declare(t string) int {
	i := 0
	for i < len(t) {
		switch {
		case t[i] == ']':
			return i + 1
		case strings.HasPrefix(t[i:], "<!--"):
			end := strings.Index(t[i:], "-->")
			if end < 0 {
				return len(t)
			}
			i += end + 3
		case strings.HasPrefix(t[i:], "<!"):
			i += e.declaration(t[i:])
		default:
			i++
		}
	}
	return i
}

// declaration reads one markup declaration and returns its length.
func (e *entities) declaration(t string) int {
	var words []string
	isEntity := strings.HasPrefix(t, "<!ENTITY")
	i := 2
	for i < len(t) && t[i] != '>' {
		switch c := t[i]; {
		case isSpace(c):
			i++
		case c == '"' || c == '\'':
			end := strings.IndexByte(t[i+1:], c)
			if end < 0 {
				return len(t)
			}
			if len(words) < 4 {
				words = append(words, t[i:i+1+end])
			}
			i += end + 2
		default:
			from := i
			for i < len(t) && !isSpace(t[i]) && t[i] != '>' && t[i] != '"' && t[i] != '\'' {
				i++
			}
			if len(words) < 4 {
				words = append(words, t[from:i])
			}
		}
	}
	if isEntity && len(words) == 3 && words[1] != "%" && words[2] != "" && (words[2][0] == '"' || words[2][0] == '\'') {
		if e.declared == nil {
			e.declared = map[string]string{}
		}
		if _, twice := e.declared[words[1]]; !twice && len(e.declared) < maxEntities {
			e.declared[words[1]] = words[2][1:]
		}
	}
	return min(i+1, len(t))
}

// decode replaces character and entity references. A "&" that begins none
// stands for itself.
func (s *scanner) decode(t string, at int) string {
	i := strings.IndexByte(t, '&')
	if i < 0 {
		return t
	}
	var b strings.Builder
	b.Grow(len(t))
	for i >= 0 {
		b.WriteString(t[:i])
		t = t[i:]
		n := s.reference(&b, t, at, 0)
		if n == 0 {
			s.faults.add(bareAmp, at)
			b.WriteByte('&')
			n = 1
		}
		t = t[n:]
		i = strings.IndexByte(t, '&')
	}
	b.WriteString(t)
	return b.String()
}

// reference writes what the reference that t begins with stands for and
// returns its length, 0 when t begins with none.
func (s *scanner) reference(b *strings.Builder, t string, at, depth int) int {
	end := strings.IndexByte(t[:min(len(t), maxReference)], ';')
	if end < 2 {
		return 0
	}
	name := t[1:end]
	switch name {
	case "lt":
		b.WriteByte('<')
		return end + 1
	case "gt":
		b.WriteByte('>')
		return end + 1
	case "amp":
		b.WriteByte('&')
		return end + 1
	case "quot":
		b.WriteByte('"')
		return end + 1
	case "apos":
		b.WriteByte('\'')
		return end + 1
	}
	if name[0] == '#' {
		return s.numeric(b, t, end, at)
	}
	if value, ok := s.entities.declared[name]; ok {
		var whole strings.Builder
		if s.expand(&whole, value, at, depth) {
			b.WriteString(whole.String())
		} else if depth == 0 {
			s.faults.add(bigEntity, at)
		}
		return end + 1
	}
	if strings.ContainsAny(name, " \t\n&<") {
		return 0
	}
	// HTML's names need no declaration in practice; a name that only begins
	// like one ("&copy=2;") is none.
	whole := html.UnescapeString(t[:end+1])
	if whole == t[:end+1] || whole == html.UnescapeString(t[:end])+";" {
		return 0
	}
	s.faults.add(undeclared, at)
	b.WriteString(whole)
	return end + 1
}

// expand writes an internal entity's value, with the references in it, and
// reports whether that stayed within bounds; one that didn't is left out.
func (s *scanner) expand(b *strings.Builder, value string, at, depth int) bool {
	e := &s.entities
	if depth == 0 {
		e.tooBig = false
	}
	for {
		i := strings.IndexByte(value, '&')
		part := value
		if i >= 0 {
			part = value[:i]
		}
		if depth > 8 || e.expanded+len(part) > maxExpanded || b.Len()+len(part) > maxExpansion {
			e.tooBig = true
			return false
		}
		e.expanded += len(part) + 1
		b.WriteString(part)
		if i < 0 {
			return true
		}
		n := s.reference(b, value[i:], at, depth+1)
		if e.tooBig {
			return false
		}
		if n == 0 {
			b.WriteByte('&')
			n = 1
		}
		value = value[i+n:]
	}
}

// numeric writes the character that a numeric reference names. Halves of a
// surrogate pair are put together, C1 controls read as windows-1252, as
// browsers do; what XML forbids is left out.
func (s *scanner) numeric(b *strings.Builder, t string, end, at int) int {
	r, ok := number(t[2:end])
	if !ok {
		return 0
	}
	if r >= 0xD800 && r <= 0xDBFF && strings.HasPrefix(t[end+1:], "&#") {
		next := t[end+1:]
		if e := strings.IndexByte(next[:min(len(next), 16)], ';'); e > 2 {
			if low, ok := number(next[2:e]); ok && low >= 0xDC00 && low <= 0xDFFF {
				s.faults.add(badReference, at)
				b.WriteRune((r-0xD800)<<10 + (low - 0xDC00) + 0x10000)
				return end + 1 + e + 1
			}
		}
	}
	switch {
	case r >= 0x80 && r <= 0x9F:
		b.WriteRune(c1[r-0x80])
	case r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF || !utf8.ValidRune(r):
		s.faults.add(badReference, at)
	default:
		b.WriteRune(r)
	}
	return end + 1
}

func number(digits string) (rune, bool) {
	base := 10
	if digits != "" && (digits[0] == 'x' || digits[0] == 'X') {
		base, digits = 16, digits[1:]
	}
	if digits == "" || digits[0] == '+' || digits[0] == '-' {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, base, 64)
	if err != nil {
		return 0, false
	}
	return rune(min(n, 0x110000)), true
}

// c1 is what windows-1252 has where Unicode has C1 controls.
var c1 = [32]rune{
	'€', '\u0081', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u008d', 'Ž', '\u008f',
	'\u0090', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u009d', 'ž', 'Ÿ',
}
