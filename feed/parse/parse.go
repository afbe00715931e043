package parse

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"copydesk/feed"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"
)

// A BrokenError says that a parser gave up on a document.
type BrokenError struct{ Err error }

func (e *BrokenError) Error() string { return fmt.Sprintf("document can't be parsed: %v", e.Err) }
func (e *BrokenError) Unwrap() error { return e.Err }

// Parse makes a document of what a source sent. header is the HTTP
// response's (Content-Type, Content-Language, Content-Location) and may be
// nil; url is the address that answered, after redirects. What is no feed is
// a *feed.NotAFeedError.
func Parse(body []byte, header http.Header, url string) (*feed.Document, error) {
	var f faults
	t := decodeBytes(body, header, &f)
	f.t = t
	base := documentBase(header, url)
	start := strings.TrimLeft(t, " \t\n\uFEFF")
	if start == "" {
		return nil, &feed.NotAFeedError{What: "an empty document"}
	}
	var doc *feed.Document
	var err error
	if start[0] == '{' || start[0] == '[' {
		doc, err = parseJSON(start, header, base, &f)
	} else {
		doc, err = parseXML(t, header, base, &f)
	}
	if err != nil {
		return nil, err
	}
	doc.URL = url
	doc.Hubs = doc.Hubs[:min(len(doc.Hubs), maxHubs)]
	doc.Damage, doc.Truncated = f.tell(), f.has(truncated)
	keepApart(doc)
	return doc, nil
}

// documentBase is the address that relative references start from (RFC 3986
// §5.1): Content-Location where it is sent, else the address that answered.
func documentBase(header http.Header, url string) string {
	if at := strings.TrimSpace(header.Get("Content-Location")); at != "" {
		if base := resolveBase(url, at); isWeb(base) && !(isLocal(base) && !isLocal(url)) {
			return base
		}
	}
	return shortBase(url)
}

// isLocal reports whether an address names the machine itself: what a proxy
// lets through of the server behind it.
func isLocal(address string) bool {
	host := strings.ToLower(split(address).authority)
	return strings.HasPrefix(host, "127.") || strings.HasPrefix(host, "localhost") || strings.HasPrefix(host, "[::1]")
}

// keepApart copies what is remembered of a source between polls, so that it
// doesn't hold the whole document in memory.
func keepApart(d *feed.Document) {
	for _, field := range []*string{&d.ID, &d.Title, &d.Subtitle, &d.Home, &d.Self, &d.Language, &d.Icon, &d.Logo, &d.Rights} {
		*field = strings.Clone(*field)
	}
	for i := range d.Hubs {
		d.Hubs[i] = strings.Clone(d.Hubs[i])
	}
}

// A translation makes a document of what gofeed found in the skeletons.
type translation struct {
	s    *scanner
	doc  *feed.Document
	base string
	http string // Content-Language

	own     []bool // whether an entry declares its own language
	authors []bool // whether an entry has authors of its own
	dates   ambiguousDates
}

func parseXML(t string, header http.Header, base string, f *faults) (*feed.Document, error) {
	s := &scanner{t: t}
	s.faults = *f
	tr := &translation{s: s, doc: &feed.Document{}, base: base, http: contentLanguage(header)}
	s.flush = tr.flush
	if err := s.scan(base); err != nil {
		return nil, err
	}
	if s.format == "" {
		return nil, notAFeed(s, base)
	}
	if err := tr.finish(); err != nil {
		return nil, err
	}
	*f = s.faults
	return tr.doc, nil
}

func notAFeed(s *scanner, base string) error {
	switch {
	case s.html || s.page:
		return &feed.NotAFeedError{What: "an HTML page", Feeds: discover(s.t, base)}
	case s.root != "" && htmlElements[strings.ToLower(s.root)]:
		return &feed.NotAFeedError{What: "an HTML fragment", Feeds: discover(s.t, base)}
	case s.root != "":
		return &feed.NotAFeedError{What: fmt.Sprintf("an XML document of <%.40s>", s.root)}
	}
	return &feed.NotAFeedError{What: "plain text"}
}

