package poll

import (
	"testing"
	"time"

	"copydesk/feed"
)

// What a hub calls for is asked soon, but not at each of its calls, and never
// against a back-off.
func TestAHubMakesASourceDue(t *testing.T) {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	later := now.Add(6 * time.Hour)
	for name, c := range map[string]struct {
		state feed.SourceState
		due   time.Time
	}{
		"quiet for long":       {feed.SourceState{Polled: now.Add(-time.Hour), Due: later}, now},
		"asked a moment ago":   {feed.SourceState{Polled: now.Add(-time.Second), Due: later}, now.Add(leastPushed - time.Second)},
		"due anyway":           {feed.SourceState{Polled: now.Add(-time.Second), Due: now.Add(time.Second)}, now.Add(time.Second)},
		"in trouble":           {feed.SourceState{Polled: now.Add(-time.Hour), Failures: 1, Due: later}, later},
		"gone for good":        {feed.SourceState{Polled: now.Add(-time.Hour), Gone: goneConfirmed, Due: later}, later},
		"asked in the future?": {feed.SourceState{Polled: now.Add(time.Hour), Due: later}, now.Add(time.Hour + leastPushed)},
	} {
		r := &run{writer: &writer{Poller: &Poller{Now: func() time.Time { return now }}}, states: map[string]feed.SourceState{"wire": c.state}, inFlight: map[string]bool{}, wanted: map[string]bool{}}
		if due := r.want("wire", now); !due.Equal(c.due) || !r.states["wire"].Due.Equal(c.due) {
			t.Errorf("%s: due at %v, want %v", name, due, c.due)
		}
	}

	// While it is asked, it may have been too early: it is asked once more.
	r := &run{writer: &writer{Poller: &Poller{Now: func() time.Time { return now }}}, states: map[string]feed.SourceState{"wire": {Polled: now, Due: later}}, inFlight: map[string]bool{"wire": true}, wanted: map[string]bool{}}
	r.want("wire", now)
	r.want("wire", now)
	if due := r.states["wire"].Due; !due.Equal(later) {
		t.Errorf("due at %v while it is asked", due)
	}
	r.took(&arrival{source: feed.Source{Name: "wire"}, state: feed.SourceState{Polled: now, Due: later}})
	if due := r.states["wire"].Due; !due.Equal(now.Add(leastPushed)) || len(r.wanted) > 0 {
		t.Errorf("due at %v afterwards", due)
	}
	if r.want("nobody", now); len(r.states) != 1 {
		t.Error("a source that isn't known got a state")
	}
}
