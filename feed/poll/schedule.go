package poll

import (
	"context"
	"errors"
	"hash/fnv"
	"math"
	"slices"
	"time"

	"copydesk/feed"
)

// The bounds of when a source is asked again. The configured interval is
// never undercut; all that follows only stretches it.
const (
	// longestWait bounds what upstream can ask for by freshness, ttl and the
	// like, and the back-off after errors: many servers let a feed expire
	// after a month that changes every hour. A longer configured interval
	// stands.
	longestWait = 24 * time.Hour
	// quietStretch is how far the interval of a source without news grows.
	quietStretch = 4
	// quietShare: a source is asked so many times in the span of its silence.
	quietShare = 16
	// pushedStretch is how far the interval grows while a hub delivers.
	pushedStretch = 12

	// Without any answer the fault may be on our side, so for the first days
	// a source isn't left alone for long.
	unreachableWait = 3 * time.Hour
	unreachableFor  = 3 * 24 * time.Hour

	// goneConfirmed is how many 410s in a row, a day and more apart, end the asking.
	goneConfirmed = 3
	// movedFailures is how often the new address of a source that moved, or
	// the feed that its page offered, may fail before the configured address
	// is asked again.
	movedFailures = 3

	// longestDue is further away than any due time that an honest clock made,
	// apart from those of long configured intervals.
	longestDue  = 9 * 24 * time.Hour
	longestSkew = time.Minute
)

// outcome is what came of asking a source once.
type outcome struct {
	got    *feed.Retrieval // nil when nothing could be had
	err    error           // why not, or why what was had is no feed
	news   bool            // there were new or changed entries
	pushed bool            // a hub delivers the source's news; polling is the fallback
}

// settle is the state of a source after it was asked: all that tells how it
// went, and when it is to be asked again. What the answer says of the
// document must be in the state already. It is pure.
func settle(now time.Time, s feed.Source, st feed.SourceState, o outcome) feed.SourceState {
	if errors.Is(o.err, context.Canceled) { // nobody waited for the answer
		return st
	}
	st.Polled = now
	if o.got != nil {
		st.Status = o.got.Status
	}
	if o.err != nil {
		st = failed(s, st, o.err)
	} else {
		st.Failures, st.Gone, st.Error, st.Succeeded = 0, 0, "", now
		if o.news {
			st.Changed = now
		}
		st = moved(s, st, o.got)
	}
	st.Due, st.Interval = next(now, s, &st, o)
	return st
}

// failed counts what went wrong.
func failed(s feed.Source, st feed.SourceState, err error) feed.SourceState {
	st.Error = err.Error()
	var e *feed.FetchError
	isFetch := errors.As(err, &e) // else a document, but none that can be read
	if isFetch {
		st.Status = e.Status
		if e.Refused && e.Status == 0 { // it wasn't asked, since its host is in trouble
			return st
		}
	}
	st.Failures++
	gone := isFetch && e.Gone
	if gone {
		st.Gone++
	}
	if asked := st.Address(s.URL); asked != s.URL && (gone || st.Failures >= movedFailures) {
		if asked == st.Moved {
			st.Moved, st.MovedSeen = "", 0
		} else {
			st.Feed = "" // the page may know of another
		}
		st.Failures, st.Gone = 1, 0
	}
	return st
}

// moved counts how often in a row upstream said that the source has moved for
// good, and to where. Address tells when it is believed.
func moved(s feed.Source, st feed.SourceState, got *feed.Retrieval) feed.SourceState {
	switch {
	case got == nil:
	case st.Moved != "" && st.Address(s.URL) == st.Moved && got.Moved == "": // it is where it said it would be
	case got.Moved == "" || got.Moved == s.URL:
		st.Moved, st.MovedSeen = "", 0
	case got.Moved == st.Moved:
		st.MovedSeen++
	default:
		st.Moved, st.MovedSeen = got.Moved, 1
	}
	return st
}

// Stopped reports whether upstream has confirmed that the source is gone for
// good. It is asked again only when its address changes, or by hand.
func Stopped(st *feed.SourceState) bool { return st.Gone >= goneConfirmed }

