package feed

import "time"

// Copy is a received entry after repair and annotation: what the desk works
// on and what is published. It can be made again from the received entry.
type Copy struct {
	Title string `json:"title,omitempty"` // plain text
	Link  string `json:"link,omitempty"`  // the article's address; empty when it has none
	// HTML is the repaired and sanitised body with absolute addresses.
	HTML string `json:"html,omitempty"`
	// Summary is plain text, and empty where the body says the same.
	Summary string `json:"summary,omitempty"`
	// Text is the article proper as plain text, blocks divided by line feeds;
	// it isn't stored, since it can be had from HTML.
	Text  string `json:"-"`
	Words int    `json:"words,omitempty"` // of Text; a CJK character counts as 1/1.7 words

	Links      []Link      `json:"links,omitempty"` // related, via, replies; never alternate
	Authors    []Person    `json:"authors,omitempty"`
	Categories []Category  `json:"categories,omitempty"`
	Enclosures []Enclosure `json:"enclosures,omitempty"`
	Media      Media       `json:"media,omitzero"`
	Rights     string      `json:"rights,omitempty"`
	// Origin is the feed that upstream took the entry from, where it says so:
	// it is published as the entry's source (RFC 4287 §4.2.11).
	Origin *Origin `json:"source,omitempty"`

	// Published and Updated are never later than the poll that brought the
	// entry; Published is that poll's time when upstream sent none.
	Published time.Time `json:"published,omitzero"`
	Updated   time.Time `json:"updated,omitzero"`

	Language   string     `json:"language,omitempty"`   // BCP 47; empty: unknown
	Confidence float64    `json:"confidence,omitempty"` // 0–1
	Topics     []TopicHit `json:"topics,omitempty"`
	Repairs    []Repair   `json:"repairs,omitempty"`
	// Furniture is the version of the source's learned furniture that was applied.
	Furniture int `json:"furniture,omitempty"`
	// Notes say what a person should know of the entry: an identity that had
	// to be found by other signs, a date that was not believed.
	Notes []string `json:"notes,omitempty"`
}

// Repair is one change that undid damage.
type Repair struct {
	Name   string `json:"name"`             // from repair's table
	Where  string `json:"where"`            // "title", "link", "body", "enclosure", …
	Before string `json:"before,omitempty"` // excerpt
	After  string `json:"after,omitempty"`  // excerpt; empty when it was removed
}

// TopicHit says that an entry is on a topic, and by which words.
type TopicHit struct {
	Topic string `json:"topic"`
	Words []Hit  `json:"words,omitempty"`
}

// Hit is a place where a term stands.
type Hit struct {
	Term  string `json:"term"`
	Found string `json:"found"`           // as it stands in the text, with a little around it
	Where string `json:"where,omitempty"` // "title" or "text"
}

// On reports whether the entry is on the topic.
func (c *Copy) On(topic string) bool {
	for _, t := range c.Topics {
		if t.Topic == topic {
			return true
		}
	}
	return false
}
