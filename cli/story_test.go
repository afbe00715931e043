package cli

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/feed/poll"
)

// twins is an upstream with two sources that tell the same.
func twins(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		fmt.Fprintf(w, `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:%[1]s</id><title>%[1]s</title><updated>2026-03-02T08:00:00Z</updated>`, name)
		for i, what := range []string{"barge", "tugboat", "lighthouse"} {
			fmt.Fprintf(w, `<entry><id>https://%[1]s.example/%[2]d</id><title>Two cranes at the %[3]s of Port %[3]s</title><link href="https://%[1]s.example/%[2]d"/><updated>2026-03-02T08:00:0%[2]dZ</updated>`+
				`<content>The harbour office said on Monday that two cranes came for the %[3]s, and that it took them %[4]d hours and %[5]d men from the town of %[3]s.</content></entry>`, name, i, what, 3*i+4, 17*i+11)
		}
		fmt.Fprint(w, `</feed>`)
	}))
	t.Cleanup(server.Close)
	return server
}

const twinEditions = `
editions:
  - {name: one}
  - {name: all, stories: all}
  - {name: two, sources: [quay, mole], prefer: [mole]}
  - {name: tongues, stories: one-per-language}
  - {name: few, quorum: 2}
  - {name: some, rules: [{drop: {title: [tugboat]}}]}
`

// Whatever a person splits and joins, in whatever order: nothing published is
// lost, no id is published twice, each entry of a listing is of its story,
// and the store is sound.
func TestCorrectionsLoseNothingThatWasPublished(t *testing.T) {
	ctx := context.Background()
	upstream := twins(t)
	for seed := range uint64(6) {
		c := &clock{}
		text := "polling: {allow_private: true, requests_per_minute: 100000}\nsources:\n"
		for _, name := range []string{"pier", "quay", "mole"} {
			text += "  - {name: " + name + ", url: \"" + upstream.URL + "/" + name + "\"}\n"
		}
		loaded, err := config.Parse(filepath.Join(t.TempDir(), "copydesk.yaml"), []byte(text+twinEditions), func(string) (string, bool) { return "", false })
		if err != nil {
			t.Fatal(err)
		}
		w := &World{Stdout: io.Discard, Stderr: io.Discard, Now: c.now}
		d, err := openDesk(ctx, loaded, w, quiet())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.pollOnce(ctx, loaded.Sources, w); err != nil {
			t.Fatal(err)
		}
		random := rand.New(rand.NewPCG(seed, 1))
		ids := listed(t, d)
		for range 25 {
			c.forward(time.Minute)
			wish := poll.Correction{Split: random.IntN(2) == 0, Entries: []int64{1 + random.Int64N(9)}}
			if !wish.Split {
				wish.Entries = append(wish.Entries, 1+random.Int64N(9))
			}
			story, err := d.poller.Correct(ctx, wish)
			if err != nil {
				if wish.Split && strings.Contains(err.Error(), "the only one of its story") {
					continue
				}
				t.Fatalf("seed %d, %+v: %v", seed, wish, err)
			}
			holds(t, d, wish, story)
			now := listed(t, d)
			for edition, before := range ids {
				for _, id := range before {
					if !slices.Contains(now[edition], id) {
						t.Fatalf("seed %d, %+v: %s isn't in %s any more", seed, wish, id, edition)
					}
				}
			}
			ids = now
			if err := d.store.Check(ctx); err != nil {
				t.Fatalf("seed %d, %+v: %v", seed, wish, err)
			}
		}
		if _, err := d.pollOnce(ctx, loaded.Sources, w); err != nil {
			t.Fatal(err)
		}
		if err := d.close(); err != nil {
			t.Fatal(err)
		}
	}
}

// listed are the ids that each edition publishes.
func listed(t *testing.T, d *desk) map[string][]string {
	t.Helper()
	ids := map[string][]string{}
	for _, e := range d.config.Desk.Editions {
		published, err := d.store.Published(context.Background(), e.Name, 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		shown := map[int64]string{}
		for _, p := range published {
			if other, twice := shown[p.Listing.Entry]; twice {
				t.Fatalf("%s lists entry %d as %s and as %s", e.Name, p.Listing.Entry, other, p.Listing.ID)
			}
			shown[p.Listing.Entry] = p.Listing.ID
			ids[e.Name] = append(ids[e.Name], p.Listing.ID)
			r, err := d.store.Record(context.Background(), p.Listing.Entry)
			if err != nil || r.Story != p.Listing.Story {
				t.Fatalf("%s lists entry %d as of story %d, but it is in %d, %v", e.Name, p.Listing.Entry, p.Listing.Story, r.Story, err)
			}
		}
	}
	return ids
}

// holds checks that a correction was made, and is kept.
func holds(t *testing.T, d *desk, wish poll.Correction, story feed.Story) {
	t.Helper()
	for _, n := range wish.Entries {
		r, err := d.store.Record(context.Background(), n)
		if err != nil || !r.Fixed || r.Story != story.Story {
			t.Fatalf("after %+v entry %d is in story %d, fixed: %v, %v", wish, n, r.Story, r.Fixed, err)
		}
	}
	if wish.Split && len(story.Renditions) != 1 {
		t.Fatalf("after %+v the story has %d entries", wish, len(story.Renditions))
	}
}

// The desk corrects stories while copydesk serves.
func TestStoriesAreCorrectedWhileServing(t *testing.T) {
	upstream := twins(t)
	_, base := served(t, &clock{}, `
sources: [{name: pier, url: "`+upstream.URL+`/pier"}, {name: quay, url: "`+upstream.URL+`/quay"}]
editions: [{name: one}]`)
	entries := func() int {
		_, _, body := get(t, base+"feeds/one.atom")
		return strings.Count(body, "<entry")
	}
	until(t, "stories are published", func() bool { return entries() == 3 })
	send := func(what string, names ...string) int {
		response, err := http.PostForm(base+"api/stories/"+what, url.Values{"entry": names})
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		return response.StatusCode
	}
	if got := send("split", "https://quay.example/1"); got != http.StatusOK {
		t.Fatalf("split: %d", got)
	}
	if got := entries(); got != 4 {
		t.Errorf("%d entries after the split", got)
	}
	if got := send("split", "https://quay.example/1"); got != http.StatusConflict {
		t.Errorf("split again: %d", got)
	}
	if got := send("join", "https://pier.example/1", "https://nowhere.example/"); got != http.StatusConflict {
		t.Errorf("join with nothing: %d", got)
	}
	if got := send("join", "https://pier.example/1", "https://quay.example/1"); got != http.StatusOK {
		t.Errorf("join: %d", got)
	}
	if got := entries(); got != 4 {
		t.Errorf("%d entries after the join: what was published stays", got)
	}
}
