package topic

import "unicode/utf8"

// head finds the tokens that a Hangul compound ends with: its last part says
// what it is. Particles may follow.
func (s *scan) head(i int) {
	u := &s.n.Units[i]
	word := s.n.Fold[:u.To]
	_, first := utf8.DecodeRune(word[u.From:])
	for from := int(u.From) + first; from < len(word); {
		node := int32(0)
		for pos := from; pos < len(word); pos++ {
			if node = s.trie.step(node, word[pos]); node < 0 {
				break
			}
			value := s.trie.value[node]
			if value < 0 {
				continue
			}
			for _, p := range s.at[value] {
				if pattern := &s.patterns[p]; pattern.ends == whatever && grammars()["ko"].glued.has(word[pos+1:]) {
					s.begin(pattern.token, i, i+1)
				}
			}
		}
		_, size := utf8.DecodeRune(word[from:])
		from += size
	}
}
