package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"copydesk/storage"
)

// disk mounts a disk of its own, of so many bytes ("3m").
func disk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("a disk can't be made here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill writes a file until a disk is full, but for so many bytes.
func fill(t *testing.T, file string, left int64) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	size := int64(0)
	for part := 64 << 10; part > 0; part /= 2 {
		for {
			n, err := f.Write(make([]byte, part))
			size += int64(n)
			if err != nil {
				break
			}
		}
	}
	if err := f.Truncate(max(0, size-left)); err != nil {
		t.Fatal(err)
	}
}

// A disk that is full in the middle of a transaction, while the journal can't
// be shortened, while it is written back, and when the program ends: what was
// recorded stays, nothing is half there, and work goes on when there is space.
func TestADiskThatIsFullAtAnyMoment(t *testing.T) {
	ctx := context.Background()
	for _, left := range []int64{0, 4 << 10, 16 << 10, 64 << 10, 200 << 10} {
		dir := disk(t, "4m")
		path, ballast := filepath.Join(dir, "desk.db"), filepath.Join(dir, "ballast")
		s, err := Open(ctx, path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		recorded := 0
		more := func() error {
			err := s.Apply(ctx, victimBatch(recorded))
			if err == nil {
				recorded++
			}
			return err
		}
		for range 3 {
			if err := more(); err != nil {
				t.Fatal(err)
			}
		}
		// Who reads keeps the journal from being written back.
		reader, err := s.readers.db.Conn(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, statement := range []string{"BEGIN", "SELECT count(*) FROM entries"} {
			if _, err := reader.ExecContext(ctx, statement); err != nil {
				t.Fatal(err)
			}
		}
		fill(t, ballast, left)
		for range 100 {
			if err = more(); err != nil {
				break
			}
		}
		says(t, err, storage.ErrFull, "free some space")
		if _, err := reader.ExecContext(ctx, "COMMIT"); err != nil {
			t.Fatal(err)
		}
		reader.Close()
		says(t, more(), storage.ErrFull)
		if _, err := s.writer.conn.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil { // may, on a full disk
			says(t, fault(path, "", err), storage.ErrFull)
		}
		if n, _, err := s.Next(ctx); err != nil || int(n) != recorded*perBatch+1 {
			t.Errorf("with %d bytes left: next entry is %d after %d batches, %v", left, n, recorded, err)
		}
		if err := s.Close(); err != nil { // its journal may have to stay
			says(t, err, storage.ErrFull)
		}
		// Opened anew while it is full still: it works, or says why it can't.
		if s, err = Open(ctx, path, Options{}); err != nil {
			says(t, err, storage.ErrFull)
		} else if err := s.Close(); err != nil {
			says(t, err, storage.ErrFull)
		}
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		if s, err = Open(ctx, path, Options{}); err != nil {
			t.Fatalf("with %d bytes left: %v", left, err)
		}
		if wholeIn(ctx, t, s) != recorded-1 {
			t.Errorf("with %d bytes left: other than %d batches are there", left, recorded)
		}
		if err := errors.Join(more(), s.Check(ctx), s.Close()); err != nil {
			t.Errorf("with %d bytes left: %v", left, err)
		}
	}
}

// A disk that can only be read is said when it is opened for writing; what is
// on it can be read.
func TestADiskThatCanOnlyBeRead(t *testing.T) {
	ctx := context.Background()
	dir := disk(t, "8m")
	path := filepath.Join(dir, "desk.db")
	s, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Apply(ctx, victimBatch(0)), s.Close()); err != nil {
		t.Fatal(err)
	}
	remount := func(flags uintptr) {
		t.Helper()
		if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|flags, ""); err != nil {
			t.Fatal(err)
		}
	}
	remount(syscall.MS_RDONLY)
	says(t, refused(t, path, Options{}), storage.ErrReadOnly, "writable")
	says(t, refused(t, filepath.Join(dir, "other.db"), Options{}), storage.ErrReadOnly, "writable")
	if s, err = Open(ctx, path, Options{ReadOnly: true}); err != nil {
		t.Fatal(err)
	}
	wholeIn(ctx, t, s)
	says(t, s.SetMeta(ctx, "a", "b"), storage.ErrReadOnly)
	if err := s.Close(); err != nil {
		t.Error(err)
	}

	// Left by a process that was killed: its journal can't be read here.
	remount(0)
	if s, err = Open(ctx, path, Options{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(ctx, victimBatch(1)); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(dir, "left.db")
	for _, end := range []string{"", "-wal"} {
		if err := os.WriteFile(left+end, []byte(contentOf(t, path+end)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	remount(syscall.MS_RDONLY)
	says(t, refused(t, left, Options{}), storage.ErrReadOnly, "writable")
	says(t, refused(t, left, Options{ReadOnly: true}), storage.ErrReadOnly, "writable")
	remount(0)
	if s, err = Open(ctx, left, Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if n := wholeIn(ctx, t, s); n != 1 {
		t.Errorf("batch %d is the last", n)
	}
}
