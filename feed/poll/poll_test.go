package poll

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
)

// pass lets time pass, and all that is to be done in it be done.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func want(t *testing.T, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEditsMoveUpdatedOnce(t *testing.T) {
	r := newRoom(t, words{}, "a")
	r.up.set(at("a"), "A\none | urn:a:1")
	r.once(t)
	first := r.store.listing("urn:a:1")
	r.up.set(at("a"), "A\none | urn:a:1 | more to say")
	results := r.once(t)
	second := r.store.listing("urn:a:1")
	if !second.Updated.After(first.Updated) || !second.Published.Equal(first.Published) || results["a"].Changed != 1 {
		t.Errorf("%+v, then %+v", first, second)
	}
	r.up.set(at("a"), "A\none | urn:a:1 | more to say\ntwo | urn:a:2")
	r.once(t)
	if third := r.store.listing("urn:a:1"); !third.Updated.Equal(second.Updated) {
		t.Errorf("updated moved without an edit: %v, %v", second.Updated, third.Updated)
	}
}

// forget takes an entry's content, as retention does.
func (m *memory) forget(entry int64) {
	defer m.lock()()
	r := m.records[entry]
	m.records[entry] = feed.Record{Entry: r.Entry, Source: r.Source, PublicID: r.PublicID, FirstSeen: r.FirstSeen, LastListed: r.LastListed, Hash: r.Hash, Story: r.Story, Forgotten: true}
}

// What readers had of an entry whose content was forgotten isn't known any
// more: that upstream lists it otherwise is nothing to tell them.
func TestAnEditOfWhatWasForgottenIsNotTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, words{}, "a")
		r.up.set(at("a"), "A\none | urn:a:1\ntwo | urn:a:2")
		r.once(t)
		first := r.store.listing("urn:a:1")
		r.store.forget(first.Entry)
		seen := time.Now()
		pass(100 * 24 * time.Hour)
		r.up.set(at("a"), "A\none | urn:a:1 | other markup\ntwo | urn:a:2")
		r.once(t)
		if l := r.store.listing("urn:a:1"); !l.Updated.Equal(first.Updated) || !l.Published.Equal(first.Published) || !l.Listed.Equal(first.Listed) {
			t.Errorf("%+v, then %+v", first, l)
		}
		if one := r.store.records[first.Entry]; one.Forgotten || one.Copy.Published.After(seen) {
			t.Errorf("%+v", one)
		}
		// From now on it is archived again, and edits are seen.
		r.up.set(at("a"), "A\none | urn:a:1 | more to say\ntwo | urn:a:2")
		r.once(t)
		if l := r.store.listing("urn:a:1"); !l.Updated.After(first.Updated) {
			t.Errorf("%+v", l)
		}
	})
}

func TestAClockThatJumpsStopsNothing(t *testing.T) {
	for _, jump := range []time.Duration{-time.Hour, -24 * time.Hour, 366 * 24 * time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			r := newRoom(t, words{}, "a", "b")
			var offset atomic.Int64
			r.Now = func() time.Time { return time.Now().Add(time.Duration(offset.Load())) }
			r.up.set(at("a"), "A\none | urn:a:1")
			r.up.set(at("b"), "B\ntwo | urn:b:1")
			ctx, stop := context.WithCancel(t.Context())
			done := make(chan error)
			go func() { done <- r.Run(ctx) }()
			news := 1
			for _, ahead := range []time.Duration{0, jump, 0} {
				offset.Store(int64(ahead))
				before := r.up.count()
				news++
				r.up.set(at("a"), fmt.Sprintf("A\none | urn:a:1\nnews %d | urn:a:%d", news, news))
				pass(3 * time.Hour)
				if n := r.up.count() - before; n < 4 || n > 14 {
					t.Errorf("jump of %v, clock at %v: %d requests in three hours", jump, ahead, n)
				}
			}
			want(t, r.store.published("all"), "urn:a:1", "urn:a:2", "urn:a:3", "urn:a:4", "urn:b:1")
			stop()
			<-done
		})
	}
}

