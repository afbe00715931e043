package repair

import (
	"bytes"
	"strings"
	"unicode"

	"copydesk/filters/text"
)

// rest reads what follows the host, and returns where the address ends.
func (a *address) rest(i int) (int, bool) {
	if c := a.get(a.skip(i)); a.get(i) != '/' && c != '/' && c != '?' && c != '#' && c != '\\' && c != ':' && i == a.skip(i) && dots(a, i) {
		return 0, false
	}
	for i < len(a.r) {
		c := a.r[i]
		switch {
		case space(c):
			next, ok := a.joins(i)
			if !ok {
				return a.trim()
			}
			i = next
			continue
		case a.out == nil && c != '/' && c != '?' && c != '#' && c != '\\':
			return a.trim()
		case c == '\\':
			if !a.slashed && !alnum(a.get(i+1)) && a.get(i+1) != '/' {
				return a.trim()
			}
			if a.get(i+1) == '/' { // "\/" of JSON
				i++
			}
			a.emit('/', i)
		case a.wide[i]:
			if !a.wideBelongs(i) {
				return a.trim()
			}
			a.emit(c, i)
		case c < 0x80:
			switch {
			case c == '/' && !space(a.get(i-1)):
				a.close = true
			case c == '&': // "& amp;"
				if end := a.escapedAmpersand(i); end > i {
					a.emit(c, i)
					i = end
					continue
				}
			}
			if c == '{' || c == '<' && letter(a.get(i+1)) && !space(a.get(i-1)) {
				return 0, false // a pattern, to be filled in
			}
			if strings.ContainsRune("\"<>`}|^", c) || c < ' ' {
				return a.trim()
			}
			a.emit(c, i)
		case text.Dense(c):
			next, ok := a.denseBelongs(i)
			if !ok {
				return a.trim()
			}
			for ; i < next; i++ {
				a.emit(a.r[i], i)
			}
			continue
		case unicode.IsLetter(c) || unicode.IsMark(c) || unicode.IsDigit(c):
			a.emit(c, i)
		case c == '…':
			return 0, false // shortened for show
		default:
			return a.trim()
		}
		i++
	}
	return a.trim()
}

// escapedAmpersand returns where "&amp;" ends that begins at i, white space in
// it or not; i when it isn't one.
func (a *address) escapedAmpersand(i int) int {
	k := a.skip(i + 1)
	if a.get(k)|0x20 != 'a' || a.get(k+1) != 'm' || a.get(k+2) != 'p' {
		return i
	}
	if k = a.skip(k + 3); a.get(k) != ';' {
		return i
	}
	return k + 1
}

// dots reports whether an ellipsis stands at i: the address was shortened.
func dots(a *address, i int) bool {
	return a.get(i) == '…' || a.get(i) == '.' && a.get(i+1) == '.' && a.get(i+2) == '.'
}

// wideBelongs reports whether a full-width character is part of the address
// and not punctuation of the text around it.
func (a *address) wideBelongs(i int) bool {
	c, n := a.r[i], a.get(a.skip(i+1))
	switch c {
	case '?':
		return !bytes.ContainsRune(a.out, '?') && a.key(a.skip(i+1))
	case '&':
		return bytes.ContainsRune(a.out, '?') && a.key(a.skip(i+1))
	case '=':
		return bytes.ContainsRune(a.out, '?') && alnum(n)
	case '/', '#':
		return alnum(n) || n == '_'
	case '.', '-', '_', '%', '~', '+', ':', '@':
		return alnum(a.get(i + 1))
	}
	return alnum(c)
}

// denseBelongs reports whether the run of Chinese, Japanese or Thai that
// begins at i is part of the path, and where it ends. Such text runs on
// without a space, so that only a segment of its own that ends with white
// space is certain.
func (a *address) denseBelongs(i int) (int, bool) {
	if l := a.last(); l != '/' && l != '=' && l != '_' || len(a.out) < 2 {
		return 0, false
	}
	end := i
	for end < len(a.r) && (text.Dense(a.r[end]) || a.r[end] == 'ー' || a.r[end] == '_' || a.r[end] == '・' || alnum(a.r[end]) && !a.wide[end]) && end < i+40 {
		end++
	}
	c := a.get(end)
	return end, c == 0 || space(c) || c == ')' || c == '/' || c == '<'
}

// key reports whether a parameter's name and an equals sign stand at i.
func (a *address) key(i int) bool {
	end := i
	for end < i+32 && (alnum(a.get(end)) || a.get(end) == '_' || a.get(end) == '-' || a.get(end) == '[' || a.get(end) == ']') {
		end++
	}
	if end == i || !letter(a.get(i)) && a.get(i) != '_' {
		return false
	}
	equals := a.skip(end)
	if a.get(equals) != '=' || equals > end+2 {
		return false
	}
	value := a.get(a.skip(equals + 1))
	return alnum(value) || value == '_' || value == '-' || value == '%' || value > 0x7f
}

