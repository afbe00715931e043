package poll

import (
	"context"
	"fmt"
	"slices"
	"strings"
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

func TestHeldEntriesComeOutWhenTheirTimeHasCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, words{}, "a")
		r.up.set(at("a"), "A\nhold this | urn:a:1\nnow | urn:a:2")
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- r.Run(ctx) }()
		pass(59 * time.Minute)
		want(t, r.store.published("all"), "urn:a:2")
		pass(2*time.Minute + time.Second)
		want(t, r.store.published("all"), "urn:a:1", "urn:a:2")
		// What isn't due isn't looked at again and again.
		before := r.store.looked()
		pass(10 * time.Minute)
		if n := r.store.looked() - before; n > 10 {
			t.Errorf("%d reads in ten minutes without anything to do", n)
		}
		stop()
		<-done
	})
}

// Held stories come out among sources of which one answers at every moment.
func TestHeldEntriesComeOutWithoutAQuietMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, words{}, "a")
		r.up.set(at("a"), "A\nhold this | urn:a:1")
		wanted := make(chan string)
		r.Wanted = wanted
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- r.Run(ctx) }()
		for range 2 * (61*60 + 10) {
			time.Sleep(time.Second / 2)
			wanted <- "nobody"
		}
		want(t, r.store.published("all"), "urn:a:1")
		stop()
		<-done
	})
}

// What has just arrived isn't published as late because a held story that it
// belongs to is looked at before what came with it is.
func TestWhatJustArrivedIsNotLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, words{}, "a", "b")
		r.up.set(at("a"), "A\ndrop fire | urn:a:1")
		r.once(t)
		w, err := r.start(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		w.waiting[1] = time.Now() // since another edition holds the story
		r.up.set(at("b"), "B\ndrop fire | urn:b:1")
		r.Desk = keepsNew{}
		a := r.ask(t.Context(), r.Sources[1], w.state(r.Sources[1]), make(chan struct{}, 1))
		if err := w.record(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		pass(3 * time.Second)
		if err := w.release(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := w.publish(t.Context()); err != nil {
			t.Fatal(err)
		}
		if l := r.store.listing("urn:b:1"); !l.Listed.Equal(l.Published) {
			t.Errorf("%+v", l)
		}
	})
}

// keepsNew is a desk with an edition that takes source b only.
type keepsNew struct{ words }

func (k keepsNew) Judge(r *feed.Record, at time.Time) []feed.Decision {
	all := k.words.Judge(r, at)
	if r.Source == "b" {
		all = append(all, feed.Decision{Edition: "b", Verdict: feed.Kept, Reason: "its source", At: at, Config: "1"})
	}
	return all
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

func TestAnotherFeedAtTheOldAddressIsLeftAloneForTwoDays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, words{}, "a")
		r.up.set(at("a"), "Pier News\none | urn:a:1")
		r.once(t)
		r.up.set(at("a"), "Casino Bonus\nwin | urn:x:1\nwin more | urn:x:2")
		for range 40 {
			pass(time.Hour)
			if a := r.once(t)["a"]; a.Err == nil || !strings.Contains(a.Error, "Casino Bonus") {
				t.Fatalf("%+v", a)
			}
		}
		r.up.set(at("a"), "Pier News\none | urn:a:1\ntwo | urn:a:2")
		if a := r.once(t)["a"]; a.Err != nil || a.New != 1 {
			t.Errorf("%+v", a)
		}
		want(t, r.store.published("all"), "urn:a:1", "urn:a:2")
		if st := r.store.state("a"); st.Title != "Pier News" || st.Stranger != "" || st.Error != "" {
			t.Errorf("%+v", st)
		}
		// A site that was made anew comes through.
		r.up.set(at("a"), "Harbour Weekly\nthree | urn:h:3")
		for range 49 {
			r.once(t)
			pass(time.Hour)
		}
		r.once(t)
		want(t, r.store.published("all"), "urn:a:1", "urn:a:2", "urn:h:3")
	})
}

// A clock that was a year ahead when another feed answered first doesn't make
// the two days a year.
func TestAnotherFeedIsBelievedAfterAClockThatWasAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, words{}, "a")
		ahead := time.Duration(0)
		r.Now = func() time.Time { return time.Now().Add(ahead) }
		r.up.set(at("a"), "Pier News\none | urn:a:1")
		r.once(t)
		r.up.set(at("a"), "Harbour Weekly\nthree | urn:h:3")
		ahead = 366 * 24 * time.Hour
		r.once(t)
		ahead = 0
		for range 50 {
			r.once(t)
			pass(time.Hour)
		}
		want(t, r.store.published("all"), "urn:a:1", "urn:h:3")
	})
}

func TestASourceMayBeConfiguredWithAPage(t *testing.T) {
	r := newRoom(t, words{}, "a")
	r.up.set(at("a"), "page: https://a.example/none https://a.example/atom https://a.example/comments")
	r.up.set("https://a.example/atom", "A\none | urn:a:1")
	a := r.once(t)["a"]
	if a.Err != nil || a.Feed != "https://a.example/atom" {
		t.Fatalf("%+v", a)
	}
	want(t, r.store.published("all"), "urn:a:1")
	r.once(t)
	want(t, r.up.asked[len(r.up.asked)-1:], "https://a.example/atom*")
	// The feed moves; the page says where to.
	r.up.set("https://a.example/atom", "page:")
	r.up.set("https://a.example/new", "A\none | urn:a:1\ntwo | urn:a:2")
	r.up.set(at("a"), "page: https://a.example/new")
	for range movedFailures {
		if a := r.once(t)["a"]; a.Err == nil {
			t.Fatalf("%+v", a)
		}
	}
	if a := r.once(t)["a"]; a.Err != nil || a.New != 1 || a.Feed != "https://a.example/new" {
		t.Errorf("%+v", a)
	}
}

