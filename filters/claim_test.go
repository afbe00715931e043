package filters

import (
	"testing"
	"time"

	"copydesk/feed"
)

func member(entry int64, source string, at time.Time) feed.Member {
	return feed.Member{
		Record:   &feed.Record{Entry: entry, Source: source, PublicID: "urn:" + source, FirstSeen: at, Copy: feed.Copy{Published: at, Title: source, Words: 10, Language: "en"}},
		Decision: feed.Decision{Entry: entry, Edition: "e", Verdict: feed.Kept},
	}
}

// Retention took the text of a preferred source's rendition: there is nothing
// of it that could be published.
func TestForgottenRenditionsAreNotPublished(t *testing.T) {
	at := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	gone, there := member(1, "pier", at), member(2, "quay", at)
	gone.Record.Copy, gone.Record.Forgotten = feed.Copy{}, true
	d := &Desk{Editions: []*Edition{{Name: "e", Stories: OneStory, Prefer: []string{"pier"}, Quorum: 2}}}
	out := d.Gather(feed.Gathering{Edition: "e", Story: feed.Story{Story: 7}, Members: []feed.Member{gone, there}, Now: at.Add(time.Hour), Backfill: true})
	if len(out.Listings) != 1 || out.Listings[0].Entry != 2 || out.Listings[0].Listed.IsZero() {
		t.Errorf("got %+v", out.Listings)
	}
}

// A key that a listing has whose entry is of another language now isn't given
// to a second one.
func TestAListingKeepsItsKeyWhenItsEntryHasAnotherLanguage(t *testing.T) {
	at := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	translated, other := member(1, "pier", at), member(2, "quay", at)
	other.Record.Copy.Language = ""
	d := &Desk{Editions: []*Edition{{Name: "e", Stories: OnePerLanguage, Quorum: 1}}}
	out := d.Gather(feed.Gathering{
		Edition: "e", Story: feed.Story{Story: 7}, Members: []feed.Member{translated, other}, Now: at.Add(time.Hour),
		Listed: map[string]feed.Listing{"s7/": {Edition: "e", Key: "s7/", Story: 7, Entry: 1, ID: "urn:pier", Listed: at, Published: at, Updated: at}},
	})
	found := map[string]string{}
	for _, l := range out.Listings {
		found[l.Key] = l.ID
	}
	if len(out.Listings) != 2 || found["s7/"] != "urn:pier" || found["e2"] != "urn:quay" {
		t.Errorf("got %+v", out.Listings)
	}
}
