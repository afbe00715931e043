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
//	day                                   4 bytes, of publication since 1970; 0 unknown
//	digests of the link, title and text   8 bytes each, 0 is none
//	norm of the words' weights            4 bytes, IEEE 754
//	numbers of what follows               7 bytes
//	outbound links, media                 8 bytes each, sorted
//	topics                                4 bytes each, sorted
//	names, numbers, dates, words          4 bytes of key each, sorted, then 1 byte of weight each
//	labels                                1 byte of length and the text, for each name, number and date,
//	                                      and for the words by which the entry is looked up
const (
	version    = 1
	headerSize = 1 + 1 + 2 + 2 + 4 + 3*8 + 4 + 7
)

// Bounds of a signature. A typical news text of 300 words fills them without
// overflowing; of a longer one the beginning speaks for the rest.
const (
	maxLinks   = 12
	maxMedia   = 6
	maxTopics  = 8
	maxNames   = 28
	maxNumbers = 28
	maxDates   = 8
	maxWords   = 110
	maxLookups = 18 // words by which an entry is found; the rarest
	maxLabel   = 24 // bytes
	unit       = 64 // of weights
)

// A term is a thing that two entries can share, by its digest.
type term struct {
	key    uint32
	weight uint8 // in 1/unit: how much sharing it says
	label  string
}

// signature is what Sign found, or what was read from the store.
type signature struct {
	language           [2]byte
	size               int   // words of the text
	day                int32 // of publication
	event              int8  // the day it is about, as the scanner has it
	link, title, text  uint64
	norm               float32
	links, media       []uint64
	topics             []uint32
	names, numbers     []term
	dates, words       []term
	nameSum, numberSum int // of weights, in 1/64
	labelled           int // words that have a label: the lookups
}

func (s *signature) encode() []byte {
	size := headerSize + 8*(len(s.links)+len(s.media)) + 4*len(s.topics)
	lists := [...][]term{s.names, s.numbers, s.dates, s.words}
	for _, list := range lists {
		size += 5 * len(list)
		for i := range list {
			size += 1 + len(list[i].label)
		}
	}
	b := make([]byte, 0, size)
	b = append(b, version, byte(s.event), s.language[0], s.language[1])
	b = binary.LittleEndian.AppendUint16(b, uint16(min(s.size, math.MaxUint16)))
	b = binary.LittleEndian.AppendUint32(b, uint32(s.day))
	for _, v := range [...]uint64{s.link, s.title, s.text} {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(s.norm))
	b = append(b, byte(len(s.links)), byte(len(s.media)), byte(len(s.topics)),
		byte(len(s.names)), byte(len(s.numbers)), byte(len(s.dates)), byte(len(s.words)))
	for _, v := range s.links {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	for _, v := range s.media {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	for _, v := range s.topics {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	for _, list := range lists {
		for i := range list {
			b = binary.LittleEndian.AppendUint32(b, list[i].key)
		}
		for i := range list {
			b = append(b, list[i].weight)
		}
	}
	for _, list := range lists {
		for i := range list {
			b = append(b, byte(len(list[i].label)))
			b = append(b, list[i].label...)
		}
	}
	return b
}

// decode reads a signature; false: it is not one, or of another version, and
// the entry has to be signed again.
func decode(b []byte) (*signature, bool) {
	if len(b) < headerSize || b[0] != version {
		return nil, false
	}
	s := &signature{
		event:    int8(b[1]),
		language: [2]byte{b[2], b[3]},
		size:     int(binary.LittleEndian.Uint16(b[4:])),
		day:      int32(binary.LittleEndian.Uint32(b[6:])),
		link:     binary.LittleEndian.Uint64(b[10:]),
		title:    binary.LittleEndian.Uint64(b[18:]),
		text:     binary.LittleEndian.Uint64(b[26:]),
		norm:     math.Float32frombits(binary.LittleEndian.Uint32(b[34:])),
	}
	counts := b[38:headerSize]
	if b[1] > 2*nearDays+1 || s.norm < 0 || s.norm != s.norm || math.IsInf(float64(s.norm), 0) {
		return nil, false
	}
	terms := 0
	for _, n := range counts[3:] {
		terms += int(n)
	}
	addresses := int(counts[0]) + int(counts[1])
	b = b[headerSize:]
	if len(b) < 8*addresses+4*int(counts[2])+6*terms {
		return nil, false
	}
	numbers := make([]uint64, addresses)
	for i := range numbers {
		numbers[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	s.links, s.media = numbers[:counts[0]:counts[0]], numbers[counts[0]:]
	b = b[8*addresses:]
	s.topics = make([]uint32, counts[2])
	for i := range s.topics {
		s.topics[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	b = b[4*len(s.topics):]
	all := make([]term, terms)
	rest, at := all, 0
	for i, list := range [...]*[]term{&s.names, &s.numbers, &s.dates, &s.words} {
		n := int(counts[3+i])
		*list, rest = rest[:n:n], rest[n:]
		for j := range *list {
			(*list)[j].key = binary.LittleEndian.Uint32(b[at+4*j:])
			(*list)[j].weight = b[at+4*n+j]
		}
		at += 5 * n
	}
	labels := string(b[at:])
	for i := range all {
		if labels == "" || len(labels) < 1+int(labels[0]) {
			return nil, false
		}
		all[i].label, labels = labels[1:1+int(labels[0])], labels[1+int(labels[0]):]
	}
	if labels != "" || !slices.IsSorted(s.links) || !slices.IsSorted(s.media) || !slices.IsSorted(s.topics) {
		return nil, false
	}
	for _, list := range [...][]term{s.names, s.numbers, s.dates, s.words} {
		if !slices.IsSortedFunc(list, byKey) {
			return nil, false
		}
	}
	s.sum()
	return s, true
}

func (s *signature) sum() {
	for i := range s.names {
		s.nameSum += int(s.names[i].weight)
	}
	for i := range s.numbers {
		s.numberSum += int(s.numbers[i].weight)
	}
	for i := range s.words {
		if s.words[i].label != "" {
			s.labelled++
		}
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
