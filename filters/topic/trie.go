package topic

import "slices"

// trie finds the keys that a text begins with, one step a byte: a double
// array (base and check), as Aho–Corasick automata are often kept.
type trie struct {
	base, check []int32
	value       []int32 // of the key that ends at a node; -1: none
}

// newTrie makes one of sorted keys without repetition; a key's value is its index.
func newTrie(keys [][]byte) *trie {
	t := &trie{}
	t.grow(512)
	t.check[0] = 0
	b := builder{trie: t, keys: keys, free: 1}
	b.node(0, 0, len(keys), 0)
	return t
}

func (t *trie) grow(n int) {
	for len(t.base) < n {
		t.base = append(t.base, 0)
		t.check = append(t.check, -1)
		t.value = append(t.value, -1)
	}
}

// step goes from a node along a byte; negative: there is no way.
func (t *trie) step(node int32, c byte) int32 {
	next := t.base[node] + int32(c) + 1
	if t.check[next] != node {
		return -1
	}
	return next
}

type builder struct {
	*trie
	keys [][]byte
	free int // no place below it is free
}

// node fills in what follows the first depth bytes, which keys[from:to] share.
func (b *builder) node(node int32, from, to, depth int) {
	if from < to && len(b.keys[from]) == depth {
		b.value[node] = int32(from)
		from++
	}
	var chars []byte
	var starts []int
	for i := from; i < to; i++ {
		if c := b.keys[i][depth]; len(chars) == 0 || chars[len(chars)-1] != c {
			chars, starts = append(chars, c), append(starts, i)
		}
	}
	if len(chars) == 0 {
		return
	}
	base := b.place(chars)
	b.base[node] = int32(base)
	for _, c := range chars {
		b.check[base+int(c)+1] = node
	}
	starts = append(starts, to)
	for i, c := range chars {
		b.node(int32(base+int(c)+1), starts[i], starts[i+1], depth+1)
	}
}

// place finds a base at which all bytes fall on free places.
func (b *builder) place(chars []byte) int {
	for b.free < len(b.check) && b.check[b.free] >= 0 {
		b.free++
	}
	tries := 0
	for at := max(b.free, int(chars[0])+1); ; at++ {
		base := at - int(chars[0]) - 1
		b.grow(base + 512)
		if !slices.ContainsFunc(chars, func(c byte) bool { return b.check[base+int(c)+1] >= 0 }) {
			return base
		}
		if tries++; tries == 64 { // the region is nearly full: begin further on next time
			b.free = at
			tries = 0
		}
	}
}
