package cli

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"copydesk/feed"
)

// line is an item of an almanac's document.
type line struct {
	n        int // which of the things that upstream tells of it is: what a reader tells apart
	id, link string
	title    string
	text     string
	date     time.Time // zero: none
}

// almanac is an upstream whose documents depend on the day.
type almanac struct {
	*httptest.Server
	day  int
	tell func(day int) []line
	// odd answers some days in another way; nil: none.
	odd func(day int) http.HandlerFunc
}

// first is the day on which almanacs begin.
var first = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

func newAlmanac(t *testing.T, tell func(day int) []line, odd func(day int) http.HandlerFunc) *almanac {
	t.Helper()
	a := &almanac{tell: tell, odd: odd}
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if a.odd != nil {
			if answer := a.odd(a.day); answer != nil {
				answer(w, r)
				return
			}
		}
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprint(w, rss(a.tell(a.day)))
	}))
	t.Cleanup(a.Close)
	return a
}

func rss(lines []line) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>Almanac</title><link>https://almanac.example/</link><description>d</description>`)
	for _, l := range lines {
		b.WriteString("<item>")
		if l.id != "" {
			fmt.Fprintf(&b, `<guid isPermaLink="false">%s</guid>`, l.id)
		}
		if !l.date.IsZero() {
			fmt.Fprintf(&b, "<pubDate>%s</pubDate>", l.date.Format(time.RFC1123Z))
		}
		fmt.Fprintf(&b, "<title>%s</title><link>%s</link><description>%s</description></item>", l.title, l.link, l.text)
	}
	return b.String() + "</channel></rss>"
}

// thing is a line as an orderly upstream has it: told of on the day of its number.
func thing(n int) line {
	return line{
		n: n, id: fmt.Sprintf("urn:almanac:%d", n), link: fmt.Sprintf("https://almanac.example/%d", n),
		title: report(n, 0, 7), text: report(n, 0, 40), date: first.AddDate(0, 0, n).Add(-time.Hour),
	}
}

// things are those from one to another, the newest first.
func things(from, to int) []line {
	var all []line
	for n := to; n >= max(0, from); n-- {
		all = append(all, thing(n))
	}
	return all
}

// with changes each line.
func with(lines []line, change func(*line)) []line {
	for i := range lines {
		change(&lines[i])
	}
	return lines
}

