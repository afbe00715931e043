package parse

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"copydesk/feed"

	gojson "github.com/mmcdole/gofeed/json"
)

// object is a JSON object whose values are read one by one, so that a wrong
// one spoils nothing but itself.
type object map[string]json.RawMessage

// A jsonDocument is a JSON Feed made clean for gofeed, with what it passes by.
type jsonDocument struct {
	feed  object
	items []object
	hubs  []object
}

// parseJSON reads a JSON Feed 1.0 or 1.1 (jsonfeed.org).
func parseJSON(t string, header http.Header, base string, f *faults) (*feed.Document, error) {
	if t[0] == '[' {
		return nil, &feed.NotAFeedError{What: "JSON that is no JSON Feed"}
	}
	d := jsonDocument{feed: object{}}
	if err := d.read(t, f); err != nil && len(d.items) == 0 {
		return nil, &BrokenError{err}
	}
	var version string
	if json.Unmarshal(d.feed["version"], &version) != nil || !strings.Contains(version, "jsonfeed.org/version") {
		if _, listed := d.feed["items"]; !listed || !d.looksLikeFeed() {
			return nil, &feed.NotAFeedError{What: "JSON that is no JSON Feed"}
		}
	}
	g, err := d.parse(f)
	if err != nil {
		return nil, err
	}
	return translateJSON(g, &d, header, base), nil
}

// looksLikeFeed reports whether JSON without the version of JSON Feed is one
// all the same: it has a title and items with ids or texts.
func (d *jsonDocument) looksLikeFeed() bool {
	if _, titled := d.feed["title"]; !titled || len(d.items) == 0 {
		return false
	}
	for _, name := range []string{"content_html", "content_text"} {
		if _, ok := d.items[0][name]; ok {
			return true
		}
	}
	return false
}

// read takes the document apart, item by item: what is whole before a fault
// is kept.
func (d *jsonDocument) read(t string, f *faults) error {
	dec := json.NewDecoder(strings.NewReader(t))
	broken := func(err error) error {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			f.add(truncated, len(t))
		} else {
			f.add(badJSON, int(dec.InputOffset()))
		}
		return err
	}
	if _, err := dec.Token(); err != nil {
		return broken(err)
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return broken(err)
		}
		name, _ := key.(string)
		if name != "items" {
			var value json.RawMessage
			if err := dec.Decode(&value); err != nil {
				return broken(err)
			}
			d.feed[strings.ToLower(name)] = value
			continue
		}
		d.feed["items"] = json.RawMessage("[]")
		if err := d.readItems(dec, f); err != nil {
			return broken(err)
		}
	}
	if _, err := dec.Token(); err != nil {
		return broken(err)
	}
	return nil
}

func (d *jsonDocument) readItems(dec *json.Decoder, f *faults) error {
	open, err := dec.Token()
	if err != nil {
		return err
	}
	if open != json.Delim('[') {
		f.add(wrongType, int(dec.InputOffset()))
		return nil
	}
	for dec.More() {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return err
		}
		if len(d.items) >= maxEntries {
			f.add(tooMany, int(dec.InputOffset()))
			continue
		}
		var item object
		if json.Unmarshal(raw, &item) != nil || len(item) == 0 {
			f.add(wrongType, int(dec.InputOffset()))
			continue
		}
		d.items = append(d.items, item)
	}
	_, err = dec.Token()
	return err
}

// jsonFields says of what type gofeed wants each member.
var jsonFields = map[string]func(json.RawMessage) any{
	"version": asString, "title": asString, "home_page_url": asString, "feed_url": asString, "description": asString,
	"icon": asString, "favicon": asString, "author": asAuthor, "authors": asAuthors, "language": asString,
	"id": asString, "url": asString, "external_url": asString, "content_html": asString, "content_text": asString,
	"summary": asString, "image": asString, "banner_image": asString, "date_published": asString,
	"date_modified": asString, "tags": asStrings, "attachments": asAttachments,
}

