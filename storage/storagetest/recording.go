package storagetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"copydesk/feed"
	"copydesk/storage"
)

func emptyStore(t *testing.T, s Store) {
	ctx := context.Background()
	if n := len(get[map[string]feed.SourceState](t)(s.States(ctx))); n != 0 {
		t.Errorf("%d states", n)
	}
	if n := len(get[map[feed.Mark]feed.Known](t)(s.Known(ctx, "wire", []feed.Mark{MarkOf("x")}))); n != 0 {
		t.Errorf("%d marks known", n)
	}
	if _, err := s.Record(ctx, 1); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("Record: %v", err)
	}
	entry, story, err := s.Next(ctx)
	if entry != 1 || story != 1 || err != nil {
		t.Errorf("Next: %d, %d, %v", entry, story, err)
	}
	if n := len(collect(t, s.Archive(ctx, time.Time{}, nil))); n != 0 {
		t.Errorf("%d entries in the archive", n)
	}
	equal(t, "edition", get[storage.Edition](t)(s.Edition(ctx, "news")), storage.Edition{Name: "news"})
	if n := len(get[[]feed.Published](t)(s.Published(ctx, "news", 0, 10))); n != 0 {
		t.Errorf("%d published", n)
	}
	if n := len(get[[]int64](t)(s.Find(ctx, "https://example.org/"))); n != 0 {
		t.Errorf("%d found", n)
	}
}

func roundTrip(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("wire", 0, 1, 2)
	b.Stories = []feed.Story{{
		Story: 1, First: At(-1), Last: At(-1), Linked: []int64{7},
		Renditions: []feed.Rendition{{Entry: 1}, {Entry: 2, Evidence: []feed.Evidence{{Entry: 1, By: "wording", Score: 0.5, Terms: []string{"a", "b"}}}}},
	}}
	b.New[1].Story = 1
	b.New[1].Received.Source = &feed.Origin{ID: "urn:other", Title: "Elsewhere", Updated: At(-5)}
	b.New[1].Copy.Notes = []string{"its id had changed"}
	b.Verdicts = []feed.Decision{Decision(1, "news", feed.Kept, 0), Decision(1, "all", feed.Dropped, 0), Decision(2, "news", feed.Merged, 0)}
	l := Listing("news", 1, 0)
	l.Related = []int64{2}
	b.Listings = []feed.Listing{l}
	apply(t, s, b)

	equal(t, "states", get[map[string]feed.SourceState](t)(s.States(ctx)), map[string]feed.SourceState{"wire": b.State})
	equal(t, "records", get[[]feed.Record](t)(s.Records(ctx, []int64{2, 1, 99})), b.New)
	equal(t, "record", get[feed.Record](t)(s.Record(ctx, 2)), b.New[1])
	equal(t, "stories", get[map[int64]feed.Story](t)(s.Stories(ctx, []int64{1, 5})), map[int64]feed.Story{1: b.Stories[0]})
	equal(t, "decisions", get[[]feed.Decision](t)(s.Decisions(ctx, 1)), []feed.Decision{b.Verdicts[1], b.Verdicts[0]})
	equal(t, "decisions on both", get[map[int64][]feed.Decision](t)(s.DecisionsOn(ctx, []int64{1, 2})),
		map[int64][]feed.Decision{1: {b.Verdicts[1], b.Verdicts[0]}, 2: {b.Verdicts[2]}})
	equal(t, "listings", get[map[string]feed.Listing](t)(s.Listings(ctx, "news", []string{"s1", "s9"})), map[string]feed.Listing{"s1": l})
	equal(t, "listings of stories", get[[]feed.Listing](t)(s.ListingsOf(ctx, []int64{1, 2})), []feed.Listing{l})
	equal(t, "known", get[map[feed.Mark]feed.Known](t)(s.Known(ctx, "wire", []feed.Mark{MarkOf("urn:wire:1"), MarkOf("urn:wire:2"), MarkOf("?")})),
		map[feed.Mark]feed.Known{MarkOf("urn:wire:1"): {Entry: 1, Hash: b.New[0].Hash}, MarkOf("urn:wire:2"): {Entry: 2, Hash: b.New[1].Hash}})
}

