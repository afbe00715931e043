package fetch

import (
	"net/http"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

func TestFreshness(t *testing.T) {
	for _, c := range []struct {
		header http.Header
		want   time.Duration
	}{
		{http.Header{}, 0},
		{http.Header{"Cache-Control": {"max-age=3600"}}, time.Hour},
		{http.Header{"Cache-Control": {"public, Max-Age = 60"}}, time.Minute},
		{http.Header{"Cache-Control": {`max-age="90"`}}, 90 * time.Second},
		{http.Header{"Cache-Control": {"public", "max-age=60"}}, time.Minute},
		{http.Header{"Cache-Control": {"max-age=60, max-age=30"}}, 30 * time.Second},
		{http.Header{"Cache-Control": {"s-maxage=60"}}, 0},
		{http.Header{"Cache-Control": {"s-maxage=600, max-age=60, immutable, private, must-revalidate"}}, time.Minute}, // we are no shared cache
		{http.Header{"Cache-Control": {"immutable"}}, 0},
		{http.Header{"Cache-Control": {"max-age=0"}, "Expires": {"Wed, 04 Mar 2026 13:00:00 GMT"}}, 0},
		{http.Header{"Cache-Control": {"max-age=soon"}, "Expires": {"Wed, 04 Mar 2026 13:00:00 GMT"}}, time.Hour},
		{http.Header{"Cache-Control": {`no-cache="Set-Cookie", max-age=60`}}, 0},
		{http.Header{"Cache-Control": {"x-max-age=60", "=60", ",,"}}, 0},
		{http.Header{"Expires": {"Wed, 04 Mar 9999 13:00:00 GMT"}}, maxFresh},
		{http.Header{"Cache-Control": {"max-age=3600, no-cache"}}, 0},
		{http.Header{"Cache-Control": {"no-store"}, "Expires": {"Wed, 04 Mar 2026 13:00:00 GMT"}}, 0},
		{http.Header{"Cache-Control": {"max-age=-5"}}, 0},
		{http.Header{"Cache-Control": {"max-age=99999999999999999999"}}, maxFresh},
		{http.Header{"Cache-Control": {"max-age=600"}, "Age": {"100"}}, 500 * time.Second},
		{http.Header{"Cache-Control": {"max-age=600"}, "Age": {"1000"}}, 0},
		{http.Header{"Cache-Control": {"max-age=600"}, "Expires": {"Wed, 04 Mar 2026 18:00:00 GMT"}}, 10 * time.Minute},
		{http.Header{"Expires": {"Wed, 04 Mar 2026 13:00:00 GMT"}}, time.Hour},
		{http.Header{"Expires": {"Wednesday, 04-Mar-26 13:00:00 GMT"}}, time.Hour},
		{http.Header{"Expires": {"Wed, 04 Mar 2026 13:00:00 GMT"}, "Date": {"Wed, 04 Mar 2026 12:30:00 GMT"}}, 30 * time.Minute},
		{http.Header{"Expires": {"Wed, 04 Mar 2020 13:00:00 GMT"}}, 0},
		{http.Header{"Expires": {"0"}}, 0},
		{http.Header{"Expires": {"-1"}}, 0},
	} {
		if got := freshness(c.header, noon); got != c.want {
			t.Errorf("%v: %v, want %v", c.header, got, c.want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"": 0, "0": 0, "120": 2 * time.Minute, " 120 ": 2 * time.Minute, "1.5": time.Second, "-1": 0, "soon": 0, "12O": 0,
		"1e9": 0, "604801": maxRetryAfter, "18446744073709551616": maxRetryAfter,
		"Wed, 04 Mar 2026 12:05:00 GMT":     5 * time.Minute,
		"Wednesday, 04-Mar-26 12:05:00 GMT": 5 * time.Minute,
		"Wed Mar  4 12:05:00 2026":          5 * time.Minute,
		"Wed, 04 Mar 2020 12:05:00 GMT":     0,
		"Wed, 04 Mar 2099 12:05:00 GMT":     maxRetryAfter,
	} {
		if got := retryAfter(http.Header{"Retry-After": {value}}, noon); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
	skewed := http.Header{"Retry-After": {"Wed, 04 Mar 2026 09:05:00 GMT"}, "Date": {"Wed, 04 Mar 2026 09:00:00 GMT"}}
	if got := retryAfter(skewed, noon); got != 5*time.Minute {
		t.Errorf("an upstream whose clock is late: %v", got)
	}
}

func FuzzHeaders(f *testing.F) {
	f.Add("max-age=60, no-cache", "120", "Wed, 04 Mar 2026 13:00:00 GMT", "10")
	f.Add("max-age=\"\"=,,=", "Wed, 04 Mar 2099 12:05:00 GMT", "0", "-1")
	f.Fuzz(func(t *testing.T, control, after, date, age string) {
		h := http.Header{"Cache-Control": {control}, "Retry-After": {after}, "Expires": {date}, "Date": {date}, "Age": {age}}
		if d := freshness(h, noon); d < 0 || d > maxFresh {
			t.Errorf("fresh for %v", d)
		}
		if d := retryAfter(h, noon); d < 0 || d > maxRetryAfter {
			t.Errorf("retry after %v", d)
		}
	})
}
