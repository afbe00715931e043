package cli

import (
	"context"
	"fmt"
	"time"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/filters"
	"copydesk/filters/replay"
	"copydesk/storage/sqlite"
)

type backtestCommand struct {
	With  string `required:"" placeholder:"NEW.yaml" help:"The changed configuration."`
	Since string `placeholder:"30d" help:"Only entries first seen since then; default: all that is archived."`
	Limit int    `default:"20" help:"How many gains and losses to print of each edition; 0: all."`
}

// Run judges what is archived by another configuration. It stores nothing.
func (b *backtestCommand) Run(ctx context.Context, g *globals, w *World) error {
	since := time.Time{}
	if b.Since != "" {
		age, err := filters.ParseDuration(b.Since)
		if err != nil {
			return fmt.Errorf("%w: --since: %w", errUsage, err)
		}
		since = w.Now().Add(-age)
	}
	changed, err := config.Load(b.With, w.Env)
	if err != nil {
		return err
	}
	return g.read(ctx, w, func(_ *config.Config, store *sqlite.Store) error {
		outcomes, err := backtest(ctx, store, changed.Desk, since)
		if err != nil {
			return err
		}
		if g.JSON {
			return printJSON(w.Stdout, outcomes)
		}
		return b.print(w, outcomes)
	})
}

// replayed is how many entries' decisions are looked up at once.
const replayed = 200

func backtest(ctx context.Context, store *sqlite.Store, desk *filters.Desk, since time.Time) ([]*replay.Outcome, error) {
	r := replay.New(desk)
	var batch []feed.Record
	flush := func() error {
		numbers := make([]int64, len(batch))
		for i := range batch {
			numbers[i] = batch[i].Entry
		}
		decided, err := store.DecisionsOn(ctx, numbers)
		if err != nil {
			return err
		}
		for i := range batch {
			r.Add(&batch[i], decided[batch[i].Entry])
		}
		batch = batch[:0]
		return nil
	}
	for record, err := range store.Archive(ctx, since, nil) {
		if err != nil {
			return nil, err
		}
		batch = append(batch, record)
		if len(batch) == replayed {
			if err := flush(); err != nil {
				return nil, err
			}
		}
	}
	return r.Outcomes(), flush()
}

func (b *backtestCommand) print(w *World, outcomes []*replay.Outcome) error {
	for _, o := range outcomes {
		_, err := fmt.Fprintf(w.Stdout, "%s: %s, %d kept; gains %d, loses %d\n", o.Edition, count(o.Entries, "entry", "entries"), o.Kept, len(o.Gains), len(o.Losses))
		if err != nil {
			return err
		}
		for _, side := range []struct {
			sign    string
			changes []replay.Change
		}{{"+", o.Gains}, {"-", o.Losses}} {
			for i, c := range side.changes {
				if b.Limit > 0 && i == b.Limit {
					fmt.Fprintf(w.Stdout, "  %s and %d more; --limit 0 prints all\n", side.sign, len(side.changes)-i)
					break
				}
				fmt.Fprintf(w.Stdout, "  %s %s (%s)\n      was: %s\n      now: %s\n", side.sign, orUntitled(c.Title), c.Source, orNone(c.Was), orNone(c.Now))
			}
		}
	}
	return nil
}

func orNone(reason string) string {
	if reason == "" {
		return "not taken: the edition doesn't have its source"
	}
	return reason
}
