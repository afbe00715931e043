package config

import (
	"context"
	"crypto/sha256"
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
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watching %s: %w", file, err)
	}
	defer watcher.Close()
	if err := watcher.Add(filepath.Dir(file)); err != nil {
		return fmt.Errorf("watching %s: %w", file, err)
	}
	last := digestOf(file)
	quiet := time.NewTimer(0)
	quiet.Stop()
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case _, open := <-watcher.Events:
			if !open {
				return fmt.Errorf("watching %s ended", file)
			}
			quiet.Reset(settle)
		case err, open := <-watcher.Errors:
			if open && err != nil {
				return fmt.Errorf("watching %s: %w", file, err)
			}
		case <-quiet.C:
			if now := digestOf(file); now != last && now != ([32]byte{}) {
				last = now
				changed()
			}
		}
	}
}

// digestOf digests a file's content; zero when it can't be read.
func digestOf(file string) [32]byte {
	data, err := os.ReadFile(file)
	if err != nil {
		return [32]byte{}
	}
	return sha256.Sum256(data)
}
