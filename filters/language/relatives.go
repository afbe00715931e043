package language

// relatives are groups of languages so close that letters tell them apart by
// single words, and are as often wrong about names.
var relatives = [...]string{" id ms ", " hr bs sr-Latn "}

const (
	// doubted is what is left of the distance between relatives.
	doubted = 0.5
	// wordSays is what a word that only one of them has adds, in nats, and
	// wordsSay what all such words do at the most.
	wordSays, wordsSay = 2.0, 10.0
)

// speaks reports whether a paragraph can be in a language: it is about as
// likely as the likeliest, or a relative is.
func (m *model) speaks(b *belief, language int) bool {
	if b.nats[language] >= compatible {
		return true
	}
	kin := m.kin[language]
	if kin == 0 || b.nats[language] < kindred {
		return false
	}
	for i, k := range m.kin {
		if k == kin && b.nats[i] >= compatible {
			return true
		}
	}
	return false
}

// relate weighs the relatives of the likeliest language anew: less by letters,
// and by the words that one has and the others haven't.
func (m *model) relate(nats *[maxAll]float64, a *article) {
	best := 0
	for i := range m.all {
		if nats[i] > nats[best] {
			best = i
		}
	}
	kin := m.kin[best]
	if kin == 0 {
		return
	}
	top := nats[best]
	for i, l := range m.all {
		if m.kin[i] != kin || nats[i] <= 2*impossible+top {
			continue
		}
		nats[i] = top - doubted*(top-nats[i])
		for v := range variants {
			if variants[v].language == l {
				found, against, _ := m.telling.count(v, a.in(m.scriptOf(i)))
				nats[i] += max(-wordsSay, min(wordsSay, wordSays*float64(found-against)))
			}
		}
	}
}
