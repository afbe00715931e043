package publish

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
)

var update = flag.Bool("update", false, "write the golden files anew")

const fixtures = "../../testdata/publish"

// TestEditionsRenderAsTheirGoldenFiles renders each testdata/publish/*.edition,
// a Feed, in every format.
func TestEditionsRenderAsTheirGoldenFiles(t *testing.T) {
	files, err := filepath.Glob(fixtures + "/*.edition")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures in %s: %v", fixtures, err)
	}
	for _, file := range files {
		for _, format := range Formats() {
			t.Run(filepath.Base(file)+"/"+format.Name, func(t *testing.T) {
				f := load(t, file)
				got, err := Render(format.Name, f)
				if err != nil {
					t.Fatal(err)
				}
				wellFormed(t, format.Name, got)
				again, err := Render(format.Name, load(t, file))
				if err != nil || !bytes.Equal(got, again) {
					t.Errorf("a second rendering differs: %v", err)
				}
				golden := strings.TrimSuffix(file, "edition") + format.Extension
				if *update {
					if err := os.WriteFile(golden, got, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(golden)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), string(got)); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
			})
		}
	}
}

func load(t *testing.T, file string) *Feed {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var f Feed
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return &f
}

func wellFormed(t *testing.T, format string, data []byte) {
	t.Helper()
	if format == "json" {
		if !json.Valid(data) {
			t.Error("it isn't JSON")
		}
		return
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		_, err := d.Token()
		if err != nil {
			if err.Error() != "EOF" {
				t.Errorf("it isn't well-formed: %v", err)
			}
			return
		}
	}
}

func TestTextThatXMLCannotHoldIsLeftOut(t *testing.T) {
	f := &Feed{Base: "https://feeds.example/", Edition: feed.Edition{Name: "n", Title: "a\x00b\x0b\xffc\ufffe", Entries: []feed.Published{{
		Listing: feed.Listing{ID: "urn:x:1", Published: time.Unix(1, 0), Updated: time.Unix(1, 0)},
		Copy:    feed.Copy{Title: "t\x01]]>", HTML: "<p>\x02]]>&amp;</p>"},
	}}}}
	for _, format := range Formats() {
		got, err := Render(format.Name, f)
		if err != nil {
			t.Fatal(err)
		}
		wellFormed(t, format.Name, got)
		if strings.ContainsAny(string(got), "\x00\x01\x02\x0b\ufffd\ufffe") {
			t.Errorf("%s holds a forbidden character: %q", format.Name, got)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	f := &Feed{Base: "https://feeds.example/", Edition: feed.Edition{Name: "n", Title: "t"}}
	for i := range 50 {
		f.Entries = append(f.Entries, feed.Published{
			Listing: feed.Listing{ID: "urn:x:" + string(rune('a'+i)), Published: time.Unix(1, 0), Updated: time.Unix(1, 0)},
			Copy:    feed.Copy{Title: "A title", Link: "https://example.org/a", HTML: strings.Repeat("<p>Some text that goes on for a while & more.</p>", 80)},
		})
	}
	for _, format := range Formats() {
		b.Run(format.Name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Render(format.Name, f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
