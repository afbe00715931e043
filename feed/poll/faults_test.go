package poll

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"copydesk/feed"
)

func breaks(what, title string) words {
	return words{broken: func(w, t string) bool { return w == what && strings.Contains(t, title) }}
}

func TestAPanicEndsOnlyTheEntryAndItIsTriedAgain(t *testing.T) {
	for _, what := range []string{"read", "judge"} {
		t.Run(what, func(t *testing.T) {
			r := newRoom(t, breaks(what, "bad"), "a", "b")
			r.up.set(at("a"), "A\ngood | urn:a:1\nbad | urn:a:2\nfine | urn:a:3")
			r.up.set(at("b"), "B\nother | urn:b:1")
			results := r.once(t)
			want(t, r.store.published("all"), "urn:a:1", "urn:a:3", "urn:b:1")
			if a := results["a"]; a.Err != nil || a.New != 2 {
				t.Errorf("%+v", a)
			}
			r.Desk = words{}
			r.once(t)
			want(t, r.store.published("all"), "urn:a:1", "urn:a:2", "urn:a:3", "urn:b:1")
			asked := len(r.up.asked)
			r.once(t)
			if last := r.up.asked[asked:]; !slices.Contains(last, at("a")+"*") {
				t.Errorf("it is asked without a condition still: %v", last)
			}
		})
	}
}

func TestAPanicEndsOnlyTheSource(t *testing.T) {
	for name, desk := range map[string]words{
		"fetch": {}, "parse": {}, "learn": breaks("learn", "a"), "open": breaks("open", "a"), "place": breaks("place", "bad"), "add": breaks("add", "bad"),
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(t, desk, "a", "b")
			r.up.set(at("a"), "A\ngood | urn:a:1\nbad | urn:a:2")
			switch name {
			case "parse":
				r.up.set(at("a"), "panic")
			case "fetch":
				r.up.wait = func(_ context.Context, address string) error {
					if address == at("a") {
						panic("fetch is broken")
					}
					return nil
				}
			}
			r.up.set(at("b"), "B\nother | urn:b:1")
			results := r.once(t)
			want(t, r.store.published("all"), "urn:b:1")
			if err := results["a"].Err; err == nil || !strings.Contains(err.Error(), "report it") {
				t.Errorf("%v", err)
			}
			if st := r.store.state("a"); st.Failures != 1 || st.Validators.ETag != "" {
				t.Errorf("%+v", st)
			}
			r.Desk, r.up.wait = words{}, nil
			r.Poller.Stories = openTitles(r.store, words{})
			r.up.set(at("a"), "A\ngood | urn:a:1\nbad | urn:a:2")
			r.once(t)
			want(t, r.store.published("all"), "urn:a:1", "urn:a:2", "urn:b:1")
		})
	}
}

// A story that can't be gathered for hours, and through an end, doesn't make
// others look new that come out late, and is late itself.
func TestAStoryThatCannotBeGatheredWaitsByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, breaks("gather", "bad"), "a")
		r.up.set(at("a"), "A\nbad | urn:a:1\nhold this | urn:a:2")
		for range 2 {
			ctx, stop := context.WithCancel(t.Context())
			done := make(chan error)
			go func() { done <- r.Run(ctx) }()
			pass(50 * time.Minute)
			stop()
			if err := <-done; err != nil {
				t.Fatal(err)
			}
		}
		late := r.store.listing("urn:a:2")
		if late.ID == "" || late.Listed.Sub(late.Published) < 59*time.Minute {
			t.Errorf("%+v", late)
		}
		r.Desk = words{}
		r.once(t)
		want(t, r.store.published("all"), "urn:a:1", "urn:a:2")
		if l := r.store.listing("urn:a:1"); !l.Listed.Equal(time.Now()) {
			t.Errorf("%+v", l)
		}
		if note := r.store.meta[NoteKey]; note != "" {
			t.Errorf("%s", note)
		}
	})
}

// What can't be judged anew is left as it was; the others are.
func TestAPanicWhileJudgingAnewEndsOnlyTheEntry(t *testing.T) {
	for _, what := range []string{"renew", "judge"} {
		r := newRoom(t, words{}, "a")
		r.up.set(at("a"), "A\ndrop this | urn:a:1\ndrop bad | urn:a:2\ndrop that | urn:a:3")
		r.once(t)
		r.Desk = keepsButBad{keepsAll{breaks(what, "bad")}}
		if err := r.Rejudge(context.Background(), map[string]time.Time{"all": {}}); err != nil {
			t.Fatal(err)
		}
		want(t, r.store.published("all"), "urn:a:1", "urn:a:3")
		r.Desk = keepsAll{}
		if err := r.Rejudge(context.Background(), map[string]time.Time{"all": {}}); err != nil {
			t.Fatal(err)
		}
		want(t, r.store.published("all"), "urn:a:1", "urn:a:2", "urn:a:3")
	}
}

// keepsButBad is a desk that keeps all that doesn't break it.
type keepsButBad struct{ keepsAll }

func (d keepsButBad) Judge(r *feed.Record, at time.Time, settled map[string]feed.Decision) []feed.Decision {
	d.panics("judge", r.Copy.Title)
	return d.keepsAll.Judge(r, at, settled)
}

