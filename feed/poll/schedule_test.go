package poll

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
)

var wednesday = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

func refused(status int, e feed.FetchError) error {
	e.Status, e.Err = status, fmt.Errorf("it answered %d", status)
	return &e
}

// about reports whether d is the interval with its jitter.
func about(d, interval time.Duration) bool {
	return d >= interval && d <= interval+min(interval/10, 10*time.Minute)
}

func TestNextStretchesAndNeverUndercuts(t *testing.T) {
	half := 30 * time.Minute
	for _, c := range []struct {
		name  string
		every time.Duration
		state feed.SourceState
		o     outcome
		want  time.Duration
	}{
		{"as configured", half, feed.SourceState{}, outcome{got: &feed.Retrieval{}, news: true}, half},
		{"the shortest", 10 * time.Second, feed.SourceState{}, outcome{got: &feed.Retrieval{}}, 10 * time.Second},
		{"fresh for less", half, feed.SourceState{}, outcome{got: &feed.Retrieval{Fresh: time.Minute}}, half},
		{"fresh for more", half, feed.SourceState{}, outcome{got: &feed.Retrieval{Fresh: 2 * time.Hour}}, 2 * time.Hour},
		{"fresh after a 304", half, feed.SourceState{}, outcome{got: &feed.Retrieval{NotModified: true, Fresh: 2 * time.Hour}}, 2 * time.Hour},
		{"fresh for a year", half, feed.SourceState{}, outcome{got: &feed.Retrieval{Fresh: 365 * 24 * time.Hour}}, 24 * time.Hour},
		{"ttl", half, feed.SourceState{TTL: time.Hour}, outcome{got: &feed.Retrieval{}}, time.Hour},
		{"ttl of a month", half, feed.SourceState{TTL: 30 * 24 * time.Hour}, outcome{got: &feed.Retrieval{}}, 24 * time.Hour},
		{"ttl doesn't shorten", 2 * time.Hour, feed.SourceState{TTL: time.Minute}, outcome{got: &feed.Retrieval{}}, 2 * time.Hour},
		{"a long interval stays long", 7 * 24 * time.Hour, feed.SourceState{Changed: wednesday.AddDate(-1, 0, 0)}, outcome{got: &feed.Retrieval{}}, 7 * 24 * time.Hour},
		{"news an hour ago", half, feed.SourceState{Changed: wednesday.Add(-time.Hour)}, outcome{got: &feed.Retrieval{}}, half},
		{"news sixteen hours ago", half, feed.SourceState{Changed: wednesday.Add(-16 * time.Hour)}, outcome{got: &feed.Retrieval{}}, time.Hour},
		{"news a year ago", half, feed.SourceState{Changed: wednesday.AddDate(-1, 0, 0)}, outcome{got: &feed.Retrieval{}}, 2 * time.Hour},
		{"news from the future", half, feed.SourceState{Changed: wednesday.AddDate(1, 0, 0)}, outcome{got: &feed.Retrieval{}}, half},
		{"a hub delivers", half, feed.SourceState{}, outcome{got: &feed.Retrieval{}, pushed: true}, 6 * time.Hour},
		{"first failure", half, feed.SourceState{}, outcome{err: refused(500, feed.FetchError{})}, half},
		{"second failure", half, feed.SourceState{Failures: 1}, outcome{err: refused(500, feed.FetchError{})}, time.Hour},
		{"fourth failure", half, feed.SourceState{Failures: 3}, outcome{err: refused(404, feed.FetchError{})}, 4 * time.Hour},
		{"thousandth failure", half, feed.SourceState{Failures: 999}, outcome{err: refused(404, feed.FetchError{})}, 24 * time.Hour},
		{"thousandth failure of a slow one", 48 * time.Hour, feed.SourceState{Failures: 999}, outcome{err: refused(404, feed.FetchError{})}, 48 * time.Hour},
		{"no answer for hours", half, feed.SourceState{Failures: 9, Succeeded: wednesday.Add(-9 * time.Hour)}, outcome{err: refused(0, feed.FetchError{})}, 3 * time.Hour},
		{"no answer for weeks", half, feed.SourceState{Failures: 99, Succeeded: wednesday.AddDate(0, 0, -20)}, outcome{err: refused(0, feed.FetchError{})}, 24 * time.Hour},
		{"no feed", half, feed.SourceState{Failures: 1, Succeeded: wednesday}, outcome{got: &feed.Retrieval{Status: 200}, err: errors.New("a login page")}, time.Hour},
		{"asks for patience", half, feed.SourceState{}, outcome{err: refused(429, feed.FetchError{Refused: true, RetryAfter: 5 * time.Hour})}, 5 * time.Hour},
		{"asks for a week", half, feed.SourceState{}, outcome{err: refused(503, feed.FetchError{Refused: true, RetryAfter: 7 * 24 * time.Hour})}, 7 * 24 * time.Hour},
		{"asks for a minute", half, feed.SourceState{}, outcome{err: refused(429, feed.FetchError{Refused: true, RetryAfter: time.Minute})}, half},
		{"asks for a minute, again", half, feed.SourceState{Failures: 2}, outcome{err: refused(429, feed.FetchError{Refused: true, RetryAfter: time.Minute})}, 2 * time.Hour},
		{"its host is left in peace", half, feed.SourceState{Failures: 7}, outcome{err: refused(0, feed.FetchError{Refused: true, RetryAfter: 10 * time.Minute})}, 10 * time.Minute},
		{"our guard", half, feed.SourceState{Failures: 99}, outcome{err: refused(0, feed.FetchError{Blocked: true})}, half},
		{"gone, the first time", half, feed.SourceState{}, outcome{err: refused(410, feed.FetchError{Gone: true})}, 24 * time.Hour},
	} {
		c.state.URL = "https://a.example/"
		got := settle(wednesday, feed.Source{Name: "a", URL: c.state.URL, Every: c.every}, c.state, c.o)
		if d := got.Due.Sub(wednesday); !about(d, c.want) || got.Interval != c.want {
			t.Errorf("%s: %v (interval %v), want %v", c.name, d, got.Interval, c.want)
		}
	}
}

