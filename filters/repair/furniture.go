package repair

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	"copydesk/feed"
)

// Furniture is what was learned of a source's boilerplate: which blocks recur
// at the edges of its entries, and what its titles share. It is never changed
// once it is handed out.
type Furniture struct {
	// Version counts what was learned: it grows with every document that
	// brought an entry that wasn't counted before.
	Version int

	entries int                  // counted; halved with everything when it grows old
	seen    []uint32             // digests of the entries counted last, oldest first
	blocks  map[uint64]habit     // by key
	affixes map[uint64]affixSeen // what titles begin or end with
}

// habit is how a block recurs.
type habit struct {
	count    int   // entries that hold it at an edge
	tail     int   // of these, at the end
	last     int   // Version when last seen
	families least // kinds of titles under which it stands, four at most
	texts    least // its texts, two at most: more than one when a number changes
}

// least is a small sorted set that keeps its least members, whatever the order
// in which they come.
type least struct {
	members [familiesMost]uint32
	n       uint8
}

func (l *least) all() []uint32 { return l.members[:l.n] }

func (l *least) add(v uint32) {
	l.members[l.n] = v
	l.n++
}

type affixSeen struct {
	count, last int
}

const (
	learnedPerDocument = 300 // entries of one document
	seenMost           = 600
	blocksMost         = 800
	onceMost           = 300 // blocks that were seen once
	affixesMost        = 300
	entriesMost        = 800 // then counts are halved, so that habits may change
	forgetAfter        = 40  // versions after which a block that never recurred is forgotten
	familiesMost       = 4
	textsMost          = 2
)

// Learn takes in the entries of a document and returns what is then known. The
// order of the entries doesn't matter, and an entry that was counted counts no
// more: a document without new ones changes nothing, and previous itself is
// returned. It knows nothing of time or chance.
func Learn(previous *Furniture, entries []feed.Entry, s *Source) *Furniture {
	if previous == nil {
		previous = &Furniture{}
	}
	known := make(map[uint32]bool, len(previous.seen))
	for _, d := range previous.seen {
		known[d] = true
	}
	fresh := map[uint32]*feed.Entry{}
	for i := range entries {
		d := digest(&entries[i])
		if known[d] {
			continue
		}
		if other := fresh[d]; other == nil || precedes(&entries[i], other) {
			fresh[d] = &entries[i]
		}
	}
	order := slices.Sorted(maps.Keys(fresh))
	if len(order) > learnedPerDocument {
		order = order[:learnedPerDocument]
	}
	if len(order) == 0 {
		return previous
	}
	f := previous.clone()
	f.Version++
	f.entries += len(order)
	names := namesOf(s)
	titles := make([]string, len(order))
	for i, d := range order {
		titles[i] = mendTitle(fresh[d].Title, true)
		f.learnTitle(titles[i], names)
	}
	for i, d := range order {
		f.learnBody(fresh[d].Body(), f.family(f.subject(titles[i], names), names))
	}
	f.seen = append(f.seen, order...)
	if more := len(f.seen) - seenMost; more > 0 {
		f.seen = slices.Clone(f.seen[more:])
	}
	f.forget()
	return f
}

// subject takes off a title what nearly all begin with before a colon when
// that names the site: it makes no series of them.
func (f *Furniture) subject(title string, n names) string {
	for _, a := range affixes(title) {
		if !a.front || a.mark != ":" && a.mark != "：" || !a.plausible() {
			continue
		}
		if often := f.often(&a); often < 5 || often*5 < f.entries*4 {
			continue
		}
		prefix := lettersOf(a.text)
		for _, name := range n.full {
			if len(name) >= 6 && strings.HasPrefix(prefix, name) {
				return a.rest
			}
		}
	}
	return title
}

// precedes chooses between entries with one id, whatever their order.
func precedes(a, b *feed.Entry) bool {
	return cmp.Or(cmp.Compare(a.Title.Value, b.Title.Value), cmp.Compare(a.Body().Value, b.Body().Value)) < 0
}

