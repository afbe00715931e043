package storagetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"copydesk/feed"
	"copydesk/storage"
)

// forgotten answers which of the entries have lost their content.
func forgotten(t *testing.T, s Store, entries ...int64) (gone []int64) {
	t.Helper()
	for _, r := range get[[]feed.Record](t)(s.Records(context.Background(), entries)) {
		if r.Forgotten != (r.Copy.Title == "") {
			t.Errorf("entry %d: forgotten is %v, its title %q", r.Entry, r.Forgotten, r.Copy.Title)
		}
		if r.Forgotten {
			gone = append(gone, r.Entry)
		}
	}
	return gone
}

func retain(t *testing.T, s Store, hours int, shown map[string]int) int {
	t.Helper()
	return get[int](t)(s.Retain(context.Background(), At(hours), shown))
}

func retentionTakes(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("wire", 0, 1, 2, 3)
	b.Verdicts = []feed.Decision{Decision(1, "news", feed.Kept, 0), Decision(2, "news", feed.Dropped, 0)}
	apply(t, s, b)
	edit := feed.Batch{State: State("wire", 1), Changed: []feed.Record{Entry("wire", 1, 0)}, Listed: []int64{2, 3}}
	edit.Changed[0].Received.Rights = "ours"
	edit.Changed[0].Hash = edit.Changed[0].Received.Hash()
	apply(t, s, edit)
	// 1 was last listed at the first hour, 2 at the second; 3 still is.
	apply(t, s, feed.Batch{State: State("wire", 2), Listed: []int64{2, 3}}, feed.Batch{State: State("wire", 3), Listed: []int64{3}})
	equal(t, "last listed", get[feed.Record](t)(s.Record(ctx, 1)).LastListed, At(1))

	if n := retain(t, s, 1, nil); n != 0 {
		t.Errorf("%d were forgotten too early", n)
	}
	if n := retain(t, s, 2, nil); n != 1 {
		t.Errorf("%d were forgotten, not 1", n)
	}
	equal(t, "forgotten", forgotten(t, s, 1, 2, 3), []int64{1})
	if n := retain(t, s, 2, nil); n != 0 {
		t.Errorf("%d were forgotten twice", n)
	}
	if n := len(get[[]storage.Revision](t)(s.Revisions(ctx, 1))); n != 0 {
		t.Errorf("%d revisions are left", n)
	}
	d := get[[]feed.Decision](t)(s.Decisions(ctx, 1))
	if len(d) != 1 || d[0].Verdict != feed.Kept || d[0].Reason == "" || d[0].Hits != nil || d[0].Steps != nil {
		t.Errorf("decisions are %+v", d)
	}
	if n := len(get[[]int64](t)(s.Find(ctx, Entry("wire", 1, 0).Copy.Link))); n != 0 {
		t.Error("found by its link, which was forgotten")
	}
	if n := len(collect(t, s.Archive(ctx, time.Time{}, nil))); n != 2 {
		t.Errorf("%d entries in the archive", n)
	}
}

func retentionOfUnchanged(t *testing.T, s Store) {
	ctx := context.Background()
	apply(t, s, Batch("quiet", 0, 1), Batch("dead", 0, 2))
	// For a long time, nothing but 304s from one, and nothing from the other.
	for hours := 1; hours < 100; hours += 10 {
		for _, state := range []feed.SourceState{State("quiet", hours), {Name: "dead", Polled: At(hours), Failures: hours}} {
			if err := s.SetState(ctx, state); err != nil {
				t.Fatal(err)
			}
		}
	}
	equal(t, "last listed", get[feed.Record](t)(s.Record(ctx, 1)).LastListed, At(91))
	retain(t, s, 50, nil)
	equal(t, "forgotten", forgotten(t, s, 1, 2), []int64{2})
	// The dead one returns, with the same entry.
	apply(t, s, feed.Batch{State: State("dead", 101), Listed: []int64{2}})
	equal(t, "last listed again", get[feed.Record](t)(s.Record(ctx, 2)).LastListed, At(101))
}

