package poll

import (
	"context"
	"errors"
	"slices"
	"time"
)

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
		if len(a.fresh) > 0 { // a full disk may still take a state
			r.recorded++
		}
		r.took(a)
		return
	case ctx.Err() != nil:
		return
	}
	var fault *faultError
	a.tries++
	if errors.As(err, &fault) || a.tries >= mostTries || a.tries > 1 && r.recorded > a.others { // it isn't the store
		failed := *a
		failed.giveUp(r.Now(), err)
		if r.record(ctx, &failed) == nil {
			r.Log.Error("a source could not be recorded; it is asked for again later", "source", a.source.Name, "error", err)
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
