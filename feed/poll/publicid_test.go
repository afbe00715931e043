package poll

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"copydesk/feed"
)

func TestUpstreamsIDIsKeptWhereItIsAnIRI(t *testing.T) {
	for id, is := range map[string]bool{
		"https://a.example/1":                    true,
		"http://a.example/ä?q=1#x":               true,
		"HTTP://A.example/":                      true,
		"urn:uuid:1225c695-cfb8-4ebb-aaaa-80da3": true,
		"tag:a.example,2003:3.2397":              true,
		"at://did:plc:abc/app.bsky.feed.post/3k": true,
		"yt:video:dQw4w9WgXcQ":                   true,
		"123":                                    false,
		"":                                       false,
		"/relative":                              false,
		"//a.example/1":                          false,
		"C:\\feeds\\1":                           false,
		"c:/feeds/1":                             false,
		"http:/a.example/1":                      false,
		"https:///1":                             false,
		"https://a.example/a b":                  false,
		"https://a.example/\x00":                 false,
		"https://a.example/\r\nX: y":             false,
		"https://a.example/%zz":                  false,
		"https://a.example/\xff":                 false,
		"https://a.example/<b>":                  false,
		"javascript:alert(1)":                    false,
		"data:text/html,x":                       false,
		"file:///etc/passwd":                     false,
		"1urn:x":                                 false,
		"urn:":                                   false,
		"urn:\u00a0x":                            false,
		"urn:" + strings.Repeat("x", longestID):  false,
	} {
		if got := isIRI(id); got != is {
			t.Errorf("%q: %v", id, got)
		}
	}
}

func TestOtherIDsBecomeTags(t *testing.T) {
	s := feed.Source{Name: "pier", URL: "https://User:secret@Pier.example:8443/feed?key=secret"}
	for _, c := range []struct {
		e    feed.Entry
		want string
	}{
		{feed.Entry{ID: "123"}, "tag:pier.example,2026:copydesk/pier/123"},
		{feed.Entry{ID: "a b/../ä"}, "tag:pier.example,2026:copydesk/pier/a%20b/../%C3%A4"},
		{feed.Entry{ID: "x\r\n\x00"}, "tag:pier.example,2026:copydesk/pier/x%0D%0A%00"},
		{feed.Entry{Links: []feed.Link{{Rel: "alternate", Href: "https://pier.example/1"}}}, "tag:pier.example,2026:copydesk/pier/https://pier.example/1"},
		{feed.Entry{}, "tag:pier.example,2026:copydesk/pier/00000000000000000000000000000000"},
		{feed.Entry{ID: strings.Repeat("long ", 20_000)}, "tag:pier.example,2026:copydesk/pier/c3cde55157f54fd1590184aec669f4f6"},
	} {
		if got := publicID(s, &c.e, feed.Hash{}); got != c.want {
			t.Errorf("%.40q: %s", c.e.ID, got)
		}
	}
	if got := tagID(feed.Source{Name: "six", URL: "http://[::1]/feed"}, "1", "7"); got != "tag:copydesk.invalid,2026:copydesk/six/1/7" {
		t.Error(got)
	}
}

func FuzzPublicID(f *testing.F) {
	for _, id := range []string{"https://a.example/1", "123", "a\x00b", "tag:x,2026:copydesk/a/1", "\xff", "http://%41"} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		s := feed.Source{Name: "a", URL: "https://a.example/feed"}
		got := publicID(s, &feed.Entry{ID: id}, feed.Hash{1})
		if got != id && !strings.HasPrefix(got, "tag:a.example,2026:copydesk/a/") {
			t.Errorf("%q became %q", id, got)
		}
		if !utf8.ValidString(got) || len(got) > longestID || strings.ContainsAny(got, " <>\"\r\n\t\x00") {
			t.Errorf("%q can't stand in a feed", got)
		}
		if got != publicID(s, &feed.Entry{ID: id}, feed.Hash{2}) && id != "" {
			t.Error("an edit changes it")
		}
		if u, err := url.Parse(got); err != nil || u.Scheme == "" {
			if isIRI(id) && got == id { // net/url is stricter than RFC 3987 about hosts
				return
			}
			t.Errorf("%q: %v", got, err)
		}
		if !isIRI(got) {
			t.Errorf("%q isn't an IRI", got)
		}
	})
}