func retentionProtects(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("wire", 0)
	for n := int64(1); n <= 250; n++ {
		one := Batch("wire", 0, n)
		b.New, b.Marks, b.Stories = append(b.New, one.New...), append(b.Marks, one.Marks...), append(b.Stories, one.Stories...)
	}
	for _, n := range []int64{10, 20, 30} {
		l := Listing("news", n, int(n))
		l.Related = []int64{n + 1}
		b.Listings = append(b.Listings, l)
	}
	b.Listings = append(b.Listings, Listing("removed", 40, 0))
	apply(t, s, b, Batch("wire", 1, 300))
	before := get[storage.Edition](t)(s.Edition(ctx, "news"))
	if n := retain(t, s, 100, map[string]int{"news": 2, "unknown": 5}); n != 246+1 { // 300 too: its source was silent since
		t.Errorf("%d were forgotten", n)
	}
	equal(t, "forgotten", forgotten(t, s, 10, 11, 20, 21, 30, 31, 40), []int64{10, 11, 40})
	equal(t, "published", published(t, s, "news", 0, 10), []int64{30, 20})
	if after := get[storage.Edition](t)(s.Edition(ctx, "news")); after.Version <= before.Version {
		t.Error("the edition shows less, but its version stayed")
	}
	equal(t, "listing", get[map[string]feed.Listing](t)(s.Listings(ctx, "news", []string{"s10"}))["s10"].ID, "urn:listed:10")
}

func forgottenIsKnown(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("wire", 0, 1)
	apply(t, s, b, Batch("wire", 1, 2))
	retain(t, s, 1, nil)
	equal(t, "forgotten", forgotten(t, s, 1, 2), []int64{1})
	equal(t, "known", get[map[feed.Mark]feed.Known](t)(s.Known(ctx, "wire", []feed.Mark{MarkOf("urn:wire:1")})),
		map[feed.Mark]feed.Known{MarkOf("urn:wire:1"): {Entry: 1, Hash: b.New[0].Hash}})
	equal(t, "taken", get[map[string]int64](t)(s.Taken(ctx, []string{"urn:wire:1"})), map[string]int64{"urn:wire:1": 1})
	r := get[feed.Record](t)(s.Record(ctx, 1))
	equal(t, "identity", []any{r.PublicID, r.FirstSeen, r.Story, r.Source}, []any{"urn:wire:1", At(0), int64(1), "wire"})
	equal(t, "found by its id", get[[]int64](t)(s.Find(ctx, "urn:wire:1")), []int64{1})
}

func forgottenComesBack(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("wire", 0, 1)
	b.Listings = []feed.Listing{Listing("news", 1, 0)}
	apply(t, s, b, Batch("wire", 1, 2))
	retain(t, s, 1, nil)
	edit := feed.Batch{State: State("wire", 2), Changed: []feed.Record{Entry("wire", 1, 0)}, Listed: []int64{2}}
	edit.Changed[0].Received.Rights = "ours"
	edit.Changed[0].Hash, edit.Changed[0].LastListed = edit.Changed[0].Received.Hash(), At(2)
	apply(t, s, edit)
	equal(t, "record", get[feed.Record](t)(s.Record(ctx, 1)), edit.Changed[0])
	equal(t, "published", published(t, s, "news", 0, 10), []int64{1})
}

