package publish

import (
	"encoding/xml"
	"io"
	"strconv"

	"github.com/gorilla/feeds"

	"copydesk/feed"
)

const atomSpace = "http://www.w3.org/2005/Atom"

// atomFeed is feeds.AtomFeed with what that can't say.
type atomFeed struct {
	feeds.AtomFeed
	XMLName   xml.Name       `xml:"feed"`
	Media     string         `xml:"xmlns:media,attr,omitempty"`
	Lang      string         `xml:"xml:lang,attr,omitempty"`
	Title     atomText       `xml:"title"`
	Subtitle  *atomText      `xml:"subtitle"`
	Links     []atomLink     `xml:"link"`
	Generator *atomGenerator `xml:"generator"`
	Entries   []*atomEntry   `xml:"entry"`
}

// FeedXml hands WriteXML this type, not the one embedded.
func (f *atomFeed) FeedXml() any { return f } //nolint:revive // the library's name

type atomEntry struct {
	feeds.AtomEntry
	XMLName    xml.Name       `xml:"entry"`
	Lang       string         `xml:"xml:lang,attr,omitempty"`
	Title      atomText       `xml:"title"`
	Links      []atomLink     `xml:"link"`
	Authors    []atomPerson   `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Summary    *atomText      `xml:"summary"`
	Content    *atomText      `xml:"content"`
	Rights     *atomText      `xml:"rights"`
	Source     *atomSource    `xml:"source"`
	Thumbnail  *mediaImage    `xml:"media:thumbnail"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomLink struct {
	Rel    string `xml:"rel,attr"`
	Type   string `xml:"type,attr,omitempty"`
	Href   string `xml:"href,attr"`
	Lang   string `xml:"hreflang,attr,omitempty"`
	Title  string `xml:"title,attr,omitempty"`
	Length string `xml:"length,attr,omitempty"`
}

type atomPerson struct {
	Name  string `xml:"name"`
	URI   string `xml:"uri,omitempty"`
	Email string `xml:"email,omitempty"`
}

type atomCategory struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr,omitempty"`
	Label  string `xml:"label,attr,omitempty"`
}

type atomGenerator struct {
	Name string `xml:",chardata"`
}

// atomSource is the feed an entry came from (RFC 4287 §4.2.11).
type atomSource struct {
	ID      string     `xml:"id"`
	Title   atomText   `xml:"title"`
	Updated string     `xml:"updated"`
	Links   []atomLink `xml:"link"`
	Rights  *atomText  `xml:"rights"`
}

type mediaImage struct {
	URL    string `xml:"url,attr"`
	Width  int    `xml:"width,attr,omitempty"`
	Height int    `xml:"height,attr,omitempty"`
}

const mediaSpace = "http://search.yahoo.com/mrss/"

func writeAtom(w io.Writer, f *Feed) error {
	out := &atomFeed{
		AtomFeed:  feeds.AtomFeed{Xmlns: atomSpace, Id: f.id(), Updated: stamp(f.updated())},
		Lang:      f.Language,
		Title:     atomText{"text", clean(f.Title)},
		Links:     f.atomLinks(),
		Generator: &atomGenerator{f.Generator},
	}
	if f.Description != "" {
		out.Subtitle = &atomText{"text", clean(f.Description)}
	}
	for i := range f.Entries {
		e := newAtomEntry(&f.Entries[i])
		if e.Thumbnail != nil {
			out.Media = mediaSpace
		}
		out.Entries = append(out.Entries, e)
	}
	return feeds.WriteXML(out, w)
}

func (f *Feed) atomLinks() []atomLink {
	const atomType = "application/atom+xml"
	links := []atomLink{
		{Rel: "self", Type: atomType, Href: f.address("atom", f.Page)},
		{Rel: "alternate", Type: "text/html", Href: f.Home()},
	}
	if f.Hub != "" {
		links = append(links, atomLink{Rel: "hub", Href: f.Hub})
	}
	for _, p := range f.pages() {
		links = append(links, atomLink{Rel: p.rel, Type: atomType, Href: f.address("atom", p.number)})
	}
	return links
}

// page is a link to a page of a paged feed (RFC 5005 §3).
type page struct {
	rel    string
	number int
}

