package poll

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"time"

	"copydesk/feed"
)

// writer records what arrives, one source after another: it is the only one
// that gives numbers, places entries and writes.
type writer struct {
	*Poller
	stories     Stories // nil: not read yet, since no entry came that it matters to
	entry, next int64   // next free numbers of an entry and a story
	// ungathered is what was recorded but not published yet: it waits for the
	// sources that were polled at the same moment.
	ungathered ungathered
	// waiting are stories that are held, with when to look at them again.
	waiting map[int64]time.Time
	tally   tally // nil: nobody asks
}

// batch is a feed.Batch in the making, with all that was looked up for it.
type batch struct {
	feed.Batch
	now      time.Time
	fresh    time.Time // entries first seen before come out late
	backfill bool
	asked    map[string]time.Time      // editions to gather for; nil: all
	anew     map[string]map[int64]bool // by edition: entries that are decided on anew
	records  map[int64]*feed.Record
	stories  map[int64]*feed.Story
	verdicts map[int64]map[string]feed.Decision // as they are to be
	recorded map[int64]map[string]feed.Decision // as they were
	listings map[int64][]feed.Listing           // by story
	edited   map[int64]bool
	touched  map[int64]bool  // stories to gather
	origins  map[int64]int64 // the story that an entry was in before it was moved
	former   []*feed.Record  // edited entries as they were
	failed   map[int64]bool  // stories that couldn't be gathered, by a fault of ours
}

func newBatch(now time.Time) *batch {
	now = now.UTC().Truncate(time.Microsecond) // as stores keep it
	return &batch{
		now:      now,
		fresh:    now,
		records:  map[int64]*feed.Record{},
		stories:  map[int64]*feed.Story{},
		verdicts: map[int64]map[string]feed.Decision{},
		recorded: map[int64]map[string]feed.Decision{},
		listings: map[int64][]feed.Listing{},
		edited:   map[int64]bool{},
		touched:  map[int64]bool{},
		origins:  map[int64]int64{},
		failed:   map[int64]bool{},
	}
}

// record writes down one arrival in one transaction. What readers get of it
// is decided by publish. After an error nothing is recorded, and nothing is
// known of it.
func (w *writer) record(ctx context.Context, a *arrival) error {
	if len(a.fresh) == 0 && len(a.listed) == 0 && len(a.marks) == 0 {
		if err := w.Store.SetState(ctx, a.state); err != nil {
			return fmt.Errorf("recording the state of %s: %w", a.source.Name, err)
		}
		return nil
	}
	if w.stories == nil && len(a.fresh) > 0 {
		if err := w.openStories(ctx); err != nil {
			return fmt.Errorf("recording %s: reading the window's stories: %w", a.source.Name, err)
		}
	}
	b := newBatch(w.Now())
	b.State, b.Listed, b.Marks = a.state, a.listed, slices.Clone(a.marks)
	entry, next := w.entry, w.next
	if err := w.apply(ctx, b, a); err != nil {
		w.entry, w.next = entry, next
		w.undo(b, err)
		return fmt.Errorf("recording %s: %w", a.source.Name, err)
	}
	a.state = b.State
	if w.tally != nil {
		w.tally.add(b)
	}
	w.ungathered.add(b)
	return nil
}

func (w *writer) openStories(ctx context.Context) (err error) {
	defer func() {
		if x := recover(); x != nil {
			w.Log.Error("reading the window's stories went wrong inside copydesk", "panic", x, "stack", string(debug.Stack()))
			err = &faultError{x}
		}
	}()
	fresh, err := w.Poller.Stories(ctx)
	if err == nil {
		w.stories = fresh
	}
	return err
}

func (w *writer) apply(ctx context.Context, b *batch, a *arrival) (err error) {
	defer func() {
		if x := recover(); x != nil {
			w.Log.Error("recording a source went wrong inside copydesk", "source", a.source.Name, "panic", x, "stack", string(debug.Stack()))
			err = &faultError{x}
		}
	}()
	if err := w.fill(ctx, b, a); err != nil {
		return err
	}
	if len(b.touched) > 0 {
		if err := w.ungathered.expect(b); err != nil {
			return err
		}
	}
	return w.Store.Apply(ctx, b.Batch)
}

// undo makes the index forget what was placed but not recorded.
func (w *writer) undo(b *batch, err error) {
	var fault *faultError
	if errors.As(err, &fault) { // who knows what state it left the index in
		w.stories = nil
	}
	if w.stories == nil {
		return
	}
	for i := range b.New {
		w.stories.Remove(b.New[i].Entry)
	}
	for _, n := range slices.Sorted(maps.Keys(b.origins)) {
		if _, known := b.recorded[n]; known {
			w.stories.Move(n, b.origins[n])
		}
	}
	for _, old := range b.former {
		w.stories.Edit(old)
	}
}

// fill takes an arrival's entries into the batch.
func (w *writer) fill(ctx context.Context, b *batch, a *arrival) error {
	if err := w.edits(ctx, b, a); err != nil {
		return err
	}
	fresh, err := w.number(ctx, b, a)
	if err != nil {
		return err
	}
	for _, r := range fresh {
		if err := w.place(ctx, b, r); err != nil {
			return err
		}
	}
	b.finish()
	return nil
}

