package poll

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"copydesk/feed"
)

// ungathered is what was recorded since readers were last given something.
// Entries of sources that are polled at the same moment are recorded one
// source after the other, but what is published of their stories is decided
// when all are there, so that it doesn't depend on who answered first.
type ungathered struct {
	since   time.Time // since the first of it was polled; zero: there is none
	stories map[int64]bool
	edited  map[int64]bool // entries, with whether a reader would see it
	// failed are those of the stories that couldn't be gathered before since.
	failed map[int64]bool
	// New stories, their entries and decisions are kept at hand, without
	// their texts, so that they needn't be read back.
	fresh    map[int64]*feed.Story
	records  map[int64]light
	verdicts map[int64][]*feed.Decision // without the entry's number
	latest   map[string]*feed.Decision  // by edition
}

// light is of a record what gathering needs to know. A cold poll holds tens
// of thousands of them.
type light struct {
	story              int64
	source, publicID   string
	title, language    string
	words              int
	seen               time.Time
	published, updated time.Time
}

func newUngathered() ungathered {
	return ungathered{
		stories: map[int64]bool{}, edited: map[int64]bool{}, failed: map[int64]bool{},
		fresh: map[int64]*feed.Story{}, records: map[int64]light{}, verdicts: map[int64][]*feed.Decision{},
		latest: map[string]*feed.Decision{},
	}
}

func lighten(r *feed.Record) light {
	c := &r.Copy
	return light{r.Story, r.Source, r.PublicID, strings.Clone(c.Title), c.Language, c.Words, r.FirstSeen, c.Published, c.Updated}
}

func (l *light) record(entry int64) *feed.Record {
	return &feed.Record{
		Entry: entry, Source: l.source, PublicID: l.publicID, FirstSeen: l.seen, Story: l.story,
		Copy: feed.Copy{Title: l.title, Words: l.words, Language: l.language, Published: l.published, Updated: l.updated},
	}
}

// add takes in what a batch recorded.
func (u *ungathered) add(b *batch) {
	if len(b.touched) == 0 {
		return
	}
	u.since = u.begins(b)
	for i := range b.New {
		r := &b.New[i]
		u.records[r.Entry] = lighten(r)
	}
	for n := range b.touched {
		u.stories[n] = true
		if s := b.stories[n]; s != nil && u.holds(s) && len(b.listings[n]) == 0 {
			u.fresh[n] = s
		}
	}
	for _, n := range b.Ended {
		delete(u.stories, n)
		delete(u.fresh, n)
	}
	for n, verdicts := range b.verdicts {
		if r, known := u.records[n]; known {
			r.story = b.records[n].Story
			u.records[n] = r
			own := make([]*feed.Decision, 0, len(verdicts))
			for _, d := range verdicts {
				own = append(own, u.share(d))
			}
			u.verdicts[n] = own
		}
	}
	for n, visible := range b.edited {
		u.edited[n] = u.edited[n] || visible
	}
}

// share keeps a decision once when it is like the one before it, as most are.
func (u *ungathered) share(d feed.Decision) *feed.Decision {
	d.Entry = 0
	if latest := u.latest[d.Edition]; latest != nil && reflect.DeepEqual(*latest, d) {
		return latest
	}
	u.latest[d.Edition] = &d
	return &d
}

// decisions are those on an entry.
func (u *ungathered) decisions(entry int64) []feed.Decision {
	var decisions []feed.Decision
	for _, d := range u.verdicts[entry] {
		own := *d
		own.Entry = entry
		own.Hits, own.Steps = slices.Clip(d.Hits), slices.Clip(d.Steps) // what is appended is its own
		decisions = append(decisions, own)
	}
	return decisions
}

// holds reports whether all that gathering needs of a story is at hand.
func (u *ungathered) holds(s *feed.Story) bool {
	for _, r := range s.Renditions {
		_, edited := u.edited[r.Entry]
		if _, known := u.records[r.Entry]; edited || !known {
			return false
		}
	}
	return true
}

// story brings a story that is at hand into the batch, and reports whether it was.
func (u *ungathered) story(b *batch, n int64) bool {
	s := u.fresh[n]
	if s == nil || !u.holds(s) {
		return false
	}
	own := *s
	own.Renditions, own.Linked = slices.Clone(s.Renditions), slices.Clone(s.Linked)
	b.stories[n] = &own
	for _, r := range s.Renditions {
		if b.records[r.Entry] == nil {
			known := u.records[r.Entry]
			b.records[r.Entry] = known.record(r.Entry)
			b.remember(r.Entry, u.decisions(r.Entry))
		}
	}
	return true
}

// NoteKey is under which name the store keeps what waits to be
// published: after a crash it is made good.
const NoteKey = "ungathered"

// noted is what stands there. New entries are found by when they were first
// seen; edits, and stories that couldn't be gathered, have to be named. It is recorded with what it tells of, so that
// what is published of an edit and that it waits no more hold together.
type noted struct {
	Since  time.Time           `json:"since"`
	Edits  map[int64]notedEdit `json:"edits,omitempty"`
	Failed []int64             `json:"failed,omitempty"`
}

type notedEdit struct {
	Visible bool `json:"visible"`
}

// note lets a batch carry what still waits when it is recorded: these edits
// and stories, and what is new since then. The zero time: nothing.
func (b *batch) note(since time.Time, edited, failed map[int64]bool) error {
	b.Meta = map[string]string{NoteKey: ""}
	if since.IsZero() {
		return nil
	}
	edits := make(map[int64]notedEdit, len(edited))
	for entry, visible := range edited {
		edits[entry] = notedEdit{visible}
	}
	text, err := json.Marshal(noted{since.UTC(), edits, slices.Sorted(maps.Keys(failed))})
	if err != nil {
		return fmt.Errorf("noting what waits to be published: %w", err)
	}
	b.Meta[NoteKey] = string(text)
	return nil
}

