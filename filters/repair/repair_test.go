package repair

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"copydesk/feed"
)

var update = flag.Bool("update", false, "rewrite what the fixtures want")

// A fixture is a txtar file under testdata/filters/repair, with an optional
// comment on top that says what it is about, and these parts:
//
//	source.json  what is known of the source: {"Title", "Home", "URL",
//	             "Remove": [selectors], "Off": [names], "Only": [names]};
//	             Only switches all others off
//	learn.jsonl  entries of the source, one a line, that furniture is learned from
//	entry.json   fields of feed.Entry
//	body.html    the entry's content as markup, or
//	body.txt     as plain text
//	want.html    the copy's HTML
//	want.json    fields of feed.Copy that must be so; others may be anything
//
// A fixture without want.html and want.json is a trap: the body, the title
// and the link must come out as they went in.
type fixture struct {
	archive *txtar.Archive
	source  Source
	entry   feed.Entry
	learn   []feed.Entry
}

func readFixture(t *testing.T, file string) *fixture {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{archive: archive}
	f.source = Source{Name: "fixture", Title: "Fixture Times", Home: "https://fixture.example/", URL: "https://fixture.example/feed.xml"}
	f.entry.Title.Value = "A title"
	f.entry.Links = []feed.Link{{Rel: "alternate", Href: "https://fixture.example/news/article"}}
	for _, part := range archive.Files {
		switch part.Name {
		case "source.json":
			f.readSource(t, part.Data)
		case "entry.json":
			if err := json.Unmarshal(part.Data, &f.entry); err != nil {
				t.Fatalf("%s: %v", part.Name, err)
			}
		case "learn.jsonl":
			for line := range strings.Lines(string(part.Data)) {
				var e feed.Entry
				if err := json.Unmarshal([]byte(line), &e); err != nil {
					t.Fatalf("%s: %v", part.Name, err)
				}
				f.learn = append(f.learn, e)
			}
		case "body.html":
			f.entry.Content = feed.Text{HTML: true, Value: string(part.Data), Base: f.entry.Content.Base}
		case "body.txt":
			f.entry.Content = feed.Text{Value: string(part.Data)}
		case "want.html", "want.json":
		default:
			t.Fatalf("unknown part %q", part.Name)
		}
	}
	return f
}

func (f *fixture) readSource(t *testing.T, data []byte) {
	t.Helper()
	var s struct {
		Title, Home, URL  *string
		Remove, Off, Only []string
	}
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatalf("source.json: %v", err)
	}
	for to, from := range map[*string]*string{&f.source.Title: s.Title, &f.source.Home: s.Home, &f.source.URL: s.URL} {
		if from != nil {
			*to = *from
		}
	}
	for _, css := range s.Remove {
		selector, err := CompileSelector(css)
		if err != nil {
			t.Fatal(err)
		}
		f.source.Remove = append(f.source.Remove, selector)
	}
	f.source.Off = map[string]bool{}
	for _, name := range s.Off {
		f.source.Off[name] = true
	}
	for _, name := range Names() {
		if len(s.Only) > 0 && !slices.Contains(s.Only, name) {
			f.source.Off[name] = true
		}
	}
}

// part returns a part of the fixture, nil when it has none.
func (f *fixture) part(name string) []byte {
	for _, part := range f.archive.Files {
		if part.Name == name {
			return part.Data
		}
	}
	return nil
}

