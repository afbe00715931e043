package poll

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"

	"copydesk/feed"
)

// longestSleep bounds how long the poller waits without looking at the clock:
// a machine that slept, or a clock that was set, is noticed after that.
const longestSleep = time.Minute

// run is a poller at work. Its fields belong to the goroutine that runs it.
type run struct {
	*writer
	states   map[string]feed.SourceState
	inFlight map[string]bool
	arrivals chan *arrival
	slots    chan struct{} // sources in work
	reading  chan struct{} // documents parsed and read at the same time
	workers  sync.WaitGroup
}

func (p *Poller) start(ctx context.Context) (*run, error) {
	states, err := p.Store.States(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading what is known of the sources: %w", err)
	}
	entry, story, err := p.Store.Next(ctx)
	if err != nil {
		return nil, err
	}
	stories, err := p.Stories(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the window's stories: %w", err)
	}
	now := p.Now()
	for _, s := range p.Sources {
		if st, known := states[s.Name]; known {
			st.Due = Resume(now, s, st)
			states[s.Name] = st
		}
	}
	return &run{
		writer:   &writer{Poller: p, stories: stories, entry: entry, next: story},
		states:   states,
		inFlight: map[string]bool{},
		arrivals: make(chan *arrival),
		slots:    make(chan struct{}, max(1, p.Concurrency)),
		reading:  make(chan struct{}, runtime.GOMAXPROCS(0)),
	}, nil
}

// Once polls the given sources and returns when all are done. The error is
// about copydesk itself; what came of the sources, Done is told.
func (p *Poller) Once(ctx context.Context, sources []feed.Source) error {
	r, err := p.start(ctx)
	if err != nil {
		return err
	}
	r.unseen = map[[2]string]bool{}
	asking, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		for _, s := range sources {
			r.launch(asking, s, r.state(s))
		}
		r.workers.Wait()
		close(r.arrivals)
	}()
	var failed error
	for a := range r.arrivals {
		if failed != nil {
			continue // the others are only waited for
		}
		if failed = r.take(ctx, a); failed != nil {
			cancel()
		}
	}
	if failed == nil && ctx.Err() == nil {
		failed = r.release(ctx)
	}
	return errors.Join(failed, context.Cause(ctx))
}

// Due lists the sources that are to be asked now, those that waited longest first.
func Due(sources []feed.Source, states map[string]feed.SourceState, now time.Time) []feed.Source {
	var due []feed.Source
	for _, s := range sources {
		if st, known := states[s.Name]; !known || st.URL != s.URL || !now.Before(st.Due) {
			due = append(due, s)
		}
	}
	slices.SortStableFunc(due, func(a, b feed.Source) int { return states[a.Name].Due.Compare(states[b.Name].Due) })
	return due
}

// Run polls what is due until the context ends, and then finishes what is
// under way. It returns an error only if copydesk itself can't go on.
func (p *Poller) Run(ctx context.Context) error {
	r, err := p.start(ctx)
	if err != nil {
		return err
	}
	// What is under way when the context ends is broken off, not recorded
	// by halves.
	defer func() {
		go func() {
			r.workers.Wait()
			close(r.arrivals)
		}()
		for range r.arrivals {
		}
	}()
	var wake time.Time // when the sources are to be looked through again
	for ctx.Err() == nil {
		now := p.Now()
		if !now.Before(wake) || wake.Sub(now) > longestSleep {
			r.launchDue(ctx, now)
			wake = now.Add(r.sleep(now))
		}
		timer := time.NewTimer(wake.Sub(now))
		select {
		case <-ctx.Done():
		case a := <-r.arrivals:
			if err := r.take(ctx, a); err != nil && ctx.Err() == nil {
				p.Log.Error("what arrived could not be recorded; it is asked for again", "source", a.source.Name, "error", err)
				r.states[a.source.Name] = later(r.states[a.source.Name], a.source, now)
			}
			wake = minTime(wake, r.states[a.source.Name].Due)
		case <-timer.C:
			r.stories.Forget(p.Now())
			if err := r.release(ctx); err != nil && ctx.Err() == nil {
				p.Log.Error("held stories could not be published", "error", err)
			}
		}
		timer.Stop()
	}
	return nil
}

// launchDue starts to ask the sources that are due.
func (r *run) launchDue(ctx context.Context, now time.Time) {
	for _, s := range Due(r.Sources, r.states, now) {
		if r.inFlight[s.Name] {
			continue
		}
		r.inFlight[s.Name] = true
		state := r.state(s)
		r.workers.Go(func() { r.launch(ctx, s, state) })
	}
}

