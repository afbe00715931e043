package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"copydesk/feed"
	"copydesk/storage"
)

// Edition answers what is remembered of an edition; one that was never seen
// has version 0.
func (s *Store) Edition(ctx context.Context, name string) (storage.Edition, error) {
	e := storage.Edition{Name: name}
	var changed sql.NullInt64
	_, err := s.readers.row(ctx, "reading edition "+name, []any{&e.Version, &changed, &e.Config},
		`SELECT version, changed, config FROM editions WHERE name = ?`, name)
	e.Changed = fromMicros(changed)
	return e, err
}

// SetEdition remembers with which configuration an edition is published.
func (s *Store) SetEdition(ctx context.Context, name, config string) error {
	return s.write(ctx, "recording edition "+name, func(t *tx) error {
		edition, err := t.edition(name)
		if err != nil {
			return err
		}
		n, err := t.exec(`UPDATE editions SET config = ?1 WHERE edition = ?2 AND config <> ?1`, config, edition)
		if n > 0 {
			t.touched[edition] = true
		}
		return err
	})
}

const listingColumns = `n.name, l.key, l.story, l.entry, l.id, l.listed, l.published, l.updated, l.related, l.taken_back`

// scanListing reads listingColumns, and what else stands in the row.
func scanListing(rows *sql.Rows, more ...any) (feed.Listing, error) {
	var l feed.Listing
	var listed, published, updated, takenBack sql.NullInt64
	var related sql.RawBytes
	dest := []any{&l.Edition, &l.Key, &l.Story, &l.Entry, &l.ID, &listed, &published, &updated, &related, &takenBack}
	if err := rows.Scan(append(dest, more...)...); err != nil {
		return l, err
	}
	l.Listed, l.Published, l.Updated, l.TakenBack = fromMicros(listed), fromMicros(published), fromMicros(updated), fromMicros(takenBack)
	if err := unmarshal(related, &l.Related); err != nil {
		return l, fmt.Errorf("listing %s of %s: %w", l.Key, l.Edition, err)
	}
	return l, nil
}

// unmarshal leaves v as it is where there is no text.
func unmarshal(text []byte, v any) error {
	if len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, v)
}

// Listings answers those of an edition's listings that have one of the keys.
func (s *Store) Listings(ctx context.Context, edition string, keys []string) (map[string]feed.Listing, error) {
	const query = `SELECT ` + listingColumns + ` FROM editions n CROSS JOIN json_each(?2) j
		CROSS JOIN listings l ON l.edition = n.edition AND l.key = j.value WHERE n.name = ?1`
	list, err := asJSON(keys)
	if err != nil {
		return nil, err
	}
	found := make(map[string]feed.Listing, len(keys))
	err = s.readers.query(ctx, "reading listings", func(rows *sql.Rows) error {
		l, err := scanListing(rows)
		found[l.Key] = l
		return err
	}, query, edition, list)
	return found, err
}

// ListingsOf answers the listings that all editions have of the stories.
func (s *Store) ListingsOf(ctx context.Context, stories []int64) ([]feed.Listing, error) {
	const query = `SELECT ` + listingColumns + ` FROM json_each(?) j CROSS JOIN listings l ON l.story = j.value
		JOIN editions n ON n.edition = l.edition ORDER BY l.story, n.name, l.key`
	if len(stories) == 0 {
		return nil, nil
	}
	var listings []feed.Listing
	err := s.readers.query(ctx, "reading listings", func(rows *sql.Rows) error {
		l, err := scanListing(rows)
		listings = append(listings, l)
		return err
	}, query, numbers(stories))
	return listings, err
}

// newestFirst is which listings an edition shows, and in which order: those
// that came out together by their own dates; nothing ties, and nothing depends
// on which entry was recorded first. It is the index listings_newest, so that
// a page costs no more than itself.
const newestFirst = ` AND l.taken_back IS NULL ORDER BY l.listed DESC, l.published DESC, l.id, l.key `

// Published answers what an edition shows, the newest first, as far as its
// content is still there. A source is named as it last named itself; what its
// Updated says is the listing's, since a source's own moves at every poll.
func (s *Store) Published(ctx context.Context, edition string, offset, limit int) ([]feed.Published, error) {
	const query = `SELECT ` + listingColumns + `, s.name, s.origin, c.body
		FROM listings l JOIN editions n ON n.edition = l.edition
		CROSS JOIN entries e ON e.entry = l.entry CROSS JOIN sources s ON s.source = e.source
		CROSS JOIN contents c ON c.entry = l.entry
		WHERE l.edition = (SELECT edition FROM editions WHERE name = ?1)` + newestFirst + `LIMIT ?2 OFFSET ?3`
	var published []feed.Published
	err := s.readers.query(ctx, "reading edition "+edition, func(rows *sql.Rows) error {
		var p feed.Published
		var origin, body sql.RawBytes
		l, err := scanListing(rows, &p.Source, &origin, &body)
		if err != nil {
			return err
		}
		p.Listing = l
		if err := unmarshal(origin, &p.Origin); err != nil {
			return fmt.Errorf("origin of %s: %w", p.Source, err)
		}
		p.Origin.Updated = l.Updated
		if err := unpack(body, nil, &p.Copy); err != nil {
			return damaged(s.path, fmt.Errorf("entry %d: %w", l.Entry, err))
		}
		published = append(published, p)
		return nil
	}, query, edition, limit, offset)
	if err != nil {
		return nil, err
	}
	return published, s.relate(ctx, published)
}

