package parse

// A dateReader finds the parts of a date among its tokens. What it can't
// place makes the text no date: a wrong moment is worse than none.
type dateReader struct {
	tokens []dateToken
	d      writtenDate
	month  int // by name
	clock  bool
	zoned  bool
	half   int // 1 before noon, 2 after
}

func (r *dateReader) read() (writtenDate, bool) {
	if d, ok := r.epoch(); ok {
		return d, true
	}
	r.comment()
	if !r.compact() && !r.time() {
		return r.d, false
	}
	if !r.zone() || !r.words() || !r.date() {
		return r.d, false
	}
	if r.half != 0 {
		if !r.clock || r.d.hour > 12 && r.half == 1 || r.d.hour == 0 && r.half == 2 && r.d.min == 0 {
			return r.d, false
		}
		if r.d.hour < 12 && r.half == 2 {
			r.d.hour += 12
		} else if r.d.hour == 12 && r.half == 1 {
			r.d.hour = 0
		}
	}
	if r.d.dayOrMonth {
		switch {
		case r.d.month > 12 && r.d.day > 12 || r.d.month > 31 || r.d.day > 31:
			return r.d, false
		case r.d.month == r.d.day:
			r.d.dayOrMonth = false
		}
		return r.d, true
	}
	return r.d, !r.d.time(false, "").IsZero()
}

// epoch reads seconds or milliseconds since 1970.
func (r *dateReader) epoch() (writtenDate, bool) {
	t := r.tokens
	if len(t) == 3 && t[1].kind == '.' && t[2].kind == '0' { // with a fraction
		t = t[:1]
	}
	if len(t) != 1 || t[0].kind != '0' || t[0].n <= 0 {
		return writtenDate{}, false
	}
	switch len(t[0].text) {
	case 9, 10:
		return writtenDate{epoch: int64(t[0].n)}, true
	case 13:
		return writtenDate{epoch: int64(t[0].n / 1000), nano: t[0].n % 1000 * 1e6}, true
	}
	return writtenDate{}, false
}

// comment takes out what stands in brackets; a zone's name there counts when
// nothing else tells the zone.
func (r *dateReader) comment() {
	for i := 0; i < len(r.tokens); i++ {
		if k := r.tokens[i].kind; k != '(' && k != '[' {
			continue
		}
		for j := i + 1; j < len(r.tokens); j++ {
			if k := r.tokens[j].kind; k == ')' || k == ']' {
				var kept []dateToken
				if j == i+2 && len(r.tokens[i+1].text) >= 3 && i > 0 && j == len(r.tokens)-1 {
					if prev := r.tokens[i-1]; prev.kind == '0' && i > 1 && r.tokens[i-2].kind == ':' {
						kept = r.tokens[i+1 : j]
					}
				}
				r.tokens = append(append(append([]dateToken(nil), r.tokens[:i]...), kept...), r.tokens[j+1:]...)
				i--
				break
			}
		}
	}
}

func (r *dateReader) kind(i int) byte {
	if i < 0 || i >= len(r.tokens) {
		return 0
	}
	return r.tokens[i].kind
}

func (r *dateReader) word(i int) string {
	if r.kind(i) != 'a' {
		return ""
	}
	return r.tokens[i].text
}

func (r *dateReader) cut(from, to int) {
	r.tokens = append(append([]dateToken(nil), r.tokens[:from]...), r.tokens[to:]...)
}