// begins is since when something waits, with the batch.
func (u *ungathered) begins(b *batch) time.Time {
	if u.since.IsZero() || b.now.Before(u.since) {
		return b.now
	}
	return u.since
}

// expect notes in a batch what it leaves to be published.
func (u *ungathered) expect(b *batch) error {
	since := u.begins(b)
	if since.Equal(u.since) && len(b.edited) == 0 {
		return nil
	}
	edited := maps.Clone(u.edited)
	for entry, visible := range b.edited {
		edited[entry] = edited[entry] || visible
	}
	return b.note(since, edited, u.failed)
}

// settle notes in a batch what still waits when it has published the stories.
// It answers what is to be done once it is recorded.
func (u *ungathered) settle(b *batch, stories []int64) (recorded func(), err error) {
	done := slices.DeleteFunc(slices.Clone(stories), func(n int64) bool { return b.failed[n] })
	edited, failed := maps.Clone(u.edited), maps.Clone(u.failed)
	var told []int64
	for _, n := range done {
		delete(failed, n)
		if s := b.stories[n]; s != nil {
			for _, r := range s.Renditions {
				told = append(told, r.Entry)
				delete(edited, r.Entry)
			}
		}
	}
	recorded = func() {
		u.edited, u.failed = edited, failed // each is told once, also when the next portion fails
		for _, n := range done {
			delete(u.stories, n)
			delete(u.fresh, n)
		}
		for _, entry := range told { // what is listed of them stands in the store
			delete(u.records, entry)
			delete(u.verdicts, entry)
		}
	}
	switch {
	case len(done) == len(u.stories):
		return func() { *u = newUngathered() }, b.note(time.Time{}, nil, nil)
	case len(edited) < len(u.edited) || len(failed) < len(u.failed):
		return recorded, b.note(u.since, edited, failed)
	}
	return recorded, nil
}

// recover finds what a run that was broken off recorded and didn't publish.
func (w *writer) recover(ctx context.Context) error {
	text, err := w.Store.Meta(ctx, NoteKey)
	if err != nil || text == "" {
		return err
	}
	var found noted
	if err := json.Unmarshal([]byte(text), &found); err != nil { // who knows: all is looked through
		found = noted{}
	}
	w.ungathered = newUngathered()
	w.ungathered.since = found.Since
	if found.Since.IsZero() {
		w.ungathered.since = w.Now()
	}
	for r, err := range w.Store.Archive(ctx, found.Since, nil) {
		if err != nil {
			return err
		}
		w.ungathered.stories[r.Story] = true
	}
	for _, n := range found.Failed {
		w.ungathered.stories[n], w.ungathered.failed[n] = true, true
	}
	records, err := w.Store.Records(ctx, slices.Sorted(maps.Keys(found.Edits)))
	if err != nil {
		return err
	}
	for i := range records {
		r := &records[i]
		w.ungathered.stories[r.Story] = true
		w.ungathered.edited[r.Entry] = found.Edits[r.Entry].Visible
	}
	return nil
}

// gatheredAtOnce is how many stories are published in one transaction.
const gatheredAtOnce = 500

// publish decides what readers get of all that was recorded since it was last
// asked, and tells which editions changed. Stories that can't be gathered, by
// a fault of ours, wait for the next time.
func (w *writer) publish(ctx context.Context) error {
	u := &w.ungathered
	if u.since.IsZero() {
		return nil
	}
	changed := map[string]bool{}
	defer func() { w.announce(slices.Sorted(maps.Keys(changed))) }()
	stories := slices.Sorted(maps.Keys(u.stories))
	for first := 0; first == 0 || first < len(stories); first += gatheredAtOnce {
		portion := stories[first:min(first+gatheredAtOnce, len(stories))]
		b := newBatch(w.Now())
		b.fresh, b.edited = u.since, u.edited
		for _, n := range portion {
			b.touched[n] = true
		}
		if err := w.gather(ctx, b); err != nil {
			return err
		}
		recorded, err := u.settle(b, portion)
		if err != nil {
			return err
		}
		if err := w.write(ctx, b); err != nil {
			return err
		}
		recorded()
		for _, name := range b.editions() {
			changed[name] = true
		}
		if w.tally != nil {
			w.tally.add(b)
		}
	}
	if len(u.stories) > 0 {
		return errors.Join(fmt.Errorf("%d stories could not be gathered", len(u.stories)), w.setAside(ctx))
	}
	return nil
}

// setAside lets what couldn't be gathered wait by itself: what comes from now
// on is new, and what comes out of this is late.
func (w *writer) setAside(ctx context.Context) error {
	b := newBatch(w.Now())
	rest := newUngathered()
	rest.since, rest.stories, rest.failed, rest.edited = b.now, w.ungathered.stories, maps.Clone(w.ungathered.stories), w.ungathered.edited
	if err := b.note(rest.since, rest.edited, rest.failed); err != nil {
		return err
	}
	if err := w.write(ctx, b); err != nil {
		return err
	}
	w.ungathered = rest
	return nil
}

func (w *writer) announce(editions []string) {
	if w.Announce != nil && len(editions) > 0 {
		w.Announce(editions)
	}
}

// Waiting tells since when something was recorded that readers don't have
// yet, by what a store keeps under NoteKey; the zero time: nothing, or nobody knows.
func Waiting(note string) time.Time {
	var found noted
	if json.Unmarshal([]byte(note), &found) != nil {
		return time.Time{}
	}
	return found.Since
}
