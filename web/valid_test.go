package web

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"mime"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"
)

// element is an XML element with its namespace written out.
type element struct {
	name     string // "http://www.w3.org/2005/Atom link"
	attrs    map[string]string
	text     string
	children []*element
}

func tree(data string) (*element, error) {
	d := xml.NewDecoder(strings.NewReader(data))
	root := &element{}
	stack := []*element{root}
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		top := stack[len(stack)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{name: strings.TrimSpace(token.Name.Space + " " + token.Name.Local), attrs: map[string]string{}}
			for _, a := range token.Attr {
				if _, twice := e.attrs[a.Name.Local]; twice && a.Name.Space == "" {
					return nil, fmt.Errorf("%s: attribute %s stands twice", e.name, a.Name.Local)
				}
				e.attrs[a.Name.Local] = a.Value
			}
			top.children = append(top.children, e)
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text += string(token)
		}
	}
	if len(root.children) != 1 {
		return nil, fmt.Errorf("%d root elements", len(root.children))
	}
	return root.children[0], nil
}

func (e *element) all(name string) []*element {
	var found []*element
	for _, c := range e.children {
		if c.name == name {
			found = append(found, c)
		}
	}
	return found
}

// verdictOn collects what a validator would say.
type verdictOn struct{ faults []string }

func (v *verdictOn) fault(format string, args ...any) {
	v.faults = append(v.faults, fmt.Sprintf(format, args...))
}

// one is the text of a child that must stand exactly once and not be empty.
func (v *verdictOn) one(e *element, name string) string {
	found := e.all(name)
	if len(found) != 1 || strings.TrimSpace(found[0].text) == "" && len(found[0].children) == 0 {
		v.fault("%s has %d of %s, or an empty one", e.name, len(found), name)
		return ""
	}
	return found[0].text
}

func (v *verdictOn) atMostOne(e *element, names ...string) {
	for _, name := range names {
		if n := len(e.all(name)); n > 1 {
			v.fault("%s has %d of %s", e.name, n, name)
		}
	}
}

func (v *verdictOn) address(where, text string) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme == "" || strings.ContainsAny(text, " \t\n<>\"{}|\\^`") || (u.Scheme == "http" || u.Scheme == "https") && u.Host == "" {
		v.fault("%s: %q is no absolute address", where, text)
	}
}

func (v *verdictOn) moment(where, text string) {
	if at, err := time.Parse(time.RFC3339, text); err != nil || at.Year() < 1970 || text != strings.ToUpper(text) {
		v.fault("%s: %q is no date of RFC 3339", where, text)
	}
}

func (v *verdictOn) mediaType(where, text string) {
	if kind, _, err := mime.ParseMediaType(text); err != nil || !strings.Contains(kind, "/") {
		v.fault("%s: %q is no media type", where, text)
	}
}

func (v *verdictOn) tag(where, text string) {
	if _, err := language.Parse(text); err != nil {
		v.fault("%s: %q is no language", where, text)
	}
}

func (v *verdictOn) number(where, text string) {
	if n, err := strconv.ParseInt(text, 10, 64); err != nil || n < 0 {
		v.fault("%s: %q is no number", where, text)
	}
}

const (
	atomSpace = "http://www.w3.org/2005/Atom "
	dcSpace   = "http://purl.org/dc/elements/1.1/ "
)

// relations are the link relations that are registered (IANA) and of use in feeds.
var relations = []string{"alternate", "self", "related", "via", "enclosure", "hub", "first", "last", "next", "previous", "replies", "license", "edit", "payment"}

func (v *verdictOn) atomLinks(e *element, prefix string) {
	seen := map[string]bool{}
	for _, l := range e.all(prefix + "link") {
		a := l.attrs
		v.address("link", a["href"])
		if rel := a["rel"]; !slices.Contains(relations, rel) && !strings.Contains(rel, ":") {
			v.fault("link relation %q", rel)
		}
		if a["type"] != "" {
			v.mediaType("link", a["type"])
		}
		if a["hreflang"] != "" {
			v.tag("link", a["hreflang"])
		}
		if a["length"] != "" {
			v.number("link", a["length"])
		}
		key := a["rel"] + " " + a["type"] + " " + a["hreflang"]
		if seen[key] && (a["rel"] == "alternate" || a["rel"] == "self") { // RFC 4287 §4.1.1, §4.1.2
			v.fault("two links %s", key)
		}
		seen[key] = true
		for name, value := range a {
			if value == "" {
				v.fault("link: %s is empty", name)
			}
		}
	}
}

func hasLink(e *element, rel string) bool {
	return slices.ContainsFunc(e.all(atomSpace+"link"), func(l *element) bool { return l.attrs["rel"] == rel })
}