func renaming(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("kyodo", 0, 1)
	b.Listings = []feed.Listing{Listing("news", 1, 0)}
	apply(t, s, b)
	before := get[storage.Edition](t)(s.Edition(ctx, "news"))
	lease := storage.Lease{Source: "kyodo", ID: "a1", Topic: "https://kyodo.example/feed", Asked: At(0)}
	if err := s.SetLease(ctx, lease); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is nothing to do
		if err := s.RenameSources(ctx, map[string]string{"kyodo": "wire", "unknown": "blog", "same": "same"}); err != nil {
			t.Fatal(err)
		}
	}
	lease.Source = "wire"
	equal(t, "leases", get[[]storage.Lease](t)(s.Leases(ctx)), []storage.Lease{lease})
	states := get[map[string]feed.SourceState](t)(s.States(ctx))
	if _, is := states["kyodo"]; is || states["wire"].Name != "wire" || states["wire"].URL != b.State.URL {
		t.Errorf("states are %v", states)
	}
	if k := get[map[feed.Mark]feed.Known](t)(s.Known(ctx, "wire", []feed.Mark{MarkOf("urn:kyodo:1")})); len(k) != 1 {
		t.Errorf("known: %v", k)
	}
	if r := get[feed.Record](t)(s.Record(ctx, 1)); r.Source != "wire" || r.PublicID != "urn:kyodo:1" {
		t.Errorf("record is of %s, with id %s", r.Source, r.PublicID)
	}
	if after := get[storage.Edition](t)(s.Edition(ctx, "news")); after.Version <= before.Version {
		t.Error("the edition names the source, but its version stayed")
	}
	apply(t, s, Batch("wire", 1, 2), Batch("kyodo", 1, 3)) // another source may take the name
}

func renamingMerges(t *testing.T, s Store) {
	ctx := context.Background()
	apply(t, s, Batch("kyodo", 0, 1, 2), Batch("wire", 1, 3))
	apply(t, s, feed.Batch{State: State("wire", 2), Marks: []feed.Marked{{Mark: MarkOf("urn:kyodo:2"), Entry: 3}}})
	if err := s.RenameSources(ctx, map[string]string{"kyodo": "wire"}); err != nil {
		t.Fatal(err)
	}
	k := get[map[feed.Mark]feed.Known](t)(s.Known(ctx, "wire", []feed.Mark{MarkOf("urn:kyodo:1"), MarkOf("urn:kyodo:2"), MarkOf("urn:wire:3")}))
	if len(k) != 3 || k[MarkOf("urn:kyodo:1")].Entry != 1 || k[MarkOf("urn:kyodo:2")].Entry != 3 {
		t.Errorf("known: %v", k)
	}
	if n := get[storage.Counts](t)(s.Counts(ctx)).Sources["wire"]; n != 3 {
		t.Errorf("%d entries", n)
	}
	retain(t, s, 1, nil)
	equal(t, "forgotten", forgotten(t, s, 1, 2, 3), []int64{1, 2})
}

func counting(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("wire", 0, 1, 2, 3)
	b.Verdicts = []feed.Decision{Decision(1, "news", feed.Kept, 0), Decision(2, "news", feed.Dropped, 0), Decision(3, "news", feed.Dropped, 0)}
	b.Listings = []feed.Listing{Listing("news", 1, 0)}
	apply(t, s, b, Batch("blog", 0, 4))
	equal(t, "counts", get[storage.Counts](t)(s.Counts(ctx)), storage.Counts{
		Entries: 4, Archived: 4, Stories: 4, Sources: map[string]int64{"wire": 3, "blog": 1},
		Editions: map[string]storage.EditionCount{"news": {Listed: 1, Verdicts: map[feed.Verdict]int64{feed.Kept: 1, feed.Dropped: 2}}},
	})
}

func budgetsAndMeta(t *testing.T, s Store) {
	ctx := context.Background()
	save := func(budgets map[string]json.RawMessage) {
		t.Helper()
		if err := s.SaveBudgets(ctx, budgets); err != nil {
			t.Fatal(err)
		}
	}
	save(map[string]json.RawMessage{"a.example": json.RawMessage(`{"tokens":1.5}`), "b.example": json.RawMessage(`[1]`), "c.example": json.RawMessage(`7`)})
	save(map[string]json.RawMessage{"a.example": json.RawMessage(`{"tokens":2}`), "b.example": json.RawMessage(`null`)})
	equal(t, "budgets", get[map[string]json.RawMessage](t)(s.Budgets(ctx)),
		map[string]json.RawMessage{"a.example": json.RawMessage(`{"tokens":2}`), "c.example": json.RawMessage(`7`)})
	for _, value := range []string{"1", "2"} {
		if err := s.SetMeta(ctx, "last story", value); err != nil {
			t.Fatal(err)
		}
		equal(t, "meta", get[string](t)(s.Meta(ctx, "last story")), value)
	}
	equal(t, "no meta", get[string](t)(s.Meta(ctx, "unknown")), "")
	if _, story, _ := s.Next(ctx); story != 1 {
		t.Errorf("a caller's note changed the next story to %d", story)
	}
}

