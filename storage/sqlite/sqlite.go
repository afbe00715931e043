// Package sqlite keeps copydesk's store in one SQLite file, in WAL mode.
//
// It promises what package storage says. One connection writes, in immediate
// transactions, one after another; a pool of query-only connections reads.
// Beside the database PATH stands PATH.lock, by which a second writing process
// finds out who the first is; the operating system releases it with the
// process, however that ended.
//
// Received entries and copies are compressed together, since they say nearly
// the same; what is searched for has columns of its own. The tables are
// explained in migrations/, in SQL.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"copydesk/storage"
)

// Options say how a store is opened.
type Options struct {
	// ReadOnly opens a store that exists, beside whoever writes to it.
	// Nothing can be written but host budgets and subscribers.
	ReadOnly bool
	Now      func() time.Time // time.Now when nil
	Log      *slog.Logger     // nothing is logged when nil
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	path    string
	now     func() time.Time
	log     *slog.Logger
	lock    *lock
	readers *readers
	writer  *writer // nil when opened for reading
}

const (
	// poolSize is how many connections read at once.
	poolSize = 8
	// applicationID marks our files for file(1) and for Open: "cdsk".
	applicationID = 0x6364736b
)

// pragmas that every connection is opened with. mmap saves copying for
// readers; what is mapped counts as the process's memory, hence the bound.
var (
	writerPragmas = []string{
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(1)",
		"temp_store(MEMORY)", "cache_size(-16000)", "wal_autocheckpoint(4000)", "journal_size_limit(67108864)",
	}
	readerPragmas = []string{
		"busy_timeout(10000)", "query_only(1)", "temp_store(MEMORY)", "cache_size(-4000)", "mmap_size(67108864)",
	}
	newPragmas = []string{"busy_timeout(10000)", "foreign_keys(1)"}
)

// Open opens the database at path. For writing, it is made when there is none,
// upgraded when it is older, and locked against a second writer.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		path = resolved
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	s := &Store{path: path, now: o.Now, log: o.Log}
	if o.ReadOnly {
		err = s.openReading(ctx)
	} else {
		err = s.openWriting(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) openWriting(ctx context.Context) (err error) {
	if s.lock, err = acquire(s.path, s.now()); err != nil {
		return err
	}
	missing, err := s.missing()
	if err != nil {
		return err
	}
	if missing {
		if err := create(ctx, s.path); err != nil {
			return err
		}
		s.log.Info("made a new database", "path", s.path)
	}
	if err := writable(s.path); err != nil {
		return err
	}
	// Looked at before the writer opens it, which turns any database into a
	// WAL one.
	if s.readers, err = openReaders(s.path, "mode=ro"); err != nil {
		return err
	}
	if err := checkReadable(ctx, s.readers.db, s.path); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", dsn(s.path, "rw", writerPragmas))
	if err != nil {
		return fault(s.path, "opening it", err)
	}
	s.writer = newWriter(db)
	if s.writer.conn, err = db.Conn(ctx); err != nil {
		return fault(s.path, "opening it", err)
	}
	from, to, err := migrate(ctx, s.writer.conn, s.path)
	if err != nil {
		return err
	}
	if from != to {
		s.log.Info("upgraded the database", "path", s.path, "from", from, "to", to)
	}
	return s.readers.try(ctx)
}

func (s *Store) openReading(ctx context.Context) error {
	missing, err := s.missing()
	if err != nil {
		return err
	}
	if missing {
		return fmt.Errorf("opening %s: %w; `copydesk serve` or `copydesk poll` makes it", s.path, storage.ErrMissing)
	}
	if s.readers, err = openReaders(s.path, "mode=ro"); err != nil {
		return err
	}
	err = s.readers.try(ctx)
	if errors.Is(err, storage.ErrReadOnly) && !exists(s.path+"-wal") {
		// WAL needs a place for its index even to read. Where none can be
		// made nobody writes either.
		s.readers.close()
		if s.readers, err = openReaders(s.path, "mode=ro&immutable=1"); err != nil {
			return err
		}
		err = s.readers.try(ctx)
	}
	if err != nil {
		return err
	}
	return checkVersion(ctx, s.readers.db, s.path)
}

// missing reports whether there is no database yet, and refuses what must not
// be taken for that.
func (s *Store) missing() (bool, error) {
	info, err := os.Stat(s.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if wal, err := os.Stat(s.path + "-wal"); err == nil && wal.Size() > 0 {
			return false, fmt.Errorf("opening %s: %w: its journal %s-wal is there, the database isn't; "+
				"bring it back, or move the journal away to begin anew", s.path, storage.ErrCorrupt, s.path)
		}
		return true, nil
	case err != nil:
		return false, fmt.Errorf("opening %s: %w", s.path, err)
	case info.IsDir():
		return false, fmt.Errorf("opening %s: it is a directory; name a file in it", s.path)
	case info.Size() == 0:
		return false, damaged(s.path, errors.New("the file is empty"))
	}
	return false, nil
}

// create makes an empty database. It gets its name when it is whole, so that
// an empty file in its place is never one of ours.
func create(ctx context.Context, path string) (err error) {
	fresh := path + ".new"
	for _, name := range []string{fresh, fresh + "-journal"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("making %s: %w", path, err)
		}
	}
	// Not for other users' eyes: editions may be private.
	f, err := os.OpenFile(fresh, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fileFault(path, "making it", err)
	}
	f.Close()
	defer func() {
		if err != nil {
			os.Remove(fresh)
		}
	}()
	db, err := sql.Open("sqlite", dsn(fresh, "rw", newPragmas))
	if err != nil {
		return fault(path, "making it", err)
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return fault(path, "making it", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		return fault(path, "making it", err)
	}
	if _, _, err := migrate(ctx, conn, path); err != nil {
		return err
	}
	conn.Close()
	if err := db.Close(); err != nil {
		return fault(path, "making it", err)
	}
	if err := os.Rename(fresh, path); err != nil {
		return fileFault(path, "making it", err)
	}
	return nil
}

// writable reports, before SQLite does so in fewer words, that a file can't be
// written.
func writable(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fileFault(path, "opening it", err)
	}
	return f.Close()
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// dsn names a database with what each of its connections starts with; a
// pragma sent later would reach one connection of the pool only.
func dsn(path, mode string, pragmas []string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	if !strings.Contains(mode, "=") {
		mode = "mode=" + mode
	}
	u := url.URL{Path: path}
	return "file://" + u.EscapedPath() + "?" + mode + "&" + url.Values{"_pragma": pragmas}.Encode()
}

// Close waits for the writer to end what it does, and closes the database.
func (s *Store) Close() error {
	var errs []error
	if s.readers != nil {
		errs = append(errs, s.readers.close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.close()) // last: it tidies the journal up
	}
	if s.lock != nil {
		errs = append(errs, s.lock.release())
	}
	if err := errors.Join(errs...); err != nil {
		return fault(s.path, "closing it", err)
	}
	return nil
}