// Nor does a panic of the index end the process, whatever the index is asked.
func TestAPanicOfTheIndexEndsNothing(t *testing.T) {
	for _, what := range []string{"edit", "forget"} {
		synctest.Test(t, func(t *testing.T) {
			r := newRoom(t, breaks(what, ""), "a")
			r.up.set(at("a"), "A\none | urn:a:1")
			ctx, stop := context.WithCancel(t.Context())
			done := make(chan error)
			go func() { done <- r.Run(ctx) }()
			pass(2 * time.Hour)
			r.up.set(at("a"), "A\none | urn:a:1 | edited\ntwo | urn:a:2")
			pass(2 * time.Hour)
			if what == "edit" {
				r.Poller.Stories = openTitles(r.store, words{})
				if st := r.store.state("a"); !strings.Contains(st.Error, "report it") {
					t.Errorf("%+v", st)
				}
				pass(24 * time.Hour)
			}
			want(t, r.store.published("all"), "urn:a:1", "urn:a:2")
			stop()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAStoryThatCannotBeGatheredIsPublishedLater(t *testing.T) {
	r := newRoom(t, breaks("gather", "bad"), "a")
	r.up.set(at("a"), "A\ngood | urn:a:1\nbad | urn:a:2")
	if _, err := r.Once(context.Background(), r.Sources, func() {}); err == nil {
		t.Error("nothing is said of it")
	}
	want(t, r.store.published("all"), "urn:a:1")
	r.Desk = words{}
	r.once(t)
	want(t, r.store.published("all"), "urn:a:1", "urn:a:2")
}

// In Once, what can't be recorded costs its source, unless nothing can be.
func TestOnceGoesOnWhenASourceCannotBeRecorded(t *testing.T) {
	r := newRoom(t, words{}, "a", "b", "c")
	for _, s := range r.Sources {
		r.up.set(s.URL, s.Name+"\nnews of "+s.Name+" | urn:"+s.Name)
	}
	r.store.fault = func(small bool, b *feed.Batch) error {
		if !small && b.State.Name == "b" {
			return errors.New("contradicts what is recorded")
		}
		return nil
	}
	results := r.once(t)
	want(t, r.store.published("all"), "urn:a", "urn:c")
	if results["b"].Err == nil || r.store.state("b").Validators.ETag != "" || r.store.state("b").Failures != 1 {
		t.Errorf("%+v %+v", results["b"], r.store.state("b"))
	}
	r.store.fault = nil
	r.once(t)
	want(t, r.store.published("all"), "urn:a", "urn:b", "urn:c")
	numbered(t, r.store)

	r = newRoom(t, words{}, "a", "b")
	r.store.fault = func(bool, *feed.Batch) error { return errFull }
	r.up.set(at("a"), "A\nnews | urn:a")
	if _, err := r.Once(context.Background(), r.Sources, func() {}); !errors.Is(err, errFull) {
		t.Errorf("%v", err)
	}
}

// numbered checks that no number was consumed by what wasn't recorded.
func numbered(t *testing.T, m *memory) {
	t.Helper()
	if int(m.entry-1) != len(m.records) {
		t.Errorf("%d numbers for %d entries", m.entry-1, len(m.records))
	}
}

func TestRunKeepsWhatCannotBeRecordedUntilItCan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, words{}, "a", "b", "c", "d")
		for _, s := range r.Sources {
			r.up.set(s.URL, s.Name+"\nnews of "+s.Name+" | urn:"+s.Name)
		}
		full := true
		r.store.fault = func(bool, *feed.Batch) error {
			if full {
				return errFull
			}
			return nil
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- r.Run(ctx) }()
		pass(6 * time.Hour)
		if n := r.up.count(); n != 4 {
			t.Errorf("upstreams were asked %d times while nothing could be recorded", n)
		}
		if st := r.store.state("a"); st.Name != "" {
			t.Errorf("%+v", st)
		}
		r.store.mu.Lock()
		full = false
		r.store.mu.Unlock()
		pass(3 * time.Minute)
		want(t, r.store.published("all"), "urn:a", "urn:b", "urn:c", "urn:d")
		numbered(t, r.store)
		pass(time.Hour)
		if n := r.up.count(); n < 8 {
			t.Errorf("polling didn't go on: %d requests", n)
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// One source that can't be recorded doesn't stop the others, and is left
// alone after a while, as one that fails.
func TestRunGivesUpOnASourceThatCannotBeRecorded(t *testing.T) {
	for _, sources := range [][]string{{"bad"}, {"bad", "b", "c"}} {
		synctest.Test(t, func(t *testing.T) {
			r := newRoom(t, words{}, sources...)
			for _, s := range r.Sources {
				r.up.set(s.URL, s.Name+"\nnews of "+s.Name+" | urn:"+s.Name)
			}
			r.store.fault = func(small bool, b *feed.Batch) error {
				if !small && b.State.Name == "bad" {
					return errors.New("contradicts what is recorded")
				}
				return nil
			}
			ctx, stop := context.WithCancel(t.Context())
			done := make(chan error)
			go func() { done <- r.Run(ctx) }()
			pass(2 * time.Minute)
			if got := r.store.published("all"); len(got) != len(sources)-1 {
				t.Errorf("published %v", got)
			}
			pass(24 * time.Hour)
			if n := strings.Count(strings.Join(r.up.all(), " "), at("bad")); n < 3 || n > 12 {
				t.Errorf("it was asked %d times in a day", n)
			}
			if st := r.store.state("bad"); !strings.Contains(st.Error, "contradicts") {
				t.Errorf("%+v", st)
			}
			stop()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
}

// A publication that fails is tried again each minute, not at once.
func TestRunPublishesWhenItCan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, words{}, "a")
		r.up.set(at("a"), "A\nnews | urn:a")
		var tries atomic.Int64
		r.store.fault = func(small bool, b *feed.Batch) error {
			if small || b.State.Name != "" {
				return nil
			}
			if tries.Add(1) < 5 {
				return errFull
			}
			return nil
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- r.Run(ctx) }()
		pass(3*time.Minute + time.Second)
		if n := tries.Load(); n < 3 || n > 5 {
			t.Errorf("tried %d times in three minutes", n)
		}
		pass(3 * time.Minute)
		want(t, r.store.published("all"), "urn:a")
		stop()
		<-done
	})
}

func TestRunStopsAtOnceWithFetchesUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, words{}, "a", "b", "c")
		r.up.wait = func(ctx context.Context, address string) error {
			if address == at("a") {
				return nil
			}
			<-ctx.Done()
			return ctx.Err()
		}
		r.up.set(at("a"), "A\nnews | urn:a")
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- r.Run(ctx) }()
		pass(time.Second)
		stop()
		start := time.Now()
		if err := <-done; err != nil || time.Since(start) > time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		if st := r.store.state("b"); st.Name != "" {
			t.Error("what was broken off left a state")
		}
		// The rest comes after the next start, once.
		r.up.wait = nil
		r.up.set(at("b"), "B\nmore | urn:b")
		r.once(t)
		want(t, r.store.published("all"), "urn:a", "urn:b")
	})
}

