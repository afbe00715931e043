package story

import (
	"strings"
	"unicode/utf8"
)

// Hangul and Arabic have no capitals, so that a word doesn't say whether it is
// a name. What is taken for one there is narrower: in Hangul words with a
// syllable that writes a foreign consonant alone, in Arabic two words in a row
// without an article. Only whole names and long ones count.

// hangulInitials are the sounds of the 19 initials, hangulFinals of the 28
// finals, in the order in which Unicode composes syllables.
const (
	hangulInitials = "GGNDDLMBBSSAJJJKTPA"
	hangulFinals   = "-KKKNNN-----------PSSNJKTPA"
)

// hangulAlone is the vowel that helps to write a consonant without one: 스, 트.
const hangulAlone = 18

// particles that a Korean name carries, the longer before the shorter.
var particles = strings.Fields("에서 으로 에게 은 는 이 가 을 를 의 에 와 과 도 로 씨")

// hangulSound hears a word, and reports whether it is written as foreign ones
// are.
func hangulSound(w string) (s sound, foreign bool) {
	for _, p := range particles {
		if rest, found := strings.CutSuffix(w, p); found && len(rest) >= 6 {
			w = rest
			break
		}
	}
	for _, r := range w {
		if r < 0xAC00 || r > 0xD7A3 {
			return sound{}, false
		}
		n := int(r - 0xAC00)
		initial, vowel, final := hangulInitials[n/588], n/28%21, n%28
		alone := vowel == hangulAlone && final == 0
		foreign = foreign || alone && initial != 'G'
		if alone && initial == 'J' { // 즈, 츠: z, ts
			initial = 'S'
		}
		if initial != 'L' || !alone { // as Latin's r before a consonant
			s.add(initial)
		}
		if final > 0 && final < len(hangulFinals) && hangulFinals[final] != '-' {
			s.add(hangulFinals[final])
		}
	}
	return s, foreign
}

// arabicSounds are of the letters that sound alike everywhere; of the vowels
// only the first is heard.
var arabicSounds = func() map[rune]byte {
	m := make(map[rune]byte, 40)
	for _, row := range [...]struct {
		sound   byte
		letters string
	}{{begins, "اءؤئحخعهوي"}, {'B', "بڤ"}, {'T', "تط"}, {'S', "ثذزسشصظ"}, {'J', "جچ"}, {'D', "دض"}, {'L', "رل"}, {'G', "غ"}, {'F', "ف"}, {'K', "قك"}, {'M', "م"}, {'N', "ن"}, {'P', "پ"}} {
		for _, r := range row.letters {
			m[r] = row.sound
		}
	}
	return m
}()

// arabicSound hears a folded word; nothing of one with an article.
func arabicSound(w string) (s sound) {
	if strings.HasPrefix(w, "ال") || strings.HasPrefix(w, "لل") || strings.HasPrefix(w, "وال") || strings.HasPrefix(w, "بال") {
		return s
	}
	letters := []rune(w)
	for i, r := range letters {
		c, ok := arabicSounds[r]
		if !ok {
			return sound{}
		}
		if c == 'L' && i > 0 && (i+1 == len(letters) || arabicSounds[letters[i+1]] != begins) {
			continue
		}
		s.add(c)
	}
	return s
}

// isUncased reports whether a language's names are no surer than its words.
func isUncased(language [2]byte) bool {
	return language == [2]byte{'k', 'o'} || language == [2]byte{'a', 'r'} || language == [2]byte{'f', 'a'}
}

// uncased notes what may be a name in a script without capitals, and reports
// whether it is such a script.
func (s *scanner) uncased(folded []byte, start int) bool {
	r, _ := utf8.DecodeRune(folded)
	var h sound
	foreign := true
	switch {
	case r >= 0xAC00 && r <= 0xD7A3:
		h, foreign = hangulSound(string(folded))
	case r >= 0x620 && r <= 0x6FF:
		h = arabicSound(string(folded))
	default:
		return false
	}
	last := s.lastName
	s.lastName = spoken{h, start, s.at}
	if weight := 0.5 * soundWeight(h.n); r < 0xAC00 && weight > 0 {
		if s.at < s.body+leadBytes && h.n >= 3 {
			s.names = append(s.names, term{key: hash32(seedName, h.b[:h.n]), weight: quantum(weight), label: s.label(start, s.at)})
		}
	}
	if h.n >= 5 && foreign && r >= 0xAC00 {
		s.names = append(s.names, term{key: hash32(seedName, h.b[:h.n]), weight: quantum(0.8), label: s.label(start, s.at)})
	}
	if last.sound.n < 2 || h.n < 2 || start-last.end > 3 || r >= 0xAC00 && !foreign || r < 0xAC00 && h.n+last.sound.n < 6 {
		return true
	}
	both := append(last.sound.b[:last.sound.n:last.sound.n], ' ')
	both = append(both, h.b[:h.n]...)
	weight := min(1.2, 0.3*float64(last.sound.n+h.n)-0.3)
	s.names = append(s.names, term{key: hash32(seedNames, both), weight: quantum(weight), label: s.label(last.start, s.at)})
	return true
}
