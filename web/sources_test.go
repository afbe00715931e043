package web

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
)

func TestTheDeskSaysHowSourcesDoAndWhy(t *testing.T) {
	polled := noon.Add(-10 * time.Minute)
	for name, c := range map[string]struct {
		state  feed.SourceState
		health string
		says   string
		notes  []string
		never  bool
	}{
		"well":      {feed.SourceState{Polled: polled, Due: noon.Add(time.Hour), Interval: time.Hour}, "good", "", nil, false},
		"new":       {feed.SourceState{}, "new", "not polled yet", nil, false},
		"damaged":   {feed.SourceState{Polled: polled, Damage: []string{"cut off"}}, "damaged", "its document is damaged: cut off", nil, false},
		"failing":   {feed.SourceState{Polled: polled, Error: "no such host", Failures: 3, Interval: 4 * time.Hour}, "bad", "no such host", []string{"paused: 3 polls in a row have failed"}, false},
		"once":      {feed.SourceState{Polled: polled, Error: "no such host", Failures: 1, Interval: time.Hour}, "bad", "no such host", nil, false},
		"refused":   {feed.SourceState{Polled: polled, Error: "it answered 429", Status: 429, Failures: 1, Interval: 4 * time.Hour}, "bad", "it answered 429", []string{"paused: upstream asks for patience"}, false},
		"gone":      {feed.SourceState{Polled: polled, Error: "it answered 410", Status: 410, Failures: 3, Due: polled.AddDate(100, 0, 0)}, "bad", "it answered 410", []string{"upstream has said several times that it is gone for good: it isn't asked any more"}, true},
		"another":   {feed.SourceState{Polled: polled, Error: "another feed answers here", Stranger: "Casino", StrangerSince: noon.Add(-26 * time.Hour), Interval: 2 * time.Hour}, "bad", "another feed answers here", []string{"another feed has answered at its address since 2026-03-01 10:00; nothing of that is taken"}, false},
		"quiet":     {feed.SourceState{Polled: polled, Interval: 4 * time.Hour}, "good", "", []string{"asked every 4 hours rather than 60 minutes: it has little news, or asks for that"}, false},
		"asks":      {feed.SourceState{Polled: polled, Interval: 3 * 24 * time.Hour, TTL: 3 * 24 * time.Hour}, "good", "", []string{"asked every 3 days, as it asks for itself"}, false},
		"delivered": {feed.SourceState{Polled: polled, Interval: 12 * time.Hour, Hub: true, Delivered: noon.Add(-time.Hour)}, "good", "", []string{"asked every 12 hours only, since a hub tells of its news", "its hub last told of news on 2026-03-02 11:00"}, false},
		"moved":     {feed.SourceState{Polled: polled, Moved: "https://user:pass@new.example/feed?key=abcdefghijkl"}, "good", "", []string{"upstream says that it has moved for good, to https://new.example/feed"}, false},
		"on a page": {feed.SourceState{Polled: polled, Page: true, Feed: "https://wire.example/feed"}, "good", "", []string{"its address is a page's; of the feeds there, this one is read: https://wire.example/feed"}, false},
		"secretly":  {feed.SourceState{Polled: polled, Error: "asking with " + token + " failed"}, "bad", "asking with … failed", nil, false},
		"missed":    {feed.SourceState{Polled: polled, Interval: time.Hour, Delivered: noon.AddDate(0, 0, -9), Missed: polled}, "good", "", []string{"its hub said nothing of what was new on 2026-03-02 11:50, and isn't relied on until it tells of something"}, false},
	} {
		site := newSite()
		site.Sources, site.Secrets = []Source{{Name: "wire", Every: time.Hour}}, []string{token}
		got := rows(newStanding(site), map[string]feed.SourceState{"wire": c.state})[0]
		if got.Health != c.health || got.Says != c.says || got.Never != c.never {
			t.Errorf("%s: %s, %q, never %v", name, got.Health, got.Says, got.Never)
		}
		if diff := cmp.Diff(c.notes, got.Notes); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestTheDeskPutsFirstWhatNeedsAPerson(t *testing.T) {
	shelf := newShelf()
	site := newSite()
	site.Secrets = []string{token}
	site.Sources = []Source{{Name: "fine"}, {Name: "broken"}, {Name: "fresh"}, {Name: "cut"}}
	shelf.states = map[string]feed.SourceState{
		"fine": {Polled: noon}, "broken": {Polled: noon, Error: "no such host"}, "cut": {Polled: noon, Damage: []string{"cut off"}},
	}
	server := newServer(shelf, site)
	server.Faults = func(context.Context) ([]Fault, error) {
		return []Fault{{Path: "editions[news].rules[0]", Text: "has matched no entry for 60 days: " + token}}, nil
	}
	page := ask(t, server, request{Path: "/"}).body
	var at []int
	for _, s := range []string{"http://127.0.0.1:8080/feeds/news.atom", "Lately decided", "feeds/news/decisions\">news</a>: reason 6", "editions[news].rules[0]", "has matched no entry for 60 days: …", "1 bad", "1 damaged", "1 new", "1 good", `id="broken"`, `id="cut"`, `id="fresh"`, `id="fine"`} {
		at = append(at, strings.Index(page, s))
	}
	for i, n := range at {
		if n < 0 || i > 0 && n < at[i-1] {
			t.Fatalf("%v in\n%s", at, page)
		}
	}
	if body := ask(t, server, request{Path: "/", From: elsewhere}).body; strings.Contains(body, "rules[0]") || strings.Contains(body, "reason 6") || strings.Contains(body, "broken") {
		t.Errorf("strangers see it:\n%s", body)
	}
	server.Faults = func(context.Context) ([]Fault, error) { return nil, nil }
	if body := ask(t, server, request{Path: "/"}).body; !strings.Contains(body, "No rule stands out") {
		t.Errorf("%s", body)
	}
}
