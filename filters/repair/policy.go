package repair

import (
	"regexp"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html/atom"
)

// form is what the value of an attribute must look like to be published. The
// tree is cleaned by check and the last gate holds the same values to pattern.
type form struct {
	check   func(string) bool
	pattern *regexp.Regexp
}

// The forms of values. Each pattern accepts what its check accepts.
func forms() map[string]form {
	return map[string]form{
		"link":     {isLink, regexp.MustCompile(`^(?:https?://[^/?#\\]|mailto:.|tel:.)`)},
		"resource": {isResource, regexp.MustCompile(`^https?://[^/?#\\]`)},
		"srcset":   {isSrcset, regexp.MustCompile(`^https?://[^/?#\\]`)},
		"number":   {isNumber, regexp.MustCompile(`^[0-9]{1,5}%?$`)},
		"integer":  {isInteger, regexp.MustCompile(`^-?[0-9]{1,5}$`)},
		"text":     {isText, nil},
		"token":    {isToken, regexp.MustCompile(`^[0-9A-Za-z_./+:;=, -]{0,100}$`)},
		"code":     {isCode, regexp.MustCompile(`^lang(?:uage)?-[0-9A-Za-z_+#-]{1,40}$`)},
		"empty":    {isEmpty, regexp.MustCompile(`^$`)},
		"lazy":     {func(s string) bool { return s == "lazy" }, regexp.MustCompile(`^lazy$`)},
		"referrer": {func(s string) bool { return s == "no-referrer" }, regexp.MustCompile(`^no-referrer$`)},
		"dir":      {func(s string) bool { return s == "ltr" || s == "rtl" || s == "auto" }, regexp.MustCompile(`^(?:ltr|rtl|auto)$`)},
	}
}

// rule is one line of the policy: attributes and the form of their values.
type rule struct {
	elements   []atom.Atom // none: all that are published
	attributes []string
	form       string
}

// elements are all that is published; the rest loses its tags or, where a
// reader sees nothing of it, goes with what it holds.
var elements = []atom.Atom{
	atom.A, atom.Abbr, atom.Acronym, atom.Address, atom.Article, atom.Aside, atom.Audio, atom.B, atom.Bdi, atom.Bdo, atom.Big,
	atom.Blockquote, atom.Br, atom.Caption, atom.Cite, atom.Code, atom.Col, atom.Colgroup, atom.Data, atom.Dd,
	atom.Del, atom.Details, atom.Dfn, atom.Div, atom.Dl, atom.Dt, atom.Em, atom.Figcaption, atom.Figure, atom.Footer,
	atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.I, atom.Img, atom.Ins,
	atom.Kbd, atom.Li, atom.Main, atom.Mark, atom.Nav, atom.Ol, atom.P, atom.Picture, atom.Pre, atom.Q,
	atom.Rb, atom.Rp, atom.Rt, atom.Rtc, atom.Ruby, atom.S, atom.Samp, atom.Section, atom.Small, atom.Source, atom.Span,
	atom.Strike, atom.Strong, atom.Sub, atom.Summary, atom.Sup, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th,
	atom.Thead, atom.Time, atom.Tr, atom.Track, atom.Tt, atom.U, atom.Ul, atom.Var, atom.Video, atom.Wbr,
}

var rules = []rule{
	{nil, []string{"dir"}, "dir"},
	{nil, []string{"lang"}, "token"},
	{nil, []string{"title"}, "text"},
	{[]atom.Atom{atom.A}, []string{"href"}, "link"},
	{[]atom.Atom{atom.A}, []string{"hreflang"}, "token"},
	{[]atom.Atom{atom.Blockquote, atom.Q, atom.Ins, atom.Del}, []string{"cite"}, "resource"},
	{[]atom.Atom{atom.Ins, atom.Del, atom.Time}, []string{"datetime"}, "token"},
	{[]atom.Atom{atom.Data}, []string{"value"}, "text"},
	{[]atom.Atom{atom.Img, atom.Audio, atom.Video, atom.Source, atom.Track}, []string{"src"}, "resource"},
	{[]atom.Atom{atom.Img, atom.Source}, []string{"srcset"}, "srcset"},
	{[]atom.Atom{atom.Img, atom.Source}, []string{"sizes", "media", "type"}, "text"},
	{[]atom.Atom{atom.Img}, []string{"alt"}, "text"},
	{[]atom.Atom{atom.Img}, []string{"loading"}, "lazy"},
	{[]atom.Atom{atom.Img}, []string{"referrerpolicy"}, "referrer"},
	{[]atom.Atom{atom.Img, atom.Video, atom.Source, atom.Td, atom.Th, atom.Col, atom.Table}, []string{"width", "height"}, "number"},
	{[]atom.Atom{atom.Video}, []string{"poster"}, "resource"},
	{[]atom.Atom{atom.Audio, atom.Video}, []string{"controls", "loop", "muted"}, "empty"},
	{[]atom.Atom{atom.Audio, atom.Video}, []string{"preload"}, "token"},
	{[]atom.Atom{atom.Track}, []string{"kind", "srclang"}, "token"},
	{[]atom.Atom{atom.Track}, []string{"label"}, "text"},
	{[]atom.Atom{atom.Td, atom.Th}, []string{"colspan", "rowspan"}, "integer"},
	{[]atom.Atom{atom.Th}, []string{"scope"}, "token"},
	{[]atom.Atom{atom.Td, atom.Th, atom.Tr, atom.Col}, []string{"align", "valign"}, "token"},
	{[]atom.Atom{atom.Col, atom.Colgroup}, []string{"span"}, "integer"},
	{[]atom.Atom{atom.Ol}, []string{"start"}, "integer"},
	{[]atom.Atom{atom.Ol, atom.Ul}, []string{"type"}, "token"},
	{[]atom.Atom{atom.Ol}, []string{"reversed"}, "empty"},
	{[]atom.Atom{atom.Li}, []string{"value"}, "integer"},
	{[]atom.Atom{atom.Details}, []string{"open"}, "empty"},
	{[]atom.Atom{atom.Code, atom.Pre}, []string{"class"}, "code"},
}

