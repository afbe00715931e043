package filters

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/feed"
	"copydesk/filters/topic"
)

// fiveKB is an entry of about 5 KB as sites send them.
func fiveKB() *feed.Entry {
	var b strings.Builder
	for b.Len() < 4600 {
		b.WriteString(`<p>The harbour office said on Monday that two cranes had lifted the sunken barge from the old basin in a little under four hours, and that nobody was hurt; <a href="https://pier.example/log?day=2&amp;utm_source=rss">the log of the day</a> tells the rest.</p>` + "\n")
		b.WriteString(`<p><img src="/img/crane.jpg" width="640" height="360" alt="A crane"></p><ul><li>High water at six</li><li>Low water at noon</li></ul>` + "\n")
	}
	b.WriteString(`<p class="share">Share this article on Facebook or Twitter</p><p>Sign up to our newsletter and read more every morning.</p>`)
	return &feed.Entry{
		ID: "1", Title: feed.Text{Value: "Two cranes lifted a barge from the basin | Pier News", HTML: true}, Content: feed.Text{Value: b.String(), HTML: true},
		Links: []feed.Link{{Rel: "alternate", Href: "https://pier.example/1?utm_source=rss"}}, Base: "https://pier.example/feed",
	}
}

// BenchmarkRead reads an entry with every repair on, the sanitiser, language,
// topics and the story's signature included. It is to be held against
// BenchmarkParseAndRender, which parses and writes the same HTML once.
func BenchmarkRead(b *testing.B) {
	set, mistakes := topic.Compile([]topic.Spec{{Name: "harbour", Any: []string{"harbour", "container ship", "Hafen"}}})
	if len(mistakes) > 0 {
		b.Fatal(mistakes)
	}
	desk := &Desk{Sources: map[string]*Source{}, Topics: set}
	e := fiveKB()
	reading := desk.Open(&feed.SourceState{Name: "pier", Title: "Pier News", Home: "https://pier.example/", Served: "https://pier.example/feed"})
	b.SetBytes(int64(len(e.Content.Value)))
	b.ReportAllocs()
	for b.Loop() {
		reading.Read(e, time.Unix(1_800_000_000, 0))
	}
}

func BenchmarkParseAndRender(b *testing.B) {
	markup := fiveKB().Content.Value
	b.SetBytes(int64(len(markup)))
	b.ReportAllocs()
	for b.Loop() {
		nodes, err := html.ParseFragment(strings.NewReader(markup), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
		if err != nil {
			b.Fatal(err)
		}
		var out strings.Builder
		for _, n := range nodes {
			if err := html.Render(&out, n); err != nil {
				b.Fatal(err)
			}
		}
	}
}
