package sqlite

import (
	"context"
	"database/sql"
	"math"
	"time"

	"copydesk/feed"
)

// RuleUses counts what each edition's rules decided on entries first seen
// since then, by the editions' names; recent is since when decisions count as
// recent. Entries are numbered as they are first seen, so that only the end of
// an edition's decisions is read.
func (s *Store) RuleUses(ctx context.Context, since, recent time.Time) ([]feed.EditionUse, error) {
	first, err := s.firstSince(ctx, since)
	if err != nil {
		return nil, err
	}
	const editions = `SELECT n.name, coalesce((
			SELECT f.fingerprint FROM decisions d JOIN configs f ON f.config = d.config
			WHERE d.edition = n.edition AND d.entry < ?1 ORDER BY d.entry DESC LIMIT 1), '')
		FROM editions n ORDER BY n.name`
	var uses []feed.EditionUse
	at := map[string]int{}
	err = s.readers.query(ctx, "reading what rules do", func(rows *sql.Rows) error {
		var u feed.EditionUse
		err := rows.Scan(&u.Edition, &u.Before)
		at[u.Edition] = len(uses)
		uses = append(uses, u)
		return err
	}, editions, first)
	if err != nil {
		return nil, err
	}
	const rules = `SELECT n.name, s.name, d.rule, f.fingerprint, d.verdict, count(*), coalesce(sum(d.at >= ?2), 0), min(d.at), max(d.at)
		FROM editions n CROSS JOIN decisions d ON d.edition = n.edition AND d.entry >= ?1
		CROSS JOIN entries e ON e.entry = d.entry JOIN sources s ON s.source = e.source JOIN configs f ON f.config = d.config
		GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`
	err = s.readers.query(ctx, "reading what rules do", func(rows *sql.Rows) error {
		var edition string
		var u feed.RuleUse
		var first, last sql.NullInt64
		if err := rows.Scan(&edition, &u.Source, &u.Rule, &u.Config, &u.Verdict, &u.Entries, &u.Recent, &first, &last); err != nil {
			return err
		}
		u.First, u.Last = fromMicros(first), fromMicros(last)
		if i, ok := at[edition]; ok { // else: made since the editions were read
			uses[i].Rules = append(uses[i].Rules, u)
		}
		return nil
	}, rules, first, micros(recent))
	return uses, err
}

// firstSince is the number of the first entry seen since then.
func (s *Store) firstSince(ctx context.Context, since time.Time) (int64, error) {
	const query = `SELECT entry FROM entries WHERE first_seen >= ? ORDER BY first_seen, entry LIMIT 1`
	first := int64(math.MaxInt64)
	err := s.readers.query(ctx, "reading what rules do", func(rows *sql.Rows) error { return rows.Scan(&first) }, query, micros(since))
	return first, err
}
