package poll

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"copydesk/feed"
)

// words is a desk for tests: titles say what is to happen to entries. One
// edition, "all", lists each story once; it holds those that say so for an
// hour.
type words struct{ broken func(what, title string) bool }

func (d words) panics(what, title string) {
	if d.broken != nil && d.broken(what, title) {
		panic(what + " is broken")
	}
}

func (d words) Learn(s *feed.SourceState, _ *feed.Document) { d.panics("learn", s.Name) }

func (d words) Open(s *feed.SourceState) Reader {
	d.panics("open", s.Name)
	return d
}

func (d words) Read(e *feed.Entry, polled time.Time) (feed.Copy, []byte) {
	d.panics("read", e.Title.Value)
	at := e.Published
	if at.IsZero() || at.After(polled) {
		at = polled
	}
	return feed.Copy{Title: e.Title.Value, Link: e.Link("alternate"), HTML: e.Body().Value, Published: at, Updated: at}, []byte("signed")
}

func (d words) Judge(r *feed.Record, at time.Time, settled map[string]feed.Decision) []feed.Decision {
	d.panics("judge", r.Copy.Title)
	v := feed.Kept
	if strings.Contains(r.Copy.Title, "drop") {
		v = feed.Dropped
	}
	return []feed.Decision{{Edition: "all", Verdict: v, Reason: "its title", At: at, Config: "1"}}
}

func (words) Leave(edition string) feed.Decision {
	return feed.Decision{Edition: edition, Verdict: feed.Dropped, Step: "source"}
}

func (d words) Renew(r *feed.Record) bool {
	d.panics("renew", r.Copy.Title)
	return false
}

func (d words) Gather(g feed.Gathering) feed.Gathered {
	var out feed.Gathered
	var kept []feed.Member
	for _, m := range g.Members {
		d.panics("gather", m.Record.Copy.Title)
		if m.Decision.Verdict != feed.Dropped {
			kept = append(kept, m)
		}
	}
	if len(kept) == 0 {
		return out
	}
	best := slices.MinFunc(kept, func(a, b feed.Member) int {
		return cmp.Or(a.Record.Copy.Published.Compare(b.Record.Copy.Published), cmp.Compare(a.Record.PublicID, b.Record.PublicID))
	})
	key := fmt.Sprintf("s%d", g.Story.Story)
	l, listed := g.Listed[key]
	verdict := feed.Kept
	if !listed && strings.Contains(best.Record.Copy.Title, "hold") && g.Now.Before(best.Record.FirstSeen.Add(time.Hour)) {
		verdict = feed.Held
	}
	for _, m := range kept {
		if m.Decision.Verdict != verdict {
			m.Decision.Verdict = verdict
			out.Decisions = append(out.Decisions, m.Decision)
		}
	}
	if verdict == feed.Held {
		return out
	}
	was := l
	if !listed {
		c := best.Record.Copy
		l = feed.Listing{Edition: g.Edition, Key: key, Story: g.Story.Story, Entry: best.Record.Entry, ID: best.Record.PublicID, Listed: c.Published, Published: c.Published, Updated: c.Updated}
		if best.Record.FirstSeen.Before(g.Fresh) && !g.Backfill {
			l.Listed, l.Updated = g.Now, g.Now
		}
	} else if g.Edited[l.Entry] {
		l.Updated = l.Updated.Add(time.Second)
	}
	l.Related = nil
	for _, m := range kept {
		if m.Record.Entry != l.Entry {
			l.Related = append(l.Related, m.Record.Entry)
		}
	}
	slices.Sort(l.Related)
	if !listed || !l.Updated.Equal(was.Updated) || !slices.Equal(l.Related, was.Related) {
		out.Listings = append(out.Listings, l)
	}
	return out
}

// titles finds stories by their titles, up to a full stop; a title with a +
// shows that two stories are one.
type titles struct {
	desk words
	of   map[int64]string
	at   map[int64]int64
}

func openTitles(m *memory, d words) func(context.Context) (Stories, error) {
	return func(ctx context.Context) (Stories, error) {
		t := &titles{d, map[int64]string{}, map[int64]int64{}}
		for r := range m.Archive(ctx, time.Time{}, nil) {
			t.Add(&r)
		}
		return t, nil
	}
}

func storyName(title string) string { name, _, _ := strings.Cut(title, "."); return name }

func (t *titles) Place(r *feed.Record) Placement {
	t.desk.panics("place", r.Copy.Title)
	var p Placement
	for _, name := range strings.Split(storyName(r.Copy.Title), "+") {
		for _, n := range slices.Sorted(maps.Keys(t.of)) {
			if t.of[n] == name && !slices.Contains(p.Stories, t.at[n]) {
				p.Stories = append(p.Stories, t.at[n])
				p.Evidence = append(p.Evidence, feed.Evidence{Entry: n, By: "wording"})
			}
		}
	}
	return p
}

