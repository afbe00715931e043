package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/config"
	"copydesk/feed/fetch"
	"copydesk/feed/fetch/fetchtest"
)

// deskAt makes a desk of a configuration's text, with the real store in the
// given folder.
func deskAt(t testing.TB, dir, text string, now func() time.Time) *desk {
	t.Helper()
	file := filepath.Join(dir, "copydesk.yaml")
	c, err := config.Parse(file, []byte(text), func(string) (string, bool) { return "", false })
	if err != nil {
		t.Fatal(err)
	}
	w := &World{Stdout: io.Discard, Stderr: io.Discard, Now: now}
	d, err := openDesk(context.Background(), c, w, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Sources that answer in any order give the same editions: the same stories,
// ids, dates and renditions.
func TestEditionsDoNotDependOnWhoAnswersFirst(t *testing.T) {
	const sources = 6
	documents := make([]string, sources)
	random := rand.New(rand.NewPCG(4, 4))
	for n := range documents {
		var b strings.Builder
		fmt.Fprintf(&b, `<rss version="2.0"><channel><title>Paper %d</title><link>https://paper-%d.example/</link><description>d</description>`, n, n)
		for i := range 12 {
			event := random.IntN(24)
			fmt.Fprintf(&b, `<item><guid>https://paper-%d.example/%d</guid><title>%s</title><link>https://paper-%d.example/%d</link><pubDate>%s</pubDate><description>%s</description></item>`,
				n, i, report(event, n, 8), n, i, time.Date(2026, 3, 1, event%5, n, i, 0, time.UTC).Format(time.RFC1123Z), report(event, n, 90))
		}
		documents[n] = b.String() + "</channel></rss>"
	}
	var order []int // in which the sources answer
	var mu sync.Mutex
	turn := sync.NewCond(&mu)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n int
		fmt.Sscanf(r.URL.Path, "/%d", &n)
		mu.Lock()
		for order[0] != n {
			turn.Wait()
		}
		mu.Unlock()
		w.Header().Set("Content-Type", "application/rss+xml")
		io.WriteString(w, documents[n])
	}))
	defer server.Close()
	text := "polling: {allow_private: true, requests_per_minute: 10000, per_host: 100}\nsources:\n"
	for n := range sources {
		text += fmt.Sprintf("  - {name: paper-%d, url: \"%s/%d\"}\n", n, server.URL, n)
	}
	text += "editions:\n  - {name: one}\n  - {name: preferred, prefer: [paper-3]}\n  - {name: quorum, quorum: 2}\n  - {name: all, stories: all, limit: 500}\n  - {name: rest, except: [\"edition:quorum\"]}\n"
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	var first map[string][]string
	for round := range 8 {
		order = random.Perm(sources)
		d := deskAt(t, t.TempDir(), text, func() time.Time { return now })
		tick := func() { // it was recorded: the next may answer
			mu.Lock()
			order = append(order[1:], -1)
			turn.Broadcast()
			mu.Unlock()
		}
		shown := fmt.Sprint(order)
		results, err := d.poller.Once(t.Context(), d.config.Sources, tick)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range results {
			if r.Err != nil {
				t.Fatal(r.Err)
			}
		}
		got := editionsOf(t, d)
		if err := d.close(); err != nil {
			t.Error(err)
		}
		if round == 0 {
			first = got
		} else if diff := cmp.Diff(first, got); diff != "" {
			t.Errorf("order %s: %s", shown, diff)
		}
	}
	if len(first["one"]) < 10 || len(first["one"]) >= len(first["all"]) || len(first["quorum"]) == 0 {
		t.Errorf("nothing was told: %d, %d, %d", len(first["one"]), len(first["all"]), len(first["quorum"]))
	}
}

// report is what a paper writes of an event, in words that no other event has;
// each paper leaves some of them out.
func report(event, paper, words int) string {
	vocabulary := rand.New(rand.NewPCG(uint64(event), 9))
	own := rand.New(rand.NewPCG(uint64(event), uint64(paper)))
	var b strings.Builder
	for n := range words {
		word := ""
		for range 2 + vocabulary.IntN(3) {
			word += string("bdfgklmnprstvz"[vocabulary.IntN(14)]) + string("aeiou"[vocabulary.IntN(5)])
		}
		if own.IntN(8) == 0 {
			continue
		}
		if n%5 == 0 {
			word = strings.ToUpper(word[:1]) + word[1:]
		}
		b.WriteString(word + " ")
		if n%12 == 11 {
			b.WriteString("of the harbour. ")
		}
	}
	return strings.TrimSpace(b.String())
}

// editionsOf are all editions, each entry on a line; those of one moment in
// the order of their ids.
func editionsOf(t *testing.T, d *desk) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, e := range d.config.Desk.Editions {
		published, err := d.store.Published(t.Context(), e.Name, 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range published {
			var related []string
			for _, r := range p.Related {
				related = append(related, r.Link)
			}
			all[e.Name] = append(all[e.Name], fmt.Sprint(p.Listing.Listed.Format(time.RFC3339), " ", p.Listing.ID, " ", p.Copy.Link, " ", p.Listing.Updated.Format(time.RFC3339), " ", related))
		}
		slices.SortStableFunc(all[e.Name], strings.Compare)
	}
	return all
}

