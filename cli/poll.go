package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"copydesk/feed"
	"copydesk/feed/poll"
	"copydesk/filters"
)

type pollCommand struct {
	All    bool     `help:"Poll everything, due or not."`
	Source []string `placeholder:"NAME" help:"Poll these sources, due or not."`
	Out    string   `placeholder:"DIR" help:"Write the editions as static files too."`
}

func (p *pollCommand) Run(ctx context.Context, g *globals, w *World) error {
	c, err := g.load(w)
	if err != nil {
		return err
	}
	d, err := openDesk(ctx, c, w, logger(w))
	if err != nil {
		return err
	}
	return errors.Join(p.run(ctx, d, g, w), d.close())
}

func (p *pollCommand) run(ctx context.Context, d *desk, g *globals, w *World) error {
	sources, err := p.choose(ctx, d, w.Now())
	if err != nil {
		return err
	}
	results, err := d.pollOnce(ctx, sources, w)
	if err != nil {
		return err
	}
	if err := d.retain(ctx, w.Now(), retainPolling); err != nil {
		return err
	}
	if p.Out != "" {
		if err := d.writeAll(ctx, p.Out); err != nil {
			return err
		}
		for _, e := range d.config.Desk.Editions {
			if e.Private {
				fmt.Fprintf(w.Stderr, "copydesk: %s is private and not among the files; copydesk export %s writes it\n", e.Name, e.Name)
			}
		}
	}
	if g.JSON {
		err = printJSON(w.Stdout, results)
	} else {
		err = printResults(w, results, len(d.config.Sources))
	}
	if err == nil && len(results) > 0 && !slices.ContainsFunc(results, func(r poll.Result) bool { return r.Err == nil }) {
		return errors.New("no source could be had")
	}
	return err
}

// choose lists the sources to poll.
func (p *pollCommand) choose(ctx context.Context, d *desk, now time.Time) ([]feed.Source, error) {
	if p.All {
		return d.config.Sources, nil
	}
	if len(p.Source) > 0 {
		var chosen []feed.Source
		for _, name := range p.Source {
			s, ok := d.config.Source(name)
			if !ok {
				return nil, fmt.Errorf("%w: there is no source %q%s", errUsage, name, didYouMean(name, sourceNames(d.config.Sources)))
			}
			chosen = append(chosen, s)
		}
		return chosen, nil
	}
	states, err := d.store.States(ctx)
	if err != nil {
		return nil, err
	}
	return poll.DueAt(d.config.Sources, states, now), nil
}

// retainPolling is how often single polls forget what is too old.
const retainPolling = 20 * time.Hour

func sourceNames(sources []feed.Source) []string {
	names := make([]string, len(sources))
	for i, s := range sources {
		names[i] = s.Name
	}
	return names
}

func didYouMean(name string, all []string) string {
	if near := filters.Nearest(name, all); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ": known are " + strings.Join(all, ", ")
}

// pollOnce polls sources with a progress bar for who looks at it.
func (d *desk) pollOnce(ctx context.Context, sources []feed.Source, w *World) ([]poll.Result, error) {
	tick := func() {}
	if w.Terminal && len(sources) > 1 {
		bar := progressbar.NewOptions(len(sources),
			progressbar.OptionSetWriter(w.Stderr), progressbar.OptionSetDescription("polling"),
			progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(false))
		tick = func() { _ = bar.Add(1) } // a bar that can't be drawn harms nobody
		defer func() { _ = bar.Finish() }()
	}
	if err := d.restoreBudgets(ctx); err != nil {
		return nil, err
	}
	results, err := d.poller.Once(ctx, sources, tick)
	return results, errors.Join(err, d.saveBudgets(context.WithoutCancel(ctx)))
}

func printResults(w *World, results []poll.Result, known int) error {
	if len(results) == 0 {
		_, err := fmt.Fprintf(w.Stdout, "nothing is due among %s; --all polls everything\n", count(known, "source", "sources"))
		return err
	}
	t := table{head: []string{"SOURCE", "STATUS", "NEW", "KEPT", "DROPPED", "MERGED", "TIME", ""}, right: map[int]bool{2: true, 3: true, 4: true, 5: true, 6: true}}
	for _, r := range results {
		note := r.Error
		if r.Feed != "" {
			note = "took the feed " + r.Feed + ", which the page offers"
		}
		if note == "" && r.Changed > 0 {
			note = count(r.Changed, "edited entry", "edited entries")
		}
		if note == "" && r.Held > 0 {
			note = count(r.Held, "entry is held", "entries are held")
		}
		t.add(r.Source, r.Status, strconv.Itoa(r.New), strconv.Itoa(r.Kept), strconv.Itoa(r.Dropped), strconv.Itoa(r.Merged),
			r.Took.Round(time.Millisecond).String(), oneLine(note))
	}
	return t.print(w.Stdout)
}
