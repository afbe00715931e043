package filters

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"copydesk/feed"
	"copydesk/filters/topic"
)

// termTest holds when one of the terms stands in a field.
type termTest struct {
	field   string
	parts   func(*Item) []part
	pool    *topic.Pool
	terms   []int
	regexps []*regexp.Regexp
}

func terms(field string, parts func(*Item) []part) func(*compiler, any) test {
	return func(c *compiler, spec any) test {
		t := termTest{field: field, parts: parts, pool: c.names.pool}
		c.each(spec, func(v any) {
			s, ok := c.word(v)
			if !ok {
				return
			}
			term, err := topic.CompileTerm(s)
			if err != nil {
				wrong, right, _ := strings.Cut(err.Error(), "; ")
				c.wrong(false, wrong, right)
				return
			}
			if term.Regexp != nil {
				t.regexps = append(t.regexps, term.Regexp)
				return
			}
			t.terms = append(t.terms, t.pool.Add(term))
		})
		if len(t.terms)+len(t.regexps) == 0 {
			return nil
		}
		return &t
	}
}

func (t *termTest) match(item *Item, h *hits) bool {
	parts := t.parts(item)
	matched := false
	if len(t.terms) > 0 {
		for _, p := range item.search(t.field, parts, t.pool) {
			if len(p.found) == 0 {
				continue
			}
			for _, term := range t.terms {
				if at := p.found[term]; len(at) > 0 {
					h.add(feed.Hit{Term: t.pool.Term(term).Source, Found: topic.Excerpt(p.n, at[0]), Where: p.where})
					matched = true
				}
			}
		}
	}
	for _, re := range t.regexps {
		for _, p := range parts {
			if at := re.FindStringIndex(p.n.Text); at != nil {
				h.add(feed.Hit{Term: "/" + re.String() + "/", Found: p.n.Around(at[0], at[1], 24), Where: p.where})
				matched = true
				break
			}
		}
	}
	return matched
}

// nameTest holds when one of the names is the item's.
type nameTest struct {
	field string
	names []string
	has   func(*Item, string) bool
}

func oneName(field string, known func(*Names) map[string]bool, has func(*Item, string) bool) func(*compiler, any) test {
	return func(c *compiler, spec any) test {
		t := nameTest{field: field, has: has}
		c.each(spec, func(v any) {
			name, ok := c.word(v)
			if !ok {
				return
			}
			if all := known(c.names); !all[name] {
				c.wrong(false, fmt.Sprintf("there is no %s %q", field, name), suggest(name, slices.Sorted(maps.Keys(all)), "use one of "))
				return
			}
			t.names = append(t.names, name)
		})
		if len(t.names) == 0 {
			return nil
		}
		return &t
	}
}

func (t *nameTest) match(item *Item, h *hits) bool {
	for _, name := range t.names {
		if !t.has(item, name) {
			continue
		}
		if t.field == "topic" {
			for _, on := range item.Copy.Topics {
				if on.Topic == name {
					for _, word := range on.Words {
						h.add(word)
					}
				}
			}
			return true
		}
		h.add(feed.Hit{Term: name, Found: name, Where: t.field})
		return true
	}
	return false
}

type languageTest []string

func languages(c *compiler, spec any) test {
	var t languageTest
	c.each(spec, func(v any) {
		s, ok := c.word(v)
		if !ok {
			return
		}
		if s == "false" { // what YAML makes of no
			s = "no"
		}
		if _, err := language.Parse(s); s != "unknown" && s != "*" && err != nil {
			right := "write a code of BCP 47 such as en, zh-Hant or pt-BR, or unknown"
			if code := languageCodes[strings.ToLower(s)]; code != "" {
				right = fmt.Sprintf("did you mean %q?", code)
			}
			c.wrong(false, fmt.Sprintf("%q is not a language", s), right)
			return
		}
		t = append(t, s)
	})
	if len(t) == 0 {
		return nil
	}
	return t
}