// allowed tells the form of an attribute's values, by element and name.
type allowed map[atom.Atom]map[string]func(string) bool

// policyTable is the policy as the cleaning of the tree reads it.
var policyTable = sync.OnceValue(func() allowed {
	all := forms()
	table := make(allowed, len(elements))
	for _, e := range elements {
		table[e] = map[string]func(string) bool{}
	}
	for _, r := range rules {
		on := r.elements
		if on == nil {
			on = elements
		}
		for _, e := range on {
			for _, key := range r.attributes {
				table[e][key] = all[r.form].check
			}
		}
	}
	return table
})

// policy is the policy as the last gate reads it.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	all := forms()
	p := bluemonday.NewPolicy()
	for _, e := range elements {
		p.AllowElements(e.String())
		if e != atom.A && e != atom.Img {
			p.AllowNoAttrs().OnElements(e.String())
		}
	}
	for _, r := range rules {
		b := p.AllowAttrs(r.attributes...)
		if pattern := all[r.form].pattern; pattern != nil {
			b = b.Matching(pattern)
		}
		if r.elements == nil {
			b.Globally()
			continue
		}
		names := make([]string, len(r.elements))
		for i, e := range r.elements {
			names[i] = e.String()
		}
		b.OnElements(names...)
	}
	return p
})

// gate is the last gate: nothing but what the policy names passes it. The
// library judges each start tag by itself as long as it takes none away, so
// that it is shown each once, and the whole only if it would change one.
func gate(markup string) string {
	tags := startTags(markup)
	if tags == "" || policy().Sanitize(tags) == tags {
		return markup
	}
	return policy().Sanitize(markup)
}

// plainTags are the start tags without attributes that pass.
var plainTags = sync.OnceValue(func() map[string]bool {
	tags := map[string]bool{}
	for _, e := range elements {
		tag := "<" + e.String() + ">"
		tags[tag] = policy().Sanitize(tag) == tag
	}
	return tags
})

// startTags returns the different start tags of markup that html.Render wrote,
// but those that surely pass: there "<" and ">" stand for nothing but tags.
func startTags(markup string) string {
	var b strings.Builder
	seen, plain := map[string]bool{}, plainTags()
	for {
		open := strings.IndexByte(markup, '<')
		if open < 0 {
			return b.String()
		}
		markup = markup[open:]
		end := strings.IndexByte(markup, '>')
		if end < 0 {
			return b.String() + markup
		}
		if tag := markup[:end+1]; tag[1] != '/' && !plain[tag] && !seen[tag] {
			seen[tag] = true
			b.WriteString(tag)
		}
		markup = markup[end+1:]
	}
}

func isLink(s string) bool {
	return isResource(s) || (len(s) > 7 && s[:7] == "mailto:" || len(s) > 4 && s[:4] == "tel:") && clean(s)
}

func isResource(s string) bool {
	rest := s
	switch {
	case len(s) > 8 && s[:8] == "https://":
		rest = s[8:]
	case len(s) > 7 && s[:7] == "http://":
		rest = s[7:]
	default:
		return false
	}
	switch rest[0] {
	case '/', '?', '#', '\\':
		return false
	}
	return clean(rest)
}

// clean reports whether an address holds nothing that ends it in markup.
func clean(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c <= ' ', c == '<', c == '>', c == '"', c == 0x7f:
			return false
		}
	}
	return true
}

func isSrcset(s string) bool {
	candidates := parseSrcset(s)
	for _, c := range candidates {
		if !isResource(c.url) || !isToken(c.descriptor) {
			return false
		}
	}
	return len(candidates) > 0
}

func isNumber(s string) bool {
	if len(s) > 1 && s[len(s)-1] == '%' {
		s = s[:len(s)-1]
	}
	return len(s) <= 5 && digits(s)
}

func isInteger(s string) bool {
	if len(s) > 1 && s[0] == '-' {
		s = s[1:]
	}
	return len(s) <= 5 && digits(s)
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func isText(string) bool    { return true }
func isEmpty(s string) bool { return s == "" }

func isToken(s string) bool {
	if len(s) > 100 {
		return false
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c|0x20 >= 'a' && c|0x20 <= 'z':
		default:
			switch c {
			case '_', '.', '/', '+', ':', ';', '=', ',', ' ', '-':
			default:
				return false
			}
		}
	}
	return true
}

func isCode(s string) bool {
	for _, prefix := range []string{"language-", "lang-"} {
		if len(s) > len(prefix) && s[:len(prefix)] == prefix && len(s) <= len(prefix)+40 {
			rest := s[len(prefix):]
			for i := 0; i < len(rest); i++ {
				switch c := rest[i]; {
				case c >= '0' && c <= '9', c|0x20 >= 'a' && c|0x20 <= 'z', c == '_', c == '+', c == '#', c == '-':
				default:
					return false
				}
			}
			return true
		}
	}
	return false
}
