package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"copydesk/storage"
)

// Backup writes a consistent copy of the database, as it is at this moment,
// while others read and write. It gets its name when it is whole, and never
// takes the place of a file that is there.
func (s *Store) Backup(ctx context.Context, file string) (err error) {
	taken := fmt.Errorf("backup to %s: %w; name another, or move it away", file, storage.ErrExists)
	if exists(file) {
		return taken
	}
	// In a directory of its own, beside the target: nobody else's file is
	// there, and others can't read it.
	work, err := os.MkdirTemp(filepath.Dir(file), ".backup-*")
	if err != nil {
		return fileFault(file, "backup", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	partial := filepath.Join(work, filepath.Base(file))
	if err := s.vacuumInto(ctx, partial); err != nil {
		return fault(s.path, "backup to "+file, err)
	}
	if err := flush(partial); err != nil {
		return fileFault(file, "backup", err)
	}
	err = os.Link(partial, file)
	if errors.Is(err, fs.ErrExist) {
		return taken
	}
	if err != nil { // a file system without links
		if exists(file) {
			return taken
		}
		err = os.Rename(partial, file)
	}
	if err != nil {
		return fileFault(file, "backup", err)
	}
	return nil
}

// vacuumInto copies on a connection of its own: it takes long, and a
// query-only one refuses it.
func (s *Store) vacuumInto(ctx context.Context, file string) error {
	db, err := sql.Open("sqlite", dsn(s.path, "ro", newPragmas))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `VACUUM INTO ?`, file)
	return errors.Join(err, db.Close())
}

// flush makes sure that a file is on the disk, and its owner's alone.
func flush(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Sync(), f.Close())
}