func TestSourcesThatWaitForOneBudgetKeepNoOthersWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, words{}, "a", "b", "c", "z")
		r.Concurrency, r.PerHost = 2, 1
		r.Host = func(address string) string { // a, b and c are of one domain
			if address == at("z") {
				return "z"
			}
			return "domain"
		}
		r.up.wait = func(ctx context.Context, address string) error {
			if address == at("z") {
				return nil
			}
			<-ctx.Done() // for the domain's budget
			return ctx.Err()
		}
		r.up.set(at("z"), "Z\nnews | urn:z")
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- r.Run(ctx) }()
		pass(time.Minute)
		stop()
		if err := <-done; err != nil || r.store.state("z").Succeeded.IsZero() {
			t.Errorf("z was kept waiting: %v", err)
		}
	})
}

// What ends between fetch and record, or between record and publication,
// leaves nothing behind that a later start doesn't make good.
func TestBrokenOffAnywhereNothingIsLostNorTwice(t *testing.T) {
	texts := []string{"A\none | urn:a:1\ntwo | urn:a:2", "A\none | urn:a:1 | edited\ntwo | urn:a:2\nthree | urn:a:3"}
	for broken := range 12 {
		r := newRoom(t, words{}, "a")
		step := 0
		dead := errors.New("killed")
		for _, text := range texts {
			r.up.set(at("a"), text)
			r.store.fault = func(bool, *feed.Batch) error {
				if step++; step > broken && step < broken+20 {
					return dead
				}
				return nil
			}
			_, _ = r.Once(context.Background(), r.Sources, func() {})
			r.store.fault = nil
			r.once(t)
		}
		want(t, r.store.published("all"), "urn:a:1", "urn:a:2", "urn:a:3")
		if l := r.store.listing("urn:a:1"); !l.Updated.Equal(l.Published.Add(time.Second)) {
			t.Errorf("broken off at write %d: published at %v, its edit is told at %v, not once", broken, l.Published, l.Updated)
		}
		if l := r.store.listing("urn:a:2"); !l.Updated.Equal(l.Published) {
			t.Errorf("broken off at write %d: an edit is told that wasn't made", broken)
		}
		numbered(t, r.store)
	}
}

// What was published keeps its id while another story can't be gathered.
func TestAStoryThatCannotBeGatheredLeavesTheOthersAlone(t *testing.T) {
	r := newRoom(t, breaks("gather", "bad"), "a")
	w, err := r.start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	poll := func(text string) {
		r.up.set(at("a"), text)
		a := r.ask(context.Background(), r.Sources[0], w.state(r.Sources[0]), make(chan struct{}, 1))
		if err := w.record(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		w.took(a)
		if err := w.publish(context.Background()); err == nil {
			t.Fatal("nothing is said of it")
		}
		want(t, r.store.published("all"), "urn:a:2")
	}
	poll("A\ngood | urn:a:2\nbad | urn:a:3")
	poll("A\ngood | urn:a:2\nbad | urn:a:3\ngood. again | urn:a:1")
}
