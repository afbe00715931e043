package language

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// The model is a table of letter sequences of one to five letters, made from
// the n-gram frequencies of lingua-go (see NOTICE). For each sequence it
// holds, per language, the evidence that the sequence gives: the logarithm of
// how much likelier its last letter is after the letters before it than the
// next shorter sequence says, above what an unknown sequence costs. Added up
// over a text this is a back-off language model (naive Bayes over sequences),
// in which only what tells languages apart is kept.
//
//go:embed model.bin
var packed []byte

// maxOrder is the length of the longest sequences.
const maxOrder = 5

// unit is the evidence, in nats, that one step of a stored weight stands for.
const unit = 1.0 / 20

// edge stands for a word's beginning and end in sequences.
const edge = '\x01'

// vote is the evidence of a sequence for one language.
type vote struct {
	language uint8
	weight   int8
}

// A row holds the votes of a sequence that has many, eight languages to a
// number, each vote raised by 128: ten additions instead of up to forty. Rows
// hold the first languages of the table, which are those of the Latin script.
type row [5]uint64

const inRow = 8 * len(row{})

const (
	full   = 63 // the number of votes of a slot whose votes are in a row
	fullBy = 10 // from so many votes on a row takes less time
)

// slot is the place of a sequence in the table.
type slot struct {
	key   uint32 // 0 is free
	votes uint32 // first vote << 6 | number of votes, or row << 6 | full
}

// model is the unpacked table. A key is a hash of a sequence; votes of slot i
// are votes[from[i]:from[i+1]] by the order of the keys.
type model struct {
	languages []string
	scripts   []script
	slots     []slot // open addressing
	shift     uint
	votes     []vote
	rows      []row
	table     *scriptTable
	telling   *telling
	prior     [maxAll]float64
	kin       [maxAll]uint8 // number of the group in relatives; 0: none
	all       []string      // languages, then those with a script of their own, then Korean
	bases     []string      // of all
	soleAt    int           // of the first language with a script of its own, in all
	korean    int
}

var load = sync.OnceValue(func() *model {
	m, err := unpack(packed)
	if err != nil {
		// The table is part of the program: a test holds that it can be read.
		// Without it scripts still tell what they can.
		m = &model{slots: make([]slot, 2), shift: 31}
	}
	m.table, m.telling = newScriptTable(), newTelling()
	m.all = append(m.all, m.languages...)
	m.soleAt = len(m.all)
	for _, s := range soles {
		m.all = append(m.all, s.language)
	}
	m.korean = len(m.all)
	m.all = append(m.all, "ko")
	for i, l := range m.all {
		m.bases = append(m.bases, base(l))
		if strings.Contains(rare, " "+l+" ") {
			m.prior[i] = rarer
		}
		if strings.Contains(lesser, " "+l+" ") {
			m.prior[i] = less
		}
		for k, group := range relatives {
			if strings.Contains(group, " "+l+" ") {
				m.kin[i] = uint8(k + 1)
			}
		}
	}
	return m
})

// hash extends the hash of a sequence by the letter before it.
func hash(h uint32, r rune) uint32 {
	h = (h ^ uint32(r)) * 0x9E3779B1
	return h ^ h>>15
}

// finish makes a key of a hash, other for each order; never 0.
func finish(h uint32, order int) uint32 {
	h = (h + uint32(order)) * 0x85EBCA6B
	h ^= h >> 13
	if h == 0 {
		return 1
	}
	return h
}

// find returns the votes of a key; 0 when it isn't there.
func (m *model) find(key uint32) uint32 {
	mask := uint32(len(m.slots) - 1)
	for i := key * 0xC2B2AE35 >> m.shift & mask; ; i = (i + 1) & mask {
		switch s := &m.slots[i]; s.key {
		case key:
			return s.votes
		case 0:
			return 0
		}
	}
}

// unpack reads the packed table:
//
//	version byte, then compressed with Zstandard:
//	number of languages, then for each: script, length and name;
//	number of keys; for each in rising order: the difference to the key
//	before, number of votes; then all languages of votes, then all weights.
func unpack(packed []byte) (*model, error) {
	if len(packed) == 0 || packed[0] != formatVersion {
		return nil, fmt.Errorf("language model: unknown format")
	}
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20))
	if err != nil {
		return nil, fmt.Errorf("language model: %w", err)
	}
	defer z.Close()
	raw, err := z.DecodeAll(packed[1:], nil)
	if err != nil {
		return nil, fmt.Errorf("language model: %w", err)
	}
	d := decoder{raw: raw}
	m := &model{}
	for range d.number() {
		m.scripts = append(m.scripts, script(d.number()))
		m.languages = append(m.languages, string(d.bytes(d.number())))
	}
	n := d.number()
	if d.bad || n == 0 || n > 1<<24 {
		return nil, fmt.Errorf("language model: damaged")
	}
	size := 1 << bits.Len(uint(n+n/4))
	m.shift = uint(32 - bits.Len(uint(size-1)))
	m.slots = make([]slot, size)
	m.votes, m.rows = make([]vote, 0, len(packed)/3), make([]row, 0, n/10)
	counts := make([]int, n)
	keys := make([]uint32, n)
	key, total := uint32(0), 0
	for i := range n {
		key += uint32(d.number())
		keys[i], counts[i] = key, d.number()
		if d.bad || counts[i] > maxLanguages {
			return nil, fmt.Errorf("language model: damaged")
		}
		total += counts[i]
	}
	languages, weights := d.bytes(total), d.bytes(total)
	if d.bad {
		return nil, fmt.Errorf("language model: damaged")
	}
	for i, key := range keys {
		at := key * 0xC2B2AE35 >> m.shift
		for m.slots[at].key != 0 {
			at = (at + 1) & uint32(size-1)
		}
		m.slots[at] = slot{key, m.keep(languages[:counts[i]], weights[:counts[i]])}
		languages, weights = languages[counts[i]:], weights[counts[i]:]
	}
	m.votes, m.rows = slices.Clip(m.votes), slices.Clip(m.rows)
	return m, nil
}

// keep stores the votes of one sequence and returns its slot.
func (m *model) keep(languages, weights []byte) uint32 {
	if len(languages) >= fullBy && int(slices.Max(languages)) < inRow {
		var r row
		for i := range r {
			r[i] = 0x8080_8080_8080_8080
		}
		for i, l := range languages {
			r[l/8] ^= uint64(weights[i]) << (8 * (l % 8))
		}
		m.rows = append(m.rows, r)
		return uint32(len(m.rows)-1)<<6 | full
	}
	first := len(m.votes)
	for i, l := range languages {
		m.votes = append(m.votes, vote{l, int8(weights[i])})
	}
	return uint32(first)<<6 | uint32(len(languages))
}

const formatVersion = 1

// decoder reads variable-length numbers.
type decoder struct {
	raw []byte
	bad bool
}

func (d *decoder) number() int {
	v, n := binary.Uvarint(d.raw)
	if n <= 0 {
		d.bad = true
		return 0
	}
	d.raw = d.raw[n:]
	return int(v)
}

func (d *decoder) bytes(n int) []byte {
	if n < 0 || n > len(d.raw) {
		d.bad = true
		return nil
	}
	b := d.raw[:n]
	d.raw = d.raw[n:]
	return b
}