// fields returns a copy as its JSON fields.
func fields(t *testing.T, c *feed.Copy) map[string]any {
	t.Helper()
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestFixturesComeOutAsWanted(t *testing.T) {
	files, err := filepath.Glob("../../testdata/filters/repair/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			f := readFixture(t, file)
			r := testRepairer()
			learnFixture(f)
			got := r.Repair(&f.entry, &f.source)
			if *update && f.part("want.html") != nil {
				for i, part := range f.archive.Files {
					if part.Name == "want.html" {
						f.archive.Files[i].Data = []byte(got.HTML + "\n")
					}
				}
				if err := os.WriteFile(file, txtar.Format(f.archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			f.compare(t, &got)
			f.again(t, r, &got)
		})
	}
}

func (f *fixture) compare(t *testing.T, got *feed.Copy) {
	t.Helper()
	wantHTML, wantJSON := f.part("want.html"), f.part("want.json")
	if wantHTML == nil && wantJSON == nil {
		wantHTML = []byte(f.entry.Content.Value)
		if got.Title != f.entry.Title.Value || got.Link != f.entry.Link("alternate") {
			t.Errorf("title and link became %q, %q", got.Title, got.Link)
		}
	}
	if wantHTML != nil {
		if diff := cmp.Diff(strings.TrimSpace(string(wantHTML)), got.HTML); diff != "" {
			t.Errorf("HTML (-want +got):\n%s\nrepairs: %+v", diff, got.Repairs)
		}
	}
	if wantJSON != nil {
		var want map[string]any
		if err := json.Unmarshal(wantJSON, &want); err != nil {
			t.Fatalf("want.json: %v", err)
		}
		all := fields(t, got)
		part := map[string]any{}
		for name := range want {
			part[name] = all[name]
			if part[name] == nil {
				part[name] = ""
			}
		}
		if diff := cmp.Diff(want, part); diff != "" {
			t.Errorf("copy (-want +got):\n%s", diff)
		}
	}
	for _, note := range got.Notes {
		t.Errorf("note: %s", note)
	}
}

// again repairs what came out: nothing may change.
func (f *fixture) again(t *testing.T, r *Repairer, got *feed.Copy) {
	t.Helper()
	second := r.Repair(received(f.entry, got), &f.source)
	if diff := cmp.Diff(got.HTML, second.HTML); diff != "" {
		t.Errorf("repaired again, HTML changed:\n%s\nrepairs: %+v", diff, second.Repairs)
	}
	if got.Title != second.Title || got.Link != second.Link {
		t.Errorf("repaired again, %q, %q became %q, %q", got.Title, got.Link, second.Title, second.Link)
	}
}

// received makes of a copy the entry that would bring it.
func received(e feed.Entry, c *feed.Copy) *feed.Entry {
	e.Title = feed.Text{Value: c.Title}
	e.Content = feed.Text{HTML: true, Value: c.HTML, Base: e.Content.Base}
	e.Summary = feed.Text{Value: c.Summary}
	e.Links = append([]feed.Link{{Rel: "alternate", Href: c.Link}}, c.Links...)
	e.Authors, e.Categories, e.Enclosures, e.Media, e.Rights = c.Authors, c.Categories, c.Enclosures, c.Media, c.Rights
	return &e
}

// testRepairer knows languages as far as the fixtures need it.
func testRepairer() *Repairer { return &Repairer{} }

// learnFixture learns the furniture of the fixture's other entries.
func learnFixture(f *fixture) {
	if len(f.learn) > 0 {
		f.source.Furniture = Learn(nil, append(f.learn, f.entry), &f.source)
	}
}

// Selectors that ask of each element what stands beside it would take minutes
// where a hundred thousand do.
func TestSelectorsOfManySiblingsAreLeftOut(t *testing.T) {
	for css, gone := range map[string]bool{"p ~ p": false, "p:nth-last-of-type(1)": false, ".tides": true} {
		selector, err := CompileSelector(css)
		if err != nil {
			t.Fatal(err)
		}
		e := &feed.Entry{Content: feed.Text{HTML: true, Value: "<p>The ferry is back.</p><p class=tides>High water comes at noon on all days of this week.</p>" + strings.Repeat("<div>x</div>", 60_000)}}
		c := testRepairer().Repair(e, &Source{Remove: []Selector{selector}})
		if strings.Contains(c.HTML, "High water") == gone {
			t.Errorf("%s: %.200s", css, c.HTML)
		}
	}
}
