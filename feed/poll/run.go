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
	wanted  map[string]bool // sources whose hub told of news while they were asked

	unrecorded []*arrival // what the store didn't take; tried again from retry on
	retry      time.Time
	pause      time.Duration // between two tries
	recorded   int           // arrivals that the store took
	unpublish  time.Time     // publishing failed: not before this is it tried again
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
	resume(states, p.Sources, p.Now())
	w := p.writer()
	w.entry, w.next = entry, story
	if err := w.recover(ctx); err != nil {
		return nil, fmt.Errorf("looking for what a broken-off run left: %w", err)
	}
	held, err := p.Store.Held(ctx)
	if err != nil {
		return nil, err
	}
	for _, n := range held {
		w.waiting[n] = time.Time{} // since when isn't known: it is looked at once
	}
	return &run{
		writer:   w,
		states:   states,
		inFlight: map[string]bool{},
		wanted:   map[string]bool{},
		arrivals: make(chan *arrival),
		slots:    make(chan struct{}, max(1, p.Concurrency)),
		hosts:    map[string]chan struct{}{},
		reading:  make(chan struct{}, runtime.GOMAXPROCS(0)),
	}, nil
}

func (p *Poller) writer() *writer {
	return &writer{Poller: p, ungathered: newUngathered(), waiting: map[int64]time.Time{}}
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
// what came of them when all are done. The error is about copydesk itself. A
// source that can't be recorded costs only itself, unless nothing can.
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
		if failed == nil { // else the others are only waited for
			if failed = r.accept(ctx, a); failed != nil {
				cancel() // nothing can be recorded: asking the others is of no use
			}
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

// Run polls what is due until the context ends. What is under way then is
// broken off: nothing of it is recorded, and it is asked for again after the
// next start. Run returns an error only if copydesk itself can't begin.
func (p *Poller) Run(ctx context.Context) error {
	r, err := p.start(ctx)
	if err != nil {
		return err
	}
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
			r.wakeUp(now)
			wake = now
		}
		last = now
		r.tryAgain(ctx, now)
		if len(r.unrecorded) == 0 && (!now.Before(wake) || wake.Sub(now) > longestSleep) {
			r.launchDue(ctx, now)
			wake = now.Add(r.sleep(now))
		}
		timer := time.NewTimer(min(r.rest(wake, now), r.patience(now)))
		select {
		case <-ctx.Done():
		case a := <-r.arrivals:
			r.take(ctx, a, now)
			wake = minTime(wake, r.states[a.source.Name].Due)
		case q := <-p.Corrections:
			r.answer(ctx, q)
		case name := <-p.Wanted:
			wake = minTime(wake, r.want(name, now))
		case <-timer.C:
			if r.stories != nil {
				r.stories.Forget(p.Now())
			}
			if err := r.release(ctx); err != nil && ctx.Err() == nil {
				p.Log.Error("held stories could not be published", "error", err)
			}
		}
		timer.Stop()
		if r.patience(p.Now()) <= 0 && ctx.Err() == nil {
			if err := r.publish(ctx); err != nil && ctx.Err() == nil {
				p.Log.Error("what was recorded could not be published; it is tried again", "error", err)
				r.unpublish = p.Now().Add(longestSleep)
			}
		}
	}
	return nil
}

// wakeUp looks everything over that depends on the time, after it jumped.
func (r *run) wakeUp(now time.Time) {
	resume(r.states, r.Sources, now)
	r.unpublish, r.retry = minTime(r.unpublish, now), minTime(r.retry, now)
	for n := range r.waiting {
		r.waiting[n] = time.Time{}
	}
	r.stories = nil // a clock that was wrong may have made it forget too much
}

// rest is how long there is nothing to do but to wait for answers.
func (r *run) rest(wake, now time.Time) time.Duration {
	if len(r.unrecorded) > 0 {
		return max(0, min(longestSleep, r.retry.Sub(now)))
	}
	return min(longestSleep, wake.Sub(now))
}

// longestGather is how long readers wait at most for the sources that were
// polled at the same moment.
const longestGather = 10 * time.Second

