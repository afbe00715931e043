package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"copydesk/feed"
	"copydesk/storage"
)

const decisionColumns = `d.entry, n.name, d.verdict, d.step, d.rule, d.reason, f.fingerprint, d.at, d.details`

// scanDecision reads decisionColumns, and what else stands in the row.
func scanDecision(rows *sql.Rows, more ...any) (feed.Decision, error) {
	var d feed.Decision
	var at sql.NullInt64
	var text sql.NullString
	dest := append([]any{&d.Entry, &d.Edition, &d.Verdict, &d.Step, &d.Rule, &d.Reason, &d.Config, &at, &text}, more...)
	if err := rows.Scan(dest...); err != nil {
		return d, err
	}
	d.At = fromMicros(at)
	return d, unpackDetails(text, &d)
}

// Decisions answers the newest decision on an entry in each edition that
// decided on it, by the editions' names.
func (s *Store) Decisions(ctx context.Context, entry int64) ([]feed.Decision, error) {
	all, err := s.DecisionsOn(ctx, []int64{entry})
	return all[entry], err
}

// DecisionsOn is Decisions for several entries.
func (s *Store) DecisionsOn(ctx context.Context, entries []int64) (map[int64][]feed.Decision, error) {
	const query = `SELECT ` + decisionColumns + ` FROM editions n CROSS JOIN json_each(?) j
		CROSS JOIN decisions d ON d.edition = n.edition AND d.entry = j.value
		JOIN configs f ON f.config = d.config ORDER BY n.name`
	decisions := make(map[int64][]feed.Decision, len(entries))
	if len(entries) == 0 {
		return decisions, nil
	}
	err := s.readers.query(ctx, "reading decisions", func(rows *sql.Rows) error {
		d, err := scanDecision(rows)
		decisions[d.Entry] = append(decisions[d.Entry], d)
		return err
	}, query, numbers(entries))
	return decisions, err
}

// History answers all decisions on an entry that are kept, those of one
// edition together, the oldest first.
func (s *Store) History(ctx context.Context, entry int64) ([]feed.Decision, error) {
	const columns = `edition, entry, verdict, step, rule, reason, config, at, details`
	const query = `SELECT ` + decisionColumns + ` FROM (
			SELECT revision, ` + columns + ` FROM former_decisions WHERE entry = ?1
			UNION ALL
			SELECT 1 << 40, ` + columns + ` FROM decisions WHERE edition IN (SELECT edition FROM editions) AND entry = ?1) d
		JOIN editions n ON n.edition = d.edition JOIN configs f ON f.config = d.config ORDER BY n.name, d.revision`
	var history []feed.Decision
	err := s.readers.query(ctx, "reading decisions", func(rows *sql.Rows) error {
		d, err := scanDecision(rows)
		history = append(history, d)
		return err
	}, query, entry)
	return history, err
}

// DecisionsOf answers an edition's decisions, with their entries, the newest
// entry first. An empty verdict means any.
func (s *Store) DecisionsOf(ctx context.Context, edition string, verdict feed.Verdict, limit, offset int) ([]storage.Judged, error) {
	const query = `SELECT ` + recordColumns + `, ` + decisionColumns + ` FROM decisions d
		JOIN editions n ON n.edition = d.edition JOIN configs f ON f.config = d.config
		CROSS JOIN entries e ON e.entry = d.entry CROSS JOIN sources s ON s.source = e.source LEFT JOIN contents c ON c.entry = e.entry
		WHERE d.edition = (SELECT edition FROM editions WHERE name = ?1) AND (?2 = '' OR d.verdict = ?2)
		ORDER BY d.entry DESC LIMIT ?3 OFFSET ?4`
	var judged []storage.Judged
	err := s.readers.query(ctx, "reading decisions", func(rows *sql.Rows) error {
		var d feed.Decision
		var at sql.NullInt64
		var text sql.NullString
		r, err := s.scanRecord(rows, &d.Entry, &d.Edition, &d.Verdict, &d.Step, &d.Rule, &d.Reason, &d.Config, &at, &text)
		if err != nil {
			return err
		}
		d.At = fromMicros(at)
		if err := unpackDetails(text, &d); err != nil {
			return err
		}
		judged = append(judged, storage.Judged{Decision: d, Record: r})
		return nil
	}, query, edition, string(verdict), limit, offset)
	return judged, err
}

// Held answers the stories of which an entry waits in some edition.
func (s *Store) Held(ctx context.Context) ([]int64, error) {
	const query = `SELECT DISTINCT e.story FROM decisions d JOIN entries e ON e.entry = d.entry WHERE d.verdict = 'held' ORDER BY 1`
	var stories []int64
	err := s.readers.query(ctx, "reading what is held", func(rows *sql.Rows) error {
		var story int64
		err := rows.Scan(&story)
		stories = append(stories, story)
		return err
	}, query)
	return stories, err
}

// recordDecisions makes decisions the newest. What was decided before goes
// into the history, unless it was the same, apart from the hour. Entries that
// are new have none before.
func (t *tx) recordDecisions(decisions []feed.Decision, fresh map[int64]bool) error {
	const former = `INSERT INTO former_decisions (edition, entry, revision, verdict, step, rule, reason, config, at, details)
		SELECT edition, entry, 1 + coalesce((SELECT max(revision) FROM former_decisions f WHERE f.entry = d.entry AND f.edition = d.edition), 0),
			verdict, step, rule, reason, config, at, details
		FROM decisions d WHERE edition = ?1 AND entry = ?2
			AND (verdict, step, rule, reason, config, details) IS NOT (?3, ?4, ?5, ?6, ?7, ?8)`
	const surplus = `DELETE FROM former_decisions WHERE edition = ?1 AND entry = ?2 AND revision > 1
		AND revision <= (SELECT max(revision) FROM former_decisions WHERE edition = ?1 AND entry = ?2) - ?3`
	const put = `INSERT INTO decisions (edition, entry, verdict, step, rule, reason, config, details, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (edition, entry) DO UPDATE SET verdict = excluded.verdict, step = excluded.step, rule = excluded.rule,
			reason = excluded.reason, config = excluded.config, details = excluded.details, at = excluded.at
		WHERE (verdict, step, rule, reason, config, details) IS NOT
			(excluded.verdict, excluded.step, excluded.rule, excluded.reason, excluded.config, excluded.details)`
	for i := range decisions {
		d := &decisions[i]
		edition, err := t.edition(d.Edition)
		if err != nil {
			return err
		}
		config, err := t.numberOf(t.names.configs, d.Config,
			`SELECT config FROM configs WHERE fingerprint = ?`, `INSERT INTO configs (fingerprint) VALUES (?) RETURNING config`)
		if err != nil {
			return err
		}
		text, err := packDetails(d)
		if err != nil {
			return fmt.Errorf("decision on entry %d in %s: %w", d.Entry, d.Edition, err)
		}
		args := []any{edition, d.Entry, string(d.Verdict), d.Step, d.Rule, d.Reason, config, text}
		if !fresh[d.Entry] {
			n, err := t.exec(former, args...)
			if err != nil {
				return fmt.Errorf("history of entry %d in %s: %w", d.Entry, d.Edition, err)
			}
			if n > 0 {
				if _, err := t.exec(surplus, edition, d.Entry, mostRevisions-1); err != nil {
					return err
				}
			}
		}
		if _, err := t.exec(put, append(args, micros(d.At))...); err != nil {
			return fmt.Errorf("decision on entry %d in %s: %w", d.Entry, d.Edition, err)
		}
	}
	return nil
}
