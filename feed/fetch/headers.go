package fetch

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// maxRetryAfter bounds the patience upstream can ask for.
	maxRetryAfter = 7 * 24 * time.Hour
	// maxFresh only keeps numbers sane: what poll makes of freshness has
	// bounds of its own.
	maxFresh = 365 * 24 * time.Hour
)

// retryAfter is how long upstream asks to be left alone (RFC 9110 §10.2.3),
// at most a week; 0 when it doesn't say. A date counts from upstream's own
// clock where it shows it.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if value == "" {
		return 0
	}
	if d, ok := seconds(value, maxRetryAfter); ok {
		return d
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return clamp(at.Sub(dated(h, now)), maxRetryAfter)
}

// freshness is how long upstream says that its answer holds (RFC 9111 §4.2),
// less the time it spent in caches on the way; 0 when it doesn't say, or says
// not at all.
func freshness(h http.Header, now time.Time) time.Duration {
	age, _ := seconds(strings.TrimSpace(h.Get("Age")), maxFresh)
	maxAge, said := time.Duration(0), false
	for _, line := range h.Values("Cache-Control") {
		for directive := range strings.SplitSeq(line, ",") {
			name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "no-cache", "no-store":
				return 0
			case "max-age":
				// RFC 9111 §4.2.1: of two, the more careful one
				if d, ok := seconds(strings.Trim(strings.TrimSpace(value), `"`), maxFresh); ok && (!said || d < maxAge) {
					maxAge, said = d, true
				}
			}
		}
	}
	if said {
		return clamp(maxAge-age, maxFresh)
	}
	expires, err := http.ParseTime(strings.TrimSpace(h.Get("Expires")))
	if err != nil {
		return 0
	}
	return clamp(expires.Sub(dated(h, now))-age, maxFresh)
}

// dated is upstream's clock when it answered, ours when it doesn't show it.
func dated(h http.Header, now time.Time) time.Time {
	if date, err := http.ParseTime(strings.TrimSpace(h.Get("Date"))); err == nil {
		return date
	}
	return now
}

// seconds reads a number of seconds; fractions, which some send, are cut off.
func seconds(s string, limit time.Duration) (time.Duration, bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	if !digits(whole) || whole == "" || !digits(fraction) {
		return 0, false
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n > int64(limit/time.Second) { // more digits than fit
		return limit, true
	}
	return time.Duration(n) * time.Second, true
}

func digits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

func clamp(d, limit time.Duration) time.Duration { return min(max(d, 0), limit) }
