package story

import (
	"math"
	"strings"
	"time"
	"unicode/utf8"
)

// number reads a number with what belongs to it: a time, a date, a magnitude.
func (s *scanner) number() {
	start := s.at
	var f figure
	size, wide := 0, false
	if s.text[start] >= 0x80 { // full-width digits, or Arabic ones
		var narrow []byte
		narrow, size = narrowed(s.text[start:])
		var n int
		f, n = readDigits(string(narrow), false)
		wide = true
		if n < len(narrow) { // a separator that belongs to the sentence
			size = wideSize(s.text[start:], n)
		}
	} else {
		f, size = readDigits(s.text[start:], s.comma)
	}
	s.at = start + size
	s.fresh = false
	s.lastHan = 0
	if s.clock(f, start, wide) {
		return
	}
	if s.isoDate(f, start) {
		return
	}
	if s.month > 0 && start-s.monthAt <= 3 && f.value >= 1 && f.value <= 31 && f.value == math.Trunc(f.value) {
		s.addDate(s.month, int(f.value), start, s.at)
		s.month = 0
		return
	}
	s.month = 0
	s.figure(f, start, s.at)
	s.at = s.unit(s.at)
	if rest := strings.TrimLeft(s.text[s.at:min(len(s.text), s.at+5)], " \u00a0\u202f"); s.lastIndex >= 0 && (strings.HasPrefix(rest, "%") || strings.HasPrefix(rest, "٪") || s.percentAt >= 0 && start-s.percentAt <= 2) {
		s.measure('%', s.at)
	}
}

// figure notes a plain number.
func (s *scanner) figure(f figure, start, end int) {
	s.lastNumber, s.lastValue = end, f.value
	s.lastIndex = len(s.numbers)
	s.numbers = append(s.numbers, term{key: numberKey(f.value), weight: quantum(f.weight()), label: s.label(start, end)})
}

func numberKey(v float64) uint32 {
	bits := math.Float64bits(math.Round(v * 1000))
	return mix32(uint32(bits) ^ uint32(bits>>32)*31 ^ seedNumber)
}

// magnify multiplies the number just read.
func (s *scanner) magnify(m float64) {
	if s.long && m == 1e9 && strings.HasSuffix(string(s.buffer), "illion") {
		m = 1e12
	}
	t := &s.numbers[s.lastIndex]
	s.lastValue *= m
	t.key = numberKey(s.lastValue)
	f := figure{s.lastValue, significant(s.lastValue)}
	t.weight = max(t.weight, quantum(f.weight()), quantum(0.5))
	t.label = s.label(s.lastNumber-len(t.label), s.at)
	s.lastNumber = s.at
	if m != 1e3 { // mil millones, thousands of millions
		s.lastIndex = -1
	}
}

// unit reads the characters after a number in Chinese, Japanese and Korean
// that make it larger, a date, or a time, and a percent sign; it returns where
// they end.
func (s *scanner) unit(i int) int {
	if s.lastIndex < 0 {
		return i
	}
	t := &s.numbers[s.lastIndex]
	start := s.lastNumber - len(t.label)
	for i < len(s.text) {
		n := i + s.gap(i)
		r, size := utf8.DecodeRuneInString(s.text[n:])
		m := hanMagnitudes[r]
		if m == 0 {
			break
		}
		s.lastValue *= m
		i = n + size
		rest, n := s.smaller(i, m) // 2億5000万, 1万4千
		s.lastValue += rest
		i += n
		t.key = numberKey(s.lastValue)
		f := figure{s.lastValue, significant(s.lastValue)}
		t.weight = max(t.weight, quantum(f.weight()), quantum(0.35))
		t.label = s.label(start, i)
	}
	if minute, second, n := hanDuration(s.text[i:]); n > 0 && s.lastValue < 24 {
		hour := int(s.lastValue)
		s.dropNumber()
		s.addDuration(hour, minute, second, start, i+n)
		return i + n
	}
	if kind := s.hanUnit(i); kind != 0 && (kind != 'y' || s.lastValue < 100) {
		s.measure(kind, i)
		return i
	}
	r, size := utf8.DecodeRuneInString(s.text[i:])
	v := s.lastValue
	whole := v == math.Trunc(v)
	switch {
	case r == '월' && whole && v >= 1 && v <= 12:
		rest := strings.TrimPrefix(s.text[i+size:], " ")
		day, n := smallNumber(rest)
		s.dropNumber()
		if n > 0 && strings.HasPrefix(rest[n:], "일") {
			end := len(s.text) - len(rest) + n + size
			s.addDate(int(v), day, start, end)
			return end
		}
		return i + size
	case r == '일' && whole && v >= 1 && v <= 31:
		s.dropNumber()
		s.dayOfMonth(int(v), start, i+size)
		return i + size
	case r == '月' && whole && v >= 1 && v <= 12:
		day, n := smallNumber(s.text[i+size:])
		if end := i + size + n; n > 0 && strings.HasPrefix(s.text[end:], "日") {
			s.dropNumber()
			s.addDate(int(v), day, start, end+3)
			return end + 3
		}
		s.dropNumber()
		return i + size
	case r == '日' && s.lasting(start, i+size):
		s.measure('d', i+size)
		return i + size
	case (r == '日' || r == '號' || r == '号') && whole && v >= 1 && v <= 31:
		s.dropNumber()
		if r == '日' {
			s.dayOfMonth(int(v), start, i+size)
		}
		return i + size
	case r == '年' && whole && v >= 1900 && v <= 2100:
		return i + size
	case (r == '时' || r == '時' || r == '시') && whole && v <= 24 && !strings.HasPrefix(s.text[i+size:], "間") && !strings.HasPrefix(s.text[i+size:], "间"):
		gap := int(b2i(r == '시' && strings.HasPrefix(s.text[i+size:], " ")))
		minute, n := smallNumber(s.text[i+size+gap:])
		end := i + size + gap + n
		if n > 0 && (strings.HasPrefix(s.text[end:], "分") || strings.HasPrefix(s.text[end:], "분")) {
			end += 3
		} else {
			minute, end = 0, i+size
		}
		s.dropNumber()
		hour := int(v)
		before := s.text[max(0, start-12):start]
		if hour < 12 && (strings.Contains(before, "밤") || strings.Contains(before, "저녁") || strings.Contains(before, "午後") || strings.Contains(before, "下午") || strings.Contains(before, "晚") || strings.Contains(before, "오후")) {
			hour += 12
		}
		s.addClock(hour, minute, start, end)
		return end
	}
	return i
}