// What was a feed and is a page for a day stays the feed that it was.
func TestAPageInPlaceOfAFeedIsAFault(t *testing.T) {
	r := newRoom(t, words{}, "a")
	r.up.set(at("a"), "A\none | urn:a:1")
	r.once(t)
	r.up.set(at("a"), "page: https://portal.example/offers")
	r.up.set("https://portal.example/offers", "Offers\nbuy | urn:o:1")
	if a := r.once(t)["a"]; a.Err == nil || !strings.Contains(a.Error, "which offers") {
		t.Errorf("%+v", a)
	}
	r.up.set(at("a"), "A\none | urn:a:1\ntwo | urn:a:2")
	r.once(t)
	want(t, r.store.published("all"), "urn:a:1", "urn:a:2")
}

func TestOwnEditionsAreNoSources(t *testing.T) {
	r := newRoom(t, words{}, "a")
	r.Own = func(address string) bool { return address == at("a") }
	if a := r.once(t)["a"]; a.Err == nil || r.up.count() > 0 {
		t.Errorf("%+v, %d requests", a, r.up.count())
	}
}

// Ids that we made come back by way of others: that is no news, and nothing
// for which a source would be asked more often.
func TestOwnIDsThatComeBackAreNoNews(t *testing.T) {
	r := newRoom(t, words{}, "a", "mirror")
	r.up.set(at("a"), "A\none | 1")
	r.once(t)
	minted := r.store.published("all")[0]
	r.up.set(at("mirror"), "Mirror\nfirst | urn:m:1")
	r.once(t)
	changed := r.store.state("mirror").Changed
	for round := range 5 {
		text := "Mirror\nfirst | urn:m:1"
		for i, id := range r.store.published("all") {
			if id != "urn:m:1" {
				text += fmt.Sprintf("\ncopy %d of round %d | %s", i, round, id)
			}
		}
		r.up.set(at("mirror"), text)
		if m := r.once(t)["mirror"]; m.New != 0 || m.Status != "unchanged" {
			t.Errorf("round %d: %+v", round, m)
		}
	}
	want(t, r.store.published("all"), minted, "urn:m:1")
	if st := r.store.state("mirror"); !st.Changed.Equal(changed) || st.Entries != 2 {
		t.Errorf("%+v", st)
	}
	// Also when the content of what we published was forgotten.
	r.store.forget(r.store.listing(minted).Entry)
	r.up.set(at("mirror"), "Mirror\nfirst | urn:m:1\nagain | "+minted)
	if m := r.once(t)["mirror"]; m.New != 0 {
		t.Errorf("%+v", m)
	}
}

// Two sources list what another copydesk publishes, under an id that it made:
// each has a rendition of it.
func TestIDsOfAnotherCopydeskAreUpstreams(t *testing.T) {
	const foreign = "tag:far.example,2026:copydesk/wire/7"
	for _, forgotten := range []bool{false, true} {
		r := newRoom(t, words{}, "a", "b")
		r.up.set(at("a"), "A\nquake | "+foreign)
		r.once(t)
		if forgotten {
			r.store.forget(1)
		}
		r.up.set(at("b"), "B\nquake | "+foreign)
		if b := r.once(t)["b"]; b.New != 1 {
			t.Errorf("%+v", b)
		}
		if n := len(r.store.records); n != 2 || r.store.records[2].PublicID == foreign {
			t.Errorf("%d entries, the second is %+v", n, r.store.records[2])
		}
		if forgotten {
			continue
		}
		want(t, r.store.published("all"), foreign)
		if l := r.store.listing(foreign); !slices.Equal(l.Related, []int64{2}) {
			t.Errorf("%+v", l)
		}
		// What we made of it comes back by way of a third one.
		r.up.set(at("b"), "B\nquake | "+foreign+"\nanother | "+r.store.records[2].PublicID)
		if b := r.once(t)["b"]; b.New != 0 || len(r.store.records) != 2 {
			t.Errorf("%+v", b)
		}
	}
}

func TestTheLaterOfTwoWithOneIDGetsATag(t *testing.T) {
	r := newRoom(t, words{}, "a", "b")
	r.up.set(at("a"), "A\none | urn:1")
	r.once(t)
	r.up.set(at("b"), "B\nanother | urn:1\nthird | tag:b.example,2026:copydesk/b/urn:1/2")
	r.once(t)
	got := r.store.published("all")
	if len(got) != 3 || !slices.Contains(got, "urn:1") {
		t.Errorf("%v", got)
	}
	// Upstream took the id beforehand that we would make.
	r = newRoom(t, words{}, "a", "b")
	r.up.set(at("a"), "A\none | urn:1\ntwo | tag:b.example,2026:copydesk/b/urn:1/3")
	r.once(t)
	r.up.set(at("b"), "B\nanother | urn:1")
	if b := r.once(t)["b"]; b.Err != nil || len(r.store.published("all")) != 3 {
		t.Errorf("%+v %v", b, r.store.published("all"))
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

func (keepsAll) Judge(r *feed.Record, at time.Time) []feed.Decision {
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