// parse makes a clean document and hands it to gofeed.
func (d *jsonDocument) parse(f *faults) (g *gojson.Feed, err error) {
	_ = json.Unmarshal(d.feed["hubs"], &d.hubs) // of another type: none
	clean := cleaned(d.feed, f)
	items := make([]map[string]any, len(d.items))
	for i, item := range d.items {
		items[i] = cleaned(item, f)
	}
	clean["items"] = items
	data, err := json.Marshal(clean)
	if err != nil {
		return nil, &BrokenError{err}
	}
	defer recovered(&err)
	if g, err = (&gojson.Parser{}).Parse(bytes.NewReader(data)); err != nil {
		return nil, &BrokenError{err}
	}
	return g, nil
}

func cleaned(o object, f *faults) map[string]any {
	c := map[string]any{}
	for name, raw := range o {
		as, ok := jsonFields[name]
		if !ok || string(raw) == "null" {
			continue
		}
		if value := as(raw); value != nil {
			c[name] = value
		} else {
			f.add(wrongType, -1)
		}
	}
	return c
}

// asString takes strings, and numbers and truths in their place.
func asString(raw json.RawMessage) any {
	if len(raw) == 0 {
		return nil
	}
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	if c := raw[0]; c == '{' || c == '[' {
		return nil
	}
	return string(raw)
}

// asStrings takes lists of strings, or one string.
func asStrings(raw json.RawMessage) any {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	all := []string{}
	for _, r := range list[:min(len(list), maxListed)] {
		if s, ok := asString(r).(string); ok && string(r) != "null" {
			all = append(all, s)
		}
	}
	return all
}

// asAuthor takes an author, or a name in its place.
func asAuthor(raw json.RawMessage) any {
	var o object
	if json.Unmarshal(raw, &o) != nil {
		if name, ok := asString(raw).(string); ok {
			return map[string]any{"name": name}
		}
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) == nil && len(list) > 0 && len(list[0]) > 0 && list[0][0] != '[' {
			return asAuthor(list[0])
		}
		return nil
	}
	author := map[string]any{}
	for _, name := range []string{"name", "url", "avatar"} {
		if s, ok := asString(o[name]).(string); ok && string(o[name]) != "null" {
			author[name] = s
		}
	}
	return author
}

func asAuthors(raw json.RawMessage) any {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	all := []any{}
	for _, r := range list[:min(len(list), maxListed)] {
		if a := asAuthor(r); a != nil {
			all = append(all, a)
		}
	}
	return all
}

func asAttachments(raw json.RawMessage) any {
	var list []object
	if json.Unmarshal(raw, &list) != nil {
		var one object
		if json.Unmarshal(raw, &one) != nil {
			var several []json.RawMessage
			if json.Unmarshal(raw, &several) != nil {
				return nil
			}
			for _, r := range several {
				if json.Unmarshal(r, &one) == nil {
					list = append(list, one)
					one = nil
				}
			}
		} else {
			list = []object{one}
		}
	}
	all := []any{}
	for _, o := range list[:min(len(list), maxListed)] {
		a := map[string]any{}
		for _, name := range []string{"url", "mime_type", "title"} {
			if s, ok := asString(o[name]).(string); ok && string(o[name]) != "null" {
				a[name] = s
			}
		}
		for _, name := range []string{"size_in_bytes", "duration_in_seconds"} {
			if s, ok := asString(o[name]).(string); ok {
				if n, err := strconv.ParseFloat(s, 64); err == nil && n >= 0 && n < 1e15 {
					a[name] = int64(n)
				}
			}
		}
		all = append(all, a)
	}
	return all
}

