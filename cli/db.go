package cli

import (
	"context"
	"fmt"

	"copydesk/config"
	"copydesk/storage/sqlite"
)

type dbCommand struct {
	Check  dbCheckCommand  `cmd:"" help:"Look the database through for damage."`
	Backup dbBackupCommand `cmd:"" help:"Write a consistent copy of the database, also while it is in use."`
}

type dbCheckCommand struct{}

func (dbCheckCommand) Run(ctx context.Context, g *globals, w *World) error {
	return g.read(ctx, w, func(c *config.Config, store *sqlite.Store) error {
		if err := store.Check(ctx); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w.Stdout, storePath(c)+" is sound")
		return err
	})
}

type dbBackupCommand struct {
	File string `arg:"" help:"Where to write it; it must not exist yet."`
}

func (b *dbBackupCommand) Run(ctx context.Context, g *globals, w *World) error {
	return g.read(ctx, w, func(_ *config.Config, store *sqlite.Store) error {
		if err := store.Backup(ctx, b.File); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w.Stdout, "wrote "+b.File)
		return err
	})
}
