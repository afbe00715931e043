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
		h := uint32(0)
		for _, r := range letters {
			h = hash(h, r)
		}
		yield(finish(h, wholeWord))
	}
}

// add adds a word's evidence to the scores.
func (m *model) add(s *scores, letters []rune, times int32) {
	n := len(letters)
	for end := 1; end <= n+1; end++ {
		h := uint32(0)
		for order := 1; order <= maxOrder && order <= end+1; order++ {
			r := rune(edge)
			if i := end - order + 1; i > 0 && i <= n {
				r = letters[i-1]
			}
			h = hash(h, r)
			if order == 1 && end > n {
				continue
			}
			for _, v := range m.find(finish(h, order)) {
				s[v.language&(maxLanguages-1)] += int32(v.weight) * times
			}
		}
	}
	if n <= maxWord {
		h := uint32(0)
		for _, r := range letters {
			h = hash(h, r)
		}
		for _, v := range m.find(finish(h, wholeWord)) {
			s[v.language&(maxLanguages-1)] += int32(v.weight) * times
		}
	}
}
