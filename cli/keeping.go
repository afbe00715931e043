package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"copydesk/feed/fetch"
)

// restoreBudgets takes up the budgets of hosts where the last run left them.
func (d *desk) restoreBudgets(ctx context.Context) error {
	stored, err := d.store.Budgets(ctx)
	if err != nil {
		return err
	}
	budgets := make(map[string]fetch.Budget, len(stored))
	for host, data := range stored {
		var one fetch.Budget
		if err := json.Unmarshal(data, &one); err == nil { // else: of another version; it starts full
			budgets[host] = one
		}
	}
	d.budget.Restore(budgets)
	return nil
}

func (d *desk) saveBudgets(ctx context.Context) error {
	budgets := map[string]json.RawMessage{}
	for host, one := range d.budget.Snapshot() {
		data, err := json.Marshal(one)
		if err != nil {
			return fmt.Errorf("writing down the budget of %s: %w", host, err)
		}
		budgets[host] = data
	}
	return d.store.SaveBudgets(ctx, budgets)
}

// steadiness is what is remembered of the clock before content is forgotten
// by it.
type steadiness struct {
	Since time.Time `json:"since"` // it has gone on without a jump
	Last  time.Time `json:"last"`  // it was looked at
	Done  time.Time `json:"done"`  // content was last forgotten
}

const (
	metaSteady = "steady clock"
	// leap is how far a clock goes on unobserved without being doubted.
	leap = 30 * 24 * time.Hour
	// steadyFor is how long a clock that jumped has to go on until content is
	// forgotten by it: one that is a year ahead for an hour would empty the
	// archive.
	steadyFor = 24 * time.Hour
)

// retain forgets the content of entries that upstream no longer lists and no
// edition shows, when it wasn't done for a while.
func (d *desk) retain(ctx context.Context, now time.Time, every time.Duration) error {
	text, err := d.store.Meta(ctx, metaSteady)
	if err != nil {
		return err
	}
	var clock steadiness
	if err := json.Unmarshal([]byte(text), &clock); err != nil || now.Before(clock.Last.Add(-time.Hour)) || now.Sub(clock.Last) > leap {
		clock = steadiness{Since: now}
	}
	clock.Last = now
	due := now.Sub(clock.Since) >= steadyFor && now.Sub(clock.Done) >= every
	if due {
		clock.Done = now
	}
	note, err := json.Marshal(clock)
	if err != nil {
		return fmt.Errorf("noting the time: %w", err)
	}
	if err := d.store.SetMeta(ctx, metaSteady, string(note)); err != nil || !due {
		return err
	}
	shown := map[string]int{}
	for _, e := range d.config.Desk.Editions {
		shown[e.Name] = e.Limit
	}
	n, err := d.store.Retain(ctx, now.Add(-d.config.Retain), shown)
	if n > 0 {
		d.log.Info("forgot the content of old entries", "entries", n)
	}
	return err
}
