package feed

import (
	"fmt"
	"strings"
)

// A NotAFeedError says what a source sent instead of a feed.
type NotAFeedError struct {
	What  string   // "an HTML page", "JSON that is no JSON Feed", "an empty document", …
	Feeds []string // absolute addresses of the feeds that a page offers, best first
}

func (e *NotAFeedError) Error() string {
	if len(e.Feeds) == 0 {
		return "not a feed: " + e.What
	}
	return fmt.Sprintf("not a feed: %s, which offers %s", e.What, strings.Join(e.Feeds, " and "))
}
