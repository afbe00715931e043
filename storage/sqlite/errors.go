package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"copydesk/storage"
)

// faults says which SQLite result code is which error, and what to do about it.
var faults = map[int]struct {
	is   error
	help string
}{
	sqlite3.SQLITE_FULL:          {storage.ErrFull, "free some space; nothing was half written, and work goes on by itself"},
	sqlite3.SQLITE_IOERR_SHMSIZE: {storage.ErrFull, "free some space; nothing was half written, and work goes on by itself"},
	sqlite3.SQLITE_CORRUPT:       {storage.ErrCorrupt, restore},
	sqlite3.SQLITE_NOTADB:        {storage.ErrCorrupt, restore},
	sqlite3.SQLITE_READONLY:      {storage.ErrReadOnly, "make the file and its directory writable"},
	sqlite3.SQLITE_CANTOPEN:      {storage.ErrReadOnly, "make the file and its directory readable and writable"},
	sqlite3.SQLITE_PERM:          {storage.ErrReadOnly, "make the file and its directory writable"},
	sqlite3.SQLITE_BUSY:          {storage.ErrLocked, "another program has it open; close that one"},
	sqlite3.SQLITE_CONSTRAINT:    {storage.ErrConflict, "nothing was recorded; `copydesk db check` tells whether the database is sound"},
}

const restore = "it was left as it is. Move it away together with its -wal and -shm files and put a backup made with " +
	"`copydesk db backup` in its place; without one, `sqlite3 FILE .recover` saves what can be read"

// fault says what went wrong with the database at path.
func fault(path, doing string, err error) error {
	if err == nil {
		return nil
	}
	var e *driver.Error
	if errors.As(err, &e) {
		f, ok := faults[e.Code()]
		if !ok {
			f, ok = faults[e.Code()&0xff]
		}
		if ok {
			return fmt.Errorf("%s: %s: %w: %w; %s", path, doing, f.is, err, f.help)
		}
	}
	return fmt.Errorf("%s: %s: %w", path, doing, err)
}

// damaged refuses a file that isn't what it should be.
func damaged(path string, why error) error {
	return fmt.Errorf("%s: %w: %w; %s", path, storage.ErrCorrupt, why, restore)
}

// fileFault says why a file beside the database, or the database itself,
// couldn't be made or opened.
func fileFault(path, doing string, err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%s: %s: %w: %w; make the file and its directory writable", path, doing, storage.ErrReadOnly, err)
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%s: %s: %w: %w; free some space", path, doing, storage.ErrFull, err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %s: %w; make the directory first", path, doing, err)
	}
	return fmt.Errorf("%s: %s: %w", path, doing, err)
}
