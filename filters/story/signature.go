package story

import (
	"encoding/binary"
	"math"
	"slices"
)

// A signature is, in this order and little-endian:
//
//	version, day that it is about         1 byte each
//	language                              2 letters of it, or zeros
//	words of the text                     2 bytes, saturating
//	day of publication                    4 bytes, since 1970; 0 unknown
//	digests of the link, title and text   8 bytes each, 0 is none
//	norm of the words' weights            4 bytes, IEEE 754
//	concepts of the beginning, the title  16 bytes each, a bit for each
//	numbers of what follows               7 bytes
//	outbound links, media                 8 bytes each, sorted
//	topics                                4 bytes each, sorted
//	names, numbers, dates, words          each list 4 bytes of key each, sorted, then 1 byte of weight each
//	labels                                for each of these in order 1 byte and the text: its length, and in
//	                                      the two highest bits where a word stands first; only words by which
//	                                      the entry is looked up have a text
const (
	version    = 3
	headerSize = 1 + 1 + 2 + 2 + 4 + 3*8 + 4 + 4*8 + 7
)

// Bounds of a signature. A typical news text of 300 words fills them without
// overflowing; of a longer one the beginning speaks for the rest.
const (
	maxLinks       = 12
	maxMedia       = 6
	maxTopics      = 8
	maxNames       = 28
	maxNumbers     = 28
	maxDates       = 8
	maxWords       = 110 // and pairs of them
	maxLookups     = 12  // words by which an entry is found: the rarest
	maxPairLookups = 6   // and pairs of words
	maxLabel       = 24  // bytes
	unit           = 64  // of weights
)

// A term is a thing that two entries can share, by its digest.
type term struct {
	key    uint32
	weight uint8 // in 1/unit: how much sharing it says
	place  uint8
	label  string
}

// Where a word stands first.
const (
	inRest = iota
	inLead // the beginning of the text
	inTitle
	placeShift = 6 // in the byte before its label
)

// Of a name, it says instead whether it is one.
const (
	sureName = iota
	doubtfulName
)

// head is what a signature says beside its terms.
type head struct {
	language          [2]byte
	size              int   // words of the text
	day               int32 // of publication
	event             int8  // the day it is about, as the scanner has it
	link, title, text uint64
	norm              float32
	meant, headline   concepts
	links, media      []uint64
	topics            []uint32
}

// draft is what Sign found.
type draft struct {
	head
	names, numbers, dates, words []term
}

func (d *draft) lists() [4][]term { return [4][]term{d.names, d.numbers, d.dates, d.words} }

