package poll

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"

	"copydesk/feed"
)

// memory is a store for tests, with faults at will. It keeps what storage
// promises of batches: whole or not at all.
type memory struct {
	mu       sync.Mutex
	states   map[string]feed.SourceState
	records  map[int64]feed.Record
	marks    map[string]map[feed.Mark]int64
	stories  map[int64]feed.Story
	verdicts map[int64]map[string]feed.Decision
	listings map[string]feed.Listing
	meta     map[string]string
	entry    int64
	story    int64
	reads    int

	// fault is asked before each write; small says that it is only a state.
	fault func(small bool, b *feed.Batch) error
}

var errFull = errors.New("disk full")

func newMemory() *memory {
	return &memory{
		states: map[string]feed.SourceState{}, records: map[int64]feed.Record{}, marks: map[string]map[feed.Mark]int64{},
		stories: map[int64]feed.Story{}, verdicts: map[int64]map[string]feed.Decision{}, listings: map[string]feed.Listing{},
		meta: map[string]string{}, entry: 1, story: 1,
	}
}

func (m *memory) lock() func() { m.mu.Lock(); m.reads++; return m.mu.Unlock }

func (m *memory) refuses(ctx context.Context, small bool, b *feed.Batch) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if m.fault == nil {
		return nil
	}
	return m.fault(small, b)
}

func (m *memory) States(context.Context) (map[string]feed.SourceState, error) {
	defer m.lock()()
	return maps.Clone(m.states), nil
}

func (m *memory) SetState(ctx context.Context, s feed.SourceState) error {
	defer m.lock()()
	if err := m.refuses(ctx, true, nil); err != nil {
		return err
	}
	m.states[s.Name] = s
	return nil
}

func (m *memory) Known(_ context.Context, source string, marks []feed.Mark) (map[feed.Mark]feed.Known, error) {
	defer m.lock()()
	known := map[feed.Mark]feed.Known{}
	for _, k := range marks {
		if n, ok := m.marks[source][k]; ok {
			known[k] = feed.Known{Entry: n, Hash: m.records[n].Hash}
		}
	}
	return known, nil
}

func (m *memory) Next(context.Context) (int64, int64, error) {
	defer m.lock()()
	return m.entry, m.story, nil
}

func (m *memory) Apply(ctx context.Context, b feed.Batch) error {
	defer m.lock()()
	if err := m.refuses(ctx, false, &b); err != nil {
		return err
	}
	ids := map[string]int64{}
	for n, r := range m.records {
		ids[r.PublicID] = n
	}
	for _, r := range b.New {
		if n, taken := ids[r.PublicID]; taken || m.records[r.Entry].Entry != 0 {
			return fmt.Errorf("entry %d or id %q is there already (entry %d)", r.Entry, r.PublicID, n)
		}
		ids[r.PublicID] = r.Entry
	}
	if b.State.Name != "" {
		m.states[b.State.Name] = b.State
	}
	for _, r := range slices.Concat(b.New, b.Changed) {
		r.Copy.Text = ""
		m.records[r.Entry] = r
		m.entry = max(m.entry, r.Entry+1)
	}
	for _, p := range b.Placed {
		r := m.records[p.Entry]
		r.Story = p.Story
		m.records[p.Entry] = r
	}
	for _, k := range b.Marks {
		if m.marks[b.State.Name] == nil {
			m.marks[b.State.Name] = map[feed.Mark]int64{}
		}
		m.marks[b.State.Name][k.Mark] = k.Entry
	}
	for _, s := range b.Stories {
		s.Renditions, s.Linked = slices.Clone(s.Renditions), slices.Clone(s.Linked)
		m.stories[s.Story] = s
		m.story = max(m.story, s.Story+1)
	}
	for _, n := range b.Ended {
		delete(m.stories, n)
	}
	for _, d := range b.Verdicts {
		if m.verdicts[d.Entry] == nil {
			m.verdicts[d.Entry] = map[string]feed.Decision{}
		}
		m.verdicts[d.Entry][d.Edition] = d
	}
	for _, l := range b.Listings {
		m.listings[l.Edition+" "+l.Key] = l
	}
	maps.Copy(m.meta, b.Meta)
	return nil
}

func (m *memory) Meta(_ context.Context, key string) (string, error) {
	defer m.lock()()
	return m.meta[key], nil
}

func (m *memory) Held(context.Context) ([]int64, error) {
	defer m.lock()()
	held := map[int64]bool{}
	for n, verdicts := range m.verdicts {
		for _, d := range verdicts {
			if d.Verdict == feed.Held {
				held[m.records[n].Story] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(held)), nil
}

func (m *memory) Archive(_ context.Context, since time.Time, _ []string) iter.Seq2[feed.Record, error] {
	return func(yield func(feed.Record, error) bool) {
		unlock := m.lock()
		all := slices.SortedFunc(maps.Values(m.records), func(a, b feed.Record) int { return cmp.Compare(a.Entry, b.Entry) })
		unlock()
		for _, r := range all {
			if !r.FirstSeen.Before(since) && !yield(r, nil) {
				return
			}
		}
	}
}

func (m *memory) Taken(_ context.Context, ids []string) (map[string]int64, error) {
	defer m.lock()()
	taken := map[string]int64{}
	for n, r := range m.records {
		if slices.Contains(ids, r.PublicID) {
			taken[r.PublicID] = n
		}
	}
	return taken, nil
}

func (m *memory) Records(_ context.Context, entries []int64) ([]feed.Record, error) {
	defer m.lock()()
	var all []feed.Record
	for _, n := range entries {
		if r, ok := m.records[n]; ok {
			all = append(all, r)
		}
	}
	return all, nil
}

func (m *memory) Stories(_ context.Context, stories []int64) (map[int64]feed.Story, error) {
	defer m.lock()()
	found := map[int64]feed.Story{}
	for _, n := range stories {
		if s, ok := m.stories[n]; ok {
			s.Renditions, s.Linked = slices.Clone(s.Renditions), slices.Clone(s.Linked)
			found[n] = s
		}
	}
	return found, nil
}

func (m *memory) DecisionsOn(_ context.Context, entries []int64) (map[int64][]feed.Decision, error) {
	defer m.lock()()
	found := map[int64][]feed.Decision{}
	for _, n := range entries {
		found[n] = slices.Collect(maps.Values(m.verdicts[n]))
	}
	return found, nil
}

func (m *memory) ListingsOf(_ context.Context, stories []int64) ([]feed.Listing, error) {
	defer m.lock()()
	var found []feed.Listing
	for _, key := range slices.Sorted(maps.Keys(m.listings)) {
		if l := m.listings[key]; slices.Contains(stories, l.Story) {
			found = append(found, l)
		}
	}
	return found, nil
}

// published are the ids that an edition lists, sorted.
func (m *memory) published(edition string) []string {
	defer m.lock()()
	var ids []string
	for _, l := range m.listings {
		if l.Edition == edition {
			ids = append(ids, l.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

func (m *memory) state(source string) feed.SourceState {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.states[source]
}

// looked is how often anything was read or written.
func (m *memory) looked() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.reads
}

func (m *memory) listing(id string) feed.Listing {
	defer m.lock()()
	for _, l := range m.listings {
		if l.ID == id {
			return l
		}
	}
	return feed.Listing{}
}
