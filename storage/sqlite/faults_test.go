package sqlite

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
	"copydesk/storage"
	"copydesk/storage/storagetest"
)

// refused tries to open a database, and answers why it couldn't be.
func refused(t *testing.T, path string, o Options) error {
	t.Helper()
	s, err := Open(context.Background(), path, o)
	if err == nil {
		s.Close()
		t.Fatal("it was opened")
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("the message has several lines:\n%v", err)
	}
	return err
}

func says(t *testing.T, err, is error, words ...string) {
	t.Helper()
	if !errors.Is(err, is) {
		t.Errorf("got %v, want %v", err, is)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q doesn't mention %q", err, w)
		}
	}
}

// made is a closed database with some content.
func made(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "desk.db")
	s := open(t, path)
	for hours := range 20 {
		if err := s.Apply(context.Background(), victimBatch(hours)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSecondWriterIsToldWhoIsFirst(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	first := open(t, path)
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, link} {
		err := refused(t, name, Options{})
		says(t, err, storage.ErrLocked, filepath.Base(os.Args[0]), "process", "since 20")
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, path) // free again
}

func TestReadsBesideAWriter(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "desk.db")
	w := open(t, path)
	r, err := Open(ctx, path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b := storagetest.Batch("wire", 0, 1)
	if err := w.Apply(ctx, b); err != nil {
		t.Fatal(err)
	}
	got, err := r.Record(ctx, 1)
	if diff := cmp.Diff(b.New[0], got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	says(t, r.Apply(ctx, storagetest.Batch("wire", 1, 2)), storage.ErrReadOnly)
	says(t, r.SetMeta(ctx, "a", "b"), storage.ErrReadOnly)
	if err := r.SaveBudgets(ctx, map[string]json.RawMessage{"a.example": json.RawMessage(`1`)}); err != nil {
		t.Error(err)
	}
	if budgets, err := w.Budgets(ctx); err != nil || string(budgets["a.example"]) != "1" {
		t.Errorf("budgets are %v, %v", budgets, err)
	}
	if err := r.Backup(ctx, filepath.Join(t.TempDir(), "copy.db")); err != nil {
		t.Error(err)
	}
}

func TestReadingMakesNothing(t *testing.T) {
	dir := t.TempDir()
	says(t, refused(t, filepath.Join(dir, "desk.db"), Options{ReadOnly: true}), storage.ErrMissing, "copydesk serve", "copydesk poll")
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Errorf("%v was made", files)
	}
	says(t, refused(t, filepath.Join(dir, "nowhere", "desk.db"), Options{}), os.ErrNotExist, "directory")
	if err := refused(t, dir, Options{}); !strings.Contains(err.Error(), "directory") {
		t.Errorf("of a directory it says %v", err)
	}
}

func TestRefusesANewerDatabase(t *testing.T) {
	path := made(t)
	alter(t, path, `PRAGMA user_version = 1000`)
	before := contentOf(t, path)
	for _, o := range []Options{{}, {ReadOnly: true}} {
		says(t, refused(t, path, o), storage.ErrNewer, "1000", "newer program")
	}
	if contentOf(t, path) != before {
		t.Error("the file was changed")
	}
}

func TestRefusesAnotherProgramsDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "other.db")
	alter(t, path, `CREATE TABLE notes (text)`)
	before := contentOf(t, path)
	for _, o := range []Options{{}, {ReadOnly: true}} {
		says(t, refused(t, path, o), storage.ErrCorrupt, "another program")
	}
	if contentOf(t, path) != before {
		t.Error("the file was changed")
	}
}

