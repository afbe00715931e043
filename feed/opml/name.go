package opml

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxName is how long a made name gets; it is typed in commands and rules.
const maxName = 40

// letters are those that don't come apart into a base letter and its marks.
var letters = strings.NewReplacer(
	"ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i", "ħ", "h", "ŋ", "n", "ĸ", "k", "ŧ", "t",
	"&", " and ", "+", " plus ", "@", " at ", "'", "", "’", "",
)

// Slug is a text in the form of a name; empty when nothing in it can be.
// Words in scripts other than Latin are left out.
func Slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(letters.Replace(strings.ToLower(s))) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r) || r == '\u00ad':
		default:
			gap = true
		}
	}
	name := b.String()
	if len(name) <= maxName {
		return name
	}
	name = name[:maxName+1]
	if cut := strings.LastIndexByte(name, '-'); cut > maxName/2 {
		return name[:cut]
	}
	return name[:maxName]
}

// Name is a name for a feed that isn't taken yet, and takes it: of its title,
// else of its host.
func Name(title, address string, taken map[string]bool) string {
	name := Slug(title)
	if !telling(name) {
		name = first(Slug(site(address)), name, "source")
	}
	unique := name
	for n := 2; taken[unique]; n++ {
		unique = name + "-" + strconv.Itoa(n)
	}
	taken[unique] = true
	return unique
}

// telling reports whether a name says something to a person: two letters in a row.
func telling(name string) bool {
	run := 0
	for _, c := range name {
		if run++; c < 'a' || c > 'z' {
			run = 0
		}
		if run == 2 {
			return true
		}
	}
	return false
}

// site is the part of an address by which people know it.
func site(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	for _, prefix := range []string{"www.", "feeds.", "feed.", "rss."} {
		if rest, ok := strings.CutPrefix(host, prefix); ok && strings.Contains(rest, ".") {
			return rest
		}
	}
	return host
}
