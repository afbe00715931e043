package storagetest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
)

// Day is when the fixtures' first poll was.
var Day = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// At is so many hours after the first poll.
func At(hours int) time.Time { return Day.Add(time.Duration(hours) * time.Hour) }

// State is the state of a source that answered so many hours after the first poll.
func State(source string, hours int) feed.SourceState {
	return feed.SourceState{
		Name: source, URL: "https://" + source + ".example/feed",
		Validators: feed.Validators{URL: "https://" + source + ".example/feed", ETag: fmt.Sprintf("\"%d\"", hours), LastModified: "Sun, 01 Mar 2026 09:00:00 GMT"},
		Polled:     At(hours), Succeeded: At(hours), Due: At(hours + 1), Interval: time.Hour, Status: 200,
		Title: "The " + source, Home: "https://" + source + ".example/", Updated: At(hours), Languages: map[string]int{"en": hours + 1},
	}
}

// MarkOf is a mark made of some text.
func MarkOf(text string) feed.Mark {
	sum := sha256.Sum256([]byte(text))
	return feed.Mark(sum[:16])
}

// Entry is the record of entry number n of a source, alone in the story of
// the same number.
func Entry(source string, n int64, hours int) feed.Record {
	link := fmt.Sprintf("https://%s.example/article/%d", source, n)
	received := feed.Entry{
		ID: fmt.Sprintf("urn:%s:%d", source, n), Title: feed.Text{Value: fmt.Sprintf("Item %d & more", n)},
		Content:   feed.Text{HTML: true, Value: fmt.Sprintf("<p>What number %d of %s has to say, “as sent”.</p>", n, source)},
		Links:     []feed.Link{{Rel: "alternate", Href: link + "?utm_source=rss"}},
		Authors:   []feed.Person{{Name: "A. Writer"}},
		Published: At(hours).Add(-time.Hour).In(time.FixedZone("", 3600)),
		Base:      link,
	}
	return feed.Record{
		Entry: n, Source: source, PublicID: received.ID, FirstSeen: At(hours), LastListed: At(hours), Hash: received.Hash(), Story: n,
		Received: received,
		Copy: feed.Copy{
			Title: received.Title.Value, Link: link, HTML: received.Content.Value, Words: 9, Authors: received.Authors,
			Published: At(hours).Add(-time.Hour), Updated: At(hours).Add(-time.Hour), Language: "en", Confidence: 0.9,
			Topics:  []feed.TopicHit{{Topic: "numbers", Words: []feed.Hit{{Term: "number", Found: "What number has", Where: "text"}}}},
			Repairs: []feed.Repair{{Name: "tracking", Where: "link", Before: link + "?utm_source=rss", After: link}},
		},
		Signature: []byte{1, 2, byte(n)},
	}
}

// Batch is one poll of a source that brought these entries, each with its
// mark and its story.
func Batch(source string, hours int, entries ...int64) feed.Batch {
	b := feed.Batch{State: State(source, hours)}
	for _, n := range entries {
		r := Entry(source, n, hours)
		b.New = append(b.New, r)
		b.Marks = append(b.Marks, feed.Marked{Mark: MarkOf(r.Received.ID), Entry: n})
		b.Stories = append(b.Stories, feed.Story{
			Story: n, First: r.Copy.Published, Last: r.Copy.Published, Renditions: []feed.Rendition{{Entry: n}},
		})
	}
	return b
}

// Decision is a plain decision on an entry.
func Decision(entry int64, edition string, verdict feed.Verdict, hours int) feed.Decision {
	return feed.Decision{
		Entry: entry, Edition: edition, Verdict: verdict, Step: "rule", Rule: "rules[0]", Reason: "because of its title",
		Hits:   []feed.Hit{{Term: "item", Found: "Item", Where: "title"}},
		Steps:  []feed.Step{{Step: "language", Result: "passed"}, {Step: "rule", Result: string(verdict), Detail: "rules[0]"}},
		Config: "f1", At: At(hours),
	}
}

// Listing is how an edition lists an entry's story.
func Listing(edition string, entry int64, hours int) feed.Listing {
	return feed.Listing{
		Edition: edition, Key: fmt.Sprintf("s%d", entry), Story: entry, Entry: entry, ID: fmt.Sprintf("urn:listed:%d", entry),
		Listed: At(hours), Published: At(hours), Updated: At(hours),
	}
}

func apply(t *testing.T, s Store, batches ...feed.Batch) {
	t.Helper()
	for _, b := range batches {
		if err := s.Apply(context.Background(), b); err != nil {
			t.Fatal(err)
		}
	}
}

// get unwraps an answer that has to come.
func get[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func collect(t *testing.T, records iter.Seq2[feed.Record, error]) (all []feed.Record) {
	t.Helper()
	for r, err := range records {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
