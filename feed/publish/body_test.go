package publish

import (
	"strings"
	"testing"

	"copydesk/feed"
)

func TestOtherReportersAreNamedInTheEntrysLanguageAndScript(t *testing.T) {
	for tag, want := range map[string]string{
		"sr":      "<p>Јављају и Glas.</p>",
		"sr-Latn": "<p>Javljaju i Glas.</p>",
		"zh":      "<p>同一消息另见：Glas。</p>",
		"zh-Hant": "<p>同一消息另見：Glas。</p>",
		"pt-BR":   "<p>Também noticiado por Glas.</p>",
		"ms":      "<p>Turut dilaporkan oleh Glas.</p>",
		"nn":      "<p>Også omtalt av Glas.</p>",
		"gl":      "<p>Tamén informan Glas.</p>",
		"yo":      "<p>Also reported by Glas.</p>",
		"":        "<p>Also reported by Glas.</p>",
	} {
		p := &feed.Published{Copy: feed.Copy{Language: tag}, Related: []feed.Related{{Source: "Glas"}}}
		if got := alsoReportedBy(p); got != want {
			t.Errorf("%q: %s, want %s", tag, got, want)
		}
	}
}

func TestPhrasesCanBeFound(t *testing.T) {
	for tag, said := range phrases {
		if tag != strings.ToLower(tag) || said.before+said.after == "" || said.comma == "" {
			t.Errorf("%q: %q", tag, said)
		}
	}
}

// What two copydesks make of each other's editions doesn't grow.
func TestALineOfReportersTakesThePlaceOfFormerOnes(t *testing.T) {
	others := []feed.Related{{Source: "Glas", Link: "https://glas.example/1"}, {Source: "Pier & Quay", Title: "A crane", Link: "https://pier.example/2"}}
	for tag := range phrases {
		p := &feed.Published{Copy: feed.Copy{Language: tag, HTML: "<p>The crane turns.</p>"}, Related: others}
		first := body(p)
		for range 3 {
			p.Copy.HTML = body(p) + "\n"
		}
		if got := body(p); got != first {
			t.Errorf("%q: %s, want %s", tag, got, first)
		}
		p.Copy.HTML, p.Related = first, nil
		if got := body(p); got != first {
			t.Errorf("%q: a line of upstream's is lost: %s", tag, got)
		}
	}
	for _, own := range []string{
		"<p>Also reported by the harbour office.</p>",
		`<p>Also reported by <a href="https://glas.example/1">Glas</a>, which got it from a captain.</p>`,
		`<p>Also reported by <b>nobody</b>.</p>`,
		`<p>Also reported by .</p>`,
		`<div>Also reported by <a href="https://glas.example/1">Glas</a>.</div>`,
	} {
		p := &feed.Published{Copy: feed.Copy{HTML: own}, Related: others}
		if got := body(p); !strings.HasPrefix(got, own) {
			t.Errorf("%s became %s", own, got)
		}
	}
}

// A related link stands once, whoever else named it.
func TestRelatedLinksStandOnce(t *testing.T) {
	p := feed.Published{
		Listing: feed.Listing{ID: "urn:1"}, Copy: feed.Copy{Title: "Crane", Links: []feed.Link{
			{Rel: "related", Href: "https://glas.example/1", Title: "Other name"}, {Rel: "via", Href: "https://glas.example/1"},
			{Rel: "related", Href: "https://kai.example/3"}, {Rel: "related", Href: "https://kai.example/3"},
		}},
		Related: []feed.Related{{Source: "Glas", Link: "https://glas.example/1"}},
	}
	for _, format := range []string{"atom", "rss"} {
		out, err := Render(format, &Feed{Base: "https://desk.example/", Edition: feed.Edition{Name: "e", Title: "E", Entries: []feed.Published{p}}})
		if err != nil {
			t.Fatal(err)
		}
		for href, want := range map[string]int{"https://glas.example/1": 2 + 1, "https://kai.example/3": 1} { // and in the line
			if n := strings.Count(string(out), href); n != want {
				t.Errorf("%s: %s stands %d times\n%s", format, href, n, out)
			}
		}
	}
}
