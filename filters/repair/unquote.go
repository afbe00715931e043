package repair

import "strings"

// unescapeAmpersands undoes the escaping of ampersands, however often it was
// done.
func unescapeAmpersands(s string) string {
	for strings.Contains(s, "&amp;") || strings.Contains(s, "&#038;") || strings.Contains(s, "&#38;") {
		s = strings.NewReplacer("&amp;", "&", "&#038;", "&", "&#38;", "&").Replace(s)
	}
	return s
}

// unquote undoes what is left of quoted-printable (RFC 2045 §6.7): "=3D" for
// "=". A value may begin with "3D" by right, so that one alone says nothing.
func unquote(path, host string, certain bool) string {
	_, query, found := strings.Cut(path, "?")
	if !found || !strings.Contains(query, "=3D") {
		return path
	}
	signs, quoted := strings.Count(query, "="), strings.Count(query, "=3D")
	video := false
	if _, id, found := strings.Cut(query, "v=3D"); found && isYouTube(host) {
		id, _, _ = strings.Cut(id, "&")
		video = len(id) == 11
	}
	if signs == quoted && (quoted > 1 || certain) || video {
		return strings.ReplaceAll(path, "=3D", "=")
	}
	return path
}

// lowerTitled undoes a translator's capitals in path and query, but not those
// of ids.
func lowerTitled(path, host string) string {
	var b strings.Builder
	word := func(w string, key bool) {
		lower := strings.ToLower(w)
		if w != "" && (key || len(w) > 1) && w[1:] == lower[1:] && onlyLetters(lower) && (key || len(w) != 11 || !isYouTube(host)) {
			w = lower
		}
		b.WriteString(w)
	}
	start, query := 0, false
	for i := 0; i <= len(path); i++ {
		if i < len(path) && !strings.ContainsRune("/?=&#.-", rune(path[i])) {
			continue
		}
		word(path[start:i], query && i < len(path) && path[i] == '=')
		if i < len(path) {
			b.WriteByte(path[i])
			query = query || path[i] == '?'
		}
		start = i + 1
	}
	return b.String()
}

func onlyLetters(s string) bool {
	for i := 0; i < len(s); i++ {
		if !letter(rune(s[i])) {
			return false
		}
	}
	return true
}
