package story

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// The day that a report is about stands in its beginning: "on Tuesday", "am
// Dienstag", 周二, 18日. A preview names a day to come, a follow-up another day
// than the event, even where names and numbers are all the same.

// leadBytes is how far the beginning of a text reaches: two or three sentences.
const leadBytes = 420

// nearDays is how far from publication a weekday can be told from the one
// before or after it.
const nearDays = 3

// addDays adds the weekdays, and the words that count from today.
func (l *lexicon) addDays() {
	for i, names := range []string{
		"sunday sonntag domingo dimanche domenica zondag воскресенье воскресенья niedziela niedzielę söndag søndag неділю pazar الأحد 일요일 söndagen неділя neděle neděli nedělní sunnuntai sunnuntaina vasárnap duminică κυριακή søndagen неделя",
		"monday montag lunes lundi lunedì maandag понедельник понедельника poniedziałek måndag mandag понеділок pazartesi senin الاثنين 월요일 poniedziałku måndagen понеділка pondělí pondělka maanantai maanantaina hétfő hétfőn luni δευτέρα mandagen понеделник",
		"tuesday dienstag martes mardi martedì dinsdag вторник вторника wtorek tisdag tirsdag вівторок salı selasa الثلاثاء 화요일 wtorku tisdagen вівторка úterý úterka tiistai tiistaina kedd kedden marți τρίτη tirsdagen",
		"wednesday mittwoch miércoles mercredi mercoledì woensdag среда среду среды środa środę onsdag середу çarşamba rabu الأربعاء 수요일 środzie onsdagen середа středa středu středy keskiviikko keskiviikkona szerda szerdán miercuri τετάρτη сряда",
		"thursday donnerstag jueves jeudi giovedì donderdag четверг четверга czwartek torsdag четвер perşembe kamis الخميس 목요일 czwartku torsdagen čtvrtek čtvrtka torstai torstaina csütörtök csütörtökön joi πέμπτη четвъртък четвергу",
		"friday freitag viernes vendredi venerdì vrijdag пятница пятницу пятницы piątek fredag cuma jumat الجمعة 금요일 piątku fredagen pátek pátku perjantai perjantaina péntek pénteken vineri παρασκευή петък пʼятницю",
		"saturday samstag sonnabend sábado samedi sabato zaterdag суббота субботу субботы sobota sobotę lördag lørdag суботу cumartesi sabtu السبت 토요일 soboty lördagen субота sobotu sobotní lauantai lauantaina szombat szombaton sâmbătă σάββατο lørdagen събота",
	} {
		for _, name := range strings.Fields(names) {
			l.word(name).day = int8(i + 1)
		}
	}
	for _, name := range strings.Fields("yesterday gestern ayer hier ontem ieri gisteren вчера wczoraj вчора dün kemarin igår včera eilen tegnap χθες امس 어제") {
		l.word(name).relative = -1
	}
	for _, name := range strings.Fields("tomorrow demain завтра jutro yarın besok zítra holnap huomenna αύριο غدا 내일") {
		l.word(name).relative = 1
	}
}

// hanWeekdays follow 周, 星期, 礼拜, or stand before 曜.
var hanWeekdays = map[rune]int{'日': 0, '天': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '月': 1, '火': 2, '水': 3, '木': 4, '金': 5, '土': 6}

// dayparts end a weekday in Germanic languages, folded.
var dayparts = func() (list [][]byte) {
	return bytes.Fields([]byte(`nachmittag vormittag mittag morgen abend nacht fruh
		namiddag voormiddag middag ochtend avond
		seftermiddagen seftermiddag sformiddagen sformiddag skvallen skvall smorgonen smorgon snatten snatt
		eftermiddag formiddag ettermiddag aften kveld natt nat`))
}()

// compounding are the languages of dayparts.
const compounding = "de nl sv da no nb nn "

