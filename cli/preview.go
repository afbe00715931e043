package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/feed/poll"
	"copydesk/filters"
)

type previewCommand struct {
	What string `arg:"" name:"edition-or-url" help:"An edition, or the address of a feed."`
}

// Run polls into a database of its own, which is gone afterwards.
func (p *previewCommand) Run(ctx context.Context, g *globals, w *World) error {
	c, err := p.config(g, w)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "copydesk-preview-*")
	if err != nil {
		return fmt.Errorf("making room for the preview: %w", err)
	}
	defer os.RemoveAll(dir)
	c.Storage = filepath.Join(dir, "preview.db")
	d, err := openDesk(ctx, c, w, quiet())
	if err != nil {
		return err
	}
	results, err := d.pollOnce(ctx, c.Sources, w)
	if err == nil {
		err = p.show(ctx, g, w, d, results)
	}
	return errors.Join(err, d.close())
}

// config narrows the configuration to what is previewed.
func (p *previewCommand) config(g *globals, w *World) (*config.Config, error) {
	if !strings.Contains(p.What, "://") {
		c, err := g.load(w)
		if err != nil {
			return nil, err
		}
		e := c.Edition(p.What)
		if e == nil {
			return nil, noEdition(c, p.What)
		}
		c.Desk.Editions = c.Desk.Needed(e)
		c.Sources = slices.DeleteFunc(c.Sources, func(s feed.Source) bool { return !e.Takes(s.Name) })
		return c, nil
	}
	c, err := g.load(w)
	if errors.Is(err, os.ErrNotExist) { // an address can be looked at without any configuration
		c, err = config.Parse("", nil, w.Env)
	}
	if err != nil {
		return nil, err
	}
	source := feed.Source{Name: "preview", URL: p.What, Identity: feed.ByGUID, Every: time.Hour}
	c.Sources = []feed.Source{source}
	c.Desk.Sources = map[string]*filters.Source{"preview": {Source: source}}
	c.Desk.Editions = []*filters.Edition{{Name: "preview", Stories: filters.OneStory, Quorum: 1, Limit: 50, Fingerprint: "preview"}}
	return c, nil
}

func (p *previewCommand) show(ctx context.Context, g *globals, w *World, d *desk, results []poll.Result) error {
	var all []explanation
	for r, err := range d.store.Archive(ctx, time.Time{}, nil) {
		if err != nil {
			return err
		}
		x, err := explainRecord(ctx, d.store, d.config.Desk.Editions[0].Name, &r)
		if err != nil {
			return err
		}
		all = append(all, x)
	}
	if g.JSON {
		return printJSON(w.Stdout, all)
	}
	bad := 0
	for _, r := range results {
		if r.Err != nil {
			bad++
			fmt.Fprintf(w.Stderr, "copydesk: %s: %s\n", r.Source, oneLine(r.Error))
		}
	}
	if bad == len(results) {
		return errors.New("no source could be had")
	}
	for _, x := range all {
		for _, decision := range x.Decisions {
			fmt.Fprintf(w.Stdout, "%-7s  %s  (%s, %s)\n         %s\n", decision.Verdict, orUntitled(x.Title), x.Source, languageOf(x), decision.Reason)
			for _, r := range x.Repairs {
				fmt.Fprintf(w.Stdout, "         %s in the %s: %s → %s\n", r.Name, r.Where, oneLine(r.Before), afterOr(r.After))
			}
		}
	}
	return nil
}

func languageOf(x explanation) string {
	if x.Language == "" {
		return "unknown language"
	}
	return x.Language
}

func afterOr(s string) string {
	if s == "" {
		return "(removed)"
	}
	return oneLine(s)
}
