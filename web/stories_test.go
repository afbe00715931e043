package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"copydesk/feed"
)

// corrections notes what it was asked for.
type corrections struct{ asked []string }

func (c *corrections) Split(_ context.Context, entry string) (feed.Story, error) {
	c.asked = append(c.asked, "split "+entry)
	switch entry {
	case "alone":
		return feed.Story{}, &RefusedError{"it is alone in its story"}
	case "broken":
		return feed.Story{}, errors.New("/var/lib/copydesk.db is broken")
	}
	return feed.Story{Story: 7, Renditions: []feed.Rendition{{Entry: 3}}}, nil
}

func (c *corrections) Join(_ context.Context, entries []string) (feed.Story, error) {
	c.asked = append(c.asked, "join "+strings.Join(entries, " "))
	return feed.Story{Story: 8}, nil
}

func TestStoriesAreCorrectedByWhoMay(t *testing.T) {
	by := &corrections{}
	server := New(Options{Library: newShelf(), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return noon }, Corrector: by}, newSite())
	for name, c := range map[string]struct {
		path, form, from string
		header           map[string]string
		status           int
		says, asks       string
	}{
		"at the desk":                        {"split", "entry=https%3A%2F%2Fpier.example%2F1", "", nil, 200, `"story": 7`, "split https://pier.example/1"},
		"from the page":                      {"split", "entry=3&edition=news", "", nil, 303, "", "split 3"},
		"joined":                             {"join", "entry=1&entry=2", "", nil, 200, `"story": 8`, "join 1 2"},
		"with the token":                     {"join", "entry=1&entry=2", elsewhere, withToken(token), 200, "", "join 1 2"},
		"without the token":                  {"split", "entry=1", elsewhere, nil, 401, "", ""},
		"by a page elsewhere":                {"split", "entry=1", "", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403, "", ""},
		"by an old browser's page elsewhere": {"split", "entry=1", "", map[string]string{"Origin": "https://evil.example"}, 403, "", ""},
		"one that can't be":                  {"split", "entry=alone", "", nil, 409, "it is alone in its story", "split alone"},
		"a fault":                            {"split", "entry=broken", "", nil, 500, "its log says why", "split broken"},
		"nothing":                            {"split", "", "", nil, 409, "name one entry", ""},
		"one to join":                        {"join", "entry=1", "", nil, 409, "name two entries", ""},
		"far too much":                       {"join", "entry=" + strings.Repeat("x", maxForm+1), "", nil, 400, "can't be read", ""},
		"an edition unknown":                 {"split", "entry=3&edition=//evil.example", "", nil, 200, `"story": 7`, "split 3"},
	} {
		t.Run(name, func(t *testing.T) {
			by.asked = nil
			r := httptest.NewRequest(http.MethodPost, "/api/stories/"+c.path, strings.NewReader(c.form))
			r.RemoteAddr, r.Host = "127.0.0.1:4711", "127.0.0.1:8080"
			if c.from != "" {
				r.RemoteAddr = c.from
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			for k, v := range c.header {
				r.Header.Set(k, v)
			}
			w := httptest.NewRecorder()
			server.ServeHTTP(w, r)
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) || strings.Join(by.asked, ", ") != c.asks {
				t.Errorf("%d %s, asked for %q", w.Code, w.Body, by.asked)
			}
			if at := w.Header().Get("Location"); (c.status == 303) != (at == "../../feeds/news/decisions") {
				t.Errorf("Location: %q", at)
			}
		})
	}
	for _, method := range []string{http.MethodGet, http.MethodPut} {
		if got := ask(t, server, request{Method: method, Path: "/api/stories/split"}); got.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s: %s", method, got.Status)
		}
	}
}

func TestTheDeskOffersCorrections(t *testing.T) {
	library := newShelf()
	library.judged["news"][0].Decision.Verdict = feed.Merged
	options := Options{Library: library, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return noon }}
	if got := ask(t, New(options, newSite()), request{Path: "/feeds/news/decisions"}); strings.Contains(got.body, "<form") {
		t.Error("a form, where nothing can be corrected")
	}
	options.Corrector = &corrections{}
	got := ask(t, New(options, newSite()), request{Path: "/feeds/news/decisions"})
	for _, want := range []string{`action="../../api/stories/split"`, `name="entry" value="1"`, `action="../../api/stories/join"`} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the page doesn't have %s", want)
		}
	}
}