func alter(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err == nil {
		_, err = db.Exec(statement)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

func contentOf(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// A damaged file is never written over, and the way back is named.
func TestRefusesADamagedDatabase(t *testing.T) {
	for name, damage := range map[string]func([]byte) []byte{
		"no database at all": func(d []byte) []byte { return []byte(strings.Repeat("not a database ", 1000)) },
		"empty":              func([]byte) []byte { return nil },
		"cut":                func(d []byte) []byte { return d[:len(d)/2] },
		"schema overwritten": func(d []byte) []byte {
			for i := range d[100:4000] {
				d[100+i] = 0xa5
			}
			return d
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := made(t)
			harmed := damage([]byte(contentOf(t, path)))
			if err := os.WriteFile(path, harmed, 0o600); err != nil {
				t.Fatal(err)
			}
			for _, o := range []Options{{}, {ReadOnly: true}} {
				says(t, refused(t, path, o), storage.ErrCorrupt, path, "copydesk db backup")
			}
			if contentOf(t, path) != string(harmed) {
				t.Error("the file was changed")
			}
		})
	}
}

// Damage deeper in the file is found where it is read, and by Check.
func TestFindsDamageWhereItIs(t *testing.T) {
	ctx := context.Background()
	path := made(t)
	data := []byte(contentOf(t, path))
	for i := len(data) / 4; i < len(data)*3/4; i++ {
		data[i] ^= 0x5a
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(ctx, path, Options{})
	if err == nil {
		defer s.Close()
		err = s.Check(ctx)
	}
	says(t, err, storage.ErrCorrupt, "copydesk db backup")
}

func TestRefusesAJournalWithoutItsDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	if err := os.WriteFile(path+"-wal", []byte("journal"), 0o600); err != nil {
		t.Fatal(err)
	}
	says(t, refused(t, path, Options{}), storage.ErrCorrupt, path+"-wal")
}

// Content that can't be read is named by its entry.
func TestCheckReadsEachContent(t *testing.T) {
	ctx := context.Background()
	path := made(t)
	alter(t, path, `UPDATE contents SET body = x'01ffff' WHERE entry = 17`)
	alter(t, path, `UPDATE entries SET story = 5000 WHERE entry = 18`)
	s := open(t, path)
	says(t, s.Check(ctx), storage.ErrCorrupt, "entry 17", "entry 18")
	_, err := s.Record(ctx, 17)
	says(t, err, storage.ErrCorrupt, "entry 17")
}

// A full disk costs the batch that found it full, and nothing else.
func TestGoesOnWhenThereIsSpaceAgain(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	if err := s.Apply(ctx, victimBatch(0)); err != nil {
		t.Fatal(err)
	}
	limit := func(pages string) {
		t.Helper()
		if _, err := s.writer.conn.ExecContext(ctx, "PRAGMA max_page_count = "+pages); err != nil {
			t.Fatal(err)
		}
	}
	limit("1") // SQLite makes it what is in use
	var err error
	recorded := 0
	for hours := 1; hours < 50 && err == nil; hours++ {
		if err = s.Apply(ctx, victimBatch(hours)); err == nil {
			recorded = hours
		}
	}
	says(t, err, storage.ErrFull, "free some space")
	if n, _, err := s.Next(ctx); err != nil || int(n) != (recorded+1)*perBatch+1 {
		t.Errorf("next entry is %d, %v", n, err)
	}
	limit("1000000")
	if err := s.Apply(ctx, victimBatch(recorded+1)); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(ctx); err != nil {
		t.Error(err)
	}
}

func TestSaysWhatCantBeWritten(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everything")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o700)
	says(t, refused(t, filepath.Join(dir, "desk.db"), Options{}), storage.ErrReadOnly, "writable")

	path := made(t)
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	says(t, refused(t, path, Options{}), storage.ErrReadOnly, "writable")
}

// testdata/schema1.sql is a database as the first release wrote it. It never
// changes.
func TestUpgradesTheFirstSchemaEver(t *testing.T) {
	ctx := context.Background()
	script, err := os.ReadFile("testdata/schema1.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "desk.db")
	alter(t, path, string(script))
	s := open(t, path)
	if err := s.Check(ctx); err != nil {
		t.Fatal(err)
	}
	b := storagetest.Batch("wire", 0, 1, 2)
	for i := range b.New {
		b.New[i].Copy.Topics, b.New[i].Copy.Repairs = nil, nil
	}
	records, err := s.Records(ctx, []int64{1, 2})
	for i, hash := range []string{"d92dc254a4fd9a02e74420a85d1f94dc", "fc5031f8b3d5b9d37b82fbadccd845b2"} {
		stored, err := hex.DecodeString(hash)
		if err != nil {
			t.Fatal(err)
		}
		b.New[i].Hash = feed.Hash(stored) // what is digested may have changed since
	}
	if diff := cmp.Diff(b.New, records); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	published, err := s.Published(ctx, "news", 0, 10)
	if err != nil || len(published) != 1 || published[0].Listing.ID != "urn:listed:1" || published[0].Origin.Title != "The wire" {
		t.Errorf("%+v, %v", published, err)
	}
	decisions, err := s.Decisions(ctx, 1)
	if diff := cmp.Diff([]feed.Decision{storagetest.Decision(1, "news", feed.Kept, 0)}, decisions); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if err := s.Apply(ctx, storagetest.Batch("wire", 1, 3)); err != nil {
		t.Error(err)
	}
	if version, newest := schemaOf(t, s); version != newest {
		t.Errorf("schema %d, want %d", version, newest)
	}
}

func schemaOf(t *testing.T, s *Store) (version, newest int) {
	t.Helper()
	version, newest, err := versions(context.Background(), s.readers.db, s.path)
	if err != nil {
		t.Fatal(err)
	}
	return version, newest
}

// An older database is read only after it was upgraded.
func TestReadingDoesNotUpgrade(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	alter(t, path, `PRAGMA application_id = 1667527531`)
	says(t, refused(t, path, Options{ReadOnly: true}), storage.ErrOlder, "copydesk serve")
}

// A backup is a database like any other.
func TestBackupIsWhole(t *testing.T) {
	ctx := context.Background()
	path := made(t)
	s := open(t, path)
	file := filepath.Join(t.TempDir(), "backup.db")
	if err := s.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	copied := open(t, file)
	if err := copied.Check(ctx); err != nil {
		t.Error(err)
	}
	want, err1 := s.Counts(ctx)
	got, err2 := copied.Counts(ctx)
	if diff := cmp.Diff(want, got); diff != "" || err1 != nil || err2 != nil {
		t.Errorf("%v, %v\n%s", err1, err2, diff)
	}
	says(t, s.Backup(ctx, filepath.Join(t.TempDir(), "nowhere", "backup.db")), os.ErrNotExist, "directory")
}

func TestNothingWorksAfterClosing(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	s.Close()
	if err := s.Apply(ctx, storagetest.Batch("wire", 0, 1)); err == nil {
		t.Error("Apply worked")
	}
	if _, err := s.States(ctx); err == nil {
		t.Error("States worked")
	}
}

// Subscribers are revoked while another process writes, and at once.
func TestSubscribersAreKeptBesideAWriter(t *testing.T) {
	ctx := context.Background()
	path := made(t)
	writing := open(t, path)
	beside, err := Open(ctx, path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer beside.Close()
	if err := beside.AddSubscriber(ctx, "noor", "key", storagetest.At(0)); err != nil {
		t.Fatal(err)
	}
	if name, err := writing.Subscriber(ctx, "key"); name != "noor" || err != nil {
		t.Errorf("%q, %v", name, err)
	}
	if err := beside.DropSubscriber(ctx, "noor"); err != nil {
		t.Fatal(err)
	}
	if name, err := writing.Subscriber(ctx, "key"); name != "" || err != nil {
		t.Errorf("%q, %v", name, err)
	}
}
