package parse

import "strings"

// reference is an address taken apart (RFC 3986 appendix B). Characters
// beyond ASCII stay as they are: IRIs are kept.
type reference struct {
	scheme, authority, path, query, fragment string
	hasAuthority, hasQuery, hasFragment      bool
}

func split(t string) reference {
	var r reference
	t, r.fragment, r.hasFragment = strings.Cut(t, "#")
	t, r.query, r.hasQuery = strings.Cut(t, "?")
	if i := strings.IndexByte(t, ':'); i > 0 && isScheme(t[:i]) {
		r.scheme, t = t[:i], t[i+1:]
	}
	if strings.HasPrefix(t, "//") {
		r.hasAuthority = true
		t = t[2:]
		i := strings.IndexByte(t, '/')
		if i < 0 {
			i = len(t)
		}
		r.authority, t = t[:i], t[i:]
	}
	r.path = t
	return r
}

func isScheme(t string) bool {
	for i := 0; i < len(t); i++ {
		c := t[i] | 0x20
		if !(c >= 'a' && c <= 'z' || i > 0 && (t[i] >= '0' && t[i] <= '9' || t[i] == '+' || t[i] == '-' || t[i] == '.')) {
			return false
		}
	}
	return t != ""
}

// resolve makes a reference absolute (RFC 3986 §5.2). What is damaged, white
// space within or a host without scheme, is left as it is for repair.
func resolve(base, ref string) string {
	ref = trim(ref)
	if ref == "" || base == "" {
		return ref
	}
	if strings.ContainsAny(ref, " \t\n\r") || strings.HasPrefix(ref, "www.") {
		return ref
	}
	r := split(ref)
	if r.scheme != "" {
		return ref
	}
	return join(split(base), r)
}

// resolveBase resolves an xml:base against the one outside it. An empty
// result never comes of it: a base that can't be read is none.
func resolveBase(outer, own string) string {
	if strings.ContainsAny(own, " \t\n\r") || len(own) > maxBase {
		return outer
	}
	r := split(own)
	if r.scheme != "" {
		return own
	}
	if outer == "" {
		return own
	}
	if base := join(split(outer), r); len(base) <= maxBase {
		return base
	}
	return outer
}

// shortBase is an address as one that others start from: for them its query
// doesn't matter.
func shortBase(address string) string {
	if len(address) <= maxBase {
		return address
	}
	if end := strings.IndexAny(address, "?#"); end >= 0 {
		address = address[:end]
	}
	if len(address) <= maxBase {
		return address
	}
	return address[:strings.LastIndexByte(address[:maxBase], '/')+1]
}

func join(b, r reference) string {
	t := r
	t.scheme = b.scheme
	if !r.hasAuthority {
		t.authority, t.hasAuthority = b.authority, b.hasAuthority
		switch {
		case r.path == "":
			t.path = b.path
			if !r.hasQuery {
				t.query, t.hasQuery = b.query, b.hasQuery
			}
		case r.path[0] != '/':
			t.path = b.path[:strings.LastIndexByte(b.path, '/')+1] + r.path
			if b.hasAuthority && b.path == "" {
				t.path = "/" + r.path
			}
		}
	}
	if r.path != "" {
		t.path = withoutDots(t.path)
	}
	var s strings.Builder
	if t.scheme != "" {
		s.WriteString(t.scheme + ":")
	}
	if t.hasAuthority {
		s.WriteString("//" + t.authority)
	}
	s.WriteString(t.path)
	if t.hasQuery {
		s.WriteString("?" + t.query)
	}
	if t.hasFragment {
		s.WriteString("#" + t.fragment)
	}
	return s.String()
}

// withoutDots removes dot segments (RFC 3986 §5.2.4).
func withoutDots(path string) string {
	if !strings.Contains(path, "/.") && !strings.HasPrefix(path, ".") {
		return path
	}
	var kept []string
	parts := strings.Split(path, "/")
	for i, p := range parts {
		last := i == len(parts)-1
		switch p {
		case ".":
			if last {
				kept = append(kept, "")
			}
		case "..":
			if n := len(kept); n > 1 || n == 1 && kept[0] != "" {
				kept = kept[:n-1]
			}
			if last {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, p)
		}
	}
	joined := strings.Join(kept, "/")
	if strings.HasPrefix(path, "/") && !strings.HasPrefix(joined, "/") {
		joined = "/" + joined
	}
	return joined
}

// isWeb reports whether an address is one of the web.
func isWeb(t string) bool {
	return len(t) > 8 && (strings.EqualFold(t[:7], "http://") || strings.EqualFold(t[:8], "https://"))
}
