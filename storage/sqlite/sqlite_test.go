package sqlite

import (
	"context"
	"path/filepath"
	"testing"

	"copydesk/storage/storagetest"
)

func open(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(context.Background(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return s
}

func TestKeepsWhatEveryStorePromises(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) storagetest.Store {
		return open(t, filepath.Join(t.TempDir(), "desk.db"))
	})
}