func TestStoriesJoinBridgeAndEnd(t *testing.T) {
	r := newRoom(t, words{}, "a", "b", "c")
	r.up.set(at("a"), "A\nfire | urn:a:1")
	r.up.set(at("b"), "B\nblaze | urn:b:1")
	r.once(t)
	want(t, r.store.published("all"), "urn:a:1", "urn:b:1")
	// Both are published: they stay, and are linked.
	r.up.set(at("c"), "C\nfire+blaze | urn:c:1")
	r.once(t)
	want(t, r.store.published("all"), "urn:a:1", "urn:b:1")
	one, other := r.store.listing("urn:a:1").Story, r.store.listing("urn:b:1").Story
	if got := r.store.stories[one].Linked; !slices.Equal(got, []int64{other}) {
		t.Errorf("linked with %v", got)
	}

	// Neither is: they become one, and the other ends.
	r = newRoom(t, words{}, "a", "b", "c")
	r.up.set(at("a"), "A\ndrop fire | urn:a:1")
	r.up.set(at("b"), "B\ndrop blaze | urn:b:1")
	r.once(t)
	r.up.set(at("c"), "C\ndrop fire+drop blaze | urn:c:1")
	r.once(t)
	if len(r.store.stories) != 1 {
		t.Errorf("%+v", r.store.stories)
	}
	whole(t, r.store)

	// One is: it wins, though the other is the better match.
	r = newRoom(t, words{}, "a", "b", "c")
	r.up.set(at("a"), "A\ndrop fire | urn:a:1")
	r.up.set(at("b"), "B\nblaze | urn:b:1")
	r.once(t)
	published := r.store.listing("urn:b:1").Story
	r.up.set(at("c"), "C\ndrop fire+blaze | urn:c:1")
	r.once(t)
	if s := r.store.stories[published]; len(s.Renditions) != 3 || len(r.store.stories) != 1 {
		t.Errorf("%+v", r.store.stories)
	}
	whole(t, r.store)
}

// whole checks that entries and stories agree.
func whole(t *testing.T, m *memory) {
	t.Helper()
	in := map[int64]int64{}
	for n, s := range m.stories {
		for _, r := range s.Renditions {
			in[r.Entry] = n
		}
		for _, other := range s.Linked {
			if _, there := m.stories[other]; !there {
				t.Errorf("story %d is linked with %d, which has ended", n, other)
			}
		}
	}
	for n, r := range m.records {
		if in[n] != r.Story {
			t.Errorf("entry %d: story %d lists it, it says %d", n, in[n], r.Story)
		}
	}
}

func TestRejudgeTakesInWhatIsAskedFor(t *testing.T) {
	r := newRoom(t, words{}, "a")
	lines := "A"
	for i := range 3 * judgedAtOnce / 2 {
		lines += fmt.Sprintf("\ndrop %d | urn:a:%d", i, i)
	}
	r.up.set(at("a"), lines)
	r.once(t)
	want(t, r.store.published("all"))
	r.Desk = keepsAll{}
	future := time.Now().Add(time.Hour)
	if err := r.Rejudge(context.Background(), map[string]time.Time{"all": future}); err != nil {
		t.Fatal(err)
	}
	want(t, r.store.published("all"))
	before := r.store.looked()
	if err := r.Rejudge(context.Background(), map[string]time.Time{"all": {}, "other": future}); err != nil {
		t.Fatal(err)
	}
	if n := len(r.store.published("all")); n != 3*judgedAtOnce/2 {
		t.Errorf("%d published", n)
	}
	if n := r.store.looked() - before; n > 40 {
		t.Errorf("%d lookups", n)
	}
	if l := r.store.listing("urn:a:7"); !l.Listed.Equal(l.Published) {
		t.Errorf("an old entry is new to readers: %+v", l)
	}
}

// keepsAll is a desk of another configuration.
type keepsAll struct{ words }

func (keepsAll) Judge(r *feed.Record, at time.Time, settled map[string]feed.Decision) []feed.Decision {
	return []feed.Decision{{Edition: "all", Verdict: feed.Kept, Reason: "all is kept", At: at, Config: "2"}}
}

// forgetful forgets whatever it is asked to.
type forgetful struct{ Stories }

func (f forgetful) Forget(time.Time) {
	t := f.Stories.(*titles)
	clear(t.of)
	clear(t.at)
}

// Entries that are older than a story's window are one story all the same
// when they come at the same moment, however long one of their sources takes.
func TestOldEntriesOfOneMomentSeeEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, words{}, "a", "b")
		open := r.Stories
		r.Stories = func(ctx context.Context) (Stories, error) {
			s, err := open(ctx)
			return forgetful{s}, err
		}
		r.up.set(at("a"), "A\nfire | urn:a:1")
		r.up.set(at("b"), "B\nfire | urn:b:1")
		r.up.wait = func(_ context.Context, address string) error {
			if address == at("b") {
				time.Sleep(5 * time.Minute)
			}
			return nil
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- r.Run(ctx) }()
		pass(6 * time.Minute)
		want(t, r.store.published("all"), "urn:a:1")
		stop()
		<-done
	})
}
