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
	// Together are sources or hosts that carry the same pieces, so that little
	// evidence is enough: half of what others need.
	Together []Pair
}

// Pair names two sources or hosts, in either order; twice the same one speaks
// of its entries among themselves.
type Pair [2]string

// Placed is an entry as the index knows it.
type Placed struct {
	Entry     int64
	Source    string
	Host      string    // of the article's address
	At        time.Time // publication
	Story     int64     // 0: not placed yet
	Fixed     bool      // a person put it there, and it stays
	Signature []byte
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
	To       int64 // 0: the story of the entry that is being placed, below 0: a new one, the same for all moves with that number
	Evidence []feed.Evidence
}

// Bounds of the work for one entry. They are far above what news bring; what
// overflows them is machine-made, and finding less of it hides nothing.
const (
	maxList       = 128 // entries that share a key in one stretch of time: beyond, it is not rare
	maxCandidates = 64  // entries compared with a new one
	maxComponent  = 160 // entries divided into stories together
)

// Index holds the signatures of the entries among which renditions are looked
// for. It is used by one goroutine.
type Index struct {
	window   time.Duration
	apart    map[Pair]bool
	together map[Pair]bool
	entries  map[int64]*member
	stretch  map[int64]*stretch  // by time, in windows
	fixed    map[int64][]*member // by story: what a person put there
	last     found               // of the newest Place, for the Add that follows it
	seen     map[*member]float32 // scratch
}

// stretch is one window's worth of entries and who has which key.
type stretch struct {
	members int
	keys    map[uint32][]*member
	exact   map[uint64][]*member
}

type member struct {
	Placed
	signature *signature
	rank      uint64              // of its content: orders entries of the same moment
	links     map[*member]verdict // the entries that may be of its story, both ways
}

type found struct {
	entry int64
	links map[*member]verdict
}

// NewIndex makes an empty index.
func NewIndex(o Options) *Index {
	if o.Window <= 0 {
		o.Window = DefaultWindow
	}
	return &Index{
		window: o.Window, apart: pairs(o.Apart), together: pairs(o.Together),
		entries: map[int64]*member{}, stretch: map[int64]*stretch{}, fixed: map[int64][]*member{},
		seen: map[*member]float32{},
	}
}

func pairs(list []Pair) map[Pair]bool {
	m := make(map[Pair]bool, 2*len(list))
	for _, p := range list {
		m[p], m[Pair{p[1], p[0]}] = true, true
	}
	return m
}

func (x *Index) configured(set map[Pair]bool, a, b *member) bool {
	if len(set) == 0 {
		return false
	}
	return set[Pair{a.Source, b.Source}] || set[Pair{a.Host, b.Host}] || set[Pair{a.Source, b.Host}] || set[Pair{a.Host, b.Source}]
}

// Len is how many entries the index holds.
func (x *Index) Len() int { return len(x.entries) }

func (x *Index) stretchOf(at time.Time) int64 {
	n := at.UnixNano() / int64(x.window)
	if at.UnixNano() < 0 {
		n--
	}
	return n
}

func (x *Index) member(p Placed) (*member, bool) {
	s, ok := decode(p.Signature)
	if !ok {
		return nil, false
	}
	m := &member{Placed: p, signature: s}
	m.rank = hash64(seedText, p.Signature)
	m.Signature = nil
	return m, true
}

// Add indexes an entry that is known to be in a story. An entry that is
// indexed already is replaced. False: its signature can't be read, and it has
// to be signed again.
func (x *Index) Add(p Placed) bool {
	x.Remove(p.Entry)
	m, ok := x.member(p)
	if !ok {
		return false
	}
	if x.last.entry == p.Entry && x.last.links != nil {
		m.links = x.last.links
	} else {
		m.links = x.find(m)
	}
	x.last = found{}
	for other, v := range m.links {
		other.links[m] = v
	}
	x.entries[p.Entry] = m
	if m.Fixed {
		x.fixed[m.Story] = append(x.fixed[m.Story], m)
	}
	n := x.stretchOf(m.At)
	s := x.stretch[n]
	if s == nil {
		s = &stretch{keys: map[uint32][]*member{}, exact: map[uint64][]*member{}}
		x.stretch[n] = s
	}
	s.members++
	for _, k := range m.signature.keys() {
		if list := s.keys[k]; len(list) <= maxList {
			s.keys[k] = append(list, m)
		}
	}
	for _, k := range m.signature.exact() {
		if list := s.exact[k]; len(list) <= maxList {
			s.exact[k] = append(list, m)
		}
	}
	return true
}

