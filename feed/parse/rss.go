package parse

import (
	"strings"

	"copydesk/feed"

	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"
)

// bag is what gofeed keeps of other vocabularies, with the sink that its
// references lead to.
type bag struct {
	k    *sink
	exts ext.Extensions
}

// all returns the elements of a name.
func (b bag) all(prefix, name string) []*element {
	found := b.exts[prefix][name]
	if len(found) == 0 {
		return nil
	}
	elements := make([]*element, len(found))
	for i := range found {
		elements[i] = b.k.at(found[i].Value)
	}
	return elements
}

// one returns the first element of a name that holds something, or nil.
func (b bag) one(prefix, name string) *element {
	for _, x := range b.exts[prefix][name] {
		if e := b.k.at(x.Value); e.text != "" {
			return e
		}
	}
	return nil
}

// text returns the characters of the first of the given elements that has
// any; names are prefix:name.
func (b bag) text(names ...string) string {
	if e := b.first(names...); e != nil {
		return e.text
	}
	return ""
}

func (b bag) first(names ...string) *element {
	for _, n := range names {
		prefix, name, _ := strings.Cut(n, ":")
		if e := b.one(prefix, name); e != nil {
			return e
		}
	}
	return nil
}

// within is the bag of an extension's children, as if they had its prefix.
func within(k *sink, prefix string, x ext.Extension) bag {
	return bag{k, ext.Extensions{prefix: x.Children}}
}

// filled returns the first element that isn't nil and holds something.
func filled(elements ...*element) *element {
	for _, e := range elements {
		if e != nil && e.text != "" {
			return e
		}
	}
	return nil
}

func (tr *translation) rssItem(i *rss.Item) {
	k := &tr.s.batch
	b := bag{k, i.Extensions}
	at := &element{}
	if anchors := b.all(own, anchor); len(anchors) > 0 {
		at = anchors[0]
	}
	e := feed.Entry{Base: at.base}
	languages := []string{at.lang, b.text("dc:language", "dcterms:language", own+":language")}
	spoken := firstLanguage(languages...)

	if i.GUID != nil {
		g := k.at(i.GUID.Value)
		e.ID = g.text
		permalink := strings.ToLower(strings.TrimSpace(g.get("ispermalink")))
		e.Permalink = isWeb(g.text) && !strings.ContainsAny(g.text, " \n\t") && permalink != "false" && permalink != "0" && permalink != "no"
	}
	if e.ID == "" {
		e.ID = b.text("atom:id")
	}
	if e.ID == "" {
		e.ID = strings.TrimSpace(at.get("about"))
	}
	if e.ID == "" {
		e.ID = b.text("dc:identifier")
	}

	e.Title = guessed(filled(k.at(i.Title), b.first("atom:title", "dc:title", "itunes:title", "media:title")), at, spoken)
	summary := k.at(i.Description)
	content := filled(k.at(i.Content), b.first(own+":encoded", own+":fullitem", "xhtml:body", "xhtml:div", own+":body", "atom:content"))
	e.Content = guessed(content, at, spoken)
	summary = filled(summary, b.first("dc:description", "atom:summary", "itunes:summary", "media:description",
		"googleplay:description", "itunes:subtitle"), tr.grouped(b, "description"))
	e.Summary = guessed(summary, at, spoken)
	if e.Title.Value == "" {
		e.Title = guessed(tr.grouped(b, "title"), at, spoken)
	}

	tr.rssLinks(&e, i, at, b)
	e.Authors = rssAuthors(k, "", b)
	e.Categories = rssCategories(k, i.Categories, b)
	for _, x := range i.Enclosures {
		addEnclosure(&e, enclosure(k.at(x.URL), "url"))
	}
	tr.media(&e, b)
	if i.Source != nil {
		if src := k.at(i.Source.Title); src.text != "" || src.get("url") != "" {
			e.Source = &feed.Origin{Title: plainText(src.text), Self: resolve(src.base, src.get("url"))}
		}
	}
	if e.Source == nil {
		e.Source = foreignSource(k, i.Extensions)
	}
	e.Rights = plainText(b.text(own+":copyright", "dc:rights", "dcterms:rights", "atom:rights"))

	n := tr.add(e, languages...)
	published := ""
	if d := k.on(i.PubDateParsed); d != nil {
		published = d.text
	}
	for _, text := range append([]string{published}, b.texts("dc:date", "dcterms:issued", "dcterms:created", "dcterms:available",
		"dc:created", "dcterms:date", "atom:published", own+":published")...) {
		if t := tr.date(text, n, true); !t.IsZero() {
			tr.doc.Entries[n].Published = t
			break
		}
	}
	for _, text := range append(b.texts("atom:updated", "dcterms:modified", "dc:modified", own+":updated"), at.get("lastmod")) {
		if t := tr.date(text, n, false); !t.IsZero() {
			tr.doc.Entries[n].Updated = t
			break
		}
	}
}

