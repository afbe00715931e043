package parse

import (
	"sort"
	"strings"

	"copydesk/feed"
)

// rel is a link relation as it is compared: registered ones by their short
// name (RFC 4287 §4.2.7.2), alternate when there is none.
func rel(t string) string {
	t = strings.TrimSpace(t)
	for _, registry := range []string{"http://www.iana.org/assignments/relation/", "https://www.iana.org/assignments/relation/"} {
		t = strings.TrimPrefix(t, registry)
	}
	if !strings.Contains(t, ":") {
		t = strings.ToLower(t)
	}
	if t == "" {
		return "alternate"
	}
	return t
}

// atomLink takes over one atom:link of an entry.
func (tr *translation) atomLink(e *feed.Entry, x *element) {
	href := resolve(x.base, firstOf(x.get("href"), x.text))
	if href == "" {
		return
	}
	for _, r := range strings.Fields(rel(x.get("rel"))) {
		if r == "enclosure" {
			addEnclosure(e, enclosure(x, "href"))
			continue
		}
		e.Links = append(e.Links, feed.Link{Rel: r, Href: href, Type: x.get("type"), Title: x.get("title"), Language: language(x.get("hreflang"))})
	}
}

// linkFromID takes an id that is an address of the web for the link of an
// entry that has none, as Atom's and JSON Feed's ids often are.
func linkFromID(e *feed.Entry) {
	if e.Link("alternate") == "" && isWeb(e.ID) && !strings.ContainsAny(e.ID, " \n\t") {
		e.Links = append(e.Links, feed.Link{Rel: "alternate", Href: e.ID})
	}
}

// sortAlternates puts the best alternate before the others: a page before
// data, the entry's language before another. Everything else keeps its place.
func sortAlternates(e *feed.Entry, spoken string) {
	var places []int
	var alternates []feed.Link
	for i, l := range e.Links {
		if l.Rel == "alternate" {
			places = append(places, i)
			alternates = append(alternates, l)
		}
	}
	if len(alternates) < 2 {
		return
	}
	sort.SliceStable(alternates, func(i, j int) bool { return worse(alternates[i], spoken) < worse(alternates[j], spoken) })
	for i, p := range places {
		e.Links[p] = alternates[i]
	}
}

func worse(l feed.Link, spoken string) int {
	n := 0
	switch kind, _, _ := strings.Cut(strings.ToLower(l.Type), ";"); strings.TrimSpace(kind) {
	case "", "text/html", "application/xhtml+xml":
	case "text/plain", "application/pdf":
		n += 2
	default:
		n += 4
	}
	if l.Language != "" && spoken != "" && !strings.EqualFold(l.Language, spoken) {
		n++
	}
	return n
}

// feedLinks takes over a feed's own links.
func (tr *translation) feedLinks(links []*element) {
	d := tr.doc
	home := 100
	for _, x := range links {
		href := resolve(x.base, x.get("href"))
		if href == "" {
			continue
		}
		for _, r := range strings.Fields(rel(x.get("rel"))) {
			switch r {
			case "self":
				d.Self = firstOf(d.Self, href)
			case "hub":
				d.Hubs = append(d.Hubs, href)
			case "alternate":
				if d.Home == "" || home < 100 {
					if w := worse(feed.Link{Type: x.get("type")}, ""); w < home {
						d.Home, home = href, w
					}
				}
			}
		}
	}
}
