package feed

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"sync"
	"time"
)

// Entry is a received entry: one Atom entry, RSS item or JSON Feed item as
// upstream sent it, decoded to Unicode and with its base address. It is
// archived and never changed; what is published is made from its Copy.
type Entry struct {
	// ID is atom:id, RSS guid, rdf:about or the JSON Feed id, byte for byte;
	// empty when upstream sent none.
	ID string `json:"id,omitempty"`
	// Permalink says that ID is also the article's address (an RSS guid whose
	// isPermaLink is true, or absent while the guid is an http address).
	Permalink bool `json:"permalink,omitempty"`

	Title   Text `json:"title,omitzero"`
	Summary Text `json:"summary,omitzero"`
	Content Text `json:"content,omitzero"`

	// Links are in document order, resolved against their base where that was
	// possible, otherwise as sent (repair mends what is damaged).
	Links      []Link      `json:"links,omitempty"`
	Authors    []Person    `json:"authors,omitempty"` // the feed's where the entry names none
	Categories []Category  `json:"categories,omitempty"`
	Enclosures []Enclosure `json:"enclosures,omitempty"`
	Media      Media       `json:"media,omitzero"`

	// Published and Updated are zero when upstream sent none that can be read
	// with certainty. They are not bounded by the time of the poll.
	Published time.Time `json:"published,omitzero"`
	Updated   time.Time `json:"updated,omitzero"`

	// Language is the declared language nearest to the entry (BCP 47): its
	// own, else the feed's, else Content-Language; empty when none is declared.
	Language string `json:"language,omitempty"`
	// Base is the address that relative references of the entry resolve
	// against (RFC 3986 §5.1).
	Base   string  `json:"base,omitempty"`
	Source *Origin `json:"source,omitempty"` // atom:source or RSS source: where upstream took it from
	Rights string  `json:"rights,omitempty"`

	// Page is the article as its own page has it, where the source is
	// configured for full texts and it could be had; else nil.
	Page *Page `json:"page,omitempty"`
}

// Page is an article taken from its page. It is as received as what upstream's
// feed says, and no part of what makes an entry another (Hash).
type Page struct {
	Base string `json:"base"` // what its relative addresses resolve against
	HTML string `json:"html"`
}

// Text is an Atom text construct (RFC 4287 §3.1) or what stands for one.
type Text struct {
	// HTML says that Value is markup; otherwise it is plain text and every
	// character in it means itself.
	HTML     bool   `json:"html,omitempty"`
	Value    string `json:"value,omitempty"`
	Base     string `json:"base,omitempty"`     // where it differs from the entry's
	Language string `json:"language,omitempty"` // where it differs from the entry's
}

// Link is an Atom link (RFC 4287 §4.2.7) or what stands for one.
type Link struct {
	Rel      string `json:"rel"` // never empty: "alternate", "related", "via", "replies", …
	Href     string `json:"href"`
	Type     string `json:"type,omitempty"`
	Title    string `json:"title,omitempty"`
	Language string `json:"hreflang,omitempty"`
}

// Person is an author (RFC 4287 §3.2); Name is never empty.
type Person struct {
	Name  string `json:"name"`
	URI   string `json:"uri,omitempty"`
	Email string `json:"email,omitempty"`
}

// Category is an Atom category (RFC 4287 §4.2.2); Term is never empty.
type Category struct {
	Term   string `json:"term"`
	Scheme string `json:"scheme,omitempty"`
	Label  string `json:"label,omitempty"`
}

// Enclosure is an attached file: an RSS enclosure, an Atom link with
// rel=enclosure, a media:content, a JSON Feed attachment.
type Enclosure struct {
	URL      string        `json:"url"`
	Type     string        `json:"type,omitempty"`   // media type; empty when unknown
	Length   int64         `json:"length,omitempty"` // bytes; 0 when unknown
	Title    string        `json:"title,omitempty"`
	Duration time.Duration `json:"duration,omitempty"`
	Width    int           `json:"width,omitempty"`
	Height   int           `json:"height,omitempty"`
}

// Media is what the media, iTunes and podcast namespaces say of an entry.
type Media struct {
	Image       Image         `json:"image,omitzero"` // thumbnail or cover
	Duration    time.Duration `json:"duration,omitempty"`
	Episode     string        `json:"episode,omitempty"`
	EpisodeType string        `json:"episodeType,omitempty"`
	Season      string        `json:"season,omitempty"`
	Explicit    string        `json:"explicit,omitempty"` // "true", "false", or empty when not said
	Chapters    Link          `json:"chapters,omitzero"`
	Transcripts []Link        `json:"transcripts,omitempty"`
}

