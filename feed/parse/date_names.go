package parse

import (
	"strings"
	"time"
)

func dayOfYear(year, day int) time.Time { return time.Date(year, 1, day, 0, 0, 0, 0, time.UTC) }

// months are the names of months, folded, in the forms in which they stand in
// dates. A line is a month; languages in the order en, de, fr, it, es, pt,
// nl, sv, pl, cs, tr, ru, uk, and a few that cost nothing.
var months = monthTable(
	`jan january jän janner januar jänner janv janvier gen gennaio ene enero janeiro januari sty styczeń stycznia led leden
	 ledna oca ocak янв январь января січ січень січня január ιαν ιανουαρίου ianuarie tammikuuta gener`,
	`feb february febr februar février fév fevr febbraio febrero fev fevereiro februari lut luty lutego úno únor února şub
	 şubat фев февр февраль февраля лют лютий лютого február φεβ φεβρουαρίου februarie helmikuuta febrer`,
	`mar march mär märz mrz mars marzo março mrt maart marzec marca bře březen března mart мар март марта бер березень березня
	 március márc μάρ μαρ μαρτίου martie maaliskuuta març`,
	`apr april avr avril aprile abr abril kwi kwiecień kwietnia dub duben dubna nis nisan апр апрель апреля кві квіт квітень
	 квітня április ápr απρ απριλίου aprilie huhtikuuta`,
	`may mai mag maggio mayo maio mei maj maja kvě květen května mayıs май мая тра трав травень травня május máj μάι μαΐ μαι
	 μαΐου μαΐος toukokuuta maig`,
	`jun june juni juin giu giugno junio junho cze czerwiec czerwca čvn čer červen června haz haziran июн июнь июня чер черв
	 червень червня június jún ιούν ιουν ιουνίου iunie kesäkuuta juny`,
	`jul july juli juil juillet lug luglio julio julho lip lipiec lipca čvc červenec července tem temmuz июл июль июля лип
	 липень липня július júl ιούλ ιουλ ιουλίου iulie heinäkuuta juliol`,
	`aug august août aou ago agosto augusti augustus sie sierpień sierpnia srp srpen srpna ağu ağustos авг август августа
	 сер серп серпень серпня augusztus αύγ αυγ αυγούστου elokuuta agost`,
	`sep sept september septembre set sett settembre septiembre setiembre setembro wrz wrzesień września zář září eyl eylül
	 сен сент сентябрь сентября вер верес вересень вересня szeptember szept σεπ σεπτ σεπτεμβρίου septembrie syyskuuta setembre`,
	`oct october okt oktober octobre ott ottobre octubre out outubro paź październik października říj říjen října eki ekim окт
	 октябрь октября жов жовт жовтень жовтня október οκτ οκτωβρίου octombrie lokakuuta`,
	`nov november novembre noviembre novembro lis listopad listopada listopadu kas kasım ноя нояб ноябрь ноября лис листоп
	 листопад листопада νοέ νοε νοεμβρίου noiembrie marraskuuta`,
	`dec december dez dezember déc décembre dic dicembre diciembre dezembro desember des gru grudzień grudnia pro prosinec
	 prosince ara aralık дек декабрь декабря гру груд грудень грудня δεκ δεκεμβρίου decembrie joulukuuta desembre`,
)

func monthTable(lines ...string) map[string]int {
	table := map[string]int{}
	for i, line := range lines {
		for _, name := range strings.Fields(line) {
			table[foldWord(name)] = i + 1
		}
	}
	return table
}

// hanMonths writes the months that are spelt out in Han with digits.
var hanMonths = strings.NewReplacer("十二月", "12月", "十一月", "11月", "十月", "10月", "九月", "9月", "八月", "8月", "七月", "7月",
	"六月", "6月", "五月", "5月", "四月", "4月", "三月", "3月", "二月", "2月", "一月", "1月")

// bothDayAndMonth are abbreviations of a day of the week in one language and
// of a month in another.
var bothDayAndMonth = set("mar lun")

// noise are words that stand in dates and mean nothing.
var noise = set("st nd rd th er ª º de del di of at um uhr den d kl klo г г. r o'clock le du à a в о om og och lúc y e the date i od etc")