// validAtom checks what RFC 4287 demands and what the W3C's validator warns of.
func validAtom(data string) []string {
	var v verdictOn
	f, err := tree(data)
	if err != nil {
		return []string{err.Error()}
	}
	if f.name != atomSpace+"feed" {
		v.fault("the root is %s", f.name)
	}
	v.address("feed id", v.one(f, atomSpace+"id"))
	v.one(f, atomSpace+"title")
	v.moment("feed", v.one(f, atomSpace+"updated"))
	v.atMostOne(f, atomSpace+"subtitle", atomSpace+"generator", atomSpace+"rights", atomSpace+"icon", atomSpace+"logo")
	v.atomLinks(f, atomSpace)
	if !hasLink(f, "self") {
		v.fault("the feed has no link to itself")
	}
	if lang, ok := f.attrs["lang"]; ok {
		v.tag("feed", lang)
	}
	ids := map[string]bool{}
	for _, e := range f.all(atomSpace + "entry") {
		id := v.one(e, atomSpace+"id")
		v.address("entry id", id)
		if ids[id] {
			v.fault("two entries have the id %s", id)
		}
		ids[id] = true
		v.one(e, atomSpace+"title")
		v.moment("entry", v.one(e, atomSpace+"updated"))
		v.atMostOne(e, atomSpace+"published", atomSpace+"summary", atomSpace+"content", atomSpace+"rights", atomSpace+"source")
		for _, p := range e.all(atomSpace + "published") {
			v.moment("entry", p.text)
		}
		if lang, ok := e.attrs["lang"]; ok {
			v.tag("entry", lang)
		}
		if len(f.all(atomSpace+"author"))+len(e.all(atomSpace+"author")) == 0 {
			v.fault("the entry %s has no author", id)
		}
		for _, a := range append(e.all(atomSpace+"author"), e.all(atomSpace+"contributor")...) {
			v.one(a, atomSpace+"name")
			for _, u := range a.all(atomSpace + "uri") {
				v.address("author", u.text)
			}
			for _, m := range a.all(atomSpace + "email") {
				if !regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`).MatchString(m.text) {
					v.fault("author: %q is no mail address", m.text)
				}
			}
		}
		for _, c := range e.all(atomSpace + "category") {
			if c.attrs["term"] == "" {
				v.fault("a category has no term")
			}
			if scheme, ok := c.attrs["scheme"]; ok {
				v.address("category", scheme)
			}
		}
		v.atomLinks(e, atomSpace)
		if len(e.all(atomSpace+"content")) == 0 && !hasLink(e, "alternate") {
			v.fault("the entry %s has neither content nor a link", id)
		}
		for _, name := range []string{"title", "summary", "content", "rights"} {
			for _, t := range e.all(atomSpace + name) {
				if !slices.Contains([]string{"text", "html"}, t.attrs["type"]) {
					v.fault("%s is of the type %q", name, t.attrs["type"])
				}
				if len(t.children) > 0 {
					v.fault("%s holds elements", name)
				}
			}
		}
		for _, s := range e.all(atomSpace + "source") {
			v.address("source id", v.one(s, atomSpace+"id"))
			v.one(s, atomSpace+"title")
			v.moment("source", v.one(s, atomSpace+"updated"))
			v.atomLinks(s, atomSpace)
		}
	}
	return v.faults
}

// validRSS checks RSS 2.0.11 and the RSS Advisory Board's profile of it.
func validRSS(data string) []string {
	var v verdictOn
	root, err := tree(data)
	if err != nil {
		return []string{err.Error()}
	}
	if root.name != "rss" || root.attrs["version"] != "2.0" || len(root.all("channel")) != 1 {
		return []string{"no RSS 2.0"}
	}
	c := root.all("channel")[0]
	v.one(c, "title")
	v.one(c, "description")
	v.address("channel", v.one(c, "link"))
	date := func(where, text string) {
		if _, err := time.Parse(time.RFC1123Z, text); err != nil {
			v.fault("%s: %q is no date of RFC 822", where, text)
		}
	}
	date("channel", v.one(c, "lastBuildDate"))
	for _, l := range c.all("language") {
		v.tag("channel", l.text)
	}
	v.atMostOne(c, "generator", "docs", "ttl", "image", "copyright", "pubDate", "managingEditor", "webMaster")
	v.atomLinks(c, atomSpace)
	if !hasLink(c, "self") {
		v.fault("the channel has no link to itself")
	}
	ids := map[string]bool{}
	for _, i := range c.all("item") {
		if len(i.all("title"))+len(i.all("description")) == 0 {
			v.fault("an item has neither title nor description")
		}
		v.atMostOne(i, "title", "description", "link", "guid", "pubDate", "author", "comments", "enclosure", "source", dcSpace+"language")
		guid := v.one(i, "guid")
		if i.all("guid")[0].attrs["isPermaLink"] != "false" {
			v.address("guid", guid)
		}
		if ids[guid] {
			v.fault("two items have the guid %s", guid)
		}
		ids[guid] = true
		date("item", v.one(i, "pubDate"))
		for _, l := range i.all("link") {
			v.address("item", l.text)
		}
		for _, e := range i.all("enclosure") {
			v.address("enclosure", e.attrs["url"])
			v.mediaType("enclosure", e.attrs["type"])
			v.number("enclosure", e.attrs["length"])
		}
		for _, s := range i.all("source") {
			v.address("source", s.attrs["url"])
			if strings.TrimSpace(s.text) == "" {
				v.fault("a source has no title")
			}
		}
		for _, one := range i.children {
			if strings.TrimSpace(one.text) == "" && len(one.attrs) == 0 && one.name != "description" { // beside a title it may be
				v.fault("an item holds an empty %s", one.name)
			}
		}
		v.atomLinks(i, atomSpace)
	}
	return v.faults
}

// validJSON checks JSON Feed 1.1.
func validJSON(data string) []string {
	var v verdictOn
	var f map[string]any
	if err := json.Unmarshal([]byte(data), &f); err != nil {
		return []string{err.Error()}
	}
	if f["version"] != "https://jsonfeed.org/version/1.1" || f["title"] == "" || f["title"] == nil {
		v.fault("version %v, title %v", f["version"], f["title"])
	}
	addresses := func(where string, m map[string]any, names ...string) {
		for _, name := range names {
			if text, there := m[name]; there {
				s, _ := text.(string)
				v.address(where+" "+name, s)
			}
		}
	}
	addresses("feed", f, "home_page_url", "feed_url", "next_url", "icon", "favicon")
	items, ok := f["items"].([]any)
	if !ok {
		v.fault("items is no list")
	}
	ids := map[string]bool{}
	for _, item := range items {
		i := item.(map[string]any)
		id, _ := i["id"].(string)
		if id == "" || ids[id] {
			v.fault("the id %q is empty or stands twice", id)
		}
		ids[id] = true
		html, _ := i["content_html"].(string)
		text, _ := i["content_text"].(string)
		if html == "" && text == "" {
			v.fault("%s has no content", id)
		}
		addresses(id, i, "url", "external_url", "image", "banner_image")
		for _, name := range []string{"date_published", "date_modified"} {
			if at, there := i[name]; there {
				v.moment(id, at.(string))
			}
		}
		if tag, there := i["language"]; there {
			v.tag(id, tag.(string))
		}
		list := func(name string) []any { l, _ := i[name].([]any); return l }
		for _, a := range list("authors") {
			if m := a.(map[string]any); m["name"] == nil && m["url"] == nil && m["avatar"] == nil {
				v.fault("%s: an author is nobody", id)
			}
		}
		for _, t := range list("tags") {
			if s, ok := t.(string); !ok || s == "" {
				v.fault("%s: the tag %v", id, t)
			}
		}
		for _, a := range list("attachments") {
			m := a.(map[string]any)
			addresses(id, m, "url")
			kind, _ := m["mime_type"].(string)
			v.mediaType(id, kind)
		}
	}
	return v.faults
}

var validators = map[string]func(string) []string{".atom": validAtom, ".rss": validRSS, ".json": validJSON}

func TestWhatIsServedIsValid(t *testing.T) {
	s := newServer(newShelf(), newSite())
	for _, path := range []string{
		"/feeds/news.atom", "/feeds/news.atom?page=2", "/feeds/news.rss", "/feeds/news.rss?page=3", "/feeds/news.json", "/feeds/news.json?page=2", "/status.atom", "/feeds/news/dropped.atom",
	} {
		got := ask(t, s, request{Path: path})
		name, _, _ := strings.Cut(path, "?")
		for _, fault := range validators[filepath.Ext(name)](got.body) {
			t.Errorf("%s: %s", path, fault)
		}
	}
}

func TestGoldenFeedsAreValid(t *testing.T) {
	for extension, valid := range validators {
		files, err := filepath.Glob("../testdata/publish/*" + extension)
		if err != nil || len(files) == 0 {
			t.Fatal("no golden files", err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range valid(string(data)) {
				t.Errorf("%s: %s", filepath.Base(file), fault)
			}
		}
	}
}

func TestInvalidFeedsAreToldApart(t *testing.T) {
	for text, valid := range map[string]func(string) []string{
		`<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><title>t</title><updated>2026-03-02</updated></feed>`:                                      validAtom,
		`<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x</id><title/><updated>2026-03-02T00:00:00Z</updated><link rel="self" href="urn:y"/></feed>`: validAtom,
		`<rss version="2.0"><channel><title>t</title></channel></rss>`:                                                                                  validRSS,
		`{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [{"id": 1}]}`:                                                           validJSON,
		`<feed`: validAtom, `{`: validJSON,
	} {
		if len(valid(text)) == 0 {
			t.Errorf("%s was found valid", text)
		}
	}
}
