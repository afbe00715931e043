package web

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"copydesk/feed"
)

// allPages are the addresses that answer with HTML.
var allPages = []string{"/", "/feeds/news", "/feeds/news?page=2", "/feeds/news/decisions", "/feeds/news/decisions?verdict=dropped&page=2", "/demo", "/feeds/later", "/try"}

// poison is what an upstream may put into any text and any address.
var poison = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `javascript:alert(1)`, `' onmouseover='alert(1)`, `</title><script>`, `{{.}}`, `data:text/html,<script>alert(1)</script>`,
	"JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "//evil.example/", "https://ok.example/\"onclick=alert(1)", "\x00<b>", "vbscript:x",
}

func poisoned() *shelf {
	s := newShelf()
	s.limit, s.entries["news"], s.judged["news"] = 100, nil, nil
	for _, p := range poison {
		c := feed.Copy{Title: p, Link: p, Language: p, HTML: "<p>fine</p>", Topics: []feed.TopicHit{{Topic: p}}, Repairs: []feed.Repair{{Name: p, Where: p, Before: p, After: p}}}
		s.entries["news"] = append(s.entries["news"], feed.Published{
			Source: p, Origin: feed.Origin{Title: p, Link: p, Self: p}, Copy: c, Related: []feed.Related{{Title: p, Link: p, Source: p, Language: p}},
			Listing: feed.Listing{ID: p, Published: noon, Updated: noon},
		})
		s.judged["news"] = append(s.judged["news"], Judged{
			Record:   feed.Record{Entry: 1, Source: p, Copy: c},
			Decision: feed.Decision{Entry: 1, Verdict: feed.Dropped, Step: p, Rule: p, Reason: p, At: noon, Hits: []feed.Hit{{Term: p, Found: p, Where: p}}, Steps: []feed.Step{{Step: p, Result: p, Detail: p}}},
		})
	}
	all := strings.Join(poison, " ")
	s.states["wire"] = feed.SourceState{Name: "wire", Polled: noon, Title: all, Home: "javascript:alert(1)", Error: all, Damage: poison, Failures: 9, Stranger: all, Moved: all, Feed: all, Delivered: noon}
	return s
}

func poisonedSite() Site {
	site := newSite()
	all := strings.Join(poison, " ")
	site.Editions[0].Title, site.Editions[0].Description, site.Editions[0].Says = all, all, poison
	return site
}

// TestNothingThatUpstreamSendsRuns parses the pages as a browser would.
func TestNothingThatUpstreamSendsRuns(t *testing.T) {
	s := newServer(poisoned(), poisonedSite())
	all := strings.Join(poison, " ")
	s.Faults = func(context.Context) ([]Fault, error) { return []Fault{{Path: all, Text: all, Since: noon}}, nil }
	s.Demo = func() Demo {
		var d Demo
		for _, p := range poison {
			d.Cases = append(d.Cases, Case{Source: p, Kind: p, Received: p, Title: p, Was: p, Language: p, Link: p, LinkWas: p, Repairs: []feed.Repair{{Name: p, Where: p, Before: p, After: p}}, Decisions: []feed.Decision{{Edition: p, Verdict: feed.Dropped, Reason: p}}})
		}
		return d
	}
	allowed := map[string]bool{"http": true, "https": true, "": true}
	scheme := regexp.MustCompile(`^\s*([a-zA-Z][a-zA-Z0-9+.-]*):`)
	for _, path := range append([]string{"/feeds/nothing"}, allPages...) {
		got := ask(t, s, request{Path: path})
		if policy := got.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "script") {
			t.Errorf("%s: policy %q", path, policy)
		}
		if got.Header.Get("X-Content-Type-Options") != "nosniff" || got.Header.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s: %v", path, got.Header)
		}
		if !strings.HasPrefix(got.Header.Get("Content-Type"), "text/html") {
			continue
		}
		z := html.NewTokenizer(strings.NewReader(got.body))
		for z.Next() != html.ErrorToken {
			token := z.Token()
			if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
				continue
			}
			if token.Data == "script" || token.Data == "img" || token.Data == "iframe" {
				t.Errorf("%s holds <%s>", path, token.Data)
			}
			for _, a := range token.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
					t.Errorf("%s: <%s %s=%q>", path, token.Data, a.Key, a.Val)
				}
				if a.Key == "href" || a.Key == "src" || a.Key == "action" {
					if m := scheme.FindStringSubmatch(a.Val); m != nil && !allowed[strings.ToLower(m[1])] || strings.HasPrefix(a.Val, "//") {
						t.Errorf("%s: <%s %s=%q>", path, token.Data, a.Key, a.Val)
					}
				}
			}
		}
	}
	for _, path := range []string{"/feeds/news.atom", "/feeds/news/dropped.atom", "/status.atom", "/feeds/news.rss", "/opml"} {
		d := xml.NewDecoder(strings.NewReader(ask(t, s, request{Path: path}).body))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Errorf("%s is not well-formed: %v", path, err)
				break
			}
		}
	}
	for _, path := range []string{"/api/editions", "/api/sources", "/api/decisions?edition=news", "/feeds/news.json"} {
		got := ask(t, s, request{Path: path})
		if !json.Valid([]byte(got.body)) || !strings.Contains(got.Header.Get("Content-Type"), "json") {
			t.Errorf("%s: %s", path, got.body)
		}
	}
}

