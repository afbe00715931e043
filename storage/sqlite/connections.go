package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"copydesk/storage"
)

// readers is the pool of query-only connections with the statements prepared
// on them.
type readers struct {
	path string
	db   *sql.DB

	mu         sync.Mutex
	statements map[string]*sql.Stmt
}

func openReaders(path, mode string) (*readers, error) {
	db, err := sql.Open("sqlite", dsn(path, mode, readerPragmas))
	if err != nil {
		return nil, fault(path, "opening it", err)
	}
	db.SetMaxOpenConns(poolSize)
	db.SetMaxIdleConns(poolSize)
	return &readers{path: path, db: db, statements: map[string]*sql.Stmt{}}, nil
}

// try reads something, since opening alone reads nothing.
func (r *readers) try(ctx context.Context) error {
	var n int
	return fault(r.path, "opening it", r.db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&n))
}

func (r *readers) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if stmt, ok := r.statements[query]; ok {
		return stmt, nil
	}
	stmt, err := r.db.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	r.statements[query] = stmt
	return stmt, nil
}

// query calls scan for each row of the answer.
func (r *readers) query(ctx context.Context, doing string, scan func(*sql.Rows) error, query string, args ...any) error {
	stmt, err := r.prepare(ctx, query)
	if err != nil {
		return fault(r.path, doing, err)
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return fault(r.path, doing, err)
	}
	return fault(r.path, doing, each(rows, scan))
}

// row scans the one row of the answer; absent is false when there is none.
func (r *readers) row(ctx context.Context, doing string, dest []any, query string, args ...any) (found bool, err error) {
	err = r.query(ctx, doing, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(dest...)
	}, query, args...)
	return found, err
}

func each(rows *sql.Rows, scan func(*sql.Rows) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (r *readers) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, stmt := range r.statements {
		stmt.Close()
	}
	clear(r.statements)
	return r.db.Close()
}

// writer is the one connection that writes.
type writer struct {
	turn   chan struct{} // holds one while a transaction runs
	closed chan struct{}
	db     *sql.DB
	conn   *sql.Conn

	statements map[string]*sql.Stmt
	names      names
}

// names are the numbers that stand for names in tables, as far as they were
// used since the last transaction that failed.
type names struct {
	sources, editions, configs map[string]int64
	// lastStory is the highest story number given so far, as recorded.
	lastStory int64
}

func newNames() names {
	return names{sources: map[string]int64{}, editions: map[string]int64{}, configs: map[string]int64{}}
}

func newWriter(db *sql.DB) *writer {
	db.SetMaxOpenConns(1)
	return &writer{turn: make(chan struct{}, 1), closed: make(chan struct{}), db: db, statements: map[string]*sql.Stmt{}, names: newNames()}
}

func (w *writer) close() error {
	select {
	case w.turn <- struct{}{}: // for good: nobody writes after this
		close(w.closed)
	case <-w.closed:
		return nil
	}
	for _, stmt := range w.statements {
		stmt.Close()
	}
	var err error
	if w.conn != nil {
		err = w.conn.Close()
	}
	return errors.Join(err, w.db.Close())
}

// tx is a transaction on the writer's connection.
type tx struct {
	*writer
	ctx     context.Context // never ends: a transaction is short, and whole
	touched map[int64]bool  // editions that show something else now
}

// write runs f in one immediate transaction: what it did is recorded whole,
// or, after an error, not at all. ctx counts until the transaction begins.
func (s *Store) write(ctx context.Context, doing string, f func(*tx) error) (err error) {
	w := s.writer
	if w == nil {
		return fmt.Errorf("%s: %s: %w: it was opened for reading", s.path, doing, storage.ErrReadOnly)
	}
	select {
	case w.turn <- struct{}{}:
	case <-w.closed:
		return fmt.Errorf("%s: %s: the store is closed", s.path, doing)
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-w.turn }()
	if err := ctx.Err(); err != nil {
		return err
	}
	t := &tx{writer: w, ctx: context.WithoutCancel(ctx), touched: map[int64]bool{}}
	if _, err := t.exec("BEGIN IMMEDIATE"); err != nil {
		return fault(s.path, doing, err)
	}
	whole := false
	defer func() {
		if !whole { // also after a panic
			w.names = newNames()
			t.exec("ROLLBACK") // fails where SQLite has rolled back already
		}
	}()
	if err := f(t); err != nil {
		return fault(s.path, doing, err)
	}
	if err := t.bump(s.now()); err != nil {
		return fault(s.path, doing, err)
	}
	if _, err := t.exec("COMMIT"); err != nil {
		return fault(s.path, doing, err)
	}
	whole = true
	return nil
}

func (t *tx) prepare(query string) (*sql.Stmt, error) {
	if stmt, ok := t.statements[query]; ok {
		return stmt, nil
	}
	stmt, err := t.conn.PrepareContext(t.ctx, query)
	if err != nil {
		return nil, err
	}
	t.statements[query] = stmt
	return stmt, nil
}

// exec answers how many rows were changed.
func (t *tx) exec(query string, args ...any) (int64, error) {
	stmt, err := t.prepare(query)
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(t.ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (t *tx) query(scan func(*sql.Rows) error, query string, args ...any) error {
	stmt, err := t.prepare(query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(t.ctx, args...)
	if err != nil {
		return err
	}
	return each(rows, scan)
}

// number scans one number; 0 where there is no row.
func (t *tx) number(query string, args ...any) (n int64, err error) {
	var null sql.NullInt64
	err = t.query(func(rows *sql.Rows) error { return rows.Scan(&null) }, query, args...)
	return null.Int64, err
}
