package story

import (
	_ "embed"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// A concept is what news are about, whatever the language calls it: a ferry, a
// strike, a verdict. That two short texts are about the same few of them makes
// the names and numbers that they share say more; alone it says nothing, since
// any day has several strikes and verdicts.

// conceptList is a concept a line, less than 128 of them: how much it says (1
// to 3), whether it is a stage (!), then words in English, words of other languages that divide words,
// two with _ between them where one alone would say something else, and words
// in Chinese characters, kana and Hangul. The number of its line is a
// concept's bit in signatures, which have to be of another version when lines
// move.
//
//go:embed concepts.txt
var conceptList string

// concepts are a set of lines.
type concepts [2]uint64

func (c *concepts) add(n uint8)             { c[n/64] |= 1 << (n % 64) }
func (c concepts) has(n uint8) bool         { return c[n/64]>>(n%64)&1 > 0 }
func (c concepts) with(o concepts) concepts { return concepts{c[0] & o[0], c[1] & o[1]} }

// weight sums how much the concepts of a set say.
func (c concepts) weight() float64 {
	sum := 0.0
	for i, part := range c {
		for part != 0 {
			sum += vocabulary.says[64*i+bits.TrailingZeros64(part)]
			part &= part - 1
		}
	}
	return sum
}

// otherStages reports whether the title of one of two texts tells a stage of an
// event that the other one knows nothing of.
func otherStages(a, b *signature) bool {
	for i, stages := range vocabulary.stages {
		if stages&(a.headline[i]&^b.meant[i]|b.headline[i]&^a.meant[i]) != 0 {
			return true
		}
	}
	return false
}

// conceptBytes reach over the sentences of a text that say what happened.
const conceptBytes = 700

// glossary tells a word's concept by its digest.
type glossary struct {
	taken [1 << 16 / 64]uint64 // of most words nothing is known
	keys  [1 << 14]uint32
	lines [1 << 14]uint8 // 1 + the concept; ambiguous
}

const ambiguous = 0xFF // words of two concepts say neither

func (g *glossary) slot(key uint32) uint32 {
	i := key % uint32(len(g.keys))
	for g.lines[i] != 0 && g.keys[i] != key {
		i = (i + 1) % uint32(len(g.keys))
	}
	return i
}

func (g *glossary) put(key uint32, concept int) {
	i := g.slot(key)
	if g.lines[i] != 0 && g.lines[i] != uint8(concept+1) {
		g.lines[i] = ambiguous
		return
	}
	g.keys[i], g.lines[i] = key, uint8(concept+1)
	g.taken[key%(1<<16)/64] |= 1 << (key % 64)
}

// find returns 1 + the concept of a word that may be taken, or 0.
func (g *glossary) find(key uint32) uint8 {
	if n := g.lines[g.slot(key)]; n != ambiguous {
		return n
	}
	return 0
}

// english is apart, since it has other stems, and words that other languages
// have too.
var vocabulary = func() (v struct {
	says           [128]float64
	telling        concepts // that aren't of most days
	stages         concepts // of what comes of an event: an arrest, an appeal
	english, other *glossary
}) {
	v.english, v.other = new(glossary), new(glossary)
	forms := simplified()
	for n, line := range strings.Split(strings.TrimSpace(conceptList), "\n") {
		v.says[n] = [...]float64{0, 0.3, 0.6, 1}[line[0]-'0']
		if v.says[n] > 0.5 {
			v.telling.add(uint8(n))
		}
		line, stage := strings.CutPrefix(line[1:], "!")
		if stage {
			v.stages.add(uint8(n))
		}
		parts := strings.Split(line, "|")
		for _, w := range strings.Fields(parts[0]) {
			v.english.put(conceptKey(w, [2]byte{'e', 'n'}), n)
		}
		for _, w := range strings.Fields(parts[1]) {
			if len(w) > 3 {
				v.other.put(conceptKey(w, [2]byte{}), n)
			}
		}
		for _, w := range strings.Fields(parts[2]) {
			r, size := utf8.DecodeRuneInString(w)
			switch next, _ := utf8.DecodeRuneInString(w[size:]); {
			case r >= 0x4E00 && r <= 0x9FFF && utf8.RuneCountInString(w) == 2:
				v.other.put(hanPairKey(forms.of(r), forms.of(next)), n)
			case r >= 0x30A0 && r <= 0x30FF:
				v.other.put(hash32(seedWord, w), n)
			case r >= 0xAC00:
				v.other.put(conceptKey(w, [2]byte{}), n)
			}
		}
	}
	return v
}()

// conceptKey digests a word, or two, as the scanner does.
func conceptKey(w string, language [2]byte) uint32 {
	first, second, two := strings.Cut(strings.ReplaceAll(w, "-", "_"), "_")
	key := hash32(seedWord, stem([]byte(foldedWord(first)), language))
	if two {
		return pairKey(key, hash32(seedWord, stem([]byte(foldedWord(second)), language)))
	}
	return key
}

// concept takes note of what a word or pair means, where it stands early.
func (s *scanner) concept(key uint32) bool {
	return s.glossary.taken[key%(1<<16)/64]>>(key%64)&1 > 0 && s.means(s.glossary.find(key))
}

func (s *scanner) means(n uint8) bool {
	if n == 0 || s.at > s.body+conceptBytes {
		return false
	}
	s.meant.add(n - 1)
	if s.body == 0 && !(s.proper && vocabulary.stages.has(n-1)) {
		s.headline.add(n - 1)
	}
	return true
}

// inflected takes note of what a word means without what its language writes
// as one word with it: Korean particles, the Hebrew article and prepositions.
func (s *scanner) inflected(folded []byte) {
	r, size := utf8.DecodeRune(folded)
	switch {
	case r >= 0xAC00 && r <= 0xD7A3:
		w := string(folded)
		for _, p := range particles {
			if rest, found := strings.CutSuffix(w, p); found && len(rest) >= 6 {
				s.concept(hash32(seedWord, stem([]byte(rest), s.language)))
				return
			}
		}
	case strings.ContainsRune("הבלמוש", r) && len(folded) > 3*size:
		s.concept(hash32(seedWord, stem(folded[size:], s.language)))
	}
}