// gap is the size of a space that some set between a number and what is
// written in Chinese characters, before a magnitude: 26 億, 11.8 万. Other units
// may begin a word that the number is none of: Windows 11 日前发布.
func (s *scanner) gap(i int) int {
	if s.text[i] != ' ' || !digit(s.text[i-1]) {
		return 0
	}
	r, size := utf8.DecodeRuneInString(s.text[i+1:])
	if !strings.ContainsRune("万萬億亿만억", r) {
		return 0
	}
	if next, _ := utf8.DecodeRuneInString(s.text[i+1+size:]); strings.ContainsRune("维維事能圣聖物科一", next) { // words of their own
		return 0
	}
	return 1
}

// lasting reports whether days are counted, and none is named: 連続１０日,
// １０日ぶり.
func (s *scanner) lasting(start, end int) bool {
	for _, w := range [...]string{"連続", "連續", "连续", "延べ", "まる"} {
		if strings.HasSuffix(s.text[:start], w) || strings.HasPrefix(s.text[end:], w) {
			return true
		}
	}
	for _, w := range [...]string{"以内", "以內", "以上", "ぶり", "あまり", "がかり"} {
		if strings.HasPrefix(s.text[end:], w) {
			return true
		}
	}
	return false
}

// smaller reads the number at i that is added to one of a larger magnitude,
// and how many bytes it takes.
func (s *scanner) smaller(i int, magnitude float64) (float64, int) {
	var v float64
	n := 0
	if wide, size := narrowed(s.text[i:]); size > 0 {
		f, _ := readDigits(string(wide), false)
		v, n = f.value, size
	} else if i < len(s.text) && digit(s.text[i]) {
		f, size := readDigits(s.text[i:], false)
		v, n = f.value, size
	}
	if n == 0 || v >= magnitude {
		return 0, 0
	}
	if r, size := utf8.DecodeRuneInString(s.text[i+n:]); hanMagnitudes[r] > 0 && hanMagnitudes[r] < magnitude {
		v *= hanMagnitudes[r]
		n += size
	}
	return v, n
}

func (s *scanner) dropNumber() {
	s.numbers = s.numbers[:s.lastIndex]
	s.lastIndex = -1
}

// isoDate reads the rest of 2024-04-16.
func (s *scanner) isoDate(f figure, start int) bool {
	rest := s.text[s.at:]
	if s.at-start != 4 || f.value < 1900 || len(rest) < 6 || rest[0] != '-' || rest[3] != '-' {
		return false
	}
	month, n := smallNumber(rest[1:3])
	day, m := smallNumber(rest[4:6])
	if n != 2 || m != 2 || month < 1 || month > 12 || day < 1 || day > 31 {
		return false
	}
	s.at += 6
	at, dateline := s.event, s.dateline
	s.addDate(month, day, start, s.at)
	s.event, s.dateline = at, dateline // written for machines: when it was filed
	s.lastIndex = -1
	return true
}

