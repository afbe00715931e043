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
	portion := make([]rejudged, 0, judgedAtOnce)
	for record, err := range p.Store.Archive(ctx, since, nil) {
		if err != nil {
			return err
		}
		portion = append(portion, rejudged{record.Entry, record.Story})
		if len(portion) == judgedAtOnce {
			if err := w.rejudge(ctx, portion, editions); err != nil {
				return err
			}
			portion = portion[:0]
		}
	}
	return w.rejudge(ctx, portion, editions)
}

// rejudged is an archived entry that is to be judged anew.
type rejudged struct{ entry, story int64 }

func (w *writer) rejudge(ctx context.Context, portion []rejudged, editions map[string]time.Time) error {
	b := newBatch(w.Now())
	b.backfill = true
	var stories []int64
	for _, one := range portion {
		stories = append(stories, one.story)
	}
	slices.Sort(stories)
	if err := w.loadStories(ctx, b, slices.Compact(stories)); err != nil {
		return err
	}
	for _, one := range portion {
		if r := b.records[one.entry]; r != nil { // else its story was forgotten meanwhile
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
	now := b.now
	b.now = r.FirstSeen // the age of an entry is that when it was first decided on
	judged := w.judge(b, r)
	b.now = now
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
