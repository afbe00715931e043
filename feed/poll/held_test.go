package poll

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"copydesk/feed"
)

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

func (k keepsNew) Judge(r *feed.Record, at time.Time, settled map[string]feed.Decision) []feed.Decision {
	all := k.words.Judge(r, at, settled)
	if r.Source == "b" {
		all = append(all, feed.Decision{Edition: "b", Verdict: feed.Kept, Reason: "its source", At: at, Config: "1"})
	}
	return all
}
