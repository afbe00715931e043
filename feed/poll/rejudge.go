package poll

import (
	"context"
	"maps"
	"slices"
	"time"

	"copydesk/feed"
)

// judgedAtOnce is how many archived entries are judged anew at once.
const judgedAtOnce = 500

// Rejudge decides anew on archived entries for editions that are new or whose
// rules changed: each name with the time since which entries are taken in.
// What comes out is listed by its own date; what was published stays.
func (p *Poller) Rejudge(ctx context.Context, editions map[string]time.Time) error {
	if len(editions) == 0 {
		return nil
	}
	w := p.writer() // nothing is placed
	since := slices.MinFunc(slices.Collect(maps.Values(editions)), time.Time.Compare)
	portion := make([]int64, 0, judgedAtOnce) // their stories
	for record, err := range p.Store.Archive(ctx, since, nil) {
		if err != nil {
			return err
		}
		portion = append(portion, record.Story)
		if len(portion) == judgedAtOnce {
			if err := w.rejudge(ctx, portion, editions); err != nil {
				return err
			}
			portion = portion[:0]
		}
	}
	return w.rejudge(ctx, portion, editions)
}

// rejudge decides anew on all archived entries of the stories.
func (w *writer) rejudge(ctx context.Context, stories []int64, editions map[string]time.Time) error {
	b := newBatch(w.Now())
	b.backfill, b.asked = true, editions
	slices.Sort(stories)
	if err := w.loadStories(ctx, b, slices.Compact(stories)); err != nil {
		return err
	}
	// All renditions at once, so that where a portion ends doesn't matter.
	for _, n := range slices.Sorted(maps.Keys(b.records)) {
		if r := b.records[n]; !r.Forgotten {
			w.decideAnew(b, r, editions)
		}
	}
	if err := w.commit(ctx, b); err != nil {
		return err
	}
	w.announce(b.editions())
	return nil
}

func (w *writer) decideAnew(b *batch, r *feed.Record, editions map[string]time.Time) {
	known := b.verdicts[r.Entry]
	judged := w.judge(b, r)
	fresh := b.verdicts[r.Entry]
	b.verdicts[r.Entry] = known
	if !judged {
		return
	}
	for name, d := range fresh {
		since, asked := editions[name]
		if !asked || r.FirstSeen.Before(since) || published(b.listings[r.Story], name, r.Entry) {
			continue
		}
		known[name] = d
		b.touched[r.Story] = true
	}
}

// published reports whether readers of the edition have the entry's text.
func published(listings []feed.Listing, edition string, entry int64) bool {
	return slices.ContainsFunc(listings, func(l feed.Listing) bool { return l.Edition == edition && l.Entry == entry })
}