// flush hands the batch's skeleton to gofeed and translates its entries, so
// that never more than a batch of them is held twice.
func (tr *translation) flush() error {
	k := &tr.s.batch
	if len(k.skeleton) == 0 {
		return nil
	}
	var err error
	if tr.s.format == "atom" {
		var f *atom.Feed
		if f, err = parseAtom("<feed>" + string(k.skeleton) + "</feed>"); err == nil {
			for _, e := range f.Entries {
				tr.atomEntry(e)
			}
		}
	} else {
		var f *rss.Feed
		if f, err = parseRSS("<rss><channel>" + string(k.skeleton) + "</channel></rss>"); err == nil {
			for _, i := range f.Items {
				tr.rssItem(i)
			}
		}
	}
	clear(k.elements)
	k.elements, k.skeleton = k.elements[:0], k.skeleton[:0]
	return err
}

// finish translates what the document says of itself, and gives its entries
// what they inherit.
func (tr *translation) finish() error {
	k := &tr.s.head
	if tr.s.format == "atom" {
		f, err := parseAtom("<feed>" + string(k.skeleton) + "</feed>")
		if err != nil {
			return err
		}
		tr.atomFeed(f)
	} else {
		f, err := parseRSS("<rss><channel>" + string(k.skeleton) + "</channel></rss>")
		if err != nil {
			return err
		}
		tr.rssChannel(f)
	}
	d := tr.doc
	shared := sharedPeople(d.Authors)
	own := feed.Origin{ID: d.ID, Title: d.Title, Link: d.Home, Self: d.Self}
	for i := range d.Entries {
		if !tr.own[i] {
			d.Entries[i].Language = d.Language
		}
		// Who gathers others' entries didn't write them.
		if o := d.Entries[i].Source; !tr.authors[i] && (o == nil || o.Is(&own)) {
			d.Entries[i].Authors = shared
		}
	}
	tr.dates.settle(d)
	return nil
}

var errGaveUp = errors.New("parser gave up")

func parseRSS(skeleton string) (f *rss.Feed, err error) {
	defer recovered(&err)
	f, err = (&rss.Parser{}).Parse(strings.NewReader(skeleton))
	if err != nil {
		return nil, &BrokenError{err}
	}
	return f, nil
}

func parseAtom(skeleton string) (f *atom.Feed, err error) {
	defer recovered(&err)
	f, err = (&atom.Parser{}).Parse(strings.NewReader(skeleton))
	if err != nil {
		return nil, &BrokenError{err}
	}
	return f, nil
}

// recovered makes an error of a parser's panic.
func recovered(err *error) {
	if r := recover(); r != nil {
		*err = &BrokenError{fmt.Errorf("%w: %v", errGaveUp, r)}
	}
}

// add appends an entry and notes what it may inherit. Its languages: its own,
// nearest first.
func (tr *translation) add(e feed.Entry, languages ...string) int {
	e.Language = firstLanguage(languages...)
	tr.own = append(tr.own, e.Language != "")
	tr.authors = append(tr.authors, len(e.Authors) > 0)
	if n := len(tr.doc.Entries); n >= 1000 && n == cap(tr.doc.Entries) {
		// Copying thousands over and over would cost more memory than they do.
		more := strings.Count(tr.s.t[tr.s.pos:], "<item") + strings.Count(tr.s.t[tr.s.pos:], "<entry")
		tr.doc.Entries = slices.Grow(tr.doc.Entries, min(more, maxEntries)+1000)
	}
	tr.doc.Entries = append(tr.doc.Entries, e)
	return len(tr.doc.Entries) - 1
}

// date reads a date, or notes it for when the document's other dates tell
// which of its numbers is the month.
func (tr *translation) date(text string, entry int, published bool) time.Time {
	t, ambiguous := parseDate(text)
	if ambiguous {
		tr.dates.pending = append(tr.dates.pending, pendingDate{entry, published, text})
	}
	return t
}
