package story

import (
	"math"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// What is read of an entry: news put first what matters, and signatures stay
// small.
const (
	maxBytes  = 6000
	tableSize = 4096 // slots for different words and pairs, of which 6000 bytes hold fewer than half as many
)

// scanner reads a text once and gathers its words, names, numbers and dates.
type scanner struct {
	text     string
	at       int
	language [2]byte
	comma    bool // a comma is the decimal sign
	long     bool // a billion is a million millions
	day      int  // of publication, since 1970
	event    int8 // the day it is about: from publication, plus nearDays+1; 0 unknown
	dateline bool // event was only a dateline
	body     int  // where the text begins
	date     time.Time

	meant, headline concepts // of the beginning, and of the title
	glossary        *glossary
	compounds       bool // of a weekday and a part of the day
	declines        bool // names

	forms                 *hanForms
	table                 [tableSize]slot
	used                  []int32
	packed                []uint64
	names, numbers, dates []term
	words                 []term // of the draft

	buffer     []byte
	fresh      bool // at the start of a sentence
	titled     bool // in a title that capitalises every word
	proper     bool // the word before is written as a name, not as what happened
	previous   word
	lastName   spoken
	lastHan    rune
	hanAt      int
	month      int // the word before was this month's name
	monthAt    int // where that word ended
	percentAt  int // where a word for per cent ended that a number may follow
	lastNumber int // where the last plain number ended, for "16 April"
	lastValue  float64
	lastIndex  int // of it in numbers; -1 none
}

type slot struct {
	key        uint32
	weight     float32
	count      int32
	start, end int32
	pair       bool
}

type word struct {
	key        uint32
	weight     float32
	start, end int
}

type spoken struct {
	sound      sound
	start, end int
}

var scanners = sync.Pool{New: func() any { return new(scanner) }}

func (s *scanner) reset(text string, language string, published time.Time) {
	for _, i := range s.used {
		s.table[i] = slot{}
	}
	s.forms = simplified()
	s.used = s.used[:0]
	s.names, s.numbers, s.dates = s.names[:0], s.numbers[:0], s.dates[:0]
	s.language = [2]byte{}
	if len(language) >= 2 {
		copy(s.language[:], strings.ToLower(language[:2]))
	}
	code := string(s.language[:]) + " "
	s.comma = !strings.Contains("en zh ja ko th he hi ar ", code) && s.language[0] != 0
	s.long = strings.Contains(longScale, code)
	s.text, s.at, s.body = text, 0, 0
	s.event, s.dateline = 0, false
	s.meant, s.headline = concepts{}, concepts{}
	s.glossary = vocabulary.other
	if code == "en " {
		s.glossary = vocabulary.english
	}
	s.compounds, s.declines = strings.Contains(compounding, code), strings.Contains(declining, code)
	s.previous, s.lastName, s.lastHan, s.month, s.lastNumber, s.lastIndex, s.percentAt = word{}, spoken{}, 0, 0, -1, -1, -1
	s.date = published.UTC()
	s.day = 0
	if !published.IsZero() {
		s.day = int(math.Floor(float64(published.Unix()) / 86400))
	}
}

// count adds one occurrence of a word or pair; nil: there are too many.
func (s *scanner) count(key uint32, weight float32, start, end int) *slot {
	if key == 0 {
		key = 1
	}
	i := key & (tableSize - 1)
	for s.table[i].count > 0 && s.table[i].key != key {
		i = (i + 1) & (tableSize - 1)
	}
	t := &s.table[i]
	if t.count == 0 {
		if len(s.used) > tableSize*3/4 {
			return nil
		}
		*t = slot{key: key, weight: weight, start: int32(start), end: int32(end)}
		s.used = append(s.used, int32(i))
	}
	t.count++
	t.weight = max(t.weight, weight)
	return t
}

// scan reads the text from where it stands to its end.
func (s *scanner) scan() {
	s.fresh = true
	for s.at < len(s.text) {
		c := s.text[s.at]
		switch {
		case digit(c):
			s.number()
		case c < 0x80 && (c|0x20 < 'a' || c|0x20 > 'z'):
			s.punctuation(rune(c))
			s.at++
		case c < 0x80:
			s.word()
		default:
			r, size := utf8.DecodeRuneInString(s.text[s.at:])
			switch {
			case r >= 0xFF10 && r <= 0xFF19, r >= 0x660 && r <= 0x669, r >= 0x6F0 && r <= 0x6F9:
				s.number()
			case unicode.Is(unicode.Han, r) || r == '〇' || r == '○':
				s.hanRun()
			case r >= 0x30A1 && r <= 0x30FC && r != '・':
				s.katakana()
			case r >= 0x3041 && r <= 0x309F:
				s.lastHan, s.previous = 0, word{}
				s.at += size
			case unicode.IsLetter(r):
				s.word()
			default:
				s.punctuation(r)
				s.at += size
			}
		}
	}
}

// punctuation ends what can't reach across it.
func (s *scanner) punctuation(r rune) {
	switch r {
	case ' ', '\u00a0', '\'', '’', '-', '\u00ad', '・', '·':
		return
	case '.', '!', '?', ':', '\n', '—', '–', '(', '。', '！', '？', '「', '：':
		s.fresh = true
	case '"', '“', '„', '«', '»', '”':
		// After a word stand the names of ships and books, and no sentence.
		last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s.text[:s.at], " "))
		s.fresh = s.fresh || !unicode.IsLetter(last)
	}
	s.lastName = spoken{}
	s.lastHan = 0
	if r != '.' && r != ',' {
		s.month = 0
	}
}