// weekday takes note of a word that names a day, and reports whether it is
// nothing but that.
func (s *scanner) weekday(w []byte, known *lexeme) bool {
	day := known.day
	if day == 0 && len(w) > 8 && s.compounds {
		for _, part := range dayparts {
			if rest, found := bytes.CutSuffix(w, part); found && len(rest) > 4 {
				day = words.find(hash32(seedWord, rest)).day
				break
			}
		}
	}
	if day == 0 && s.language == [2]byte{'v', 'i'} && string(w) == "thứ" {
		day = s.vietnameseDay()
	}
	if day == 0 && s.language == [2]byte{'p', 't'} && strings.HasPrefix(s.text[s.at:], "-feira") {
		day = portugueseDays[string(w)]
	}
	switch {
	case known.relative != 0:
		s.about(s.day+int(known.relative), false)
		return false
	case day == 0:
		return false
	}
	// "Friday's earthquake" is what went before.
	if rest := s.text[s.at:]; !strings.HasPrefix(rest, "'s") && !strings.HasPrefix(rest, "’s") {
		s.aboutWeekday(int(day - 1))
	}
	return true
}

// portugueseDays are numbered, and told from other numbers by "-feira".
var portugueseDays = map[string]int8{"segunda": 2, "terca": 3, "quarta": 4, "quinta": 5, "sexta": 6}

// vietnameseDays follow "thứ".
var vietnameseDays = [...]string{2: "hai", 3: "ba", 4: "tư", 5: "năm", 6: "sáu", 7: "bảy"}

func (s *scanner) vietnameseDay() int8 {
	rest := strings.TrimLeft(s.text[s.at:], " ")
	for day, name := range vietnameseDays {
		if name != "" && strings.HasPrefix(strings.ToLower(cut(rest, 8)), name) {
			return int8(day)
		}
	}
	return 0
}

func (s *scanner) aboutWeekday(d int) {
	today := (s.day + 4) % 7 // the first day of 1970 was a Thursday
	offset := (d - today + 7) % 7
	if offset > nearDays {
		offset -= 7
	}
	s.about(s.day+offset, false)
}

// about notes that a text is about a day, if it says so in its beginning and
// first of all days. A dateline gives way to any other.
func (s *scanner) about(day int, dateline bool) {
	offset := day - s.day
	if s.day == 0 || offset < -nearDays || offset > nearDays || s.at-s.body > leadBytes || s.event != 0 && !s.dateline {
		return
	}
	if dateline && s.event != 0 {
		return
	}
	s.event, s.dateline = int8(offset+nearDays+1), dateline
}

// hanDay reads a weekday that begins at i, and returns its size or 0.
func (s *scanner) hanDay(i int) int {
	rest := s.text[i:]
	for _, sign := range [...]string{"周", "週", "星期", "礼拜", "禮拜"} {
		after, ok := strings.CutPrefix(rest, sign)
		if !ok {
			continue
		}
		r, size := utf8.DecodeRuneInString(after)
		if d, ok := hanWeekdays[r]; ok && r != '月' && r != '火' && r != '水' && r != '木' && r != '金' && r != '土' {
			s.aboutWeekday(d)
			return len(sign) + size
		}
		return 0
	}
	r, size := utf8.DecodeRuneInString(rest)
	switch after := rest[size:]; {
	case strings.HasPrefix(after, "曜"):
		if d, ok := hanWeekdays[r]; ok {
			s.aboutWeekday(d)
			return size + len("曜")
		}
	case (r == '昨' || r == '明') && (strings.HasPrefix(after, "日") || strings.HasPrefix(after, "天")):
		s.about(s.day+map[rune]int{'昨': -1, '明': 1}[r], false)
		return size + 3
	}
	return 0
}

// clash is how surely two texts are about different days, or one of them
// foretells what the other reports. Days that touch may be one night, or one
// moment in two zones.
func clash(a, b *signature) float64 {
	if a.event == 0 || b.event == 0 {
		return 0
	}
	x, y := int(a.event)-nearDays-1, int(b.event)-nearDays-1
	d := int(a.day) + x - int(b.day) - y
	switch {
	case d < -1 || d > 1:
		return 1
	case d != 0:
		return 0.35
	case max(x, y) >= 2 && min(x, y) <= 0:
		return 1
	case max(x, y) == 1 && min(x, y) < 0:
		return 0.35
	}
	return 0
}
