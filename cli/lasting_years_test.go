package cli

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"copydesk/feed"
	"copydesk/feed/poll"
)

// years are upstreams that do what they like, and a person who changes the
// configuration as often.
type years struct {
	*testing.T
	random *rand.Rand
	server *httptest.Server
	now    time.Time
	day    int
	events int
	papers []*daily
	told   map[string]bool                    // links that were ever listed where they could be read
	seen   map[string]map[string]feed.Listing // by edition and id
}

// daily is one of the upstreams.
type daily struct {
	name, was string
	things    []line
	document  string // of the day; empty: it is dead
}

func newYears(t *testing.T, seed uint64) *years {
	y := &years{T: t, random: rand.New(rand.NewPCG(seed, 7)), now: first, told: map[string]bool{}, seen: map[string]map[string]feed.Listing{}}
	for n := range 4 {
		y.papers = append(y.papers, &daily{name: fmt.Sprintf("paper-%d", n)})
	}
	y.server = httptest.NewServer(http.HandlerFunc(y.answer))
	t.Cleanup(y.server.Close)
	return y
}

func (y *years) answer(w http.ResponseWriter, r *http.Request) {
	var n int
	fmt.Sscanf(r.URL.Path, "/%d", &n)
	if y.papers[n].document == "" {
		http.Error(w, "no", http.StatusInternalServerError)
		return
	}
	fmt.Fprint(w, y.papers[n].document)
}

// print makes the day's document of a paper.
func (y *years) print(n int) string {
	p := y.papers[n]
	fate := []string{"", "", "", "", "dead", "empty", "shuffled"}[y.random.IntN(7)]
	var all []line
	for i, l := range p.things {
		if recent := i >= len(p.things)-8; fate == "dead" || fate == "empty" || !recent && (i+y.day)%23 != 0 { // the old return now and then
			continue
		}
		switch (n + l.n) % 4 { // the same for each thing, whatever else happens to it
		case 0:
			l.id = fmt.Sprintf("%d-%d", l.n, y.day)
		case 1:
			l.id = fmt.Sprint(l.n / 100) // another paper's too
		case 2:
			l.id = ""
		}
		y.told[l.link] = true
		all = append(all, l)
	}
	switch fate {
	case "dead":
		return ""
	case "shuffled":
		y.random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	}
	return strings.ReplaceAll(rss(all), "Almanac", p.name)
}

// pass lets a day pass at the upstreams.
func (y *years) pass() {
	y.day++
	y.now = y.now.Add(time.Duration(20+y.random.IntN(9)) * time.Hour)
	for n, p := range y.papers {
		for range y.random.IntN(3) {
			if y.events == 0 || y.random.IntN(2) == 0 {
				y.events++
			}
			event := max(1, y.events-y.random.IntN(3))
			l := thing(100*event + n)
			if len(p.things) > 0 && p.things[len(p.things)-1].n/100 >= event { // it told of that
				continue
			}
			l.title, l.text, l.date = report(event, n, 8), report(event, n, 60), y.now.Add(-time.Duration(y.random.IntN(60))*time.Minute)
			l.link = fmt.Sprintf("https://almanac.example/%d", l.n)
			p.things = append(p.things, l)
		}
		if known := len(p.things); known > 0 && y.random.IntN(3) == 0 {
			l := &p.things[known-1-y.random.IntN(min(known, 20))]
			l.text += fmt.Sprintf(" More of it on day %d.", y.day)
		}
		p.document = y.print(n)
	}
}

// configuration is one of those that a person may come to.
func (y *years) configuration() string {
	pick := func(of ...string) string { return of[y.random.IntN(len(of))] }
	var b strings.Builder
	b.WriteString("retain: 10d\npolling: {allow_private: true, every: 1h, requests_per_minute: 100000}\nsources:\n")
	for n, p := range y.papers {
		if y.random.IntN(6) == 0 {
			p.name, p.was = fmt.Sprintf("paper-%d-day-%d", n, y.day), p.name
		}
		fmt.Fprintf(&b, "  - {name: %s, url: \"%s/%d?%d\"", p.name, y.server.URL, n, y.random.IntN(3))
		if p.was != "" {
			fmt.Fprintf(&b, ", was: %s", p.was)
		}
		b.WriteString("}\n")
	}
	b.WriteString("editions:\n")
	for _, name := range []string{"a", "b"} {
		fmt.Fprintf(&b, "  - {name: %s, limit: 5, stories: %s, apply: %s, hold: %s, quorum: %s, prefer: [%s], rules: [{drop: {title: [\"/%s/\"]}}]}\n",
			name, pick("one", "all", "one-per-language"), pick("new", "all", "7d"), pick("0s", "0s", "30h"), pick("1", "1", "2"),
			y.papers[y.random.IntN(len(y.papers))].name, pick("^zzz", "^b", "^[bdk]"))
	}
	b.WriteString("  - {name: every, limit: 5, stories: all}\n  - {name: rest, limit: 5, except: [\"edition:a\"]}\n")
	return b.String()
}

