package publish

import (
	"html"
	"slices"
	"strings"
	"unicode"

	xhtml "golang.org/x/net/html"

	"copydesk/feed"
)

// body is the entry's HTML with the line that names the other renditions. It
// takes the place of such lines that stand there: two copydesks that read each
// other would add one at every turn.
func body(p *feed.Published) string {
	markup := p.Copy.HTML
	if len(p.Related) > 0 {
		markup = withoutReporters(markup)
	}
	return clean(markup + alsoReportedBy(p))
}

// withoutReporters leaves out the paragraphs at the end that only say, as
// alsoReportedBy does in some language, who else reported something.
func withoutReporters(markup string) string {
	for {
		rest := strings.TrimRightFunc(markup, unicode.IsSpace)
		at := strings.LastIndex(rest, "<p")
		if at < 0 || !strings.HasSuffix(rest, "</p>") || !namesReporters(rest[at:]) {
			return markup
		}
		markup = rest[:at]
	}
}

// link stands for a link in a paragraph's text.
const link = "\x00"

// namesReporters reports whether a paragraph is a line of alsoReportedBy's:
// one of its phrases around links, and nothing else.
func namesReporters(paragraph string) bool {
	line := outline(paragraph)
	for _, said := range phrases {
		names, before := strings.CutPrefix(line, strings.TrimSpace(said.before))
		names, after := strings.CutSuffix(names, strings.TrimSpace(said.after))
		if !before || !after {
			continue
		}
		if !slices.ContainsFunc(strings.Split(names, strings.TrimSpace(said.comma)), func(name string) bool { return strings.TrimSpace(name) != link }) {
			return true
		}
	}
	return false
}

// outline is the text of a paragraph with its links taken together; "" when
// there is any other markup in it.
func outline(paragraph string) string {
	var b strings.Builder
	z := xhtml.NewTokenizer(strings.NewReader(paragraph))
	inside := false
	for {
		switch kind := z.Next(); kind {
		case xhtml.ErrorToken:
			return strings.Join(strings.Fields(b.String()), " ")
		case xhtml.TextToken:
			if text := z.Text(); !inside {
				b.Write(text)
			}
		default:
			name, _ := z.TagName()
			switch string(name) {
			case "p":
			case "a":
				if inside = kind == xhtml.StartTagToken; inside {
					b.WriteString(link)
				}
			default:
				return ""
			}
		}
	}
}

// alsoReportedBy names the other renditions of the story in the entry's language.
func alsoReportedBy(p *feed.Published) string {
	if len(p.Related) == 0 {
		return ""
	}
	phrase := phraseIn(p.Copy.Language)
	var b strings.Builder
	b.WriteString("<p>" + phrase.before)
	for i, r := range p.Related {
		if i > 0 {
			b.WriteString(phrase.comma)
		}
		name := html.EscapeString(clean(r.Source))
		if r.Link == "" {
			b.WriteString(name)
			continue
		}
		b.WriteString(`<a href="` + html.EscapeString(r.Link) + `"`)
		if r.Title != "" {
			b.WriteString(` title="` + html.EscapeString(clean(r.Title)) + `"`)
		}
		b.WriteString(">" + name + "</a>")
	}
	b.WriteString(phrase.after + "</p>")
	return b.String()
}

func baseLanguage(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return base
}

// phrase is how a language says "also reported by".
type phrase struct{ before, comma, after string }

// phraseIn is the phrase of a language: in its own script where it has two,
// and in English where there is none.
func phraseIn(tag string) phrase {
	for _, name := range [...]string{strings.ToLower(tag), baseLanguage(tag), "en"} {
		if said, ok := phrases[name]; ok {
			return said
		}
	}
	return phrase{}
}

