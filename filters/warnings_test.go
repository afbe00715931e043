package filters

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
	"copydesk/filters/topic"
)

type warningFixture struct {
	Topics   []topic.Spec     `json:"topics,omitempty"`
	Rules    []any            `json:"rules,omitempty"`
	Editions []editionFixture `json:"editions,omitempty"`
	Warnings []string         `json:"warnings"`
}

type editionFixture struct {
	Name    string   `json:"name"`
	Sources []string `json:"sources,omitempty"`
	Topics  []string `json:"topics,omitempty"`
	Rules   []any    `json:"rules,omitempty"`
}

func TestWarningsTellWhatCannotBeMeant(t *testing.T) {
	paths, _ := filepath.Glob("../testdata/filters/warnings/*.json")
	if len(paths) == 0 {
		t.Fatal("no fixtures")
	}
	for _, path := range paths {
		var all []warningFixture
		read(t, path, &all)
		for i, f := range all {
			names := testNames()
			set, mistakes := topic.Compile(f.Topics)
			if len(mistakes) > 0 {
				t.Fatal(mistakes)
			}
			for _, s := range f.Topics {
				names.Topics[s.Name] = true
			}
			rules := func(where string, specs []any) []Rule {
				var out []Rule
				for k, spec := range specs {
					r, mistakes := CompileRule(spec, names)
					if len(mistakes) > 0 {
						t.Fatal(mistakes)
					}
					r.Path = where + "[" + string(rune('0'+k)) + "]"
					out = append(out, r)
				}
				return out
			}
			d := &Desk{Topics: set, Rules: rules("rules", f.Rules), Sources: map[string]*Source{}}
			for name := range names.Sources {
				d.Sources[name] = &Source{Source: feed.Source{Name: name}}
			}
			for _, e := range f.Editions {
				compiled := &Edition{Name: e.Name, Topics: e.Topics, Rules: rules("editions["+e.Name+"].rules", e.Rules)}
				if len(e.Sources) > 0 {
					compiled.Sources = map[string]bool{}
					for _, s := range e.Sources {
						compiled.Sources[s] = true
					}
				}
				d.Editions = append(d.Editions, compiled)
			}
			var got []string
			for _, w := range Warnings(d) {
				got = append(got, w.String())
			}
			all[i].Warnings = got
			if diff := cmp.Diff(f.Warnings, got); diff != "" && !*update {
				t.Errorf("%s %d: %s", filepath.Base(path), i, diff)
			}
		}
		if *update {
			rewrite(t, path, all)
		}
	}
}
