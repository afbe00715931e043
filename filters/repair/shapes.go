package repair

import (
	"regexp"
	"strings"
	"unicode"
)

// trail reports whether a block shows the way from the home page: links with
// arrows between them.
func trail(b *block) bool {
	if b.runes > 140 || !b.linked() {
		return false
	}
	arrows := 0
	for _, mark := range []string{" > ", " » ", " › ", " → "} {
		arrows += strings.Count(b.text, mark)
	}
	return arrows >= 2
}

// shareBar reports whether a text is nothing but names of places to share at.
func shareBar(s string) bool {
	if len(s) > 160 {
		return false
	}
	places := 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("|·•/,:-–—()[]", r) }) {
		if !sharingPlaces[w] {
			return false
		}
		places++
	}
	return places >= 2
}

// actionBar reports whether a text is a row of two and more short pieces
// between bars or dots, most of which are furniture by themselves.
func actionBar(s string) bool {
	if len(s) > 200 {
		return false
	}
	for _, mark := range []string{" · ", " | ", " • ", " ｜ "} {
		if !strings.Contains(s, mark) {
			continue
		}
		pieces, furniture := 0, 0
		for piece := range strings.SplitSeq(s, mark) {
			if pieces++; len(piece) > 60 {
				return false
			}
			if f := wording(piece); f.sure && f.begin || sharingPlaces[strings.ToLower(piece)] {
				furniture++
			}
		}
		if pieces >= 2 && furniture >= 2 && furniture*3 >= pieces*2 {
			return true
		}
	}
	return false
}

var sharingPlaces = set(`share print email e mail tweet facebook twitter x whatsapp telegram linkedin pinterest reddit tumblr copy link pocket flipboard
	bluesky mastodon threads messenger instagram youtube tiktok viber skype xing sms rss on via to this more
	teilen drucken mailen kopieren imprimer partager envoyer copier compartir imprimir enviar copiar enlace condividi stampa invia partilhar compartilhar
	delen afdrukken udostępnij drukuj wyślij kopiuj поделиться вконтакте одноклассники вк ок телеграм ватсап печать скопировать ссылку поділитися sdílet tisk
	dela skriv ut paylaş yazdır kopyala 微信 微博 qq qq空间 朋友圈 分享 豆瓣 打印 line はてなブックマーク はてブ シェア ツイート 印刷 카카오톡 페이스북 트위터 밴드 공유 인쇄 فيسبوك تويتر واتساب تيليجرام طباعة مشاركة`)

// personName reports whether a text is two to four capitalised words.
func personName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 4 {
		return false
	}
	for _, w := range words {
		r := firstRune(w)
		if !unicode.IsUpper(r) || strings.ContainsAny(w, ".,:;!?") && len(w) > 2 {
			return false
		}
	}
	return true
}

// clipped reports whether a text is a row of short phrases, as people describe
// themselves in.
func clipped(s string) bool {
	if len(s) > 400 {
		return false
	}
	sentences, words := 0, 0
	for part := range strings.SplitSeq(strings.Trim(s, `"“”„«» `), ".") {
		if n := len(strings.Fields(part)); n > 0 {
			sentences++
			words += n
		}
	}
	return sentences >= 3 && words <= sentences*7
}