// digest tells entries apart; an edit doesn't make another one.
func digest(e *feed.Entry) uint32 {
	h := fnv.New32a()
	id := e.ID
	if id == "" {
		id = e.Link("alternate")
	}
	if id == "" {
		id = e.Title.Value + "\x00" + e.Body().Value
	}
	h.Write([]byte(id)) // never fails
	return h.Sum32()
}

func (f *Furniture) clone() *Furniture {
	c := &Furniture{Version: f.Version, entries: f.entries, seen: slices.Clone(f.seen)}
	c.blocks = make(map[uint64]habit, len(f.blocks)+64)
	maps.Copy(c.blocks, f.blocks)
	c.affixes = make(map[uint64]affixSeen, len(f.affixes)+16)
	maps.Copy(c.affixes, f.affixes)
	return c
}

func (f *Furniture) learnBody(body feed.Text, family uint32) {
	head, tail := edges(body)
	for _, k := range tail {
		f.count(k, family, true)
	}
	for _, k := range head {
		if !holdsKey(tail, k.key) {
			f.count(k, family, false)
		}
	}
}

func (f *Furniture) count(k edgeKey, family uint32, tail bool) {
	h := f.blocks[k.key]
	h.count++
	if tail {
		h.tail++
	}
	h.last = f.Version
	h.families.keep(family, familiesMost)
	h.texts.keep(uint32(k.text^k.text>>32), textsMost)
	f.blocks[k.key] = h
}

// keep adds a value to a set of so many at most.
func (l *least) keep(v uint32, most int) {
	i, found := slices.BinarySearch(l.all(), v)
	if found || i >= most {
		return
	}
	copy(l.members[i+1:], l.members[i:l.n])
	l.members[i] = v
	l.n = min(l.n+1, uint8(most))
}

// forget bounds what is known.
func (f *Furniture) forget() {
	if f.entries > entriesMost {
		f.entries /= 2
		for k, h := range f.blocks {
			h.count, h.tail = h.count/2, h.tail/2
			f.blocks[k] = h
		}
		for k, a := range f.affixes {
			a.count /= 2
			f.affixes[k] = a
		}
	}
	maps.DeleteFunc(f.blocks, func(_ uint64, h habit) bool {
		return h.count == 0 || h.count == 1 && f.Version-h.last > forgetAfter
	})
	maps.DeleteFunc(f.affixes, func(_ uint64, a affixSeen) bool {
		return a.count == 0 || a.count == 1 && f.Version-a.last > forgetAfter
	})
	trim(f.blocks, onceMost, func(h habit) bool { return h.count == 1 }, func(h habit) (int, int) { return h.tail, h.last })
	trim(f.blocks, blocksMost, func(habit) bool { return true }, func(h habit) (int, int) { return h.count, h.last })
	trim(f.affixes, affixesMost, func(affixSeen) bool { return true }, func(a affixSeen) (int, int) { return a.count, a.last })
}

// trim keeps, of some members of a map, those that rank highest.
func trim[V any](m map[uint64]V, most int, some func(V) bool, rank func(V) (int, int)) {
	if len(m) <= most {
		return
	}
	type ranked struct {
		key           uint64
		first, second int
	}
	list := make([]ranked, 0, len(m))
	for k, v := range m {
		if some(v) {
			first, second := rank(v)
			list = append(list, ranked{k, first, second})
		}
	}
	if len(list) <= most {
		return
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(b.first-a.first, b.second-a.second, cmp.Compare(a.key, b.key))
	})
	for _, r := range list[most:] {
		delete(m, r.key)
	}
}

// recurrence is what is known of a block.
type recurrence struct {
	count    int
	share    float64 // of the source's entries
	families int
	changing bool // its numbers change
	tail     bool // stands at the end, mostly
}

