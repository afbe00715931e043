package cli

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/feed/opml"
)

type opmlCommand struct {
	Import opmlImportCommand `cmd:"" help:"Print the sources of an OPML file as they go into the configuration."`
	Export opmlExportCommand `cmd:"" help:"Write the configured sources as OPML."`
}

type opmlImportCommand struct {
	File string `arg:"" help:"The OPML file."`
}

// Run prints YAML to be put under sources: the configuration is the user's
// own file, and isn't written into.
func (o *opmlImportCommand) Run(g *globals, w *World) error {
	file, err := os.Open(o.File)
	if err != nil {
		return fmt.Errorf("reading OPML: %w", err)
	}
	defer file.Close()
	outlines, err := opml.Read(file)
	if err != nil {
		return fmt.Errorf("%s: %w", o.File, err)
	}
	known := map[string]bool{}
	if c, err := g.load(w); err == nil {
		for _, s := range c.Sources {
			known[feed.CanonicalLink(s.URL)] = true
		}
	}
	var b strings.Builder
	skipped := 0
	var strange []string
	for _, s := range outlines {
		if rest, is := strings.CutPrefix(s.URL, "feed:"); is { // as browsers once handed feeds to readers
			s.URL = strings.TrimPrefix(rest, "//")
			if !strings.Contains(s.URL, "://") {
				s.URL = "https://" + s.URL
			}
		}
		if u, err := url.Parse(s.URL); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			strange = append(strange, s.URL)
			continue
		}
		if known[feed.CanonicalLink(s.URL)] {
			skipped++
			continue
		}
		fmt.Fprintf(&b, "  - name: %s\n    url: %s\n", s.Name, quoteYAML(s.URL))
		if len(s.Tags) > 0 {
			fmt.Fprintf(&b, "    tags: [%s]\n", strings.Join(s.Tags, ", "))
		}
	}
	for _, address := range strange {
		fmt.Fprintf(w.Stderr, "copydesk: left out, since it is no address of http or https: %s\n", address)
	}
	if b.Len() == 0 {
		return fmt.Errorf("%s holds no feed that isn't configured already", o.File)
	}
	if skipped > 0 {
		fmt.Fprintf(w.Stderr, "copydesk: %s configured already and left out\n", count(skipped, "feed is", "feeds are"))
	}
	_, err = fmt.Fprint(w.Stdout, "sources:\n"+b.String())
	return err
}

// quoteYAML writes a text as a double-quoted scalar (YAML 1.2 §7.3.1).
func quoteYAML(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s) + `"`
}

type opmlExportCommand struct{}

func (opmlExportCommand) Run(ctx context.Context, g *globals, w *World) error {
	c, err := g.load(w)
	if err != nil {
		return err
	}
	return opml.Write(w.Stdout, "copydesk sources", sourceOutlines(ctx, c, w))
}

// withoutUser leaves out a user and password: lists of feeds are handed on.
func withoutUser(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return address
	}
	u.User = nil
	return u.String()
}

// sourceOutlines lists the sources, with what they call themselves where that
// is known.
func sourceOutlines(ctx context.Context, c *config.Config, w *World) []opml.Outline {
	states := map[string]feed.SourceState{}
	if store, err := open(ctx, c, w, quiet(), true); err == nil {
		// Without a database the names do.
		known, err := store.States(ctx)
		if err = errors.Join(err, store.Close()); err == nil {
			states = known
		}
	}
	var all []opml.Outline
	for _, s := range c.Sources {
		state := states[s.Name]
		o := opml.Outline{Name: s.Name, Title: state.Title, URL: withoutUser(s.URL), Home: state.Home, Tags: s.Tags}
		if o.Title == "" {
			o.Title = s.Name
		}
		all = append(all, o)
	}
	return all
}
