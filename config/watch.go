package config

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long a file must be left alone before it is read: editors
// write in several steps.
const settle = 200 * time.Millisecond

// Watch calls changed whenever the file's content is another than before,
// until the context ends. It watches the folder, so that a file that is
// replaced, as editors and mounted configurations do, is noticed too.
func Watch(ctx context.Context, file string, changed func()) error {
	w, err := watch(file)
	if err != nil {
		return err
	}
	defer w.folder.Close()
	return w.run(ctx, settle, changed)
}

// watched is a file that is looked after, and what was last seen of it.
type watched struct {
	file   string
	folder *fsnotify.Watcher
	last   [sha256.Size]byte
}

func watch(file string) (*watched, error) {
	folder, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watching %s: %w", file, err)
	}
	if err := folder.Add(filepath.Dir(file)); err != nil {
		return nil, errors.Join(fmt.Errorf("watching %s: %w", file, err), folder.Close())
	}
	return &watched{file, folder, digestOf(file)}, nil
}

func (w *watched) run(ctx context.Context, settle time.Duration, changed func()) error {
	quiet := time.NewTimer(settle)
	quiet.Stop()
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case _, open := <-w.folder.Events:
			if !open {
				return fmt.Errorf("watching %s ended", w.file)
			}
			quiet.Reset(settle)
		case err, open := <-w.folder.Errors:
			switch {
			case !open:
				return fmt.Errorf("watching %s ended", w.file)
			case errors.Is(err, fsnotify.ErrEventOverflow): // something changed
				quiet.Reset(settle)
			case err != nil:
				return fmt.Errorf("watching %s: %w", w.file, err)
			}
		case <-quiet.C:
			if now := digestOf(w.file); now != w.last && now != ([sha256.Size]byte{}) {
				w.last = now
				changed()
			}
		}
	}
}

// digestOf digests a file's content; zero when it can't be read.
func digestOf(file string) [sha256.Size]byte {
	data, err := os.ReadFile(file)
	if err != nil {
		return [sha256.Size]byte{}
	}
	return sha256.Sum256(data)
}