var phrases = map[string]phrase{
	"af":      {"Ook berig deur ", ", ", "."},
	"ar":      {"نشرته أيضًا: ", "، ", "."},
	"az":      {"Bu barədə həmçinin yazırlar: ", ", ", "."},
	"be":      {"Пра гэта таксама паведамляюць: ", ", ", "."},
	"bg":      {"Съобщават също: ", ", ", "."},
	"bn":      {"আরও প্রকাশ করেছে: ", ", ", "।"},
	"bs":      {"Javljaju i ", ", ", "."},
	"ca":      {"També ho publiquen ", ", ", "."},
	"cs":      {"Píší také ", ", ", "."},
	"cy":      {"Adroddwyd hefyd gan ", ", ", "."},
	"da":      {"Også omtalt af ", ", ", "."},
	"de":      {"Auch berichtet von ", ", ", "."},
	"el":      {"Το δημοσιεύουν επίσης: ", ", ", "."},
	"en":      {"Also reported by ", ", ", "."},
	"es":      {"También informan ", ", ", "."},
	"et":      {"Sellest kirjutavad ka ", ", ", "."},
	"eu":      {"Honako hauek ere argitaratu dute: ", ", ", "."},
	"fa":      {"همچنین گزارش\u200cشده در: ", "، ", "."},
	"fi":      {"Aiheesta kertovat myös ", ", ", "."},
	"fr":      {"Également relaté par ", ", ", "."},
	"ga":      {"Tuairiscithe freisin ag ", ", ", "."},
	"gl":      {"Tamén informan ", ", ", "."},
	"he":      {"דיווחו גם: ", ", ", "."},
	"hi":      {"यह भी प्रकाशित: ", ", ", "।"},
	"hr":      {"Javljaju i ", ", ", "."},
	"hu":      {"Erről ír még: ", ", ", "."},
	"hy":      {"Այս մասին գրում են նաև՝ ", ", ", "։"},
	"id":      {"Juga diberitakan oleh ", ", ", "."},
	"is":      {"Einnig fjallað um þetta: ", ", ", "."},
	"it":      {"Ne parlano anche ", ", ", "."},
	"ja":      {"", "、", "も報じています。"},
	"ka":      {"ამის შესახებ ასევე წერენ: ", ", ", "."},
	"kk":      {"Бұл туралы сондай-ақ жазғандар: ", ", ", "."},
	"ko":      {"함께 보도한 매체: ", ", ", "."},
	"lt":      {"Apie tai taip pat rašo ", ", ", "."},
	"lv":      {"Par to raksta arī ", ", ", "."},
	"mk":      {"Известуваат и ", ", ", "."},
	"mr":      {"हे वृत्त येथेही प्रकाशित: ", ", ", "."},
	"ms":      {"Turut dilaporkan oleh ", ", ", "."},
	"nb":      {"Også omtalt av ", ", ", "."},
	"nl":      {"Ook gemeld door ", ", ", "."},
	"nn":      {"Også omtalt av ", ", ", "."},
	"no":      {"Også omtalt av ", ", ", "."},
	"pl":      {"Piszą o tym także ", ", ", "."},
	"pt":      {"Também noticiado por ", ", ", "."},
	"ro":      {"Mai relatează ", ", ", "."},
	"ru":      {"Об этом также сообщают ", ", ", "."},
	"sk":      {"Píšu aj ", ", ", "."},
	"sl":      {"Poročajo tudi ", ", ", "."},
	"sq":      {"Raportuar edhe nga ", ", ", "."},
	"sr":      {"Јављају и ", ", ", "."},
	"sr-latn": {"Javljaju i ", ", ", "."},
	"sv":      {"Rapporteras även av ", ", ", "."},
	"sw":      {"Pia imeripotiwa na ", ", ", "."},
	"ta":      {"இதையும் வெளியிட்டவை: ", ", ", "."},
	"th":      {"รายงานโดย ", ", ", " ด้วย"},
	"tl":      {"Iniulat din ng ", ", ", "."},
	"tr":      {"Ayrıca haberleştirenler: ", ", ", "."},
	"uk":      {"Про це також повідомляють ", ", ", "."},
	"ur":      {"یہ خبر یہاں بھی شائع ہوئی: ", "، ", "۔"},
	"vi":      {"Cũng được đưa tin bởi ", ", ", "."},
	"zh":      {"同一消息另见：", "、", "。"},
	"zh-hant": {"同一消息另見：", "、", "。"},
}

// excerpt is the beginning of the entry's text: its summary, else its body's,
// of at most so many characters, cut between words.
func excerpt(p *feed.Published, most int) string {
	text := p.Copy.Summary
	if text == "" {
		text = plain(p.Copy.HTML, most*2)
	}
	runes := []rune(clean(text))
	if len(runes) <= most {
		return string(runes)
	}
	cut := most - 1
	for cut > most*2/3 && !unicode.IsSpace(runes[cut]) {
		cut--
	}
	if cut <= most*2/3 { // no space near: a script without them
		cut = most - 1
	}
	return strings.TrimRightFunc(string(runes[:cut]), unicode.IsSpace) + "…"
}

// plain is the text of HTML up to about so many characters, on one line.
func plain(markup string, most int) string {
	var b strings.Builder
	z := xhtml.NewTokenizer(strings.NewReader(markup))
	for b.Len() < most*4 {
		switch z.Next() {
		case xhtml.ErrorToken:
			return strings.Join(strings.Fields(b.String()), " ")
		case xhtml.TextToken:
			b.Write(z.Text())
		case xhtml.StartTagToken, xhtml.EndTagToken, xhtml.SelfClosingTagToken:
			if name, _ := z.TagName(); breaking[string(name)] {
				b.WriteByte(' ')
			}
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// breaking are the elements between which words don't touch.
var breaking = map[string]bool{"p": true, "br": true, "div": true, "li": true, "h1": true, "h2": true, "h3": true, "h4": true,
	"h5": true, "h6": true, "td": true, "th": true, "tr": true, "blockquote": true, "figure": true, "figcaption": true, "pre": true, "dt": true, "dd": true}