// patience is how long what was recorded may still wait to be published.
func (r *run) patience(now time.Time) time.Duration {
	switch {
	case r.ungathered.since.IsZero():
		return longestSleep
	case now.Before(r.unpublish):
		return min(longestSleep, r.unpublish.Sub(now))
	case len(r.inFlight) == len(r.unrecorded): // nobody is waited for
		return 0
	}
	return max(0, min(longestSleep, r.ungathered.since.Add(longestGather).Sub(now)))
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

// accept records an arrival. A source that can't be recorded has failed; the
// error is that not even this can be written down.
func (r *run) accept(ctx context.Context, a *arrival) error {
	err := r.record(ctx, a)
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		r.Log.Error("a source could not be recorded", "source", a.source.Name, "error", err)
		a.giveUp(r.Now(), err)
		if e := r.record(ctx, a); e != nil {
			return err
		}
	}
	r.took(a)
	return nil
}

func (r *run) took(a *arrival) {
	delete(r.inFlight, a.source.Name)
	r.states[a.source.Name] = a.state
	r.wantAgain(a.source.Name, r.Now())
}

const (
	firstPause   = 5 * time.Second
	longestPause = time.Minute
	// mostTries is how often a source is tried to be recorded until it has
	// failed, provided that at least this can be written down.
	mostTries = 4
)

// take records an arrival, or keeps it until the store takes it: upstream
// isn't asked again for what we couldn't write down.
func (r *run) take(ctx context.Context, a *arrival, now time.Time) {
	err := r.record(ctx, a)
	switch {
	case err == nil:
		r.recorded++
		r.took(a)
		return
	case ctx.Err() != nil:
		return
	}
	var fault *faultError
	a.tries++
	if errors.As(err, &fault) || a.tries >= mostTries || a.tries > 1 && r.recorded > a.others { // it isn't the store
		r.Log.Error("a source could not be recorded; it is asked for again later", "source", a.source.Name, "error", err)
		failed := *a
		failed.giveUp(r.Now(), err)
		if r.record(ctx, &failed) == nil {
			r.took(&failed)
			return
		}
	}
	r.Log.Error("what arrived could not be recorded; it is tried again, and until then nothing more is asked for", "source", a.source.Name, "error", err)
	a.others = r.recorded
	r.unrecorded = append(r.unrecorded, a)
	if now.Before(r.retry) {
		return
	}
	r.pause = min(max(firstPause, 2*r.pause), longestPause)
	r.retry = now.Add(r.pause)
}

// tryAgain records what the store didn't take before.
func (r *run) tryAgain(ctx context.Context, now time.Time) {
	if len(r.unrecorded) == 0 || now.Before(r.retry) && r.retry.Sub(now) <= longestPause {
		return
	}
	// The newest first: when that one is taken, it isn't the store that is
	// at fault.
	waiting := r.unrecorded
	r.unrecorded, r.retry = nil, time.Time{}
	for i, a := range slices.Backward(waiting) {
		r.take(ctx, a, now)
		if len(r.unrecorded) > 0 {
			r.unrecorded = append(waiting[:i:i], r.unrecorded...)
			return
		}
	}
	r.pause = 0
}

// release publishes held stories whose time has come.
func (r *run) release(ctx context.Context) error {
	now := r.Now()
	var due []int64
	for n, until := range r.waiting {
		if !now.Before(until) {
			due = append(due, n)
		}
	}
	slices.Sort(due)
	changed := map[string]bool{}
	defer func() { r.announce(slices.Sorted(maps.Keys(changed))) }()
	for stories := range slices.Chunk(due, gatheredAtOnce) {
		b := newBatch(now)
		for _, n := range stories {
			b.touched[n] = true
		}
		if err := r.commit(ctx, b); err != nil {
			for _, n := range stories {
				r.waiting[n] = time.Time{}
			}
			return err
		}
		for _, n := range stories {
			if b.stories[n] == nil {
				delete(r.waiting, n)
			}
		}
		for _, name := range b.editions() {
			changed[name] = true
		}
	}
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