func (t *titles) Add(r *feed.Record) {
	t.desk.panics("add", r.Copy.Title)
	t.of[r.Entry], t.at[r.Entry] = storyName(r.Copy.Title), r.Story
}

func (t *titles) Edit(r *feed.Record) {
	t.desk.panics("edit", r.Copy.Title)
	t.Add(r)
}

func (t *titles) Remove(entry int64)      { delete(t.of, entry); delete(t.at, entry) }
func (t *titles) Move(entry, story int64) { t.at[entry] = story }
func (t *titles) Forget(time.Time)        { t.desk.panics("forget", "") }

// upstreams answer with what stands in them, by address: a document's text,
// or an error. A document lists titles, a line each: "title | id | hours ago".
type upstreams struct {
	mu    sync.Mutex
	texts map[string]string
	wait  func(ctx context.Context, address string) error
	asked []string // addresses, with a * where the request was conditional
}

func (u *upstreams) set(address, text string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.texts[address] = text
}

func (u *upstreams) all() []string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return slices.Clone(u.asked)
}

func (u *upstreams) count() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return len(u.asked)
}

func (u *upstreams) Fetch(ctx context.Context, s feed.Source, st *feed.SourceState) (*feed.Retrieval, error) {
	address := st.Address(s.URL)
	u.mu.Lock()
	conditional := st.Validators.ETag != "" && st.Validators.URL == address
	mark := ""
	if conditional {
		mark = "*"
	}
	u.asked = append(u.asked, address+mark)
	text, ok := u.texts[address]
	wait := u.wait
	u.mu.Unlock()
	if wait != nil {
		if err := wait(ctx, address); err != nil {
			return nil, &feed.FetchError{Err: err}
		}
	}
	if !ok {
		return nil, &feed.FetchError{Status: 404, Err: errors.New("it answered 404")}
	}
	got := &feed.Retrieval{Status: 200, URL: address, Body: []byte(text), BodyHash: text, Validators: feed.Validators{URL: address, ETag: text}}
	if conditional && st.Validators.ETag == text || st.BodyHash == text {
		got.NotModified, got.Body = true, nil
	}
	return got, nil
}

// parseLines reads such a document. Its first line is the feed's title, its
// home is made of that; "page: ADDRESS …" is a page for people.
func parseLines(body []byte, _ http.Header, address string) (*feed.Document, error) {
	lines := strings.Split(string(body), "\n")
	if feeds, is := strings.CutPrefix(lines[0], "page:"); is {
		return nil, &feed.NotAFeedError{What: "an HTML page", Feeds: strings.Fields(feeds)}
	}
	if lines[0] == "panic" {
		panic("parse is broken")
	}
	doc := &feed.Document{Format: "lines", URL: address, Title: lines[0], Home: "https://" + strings.ToLower(strings.ReplaceAll(lines[0], " ", "-")) + ".example/"}
	for _, line := range lines[1:] {
		parts := strings.Split(line, "|")
		for len(parts) < 3 {
			parts = append(parts, "")
		}
		e := feed.Entry{ID: strings.TrimSpace(parts[1]), Title: feed.Text{Value: strings.TrimSpace(parts[0])}, Content: feed.Text{Value: strings.TrimSpace(parts[2])}}
		e.Published = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
		e.Links = []feed.Link{{Rel: "alternate", Href: "https://a.example/" + e.ID}}
		doc.Entries = append(doc.Entries, e)
	}
	return doc, nil
}

// room is a poller with all of these.
type room struct {
	*Poller
	store *memory
	up    *upstreams
}

func at(name string) string { return "https://" + name + ".example/feed" }

// newRoom makes a poller of sources by their names.
func newRoom(t testing.TB, desk words, sources ...string) *room {
	m, up := newMemory(), &upstreams{texts: map[string]string{}}
	p := &Poller{
		Concurrency: 8, PerHost: 2, Fetcher: up, Parse: parseLines, Desk: desk, Store: m, Now: time.Now,
		Stories: openTitles(m, desk), Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Holds: map[string]time.Duration{"all": time.Hour},
	}
	for _, name := range sources {
		p.Sources = append(p.Sources, feed.Source{Name: name, URL: at(name), Every: 30 * time.Minute})
	}
	return &room{p, m, up}
}

// once polls all sources.
func (r *room) once(t testing.TB) map[string]Result {
	t.Helper()
	results, err := r.Once(context.Background(), r.Sources, func() {})
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]Result{}
	for _, one := range results {
		by[one.Source] = one
	}
	return by
}
