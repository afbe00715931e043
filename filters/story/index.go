package story

import (
	"cmp"
	"slices"
	"time"

	"copydesk/feed"
)

// DefaultWindow is how long a story lasts, from its first rendition to its
// last, unless configured otherwise.
const DefaultWindow = 72 * time.Hour

// Options are the configured part of what makes entries one story.
type Options struct {
	Window time.Duration // 0: DefaultWindow
	// Apart are sources or hosts whose entries are never renditions of each
	// other.
	Apart []Pair
	// Together are sources or hosts that carry the same pieces, so that weak
	// evidence is enough.
	Together []Pair
}

// Pair names two sources or hosts, in either order; twice the same one speaks
// of its entries among themselves.
type Pair [2]string

// Placed is an entry as the index knows it.
type Placed struct {
	Entry  int64
	Source string
	Host   string    // of the article's address
	At     time.Time // publication
	Story  int64     // 0: not placed yet
	// Fixed: a person put it there, and it stays. A split fixes both halves, a
	// join both parts: entries fixed in one story stay together, those fixed in
	// two stay apart, and what comes later goes where it agrees best.
	Fixed     bool
	Signature []byte // not kept
}

// Placement is what was found for an entry.
type Placement struct {
	// Stories are those that it belongs to, the one with the earliest entry
	// first. None: it is the first of a new story. Several: it shows that they
	// are one.
	Stories []int64
	// Evidence names the entries that it belongs with, the strongest first.
	Evidence []feed.Evidence
	// Moves are other entries that the new one shows in another light.
	Moves []Move
}

// Move takes an entry from one story to another.
type Move struct {
	Entry    int64
	From     int64
	To       int64 // 0: the story of the entry that is being placed; below 0: a new one, the same for all moves with that number
	Evidence []feed.Evidence
}

// Index holds the signatures of the entries among which renditions are looked
// for. It is used by one goroutine.
type Index struct {
	window           time.Duration
	apart            map[Pair]bool
	together         map[Pair]bool
	entries          map[int64]*member
	stretches        map[int64]*stretch  // by time, in windows
	fixed            map[int64][]*member // by story: what a person put there
	last             found               // of the newest Place, for the Add that follows it
	candidates, near []candidate         // scratch
}

// member is an indexed entry.
type member struct {
	Placed
	*signature
	rank  uint64 // of its content: orders entries of the same moment
	slot  int32  // in its stretch
	links []link // the entries that may be of its story; kept on both sides
}

// link is a pair whose evidence speaks for one story.
type link struct {
	to *member
	verdict
}

type found struct {
	entry int64
	links []link
}

func (m *member) linked(o *member) *link {
	for i := range m.links {
		if m.links[i].to == o {
			return &m.links[i]
		}
	}
	return nil
}

func (m *member) unlink(o *member) {
	m.links = slices.DeleteFunc(m.links, func(l link) bool { return l.to == o })
}

// NewIndex makes an empty index.
func NewIndex(o Options) *Index {
	if o.Window <= 0 {
		o.Window = DefaultWindow
	}
	return &Index{
		window: o.Window, apart: pairs(o.Apart), together: pairs(o.Together),
		entries: map[int64]*member{}, stretches: map[int64]*stretch{}, fixed: map[int64][]*member{},
	}
}

func pairs(list []Pair) map[Pair]bool {
	m := make(map[Pair]bool, 2*len(list))
	for _, p := range list {
		m[p], m[Pair{p[1], p[0]}] = true, true
	}
	return m
}

func configured(set map[Pair]bool, a, b *member) bool {
	return len(set) > 0 &&
		(set[Pair{a.Source, b.Source}] || set[Pair{a.Host, b.Host}] || set[Pair{a.Source, b.Host}] || set[Pair{a.Host, b.Source}])
}

// Len is how many entries the index holds.
func (x *Index) Len() int { return len(x.entries) }