func TestSettleCounts(t *testing.T) {
	s := feed.Source{Name: "a", URL: "https://a.example/", Every: time.Hour}
	st := feed.SourceState{Name: "a", URL: s.URL}
	step := func(o outcome) { st = settle(wednesday, s, st, o); st.Due, st.Interval = time.Time{}, 0 }
	check := func(want feed.SourceState) {
		t.Helper()
		want.Name, want.URL, want.Polled = st.Name, st.URL, wednesday
		if diff := cmp.Diff(want, st); diff != "" {
			t.Error(diff)
		}
	}
	step(outcome{err: refused(500, feed.FetchError{})})
	check(feed.SourceState{Failures: 1, Status: 500, Error: "it answered 500"})
	step(outcome{err: refused(0, feed.FetchError{})})
	check(feed.SourceState{Failures: 2, Error: "it answered 0"})
	step(outcome{got: &feed.Retrieval{Status: 200}, news: true})
	check(feed.SourceState{Status: 200, Succeeded: wednesday, Changed: wednesday})
	step(outcome{got: &feed.Retrieval{Status: 200}, err: errors.New("a login page")})
	check(feed.SourceState{Status: 200, Succeeded: wednesday, Changed: wednesday, Failures: 1, Error: "a login page"})
}

func TestGoneForGoodStopsAfterConfirmation(t *testing.T) {
	s := feed.Source{Name: "a", URL: "https://a.example/", Every: time.Hour}
	st := feed.SourceState{URL: s.URL}
	now := wednesday
	for n := range goneConfirmed {
		if Stopped(&st) {
			t.Fatalf("stopped after %d", n)
		}
		st = settle(now, s, st, outcome{err: refused(410, feed.FetchError{Gone: true})})
		if st.Due.Sub(now) < 24*time.Hour {
			t.Errorf("asked again after %v", st.Due.Sub(now))
		}
		now = st.Due
	}
	if !Stopped(&st) || st.Due.Before(wednesday.AddDate(99, 0, 0)) || st.Due.UnixNano() < 0 {
		t.Errorf("not stopped: %v", st.Due)
	}
	if due := Resume(wednesday.AddDate(1, 0, 0), s, st); !due.Equal(st.Due) {
		t.Errorf("a restart revives it: %v", due)
	}
	st = settle(wednesday, s, st, outcome{got: &feed.Retrieval{Status: 200}})
	if Stopped(&st) || !about(st.Due.Sub(wednesday), time.Hour) {
		t.Error("an answer doesn't revive it")
	}
}