// Shown counts what an edition shows, up to most.
func (s *Store) Shown(ctx context.Context, edition string, most int) (int, error) {
	const query = `SELECT count(*) FROM (SELECT 1 FROM listings l CROSS JOIN contents c ON c.entry = l.entry
		WHERE l.edition = (SELECT edition FROM editions WHERE name = ?1) AND l.taken_back IS NULL LIMIT ?2)`
	n := 0
	_, err := s.readers.row(ctx, "counting edition "+edition, []any{&n}, query, edition, most)
	return n, err
}

// relate fills in the related renditions.
func (s *Store) relate(ctx context.Context, published []feed.Published) error {
	var entries []int64
	for i := range published {
		entries = append(entries, published[i].Listing.Related...)
	}
	if len(entries) == 0 {
		return nil
	}
	const query = `SELECT c.entry, c.title, c.link, c.language, s.name, s.origin ->> '$.title'
		FROM contents c JOIN entries e ON e.entry = c.entry JOIN sources s ON s.source = e.source
		WHERE c.entry IN (SELECT value FROM json_each(?))`
	related := make(map[int64]feed.Related, len(entries))
	err := s.readers.query(ctx, "reading related entries", func(rows *sql.Rows) error {
		var entry int64
		var r feed.Related
		var title sql.NullString
		if err := rows.Scan(&entry, &r.Title, &r.Link, &r.Language, &r.Source, &title); err != nil {
			return err
		}
		if title.String != "" {
			r.Source = title.String
		}
		related[entry] = r
		return nil
	}, query, numbers(entries))
	if err != nil {
		return err
	}
	for i := range published {
		for _, entry := range published[i].Listing.Related {
			if r, ok := related[entry]; ok {
				published[i].Related = append(published[i].Related, r)
			}
		}
	}
	return nil
}

// edition answers an edition's number, and gives it one when it has none.
func (t *tx) edition(name string) (int64, error) {
	return t.numberOf(t.names.editions, name,
		`SELECT edition FROM editions WHERE name = ?`, `INSERT INTO editions (name) VALUES (?) RETURNING edition`)
}

// withdraw takes listings from the keys that they had.
func (t *tx) withdraw(listings []feed.Listing) error {
	for i := range listings {
		edition, err := t.edition(listings[i].Edition)
		if err != nil {
			return err
		}
		if _, err := t.exec(`DELETE FROM listings WHERE edition = ? AND key = ?`, edition, listings[i].Key); err != nil {
			return err
		}
		t.touched[edition] = true
	}
	return nil
}

func (t *tx) recordListings(listings []feed.Listing) error {
	const put = `INSERT INTO listings (edition, key, story, entry, id, listed, published, updated, related, taken_back) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (edition, key) DO UPDATE SET story = excluded.story, entry = excluded.entry, id = excluded.id,
			listed = excluded.listed, published = excluded.published, updated = excluded.updated, related = excluded.related,
			taken_back = excluded.taken_back
		WHERE (story, entry, id, listed, published, updated, related, taken_back) IS NOT (excluded.story, excluded.entry, excluded.id,
			excluded.listed, excluded.published, excluded.updated, excluded.related, excluded.taken_back)`
	for i := range listings {
		l := &listings[i]
		edition, err := t.edition(l.Edition)
		if err != nil {
			return err
		}
		related := sql.NullString{String: numbers(l.Related), Valid: len(l.Related) > 0}
		n, err := t.exec(put, edition, l.Key, l.Story, l.Entry, l.ID, l.Listed.UnixMicro(), micros(l.Published), micros(l.Updated), related, micros(l.TakenBack))
		if err != nil {
			return fmt.Errorf("listing %s of %s: %w", l.Key, l.Edition, err)
		}
		if n > 0 {
			t.touched[edition] = true
		}
	}
	return nil
}

// touchShown marks the editions that show the entry, itself or as a related
// rendition of its story.
func (t *tx) touchShown(entry int64) error {
	return t.touch(`SELECT DISTINCT edition FROM listings
		WHERE story = (SELECT story FROM entries WHERE entry = ?) AND taken_back IS NULL`, entry)
}

// touchAll marks all editions. Which of them name a source that has a new
// name would take a look at all they ever listed, and to publish one again
// costs little.
func (t *tx) touchAll() error {
	return t.touch(`SELECT edition FROM editions`)
}

func (t *tx) touch(query string, args ...any) error {
	return t.query(func(rows *sql.Rows) error {
		var edition int64
		err := rows.Scan(&edition)
		t.touched[edition] = true
		return err
	}, query, args...)
}

// bump raises the versions of the editions that were touched.
func (t *tx) bump(now time.Time) error {
	const query = `UPDATE editions SET version = version + 1, changed = max(?, coalesce(changed, 0)) WHERE edition = ?`
	touched := make([]int64, 0, len(t.touched))
	for edition := range t.touched {
		touched = append(touched, edition)
	}
	slices.Sort(touched)
	for _, edition := range touched {
		if _, err := t.exec(query, now.UnixMicro(), edition); err != nil {
			return err
		}
	}
	return nil
}
