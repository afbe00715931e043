package repair

import (
	"regexp"
	"strings"
)

// withoutEngine takes the name of the software off a title, which forums and
// shops set behind the site's.
func withoutEngine(title string) string {
	if at := engine.FindStringIndex(title); at != nil && at[0] > 0 {
		return title[:at[0]]
	}
	return title
}

// engine is what such software says at the end of a title.
var engine = regexp.MustCompile(`(?i)\s*[-–—|_·]\s*(?:powered by|由)\s?(?:discuz|phpwind|phpbb|vbulletin|xenforo|mybb|smf|simple machines|invision|ip\.board|ipb|punbb|fluxbb|flarum|discourse|nodebb|vanilla|kunena|bbpress|dedecms|empirecms|phpcms|phpmywind|ecshop|ecmall|shopex|wordpress|blogger|mediawiki|typecho|z-blog|zblog|xoops|gnuboard)[!™®©]?(?:\s(?:board|forum|blog|php))?(?:\s?[vx]?[0-9][0-9.]*)?(?:\s?强力驱动)?\s*$`)

// withoutKind takes off a title what says that it is a release for the press,
// where the source says so time and again.
func (f *Furniture) withoutKind(title string) string {
	if !mayBeLabelled(title) {
		return title
	}
	for _, a := range affixes(title) {
		if a.front && (a.mark == ":" || a.mark == "：") && releases[strings.ToLower(strings.TrimSpace(a.text))] && f.often(&a) >= 2 && columns(a.rest) >= 12 {
			return a.rest
		}
	}
	return title
}

// releases are the names of a release for the press.
var releases = lines(`press release | news release | media release | press statement | media statement | press notice
	pressemitteilung | presseinformation | presseaussendung | medienmitteilung | medieninformation | pressemeldung
	communiqué de presse | communiqué | nota de prensa | comunicado de prensa | boletín de prensa | comunicado | comunicato stampa
	nota de imprensa | comunicado de imprensa | comunicado à imprensa | persbericht | pressmeddelande | pressemeddelelse | pressemelding
	lehdistötiedote | tiedote | mediatiedote | informacja prasowa | komunikat prasowy | tisková zpráva | tlačová správa | sajtóközlemény
	comunicat de presă | priopćenje za medije | priopćenje | прессъобщение | съобщение за медиите | пресс-релиз | прес-реліз | пресреліз
	δελτίο τύπου | basın bülteni | basın açıklaması | بيان صحفي | بیانیه مطبوعاتی | הודעה לעיתונות | प्रेस विज्ञप्ति | siaran pers | kenyataan media | siaran media
	thông cáo báo chí | ข่าวประชาสัมพันธ์ | 新闻稿 | 新聞稿 | プレスリリース | 報道発表 | 報道資料 | 보도자료`)
