package repair

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"copydesk/filters/text"
)

// names is what a site calls itself.
type names struct {
	full    []string // its title, the parts of its title, its host: as letters only
	letters string   // acronym of the title
	words   string   // title in lower case, for a look inside
}

// namesOf returns what a source calls itself.
func namesOf(s *Source) names {
	n := names{}
	if s == nil {
		return n
	}
	add := func(name string) {
		if l := lettersOf(name); utf8.RuneCountInString(l) >= 2 {
			n.full = append(n.full, l)
			if bare, ok := strings.CutPrefix(l, "the"); ok && len(bare) >= 4 {
				n.full = append(n.full, bare)
			}
		}
	}
	title := foldTitle(s.Title)
	add(title)
	n.words = strings.ToLower(title)
	first := title
	if parts := separations(title); len(parts) > 0 {
		first = title[:parts[0].start]
		add(first)
		add(title[parts[len(parts)-1].end:])
	}
	n.letters = strings.ToLower(acronym(first))
	for _, address := range []string{s.Home, s.URL} {
		host := hostOf(address)
		if host == "" {
			continue
		}
		add(host)
		labels := strings.Split(host, ".")
		if len(labels) > 1 {
			longest := ""
			for _, l := range labels[:len(labels)-1] {
				if len(l) > len(longest) {
					longest = l
				}
			}
			if len(longest) >= 3 && !commonLabel[longest] {
				add(longest)
			}
		}
	}
	return n
}

// commonLabel are parts of hosts that name no site.
var commonLabel = map[string]bool{
	"feeds": true, "feed": true, "rss": true, "news": true, "blog": true, "blogs": true, "www": true, "api": true, "com": true, "org": true,
	"net": true, "localhost": true, "feedburner": true, "feedproxy": true, "wordpress": true, "blogspot": true, "substack": true, "medium": true,
	"github": true, "tumblr": true, "rsshub": true, "google": true,
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || strings.Trim(u.Hostname(), "0123456789.:[]") == "" {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// acronym returns the first letters of the words of a name.
func acronym(s string) string {
	var b strings.Builder
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if r := firstRune(w); unicode.IsUpper(r) {
			b.WriteRune(r)
		}
	}
	if b.Len() < 2 {
		return ""
	}
	return b.String()
}

// lettersOf returns the letters and digits of a text, folded as terms are: a
// name is the same in capitals, in traditional characters, in full width.
func lettersOf(s string) string { return string(text.Terms(s).Fold) }

// is reports whether a part of a title is the site's name.
func (n *names) is(part string) bool {
	l := lettersOf(part)
	if l == "" {
		return false
	}
	for _, name := range n.full {
		if l == name || l == "the"+name {
			return true
		}
	}
	return false
}

// mayBe reports whether a part of a title is short for the site's name, or
// says it with a word more or less.
func (n *names) mayBe(part string) bool {
	if n.is(part) {
		return true
	}
	l := lettersOf(part)
	if utf8.RuneCountInString(l) < 2 {
		return false
	}
	if n.letters != "" && l == n.letters {
		return true
	}
	for _, name := range n.full {
		long, short := name, l
		if len(short) > len(long) {
			long, short = short, long
		}
		if len(short) >= 4 && len(short)*2 >= len(long) && (strings.HasPrefix(long, short) || strings.HasSuffix(long, short)) {
			return true
		}
	}
	return false
}

// names reports whether a part of a title is the site's name, by what the
// site calls itself and by what its titles share.
func (f *Furniture) names(a *affix, n names) bool {
	often := f.often(a)
	share := 0.0
	if f != nil && f.entries > 0 {
		share = float64(often) / float64(f.entries)
	}
	dash := a.mark == "-" || a.mark == "–" || a.mark == "—"
	switch {
	case a.tight && dash:
		return false
	case a.mark == ":" || a.mark == "：":
		// "Site: headline" only; a colon at the end divides a headline.
		return a.front && (n.is(a.text) && often >= 3 && share >= 0.5 || a.throughout(often, share))
	case n.is(a.text):
		return true
	case n.mayBe(a.text):
		return often >= 3
	case a.mark == "[":
		return often >= 5 && share >= 0.9
	case a.front:
		return a.throughout(often, share)
	default:
		return often >= 4 && share >= 0.6
	}
}

// throughout reports whether a part stands before the titles of (nearly) all
// of a source, and what it stands before says something without it.
func (a *affix) throughout(often int, share float64) bool {
	return often >= 5 && share >= 0.8 && columns(a.rest) >= 12 && strings.IndexFunc(a.rest, unicode.IsLetter) >= 0
}