// later puts off a source that couldn't be recorded.
func later(state feed.SourceState, s feed.Source, now time.Time) feed.SourceState {
	state.Name, state.URL = s.Name, s.URL
	state.Due = now.Add(time.Minute)
	return state
}

func (r *run) state(s feed.Source) feed.SourceState {
	state := r.states[s.Name]
	state.Name = s.Name
	if state.URL == "" {
		state.URL = s.URL
	}
	return state
}

// sleep is the time until the next source is due.
func (r *run) sleep(now time.Time) time.Duration {
	wait := longestSleep
	for _, s := range r.Sources {
		if !r.inFlight[s.Name] {
			wait = min(wait, r.states[s.Name].Due.Sub(now))
		}
	}
	return max(wait, 0)
}

// launch asks a source as soon as there is a slot.
func (r *run) launch(ctx context.Context, s feed.Source, state feed.SourceState) {
	select {
	case r.slots <- struct{}{}:
	case <-ctx.Done():
		return
	}
	r.workers.Go(func() {
		a := r.ask(ctx, s, state, r.reading)
		<-r.slots
		if ctx.Err() == nil {
			r.arrivals <- a
		}
	})
}

// take records an arrival and tells of it.
func (r *run) take(ctx context.Context, a *arrival) error {
	delete(r.inFlight, a.source.Name)
	changed, err := r.record(ctx, a)
	if err != nil {
		a.result.Status, a.result.Err, a.result.Error = "error", err, err.Error()
		if fresh, e := r.Poller.Stories(ctx); e == nil {
			r.stories = fresh // forget what was placed but not recorded
		}
	} else {
		r.states[a.source.Name] = a.state
	}
	if r.Done != nil {
		r.Done(a.result)
	}
	r.announce(changed)
	return err
}

func (r *run) announce(editions []string) {
	if r.Announce != nil && len(editions) > 0 {
		r.Announce(editions)
	}
}

// release publishes held stories whose time has come.
func (r *run) release(ctx context.Context) error {
	held, err := r.Store.Held(ctx)
	if err != nil {
		return err
	}
	if len(held) == 0 {
		return nil
	}
	b := newBatch(r.Now())
	for _, story := range held {
		b.touched[story] = true
	}
	return r.commit(ctx, b)
}

// commit gathers what the batch touches and records it without a source.
func (w *writer) commit(ctx context.Context, b *batch) error {
	if err := w.gather(ctx, b); err != nil {
		return err
	}
	if len(b.Verdicts) == 0 && len(b.Listings) == 0 {
		return nil
	}
	if err := w.Store.Apply(ctx, b.Batch); err != nil {
		return fmt.Errorf("recording: %w", err)
	}
	if w.Announce != nil && len(b.Listings) > 0 {
		w.Announce(b.editions())
	}
	return nil
}

// Rejudge decides anew on archived entries for editions that are new or whose
// rules changed: each name with the time since which entries are taken in.
// What comes out is listed by its own date; what was published stays.
func (p *Poller) Rejudge(ctx context.Context, editions map[string]time.Time) error {
	if len(editions) == 0 {
		return nil
	}
	r, err := p.start(ctx)
	if err != nil {
		return err
	}
	since := slices.MinFunc(slices.Collect(maps.Values(editions)), time.Time.Compare)
	b := r.rejudging()
	for record, err := range p.Store.Archive(ctx, since, nil) {
		if err != nil {
			return err
		}
		if err := r.rejudge(ctx, b, &record, editions); err != nil {
			return err
		}
		if len(b.touched) >= 500 {
			if err := r.commit(ctx, b); err != nil {
				return err
			}
			b = r.rejudging()
		}
	}
	return r.commit(ctx, b)
}

func (r *run) rejudging() *batch {
	b := newBatch(r.Now())
	b.backfill = true
	return b
}

func (r *run) rejudge(ctx context.Context, b *batch, record *feed.Record, editions map[string]time.Time) error {
	if err := r.loadStories(ctx, b, []int64{record.Story}); err != nil {
		return err
	}
	known := b.verdicts[record.Entry]
	if known == nil {
		return nil // its story isn't there: it was forgotten meanwhile
	}
	for _, d := range r.Desk.Judge(b.records[record.Entry], record.FirstSeen) {
		since, asked := editions[d.Edition]
		if !asked || record.FirstSeen.Before(since) || published(b.listings[record.Story], d.Edition, record.Entry) {
			continue
		}
		d.Entry = record.Entry
		known[d.Edition] = d
		b.touched[record.Story] = true
	}
	return nil
}

// published reports whether readers of the edition have the entry's text.
func published(listings []feed.Listing, edition string, entry int64) bool {
	return slices.ContainsFunc(listings, func(l feed.Listing) bool { return l.Edition == edition && l.Entry == entry })
}