func newMember(p Placed) (*member, bool) {
	s, ok := decode(p.Signature)
	if !ok {
		return nil, false
	}
	m := &member{Placed: p, signature: s, rank: hash64(seedText, p.Signature)}
	m.Signature = nil
	return m, true
}

// Add indexes an entry that is known to be in a story. An entry that is
// indexed already is replaced. False: its signature can't be read, and it has
// to be signed again.
func (x *Index) Add(p Placed) bool {
	last := x.last
	x.Remove(p.Entry)
	m, ok := newMember(p)
	if !ok {
		return false
	}
	if last.entry == p.Entry && p.Entry != 0 {
		m.links = last.links
	} else {
		m.links = x.find(m)
	}
	for _, l := range m.links {
		l.to.links = append(l.to.links, link{m, l.verdict})
	}
	x.entries[p.Entry] = m
	if m.Fixed {
		x.fixed[m.Story] = append(x.fixed[m.Story], m)
	}
	n := x.stretchOf(m.At)
	s := x.stretches[n]
	if s == nil {
		s = newStretch()
		x.stretches[n] = s
	}
	s.add(m)
	return true
}

// Remove forgets an entry.
func (x *Index) Remove(entry int64) {
	x.last = found{}
	m := x.entries[entry]
	if m == nil {
		return
	}
	delete(x.entries, entry)
	for _, l := range m.links {
		l.to.unlink(m)
	}
	x.release(m)
	n := x.stretchOf(m.At)
	if s := x.stretches[n]; s.remove(m) {
		delete(x.stretches, n)
	}
}

func (x *Index) release(m *member) {
	if !m.Fixed {
		return
	}
	list := slices.DeleteFunc(x.fixed[m.Story], func(o *member) bool { return o == m })
	if len(list) == 0 {
		delete(x.fixed, m.Story)
		return
	}
	x.fixed[m.Story] = list
}

// Forget drops the entries published before a time. What can still get new
// renditions was published at most a window before the newest entry.
func (x *Index) Forget(before time.Time) {
	for _, m := range x.entries {
		if m.At.Before(before) {
			x.Remove(m.Entry)
		}
	}
}

// Move records that an entry is in another story now; fixed: because a person
// put it there.
func (x *Index) Move(entry, story int64, fixed bool) {
	m := x.entries[entry]
	if m == nil {
		return
	}
	x.last = found{}
	x.release(m)
	m.Story, m.Fixed = story, fixed
	if fixed {
		x.fixed[story] = append(x.fixed[story], m)
	}
}

// Place finds the story of an entry among those that are indexed. It changes
// nothing; the entry is indexed by Add, when it is recorded. An entry that is
// indexed already, and was edited, is placed anew.
func (x *Index) Place(p Placed) Placement {
	x.last = found{}
	m, ok := newMember(p)
	if !ok {
		return Placement{}
	}
	if old := x.entries[p.Entry]; old != nil {
		m.Fixed, m.Story = old.Fixed, old.Story
	}
	m.links = x.find(m)
	x.last = found{p.Entry, slices.Clone(m.links)}
	return x.divide(m)
}

// before orders entries by what they are, not by when they came.
func before(a, b *member) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Source, b.Source), cmp.Compare(a.rank, b.rank), cmp.Compare(a.Entry, b.Entry))
}

// judge compares two entries, with what is configured and what a person said.
func (x *Index) judge(a, b *member) verdict {
	apart := a.At.Sub(b.At).Abs()
	switch {
	case a.Fixed && b.Fixed && a.Story == b.Story:
		return verdict{1, 1, byPerson}
	case a.Fixed && b.Fixed:
		return verdict{never, 0, byPerson}
	case apart > x.window:
		return verdict{never, 0, byConfiguration}
	case configured(x.apart, a, b):
		return verdict{never, 0, byConfiguration}
	}
	v := judge(overlap(a.signature, b.signature), apart.Hours()/24, a.Source == b.Source)
	if v.value <= 0 && v.score > weak && configured(x.together, a, b) {
		return verdict{0.5, v.score, byConfiguration}
	}
	return v
}
