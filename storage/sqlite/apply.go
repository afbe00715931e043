package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"copydesk/feed"
	"copydesk/storage"
)

const (
	// mostRevisions is how many earlier versions of an entry, or of a decision,
	// are kept: the first, and the newest others. Some upstreams write a
	// counter into their text and edit it at every poll.
	mostRevisions = 30
	// rowsAtOnce is how many short rows one statement inserts at most.
	rowsAtOnce = 32
)

// content is a record's row in contents, made before the transaction begins.
type content struct {
	record  *feed.Record
	body    []byte
	handles []int64
}

// Apply records a batch whole, or not at all. Applied again, it changes
// nothing.
func (s *Store) Apply(ctx context.Context, b feed.Batch) error {
	doing := "recording a batch"
	if b.State.Name != "" {
		doing = "recording " + b.State.Name
	}
	if err := sound(&b); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	fresh, err := contents(b.New)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	changed, err := contents(b.Changed)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return s.write(ctx, doing, func(t *tx) error {
		var source int64
		if b.State.Name != "" {
			if source, err = t.sourceOf(b.State, listed(&b)); err != nil {
				return err
			}
		}
		return inOrder(
			func() error { return t.insertEntries(source, fresh) },
			func() error { return t.editEntries(changed, s.now()) },
			func() error { return t.insertMarks(source, b.Marks) },
			func() error { return t.place(b.Placed) },
			func() error { return t.recordStories(b.Stories, b.Ended) },
			func() error { return t.recordDecisions(b.Verdicts, newest(b.New)) },
			func() error { return t.withdraw(b.Withdrawn) },
			func() error { return t.recordListings(b.Listings) },
			func() error { return t.setMeta(b.Meta) },
		)
	})
}

