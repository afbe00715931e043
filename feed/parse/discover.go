package parse

import (
	"strings"

	"golang.org/x/net/html"
)

// feedTypes are the media types by which pages name feeds, best first.
var feedTypes = []string{"application/atom+xml", "application/rss+xml", "application/feed+json", "application/rdf+xml",
	"application/xml", "text/xml", "application/json"}

const maxDiscovered = 10

// discover lists the feeds that a page offers (autodiscovery), absolute, in
// the page's order but for comments' feeds, which come last.
func discover(page, base string) []string {
	var feeds, comments []string
	seen := map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(page))
	z.SetMaxBuf(1 << 20)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return append(feeds, comments...)
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := string(name)
			if !more || tag != "link" && tag != "base" && tag != "a" {
				continue
			}
			attrs := map[string]string{}
			for more {
				var k, v []byte
				k, v, more = z.TagAttr()
				if _, twice := attrs[string(k)]; !twice {
					attrs[string(k)] = strings.TrimSpace(string(v))
				}
			}
			if tag == "base" {
				base = resolveBase(base, attrs["href"])
				continue
			}
			if !offersFeed(attrs) {
				continue
			}
			address := resolve(base, attrs["href"])
			if !isWeb(address) || seen[address] || len(seen) >= maxDiscovered {
				continue
			}
			seen[address] = true
			if strings.Contains(strings.ToLower(address), "comment") {
				comments = append(comments, address)
			} else {
				feeds = append(feeds, address)
			}
		}
	}
}

// offersFeed reports whether a link leads to a feed.
func offersFeed(attrs map[string]string) bool {
	rels := strings.Fields(strings.ToLower(attrs["rel"]))
	alternate := false
	for _, r := range rels {
		if r == "feed" {
			return attrs["href"] != ""
		}
		alternate = alternate || r == "alternate"
	}
	if !alternate || attrs["href"] == "" {
		return false
	}
	media, _, _ := strings.Cut(strings.ToLower(attrs["type"]), ";")
	media = strings.TrimSpace(media)
	for _, t := range feedTypes {
		if media == t {
			// JSON is an API's as often as a feed's.
			return t != "application/json" || strings.Contains(strings.ToLower(attrs["href"]), "feed")
		}
	}
	return false
}
