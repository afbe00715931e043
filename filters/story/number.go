package story

import (
	"math"
	"strings"
	"unicode/utf8"
)

// magnitudes are the words that multiply the number before them.
var magnitudes = []struct {
	value float64
	words string
}{
	{1e3, "thousand thousands mil tausend tsd mille тыс тысяч тысячи тысяча tys tysięcy tysiące tysiąc duizend tusen tusind тис тисяч тисячі тисяча bin ribu tisíc tisíce tisíců mii ezer tuhatta хиляди χιλιάδες nghìn ngàn אלף الف الاف الفا"},
	{1e6, "million millions millionen mio mln mn jt millones millón milhões milhão milioni milione miljoen млн миллион миллиона миллионов milionów milyon miljoner millioner мільйон мільйона мільйонів мільйони milhão milion miliona miliony milionů milioane millió miljoonaa εκατομμύρια милиона triệu מיליון juta مليون مليونا ملايين مليوني"},
	{1e9, "billion billions bn milliarden milliarde mrd milliards milliard miliardi miljard млрд миллиард миллиарда миллиардов mld miljarder milliarder мільярд мільярда мільярдів мільярди milyar miliar miliardy miliard miliarde milliárd miljardia δισεκατομμύρια tỷ tỉ מיליארד bilhão bilhões مليار مليارا مليارات"},
	{1e12, "trillion billionen triliun trilyon trilhão трильйон трильйонів تريليون"},
}

// longScale are languages in whose "billion" a million millions are meant.
const longScale = "de es fr it nl pl sv da no pt "

var hanMagnitudes = map[rune]float64{'十': 10, '百': 100, '千': 1e3, '万': 1e4, '萬': 1e4, '億': 1e8, '亿': 1e8, '兆': 1e12, '만': 1e4, '억': 1e8, '조': 1e12, '천': 1e3, '백': 100}

