package parse

// date reads year, month and day from what is left.
func (r *dateReader) date() bool {
	var numbers []dateToken
	var marks []byte
	units := map[string]int{}
	monthAt := -1
	for i, t := range r.tokens {
		switch t.kind {
		case '0':
			if t.n < 0 {
				return false
			}
			if u := r.word(i + 1); unitSigns[u] {
				units[u] = t.n
			}
			numbers = append(numbers, t)
		case 'M':
			monthAt = len(numbers)
		case 'a', '\'', '|', ';':
		case '-', '/', '.', ':':
			if len(numbers) > 0 && t.kind != ':' {
				marks = append(marks, t.kind)
			}
		default:
			return false
		}
	}
	if len(units) > 0 {
		return r.byUnits(units, numbers)
	}
	for i := range r.tokens {
		if r.word(i) == "w" {
			return r.byWeek(numbers)
		}
	}
	if r.month > 0 {
		return r.byName(numbers, monthAt)
	}
	return r.byNumbers(numbers, marks)
}

// byUnits reads 2021年9月24日 and 2021년 9월 24일.
func (r *dateReader) byUnits(units map[string]int, numbers []dateToken) bool {
	for sign, n := range units {
		switch dateUnits[sign] {
		case 'y':
			r.d.year = n
		case 'm':
			r.d.month = n
		case 'd':
			r.d.day = n
		}
	}
	if len(numbers) != 3 || r.month > 0 {
		return false
	}
	if r.d.year == 0 && r.d.day == 0 { // 05 3月 2024
		for _, n := range []dateToken{numbers[0], numbers[2]} {
			if len(n.text) == 4 {
				r.d.year = n.n
			} else {
				r.d.day = n.n
			}
		}
	}
	if r.d.day == 0 { // the day's sign left out
		r.d.day = numbers[2].n
	}
	return r.d.year > 0 && r.d.month > 0
}

// byName reads a day and a year around a month's name.
func (r *dateReader) byName(numbers []dateToken, monthAt int) bool {
	r.d.month = r.month
	if len(numbers) != 2 {
		return false
	}
	a, b := numbers[0], numbers[1]
	switch {
	case len(a.text) == 4 && len(b.text) <= 2: // 2006 January 2
		r.d.year, r.d.day = a.n, b.n
	case len(a.text) <= 2 && len(b.text) == 4:
		r.d.day, r.d.year = a.n, b.n
	case len(a.text) <= 2 && len(b.text) == 2 && monthAt <= 1:
		r.d.day, r.d.year = a.n, century(b.n)
	default:
		return false
	}
	return true
}

// century completes a year of two digits (RFC 2822 §4.3).
func century(n int) int {
	if n < 50 {
		return 2000 + n
	}
	return 1900 + n
}

// byNumbers reads dates in digits alone.
func (r *dateReader) byNumbers(numbers []dateToken, marks []byte) bool {
	switch len(numbers) {
	case 1:
		n := numbers[0].n
		switch len(numbers[0].text) {
		case 8: // 20030607
			r.d.year, r.d.month, r.d.day = n/1e4, n/100%100, n%100
		case 7: // 2003158
			return r.ordinal(n/1000, n%1000)
		case 4:
			r.d.year, r.d.month, r.d.day = n, 1, 1
			return !r.clock
		default:
			return false
		}
		return true
	case 2:
		return r.byTwo(numbers[0], numbers[1], marks)
	case 3:
	default:
		return false
	}
	if len(marks) < 2 || marks[0] != marks[1] {
		return false
	}
	a, b, c := numbers[0], numbers[1], numbers[2]
	switch {
	case len(a.text) == 4 && len(b.text) <= 2 && len(c.text) <= 2:
		r.d.year, r.d.month, r.d.day = a.n, b.n, c.n
	case len(a.text) <= 2 && len(b.text) <= 2 && (len(c.text) == 4 || len(c.text) == 2 && marks[0] == '.'):
		r.d.year = c.n
		if len(c.text) == 2 {
			r.d.year = century(c.n)
		}
		if marks[0] == '.' {
			r.d.day, r.d.month = a.n, b.n
			return true
		}
		r.d.month, r.d.day, r.d.dayOrMonth = a.n, b.n, true
	default:
		return false
	}
	return true
}

// byWeek reads ISO 8601's weeks, 2003-W23-6.
func (r *dateReader) byWeek(numbers []dateToken) bool {
	if len(numbers) < 2 || len(numbers) > 3 || len(numbers[0].text) != 4 || r.word(0) == "w" {
		return false
	}
	day := 1
	if len(numbers) == 3 {
		day = numbers[2].n
	}
	year, week := numbers[0].n, numbers[1].n
	if week < 1 || week > 53 || day < 1 || day > 7 {
		return false
	}
	fourth := dayOfYear(year, 4) // always in the first week
	t := fourth.AddDate(0, 0, (week-1)*7+day-1-(int(fourth.Weekday())+6)%7)
	if _, w := t.ISOWeek(); w != week {
		return false
	}
	r.d.year, r.d.month, r.d.day = t.Year(), int(t.Month()), t.Day()
	return true
}

// byTwo reads 2003-06 and 2003-158.
func (r *dateReader) byTwo(a, b dateToken, marks []byte) bool {
	if len(a.text) != 4 || len(marks) == 0 || marks[0] != '-' || r.clock && len(b.text) != 3 {
		return false
	}
	switch len(b.text) {
	case 2:
		r.d.year, r.d.month, r.d.day = a.n, b.n, 1
		return true
	case 3:
		return r.ordinal(a.n, b.n)
	}
	return false
}

// ordinal reads the day of a year.
func (r *dateReader) ordinal(year, day int) bool {
	if day < 1 || day > 366 || year < 1000 {
		return false
	}
	t := dayOfYear(year, day)
	r.d.year, r.d.month, r.d.day = year, int(t.Month()), t.Day()
	return t.Year() == year
}
