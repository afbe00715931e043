package poll

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"copydesk/feed"
)

// parseDated reads such documents, too, whose first line may name an address
// behind the title, and whose entries' last column may be an hour, at which
// they were updated.
func parseDated(body []byte, header http.Header, address string) (*feed.Document, error) {
	first, rest, _ := strings.Cut(string(body), "\n")
	title, self, _ := strings.Cut(first, " @ ")
	hours := map[int]string{}
	lines := strings.Split(rest, "\n")
	for i, line := range lines {
		if at := strings.LastIndex(line, " ^"); at >= 0 {
			lines[i], hours[i] = line[:at], line[at+2:]
		}
	}
	if rest != "" {
		title += "\n" + strings.Join(lines, "\n")
	}
	doc, err := parseLines([]byte(title), header, address)
	if err != nil {
		return nil, err
	}
	doc.Self = self
	for i := range doc.Entries {
		doc.Entries[i].Language = header.Get("Content-Language")
		if hour, ok := hours[i]; ok {
			at, err := time.Parse("15", hour)
			if err != nil {
				return nil, err
			}
			doc.Entries[i].Updated = time.Date(2026, 3, 1, at.Hour(), 0, 0, 0, time.UTC)
		}
	}
	return doc, nil
}

// delivering is a room whose poller runs, with a source whose hub delivers.
type delivering struct {
	*room
	hub  chan Delivery
	done atomic.Int32 // bodies let go
}

func newDelivering(t *testing.T, text string) *delivering {
	d := &delivering{room: newRoom(t, words{}, "a"), hub: make(chan Delivery, 10)}
	d.Parse = parseDated
	d.Pushed = func(feed.Source, *feed.Retrieval, *feed.SourceState) bool { return true }
	d.Delivered = d.hub
	d.up.set(at("a"), text)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
	pass(time.Hour)
	return d
}

// deliver hands a body over, and says how many requests that led to.
func (d *delivering) deliver(self, body string) (requests int) {
	before := d.up.count()
	d.hub <- Delivery{Source: "a", Topic: at("a"), Self: self, Header: http.Header{}, Body: []byte(body), Done: func() { d.done.Add(1) }}
	pass(time.Minute)
	return d.up.count() - before
}

func TestWhatAHubDeliversIsUsedWithoutARequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDelivering(t, "A @ https://a.example/feed\none | urn:a:1\ntwo | urn:a:2")
		before := d.store.state("a")
		for _, body := range []string{
			"A @ https://a.example/feed\nthree | urn:a:3",
			"A @ https://a.example/feed\nthree | urn:a:3", // again
			"A @ https://a.example/feed\nfour | urn:a:4\nthree | urn:a:3",
			"A\nfive | urn:a:5", // says nothing of itself; its headers do
		} {
			if n := d.deliver(at("a"), body); n != 0 {
				t.Errorf("%q: %d requests", body, n)
			}
		}
		want(t, d.store.published("all"), "urn:a:1", "urn:a:2", "urn:a:3", "urn:a:4", "urn:a:5")
		after := d.store.state("a")
		if after.Validators != before.Validators || after.BodyHash != before.BodyHash || after.Entries != 2 || after.Title != "A" ||
			!after.Due.Equal(before.Due) || !after.Polled.Equal(before.Polled) || after.Interval != before.Interval || after.Interval != 6*time.Hour {
			t.Errorf("a part of a document took the place of the whole: %+v, before %+v", after, before)
		}
		if !after.Changed.After(before.Changed) || after.Delivered.IsZero() {
			t.Errorf("%+v", after)
		}
		// The poll that comes hours later finds the same entries, and is conditional.
		d.up.set(at("a"), "A @ https://a.example/feed\nfive | urn:a:5\nfour | urn:a:4\nthree | urn:a:3\ntwo | urn:a:2\none | urn:a:1")
		pass(7 * time.Hour)
		want(t, d.up.all(), at("a"), at("a")+"*")
		want(t, d.store.published("all"), "urn:a:1", "urn:a:2", "urn:a:3", "urn:a:4", "urn:a:5")
		if l := d.store.listing("urn:a:3"); !l.Updated.Equal(l.Published) {
			t.Errorf("what was delivered and then polled counts as edited: %+v", l)
		}
		if n := int(d.done.Load()); n != 4 {
			t.Errorf("%d of 4 bodies were let go", n)
		}
	})
}