// lasting are upstreams that a republisher meets in some years. Each tells of
// so many things, each of which is to be published once, under one id and
// date, whatever is done with them.
var lasting = []struct {
	name     string
	identity string
	days     int
	tell     func(day int) []line
	odd      func(day int) http.HandlerFunc
	things   int
	edited   bool // texts change, so that dates of updates may
	dateless bool // published by the dates of polls, not by upstream's
}{
	{name: "orderly, in a window that slides", days: 40, tell: func(day int) []line { return things(day-9, day) }, things: 40},
	{name: "a window that slides past what was between two polls", days: 40, tell: func(day int) []line {
		return with(things(3*day-2, 3*day), func(l *line) { l.date = first.Add(time.Duration(8*l.n-1) * time.Hour) })
	}, things: 118},
	{name: "ids that are new each day", days: 30, tell: func(day int) []line {
		return with(things(day-9, day), func(l *line) { l.id = fmt.Sprintf("%d-%d", l.n, day) })
	}, things: 30},
	{name: "ids that come and go", days: 30, tell: func(day int) []line {
		return with(things(day-9, day), func(l *line) {
			if (day+l.n)%3 == 0 {
				l.id = ""
			}
		})
	}, things: 30},
	{name: "ids that are addresses with sessions", days: 30, tell: func(day int) []line {
		return with(things(day-9, day), func(l *line) {
			l.id = fmt.Sprintf("%s?PHPSESSID=%032d&amp;utm_source=day%d", []string{l.link, strings.Replace(l.link, "https", "http", 1)}[day%2], day, day)
		})
	}, things: 30},
	{name: "ids that number places", days: 30, tell: func(day int) []line {
		place := 0
		return with(things(day, day+9), func(l *line) { place++; l.id, l.date = fmt.Sprint(place), l.date.AddDate(0, 0, -9) })
	}, things: 39},
	{name: "in another order each day", days: 30, tell: func(day int) []line {
		all := things(day-9, day)
		rand.New(rand.NewPCG(uint64(day), 1)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		return all
	}, things: 30},
	{name: "gone for longer than anything is kept, and back", days: 60, tell: func(day int) []line {
		if day > 3 && day < 50 {
			return things(day-2, day)
		}
		return append(things(day-2, day), things(0, 3)[max(0, 3-day):]...)
	}, things: 60},
	{name: "back after it was forgotten, with other ids", days: 60, tell: func(day int) []line {
		if day < 50 {
			return things(day-2, day)
		}
		return append(things(day-2, day), with(things(0, 3), func(l *line) { l.id += "/again" })...)
	}, things: 60},
	{name: "back after it was forgotten, with another text", days: 60, edited: true, tell: func(day int) []line {
		if day < 50 {
			return things(day-2, day)
		}
		return append(things(day-2, day), with(things(0, 3), func(l *line) { l.text += " More was found out." })...)
	}, things: 60},
	{name: "texts that are edited each day", days: 30, edited: true, tell: func(day int) []line {
		return with(things(day-9, day), func(l *line) { l.text += fmt.Sprintf(" Read %d times.", day) })
	}, things: 30},
	{name: "dates that are bumped at each poll", days: 30, tell: func(day int) []line {
		return with(things(day-9, day), func(l *line) { l.date = first.AddDate(0, 0, day) })
	}, things: 30, dateless: true},
	{name: "dates in the future", days: 30, tell: func(day int) []line {
		return with(things(day-9, day), func(l *line) { l.date = first.AddDate(2, 0, l.n) })
	}, things: 30, dateless: true},
	{name: "without dates", days: 30, tell: func(day int) []line {
		return with(things(day-9, day), func(l *line) { l.date = time.Time{} })
	}, things: 30, dateless: true},
	{name: "with dates on some days", days: 30, tell: func(day int) []line {
		return with(things(day-9, day), func(l *line) {
			if day%2 == 0 {
				l.date = time.Time{}
			}
		})
	}, things: 30, dateless: true},
	{name: "older things come later", days: 20, tell: func(day int) []line {
		all := things(day-9, day)
		if day >= 10 {
			all = append(all, with(things(100, 139), func(l *line) { l.date = first.AddDate(-2, 0, l.n) })...)
		}
		return all
	}, things: 60},
	{name: "empty on some days", days: 30, tell: func(day int) []line {
		if day%4 == 2 {
			return nil
		}
		return things(day-9, day)
	}, things: 30},
	{name: "dead on some days", days: 30, tell: func(day int) []line { return things(day-9, day) }, odd: func(day int) http.HandlerFunc {
		if day%10 != 3 {
			return nil
		}
		return func(w http.ResponseWriter, r *http.Request) {
			http.Error(w, rss(things(500, 510)), http.StatusBadGateway)
		}
	}, things: 30},
	{name: "another's for a day", days: 30, tell: func(day int) []line { return things(day-9, day) }, odd: func(day int) http.HandlerFunc {
		if day%10 != 3 {
			return nil
		}
		return func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, strings.ReplaceAll(strings.ReplaceAll(rss(things(500, 510)), "Almanac", "Casino"), "almanac.example", "casino.example"))
		}
	}, things: 30},
	{name: "a page for a day", days: 30, tell: func(day int) []line { return things(day-9, day) }, odd: func(day int) http.HandlerFunc {
		if day%10 != 3 {
			return nil
		}
		return func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "<html><body><form>Log in here</form></body></html>")
		}
	}, things: 30},
	{name: "cut on every second day", days: 30, tell: func(day int) []line { return things(day-9, day) }, odd: func(day int) http.HandlerFunc {
		if day%2 == 0 {
			return nil
		}
		return func(w http.ResponseWriter, r *http.Request) {
			body := rss(things(day-9, day))
			w.Header().Set("Content-Length", fmt.Sprint(len(body)))
			fmt.Fprint(w, body[:len(body)*2/3])
		}
	}, things: 30},
	{name: "by link, with ids and titles that flap", identity: "link", days: 30, edited: true, tell: func(day int) []line {
		return with(things(day-9, day), func(l *line) {
			l.id = fmt.Sprintf("%d-%d", l.n, day)
			l.title = fmt.Sprintf("%s, day %d", l.title, day)
			if day%2 == 0 {
				l.link += "?utm_source=day"
			}
		})
	}, things: 30},
	{name: "by link and title, a page that tells something else each day", identity: "link+title", days: 30, tell: func(day int) []line {
		return with(things(day-4, day), func(l *line) { l.link, l.id = "https://almanac.example/today", fmt.Sprintf("%d-%d", l.n, day) })
	}, things: 30},
}

