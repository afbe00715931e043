package parse

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"copydesk/feed"

	"golang.org/x/text/unicode/norm"
)

// parseDate reads a date in any of the forms that feeds use: RFC 822 and its
// successors, ISO 8601, what the world's libraries print, and local names of
// months. It answers the zero time when the text doesn't say one moment with
// certainty. ambiguous means that it may yet, when the document's other dates
// and its language are known.
func parseDate(text string) (t time.Time, ambiguous bool) {
	d, ok := readDate(text)
	if !ok {
		return time.Time{}, false
	}
	if d.unsettled() {
		return time.Time{}, true
	}
	return d.time(false, ""), false
}

// A written date is what the parts of a text say.
type writtenDate struct {
	year, month, day int
	dayOrMonth       bool // day and month may have to change places
	hour, min, sec   int
	nano             int
	offset           int    // seconds east
	zone             string // a name that stands for several zones
	epoch            int64  // seconds; 0: not in this form
}

func (d *writtenDate) unsettled() bool { return d.dayOrMonth || d.zone != "" }

// time is the moment that the date names; swap makes day month, and lang
// tells which of several zones a name means. Zero: there is no such day.
func (d *writtenDate) time(swap bool, lang string) time.Time {
	if d.epoch != 0 {
		return time.Unix(d.epoch, int64(d.nano)).UTC()
	}
	month, day := d.month, d.day
	if swap {
		month, day = day, month
	}
	if month < 1 || month > 12 || day < 1 || day > 31 || d.year < 1000 || d.year > 9999 ||
		d.hour > 24 || d.hour == 24 && d.min+d.sec > 0 || d.min > 59 || d.sec > 60 {
		return time.Time{}
	}
	midnight := time.Date(d.year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if midnight.Day() != day {
		return time.Time{}
	}
	offset := d.offset
	if d.zone != "" {
		offset = zoneFor(d.zone, lang)
	}
	// 24:00 and :60 run over into the next day and minute.
	return midnight.Add(time.Duration(d.hour*3600+d.min*60+d.sec-offset)*time.Second + time.Duration(d.nano))
}

// zoneFor settles a name that several zones bear by the document's language.
func zoneFor(name, lang string) int {
	for prefix, offset := range sharedZones[name] {
		if prefix != "" && (lang == prefix || strings.HasPrefix(lang, prefix+"-")) {
			return offset
		}
	}
	return sharedZones[name][""]
}

// readDate takes a text apart.
func readDate(text string) (writtenDate, bool) {
	text = strings.TrimSpace(text)
	if len(text) < 4 || len(text) > 120 {
		return writtenDate{}, false
	}
	if d, ok := readISO(text); ok {
		return d, true
	}
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 {
			text = hanMonths.Replace(norm.NFKC.String(text))
			break
		}
	}
	return (&dateReader{tokens: dateTokens(text)}).read()
}

// readISO reads the common case without ado: RFC 3339 and what is close to it.
func readISO(t string) (d writtenDate, ok bool) {
	if len(t) < 19 || t[4] != '-' || t[7] != '-' || t[10] != 'T' && t[10] != 't' && t[10] != ' ' || t[13] != ':' || t[16] != ':' {
		return d, false
	}
	for i, field := range []*int{&d.year, &d.month, &d.day, &d.hour, &d.min, &d.sec} {
		from := [...]int{0, 5, 8, 11, 14, 17}[i]
		to := from + 2
		if i == 0 {
			to = 4
		}
		for _, c := range []byte(t[from:to]) {
			if c < '0' || c > '9' {
				return d, false
			}
			*field = *field*10 + int(c-'0')
		}
	}
	rest := t[19:]
	if rest != "" && (rest[0] == '.' || rest[0] == ',') {
		n := 1
		for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
			n++
		}
		d.nano = fraction(rest[1:n])
		rest = rest[n:]
	}
	if rest == "" || rest == "Z" || rest == "z" {
		return d, true
	}
	if len(rest) == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':' {
		offset, ok := clock(rest[1:3]+rest[4:], rest[0] == '-')
		d.offset = offset
		return d, ok
	}
	return d, false
}

func fraction(digits string) int {
	digits = (digits + "000000000")[:9]
	n, _ := strconv.Atoi(digits)
	return n
}

// clock reads an offset of one to four digits as seconds.
func clock(digits string, west bool) (int, bool) {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0, false
	}
	if len(digits) <= 2 {
		n *= 100
	}
	seconds := n/100*3600 + n%100*60
	if n%100 > 59 || seconds > 15*3600 {
		return 0, false
	}
	if west {
		seconds = -seconds
	}
	return seconds, true
}

// A dateToken is a number, a word or a mark.
type dateToken struct {
	kind  byte // '0' number, 'a' word, else the mark itself
	text  string
	n     int
	space bool // white space stands before it
}

