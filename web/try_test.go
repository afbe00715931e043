package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// sent answers a form.
func sent(h http.Handler, path string, form url.Values, from string, header map[string]string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.RemoteAddr, r.Host = "127.0.0.1:4711", "127.0.0.1:8080"
	if from != "" {
		r.RemoteAddr = from
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for k, v := range header {
		r.Header.Set(k, v)
	}
	if host := r.Header.Get("Test-Host"); host != "" { // what the proxy calls us
		r.Host = host
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func trying(try func(context.Context, Trial) (*Tried, error)) *Server {
	site := newSite()
	site.Secrets = []string{token}
	return New(Options{Library: newShelf(), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return noon }, Try: try}, site)
}

func TestARuleIsTriedByWhoMay(t *testing.T) {
	var wanted []Trial
	server := trying(func(_ context.Context, one Trial) (*Tried, error) {
		wanted = append(wanted, one)
		switch one.Term {
		case "broken":
			return nil, errors.New("/var/lib/copydesk.db is broken")
		case "wrong":
			return nil, &TrialError{[]Mistake{{Line: 2, Column: 5, Path: "drop.titel", Wrong: `unknown key "titel"`, Right: `did you mean "title"?`}}}
		}
		return &Tried{
			Looked: 9, Matched: 2, Asked: []string{"news"},
			Matches: []Match{{Entry: 4, Plain: "A crane fell", Title: []Piece{{"A ", false}, {"crane", true}, {" fell", false}}, Link: "https://wire.example/4", Source: "wire", Seen: noon, Kept: []string{"news"}, Found: []Found{{Where: "text", Text: "the crane", Pieces: []Piece{{"the ", false}, {"crane", true}}}}}},
			Changes: []Change{{Edition: "news", Losses: 1, Some: []Changed{{Entry: 4, Title: "A crane fell", Source: "wire", Was: "it is on cranes, says " + token, Now: "tried rule 1 drops it"}}}},
		}, nil
	})
	good := url.Values{"rule": {"drop:\r\n  title: [crane]"}, "edition": {"news"}, "days": {"30"}, "place": {"last"}}
	for name, c := range map[string]struct {
		path   string
		form   url.Values
		from   string
		header map[string]string
		status int
		says   []string
	}{
		"at the desk":                             {"/try", good, "", nil, 200, []string{"2 of 9 entries match", "A <mark>crane</mark> fell", "the <mark>crane</mark>", "drop:\n  title: [crane]</textarea>", `value="30" selected`, `value="news" selected`, `value="last" selected`, "tried rule 1 drops it", "it is on cranes, says"}},
		"by a program":                            {"/api/try", good, elsewhere, withToken(token), 200, []string{`"matched": 2`, `"title": "A crane fell"`, `"losses": 1`}},
		"without the token":                       {"/try", good, elsewhere, nil, 401, nil},
		"by a program without it":                 {"/api/try", good, elsewhere, nil, 401, nil},
		"by a page elsewhere":                     {"/try", good, "", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403, nil},
		"by another server's page here":           {"/api/try", good, "", map[string]string{"Origin": "http://127.0.0.1:9999"}, 403, nil},
		"by the page behind a proxy":              {"/try", good, "", map[string]string{"Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "same-origin"}, 200, nil},
		"by an old browser's page behind a proxy": {"/try", good, "10.0.0.1:99", map[string]string{"Origin": "http://127.0.0.1:8080", "Authorization": withToken(token)["Authorization"], "X-Forwarded-For": "203.0.113.1", "Test-Host": "copydesk:8080"}, 200, nil},
		"what is wrong":                           {"/try", url.Values{"term": {"wrong"}}, "", nil, 200, []string{"line 2, column 5: drop.titel: unknown key &#34;titel&#34;; did you mean &#34;title&#34;?", `aria-invalid="true"`}},
		"what is wrong, to a program":             {"/api/try", url.Values{"term": {"wrong"}}, "", nil, 422, []string{`line 2, column 5: drop.titel: unknown key "titel"`}},
		"a fault":                                 {"/try", url.Values{"term": {"broken"}}, "", nil, 500, []string{"its log says why"}},
		"an edition that isn't there":             {"/try", url.Values{"term": {"x"}, "edition": {"no<b>"}}, "", nil, 200, []string{"there is no edition"}},
		"days that make no sense":                 {"/try", url.Values{"term": {"x"}, "days": {"-4"}}, "", nil, 200, []string{`value="7" selected`}},
		"far too much":                            {"/try", url.Values{"rule": {strings.Repeat("x", maxForm)}}, "", nil, 400, nil},
		"markup":                                  {"/try", url.Values{"rule": {"</textarea><script>"}, "term": {`"><script>`}}, "", nil, 200, []string{"&lt;/textarea&gt;&lt;script&gt;", `value="&#34;&gt;&lt;script&gt;"`}},
	} {
		w := sent(server, c.path, c.form, c.from, c.header)
		if w.Code != c.status {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
		for _, s := range c.says {
			if !strings.Contains(w.Body.String(), s) {
				t.Errorf("%s: %q isn't in\n%s", name, s, w.Body)
			}
		}
		if strings.Contains(w.Body.String(), token) || strings.Contains(w.Body.String(), "/var/lib") {
			t.Errorf("%s: a secret is shown", name)
		}
	}
	wanted = nil
	sent(server, "/try", good, "", nil)
	if want := (Trial{Rule: "drop:\n  title: [crane]", Edition: "news", Since: noon.AddDate(0, 0, -30), Last: true}); len(wanted) != 1 || wanted[0] != want {
		t.Errorf("%+v", wanted)
	}
	// To look at the form costs nothing, whatever its address says.
	wanted = nil
	if got := ask(t, server, request{Path: "/try?term=crane&rule=x&days=90"}); got.StatusCode != 200 || len(wanted) != 0 || !strings.Contains(got.body, `value="crane"`) || !strings.Contains(got.body, `value="90" selected`) {
		t.Errorf("%d, tried %v\n%s", got.StatusCode, wanted, got.body)
	}
	if got := ask(t, server, request{Path: "/try", Host: "evil.example"}); got.StatusCode != 401 {
		t.Errorf("by a name that points here: %d", got.StatusCode)
	}
	if got := ask(t, server, request{Path: "/api/try"}); got.StatusCode != 405 {
		t.Errorf("GET /api/try: %d", got.StatusCode)
	}
}

func TestOneTrialAtATime(t *testing.T) {
	begun, end := make(chan struct{}), make(chan struct{})
	server := trying(func(context.Context, Trial) (*Tried, error) { begun <- struct{}{}; <-end; return &Tried{}, nil })
	first := make(chan int)
	go func() { first <- sent(server, "/try", url.Values{"term": {"x"}}, "", nil).Code }()
	<-begun
	if w := sent(server, "/api/try", url.Values{"term": {"x"}}, "", nil); w.Code != 503 || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d", w.Code)
	}
	if w := sent(server, "/try", url.Values{"term": {"keep this"}}, "", nil); w.Code != 200 || !strings.Contains(w.Body.String(), "try again in a few seconds") || !strings.Contains(w.Body.String(), "keep this") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	close(end)
	if code := <-first; code != 200 {
		t.Error(code)
	}
}