// Upstreams do what they do for weeks, while content is forgotten after ten
// days and the program is started anew each week: what each tells of is
// published once, under the same id and dates.
func TestWhatUpstreamTellsOfIsPublishedOnce(t *testing.T) {
	for _, c := range lasting {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := newAlmanac(t, c.tell, c.odd)
			identity := cmp.Or(c.identity, "guid")
			text := "retain: 10d\npolling: {allow_private: true, every: 1h, requests_per_minute: 100000}\nsources: [{name: almanac, url: \"" + a.URL + "/\", identity: " + identity + "}]\n" +
				"editions: [{name: all, stories: all, limit: 5}, {name: one, limit: 5}]\n"
			dir, now := t.TempDir(), first
			d := deskAt(t, dir, text, func() time.Time { return now })
			defer func() { d.close() }()
			seen, stories := map[string]feed.Listing{}, map[string]feed.Listing{}
			for a.day = range c.days {
				now = first.AddDate(0, 0, a.day)
				if a.day%7 == 6 {
					if err := d.close(); err != nil {
						t.Fatal(err)
					}
					d = deskAt(t, dir, text, func() time.Time { return now })
				}
				for range 2 { // the second brings nothing new
					if _, err := d.poller.Once(t.Context(), d.config.Sources, func() {}); err != nil {
						t.Fatal(err)
					}
				}
				if err := d.retain(t.Context(), now, 0); err != nil {
					t.Fatal(err)
				}
				stays(t, d, "all", now, seen, c.edited)
				stays(t, d, "one", now, stories, c.edited)
			}
			if len(seen) != c.things {
				t.Errorf("upstream told of %d things, %d were published", c.things, len(seen))
			}
			counts, err := d.store.Counts(t.Context())
			if err != nil || counts.Entries != int64(c.things) || c.days > 20 && counts.Archived == counts.Entries {
				t.Errorf("%d entries for %d things, %d of them with content (%v)", counts.Entries, c.things, counts.Archived, err)
			}
			if !c.dateless {
				inOrder(t, d, seen)
			}
			if err := d.store.Check(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// stays compares what an edition lists with what it listed before.
func stays(t *testing.T, d *desk, edition string, now time.Time, seen map[string]feed.Listing, edited bool) {
	t.Helper()
	entry, story, err := d.store.Next(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for n := range max(entry, story) {
		keys = append(keys, fmt.Sprintf("e%d", n), fmt.Sprintf("s%d", n))
	}
	listed, err := d.store.Listings(t.Context(), edition, keys)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for key, l := range listed {
		if ids[l.ID] {
			t.Errorf("%s is published twice", l.ID)
		}
		ids[l.ID] = true
		if l.Published.After(now) || l.Updated.After(now) || l.Listed.After(now) {
			t.Errorf("%s is of the future: %+v", now, l)
		}
		was, known := seen[key]
		if edited {
			was.Updated = l.Updated
		}
		if known && (l.ID != was.ID || !l.Published.Equal(was.Published) || !l.Listed.Equal(was.Listed) || !l.Updated.Equal(was.Updated)) {
			t.Errorf("%s: was %+v, is %+v", now, was, l)
		}
		seen[key] = l
	}
	for key := range seen {
		if _, there := listed[key]; !there {
			t.Errorf("%s: %s was listed, and is gone", now, key)
		}
	}
	published, err := d.store.Published(t.Context(), edition, 0, 5)
	if err != nil || len(published) != min(5, len(listed)) {
		t.Errorf("%s: %s shows %d of %d, %v", now, edition, len(published), len(listed), err)
	}
}

// inOrder checks that things are listed by their own dates.
func inOrder(t *testing.T, d *desk, seen map[string]feed.Listing) {
	t.Helper()
	for _, l := range seen {
		if !l.Listed.Equal(l.Published) {
			t.Errorf("%s was published at %s, and is listed by %s", l.ID, l.Published, l.Listed)
		}
	}
	published, err := d.store.Published(t.Context(), "all", 0, 5)
	if err != nil {
		t.Fatal(err)
	}
	newest := slices.MaxFunc(slices.Collect(func(yield func(feed.Listing) bool) {
		for _, l := range seen {
			if !yield(l) {
				return
			}
		}
	}), func(a, b feed.Listing) int { return a.Published.Compare(b.Published) })
	if published[0].Listing.ID != newest.ID {
		t.Errorf("%s is first, not %s", published[0].Listing.ID, newest.ID)
	}
}
