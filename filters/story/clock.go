package story

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A time of day tells one event from others of its kind, in whatever language:
// 05:42, 5:42 p.m., 5.42 Uhr, 5h42, 0542 GMT.

// clock reads the minutes of a time, whose hour was read.
func (s *scanner) clock(f figure, start int, wide bool) bool {
	if wide || f.value != math.Trunc(f.value) || s.at >= len(s.text) {
		return false
	}
	if s.at-start == 4 {
		return s.military(int(f.value), start)
	}
	if f.value > 24 || s.at-start > 2 {
		return false
	}
	i, marked := s.at+1, true
	switch s.text[s.at] {
	case ':':
		if i < len(s.text) && s.text[i] == ' ' {
			i++
		}
	case '.':
		marked = false
	case ' ', 'h', 0xC2, 0xE2: // 5 h 42, with spaces that don't break
		if i = s.pastSpace(s.at); i >= len(s.text) || s.text[i] != 'h' {
			return false
		}
		i = s.pastSpace(i + 1)
	default:
		return false
	}
	minute, ok := s.minutes(i)
	if !ok || !marked && !s.timed(start, i+2) {
		return false
	}
	hour := int(f.value)
	s.at = i + 2
	if second, end := s.seconds(s.at); marked && end > 0 {
		s.at = end
		s.addDuration(hour, minute, second, start, end)
		s.lastIndex = -1
		return true
	}
	if hour < 12 && afternoon(s.text[s.at:]) {
		hour += 12
	}
	s.addClock(hour, minute, start, s.at)
	s.lastIndex = -1
	return true
}

// pastSpace is where what stands after at most one space begins.
func (s *scanner) pastSpace(i int) int {
	for _, space := range [...]string{" ", "\u00a0", "\u202f"} {
		if strings.HasPrefix(s.text[i:], space) {
			return i + len(space)
		}
	}
	return i
}

// minutes reads the two digits at i.
func (s *scanner) minutes(i int) (int, bool) {
	if i+2 > len(s.text) || !digit(s.text[i]) || !digit(s.text[i+1]) || s.text[i] > '5' || i+2 < len(s.text) && digit(s.text[i+2]) {
		return 0, false
	}
	return int(s.text[i]-'0')*10 + int(s.text[i+1]-'0'), true
}

// seconds reads those of what a race took, and where they end: 2:09:04, 2h09'04”.
func (s *scanner) seconds(i int) (second, end int) {
	rest := s.text[i:]
	for _, between := range [...]string{":", "'", "’", "m", "min ", " min ", "\u00a0min\u00a0"} {
		if !strings.HasPrefix(rest, between) {
			continue
		}
		i += len(between)
		if second, ok := s.minutes(i); ok {
			return second, i + 2
		}
		break
	}
	return 0, 0
}

// hanDuration reads what follows the hours of a duration in Chinese, Japanese
// and Korean, and where it ends: ２時間９分４秒.
func hanDuration(rest string) (minute, second, size int) {
	n := 0
	next := func(units ...string) bool {
		for _, u := range units {
			if strings.HasPrefix(rest[n:], u) {
				n += len(u)
				n += len(rest[n:]) - len(strings.TrimPrefix(rest[n:], " "))
				return true
			}
		}
		return false
	}
	number := func() int {
		v, size := smallNumber(rest[n:])
		n += size
		return v
	}
	if !next("時間", "小时", "小時", "시간") {
		return 0, 0, 0
	}
	minute = number()
	if !next("分钟", "分鐘", "分", "분") {
		return 0, 0, 0
	}
	if second = number(); !next("秒", "초") {
		return 0, 0, 0
	}
	return minute, second, n
}

func (s *scanner) addDuration(hour, minute, second, start, end int) {
	total := uint32(hour*3600 + minute*60 + second)
	s.numbers = append(s.numbers, term{key: mix32(total*31 + seedClock + 1), weight: quantum(1.2), label: s.label(start, end)})
}

