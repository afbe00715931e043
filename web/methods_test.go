package web

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What HEAD tells of an address is what GET would (RFC 9110 §9.3.2).
func TestHEADIsGETWithoutABody(t *testing.T) {
	s := newServer(newShelf(), newSite())
	paths := slices.Concat(allPages, []string{
		"/feeds/news.atom", "/feeds/news.rss", "/feeds/news.json?page=2", "/feeds/secret.atom", "/feeds/later.atom", "/feeds/nothing.atom", "/feeds/news.atom?page=99", "/feeds/news.atom/",
		"/feeds/news/dropped.atom", "/status.atom", "/opml", "/api/editions", "/api/sources", "/static/style.css", "/healthz", "/readyz", "/robots.txt", "/favicon.ico", "/nothing",
	})
	for _, path := range paths {
		for name, header := range map[string]map[string]string{
			"plain": nil, "packed": {"Accept-Encoding": "gzip"}, "known": {"If-None-Match": "*"}, "a part": {"Range": "bytes=0-9"}, "from elsewhere": {"X-Forwarded-For": "203.0.113.9"},
		} {
			get := ask(t, s, request{Path: path, Header: header})
			head := ask(t, s, request{Method: http.MethodHead, Path: path, Header: header})
			if head.StatusCode != get.StatusCode {
				t.Errorf("%s, %s: HEAD %d, GET %d", path, name, head.StatusCode, get.StatusCode)
			}
			if diff := cmp.Diff(told(get.Header), told(head.Header)); diff != "" {
				t.Errorf("%s, %s: %s", path, name, diff)
			}
		}
	}
}

// told are headers without those that the recorder of answers makes up.
func told(h http.Header) http.Header {
	h = maps.Clone(h)
	for _, name := range []string{"Date", "Content-Length"} {
		if h.Get("ETag") == "" {
			h.Del(name)
		}
	}
	return h
}

func TestASlashTooManyIsForgiven(t *testing.T) {
	s := newServer(newShelf(), newSite())
	for path, want := range map[string]string{
		"/feeds/news/": "../news", "/feeds/news.atom/": "../news.atom", "/feeds/news.atom/?page=2": "../news.atom?page=2", "/feeds/%2e%2e%2f%2f/": "../..%2F%2F", "/feeds/%0d%0aX:y/": "../%0D%0AX:y",
	} {
		got := ask(t, s, request{Path: path})
		if at := got.Header.Get("Location"); got.StatusCode != http.StatusFound || at != want || strings.ContainsAny(at, "\r\n") {
			t.Errorf("%s: %d to %q", path, got.StatusCode, at)
		}
	}
}
