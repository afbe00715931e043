package text

import "strings"

const longest = 2048 // bytes of an address

// address returns the length of the address that s begins with, or 0: one
// with a scheme, one that begins with www, a host with a path, an e-mail
// address, or a bare host in small letters.
func address(s string) int {
	n := 0
	dot, at, slash := -1, -1, -1
	for n < min(len(s), longest) && s[n] > ' ' && s[n] < 0x80 {
		switch s[n] {
		case '"', '<', '>', '`', '{', '}', '|', '\\', '^', '\'':
			return shape(s[:n], dot, at, slash)
		case '.':
			dot = n
		case '@':
			if at < 0 {
				at = n
			}
		case '/':
			if slash < 0 {
				slash = n
			}
		}
		n++
	}
	return shape(s[:n], dot, at, slash)
}

func shape(s string, dot, at, slash int) int {
	if slash < 0 && dot <= 0 && at <= 0 {
		return 0
	}
	s = strings.TrimRight(s, ".,;:!?)]")
	if i := strings.Index(s, "://"); i > 0 && letters(s[:i]) {
		return len(s)
	}
	if len(s) > 4 && strings.EqualFold(s[:4], "www.") {
		return len(s)
	}
	host := s
	if rest, ok := strings.CutPrefix(s, "//"); ok {
		if n := shape(rest, dot, at, slash); n > 0 {
			return n + 2
		}
		return 0
	}
	if i := strings.IndexAny(host, "/?#"); i > 0 {
		host = host[:i]
	}
	if i := strings.IndexByte(host, '@'); i > 0 {
		if name := host[i+1:]; strings.IndexByte(name, '.') > 0 && hostLike(name) {
			return len(s)
		}
		return 0
	}
	i := strings.LastIndexByte(host, '.')
	if i <= 0 || !hostLike(host) {
		return 0
	}
	last := host[i+1:]
	if len(host) < len(s) { // with a path
		if len(last) >= 2 && letters(last) {
			return len(s)
		}
		return 0
	}
	if host == strings.ToLower(host) && strings.Contains(domains, " "+last+" ") {
		return len(s)
	}
	return 0
}

// domains end bare hosts that are written within a sentence. What is also a
// suffix of names of things (node.js, asp.net) stays out.
const domains = " com org edu gov info io dev app example invalid co uk de fr es it nl pl pt ru ua jp cn kr tw hk eu us ca au br mx ch at be se no dk fi cz gr hu ro in ir il tr za nz ie "

func letters(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return len(s) > 0
}

func hostLike(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == ':' {
			continue
		}
		if c == '.' && i > 0 && i+1 < len(s) && s[i-1] != '.' {
			continue
		}
		return false
	}
	return true
}