func appliedTwice(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("wire", 0, 1, 2, 3)
	b.Verdicts = []feed.Decision{Decision(1, "news", feed.Kept, 0)}
	b.Listings = []feed.Listing{Listing("news", 1, 0)}
	apply(t, s, b)
	before := get[storage.Edition](t)(s.Edition(ctx, "news"))
	apply(t, s, b)
	equal(t, "edition", get[storage.Edition](t)(s.Edition(ctx, "news")), before)
	equal(t, "records", get[[]feed.Record](t)(s.Records(ctx, []int64{1, 2, 3})), b.New)
	if n := len(get[[]feed.Decision](t)(s.History(ctx, 1))); n != 1 {
		t.Errorf("%d decisions in the history", n)
	}
	if n := len(get[[]storage.Revision](t)(s.Revisions(ctx, 1))); n != 0 {
		t.Errorf("%d revisions", n)
	}
	if n := get[storage.Counts](t)(s.Counts(ctx)).Sources["wire"]; n != 3 {
		t.Errorf("%d entries are counted", n)
	}
}

func refusedWhole(t *testing.T, s Store) {
	ctx := context.Background()
	apply(t, s, Batch("wire", 0, 1))
	bad := Batch("blog", 1, 2, 3)
	bad.New[1].PublicID = Entry("wire", 1, 0).PublicID // fails last
	bad.Verdicts = []feed.Decision{Decision(2, "news", feed.Kept, 1)}
	if err := s.Apply(ctx, bad); !errors.Is(err, storage.ErrConflict) {
		t.Fatalf("Apply: %v", err)
	}
	if _, err := s.Record(ctx, 2); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("entry 2 was recorded: %v", err)
	}
	if _, ok := get[map[string]feed.SourceState](t)(s.States(ctx))["blog"]; ok {
		t.Error("the state was recorded")
	}
	apply(t, s, Batch("blog", 1, 2, 3)) // the same names, after a rollback
	if n := len(get[[]feed.Record](t)(s.Records(ctx, []int64{2, 3}))); n != 2 {
		t.Errorf("%d records", n)
	}
	if err := s.Apply(ctx, feed.Batch{New: []feed.Record{Entry("wire", 9, 0)}}); err == nil {
		t.Error("entries without their source's state were accepted")
	}
}

func numbersOnce(t *testing.T, s Store) {
	ctx := context.Background()
	apply(t, s, Batch("wire", 0, 1, 2))
	entry, story, err := s.Next(ctx)
	if entry != 3 || story != 3 || err != nil {
		t.Errorf("Next: %d, %d, %v", entry, story, err)
	}
	ended := feed.Batch{
		State: State("wire", 1), Placed: []feed.Record{{Entry: 2, Story: 1}}, Ended: []int64{2},
		Stories: []feed.Story{{Story: 1, First: At(-1), Last: At(-1), Renditions: []feed.Rendition{{Entry: 1}, {Entry: 2}}}},
	}
	apply(t, s, ended)
	if _, err := s.Retain(ctx, At(1000), nil); err != nil {
		t.Fatal(err)
	}
	if entry, story, err = s.Next(ctx); entry != 3 || story != 3 || err != nil {
		t.Errorf("Next after an end and retention: %d, %d, %v", entry, story, err)
	}
	other := Batch("wire", 2, 2)
	other.New[0].PublicID = "urn:quite:another"
	if err := s.Apply(ctx, other); !errors.Is(err, storage.ErrConflict) {
		t.Errorf("a number given twice: %v", err)
	}
}