// translateJSON makes a document of what gofeed read.
func translateJSON(g *gojson.Feed, from *jsonDocument, header http.Header, base string) *feed.Document {
	d := &feed.Document{
		Format: strings.TrimSpace("json " + jsonVersion(g.Version)), Title: fold(g.Title), Subtitle: fold(g.Description),
		Home: resolve(base, g.HomePageURL), Self: resolve(base, g.FeedURL), Icon: resolve(base, g.Favicon), Logo: resolve(base, g.Icon),
		Language: firstLanguage(g.Language, contentLanguage(header)), Authors: jsonAuthors(base, g.Author, g.Authors),
	}
	for _, h := range from.hubs {
		if s, ok := asString(h["url"]).(string); ok && s != "" {
			d.Hubs = append(d.Hubs, resolve(base, s))
		}
	}
	shared := sharedPeople(d.Authors)
	var dates ambiguousDates
	for i, item := range g.Items {
		e := jsonItem(item, base)
		if e.Language == "" {
			e.Language = d.Language
		}
		if len(e.Authors) == 0 {
			e.Authors = shared
		}
		var unsure bool
		if e.Published, unsure = parseDate(item.DatePublished); unsure {
			dates.pending = append(dates.pending, pendingDate{i, true, item.DatePublished})
		}
		if e.Updated, unsure = parseDate(item.DateModified); unsure {
			dates.pending = append(dates.pending, pendingDate{i, false, item.DateModified})
		}
		d.Entries = append(d.Entries, e)
	}
	dates.settle(d)
	return d
}

func jsonVersion(url string) string {
	_, v, ok := strings.Cut(url, "jsonfeed.org/version/")
	if !ok {
		return ""
	}
	if v = strings.Trim(v, "/"); v == "1" {
		return "1.0"
	}
	return v
}

func jsonItem(i *gojson.Item, base string) feed.Entry {
	e := feed.Entry{ID: i.ID, Base: base, Language: language(i.Language), Title: feed.Text{Value: strings.TrimSpace(i.Title)}}
	e.Summary = feed.Text{Value: strings.TrimSpace(i.Summary)}
	switch {
	case strings.TrimSpace(i.ContentHTML) != "":
		e.Content = feed.Text{HTML: true, Value: strings.TrimSpace(i.ContentHTML)}
	case strings.TrimSpace(i.ContentText) != "":
		e.Content = feed.Text{Value: strings.Trim(i.ContentText, "\n ")}
	}
	add := func(rel, href string) {
		if href = resolve(base, href); href != "" {
			e.Links = append(e.Links, feed.Link{Rel: rel, Href: href})
		}
	}
	if i.URL != "" {
		add("alternate", i.URL)
		add("related", i.ExternalURL)
	} else {
		add("alternate", i.ExternalURL)
	}
	linkFromID(&e)
	e.Authors = jsonAuthors(base, i.Author, i.Authors)
	for _, t := range i.Tags {
		e.Categories = addCategory(e.Categories, feed.Category{Term: t})
	}
	if i.Attachments != nil {
		for _, a := range *i.Attachments {
			addEnclosure(&e, feed.Enclosure{URL: resolve(base, a.URL), Type: mediaType(a.MimeType), Length: max(a.SizeInBytes, 0),
				Title: a.Title, Duration: time.Duration(min(max(a.DurationInSeconds, 0), 1e7)) * time.Second})
		}
	}
	if len(e.Enclosures) > 0 {
		e.Media.Duration = e.Enclosures[0].Duration
	}
	e.Media.Image.URL = resolve(base, firstOf(i.Image, i.BannerImage))
	return e
}

func jsonAuthors(base string, one *gojson.Author, several []*gojson.Author) []feed.Person {
	var people []feed.Person
	if len(several) == 0 && one != nil {
		several = []*gojson.Author{one}
	}
	for _, a := range several {
		if a == nil {
			continue
		}
		p := feed.Person{Name: a.Name, URI: resolve(base, a.URL)}
		if address, isMail := strings.CutPrefix(p.URI, "mailto:"); isMail {
			p.Email, p.URI = address, ""
		}
		people = addPerson(people, named(p))
	}
	return people
}
