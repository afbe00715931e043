package poll

import (
	"context"
	"maps"
	"runtime/debug"
	"slices"
	"time"

	"copydesk/feed"
)

// judgedAtOnce is how many archived entries are judged anew at once.
const judgedAtOnce = 500

// Rejudge decides anew on archived entries for editions that are new or whose
// rules changed: each name with the time since which entries are taken in.
// Their topics are found anew. What comes out is listed by its own date; what
// was published and isn't kept any more leaves the edition, and would return
// to its old place. Done again, as after a crash, it changes nothing more.
func (p *Poller) Rejudge(ctx context.Context, editions map[string]time.Time) error {
	if len(editions) == 0 {
		return nil
	}
	w := p.writer() // nothing is placed
	moved := map[string]*turnover{}
	for name := range editions {
		moved[name] = &turnover{}
	}
	since := slices.MinFunc(slices.Collect(maps.Values(editions)), time.Time.Compare)
	portion := make([]int64, 0, judgedAtOnce) // their stories
	for record, err := range p.Store.Archive(ctx, since, nil) {
		if err != nil {
			return err
		}
		portion = append(portion, record.Story)
		if len(portion) == judgedAtOnce {
			if err := w.rejudge(ctx, portion, editions, moved); err != nil {
				return err
			}
			portion = portion[:0]
		}
	}
	if err := w.rejudge(ctx, portion, editions, moved); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(moved)) {
		if m := moved[name]; m.in+m.out > 0 {
			p.Log.Info("a changed configuration holds for what is archived", "edition", name, "in", m.in, "out", m.out)
		}
	}
	return nil
}

// turnover is how many listings an edition gained and lost.
type turnover struct{ in, out int }

// count takes in what a batch records; it must be asked once.
func (b *batch) count(moved map[string]*turnover) {
	had := map[[2]string]bool{} // edition and key
	for _, listings := range b.listings {
		for _, l := range listings {
			had[[2]string{l.Edition, l.Key}] = l.TakenBack.IsZero()
		}
	}
	for _, l := range b.Listings {
		switch m := moved[l.Edition]; {
		case m == nil || had[[2]string{l.Edition, l.Key}] == l.TakenBack.IsZero():
		case l.TakenBack.IsZero():
			m.in++
		default:
			m.out++
		}
	}
}

// rejudge decides anew on all archived entries of the stories.
func (w *writer) rejudge(ctx context.Context, stories []int64, editions map[string]time.Time, moved map[string]*turnover) error {
	b := newBatch(w.Now())
	b.backfill, b.asked, b.anew = true, editions, map[string]map[int64]bool{}
	for name := range editions {
		b.anew[name] = map[int64]bool{}
	}
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
	b.count(moved)
	w.announce(b.editions())
	return nil
}

func (w *writer) decideAnew(b *batch, r *feed.Record, editions map[string]time.Time) {
	var concerned []string
	for name, since := range editions {
		if !r.FirstSeen.Before(since) {
			concerned = append(concerned, name)
		}
	}
	if len(concerned) == 0 {
		return
	}
	renewed, sound := w.renew(r)
	if !sound {
		return
	}
	known := b.verdicts[r.Entry]
	settled := maps.Clone(known)
	for _, name := range concerned {
		delete(settled, name)
	}
	judged := w.judge(b, r, settled)
	fresh := b.verdicts[r.Entry]
	b.verdicts[r.Entry] = known
	if !judged {
		return
	}
	if renewed {
		b.Changed = append(b.Changed, *r)
	}
	for _, name := range concerned {
		d, takes := fresh[name]
		if _, decided := known[name]; !takes && !decided {
			continue
		}
		if !takes {
			d = w.Desk.Leave(name)
			d.Entry = r.Entry
		}
		known[name] = d
		b.anew[name][r.Entry] = true
		b.touched[r.Story] = true
	}
}

// renew finds an entry's topics anew. Not sound: it went wrong inside
// copydesk, and the entry is left as it was.
func (w *writer) renew(r *feed.Record) (changed, sound bool) {
	defer func() {
		if x := recover(); x != nil {
			w.Log.Error("finding an entry's topics anew went wrong inside copydesk", "source", r.Source, "entry", r.Received.ID, "panic", x, "stack", string(debug.Stack()))
			changed, sound = false, false
		}
	}()
	return w.Desk.Renew(r), true
}
