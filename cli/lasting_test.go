package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// bulletin is an upstream whose documents can be changed: a line is an entry,
// "id|title|date|text".
type bulletin struct {
	*httptest.Server
	mu    sync.Mutex
	lines map[string]string
}

func newBulletin(t *testing.T) *bulletin {
	t.Helper()
	u := &bulletin{lines: map[string]string{}}
	u.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		u.mu.Lock()
		defer u.mu.Unlock()
		fmt.Fprintf(w, `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:%[1]s</id><title>%[1]s</title><updated>2026-03-02T08:00:00Z</updated>`, name)
		for line := range strings.Lines(u.lines[name]) {
			part := strings.SplitN(strings.TrimSpace(line), "|", 4)
			fmt.Fprintf(w, `<entry><id>https://%[1]s.example/%[2]s</id><title>%[3]s</title><link href="https://%[1]s.example/%[2]s"/><published>%[4]s</published><updated>%[4]s</updated><content>%[5]s</content></entry>`,
				name, part[0], part[1], part[2], part[3])
		}
		io.WriteString(w, `</feed>`)
	}))
	t.Cleanup(u.Close)
	return u
}

func (u *bulletin) set(name, lines string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.lines[name] = lines
}

// pollWith polls everything once with a configuration's editions, on the
// store in the folder, and answers what each edition lists, by id.
func (u *bulletin) pollWith(t *testing.T, dir string, now time.Time, editions string, names ...string) map[string]map[string]int {
	t.Helper()
	text := "polling: {allow_private: true, requests_per_minute: 100000}\nsources:\n"
	for _, name := range names {
		text += "  - {name: " + name + ", url: \"" + u.URL + "/" + name + "\"}\n"
	}
	ctx := context.Background()
	d := deskAt(t, dir, text+"editions:\n"+editions, func() time.Time { return now })
	defer d.close()
	results, err := d.poller.Once(ctx, d.config.Sources, func() {})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
	}
	found := map[string]map[string]int{}
	for _, e := range d.config.Desk.Editions {
		found[e.Name] = map[string]int{}
		published, err := d.store.Published(ctx, e.Name, 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range published {
			found[e.Name][p.Listing.ID]++
		}
	}
	return found
}

const (
	cranes = "Two cranes came for the barge of Port Barge on Monday, said the harbour office, and it took them seven hours and eleven men."
	kräne  = "Am Montag kamen zwei Kräne für den Lastkahn im Hafen, sagte das Hafenamt, und es dauerte sieben Stunden mit elf Männern."
	monday = "2026-03-02T08:00:00Z"
)

func once(t *testing.T, ids map[string]int, want int) {
	t.Helper()
	if len(ids) != want {
		t.Errorf("%d ids are listed, not %d: %v", len(ids), want, ids)
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%s is listed %d times", id, n)
		}
	}
}

func TestEntriesAppearOnceWhenAnEditionTakesStoriesOtherwise(t *testing.T) {
	modes := []string{"one", "one-per-language", "all"}
	for _, from := range modes {
		for _, to := range modes {
			for _, apply := range []string{"new", "all"} {
				t.Run(from+" to "+to+" "+apply, func(t *testing.T) {
					u, dir := newBulletin(t), t.TempDir()
					now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
					u.set("pier", "1|Two cranes for the barge|"+monday+"|"+cranes+"\n")
					edition := "  - {name: e, stories: %s, apply: %s}\n"
					once(t, u.pollWith(t, dir, now, fmt.Sprintf(edition, from, apply), "pier")["e"], 1)
					u.set("pier", "1|Two cranes for the barge, and a third|"+monday+"|"+cranes+" A third one came later.\n")
					once(t, u.pollWith(t, dir, now.Add(time.Hour), fmt.Sprintf(edition, to, apply), "pier")["e"], 1)
				})
			}
		}
	}
}

