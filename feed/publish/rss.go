package publish

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"copydesk/feed"
)

// rssFeed is feeds.RssFeedXml with the namespaces and elements that it lacks.
type rssFeed struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Content string     `xml:"xmlns:content,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	Media   string     `xml:"xmlns:media,attr,omitempty"`
	ITunes  string     `xml:"xmlns:itunes,attr,omitempty"`
	Podcast string     `xml:"xmlns:podcast,attr,omitempty"`
	Channel rssChannel `xml:"channel"`
}

// FeedXml hands WriteXML this type.
func (f *rssFeed) FeedXml() any { return f } //nolint:revive // the library's name

type rssChannel struct {
	feeds.RssFeed
	XMLName xml.Name   `xml:"channel"`
	Links   []atomLink `xml:"atom:link"`
	Items   []*rssItem `xml:"item"`
}

type rssItem struct {
	feeds.RssItem
	XMLName     xml.Name          `xml:"item"`
	Link        string            `xml:"link,omitempty"`
	Content     *feeds.RssContent // content:encoded
	Creators    []string          `xml:"dc:creator"`
	Language    string            `xml:"dc:language,omitempty"`
	Categories  []rssCategory     `xml:"category"`
	Source      *rssSource        `xml:"source"`
	Updated     string            `xml:"atom:updated,omitempty"`
	Links       []atomLink        `xml:"atom:link"`
	Media       []mediaContent    `xml:"media:content"`
	Thumbnail   *mediaImage       `xml:"media:thumbnail"`
	Duration    string            `xml:"itunes:duration,omitempty"`
	Episode     string            `xml:"itunes:episode,omitempty"`
	Season      string            `xml:"itunes:season,omitempty"`
	EpisodeType string            `xml:"itunes:episodeType,omitempty"`
	Explicit    string            `xml:"itunes:explicit,omitempty"`
	Image       *itunesImage      `xml:"itunes:image"`
	Chapters    *podcastFile      `xml:"podcast:chapters"`
	Transcripts []podcastFile     `xml:"podcast:transcript"`
}

type rssCategory struct {
	Domain string `xml:"domain,attr,omitempty"`
	Term   string `xml:",chardata"`
}

type rssSource struct {
	URL   string `xml:"url,attr"`
	Title string `xml:",chardata"`
}

type mediaContent struct {
	URL      string `xml:"url,attr"`
	Type     string `xml:"type,attr,omitempty"`
	Length   int64  `xml:"fileSize,attr,omitempty"`
	Duration int    `xml:"duration,attr,omitempty"` // seconds
	Width    int    `xml:"width,attr,omitempty"`
	Height   int    `xml:"height,attr,omitempty"`
}

type itunesImage struct {
	Href string `xml:"href,attr"`
}

type podcastFile struct {
	URL      string `xml:"url,attr"`
	Type     string `xml:"type,attr,omitempty"`
	Language string `xml:"language,attr,omitempty"`
}

func writeRSS(w io.Writer, f *Feed) error {
	description := clean(f.Description)
	if description == "" {
		description = clean(f.Title)
	}
	out := &rssFeed{
		Version: "2.0",
		Content: "http://purl.org/rss/1.0/modules/content/",
		DC:      "http://purl.org/dc/elements/1.1/",
		Atom:    atomSpace,
		Channel: rssChannel{RssFeed: feeds.RssFeed{
			Title: clean(f.Title), Link: f.Home(), Description: description, Language: f.Language,
			LastBuildDate: f.updated().Format(time.RFC1123Z), Generator: f.Generator, Docs: "https://www.rssboard.org/rss-specification",
		}},
	}
	out.Channel.Links = append(out.Channel.Links, atomLink{Rel: "self", Type: "application/rss+xml", Href: f.address("rss", f.Page)})
	if f.Hub != "" {
		out.Channel.Links = append(out.Channel.Links, atomLink{Rel: "hub", Href: f.Hub})
	}
	for _, p := range f.pages() {
		out.Channel.Links = append(out.Channel.Links, atomLink{Rel: p.rel, Type: "application/rss+xml", Href: f.address("rss", p.number)})
	}
	for i := range f.Entries {
		item := newRSSItem(&f.Entries[i])
		if len(item.Media) > 0 || item.Thumbnail != nil {
			out.Media = mediaSpace
		}
		if item.podcasts() {
			out.ITunes = "http://www.itunes.com/dtds/podcast-1.0.dtd"
		}
		if item.Chapters != nil || len(item.Transcripts) > 0 {
			out.Podcast = "https://podcastindex.org/namespace/1.0"
		}
		out.Channel.Items = append(out.Channel.Items, item)
	}
	return feeds.WriteXML(out, w)
}

func (i *rssItem) podcasts() bool {
	return i.Duration != "" || i.Episode != "" || i.Season != "" || i.EpisodeType != "" || i.Explicit != "" || i.Image != nil
}

func newRSSItem(p *feed.Published) *rssItem {
	c := &p.Copy
	i := &rssItem{
		RssItem: feeds.RssItem{
			Title:       title(p),
			Description: description(p),
			Guid:        &feeds.RssGuid{Id: p.Listing.ID, IsPermaLink: "false"},
			PubDate:     p.Listing.Published.UTC().Format(time.RFC1123Z),
		},
		Link:     c.Link,
		Language: c.Language,
		Source:   newRSSSource(p),
	}
	if p.Listing.Updated.After(p.Listing.Published) {
		i.Updated = stamp(p.Listing.Updated)
	}
	if text := body(p); text != "" {
		i.Content = &feeds.RssContent{Content: text}
	}
	for _, a := range authors(p) {
		i.Creators = append(i.Creators, clean(a.Name))
	}
	for _, c := range categories(p) {
		i.Categories = append(i.Categories, rssCategory{clean(c.Scheme), clean(c.Term)})
	}
	i.Links = append(i.Links, otherLinks(p)...)
	i.attach(c)
	return i
}

// newRSSSource names the feed that an item came from; its address is the
// feed's, or what else is known of where it is.
func newRSSSource(p *feed.Published) *rssSource {
	o := originOf(p)
	return &rssSource{cmp.Or(o.Self, webID(o.ID), o.Link), sourceTitle(p)}
}

func webID(id string) string {
	if strings.HasPrefix(id, "https://") || strings.HasPrefix(id, "http://") {
		return id
	}
	return ""
}

// description is the beginning of the text; an item without text repeats its title.
func description(p *feed.Published) string {
	if text := excerpt(p, 300); text != "" {
		return text
	}
	return title(p)
}

// attach takes enclosures and media in. RSS knows one enclosure an item; the
// others are media:content.
func (i *rssItem) attach(c *feed.Copy) {
	for n, e := range c.Enclosures {
		if n == 0 {
			kind := e.Type
			if kind == "" {
				kind = "application/octet-stream"
			}
			i.Enclosure = &feeds.RssEnclosure{Url: e.URL, Length: strconv.FormatInt(e.Length, 10), Type: kind}
			continue
		}
		i.Media = append(i.Media, mediaContent{e.URL, e.Type, e.Length, int(e.Duration / time.Second), e.Width, e.Height})
	}
	m := c.Media
	if m.Image.URL != "" {
		i.Thumbnail = &mediaImage{m.Image.URL, m.Image.Width, m.Image.Height}
	}
	if m.Duration > 0 {
		s := int(m.Duration / time.Second)
		i.Duration = fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	i.Episode, i.Season, i.EpisodeType, i.Explicit = clean(m.Episode), clean(m.Season), clean(m.EpisodeType), clean(m.Explicit)
	if i.podcasts() && m.Image.URL != "" {
		i.Image = &itunesImage{m.Image.URL}
	}
	if m.Chapters.Href != "" {
		i.Chapters = &podcastFile{URL: m.Chapters.Href, Type: m.Chapters.Type}
	}
	for _, t := range m.Transcripts {
		i.Transcripts = append(i.Transcripts, podcastFile{t.Href, t.Type, t.Language})
	}
}
