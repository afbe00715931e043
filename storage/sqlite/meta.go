package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"copydesk/feed"
	"copydesk/storage"
)

// Next answers the lowest numbers that no entry and no story ever had.
func (s *Store) Next(ctx context.Context) (entry, story int64, err error) {
	const query = `SELECT 1 + coalesce((SELECT max(entry) FROM entries), 0),
		1 + max(coalesce((SELECT max(story) FROM stories), 0), coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?), 0))`
	_, err = s.readers.row(ctx, "reading the highest numbers", []any{&entry, &story}, query, lastStoryKey)
	return entry, story, err
}

// Meta answers what was set under the key; "" when nothing was.
func (s *Store) Meta(ctx context.Context, key string) (value string, err error) {
	_, err = s.readers.row(ctx, "reading "+key, []any{&value}, `SELECT value FROM meta WHERE key = ?`, metaKey(key))
	return value, err
}

// SetMeta keeps a short text under a key of the caller's; "" forgets it.
func (s *Store) SetMeta(ctx context.Context, key, value string) error {
	return s.write(ctx, "recording "+key, func(t *tx) error { return t.setMeta(map[string]string{key: value}) })
}

func (t *tx) setMeta(notes map[string]string) error {
	const put = `INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`
	for key, value := range notes {
		var err error
		if value == "" {
			_, err = t.exec(`DELETE FROM meta WHERE key = ?`, metaKey(key))
		} else {
			_, err = t.exec(put, metaKey(key), value)
		}
		if err != nil {
			return fmt.Errorf("the note %s: %w", key, err)
		}
	}
	return nil
}

// metaKey keeps callers' keys apart from the store's own.
func metaKey(key string) string { return "set: " + key }

// Budgets answers what is left of each host's budget, as it was saved.
func (s *Store) Budgets(ctx context.Context) (map[string]json.RawMessage, error) {
	budgets := map[string]json.RawMessage{}
	err := s.readers.query(ctx, "reading host budgets", func(rows *sql.Rows) error {
		var host, budget string
		err := rows.Scan(&host, &budget)
		budgets[host] = json.RawMessage(budget)
		return err
	}, `SELECT host, budget FROM budgets`)
	return budgets, err
}

// SaveBudgets records hosts' budgets; null forgets one. What a program that
// only reads asks of a host counts too, so this works on a store that was
// opened for reading.
func (s *Store) SaveBudgets(ctx context.Context, budgets map[string]json.RawMessage) error {
	if len(budgets) == 0 {
		return nil
	}
	text, err := json.Marshal(budgets)
	if err != nil {
		return fmt.Errorf("%s: recording host budgets: %w", s.path, err)
	}
	const put = `INSERT INTO budgets (host, budget) SELECT key, json(atom) FROM json_each(?1) WHERE type <> 'null' AND atom IS NOT NULL
		UNION ALL SELECT key, json(value) FROM json_each(?1) WHERE type IN ('object', 'array')
		ON CONFLICT (host) DO UPDATE SET budget = excluded.budget`
	const forget = `DELETE FROM budgets WHERE host IN (SELECT key FROM json_each(?1) WHERE type = 'null')`
	for _, query := range []string{put, forget} {
		if _, err := s.writeBeside(ctx, "recording host budgets", query, string(text)); err != nil {
			return err
		}
	}
	return nil
}

// writeBeside runs one statement, on a store that was opened for reading too:
// on a connection of its own, which waits for the writer where there is one.
// It answers how many rows were changed.
func (s *Store) writeBeside(ctx context.Context, doing, query string, args ...any) (n int64, err error) {
	if s.writer != nil {
		err = s.write(ctx, doing, func(t *tx) (err error) {
			n, err = t.exec(query, args...)
			return err
		})
		return n, err
	}
	db, err := sql.Open("sqlite", dsn(s.path, "rw", newPragmas))
	if err != nil {
		return 0, fault(s.path, doing, err)
	}
	defer db.Close()
	result, err := db.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, fault(s.path, doing, err)
	}
	return result.RowsAffected()
}

// Counts goes through the whole store once; keep what it answers for a while.
func (s *Store) Counts(ctx context.Context) (storage.Counts, error) {
	const doing = "counting"
	c := storage.Counts{Sources: map[string]int64{}, Editions: map[string]storage.EditionCount{}}
	_, err := s.readers.row(ctx, doing, []any{&c.Archived, &c.Stories}, `SELECT (SELECT count(*) FROM contents), (SELECT count(*) FROM stories)`)
	if err != nil {
		return c, err
	}
	err = s.readers.query(ctx, doing, func(rows *sql.Rows) error {
		var name string
		var n int64
		err := rows.Scan(&name, &n)
		c.Sources[name] = n
		c.Entries += n
		return err
	}, `SELECT name, entries FROM sources`)
	if err != nil {
		return c, err
	}
	err = s.readers.query(ctx, doing, func(rows *sql.Rows) error {
		e := storage.EditionCount{Verdicts: map[feed.Verdict]int64{}}
		var name string
		err := rows.Scan(&name, &e.Listed)
		c.Editions[name] = e
		return err
	}, `SELECT n.name, (SELECT count(*) FROM listings l WHERE l.edition = n.edition AND l.taken_back IS NULL) FROM editions n`)
	if err != nil {
		return c, err
	}
	err = s.readers.query(ctx, doing, func(rows *sql.Rows) error {
		var name string
		var verdict feed.Verdict
		var n int64
		if err := rows.Scan(&name, &verdict, &n); err != nil {
			return err
		}
		if e, ok := c.Editions[name]; ok {
			e.Verdicts[verdict] = n
		}
		return nil
	}, `SELECT n.name, d.verdict, count(*) FROM decisions d JOIN editions n ON n.edition = d.edition GROUP BY d.edition, d.verdict`)
	return c, err
}
