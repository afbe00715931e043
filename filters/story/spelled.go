package story

import (
	"math"
	"strings"
)

// addNumbers adds numbers in words, from two on, since one is an article in
// most languages; magnitudes, and units. Forms that are something else as well
// are left out.
func (l *lexicon) addNumbers() {
	for _, list := range []string{
		"two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
		"zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig",
		"dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte",
		"deux trois quatre cinq - sept huit neuf dix onze douze treize quatorze quinze seize - - - vingt",
		"due tre quattro cinque - sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti",
		"dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove vinte",
		"twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig",
		"dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście piętnaście - - - - dwadzieścia",
		"два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать",
		"двух трёх четырёх пяти шести семи восьми девяти десяти одиннадцати двенадцати тринадцати четырнадцати пятнадцати шестнадцати семнадцати восемнадцати девятнадцати двадцати",
		"две трое четверо", "двое",
		"два три чотири - шість сім вісім - десять одинадцять дванадцять тринадцять чотирнадцять - шістнадцять сімнадцять вісімнадцять - двадцять",
		"двох трьох чотирьох - шести семи восьми - десяти", "дві троє четверо", "двоє",
		"två tre fyra fem - sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo",
		"iki üç dört beş altı yedi sekiz dokuz", "dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas",
		"dva tři čtyři pět šest sedm osm devět deset jedenáct dvanáct třináct čtrnáct patnáct šestnáct sedmnáct osmnáct devatenáct dvacet",
		"dvě - - pěti šesti sedmi osmi devíti deseti jedenácti dvanácti třinácti čtrnácti patnácti",
		"dwie trzech czterech pięciu sześciu siedmiu ośmiu dziewięciu dziesięciu jedenastu dwunastu trzynastu czternastu piętnastu szesnastu siedemnastu osiemnastu dziewiętnastu dwudziestu",
		"doi trei patru cinci șase șapte - nouă zece unsprezece doisprezece treisprezece paisprezece cincisprezece șaisprezece șaptesprezece optsprezece nouăsprezece douăzeci",
		"- három négy - - - nyolc kilenc tíz tizenegy tizenkét tizenhárom tizennégy tizenöt tizenhat tizenhét tizennyolc tizenkilenc húsz",
		"kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen yksitoista kaksitoista kolmetoista neljätoista viisitoista - - - - kaksikymmentä",
		"- tre - fem seks syv otte - - elleve tolv tretten fjorten femten seksten sytten atten nitten tyve",
		"- - - - - sju åtte - - - - - - - - sytten - - tjue",
		"δύο τρεις τέσσερις πέντε έξι επτά οκτώ εννέα δέκα έντεκα δώδεκα δεκατρείς δεκατέσσερις δεκαπέντε - - - - είκοσι",
		"δυο τρία τέσσερα", "- - - пет шест седем осем девет десет единадесет дванадесет тринадесет четиринадесет петнадесет",
		"שני שלושה ארבעה חמישה שישה שבעה שמונה תשעה עשרה", "שתי שלוש ארבע חמש שש שבע - תשע עשר",
		"- - - п'ятеро шестеро семеро", "اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة عشرة", "اثنين ثلاث اربع خمس ست سبع ثماني تسع عشر",
		"- - - 다섯 여섯 일곱 여덟 아홉",
	} {
		for i, w := range strings.Fields(list) {
			if w != "-" {
				l.word(w).number = float64(i + 2)
			}
		}
	}
	for _, list := range []string{
		"thirty forty fifty sixty seventy eighty ninety", "dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
		"treinta cuarenta cincuenta sesenta setenta ochenta noventa", "trente quarante cinquante soixante - - -",
		"trenta quaranta cinquanta sessanta settanta ottanta novanta", "trinta quarenta - sessenta - oitenta -",
		"otuz kırk elli altmış yetmiş seksen doksan", "trettio fyrtio femtio sextio sjuttio åttio nittio", "trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt",
		"třicet čtyřicet padesát šedesát sedmdesát osmdesát devadesát",
		"treizeci patruzeci cincizeci șaizeci șaptezeci optzeci nouăzeci", "harminc negyven ötven hatvan hetven nyolcvan kilencven",
		"tredive fyrre halvtreds - halvfjerds firs halvfems", "tretti førti femti seksti sytti åtti nitti", "τριάντα σαράντα πενήντα εξήντα εβδομήντα ογδόντα ενενήντα",
		"dertig veertig vijftig zestig zeventig tachtig negentig", "тридцять сорок - шістдесят сімдесят вісімдесят -",
		"ثلاثين اربعين خمسين ستين سبعين ثمانين تسعين", "ثلاثون اربعون خمسون ستون سبعون ثمانون تسعون",
		"тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
	} {
		for i, w := range strings.Fields(list) {
			if w != "-" {
				l.word(w).number = float64(i*10 + 30)
			}
		}
	}
	l.addJoined()
	for _, m := range magnitudes {
		for _, w := range strings.Fields(m.words) {
			l.word(w).magnitude = m.value
		}
	}
	for _, u := range units {
		for _, w := range strings.Fields(u.words) {
			l.word(w).unit = u.kind
		}
	}
}

