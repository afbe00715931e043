package repair

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"
)

// How the redirectors of the table hide an address; the commonest way, as a
// parameter, stands beside the general forms.

// cached takes the address from "cache:ID:ADDRESS+words".
func cached(w *wrapping, name string) (string, bool) {
	value, _ := w.value(name)
	decoded, err := url.QueryUnescape(value)
	if err != nil || !strings.HasPrefix(decoded, "cache:") {
		return "", false
	}
	decoded, _, _ = strings.Cut(decoded[len("cache:"):], " ")
	if i := strings.Index(decoded, "http"); i >= 0 {
		return absoluteInner(decoded[i:])
	}
	if i := strings.LastIndexByte(decoded, ':'); i >= 0 {
		decoded = decoded[i+1:]
	}
	return absoluteInner("http://" + decoded)
}

// encoded takes the address from a value like "a1aHR0cHM6Ly9…".
func encoded(w *wrapping, name string) (string, bool) {
	value, _ := w.value(name)
	if len(value) < 12 {
		return "", false
	}
	decoded, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(value[2:], "="))
	if err != nil {
		return "", false
	}
	return absoluteInner(string(decoded))
}

// inBase64 takes the address from a value that is all of it in base64, of
// either alphabet, with or without padding. What doesn't come out as one sound
// address is something else.
func inBase64(value string) (string, bool) {
	if !strings.HasPrefix(value, "aHR0c") { // "http"
		return "", false
	}
	value, err := url.PathUnescape(value)
	if err != nil {
		return "", false
	}
	value = strings.NewReplacer("-", "+", "_", "/", " ", "+").Replace(strings.TrimRight(value, "="))
	decoded, err := base64.RawStdEncoding.DecodeString(value)
	if err != nil {
		return "", false
	}
	for _, c := range decoded {
		if c <= ' ' || c >= 0x7f {
			return "", false
		}
	}
	inner := string(decoded)
	if !strings.HasPrefix(inner, "http://") && !strings.HasPrefix(inner, "https://") {
		return "", false
	}
	return absoluteInner(inner)
}

// withoutFormat takes away the format that a proxy is asked for behind the
// address that stands plain in its path: "https://…/a.jpg@webp".
func withoutFormat(address string) string {
	before, format, found := cutLast(address, "@")
	if !found {
		if before, format, found = cutLast(address, "%40"); !found {
			return address
		}
	}
	if pictureFormats[strings.ToLower(format)] {
		return before
	}
	return address
}

var pictureFormats = words("webp avif jpg jpeg png gif jxl best bmp ico tiff heic svg mp4")

func cutLast(s, separator string) (string, string, bool) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(separator):], true
}

// googleNews takes the address from the older ids of Google News, which hold
// it in base64; the newer ones can't be read without asking.
func googleNews(w *wrapping, _ string) (string, bool) {
	id := w.path[strings.LastIndexByte(w.path, '/')+1:]
	decoded, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(id, "="))
	if err != nil {
		return "", false
	}
	start := strings.Index(string(decoded), "http")
	if start < 0 {
		return "", false
	}
	end := start
	for end < len(decoded) && decoded[end] > ' ' && decoded[end] < 0x7f {
		end++
	}
	return absoluteInner(string(decoded[start:end]))
}

// defended takes the address from /v3/__ADDRESS__;….
func defended(w *wrapping, _ string) (string, bool) {
	value, rest, found := strings.Cut(strings.TrimPrefix(w.path, "/v3/__"), "__;")
	if !found {
		return "", false
	}
	if w.query != "" && rest == "" {
		return "", false
	}
	if strings.Contains(value, "*") { // characters that were taken out stand in base64 behind
		return "", false
	}
	return absoluteInner(value)
}

// defendedBefore takes the address from u=https-3A__host_path.
func defendedBefore(w *wrapping, name string) (string, bool) {
	value, _ := w.value(name)
	return absoluteInner(strings.NewReplacer("-", "%", "_", "/").Replace(value))
}

