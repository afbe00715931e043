package poll

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"copydesk/feed"
)

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
