package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"copydesk/feed/fetch"
	"copydesk/feed/fetch/fetchtest"
)

// wire serves documents of so many entries, numbered from one on.
func wire(t *testing.T, entries *atomic.Int64) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Wire</title><link>https://wire.example/</link><description>d</description>`)
		for n := range int(entries.Load()) {
			// Words that don't compress well.
			fmt.Fprintf(w, `<item><guid>urn:wire:%s:%d</guid><title>%s</title><link>https://wire.example%s/%d</link><description>%s</description></item>`,
				r.URL.Path[1:], n, report(n, 0, 8), r.URL.Path, n, report(n, 0, 3000))
		}
		fmt.Fprint(w, `</channel></rss>`)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// A disk that is full costs nothing but time: what arrived is recorded once
// there is space again, without a restart and without asking upstream again.
func TestAFullDiskCostsOnlyTime(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("a small disk can't be made here: %v", err)
	}
	defer func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	}()
	var entries atomic.Int64
	entries.Store(3)
	address := wire(t, &entries)
	text := "polling: {allow_private: true, requests_per_minute: 10000, every: 10s}\nsources:\n"
	for _, name := range []string{"a", "b"} {
		text += fmt.Sprintf("  - {name: %s, url: \"%s/%s\"}\n", name, address, name)
	}
	text += "editions: [{name: all, stories: all, limit: 1000}]\n"
	d := deskAt(t, dir, text, time.Now)
	ballast := filepath.Join(dir, "ballast")
	if err := fill100(ballast); err != nil {
		t.Fatal(err)
	}
	results, err := d.poller.Once(t.Context(), d.config.Sources, func() {})
	failed := err != nil
	for _, r := range results {
		failed = failed || r.Err != nil && strings.Contains(r.Error, "disk full")
	}
	if !failed {
		t.Fatalf("the disk wasn't full: %+v", results)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if _, err := d.poller.Once(t.Context(), d.config.Sources, func() {}); err != nil {
		t.Fatal(err)
	}
	published, err := d.store.Published(t.Context(), "all", 0, 1000)
	if err != nil || len(published) != 6 {
		t.Errorf("%d published, %v", len(published), err)
	}
	if err := d.store.Check(t.Context()); err != nil {
		t.Error(err)
	}

	if err := d.close(); err != nil {
		t.Error(err)
	}
}

// The same while the program polls on and on: upstreams aren't asked again for
// what couldn't be written down, and readers get it when there is space.
func TestAFullDiskWhilePollingCostsOnlyTime(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=6m"); err != nil {
		t.Skipf("a small disk can't be made here: %v", err)
	}
	defer func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	}()
	synctest.Test(t, func(t *testing.T) {
		up := fetchtest.NewPiped(t)
		var entries atomic.Int64
		entries.Store(2)
		text := "polling: {every: 30m}\nsources:\n"
		for _, name := range []string{"a", "b", "c"} {
			up.Serve(name+".example/feed", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				fmt.Fprintf(w, `<rss version="2.0"><channel><title>%s</title><link>https://%[1]s.example/</link><description>d</description>`, name)
				for n := range int(entries.Load()) {
					fmt.Fprintf(w, `<item><guid>urn:%s:%d</guid><title>%s</title><description>%s</description></item>`, name, n, report(n, int(name[0]), 8), report(n, int(name[0]), 1000))
				}
				fmt.Fprint(w, `</channel></rss>`)
			}))
			text += fmt.Sprintf("  - {name: %s, url: \"http://%[1]s.example/feed\"}\n", name)
		}
		d := deskAt(t, dir, text+"editions: [{name: all, stories: all, limit: 1000}]\n", time.Now)
		client := fetch.New(fetch.Options{Polling: d.config.Polling, Dial: up.Dial})
		d.poller.Fetcher = client
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- d.poller.Run(ctx) }()
		after := func(wait time.Duration) (published int) {
			t.Helper()
			time.Sleep(wait)
			synctest.Wait()
			all, err := d.store.Published(context.Background(), "all", 0, 1000)
			if err != nil {
				t.Fatal(err)
			}
			return len(all)
		}
		if n := after(time.Minute); n != 6 {
			t.Errorf("%d published", n)
		}
		ballast := filepath.Join(dir, "ballast")
		if err := fill100(ballast); err != nil {
			t.Fatal(err)
		}
		entries.Store(30)
		full := after(2 * time.Hour)
		asked := len(up.Requests("/feed"))
		if n := after(6 * time.Hour); n != full || n == 90 {
			t.Errorf("%d, then %d published on a full disk", full, n)
		}
		if n := len(up.Requests("/feed")) - asked; n > 12 {
			t.Errorf("upstreams were asked %d times for what couldn't be written down", n)
		}
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		if n := after(5 * time.Minute); n != 90 {
			t.Errorf("%d published when there was space", n)
		}
		stop()
		if err := errors.Join(<-done, d.store.Check(context.Background()), d.close()); err != nil {
			t.Error(err)
		}
		client.Close()
	})
}

// fill100 fills a disk to the last byte.
func fill100(file string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	for size := 64 << 10; size > 0; size /= 2 {
		for {
			if _, err := f.Write(make([]byte, size)); err != nil {
				break
			}
		}
	}
	return nil
}

// What can't be written to is said in one line, with what to do about it, and
// nothing is asked of any upstream.
func TestAStoreThatCannotBeWrittenIsSaid(t *testing.T) {
	var entries atomic.Int64
	entries.Store(1)
	dir := t.TempDir()
	text := fmt.Sprintf("polling: {allow_private: true}\nsources: [{name: a, url: \"%s/a\"}]\neditions: [{name: all}]\n", wire(t, &entries))
	if err := os.WriteFile(filepath.Join(dir, "copydesk.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	says := func(what string, run func() error) {
		t.Helper()
		if err := run(); err == nil || !strings.Contains(err.Error(), what) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%v; want %q", err, what)
		}
	}
	d := deskAt(t, dir, text, time.Now)
	if _, err := d.poller.Once(t.Context(), d.config.Sources, func() {}); err != nil {
		t.Fatal(err)
	}
	again := func() error {
		_, err := openDesk(t.Context(), d.config, &World{Stdout: io.Discard, Stderr: io.Discard, Now: time.Now}, quiet())
		return err
	}
	says("in use by another process", again)
	if err := d.close(); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() != 0 { // root may write everything
		if err := os.Chmod(filepath.Join(dir, "copydesk.db"), 0o400); err != nil {
			t.Fatal(err)
		}
		says("read-only", again)
	}
}
