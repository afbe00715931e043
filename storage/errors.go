package storage

import "errors"

// The errors that callers tell apart with errors.Is. What a store returns
// wraps one of them and says where, and what to do about it.
var (
	// ErrNotFound: there is no such entry.
	ErrNotFound = errors.New("not found")
	// ErrMissing: there is no store at this place yet.
	ErrMissing = errors.New("no database there")
	// ErrLocked: another process writes to the store.
	ErrLocked = errors.New("in use by another process")
	// ErrNewer: a newer program has written the store.
	ErrNewer = errors.New("written by a newer copydesk")
	// ErrOlder: the store has to be upgraded before it can be read.
	ErrOlder = errors.New("written by an older copydesk")
	// ErrCorrupt: the store is damaged, or not one of ours.
	ErrCorrupt = errors.New("database damaged")
	// ErrFull: no space is left for what was to be written.
	ErrFull = errors.New("disk full")
	// ErrReadOnly: the store can't be written to.
	ErrReadOnly = errors.New("read-only")
	// ErrExists: what is there already isn't overwritten.
	ErrExists = errors.New("it is there already")
	// ErrConflict: a batch contradicts what is recorded; none of it was.
	ErrConflict = errors.New("contradicts what is recorded")
)