// word reads a word of a script that divides words, with the digits that hang
// on to it: K2, PV-90.
func (s *scanner) word() {
	start := s.at
	b := s.buffer[:0]
	letters, capital, capitals, ascii := 0, false, 0, true
	i, h := start, seedWord      // h is hash32's, made on the way
	for ; i < len(s.text); i++ { // of most words nothing is left for the other loop
		c := s.text[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		capitals += int(^s.text[i] >> 5 & 1)
		b = append(b, c)
		h = (h ^ uint32(c)) * prime32
	}
	letters, capital = i-start, i > start && s.text[start] <= 'Z'
	plain := i
	for i < len(s.text) {
		r, size := rune(s.text[i]), 1
		if r >= 0x80 {
			r, size = utf8.DecodeRuneInString(s.text[i:])
		}
		if r == 0x00AD || r >= 0x300 && r <= 0x36F || r == 0x640 || r >= 0x64B && r <= 0x655 {
			i += size
			continue
		}
		if r < 0x80 && (r|0x20 < 'a' || r|0x20 > 'z') || r >= 0x80 && (!unicode.IsLetter(r) || r >= 0x3040 && r <= 0x9FFF) {
			break
		}
		if r < 0x80 && r <= 'Z' || r >= 0x80 && unicode.IsUpper(r) {
			capitals++
			capital = capital || letters == 0
		}
		b = fold(b, r)
		ascii = ascii && b[len(b)-1] < 0x80
		letters++
		i += size
	}
	s.buffer, s.at = b, i
	if letters == 0 { // a mark alone
		_, size := utf8.DecodeRuneInString(s.text[i:])
		s.at = max(s.at, start+size)
		return
	}
	fresh := s.fresh
	s.fresh, s.lastHan = false, 0
	if s.designation(start, capitals > 0, ascii) {
		return
	}
	if letters == 1 {
		return
	}
	if ascii && i < len(s.text) && (s.text[i] == ':' || s.text[i] == '@') && s.address() {
		return
	}
	key := mix32(h)
	if i > plain {
		key = hash32(seedWord, b)
	}
	known := words.find(key)
	if s.quantity(known, b, start, capital) {
		return
	}
	if known.rarity == isStop {
		s.lastName = spoken{}
		return
	}
	weight := float32(0.3)
	if known.rarity == unlisted {
		weight = shape(letters)
		if capital && !s.titled && (!fresh || capitals > 1) && s.language != [2]byte{'d', 'e'} {
			weight *= 1.25
		}
	}
	if stemmed := stem(b, s.language); len(stemmed) < len(b) {
		key = hash32(seedWord, stemmed)
	}
	w := word{key: key, weight: weight, start: start, end: s.at}
	s.count(w.key, weight, start, s.at)
	s.proper = capital && !fresh && !s.titled && s.language != [2]byte{'d', 'e'}
	if !s.concept(w.key) && !ascii {
		s.inflected(s.buffer)
	}
	s.pair(w)
	s.proper = false
	if !ascii && known.rarity == unlisted && s.uncased(s.buffer, start) {
		return
	}
	if capital && !s.titled && known.rarity == unlisted {
		s.name(b, ascii, start, fresh && capitals == 1 && !s.suffixed())
	} else {
		s.lastName = spoken{}
	}
}

// quantity takes in what a word says of months, days, numbers and their units.
// It reports whether the word says nothing else.
func (s *scanner) quantity(known *lexeme, b []byte, start int, capital bool) bool {
	if known.month > 0 && (capital || s.language != [2]byte{'e', 'n'}) {
		s.monthName(int(known.month))
		return true
	}
	if known.magnitude > 0 && s.lastIndex >= 0 && s.follows(start) {
		s.magnify(known.magnitude)
		return true
	}
	if s.weekday(b, known) {
		s.lastName = spoken{}
		return true
	}
	if s.lastIndex >= 0 && s.tensAndOnes(known.number, start) {
		s.lastName = spoken{}
		return true
	}
	if known.number > 0 && (s.lastIndex < 0 || start-s.lastNumber > 1) {
		s.figure(figure{known.number, significant(known.number)}, start, s.at)
	} else if known.unit == '%' && s.lastNumber < s.at-20 || known.unit == '%' && s.lastIndex < 0 {
		s.percentAt = s.at // yüzde 11
	} else if known.unit != 0 && s.lastIndex >= 0 && start-s.lastNumber <= 3 {
		s.measure(known.unit, s.at)
	}
	return false
}

// follows reports whether what begins at start belongs to the number before
// it: 5 million, 17 mil millones, 11 thousands of millions.
func (s *scanner) follows(start int) bool {
	between := s.text[s.lastNumber:start]
	return len(between) <= 2 || between == " of " || between == " de "
}

// shape is how rare a word is by its length: the common short ones are listed,
// but what is left of them is still commoner than long ones.
func shape(letters int) float32 {
	switch {
	case letters <= 3:
		return 0.6
	case letters <= 5:
		return 0.85
	}
	return 1
}

// pairWeight makes a pair of words weigh less than either: pairs are what
// rewording changes first, and there are as many of them as words.
const pairWeight = 0.35

// pair counts two words that follow each other, stop words between them left
// out.
func (s *scanner) pair(w word) {
	p := s.previous
	s.previous = w
	if p.key == 0 || w.start-p.end > 16 {
		return
	}
	key := pairKey(p.key, w.key)
	s.concept(key)
	if t := s.count(key, pairWeight*(p.weight+w.weight), p.start, w.end); t != nil {
		t.pair = true
	}
}

func pairKey(a, b uint32) uint32 { return mix32(a*31 + b + seedPair) }

func (s *scanner) label(start, end int) string {
	l := s.text[start:end]
	if len(l) > maxLabel {
		l = string(clip([]byte(l), maxLabel))
	}
	return l
}

// quantum writes a weight in the signature's unit.
func quantum(w float64) uint8 {
	return uint8(max(1, min(255, math.Round(w*64))))
}
