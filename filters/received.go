package filters

import (
	"net/url"
	"strings"
	"time"

	"copydesk/feed"
)

// date bounds an entry's dates by the poll that brought it: nothing is
// published before it was seen, and an entry without a date has that of the
// poll.
func date(c *feed.Copy, e *feed.Entry, polled time.Time) {
	published, updated := believable(c, e.Published), believable(c, e.Updated)
	if published.IsZero() {
		published = updated
	}
	if published.After(polled) {
		c.Notes = append(c.Notes, "upstream dates it "+published.UTC().Format(time.RFC3339)+", which is in the future; it is dated by the poll")
		published = polled
	}
	if published.IsZero() {
		published = polled
	}
	if updated.After(polled) {
		updated = polled
	}
	if updated.Before(published) {
		updated = published
	}
	c.Published, c.Updated = published.UTC(), updated.UTC()
}

// beginnings are the days from which software counts time. A date there is
// what an empty field becomes: nobody published a feed's entry then.
var beginnings = []time.Time{
	time.Date(1601, 1, 1, 0, 0, 0, 0, time.UTC), // Windows
	time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC),
	time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), // spreadsheets and databases
	time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC),
	time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC), // Unix
}

// believable is a date, or none where upstream's stands for none.
func believable(c *feed.Copy, t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	broken := t.Year() <= 1
	for _, first := range beginnings {
		since := t.Sub(first) // at any hour of that day, in any zone
		broken = broken || since > -15*time.Hour && since < 39*time.Hour
	}
	if !broken {
		return t
	}
	c.Notes = append(c.Notes, "upstream dates it "+t.UTC().Format(time.RFC3339)+", which stands for no date; it is dated as if it had none")
	return time.Time{}
}

// origin is what upstream says of the feed that it took an entry from, unless
// that is itself. Nothing but addresses of the web is passed on.
func origin(o, own *feed.Origin) *feed.Origin {
	if o == nil || o.Is(own) {
		return nil
	}
	kept := feed.Origin{
		ID: strings.TrimSpace(o.ID), Title: strings.Join(strings.Fields(o.Title), " "), Link: webAddress(o.Link), Self: webAddress(o.Self),
		Updated: o.Updated, Rights: o.Rights,
	}
	if u, err := url.Parse(kept.ID); err != nil || !u.IsAbs() { // RFC 4287 §4.2.6
		kept.ID = ""
	}
	if kept.ID == "" && kept.Link == "" && kept.Self == "" { // a name alone tells nobody where it was
		return nil
	}
	if kept.Title == "" {
		kept.Title = host(kept.Link, kept.Self, kept.ID)
	}
	if kept.Title == "" {
		return nil
	}
	return &kept
}

func webAddress(s string) string {
	s = strings.TrimSpace(s)
	if u, err := url.Parse(s); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return s
}

// host is that of the first address that has one.
func host(addresses ...string) string {
	for _, s := range addresses {
		if u, err := url.Parse(s); err == nil && u.Hostname() != "" {
			return strings.TrimPrefix(u.Hostname(), "www.")
		}
	}
	return ""
}
