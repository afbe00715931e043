package web

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// keys are subscribers in memory.
type keys struct {
	sync.Mutex
	names map[string]string
	err   error
}

func (k *keys) Subscriber(_ context.Context, key string) (string, error) {
	k.Lock()
	defer k.Unlock()
	return k.names[key], k.err
}

func TestSubscribersReadAtAddressesOfTheirOwn(t *testing.T) {
	known := &keys{names: map[string]string{"KEY1": "noor", "KEY2": "abe"}}
	library := newShelf()
	var log bytes.Buffer
	server := New(Options{
		Library: library, Log: slog.New(slog.NewTextHandler(&log, nil)), Now: func() time.Time { return noon }, Subscriber: known.Subscriber,
	}, newSite())
	get := func(path string) answer { return ask(t, server, request{Path: path, From: elsewhere}) }

	got := get("/s/KEY1/feeds/secret.atom")
	if got.StatusCode != http.StatusOK {
		t.Fatalf("a subscriber's own address: %s", got.Status)
	}
	for _, want := range []string{
		`rel="self" type="application/atom+xml" href="http://127.0.0.1:8080/s/KEY1/feeds/secret.atom"`,
		`<id>http://127.0.0.1:8080/feeds/secret</id>`,
		`http://127.0.0.1:8080/s/KEY1/feeds/secret.atom?page=2`,
	} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the feed doesn't have %s:\n%.1200s", want, got.body)
		}
	}
	if link := got.Header.Values("Link"); len(link) != 1 || link[0] != `<http://127.0.0.1:8080/s/KEY1/feeds/secret.atom>; rel="self"` {
		t.Errorf("Link: %q", link)
	}
	if cache := got.Header.Get("Cache-Control"); cache != "private, max-age=60" {
		t.Errorf("Cache-Control: %s", cache)
	}
	again := ask(t, server, request{Path: "/s/KEY1/feeds/secret.atom", From: elsewhere, Header: map[string]string{"If-None-Match": got.Header.Get("ETag")}})
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("the same again: %s", again.Status)
	}
	if other := get("/s/KEY2/feeds/secret.atom"); strings.Contains(other.body, "KEY1") {
		t.Error("one subscriber sees another's key")
	}
	for _, path := range []string{"/s/KEY1/feeds/secret", "/s/KEY1/feeds/secret.rss", "/s/KEY1/feeds/secret.json", "/s/KEY1/feeds/news.atom"} {
		if got := get(path); got.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", path, got.Status)
		}
	}
	if list := get("/s/KEY1/opml"); !strings.Contains(list.body, "/s/KEY1/feeds/secret.atom") || !strings.Contains(list.body, "/s/KEY1/feeds/news.atom") {
		t.Errorf("OPML:\n%s", list.body)
	}
	if list := get("/opml"); strings.Contains(list.body, "secret") {
		t.Errorf("everybody's OPML:\n%s", list.body)
	}
	for _, path := range []string{
		"/s/NONE/feeds/secret.atom", "/s/NONE/opml", "/s/KEY1/feeds/nothing.atom", "/s/KEY1/feeds/secret/dropped.atom", "/s/KEY1/", "/s/KEY1/status.atom",
		"/s/" + strings.Repeat("k", 200) + "/opml",
	} {
		if got := get(path); got.StatusCode != http.StatusNotFound || strings.Contains(got.body, "KEY1") {
			t.Errorf("%s: %s", path, got.Status)
		}
	}

	// Revoked at once, though all of it is rendered.
	known.Lock()
	delete(known.names, "KEY1")
	known.Unlock()
	if got := get("/s/KEY1/feeds/secret.atom"); got.StatusCode != http.StatusNotFound {
		t.Errorf("a revoked key: %s", got.Status)
	}

	// A store that fails says nothing of who may read, and no log has a key.
	known.Lock()
	known.err = context.DeadlineExceeded
	known.Unlock()
	if got := get("/s/KEY2/feeds/secret.atom"); got.StatusCode != http.StatusInternalServerError {
		t.Errorf("while the store fails: %s", got.Status)
	}
	if !strings.Contains(log.String(), "/s/…/feeds/secret.atom") || strings.Contains(log.String(), "KEY2") {
		t.Errorf("log: %s", log.String())
	}
}

func TestWithoutSubscribersThereAreNoPrivateAddresses(t *testing.T) {
	if got := ask(t, newServer(newShelf(), newSite()), request{Path: "/s/KEY1/feeds/news.atom"}); got.StatusCode != http.StatusNotFound {
		t.Errorf("%s", got.Status)
	}
}
