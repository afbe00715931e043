package parse

import (
	"encoding/base64"
	"html"
	"strings"
	"unicode/utf8"

	"copydesk/feed"

	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"
)

func (tr *translation) atomEntry(a *atom.Entry) {
	k := &tr.s.batch
	b := bag{k, a.Extensions}
	at := &element{}
	if anchors := b.all(own, anchor); len(anchors) > 0 {
		at = anchors[0]
	}
	e := feed.Entry{ID: k.at(a.ID).text, Base: at.base}
	if e.ID == "" {
		e.ID = b.text("dc:identifier")
	}
	languages := []string{at.lang, b.text("dc:language", "dcterms:language")}
	spoken := firstLanguage(languages...)
	e.Title = typed(filled(k.at(a.Title), b.first("dc:title", "media:title")), at, spoken)
	e.Summary = typed(filled(k.at(a.Summary), b.first("dc:description", "media:description"), tr.grouped(b, "description")), at, spoken)
	if e.Title.Value == "" {
		e.Title = typed(tr.grouped(b, "title"), at, spoken)
	}
	for _, l := range a.Links {
		tr.atomLink(&e, k.at(l.Href))
	}
	if a.Content != nil {
		tr.atomContent(&e, k.at(a.Content.Value), at, spoken)
	}
	if e.Content.Value == "" {
		if c := b.first("content:encoded", "xhtml:body", "xhtml:div"); c != nil {
			e.Content = guessed(c, at, spoken)
		}
	}
	if o := b.first("feedburner:origlink", "pheedo:origlink"); o != nil {
		original := []feed.Link{{Rel: "alternate", Href: resolve(o.base, o.text), Type: "text/html"}}
		for _, l := range e.Links {
			if l.Rel != "alternate" {
				original = append(original, l)
			}
		}
		e.Links = original
	}
	linkFromID(&e)
	sortAlternates(&e, spoken)
	for _, p := range a.Authors {
		e.Authors = addPerson(e.Authors, tr.person(k, p))
	}
	for _, c := range b.all("dc", "creator") {
		e.Authors = addPerson(e.Authors, person(c.text))
	}
	e.Categories = atomCategories(k, a.Categories, b)
	tr.media(&e, b)
	if a.Source != nil {
		e.Source = tr.atomSource(k, a.Source)
		if len(e.Authors) == 0 { // RFC 4287 §4.2.1
			for _, p := range a.Source.Authors {
				e.Authors = addPerson(e.Authors, tr.person(k, p))
			}
		}
	}
	e.Rights = readAs(filled(k.at(a.Rights), b.first("dc:rights", "dcterms:rights")), at)

	n := tr.add(e, languages...)
	var published, updated string
	if d := k.on(a.PublishedParsed); d != nil {
		published = d.text
	}
	if d := k.on(a.UpdatedParsed); d != nil {
		updated = d.text
	}
	for _, text := range append([]string{published}, b.texts(own+":created", "dcterms:issued", "dcterms:created", "dc:date", "dcterms:available")...) {
		if t := tr.date(text, n, true); !t.IsZero() {
			tr.doc.Entries[n].Published = t
			break
		}
	}
	for _, text := range append([]string{updated}, b.texts("dcterms:modified", "dc:modified")...) {
		if t := tr.date(text, n, false); !t.IsZero() {
			tr.doc.Entries[n].Updated = t
			break
		}
	}
}

// atomContent reads atom:content by its type (RFC 4287 §4.1.3). Content that
// lies elsewhere becomes a link; binary content is no text.
func (tr *translation) atomContent(e *feed.Entry, c, at *element, spoken string) {
	if src := c.get("src"); src != "" {
		l := feed.Link{Rel: "related", Href: resolve(c.base, src), Type: c.get("type")}
		major, _, _ := strings.Cut(l.Type, "/")
		switch {
		case major == "audio" || major == "video" || major == "image":
			addEnclosure(e, feed.Enclosure{URL: l.Href, Type: l.Type})
			return
		case e.Link("alternate") == "":
			l.Rel = "alternate"
		}
		e.Links = append(e.Links, l)
		return
	}
	e.Content = typed(c, at, spoken)
}

