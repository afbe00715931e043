package poll

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
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
	// hosts bounds the sources of one host in work, so that those that wait
	// for its budget don't take the others' slots.
	hosts   map[string]chan struct{}
	reading chan struct{} // documents parsed and read at the same time
	workers sync.WaitGroup
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
	resume(states, p.Sources, p.Now())
	w := &writer{Poller: p, stories: stories, entry: entry, next: story, ungathered: newUngathered()}
	if err := w.recover(ctx); err != nil {
		return nil, fmt.Errorf("looking for what a broken-off run left: %w", err)
	}
	return &run{
		writer:   w,
		states:   states,
		inFlight: map[string]bool{},
		arrivals: make(chan *arrival),
		slots:    make(chan struct{}, max(1, p.Concurrency)),
		hosts:    map[string]chan struct{}{},
		reading:  make(chan struct{}, runtime.GOMAXPROCS(0)),
	}, nil
}

// resume looks the due times over after a start, or after the clock jumped.
func resume(states map[string]feed.SourceState, sources []feed.Source, now time.Time) {
	for _, s := range sources {
		if st, known := states[s.Name]; known {
			st.Due = Resume(now, s, st)
			states[s.Name] = st
		}
	}
}

// Once polls the given sources, each of which tick is told of, and returns
// what came of them when all are done. The error is about copydesk itself.
func (p *Poller) Once(ctx context.Context, sources []feed.Source, tick func()) ([]Result, error) {
	r, err := p.start(ctx)
	if err != nil {
		return nil, err
	}
	r.tally = tally{}
	var results []Result
	asking, cancel := context.WithCancel(ctx)
	defer cancel()
	for _, s := range sources {
		r.launch(asking, s)
	}
	go func() {
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
		results = append(results, a.result)
		tick()
	}
	if failed == nil && ctx.Err() == nil {
		failed = errors.Join(r.publish(ctx), r.release(ctx))
	}
	r.tally.count(results)
	slices.SortFunc(results, func(a, b Result) int { return cmp.Compare(a.Source, b.Source) })
	return results, errors.Join(failed, context.Cause(ctx))
}

// DueAt lists the sources that are to be asked when the program is run by the
// clock, once every so often: a source whose jitter puts it just behind a run
// that comes at its own interval isn't left to every second run.
func DueAt(sources []feed.Source, states map[string]feed.SourceState, now time.Time) []feed.Source {
	eased := make(map[string]feed.SourceState, len(states))
	for _, s := range sources {
		st, known := states[s.Name]
		if !known {
			continue
		}
		if st.Failures == 0 && st.Interval == s.Every && now.Sub(st.Polled) >= s.Every-min(s.Every/20, time.Minute) {
			st.Due = now
		}
		eased[s.Name] = st
	}
	return Due(sources, eased, now)
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
	last := p.Now()
	for ctx.Err() == nil {
		now := p.Now()
		if now.Before(last) || now.Sub(last) > 2*longestSleep { // the machine slept, or the clock was set
			resume(r.states, p.Sources, now)
			wake = now
		}
		last = now
		if !now.Before(wake) || wake.Sub(now) > longestSleep {
			r.launchDue(ctx, now)
			wake = now.Add(r.sleep(now))
		}
		timer := time.NewTimer(min(wake.Sub(now), r.patience(now)))
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
		if r.patience(p.Now()) <= 0 && ctx.Err() == nil {
			if err := r.publish(ctx); err != nil && ctx.Err() == nil {
				p.Log.Error("what was recorded could not be published; it is tried again", "error", err)
				r.ungathered.since = p.Now() // not at once
			}
		}
		timer.Stop()
	}
	return nil
}

// longestGather is how long readers wait at most for the sources that were
// polled at the same moment.
const longestGather = 10 * time.Second

// patience is how long what was recorded may still wait to be published.
func (r *run) patience(now time.Time) time.Duration {
	switch {
	case r.ungathered.since.IsZero():
		return longestSleep
	case len(r.inFlight) == 0:
		return 0
	}
	return min(longestSleep, r.ungathered.since.Add(longestGather).Sub(now))
}

// launchDue starts to ask the sources that are due.
func (r *run) launchDue(ctx context.Context, now time.Time) {
	for _, s := range Due(r.Sources, r.states, now) {
		if r.inFlight[s.Name] {
			continue
		}
		r.inFlight[s.Name] = true
		r.launch(ctx, s)
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

// launch asks a source as soon as there is a slot for it.
func (r *run) launch(ctx context.Context, s feed.Source) {
	host := hostOf(s.URL)
	if r.hosts[host] == nil {
		r.hosts[host] = make(chan struct{}, max(1, r.PerHost))
	}
	state, ofHost := r.state(s), r.hosts[host]
	r.workers.Go(func() {
		for _, slot := range []chan struct{}{ofHost, r.slots} {
			select {
			case slot <- struct{}{}:
				defer func() { <-slot }()
			case <-ctx.Done():
				return
			}
		}
		a := r.ask(ctx, s, state, r.reading)
		if ctx.Err() == nil {
			r.arrivals <- a
		}
	})
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// take records an arrival.
func (r *run) take(ctx context.Context, a *arrival) error {
	delete(r.inFlight, a.source.Name)
	err := r.record(ctx, a)
	if err != nil {
		a.result.Status, a.result.Err, a.result.Error = "error", err, err.Error()
		if fresh, e := r.Poller.Stories(ctx); e == nil {
			r.stories = fresh // forget what was placed but not recorded
		}
	} else {
		r.states[a.source.Name] = a.state
	}
	return err
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
	if err := r.commit(ctx, b); err != nil {
		return err
	}
	r.announce(b.editions())
	return nil
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
			r.announce(b.editions())
			b = r.rejudging()
		}
	}
	if err := r.commit(ctx, b); err != nil {
		return err
	}
	r.announce(b.editions())
	return nil
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