func publicIDsOnce(t *testing.T, s Store) {
	ctx := context.Background()
	apply(t, s, Batch("wire", 0, 1))
	long := "urn:" + strings.Repeat("x", 100_000)
	b := Batch("blog", 0, 2)
	b.New[0].PublicID = long
	apply(t, s, b)
	equal(t, "taken", get[map[string]int64](t)(s.Taken(ctx, []string{"urn:wire:1", long, long + "y", "urn:wire:3"})),
		map[string]int64{"urn:wire:1": 1, long: 2})
	b = Batch("blog", 0, 3)
	b.New[0].PublicID = "urn:wire:1"
	if err := s.Apply(ctx, b); !errors.Is(err, storage.ErrConflict) {
		t.Errorf("Apply: %v", err)
	}
}

func marksOfSources(t *testing.T, s Store) {
	ctx := context.Background()
	apply(t, s, Batch("wire", 0, 1), Batch("blog", 0, 2))
	apply(t, s, feed.Batch{State: State("blog", 1), Marks: []feed.Marked{{Mark: MarkOf("urn:wire:1"), Entry: 2}}})
	for source, want := range map[string]int64{"wire": 1, "blog": 2} {
		if k := get[map[feed.Mark]feed.Known](t)(s.Known(ctx, source, []feed.Mark{MarkOf("urn:wire:1")})); k[MarkOf("urn:wire:1")].Entry != want {
			t.Errorf("%s knows %v, want entry %d", source, k, want)
		}
	}
	if k := get[map[feed.Mark]feed.Known](t)(s.Known(ctx, "other", []feed.Mark{MarkOf("urn:wire:1")})); len(k) != 0 {
		t.Errorf("a source without entries knows %v", k)
	}
	// A mark can move: the newest owner has it.
	apply(t, s, Batch("wire", 1, 3))
	apply(t, s, feed.Batch{State: State("wire", 2), Marks: []feed.Marked{{Mark: MarkOf("urn:wire:1"), Entry: 3}}})
	var many []feed.Mark
	for i := range 1000 {
		many = append(many, MarkOf(fmt.Sprint("urn:wire:", i)))
	}
	k := get[map[feed.Mark]feed.Known](t)(s.Known(ctx, "wire", many))
	if len(k) != 2 || k[MarkOf("urn:wire:1")].Entry != 3 {
		t.Errorf("wire knows %v", k)
	}
}

func validatorsAsBytes(t *testing.T, s Store) {
	ctx := context.Background()
	state := State("wire", 0)
	state.Validators.ETag, state.Validators.LastModified = "W/\"\xff\x80\x00<&>\"", "not a date \xfe"
	state.Furniture = []byte{0, 1, 255}
	state.Error = "broken \xff bytes"
	if err := s.SetState(ctx, state); err != nil {
		t.Fatal(err)
	}
	got := get[map[string]feed.SourceState](t)(s.States(ctx))["wire"]
	equal(t, "validators", got.Validators, state.Validators)
	equal(t, "furniture", got.Furniture, state.Furniture)
}

func impossibleDates(t *testing.T, s Store) {
	ctx := context.Background()
	b := Batch("wire", 0, 1)
	far := time.Date(20026, 1, 1, 0, 0, 0, 0, time.UTC)
	b.State.Updated = far
	r := &b.New[0]
	r.Received.Published, r.Received.Updated, r.Copy.Updated = far, far, far
	r.Received.Source = &feed.Origin{Title: "Elsewhere", Updated: far}
	apply(t, s, b)
	got := get[feed.Record](t)(s.Record(ctx, 1))
	if !got.Received.Published.IsZero() || got.Received.Source.Title != "Elsewhere" || got.Copy.Title != r.Copy.Title {
		t.Errorf("got %+v", got)
	}
	if !r.Received.Updated.Equal(far) {
		t.Error("the caller's record was changed")
	}
	ancient := Batch("wire", 1, 2)
	ancient.New[0].Received.Published = time.Unix(0, 0).UTC()
	ancient.New[0].Copy.Published = time.Date(1850, 1, 1, 0, 0, 0, 0, time.UTC)
	apply(t, s, ancient)
	equal(t, "ancient record", get[feed.Record](t)(s.Record(ctx, 2)), ancient.New[0])
}