// typed reads a text construct by its type: Atom 1.0's text, html and xhtml,
// media types, and Atom 0.3's modes.
func typed(c, at *element, spoken string) feed.Text {
	if c == nil {
		return feed.Text{}
	}
	kind := strings.ToLower(strings.TrimSpace(c.get("type")))
	kind, _, _ = strings.Cut(kind, ";")
	value, lang := c.text, c.lang
	isHTML := c.markup
	switch mode := strings.ToLower(c.get("mode")); {
	case mode == "base64" || isBinary(kind):
		decoded, ok := decodedText(value)
		switch major, minor, _ := strings.Cut(kind, "/"); {
		case ok:
			value = decoded
			isHTML = strings.Contains(kind, "html") || isBinary(kind) && looksHTML(value)
		case mode == "base64" || major != "application" || binary[minor]:
			return feed.Text{}
		}
	case c.markup && (kind == "" || kind == "text" || kind == "text/plain") && mode != "xml":
		// Tags where none may be: their author meant them.
	case kind == "html" || kind == "text/html" || strings.HasSuffix(kind, "xhtml+xml") && !c.markup:
		isHTML = true
		if inner, _ := withoutDiv(value); c.markup && strings.Contains(inner, "&lt;") && !strings.Contains(inner, "<") {
			value = html.UnescapeString(inner) // escaped within a div
		}
	case kind == "xhtml" || strings.HasSuffix(kind, "xhtml+xml"):
		var inner string
		if value, inner = withoutDiv(value); lang == "" {
			lang = inner
		}
		isHTML = true
	}
	return placed(feed.Text{HTML: isHTML, Value: value}, c, at, lang, spoken)
}

// decodedText decodes base64, when text comes of it.
func decodedText(value string) (string, bool) {
	decoded, err := base64.StdEncoding.DecodeString(strings.Map(withoutSpace, value))
	if err != nil || !utf8.Valid(decoded) {
		return "", false
	}
	var f faults
	t := clean(string(decoded), &f)
	return t, len(f.list) == 0
}

// binary are the application types that are never text; under others people
// put what they like.
var binary = set("octet-stream pdf zip gzip x-gzip ogg msword x-bittorrent x-shockwave-flash")

func isBinary(kind string) bool {
	major, minor, ok := strings.Cut(kind, "/")
	if !ok || major == "text" || strings.HasSuffix(minor, "xml") || strings.HasSuffix(minor, "html") || strings.HasSuffix(minor, "json") {
		return false
	}
	return major == "image" || major == "audio" || major == "video" || major == "application"
}

func withoutSpace(r rune) rune {
	if r <= ' ' {
		return -1
	}
	return r
}

// guessed reads a text that doesn't say what it is, as RSS's never do.
func guessed(c, at *element, spoken string) feed.Text {
	if c == nil {
		return feed.Text{}
	}
	if kind := strings.ToLower(c.get("type")); kind == "xhtml" || kind == "html" {
		return typed(c, at, spoken)
	}
	return placed(feed.Text{HTML: c.markup || looksHTML(c.text), Value: c.text}, c, at, c.lang, spoken)
}

// placed adds base and language where they differ from the entry's.
func placed(t feed.Text, c, at *element, lang, spoken string) feed.Text {
	if t.Value == "" {
		return feed.Text{}
	}
	if c.base != at.base {
		t.Base = c.base
	}
	if l := language(lang); l != spoken {
		t.Language = l
	}
	return t
}

// readAs reads a text construct as a line of plain text.
func readAs(c, at *element) string {
	if c == nil {
		return ""
	}
	t := guessed(c, at, "")
	if c.get("type") != "" || c.get("mode") != "" {
		t = typed(c, at, "")
	}
	if t.HTML {
		return plainText(t.Value)
	}
	return fold(t.Value)
}