// look compares what is listed with what was listed before.
func (y *years) look(d *desk) {
	y.Helper()
	_, story, err := d.store.Next(y.Context())
	if err != nil {
		y.Fatal(err)
	}
	var stories []int64
	for n := range story {
		stories = append(stories, n)
	}
	listings, err := d.store.ListingsOf(y.Context(), stories)
	if err != nil {
		y.Fatal(err)
	}
	there, entries := map[[2]string]bool{}, map[string]bool{}
	left := map[[2]string]bool{} // by a changed rule
	for _, l := range listings {
		id, entry := [2]string{l.Edition, l.ID}, fmt.Sprint(l.Edition, l.Entry)
		if !l.TakenBack.IsZero() {
			left[id] = true
			continue
		}
		if there[id] || entries[entry] {
			y.Errorf("day %d: %s lists %s twice: %+v", y.day, l.Edition, l.ID, l)
		}
		there[id], entries[entry] = true, true
		if y.seen[l.Edition] == nil {
			y.seen[l.Edition] = map[string]feed.Listing{}
		}
		was, known := y.seen[l.Edition][l.ID]
		if known && (!was.Published.Equal(l.Published) || !was.Listed.Equal(l.Listed) || l.Updated.Before(was.Updated)) || l.Updated.After(y.now) || l.Published.After(y.now) {
			y.Errorf("day %d: was %+v, is %+v", y.day, was, l)
		}
		y.seen[l.Edition][l.ID] = l
	}
	for edition, ids := range y.seen {
		for id := range ids {
			if at := [2]string{edition, id}; !there[at] && !left[at] {
				y.Errorf("day %d: %s listed %s, and lists it no more", y.day, edition, id)
			}
		}
	}
}

// mortal is a store that takes so many writes, and none after.
type mortal struct {
	poll.Store
	left int
}

var errDead = errors.New("the program was ended")

func (m *mortal) dies() bool {
	m.left--
	return m.left < 0
}

func (m *mortal) Apply(ctx context.Context, b feed.Batch) error {
	if m.dies() {
		return errDead
	}
	return m.Store.Apply(ctx, b)
}

func (m *mortal) SetState(ctx context.Context, st feed.SourceState) error {
	if m.dies() {
		return errDead
	}
	return m.Store.SetState(ctx, st)
}

// Upstreams and the configuration change at random for months, through
// retention, restarts and sudden ends: no edition ever lists an entry or an id twice,
// loses one, or moves its date; and each thing is one entry.
func TestNothingIsLostNorTwiceInAnyYear(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			y, dir := newYears(t, seed), t.TempDir()
			text := y.configuration()
			for range 60 {
				y.pass()
				if y.random.IntN(5) == 0 {
					text = y.configuration()
				}
				d := deskAt(t, dir, text, func() time.Time { return y.now })
				if y.random.IntN(3) == 0 { // it is broken off before so many writes, and started anew
					d.poller.Store = &mortal{Store: d.store, left: y.random.IntN(8)}
					_, _ = d.poller.Once(t.Context(), d.config.Sources, func() {})
					y.look(d)
					if err := d.close(); err != nil {
						t.Fatal(err)
					}
					d = deskAt(t, dir, text, func() time.Time { return y.now })
				}
				if _, err := d.poller.Once(t.Context(), d.config.Sources, func() {}); err != nil {
					t.Fatal(err)
				}
				if err := d.retain(t.Context(), y.now, 0); err != nil {
					t.Fatal(err)
				}
				y.look(d)
				counts, err := d.store.Counts(t.Context())
				if err != nil || counts.Entries != int64(len(y.told)) {
					t.Errorf("day %d: %d entries of %d things, %v", y.day, counts.Entries, len(y.told), err)
				}
				if y.day%20 == 0 {
					if err := d.store.Check(t.Context()); err != nil {
						t.Error(err)
					}
				}
				if err := d.close(); err != nil {
					t.Fatal(err)
				}
				if t.Failed() {
					t.Fatalf("configuration:\n%s", text)
				}
			}
			if len(y.told) < 100 || len(y.seen["every"]) != len(y.told) {
				t.Errorf("%d things were told, %d are listed", len(y.told), len(y.seen["every"]))
			}
		})
	}
}
