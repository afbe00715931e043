package poll

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
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

// memory is a store for tests, with faults at will. It keeps what storage
// promises of batches: whole or not at all.
type memory struct {
	mu       sync.Mutex
	states   map[string]feed.SourceState
	records  map[int64]feed.Record
	marks    map[string]map[feed.Mark]int64
	stories  map[int64]feed.Story
	verdicts map[int64]map[string]feed.Decision
	listings map[string]feed.Listing
	meta     map[string]string
	entry    int64
	story    int64
	reads    int

	// fault is asked before each write; small says that it is only a state
	// or a note.
	fault func(small bool, b *feed.Batch) error
}

var errFull = errors.New("disk full")

func newMemory() *memory {
	return &memory{
		states: map[string]feed.SourceState{}, records: map[int64]feed.Record{}, marks: map[string]map[feed.Mark]int64{},
		stories: map[int64]feed.Story{}, verdicts: map[int64]map[string]feed.Decision{}, listings: map[string]feed.Listing{},
		meta: map[string]string{}, entry: 1, story: 1,
	}
}

func (m *memory) lock() func() { m.mu.Lock(); m.reads++; return m.mu.Unlock }

func (m *memory) refuses(ctx context.Context, small bool, b *feed.Batch) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if m.fault == nil {
		return nil
	}
	return m.fault(small, b)
}

func (m *memory) States(context.Context) (map[string]feed.SourceState, error) {
	defer m.lock()()
	return maps.Clone(m.states), nil
}

func (m *memory) SetState(ctx context.Context, s feed.SourceState) error {
	defer m.lock()()
	if err := m.refuses(ctx, true, nil); err != nil {
		return err
	}
	m.states[s.Name] = s
	return nil
}

func (m *memory) Known(_ context.Context, source string, marks []feed.Mark) (map[feed.Mark]feed.Known, error) {
	defer m.lock()()
	known := map[feed.Mark]feed.Known{}
	for _, k := range marks {
		if n, ok := m.marks[source][k]; ok {
			known[k] = feed.Known{Entry: n, Hash: m.records[n].Hash}
		}
	}
	return known, nil
}

func (m *memory) Next(context.Context) (int64, int64, error) {
	defer m.lock()()
	return m.entry, m.story, nil
}

func (m *memory) Apply(ctx context.Context, b feed.Batch) error {
	defer m.lock()()
	if err := m.refuses(ctx, false, &b); err != nil {
		return err
	}
	ids := map[string]int64{}
	for n, r := range m.records {
		ids[r.PublicID] = n
	}
	for _, r := range b.New {
		if n, taken := ids[r.PublicID]; taken || m.records[r.Entry].Entry != 0 {
			return fmt.Errorf("entry %d or id %q is there already (entry %d)", r.Entry, r.PublicID, n)
		}
		ids[r.PublicID] = r.Entry
	}
	if b.State.Name != "" {
		m.states[b.State.Name] = b.State
	}
	for _, r := range slices.Concat(b.New, b.Changed) {
		r.Copy.Text = ""
		m.records[r.Entry] = r
		m.entry = max(m.entry, r.Entry+1)
	}
	for _, p := range b.Placed {
		r := m.records[p.Entry]
		r.Story = p.Story
		m.records[p.Entry] = r
	}
	for _, k := range b.Marks {
		if m.marks[b.State.Name] == nil {
			m.marks[b.State.Name] = map[feed.Mark]int64{}
		}
		m.marks[b.State.Name][k.Mark] = k.Entry
	}
	for _, s := range b.Stories {
		s.Renditions, s.Linked = slices.Clone(s.Renditions), slices.Clone(s.Linked)
		m.stories[s.Story] = s
		m.story = max(m.story, s.Story+1)
	}
	for _, n := range b.Ended {
		delete(m.stories, n)
	}
	for _, d := range b.Verdicts {
		if m.verdicts[d.Entry] == nil {
			m.verdicts[d.Entry] = map[string]feed.Decision{}
		}
		m.verdicts[d.Entry][d.Edition] = d
	}
	for _, l := range b.Listings {
		m.listings[l.Edition+" "+l.Key] = l
	}
	return nil
}

func (m *memory) Meta(_ context.Context, key string) (string, error) {
	defer m.lock()()
	return m.meta[key], nil
}

func (m *memory) SetMeta(ctx context.Context, key, value string) error {
	defer m.lock()()
	if err := m.refuses(ctx, true, nil); err != nil {
		return err
	}
	m.meta[key] = value
	return nil
}

