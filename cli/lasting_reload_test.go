package cli

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/storage"
	"copydesk/web"
)

// The hub's subscribers are told of what a changed configuration published
// before there was a hub.
func TestTheHubIsToldWhatAChangedConfigurationPublished(t *testing.T) {
	u, dir := newBulletin(t), t.TempDir()
	u.set("pier", "1|Two cranes for the barge|"+monday+"|"+cranes+"\n")
	var told atomic.Int64
	callback := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { told.Add(1) }))
	defer callback.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + l.Addr().String() + "/"
	text := "server: {url: " + base + ", listen: " + l.Addr().String() + "}\npolling: {allow_private: true}\n" +
		"sources: [{name: pier, url: \"" + u.URL + "/pier\"}]\neditions: [{name: e, apply: all, rules: [{drop: {title: [%s]}}]}]\n"
	d := deskAt(t, dir, fmt.Sprintf(text, "cranes"), time.Now)
	if _, err := d.poller.Once(t.Context(), d.config.Sources, func() {}); err != nil {
		t.Fatal(err)
	}
	one := storage.Subscription{Topic: base + "feeds/e.atom", Callback: callback.URL, Expires: time.Now().Add(time.Hour)}
	if err := errors.Join(d.store.SetSubscription(t.Context(), one), d.close()); err != nil {
		t.Fatal(err)
	}

	d = deskAt(t, dir, fmt.Sprintf(text, "barges of another kind"), time.Now)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		done <- d.serve(ctx, nil, &World{Stdout: io.Discard, Stderr: io.Discard, Now: time.Now}, l, web.Options{})
	}()
	until(t, "the subscriber is told", func() bool { return told.Load() > 0 })
	stop()
	if err := errors.Join(<-done, d.close()); err != nil {
		t.Error(err)
	}
}

// A source that goes on under another name never loses what is known of it,
// also where the rest of what changed with it can't be recorded.
func TestARenamedSourceIsNotNewWhenTheRestFails(t *testing.T) {
	u, dir := newBulletin(t), t.TempDir()
	u.set("pier", "1|Two cranes for the barge|"+monday+"|"+cranes+"\n")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + l.Addr().String() + "/"
	text := "server: {listen: " + l.Addr().String() + "}\npolling: {allow_private: true}\n" +
		"sources: [{name: %s, url: \"" + u.URL + "/pier\"}]\neditions: [{name: e, stories: all%s]\n"
	d := deskAt(t, dir, fmt.Sprintf(text, "pier", "}"), time.Now)
	if _, err := d.poller.Once(t.Context(), d.config.Sources, func() {}); err != nil {
		t.Fatal(err)
	}
	if err := d.close(); err != nil {
		t.Fatal(err)
	}
	alter := func(statement string) {
		t.Helper()
		db, err := sql.Open("sqlite", filepath.Join(dir, "copydesk.db"))
		if err == nil {
			_, err = db.Exec(statement)
		}
		if err := errors.Join(err, db.Close()); err != nil {
			t.Fatal(err)
		}
	}
	alter(`CREATE TRIGGER fails BEFORE UPDATE OF config ON editions BEGIN SELECT RAISE(ABORT, 'no'); END`)

	file := filepath.Join(dir, "copydesk.yaml")
	d = deskAt(t, dir, fmt.Sprintf(text, "pier", "}"), time.Now)
	d.changed = make(chan struct{}, 1)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	w := &World{Stdout: io.Discard, Stderr: io.Discard, Now: time.Now, Env: func(string) (string, bool) { return "", false }}
	go func() { done <- d.serve(ctx, &globals{Config: file}, w, l, web.Options{}) }()
	until(t, "it serves", func() bool { return status(t, base+"feeds/e.atom") == http.StatusOK })
	renamed := fmt.Sprintf(text, "quay, was: pier", ", apply: all, rules: [{drop: {title: [unknown]}}]}, {name: other}")
	if err := os.WriteFile(file, []byte(renamed), 0o600); err != nil {
		t.Fatal(err)
	}
	d.changed <- struct{}{}
	until(t, "the changed configuration is in force", func() bool { return status(t, base+"feeds/other") != http.StatusNotFound })
	stop()
	if err := errors.Join(<-done, d.close()); err != nil {
		t.Error(err)
	}

	alter(`DROP TRIGGER fails`)
	d = deskAt(t, dir, renamed, time.Now)
	defer d.close()
	if _, err := d.poller.Once(t.Context(), d.config.Sources, func() {}); err != nil {
		t.Fatal(err)
	}
	for _, edition := range []string{"e", "other"} {
		if published, err := d.store.Published(t.Context(), edition, 0, 10); err != nil || len(published) != 1 {
			t.Errorf("%s: %+v, %v", edition, published, err)
		}
	}
	if states, err := d.store.States(t.Context()); err != nil || len(states) != 1 || states["quay"].Name != "quay" {
		t.Errorf("%+v, %v", states, err)
	}
}

// After an upgrade whose signatures of stories are others, what is archived
// is signed again: later renditions find their story.
func TestStoriesGoOnAfterAnUpgrade(t *testing.T) {
	u, dir := newBulletin(t), t.TempDir()
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	u.set("pier", "1|Two cranes for the barge|"+monday+"|"+cranes+"\n")
	edition := "  - {name: e}\n"
	once(t, u.pollWith(t, dir, now, edition, "pier", "quay")["e"], 1)

	c, err := config.Parse(filepath.Join(dir, "copydesk.yaml"), []byte("sources: [{name: pier, url: \"https://pier.example/\"}]\neditions: [{name: e}]\n"), func(string) (string, bool) { return "", false })
	if err != nil {
		t.Fatal(err)
	}
	store, err := open(t.Context(), c, &World{Now: func() time.Time { return now }}, quiet(), false)
	if err != nil {
		t.Fatal(err)
	}
	records, err := store.Records(t.Context(), []int64{1})
	if err != nil || len(records) != 1 || len(records[0].Signature) == 0 {
		t.Fatalf("%+v, %v", records, err)
	}
	records[0].Signature[0]++ // its version
	if err := errors.Join(store.Apply(t.Context(), feed.Batch{Changed: records}), store.Close()); err != nil {
		t.Fatal(err)
	}

	u.set("quay", "9|Barge: two cranes|"+monday+"|"+cranes+"\n")
	once(t, u.pollWith(t, dir, now.Add(time.Hour), edition, "pier", "quay")["e"], 1)
}