// languageCodes are for people who write a language's name.
var languageCodes = map[string]string{
	"english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es", "español": "es", "italian": "it",
	"italiano": "it", "portuguese": "pt", "português": "pt", "russian": "ru", "русский": "ru", "chinese": "zh", "中文": "zh", "cn": "zh",
	"japanese": "ja", "日本語": "ja", "jp": "ja", "korean": "ko", "한국어": "ko", "kr": "ko", "dutch": "nl", "polish": "pl", "ukrainian": "uk",
	"czech": "cs", "cz": "cs", "swedish": "sv", "danish": "da", "dk": "da", "norwegian": "no", "finnish": "fi", "hungarian": "hu",
	"turkish": "tr", "greek": "el", "gr": "el", "arabic": "ar", "hebrew": "he", "hindi": "hi", "none": "unknown",
}

func (t languageTest) match(item *Item, h *hits) bool {
	for _, r := range t {
		if covers(r, item.Copy.Language) {
			h.add(feed.Hit{Term: r, Found: languageName(item.Copy.Language), Where: "language"})
			return true
		}
	}
	return false
}

// pieceTest holds when one of the pieces stands in the link, whatever its case.
type pieceTest struct {
	pieces  []string
	regexps []*regexp.Regexp
}

// pattern reads /…/; it answers false when there is none or it is wrong.
func (c *compiler) pattern(s string) (re *regexp.Regexp, is bool) {
	if len(s) < 3 || s[0] != '/' || s[len(s)-1] != '/' {
		return nil, false
	}
	re, err := regexp.Compile(s[1 : len(s)-1])
	if err != nil {
		c.wrong(false, topic.Unreadable(err), "write a regular expression of RE2")
		return nil, true
	}
	return re, true
}

func pieces(c *compiler, spec any) test {
	var t pieceTest
	c.each(spec, func(v any) {
		s, ok := c.word(v)
		if !ok {
			return
		}
		s = strings.TrimSpace(s)
		re, is := c.pattern(s)
		switch {
		case re != nil:
			t.regexps = append(t.regexps, re)
		case is:
		case s == "":
			c.wrong(false, "an empty text, which stands in every address", "write a part of the address")
		default:
			t.pieces = append(t.pieces, s)
		}
	})
	if len(t.pieces)+len(t.regexps) == 0 {
		return nil
	}
	return &t
}

func (t *pieceTest) match(item *Item, h *hits) bool {
	link := item.Copy.Link
	if link == "" {
		return false
	}
	low := strings.ToLower(link)
	for _, p := range t.pieces {
		if strings.Contains(low, strings.ToLower(p)) {
			h.add(feed.Hit{Term: p, Found: link, Where: "link"})
			return true
		}
	}
	return matchOne(t.regexps, link, "link", h)
}

// matchOne reports whether one of the regular expressions finds something in
// an address, or a part of one.
func matchOne(regexps []*regexp.Regexp, s, where string, h *hits) bool {
	for _, re := range regexps {
		if re.MatchString(s) {
			h.add(feed.Hit{Term: "/" + re.String() + "/", Found: s, Where: where})
			return true
		}
	}
	return false
}

// hostTest holds when the link's host is one of these or below one.
type hostTest struct {
	hosts   []string
	regexps []*regexp.Regexp
}

func hosts(c *compiler, spec any) test {
	var t hostTest
	c.each(spec, func(v any) {
		s, ok := c.word(v)
		if !ok {
			return
		}
		s = strings.TrimSpace(s)
		re, is := c.pattern(s)
		if is {
			if re != nil {
				t.regexps = append(t.regexps, re)
			}
			return
		}
		host := plainHost(strings.TrimPrefix(strings.TrimPrefix(s, "*"), "."))
		if strings.Contains(s, "://") {
			c.wrong(false, fmt.Sprintf("%q is an address, not a host", s), fmt.Sprintf("write %q", hostOf(s)))
			return
		}
		if host == "" || strings.ContainsAny(host, "/:*? ") {
			c.wrong(false, fmt.Sprintf("%q is not a host", s), "write a host such as example.org; it covers its sub-domains")
			return
		}
		t.hosts = append(t.hosts, host)
	})
	if len(t.hosts)+len(t.regexps) == 0 {
		return nil
	}
	return &t
}

func (t *hostTest) match(item *Item, h *hits) bool {
	host := hostOf(item.Copy.Link)
	if host == "" {
		return false
	}
	for _, known := range t.hosts {
		if host == known || strings.HasSuffix(host, "."+known) {
			h.add(feed.Hit{Term: known, Found: host, Where: "host"})
			return true
		}
	}
	return matchOne(t.regexps, host, "host", h)
}