// TestLinksOfPagesLead asks for every address of ours that a page names, as a
// browser finds it, and does so behind a proxy's path, too.
func TestLinksOfPagesLead(t *testing.T) {
	site := newSite()
	site.Editions[2].Sources = []string{"wire"}
	s := newServer(newShelf(), site)
	const below = "/paper"
	proxy := http.StripPrefix(below, s)
	asked := map[string]bool{}
	for _, page := range allPages {
		got := ask(t, proxy, request{Path: below + page})
		if got.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", page, got.StatusCode)
			continue
		}
		base := request{Path: below + page}.make().URL
		z := html.NewTokenizer(strings.NewReader(got.body))
		for z.Next() != html.ErrorToken {
			for _, a := range z.Token().Attr {
				if a.Key != "href" && a.Key != "src" {
					continue
				}
				to, err := base.Parse(a.Val)
				if err != nil {
					t.Errorf("%s: %q: %v", page, a.Val, err)
					continue
				}
				if to.IsAbs() {
					continue
				}
				if !strings.HasPrefix(to.Path, below+"/") {
					t.Errorf("%s: %q leads out of %s", page, a.Val, below)
				} else if !asked[to.String()] {
					asked[to.String()] = true
					if got := ask(t, proxy, request{Path: to.String(), Header: withToken(token)}); got.StatusCode != http.StatusOK {
						t.Errorf("%s: %q is %s: %d", page, a.Val, to, got.StatusCode)
					}
				}
			}
		}
	}
	if len(asked) < 12 {
		t.Errorf("only %d links were found: %v", len(asked), asked)
	}
}

func TestPagesLetReadersFindTheFeeds(t *testing.T) {
	s := newServer(newShelf(), newSite())
	alternate := regexp.MustCompile(`<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">`)
	for path, want := range map[string][]string{
		"/":           {"feeds/news.atom", "feeds/later.atom"},
		"/feeds/news": {"news.atom", "news.rss", "news.json"},
	} {
		var got []string
		for _, m := range alternate.FindAllStringSubmatch(ask(t, s, request{Path: path}).body, -1) {
			got = append(got, m[2])
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: %v, not %v", path, got, want)
		}
	}
}

