package storagetest

import (
	"context"
	"testing"
	"time"

	"copydesk/feed"
	"copydesk/storage"
)

func decisionHistory(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("wire", 0, 1)
	kept, other := Decision(1, "news", feed.Kept, 0), Decision(1, "all", feed.Kept, 0)
	b.Verdicts = []feed.Decision{kept, other}
	apply(t, s, b)
	merged := Decision(1, "news", feed.Merged, 1)
	merged.Reason, merged.Config, merged.Hits = "another tells it better", "f2", nil
	apply(t, s, feed.Batch{State: State("wire", 1), Verdicts: []feed.Decision{merged}})
	equal(t, "newest", get[[]feed.Decision](t)(s.Decisions(ctx, 1)), []feed.Decision{other, merged})
	equal(t, "history", get[[]feed.Decision](t)(s.History(ctx, 1)), []feed.Decision{other, kept, merged})
}

func sameDecision(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("wire", 0, 1)
	b.Verdicts = []feed.Decision{Decision(1, "news", feed.Held, 0)}
	apply(t, s, b)
	for i := 1; i < 5; i++ {
		apply(t, s, feed.Batch{State: State("wire", i), Verdicts: []feed.Decision{Decision(1, "news", feed.Held, i)}})
	}
	equal(t, "history", get[[]feed.Decision](t)(s.History(ctx, 1)), b.Verdicts)
}

func decisionsOfEdition(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("wire", 0, 1, 2, 3, 4, 5)
	for n := int64(1); n <= 5; n++ {
		verdict := feed.Kept
		if n%2 == 1 {
			verdict = feed.Dropped
		}
		b.Verdicts = append(b.Verdicts, Decision(n, "news", verdict, 0), Decision(n, "all", feed.Kept, 0))
	}
	apply(t, s, b)
	list := func(edition string, verdict feed.Verdict, limit, offset int) (entries []int64) {
		for _, j := range get[[]storage.Judged](t)(s.DecisionsOf(ctx, edition, verdict, limit, offset)) {
			if j.Decision.Entry != j.Record.Entry || j.Decision.Edition != edition || j.Record.Copy.Title == "" || len(j.Decision.Hits) == 0 {
				t.Errorf("got %+v", j)
			}
			entries = append(entries, j.Decision.Entry)
		}
		return entries
	}
	equal(t, "dropped", list("news", feed.Dropped, 2, 0), []int64{5, 3})
	equal(t, "dropped, next page", list("news", feed.Dropped, 2, 2), []int64{1})
	equal(t, "all", list("news", "", 10, 0), []int64{5, 4, 3, 2, 1})
	equal(t, "unknown edition", list("none", "", 10, 0), []int64(nil))
}

func heldStories(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("wire", 0, 1, 2, 3)
	b.Verdicts = []feed.Decision{
		Decision(1, "news", feed.Held, 0), Decision(1, "all", feed.Held, 0), Decision(2, "news", feed.Kept, 0), Decision(3, "all", feed.Held, 0),
	}
	apply(t, s, b)
	equal(t, "held", get[[]int64](t)(s.Held(ctx)), []int64{1, 3})
	// Without a source: time alone has passed.
	apply(t, s, feed.Batch{Verdicts: []feed.Decision{Decision(3, "all", feed.Kept, 1)}, Listings: []feed.Listing{Listing("all", 3, 1)}})
	equal(t, "held later", get[[]int64](t)(s.Held(ctx)), []int64{1})
}

func published(t *testing.T, s Store, edition string, offset, limit int) (entries []int64) {
	t.Helper()
	for _, p := range get[[]feed.Published](t)(s.Published(context.Background(), edition, offset, limit)) {
		entries = append(entries, p.Listing.Entry)
	}
	return entries
}

func editionOrder(t *testing.T, s Store) {
	b := Batch("wire", 0, 1, 2, 3, 4)
	for n, hours := range map[int64]int{1: 5, 2: 7, 3: 7, 4: 6} {
		b.Listings = append(b.Listings, Listing("news", n, hours))
	}
	b.Listings = append(b.Listings, Listing("all", 1, 0))
	apply(t, s, b)
	equal(t, "order", published(t, s, "news", 0, 10), []int64{2, 3, 4, 1})
	equal(t, "second page", published(t, s, "news", 2, 2), []int64{4, 1})
	equal(t, "all that is shown", get[int](t)(s.Shown(context.Background(), "news", 10)), 4)
	equal(t, "as many as asked for", get[int](t)(s.Shown(context.Background(), "news", 3)), 3)
	equal(t, "of none", get[int](t)(s.Shown(context.Background(), "none", 3)), 0)
	equal(t, "other edition", published(t, s, "all", 0, 10), []int64{1})
}

