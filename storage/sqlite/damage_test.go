package sqlite

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"copydesk/storage"
)

// Whichever pages are damaged, it is said by who opens it or by Check, never
// with a panic, and nothing is written over it by who was refused.
func TestDamageOfPagesIsFound(t *testing.T) {
	ctx := context.Background()
	sound := []byte(contentOf(t, made(t)))
	const page = 4096
	for _, damage := range []struct {
		name string
		do   func(page []byte)
	}{
		{"overwritten", func(p []byte) {
			for i := range p {
				p[i] = 0xa5
			}
		}},
		{"emptied", func(p []byte) { clear(p) }},
		{"shifted", func(p []byte) { copy(p[7:], p) }},
	} {
		t.Run(damage.name, func(t *testing.T) {
			found := 0
			for at := page; at < len(sound)-page; at += 5 * page {
				harmed := slices.Clone(sound)
				damage.do(harmed[at : at+page])
				if string(harmed) == string(sound) {
					continue
				}
				path := filepath.Join(t.TempDir(), "desk.db")
				if err := os.WriteFile(path, harmed, 0o600); err != nil {
					t.Fatal(err)
				}
				s, err := Open(ctx, path, Options{})
				if err == nil {
					err = s.Check(ctx)
					s.Close()
				} else if contentOf(t, path) != string(harmed) {
					t.Errorf("page %d: it was refused, and changed", at/page)
				}
				if err != nil {
					found++
					says(t, err, storage.ErrCorrupt, path, "copydesk db backup")
				} else {
					t.Errorf("page %d: nothing is found", at/page)
				}
			}
			if found < 20 {
				t.Errorf("only %d pages", found)
			}
		})
	}
}

// An index that doesn't say what its table does would let known entries pass
// for new ones. Check finds it, and says what to do.
func TestCheckFindsAnIndexThatIsWrong(t *testing.T) {
	ctx := context.Background()
	for index, statement := range map[string]string{
		"entries_first_seen": `UPDATE sqlite_schema SET sql = replace(sql, '(first_seen)', '(story)') WHERE name = 'entries_first_seen'`,
		"listings_newest":    `UPDATE sqlite_schema SET sql = replace(sql, 'listed DESC', 'listed') WHERE name = 'listings_newest'`,
	} {
		path := made(t)
		alter(t, path, `PRAGMA writable_schema = ON; `+statement)
		s, err := Open(ctx, path, Options{})
		if err == nil {
			err = s.Check(ctx)
			s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), index) {
			t.Errorf("%s: %v", index, err)
			continue
		}
		says(t, err, storage.ErrCorrupt, "copydesk db backup")
	}
}

// A lock outlives nobody: what a killed process left written in it, or anybody
// else, keeps no one out.
func TestALockThatWasLeftKeepsNobodyOut(t *testing.T) {
	path := made(t)
	for _, left := range []string{`{"pid":1,"command":"copydesk serve","since":"2026-03-01T09:00:00Z"}`, "", "\x00\xff not JSON", strings.Repeat("x", 1<<16)} {
		if err := os.WriteFile(path+".lock", []byte(left), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(context.Background(), path, Options{})
		if err != nil {
			t.Fatalf("%.20q: %v", left, err)
		}
		says(t, refused(t, path, Options{}), storage.ErrLocked, filepath.Base(os.Args[0]))
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}

	// In earnest.
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimEnv+"="+path+"2")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil { // it writes
		t.Fatal(err)
	}
	says(t, refused(t, path+"2", Options{}), storage.ErrLocked, filepath.Base(os.Args[0]))
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	var killed *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &killed) {
		t.Errorf("%v", err)
	}
	open(t, path+"2")
}
