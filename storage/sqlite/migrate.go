package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"copydesk/storage"
)

// migrations are numbered from 1, without gaps, and never edited once they
// were released: a database's user_version says how many of them it has had.
//
//go:embed migrations/*.sql
var migrations embed.FS

// latest is the schema that this program reads and writes.
func latest() (int, []string, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return 0, nil, err
	}
	return len(names), names, nil // Glob answers in order of names
}

// querier is what both a connection and a pool can do.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// schema reads which schema a database has, and refuses one that isn't ours.
func schema(ctx context.Context, q querier, path string) (int, error) {
	var version, application, tables int
	err := q.QueryRowContext(ctx, `SELECT (SELECT user_version FROM pragma_user_version),
		(SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_schema)`).
		Scan(&version, &application, &tables)
	if err != nil {
		return 0, fault(path, "opening it", err)
	}
	if application != applicationID {
		return 0, fmt.Errorf("opening %s: %w: it is a database of another program; name another file", path, storage.ErrCorrupt)
	}
	if tables > 0 && version == 0 {
		return 0, damaged(path, errors.New("it has tables, but no version"))
	}
	return version, nil
}

// checkReadable refuses a schema that this program can't bring up to its own.
func checkReadable(ctx context.Context, q querier, path string) error {
	_, _, err := versions(ctx, q, path)
	return err
}

// checkVersion refuses a schema that isn't this program's.
func checkVersion(ctx context.Context, q querier, path string) error {
	version, newest, err := versions(ctx, q, path)
	if err == nil && version < newest {
		err = fmt.Errorf("opening %s: %w (schema %d, this program's is %d); `copydesk serve` or `copydesk poll` upgrades it",
			path, storage.ErrOlder, version, newest)
	}
	return err
}

// versions answers a database's schema and this program's, which isn't older.
func versions(ctx context.Context, q querier, path string) (version, newest int, err error) {
	if newest, _, err = latest(); err != nil {
		return 0, 0, err
	}
	version, err = schema(ctx, q, path)
	if err == nil && version > newest {
		err = tooNew(path, version, newest)
	}
	return version, newest, err
}

func tooNew(path string, version, newest int) error {
	return fmt.Errorf("opening %s: %w (schema %d, this program knows up to %d); use the newer program, "+
		"or a backup that was made before the upgrade", path, storage.ErrNewer, version, newest)
}

// migrate brings a database to the latest schema, one transaction a step.
func migrate(ctx context.Context, conn *sql.Conn, path string) (from, to int, err error) {
	_, names, err := latest()
	if err != nil {
		return 0, 0, err
	}
	if from, to, err = versions(ctx, conn, path); err != nil {
		return 0, 0, err
	}
	for n, name := range names {
		if n < from {
			continue
		}
		script, err := migrations.ReadFile(name)
		if err != nil {
			return from, to, err
		}
		statements := fmt.Sprintf("BEGIN IMMEDIATE;\n%s\n;PRAGMA user_version = %d;\nCOMMIT", script, n+1)
		if _, err := conn.ExecContext(ctx, statements); err != nil {
			_, undo := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
			return from, to, fault(path, "upgrading it with "+name, errors.Join(err, undo))
		}
	}
	return from, to, nil
}
