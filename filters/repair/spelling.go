package repair

import (
	"bytes"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mendAddress undoes the damage to an address that stands alone, as in an
// attribute. What has no damage comes back byte for byte; what isn't an http
// address comes back without the white space around it.
func mendAddress(s string) string {
	for range 8 { // what stood behind other damage comes to light
		if unhurt(s) {
			return s
		}
		mended := mendOnce(s)
		if mended == s {
			break
		}
		s = mended
	}
	return s
}

func mendOnce(s string) string {
	a := strings.TrimFunc(strings.Map(seen, strings.ToValidUTF8(s, "")), func(r rune) bool {
		return unicode.IsSpace(r) || widthless(r) || strings.ContainsRune(`"“”„‟«»<>`, r)
	})
	if strings.ContainsAny(a, "\n\t") {
		a = joinLines(a)
	}
	a = withoutWideEnd(decodeWhole(unmarkdown(a)))
	for strings.HasSuffix(a, "%20") {
		a = strings.TrimRight(strings.TrimSuffix(a, "%20"), " ")
	}
	if a == "" {
		return ""
	}
	if !looksAbsolute(a) {
		return mendOther(a)
	}
	folded := newFolded(a)
	r := address{folded: folded}
	next, ok := r.begin(0)
	if !ok {
		if strings.HasPrefix(a, "http://") || strings.HasPrefix(a, "https://") { // a host without a dot
			return escapeSpaces(a)
		}
		return a
	}
	r.wholeRest(next)
	return r.finish()
}

// withoutWideEnd takes off an address the punctuation of a Chinese or Japanese
// text around it; an address in such a script may end with it.
func withoutWideEnd(s string) string {
	trimmed := strings.TrimRight(s, "。，、；：！？）】》」』”’")
	if trimmed == s {
		return s
	}
	for i := 0; i < len(trimmed); i++ {
		if trimmed[i] >= utf8.RuneSelf {
			return s
		}
	}
	return trimmed
}

// seen drops control characters and what shows nothing.
func seen(r rune) rune {
	if r < ' ' && !unicode.IsSpace(r) || r == 0x7f || widthless(r) {
		return -1
	}
	return r
}

// joinLines takes out line breaks and the white space around them.
func joinLines(s string) string {
	var b strings.Builder
	for line := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }) {
		b.WriteString(strings.TrimSpace(line))
	}
	return b.String()
}

// unhurt reports whether an address shows no trace of damage: the usual case,
// told without work.
func unhurt(s string) bool {
	rest := s
	switch {
	case strings.HasPrefix(s, "https://"):
		rest = s[8:]
	case strings.HasPrefix(s, "http://"):
		rest = s[7:]
	case strings.HasPrefix(s, "mailto:"), strings.HasPrefix(s, "tel:"), strings.HasPrefix(s, "#"):
		return clean(s)
	default:
		return false
	}
	host := true
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c <= ' ', c >= 0x7f, c == '\\', c == '"', c == '<', c == '>', c == '`', c == '{', c == '[', c == '|':
			return false
		case host:
			if c == '/' || c == '?' || c == '#' {
				host = false
				if i < 4 || c == '/' && i+1 < len(rest) && rest[i+1] == '/' || strings.HasPrefix(rest, "http") {
					return false
				}
			} else if c >= 'A' && c <= 'Z' || c == '%' || c == ',' || c == ';' || c == ')' {
				return false
			}
		case c == ';' && (strings.HasSuffix(rest[:i], "&amp") || strings.HasSuffix(rest[:i], "38")), c == '3' && strings.HasSuffix(rest[:i], "="):
			return false
		}
	}
	if strings.HasSuffix(rest, "%20") {
		return false
	}
	switch rest[max(len(rest)-1, 0):] {
	case ".", ",", ";", ":", ")", "]", "'", "*", "(", "!", "":
		return false
	}
	return !host || strings.Contains(rest, ".")
}

// looksAbsolute reports whether a string was to be an absolute http address.
func looksAbsolute(s string) bool {
	folded := newFolded(s[:min(len(s), 120)])
	probe := address{folded: folded}
	if _, _, _, ok := probe.readScheme(0); ok {
		return true
	}
	lower := strings.ToLower(s)
	return strings.HasPrefix(lower, "www.") || strings.HasPrefix(lower, "www .") || strings.HasPrefix(lower, "://") ||
		strings.HasPrefix(lower, "youtu.be/") || strings.HasPrefix(lower, "youtube.com/") || strings.HasPrefix(lower, "m.youtube.com/")
}

