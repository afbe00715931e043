package filters

import (
	"fmt"
	"regexp"
	"strings"

	"copydesk/feed"
)

// enclosureTest holds when an enclosure is of one of the types or one of the
// expressions finds something in its type, address or title. Without either
// it asks whether there are enclosures at all.
type enclosureTest struct {
	none    bool
	types   []string
	regexps []*regexp.Regexp
}

func enclosures(c *compiler, spec any) test {
	if there, ok := spec.(bool); ok {
		return &enclosureTest{none: !there}
	}
	var t enclosureTest
	c.each(spec, func(v any) {
		s, ok := v.(string)
		if !ok {
			c.wrong(false, describe(v)+" where a media type belongs", "write true, false, audio, video/mp4 or a regular expression")
			return
		}
		s = strings.ToLower(strings.TrimSpace(s))
		if re, is := c.pattern(strings.TrimSpace(v.(string))); is {
			if re != nil {
				t.regexps = append(t.regexps, re)
			}
			return
		}
		family, _, _ := strings.Cut(s, "/")
		if !strings.Contains(" application audio font image message model multipart text video ", " "+family+" ") || strings.ContainsAny(s, " ,;") {
			right := suggest(family, []string{"application", "audio", "image", "text", "video"}, "write a media type such as audio or video/mp4, one of ")
			c.wrong(false, fmt.Sprintf("%q is not a media type", s), right)
			return
		}
		t.types = append(t.types, strings.TrimSuffix(strings.TrimSuffix(s, "*"), "/"))
	})
	if len(t.types)+len(t.regexps) == 0 {
		return nil
	}
	return &t
}

func (t *enclosureTest) match(item *Item, h *hits) bool {
	all := item.Copy.Enclosures
	if len(t.types)+len(t.regexps) == 0 {
		return t.none == (len(all) == 0)
	}
	for _, e := range all {
		kind, _, _ := strings.Cut(strings.ToLower(e.Type), ";")
		for _, want := range t.types {
			if kind == want || strings.HasPrefix(kind, want+"/") {
				h.add(feed.Hit{Term: want, Found: e.URL, Where: "enclosure"})
				return true
			}
		}
		for _, re := range t.regexps {
			if re.MatchString(e.Type) || re.MatchString(e.URL) || re.MatchString(e.Title) {
				h.add(feed.Hit{Term: "/" + re.String() + "/", Found: e.URL, Where: "enclosure"})
				return true
			}
		}
	}
	return false
}
