package config

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestAChangedFileIsToldOnce changes the file in all the ways in which editors
// and mounted configurations do. What leaves its content as it was is told by
// nobody: had it been, the next step would find one call too many.
func TestAChangedFileIsToldOnce(t *testing.T) {
	write := func(file, text string) func() error {
		return func() error { return os.WriteFile(file, []byte(text), 0o600) }
	}
	dir := t.TempDir()
	file, other := filepath.Join(dir, "copydesk.yaml"), filepath.Join(dir, "new")
	if err := write(file, "one")(); err != nil {
		t.Fatal(err)
	}
	w, err := watch(file)
	if err != nil {
		t.Fatal(err)
	}
	calls := make(chan string, 100)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- w.run(ctx, time.Millisecond, func() {
			data, err := os.ReadFile(file)
			calls <- string(data) + errorText(err)
		})
	}()
	for _, step := range []struct {
		does string
		do   []func() error
		want string
	}{
		{"written in place", []func() error{write(file, "two")}, "two"},
		{"written with the same, then another", []func() error{write(file, "two"), write(file, "three")}, "three"},
		{"replaced", []func() error{write(other, "four"), func() error { return os.Rename(other, file) }}, "four"},
		{"another file changed, then this", []func() error{write(other, "x"), write(file, "five")}, "five"},
		{"taken away and put back", []func() error{func() error { return os.Remove(file) }, write(file, "six")}, "six"},
		{"turned into a link", []func() error{write(other, "seven"), func() error { return os.Remove(file) }, func() error { return os.Symlink(other, file) }}, "seven"},
	} {
		for _, do := range step.do {
			if err := do(); err != nil {
				t.Fatal(err)
			}
		}
		for got := ""; got != step.want; { // what is half written may be told too
			got = <-calls
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if len(calls) > 0 {
		t.Errorf("a change was told twice: %q", <-calls)
	}
	if err := w.folder.Close(); err != nil {
		t.Error(err)
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestAFolderThatIsNotThereCannotBeWatched(t *testing.T) {
	err := Watch(t.Context(), filepath.Join(t.TempDir(), "nowhere", "copydesk.yaml"), func() {})
	if !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
