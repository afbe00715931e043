package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"

	"copydesk/filters/text"
)

// address is one that is being read.
type address struct {
	*folded
	scheme  string
	host    string
	out     []byte // path, query and fragment
	from    []int  // of each byte of out: the index behind its character
	hostEnd int
	// torn says that white space stood where none can be, so that more of it
	// is to be expected; titled, that a translator capitalised the host.
	torn, titled, slashed bool
	// capital says that the scheme is written as a sentence begins; close, that
	// its slashes stand close to what they divide.
	capital, close bool
	softBreaks     int
}

// schemes are the spellings of the two that are mended.
var schemes = map[string]string{
	"http": "http", "https": "https", "hxxp": "http", "hxxps": "https", "ttp": "http", "ttps": "https", "htttp": "http", "htttps": "https",
	"htpp": "http", "htpps": "https", "hhttp": "http", "hhttps": "https", "htps": "https", "htp": "http", "hptt": "http", "hptts": "https",
	"httpp": "http", "httpps": "https", "httpss": "https", "httsp": "https", "hxtps": "https", "hxtp": "http",
}

// begin reads scheme and host.
func (a *address) begin(i int) (int, bool) {
	scheme, next, clean, ok := a.readScheme(i)
	if ok {
		for range 3 { // doubled
			inner, after, innerClean, again := a.readScheme(next)
			if !again {
				break
			}
			scheme, next, clean = inner, after, clean && innerClean
			a.torn = a.torn || !innerClean
		}
		a.scheme = scheme
		return a.readHost(next, clean)
	}
	a.scheme = "https"
	if a.get(i) == ':' { // what is left of a scheme
		if a.get(i+1) != '/' || a.get(i+2) != '/' {
			return 0, false
		}
		return a.readHost(i+3, false)
	}
	switch c := a.get(i) | 0x20; {
	case c == 'w' && a.get(i+1)|0x20 == 'w' && a.get(i+2)|0x20 == 'w':
		if dot := a.skip(i + 3); a.get(dot) == '.' && !a.wideStop(dot) {
			return a.readHost(i, false)
		}
	case c == 'y' || c == 'm': // youtu.be/…, youtube.com/…, m.youtube.com/…
		next, ok := a.readHost(i, false)
		if ok && isYouTube(a.host) && (a.get(a.skip(next)) == '/' || a.get(next) == '/') {
			return next, true
		}
		a.host, a.torn = "", false
	}
	return 0, false
}

// wideStop reports whether a full-width full stop ends a sentence rather than
// dividing a name.
func (a *address) wideStop(i int) bool { return a.wide[i] && !alnum(a.get(i+1)) }

// readScheme reads "https://" in all spellings; clean says that nothing was
// wrong with it.
func (a *address) readScheme(i int) (scheme string, next int, clean, ok bool) {
	end := i
	for end < i+7 && letter(a.get(end)) {
		end++
	}
	if end == i {
		return "", 0, false, false
	}
	word := string(a.r[i:end])
	if word[0]|0x20 != 'h' && word[0]|0x20 != 't' {
		return "", 0, false, false
	}
	scheme, ok = schemes[strings.ToLower(word)]
	if !ok || a.get(end) == ' ' && a.get(end+1)|0x20 == 's' && !letter(a.get(end+2)) {
		if word, end, ok = a.tornScheme(i); !ok {
			return "", 0, false, false
		}
		scheme = word
		a.torn = true
	}
	clean = word == scheme && !a.wide[i] && !a.torn
	a.capital = a.capital || word[0] == 'H' && word[1:] == scheme[1:]
	k := a.skip(end)
	spaced := k > end
	colon := a.get(k) == ':' || a.get(k) == ';'
	if colon {
		clean = clean && !spaced && a.get(k) == ':' && !a.wide[k]
		k++
	} else if spaced && a.get(k) != '/' {
		return "", 0, false, false
	}
	slashes, gap := 0, false
	for slashes < 8 {
		n := a.skip(k)
		switch c := a.get(n); {
		case c == '/', c == '\\':
			gap = gap || n > k
			clean = clean && c == '/' && !a.wide[n]
			if c == '\\' {
				a.slashed = true
			}
			k = n + 1
			slashes++
			continue
		}
		break
	}
	switch {
	case slashes == 0:
		if colon && !spaced { // "https:https://"
			if inner, after, _, again := a.readScheme(k); again {
				return inner, after, false, true
			}
		}
		if !colon || spaced || a.get(k)|0x20 != 'w' || a.get(k+1)|0x20 != 'w' || a.get(k+2)|0x20 != 'w' || a.get(k+3) != '.' {
			return "", 0, false, false
		}
	case !colon && slashes < 2:
		return "", 0, false, false
	case slashes == 1 && (gap || spaced):
		return "", 0, false, false
	}
	clean = clean && slashes == 2 && !gap
	n := a.skip(k)
	if n > k {
		if strings.Count(string(a.r[k:n]), "\n") > 1 {
			return "", 0, false, false
		}
		clean = false
	}
	a.torn = a.torn || gap || spaced || n > k
	return scheme, n, clean, true
}

// tornScheme reads "h ttps" and "http s".
func (a *address) tornScheme(i int) (string, int, bool) {
	var word []byte
	end := i
	for k := i; len(word) < 6; k++ {
		c := a.get(k)
		if c == ' ' && len(word) > 0 && a.get(k-1) != ' ' {
			continue
		}
		if !letter(c) {
			break
		}
		word, end = append(word, byte(c|0x20)), k+1
	}
	if s := string(word); s != "http" && s != "https" || a.get(a.skip(end)) != ':' || a.get(a.skip(a.skip(end)+1)) != '/' {
		return "", 0, false
	}
	return string(word), end, true
}