// edits takes in known entries that were edited upstream.
func (w *writer) edits(ctx context.Context, b *batch, a *arrival) error {
	edits := map[int64]*reading{}
	for i := range a.fresh {
		if r := &a.fresh[i]; r.known != 0 {
			edits[r.known] = r
		}
	}
	if len(edits) == 0 {
		return nil
	}
	numbers := slices.Sorted(maps.Keys(edits))
	if err := w.load(ctx, b, numbers); err != nil {
		return err
	}
	for _, n := range numbers {
		r, old := edits[n], b.records[n]
		if old == nil {
			return fmt.Errorf("entry %d is marked as known, but isn't there; run copydesk db check", n)
		}
		edited := *old
		edited.Received, edited.Copy, edited.Hash, edited.LastListed = r.received, r.copy, r.hash, b.now
		edited.Forgotten = false
		// What was once published under a date keeps it. That of content that
		// was forgotten lies before we first saw it.
		if !old.Copy.Published.IsZero() {
			edited.Copy.Published = old.Copy.Published
		} else if old.Forgotten {
			edited.Copy.Published = minTime(edited.Copy.Published, old.FirstSeen)
		}
		if edited.Copy.Updated.Before(edited.Copy.Published) {
			edited.Copy.Updated = edited.Copy.Published
		}
		edited.Signature = r.signature
		if !w.judge(b, &edited, nil) {
			continue
		}
		// What readers had of content that was forgotten nobody knows any more.
		b.edited[n] = !old.Forgotten && visible(&old.Copy, &edited.Copy)
		b.records[n] = &edited
		b.former = append(b.former, old)
		b.Changed = append(b.Changed, edited)
		b.touched[edited.Story] = true
		w.stories.Edit(&edited)
	}
	return nil
}

// visible reports whether a reader would see that a text was edited.
func visible(old, new *feed.Copy) bool {
	return old.Title != new.Title || old.HTML != new.HTML || old.Link != new.Link || !slices.Equal(old.Enclosures, new.Enclosures)
}

// judge asks each edition. False: it went wrong inside copydesk, and the
// entry is left as it was, to be tried again at the next poll.
func (w *writer) judge(b *batch, r *feed.Record, settled map[string]feed.Decision) (judged bool) {
	defer func() {
		if x := recover(); x != nil {
			w.Log.Error("judging an entry went wrong inside copydesk; it is tried again at the next poll",
				"source", r.Source, "entry", r.Received.ID, "panic", x, "stack", string(debug.Stack()))
			b.State.Validators, b.State.BodyHash = feed.Validators{}, ""
		}
	}()
	verdicts := map[string]feed.Decision{}
	for _, d := range w.Desk.Judge(r, r.FirstSeen, settled) { // the age of an entry is that when it was first decided on
		d.Entry = r.Entry
		verdicts[d.Edition] = d
	}
	b.verdicts[r.Entry] = verdicts
	return true
}

// finish writes what came of it into the batch, in an order that depends on
// nothing but the entries' numbers.
func (b *batch) finish() {
	fresh := map[int64]bool{}
	for _, n := range slices.Sorted(maps.Keys(b.records)) {
		r := b.records[n]
		if _, known := b.recorded[n]; !known {
			b.New = append(b.New, *r)
			fresh[n] = true
		}
	}
	for _, n := range slices.Sorted(maps.Keys(b.stories)) {
		if b.touched[n] {
			b.Stories = append(b.Stories, *b.stories[n])
		}
	}
	for _, n := range slices.Sorted(maps.Keys(b.verdicts)) {
		for _, edition := range slices.Sorted(maps.Keys(b.verdicts[n])) {
			d := b.verdicts[n][edition]
			if was, ok := b.recorded[n][edition]; ok && was.Verdict == d.Verdict && was.Reason == d.Reason && was.Config == d.Config {
				continue
			}
			if !fresh[n] {
				d.At = b.now
			}
			b.Verdicts = append(b.Verdicts, d)
		}
	}
	b.Placed = slices.DeleteFunc(b.Placed, func(r feed.Record) bool { return fresh[r.Entry] })
}

func (b *batch) editions() []string {
	names := map[string]bool{}
	for _, l := range b.Listings {
		names[l.Edition] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// loadStories brings stories with their members into the batch.
func (w *writer) loadStories(ctx context.Context, b *batch, numbers []int64) error {
	missing := slices.DeleteFunc(slices.Clone(numbers), func(n int64) bool { return b.stories[n] != nil || w.ungathered.story(b, n) })
	if len(missing) == 0 {
		return nil
	}
	stories, err := w.Store.Stories(ctx, missing)
	if err != nil {
		return err
	}
	var members []int64
	for _, n := range missing {
		s, ok := stories[n]
		if !ok {
			continue
		}
		b.stories[n] = &s
		for _, r := range s.Renditions {
			members = append(members, r.Entry)
		}
	}
	listings, err := w.Store.ListingsOf(ctx, missing)
	if err != nil {
		return err
	}
	for _, l := range listings {
		b.listings[l.Story] = append(b.listings[l.Story], l)
	}
	return w.load(ctx, b, members)
}

// load brings entries and what was decided on them into the batch.
func (w *writer) load(ctx context.Context, b *batch, numbers []int64) error {
	missing := slices.DeleteFunc(slices.Clone(numbers), func(n int64) bool { return b.records[n] != nil })
	if len(missing) == 0 {
		return nil
	}
	records, err := w.Store.Records(ctx, missing)
	if err != nil {
		return err
	}
	decisions, err := w.Store.DecisionsOn(ctx, missing)
	if err != nil {
		return err
	}
	for i := range records {
		r := &records[i]
		b.records[r.Entry] = r
		b.remember(r.Entry, decisions[r.Entry])
	}
	return nil
}

// remember takes in what is recorded of decisions on an entry.
func (b *batch) remember(entry int64, decisions []feed.Decision) {
	b.recorded[entry] = make(map[string]feed.Decision, len(decisions))
	b.verdicts[entry] = make(map[string]feed.Decision, len(decisions))
	for _, d := range decisions {
		b.recorded[entry][d.Edition] = d
		b.verdicts[entry][d.Edition] = d
	}
}

func minTime(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func maxTime(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
