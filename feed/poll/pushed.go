package poll

import (
	"slices"
	"time"

	"copydesk/feed"
)

// leastPushed is the shortest time between two polls of a source that a hub
// calls for: a hub that tells of each comma isn't followed at each.
const leastPushed = 10 * time.Second

// byHub reports whether a hub can be left to tell of the source's news. One
// that was, and said nothing of what a poll then brought, can't be until it
// tells of something.
func (a *arrival) byHub(got *feed.Retrieval) bool {
	st := &a.state
	st.Hub = a.pushed != nil && a.pushed(a.source, got, st)
	if !st.Hub {
		st.Missed = time.Time{}
		return false
	}
	news := slices.ContainsFunc(a.fresh, func(r reading) bool { return r.known == 0 })
	if news && a.before.Hub && !a.before.Delivered.After(a.before.Polled) {
		st.Missed = a.polled
	}
	st.Hub = st.Missed.IsZero() || st.Delivered.After(st.Missed)
	return st.Hub
}

// want makes a source due at once, because its hub says that there is news,
// and returns when. A source that is being asked may have been asked too
// early, and is asked again; one that has failed is left to its back-off.
func (r *run) want(name string, now time.Time) time.Time {
	st, known := r.states[name]
	switch {
	case r.inFlight[name]:
		r.wanted[name] = true
	case known && st.Failures == 0 && !Stopped(&st):
		st.Due = minTime(st.Due, maxTime(now, st.Polled.Add(leastPushed)))
		r.states[name] = st
	}
	return st.Due
}

// wantAgain makes good what was wanted while the source was asked.
func (r *run) wantAgain(name string, now time.Time) {
	if r.wanted[name] {
		delete(r.wanted, name)
		r.want(name, now)
	}
}
