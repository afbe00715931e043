package opml

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the wanted results anew")

func TestReadingRealExports(t *testing.T) {
	files, err := filepath.Glob("testdata/*.opml")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			f, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			outlines, err := Read(f)
			result := struct {
				Outlines []Outline
				Error    string `json:",omitempty"`
			}{Outlines: outlines}
			if err != nil {
				result.Error = err.Error()
			}
			got, err := json.MarshalIndent(result, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, '\n')
			wanted := strings.TrimSuffix(file, ".opml") + ".json"
			if *update {
				if err := os.WriteFile(wanted, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(wanted)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUTF16IsRead(t *testing.T) {
	text := `<?xml version="1.0" encoding="utf-16"?><opml><body><outline text="Zażółć" xmlUrl="https://a.example/"/></body></opml>`
	for _, order := range []struct{ mark, first, second int }{{0xfffe, 0, 8}, {0xfeff, 8, 0}} {
		data := []byte{byte(order.mark >> 8), byte(order.mark)}
		for _, r := range text { // all of it is in the basic plane
			data = append(data, byte(r>>order.first), byte(r>>order.second))
		}
		got, err := Read(bytes.NewReader(data))
		if err != nil || len(got) != 1 || got[0].Title != "Zażółć" || got[0].Name != "zazolc" {
			t.Errorf("%+v, %v", got, err)
		}
	}
}

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	outlines := []Outline{
		{Name: "harbour", Title: "Harbour <& \"tides\">", URL: "https://harbour.example/feed?a=1&b=2", Home: "https://harbour.example/", Description: "Ships, and more", Language: "en", Tags: []string{"wire", "sea"}},
		{Name: "untagged", Title: "Untagged", URL: "https://u.example/feed"},
		{Name: "hills", Title: "Hills", URL: "https://hills.example/feed", Tags: []string{"wire"}},
		{Name: "lake", Title: "湖 Lake", URL: "https://lake.example/feed", Tags: []string{"sea"}},
	}
	var one, two bytes.Buffer
	if err := Write(&one, "All & sundry", outlines); err != nil {
		t.Fatal(err)
	}
	if err := Write(&two, "All & sundry", outlines); err != nil || one.String() != two.String() {
		t.Errorf("not the same twice: %v", err)
	}
	got, err := Read(&one)
	if err != nil {
		t.Fatal(err)
	}
	want := []Outline{outlines[0], outlines[2], outlines[1], outlines[3]}
	want[0].Name = "harbour-and-tides"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNames(t *testing.T) {
	taken := map[string]bool{"daily-news": true}
	for _, c := range []struct{ title, address, want string }{
		{"Daily News", "https://a.example/", "daily-news-2"},
		{"Daily  News!", "https://a.example/", "daily-news-3"},
		{"Überraschung & Straße", "https://a.example/", "uberraschung-and-strasse"},
		{"Ｆｕｌｌ　Ｗｉｄｔｈ", "https://a.example/", "full-width"},
		{"中关村论坛", "https://www.zgc.example/rss", "zgc-example"},
		{"Форум", "https://feeds.forum.example/rss", "forum-example"},
		{"BBC 中文", "https://b.example/", "bbc"},
		{"—", "", "source"},
		{"", "::not an address", "source-2"},
		{"3", "https://three.example/", "three-example"},
		{"The Astonishingly Long Title of a Perfectly Ordinary Weblog", "", "the-astonishingly-long-title-of-a"},
		{strings.Repeat("x", 100), "", strings.Repeat("x", 40)},
		{"../../etc/passwd", "", "etc-passwd"},
	} {
		if got := Name(c.title, c.address, taken); got != c.want {
			t.Errorf("%q: %s, want %s", c.title, got, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.opml")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	valid := regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
	f.Fuzz(func(t *testing.T, data []byte) {
		outlines, _ := Read(bytes.NewReader(data))
		seen := map[string]bool{}
		for _, o := range outlines {
			if !valid.MatchString(o.Name) || seen[o.Name] || o.URL == "" {
				t.Errorf("%+v", o)
			}
			seen[o.Name] = true
			for _, tag := range o.Tags {
				if !valid.MatchString(tag) {
					t.Errorf("tag %q", tag)
				}
			}
		}
		var b bytes.Buffer
		if err := Write(&b, "again", outlines); err != nil {
			t.Fatal(err)
		}
		again, err := Read(&b)
		if err != nil || len(again) != len(outlines) {
			t.Errorf("%d of %d are read again: %v", len(again), len(outlines), err)
		}
	})
}
