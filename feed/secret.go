package feed

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// PublicAddress is an address without what may open something to who reads it:
// user name and password, parameters that are named like keys, and whatever of
// the configuration's secrets it holds. One that holds nothing of the kind is
// left as it is written; what can't be read as an address is "".
func PublicAddress(address string, secrets ...string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	query := publicQuery(u.RawQuery)
	holds := func() bool {
		return slices.ContainsFunc(secrets, func(secret string) bool { return Reveals(u.String(), secret) })
	}
	if u.User == nil && query == u.RawQuery && !holds() {
		return address
	}
	u.User, u.Fragment, u.RawFragment, u.RawQuery = nil, "", "", query
	if holds() {
		u.RawQuery, u.ForceQuery = "", false
	}
	if holds() {
		u.Path, u.RawPath, u.Opaque = "/", "", ""
	}
	if holds() {
		return ""
	}
	return u.String()
}

// publicQuery leaves the other parameters as they are written: many servers
// mind their order and their escapes.
func publicQuery(query string) string {
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(part, "=")
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
		if !NamesSecret(name) {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}

// shortestSecret is the length from which on a value is looked for: shorter
// ones stand in any text.
const shortestSecret = 4

// Reveals reports whether a text holds a secret, as it is or escaped as in an
// address.
func Reveals(text, secret string) bool {
	return len(secret) >= shortestSecret &&
		(strings.Contains(text, secret) || strings.Contains(text, url.QueryEscape(secret)) || strings.Contains(text, url.PathEscape(secret)))
}

var (
	secretWords  = []string{"token", "secret", "passw", "pwd", "signature", "session", "credential", "jwt", "auth"}
	secretEnds   = []string{"key", "pass", "sig", "sid", "ticket"}
	publicThough = []string{"author"}
)

// NamesSecret reports whether a parameter of that name is likely to hold what
// opens something: key, api_key, access-token, auth, sig, …
func NamesSecret(name string) bool {
	name = strings.ToLower(strings.NewReplacer("-", "", "_", "", ".", "").Replace(name))
	for _, word := range publicThough {
		name = strings.ReplaceAll(name, word, "")
	}
	return slices.ContainsFunc(secretWords, func(word string) bool { return strings.Contains(name, word) }) ||
		slices.ContainsFunc(secretEnds, func(end string) bool { return strings.HasSuffix(name, end) })
}

var addressInText = regexp.MustCompile(`https?://[^\s"'<>]+`)

// shortestHidden is the length from which on a secret is taken out of a
// sentence: a shorter one may be a word of it.
const shortestHidden = 6

// PublicText is a sentence, such as an error, without what its addresses and
// the configuration's secrets may open.
func PublicText(text string, secrets ...string) string {
	text = addressInText.ReplaceAllStringFunc(text, func(address string) string {
		if public := PublicAddress(address, secrets...); public != "" {
			return public
		}
		return "…"
	})
	for _, secret := range secrets {
		if len(secret) >= shortestHidden {
			text = strings.ReplaceAll(text, secret, "…")
		}
	}
	return text
}

// Public is an origin without what its addresses may open.
func (o Origin) Public(secrets ...string) Origin {
	o.Link, o.Self, o.ID = PublicAddress(o.Link, secrets...), PublicAddress(o.Self, secrets...), PublicAddress(o.ID, secrets...)
	return o
}

// Discreet is how a source may be named where everybody reads. What stands for
// addresses that can't be told is the stand-in, an address of our own.
func (o Origin) Discreet(standIn string, secrets ...string) Origin {
	o = o.Public(secrets...)
	o.Self = cmp.Or(o.Self, o.Link, standIn)
	o.ID = cmp.Or(o.ID, o.Self)
	return o
}
