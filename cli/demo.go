package cli

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/web"
)

// bundled are the demo's upstreams and its configuration.
//
//go:embed demo
var bundled embed.FS

type demoCommand struct {
	Listen string `default:"127.0.0.1:8080" help:"Address to serve on; another port when it is taken."`
	Once   bool   `help:"Poll, print what came of it, and exit."`
}

// Run polls and serves bundled upstreams, all on loopback, with a database
// that is gone afterwards.
func (d *demoCommand) Run(ctx context.Context, w *World) (err error) {
	dir, err := os.MkdirTemp("", "copydesk-demo-*")
	if err != nil {
		return fmt.Errorf("making room for the demo: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	upstream, stop, err := serveBundled()
	if err != nil {
		return err
	}
	defer stop()
	l, err := listenSomewhere(d.Listen)
	if err != nil {
		return err
	}
	defer l.Close()
	c, err := demoConfig(dir, upstream, l.Addr().String())
	if err != nil {
		return err
	}
	desk, err := openDesk(ctx, c, w, slog.New(slog.NewTextHandler(w.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return err
	}
	return errors.Join(d.run(ctx, desk, w, l, upstream), desk.close())
}

func (d *demoCommand) run(ctx context.Context, desk *desk, w *World, l net.Listener, upstream string) error {
	results, err := desk.pollOnce(ctx, desk.config.Sources, w)
	if err != nil {
		return err
	}
	if err := printResults(w, results, len(desk.config.Sources)); err != nil || d.Once {
		return err
	}
	cases, err := desk.cases(ctx, upstream)
	if err != nil {
		return err
	}
	base := "http://" + l.Addr().String() + "/"
	fmt.Fprintf(w.Stdout, "\nbefore and after:  %sdemo\n", base)
	for _, e := range desk.config.Desk.Editions {
		fmt.Fprintf(w.Stdout, "%-18s %sfeeds/%s.atom\n", e.Name+":", base, e.Name)
	}
	fmt.Fprintf(w.Stdout, "\nCtrl-C ends the demo; it leaves nothing behind.\n")
	return desk.serve(ctx, nil, w, l, web.Options{Demo: func() web.Demo { return web.Demo{Cases: cases} }})
}

// serveBundled serves the bundled feeds and pictures on loopback.
func serveBundled() (address string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("starting the demo's upstreams: %w", err)
	}
	address = "http://" + l.Addr().String()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /feeds/{name}", func(w http.ResponseWriter, r *http.Request) {
		data, err := bundledText(r.PathValue("name"), address)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
		http.ServeContent(w, r, "", time.Date(2026, 3, 13, 12, 0, 0, 0, time.UTC), strings.NewReader(data))
	})
	mux.HandleFunc("GET /pictures/{name}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "image/svg+xml")
		fmt.Fprint(w, picture(strings.TrimSuffix(r.PathValue("name"), ".svg")))
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(l) }() // ends with stop
	return address, func() { _ = server.Close() }, nil
}

// picture draws waves, others for each name.
func picture(name string) string {
	hue := 190
	for _, c := range name {
		hue = (hue*31 + int(c)*47) % 360
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" width="640" height="360"><rect width="640" height="360" fill="hsl(%d 45%% 82%%)"/><circle cx="%d" cy="80" r="36" fill="hsl(%d 80%% 70%%)"/>`, hue, 120+hue, (hue+180)%360)
	for i := range 6 {
		y := 150 + 38*i
		fmt.Fprintf(&b, `<path d="M0 %d q 80 -30 160 0 t 160 0 t 160 0 t 160 0 V 360 H 0 Z" fill="hsl(%d 45%% %d%%)"/>`, y, (hue+8*i)%360, 66-8*i)
	}
	return b.String() + "</svg>"
}

func bundledText(name, upstream string) (string, error) {
	data, err := fs.ReadFile(bundled, "demo/"+name)
	return strings.ReplaceAll(string(data), "$UPSTREAM", upstream), err
}

// listenSomewhere listens on the address, or on a free port of its host.
func listenSomewhere(address string) (net.Listener, error) {
	if l, err := net.Listen("tcp", address); err == nil {
		return l, nil
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("%w: --listen: %q is not host:port", errUsage, address)
	}
	l, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		return nil, fmt.Errorf("listening: %w", err)
	}
	return l, nil
}

func demoConfig(dir, upstream, listen string) (*config.Config, error) {
	text, err := bundledText("copydesk.yaml", upstream)
	if err != nil {
		return nil, err
	}
	c, err := config.Parse(filepath.Join(dir, "copydesk.yaml"), []byte(text), func(string) (string, bool) { return "", false })
	if err != nil {
		return nil, err
	}
	c.Server.Listen = listen
	return c, nil
}

// kinds say what the demo's sources are.
var kinds = map[string]string{
	"harbour-digest":   "an aggregator that hides images behind a proxy",
	"tidemark-finance": "a finance portal with litter",
	"world-again":      "a retold blog with broken links",
	"minami-release":   "press releases torn into lines",
	"clickcove":        "a content farm with share lines",
}

// cases are the first entry of each source as it came and as it is published.
func (d *desk) cases(ctx context.Context, upstream string) ([]web.Case, error) {
	newest := map[string]feed.Record{}
	for r, err := range d.store.Archive(ctx, time.Time{}, nil) {
		if err != nil {
			return nil, err
		}
		if r.Copy.Published.After(newest[r.Source].Copy.Published) {
			newest[r.Source] = r
		}
	}
	var all []web.Case
	for source, r := range newest {
		decisions, err := d.store.Decisions(ctx, r.Entry)
		if err != nil {
			return nil, err
		}
		all = append(all, web.Case{
			Source: source, Kind: kinds[source], Received: strings.ReplaceAll(r.Received.Body().Value, upstream, "http://upstream"),
			Title: r.Copy.Title, Was: r.Received.Title.Value, Link: r.Copy.Link, LinkWas: r.Received.Link("alternate"),
			HTML: template.HTML(r.Copy.HTML), Language: r.Copy.Language, Repairs: r.Copy.Repairs, Decisions: decisions, // sanitised by the desk
		})
	}
	slices.SortFunc(all, func(a, b web.Case) int { return cmp.Compare(a.Source, b.Source) })
	return all, nil
}
