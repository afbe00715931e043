package repair

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"copydesk/feed"
)

// typicalBody is an entry of about 5 KB as blogs and newspapers send them.
func typicalBody() string {
	var b strings.Builder
	for i := range 9 {
		fmt.Fprintf(&b, `<p class="body-text" style="margin:0">The committee met for the %dth time on Tuesday and agreed, after some discussion, on `+
			`<a href="https://council.example/minutes/2024/%d?utm_source=rss&amp;id=%d">the minutes</a> of its former meeting. <em>Nobody</em> objected, `+
			`but several members asked for <strong>more time</strong> to read what had been sent to them the evening before, as the rules demand&nbsp;it. `+
			`The chair promised to think about it &amp; closed the session at a quarter past nine.</p>`+"\n", i, i, i)
		if i%3 == 0 {
			fmt.Fprintf(&b, `<figure class="wp-block-image size-large"><img loading="lazy" decoding="async" width="1024" height="683" src="https://council.example/img/%d.jpg" `+
				`srcset="https://council.example/img/%d-1024.jpg 1024w, https://council.example/img/%d-300.jpg 300w" sizes="(max-width: 1024px) 100vw, 1024px" alt="The hall" class="wp-image-%d"/>`+
				`<figcaption>The hall, before the meeting</figcaption></figure>`+"\n", i, i, i, i)
		}
	}
	b.WriteString(`<ul><li>First point</li><li>Second point, with <code>code</code></li></ul><blockquote><p>“We will see,” said the chair.</p></blockquote>`)
	return b.String()
}

func BenchmarkRepair(b *testing.B) {
	e := &feed.Entry{Title: feed.Text{Value: "The committee met"}, Content: feed.Text{HTML: true, Value: typicalBody()},
		Links: []feed.Link{{Rel: "alternate", Href: "https://council.example/news/1"}}}
	s := &Source{Title: "Council", Home: "https://council.example/"}
	r := new(Repairer)
	b.SetBytes(int64(len(e.Content.Value)))
	b.ReportAllocs()
	for b.Loop() {
		r.Repair(e, s)
	}
}

// BenchmarkParseAndRender is the measure: what nobody can do without.
func BenchmarkParseAndRender(b *testing.B) {
	body := typicalBody()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		tree, err := html.Parse(strings.NewReader(body))
		if err != nil {
			b.Fatal(err)
		}
		if err := html.Render(io.Discard, tree); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEachRepair shows what each costs on top of none.
func BenchmarkEachRepair(b *testing.B) {
	e := &feed.Entry{Title: feed.Text{Value: "The committee met"}, Content: feed.Text{HTML: true, Value: typicalBody()},
		Links: []feed.Link{{Rel: "alternate", Href: "https://council.example/news/1"}}}
	for _, name := range append([]string{"none"}, Names()...) {
		b.Run(name, func(b *testing.B) {
			s := &Source{Title: "Council", Home: "https://council.example/", Off: map[string]bool{}}
			for _, other := range Names() {
				s.Off[other] = other != name
			}
			r := new(Repairer)
			for b.Loop() {
				r.Repair(e, s)
			}
		})
	}
}
