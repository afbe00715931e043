package cli

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"copydesk/config"
	"copydesk/feed/fetch/fetchtest"
)

// A source behind an authority and a client certificate of one's own is polled
// as it is configured; one that trusts anybody is warned of.
func TestSourcesArePolledWithTheirTLSSettings(t *testing.T) {
	dir := t.TempDir()
	a := fetchtest.NewAuthority(t, "ours")
	cert, key := a.Certificate("desk")
	for name, data := range map[string][]byte{"ca.pem": a.PEM, "desk.pem": cert, "desk.key": key} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	up := fetchtest.NewTLSAs(t, a, &tls.Config{ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: a.Pool()}, "127.0.0.1")
	up.Serve("/feed", fetchtest.Document{Body: fetchtest.Feed()})
	text := fmt.Sprintf(`
polling: {allow_private: true, requests_per_minute: 1000}
sources:
  - {name: good, url: "%[1]s/feed", tls: {ca: ca.pem, certificate: desk.pem, key: desk.key}}
  - {name: inline, url: "%[1]s/feed?inline", tls: {ca: [ca.pem], certificate: desk.pem, key: "${KEY}"}}
  - {name: trusting, url: "%[1]s/feed?any", tls: {insecure: true, certificate: desk.pem, key: desk.key}}
  - {name: plain, url: "%[1]s/feed?plain"}
  - {name: stranger, url: "%[1]s/feed?stranger", tls: {ca: ca.pem}}
editions: [{name: all}]
`, up.URL)
	c, err := config.Parse(filepath.Join(dir, "copydesk.yaml"), []byte(text), func(name string) (string, bool) { return string(key), name == "KEY" })
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	w := &World{Now: time.Now}
	d, err := openDesk(context.Background(), c, w, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	results, err := d.poller.Once(t.Context(), c.Sources, func() {})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if good := r.Source != "plain" && r.Source != "stranger"; good != (r.Err == nil) {
			t.Errorf("%s: %v", r.Source, r.Err)
		}
	}
	if warned := log.String(); strings.Count(warned, "tls.insecure") != 1 || !strings.Contains(warned, "source=trusting") {
		t.Errorf("warned of: %s", warned)
	}
}

func TestAReloadChangesWhoseBudgetCounts(t *testing.T) {
	text := "sources: [{name: a, url: \"https://a.blogs.example/feed\"}]\neditions: [{name: all}]\n"
	d := deskAt(t, t.TempDir(), text, time.Now)
	defer d.close()
	for budget, want := range map[string]string{"host": "a.blogs.example", "domain": "*.blogs.example"} {
		c, err := config.Parse(d.config.File, []byte("polling: {budget: "+budget+"}\n"+text), nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.use(t.Context(), c, &World{Now: time.Now}); err != nil {
			t.Fatal(err)
		}
		if got := d.poller.Host("https://a.blogs.example/feed"); got != want {
			t.Errorf("%s: %s", budget, got)
		}
	}
}