var hanDigits = map[rune]float64{'〇': 0, '零': 0, '○': 0, '一': 1, '二': 2, '两': 2, '兩': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// addMonths adds the months. Words that are something else too are left out.
func (l *lexicon) addMonths() {
	for i, names := range []string{
		"january jan januar enero janvier janeiro gennaio januari января stycznia ocak січня يناير ledna leden januarie január tammikuuta ιανουαρίου",
		"february feb februar febrero février fevereiro febbraio februari февраля lutego şubat лютого فبراير شباط února únor februarie február helmikuuta φεβρουαρίου",
		"march mar märz marzo mars março maart марта marca mart березня مارس آذار března březen martie március maaliskuuta μαρτίου",
		"april apr abril avril aprile апреля kwietnia nisan квітня ابريل نيسان dubna duben aprilie április huhtikuuta απριλίου",
		"may mai mayo maio maggio mei мая maja mayıs травня maj مايو أيار května květen május toukokuuta μαΐου",
		"june jun juni junio juin junho giugno июня czerwca haziran червня يونيو حزيران června červen iunie június kesäkuuta ιουνίου",
		"july jul juli julio juillet julho luglio июля lipca temmuz липня يوليو تموز července červenec iulie július heinäkuuta ιουλίου",
		"august aug agosto août augustus августа sierpnia ağustos серпня agustus augusti اغسطس آب srpna srpen augusztus elokuuta αυγούστου",
		"september sep sept septiembre septembre setembro settembre сентября września eylül вересня سبتمبر أيلول září septembrie szeptember syyskuuta σεπτεμβρίου",
		"october oct oktober octubre octobre outubro ottobre октября października ekim жовтня اكتوبر října říjen octombrie október lokakuuta οκτωβρίου",
		"november nov noviembre novembre novembro ноября listopada kasım листопада نوفمبر listopadu noiembrie marraskuuta νοεμβρίου",
		"december dec dezember dic diciembre décembre dezembro dicembre декабря grudnia aralık грудня desember ديسمبر prosince prosinec decembrie joulukuuta δεκεμβρίου",
	} {
		for _, name := range strings.Fields(names) {
			l.word(name).month = int8(i + 1)
		}
	}
}

// A figure is a number as read.
type figure struct {
	value  float64
	digits int // significant ones
}

// readDigits reads a number that begins with an ASCII digit, with the
// separators of its language, and returns how many bytes it takes.
func readDigits(s string, comma bool) (f figure, size int) {
	thousands, decimal := byte(','), byte('.')
	if comma {
		thousands, decimal = '.', ','
	}
	var whole float64
	zeros, fraction, scale := 0, false, 1.0
	i := 0
	for i < len(s) && i < 24 {
		c := s[i]
		switch {
		case '0' <= c && c <= '9':
			if c == '0' {
				zeros++
			} else {
				f.digits += zeros + 1
				if whole == 0 {
					f.digits = 1
				}
				zeros = 0
			}
			if fraction {
				scale /= 10
				whole += float64(c-'0') * scale
			} else {
				whole = whole*10 + float64(c-'0')
			}
			i++
			continue
		case fraction:
		case grouped(s[i:], thousands) > 0:
			i += grouped(s[i:], thousands)
			continue
		case c == decimal && i+1 < len(s) && digit(s[i+1]):
			fraction = true
			i++
			continue
		}
		break
	}
	if fraction { // 3.00 says more than 3
		f.digits += min(zeros, 2)
	}
	f.value = whole
	return f, i
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// grouped returns the size of a separator before exactly three digits, or 0.
// A space divides thousands in any language.
func grouped(s string, thousands byte) int {
	size := 0
	switch {
	case s[0] == thousands || s[0] == '\'' || s[0] == ' ':
		size = 1
	case strings.HasPrefix(s, "\u00a0"), strings.HasPrefix(s, "\u202f"), strings.HasPrefix(s, "\u2009"), strings.HasPrefix(s, "’"):
		_, size = utf8.DecodeRuneInString(s)
	default:
		return 0
	}
	if len(s) < size+3 || !digit(s[size]) || !digit(s[size+1]) || !digit(s[size+2]) || len(s) > size+3 && digit(s[size+3]) {
		return 0
	}
	return size
}

// readHan reads a number in Chinese characters: 八十六億, 二○二六, 千九百.
func readHan(s string) (f figure, size int) {
	var total, section, current float64
	positional, seen := 0, 0
	for i, r := range s {
		d, isDigit := hanDigits[r]
		m, isMagnitude := hanMagnitudes[r]
		if !isDigit && !isMagnitude {
			break
		}
		size = i + utf8.RuneLen(r)
		seen++
		switch {
		case isDigit:
			if positional > 0 {
				current = current*10 + d
			} else {
				current = d
			}
			positional++
		case m >= 1e4:
			total += max(section+current, b2f(total == 0 && section+current == 0)) * m
			section, current, positional = 0, 0, 0
		default:
			section += max(current, b2f(positional == 0)) * m
			current, positional = 0, 0
		}
	}
	f.value = total + section + current
	f.digits = significant(f.value)
	for _, point := range [...]string{"点", "點"} {
		rest, found := strings.CutPrefix(s[size:], point)
		r, n := utf8.DecodeRuneInString(rest)
		if d, ok := hanDigits[r]; found && ok && seen > 0 {
			f.value += d / 10
			f.digits++
			size += len(point) + n
			break
		}
	}
	return f, size
}

func b2f(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func significant(v float64) int {
	n := 0
	for v >= 1 && math.Mod(v, 10) == 0 {
		v /= 10
	}
	for v >= 1 {
		v = math.Floor(v / 10)
		n++
	}
	return n
}

// weight is how much it says that two texts share a number. One in ten texts
// has a given small number, one in a thousand a given one of three digits.
func (f figure) weight() float64 {
	switch {
	case f.value >= 1900 && f.value <= 2100 && f.digits == 4 && f.value == math.Trunc(f.value):
		return 0.3 // a year
	case f.digits >= 4:
		return 1.3
	case f.digits == 3:
		return 1
	case f.value != math.Trunc(f.value):
		return 0.8
	case f.digits == 2 && f.value >= 1e3:
		return 0.7
	case f.digits == 2 && f.value > 31:
		return 0.5
	case f.digits == 2:
		return 0.35
	case f.value >= 1e3:
		return 0.35
	case f.value >= 10:
		return 0.25
	}
	return 0.1
}