// dateTokens takes a text apart into numbers, words without their dots and
// accents, and marks. CJK signs after numbers are words of one character.
func dateTokens(text string) []dateToken {
	var tokens []dateToken
	runes := []rune(text)
	space := false
	for i := 0; i < len(runes) && len(tokens) < 40; {
		r := runes[i]
		switch {
		case unicode.IsSpace(r) || r == ',' || r == '\u200e' || r == '\u200f':
			space = true
			i++
			continue
		case r >= '0' && r <= '9':
			from := i
			for i < len(runes) && runes[i] >= '0' && runes[i] <= '9' {
				i++
			}
			digits := string(runes[from:i])
			n, err := strconv.Atoi(digits)
			if err != nil {
				n = -1
			}
			tokens = append(tokens, dateToken{'0', digits, n, space})
		case unicode.IsLetter(r):
			from := i
			sign := isDateSign(r)
			for i++; i < len(runes) && !sign; i++ {
				if !(unicode.IsLetter(runes[i]) && !isDateSign(runes[i]) || unicode.IsMark(runes[i]) || runes[i] == '\'' ||
					runes[i] == '.' && i+1 < len(runes) && unicode.IsLetter(runes[i+1])) {
					break
				}
			}
			if i < len(runes) && runes[i] == '.' {
				i++
				tokens = append(tokens, dateToken{'a', foldWord(string(runes[from : i-1])), 0, space})
			} else {
				tokens = append(tokens, dateToken{'a', foldWord(string(runes[from:i])), 0, space})
			}
		default:
			i++
			tokens = append(tokens, dateToken{byte(min(r, 255)), string(r), 0, space})
		}
		space = false
	}
	return tokens
}

// isDateSign reports whether a character is a word of its own: the units that
// follow numbers in Chinese, Japanese and Korean.
func isDateSign(r rune) bool {
	return strings.ContainsRune("年月日時时分秒号號년월일시분초点點", r)
}

// foldWord makes a word's forms one: lower case, no dots, no accents.
func foldWord(w string) string {
	w = strings.ToLower(w)
	plain := true
	for i := 0; i < len(w); i++ {
		if w[i] >= 0x80 || w[i] == '.' {
			plain = false
			break
		}
	}
	if plain {
		return w
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(w) {
		if r != '.' && !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// ambiguousDates are the dates of a document that can't be read by themselves.
type ambiguousDates struct {
	pending []pendingDate
}

type pendingDate struct {
	entry     int
	published bool
	text      string
}

// certainDate reads the date of a document or of where an entry comes from,
// for which no other dates speak.
func certainDate(text, lang string) time.Time {
	t, unsure := parseDate(text)
	if unsure {
		if w, ok := readDate(text); ok {
			return w.settled(orderOf([]pendingDate{{text: text}}, lang), lang)
		}
	}
	return t
}

// settled is the moment that the date names when day and month stand in the
// given order in its document; zero: nothing tells.
func (d *writtenDate) settled(order int, lang string) time.Time {
	if !d.dayOrMonth {
		return d.time(false, lang)
	}
	switch { // read as month first
	case d.month > 12:
		return d.time(true, lang)
	case d.day > 12:
		return d.time(false, lang)
	case order == 0:
		return time.Time{}
	}
	return d.time(order == dayFirst, lang)
}

// settle reads them by what the document's other dates and its language say:
// where the first number is above 12 somewhere it is the day everywhere.
func (a *ambiguousDates) settle(d *feed.Document) {
	if len(a.pending) == 0 {
		return
	}
	order := orderOf(a.pending, d.Language)
	for _, p := range a.pending {
		w, ok := readDate(p.text)
		if !ok {
			continue
		}
		t := w.settled(order, d.Language)
		e := &d.Entries[p.entry]
		switch {
		case p.published && e.Published.IsZero():
			e.Published = t
		case !p.published && e.Updated.IsZero():
			e.Updated = t
		}
	}
}

const (
	monthFirst = 1
	dayFirst   = 2
)

// orderOf finds whether day or month comes first in the dates of a document;
// 0: nothing tells.
func orderOf(dates []pendingDate, lang string) int {
	var first [3]bool
	for _, p := range dates {
		w, ok := readDate(p.text)
		if !ok || !w.dayOrMonth {
			continue
		}
		switch {
		case w.month > 12:
			first[dayFirst] = true
		case w.day > 12:
			first[monthFirst] = true
		}
	}
	switch {
	case first[dayFirst] && first[monthFirst]:
		return 0
	case first[dayFirst]:
		return dayFirst
	case first[monthFirst]:
		return monthFirst
	}
	language, region, _ := strings.Cut(lang, "-")
	switch {
	case language == "" || lang == "en":
		return 0
	case region == "US" || region == "PH":
		return monthFirst
	case language == "en" && region == "CA":
		return 0
	}
	return dayFirst
}
