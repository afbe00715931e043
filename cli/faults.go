package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"time"

	"copydesk/config"
	"copydesk/filters"
	"copydesk/storage/sqlite"
	"copydesk/web"
)

// ruleFaults asks the database, where there is one, how the rules did.
func ruleFaults(ctx context.Context, c *config.Config, w *World) ([]filters.Fault, error) {
	if _, err := os.Stat(storePath(c)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	store, err := open(ctx, c, w, quiet(), true)
	if err != nil {
		return nil, err
	}
	faults, err := faultsOf(ctx, c, store, w.Now())
	return faults, errors.Join(err, store.Close())
}

// faultsOf tells which rules did nothing or too much of late.
func faultsOf(ctx context.Context, c *config.Config, store *sqlite.Store, now time.Time) ([]filters.Fault, error) {
	uses, err := store.RuleUses(ctx, now.Add(-filters.Idle), now.Add(-filters.Flood))
	if err != nil {
		return nil, err
	}
	return filters.Faults(c.Desk, uses, now), nil
}

// faultsLast is how long faults are good for: to find them takes a way through
// weeks of decisions, and they don't come within minutes.
const faultsLast = 5 * time.Minute

// faults shows them to the web server.
func (l *library) faults(ctx context.Context) ([]web.Fault, error) {
	l.looking.Lock()
	defer l.looking.Unlock()
	c, now := l.config.Load(), l.now()
	if l.faultsOf == c && now.Sub(l.looked) < faultsLast && !now.Before(l.looked) {
		return slices.Clone(l.found), nil
	}
	found, err := faultsOf(ctx, c, l.store, now)
	if err != nil {
		return nil, err
	}
	l.found, l.faultsOf, l.looked = make([]web.Fault, len(found)), c, now
	for i, f := range found {
		l.found[i] = web.Fault{Path: f.Path, Text: f.Text, Since: f.Since}
	}
	return slices.Clone(l.found), nil
}