// military reads four digits that are a time: 0542, 1142 GMT.
func (s *scanner) military(v, start int) bool {
	if v >= 2400 || v%100 > 59 {
		return false
	}
	rest := s.text[s.at:min(len(s.text), s.at+12)]
	zoned := false
	for _, zone := range [...]string{" GMT", " UTC", " local time", " hrs", " CET", " CEST", " EST", " EDT", " BST", " JST", " WIB"} {
		zoned = zoned || strings.HasPrefix(rest, zone)
	}
	before := s.text[:start]
	at := strings.HasSuffix(before, " at ") || strings.HasSuffix(before, " around ") || strings.HasSuffix(before, " about ") || strings.HasSuffix(before, " pukul ")
	if !zoned && (!at || s.text[start] != '0' || strings.HasPrefix(rest, "-") || len(rest) > 1 && digit(rest[1])) {
		return false
	}
	s.addClock(v/100, v%100, start, s.at)
	s.lastIndex = -1
	return true
}

// timeWords stand before a time that a full stop divides. Where a comma is the
// decimal sign, such a number is nothing else but a date, which they aren't
// before.
var timeWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("um gegen kurz ore alle dalle ora kl kl. klo klokken klokka saat o ok. ok godz. godz godzinie godzinę v ve om rond à às pukul jam orei в около о близо στις") {
		m[w] = true
	}
	return m
}()

// timed reports whether what is written with a full stop and ends there is a
// time: um 5.42 Uhr, alle 5.42, saat 05.42, 05.42'de.
func (s *scanner) timed(start, end int) bool {
	rest := s.text[end:]
	if r, _ := utf8.DecodeRuneInString(rest); len(rest) > 1 && (r == '.' || r == ',' || r == '-') && digit(rest[1]) {
		return false
	}
	rest = strings.TrimLeft(rest[:min(len(rest), 24)], " \u00a0")
	if strings.HasPrefix(rest, "Uhr") || strings.HasPrefix(rest, "uur") {
		return true
	}
	if s.language == [2]byte{'t', 'r'} && (strings.HasPrefix(rest, "'") || strings.HasPrefix(rest, "’")) {
		return true
	}
	if measured(rest) {
		return false
	}
	before := strings.TrimRight(s.text[max(0, start-16):start], " \u00a0")
	if len(before) == start-max(0, start-16) {
		return false
	}
	if n := strings.LastIndexAny(before, " \n\u00a0("); n >= 0 {
		before = before[n+1:]
	}
	return timeWords[strings.ToLower(before)]
}

// measured reports whether a number before it is of something: a Swiss rate
// goes up um 5.42 Prozent.
func measured(rest string) bool {
	n := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if n < 0 {
		n = len(rest)
	}
	switch rest[:n] {
	case "":
		return strings.HasPrefix(rest, "%")
	case "Franken", "Euro", "CHF", "Fr", "Punkte", "Meter":
		return true
	}
	known := words.find(foldedHash(rest[:n]))
	return known.unit != 0 || known.magnitude > 0
}

func afternoon(rest string) bool {
	rest = strings.TrimLeft(rest[:min(len(rest), 4)], " ")
	return len(rest) > 1 && rest[0]|0x20 == 'p' && (rest[1]|0x20 == 'm' || rest[1] == '.')
}

func (s *scanner) addClock(hour, minute, start, end int) {
	s.numbers = append(s.numbers, term{key: mix32(uint32(hour*60+minute)*31 + seedClock), weight: quantum(clockWeight(minute)), label: s.label(start, end)})
}

// clockWeight is how much it says that two texts share a time of day. Most
// things begin on the hour.
func clockWeight(minute int) float64 {
	switch {
	case minute == 0:
		return 0.35
	case minute%15 == 0:
		return 0.5
	case minute%5 == 0:
		return 0.8
	}
	return 1.2
}