// divider reports whether a text only divides: dashes, stars, dots.
func divider(s string) bool {
	if s == "" || len(s) > 60 {
		return false
	}
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// dateLine reports whether a block is a label and a date, as templates set on top.
func dateLine(s string) bool {
	if len(s) < 8 || len(s) > 90 {
		return false
	}
	at := strings.IndexFunc(s, unicode.IsDigit)
	if at <= 0 || !dateLabels[strings.Trim(strings.ToLower(s[:at]), " :：")] {
		return false
	}
	return numericDate.MatchString(s[at:])
}

var numericDate = regexp.MustCompile(`^[0-9]{1,4}[-./年]\s?[0-9]{1,2}[-./月]\s?[0-9]{1,4}日?(?:[T\s,]+(?:(?:at|um|à|a las|alle|às|om|o|o godz\.|godz\.|в|о|v|kl\.|klo|saat)\s)?[0-9]{1,2}[:.h][0-9]{2}(?::[0-9]{2})?(?:\s?[A-Z]{1,5}|[+-][0-9:]{2,6})?)?$`)

// reporterLine reports whether a text is a Korean reporter's name, rank and
// address, with which desks sign an article.
func reporterLine(s string) bool { return len(s) <= 160 && signedByReporter.MatchString(s) }

var signedByReporter = regexp.MustCompile(`^[^가-힣]{0,3}(?:[가-힣]{2,4}=)?(?:[가-힣]{2,4}\s?[가-힣]{0,6}(?:기자|특파원|위원|통신원)[\s,·(]*(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+)[)\s,/·]*)+$`)

// dateLabels are what templates set before a date.
var dateLabels = lines(`date | date posted | posted | posted on | published | published on | updated | last updated | publication date
	datum | veröffentlicht | veröffentlicht am | stand | aktualisiert | publié le | date de publication | mis à jour le | fecha | publicado | publicado el
	publicado em | data | data de publicação | pubblicato il | data pubblicazione | gepubliceerd | gepubliceerd op | opublikowano | data publikacji
	дата | дата публикации | опубликовано | опубліковано | datum vydání | publicerad | publiceret | publisert | yayınlanma tarihi | tarih
	发布时间 | 發布時間 | 发表时间 | 时间 | 時間 | 日期 | 更新时间 | 公開日 | 更新日 | 掲載日 | 입력 | 등록 | تاريخ النشر | نشر في`)

// labelled reports whether a line names the article's source, a picture's
// author, a film or an address for questions: the article's own, at its end.
func labelled(s string) bool { return hasLabel(s, ownLabels) }

// sourced reports whether a line names the article's source.
func sourced(s string) bool { return hasLabel(s, nil) }

// hasLabel reports whether a line begins with a label of a source, or one of others.
func hasLabel(s string, others map[string]bool) bool {
	if len(s) > 300 {
		return false
	}
	head := strings.TrimLeft(s[:min(len(s), 60)], "（([【 ")
	end := strings.IndexAny(head, ":：／=")
	if end < 0 {
		// Without a colon only the name of the source is told: "Source AFP".
		word, rest, _ := strings.Cut(head, " ")
		return sourceLabels[strings.ToLower(word)] && rest != "" && len(s) <= 60 && !endsSentence(s)
	}
	label := strings.ToLower(strings.TrimSpace(head[:end]))
	return sourceLabels[label] || others[label]
}

// lines makes a set of phrases divided by bars and line ends.
func lines(phrases string) map[string]bool {
	m := map[string]bool{}
	for l := range strings.Lines(phrases) {
		for s := range strings.SplitSeq(l, " | ") {
			if s = strings.TrimSpace(s); s != "" {
				m[s] = true
			}
		}
	}
	return m
}

var sourceLabels = lines(`source | sources | quelle | quellen | fuente | fuentes | fonte | bron | źródło | źródła | источник | источники | джерело | zdroj | källa | kilde | lähde
	kaynak | forrás | sursa | sursă | πηγή | 来源 | 來源 | 稿源 | 消息来源 | 出典 | 出所 | 情報元 | 提供 | 출처 | 자료 | المصدر | מקור`)

var ownLabels = lines(`link | links | video | vidéo | vídeo | film | видео | відео | website | web | url | homepage | contact | contacts | contact us | media contact | press contact
	media contacts | media enquiries | press enquiries | kontakt | pressekontakt | contact presse | contacto | contato | contatto | контакты | контакт | контакти | iletişim
	联系人 | 聯絡人 | 联系方式 | 联系电话 | お問い合わせ先 | 問い合わせ先 | 本件に関するお問い合わせ先 | 문의 | للتواصل | photo | photos | photo credit | foto | fotos | bild | bilder | image | images
	фото | zdjęcie | 图片来源 | 图源 | 图 | 写真 | 撮影 | 사진 | isbn | doi | correction | corrections | korrektur | berichtigung | corrección | rectificatif | исправление | 訂正 | 更正
	tickets | tel | telefon | phone | telephone | e-mail | email | mail | adresse | address | dirección | anschrift | ort | wann | wo | where | when | date and time | 地点 | 时间地点 | 会場 | 日時
	notes | note to editors | notes to editors | about | about us | references | references and notes | quellenangaben | literatur | ps | p.s | nb | 注 | 注释 | 参考文献`)

// farewell reports whether a line is how an author takes leave or greets.
func farewell(s string) bool { return leaveTaking.MatchString(s) }

var leaveTaking = regexp.MustCompile(`(?i)\b(?:until next|till next|see you|next (?:week|time|month|sunday|monday|tuesday|wednesday|thursday|friday|saturday)|goodbye|good night|good luck|take care|stay (?:safe|curious|well|tuned|warm|kind)|cheers|yours|sincerely|love,|dear (?:reader|friend)s?|go outside|happy \w+ing|bis (?:nächste|zum nächsten|bald|dann)|auf wiedersehen|tschüss|ihr[e]?,|herzlich|liebe leser|à (?:bientôt|la semaine|demain)|chers? lecteur|hasta (?:la próxima|el próximo|pronto|mañana|la semana|luego|otra)|queridos|un abrazo|alla prossima|a presto|cari lettori|até (?:a próxima|breve|logo)|tot (?:volgende|ziens|snel)|do (?:zobaczenia|następnego)|na shledanou|vi ses|hej då|görüşmek|hoşça)|до (?:свидания|встречи|новых)|дорогие|до побачення|下周见|下期见|再见|再見|それでは|また来週|ではまた|안녕|다음 주|إلى اللقاء|مع تحيات`)
