package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"copydesk/feed"
)

// retainPortion is how many entries lose their content in one transaction:
// few enough that polls don't wait.
const retainPortion = 100

// Retain takes the content of entries that upstream last listed before then,
// unless an edition shows them: shown says how many of its newest listings
// each edition does, with their related renditions. What an entry is known by
// stays. It answers how many entries lost their content; when ctx ends in
// between, what was done so far stays done.
func (s *Store) Retain(ctx context.Context, before time.Time, shown map[string]int) (int, error) {
	const doing = "forgetting old entries"
	// Sources that haven't answered since then list nothing any more, as far
	// as anybody knows.
	const silent = `UPDATE entries SET last_listed = (SELECT succeeded FROM sources s WHERE s.source = entries.source)
		WHERE last_listed IS NULL AND source IN (SELECT source FROM sources WHERE succeeded < ?)`
	err := s.write(ctx, doing, func(t *tx) error {
		_, err := t.exec(silent, before.UnixMicro())
		return err
	})
	if err != nil {
		return 0, err
	}
	total, after := 0, place{listed: -1 << 62}
	for {
		n, last, err := s.retainSome(ctx, before, after, shown)
		total += n
		if err != nil || last == after {
			return total, err
		}
		after = last
	}
}

// place is where retention has got to: in the order of when entries were last
// listed, then of their numbers.
type place struct{ listed, entry int64 }

func (s *Store) retainSome(ctx context.Context, before time.Time, after place, shown map[string]int) (n int, last place, err error) {
	const old = `SELECT last_listed, entry FROM entries WHERE last_listed IS NOT NULL AND archived = 1
		AND last_listed < ?1 AND (last_listed, entry) > (?2, ?3) ORDER BY last_listed, entry LIMIT ?4`
	last = after
	err = s.write(ctx, "forgetting old entries", func(t *tx) error {
		var candidates []int64
		err := t.query(func(rows *sql.Rows) error {
			err := rows.Scan(&last.listed, &last.entry)
			candidates = append(candidates, last.entry)
			return err
		}, old, before.UnixMicro(), after.listed, after.entry, retainPortion)
		if err != nil || len(candidates) == 0 {
			return err
		}
		kept, err := t.shown(shown)
		if err != nil {
			return err
		}
		candidates = slices.DeleteFunc(candidates, func(entry int64) bool { return kept[entry] })
		for _, entry := range candidates {
			if err := t.forget(entry); err != nil {
				return fmt.Errorf("entry %d: %w", entry, err)
			}
		}
		n = len(candidates)
		return nil
	})
	if err != nil {
		n = 0
	}
	return n, last, err
}

// shown answers the entries that editions show.
func (t *tx) shown(editions map[string]int) (map[int64]bool, error) {
	const query = `SELECT l.entry, l.related FROM listings l JOIN contents c ON c.entry = l.entry
		WHERE l.edition = (SELECT edition FROM editions WHERE name = ?)` + newestFirst + `LIMIT ?`
	kept := map[int64]bool{}
	for name, limit := range editions {
		err := t.query(func(rows *sql.Rows) error {
			var entry int64
			var text sql.RawBytes
			if err := rows.Scan(&entry, &text); err != nil {
				return err
			}
			kept[entry] = true
			var related []int64
			if err := unmarshal(text, &related); err != nil {
				return fmt.Errorf("listing of entry %d in %s: %w", entry, name, err)
			}
			for _, other := range related {
				kept[other] = true
			}
			return nil
		}, query, name, limit)
		if err != nil {
			return nil, err
		}
	}
	return kept, nil
}

// forget takes an entry's content.
func (t *tx) forget(entry int64) error {
	if err := t.forgetHandles(entry); err != nil {
		return err
	}
	if err := t.touchShown(entry); err != nil {
		return err
	}
	for _, query := range []string{
		`DELETE FROM contents WHERE entry = ?`,
		`DELETE FROM revisions WHERE entry = ?`,
		`DELETE FROM former_decisions WHERE entry = ?`,
		`UPDATE decisions SET details = NULL WHERE edition IN (SELECT edition FROM editions) AND entry = ?`,
		`UPDATE entries SET archived = 0 WHERE entry = ?`,
	} {
		if _, err := t.exec(query, entry); err != nil {
			return err
		}
	}
	return nil
}

// forgetHandles takes the names that led to an entry's content.
func (t *tx) forgetHandles(entry int64) error {
	const bodies = `SELECT body FROM contents WHERE entry = ?1 UNION ALL SELECT body FROM revisions WHERE entry = ?1`
	var known []int64
	err := t.query(func(rows *sql.Rows) error {
		var body sql.RawBytes
		if err := rows.Scan(&body); err != nil {
			return err
		}
		var received feed.Entry
		var copied feed.Copy
		if err := unpack(body, &received, &copied); err != nil {
			return err
		}
		known = append(known, handles("", &received, &copied)...)
		return nil
	}, bodies, entry)
	if err != nil {
		return err
	}
	_, err = t.exec(`DELETE FROM handles WHERE digest IN (SELECT value FROM json_each(?)) AND entry = ?`, numbers(known), entry)
	return err
}