func (m *memory) Held(context.Context) ([]int64, error) {
	defer m.lock()()
	held := map[int64]bool{}
	for n, verdicts := range m.verdicts {
		for _, d := range verdicts {
			if d.Verdict == feed.Held {
				held[m.records[n].Story] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(held)), nil
}

func (m *memory) Archive(_ context.Context, since time.Time, _ []string) iter.Seq2[feed.Record, error] {
	return func(yield func(feed.Record, error) bool) {
		unlock := m.lock()
		all := slices.SortedFunc(maps.Values(m.records), func(a, b feed.Record) int { return cmp.Compare(a.Entry, b.Entry) })
		unlock()
		for _, r := range all {
			if !r.FirstSeen.Before(since) && !yield(r, nil) {
				return
			}
		}
	}
}

func (m *memory) Taken(_ context.Context, ids []string) (map[string]int64, error) {
	defer m.lock()()
	taken := map[string]int64{}
	for n, r := range m.records {
		if slices.Contains(ids, r.PublicID) {
			taken[r.PublicID] = n
		}
	}
	return taken, nil
}

func (m *memory) Records(_ context.Context, entries []int64) ([]feed.Record, error) {
	defer m.lock()()
	var all []feed.Record
	for _, n := range entries {
		if r, ok := m.records[n]; ok {
			all = append(all, r)
		}
	}
	return all, nil
}

func (m *memory) Stories(_ context.Context, stories []int64) (map[int64]feed.Story, error) {
	defer m.lock()()
	found := map[int64]feed.Story{}
	for _, n := range stories {
		if s, ok := m.stories[n]; ok {
			s.Renditions, s.Linked = slices.Clone(s.Renditions), slices.Clone(s.Linked)
			found[n] = s
		}
	}
	return found, nil
}

func (m *memory) DecisionsOn(_ context.Context, entries []int64) (map[int64][]feed.Decision, error) {
	defer m.lock()()
	found := map[int64][]feed.Decision{}
	for _, n := range entries {
		found[n] = slices.Collect(maps.Values(m.verdicts[n]))
	}
	return found, nil
}

func (m *memory) ListingsOf(_ context.Context, stories []int64) ([]feed.Listing, error) {
	defer m.lock()()
	var found []feed.Listing
	for _, key := range slices.Sorted(maps.Keys(m.listings)) {
		if l := m.listings[key]; slices.Contains(stories, l.Story) {
			found = append(found, l)
		}
	}
	return found, nil
}

// published are the ids that an edition lists, sorted.
func (m *memory) published(edition string) []string {
	defer m.lock()()
	var ids []string
	for _, l := range m.listings {
		if l.Edition == edition {
			ids = append(ids, l.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

func (m *memory) state(source string) feed.SourceState {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.states[source]
}

// looked is how often anything was read or written.
func (m *memory) looked() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.reads
}

func (m *memory) listing(id string) feed.Listing {
	defer m.lock()()
	for _, l := range m.listings {
		if l.ID == id {
			return l
		}
	}
	return feed.Listing{}
}

// words is a desk for tests: titles say what is to happen to entries. One
// edition, "all", lists each story once; it holds those that say so for an
// hour.
type words struct{ broken func(what, title string) bool }

func (d words) panics(what, title string) {
	if d.broken != nil && d.broken(what, title) {
		panic(what + " is broken")
	}
}

func (words) Learn(*feed.SourceState, *feed.Document) {}

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
	return feed.Copy{Title: e.Title.Value, Link: e.Link("alternate"), HTML: e.Content.Value, Published: at, Updated: at}, []byte("signed")
}

func (d words) Judge(r *feed.Record, at time.Time) []feed.Decision {
	d.panics("judge", r.Copy.Title)
	v := feed.Kept
	if strings.Contains(r.Copy.Title, "drop") {
		v = feed.Dropped
	}
	return []feed.Decision{{Edition: "all", Verdict: v, Reason: "its title", At: at, Config: "1"}}
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

func (t *titles) Add(r *feed.Record)      { t.of[r.Entry], t.at[r.Entry] = storyName(r.Copy.Title), r.Story }
func (t *titles) Edit(r *feed.Record)     { t.Add(r) }
func (t *titles) Remove(entry int64)      { delete(t.of, entry); delete(t.at, entry) }
func (t *titles) Move(entry, story int64) { t.at[entry] = story }
func (t *titles) Forget(time.Time)        {}

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
