// Package publish renders editions: Atom (RFC 4287), RSS 2.0 and JSON Feed
// 1.1. It is the only importer of gorilla/feeds, whose types it extends by
// what they cannot say.
//
// What is rendered depends on what it is handed alone: no clock, nothing
// random, no order that could be another tomorrow. It expects sanitised HTML
// and absolute addresses, as the desk makes them; it escapes all the rest.
package publish

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"copydesk/feed"
)

// Feed is an edition with what its rendering says of the server.
type Feed struct {
	feed.Edition
	Base      string // public address of the server, ending in a slash
	Path      string // of the feed below Base, without extension; empty: feeds/NAME
	Hub       string // WebSub hub; empty: none
	Generator string // name and version
	// Further pages of the edition (RFC 5005 §3), by number from 1; 0: there is
	// none, or, of the last, that it is too far to be counted.
	Page, Previous, Next, Last int
}

// Render renders a feed in the named format.
func Render(format string, f *Feed) ([]byte, error) {
	for _, one := range formats {
		if one.Name == format {
			var b bytes.Buffer
			if err := one.write(&b, f); err != nil {
				return nil, fmt.Errorf("rendering %s as %s: %w", f.Name, format, err)
			}
			b.WriteByte('\n')
			return b.Bytes(), nil
		}
	}
	return nil, fmt.Errorf("there is no format %q: it is one of %s", format, strings.Join(Names(), ", "))
}

// address is the feed's own address in a format.
func (f *Feed) address(extension string, page int) string {
	a := f.Home() + "." + extension
	if page > 1 {
		a += fmt.Sprintf("?page=%d", page)
	}
	return a
}

// Home is the edition's page for people.
func (f *Feed) Home() string {
	if f.Path != "" {
		return f.Base + f.Path
	}
	return f.Base + "feeds/" + f.Name
}

func (f *Feed) id() string {
	if f.ID != "" {
		return f.ID
	}
	return f.Home()
}

// updated is when the edition last changed; a feed that never held anything
// has the time at which Unix began.
func (f *Feed) updated() time.Time {
	if f.Updated.IsZero() {
		return time.Unix(0, 0).UTC()
	}
	return f.Updated.UTC()
}

func stamp(t time.Time) string { return t.UTC().Truncate(time.Second).Format(time.RFC3339) }

// authors are the entry's own, else the source stands for them.
func authors(p *feed.Published) []feed.Person {
	if len(p.Copy.Authors) > 0 {
		return p.Copy.Authors
	}
	return []feed.Person{{Name: sourceTitle(p)}}
}

// originOf is the feed that an entry came from: that from which its source
// took it, where the source says so, else the source itself.
func originOf(p *feed.Published) feed.Origin {
	if o := p.Copy.Origin; o != nil {
		return *o
	}
	return p.Origin
}

func sourceTitle(p *feed.Published) string {
	if t := clean(originOf(p).Title); t != "" {
		return t
	}
	return p.Source
}

// title is the entry's, or the beginning of its text: readers list titles.
func title(p *feed.Published) string {
	if t := clean(p.Copy.Title); t != "" {
		return t
	}
	if t := clean(excerpt(p, 80)); t != "" {
		return t
	}
	return sourceTitle(p)
}

// TopicScheme is the scheme of the categories that name copydesk's topics;
// it doesn't depend on where an edition is served.
const TopicScheme = "https://copydesk.invalid/topics"

// categories are upstream's and the topics.
func categories(p *feed.Published) []feed.Category {
	all := append([]feed.Category(nil), p.Copy.Categories...)
	for _, t := range p.Copy.Topics {
		all = append(all, feed.Category{Term: t.Topic, Scheme: TopicScheme})
	}
	return all
}

// clean leaves out what XML 1.0 can't hold (§2.2).
func clean(s string) string {
	bad := func(r rune) bool {
		return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError || r == 0x7F
	}
	if !utf8.ValidString(s) || strings.ContainsFunc(s, bad) {
		s = strings.Map(func(r rune) rune {
			if bad(r) {
				return -1
			}
			return r
		}, s)
	}
	return strings.TrimSpace(s)
}