// mendOther mends what isn't an absolute http address.
func mendOther(s string) string {
	lower := strings.ToLower(s)
	for _, scheme := range []string{"mailto:", "tel:"} {
		if strings.HasPrefix(lower, scheme) {
			rest := strings.TrimSpace(s[len(scheme):])
			for strings.HasPrefix(strings.ToLower(rest), scheme) {
				rest = strings.TrimSpace(rest[len(scheme):])
			}
			if scheme == "tel:" {
				rest = strings.Map(func(r rune) rune {
					if unicode.IsSpace(r) || widthless(r) {
						return -1
					}
					return r
				}, rest)
			}
			return scheme + escapeSpaces(rest)
		}
	}
	for _, scheme := range []string{"feed://", "feed:", "itpc://", "pcast://", "podcast://"} {
		if rest, found := strings.CutPrefix(lower, scheme); found {
			rest = s[len(s)-len(rest):]
			if looksAbsolute(rest) {
				return mendAddress(rest)
			}
			if strings.HasSuffix(scheme, "//") {
				return mendAddress("http://" + rest)
			}
		}
	}
	trimmed := strings.TrimLeft(s, "/.")
	if trimmed != s && looksAbsolute(trimmed) && !strings.HasPrefix(strings.ToLower(trimmed), "www") { // "/https://…"
		return mendAddress(trimmed)
	}
	if hasScheme(s) {
		return s
	}
	// A relative address: spaces in it are part of a name.
	s = strings.Map(func(r rune) rune {
		switch {
		case r < ' ', r == 0x7f, widthless(r):
			return -1
		case r == '\\':
			return '/'
		}
		return r
	}, s)
	if strings.HasPrefix(s, "/") {
		for end := trimmedAttribute(s); end > 1 && end < len(s); end = trimmedAttribute(s) {
			s = strings.TrimRight(s[:end], " ")
		}
	}
	return escapeSpaces(unescapeAmpersands(strings.TrimSpace(s)))
}

func trimmedAttribute(s string) int {
	s = strings.TrimSuffix(strings.TrimRight(s, " "), "%20")
	n := trimmed([]byte(s), true)
	if n < len(s) && strings.Trim(s[n:], ".") == "" { // "..", or a sentence's end: can't be told
		return len(s)
	}
	return n
}

// decodeWhole decodes an address whose scheme is percent-encoded.
func decodeWhole(s string) string {
	for range 3 {
		lower := strings.ToLower(s[:min(len(s), 14)])
		if !strings.HasPrefix(lower, "http%3a") && !strings.HasPrefix(lower, "https%3a") && !strings.HasPrefix(lower, "http%253a") &&
			!strings.HasPrefix(lower, "https%253a") && !strings.HasPrefix(lower, "http:%2f%2f") && !strings.HasPrefix(lower, "https:%2f%2f") &&
			!strings.HasPrefix(lower, "%20http") && !strings.HasPrefix(lower, "%68%74%74%70") && !strings.HasPrefix(lower, "%22http") {
			return s
		}
		decoded, err := url.PathUnescape(s)
		if err != nil || !utf8.ValidString(decoded) {
			return s
		}
		s = strings.Trim(decoded, " \"")
	}
	return s
}

// unmarkdown takes the address out of [text](address).
func unmarkdown(s string) string {
	if open := strings.Index(s, "]("); open >= 0 && strings.HasPrefix(s, "[") && strings.HasSuffix(s, ")") {
		return strings.TrimSpace(s[open+2 : len(s)-1])
	}
	return s
}

// wholeRest reads what follows the host where all that follows belongs to the
// address, as in an attribute.
func (a *address) wholeRest(i int) {
	for i < len(a.r) {
		c := a.r[i]
		switch {
		case space(c):
			k := a.skip(i)
			if k >= len(a.r) {
				i = k
				continue
			}
			if torn := strings.ContainsRune("/?=&#.", a.r[k]) || strings.ContainsRune("/?=&#.", a.last()) || a.last() == 0 || strings.ContainsRune(string(a.r[i:k]), '\n'); !torn {
				for range []byte("%20") {
					a.from = append(a.from, i+1)
				}
				a.out = append(a.out, "%20"...)
			}
			i = k
			continue
		case a.out == nil && c != '/' && c != '?' && c != '#' && c != '\\':
			return
		case c == '\\':
			if a.get(i+1) == '/' {
				i++
			}
			a.emit('/', i)
		case a.wide[i]:
			if !a.wideBelongs(i) && (strings.ContainsRune(",;!()'", c) || !alnum(a.get(i+1))) {
				a.cut()
				return
			}
			a.emit(c, i)
		case strings.ContainsRune("\"<>", c), c < ' ':
			a.cut()
			return
		case strings.ContainsRune("，。；！？、：”“’）】》", c) && (alnum(a.last()) || a.last() == '/'):
			a.cut()
			return
		default:
			a.emit(c, i)
		}
		i++
	}
	a.cut()
}

// cut cuts off trailing punctuation and spaces.
func (a *address) cut() {
	keep := trimmed(a.out, true)
	for bytes.HasSuffix(a.out[:keep], []byte("%20")) {
		keep = trimmed(a.out[:keep-3], true)
	}
	a.out, a.from = a.out[:keep], a.from[:keep]
}