func editsAreRevised(t *testing.T, s Store) {
	ctx := context.Background()
	first := Batch("wire", 0, 1)
	apply(t, s, first)
	edit := feed.Batch{State: State("wire", 1), Changed: []feed.Record{first.New[0]}}
	r := &edit.Changed[0]
	r.Received.Content.Value, r.Copy.HTML, r.Signature = "<p>Corrected.</p>", "<p>Corrected.</p>", []byte{9}
	r.Copy.Link = "https://wire.example/corrected"
	r.Hash, r.LastListed = r.Received.Hash(), At(1)
	apply(t, s, edit)
	equal(t, "record", get[feed.Record](t)(s.Record(ctx, 1)), *r)
	revisions := get[[]storage.Revision](t)(s.Revisions(ctx, 1))
	if len(revisions) != 1 {
		t.Fatalf("%d revisions", len(revisions))
	}
	was := first.New[0]
	if revisions[0].Replaced.IsZero() {
		t.Error("no time of the edit")
	}
	revisions[0].Replaced = time.Time{}
	equal(t, "revision", revisions[0], storage.Revision{Hash: was.Hash, Received: was.Received, Copy: was.Copy})
	for _, name := range []string{"https://wire.example/corrected", was.Copy.Link} {
		equal(t, "found by "+name, get[[]int64](t)(s.Find(ctx, name)), []int64{1})
	}
	equal(t, "known", get[map[feed.Mark]feed.Known](t)(s.Known(ctx, "wire", []feed.Mark{MarkOf("urn:wire:1")})),
		map[feed.Mark]feed.Known{MarkOf("urn:wire:1"): {Entry: 1, Hash: r.Hash}})
	edit.Changed[0].Entry = 77
	if err := s.Apply(ctx, edit); !errors.Is(err, storage.ErrConflict) {
		t.Errorf("an edit of an entry that isn't there: %v", err)
	}
}

func copiesMadeAgain(t *testing.T, s Store) {
	ctx := context.Background()
	first := Batch("wire", 0, 1)
	apply(t, s, first)
	again := feed.Batch{State: State("wire", 1), Changed: []feed.Record{first.New[0]}}
	again.Changed[0].Copy.HTML = "<p>Repaired better.</p>"
	apply(t, s, again)
	if got := get[feed.Record](t)(s.Record(ctx, 1)).Copy.HTML; got != "<p>Repaired better.</p>" {
		t.Errorf("copy is %q", got)
	}
	if n := len(get[[]storage.Revision](t)(s.Revisions(ctx, 1))); n != 0 {
		t.Errorf("%d revisions", n)
	}
}

func endlessEdits(t *testing.T, s Store) {
	ctx := context.Background()
	apply(t, s, Batch("wire", 0, 1))
	const edits = 100
	for i := 1; i <= edits; i++ {
		edit := feed.Batch{State: State("wire", i), Changed: []feed.Record{Entry("wire", 1, 0)}}
		r := &edit.Changed[0]
		r.Received.Content.Value = fmt.Sprint("seen ", i, " times")
		r.Hash = r.Received.Hash()
		edit.Verdicts = []feed.Decision{Decision(1, "news", feed.Kept, i)}
		edit.Verdicts[0].Config = fmt.Sprint("f", i)
		apply(t, s, edit)
	}
	revisions := get[[]storage.Revision](t)(s.Revisions(ctx, 1))
	if n := len(revisions); n < 10 || n > 50 {
		t.Fatalf("%d revisions are kept", n)
	}
	equal(t, "first", revisions[0].Received, Entry("wire", 1, 0).Received)
	if got, want := revisions[len(revisions)-1].Received.Content.Value, fmt.Sprint("seen ", edits-1, " times"); got != want {
		t.Errorf("last revision says %q, want %q", got, want)
	}
	history := get[[]feed.Decision](t)(s.History(ctx, 1))
	if n := len(history); n < 10 || n > 50 || history[0].Config != "f1" || history[n-1].Config != fmt.Sprint("f", edits) {
		t.Errorf("%d decisions, from %s to %s", n, history[0].Config, history[n-1].Config)
	}
}
