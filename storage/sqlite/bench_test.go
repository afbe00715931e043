//go:build unix

package sqlite

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"copydesk/feed"
	"copydesk/storage/storagetest"
)

// cpu is the time that this process has computed so far.
func cpu() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// prose is some 4 KB of text that compresses about as articles do.
func prose(r *rand.Rand) string {
	const letters = "etaoinshrdlucmfwypvbgkqjxz"
	vocabulary := make([]string, 600)
	for i := range vocabulary {
		var b strings.Builder
		for range 2 + r.Intn(8) {
			b.WriteByte(letters[min(r.Intn(26), r.Intn(26))])
		}
		vocabulary[i] = b.String()
	}
	var b strings.Builder
	for b.Len() < 4000 {
		b.WriteString("<p>")
		for range 40 {
			b.WriteString(vocabulary[r.Intn(600)])
			b.WriteByte(' ')
		}
		b.WriteString(`</p><img src="https://wire.example/images/`)
		fmt.Fprintf(&b, `%x.jpg" alt="">`, r.Int63())
	}
	return b.String()
}

// batches are polls of different sources with 30 entries of some 5 KB each,
// five marks an entry, two decisions, and every third listed.
func batches(n int) []feed.Batch {
	r := rand.New(rand.NewSource(1))
	texts := make([]string, 500)
	for i := range texts {
		texts[i] = prose(r)
	}
	entry := int64(0)
	out := make([]feed.Batch, n)
	for i := range out {
		numbers := make([]int64, 30)
		for j := range numbers {
			entry++
			numbers[j] = entry
		}
		b := storagetest.Batch(fmt.Sprintf("source-%d", i), 0, numbers...)
		for j := range b.New {
			record := &b.New[j]
			text := texts[r.Intn(len(texts))]
			record.Received.Content.Value, record.Copy.HTML = text, strings.ReplaceAll(text, `alt=""`, `alt="" loading="lazy"`)
			record.Signature = []byte(text[:200])
			for k := range 4 {
				b.Marks = append(b.Marks, feed.Marked{Mark: storagetest.MarkOf(fmt.Sprint(record.Entry, k)), Entry: record.Entry})
			}
			b.Verdicts = append(b.Verdicts, storagetest.Decision(record.Entry, "news", feed.Kept, 0), storagetest.Decision(record.Entry, "all", feed.Dropped, 0))
			if j%3 == 0 {
				b.Listings = append(b.Listings, storagetest.Listing("news", record.Entry, 0))
			}
		}
		out[i] = b
	}
	return out
}

// A cold poll of 1,000 sources: each batch has 30 entries.
func BenchmarkApply(b *testing.B) {
	all := batches(1000)
	for b.Loop() {
		s := open(b, filepath.Join(b.TempDir(), "desk.db"))
		started := cpu()
		for i := range all {
			if err := s.Apply(context.Background(), all[i]); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64((cpu()-started).Microseconds())/30000, "cpu-µs/entry")
		if info, err := os.Stat(s.path); err == nil {
			b.ReportMetric(float64(info.Size())/30000, "bytes/entry")
		}
	}
}

func filled(b *testing.B, sources int) (*Store, []feed.Batch) {
	s := open(b, filepath.Join(b.TempDir(), "desk.db"))
	all := batches(sources)
	for i := range all {
		if err := s.Apply(context.Background(), all[i]); err != nil {
			b.Fatal(err)
		}
	}
	return s, all
}

// The marks of a document of 30 entries.
func BenchmarkKnown(b *testing.B) {
	s, all := filled(b, 100)
	marks := make([]feed.Mark, 0, 150)
	for _, m := range all[7].Marks {
		marks = append(marks, m.Mark)
	}
	for b.Loop() {
		known, err := s.Known(context.Background(), "source-7", marks)
		if err != nil || len(known) != 150 {
			b.Fatal(len(known), err)
		}
	}
}

// An edition of 50 entries.
func BenchmarkPublished(b *testing.B) {
	s, _ := filled(b, 100)
	for b.Loop() {
		published, err := s.Published(context.Background(), "news", 0, 50)
		if err != nil || len(published) != 50 {
			b.Fatal(len(published), err)
		}
	}
}

// A poll that changed nothing but the schedule.
func BenchmarkSetState(b *testing.B) {
	s, all := filled(b, 100)
	for b.Loop() {
		if err := s.SetState(context.Background(), all[7].State); err != nil {
			b.Fatal(err)
		}
	}
}
