package publish

import (
	"encoding/json"
	"io"
	"math"

	"github.com/gorilla/feeds"

	"copydesk/feed"
)

// jsonFeed is feeds.JSONFeed with items that can say more.
type jsonFeed struct {
	feeds.JSONFeed
	Items []*jsonItem `json:"items"`
}

type jsonItem struct {
	feeds.JSONItem
	Language    string           `json:"language,omitempty"`
	Attachments []jsonAttachment `json:"attachments,omitempty"`
	Copydesk    *jsonExtension   `json:"_copydesk,omitempty"`
}

type jsonAttachment struct {
	URL      string  `json:"url"`
	Type     string  `json:"mime_type"`
	Title    string  `json:"title,omitempty"`
	Size     int64   `json:"size_in_bytes,omitempty"`
	Duration float64 `json:"duration_in_seconds,omitempty"`
}

// jsonExtension holds what JSON Feed has no place for (JSON Feed 1.1, Extensions).
type jsonExtension struct {
	About   string        `json:"about"`
	Source  jsonSource    `json:"source"`
	Topics  []string      `json:"topics,omitempty"`
	Related []jsonRelated `json:"related,omitempty"`
}

type jsonSource struct {
	Title   string `json:"title"`
	HomeURL string `json:"home_page_url,omitempty"`
	FeedURL string `json:"feed_url,omitempty"`
}

type jsonRelated struct {
	URL      string `json:"url,omitempty"`
	Title    string `json:"title,omitempty"`
	Source   string `json:"source"`
	Language string `json:"language,omitempty"`
}

func writeJSON(w io.Writer, f *Feed) error {
	out := jsonFeed{
		JSONFeed: feeds.JSONFeed{
			Version: "https://jsonfeed.org/version/1.1", Title: clean(f.Title), Description: clean(f.Description),
			HomePageUrl: f.Home(), FeedUrl: f.address("json", f.Page), Language: f.Language,
		},
		Items: []*jsonItem{},
	}
	if f.Next > 0 {
		out.NextUrl = f.address("json", f.Next)
	}
	if f.Hub != "" {
		out.Hubs = append(out.Hubs, &feeds.JSONHub{Type: "WebSub", Url: f.Hub})
	}
	for i := range f.Entries {
		out.Items = append(out.Items, newJSONItem(&f.Entries[i]))
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func newJSONItem(p *feed.Published) *jsonItem {
	c := &p.Copy
	from := originOf(p)
	published, modified := p.Listing.Published.UTC(), p.Listing.Updated.UTC()
	i := &jsonItem{
		JSONItem: feeds.JSONItem{
			Id: p.Listing.ID, Url: c.Link, Title: title(p), ContentHTML: body(p), Summary: clean(c.Summary),
			Image: c.Media.Image.URL, PublishedDate: &published,
		},
		Language: c.Language,
		Copydesk: &jsonExtension{About: TopicScheme, Source: jsonSource{sourceTitle(p), from.Link, from.Self}},
	}
	if i.ContentHTML == "" { // an item needs one of the two
		i.ContentText = title(p)
	}
	if modified.After(published) {
		i.ModifiedDate = &modified
	}
	for _, a := range authors(p) {
		i.Authors = append(i.Authors, &feeds.JSONAuthor{Name: clean(a.Name), Url: a.URI})
	}
	for _, one := range c.Categories {
		name := one.Label
		if name == "" {
			name = one.Term
		}
		i.Tags = append(i.Tags, clean(name))
	}
	for _, t := range c.Topics {
		i.Copydesk.Topics = append(i.Copydesk.Topics, t.Topic)
	}
	for _, r := range p.Related {
		i.Copydesk.Related = append(i.Copydesk.Related, jsonRelated{r.Link, clean(r.Title), clean(r.Source), r.Language})
	}
	for _, e := range c.Enclosures {
		kind := e.Type
		if kind == "" {
			kind = "application/octet-stream"
		}
		seconds := math.Round(e.Duration.Seconds())
		if seconds == 0 {
			seconds = math.Round(c.Media.Duration.Seconds())
		}
		i.Attachments = append(i.Attachments, jsonAttachment{e.URL, kind, clean(e.Title), e.Length, seconds})
	}
	return i
}
