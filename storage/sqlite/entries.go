package sqlite

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"copydesk/feed"
	"copydesk/storage"
)

const (
	// archivePortion is how many records are read at once for a sequence.
	archivePortion = 100
	// windowPortion is the same for records without their content.
	windowPortion = 1000
)

// Known answers which of the marks the source's entries have.
func (s *Store) Known(ctx context.Context, source string, marks []feed.Mark) (map[feed.Mark]feed.Known, error) {
	if len(marks) == 0 {
		return nil, nil
	}
	const doing = "looking entries up"
	var number int64
	found, err := s.readers.row(ctx, doing, []any{&number}, `SELECT source FROM sources WHERE name = ? AND entries > 0`, source)
	if err != nil || !found {
		return nil, err
	}
	const query = `SELECT m.mark, m.entry, e.hash FROM json_each(?2) j
		CROSS JOIN marks m ON m.source = ?1 AND m.mark = unhex(j.value)
		CROSS JOIN entries e ON e.entry = m.entry`
	list := make([]byte, 0, 35*len(marks)+2)
	for i := range marks {
		list = append(list, `,"`...)
		list = hex.AppendEncode(list, marks[i][:])
		list = append(list, '"')
	}
	list[0] = '['
	list = append(list, ']')
	known := make(map[feed.Mark]feed.Known, len(marks))
	err = s.readers.query(ctx, doing, func(rows *sql.Rows) error {
		var mark, hash sql.RawBytes
		var k feed.Known
		if err := rows.Scan(&mark, &k.Entry, &hash); err != nil {
			return err
		}
		copy(k.Hash[:], hash)
		known[feed.Mark(mark)] = k
		return nil
	}, query, number, string(list))
	return known, err
}

// Taken answers which of the public ids are given already, and to which entry.
func (s *Store) Taken(ctx context.Context, publicIDs []string) (map[string]int64, error) {
	byDigest := make(map[string]string, len(publicIDs))
	list := make([]string, len(publicIDs))
	for i, id := range publicIDs {
		list[i] = hex.EncodeToString(digest(id))
		byDigest[list[i]] = id
	}
	text, err := asJSON(list)
	if err != nil {
		return nil, err
	}
	const query = `SELECT j.value, e.entry FROM json_each(?) j CROSS JOIN entries e ON e.digest = unhex(j.value)`
	taken := map[string]int64{}
	err = s.readers.query(ctx, "looking public ids up", func(rows *sql.Rows) error {
		var hexed string
		var entry int64
		if err := rows.Scan(&hexed, &entry); err != nil {
			return err
		}
		taken[byDigest[hexed]] = entry
		return nil
	}, query, text)
	return taken, err
}

// recordColumns are what scanRecord reads. An entry that is still listed was
// last listed when its source last answered.
const recordColumns = `e.entry, s.name, e.story, e.hash, e.first_seen,
	coalesce(e.last_listed, s.succeeded, e.first_seen), e.public_id, e.archived, e.fixed, c.signature, c.body`

const recordTables = ` FROM entries e CROSS JOIN sources s ON s.source = e.source LEFT JOIN contents c ON c.entry = e.entry `

func (s *Store) scanRecord(rows *sql.Rows, more ...any) (feed.Record, error) {
	var r feed.Record
	var seen, listed sql.NullInt64
	var hash, signature, body sql.RawBytes
	var archived bool
	dest := append([]any{&r.Entry, &r.Source, &r.Story, &hash, &seen, &listed, &r.PublicID, &archived, &r.Fixed, &signature, &body}, more...)
	if err := rows.Scan(dest...); err != nil {
		return r, err
	}
	copy(r.Hash[:], hash)
	r.FirstSeen, r.LastListed = fromMicros(seen), fromMicros(listed)
	r.Forgotten = !archived
	r.Signature = slices.Clone([]byte(signature))
	if archived {
		if err := unpack(body, &r.Received, &r.Copy); err != nil {
			return r, damaged(s.path, fmt.Errorf("entry %d: %w", r.Entry, err))
		}
	}
	return r, nil
}