func TestAMoveIsBelievedAfterItWasConfirmed(t *testing.T) {
	s := feed.Source{Name: "a", URL: "https://old.example/", Every: time.Hour}
	answer := func(moved string) outcome { return outcome{got: &feed.Retrieval{Status: 200, Moved: moved}} }
	broken := outcome{err: refused(500, feed.FetchError{})}
	for name, c := range map[string]struct {
		steps []outcome
		want  string // the address to ask
	}{
		"twice isn't enough":        {[]outcome{answer("https://new.example/"), answer("https://new.example/")}, s.URL},
		"three times is":            {[]outcome{answer("https://new.example/"), answer("https://new.example/"), answer("https://new.example/")}, "https://new.example/"},
		"failures don't matter":     {[]outcome{answer("https://new.example/"), broken, answer("https://new.example/"), broken, answer("https://new.example/")}, "https://new.example/"},
		"in a row, though":          {[]outcome{answer("https://new.example/"), answer("https://new.example/"), answer(""), answer("https://new.example/")}, s.URL},
		"to the same place":         {[]outcome{answer("https://new.example/"), answer("https://new.example/"), answer("https://newer.example/")}, s.URL},
		"it stays there":            {[]outcome{answer("https://new.example/"), answer("https://new.example/"), answer("https://new.example/"), answer(""), broken, broken, answer("")}, "https://new.example/"},
		"not when it fails there":   {[]outcome{answer("https://new.example/"), answer("https://new.example/"), answer("https://new.example/"), broken, broken, broken}, s.URL},
		"nor when it is gone there": {[]outcome{answer("https://new.example/"), answer("https://new.example/"), answer("https://new.example/"), {err: refused(410, feed.FetchError{Gone: true})}}, s.URL},
	} {
		st := feed.SourceState{URL: s.URL}
		for _, o := range c.steps {
			st = settle(wednesday, s, st, o)
		}
		if got := st.Address(s.URL); got != c.want || st.Gone > 0 {
			t.Errorf("%s: asks %s (%+v)", name, got, st)
		}
		if st.Address("https://configured-anew.example/") != "https://configured-anew.example/" {
			t.Errorf("%s: a new configured address is overruled", name)
		}
	}
}

func TestSkippedHoursAndDays(t *testing.T) {
	night := []int{0, 1, 2, 3, 4, 5, 22, 23}
	all := make([]int, 24)
	for i := range all {
		all[i] = i
	}
	weekend := []time.Weekday{time.Saturday, time.Sunday}
	week := []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 3, day, hour, minute, 0, 0, time.UTC) }
	for _, c := range []struct {
		due   time.Time
		hours []int
		days  []time.Weekday
		want  time.Time
	}{
		{at(4, 12, 20), night, weekend, at(4, 12, 20)},
		{at(4, 22, 20), night, weekend, at(5, 6, 5)},
		{at(6, 23, 40), night, weekend, at(9, 6, 10)},
		{at(7, 12, 0), nil, weekend, at(9, 0, 0)},
		{at(7, 12, 0), all, week, at(7, 12, 0)},
		{at(7, 12, 0), all, weekend, at(9, 0, 0)},
		{at(4, 22, 20), append(night, night...), week, at(5, 6, 5)},
		{at(4, 12, 0), []int{-1, 24, 99}, []time.Weekday{9}, at(4, 12, 0)},
		{at(4, 23, 30).In(time.FixedZone("", 3*3600)), []int{23}, nil, at(5, 0, 7).Add(30 * time.Second)},
	} {
		if got := skip(c.due, c.hours, c.days); !got.Equal(c.want) {
			t.Errorf("%v: %v, want %v", c.due, got, c.want)
		}
	}
}

func TestSourcesDriftApart(t *testing.T) {
	minutes := map[int]int{}
	for i := range 1000 {
		s := feed.Source{Name: fmt.Sprintf("source-%d", i), URL: "https://a.example/", Every: time.Hour}
		st := settle(wednesday, s, feed.SourceState{URL: s.URL}, outcome{got: &feed.Retrieval{}})
		minutes[int(st.Due.Sub(wednesday).Minutes())]++
		if again := settle(wednesday, s, feed.SourceState{URL: s.URL}, outcome{got: &feed.Retrieval{}}); !again.Due.Equal(st.Due) {
			t.Fatal("chance is at work")
		}
	}
	for m, n := range minutes {
		if m < 60 || m > 66 || n > 220 {
			t.Errorf("%d sources in minute %d", n, m)
		}
	}
}

