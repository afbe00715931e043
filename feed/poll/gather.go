package poll

import (
	"context"
	"maps"
	"runtime/debug"
	"slices"
	"time"

	"copydesk/feed"
)

// gather decides for each story that was touched, and each edition that has
// to do with it, what is published.
func (w *writer) gather(ctx context.Context, b *batch) error {
	touched := slices.Sorted(maps.Keys(b.touched))
	if err := w.loadStories(ctx, b, touched); err != nil {
		return err
	}
	clear(b.touched) // the stories themselves are recorded already
	for _, n := range touched {
		if s := b.stories[n]; s != nil {
			w.gatherStory(b, s)
		}
	}
	b.finish()
	return nil
}

// gatherStory decides on one story: on all that it is to be in all editions,
// or, when that goes wrong, on nothing.
func (w *writer) gatherStory(b *batch, s *feed.Story) {
	listings := len(b.Listings)
	former := map[int64]map[string]feed.Decision{}
	for _, r := range s.Renditions {
		former[r.Entry] = maps.Clone(b.verdicts[r.Entry])
	}
	defer func() {
		if x := recover(); x != nil {
			w.Log.Error("gathering a story went wrong inside copydesk; it is tried again", "story", s.Story, "panic", x, "stack", string(debug.Stack()))
			b.failed[s.Story] = true
			b.Listings = b.Listings[:listings]
			maps.Copy(b.verdicts, former)
		}
	}()
	for _, edition := range w.editionsOf(b, s) {
		out := w.Desk.Gather(b.gathering(s, edition))
		b.Listings = append(b.Listings, out.Listings...)
		for _, d := range out.Decisions {
			b.verdicts[d.Entry][d.Edition] = d
		}
	}
	w.await(b, s)
}

// await notes when a story that an edition holds is to be looked at again.
// One that waits for other sources is looked at when they report it.
func (w *writer) await(b *batch, s *feed.Story) {
	delete(w.waiting, s.Story)
	var first time.Time
	for _, rendition := range s.Renditions {
		if r := b.records[rendition.Entry]; r != nil && (first.IsZero() || r.FirstSeen.Before(first)) {
			first = r.FirstSeen
		}
	}
	for _, rendition := range s.Renditions {
		for edition, d := range b.verdicts[rendition.Entry] {
			until := first.Add(w.Holds[edition])
			if d.Verdict != feed.Held || !until.After(b.now) {
				continue
			}
			if known, ok := w.waiting[s.Story]; !ok || until.Before(known) {
				w.waiting[s.Story] = until
			}
		}
	}
}

// editionsOf lists the editions that decided on a member of the story, those
// first that others are made of.
func (w *writer) editionsOf(b *batch, s *feed.Story) []string {
	names := map[string]bool{}
	for _, r := range s.Renditions {
		for name := range b.verdicts[r.Entry] {
			if _, asked := b.asked[name]; asked || b.asked == nil {
				names[name] = true
			}
		}
	}
	sorted := slices.Sorted(maps.Keys(names))
	if w.Order != nil {
		w.Order(sorted)
	}
	return sorted
}

func (b *batch) gathering(s *feed.Story, edition string) feed.Gathering {
	g := feed.Gathering{Edition: edition, Story: *s, Listed: map[string]feed.Listing{}, Now: b.now, Fresh: b.fresh, Backfill: b.backfill, Anew: b.anew[edition], Edited: b.edited}
	for _, r := range s.Renditions {
		d, decided := b.verdicts[r.Entry][edition]
		if record := b.records[r.Entry]; decided && record != nil {
			g.Members = append(g.Members, feed.Member{Record: record, Decision: d, Elsewhere: b.verdicts[r.Entry]})
		}
	}
	for _, l := range b.listings[s.Story] {
		if l.Edition == edition {
			g.Listed[l.Key] = l
		}
	}
	return g
}