// next is when a source is to be asked again, and the interval behind it.
func next(now time.Time, s feed.Source, st *feed.SourceState, o outcome) (time.Time, time.Duration) {
	if Stopped(st) {
		return now.AddDate(100, 0, 0), 0
	}
	interval := quiet(now, s, st)
	if o.pushed {
		interval = max(interval, min(pushedStretch*s.Every, longestWait))
	}
	patience := time.Duration(0) // what upstream asks for
	var e *feed.FetchError
	switch isFetch := errors.As(o.err, &e); {
	case isFetch && e.Refused && e.Status == 0:
		interval = max(e.RetryAfter, time.Minute)
	case isFetch && e.Blocked: // asking costs nobody anything, and the configuration may change
		interval = s.Every
	case isFetch:
		interval, patience = backoff(now, s, st, e), e.RetryAfter
	case o.err != nil:
		interval = backoff(now, s, st, &feed.FetchError{Status: st.Status})
	default:
		if o.got != nil {
			patience = min(o.got.Fresh, longestWait)
		}
		patience = max(patience, min(st.TTL, longestWait))
	}
	interval = max(interval, patience)
	due := now.Add(interval + jitter(s.Name, min(interval/10, 10*time.Minute)))
	return skip(due, st.SkipHour, st.SkipDay), interval
}

// quiet is the interval that fits how often a source has news: the longer it
// has been silent, the longer the interval, within bounds.
func quiet(now time.Time, s feed.Source, st *feed.SourceState) time.Duration {
	if st.Changed.IsZero() {
		return s.Every
	}
	longest := min(quietStretch*s.Every, longestWait)
	return max(s.Every, min(now.Sub(st.Changed)/quietShare, longest))
}

// backoff doubles the interval with each failure in a row.
func backoff(now time.Time, s feed.Source, st *feed.SourceState, e *feed.FetchError) time.Duration {
	longest := longestWait
	if e.Status == 0 && now.Sub(st.Succeeded) < unreachableFor {
		longest = unreachableWait
	}
	interval := s.Every
	for n := 1; n < st.Failures && interval < longest; n++ {
		interval *= 2
	}
	if e.Gone {
		interval = longest
	}
	return max(s.Every, min(interval, longest))
}

// jitter is the source's own share of a span: always the same for the same
// name, and different for most others, so that sources that were asked at the
// same moment drift apart.
func jitter(name string, span time.Duration) time.Duration {
	if span <= 0 {
		return 0
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))          // never fails
	sum := h.Sum64() * 0x9e3779b97f4a7c15 // FNV's high bits differ little between like names
	return time.Duration(float64(span) * (float64(sum>>11) / (1 << 53)))
}

// skip puts a time off until upstream may be asked again (RSS skipHours and
// skipDays, in GMT). Who forbids every hour, or every day, means none.
func skip(due time.Time, hours []int, days []time.Weekday) time.Time {
	t := due.UTC()
	if distinct(days, 7) {
		days = nil
	}
	if distinct(hours, 24) {
		hours = nil
	}
	for range 8 * 24 {
		switch {
		case slices.Contains(days, t.Weekday()):
			t = time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, time.UTC)
		case slices.Contains(hours, t.Hour()):
			t = t.Truncate(time.Hour).Add(time.Hour)
		default:
			if t.Equal(due.UTC()) {
				return due
			}
			// Not with everybody else at the full hour: as far into it as
			// the due time was.
			return t.Add(due.Sub(due.Truncate(time.Hour)) / 4)
		}
	}
	return due
}

// distinct reports whether there are at least n different values.
func distinct[T comparable](values []T, n int) bool {
	seen := map[T]bool{}
	for _, v := range values {
		seen[v] = true
	}
	return len(seen) >= n
}

// Resume is when a source is due after a start, or after the clock was found
// to have jumped: the stored time, unless the clock makes nonsense of it.
// Sources that were missed for more than an interval, because the machine was
// off or asleep, don't all come at once. A source that is due anyway, or new,
// stays so.
func Resume(now time.Time, s feed.Source, st feed.SourceState) time.Time {
	switch {
	case st.Polled.IsZero() || st.URL != s.URL || Stopped(&st):
		return st.Due
	case st.Polled.Sub(now) > longestSkew: // the clock went back: the interval still holds
		return minTime(st.Due, now.Add(min(max(s.Every, st.Interval), longest(s))))
	case st.Due.Sub(now) > longest(s):
		return now.Add(jitter(s.Name, s.Every))
	case now.Sub(st.Due) > s.Every:
		return onGrid(now, s.Name, min(s.Every/4, time.Minute))
	}
	return st.Due
}

func longest(s feed.Source) time.Duration {
	if s.Every > math.MaxInt64/2 {
		return s.Every
	}
	return max(longestDue, 2*s.Every)
}

// onGrid is the next moment of the source's own, of which there is one in
// each span. It doesn't move when it is asked for again, so that restarts
// can't put it off for ever.
func onGrid(now time.Time, name string, span time.Duration) time.Time {
	if span <= 0 {
		return now
	}
	at := now.Truncate(span).Add(jitter(name, span))
	if at.Before(now) {
		at = at.Add(span)
	}
	return at
}