// joins decides whether the white space at i tore the address apart, and
// where it goes on. What follows is prose until it can't be.
func (a *address) joins(i int) (int, bool) {
	k := a.skip(i)
	if k >= len(a.r) {
		return 0, false
	}
	breaks := strings.Count(string(a.r[i:k]), "\n")
	if _, another := a.scanScheme(k); another || breaks > 4 || a.r[k] == 'w' && a.get(k+1) == 'w' && a.get(k+2) == 'w' && a.get(k+3) == '.' {
		return 0, false
	}
	l, r := a.last(), a.r[k]
	if l == 0 && r != '/' && r != '?' { // right behind the host
		return 0, false
	}
	query := bytes.IndexByte(a.out, '?') >= 0
	ok := false
	switch {
	case l == '=' && breaks == 1 && (!query || !a.keyBehind()):
		// A soft line break of quoted-printable.
		if ok = pathLike(a.token(k)) || alnum(r) && a.softBreaks > 0 || wordly(a.token(k)); ok {
			a.out, a.from = a.out[:len(a.out)-1], a.from[:len(a.from)-1]
			a.softBreaks++
		}
	case l == '?' || l == '&':
		ok = a.key(k)
	case l == '=':
		ok = query && a.keyBehind() && (alnum(r) || r == '_' || r == '-' || a.torn && text.Dense(r)) && (space(a.get(i-2)) || a.torn || valueLike(a.token(k)))
	case r == '=':
		ok = query && a.keyOpen() && a.get(k+1) != '=' && a.get(k+1) != '>' && valueStart(a.get(a.skip(k+1)))
	case r == '&':
		ok = query && (a.key(a.skip(k+1)) || strings.HasPrefix(string(a.r[k:min(k+5, len(a.r))]), "&amp;") && a.key(a.skip(k+5)))
	case r == '?':
		ok = !query && a.key(a.skip(k+1))
	case r == '/':
		ok = breaks < 2 && a.joinsSlash(k)
	case l == '/':
		ok = a.joinsSegment(k, space(a.get(i-2)) || a.beforeSlash(i), breaks > 0)
	case breaks > 1: // only what can't be prose reaches across an empty line
	case r == '.':
		extension := a.token(a.skip(k + 1))
		ok = alnum(l) && (fileExtension(extension) && (a.get(k+1) != ' ' || a.torn) || a.identifies(k+1))
	case l == '.':
		ok = a.torn && fileExtension(strings.ToLower(a.token(k))) || a.identifies(k)
	case r == '#' || l == '#':
		from := a.skip(k)
		if r == '#' {
			from = a.skip(k + 1)
		}
		ok = a.get(from) == 't' && a.get(a.skip(from+1)) == '=' && digit(a.get(a.skip(a.skip(from+1)+1)))
	case breaks == 1 && l == '-':
		ok = pathLike(a.token(k)) || strings.Count(a.token(k), "-") > 0
	case breaks == 1 && alnum(l) && alnum(r):
		ok = a.longLine(i) && wrappedTail(a.token(k))
	}
	if ok && breaks == 0 {
		a.torn = true
	}
	return k, ok
}

// identifies reports whether the rest of a document's identifier (ISO 26324)
// stands at k, at the end of its line: numbers with signs between them, which
// are no sentence.
func (a *address) identifies(k int) bool {
	if a.host != "doi.org" && a.host != "dx.doi.org" || !digit(a.get(k)) {
		return false
	}
	t := a.token(k)
	end := k + len(t)
	for strings.ContainsRune(".,;:)]", a.get(end)) && a.get(end) != 0 {
		end++
	}
	if end < len(a.r) && a.get(end) != '\n' {
		return false
	}
	signs := strings.Count(t, ".") + strings.Count(t, "-") + strings.Count(t, "/")
	return signs > 0 && wordly(strings.ReplaceAll(t, "/", ""))
}

func valueStart(c rune) bool { return alnum(c) || c == '_' || c == '-' || c == '%' || c > 0x7f }

// beforeSlash reports whether white space stood before the slash that was
// written last.
func (a *address) beforeSlash(i int) bool {
	for i--; i > 0 && space(a.get(i)); i-- {
	}
	return space(a.get(i - 1))
}

// joinsSlash decides on " /path" and " / path".
func (a *address) joinsSlash(k int) bool {
	if a.get(k+1) == '/' || !alnum(a.last()) && a.last() != 0 && a.last() != '-' && a.last() != '_' {
		return false
	}
	n := a.skip(k + 1)
	if c := a.get(n); !alnum(c) && c != '_' && c != '~' && c != '@' && c != '%' {
		return false
	}
	if _, another := a.scanScheme(n); another {
		return false
	}
	t := a.token(n)
	return n == k+1 || pathLike(t) || a.torn && (!a.close || wordly(t) && strings.ContainsAny(t, "0123456789"))
}

