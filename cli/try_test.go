package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
	"copydesk/web"
)

// tryHouse is a library with an archive: titles of two sources, the first
// line the newest.
func tryHouse(t *testing.T, rules string, titles ...string) (*library, *desk) {
	t.Helper()
	mux := http.NewServeMux()
	for n, name := range []string{"wire", "paper"} {
		mux.HandleFunc("/"+name, func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `<rss version="2.0"><channel><title>%[1]s</title><link>https://%[1]s.example/</link><description>d</description>`, name)
			for i, title := range titles {
				if i%2 == n {
					fmt.Fprintf(w, `<item><guid>%[1]s-%[2]d</guid><title>%[3]s</title><link>https://%[1]s.example/%[2]d</link><description>%[3]s, says the office of harbour number %[2]d of the coast.</description></item>`, name, i, title)
				}
			}
			fmt.Fprint(w, `</channel></rss>`)
		})
	}
	upstream := httptest.NewServer(mux)
	t.Cleanup(upstream.Close)
	d := deskAt(t, t.TempDir(), `
polling: {allow_private: true, requests_per_minute: 10000}
conditions: {cranes: {title: [crane]}}
sources:
  - {name: wire, url: "`+upstream.URL+`/wire", language: en}
  - {name: paper, url: "`+upstream.URL+`/paper", language: en}
editions:
  - {name: news, rules: [`+rules+`]}
  - {name: wires, sources: [wire]}
  - {name: digest, sources: ["edition:news"]}
`, time.Now)
	t.Cleanup(func() {
		if err := d.close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := d.pollOnce(t.Context(), d.config.Sources, &World{Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	l := &library{store: d.store, now: time.Now}
	l.config.Store(d.config)
	return l, d
}

func TestATrialTellsWhatARuleWouldDo(t *testing.T) {
	l, d := tryHouse(t, "{drop: {title: [ferry]}}", "A crane fell", "The ferry is late", "Two cranes for the ferry", "Nothing of note")
	before, err := d.store.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	week := time.Now().AddDate(0, 0, -7)
	for name, c := range map[string]struct {
		trial   web.Trial
		matches []string
		changes []string // edition, action, gains, losses
		looked  int
	}{
		"a term": {web.Trial{Term: "crane", Since: week},
			[]string{"Two [cranes] for the ferry: wires", "A [crane] fell: news wires digest"},
			[]string{"news drop +0 -1", "news keep +1 -0", "wires drop +0 -2", "wires keep +0 -0", "digest drop +0 -1", "digest keep +1 -0"}, 4},
		"a rule before the others": {web.Trial{Rule: "keep: {title: [ferry]}", Edition: "news", Since: week},
			[]string{"The [ferry] is late: ", "Two cranes for the [ferry]: "},
			[]string{"news +2 -0", "digest +2 -0"}, 4},
		"a rule behind the others": {web.Trial{Rule: "keep: {title: [ferry]}", Edition: "news", Since: week, Last: true},
			[]string{"The [ferry] is late: ", "Two cranes for the [ferry]: "},
			[]string{"news +0 -0"}, 4},
		"in one edition, which has one source": {web.Trial{Rule: "drop: {condition: [cranes]}", Edition: "wires", Since: week},
			[]string{"Two [cranes] for the ferry: wires", "A [crane] fell: wires"}, []string{"wires +0 -2"}, 2},
		"both": {web.Trial{Rule: "title: [crane]", Term: "ferry", Edition: "wires", Since: week},
			[]string{"Two [cranes] for the [ferry]: wires"}, []string{"wires drop +0 -1", "wires keep +0 -0"}, 2},
		"nothing": {web.Trial{Term: "volcano", Since: week}, nil, nil, 4},
		"later":   {web.Trial{Term: "crane", Since: time.Now().Add(time.Hour)}, nil, nil, 0},
	} {
		tried, err := l.try(t.Context(), c.trial)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var matches, changes []string
		for _, m := range tried.Matches {
			title := ""
			for _, p := range m.Title {
				if p.Marked {
					p.Text = "[" + p.Text + "]"
				}
				title += p.Text
			}
			matches = append(matches, title+": "+strings.Join(m.Kept, " "))
		}
		slices.Sort(matches)
		slices.Sort(c.matches)
		for _, one := range tried.Changes {
			changes = append(changes, strings.Join(strings.Fields(fmt.Sprintf("%s %s +%d -%d", one.Edition, one.Action, one.Gains, one.Losses)), " "))
			if len(one.Some) != one.Gains+one.Losses {
				t.Errorf("%s: %+v", name, one)
			}
		}
		if diff := cmp.Diff(c.matches, matches); diff != "" || tried.Matched != len(matches) || tried.Looked != c.looked || tried.Cut {
			t.Errorf("%s: %d of %d: %s", name, tried.Matched, tried.Looked, diff)
		}
		if diff := cmp.Diff(c.changes, changes); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	tried, err := l.try(t.Context(), web.Trial{Rule: "drop: {text: [harbour]}", Since: week})
	if err != nil || len(tried.Matches) != 4 || len(tried.Matches[0].Found) == 0 || !strings.Contains(fmt.Sprint(tried.Matches[0].Found), "{harbour true}") {
		t.Errorf("%+v, %v", tried, err)
	}
	if now := tried.Changes[0].Some[0].Now; !strings.HasPrefix(now, "tried rule 1 drops it: text has") {
		t.Errorf("%q", now)
	}
	after, err := d.store.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("trying changed something: %s", diff)
	}
	var wrong *web.TrialError
	if _, err := l.try(t.Context(), web.Trial{Rule: "drop:\n  titel: [x]", Since: week}); !errors.As(err, &wrong) || wrong.Mistakes[0].Line != 2 || wrong.Mistakes[0].Column != 3 {
		t.Errorf("%v", err)
	}
}

func TestATrialIsBounded(t *testing.T) {
	titles := make([]string, 120)
	for i := range titles {
		titles[i] = fmt.Sprintf("Crane %d of the harbour", i)
	}
	l, _ := tryHouse(t, "", titles...)
	tried, err := l.try(t.Context(), web.Trial{Rule: "drop: {title: [crane]}", Since: time.Now().AddDate(0, 0, -1)})
	if err != nil || tried.Matched != 120 || len(tried.Matches) != matchShown {
		t.Fatalf("%d, %d shown, %v", tried.Matched, len(tried.Matches), err)
	}
	for _, c := range tried.Changes {
		if len(c.Some) != changeShown || c.Losses < 60 {
			t.Errorf("%s: %d of %d shown", c.Edition, len(c.Some), c.Losses)
		}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.try(gone, web.Trial{Term: "crane"}); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody waits for it: %v", err)
	}
	// Out of time, it tells of what it has seen.
	late := &trial{config: l.config.Load(), wanted: web.Trial{}}
	if late.portion(gone, []feed.Record{{Entry: 1, FirstSeen: time.Now()}}) || !late.tried.Cut {
		t.Errorf("%+v", late.tried)
	}
}