// readHost reads a host. Where something was wrong before, or white space
// stands in it, it must end in a top-level domain that exists.
func (a *address) readHost(i int, clean bool) (int, bool) {
	var labels []string
	torn, capitals := false, 0
	for {
		label, next := a.readLabel(i)
		if label == "" || label[0] == '-' || label[len(label)-1] == '-' {
			return 0, false
		}
		if lower := strings.ToLower(label); label != lower && label[1:] == lower[1:] && len(label) > 1 {
			capitals++
		}
		labels = append(labels, label)
		dot, gap, ok := a.nextDot(next, labels)
		if !ok {
			i = next
			break
		}
		torn = torn || gap
		i = dot
	}
	a.host = strings.ToLower(strings.Join(labels, "."))
	if len(labels) < 2 || len(labels) == 2 && strings.EqualFold(labels[0], "www") || len(a.host) > 253 || a.get(i) == '@' {
		return 0, false
	}
	if torn {
		a.torn = true
	}
	if (torn || !clean) && !knownTop(labels[len(labels)-1]) && !numeric(labels) {
		return 0, false
	}
	a.titled = (a.capital || strings.HasPrefix(labels[0], "Ww")) && capitals >= 2 && capitals >= len(labels)-1
	if a.get(i) == ':' && digit(a.get(i+1)) {
		end := i + 1
		for digit(a.get(end)) && end < i+6 {
			end++
		}
		a.host += ":" + string(a.r[i+1:end])
		i = end
	}
	a.hostEnd = i
	return i, true
}

// readLabel reads one label of a host.
func (a *address) readLabel(i int) (string, int) {
	end := i
	dense := text.Dense(a.get(i))
	for {
		c := a.get(end)
		switch {
		case alnum(c), c == '-', c == '_':
			if dense {
				return string(a.r[i:end]), end
			}
		case c > 0x7f && (unicode.IsLetter(c) || unicode.IsMark(c)):
			if text.Dense(c) != dense {
				return string(a.r[i:end]), end
			}
		default:
			return string(a.r[i:end]), end
		}
		if end++; end-i > 63 {
			return "", i
		}
	}
}

// nextDot reads the dot between two labels and returns where the next one
// begins; gap says that white space stood beside it.
func (a *address) nextDot(i int, labels []string) (next int, gap, ok bool) {
	dot := a.skip(i)
	c := a.get(dot)
	if c != '.' && c != '。' {
		return 0, false, false
	}
	after := a.skip(dot + 1)
	n := a.get(after)
	if !alnum(n) && !(n > 0x7f && unicode.IsLetter(n) && after == dot+1 && c == '.' && !a.wide[dot]) {
		return 0, false, false
	}
	if dot == i && after == dot+1 {
		return after, c == '。', true
	}
	label, end := a.readLabel(after)
	if label == "" || strings.Contains(string(a.r[i:after]), "\n\n") {
		return 0, false, false
	}
	_, another := a.scanScheme(after)
	own := len(labels)
	if strings.EqualFold(labels[0], "www") {
		own--
	}
	complete := own > 1 && knownTop(labels[len(labels)-1])
	switch {
	case another:
		return 0, false, false
	case dot > i && after == dot+1: // "www .youtube"
		return after, true, !complete || knownTop(label) && a.get(end) != ' '
	case !complete: // "youtu. be": no sentence ends in "youtu"
		if len(labels) == 1 && !strings.EqualFold(labels[0], "www") && !a.torn && !knownTop(label) && a.get(end) != '.' {
			return 0, false, false
		}
		return after, true, true
	}
	// "gov. uk/": a country behind what could be the end of a sentence.
	return after, true, len(label) == 2 && knownTop(label) && label == strings.ToLower(label) && a.get(end) == '/'
}

// scanScheme reports whether another address begins at i.
func (a *address) scanScheme(i int) (int, bool) {
	probe := address{folded: a.folded}
	_, next, _, ok := probe.readScheme(i)
	return next, ok
}

// knownTop reports whether a label is a top-level domain.
func knownTop(label string) bool {
	label = strings.ToLower(label)
	switch label {
	case "example", "test", "invalid", "onion": // RFC 2606, RFC 7686
		return true
	}
	if len(label) < 2 {
		return false
	}
	if !ascii(label) {
		encoded, err := idna.Punycode.ToASCII(label)
		if err != nil {
			return false
		}
		label = encoded
	}
	suffix, managed := publicsuffix.PublicSuffix(label)
	return managed && suffix == label
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func numeric(labels []string) bool {
	for _, l := range labels {
		if !digits(l) || len(l) > 3 {
			return false
		}
	}
	return len(labels) == 4
}

func isYouTube(host string) bool {
	switch strings.TrimPrefix(strings.TrimPrefix(host, "www."), "m.") {
	case "youtu.be", "youtube.com", "youtube-nocookie.com", "music.youtube.com":
		return true
	}
	return false
}

// finish puts the address together.
func (a *address) finish() string {
	path := string(a.out)
	if a.titled {
		path = lowerTitled(path, a.host)
	}
	path = unescapeAmpersands(path)
	return a.scheme + "://" + a.host + unquote(path, a.host, a.softBreaks > 0)
}

// emit adds a character of the source, as it is to stand.
func (a *address) emit(c rune, index int) {
	before := len(a.out)
	a.out = utf8.AppendRune(a.out, c)
	for range len(a.out) - before {
		a.from = append(a.from, index+1)
	}
}

// last returns the last character written, '/' for a bare host's end.
func (a *address) last() rune {
	if len(a.out) == 0 {
		return 0
	}
	c, _ := utf8.DecodeLastRune(a.out)
	return c
}
