package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/feed/poll"
)

// Whatever a configuration becomes, and upstream meanwhile: an edition that
// applies it to all lists what backtest says, no id ever moves or stands
// twice, and decisions say what readers have.
func TestAChangedConfigurationHoldsForAll(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	u, dir := newBulletin(t), t.TempDir()
	pick := func(all ...string) string { return all[random.IntN(len(all))] }
	words := []string{"crane", "swan", "mill", "ferry", "bridge", "tulip"}
	names := []string{"pier", "quay", "mole"}
	lines := map[string][]string{}
	start := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	first := map[string]feed.Listing{} // by edition and id
	for step := range 60 {
		now := start.Add(time.Duration(step+1) * time.Hour)
		if step%2 == 0 { // news, told by some
			event := fmt.Sprintf("The %s of %s %d is moved by %d people", pick(words...), placeName(step), step, 17*step+3)
			for _, source := range names {
				if random.IntN(2) == 0 {
					lines[source] = append(lines[source], fmt.Sprintf("%d|%s|%s|%s, said the council of %s on Monday after a vote of %d to %d that took all night.",
						step, event, start.Add(time.Duration(step)*time.Hour).Format(time.RFC3339), event, placeName(step), 40+step, 7+step))
				}
			}
		}
		if all := lines["pier"]; step%5 == 3 && len(all) > 0 { // an edit
			at := random.IntN(len(all))
			all[at] = strings.Replace(all[at], pick(words...), pick(words...), 1)
		}
		for _, source := range names {
			u.set(source, strings.Join(lines[source], "\n"))
		}
		text := "polling: {allow_private: true, requests_per_minute: 100000}\n" +
			fmt.Sprintf("topics: {some: {any: [%s, %s, %s]}}\nsources:\n", pick(words...), pick(words...), pick(words...))
		for _, source := range names {
			text += fmt.Sprintf("  - {name: %s, url: \"%s/%s\"}\n", source, u.URL, source)
		}
		text += fmt.Sprintf("editions:\n  - {name: back, apply: all, stories: %s, quorum: %s, hold: %s, prefer: %s, sources: %s, topics: %s, rules: [{drop: {title: [%s]}}]}\n",
			pick("one", "all", "one-per-language"), pick("1", "1", "2"), pick("0s", "0s", "150m"), pick("[]", "[quay]"), pick("[pier, quay]", "[pier, quay, mole]"), pick("[]", "[some]"), pick(words...))
		text += fmt.Sprintf("  - {name: of-back, apply: all, sources: [\"edition:back\"], rules: [{drop: {title: [%s]}}]}\n", pick(words...))
		text += fmt.Sprintf("  - {name: fixed, stories: %s, quorum: %s, prefer: %s, rules: [{drop: {title: [%s]}}]}\n", pick("one", "all"), pick("1", "2"), pick("[]", "[mole]"), pick(words...))
		text += fmt.Sprintf("  - {name: recent, apply: 9h, stories: %s, quorum: %s, prefer: %s, rules: [{drop: {title: [%s]}}]}\n",
			pick("one", "all", "one-per-language"), pick("1", "2"), pick("[]", "[mole]"), pick(words...))
		text += "  - {name: of-fixed, apply: all, sources: [\"edition:fixed\"], stories: " + pick("one", "all") + "}\n"
		d := deskAt(t, dir, text, func() time.Time { return now })
		agrees(t, d, now, step, first, true)
		if _, err := d.poller.Once(t.Context(), d.config.Sources, func() {}); err != nil {
			t.Fatal(err)
		}
		agrees(t, d, now, step, first, false)
		if err := d.close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(first) < 20 {
		t.Errorf("only %d listings", len(first))
	}
}

// agrees checks a desk; applied says that nothing came since a configuration
// was put in force.
func agrees(t *testing.T, d *desk, now time.Time, step int, first map[string]feed.Listing, applied bool) {
	t.Helper()
	if applied {
		outcomes, err := backtest(t.Context(), d.store, d.config.Desk, time.Time{}, now)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range outcomes {
			if strings.HasSuffix(o.Edition, "back") && len(o.Gains)+len(o.Losses) > 0 {
				t.Errorf("step %d: %s would gain %+v and lose %+v still", step, o.Edition, o.Gains, o.Losses)
			}
		}
	}
	if err := d.store.Check(t.Context()); err != nil {
		t.Errorf("step %d: %v", step, err)
	}
	for _, e := range d.config.Desk.Editions {
		published, err := d.store.Published(t.Context(), e.Name, 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		have := map[int64]bool{}
		for _, p := range published {
			l := p.Listing
			if have[l.Entry] {
				t.Errorf("step %d: %s lists entry %d twice", step, e.Name, l.Entry)
			}
			have[l.Entry] = true
			was, known := first[e.Name+" "+l.ID]
			if known && (!was.Listed.Equal(l.Listed) || !was.Published.Equal(l.Published)) {
				t.Errorf("step %d: %s moved %s from %s to %s", step, e.Name, l.ID, was.Listed, l.Listed)
			}
			if !known {
				first[e.Name+" "+l.ID] = l
			}
		}
		judged, err := d.store.DecisionsOf(t.Context(), e.Name, "", 1000, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, j := range judged {
			if (j.Decision.Verdict == feed.Kept) != have[j.Decision.Entry] {
				t.Errorf("step %d: %s says of entry %d: %s (%s), and lists it: %v", step, e.Name, j.Decision.Entry, j.Decision.Verdict, j.Decision.Reason, have[j.Decision.Entry])
			}
		}
	}
}

// placeName is a place, by a number.
func placeName(i int) string {
	return []string{"Arbor", "Belmont", "Castle Rock", "Dunmore", "Eastport"}[i%5] + strings.Repeat("ham", i/5)
}

// failing is a store that breaks off.
type failing struct {
	poll.Store
	left int // batches that it takes still
}

func (f *failing) Apply(ctx context.Context, b feed.Batch) error {
	if f.left--; f.left < 0 {
		return errors.New("broken off")
	}
	return f.Store.Apply(ctx, b)
}

// A program that is broken off while it applies a configuration goes on with
// it at the next start, whatever that says by then.
func TestAChangedConfigurationThatWasBrokenOffIsAppliedInTheEnd(t *testing.T) {
	const entries = 1300
	u, dir := newBulletin(t), t.TempDir()
	var lines strings.Builder
	for n := range entries {
		at := time.Date(2026, 3, 1, 8, 0, n, 0, time.UTC).Format(time.RFC3339)
		fmt.Fprintf(&lines, "%d|%s %d|%s|%s\n", n, report(n, 0, 6), n, at, report(n, 0, 30))
	}
	u.set("pier", lines.String())
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	text := "polling: {allow_private: true}\nsources: [{name: pier, url: \"" + u.URL + "/pier\"}]\neditions: [{name: e, apply: all, limit: 5000, stories: all, rules: [{drop: {title: [%s]}}]}]\n"
	d := deskAt(t, dir, fmt.Sprintf(text, "nothing of this"), func() time.Time { return now })
	if _, err := d.poller.Once(t.Context(), d.config.Sources, func() {}); err != nil {
		t.Fatal(err)
	}
	listed := func() []feed.Listing {
		published, err := d.store.Published(t.Context(), "e", 0, 2*entries)
		if err != nil {
			t.Fatal(err)
		}
		var all []feed.Listing
		for _, p := range published {
			all = append(all, p.Listing)
		}
		return all
	}
	before := listed()
	apply := func(rule string, batches int) error {
		t.Helper()
		c, err := config.Parse(filepath.Join(dir, "copydesk.yaml"), fmt.Appendf(nil, text, rule), func(string) (string, bool) { return "", false })
		if err != nil {
			t.Fatal(err)
		}
		if err := d.use(t.Context(), c, &World{Stdout: io.Discard, Stderr: io.Discard, Now: d.poller.Now}); err != nil {
			t.Fatal(err)
		}
		d.poller.Store = &failing{d.store, batches}
		return d.apply(t.Context(), now)
	}
	if err := apply("/./", 1); err == nil {
		t.Error("it wasn't broken off")
	}
	if n := len(listed()); n == 0 || n >= len(before) {
		t.Errorf("%d of %d are listed", n, len(before))
	}
	if err := apply("/./", 100); err != nil || len(listed()) != 0 {
		t.Errorf("%d are listed still: %v", len(listed()), err)
	}
	if err := apply("nothing of this", 1); err == nil {
		t.Error("it wasn't broken off")
	}
	if err := apply("nothing of that", 100); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(before, listed()); diff != "" {
		t.Errorf("what returned: -before +now\n%s", diff)
	}
	if err := errors.Join(d.store.Check(t.Context()), d.close()); err != nil {
		t.Error(err)
	}
}
