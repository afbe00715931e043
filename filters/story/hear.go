package story

// designation reads the digits that belong to a word, and reports whether
// there were any: Halcyon-4, PV-90, K2, 2H.
func (s *scanner) designation(start int, capital, ascii bool) bool {
	i := s.at
	if i < len(s.text) && s.text[i] == '-' {
		i++
	}
	first := i
	for i < len(s.text) && digit(s.text[i]) {
		i++
	}
	if i == first || i-first > 5 || !capital || i < len(s.text) && s.text[i] == '.' && i+1 < len(s.text) && digit(s.text[i+1]) {
		return false
	}
	digits := s.text[first:i]
	s.at = i
	var heard sound
	if ascii {
		heard = latinSound(s.buffer)
	} else {
		heard = writtenSound(string(s.buffer))
	}
	weight := 0.9
	if heard.n < 3 && len(s.buffer) < 3 {
		weight = 0.7
	}
	key := append(heard.b[:heard.n:heard.n], digits...)
	s.names = append(s.names, term{key: hash32(seedName, key), weight: quantum(weight), label: s.label(start, i)})
	w := word{key: hash32(seedWord, append(s.buffer, digits...)), weight: 1.2, start: start, end: i}
	s.count(w.key, w.weight, start, i)
	s.pair(w)
	s.lastName = spoken{heard, start, i}
	return true
}

// name notes a word that is written like a name, and with the one before it as
// a whole name.
func (s *scanner) name(folded []byte, ascii bool, start int, doubtful bool) {
	var heard sound
	if ascii {
		w := folded
		if s.language == [2]byte{'d', 'e'} && len(w) >= 6 && w[len(w)-1] == 's' {
			w = w[:len(w)-1]
		}
		heard = latinSound(w)
	} else {
		heard = writtenSound(string(folded))
	}
	s.heard(heard, start, s.at, doubtful)
	if base, ok := s.declined(folded, heard); ok {
		s.single(base, start, s.at, doubtful)
	}
}

// heard notes a name by its sound.
func (s *scanner) heard(h sound, start, end int, doubtful bool) {
	last := s.lastName
	s.lastName = spoken{h, start, end}
	if h.n == 0 {
		return
	}
	s.single(h, start, end, doubtful)
	if last.sound.n > 0 && start-last.end <= 3 {
		both := append(last.sound.b[:last.sound.n:last.sound.n], ' ')
		both = append(both, h.b[:h.n]...)
		weight := min(1.4, 0.3*float64(last.sound.n+h.n)-0.3)
		s.names = append(s.names, term{key: hash32(seedNames, both), weight: quantum(weight), label: s.label(last.start, end)})
	}
}

// single notes a name of one word.
func (s *scanner) single(h sound, start, end int, doubtful bool) {
	weight, place := soundWeight(h.n), uint8(sureName)
	if doubtful {
		weight *= s.doubt(h)
		place = doubtfulName
	}
	if weight > 0 {
		s.names = append(s.names, term{key: hash32(seedName, h.b[:h.n]), weight: quantum(weight), place: place, label: s.label(start, end)})
	}
}

// doubt is how much a word counts as a name that may be none: at the beginning
// of a sentence all words have a capital. Where the text says what happened, it
// is a name half of the time.
func (s *scanner) doubt(h sound) float64 {
	if h.n < 3 || s.at > s.body+leadBytes {
		return 0
	}
	return 0.6
}
