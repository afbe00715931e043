package parse

import (
	"strconv"
	"strings"
	"time"

	"copydesk/feed"

	ext "github.com/mmcdole/gofeed/extensions"
)

// enclosure reads an element whose attribute names an attached file.
func enclosure(e *element, address string) feed.Enclosure {
	length, err := strconv.ParseInt(strings.NewReplacer(",", "", " ", "", ".", "").Replace(firstOf(e.get("length"), e.get("filesize"))), 10, 64)
	if err != nil || length < 0 {
		length = 0
	}
	return feed.Enclosure{
		URL:      resolve(e.base, plainReference(firstOf(e.get(address), e.get("href"), e.get("url")))),
		Type:     mediaType(e.get("type")),
		Length:   length,
		Title:    e.get("title"),
		Duration: duration(e.get("duration")),
		Width:    pixels(e.get("width")),
		Height:   pixels(e.get("height")),
	}
}

// mediaType keeps what can be a media type.
func mediaType(t string) string {
	t = strings.ToLower(strings.TrimSpace(t))
	if major, minor, ok := strings.Cut(t, "/"); !ok || major == "" || minor == "" || strings.ContainsAny(t, " \n<") {
		return ""
	}
	return t
}

// addEnclosure adds a file unless it is there; what several elements say of
// it is put together.
func addEnclosure(e *feed.Entry, x feed.Enclosure) {
	if x.URL == "" || len(e.Enclosures) >= maxListed {
		return
	}
	for i := range e.Enclosures {
		have := &e.Enclosures[i]
		if have.URL != x.URL {
			continue
		}
		have.Type, have.Title = firstOf(have.Type, x.Type), firstOf(have.Title, x.Title)
		have.Length, have.Duration = max(have.Length, x.Length), max(have.Duration, x.Duration)
		have.Width, have.Height = max(have.Width, x.Width), max(have.Height, x.Height)
		return
	}
	e.Enclosures = append(e.Enclosures, x)
}

// media takes over what the media, iTunes and podcast namespaces say.
func (tr *translation) media(e *feed.Entry, b bag) {
	m := &e.Media
	var pictures []feed.Image
	tr.mediaIn(e, b.k, b.exts["media"], &pictures, 0)
	for _, p := range pictures { // the largest
		if m.Image.URL == "" || p.Width*p.Height > m.Image.Width*m.Image.Height {
			m.Image = p
		}
	}
	for _, name := range []string{"itunes", "googleplay", own} {
		for _, x := range b.exts[name]["image"] {
			i := b.k.at(x.Value)
			address := firstOf(i.get("href"), i.get("url"), i.text)
			if u := within(b.k, own, x).first(own + ":url"); u != nil {
				address, i = u.text, u
			}
			if m.Image.URL == "" {
				m.Image.URL = resolve(i.base, address)
			}
		}
	}
	if m.Image.URL == "" {
		for _, x := range e.Enclosures {
			if strings.HasPrefix(x.Type, "image/") {
				m.Image = feed.Image{URL: x.URL, Width: x.Width, Height: x.Height}
				break
			}
		}
	}
	m.Duration = duration(b.text("itunes:duration"))
	if m.Duration == 0 && len(e.Enclosures) > 0 {
		m.Duration = e.Enclosures[0].Duration
	}
	m.Episode = b.text("itunes:episode", "podcast:episode")
	m.EpisodeType = b.text("itunes:episodeType")
	m.Season = b.text("itunes:season", "podcast:season")
	m.Explicit = explicit(b.text("itunes:explicit", "googleplay:explicit"))
	for _, c := range b.all("podcast", "chapters") {
		if m.Chapters.Href == "" && c.get("url") != "" {
			m.Chapters = feed.Link{Rel: "chapters", Href: resolve(c.base, c.get("url")), Type: c.get("type")}
		}
	}
	for _, c := range b.all("podcast", "transcript") {
		if c.get("url") != "" {
			m.Transcripts = append(m.Transcripts, feed.Link{Rel: "transcript", Href: resolve(c.base, c.get("url")),
				Type: c.get("type"), Language: language(c.get("language"))})
		}
	}
}

// mediaIn takes over media:content and media:thumbnail, in groups or out of
// them (Media RSS 1.5).
func (tr *translation) mediaIn(e *feed.Entry, k *sink, x map[string][]ext.Extension, pictures *[]feed.Image, depth int) {
	if depth > 3 {
		return
	}
	for _, t := range x["thumbnail"] {
		p := k.at(t.Value)
		if address := firstOf(p.get("url"), p.text); address != "" {
			*pictures = append(*pictures, feed.Image{URL: resolve(p.base, address), Width: pixels(p.get("width")), Height: pixels(p.get("height"))})
		}
	}
	for _, c := range x["content"] {
		tr.mediaIn(e, k, c.Children, pictures, depth+1)
		p := k.at(c.Value)
		file := enclosure(p, "url")
		if t := within(k, "media", c).first("media:title"); t != nil && file.Title == "" {
			file.Title = readAs(t, p)
		}
		addEnclosure(e, file)
		if p.get("medium") == "image" && file.URL != "" && len(*pictures) == 0 {
			*pictures = append(*pictures, feed.Image{URL: file.URL, Width: file.Width, Height: file.Height})
		}
	}
	for _, g := range x["group"] {
		tr.mediaIn(e, k, g.Children, pictures, depth+1)
	}
}

func pixels(t string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(t), "px"))
	if err != nil || n < 0 || n > 1_000_000 {
		return 0
	}
	return n
}

// duration reads seconds, minutes:seconds or hours:minutes:seconds.
func duration(t string) time.Duration {
	total := 0.0
	parts := strings.Split(strings.TrimSpace(t), ":")
	if len(parts) > 3 {
		return 0
	}
	for _, p := range parts {
		n, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
		if err != nil || !(n >= 0 && n < 1e7) {
			return 0
		}
		total = total*60 + n
	}
	return time.Duration(total * float64(time.Second)).Round(time.Millisecond)
}

func explicit(t string) string {
	switch strings.ToLower(strings.TrimSpace(t)) {
	case "yes", "true", "explicit", "1":
		return "true"
	case "no", "false", "clean", "0":
		return "false"
	}
	return ""
}
