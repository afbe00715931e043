package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"time"

	"copydesk/storage"
)

// AddSubscriber lets the holder of a key in, under a name. The key itself isn't
// kept. storage.ErrExists when the name is taken. Like DropSubscriber, it works
// on a store that was opened for reading, beside whoever writes.
func (s *Store) AddSubscriber(ctx context.Context, name, key string, added time.Time) error {
	doing := "adding the subscriber " + name
	const query = `INSERT INTO subscribers (name, digest, added) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING`
	n, err := s.writeBeside(ctx, doing, query, name, keyDigest(key), added.UnixMicro())
	if err == nil && n == 0 {
		err = fmt.Errorf("%s: %w", doing, storage.ErrExists)
	}
	return err
}

// DropSubscriber shuts a subscriber out; storage.ErrNotFound when there is none.
func (s *Store) DropSubscriber(ctx context.Context, name string) error {
	doing := "revoking the subscriber " + name
	n, err := s.writeBeside(ctx, doing, `DELETE FROM subscribers WHERE name = ?`, name)
	if err == nil && n == 0 {
		err = fmt.Errorf("%s: %w", doing, storage.ErrNotFound)
	}
	return err
}

// Subscribers answers who was let in, by name.
func (s *Store) Subscribers(ctx context.Context) ([]storage.Subscriber, error) {
	var all []storage.Subscriber
	err := s.readers.query(ctx, "reading the subscribers", func(rows *sql.Rows) error {
		var one storage.Subscriber
		var added sql.NullInt64
		err := rows.Scan(&one.Name, &added)
		one.Added = fromMicros(added)
		all = append(all, one)
		return err
	}, `SELECT name, added FROM subscribers ORDER BY name`)
	return all, err
}

// Subscriber answers whose key it is; "" when it is nobody's.
func (s *Store) Subscriber(ctx context.Context, key string) (name string, err error) {
	_, err = s.readers.row(ctx, "looking a subscriber up", []any{&name}, `SELECT name FROM subscribers WHERE digest = ?`, keyDigest(key))
	return name, err
}

func keyDigest(key string) []byte {
	sum := sha256.Sum256([]byte("subscriber " + key))
	return sum[:]
}