func TestTheDeskShowsWhatTheReaderMaySee(t *testing.T) {
	s := newServer(newShelf(), newSite())
	for name, c := range map[string]struct {
		q              request
		shown, missing []string
	}{
		"everybody":     {request{Path: "/", From: elsewhere}, []string{"News &amp; more", "in en", "feeds/news.atom", "?login"}, []string{"For few", "The Wire", "decisions", "dropped", "faults"}},
		"the trusted":   {request{Path: "/"}, []string{"News &amp; more", "For few", "The Wire", "7 listed", `5 <a href="feeds/news/decisions?verdict=kept">kept</a>`, "?verdict=dropped", "feeds/news/dropped.atom", "not polled yet", `id="wire"`}, []string{"?login", "?verdict=merged"}},
		"its edition":   {request{Path: "/feeds/news"}, []string{"Entry 0", "http://127.0.0.1:8080/feeds/news.rss", "news/decisions"}, nil},
		"for everybody": {request{Path: "/feeds/news", From: elsewhere}, []string{"Entry 0"}, []string{"news/decisions"}},
		"decisions":     {request{Path: "/feeds/news/decisions"}, []string{"reason 0", "reason 1", "rules[0]", "wire"}, nil},
		"of one kind":   {request{Path: "/feeds/news/decisions?verdict=dropped"}, []string{"reason 1"}, []string{"reason 0"}},
		"of no kind":    {request{Path: "/feeds/news/decisions?verdict=x"}, []string{"reason 0"}, nil},
		"in the API":    {request{Path: "/api/decisions?edition=news&verdict=kept&limit=1&offset=1"}, []string{"reason 2"}, []string{"reason 0", "reason 4"}},
		"its editions":  {request{Path: "/api/editions"}, []string{`"listed": 7`, `"private": true`, `"sources"`}, nil},
		"for others":    {request{Path: "/api/editions", From: elsewhere}, []string{`"news"`}, []string{"listed", "secret", "sources"}},
		"figures":       {request{Path: "/metrics"}, []string{"copydesk_http_requests_total", `copydesk_edition_decisions{edition="news",verdict="kept"} 5`, `copydesk_source_entries{source="wire"} 7`}, nil},
	} {
		got := ask(t, s, c.q)
		body := regexp.MustCompile(`\s+`).ReplaceAllString(got.body, " ")
		for _, word := range c.shown {
			if !strings.Contains(body, word) {
				t.Errorf("%s: %d: %q is missing in\n%s", name, got.StatusCode, word, got.body)
			}
		}
		for _, word := range c.missing {
			if strings.Contains(body, word) {
				t.Errorf("%s: %q is shown in\n%s", name, word, got.body)
			}
		}
	}
	if got := ask(t, s, request{Path: "/?login", From: elsewhere}); got.StatusCode != http.StatusUnauthorized {
		t.Error(got.StatusCode)
	}
	if got := ask(t, s, request{Path: "/api/decisions"}); got.StatusCode != http.StatusNotFound {
		t.Error(got.StatusCode)
	}
}

func TestFaultsAreAFeed(t *testing.T) {
	library := newShelf()
	for name, c := range map[string]struct {
		state feed.SourceState
		want  string
	}{
		"well":    {feed.SourceState{Polled: noon, Succeeded: noon}, ""},
		"one bad": {feed.SourceState{Polled: noon, Failures: 1, Error: "refused"}, ""},
		"dead":    {feed.SourceState{Polled: noon, Succeeded: noon, Failures: 9, Error: "refused"}, "refused"},
		"gone":    {feed.SourceState{Polled: noon, Gone: 3, Failures: 3, Error: "410"}, "gone for good"},
		"damaged": {feed.SourceState{Polled: noon, Changed: noon, Damage: []string{"cut off"}}, "cut off"},
		"moved":   {feed.SourceState{Polled: noon, Moved: "https://new.example/feed", MovedSeen: 5}, "https://new.example/feed"},
	} {
		library.states["wire"] = c.state
		s := newServer(library, newSite())
		got := ask(t, s, request{Path: "/status.atom"})
		if has := strings.Contains(got.body, "<entry"); has != (c.want != "") || !strings.Contains(got.body, c.want) {
			t.Errorf("%s: %s", name, got.body)
		}
		for _, fault := range validAtom(got.body) {
			t.Errorf("%s: %s", name, fault)
		}
		again := ask(t, s, request{Path: "/status.atom", Header: map[string]string{"If-None-Match": got.Header.Get("ETag")}})
		if again.StatusCode != http.StatusNotModified {
			t.Errorf("%s: asked again: %d", name, again.StatusCode)
		}
	}
}
