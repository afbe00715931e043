// Package websub tells readers of news as soon as there is any, and hears of
// it from upstream the same way (W3C WebSub, https://www.w3.org/TR/websub/).
//
// Hub is for our own editions: it takes subscriptions, verifies that they are
// meant, and distributes signed content until a lease ends. Subscriber is for
// sources whose upstream names a hub: it subscribes, answers verifications,
// renews leases, and takes in only what is signed with its secret. Polling
// goes on beside it, less often.
//
// What is kept stands behind small interfaces of a store; requests go through
// a client that is handed in, and so under its guard and budgets. Both are
// bounded in number, size and time. Which topics exist, and what is done with
// content that came in, is left to others.
package websub

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"net/http"
	"net/url"
	"strings"
)

const (
	maxAddress = 2000 // of a callback or topic
	maxSecret  = 199  // §5.1: less than 200 bytes
	maxForm    = 16 << 10
	maxAnswer  = 4 << 10 // of an answer to a verification
)

// signatures are the methods of X-Hub-Signature (§7.1).
var signatures = map[string]func() hash.Hash{
	"sha1": sha1.New, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New,
}

// sign is the value of X-Hub-Signature for content.
func sign(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// signed reports whether the signature is that of the content.
func signed(secret, signature string, body []byte) bool {
	method, digest, _ := strings.Cut(strings.TrimSpace(signature), "=")
	newHash, known := signatures[strings.ToLower(method)]
	sent, err := hex.DecodeString(digest)
	if !known || err != nil {
		return false
	}
	mac := hmac.New(newHash, []byte(secret))
	mac.Write(body)
	return hmac.Equal(sent, mac.Sum(nil))
}

// address reads an absolute http(s) address without userinfo and fragment.
func address(s string) (*url.URL, bool) {
	u, err := url.Parse(s)
	if err != nil || len(s) > maxAddress || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		return nil, false
	}
	return u, true
}

// Discover names the hub of a source and the topic under which the hub knows
// it (§4): from the answer's Link headers, else from what the document says.
// The topic is resolved against the address that answered. Nothing is found
// unless both are.
func Discover(header http.Header, answered string, hubs []string, self string) (hub, topic string, ok bool) {
	base, err := url.Parse(answered)
	if err != nil {
		return "", "", false
	}
	var linked []string
	linkedSelf := ""
	for _, l := range links(header.Values("Link")) {
		switch l.rel {
		case "hub":
			linked = append(linked, l.target)
		case "self":
			linkedSelf = l.target
		}
	}
	if len(linked) > 0 {
		hubs = linked
	}
	if linkedSelf != "" {
		self = linkedSelf
	}
	if self == "" {
		return "", "", false
	}
	topic, ok = resolve(base, self)
	if !ok {
		return "", "", false
	}
	for _, h := range hubs {
		if hub, ok = resolve(base, h); ok {
			return hub, topic, true
		}
	}
	return "", "", false
}

// topicOf is the topic that Link headers name, resolved against base; "":
// none, or several.
func topicOf(header http.Header, base string) string {
	b, err := url.Parse(base)
	if err != nil {
		return ""
	}
	topic := ""
	for _, l := range links(header.Values("Link")) {
		if l.rel != "self" {
			continue
		}
		self, ok := resolve(b, l.target)
		if !ok || topic != "" && topic != self {
			return ""
		}
		topic = self
	}
	return topic
}

func resolve(base *url.URL, reference string) (string, bool) {
	u, err := base.Parse(strings.TrimSpace(reference))
	if err != nil {
		return "", false
	}
	_, ok := address(u.String())
	return u.String(), ok
}

type link struct{ target, rel string }

// links reads Link headers (RFC 8288 §3), one link for each of its relations.
func links(values []string) []link {
	var out []link
	for _, v := range values {
		for {
			open := strings.IndexByte(v, '<')
			if open < 0 {
				break
			}
			end := strings.IndexByte(v[open:], '>')
			if end < 0 {
				break
			}
			target := v[open+1 : open+end]
			v = v[open+end+1:]
			var parameters string
			parameters, v = cut(v, ',')
			for _, rel := range relations(parameters) {
				out = append(out, link{target, rel})
			}
		}
	}
	return out
}

// cut takes all up to a separator that doesn't stand in quotes.
func cut(s string, separator byte) (before, after string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == separator && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// relations are the words of the first rel parameter.
func relations(parameters string) []string {
	for parameters != "" {
		var p string
		p, parameters = cut(parameters, ';')
		name, value, _ := strings.Cut(p, "=")
		if strings.EqualFold(strings.TrimSpace(name), "rel") {
			return strings.Fields(strings.ToLower(strings.Trim(strings.TrimSpace(value), `"`)))
		}
	}
	return nil
}
