package poll

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"copydesk/feed"
)

// longestID is the longest upstream id, in bytes, that is published as it is;
// readers keep ids, and some cut them.
const longestID = 1000

// publicID is the id that an entry is to be published with: upstream's own
// where it is an IRI (RFC 4287 §4.2.6), else a tag URI (RFC 4151).
func publicID(s feed.Source, e *feed.Entry, hash feed.Hash) string {
	if isIRI(e.ID) {
		return e.ID
	}
	id := e.ID
	if id == "" {
		id = e.Link("alternate")
	}
	if id == "" {
		id = hex.EncodeToString(hash[:])
	}
	return tagID(s, id, "")
}

// tagID makes a tag URI of the source's name and what upstream calls the
// entry. The same entry gets the same id on every machine; apart tells one
// from another that has the same name.
func tagID(s feed.Source, id, apart string) string {
	authority := "copydesk.invalid"
	if u, err := url.Parse(s.URL); err == nil && u.Hostname() != "" && !strings.Contains(u.Hostname(), ":") {
		authority = strings.ToLower(u.Hostname())
	}
	specific := tagEscape(id)
	if len(specific) > longestID/2 || specific == "" {
		sum := sha256.Sum256([]byte(id))
		specific = hex.EncodeToString(sum[:16])
	}
	tag := "tag:" + authority + minted + s.Name + "/" + specific
	if apart != "" {
		tag += "/" + apart
	}
	return tag
}

// minted marks the ids that we make.
const minted = ",2026:copydesk/"

// isMinted reports whether an id looks like one that a copydesk has made.
func isMinted(id string) bool { return strings.HasPrefix(id, "tag:") && strings.Contains(id, minted) }

// tagEscape leaves what may stand in a tag URI's specific part (RFC 4151
// §2.1) and percent-encodes the rest.
func tagEscape(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c < 0x80 && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~!$&'()*+,;=:@/?", c) >= 0) {
			b.WriteByte(c)
			continue
		}
		const digits = "0123456789ABCDEF"
		b.WriteByte('%')
		b.WriteByte(digits[c>>4])
		b.WriteByte(digits[c&15])
	}
	return b.String()
}

// isIRI reports whether an id is an absolute IRI (RFC 3987) that can stand in
// a feed as it is.
func isIRI(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || rest == "" || len(s) > longestID || !utf8.ValidString(s) {
		return false
	}
	for i, c := range scheme {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || !(c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.')) {
			return false
		}
	}
	if len(scheme) < 2 {
		return false
	}
	switch strings.ToLower(scheme) {
	case "http", "https":
		if !strings.HasPrefix(rest, "//") || len(rest) < 3 || rest[2] == '/' {
			return false
		}
	case "javascript", "data", "file", "vbscript":
		return false
	}
	for i := 0; i < len(rest); {
		r, size := utf8.DecodeRuneInString(rest[i:])
		if unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`<>"{}|\^`+"`", r) || r == '\uFFFD' {
			return false
		}
		if r == '%' && !(i+2 < len(rest) && hexDigit(rest[i+1]) && hexDigit(rest[i+2])) {
			return false
		}
		i += size
	}
	return true
}

func hexDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