// joinsSegment decides on "/ segment".
func (a *address) joinsSegment(k int, apart, broken bool) bool {
	t := a.token(k)
	if a.torn && apart && wordly(t) && !broken {
		return true
	}
	if end := k + len(t); wordly(t) && a.get(end) == '?' && bytes.IndexByte(a.out, '?') < 0 && a.key(a.skip(end+1)) {
		return true // "/ photos? day=2"
	}
	if isYouTube(a.host) {
		id, _, _ := strings.Cut(t, "?")
		id, _, _ = strings.Cut(id, "&")
		if len(id) == 11 && id != strings.ToLower(id) || len(id) == 11 && strings.ContainsAny(id, "0123456789_-") {
			return true
		}
	}
	if hyphens := strings.Count(t, "-"); a.torn && hyphens > 0 && wordly(t) && (hyphens > 1 || k+len(t) == len(a.r)) {
		return true
	}
	return pathLike(t) || a.torn && strings.ContainsAny(t, "/?=") && wordly(strings.NewReplacer("/", "", "?", "", "=", "").Replace(t))
}

// token returns the characters from k to the next white space, without what
// punctuation follows them.
func (a *address) token(k int) string {
	end := k
	for end < len(a.r) && a.r[end] > ' ' && a.r[end] < 0x80 && !strings.ContainsRune("\"<>", a.r[end]) && end < k+200 {
		end++
	}
	if end < len(a.r) && a.r[end] > 0x7f && unicode.IsLetter(a.r[end]) && !text.Dense(a.r[end]) {
		return "" // a word with accents
	}
	return strings.TrimRight(string(a.r[k:end]), ".,;:!?)]}'")
}

// keyBehind reports whether what was written ends in a parameter's name and an
// equals sign; keyOpen, whether it ends in a name.
func (a *address) keyBehind() bool {
	return len(a.out) > 0 && a.out[len(a.out)-1] == '=' && nameEnd(a.out[:len(a.out)-1])
}

func (a *address) keyOpen() bool { return nameEnd(a.out) }

func nameEnd(out []byte) bool {
	start := bytes.LastIndexAny(out, "?&;")
	return start >= 0 && start < len(out)-1 && !bytes.ContainsAny(out[start+1:], "=/#")
}

// longLine reports whether the line that breaks at i is as long as lines that
// a mail program breaks.
func (a *address) longLine(i int) bool {
	start := i - 1
	for start >= 0 && a.r[start] != '\n' {
		start--
	}
	return i-start > 58
}

// wordly reports whether a token has only the characters of a path's segment.
func wordly(t string) bool {
	for i := 0; i < len(t); i++ {
		if c := t[i]; !alnum(rune(c)) && c != '-' && c != '_' && c != '.' && c != '~' && c != '%' {
			return false
		}
	}
	return t != ""
}

// valueLike reports whether a token is rather a parameter's value than a word.
func valueLike(t string) bool {
	return strings.ContainsAny(t, "0123456789_&=%") || t != strings.ToLower(t) && len(t) > 1 && t[1:] != strings.ToLower(t[1:])
}

// pathLike reports whether a token can't be a word of a text: a file's name,
// an id of letters, digits and capitals, several segments.
func pathLike(t string) bool {
	if len(t) < 4 {
		return false
	}
	path, query, asked := strings.Cut(t, "?")
	if asked && strings.Contains(query, "=") {
		return true
	}
	if dot := strings.LastIndexByte(path, '.'); dot > 0 && fileExtension(path[dot+1:]) {
		return true
	}
	upper, lower, number, hyphens, slashes := 0, 0, 0, 0, 0
	for i := 0; i < len(path); i++ {
		switch c := path[i]; {
		case c >= 'A' && c <= 'Z':
			upper++
		case c >= 'a' && c <= 'z':
			lower++
		case digit(rune(c)):
			number++
		case c == '-':
			hyphens++
		case c == '/':
			slashes++
		case c == '_':
			if i > 0 && i < len(path)-1 {
				return true
			}
		case c == '.', c == '%', c == '~', c == '+', c == '=', c == '&':
		default:
			return false
		}
	}
	letters := upper + lower
	switch {
	case slashes > 0:
		return number > 1 && (letters > 1 || slashes > 1) && len(path) > 6 || slashes > 1 && hyphens > 1
	case number > 4 && letters == 0 && hyphens == 0:
		return true
	case upper > 0 && lower > 0 && number > 0:
		return len(path) > 5
	}
	return hyphens > 1 && letters > 6 && len(path) > 12
}

// wrappedTail reports whether a line's first token can only be the second half
// of an address.
func wrappedTail(t string) bool {
	if strings.ContainsAny(t, "=&%") {
		return true
	}
	dot := strings.LastIndexByte(t, '.')
	return pathLike(t) && (strings.Contains(t, "/") || dot > 0 && fileExtension(t[dot+1:]))
}

// fileExtension reports whether a token is the extension of a file that the
// web serves.
func fileExtension(t string) bool { return extensions[t] }

var extensions = words(`html htm shtml xhtml php asp aspx jsp do pdf jpg jpeg png gif webp svg mp3 mp4 m4a webm ogg zip gz xml rss json txt
	csv doc docx xls xlsx ppt pptx epub cgi stm phtml`)