func (f *Furniture) recurs(s string) recurrence {
	if f == nil || f.entries == 0 {
		return recurrence{}
	}
	key, _ := keyText(s)
	h, ok := f.blocks[key]
	if !ok || key == 0 {
		return recurrence{}
	}
	return recurrence{
		count: h.count, share: float64(h.count) / float64(f.entries), families: int(h.families.n),
		changing: h.texts.n > 1, tail: h.tail*2 > h.count,
	}
}

// furnitureFormat begins the encoding; another number for another encoding.
const furnitureFormat = 1

var errFurniture = errors.New("learned furniture can't be read: it was written by another version, and is learned anew")

// MarshalBinary encodes the furniture; the same knowledge gives the same bytes.
func (f *Furniture) MarshalBinary() ([]byte, error) {
	b := []byte{furnitureFormat}
	put := func(v int) { b = binary.AppendUvarint(b, uint64(max(v, 0))) }
	put(f.Version)
	put(f.entries)
	put(len(f.seen))
	for _, d := range f.seen {
		b = binary.LittleEndian.AppendUint32(b, d)
	}
	put(len(f.blocks))
	for _, k := range slices.Sorted(maps.Keys(f.blocks)) {
		h := f.blocks[k]
		b = binary.LittleEndian.AppendUint64(b, k)
		put(h.count)
		put(h.tail)
		put(h.last)
		put(int(h.families.n)*8 + int(h.texts.n))
		for _, v := range h.families.all() {
			b = binary.LittleEndian.AppendUint32(b, v)
		}
		for _, v := range h.texts.all() {
			b = binary.LittleEndian.AppendUint32(b, v)
		}
	}
	put(len(f.affixes))
	for _, k := range slices.Sorted(maps.Keys(f.affixes)) {
		b = binary.LittleEndian.AppendUint64(b, k)
		put(f.affixes[k].count)
		put(f.affixes[k].last)
	}
	return b, nil
}

// ParseFurniture reads what MarshalBinary wrote; no bytes are nothing learned.
func ParseFurniture(data []byte) (*Furniture, error) {
	if len(data) == 0 {
		return &Furniture{}, nil
	}
	r := decoder{r: bytes.NewReader(data)}
	if format, err := r.r.ReadByte(); err != nil || format != furnitureFormat {
		return nil, errFurniture
	}
	f := &Furniture{affixes: map[uint64]affixSeen{}}
	f.Version, f.entries = r.number(), r.number()
	for range r.length(seenMost) {
		f.seen = append(f.seen, r.word())
	}
	blocks := r.length(blocksMost)
	f.blocks = make(map[uint64]habit, blocks)
	for range blocks {
		k := r.long()
		h := habit{count: r.number(), tail: r.number(), last: r.number()}
		sizes := r.length(8*familiesMost + 7)
		for range min(sizes/8, familiesMost) {
			h.families.add(r.word())
		}
		for range min(sizes%8, textsMost) {
			h.texts.add(r.word())
		}
		f.blocks[k] = h
	}
	for range r.length(affixesMost) {
		k := r.long()
		f.affixes[k] = affixSeen{count: r.number(), last: r.number()}
	}
	if r.bad || r.r.Len() > 0 {
		return nil, errFurniture
	}
	return f, nil
}

// decoder reads numbers and remembers whether one was missing.
type decoder struct {
	r   *bytes.Reader
	bad bool
}

func (d *decoder) number() int {
	v, err := binary.ReadUvarint(d.r)
	if err != nil || v > 1<<31 {
		d.bad = true
		return 0
	}
	return int(v)
}

func (d *decoder) length(most int) int {
	n := d.number()
	if n > most {
		d.bad = true
	}
	if d.bad {
		return 0
	}
	return n
}

func (d *decoder) word() uint32 {
	var b [4]byte
	d.read(b[:])
	return binary.LittleEndian.Uint32(b[:])
}

func (d *decoder) long() uint64 {
	var b [8]byte
	d.read(b[:])
	return binary.LittleEndian.Uint64(b[:])
}

func (d *decoder) read(b []byte) {
	if n, err := d.r.Read(b); err != nil || n < len(b) {
		d.bad = true
	}
}