// monthName reads a month, and makes a date of the number before it.
func (s *scanner) monthName(m int) {
	if s.lastIndex >= 0 && s.at-s.lastNumber <= 3+4+12 && s.lastValue >= 1 && s.lastValue <= 31 && s.lastValue == math.Trunc(s.lastValue) &&
		between(s.text[s.lastNumber:s.at]) {
		start := s.lastNumber - len(s.numbers[s.lastIndex].label)
		day := int(s.lastValue)
		s.dropNumber()
		s.addDate(m, day, max(0, start), s.at)
		return
	}
	s.month, s.monthAt = m, s.at
	if strings.HasPrefix(s.text[s.at:], ".") {
		s.monthAt++
	}
}

// between reports whether only what stands between a day and its month stands
// before the month: 16 April, 16. April, 16 de abril, 16th of April.
func between(s string) bool {
	fields := strings.Fields(strings.ToLower(strings.TrimLeft(s, ".,")))
	if len(fields) == 0 {
		return false
	}
	for _, w := range fields[:len(fields)-1] {
		switch w {
		case "de", "of", "di", "th", "st", "nd", "rd", "do":
		default:
			return false
		}
	}
	return true
}

// addDate notes a day of the year. That a text names the day on which it
// appeared, or the one before, says nothing.
func (s *scanner) addDate(month, day, start, end int) {
	weight := 0.6
	if s.day > 0 && month >= 1 {
		at := time.Date(s.date.Year(), time.Month(month), day, 12, 0, 0, 0, time.UTC)
		d := int(at.Unix()/86400) - s.day
		if d >= -1 && d <= 1 {
			weight = 0.05
		}
		s.about(s.day+d, d >= -1 && d <= 1 && start-s.body < 60 && s.filed(end))
	}
	s.dates = append(s.dates, term{key: mix32(uint32(month*32+day)*31 + seedDate), weight: quantum(weight), label: s.label(start, end)})
}

// filed reports whether a date that ends there can be a dateline's: Chinese and
// Japanese say there how the report came.
func (s *scanner) filed(end int) bool {
	if !strings.HasSuffix(s.text[:end], "日") {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s.text[end:])
	return strings.ContainsRune("电電讯訊）)】", r)
}

// dayOfMonth notes the day nearest to publication that has this number.
func (s *scanner) dayOfMonth(day, start, end int) {
	if s.day == 0 {
		return
	}
	best, distance := time.Time{}, 1<<30
	for m := -1; m <= 1; m++ {
		at := time.Date(s.date.Year(), s.date.Month()+time.Month(m), day, 12, 0, 0, 0, time.UTC)
		d := int(at.Unix()/86400) - s.day
		if d < 0 {
			d = -d
		}
		if at.Day() == day && d < distance {
			best, distance = at, d
		}
	}
	if !best.IsZero() {
		s.addDate(int(best.Month()), day, start, end)
	}
}

// smallNumber reads a number of one or two digits, of either width.
func smallNumber(s string) (n, size int) {
	for i := 0; i < 2 && size < len(s); i++ {
		r, width := utf8.DecodeRuneInString(s[size:])
		if r >= 0xFF10 && r <= 0xFF19 {
			r -= 0xFEE0
		}
		if r < '0' || r > '9' {
			break
		}
		n = n*10 + int(r-'0')
		size += width
	}
	return n, size
}

// narrowed returns the number in full-width or Arabic digits that s begins with in ASCII, and how
// many bytes of s it takes.
func narrowed(s string) (b []byte, size int) {
	for size < len(s) && len(b) < 24 {
		r, width := utf8.DecodeRuneInString(s[size:])
		switch {
		case r >= 0xFF10 && r <= 0xFF19:
			b = append(b, byte(r-0xFEE0))
		case r >= 0x660 && r <= 0x669:
			b = append(b, byte(r-0x660+'0'))
		case r >= 0x6F0 && r <= 0x6F9:
			b = append(b, byte(r-0x6F0+'0'))
		case r == 0x66B && len(b) > 0:
			b = append(b, '.')
		case r == 0x66C && len(b) > 0:
			b = append(b, ',')
		case (r == '・' || r == '．') && len(b) > 0:
			b = append(b, '.')
		case r == '，' && len(b) > 0:
			b = append(b, ',')
		default:
			return b, size
		}
		size += width
	}
	return b, size
}

// wideSize is how many bytes of s its first n characters take.
func wideSize(s string, n int) int {
	size := 0
	for ; n > 0 && size < len(s); n-- {
		_, width := utf8.DecodeRuneInString(s[size:])
		size += width
	}
	return size
}
