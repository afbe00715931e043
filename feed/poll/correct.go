package poll

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"copydesk/feed"
)

// ErrCorrection marks a correction that can't be made, for a reason that lies
// in what was asked for.
var ErrCorrection = errors.New("nothing was corrected")

// byPerson is the evidence of a story that a person joined.
const byPerson = "person"

// Correction is what a person has to say of stories: that an entry is none of
// its story, or that several entries are of one.
type Correction struct {
	Split   bool    // else they are joined
	Entries []int64 // one to split, two and more to join
}

// Request is a correction to be made by a poller that runs.
type Request struct {
	Correction
	Answer chan<- Answer // has room for one
}

// Answer is what came of a correction: the story that the first entry is in now.
type Answer struct {
	Story feed.Story
	Err   error
}

// Correct makes a correction while the poller doesn't run. An entry that is
// split off gets a story of its own; those that are joined get the story of
// the first. It holds: none of the stories' entries is ever moved again but by
// another correction. What was published stays, under its ids; what comes out
// by it is listed by the time it does.
func (p *Poller) Correct(ctx context.Context, c Correction) (feed.Story, error) {
	entry, next, err := p.Store.Next(ctx)
	if err != nil {
		return feed.Story{}, err
	}
	w := p.writer()
	w.entry, w.next = entry, next
	if err := w.recover(ctx); err != nil {
		return feed.Story{}, err
	}
	return w.correct(ctx, c)
}

// answer makes a correction while the poller runs.
func (r *run) answer(ctx context.Context, q Request) {
	s, err := r.correct(ctx, q.Correction)
	if err == nil {
		r.stories = nil // the next one knows what is fixed
	}
	q.Answer <- Answer{s, err}
}

// correct changes stories by hand and gathers them anew, in one transaction.
func (w *writer) correct(ctx context.Context, c Correction) (feed.Story, error) {
	if err := w.publish(ctx); err != nil { // what waits is told of as it was
		return feed.Story{}, err
	}
	b := newBatch(w.Now())
	members, err := w.membersOf(ctx, b, c.Entries)
	if err != nil {
		return feed.Story{}, err
	}
	change := w.join
	if c.Split {
		change = w.split
	}
	s, err := change(b, members)
	if err != nil {
		return feed.Story{}, err
	}
	b.fix()
	for _, n := range slices.Sorted(maps.Keys(b.touched)) {
		b.Stories = append(b.Stories, *b.stories[n])
	}
	if err := w.gather(ctx, b); err != nil {
		return feed.Story{}, err
	}
	if len(b.failed) > 0 {
		return feed.Story{}, errors.New("the stories could not be gathered anew; nothing was changed")
	}
	if err := w.Store.Apply(ctx, b.Batch); err != nil {
		return feed.Story{}, fmt.Errorf("recording the correction: %w", err)
	}
	w.announce(b.editions())
	return *s, nil
}

// membersOf brings entries with their stories into the batch.
func (w *writer) membersOf(ctx context.Context, b *batch, entries []int64) ([]*feed.Record, error) {
	records, err := w.Store.Records(ctx, entries)
	if err != nil {
		return nil, err
	}
	var stories []int64
	for _, r := range records {
		stories = append(stories, r.Story)
	}
	if err := w.loadStories(ctx, b, stories); err != nil {
		return nil, err
	}
	var members []*feed.Record
	for _, n := range entries {
		r := b.records[n]
		switch {
		case r == nil || b.stories[r.Story] == nil:
			return nil, fmt.Errorf("entry %d is in no story: run copydesk db check", n)
		case r.Forgotten:
			return nil, fmt.Errorf("%w: the content of entry %d was forgotten (retain), and with it what its story was told by", ErrCorrection, n)
		}
		members = append(members, r)
	}
	return members, nil
}

func (w *writer) split(b *batch, entries []*feed.Record) (*feed.Story, error) {
	r := entries[0]
	from := b.stories[r.Story]
	if len(from.Renditions) < 2 {
		return nil, fmt.Errorf("%w: the entry is the only one of its story", ErrCorrection)
	}
	own := w.newStory(b)
	var left []feed.Rendition
	var others []int64
	for _, o := range from.Renditions {
		if o.Entry == r.Entry {
			continue
		}
		o.Evidence = slices.DeleteFunc(slices.Clone(o.Evidence), func(e feed.Evidence) bool { return e.Entry == r.Entry })
		o.Apart = append(slices.Clone(o.Apart), r.Entry)
		left = append(left, o)
		others = append(others, o.Entry)
	}
	b.rewrite(from, left)
	b.rewrite(own, []feed.Rendition{{Entry: r.Entry, Apart: others}})
	b.relist([]int64{from.Story, own.Story})
	return own, nil
}