func (f *Feed) pages() []page {
	if f.Previous == 0 && f.Next == 0 {
		return nil
	}
	all := []page{{"first", 1}}
	if f.Last > 0 {
		all = append(all, page{"last", f.Last})
	}
	if f.Previous > 0 {
		all = append(all, page{"previous", f.Previous})
	}
	if f.Next > 0 {
		all = append(all, page{"next", f.Next})
	}
	return all
}

func newAtomEntry(p *feed.Published) *atomEntry {
	c := &p.Copy
	e := &atomEntry{
		AtomEntry: feeds.AtomEntry{Id: p.Listing.ID, Updated: stamp(p.Listing.Updated), Published: stamp(p.Listing.Published)},
		Lang:      c.Language,
		Title:     atomText{"text", title(p)},
		Links:     atomEntryLinks(p),
		Source:    newAtomSource(p),
	}
	for _, a := range authors(p) {
		e.Authors = append(e.Authors, atomPerson{clean(a.Name), a.URI, a.Email})
	}
	for _, c := range categories(p) {
		e.Categories = append(e.Categories, atomCategory{clean(c.Term), clean(c.Scheme), clean(c.Label)})
	}
	if c.Summary != "" {
		e.Summary = &atomText{"text", clean(c.Summary)}
	}
	if text := body(p); text != "" {
		e.Content = &atomText{"html", text}
	} else if c.Link == "" && e.Summary == nil { // RFC 4287 §4.1.2: content or an alternate link
		e.Content = &atomText{"text", title(p)}
	}
	if c.Rights != "" {
		e.Rights = &atomText{"text", clean(c.Rights)}
	}
	if i := c.Media.Image; i.URL != "" {
		e.Thumbnail = &mediaImage{i.URL, i.Width, i.Height}
	}
	return e
}

func atomEntryLinks(p *feed.Published) []atomLink {
	c := &p.Copy
	var links []atomLink
	if c.Link != "" {
		links = append(links, atomLink{Rel: "alternate", Href: c.Link})
	}
	links = append(links, otherLinks(p)...)
	for _, n := range c.Enclosures {
		l := atomLink{Rel: "enclosure", Type: n.Type, Href: n.URL, Title: clean(n.Title)}
		if n.Length > 0 {
			l.Length = strconv.FormatInt(n.Length, 10)
		}
		links = append(links, l)
	}
	return links
}

// otherLinks are the other renditions and what upstream links to, each once.
func otherLinks(p *feed.Published) []atomLink {
	var links []atomLink
	there := map[[2]string]bool{} // by relation and address
	add := func(l atomLink) {
		if at := [2]string{l.Rel, l.Href}; !there[at] {
			there[at] = true
			links = append(links, l)
		}
	}
	for _, r := range p.Related {
		if r.Link != "" {
			add(atomLink{Rel: "related", Href: r.Link, Lang: r.Language, Title: clean(r.Source)})
		}
	}
	for _, l := range p.Copy.Links {
		add(atomLink{Rel: l.Rel, Type: l.Type, Href: l.Href, Lang: l.Language, Title: clean(l.Title)})
	}
	return links
}

// newAtomSource names the source. Its updated is the entry's: the feed's own
// changes with every poll, and readers need not see that.
func newAtomSource(p *feed.Published) *atomSource {
	o := originOf(p)
	s := &atomSource{ID: o.ID, Title: atomText{"text", sourceTitle(p)}, Updated: stamp(p.Listing.Updated)}
	if s.ID == "" {
		s.ID = o.Self
	}
	if s.ID == "" && p.Copy.Origin != nil {
		s.ID = o.Link
	}
	if s.ID == "" { // RFC 4287 §4.2.6: an id is never empty
		s.ID = "urn:copydesk:source:" + p.Source
	}
	if o.Self != "" {
		s.Links = append(s.Links, atomLink{Rel: "self", Href: o.Self})
	}
	if o.Link != "" {
		s.Links = append(s.Links, atomLink{Rel: "alternate", Href: o.Link})
	}
	if p.Copy.Origin != nil { // what it was copied with
		if u := o.Updated; !u.IsZero() && u.Before(p.Listing.Updated) {
			s.Updated = stamp(u)
		}
		if o.Rights != "" {
			s.Rights = &atomText{"text", clean(o.Rights)}
		}
	}
	return s
}
