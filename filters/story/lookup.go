package story

import (
	"math/bits"
	"slices"
	"time"
)

// Bounds of the work for one entry. They are far above what news bring; what
// overflows them is made by machines, and two entries that nothing but such
// things join are of no story.
const (
	maxList       = 48 // entries with one key in a stretch of time: with more it isn't rare
	maxWordList   = 24 // the same for words, of which a rendition in the same language shares several
	maxNewest     = 8  // of a longer list only the newest are looked at: a story that everybody tells is told in a row
	maxCandidates = 24 // entries of one language compared with a new one
	maxForeign    = 12 // and of others, which have less to share
)

// A key is a rare thing by which an entry is looked up. Points say how rare;
// enough of them make a candidate.
type key struct {
	digest uint32
	points uint16
	most   int32 // entries that are looked at
}

// enough is two numbers, three words, or a name and a word of one language,
// which has the name's letters too.
const enough = 5

// keys lists what an entry is looked up by.
func (s *signature) keys(list []key) []key {
	for i, k := range s.names.keys {
		switch w := s.names.weights[i]; {
		case w >= unit*9/10:
			list = append(list, key{k, 4, maxList})
		case w >= unit*2/5-1:
			list = append(list, key{k, 2, maxList})
		}
	}
	for i, k := range s.numbers.keys {
		switch w := s.numbers.weights[i]; {
		case w >= unit:
			list = append(list, key{k, 4, maxList})
		case w >= unit/2:
			list = append(list, key{k, 3, maxList})
		}
	}
	list = s.combined(list)
	s.labelled(&s.words, func(i int, label []byte) {
		if len(label) > 0 {
			list = append(list, key{s.words.keys[i], 2, maxWordList})
		}
	})
	for _, v := range [...]uint64{s.link, s.title, s.text} {
		if v != 0 {
			list = append(list, key{uint32(v), enough, maxList})
		}
	}
	for _, v := range s.links {
		list = append(list, key{uint32(v), enough, maxList})
	}
	return list
}

// combined adds keys of a rare number with what the text is about: where no
// name is heard, nothing else that is rare stands in two languages.
func (s *signature) combined(list []key) []key {
	var numbers [2]int // the heaviest, by index
	n := 0
	for i, w := range s.numbers.weights {
		switch {
		case w < unit/2:
		case n == 0 || w > s.numbers.weights[numbers[0]]:
			numbers[0], numbers[1] = i, numbers[0]
			n = min(n+1, 2)
		case n == 1 || w > s.numbers.weights[numbers[1]]:
			numbers[1] = i
			n = 2
		}
	}
	if n == 0 {
		return list
	}
	left := 3
	for i, part := range s.meant {
		for part &= vocabulary.telling[i]; part != 0 && left > 0; part &= part - 1 {
			left--
			concept := uint32(64*i + bits.TrailingZeros64(part))
			for _, number := range numbers[:n] {
				list = append(list, key{mix32(s.numbers.keys[number] + concept*0x9E3779B1 + seedCombined), enough, maxList})
			}
		}
	}
	return list
}

// stretch is one window's worth of entries and who has which key. Entries that
// left stay in the lists, as nobody, until the stretch goes.
type stretch struct {
	members []*member
	alive   int
	lists   map[uint32]chain
	nodes   []node
	points  []uint16 // scratch, by member
	touched []int32  // scratch
}

// chain is a list of the members with one key.
type chain struct{ first, length int32 }

// node is a member, with the points that the key has there, and who is next.
type node struct {
	member uint32
	next   int32
}

const pointsShift = 28 // in a node's member

func newStretch() *stretch { return &stretch{lists: map[uint32]chain{}} }

func (s *stretch) add(m *member) {
	m.slot = int32(len(s.members))
	s.members = append(s.members, m)
	s.points = append(s.points, 0)
	s.alive++
	var buffer [96]key
	for _, k := range m.signature.keys(buffer[:0]) {
		c := s.lists[k.digest]
		s.nodes = append(s.nodes, node{uint32(m.slot) | uint32(k.points)<<pointsShift, c.first})
		s.lists[k.digest] = chain{int32(len(s.nodes) - 1), c.length + 1}
	}
}

// remove reports whether nobody is left.
func (s *stretch) remove(m *member) bool {
	s.members[m.slot] = nil
	s.alive--
	return s.alive == 0
}

// gather adds the members that share enough keys.
func (s *stretch) gather(keys []key, list []candidate) []candidate {
	touched := s.touched[:0]
	for _, k := range keys {
		c, ok := s.lists[k.digest]
		if !ok {
			continue
		}
		left := c.length
		if left > k.most {
			left = maxNewest
		}
		for n := c.first; left > 0; n, left = s.nodes[n].next, left-1 {
			m := int32(s.nodes[n].member & (1<<pointsShift - 1))
			if s.points[m] == 0 {
				touched = append(touched, m)
			}
			// A name may be surer in the one: both have to find each other.
			s.points[m] += min(k.points, uint16(s.nodes[n].member>>pointsShift))
		}
	}
	s.touched = touched
	for _, m := range touched {
		if s.points[m] >= enough && s.members[m] != nil {
			list = append(list, candidate{s.members[m], s.points[m]})
		}
		s.points[m] = 0
	}
	return list
}

type candidate struct {
	*member
	points uint16
}

func (x *Index) stretchOf(at time.Time) int64 {
	n := at.Unix() / int64(x.window/time.Second+1)
	if at.Unix() < 0 {
		n--
	}
	return n
}

// find compares an entry with those that share something rare with it, and
// returns the ones that it may be of one story with.
func (x *Index) find(m *member) []link {
	var buffer [96]key
	keys := m.signature.keys(buffer[:0])
	list := x.candidates[:0]
	n := x.stretchOf(m.At)
	for d := int64(-1); d <= 1; d++ {
		if s := x.stretches[n+d]; s != nil {
			list = s.gather(keys, list)
		}
	}
	x.candidates = list
	list = slices.DeleteFunc(list, func(c candidate) bool {
		return c.Entry == m.Entry || c.At.Sub(m.At).Abs() > x.window
	})
	near, foreign := x.near[:0], list[:0]
	for _, c := range list {
		if c.language == m.language {
			near = append(near, c)
		} else {
			foreign = append(foreign, c)
		}
	}
	x.near = near
	var links []link
	for _, c := range slices.Concat(foremost(near, maxCandidates), foremost(foreign, maxForeign)) {
		if v := x.judge(m, c.member); v.value > 0 {
			links = append(links, link{c.member, v})
		}
	}
	return links
}

// foremost returns the candidates with the most points, as many as are
// compared.
func foremost(list []candidate, most int) []candidate {
	if len(list) <= most {
		return list
	}
	var tally [64]int
	for _, c := range list {
		tally[min(c.points, 63)]++
	}
	least, n := 63, 0
	for ; least > 0 && n+tally[least] <= most; least-- {
		n += tally[least]
	}
	best := list[:0:0]
	var edge []candidate
	for _, c := range list {
		switch p := min(int(c.points), 63); {
		case p > least:
			best = append(best, c)
		case p == least:
			edge = append(edge, c)
		}
	}
	slices.SortFunc(edge, func(a, b candidate) int { return before(a.member, b.member) })
	return append(best, edge[:most-len(best)]...)
}
