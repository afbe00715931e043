package fetch_test

import (
	"testing"

	"copydesk/feed"
	"copydesk/feed/fetch/fetchtest"
)

func BenchmarkFetch(b *testing.B) {
	body := fetchtest.Atom(600) // about 164 kB
	for _, bench := range []struct {
		name     string
		document fetchtest.Document
		warm     bool
	}{
		{"200", fetchtest.Document{Body: body}, false},
		{"200-gzip", fetchtest.Document{Body: fetchtest.Encode("gzip", body), Header: map[string]string{"Content-Encoding": "gzip"}}, false},
		{"200-known", fetchtest.Document{Body: body}, true},
		{"304", fetchtest.Document{Body: body, ETag: `"1"`}, true},
	} {
		b.Run(bench.name, func(b *testing.B) {
			up := fetchtest.New(b)
			up.Serve("/feed", bench.document)
			c, s := open(b), feed.Source{Name: "s", URL: up.URL + "/feed"}
			var state *feed.SourceState
			if bench.warm {
				state = &feed.SourceState{}
				ask(b, c, s, state)
			} else {
				b.SetBytes(int64(len(body)))
			}
			b.ReportAllocs()
			for b.Loop() {
				ask(b, c, s, state)
			}
		})
	}
}
