package feed

import (
	"testing"
	"time"
)

func TestHashSeesEditsAndNotDates(t *testing.T) {
	entry := func(edit func(*Entry)) Hash {
		e := Entry{ID: "1", Title: Text{Value: "a"}, Content: Text{Value: "b", HTML: true}, Links: []Link{{Rel: "alternate", Href: "https://example.org/1"}},
			Published: time.Unix(1, 0), Updated: time.Unix(2, 0), Source: &Origin{Title: "o", Updated: time.Unix(3, 0)}}
		edit(&e)
		return e.Hash()
	}
	plain := entry(func(*Entry) {})
	for name, edit := range map[string]func(*Entry){
		"published": func(e *Entry) { e.Published = time.Time{} },
		"updated":   func(e *Entry) { e.Updated = time.Unix(9, 0) },
		"origin's":  func(e *Entry) { e.Source = &Origin{Title: "o"} },
	} {
		if entry(edit) != plain {
			t.Errorf("a bumped %s date looks like an edit", name)
		}
	}
	seen := map[Hash]string{plain: "no edit"}
	for name, edit := range map[string]func(*Entry){
		"title":       func(e *Entry) { e.Title.Value = "ab"; e.Content.Value = "" },
		"boundary":    func(e *Entry) { e.Title.Value = ""; e.Content.Value = "ab" },
		"type":        func(e *Entry) { e.Content.HTML = false },
		"link":        func(e *Entry) { e.Links[0].Href += "0" },
		"author":      func(e *Entry) { e.Authors = []Person{{Name: "n"}} },
		"category":    func(e *Entry) { e.Categories = []Category{{Term: "n"}} },
		"enclosure":   func(e *Entry) { e.Enclosures = []Enclosure{{URL: "u"}} },
		"length":      func(e *Entry) { e.Enclosures = []Enclosure{{URL: "u", Length: 1}} },
		"image":       func(e *Entry) { e.Media.Image.URL = "i" },
		"duration":    func(e *Entry) { e.Media.Duration = time.Second },
		"chapters":    func(e *Entry) { e.Media.Chapters.Href = "c" },
		"transcripts": func(e *Entry) { e.Media.Transcripts = []Link{{Href: "c"}} },
		"language":    func(e *Entry) { e.Language = "en" },
		"base":        func(e *Entry) { e.Base = "en" },
		"rights":      func(e *Entry) { e.Rights = "en" },
	} {
		h := entry(edit)
		if other, twice := seen[h]; twice {
			t.Errorf("an edited %s hashes as %s", name, other)
		}
		seen[h] = name
	}
}

func BenchmarkHash(b *testing.B) {
	e := Entry{ID: "1", Title: Text{Value: "a"}, Content: Text{Value: string(make([]byte, 5000)), HTML: true}}
	for b.Loop() {
		e.Hash()
	}
}
