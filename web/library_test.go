package web

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"copydesk/feed"
	"copydesk/feed/publish"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// shelf is a Library in memory.
type shelf struct {
	mu       sync.Mutex
	versions map[string]int64
	titles   map[string]string // of editions
	entries  map[string][]feed.Published
	states   map[string]feed.SourceState
	judged   map[string][]Judged
	limit    int
	// unsettled says that something waits to be published.
	unsettled bool
	rendered  int           // how often Feed was asked
	wait      chan struct{} // Feed waits for it, where there is one
	asked     chan struct{} // Feed says so here, where there is one
	err       error
}

func (s *shelf) Version(_ context.Context, edition string) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.versions[edition], s.err
}

func (s *shelf) Feed(ctx context.Context, edition string, page int) (*publish.Feed, error) {
	if s.asked != nil {
		s.asked <- struct{}{}
	}
	if s.wait != nil {
		<-s.wait
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rendered++
	all := s.entries[edition]
	from := (page - 1) * s.limit
	if page > 1 && from >= len(all) {
		return nil, ErrNotFound
	}
	f := &publish.Feed{
		Edition: feed.Edition{Name: edition, Title: s.titles[edition], Updated: noon}, Base: "http://127.0.0.1:8080/", Generator: "copydesk test",
		Page: page, Previous: page - 1, Last: 1 + (len(all)-1)/s.limit,
	}
	f.Entries = all[from:min(from+s.limit, len(all))]
	if from+s.limit < len(all) {
		f.Next = page + 1
	}
	return f, ctx.Err()
}

func (s *shelf) States(context.Context) (map[string]feed.SourceState, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.states, s.err
}

func (s *shelf) Began(context.Context) (time.Time, error) { return noon.Add(-24 * time.Hour), nil }

func (s *shelf) Settled(context.Context) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.unsettled, s.err
}

func (s *shelf) Judged(_ context.Context, edition string, verdict feed.Verdict, limit, offset int) ([]Judged, error) {
	var all []Judged
	for _, j := range s.judged[edition] {
		if verdict == "" || j.Decision.Verdict == verdict {
			all = append(all, j)
		}
	}
	return all[min(offset, len(all)):min(offset+limit, len(all))], s.err
}

func (s *shelf) Counts(context.Context) (map[string]Count, error) {
	return map[string]Count{"news": {Listed: 7, Verdicts: map[feed.Verdict]int64{feed.Kept: 5, feed.Dropped: 3}}}, s.err
}

const token = "a-token-of-some-length"

func newShelf() *shelf {
	s := &shelf{
		limit: 3, versions: map[string]int64{"news": 1, "secret": 1},
		titles:  map[string]string{"news": "News & more", "secret": "For few"},
		entries: map[string][]feed.Published{}, judged: map[string][]Judged{},
		states: map[string]feed.SourceState{"wire": {Name: "wire", Polled: noon, Succeeded: noon, Title: "The Wire", Home: "https://wire.example/", Entries: 7}},
	}
	for i := range 7 {
		p := feed.Published{
			Source: "wire", Origin: feed.Origin{Title: "The Wire", Link: "https://wire.example/", Self: "https://wire.example/feed"},
			Listing: feed.Listing{ID: fmt.Sprintf("https://wire.example/%d", i), Listed: noon, Published: noon, Updated: noon},
			Copy:    feed.Copy{Title: fmt.Sprintf("Entry %d", i), Link: fmt.Sprintf("https://wire.example/%d", i), HTML: "<p>" + strings.Repeat("words and more words ", 40) + "</p>", Language: "en"},
		}
		for _, edition := range []string{"news", "secret"} {
			s.entries[edition] = append(s.entries[edition], p)
			verdict := feed.Kept
			if i%2 > 0 {
				verdict = feed.Dropped
			}
			s.judged[edition] = append(s.judged[edition], Judged{
				Record:   feed.Record{Entry: int64(i + 1), Source: "wire", Copy: p.Copy},
				Decision: feed.Decision{Entry: int64(i + 1), Edition: edition, Verdict: verdict, Step: "rule", Rule: "rules[0]", Reason: fmt.Sprintf("reason %d", i), At: noon},
			})
		}
	}
	return s
}

func newSite() Site {
	return Site{
		Public: "http://127.0.0.1:8080/", Token: token,
		Editions: []Edition{
			{Name: "news", Title: "News & more", Description: "What happens", Sources: []string{"wire"}, Says: []string{"in en"}},
			{Name: "secret", Title: "For few", Sources: []string{"wire"}, Private: true},
			{Name: "later", Title: "Not yet", Sources: []string{"slow"}},
		},
		Sources: []Source{{Name: "wire", Tags: []string{"fast"}, Every: time.Hour}, {Name: "slow", Every: time.Hour}},
	}
}

func newServer(library Library, site Site) *Server {
	return New(Options{
		Library: library, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return noon }, Version: "test",
		Demo: func() Demo { return Demo{} }, Try: func(context.Context, Trial) (*Tried, error) { return &Tried{}, nil },
	}, site)
}

// request is what a client sends. It comes from this machine, unless From is
// set, and names it.
type request struct {
	Method, Path, From, Host string
	Header                   map[string]string
}

func (q request) make() *http.Request {
	method := q.Method
	if method == "" {
		method = http.MethodGet
	}
	r := httptest.NewRequest(method, q.Path, nil)
	r.RemoteAddr, r.Host = "127.0.0.1:4711", "127.0.0.1:8080"
	if q.From != "" {
		r.RemoteAddr = q.From
	}
	if q.Host != "" {
		r.Host = q.Host
	}
	for k, v := range q.Header {
		r.Header.Set(k, v)
	}
	return r
}

const elsewhere = "203.0.113.9:1234"

type answer struct {
	*http.Response
	body string
}

func ask(t testing.TB, h http.Handler, q request) answer {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, q.make())
	result := w.Result()
	body, err := io.ReadAll(result.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{result, string(body)}
}

func withToken(given string) map[string]string {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.SetBasicAuth("reader", given)
	return map[string]string{"Authorization": r.Header.Get("Authorization")}
}
