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

// retain forgets the content of entries that upstream no longer lists and no
// edition shows.
func (d *desk) retain(ctx context.Context, now time.Time) error {
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