// Began answers when the first entry was seen; the zero time: none was yet.
func (s *Store) Began(ctx context.Context) (time.Time, error) {
	var first sql.NullInt64
	_, err := s.readers.row(ctx, "reading the archive", []any{&first}, `SELECT min(first_seen) FROM entries`)
	return fromMicros(first), err
}

// Record answers an entry; storage.ErrNotFound when there is none.
func (s *Store) Record(ctx context.Context, entry int64) (feed.Record, error) {
	records, err := s.Records(ctx, []int64{entry})
	if err != nil {
		return feed.Record{}, err
	}
	if len(records) == 0 {
		return feed.Record{}, fmt.Errorf("entry %d: %w", entry, storage.ErrNotFound)
	}
	return records[0], nil
}

// Records answers those of the entries that are there, by number.
func (s *Store) Records(ctx context.Context, entries []int64) ([]feed.Record, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	const query = `SELECT ` + recordColumns + recordTables + `WHERE e.entry IN (SELECT value FROM json_each(?)) ORDER BY e.entry`
	var records []feed.Record
	err := s.readers.query(ctx, "reading entries", func(rows *sql.Rows) error {
		r, err := s.scanRecord(rows)
		records = append(records, r)
		return err
	}, query, numbers(entries))
	return records, err
}

// Archive goes through the entries that were first seen since then and still
// have their content, in the order of their numbers, which is the order they
// came in. No sources means all.
func (s *Store) Archive(ctx context.Context, since time.Time, sources []string) iter.Seq2[feed.Record, error] {
	const query = `SELECT ` + recordColumns + recordTables + `WHERE e.entry > ?1 AND e.first_seen >= ?2 AND e.archived = 1
		AND (?3 = '' OR s.name IN (SELECT value FROM json_each(?3))) ORDER BY e.entry LIMIT ?4`
	return func(yield func(feed.Record, error) bool) {
		only := ""
		if len(sources) > 0 {
			var err error
			if only, err = asJSON(sources); err != nil {
				yield(feed.Record{}, err)
				return
			}
		}
		s.inPortions(ctx, since, archivePortion, yield, func(after int64, portion *[]feed.Record) error {
			return s.readers.query(ctx, "reading the archive", func(rows *sql.Rows) error {
				r, err := s.scanRecord(rows)
				*portion = append(*portion, r)
				return err
			}, query, after, micros(since).Int64, only, archivePortion)
		})
	}
}

// Window goes through the entries that were first seen since then, in the
// order they came in, without what they say: of a record it has Entry,
// Source, Story, Fixed, FirstSeen, PublicID, Signature, and of the copy Published,
// Link, Title and Language.
func (s *Store) Window(ctx context.Context, since time.Time) iter.Seq2[feed.Record, error] {
	const query = `SELECT e.entry, s.name, e.story, e.fixed, e.first_seen, e.public_id, c.published, c.link, c.title, c.language, c.signature
		FROM entries e CROSS JOIN sources s ON s.source = e.source CROSS JOIN contents c ON c.entry = e.entry
		WHERE e.entry > ?1 AND e.first_seen >= ?2 ORDER BY e.entry LIMIT ?3`
	return func(yield func(feed.Record, error) bool) {
		s.inPortions(ctx, since, windowPortion, yield, func(after int64, portion *[]feed.Record) error {
			return s.readers.query(ctx, "reading the archive", func(rows *sql.Rows) error {
				var r feed.Record
				var seen, published sql.NullInt64
				err := rows.Scan(&r.Entry, &r.Source, &r.Story, &r.Fixed, &seen, &r.PublicID, &published, &r.Copy.Link, &r.Copy.Title, &r.Copy.Language, &r.Signature)
				r.FirstSeen, r.Copy.Published = fromMicros(seen), fromMicros(published)
				*portion = append(*portion, r)
				return err
			}, query, after, micros(since).Int64, windowPortion)
		})
	}
}