// yahoo takes the address from /RU=ADDRESS/RK=….
func yahoo(w *wrapping, _ string) (string, bool) {
	_, value, found := strings.Cut(w.path, "/RU=")
	if !found {
		return "", false
	}
	value, _, _ = strings.Cut(value, "/")
	return absoluteInner(value)
}

// starred takes the address behind an asterisk.
func starred(w *wrapping, _ string) (string, bool) {
	_, value, found := strings.Cut(w.path, "*")
	if !found {
		return "", false
	}
	value = strings.TrimPrefix(value, "-")
	if w.query != "" {
		value += "?" + w.query
	}
	return absoluteInner(value)
}

// onSameHost takes a path from a parameter.
func onSameHost(w *wrapping, name string) (string, bool) {
	value, _ := w.value(name)
	path, err := url.PathUnescape(value)
	if err != nil || !strings.HasPrefix(path, "/") {
		return "", false
	}
	return "https://www." + w.host + path, true
}

// disqus takes the address from url=ADDRESS:checksum.
func disqus(w *wrapping, name string) (string, bool) {
	inner, ok := parameter(w, name)
	if !ok {
		return "", false
	}
	if i := strings.LastIndexByte(inner, ':'); i > 8 {
		inner = inner[:i]
	}
	return inner, true
}

// absolutePath takes the address that stands whole in the path.
func absolutePath(w *wrapping, _ string) (string, bool) {
	lower := strings.ToLower(w.path)
	at := strings.Index(lower, "/http")
	if at < 0 {
		return "", false
	}
	rest := w.path[at+1:]
	if w.query != "" && strings.Contains(rest, ":/") {
		rest += "?" + w.query
	}
	return absoluteInner(rest)
}

// photon takes host and path of a picture from the path.
func photon(w *wrapping, _ string) (string, bool) {
	rest := strings.TrimPrefix(strings.TrimPrefix(w.path, "/img"), "/")
	host, path, found := strings.Cut(rest, "/")
	if !found || !isHostname(host) || path == "" {
		return "", false
	}
	if options, more, found := strings.Cut(path, "/"); found && (strings.Contains(options, ",") || strings.Contains(options, "=")) {
		path = more
	}
	return "https://" + host + "/" + path, true
}

// photo takes a picture's address, mostly without scheme, from a parameter.
func photo(w *wrapping, name string) (string, bool) {
	if inner, ok := parameter(w, name); ok {
		return inner, true
	}
	value, _ := w.value(name)
	decoded, err := url.PathUnescape(value)
	if err != nil {
		return "", false
	}
	decoded = strings.TrimPrefix(decoded, "ssl:")
	host, path, found := strings.Cut(decoded, "/")
	if !found || !isHostname(host) || path == "" {
		return "", false
	}
	return "https://" + decoded, true
}

// camo takes the address from hexadecimal digits.
func camo(w *wrapping, _ string) (string, bool) {
	decoded, err := hex.DecodeString(lastSegment(w.path))
	if err != nil {
		return "", false
	}
	return absoluteInner(string(decoded))
}

// archived takes the address from an archive's copy. A link in the text that
// leads to an archive does so on purpose.
func archived(w *wrapping, _ string) (string, bool) {
	if w.kind == toPage {
		return "", false
	}
	inner, ok := absolutePath(w, "")
	return inner, ok
}

// prefixed takes the address of a file from behind services that count its
// listeners: the first segment that is the name of a host.
func prefixed(w *wrapping, _ string) (string, bool) {
	if w.kind != toFile {
		return "", false
	}
	rest := strings.TrimPrefix(w.path, "/")
	for segment, more, found := strings.Cut(rest, "/"); found; segment, more, found = strings.Cut(rest, "/") {
		if dot := strings.LastIndexByte(segment, '.'); dot > 0 && isHostname(segment) && !strings.HasPrefix(segment, "redirect.") && more != "" {
			inner := "https://" + rest
			if w.query != "" {
				inner += "?" + w.query
			}
			return inner, true
		}
		if strings.HasPrefix(segment, "http") {
			return absolutePath(w, "")
		}
		rest = more
	}
	return "", false
}