// joined are the tens and the ones of languages that write them as one word,
// and what stands between the two.
var joined = []struct {
	tens, between, ones string
	onesFirst           bool
}{
	{"zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", "und", "ein zwei drei vier fünf sechs sieben acht neun", true},
	{"twintig dertig veertig vijftig zestig zeventig tachtig negentig", "en", "een twee drie vier vijf zes zeven acht negen", true},
	{"tyve tredive fyrre halvtreds tres halvfjerds firs halvfems", "og", "en to tre fire fem seks syv otte ni", true},
	{"tjugo trettio fyrtio femtio sextio sjuttio åttio nittio", "", "ett två tre fyra fem sex sju åtta nio", false},
	{"tjue tretti førti femti seksti sytti åtti nitti", "", "en to tre fire fem seks sju åtte ni", false},
	{"venti trenta quaranta cinquanta sessanta settanta ottanta novanta", "", "- due tre quattro cinque sei sette - nove", false},
	{"vent trent quarant cinquant sessant settant ottant novant", "", "uno - - - - - - otto -", false},
	{"veinti", "", "uno dós trés cuatro cinco séis siete ocho nueve", false},
	{"huszon harminc negyven ötven hatvan hetven nyolcvan kilencven", "", "egy kettő három négy öt hat hét nyolc kilenc", false},
	{"kaksikymmentä kolmekymmentä neljäkymmentä viisikymmentä", "", "yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän", false},
	{"dvacet třicet čtyřicet padesát šedesát sedmdesát osmdesát devadesát", "a", "jedn dva tři čtyři pět šest sedm osm devět", true},
}

// addJoined adds the numbers from 21 to 99 that are one word.
func (l *lexicon) addJoined() {
	for _, j := range joined {
		for t, tens := range strings.Fields(j.tens) {
			for o, ones := range strings.Fields(j.ones) {
				w := tens + j.between + ones
				if j.onesFirst {
					w = ones + j.between + tens
				}
				if ones != "-" {
					l.word(w).number = float64(t*10 + 20 + o + 1)
				}
			}
		}
	}
}

// ones are the words for one that only count as the end of a larger number.
var ones = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("one un une uno una um uma один одна одно одного одну однієї jeden jedna jednego bir unu ένα unul") {
		m[foldedWord(w)] = true
	}
	return m
}()

// tensAndOnes adds a word for a small number to the tens before it, and
// reports whether it did: thirty-eight, treinta y ocho, тридцать восемь.
func (s *scanner) tensAndOnes(v float64, start int) bool {
	if s.lastIndex < 0 || start-s.lastNumber > 5 || s.lastValue < 20 || s.lastValue > 90 || math.Mod(s.lastValue, 10) != 0 {
		return false
	}
	t := &s.numbers[s.lastIndex]
	if first := t.label[0]; digit(first) || s.text[s.lastNumber-1] <= '9' {
		return false
	}
	if v == 0 && ones[string(s.buffer)] {
		v = 1
	}
	if v < 1 || v > 9 && (s.lastValue != 60 || v > 19) || v > 9 && s.language != [2]byte{'f', 'r'} {
		return false
	}
	code := string(s.language[:])
	switch s.text[s.lastNumber:start] {
	case "-", "\u2011":
	case " ":
		if !strings.Contains("ru uk be bg pl cs sk tr az el id ms", code) {
			return false
		}
	case " y ", " e ", " et ", " și ":
		if !strings.Contains("es gl pt fr ro", code) {
			return false
		}
	default:
		return false
	}
	s.lastValue += v
	t.key = numberKey(s.lastValue)
	t.weight = quantum(figure{s.lastValue, 2}.weight())
	t.label = s.label(s.lastNumber-len(t.label), s.at)
	s.lastNumber = s.at
	return true
}