// compact reads ISO 8601's basic format, 20030607T123456.
func (r *dateReader) compact() bool {
	if r.kind(0) != '0' {
		return false
	}
	first := r.tokens[0]
	if len(first.text) == 14 {
		r.d.year, r.d.month, r.d.day = first.n/1e10, first.n/1e8%100, first.n/1e6%100
		r.setClock(first.n/1e4%100, first.n/100%100, first.n%100)
		r.tokens[0] = dateToken{'0', first.text[:8], first.n / 1e6, false}
		return true
	}
	// A time without colons follows a T.
	for i := 1; i < len(r.tokens); i++ {
		if r.word(i) != "t" || r.kind(i+1) != '0' || r.kind(i+2) == ':' {
			continue
		}
		n, digits := r.tokens[i+1].n, len(r.tokens[i+1].text)
		switch digits {
		case 2:
			r.setClock(n, 0, 0)
		case 4:
			r.setClock(n/100, n%100, 0)
		case 6:
			r.setClock(n/10000, n/100%100, n%100)
		default:
			return false
		}
		end := i + 2
		if k := r.kind(end); (k == '.' || k == ',') && r.kind(end+1) == '0' {
			r.d.nano = fraction(r.tokens[end+1].text)
			end += 2
		}
		zone := r.tokens[end:]
		r.tokens = append(append([]dateToken(nil), r.tokens[:i]...), dateToken{kind: 'T'})
		r.tokens = append(r.tokens, zone...)
		return true
	}
	return false
}

func (r *dateReader) setClock(h, m, s int) {
	r.d.hour, r.d.min, r.d.sec, r.clock = h, m, s, true
}

// time finds hours, minutes and seconds and leaves a mark in their place.
// A date without them is midnight's.
func (r *dateReader) time() bool {
	for i := 0; i < len(r.tokens); i++ {
		if r.kind(i) != '0' || len(r.tokens[i].text) > 2 {
			continue
		}
		j, ok := i, false
		switch w := r.word(i + 1); {
		case r.kind(i+1) == ':' && r.kind(i+2) == '0' && len(r.tokens[i+2].text) <= 2:
			r.setClock(r.tokens[i].n, r.tokens[i+2].n, 0)
			j, ok = i+3, true
			if r.kind(j) == ':' && r.kind(j+1) == '0' && len(r.tokens[j+1].text) <= 2 {
				r.d.sec = r.tokens[j+1].n
				j += 2
				if k := r.kind(j); (k == '.' || k == ',' || k == ':') && r.kind(j+1) == '0' && !r.tokens[j].space {
					r.d.nano = fraction(r.tokens[j+1].text)
					j += 2
				}
			}
		case r.dotted(i):
			r.setClock(r.tokens[i].n, r.tokens[i+2].n, 0)
			j, ok = i+3, true
		case hourSigns[w]:
			r.setClock(r.tokens[i].n, 0, 0)
			j, ok = i+2, true
			if r.kind(j) == '0' && len(r.tokens[j].text) <= 2 {
				r.d.min = r.tokens[j].n
				j++
				if minuteSigns[r.word(j)] {
					j++
				}
				if r.kind(j) == '0' && secondSigns[r.word(j+1)] {
					r.d.sec = r.tokens[j].n
					j += 2
				}
			}
		case halves[w] != 0 && !r.hasColon(): // "3 pm"
			r.setClock(r.tokens[i].n, 0, 0)
			j, ok = i+1, true
		}
		if !ok {
			continue
		}
		if h := halves[r.word(j)]; h != 0 {
			r.half = h
			j++
		} else if h := halves[r.word(i-1)]; h != 0 {
			r.half = h
			i--
		}
		if r.word(i-1) == "t" {
			i--
		}
		rest := r.tokens[j:]
		r.tokens = append(append([]dateToken(nil), r.tokens[:i]...), dateToken{kind: 'T'})
		r.tokens = append(r.tokens, rest...)
		return true
	}
	return !r.hasColon()
}

// dotted reports whether a time with a dot for its colon stands at i: two
// numbers, apart from the date, with no third.
func (r *dateReader) dotted(i int) bool {
	if i == 0 || !r.tokens[i].space || r.kind(i+1) != '.' || r.kind(i+2) != '0' || len(r.tokens[i+2].text) != 2 ||
		r.kind(i+3) == '.' || r.tokens[i+2].space || r.hasColon() {
		return false
	}
	before := r.tokens[i-1]
	return before.kind == 'a' && noise[before.text] || before.kind == '0' && len(before.text) == 4
}

func (r *dateReader) hasColon() bool {
	for i := range r.tokens {
		if r.tokens[i].kind == ':' {
			return true
		}
	}
	return false
}