// A day among hostile sources: nothing grows, and the good ones are on time.
func TestADayAmongHostileUpstreamsLeavesNothingBehind(t *testing.T) {
	if testing.Short() {
		t.Skip("simulates a day")
	}
	dir := t.TempDir()
	text := "polling: {timeout: 20s, max_size: 1MB, every: 30m}\nsources:\n  - {name: good, url: \"http://good.example/feed\"}\n"
	cases := fetchtest.Hostile()
	const hostile = 50
	for n := range hostile {
		text += fmt.Sprintf("  - {name: hostile-%d, url: \"http://h%d.example/feed\"}\n", n, n)
	}
	text += "editions: [{name: all}]\n"
	var heap, goroutines, descriptors [2]int
	synctest.Test(t, func(t *testing.T) {
		up := fetchtest.NewPiped(t)
		for n := range hostile {
			up.Serve(fmt.Sprintf("h%d.example/feed", n), cases[n*len(cases)/hostile].Answer)
		}
		entries := 0
		up.Serve("good.example/feed", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			entries++
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprint(w, `<rss version="2.0"><channel><title>Good</title><link>https://good.example/</link><description>d</description>`)
			for i := max(0, entries-20); i < entries; i++ {
				fmt.Fprintf(w, `<item><guid>https://good.example/%d</guid><title>%s</title><link>https://good.example/%d</link><description>%s</description></item>`, i, report(i, 0, 8), i, report(i, 0, 60))
			}
			fmt.Fprint(w, `</channel></rss>`)
		}))
		d := deskAt(t, dir, text, time.Now)
		client := fetch.New(fetch.Options{Polling: d.config.Polling, Dial: up.Dial})
		d.poller.Fetcher = client
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- d.poller.Run(ctx) }()
		for i, wait := range []time.Duration{12 * time.Hour, 12 * time.Hour} {
			time.Sleep(wait)
			synctest.Wait()
			runtime.GC()
			runtime.GC() // pools are emptied by the second
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			heap[i], goroutines[i], descriptors[i] = int(m.HeapAlloc>>10), runtime.NumGoroutine(), openFiles()
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if polled := len(up.Requests("/feed")); polled < 300 {
			t.Errorf("only %d requests in a day", polled)
		}
		states, err := d.store.States(context.Background())
		if err != nil || states["good"].Failures > 0 || entries < 40 {
			t.Errorf("the good source was asked %d times: %+v, %v", entries, states["good"], err)
		}
		published, err := d.store.Published(context.Background(), "all", 0, 100_000)
		if err != nil {
			t.Error(err)
		}
		news := 0
		for _, p := range published {
			if p.Source == "good" {
				news++
			}
		}
		if news != entries {
			t.Errorf("%d of %d good entries were published", news, entries)
		}
		client.Close()
		if err := d.close(); err != nil {
			t.Error(err)
		}
	})
	t.Logf("after 12 and 24 hours: heap %d and %d kB, goroutines %d and %d, descriptors %d and %d", heap[0], heap[1], goroutines[0], goroutines[1], descriptors[0], descriptors[1])
	if heap[1] > heap[0]+16<<10 || goroutines[1] > goroutines[0]+20 || descriptors[1] > descriptors[0]+5 {
		t.Errorf("something grows: heap %v kB, goroutines %v, descriptors %v", heap, goroutines, descriptors)
	}
}

// openFiles counts this process's descriptors, where the system tells.
func openFiles() int {
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(files)
}

func TestOwnAddressesAreKnown(t *testing.T) {
	server := config.Server{Listen: "127.0.0.1:8080", URL: "https://feeds.example.org/desk/"}
	for address, own := range map[string]bool{
		"https://feeds.example.org/desk/feeds/news.atom": true,
		"https://FEEDS.example.org/desk/feeds/news.json": true,
		"http://localhost:8080/feeds/news.atom":          true,
		"http://[::1]:8080/feeds/news.rss":               true,
		"http://127.0.0.1:8081/feeds/news.atom":          false,
		"https://feeds.example.org/feeds/news.atom":      false,
		"https://other.example/desk/feeds/news.atom":     false,
		"https://feeds.example.org/desk/":                false,
	} {
		if got := isOwn(address, server); got != own {
			t.Errorf("%s: %v", address, got)
		}
	}
}

// A clock that is a year ahead for an hour must not empty the archive.
func TestContentIsForgottenByASteadyClockOnly(t *testing.T) {
	listed := `<item><guid>urn:1</guid><title>Two cranes lifted a barge</title><description>It took four hours.</description></item>`
	more := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		io.WriteString(w, `<rss version="2.0"><channel><title>Wire</title><link>https://wire.example/</link><description>d</description>`+listed+more+`</channel></rss>`)
	}))
	defer server.Close()
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	d := deskAt(t, t.TempDir(), fmt.Sprintf("retain: 10d\npolling: {allow_private: true}\nsources: [{name: a, url: \"%s/\"}]\neditions: [{name: all, limit: 1}]\n", server.URL), func() time.Time { return now })
	archived := func() int {
		n := 0
		for _, err := range d.store.Archive(t.Context(), time.Time{}, nil) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		return n
	}
	step := func(to time.Time) int {
		t.Helper()
		now = to
		if _, err := d.poller.Once(t.Context(), d.config.Sources, func() {}); err != nil {
			t.Fatal(err)
		}
		if err := d.retain(t.Context(), now, retainEvery); err != nil {
			t.Fatal(err)
		}
		return archived()
	}
	start := now
	step(start)
	listed, more = "", `<item><guid>urn:2</guid><title>Tide table for March</title><description>High water comes later.</description></item>`
	step(start.Add(time.Hour))
	for _, c := range []struct {
		at   time.Duration
		want int
	}{
		{366 * 24 * time.Hour, 2},         // a year ahead
		{366*24*time.Hour + time.Hour, 2}, // and still
		{2 * time.Hour, 2},                // and back
		{8 * 24 * time.Hour, 2},           // nothing is old enough
		{12 * 24 * time.Hour, 1},
	} {
		if n := step(start.Add(c.at)); n != c.want {
			t.Errorf("after %v: %d archived, want %d", c.at, n, c.want)
		}
	}
	if err := d.close(); err != nil {
		t.Error(err)
	}
}
