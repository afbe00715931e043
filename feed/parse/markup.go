package parse

import (
	"html"
	"strings"

	xhtml "golang.org/x/net/html"
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	void = set("area base br col embed hr img input link meta param source track wbr keygen")

	// elements are the names by which markup is known from other things
	// between angle brackets.
	htmlElements = set(`a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink
		blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog
		dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header
		hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav
		nobr noframes noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script
		section select small source span strike strong style sub summary sup svg table tbody td template textarea tfoot
		th thead time title tr track tt u ul var video wbr`)

	// addresses are the attributes that hold one address.
	addresses = set("href src cite poster action longdesc background data formaction usemap")
)

// looksHTML reports whether a text that doesn't say what it is holds markup
// or character references.
func looksHTML(t string) bool {
	tagsEnd := strings.LastIndexByte(t, '>')
	for i := 0; i < len(t); {
		j := strings.IndexAny(t[i:], "<&")
		if j < 0 {
			return false
		}
		i += j
		if t[i] == '<' && i < tagsEnd && isTag(t[i:]) || t[i] == '&' && isReference(t[i:]) {
			return true
		}
		i++
	}
	return false
}

// isTag reports whether t, in which a ">" follows, begins a tag of HTML or a
// comment.
func isTag(t string) bool {
	if strings.HasPrefix(t, "<!--") {
		return true
	}
	name := strings.TrimPrefix(t[1:min(len(t), 16)], "/")
	end := 0
	for end < len(name) && (name[end]|0x20 >= 'a' && name[end]|0x20 <= 'z' || end > 0 && name[end] >= '0' && name[end] <= '9') {
		end++
	}
	if end == 0 || end == len(name) || !htmlElements[strings.ToLower(name[:end])] {
		return false
	}
	return name[end] == '>' || name[end] == '/' || isSpace(name[end])
}

func isReference(t string) bool {
	end := strings.IndexByte(t[:min(len(t), 34)], ';')
	if end < 2 {
		return false
	}
	for _, c := range t[1:end] {
		if !(c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '#') {
			return false
		}
	}
	whole := html.UnescapeString(t[:end+1])
	return whole != t[:end+1] && whole != html.UnescapeString(t[:end])+";"
}

// plainText reads markup as a line of text.
func plainText(t string) string {
	if strings.IndexByte(t, '<') < 0 {
		return fold(html.UnescapeString(t))
	}
	var b strings.Builder
	z := xhtml.NewTokenizer(strings.NewReader(t))
	for {
		switch z.Next() {
		case xhtml.ErrorToken:
			return fold(b.String())
		case xhtml.TextToken:
			b.Write(z.Text())
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			if name, _ := z.TagName(); string(name) == "br" || string(name) == "p" || string(name) == "div" {
				b.WriteByte(' ')
			}
		}
	}
}

// fold makes any run of white space one space.
func fold(t string) string { return strings.Join(strings.Fields(t), " ") }

// withoutDiv takes off the div that an Atom xhtml construct is wrapped in
// (RFC 4287 §3.1.1.3), and returns the language that it declares.
func withoutDiv(t string) (inner, lang string) {
	if !strings.HasPrefix(t, "<div") || !strings.HasSuffix(t, "</div>") {
		return t, ""
	}
	open := strings.IndexByte(t, '>')
	depth := 0
	for i := 0; i < len(t); {
		j := strings.Index(t[i:], "div")
		if j < 0 {
			break
		}
		at := i + j
		i = at + 3
		switch {
		case at >= 1 && t[at-1] == '<' && (t[at+3] == '>' || t[at+3] == ' '):
			depth++
		case at >= 2 && t[at-2:at] == "</" && t[at+3] == '>':
			if depth--; depth == 0 && i+1 < len(t) {
				return t, "" // two divs side by side
			}
		}
	}
	tag := t[:open]
	if i := strings.Index(tag, ` lang="`); i >= 0 {
		lang, _, _ = strings.Cut(tag[i+len(` lang="`):], `"`)
	}
	return trim(t[open+1 : len(t)-len("</div>")]), lang
}