// zone reads what stands after the time: an offset, a name, or both.
func (r *dateReader) zone() bool {
	at := -1
	for i := range r.tokens {
		if r.tokens[i].kind == 'T' {
			at = i
		}
	}
	if at < 0 {
		return true
	}
	r.cut(at, at+1)
	name := ""
	for i := at; i < len(r.tokens); {
		switch k := r.kind(i); {
		case (k == '+' || k == '-') && r.kind(i+1) == '0' && len(r.tokens[i+1].text) <= 4 && !r.isYear(i+1):
			digits, end := r.tokens[i+1].text, i+2
			if r.kind(end) == ':' && r.kind(end+1) == '0' && len(digits) <= 2 && len(r.tokens[end+1].text) == 2 {
				digits, end = digits+r.tokens[end+1].text, end+2
				if len(digits) == 3 {
					digits = "0" + digits
				}
			}
			offset, ok := clock(digits, k == '-')
			if !ok || r.zoned {
				return false
			}
			r.d.offset, r.zoned = offset, true
			r.cut(i, end)
		case k == '-' && r.kind(i+1) == '-': // "--0700"
			r.cut(i, i+1)
		case k == 'a' && (isZone(r.word(i))):
			name = r.word(i)
			r.cut(i, i+1)
		case k == '0' && r.tokens[i].text == "00" && i == len(r.tokens)-1:
			r.cut(i, i+1) // a lone "00" for the zone
		default:
			i++
		}
	}
	if r.zoned || name == "" {
		return true
	}
	r.zoned = true
	if _, several := sharedZones[name]; several {
		r.d.zone = name
		return true
	}
	r.d.offset = zones[name]
	return true
}

// isYear reports whether the number after a sign is a year, not an offset:
// "10:00 - 2009".
func (r *dateReader) isYear(i int) bool {
	if len(r.tokens[i].text) != 4 || !r.tokens[i].space {
		return false
	}
	for j := range r.tokens {
		if j != i && r.tokens[j].kind == '0' && len(r.tokens[j].text) == 4 {
			return false
		}
	}
	return true
}

func isZone(w string) bool {
	if _, ok := zones[w]; ok {
		return true
	}
	_, ok := sharedZones[w]
	return ok
}

// words takes out the words: the month, a leading day of the week, and those
// that mean nothing. Any other makes the text no date.
func (r *dateReader) words() bool {
	var kept []dateToken
	numbers := 0
	for i, t := range r.tokens {
		if t.kind == '0' {
			numbers++
		}
		if t.kind != 'a' {
			kept = append(kept, t)
			continue
		}
		m, isMonth := months[t.text]
		switch {
		case unitSigns[t.text]:
			kept = append(kept, t)
		case isMonth && (r.month == 0 || bothDayAndMonth[r.tokens[max(0, i-1)].text] || r.leading(i)):
			r.month = m
			kept = append(kept, dateToken{kind: 'M', space: t.space})
		case isMonth && r.month != 0:
			// "mar 3 gen": what seemed a month was a day of the week.
			if !bothDayAndMonth[r.firstMonthWord()] {
				return false
			}
			r.month = m
			for j := range kept {
				if kept[j].kind == 'M' {
					kept = append(kept[:j], kept[j+1:]...)
					break
				}
			}
			kept = append(kept, dateToken{kind: 'M', space: t.space})
		case halves[t.text] != 0:
			r.half = halves[t.text]
		case isZone(t.text) && !r.zoned:
			r.zoned = true
			if r.d.offset = zones[t.text]; sharedZones[t.text] != nil {
				r.d.zone = t.text
			}
		case numbers == 0 || noise[t.text]:
		case t.text == "w" && len(kept) > 0:
			kept = append(kept, t)
		default:
			return false
		}
	}
	r.tokens = kept
	return true
}

func (r *dateReader) leading(i int) bool { return i == 0 }

func (r *dateReader) firstMonthWord() string {
	for _, t := range r.tokens {
		if _, ok := months[t.text]; ok && t.kind == 'a' {
			return t.text
		}
	}
	return ""
}