func TestEntriesAppearOnceWhenTheirLanguageChanges(t *testing.T) {
	u, dir := newBulletin(t), t.TempDir()
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	edition := "  - {name: e, stories: one-per-language}\n"
	u.set("pier", "1|42|"+monday+"|\n")
	once(t, u.pollWith(t, dir, now, edition, "pier")["e"], 1)
	u.set("pier", "1|Zwei Kräne für den Lastkahn|"+monday+"|"+kräne+"\n")
	once(t, u.pollWith(t, dir, now.Add(time.Hour), edition, "pier")["e"], 1)
}

func TestANewEditionDoesNotHurryWhatOthersHold(t *testing.T) {
	u, dir := newBulletin(t), t.TempDir()
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	u.set("pier", "1|Two cranes for the barge|"+monday+"|"+cranes+"\n")
	held := "  - {name: held, hold: 6h}\n"
	once(t, u.pollWith(t, dir, now, held, "pier")["held"], 0)
	found := u.pollWith(t, dir, now.Add(time.Hour), held+"  - {name: other}\n", "pier")
	once(t, found["held"], 0)
	once(t, found["other"], 1)
	once(t, u.pollWith(t, dir, now.Add(7*time.Hour), held, "pier")["held"], 1)
}

// What was seen while the clock was a year ahead isn't held for that year.
func TestNothingIsHeldForAClockThatWasAhead(t *testing.T) {
	u, dir := newBulletin(t), t.TempDir()
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	u.set("pier", "1|Two cranes for the barge|"+monday+"|"+cranes+"\n")
	editions := "  - {name: held, hold: 6h}\n  - {name: rest, except: [\"edition:held\"]}\n  - {name: wide, sources: [\"edition:held\"]}\n"
	ahead := u.pollWith(t, dir, now.AddDate(1, 0, 0), editions, "pier")
	once(t, ahead["held"], 0)
	once(t, ahead["rest"], 0)
	found := u.pollWith(t, dir, now, editions, "pier")
	once(t, found["held"], 1)
	once(t, found["rest"], 0)
	once(t, found["wide"], 1)
	found = u.pollWith(t, dir, now.Add(7*time.Hour), editions, "pier")
	once(t, found["held"], 1)
	once(t, found["rest"], 0)
}

func TestAgeIsThatWhenAnEntryWasFirstDecided(t *testing.T) {
	u, dir := newBulletin(t), t.TempDir()
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	edition := "  - {name: e, hold: 30d, rules: [{drop: {age: \"> 7d\"}}]}\n"
	u.set("pier", "1|Two cranes for the barge|"+monday+"|"+cranes+"\n")
	u.pollWith(t, dir, now, edition, "pier")
	u.set("pier", "1|Two cranes for the barge, and a third|"+monday+"|"+cranes+" A third one came later.\n")
	u.pollWith(t, dir, now.AddDate(0, 0, 10), edition, "pier")
	once(t, u.pollWith(t, dir, now.AddDate(0, 0, 31), edition, "pier")["e"], 1)
}

// What comes out of one edition late isn't taken for old because another one
// is new.
func TestANewEditionTouchesNoOther(t *testing.T) {
	u, dir := newBulletin(t), t.TempDir()
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	u.set("pier", "1|Two cranes for the barge|"+monday+"|"+cranes+"\n")
	once(t, u.pollWith(t, dir, now, "  - {name: e, quorum: 2}\n", "pier", "quay")["e"], 0)
	now = now.Add(time.Hour)
	editions := "  - {name: e, quorum: 1}\n  - {name: other}\n"
	once(t, u.pollWith(t, dir, now, editions, "pier", "quay")["e"], 1)
	d := deskAt(t, dir, "sources: [{name: pier, url: \"https://pier.example/\"}]\neditions: [{name: e}, {name: other}]\n", func() time.Time { return now })
	defer d.close()
	for edition, listed := range map[string]time.Time{"e": now, "other": now.Add(-3 * time.Hour)} {
		published, err := d.store.Published(t.Context(), edition, 0, 10)
		if err != nil || len(published) != 1 || !published[0].Listing.Listed.Equal(listed) {
			t.Errorf("%s lists %+v (%v), not one by %s", edition, published, err, listed)
		}
	}
}