// halves of the day: 1 before noon, 2 after.
var halves = map[string]int{
	"am": 1, "a": 0, "pm": 2, "上午": 1, "下午": 2, "午前": 1, "午後": 2, "오전": 1, "오후": 2,
	"πμ": 1, "μμ": 2, "de": 0, "vorm": 1, "nachm": 2,
}

var (
	unitSigns   = set("年 月 日 号 號 년 월 일")
	dateUnits   = map[string]byte{"年": 'y', "년": 'y', "月": 'm', "월": 'm', "日": 'd', "号": 'd', "號": 'd', "일": 'd'}
	hourSigns   = set("h 時 时 시 点 點")
	minuteSigns = set("分 분 min m")
	secondSigns = set("秒 초 s")
)

const hour = 3600

// zones are the names of zones that mean one offset the world over, in
// seconds east of Greenwich.
var zones = map[string]int{
	"z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "uct": 0, "greenwich": 0,
	"west": 1 * hour, "bst": 1 * hour, "cet": 1 * hour, "met": 1 * hour, "mez": 1 * hour, "wat": 1 * hour,
	"cest": 2 * hour, "mest": 2 * hour, "mesz": 2 * hour, "eet": 2 * hour, "cat": 2 * hour, "sast": 2 * hour,
	"eest": 3 * hour, "msk": 3 * hour, "мск": 3 * hour, "trt": 3 * hour, "eat": 3 * hour, "idt": 3 * hour, "fet": 3 * hour,
	"irst": 3*hour + 1800, "irdt": 4*hour + 1800, "msd": 4 * hour, "samt": 4 * hour, "azt": 4 * hour, "get": 4 * hour,
	"gst": 4 * hour, "mut": 4 * hour, "aft": 4*hour + 1800, "pkt": 5 * hour, "uzt": 5 * hour, "yekt": 5 * hour, "tjt": 5 * hour,
	"mvt": 5 * hour, "npt": 5*hour + 2700, "omst": 6 * hour, "btt": 6 * hour, "mmt": 6*hour + 1800, "novt": 7 * hour,
	"krat": 7 * hour, "ict": 7 * hour, "wib": 7 * hour, "irkt": 8 * hour, "hkt": 8 * hour, "sgt": 8 * hour, "myt": 8 * hour,
	"pht": 8 * hour, "awst": 8 * hour, "wita": 8 * hour, "ulat": 8 * hour, "jst": 9 * hour, "kst": 9 * hour, "yakt": 9 * hour,
	"wit": 9 * hour, "acst": 9*hour + 1800, "acdt": 10*hour + 1800, "aest": 10 * hour, "vlat": 10 * hour, "chst": 10 * hour,
	"aedt": 11 * hour, "magt": 11 * hour, "sakt": 11 * hour, "nzst": 12 * hour, "pett": 12 * hour, "fjt": 12 * hour,
	"nzdt": 13 * hour, "tot": 13 * hour,
	"azot": -1 * hour, "cvt": -1 * hour, "brst": -2 * hour, "fnt": -2 * hour, "ndt": -2*hour - 1800, "brt": -3 * hour,
	"art": -3 * hour, "clst": -3 * hour, "uyt": -3 * hour, "gft": -3 * hour, "adt": -3 * hour, "nst": -3*hour - 1800,
	"ast": -4 * hour, "clt": -4 * hour, "bot": -4 * hour, "vet": -4 * hour, "pyt": -4 * hour, "cot": -5 * hour,
	"pet": -5 * hour, "hae": -4 * hour, "hne": -5 * hour, "cdt": -5 * hour, "mst": -7 * hour, "mdt": -6 * hour,
	"pst": -8 * hour, "pdt": -7 * hour, "akst": -9 * hour, "akdt": -8 * hour, "hst": -10 * hour, "hdt": -9 * hour,
	"sst": -11 * hour,
}

// sharedZones are names that several zones bear, by the language of the
// document; "" is what the name means elsewhere.
var sharedZones = map[string]map[string]int{
	"cst": {"": -6 * hour, "zh": 8 * hour},
	"ist": {"": 5*hour + 1800, "he": 2 * hour, "ga": 1 * hour},
	"est": {"": -5 * hour, "en-AU": 10 * hour},
	"edt": {"": -4 * hour, "en-AU": 11 * hour},
}
