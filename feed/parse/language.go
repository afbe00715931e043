package parse

import (
	"net/http"
	"strings"
)

// language makes a BCP 47 tag of a declared language, "" when it is none.
func language(t string) string {
	t = strings.ReplaceAll(strings.TrimSpace(t), "_", "-")
	if i := strings.IndexAny(t, ".@;, "); i >= 0 { // en_US.UTF-8
		t = t[:i]
	}
	parts := strings.Split(t, "-")
	for i, p := range parts {
		if p == "" || len(p) > 8 || !alphanumeric(p) {
			return ""
		}
		switch {
		case i == 0:
			if len(p) < 2 || len(p) > 3 || strings.ContainsAny(p, "0123456789") {
				return "" // "English", "c"
			}
			parts[i] = strings.ToLower(p)
		case len(p) == 4 && !strings.ContainsAny(p, "0123456789"):
			parts[i] = strings.ToUpper(p[:1]) + strings.ToLower(p[1:])
		case len(p) == 2 && len(parts[i-1]) > 1:
			parts[i] = strings.ToUpper(p)
		default:
			parts[i] = strings.ToLower(p)
		}
	}
	if parts[0] == "und" || parts[0] == "mul" || parts[0] == "zxx" {
		return ""
	}
	return strings.Join(parts, "-")
}

func alphanumeric(t string) bool {
	for i := 0; i < len(t); i++ {
		if c := t[i] | 0x20; !(c >= 'a' && c <= 'z' || t[i] >= '0' && t[i] <= '9') {
			return false
		}
	}
	return true
}

// firstLanguage is the first that declares one.
func firstLanguage(declared ...string) string {
	for _, d := range declared {
		if l := language(d); l != "" {
			return l
		}
	}
	return ""
}

// contentLanguage is HTTP's, when it names a single one: several are an
// audience, not a language (RFC 9110 §8.5).
func contentLanguage(h http.Header) string {
	if v := h.Get("Content-Language"); !strings.Contains(v, ",") {
		return v
	}
	return ""
}