// Entries that came out together stand in the order of their own dates.
func editionTies(t *testing.T, s Store) {
	b := Batch("wire", 0, 1, 2, 3, 4)
	for n, hours := range map[int64]int{1: 2, 2: 4, 3: 1, 4: 4} {
		l := Listing("news", n, 9)
		l.Published = At(hours)
		b.Listings = append(b.Listings, l)
	}
	apply(t, s, b)
	equal(t, "order", published(t, s, "news", 0, 10), []int64{2, 4, 1, 3})
}

func takenBack(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("wire", 0, 1, 2)
	first, second := Listing("news", 1, 0), Listing("news", 2, 0)
	b.Listings = []feed.Listing{first, second}
	apply(t, s, b)
	before := get[storage.Edition](t)(s.Edition(ctx, "news"))
	back := first
	back.TakenBack = At(3)
	for range 2 {
		apply(t, s, feed.Batch{Listings: []feed.Listing{back}})
	}
	after := get[storage.Edition](t)(s.Edition(ctx, "news"))
	if after.Version != before.Version+1 {
		t.Errorf("before %+v, after %+v", before, after)
	}
	equal(t, "published", published(t, s, "news", 0, 10), []int64{2})
	equal(t, "shown", get[int](t)(s.Shown(ctx, "news", 10)), 1)
	equal(t, "listings", get[[]feed.Listing](t)(s.ListingsOf(ctx, []int64{1})), []feed.Listing{back})
	if n := get[storage.Counts](t)(s.Counts(ctx)).Editions["news"].Listed; n != 1 {
		t.Errorf("%d are counted", n)
	}
	// An edit of what nobody is shown changes nothing; it returns as it was.
	edit := feed.Batch{State: State("wire", 4), Changed: []feed.Record{Entry("wire", 1, 0)}}
	edit.Changed[0].Copy.Title = "Another title"
	apply(t, s, edit)
	if again := get[storage.Edition](t)(s.Edition(ctx, "news")); again.Version != after.Version {
		t.Errorf("before %+v, after %+v", after, again)
	}
	apply(t, s, feed.Batch{Listings: []feed.Listing{first}})
	equal(t, "returned", published(t, s, "news", 0, 10), published(t, s, "news", 0, 2))
	equal(t, "listings", get[[]feed.Listing](t)(s.ListingsOf(ctx, []int64{1})), []feed.Listing{first})
}

func relatedRenditions(t *testing.T, s Store) {
	ctx := context.Background()
	wire, blog := Batch("wire", 0, 1), Batch("blog", 0, 2)
	blog.State.Title = ""
	blog.New[0].Copy.Language = "fr"
	l := Listing("news", 1, 0)
	l.Related = []int64{2}
	blog.Listings = []feed.Listing{l}
	apply(t, s, wire, blog)
	state := State("wire", 0)
	origin := state.Origin()
	origin.Updated = l.Updated
	equal(t, "published", get[[]feed.Published](t)(s.Published(ctx, "news", 0, 10)), []feed.Published{{
		Listing: l, Source: "wire", Origin: origin, Copy: wire.New[0].Copy,
		Related: []feed.Related{{Title: "Item 2 & more", Link: "https://blog.example/article/2", Source: "blog", Language: "fr"}},
	}})
}

func editionVersion(t *testing.T, s Store) {
	ctx := context.Background()
	version := func() int64 {
		t.Helper()
		return get[storage.Edition](t)(s.Edition(ctx, "news")).Version
	}
	rises := func(what string, b feed.Batch, want bool) {
		t.Helper()
		before := version()
		apply(t, s, b)
		if rose := version() > before; rose != want {
			t.Errorf("%s: version rose: %v", what, rose)
		}
	}
	b := Batch("wire", 0, 1, 2, 3)
	b.Listings = []feed.Listing{Listing("news", 1, 0)}
	rises("a listing", b, true)
	rises("another edition's listing", feed.Batch{State: State("wire", 1), Listings: []feed.Listing{Listing("all", 2, 1)}}, false)
	rises("a poll that brought nothing", feed.Batch{State: State("wire", 2), Listed: []int64{1, 2, 3}}, false)
	rises("an entry that isn't listed", Batch("wire", 3, 4), false)
	edit := feed.Batch{State: State("wire", 4), Changed: []feed.Record{Entry("wire", 1, 0)}}
	edit.Changed[0].Copy.Title = "Another title"
	rises("an edit of what is listed", edit, true)
	edit = feed.Batch{State: State("wire", 5), Changed: []feed.Record{Entry("wire", 3, 0)}}
	rises("an edit of what isn't", edit, false)
	state := State("wire", 6)
	state.Title = "The wire, renamed"
	rises("the source's new title", feed.Batch{State: state}, true)
	rises("a decision", feed.Batch{State: state, Verdicts: []feed.Decision{Decision(1, "news", feed.Kept, 6)}}, false)

	before := get[storage.Edition](t)(s.Edition(ctx, "news"))
	for _, config := range []string{"c1", "c1"} {
		if err := s.SetEdition(ctx, "news", config); err != nil {
			t.Fatal(err)
		}
	}
	after := get[storage.Edition](t)(s.Edition(ctx, "news"))
	if after.Version != before.Version+1 || after.Config != "c1" || after.Changed.Before(before.Changed) {
		t.Errorf("before %+v, after %+v", before, after)
	}
}