// Image is a picture by its address; sizes are pixels, 0 when unknown.
type Image struct {
	URL    string `json:"url"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
}

// Origin names a feed that an entry came from (RFC 4287 §4.2.11).
type Origin struct {
	ID      string    `json:"id,omitempty"`
	Title   string    `json:"title,omitempty"`
	Link    string    `json:"link,omitempty"` // its page for people
	Self    string    `json:"self,omitempty"` // its own address
	Updated time.Time `json:"updated,omitzero"`
	Rights  string    `json:"rights,omitempty"`
}

// Is reports whether two of them name the same feed: something that both say
// is the same.
func (o *Origin) Is(other *Origin) bool {
	for _, pair := range [][2]string{{o.ID, other.ID}, {o.Self, other.Self}, {o.ID, other.Self}, {o.Self, other.ID}, {o.Link, other.Link}, {o.Title, other.Title}} {
		if pair[0] != "" && pair[0] == pair[1] {
			return true
		}
	}
	return false
}

// Body is the fullest text that upstream sent: the article's page, the
// content, else the summary.
func (e *Entry) Body() Text {
	if e.Page != nil {
		return Text{HTML: true, Value: e.Page.HTML, Base: e.Page.Base}
	}
	if e.Content.Value != "" {
		return e.Content
	}
	return e.Summary
}

// Link returns the first address with the given relation, or "".
func (e *Entry) Link(rel string) string {
	for _, l := range e.Links {
		if l.Rel == rel {
			return l.Href
		}
	}
	return ""
}

// A Hash is a digest of what upstream sent.
type Hash [16]byte

// Hash digests all that an edit could change. Published is left out, and
// Updated too: upstreams bump dates on every request without editing anything.
// What is absent adds nothing, so that a field that Entry gets later doesn't
// make all known entries look edited.
func (e *Entry) Hash() Hash {
	d := digests.Get().(*digest)
	defer digests.Put(d)
	d.bytes = d.bytes[:0]
	d.text("id", e.ID)
	d.construct("title", e.Title)
	d.construct("summary", e.Summary)
	d.construct("content", e.Content)
	for _, l := range e.Links {
		d.link("link", l)
	}
	for _, p := range e.Authors {
		d.texts("author", p.Name, p.URI, p.Email)
	}
	for _, c := range e.Categories {
		d.texts("category", c.Term, c.Scheme, c.Label)
	}
	for _, n := range e.Enclosures {
		d.texts("enclosure", n.URL, n.Type, strconv.FormatInt(n.Length, 10), n.Title, n.Duration.String(), strconv.Itoa(n.Width), strconv.Itoa(n.Height))
	}
	d.media(&e.Media)
	d.text("language", e.Language)
	d.text("base", e.Base)
	d.text("rights", e.Rights)
	if o := e.Source; o != nil {
		d.texts("source", o.ID, o.Title, o.Link, o.Self, o.Rights)
	}
	sum := sha256.Sum256(d.bytes)
	return Hash(sum[:16])
}

// digests lends the memory for them.
var digests = sync.Pool{New: func() any { return new(digest) }}

// digest is what is hashed: each value with its name and length.
type digest struct{ bytes []byte }

func (d *digest) text(name, value string) {
	if value != "" {
		d.texts(name, value)
	}
}

func (d *digest) texts(name string, values ...string) {
	d.bytes = append(d.bytes, name...)
	for _, v := range values {
		d.bytes = binary.AppendUvarint(append(d.bytes, 0), uint64(len(v)))
		d.bytes = append(d.bytes, v...)
	}
}

func (d *digest) construct(name string, t Text) {
	if t.Value != "" {
		d.texts(name, t.Value, strconv.FormatBool(t.HTML), t.Base, t.Language)
	}
}

func (d *digest) link(name string, l Link) {
	if l.Href != "" {
		d.texts(name, l.Rel, l.Href, l.Type, l.Title, l.Language)
	}
}

func (d *digest) media(m *Media) {
	d.text("image", m.Image.URL)
	if m.Duration != 0 {
		d.text("duration", m.Duration.String())
	}
	d.text("episode", m.Episode)
	d.text("episodeType", m.EpisodeType)
	d.text("season", m.Season)
	d.text("explicit", m.Explicit)
	d.link("chapters", m.Chapters)
	for _, t := range m.Transcripts {
		d.link("transcript", t)
	}
}
