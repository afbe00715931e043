package repair

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// trim cuts off the punctuation that belongs to the text around the address,
// and returns where it ends.
func (a *address) trim() (int, bool) {
	keep := trimmed(a.out, false)
	if bytes.HasSuffix(a.out, []byte("...")) {
		return 0, false // shortened for show
	}
	if bytes.HasSuffix(a.out, []byte("/*")) {
		return 0, false // a pattern
	}
	a.out, a.from = a.out[:keep], a.from[:keep]
	if keep == 0 {
		return a.hostEnd, true
	}
	return a.from[keep-1], true
}

// trimmed returns how much of a path is left without trailing punctuation. A
// closing bracket stays where it was opened inside the address.
func trimmed(path []byte, attribute bool) int {
	n := len(path)
	for n > 0 {
		switch c := path[n-1]; c {
		case '.', ',', ';', ':', '\'', '*', '(', '[':
			if attribute && c == '.' && abbreviation(path[:n-1]) {
				return n
			}
			if c == ';' && entityEnd(path[:n]) > 0 {
				n -= entityEnd(path[:n])
				continue
			}
		case '!', '?', '&', '_', '~':
			if attribute || c == '_' || c == '~' {
				return n
			}
		case ')', ']':
			open := byte('(')
			if c == ']' {
				open = '['
			}
			if bytes.Count(path[:n], []byte{open}) >= bytes.Count(path[:n], []byte{c}) {
				return n
			}
		default:
			r, size := utf8.DecodeLastRune(path[:n])
			if r < utf8.RuneSelf || unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) {
				return n
			}
			n -= size - 1
		}
		n--
	}
	return n
}

// entityEnd returns the length of an escaped quote or bracket that ends a path.
func entityEnd(path []byte) int {
	for _, e := range []string{"&quot;", "&gt;", "&lt;", "&nbsp;", "&#39;", "&apos;"} {
		if bytes.HasSuffix(path, []byte(e)) {
			return len(e)
		}
	}
	return 0
}

// abbreviation reports whether a path ends in a word that is written with a
// full stop, as titles in encyclopaedias do.
func abbreviation(path []byte) bool {
	start := bytes.LastIndexAny(path, "/_-.=+ ") + 1
	word := string(path[start:])
	return len(word) == 1 || words(`Inc Jr Sr Co Corp Ltd Bros etc vs St Dr Mr Mrs Ms No al Bd Vol`)[word]
}