func TestResume(t *testing.T) {
	s := feed.Source{Name: "a", URL: "https://a.example/", Every: time.Hour}
	state := func(polled, due time.Duration) feed.SourceState {
		return feed.SourceState{URL: s.URL, Polled: wednesday.Add(polled), Due: wednesday.Add(due)}
	}
	for _, c := range []struct {
		name     string
		state    feed.SourceState
		from, to time.Duration // of now
	}{
		{"new", feed.SourceState{Due: wednesday}, 0, 0},
		{"not yet due", state(-30*time.Minute, 30*time.Minute), 30 * time.Minute, 30 * time.Minute},
		{"due a moment ago", state(-70*time.Minute, -10*time.Minute), -10 * time.Minute, -10 * time.Minute},
		{"missed for days", state(-50*time.Hour, -49*time.Hour), 0, time.Minute},
		{"in a long pause", state(-time.Hour, 6*24*time.Hour), 6 * 24 * time.Hour, 6 * 24 * time.Hour},
		{"the clock went back an hour", state(50*time.Minute, 110*time.Minute), time.Hour, time.Hour},
		{"the clock went back a year", state(365*24*time.Hour, 365*24*time.Hour+time.Hour), time.Hour, time.Hour},
		{"the clock was a year ahead when it was put off", state(-time.Hour, 365*24*time.Hour), 0, time.Hour},
		{"the clock went forward a year", state(-365*24*time.Hour, -365*24*time.Hour+time.Hour), 0, time.Minute},
	} {
		got := Resume(wednesday, s, c.state)
		if d := got.Sub(wednesday); d < c.from || d > c.to {
			t.Errorf("%s: %v", c.name, d)
		}
		c.state.Due = got
		if again := Resume(wednesday, s, c.state); !again.Equal(got) {
			t.Errorf("%s: resuming twice moves it from %v to %v", c.name, got, again)
		}
	}
}

func TestAWakeAfterSleepIsNoStorm(t *testing.T) {
	seconds := map[int64]int{}
	for i := range 600 {
		s := feed.Source{Name: fmt.Sprintf("source-%d", i), URL: "https://a.example/", Every: time.Hour}
		st := feed.SourceState{URL: s.URL, Polled: wednesday.Add(-9 * time.Hour), Due: wednesday.Add(-8 * time.Hour)}
		due := Resume(wednesday, s, st)
		if later := Resume(wednesday.Add(time.Millisecond), s, st); later.Before(due) {
			t.Errorf("restarts disagree: %v, %v", due, later)
		}
		seconds[due.Unix()]++
	}
	for _, n := range seconds {
		if n > 30 {
			t.Errorf("%d at once", n)
		}
	}
}

// Whatever happens, and in whatever order, the due time is in the future, no
// sooner than configured and not out of reach.
func TestDueTimesAreSane(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		every := 10*time.Second + time.Duration(random.Int64N(int64(40*24*time.Hour)))
		s := feed.Source{Name: fmt.Sprint(random.Uint32()), URL: "https://a.example/", Every: every}
		st, now := feed.SourceState{URL: s.URL}, wednesday
		for range 30 {
			o := outcome{got: &feed.Retrieval{Status: 200, Fresh: time.Duration(random.Int64N(int64(400 * 24 * time.Hour)))}, news: random.IntN(2) == 0, pushed: random.IntN(4) == 0}
			if random.IntN(2) == 0 {
				o = outcome{err: refused([]int{0, 404, 429, 500}[random.IntN(4)], feed.FetchError{RetryAfter: time.Duration(random.Int64N(int64(7 * 24 * time.Hour)))})}
			}
			st.TTL = time.Duration(random.Int64N(int64(400 * 24 * time.Hour)))
			st.SkipHour, st.SkipDay = random.Perm(24)[:random.IntN(24)], []time.Weekday{time.Weekday(random.IntN(7))}
			st = settle(now, s, st, o)
			if d := st.Due.Sub(now); d < every || d > max(every, 7*24*time.Hour)+10*time.Minute+8*24*time.Hour {
				t.Fatalf("due after %v, every %v, %+v", d, every, o)
			}
			now = st.Due.Add(time.Duration(random.Int64N(int64(time.Hour))) - 30*time.Minute)
		}
	}
}
