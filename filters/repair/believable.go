package repair

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"copydesk/filters/text"
)

// believable reports whether a block that says a sure phrase can be what it
// says: it begins so, or is short, and isn't somebody's speech.
func (d *dressing) believable(b *block, f finding, tail bool) bool {
	if speech(b.text) {
		return false
	}
	dense := 0
	if text.Dense(firstRune(b.text)) {
		dense = 1
	}
	if labelling[f.kind] && b.links == 0 && f.weak == 0 && !tellsPlaces(b.text) && statement(b.text, dense == 1) &&
		!d.mentionsSite(b.text) && !d.setApart(b) && d.page.recurs(b.text).count < 2 && standings(b.nodes[0], d.page.body, d.whole) == ordinary {
		return false // a sentence that begins with such words
	}
	short := b.runes <= 200>>dense
	switch f.kind {
	case cueShare:
		// Behind the colon of a label, places follow, and no sentence.
		if label, rest, found := strings.Cut(b.text, ":"); found && len(label) <= 40 && strings.Count(strings.TrimSpace(rest), " ") >= 2 && !tellsPlaces(rest) {
			return false
		}
		return tail && (short || f.begin)
	case cueRelated:
		// A heading without a list is the article's, unless it is the last
		// thing said.
		return tail && (b.linked() || f.begin && b.runes <= 120 && (strings.ContainsAny(b.text, ":：") || b.links > 0) || f.begin && b.runes <= 40 && !endsSentence(b.text) && d.lastText(b))
	case cueMore, cueNavigation, cueAdvert, cueComments:
		return (short || b.linked()) && (tail || f.kind == cueAdvert || f.kind == cueNavigation)
	case cueCounter, cueTags:
		return b.runes <= 160
	case cuePress:
		return f.begin && b.runes <= 40 || tail
	case cueCredit, cueAuthor, cueSupport, cueAge:
		return tail
	case cueContact:
		return tail && b.runes <= 320 && holdsContact(b.text) && (strings.ContainsAny(b.text, ":：") || !statement(b.text, dense == 1))
	case cueForum, cueMail:
		return short
	case cueSent:
		return tail && b.runes <= 60 && !endsSentence(b.text)
	case cueByline:
		return b.runes <= 60 && !endsSentence(b.text) && !namesPerson(b.text)
	case cueTip, cuePrompt:
		return tail && short
	case cueSyndicated:
		return tail && (f.begin || b.links > 0) && b.runes <= 300
	case cueFormerly:
		return tail && b.runes <= 300 && (b.links > 0 || tellsPlaces(b.text) || !statement(b.text, dense == 1))
	case cueEmbargo, cueStamp, cueVoice, cueListen, cueAgency, cueLegal:
		return believableLine(b, f, tail, dense == 1)
	case cueRights, cueDisclaimer, cueConsent, cueMachine, cuePlayer, cuePaywall, cueTypo:
		return tail || short
	}
	return tail && (short || f.begin)
}

// labelling are kinds of furniture that label and lead, and tell nothing in a
// sentence of their own.
var labelling = map[cueKind]bool{cueShare: true, cueMore: true, cueRelated: true, cueNavigation: true, cueCounter: true, cueTags: true, cueCredit: true,
	cueNewsletter: true, cueSupport: true, cuePrompt: true, cueTip: true, cueApp: true, cueAuthor: true, cueFollow: true}

// statement reports whether a text is a whole sentence that tells something,
// and asks and calls nobody.
func statement(s string, dense bool) bool {
	if strings.ContainsAny(s, "?!？！؟") {
		return false
	}
	switch lastRune(strings.TrimRight(s, "\"'”’»«)]」』）】 ")) {
	case '。':
		return utf8.RuneCountInString(s) >= 14
	case '.', '।', '۔':
		if dense {
			return utf8.RuneCountInString(s) >= 14
		}
		return strings.Count(s, " ") >= 5
	}
	return false
}

// tellsPlaces reports whether a text names places to share at, or an address.
func tellsPlaces(s string) bool {
	if strings.Contains(s, "://") || strings.Contains(s, "www.") || strings.ContainsAny(s, "@|→»›") {
		return true
	}
	lower := strings.ToLower(s)
	for w := range strings.FieldsFuncSeq(lower, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if networks[w] {
			return true
		}
	}
	return slices.ContainsFunc(channels, func(word string) bool { return strings.Contains(lower, word) })
}

// channels are words for where people follow somebody, or stems of such.
var channels = []string{"social", "réseaux", "redes sociais", "sosiaali", "соцсет", "соцмереж", "социальн", "соціальн", "sosyal medya", "közösségi", "společensk",
	"channel", "kanal", "kanał", "canal", "chaîne", "kanál", "csatorn", "канал", "κανάλι", "قناة", "قنات", "ערוץ", "google", "公众号", "公眾號", "微信", "微博", "频道", "頻道",
	"粉絲", "チャンネル", "フォロー", "公式", "line", "채널", "팔로우", "구독", "zalo", "mạng xã hội"}

// networks are names by which places to share at are told from other words.
var networks = set(`facebook twitter whatsapp telegram linkedin pinterest reddit tumblr flipboard bluesky mastodon messenger instagram youtube tiktok
	viber skype xing rss email mail вконтакте одноклассники телеграм фейсбук 微信 微博 朋友圈 페이스북 트위터 카카오톡 فيسبوك تويتر واتساب`)