// inPortions yields what read answers, portion by portion, with no connection
// held meanwhile.
func (s *Store) inPortions(ctx context.Context, since time.Time, size int, yield func(feed.Record, error) bool,
	read func(after int64, portion *[]feed.Record) error) {
	var first sql.NullInt64
	if _, err := s.readers.row(ctx, "reading the archive", []any{&first},
		`SELECT min(entry) FROM entries WHERE first_seen >= ?`, micros(since).Int64); err != nil {
		yield(feed.Record{}, err)
		return
	}
	if !first.Valid {
		return
	}
	after, portion := first.Int64-1, make([]feed.Record, 0, size)
	for {
		portion = portion[:0]
		if err := read(after, &portion); err != nil {
			yield(feed.Record{}, err)
			return
		}
		for _, r := range portion {
			if !yield(r, nil) {
				return
			}
			after = r.Entry
		}
		if len(portion) < size {
			return
		}
	}
}

// Revisions answers what the entry was before upstream edited it, the oldest first.
func (s *Store) Revisions(ctx context.Context, entry int64) ([]storage.Revision, error) {
	var revisions []storage.Revision
	err := s.readers.query(ctx, "reading revisions", func(rows *sql.Rows) error {
		var r storage.Revision
		var replaced sql.NullInt64
		var hash, body sql.RawBytes
		if err := rows.Scan(&replaced, &hash, &body); err != nil {
			return err
		}
		r.Replaced = fromMicros(replaced)
		copy(r.Hash[:], hash)
		if err := unpack(body, &r.Received, &r.Copy); err != nil {
			return damaged(s.path, fmt.Errorf("revision of entry %d: %w", entry, err))
		}
		revisions = append(revisions, r)
		return nil
	}, `SELECT replaced, hash, body FROM revisions WHERE entry = ? ORDER BY revision`, entry)
	return revisions, err
}

// Find answers the entries that go by this name: a public id, an upstream id,
// or a link, as sent, as repaired or in its canonical form.
func (s *Store) Find(ctx context.Context, linkOrID string) ([]int64, error) {
	names := []string{linkOrID}
	if canonical := feed.CanonicalLink(linkOrID); canonical != "" {
		names = append(names, canonical, feed.StripTracking(linkOrID))
	}
	var entries []int64
	for _, name := range names {
		err := s.readers.query(ctx, "looking an entry up", func(rows *sql.Rows) error {
			var entry int64
			err := rows.Scan(&entry)
			entries = append(entries, entry)
			return err
		}, `SELECT entry FROM entries WHERE digest = ? UNION SELECT entry FROM handles WHERE digest = ?`, digest(name), handle(name))
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(entries)
	return slices.Compact(entries), nil
}

// Stories answers those of the stories that are there.
func (s *Store) Stories(ctx context.Context, stories []int64) (map[int64]feed.Story, error) {
	found := make(map[int64]feed.Story, len(stories))
	if len(stories) == 0 {
		return found, nil
	}
	err := s.readers.query(ctx, "reading stories", func(rows *sql.Rows) error {
		story, err := scanStory(rows)
		found[story.Story] = story
		return err
	}, `SELECT story, first, last, renditions, linked FROM stories WHERE story IN (SELECT value FROM json_each(?))`, numbers(stories))
	return found, err
}

func scanStory(rows *sql.Rows) (feed.Story, error) {
	var story feed.Story
	var first, last sql.NullInt64
	var renditions, linked sql.RawBytes
	if err := rows.Scan(&story.Story, &first, &last, &renditions, &linked); err != nil {
		return story, err
	}
	story.First, story.Last = fromMicros(first), fromMicros(last)
	err := errors.Join(unmarshal(renditions, &story.Renditions), unmarshal(linked, &story.Linked))
	if err != nil {
		err = fmt.Errorf("story %d: %w", story.Story, err)
	}
	return story, err
}
