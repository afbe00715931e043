package poll

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"runtime"
	"runtime/debug"
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
	// delivered is what hubs sent and wasn't read yet.
	delivered []Delivery

	unrecorded []*arrival // what the store didn't take; tried again from retry on
	retry      time.Time
	pause      time.Duration // between two tries
	recorded   int           // arrivals with entries that the store took
	unpublish  time.Time     // publishing failed: not before this is it tried again
	tended     time.Time     // held stories were last looked at
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
		tended:   p.Now(),
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
		r.letGo()
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
		r.launchDelivered(ctx)
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
		case d := <-p.Delivered:
			r.delivered = append(r.delivered, d)
		case <-timer.C:
			r.tend(ctx)
		}
		timer.Stop()
		if r.patience(p.Now()) <= 0 && ctx.Err() == nil {
			if err := r.publish(ctx); err != nil && ctx.Err() == nil {
				p.Log.Error("what was recorded could not be published; it is tried again", "error", err)
				r.unpublish = p.Now().Add(longestSleep)
			}
		}
		if r.ungathered.since.IsZero() && p.Now().Sub(r.tended) >= longestSleep { // among many sources there is no quiet moment
			r.tend(ctx)
		}
	}
	return nil
}

// tend does what is to be done from time to time.
func (r *run) tend(ctx context.Context) {
	defer func() {
		if x := recover(); x != nil {
			r.Log.Error("looking stories over went wrong inside copydesk", "panic", x, "stack", string(debug.Stack()))
			r.stories = nil
		}
	}()
	r.tended = r.Now()
	if r.stories != nil && len(r.inFlight) == 0 && r.ungathered.since.IsZero() { // what comes at the same moment has to meet
		r.stories.Forget(r.tended)
	}
	if err := r.release(ctx); err != nil && ctx.Err() == nil {
		r.Log.Error("held stories could not be published", "error", err)
	}
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
	if r.Host != nil {
		host = r.Host(s.URL)
	}
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

// release publishes held stories whose time has come. Those of which
// something has just arrived are published with that.
func (r *run) release(ctx context.Context) error {
	now := r.Now()
	var due []int64
	for n, until := range r.waiting {
		if !now.Before(until) && !r.ungathered.stories[n] {
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
	return w.write(ctx, b)
}

// write records what was gathered, if there is anything to record.
func (w *writer) write(ctx context.Context, b *batch) error {
	if len(b.Verdicts)+len(b.Listings)+len(b.Changed) == 0 && b.Meta == nil {
		return nil
	}
	if err := w.Store.Apply(ctx, b.Batch); err != nil {
		return fmt.Errorf("recording: %w", err)
	}
	return nil
}