func TestWhatAHubDeliversAndCannotBeUsedIsAskedFor(t *testing.T) {
	const self = "https://a.example/feed"
	for name, c := range map[string]struct{ self, body string }{
		"nothing":                     {self, ""},
		"a page":                      {self, "page:"},
		"no entries":                  {self, "A @ " + self},
		"a fault of ours":             {self, "panic"},
		"no topic":                    {"", "A\nnews | urn:a:9"},
		"another topic":               {"https://b.example/feed", "A\nnews | urn:a:9"},
		"another topic inside":        {self, "A @ https://b.example/feed\nnews | urn:a:9"},
		"another feed":                {self, "Casino\nnews | urn:a:9"},
		"an edit without a date":      {self, "A @ " + self + "\none | urn:a:1 | edited"},
		"an edit of the same date":    {self, "A @ " + self + "\ntwo | urn:a:2 | edited ^08"},
		"ids that number the list":    {self, "A @ " + self + "\nnews | urn:a:2 | of another address ^09"},
		"an entry that can't be read": {self, "A @ " + self + "\nbroken | urn:a:9"},
	} {
		synctest.Test(t, func(t *testing.T) {
			d := newDelivering(t, "A @ "+self+"\none | urn:a:1\ntwo | urn:a:2 ^08")
			d.Desk = breaks("read", "broken")
			if name == "ids that number the list" {
				d.Parse = func(body []byte, header http.Header, address string) (*feed.Document, error) {
					doc, err := parseDated(body, header, address)
					for i := range doc.Entries {
						doc.Entries[i].Links[0].Href += strings.ReplaceAll(doc.Entries[i].Title.Value, "two", "")
					}
					return doc, err
				}
			}
			if name == "another feed" {
				d.Parse = func(body []byte, header http.Header, address string) (*feed.Document, error) {
					doc, err := parseDated(body, header, address)
					doc.ID = "urn:" + doc.Title
					return doc, err
				}
			}
			n := d.deliver(c.self, c.body)
			// The clock of the source's own interval goes on.
			if st := d.store.state("a"); n != 1 || st.Failures != 0 || st.Stranger != "" || st.Due.Before(time.Now().Add(5*time.Hour)) {
				t.Errorf("%s: %d requests, %+v", name, n, st)
			}
			want(t, d.store.published("all"), "urn:a:1", "urn:a:2")
			if l := d.store.listing("urn:a:2"); !l.Updated.Equal(l.Published) {
				t.Errorf("%s: edited", name)
			}
			if d.done.Load() != 1 {
				t.Errorf("%s: the body is kept", name)
			}
		})
	}
}

func TestDeliveriesThatComeLateAndAgainUndoNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const self = "https://a.example/feed"
		first := "A @ " + self + "\none | urn:a:1 ^08"
		d := newDelivering(t, first)
		second := "A @ " + self + "\none | urn:a:1 | corrected ^09"
		if n := d.deliver(self, second); n != 0 {
			t.Errorf("an edit: %d requests", n)
		}
		edited := d.store.listing("urn:a:1")
		if !edited.Updated.After(edited.Published) {
			t.Error("an edit that is dated isn't taken")
		}
		for range 3 { // repeated by somebody who heard it
			if n := d.deliver(self, first); n != 0 {
				t.Errorf("an old delivery: %d requests", n)
			}
			if n := d.deliver(self, second); n != 0 {
				t.Errorf("the same delivery: %d requests", n)
			}
		}
		if l := d.store.listing("urn:a:1"); !l.Updated.Equal(edited.Updated) {
			t.Error("an old delivery undid an edit")
		}
	})
}