// inOrder ends with the first error: SQLite may have rolled back by then, and
// what came after would be recorded without what was before.
func inOrder(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// sound refuses a batch that can't be right before anything is written.
func sound(b *feed.Batch) error {
	var errs []error
	if b.State.Name == "" && len(b.New)+len(b.Listed)+len(b.Marks) > 0 {
		errs = append(errs, errors.New("a batch with entries of a source needs its state"))
	}
	for i := range b.New {
		if r := &b.New[i]; r.Entry <= 0 || r.PublicID == "" || r.Story <= 0 || r.Source != "" && r.Source != b.State.Name {
			errs = append(errs, fmt.Errorf("new entry %d (source %q, story %d, public id %q) has no number, story or id, or is another source's",
				r.Entry, r.Source, r.Story, r.PublicID))
		}
	}
	for i := range b.Listings {
		if l := &b.Listings[i]; l.ID == "" || l.Entry <= 0 || l.Listed.IsZero() {
			errs = append(errs, fmt.Errorf("listing %s of edition %s has no id, entry or date", l.Key, l.Edition))
		}
	}
	return errors.Join(errs...)
}

// listed are the entries that upstream's document listed; none when the batch
// doesn't come from a document.
func listed(b *feed.Batch) []int64 {
	var entries []int64
	for i := range b.New {
		entries = append(entries, b.New[i].Entry)
	}
	for i := range b.Changed {
		if b.Changed[i].Source == b.State.Name {
			entries = append(entries, b.Changed[i].Entry)
		}
	}
	return append(entries, b.Listed...)
}

func newest(records []feed.Record) map[int64]bool {
	fresh := make(map[int64]bool, len(records))
	for i := range records {
		fresh[records[i].Entry] = true
	}
	return fresh
}

func contents(records []feed.Record) ([]content, error) {
	var p packer
	out := make([]content, len(records))
	for i := range records {
		r := &records[i]
		body, err := p.body(&r.Received, &r.Copy)
		if err != nil {
			return nil, fmt.Errorf("entry %d: %w", r.Entry, err)
		}
		out[i] = content{r, body, handles(r.PublicID, &r.Received, &r.Copy)}
	}
	return out, nil
}

// sourceOf records a source's state, and which of its entries upstream lists
// from now on, and answers the source's number.
func (t *tx) sourceOf(state feed.SourceState, listed []int64) (int64, error) {
	source, err := t.source(state.Name)
	if err != nil {
		return 0, err
	}
	if len(listed) > 0 {
		list := numbers(listed)
		const left = `UPDATE entries SET last_listed = coalesce((SELECT succeeded FROM sources WHERE source = ?1), first_seen)
			WHERE source = ?1 AND last_listed IS NULL AND entry NOT IN (SELECT value FROM json_each(?2))`
		if _, err := t.exec(left, source, list); err != nil {
			return 0, err
		}
		const back = `UPDATE entries SET last_listed = NULL
			WHERE entry IN (SELECT value FROM json_each(?1)) AND last_listed IS NOT NULL`
		if _, err := t.exec(back, list); err != nil {
			return 0, err
		}
	}
	return source, t.setState(source, state)
}

// insertEntries records new entries. One that is there already is the same
// batch applied again, or a number given twice.
func (t *tx) insertEntries(source int64, fresh []content) error {
	const entry = `INSERT INTO entries (entry, source, story, hash, first_seen, public_id, digest) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (entry) DO NOTHING`
	added := 0
	var named []any
	for _, c := range fresh {
		r := c.record
		n, err := t.exec(entry, r.Entry, source, r.Story, r.Hash[:], r.FirstSeen.UnixMicro(), r.PublicID, digest(r.PublicID))
		if err != nil {
			return fmt.Errorf("entry %d with public id %q: %w", r.Entry, r.PublicID, err)
		}
		if n == 0 {
			if err := t.again(source, r); err != nil {
				return err
			}
			continue
		}
		added++
		if err := t.putContent(c); err != nil {
			return fmt.Errorf("content of entry %d: %w", r.Entry, err)
		}
		named = c.names(named)
	}
	if added == 0 {
		return nil
	}
	if err := t.insertHandles(named); err != nil {
		return err
	}
	_, err := t.exec(`UPDATE sources SET entries = entries + ? WHERE source = ?`, added, source)
	return err
}

// again makes sure that a new entry that is there already is the same one.
func (t *tx) again(source int64, r *feed.Record) error {
	n, err := t.number(`SELECT count(*) FROM entries WHERE entry = ? AND source = ? AND digest = ?`, r.Entry, source, digest(r.PublicID))
	if err == nil && n == 0 {
		err = fmt.Errorf("entry %d: %w: the number was given to another entry", r.Entry, storage.ErrConflict)
	}
	return err
}

func (t *tx) putContent(c content) error {
	const put = `INSERT INTO contents (entry, published, language, title, link, signature, body) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (entry) DO UPDATE SET published = excluded.published, language = excluded.language,
		title = excluded.title, link = excluded.link, signature = excluded.signature, body = excluded.body`
	r := c.record
	_, err := t.exec(put, r.Entry, micros(r.Copy.Published), r.Copy.Language, r.Copy.Title, r.Copy.Link, r.Signature, c.body)
	return err
}

// names appends the rows of handles that lead to the entry.
func (c *content) names(rows []any) []any {
	for _, h := range c.handles {
		rows = append(rows, h, c.record.Entry)
	}
	return rows
}

func (t *tx) insertHandles(rows []any) error {
	return t.insertRows("INSERT OR IGNORE INTO handles (digest, entry) VALUES ", 2, rows)
}

// editEntries records what upstream edited, or what was read anew: where the
// hash is the same, only the copy was made again, and there is no revision.
func (t *tx) editEntries(changed []content, now time.Time) error {
	const former = `INSERT INTO revisions (entry, revision, replaced, hash, body)
		SELECT c.entry, 1 + coalesce((SELECT max(revision) FROM revisions r WHERE r.entry = c.entry), 0), ?, e.hash, c.body
		FROM contents c JOIN entries e ON e.entry = c.entry WHERE c.entry = ? AND e.hash <> ?`
	const surplus = `DELETE FROM revisions WHERE entry = ?1 AND revision > 1
		AND revision <= (SELECT max(revision) FROM revisions WHERE entry = ?1) - ?2`
	const entry = `UPDATE entries SET hash = ?, archived = 1 WHERE entry = ?`
	for _, c := range changed {
		r := c.record
		revised, err := t.exec(former, now.UnixMicro(), r.Entry, r.Hash[:])
		if err != nil {
			return fmt.Errorf("revision of entry %d: %w", r.Entry, err)
		}
		if revised > 0 {
			if _, err := t.exec(surplus, r.Entry, mostRevisions-1); err != nil {
				return err
			}
		}
		n, err := t.exec(entry, r.Hash[:], r.Entry)
		if err != nil {
			return err
		}
		if n == 0 {
			return fmt.Errorf("entry %d: %w: it was edited, but isn't there", r.Entry, storage.ErrConflict)
		}
		if err := t.putContent(c); err != nil {
			return fmt.Errorf("content of entry %d: %w", r.Entry, err)
		}
		if err := inOrder(
			func() error { return t.insertHandles(c.names(nil)) },
			func() error { return t.touchShown(r.Entry) },
		); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) insertMarks(source int64, marks []feed.Marked) error {
	args := make([]any, 0, 3*len(marks))
	for i := range marks {
		args = append(args, source, marks[i].Mark[:], marks[i].Entry)
	}
	return t.insertRows("INSERT OR REPLACE INTO marks (source, mark, entry) VALUES ", 3, args)
}

// insertRows inserts rows of so many columns, several a statement: short rows
// cost less than the statements around them. The numbers of rows are powers
// of two, so that few statements have to be prepared.
func (t *tx) insertRows(into string, columns int, args []any) error {
	row := "(?" + strings.Repeat(", ?", columns-1) + ")"
	for rows := rowsAtOnce; rows > 0; rows /= 2 {
		for len(args) >= rows*columns {
			if _, err := t.exec(into+row+strings.Repeat(", "+row, rows-1), args[:rows*columns]...); err != nil {
				return err
			}
			args = args[rows*columns:]
		}
	}
	return nil
}

// place records in which stories entries are. What a person said holds: it is
// never taken back, only said anew.
func (t *tx) place(placed []feed.Record) error {
	for i := range placed {
		p := &placed[i]
		if _, err := t.exec(`UPDATE entries SET story = ?, fixed = max(fixed, ?) WHERE entry = ?`, p.Story, p.Fixed, p.Entry); err != nil {
			return err
		}
	}
	return nil
}

// lastStoryKey is where the highest story number ever given stands in meta.
const lastStoryKey = "last story"

func (t *tx) recordStories(stories []feed.Story, ended []int64) error {
	const put = `INSERT INTO stories (story, first, last, renditions, linked) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (story) DO UPDATE SET first = excluded.first, last = excluded.last,
		renditions = excluded.renditions, linked = excluded.linked`
	highest := t.names.lastStory
	for i := range stories {
		s := &stories[i]
		renditions, err := packRenditions(s.Renditions)
		if err != nil {
			return fmt.Errorf("story %d: %w", s.Story, err)
		}
		linked := sql.NullString{String: numbers(s.Linked), Valid: len(s.Linked) > 0}
		if _, err := t.exec(put, s.Story, micros(s.First), micros(s.Last), renditions, linked); err != nil {
			return fmt.Errorf("story %d: %w", s.Story, err)
		}
		highest = max(highest, s.Story)
	}
	for _, story := range ended {
		if _, err := t.exec(`DELETE FROM stories WHERE story = ?`, story); err != nil {
			return err
		}
		highest = max(highest, story)
	}
	if highest == t.names.lastStory {
		return nil
	}
	const remember = `INSERT INTO meta (key, value) VALUES (?, ?)
		ON CONFLICT (key) DO UPDATE SET value = max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER))`
	if _, err := t.exec(remember, lastStoryKey, fmt.Sprint(highest)); err != nil {
		return err
	}
	t.names.lastStory = highest
	return nil
}

func packRenditions(renditions []feed.Rendition) (string, error) {
	if len(renditions) == 1 && len(renditions[0].Evidence)+len(renditions[0].Apart) == 0 {
		return fmt.Sprintf(`[{"entry":%d}]`, renditions[0].Entry), nil // most stories
	}
	sound := make([]feed.Rendition, len(renditions))
	for i, r := range renditions {
		r.Evidence = slices.Clone(r.Evidence)
		for j := range r.Evidence {
			r.Evidence[j].Score = finite(r.Evidence[j].Score)
		}
		sound[i] = r
	}
	data, err := json.Marshal(sound)
	return string(data), err
}