func (tr *translation) person(k *sink, p *atom.Person) feed.Person {
	uri := k.at(p.URI)
	name := k.at(p.Name).text
	if looksHTML(name) {
		name = plainText(name)
	}
	return named(feed.Person{Name: fold(name), Email: k.at(p.Email).text, URI: resolve(uri.base, uri.text)})
}

func atomCategories(k *sink, native []*atom.Category, b bag) []feed.Category {
	var all []feed.Category
	for _, c := range native {
		e := k.at(c.Term)
		all = addCategory(all, feed.Category{Term: firstOf(e.get("term"), e.text, e.get("label")), Scheme: e.get("scheme"), Label: e.get("label")})
	}
	for _, e := range append(b.all("dc", "subject"), b.all("media", "category")...) {
		all = addCategory(all, feed.Category{Term: plainText(e.text), Scheme: e.get("scheme"), Label: e.get("label")})
	}
	return all
}

func (tr *translation) atomSource(k *sink, s *atom.Source) *feed.Origin {
	o := feed.Origin{ID: k.at(s.ID).text, Title: readAs(k.at(s.Title), &element{}), Rights: readAs(k.at(s.Rights), &element{})}
	for _, l := range s.Links {
		e := k.at(l.Href)
		href := resolve(e.base, e.get("href"))
		switch rel(e.get("rel")) {
		case "alternate":
			o.Link = firstOf(o.Link, href)
		case "self":
			o.Self = firstOf(o.Self, href)
		}
	}
	if d := k.on(s.UpdatedParsed); d != nil {
		o.Updated = certainDate(d.text, "")
	}
	if o == (feed.Origin{}) {
		return nil
	}
	return &o
}

// foreignSource reads an atom:source that stands in an RSS item.
func foreignSource(k *sink, x ext.Extensions) *feed.Origin {
	for _, s := range x["atom"]["source"] {
		b := within(k, "atom", s)
		o := feed.Origin{ID: b.text("atom:id"), Title: readAs(b.first("atom:title"), &element{}), Rights: readAs(b.first("atom:rights"), &element{})}
		o.Updated = certainDate(b.text("atom:updated"), "")
		for _, e := range b.all("atom", "link") {
			href := resolve(e.base, e.get("href"))
			switch rel(e.get("rel")) {
			case "alternate":
				o.Link = firstOf(o.Link, href)
			case "self":
				o.Self = firstOf(o.Self, href)
			}
		}
		if o != (feed.Origin{}) {
			return &o
		}
	}
	return nil
}

// atomFeed translates what an Atom feed says of itself.
func (tr *translation) atomFeed(f *atom.Feed) {
	k, d := &tr.s.head, tr.doc
	b := bag{k, f.Extensions}
	at := &element{base: tr.base}
	d.Format = strings.TrimSpace("atom " + tr.s.version)
	d.ID = k.at(f.ID).text
	d.Title = readTyped(k.at(f.Title), at)
	d.Subtitle = readTyped(k.at(f.Subtitle), at)
	d.Rights = readTyped(filled(k.at(f.Rights), b.first("dc:rights")), at)
	links := make([]*element, len(f.Links))
	for i, l := range f.Links {
		links[i] = k.at(l.Href)
	}
	tr.feedLinks(links)
	icon, logo := k.at(f.Icon), k.at(f.Logo)
	d.Icon, d.Logo = resolve(icon.base, icon.text), resolve(logo.base, logo.text)
	d.Language = firstLanguage(tr.s.rootLang, b.text("dc:language"), tr.http)
	for _, p := range f.Authors {
		d.Authors = addPerson(d.Authors, tr.person(k, p))
	}
	for _, c := range b.all("dc", "creator") {
		d.Authors = addPerson(d.Authors, person(c.text))
	}
	if e := k.on(f.UpdatedParsed); e != nil {
		d.Updated = certainDate(e.text, d.Language)
	}
	d.TTL = updatePeriod(b)
}

func readTyped(c, at *element) string {
	if c == nil {
		return ""
	}
	t := typed(c, at, "")
	if t.HTML {
		return plainText(t.Value)
	}
	return fold(t.Value)
}
