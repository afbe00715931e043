package story

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// katakana reads a run of katakana: a foreign name or a loan word.
func (s *scanner) katakana() {
	start, i := s.at, s.at
	for i < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[i:])
		if r < 0x30A1 || r > 0x30FC || r == '・' {
			break
		}
		i += size
	}
	s.at = i
	s.lastHan, s.fresh = 0, false
	run := s.text[start:i]
	if len(run) < 2*3 {
		return
	}
	w := word{key: hash32(seedWord, run), weight: 1, start: start, end: i}
	s.count(w.key, w.weight, start, i)
	s.concept(w.key)
	s.pair(w)
	s.heard(kanaSound(run), start, i, false)
}

// hanRun reads Chinese characters: numbers, pairs, and foreign names.
func (s *scanner) hanRun() {
	start, i := s.at, s.at
	named, length := start, 0 // the run of characters that write names
	flush := func(end int) {
		if length >= 3 || length == 2 && (s.lastName.end > 0 && named-s.lastName.end <= 3 || strings.HasPrefix(s.text[end:], "·")) {
			s.heard(s.hanSound(s.text[named:end]), named, end, false)
		}
		length = 0
	}
	for i < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[i:])
		if !unicode.Is(unicode.Han, r) && r != '〇' && r != '○' {
			break
		}
		if n := s.hanDay(i); n > 0 {
			flush(i)
			s.lastHan = 0
			i += n
			continue
		}
		if _, ok := hanDigits[r]; ok || hanMagnitudes[r] > 0 {
			f, n := readHan(s.text[i:])
			if f.value > 0 && (n > 3 || s.hanUnit(i+n) != 0 || strings.HasPrefix(s.text[i+n:], "日") || strings.HasPrefix(s.text[i+n:], "月")) {
				flush(i)
				s.figure(f, i, i+n)
				s.lastHan = 0
				i += n
				i = s.unit(i)
				continue
			}
		}
		r = s.forms.of(r)
		if s.lastHan != 0 && i-s.hanAt <= 3 {
			s.hanPair(s.lastHan, r, s.hanAt, i+size)
		}
		s.lastHan, s.hanAt = r, i
		if _, ok := hanSounds[r]; ok {
			if length == 0 {
				named = i
			}
			length++
		} else if length > 0 {
			flush(i)
		}
		i += size
	}
	flush(i)
	s.at = i
	s.fresh = false
	s.previous = word{}
}

func (s *scanner) hanPair(a, b rune, start, end int) {
	weight := float32(1)
	switch common := b2i(han[a]) + b2i(han[b]); common {
	case 2:
		weight = 0.35
	case 1:
		weight = 0.8
	}
	key := hanPairKey(a, b)
	s.concept(key)
	s.count(key, weight, start, end)
}

func hanPairKey(a, b rune) uint32 { return mix32(uint32(a)*0x9E3779B1 + uint32(b) + seedHan) }
