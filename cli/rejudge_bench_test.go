package cli

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// What a changed edition costs that is applied to the whole archive.
func BenchmarkRejudge(b *testing.B) {
	const entries = 2000
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		io.WriteString(w, `<rss version="2.0"><channel><title>Wire</title><link>https://wire.example/</link><description>d</description>`)
		for n := range entries {
			fmt.Fprintf(w, `<item><guid>urn:wire:%d</guid><title>%s</title><description>%s</description></item>`, n, report(n, 0, 8), report(n, 0, 200))
		}
		io.WriteString(w, `</channel></rss>`)
	}))
	defer server.Close()
	d := deskAt(b, b.TempDir(), fmt.Sprintf("polling: {allow_private: true}\nsources: [{name: a, url: \"%s/\"}]\neditions: [{name: all, rules: [{drop: {title: [/./]}}]}]\n", server.URL), time.Now)
	if _, err := d.poller.Once(b.Context(), d.config.Sources, func() {}); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for b.Loop() {
		if err := d.poller.Rejudge(b.Context(), map[string]time.Time{"all": {}}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/entries, "µs/entry")
	if err := d.close(); err != nil {
		b.Error(err)
	}
}
