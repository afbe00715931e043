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
