package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"copydesk/feed"
)

// mostFaults is how many faults of one kind Check reports.
const mostFaults = 10

// invariants are what must hold between tables. Each query answers what breaks
// one, as text; it is asked for the first few only.
var invariants = []struct{ broken, query string }{
	{"archived, but without content", `SELECT 'entry ' || entry FROM entries e WHERE archived = 1
		AND NOT EXISTS (SELECT 1 FROM contents c WHERE c.entry = e.entry)`},
	{"forgotten, but with content", `SELECT 'entry ' || e.entry FROM contents c JOIN entries e ON e.entry = c.entry WHERE e.archived <> 1`},
	{"in a story that isn't there", `SELECT 'entry ' || entry || ', story ' || story FROM entries e
		WHERE NOT EXISTS (SELECT 1 FROM stories s WHERE s.story = e.story)`},
	{"a rendition of a story that it isn't in", `SELECT 'entry ' || (r.value ->> '$.entry') || ', story ' || s.story FROM stories s, json_each(s.renditions) r
		WHERE NOT EXISTS (SELECT 1 FROM entries e WHERE e.entry = r.value ->> '$.entry' AND e.story = s.story)`},
	{"marks of an entry that isn't there", `SELECT 'entry ' || m.entry FROM marks m WHERE NOT EXISTS (SELECT 1 FROM entries e WHERE e.entry = m.entry)`},
	{"marks of a source that isn't there", `SELECT DISTINCT 'source ' || m.source FROM marks m WHERE NOT EXISTS (SELECT 1 FROM sources s WHERE s.source = m.source)`},
	{"listed, but not there", `SELECT 'entry ' || l.entry || ', listing ' || l.key FROM listings l
		WHERE NOT EXISTS (SELECT 1 FROM entries e WHERE e.entry = l.entry)`},
	{"published twice in one edition", `SELECT 'id ' || l.id || ', edition ' || n.name FROM listings l JOIN editions n ON n.edition = l.edition
		WHERE l.taken_back IS NULL GROUP BY l.edition, l.id HAVING count(*) > 1`},
	{"a decision on an entry that isn't there", `SELECT 'entry ' || d.entry FROM decisions d
		WHERE NOT EXISTS (SELECT 1 FROM entries e WHERE e.entry = d.entry)`},
	{"a decision of an edition or a configuration that isn't there", `SELECT 'entry ' || d.entry FROM decisions d
		WHERE NOT EXISTS (SELECT 1 FROM editions n WHERE n.edition = d.edition) OR NOT EXISTS (SELECT 1 FROM configs f WHERE f.config = d.config)`},
}

// Check reads the whole database and answers all that is wrong with it: pages
// and indexes, references, what must hold between tables, and whether each
// content can be read.
func (s *Store) Check(ctx context.Context) error {
	var faults []error
	text := func(broken string) func(*sql.Rows) error {
		return func(rows *sql.Rows) error {
			var what string
			if err := rows.Scan(&what); err != nil {
				return err
			}
			if what != "ok" {
				faults = append(faults, fmt.Errorf("%s: %s", broken, what))
			}
			return nil
		}
	}
	const doing = "checking"
	if err := s.readers.query(ctx, doing, text("file"), fmt.Sprintf(`PRAGMA integrity_check(%d)`, mostFaults)); err != nil {
		return err
	}
	if len(faults) > 0 { // nothing else can be trusted
		return damaged(s.path, errors.Join(faults...))
	}
	if err := s.readers.query(ctx, doing, text("reference"),
		`SELECT "table" || ' ' || coalesce(rowid, '') || ' names a missing row of ' || parent FROM pragma_foreign_key_check LIMIT ?`, mostFaults); err != nil {
		return err
	}
	for _, i := range invariants {
		if err := s.readers.query(ctx, doing, text(i.broken), i.query+" LIMIT ?", mostFaults); err != nil {
			return err
		}
	}
	unreadable := 0
	err := s.readers.query(ctx, doing, func(rows *sql.Rows) error {
		var entry int64
		var body sql.RawBytes
		if err := rows.Scan(&entry, &body); err != nil {
			return err
		}
		var received feed.Entry
		var copied feed.Copy
		if err := unpack(body, &received, &copied); err != nil {
			if unreadable++; unreadable <= mostFaults {
				faults = append(faults, fmt.Errorf("entry %d: %w", entry, err))
			}
		}
		return nil
	}, `SELECT entry, body FROM contents UNION ALL SELECT entry, body FROM revisions`)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return damaged(s.path, errors.Join(faults...))
	}
	return nil
}