// texts returns the characters of each of the given elements.
func (b bag) texts(names ...string) []string {
	var all []string
	for _, n := range names {
		if t := b.text(n); t != "" {
			all = append(all, t)
		}
	}
	return all
}

// grouped finds a text within media:group or media:content.
func (tr *translation) grouped(b bag, name string) *element {
	for _, holder := range []string{"group", "content"} {
		for _, x := range b.exts["media"][holder] {
			if e := within(b.k, "media", x).one("media", name); e != nil {
				return e
			}
			for _, c := range x.Children["content"] {
				if e := within(b.k, "media", c).one("media", name); e != nil {
					return e
				}
			}
		}
	}
	return nil
}

// rssLinks gathers an item's links: feedburner's original before its own
// link, a permalink guid where there is none.
func (tr *translation) rssLinks(e *feed.Entry, i *rss.Item, at *element, b bag) {
	add := func(l feed.Link) {
		if l.Href != "" {
			e.Links = append(e.Links, l)
		}
	}
	if o := b.first("feedburner:origlink", "pheedo:origlink"); o != nil {
		add(feed.Link{Rel: "alternate", Href: resolve(o.base, o.text)})
	} else {
		for _, ref := range i.Links {
			if x := b.k.at(ref); x.text != "" {
				add(feed.Link{Rel: "alternate", Href: resolve(x.base, plainReference(x.text))})
			} else { // Atom's link in RSS without its prefix
				tr.atomLink(e, x)
			}
		}
	}
	for _, x := range b.all("atom", "link") {
		tr.atomLink(e, x)
	}
	if e.Link("alternate") == "" && e.Permalink {
		add(feed.Link{Rel: "alternate", Href: e.ID})
	}
	if c := b.k.at(i.Comments); c.text != "" {
		add(feed.Link{Rel: "replies", Href: resolve(c.base, c.text), Type: "text/html"})
	}
	if c := b.first("wfw:commentrss"); c != nil {
		add(feed.Link{Rel: "replies", Href: resolve(c.base, c.text), Type: "application/rss+xml"})
	}
	if e.Link("alternate") == "" {
		add(feed.Link{Rel: "alternate", Href: resolve(at.base, at.get("href"))}) // CDF
	}
	sortAlternates(e, "")
}

// plainReference undoes an address that was escaped twice.
func plainReference(t string) string {
	if strings.Contains(t, "&amp;") {
		return strings.ReplaceAll(t, "&amp;", "&")
	}
	return t
}

func rssAuthors(k *sink, managing string, b bag) []feed.Person {
	var people []feed.Person
	for _, e := range b.all(own, "author") {
		people = addPerson(people, person(e.text))
	}
	for _, e := range b.all("dc", "creator") {
		people = addPerson(people, person(e.text))
	}
	for _, x := range b.exts["atom"]["author"] {
		people = addPerson(people, atomPerson(within(k, "atom", x)))
	}
	for _, name := range [][2]string{{"dc", "author"}, {"dcterms", "creator"}, {"itunes", "author"}, {"googleplay", "author"}} {
		if len(people) > 0 {
			break
		}
		for _, e := range b.all(name[0], name[1]) {
			people = addPerson(people, person(e.text))
		}
	}
	if len(people) == 0 && managing != "" {
		people = addPerson(people, person(managing))
	}
	return people
}