// Remove forgets an entry.
func (x *Index) Remove(entry int64) {
	m := x.entries[entry]
	if m == nil {
		return
	}
	x.last = found{}
	delete(x.entries, entry)
	for other := range m.links {
		delete(other.links, m)
	}
	x.release(m)
	n := x.stretchOf(m.At)
	s := x.stretch[n]
	s.members--
	if s.members == 0 {
		delete(x.stretch, n)
		return
	}
	for _, k := range m.signature.keys() {
		without(s.keys, k, m)
	}
	for _, k := range m.signature.exact() {
		without(s.exact, k, m)
	}
}

func without[K comparable](lists map[K][]*member, k K, m *member) {
	list := slices.DeleteFunc(lists[k], func(o *member) bool { return o == m })
	if len(list) == 0 {
		delete(lists, k)
		return
	}
	lists[k] = list
}

func (x *Index) release(m *member) {
	if m.Fixed {
		without(x.fixed, m.Story, m)
	}
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
	x.release(m)
	m.Story, m.Fixed = story, fixed
	if fixed {
		x.fixed[story] = append(x.fixed[story], m)
	}
}

// keys are the rare things by which an entry is looked up.
func (s *signature) keys() []uint32 {
	list := make([]uint32, 0, len(s.names)+len(s.numbers)+s.labelled)
	for i := range s.names {
		if s.names[i].weight >= unit*2/5-1 {
			list = append(list, s.names[i].key)
		}
	}
	for i := range s.numbers {
		if s.numbers[i].weight >= unit/2 {
			list = append(list, s.numbers[i].key)
		}
	}
	for i := range s.words {
		if s.words[i].label != "" {
			list = append(list, s.words[i].key)
		}
	}
	return list
}

// exact are the digests of which one in common is enough for a comparison.
func (s *signature) exact() []uint64 {
	list := make([]uint64, 0, 3+len(s.links))
	for _, v := range [...]uint64{s.link, s.title, s.text} {
		if v != 0 {
			list = append(list, v)
		}
	}
	return append(list, s.links...)
}

// find compares an entry with those that share something rare with it, and
// returns the ones that it may be of one story with.
func (x *Index) find(m *member) map[*member]verdict {
	clear(x.seen)
	n := x.stretchOf(m.At)
	keys, exact := m.signature.keys(), m.signature.exact()
	for d := int64(-1); d <= 1; d++ {
		s := x.stretch[n+d]
		if s == nil {
			continue
		}
		for _, k := range keys {
			if list := s.keys[k]; len(list) <= maxList {
				for _, o := range list {
					x.seen[o]++
				}
			}
		}
		for _, k := range exact {
			if list := s.exact[k]; len(list) <= maxList {
				for _, o := range list {
					x.seen[o] += 2
				}
			}
		}
	}
	var candidates []*member
	for o, n := range x.seen {
		if n >= 2 && o.Entry != m.Entry && o.At.Sub(m.At).Abs() <= x.window {
			candidates = append(candidates, o)
		}
	}
	if len(candidates) > maxCandidates {
		slices.SortFunc(candidates, func(a, b *member) int {
			return cmp.Or(cmp.Compare(x.seen[b], x.seen[a]), before(a, b))
		})
		candidates = candidates[:maxCandidates]
	}
	links := map[*member]verdict{}
	for _, o := range candidates {
		if v := x.judge(m, o); v.value > 0 {
			links[o] = v
		}
	}
	return links
}

// before orders entries by what they are, not by when they came.
func before(a, b *member) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Source, b.Source), cmp.Compare(a.rank, b.rank), cmp.Compare(a.Entry, b.Entry))
}

func (x *Index) judge(a, b *member) verdict {
	if a.Fixed && b.Fixed {
		if a.Story == b.Story {
			return verdict{1, 1, "person"}
		}
		return verdict{never, 0, "person"}
	}
	if x.configured(x.apart, a, b) || a.At.Sub(b.At).Abs() > x.window {
		return verdict{never, 0, "configured"}
	}
	v := judge(overlap(a.signature, b.signature), a.At.Sub(b.At).Abs().Hours()/24, a.Source == b.Source)
	if v.value <= 0 && v.score > 0.14 && x.configured(x.together, a, b) {
		v.value, v.by = 0.5, "configured"
	}
	return v
}

// Place finds the story of an entry among those that are indexed. It changes
// nothing; the entry is indexed by Add, when it is recorded.
func (x *Index) Place(p Placed) Placement {
	x.last = found{}
	m, ok := x.member(p)
	if !ok {
		return Placement{}
	}
	if old := x.entries[p.Entry]; old != nil {
		m.Fixed, m.Story = old.Fixed, old.Story
	}
	m.links = x.find(m)
	x.last = found{p.Entry, m.links}
	return x.divide(m)
}