func storiesChange(t *testing.T, s Store) {
	ctx := context.Background()
	apply(t, s, Batch("wire", 0, 1, 2), Batch("blog", 1, 3))
	joined := feed.Story{
		Story: 1, First: At(-1), Last: At(0), Linked: []int64{2},
		Renditions: []feed.Rendition{{Entry: 1}, {Entry: 3, Evidence: []feed.Evidence{{Entry: 1, By: "link"}}}},
	}
	apply(t, s, feed.Batch{State: State("blog", 2), Placed: []feed.Record{{Entry: 3, Story: 1}}, Ended: []int64{3}, Stories: []feed.Story{joined}})
	equal(t, "stories", get[map[int64]feed.Story](t)(s.Stories(ctx, []int64{1, 3})), map[int64]feed.Story{1: joined})
	if got := get[feed.Record](t)(s.Record(ctx, 3)).Story; got != 1 {
		t.Errorf("entry 3 is in story %d", got)
	}
}

func foundByName(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("wire", 0, 1, 2)
	b.New[0].PublicID = "tag:wire.example,2026:1"
	apply(t, s, b)
	for name, want := range map[string][]int64{
		"tag:wire.example,2026:1":                                 {1},
		"urn:wire:1":                                              {1},
		"https://wire.example/article/1":                          {1},
		"https://wire.example/article/1?utm_source=rss":           {1},
		"https://wire.example/article/1?utm_source=mail&fbclid=3": {1},
		"urn:wire:2":                     {2},
		"https://wire.example/article/3": nil,
	} {
		equal(t, name, get[[]int64](t)(s.Find(ctx, name)), want)
	}
}

func archiveInOrder(t *testing.T, s Store) {
	ctx := context.Background()
	for i := range 30 {
		n := int64(10 * i)
		apply(t, s, Batch([]string{"wire", "blog"}[i%2], i, n+1, n+2, n+3, n+4, n+5, n+6, n+7, n+8, n+9, n+10))
	}
	all := collect(t, s.Archive(ctx, time.Time{}, nil))
	if len(all) != 300 {
		t.Fatalf("%d entries", len(all))
	}
	for i, r := range all {
		if r.Entry != int64(i+1) {
			t.Fatalf("place %d has entry %d", i, r.Entry)
		}
	}
	some := collect(t, s.Archive(ctx, At(10), []string{"blog", "other"}))
	if len(some) != 100 || some[0].Entry != 111 || some[0].Source != "blog" {
		t.Errorf("%d entries of blog, from %d of %s on", len(some), some[0].Entry, some[0].Source)
	}
	equal(t, "an entry of the archive", some[0].Copy, Entry("blog", 111, 11).Copy)

	window := collect(t, s.Window(ctx, At(20)))
	if len(window) != 100 {
		t.Fatalf("%d entries in the window", len(window))
	}
	full := Entry("wire", 201, 20)
	equal(t, "an entry of the window", window[0], feed.Record{
		Entry: 201, Source: "wire", PublicID: full.PublicID, FirstSeen: full.FirstSeen, Story: 201, Signature: full.Signature,
		Copy: feed.Copy{Published: full.Copy.Published, Link: full.Copy.Link, Title: full.Copy.Title, Language: "en"},
	})
}

func began(t *testing.T, s Store) {
	ctx := context.Background()
	if at := get[time.Time](t)(s.Began(ctx)); !at.IsZero() {
		t.Errorf("nothing was seen at %s", at)
	}
	apply(t, s, Batch("wire", 3, 1, 2), Batch("blog", 1, 3))
	equal(t, "began", get[time.Time](t)(s.Began(ctx)), At(1))
}

func archiveHoldsNothing(t *testing.T, s Store) {
	ctx := context.Background()
	apply(t, s, Batch("wire", 0, 1, 2, 3))
	seen := 0
	for r, err := range s.Archive(ctx, time.Time{}, nil) {
		if err != nil {
			t.Fatal(err)
		}
		for range s.Archive(ctx, time.Time{}, nil) { // nested, and left early
			break
		}
		apply(t, s, feed.Batch{State: State("wire", 1), Verdicts: []feed.Decision{Decision(r.Entry, "news", feed.Dropped, 1)}})
		if got := get[[]feed.Decision](t)(s.Decisions(ctx, r.Entry)); len(got) != 1 {
			t.Errorf("entry %d: %d decisions", r.Entry, len(got))
		}
		seen++
	}
	if seen != 3 {
		t.Errorf("saw %d", seen)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	for _, err := range s.Archive(ended, time.Time{}, nil) {
		if err == nil {
			t.Error("an archive that was given up answers")
		}
	}
}