// A hub that says nothing of what polls then bring isn't relied on until it
// does.
func TestAHubThatMissesNewsIsNotReliedOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const self = "https://a.example/feed"
		d := newDelivering(t, "A @ "+self+"\none | urn:a:1")
		interval := func(want time.Duration) {
			t.Helper()
			if st := d.store.state("a"); st.Interval != want || st.Hub != (want == 6*time.Hour) {
				t.Errorf("asked every %v, not %v; left to its hub: %v", st.Interval, want, st.Hub)
			}
		}
		interval(6 * time.Hour)
		d.up.set(at("a"), "A @ "+self+"\ntwo | urn:a:2\none | urn:a:1")
		pass(6 * time.Hour)
		interval(30 * time.Minute)
		pass(5 * time.Hour) // nothing is new, and still nothing heard of the hub
		if st := d.store.state("a"); st.Hub || st.Interval > 2*time.Hour || st.Missed.IsZero() {
			t.Errorf("%+v", st)
		}
		d.deliver(self, "A @ "+self+"\nthree | urn:a:3")
		d.up.set(at("a"), "A @ "+self+"\nthree | urn:a:3\ntwo | urn:a:2\none | urn:a:1")
		pass(2 * time.Hour)
		interval(6 * time.Hour)
		// A hub that only tells that there is news has told of it.
		d.up.set(at("a"), "A @ "+self+"\nfour | urn:a:4\nthree | urn:a:3")
		if n := d.deliver("", ""); n != 1 {
			t.Errorf("%d requests", n)
		}
		interval(6 * time.Hour)
		want(t, d.store.published("all"), "urn:a:1", "urn:a:2", "urn:a:3", "urn:a:4")
	})
}

// A delivery waits while its source is asked, and what is delivered while the
// store is full is read when there is room.
func TestDeliveriesWaitForTheirTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const self = "https://a.example/feed"
		d := newDelivering(t, "A @ "+self+"\none | urn:a:1")
		d.up.mu.Lock()
		d.up.wait = func(context.Context, string) error { time.Sleep(10 * time.Second); return nil }
		d.up.mu.Unlock()
		d.hub <- Delivery{Source: "nobody", Topic: self, Self: self, Done: func() { d.done.Add(1) }}
		pass(6 * time.Hour) // the poll begins in here
		d.up.set(at("a"), "A @ "+self+"\ntwo | urn:a:2\none | urn:a:1")
		for range 60 {
			pass(time.Minute)
			d.deliver(self, "A @ "+self+"\ntwo | urn:a:2")
		}
		want(t, d.store.published("all"), "urn:a:1", "urn:a:2")
		if n := d.done.Load(); n != 61 {
			t.Errorf("%d of 61 bodies were let go", n)
		}
	})
}

// What the last whole document said for all its entries holds for a part of it.
func TestAPartOfADocumentHasTheLanguageOfTheWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const self = "https://a.example/feed"
		d := newDelivering(t, "A @ "+self+"\none | urn:a:1")
		d.Parse = func(body []byte, header http.Header, address string) (*feed.Document, error) {
			doc, err := parseDated(body, header, address)
			doc.Language = header.Get("Content-Language")
			return doc, err
		}
		st := d.store.state("a")
		st.Language = "nl"
		a := d.receive(t.Context(), d.Sources[0], st, Delivery{
			Source: "a", Topic: self, Self: self, Header: http.Header{}, Body: []byte("A @ " + self + "\ntwo | urn:a:2"), Done: func() {},
		}, make(chan struct{}, 1))
		if len(a.fresh) != 1 || a.fresh[0].received.Language != "nl" {
			t.Errorf("%+v", a.fresh)
		}
	})
}

// Who once heard a delivery can repeat it: no request follows from that.
func TestPagesAreNotAskedForWhatADeliveryDoesNotProve(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const self = "https://a.example/feed"
		d := newDelivering(t, "A @ "+self+"\none | urn:a:1 ^08\ntwo | urn:a:2 ^08")
		p := &pages{of: map[string]any{"urn:a:1": "<p>one", "urn:a:2": "<p>two", "urn:a:3": "<p>three"}}
		d.Article, d.Sources[0].FullText = p.article, true
		d.deliver(self, "A @ "+self+"\none | urn:a:1 | as it was ^07\ntwo | urn:a:2 | edited ^09\nthree | urn:a:3")
		p.mu.Lock()
		defer p.mu.Unlock()
		slices.Sort(p.asked)
		want(t, p.asked, "urn:a:2", "urn:a:3")
	})
}
