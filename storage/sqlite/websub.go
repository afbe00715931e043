package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"copydesk/storage"
)

// Subscriptions answers who wants to be told of a topic.
func (s *Store) Subscriptions(ctx context.Context, topic string) ([]storage.Subscription, error) {
	var all []storage.Subscription
	err := s.readers.query(ctx, "reading subscriptions", func(rows *sql.Rows) error {
		one := storage.Subscription{Topic: topic}
		var expires sql.NullInt64
		err := rows.Scan(&one.Callback, &one.Secret, &expires, &one.Failures)
		one.Expires = fromMicros(expires)
		all = append(all, one)
		return err
	}, `SELECT callback, secret, expires, failures FROM subscriptions WHERE topic = ? ORDER BY callback`, topic)
	return all, err
}

// SetSubscription keeps a subscription, in the place of an earlier one.
func (s *Store) SetSubscription(ctx context.Context, one storage.Subscription) error {
	return s.write(ctx, "recording a subscription", func(t *tx) error {
		_, err := t.exec(`INSERT OR REPLACE INTO subscriptions (topic, callback, secret, expires, failures) VALUES (?, ?, ?, ?, ?)`,
			one.Topic, one.Callback, one.Secret, one.Expires.UnixMicro(), one.Failures)
		return err
	})
}

// DropSubscription forgets a subscription, if there is one.
func (s *Store) DropSubscription(ctx context.Context, topic, callback string) error {
	return s.write(ctx, "dropping a subscription", func(t *tx) error {
		_, err := t.exec(`DELETE FROM subscriptions WHERE topic = ? AND callback = ?`, topic, callback)
		return err
	})
}

// Leases answers all subscriptions of ours, by source.
func (s *Store) Leases(ctx context.Context) ([]storage.Lease, error) {
	return s.leases(ctx, `SELECT lease FROM leases ORDER BY source`)
}

// Lease answers our subscription for a source; without a Source when there is none.
func (s *Store) Lease(ctx context.Context, source string) (storage.Lease, error) {
	return first(s.leases(ctx, `SELECT lease FROM leases WHERE source = ?`, source))
}

// LeaseByID answers the subscription with this ID; without a Source when
// there is none.
func (s *Store) LeaseByID(ctx context.Context, id string) (storage.Lease, error) {
	return first(s.leases(ctx, `SELECT lease FROM leases WHERE id = ?`, id))
}

func first(leases []storage.Lease, err error) (storage.Lease, error) {
	if err != nil || len(leases) == 0 {
		return storage.Lease{}, err
	}
	return leases[0], nil
}

func (s *Store) leases(ctx context.Context, query string, args ...any) ([]storage.Lease, error) {
	var all []storage.Lease
	err := s.readers.query(ctx, "reading leases", func(rows *sql.Rows) error {
		var text sql.RawBytes
		var one storage.Lease
		if err := rows.Scan(&text); err != nil {
			return err
		}
		if err := json.Unmarshal(text, &one); err != nil {
			return damaged(s.path, fmt.Errorf("a lease: %w", err))
		}
		all = append(all, one)
		return nil
	}, query, args...)
	return all, err
}

// SetLease keeps our subscription for a source, in the place of an earlier one.
func (s *Store) SetLease(ctx context.Context, l storage.Lease) error {
	text, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("%s: recording a lease: %w", s.path, err)
	}
	return s.write(ctx, "recording a lease", func(t *tx) error {
		_, err := t.exec(`INSERT OR REPLACE INTO leases (source, id, lease) VALUES (?, ?, ?)`, l.Source, l.ID, string(text))
		return err
	})
}

// DropLease forgets our subscription for a source, if there is one.
func (s *Store) DropLease(ctx context.Context, source string) error {
	return s.write(ctx, "dropping a lease", func(t *tx) error {
		_, err := t.exec(`DELETE FROM leases WHERE source = ?`, source)
		return err
	})
}