// units are what small numbers are of: six weeks say more than a six. The
// kinds are one for all languages.
var units = []struct {
	kind  byte
	words string
}{
	{'d', "day days tag tage tagen día días dia dias jour jours giorno giorni dag dagen день дня дней dni gün дні днів hari dagar يوم ايام يوما dny dnů dní den zile zi nap napos päivää päivä μέρες ημέρες ימים"},
	{'w', "week weeks woche wochen semana semanas semaine semaines settimana settimane weken неделя недели недель неделю tygodni tygodnie тиждень тижні тижнів hafta pekan veckor vecka اسبوع اسابيع اسبوعا týden týdny týdnů uke uker uger uge săptămâni hét hetet viikkoa viikko εβδομάδες"},
	{'m', "month months monat monate monaten mes meses mois mese mesi mês maand maanden месяц месяца месяцев miesiące miesięcy місяць місяці місяців bulan månader månad شهر اشهر شهرا ay aylık měsíc měsíce měsíců måneder måned hónap hónapos kuukautta μήνες"},
	{'y', "year years jahr jahre jahren año años ano anos an ans anno anni jaar год года лет lat lata рік роки років рок yıl yaş tahun år سنة سنوات عاما اعوام roky roků ani év éves évek vuotta vuoden χρόνια ετών години"},
	{'h', "hour hours stunde stunden hora horas heure heures ora ore uur час часа часов godzin godziny година години годин saat jam timmar timme ساعة ساعات hodin hodiny hodinu timer óra órás tuntia ώρες"},
	{'s', "second seconds sekunde sekunden segundo segundos seconde secondes secondi seconden секунд секунды saniye detik sekunder ثانية ثواني sekund sekundy vteřin secunde másodperc sekuntia δευτερόλεπτα"},
	{'n', "minute minutes minuten minuto minutos minuti minuut минут минуты minut хвилин хвилини dakika menit minuter دقيقة دقائق minuty minuta minute perc percet minuuttia λεπτά минути"},
	{'%', "percent prozent pct процент процента процентов procent procents відсотків відсотка відсотки yüzde persen بالمئة بالمائة procenten procenta procento százalék prosenttia prosent τοις"},
	{'k', "kilometres kilometers kilometre kilometer km kilómetros kilomètres chilometri quilômetros километров километра км кілометрів кілометри كيلومترا كيلومتر كيلومترات kilometrů kilometry kilometra kilometrów kilometry kilometri kilometriä χιλιόμετρα kilometres"},
}

// hanUnits are units in Chinese, Japanese and Korean, the longer before the shorter.
var hanUnits = []struct {
	word string
	kind byte
}{
	{"个月", 'm'}, {"個月", 'm'}, {"か月", 'm'}, {"カ月", 'm'}, {"ヵ月", 'm'}, {"小时", 'h'}, {"小時", 'h'}, {"時間", 'h'}, {"分钟", 'n'}, {"分鐘", 'n'}, {"分間", 'n'}, {"分後", 'n'}, {"週間", 'w'},
	{"公里", 'k'}, {"キロ", 'k'}, {"年", 'y'}, {"天", 'd'}, {"周", 'w'}, {"週", 'w'}, {"秒", 's'}, {"％", '%'}, {"%", '%'}, {"日間", 'd'},
	{"시간", 'h'}, {"개월", 'm'}, {"분간", 'n'}, {"일간", 'd'}, {"주간", 'w'}, {"년", 'y'}, {"초", 's'}, {"㎞", 'k'}, {"킬로미터", 'k'}, {"퍼센트", '%'},
}

// hanUnit finds the unit that begins at i.
func (s *scanner) hanUnit(i int) byte {
	for _, u := range hanUnits {
		if strings.HasPrefix(s.text[i:], u.word) {
			return u.kind
		}
	}
	return 0
}

// measure notes a small number with its unit, beside the number itself. Large
// ones need no unit to be told from others.
func (s *scanner) measure(kind byte, end int) {
	if kind == 0 || s.lastIndex < 0 || s.lastValue < 2 || s.lastValue >= 100 || kind == 'y' && s.lastValue > 60 {
		return
	}
	start := s.lastNumber - len(s.numbers[s.lastIndex].label)
	weight := 0.3
	if s.lastValue > 12 {
		weight = 0.4
	}
	s.numbers = append(s.numbers, term{key: mix32(numberKey(s.lastValue) + uint32(kind)), weight: quantum(weight), label: s.label(start, end)})
	s.lastIndex = -1
}
