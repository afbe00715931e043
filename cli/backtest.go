package cli

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"time"

	"copydesk/config"
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
	return g.read(ctx, w, func(now *config.Config, store *sqlite.Store) error {
		outcomes, err := backtest(ctx, store, changed.Desk, since, w.Now())
		if err != nil {
			return err
		}
		if g.JSON {
			return printJSON(w.Stdout, outcomes)
		}
		note := "stories are as they are stored"
		if !reflect.DeepEqual(now.Stories, changed.Stories) {
			note += ": the changed settings of stories hold for entries to come"
		}
		fmt.Fprintf(w.Stdout, "if it held for all that is archived (apply: all); %s\n", note)
		return b.print(w, outcomes)
	})
}

// replayed is how many stories are looked up at once.
const replayed = 200

func backtest(ctx context.Context, store *sqlite.Store, desk *filters.Desk, since, now time.Time) ([]*replay.Outcome, error) {
	r := replay.New(desk)
	done := map[int64]bool{}
	portion := make([]int64, 0, replayed)
	for record, err := range store.Window(ctx, since) {
		if err != nil {
			return nil, err
		}
		if done[record.Story] {
			continue
		}
		done[record.Story] = true
		portion = append(portion, record.Story)
		if len(portion) == replayed {
			if err := retell(ctx, store, r, portion, since, now); err != nil {
				return nil, err
			}
			portion = portion[:0]
		}
	}
	return r.Outcomes(), retell(ctx, store, r, portion, since, now)
}

// retell replays stories.
func retell(ctx context.Context, store *sqlite.Store, r *replay.Replay, numbers []int64, since, now time.Time) error {
	if len(numbers) == 0 {
		return nil
	}
	stories, err := store.Stories(ctx, numbers)
	if err != nil {
		return err
	}
	var members []int64
	for _, n := range numbers {
		for _, m := range stories[n].Renditions {
			members = append(members, m.Entry)
		}
	}
	records, err := store.Records(ctx, members)
	if err != nil {
		return err
	}
	decided, err := store.DecisionsOn(ctx, members)
	if err != nil {
		return err
	}
	listings, err := store.ListingsOf(ctx, numbers)
	if err != nil {
		return err
	}
	past := make(map[int64]*replay.Past, len(numbers))
	for _, n := range numbers {
		past[n] = &replay.Past{Story: stories[n], Decided: decided}
	}
	for _, one := range records {
		if p := past[one.Story]; p != nil {
			p.Records = append(p.Records, one)
		}
	}
	for _, l := range listings {
		past[l.Story].Listed = append(past[l.Story].Listed, l)
	}
	for _, n := range numbers {
		r.Tell(*past[n], since, now)
	}
	return nil
}

func (b *backtestCommand) print(w *World, outcomes []*replay.Outcome) error {
	for _, o := range outcomes {
		became := fmt.Sprintf("%d kept", o.Kept)
		for _, other := range []struct {
			n    int
			what string
		}{{o.Merged, "merged"}, {o.Held, "held"}, {o.Dropped, "dropped"}} {
			if other.n > 0 {
				became += fmt.Sprintf(", %d %s", other.n, other.what)
			}
		}
		_, err := fmt.Fprintf(w.Stdout, "%s: %s, %s; gains %d, loses %d\n", o.Edition, count(o.Entries, "entry", "entries"), became, len(o.Gains), len(o.Losses))
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
				fmt.Fprintf(w.Stdout, "  %s %s (%s)\n      was: %s\n      now: %s\n", side.sign, orUntitled(c.Title), c.Source, cmp.Or(c.Was, "nothing: the edition didn't have it"), orNone(c.Now))
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
