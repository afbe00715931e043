package sqlite

import (
	"bufio"
	"context"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"copydesk/feed"
	"copydesk/storage/storagetest"
)

// victimEnv names the database that this test binary is to write to until it
// is killed, instead of testing.
const victimEnv = "COPYDESK_TEST_VICTIM"

func TestMain(m *testing.M) {
	if path := os.Getenv(victimEnv); path != "" {
		fmt.Fprintln(os.Stderr, victim(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// perBatch is how many entries, decisions and listings each batch has.
const perBatch = 40

// victim applies batches without end, and prints the number of each source's
// poll that was recorded.
func victim(path string) error {
	ctx := context.Background()
	s, err := Open(ctx, path, Options{})
	if err != nil {
		return err
	}
	first, _, err := s.Next(ctx)
	if err != nil {
		return err
	}
	for hours := int(first-1) / perBatch; ; hours++ {
		if err := s.Apply(ctx, victimBatch(hours)); err != nil {
			return err
		}
		fmt.Println(hours)
	}
}

func victimBatch(hours int) feed.Batch {
	entries := make([]int64, perBatch)
	for i := range entries {
		entries[i] = int64(hours*perBatch + i + 1)
	}
	b := storagetest.Batch("wire", hours, entries...)
	for _, n := range entries {
		b.Verdicts = append(b.Verdicts, storagetest.Decision(n, "news", feed.Kept, hours))
		b.Listings = append(b.Listings, storagetest.Listing("news", n, hours))
	}
	return b
}

// A process that is killed at any instant leaves each batch whole or not at
// all, and loses none that it was told was recorded.
func TestSurvivesBeingKilled(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "desk.db")
	random := rand.New(rand.NewSource(7))
	last := -1
	for range 6 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), victimEnv+"="+path)
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := random.Intn(20); n >= 0 && lines.Scan(); n-- {
			fmt.Sscan(lines.Text(), &last)
		}
		for range random.Intn(20_000) { // into the middle of the next
			runtime.Gosched()
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() {
			fmt.Sscan(lines.Text(), &last)
		}
		cmd.Wait() // says that it was killed
		last = max(last, wholeAfter(ctx, t, path, last))
	}
}

// wholeAfter opens what a killed process left, and answers which poll was the
// last that was recorded.
func wholeAfter(ctx context.Context, t *testing.T, path string, told int) int {
	t.Helper()
	s, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	polls := wholeIn(ctx, t, s)
	if polls < told {
		t.Fatalf("poll %d was lost: %d was the last", told, polls)
	}
	return polls
}

// wholeIn makes sure that a store has whole batches, and answers which was
// the last.
func wholeIn(ctx context.Context, t *testing.T, s *Store) int {
	t.Helper()
	if err := s.Check(ctx); err != nil {
		t.Fatal(err)
	}
	next, _, err := s.Next(ctx)
	if err != nil {
		t.Fatal(err)
	}
	polls := int(next-1) / perBatch
	counts, err := s.Counts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	states, err := s.States(ctx)
	if err != nil {
		t.Fatal(err)
	}
	want := int64(polls * perBatch)
	news := counts.Editions["news"]
	if counts.Entries != want || counts.Archived != want || counts.Stories != want || news.Listed != want || news.Verdicts[feed.Kept] != want {
		t.Fatalf("half a batch: %+v", counts)
	}
	if polls > 0 && states["wire"].Validators.ETag != storagetest.State("wire", polls-1).Validators.ETag {
		t.Fatalf("the state is of another poll: %+v", states["wire"])
	}
	return polls - 1
}
