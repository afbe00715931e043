package language

// maxLanguages bounds the languages of the model, so that scores fit an array.
const maxLanguages = 64

// scores holds the evidence for each language of the model, in half units.
type scores [maxLanguages]int32

// wholeWord is the order under which whole words are kept.
const wholeWord = 9

// maxWord is the length up to which words are kept whole.
const maxWord = 12

// sequences calls yield with the key of each sequence of a word: one to five
// letters, the word's edges among them, and the word itself.
func sequences(letters []rune, yield func(key uint32)) {
	n := len(letters)
	at := func(i int) rune {
		if i == 0 || i == n+1 {
			return edge
		}
		return letters[i-1]
	}
	for end := 1; end <= n+1; end++ {
		h := uint32(0)
		for order := 1; order <= maxOrder && order <= end+1; order++ {
			h = hash(h, at(end-order+1))
			if order > 1 || end <= n {
				yield(finish(h, order))
			}
		}
	}
	if n <= maxWord {
		yield(wordKey(letters))
	}
}

// wordKey is the key of a whole word.
func wordKey(letters []rune) uint32 {
	h := uint32(0)
	for _, r := range letters {
		h = hash(h, r)
	}
	return finish(h, wholeWord)
}

// add adds a word's evidence to the scores.
func (m *model) add(s *scores, letters []rune, times int32) {
	var t tally
	var keys [96]uint32
	n, k := len(letters), 0
	for end := 1; end <= n+1; end++ {
		h := uint32(0)
		for order := 1; order <= maxOrder && order <= end+1; order++ {
			r := rune(edge)
			if i := end - order + 1; i > 0 && i <= n {
				r = letters[i-1]
			}
			h = hash(h, r)
			if order > 1 || end <= n {
				keys[k] = finish(h, order)
				k++
			}
		}
		if k > len(keys)-maxOrder {
			t.take(m, keys[:k], s, times)
			k = 0
		}
	}
	if n <= maxWord {
		keys[k] = wordKey(letters)
		k++
	}
	t.take(m, keys[:k], s, times)
	t.flush(s, times)
}

// memory keeps what words gave, since more than half of a text is made of few
// words. Each place holds a word of its digest: one that is met often isn't
// driven out by those that are met once.
type memory [1024]struct {
	letters [maxWord]rune // the rest is 0
	often   uint8         // up to mostOften
	gave    [maxLanguages]int16
}

const mostOften = 7

// add adds a word's evidence to the scores.
func (k *memory) add(m *model, s *scores, letters []rune, times int32) {
	if len(letters) > maxWord {
		m.add(s, letters, times)
		return
	}
	var word [maxWord]rune
	copy(word[:], letters)
	at := &k[wordKey(letters)%uint32(len(k))]
	switch {
	case at.letters == word:
		at.often = min(at.often+1, mostOften)
	case at.often > 0:
		at.often--
		m.add(s, letters, times)
		return
	default:
		var gave scores
		m.add(&gave, letters, 1)
		at.letters = word
		for i, n := range gave { // at most 5 sequences of 127 a letter: they fit
			at.gave[i] = int16(n)
		}
	}
	for i := range len(m.languages) {
		s[i&(maxLanguages-1)] += int32(at.gave[i&(maxLanguages-1)]) * times
	}
}

// tally sums up rows: the even languages of each number, and the odd ones.
type tally struct {
	even, odd row
	rows      int32
}

// lanes are the even bytes of a number.
const lanes = 0x00FF_00FF_00FF_00FF

// take adds the votes of sequences, which are overwritten: they are all looked
// up before the first is added, since the table is larger than the
// processor's cache.
func (t *tally) take(m *model, keys []uint32, s *scores, times int32) {
	for i, key := range keys {
		keys[i] = m.find(key)
	}
	for _, votes := range keys {
		if votes&full == full {
			if t.rows == 257 { // a lane holds so many of 255 at the most
				t.flush(s, times)
			}
			t.rows++
			r := &m.rows[votes>>6]
			for i := range r {
				t.even[i] += r[i] & lanes
				t.odd[i] += r[i] >> 8 & lanes
			}
			continue
		}
		for _, v := range m.votes[votes>>6 : votes>>6+votes&full] {
			s[v.language&(maxLanguages-1)] += int32(v.weight) * times
		}
	}
}

// flush adds what rows summed up to.
func (t *tally) flush(s *scores, times int32) {
	if t.rows == 0 {
		return
	}
	for i := range t.even {
		for j := range 4 {
			s[8*i+2*j] += (int32(uint16(t.even[i]>>(16*j))) - 128*t.rows) * times
			s[8*i+2*j+1] += (int32(uint16(t.odd[i]>>(16*j))) - 128*t.rows) * times
		}
	}
	*t = tally{}
}
