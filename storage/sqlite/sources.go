package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"copydesk/feed"
)

// States answers the state of every source that was ever polled, by name.
func (s *Store) States(ctx context.Context) (map[string]feed.SourceState, error) {
	const query = `SELECT name, state, etag, last_modified FROM sources`
	states := map[string]feed.SourceState{}
	err := s.readers.query(ctx, "reading the sources", func(rows *sql.Rows) error {
		var name string
		var data, etag, modified sql.RawBytes
		if err := rows.Scan(&name, &data, &etag, &modified); err != nil {
			return err
		}
		var state feed.SourceState
		if err := json.Unmarshal(data, &state); err != nil {
			return fmt.Errorf("state of %s: %w", name, err)
		}
		state.Name = name
		state.Validators.ETag, state.Validators.LastModified = string(etag), string(modified)
		states[name] = state
		return nil
	}, query)
	return states, err
}

// SetState records a source's state alone: a poll that brought nothing.
func (s *Store) SetState(ctx context.Context, state feed.SourceState) error {
	if state.Name == "" {
		return fmt.Errorf("%s: recording a state: it has no name", s.path)
	}
	return s.write(ctx, "recording "+state.Name, func(t *tx) error {
		source, err := t.source(state.Name)
		if err != nil {
			return err
		}
		return t.setState(source, state)
	})
}

// source answers a source's number, and gives it one when it has none.
func (t *tx) source(name string) (int64, error) {
	return t.numberOf(t.names.sources, name,
		`SELECT source FROM sources WHERE name = ?`, `INSERT INTO sources (name) VALUES (?) RETURNING source`)
}

// numberOf looks a name's number up among those in use, in the table, and
// adds it where it isn't.
func (t *tx) numberOf(known map[string]int64, name, find, add string) (int64, error) {
	if n, ok := known[name]; ok {
		return n, nil
	}
	n, err := t.number(find, name)
	if err == nil && n == 0 {
		n, err = t.number(add, name)
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	known[name] = n
	return n, nil
}

func (t *tx) setState(source int64, state feed.SourceState) error {
	// How a source names itself is published; when its document was last
	// updated is not, or every poll would change every edition.
	origin := state.Origin()
	origin.Updated = time.Time{}
	named, err := asJSON(origin)
	if err != nil {
		return err
	}
	succeeded, etag, modified := micros(state.Succeeded), state.Validators.ETag, state.Validators.LastModified
	// Validators are any bytes (RFC 9110 §8.8.3), and JSON is Unicode only.
	state.Validators.ETag, state.Validators.LastModified = "", ""
	state.Updated = possible(state.Updated)
	text, err := asJSON(state)
	if err != nil {
		return fmt.Errorf("state of %s: %w", state.Name, err)
	}
	renamed, err := t.number(`SELECT count(*) FROM sources WHERE source = ? AND origin <> ? AND entries > 0`, source, named)
	if err == nil && renamed > 0 {
		err = t.touchAll()
	}
	if err != nil {
		return err
	}
	_, err = t.exec(`UPDATE sources SET state = ?, etag = ?, last_modified = ?, origin = ?, succeeded = coalesce(?, succeeded) WHERE source = ?`,
		text, []byte(etag), []byte(modified), named, succeeded, source)
	return err
}

// RenameSources makes sources go on under other names, with all that is
// remembered of them: all of those that names tells, or none. It has the
// former names for keys. Where both are known already, what was remembered
// under the former name is added to the other, whose own memory goes first.
// A former name that isn't known changes nothing.
func (s *Store) RenameSources(ctx context.Context, names map[string]string) error {
	if len(names) == 0 {
		return nil
	}
	return s.write(ctx, "renaming sources", func(t *tx) error {
		for was, name := range names {
			if err := t.rename(was, name); err != nil {
				return fmt.Errorf("%s, formerly %s: %w", name, was, err)
			}
		}
		return nil
	})
}

func (t *tx) rename(was, name string) error {
	from, err := t.number(`SELECT source FROM sources WHERE name = ?`, was)
	if err != nil || from == 0 || was == name {
		return err
	}
	into, err := t.number(`SELECT source FROM sources WHERE name = ?`, name)
	if err != nil {
		return err
	}
	t.names.sources = map[string]int64{}
	if err := t.touchAll(); err != nil {
		return err
	}
	// Where both have a lease, the former one is given up by who holds it.
	const lease = `UPDATE OR IGNORE leases SET source = ?1, lease = json_set(lease, '$.Source', ?1) WHERE source = ?2`
	if _, err := t.exec(lease, name, was); err != nil {
		return err
	}
	if into == 0 {
		_, err := t.exec(`UPDATE sources SET name = ?1, state = json_set(state, '$.name', ?1) WHERE source = ?2`, name, from)
		return err
	}
	for _, query := range []string{
		`UPDATE entries SET last_listed = coalesce((SELECT succeeded FROM sources WHERE source = ?1), first_seen)
			WHERE source = ?1 AND last_listed IS NULL AND ?2 > 0`,
		`UPDATE entries SET source = ?2 WHERE source = ?1`,
		`INSERT OR IGNORE INTO marks (source, mark, entry) SELECT ?2, mark, entry FROM marks WHERE source = ?1`,
		`DELETE FROM marks WHERE source = ?1 AND ?2 > 0`,
		`UPDATE sources SET entries = entries + (SELECT entries FROM sources WHERE source = ?1) WHERE source = ?2`,
		`DELETE FROM sources WHERE source = ?1 AND ?2 > 0`,
	} {
		if _, err := t.exec(query, from, into); err != nil {
			return err
		}
	}
	return nil
}