func (d *draft) encode() []byte {
	size := headerSize + 8*(len(d.links)+len(d.media)) + 4*len(d.topics)
	for _, list := range d.lists() {
		size += 6 * len(list)
		for i := range list {
			size += len(list[i].label)
		}
	}
	b := make([]byte, 0, size)
	b = append(b, version, byte(d.event), d.language[0], d.language[1])
	b = binary.LittleEndian.AppendUint16(b, uint16(min(max(0, d.size), math.MaxUint16)))
	b = binary.LittleEndian.AppendUint32(b, uint32(d.day))
	for _, v := range [...]uint64{d.link, d.title, d.text} {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(d.norm))
	for _, set := range [...]concepts{d.meant, d.headline} {
		b = binary.LittleEndian.AppendUint64(b, set[0])
		b = binary.LittleEndian.AppendUint64(b, set[1])
	}
	b = append(b, byte(len(d.links)), byte(len(d.media)), byte(len(d.topics)))
	for _, list := range d.lists() {
		b = append(b, byte(len(list)))
	}
	for _, v := range d.links {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	for _, v := range d.media {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	for _, v := range d.topics {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	for _, list := range d.lists() {
		for i := range list {
			b = binary.LittleEndian.AppendUint32(b, list[i].key)
		}
		for i := range list {
			b = append(b, list[i].weight)
		}
	}
	for _, list := range d.lists() {
		for i := range list {
			b = append(b, byte(len(list[i].label))|list[i].place<<placeShift)
			b = append(b, list[i].label...)
		}
	}
	return b
}

// signature is what was read from the store, laid out for comparing.
type signature struct {
	head
	names, numbers, dates, words terms
	nameSum, numberSum           int    // of weights
	doubtful                     int    // of the names that may be none
	labels                       []byte // as in the encoding
	lead, titled                 marks  // of words
}

// marks are a set of a list's terms, by index.
type marks [(maxWords + 63) / 64]uint64

func (m *marks) set(i int) {
	if i/64 < len(m) {
		m[i/64] |= 1 << (i % 64)
	}
}

func (m *marks) has(i int) bool { return i/64 < len(m) && m[i/64]>>(i%64)&1 > 0 }

// terms are sorted by key.
type terms struct {
	keys    []uint32
	weights []byte
	first   int // its first label
}

// decode reads a signature; false: it is not one, or of another version, and
// the entry has to be signed again. Nothing of the bytes is kept.
func decode(b []byte) (*signature, bool) {
	if len(b) < headerSize || b[0] != version || b[1] > 2*nearDays+1 {
		return nil, false
	}
	s := &signature{head: head{
		event:    int8(b[1]),
		language: [2]byte{b[2], b[3]},
		size:     int(binary.LittleEndian.Uint16(b[4:])),
		day:      int32(binary.LittleEndian.Uint32(b[6:])),
		link:     binary.LittleEndian.Uint64(b[10:]),
		title:    binary.LittleEndian.Uint64(b[18:]),
		text:     binary.LittleEndian.Uint64(b[26:]),
		norm:     math.Float32frombits(binary.LittleEndian.Uint32(b[34:])),
		meant:    concepts{binary.LittleEndian.Uint64(b[38:]), binary.LittleEndian.Uint64(b[46:])},
		headline: concepts{binary.LittleEndian.Uint64(b[54:]), binary.LittleEndian.Uint64(b[62:])},
	}}
	counts := b[70:headerSize]
	if s.norm < 0 || s.norm != s.norm || math.IsInf(float64(s.norm), 0) {
		return nil, false
	}
	n := 0
	for _, c := range counts[3:] {
		n += int(c)
	}
	addresses := int(counts[0]) + int(counts[1])
	b = b[headerSize:]
	if len(b) < 8*addresses+4*int(counts[2])+6*n {
		return nil, false
	}
	if addresses > 0 {
		list := make([]uint64, addresses)
		for i := range list {
			list[i] = binary.LittleEndian.Uint64(b[8*i:])
		}
		s.links, s.media = list[:counts[0]:counts[0]], list[counts[0]:]
	}
	b = b[8*addresses:]
	keys := make([]uint32, int(counts[2])+n)
	s.topics, keys = keys[:counts[2]:counts[2]], keys[counts[2]:]
	for i := range s.topics {
		s.topics[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	b = b[4*len(s.topics):]
	kept := make([]byte, len(b)-4*n) // weights and labels
	first := 0
	for i, list := range [...]*terms{&s.names, &s.numbers, &s.dates, &s.words} {
		n := int(counts[3+i])
		list.keys, keys = keys[:n:n], keys[n:]
		for j := range list.keys {
			list.keys[j] = binary.LittleEndian.Uint32(b[4*j:])
		}
		list.weights = kept[first : first+n : first+n]
		copy(list.weights, b[4*n:5*n])
		list.first = first
		first += n
		b = b[5*n:]
	}
	s.labels = kept[n:]
	copy(s.labels, b)
	if !s.sound(n) {
		return nil, false
	}
	s.nameSum, s.numberSum = s.names.sum(), s.numbers.sum()
	return s, true
}

// sound reports whether what was read is in order: comparing relies on it. It
// notes where the words stand.
func (s *signature) sound(n int) bool {
	rest := s.labels
	for i := range n {
		if len(rest) == 0 || len(rest) < labelSize(rest) {
			return false
		}
		if i < len(s.names.keys) && rest[0]>>placeShift == doubtfulName {
			s.doubtful += int(s.names.weights[i])
		}
		if w := i - s.words.first; w >= 0 {
			switch rest[0] >> placeShift {
			case inTitle:
				s.titled.set(w)
				s.lead.set(w)
			case inLead:
				s.lead.set(w)
			}
		}
		rest = rest[labelSize(rest):]
	}
	if len(rest) > 0 || !slices.IsSorted(s.links) || !slices.IsSorted(s.media) || !slices.IsSorted(s.topics) {
		return false
	}
	for _, list := range [...]*terms{&s.names, &s.numbers, &s.dates, &s.words} {
		if !slices.IsSorted(list.keys) {
			return false
		}
	}
	return true
}

// labelSize is how many bytes the first label takes.
func labelSize(labels []byte) int { return 1 + int(labels[0]&(1<<placeShift-1)) }

func (t *terms) sum() int {
	n := 0
	for _, w := range t.weights {
		n += int(w)
	}
	return n
}

// labelled hands over the labels of a list's terms, by index; of a word by
// which the entry isn't looked up it is empty.
func (s *signature) labelled(t *terms, each func(i int, label []byte)) {
	rest := s.labels
	for i := range t.first + len(t.keys) {
		size := labelSize(rest)
		if i >= t.first {
			each(i-t.first, rest[1:size])
		}
		rest = rest[size:]
	}
}

func byKey(a, b term) int {
	switch {
	case a.key < b.key:
		return -1
	case a.key > b.key:
		return 1
	}
	return 0
}

// heaviest keeps the n terms that say most, sorted by key. Ties are broken by
// key, so that the choice depends on the terms alone.
func heaviest(list []term, n int) []term {
	if len(list) > n {
		slices.SortFunc(list, func(a, b term) int {
			if a.weight != b.weight {
				return int(b.weight) - int(a.weight)
			}
			return byKey(a, b)
		})
		list = list[:n]
	}
	slices.SortFunc(list, byKey)
	return list
}
