package filters

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
)

var update = flag.Bool("update", false, "write what is told into the fixtures of mistakes and warnings")

// rewrite stores fixtures with what is told now.
func rewrite(t *testing.T, path string, fixtures any) {
	t.Helper()
	data, err := json.MarshalIndent(fixtures, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(data, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func testNames() *Names {
	return &Names{
		Sources: map[string]bool{"harbour-wire": true, "hill-gazette": true},
		Tags:    map[string]bool{"wire": true, "local": true},
		Topics:  map[string]bool{"harbour": true, "tides": true},
	}
}

// A fixture is an entry, named conditions, and conditions that hold or don't.
type conditionFixture struct {
	Copy       feed.Copy
	Text       string
	Source     string
	Tags       []string
	Age        string
	Conditions map[string]any
	Holds      []any
	Fails      []any
}

func TestConditionsLookWhereTheySay(t *testing.T) {
	paths, _ := filepath.Glob("../testdata/filters/conditions/*.json")
	if len(paths) == 0 {
		t.Fatal("no fixtures")
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			var f conditionFixture
			read(t, path, &f)
			f.Copy.Text = f.Text
			at := time.Date(2031, 5, 20, 12, 0, 0, 0, time.UTC)
			age, err := ParseDuration(f.Age)
			if err != nil {
				t.Fatal(err)
			}
			f.Copy.Published = at.Add(-age)
			item := NewItem(&f.Copy, f.Source, f.Tags, at)
			names := testNames()
			if mistakes := CompileConditions(f.Conditions, names); len(mistakes) > 0 {
				t.Fatal(mistakes)
			}
			check := func(spec any, want bool) {
				c, mistakes := CompileCondition(spec, names)
				if len(mistakes) > 0 {
					t.Errorf("%v: %+v", spec, mistakes)
				}
				if got, hits := c.Match(item); got != want {
					t.Errorf("%v: %v %v, want %v", spec, got, hits, want)
				}
			}
			for _, spec := range f.Holds {
				check(spec, true)
				check(map[string]any{"not": spec}, false)
			}
			for _, spec := range f.Fails {
				check(spec, false)
				check(map[string]any{"not": spec}, true)
			}
		})
	}
}

func read(t *testing.T, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// A mistake's fixture is a rule or condition and what is told of it.
type mistakeFixture struct {
	Rule       any            `json:"rule,omitempty"`
	Condition  any            `json:"condition,omitempty"`
	Conditions map[string]any `json:"conditions,omitempty"`
	Mistakes   []Mistake      `json:"mistakes"`
}

func TestMistakesAreToldWithWhatWouldBeRight(t *testing.T) {
	paths, _ := filepath.Glob("../testdata/filters/mistakes/*.json")
	if len(paths) == 0 {
		t.Fatal("no fixtures")
	}
	for _, path := range paths {
		var all []mistakeFixture
		read(t, path, &all)
		for i, f := range all {
			names := testNames()
			var got []Mistake
			told := CompileConditions(f.Conditions, names)
			for _, name := range slices.Sorted(maps.Keys(told)) {
				got = append(got, told[name]...)
			}
			if f.Rule != nil {
				_, mistakes := CompileRule(f.Rule, names)
				got = append(got, mistakes...)
			}
			if f.Condition != nil {
				_, mistakes := CompileCondition(f.Condition, names)
				got = append(got, mistakes...)
			}
			all[i].Mistakes = got
			if diff := cmp.Diff(f.Mistakes, got); diff != "" && !*update {
				spec, _ := json.Marshal(f)
				t.Errorf("%s: %s\n%s", filepath.Base(path), spec, diff)
			}
		}
		if *update {
			rewrite(t, path, all)
		}
	}
}

func FuzzConditionsNeverPanic(f *testing.F) {
	paths, _ := filepath.Glob("../testdata/filters/mistakes/*.json")
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		var all []mistakeFixture
		if err := json.Unmarshal(data, &all); err != nil {
			f.Fatal(err)
		}
		for _, m := range all {
			for _, spec := range []any{m.Rule, m.Condition} {
				seed, _ := json.Marshal(spec)
				f.Add(string(seed), "A title with a tide gauge", "第一段文字")
			}
		}
	}
	f.Add(`{"drop":{"all":[{"if":"len(title) > 3 and any(tag, # == 'wire')"},{"not":[{"words":">= 3"},{"host":"/x/"}]}]}}`, "t", "b")
	f.Fuzz(func(t *testing.T, spec, title, body string) {
		var v any
		if json.Unmarshal([]byte(spec), &v) != nil {
			return
		}
		names := testNames()
		CompileConditions(map[string]any{"one": v, "two": map[string]any{"condition": "one"}}, names)
		rule, wrong := CompileRule(v, names)
		condition, mistakes := CompileCondition(v, names)
		for _, m := range append(wrong, mistakes...) {
			if m.Wrong == "" || m.Right == "" {
				t.Errorf("%s: half a mistake: %+v", spec, m)
			}
		}
		item := NewItem(&feed.Copy{Title: title, Text: body, Link: "https://example.org/" + title}, "harbour-wire", []string{"wire"}, time.Time{})
		rule.Condition.Match(item)
		if ok, _ := condition.Match(item); ok && len(mistakes) == 0 && never(condition.test) {
			t.Errorf("%s holds, though it is said that it never does", spec)
		} else if !ok && len(mistakes) == 0 && always(condition.test) {
			t.Errorf("%s doesn't hold, though it is said that it always does", spec)
		}
		Warnings(&Desk{Rules: []Rule{rule, {Action: Drop, Condition: condition}}})
	})
}