// notesWithBatches: a note holds with the batch that carries it, or not at all.
func notesWithBatches(t *testing.T, s Store) {
	ctx := context.Background()
	note := func(want string) {
		t.Helper()
		equal(t, "the note", get[string](t)(s.Meta(ctx, "what waits")), want)
	}
	b := Batch("wire", 0, 1)
	b.Meta = map[string]string{"what waits": "1", "another": "2"}
	apply(t, s, b)
	note("1")
	bad := Batch("wire", 1, 2)
	bad.New[0].PublicID = b.New[0].PublicID
	bad.Meta = map[string]string{"what waits": ""}
	if err := s.Apply(ctx, bad); !errors.Is(err, storage.ErrConflict) {
		t.Fatalf("Apply: %v", err)
	}
	note("1")
	apply(t, s, Batch("wire", 2, 3)) // says nothing of it
	note("1")
	apply(t, s, feed.Batch{Meta: map[string]string{"what waits": ""}})
	note("")
	equal(t, "the other note", get[string](t)(s.Meta(ctx, "another")), "2")
}

// readersSeeWhole: every batch has as many entries as decisions and listings.
func readersSeeWhole(t *testing.T, s Store) {
	ctx, cancel := context.WithCancel(context.Background())
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for ctx.Err() == nil {
				c, err := s.Counts(context.Background())
				if err != nil {
					t.Error(err)
					return
				}
				p, err := s.Published(context.Background(), "news", 0, 1000)
				if err != nil {
					t.Error(err)
					return
				}
				if len(p)%5 != 0 || c.Entries%5 != 0 {
					t.Errorf("a reader saw %d entries, %d listed", c.Entries, len(p))
					return
				}
			}
		})
	}
	for i := range 40 {
		n := int64(5 * i)
		b := Batch("wire", i, n+1, n+2, n+3, n+4, n+5)
		for _, r := range b.New {
			b.Verdicts = append(b.Verdicts, Decision(r.Entry, "news", feed.Kept, i))
			b.Listings = append(b.Listings, Listing("news", r.Entry, i))
		}
		apply(t, s, b)
	}
	cancel()
	wait.Wait()
}

func givenUp(t *testing.T, s Store) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Apply(ctx, Batch("wire", 0, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("Apply: %v", err)
	}
	if _, err := s.States(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("States: %v", err)
	}
	if n := get[storage.Counts](t)(s.Counts(context.Background())).Entries; n != 0 {
		t.Errorf("%d entries", n)
	}
	apply(t, s, Batch("wire", 0, 1))
}

func backupWhile(t *testing.T, s Store) {
	ctx := context.Background()
	dir := t.TempDir()
	apply(t, s, Batch("wire", 0, 1))
	var wait sync.WaitGroup
	wait.Go(func() {
		for n := int64(2); n < 100; n++ {
			if err := s.Apply(ctx, Batch("wire", int(n), n)); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for i := range 3 {
		file := filepath.Join(dir, fmt.Sprint(i))
		if err := s.Backup(ctx, file); err != nil {
			t.Error(err)
		}
	}
	wait.Wait()
	if err := s.Backup(ctx, filepath.Join(dir, "0")); !errors.Is(err, storage.ErrExists) {
		t.Errorf("over a file that is there: %v", err)
	}
	if files := get[[]os.DirEntry](t)(os.ReadDir(dir)); len(files) != 3 {
		t.Errorf("%d files are left", len(files))
	}
}