// atomPerson reads an author with parts, in a bag of its children.
func atomPerson(b bag) feed.Person {
	p := feed.Person{Name: plainText(b.text("atom:name")), Email: b.text("atom:email")}
	if u := b.first("atom:uri"); u != nil {
		p.URI = resolve(u.base, u.text)
	}
	return named(p)
}

func rssCategories(k *sink, native []*rss.Category, b bag) []feed.Category {
	var all []feed.Category
	for _, c := range native {
		e := k.at(c.Value)
		all = addCategory(all, feed.Category{Term: plainText(e.text), Scheme: e.get("domain"), Label: e.get("label")})
	}
	for _, name := range []string{"dc:subject", "dcterms:subject", "media:category"} {
		prefix, local, _ := strings.Cut(name, ":")
		for _, e := range b.all(prefix, local) {
			all = addCategory(all, feed.Category{Term: plainText(e.text), Scheme: e.get("scheme"), Label: e.get("label")})
		}
	}
	for _, e := range b.all("atom", "category") {
		all = addCategory(all, feed.Category{Term: e.get("term"), Scheme: e.get("scheme"), Label: e.get("label")})
	}
	for _, e := range b.all("itunes", "category") {
		all = addCategory(all, feed.Category{Term: e.get("text")})
	}
	for _, name := range []string{"itunes:keywords", "media:keywords"} {
		for word := range strings.SplitSeq(b.text(name), ",") {
			all = addCategory(all, feed.Category{Term: fold(word)})
		}
	}
	return all
}

// rssChannel translates what the channel says of itself.
func (tr *translation) rssChannel(f *rss.Feed) {
	k, d := &tr.s.head, tr.doc
	b := bag{k, f.Extensions}
	at := &element{base: tr.base}
	d.Format = strings.TrimSpace("rss " + tr.s.version)
	d.ID = b.text("atom:id")
	d.Title = readAs(filled(k.at(f.Title), b.first("dc:title", "atom:title")), at)
	d.Subtitle = readAs(filled(k.at(f.Description), b.first("atom:subtitle", "dc:description", "itunes:summary", "itunes:subtitle")), at)
	var links []*element
	for _, ref := range f.Links {
		if e := k.at(ref); e.text == "" {
			links = append(links, e)
		} else if d.Home == "" {
			d.Home = resolve(e.base, plainReference(e.text))
		}
	}
	tr.feedLinks(append(links, b.all("atom", "link")...))
	for _, e := range b.all(own, anchor) {
		if d.Home == "" {
			d.Home = resolve(e.base, e.get("href")) // CDF
		}
	}
	if f.Image != nil {
		e := k.at(f.Image.URL)
		d.Logo = resolve(e.base, e.text)
	}
	for _, e := range append(b.all("itunes", "image"), b.all("googleplay", "image")...) {
		if d.Logo == "" {
			d.Logo = resolve(e.base, firstOf(e.get("href"), e.text))
		}
	}
	if e := b.first("atom:logo"); e != nil && d.Logo == "" {
		d.Logo = resolve(e.base, e.text)
	}
	if e := b.first("atom:icon"); e != nil {
		d.Icon = resolve(e.base, e.text)
	}
	d.Language = firstLanguage(tr.s.lang, k.at(f.Language).text, b.text("dc:language", "dcterms:language"), tr.s.rootLang, tr.http)
	d.Rights = readAs(filled(k.at(f.Copyright), b.first("dc:rights", "dcterms:rights", "atom:rights")), at)
	d.Authors = rssAuthors(k, k.at(f.ManagingEditor).text, b)
	dates := b.texts("atom:updated", "dcterms:modified", "dc:date", own+":updated")
	if e := k.on(f.LastBuildDateParsed); e != nil {
		dates = append([]string{e.text}, dates...)
	}
	if e := k.on(f.PubDateParsed); e != nil {
		dates = append(dates, e.text)
	}
	for _, text := range dates {
		if d.Updated.IsZero() {
			d.Updated = certainDate(text, d.Language)
		}
	}
	tr.rssSchedule(f, b)
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