func (w *writer) join(b *batch, entries []*feed.Record) (*feed.Story, error) {
	first := entries[0]
	into := b.stories[first.Story]
	concerned := []int64{into.Story}
	all := slices.Clone(into.Renditions)
	for _, r := range entries[1:] {
		if s := b.stories[r.Story]; !slices.Contains(concerned, s.Story) {
			concerned = append(concerned, s.Story)
			all = append(all, s.Renditions...)
			into.Linked = append(slices.Clone(into.Linked), s.Linked...)
			b.Ended = append(b.Ended, s.Story)
		}
		at := slices.IndexFunc(all, func(o feed.Rendition) bool { return o.Entry == r.Entry })
		if r.Entry != first.Entry && !slices.ContainsFunc(all[at].Evidence, func(e feed.Evidence) bool { return e.By == byPerson && e.Entry == first.Entry }) {
			all[at].Evidence = slices.Insert(slices.Clone(all[at].Evidence), 0, feed.Evidence{Entry: first.Entry, By: byPerson, Score: 1})
		}
	}
	for i := range all { // what was said before doesn't hold any more
		all[i].Apart = slices.DeleteFunc(slices.Clone(all[i].Apart), func(n int64) bool {
			return slices.ContainsFunc(all, func(o feed.Rendition) bool { return o.Entry == n })
		})
	}
	into.Linked = slices.DeleteFunc(into.Linked, func(n int64) bool { return slices.Contains(concerned, n) })
	b.rewrite(into, all)
	b.relist(concerned)
	for _, n := range b.Ended {
		delete(b.stories, n)
	}
	return into, nil
}

// rewrite gives a story other renditions.
func (b *batch) rewrite(s *feed.Story, renditions []feed.Rendition) {
	s.Renditions = renditions
	began := false
	for _, o := range renditions {
		r := b.records[o.Entry]
		r.Story = s.Story
		if at := r.Copy.Published; !at.IsZero() {
			if !began {
				s.First, s.Last, began = at, at, true
			}
			s.First, s.Last = minTime(s.First, at), maxTime(s.Last, at)
		}
	}
	b.touched[s.Story] = true
}

// fix keeps all entries of the stories that were touched where they are.
func (b *batch) fix() {
	for _, n := range slices.Sorted(maps.Keys(b.touched)) {
		for _, o := range b.stories[n].Renditions {
			b.records[o.Entry].Fixed = true
			b.Placed = append(b.Placed, feed.Record{Entry: o.Entry, Story: n, Fixed: true})
		}
	}
}

// relist lets what editions list of stories go on after their entries moved:
// each listing with the entry whose id it has.
func (b *batch) relist(stories []int64) {
	origin := map[string]*feed.Record{}
	var all []feed.Listing
	for _, n := range stories {
		for _, o := range b.stories[n].Renditions {
			origin[b.records[o.Entry].PublicID] = b.records[o.Entry]
		}
		all = append(all, b.listings[n]...)
		delete(b.listings, n)
	}
	slices.SortStableFunc(all, func(a, c feed.Listing) int { return a.Listed.Compare(c.Listed) })
	taken := map[[2]string]bool{} // edition and key
	for pass := range 2 {         // first those that have their story's key already
		for _, l := range all {
			was := l
			if r := origin[l.ID]; r != nil {
				l.Story = r.Story
			} else if r := b.records[l.Entry]; r != nil {
				l.Story = r.Story
			}
			if r := b.records[l.Entry]; r == nil || r.Story != l.Story { // its text is another story's now
				if r := origin[l.ID]; r != nil {
					l.Entry, l.Updated = r.Entry, b.now
				}
			}
			key := keyIn(l)
			if (key == l.Key) != (pass == 0) {
				continue
			}
			if at := [2]string{l.Edition, key}; !taken[at] {
				l.Key = key
			}
			taken[[2]string{l.Edition, l.Key}] = true
			if l.Key != was.Key {
				b.Withdrawn = append(b.Withdrawn, was)
			}
			l.Related = slices.DeleteFunc(slices.Clone(l.Related), func(n int64) bool {
				return n == l.Entry || b.records[n] == nil || b.records[n].Story != l.Story
			})
			b.listings[l.Story] = append(b.listings[l.Story], l)
			b.Listings = append(b.Listings, l)
		}
	}
}

// keyIn is the key that a listing has in its story; that of an entry stays.
func keyIn(l feed.Listing) string {
	head, rest, divided := strings.Cut(l.Key, "/")
	if strings.HasPrefix(head, "e") {
		return l.Key
	}
	key := "s" + strconv.FormatInt(l.Story, 10)
	if divided {
		key += "/" + rest
	}
	return key
}
