package sqlite

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"copydesk/storage"
)

// lock is the right to write to a database. The file holds who has it; what
// counts is the operating system's lock on it, which ends with the process.
type lock struct {
	file *os.File
}

// holder is who has a lock.
type holder struct {
	PID     int       `json:"pid"`
	Command string    `json:"command"`
	Since   time.Time `json:"since"`
}

func (h holder) String() string {
	if h.PID == 0 {
		return "another process"
	}
	return fmt.Sprintf("%s (process %d, since %s)", h.Command, h.PID, h.Since.Format("2006-01-02 15:04:05 MST"))
}

// errHeld is what lockFile answers when another process has the lock.
var errHeld = errors.New("held")

// acquire takes the lock of the database at path.
func acquire(path string, now time.Time) (*lock, error) {
	f, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fileFault(path, "locking it", err)
	}
	if err := lockFile(f); err != nil {
		defer f.Close()
		if errors.Is(err, errHeld) {
			return nil, fmt.Errorf("opening %s: %w: %s writes to it; stop that one first, or name another database",
				path, storage.ErrLocked, readHolder(f))
		}
		return nil, fmt.Errorf("locking %s.lock: %w; the file system has to support locks", path, err)
	}
	l := &lock{file: f}
	data, err := json.Marshal(holder{PID: os.Getpid(), Command: command(), Since: now.UTC().Truncate(time.Second)})
	if err == nil {
		if err = f.Truncate(0); err == nil {
			_, err = f.WriteAt(append(data, '\n'), 0)
		}
	}
	if err != nil {
		l.release()
		return nil, fileFault(path, "locking it", err)
	}
	return l, nil
}

// readHolder reads who has the lock; best effort, since they may be writing it.
func readHolder(f *os.File) holder {
	var h holder
	data, err := io.ReadAll(io.NewSectionReader(f, 0, 4096))
	if err != nil || json.Unmarshal(data, &h) != nil {
		return holder{}
	}
	return h
}

// command is how this process was called, without what may be secret.
func command() string {
	name := filepath.Base(os.Args[0])
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-") {
		name += " " + os.Args[1]
	}
	return name
}

// release gives the lock up. The file stays: to remove it would let two
// processes lock two files of the same name.
func (l *lock) release() error {
	err := errors.Join(l.file.Truncate(0), l.file.Close())
	if errors.Is(err, os.ErrClosed) { // it was released before
		return nil
	}
	return err
}
