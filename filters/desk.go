package filters

import (
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/feed"
	"copydesk/filters/language"
	"copydesk/filters/repair"
	"copydesk/filters/story"
	"copydesk/filters/text"
	"copydesk/filters/topic"
)

// Desk is where entries are read and judged: a compiled configuration. It
// isn't changed once it is made, and serves any number of goroutines.
type Desk struct {
	Sources  map[string]*Source
	Topics   *topic.Set
	Rules    []Rule // for every edition, before its own
	Editions []*Edition
}

// Source is a source as the desk knows it.
type Source struct {
	feed.Source
	Remove []repair.Selector
	Rules  []Rule // for its entries, in every edition
}

// Reading reads the entries of one document: what was learned of the source
// is unpacked once.
type Reading struct {
	desk     *Desk
	source   *Source
	repairer repair.Repairer
	known    repair.Source
	usual    string
	feed     feed.Origin
}

// Learn takes in a whole document before its first entry is read, so that
// furniture is known from the first poll on.
func (d *Desk) Learn(state *feed.SourceState, doc *feed.Document) {
	known := d.known(state)
	learned := repair.Learn(known.Furniture, doc.Entries, &known)
	if learned == nil {
		return
	}
	if data, err := learned.MarshalBinary(); err == nil {
		state.Furniture, state.FurnitureVersion = data, learned.Version
	}
}

// Open makes ready to read entries of a source.
func (d *Desk) Open(state *feed.SourceState) *Reading {
	source := d.Sources[state.Name]
	if source == nil { // gone from the configuration since
		source = &Source{Source: feed.Source{Name: state.Name}}
	}
	return &Reading{
		desk:     d,
		source:   source,
		repairer: repair.Repairer{Identify: identify},
		known:    d.known(state),
		usual:    state.UsualLanguage(),
		feed:     state.Origin(),
	}
}

func (d *Desk) known(state *feed.SourceState) repair.Source {
	known := repair.Source{Name: state.Name, Title: state.Title, Home: state.Home, URL: state.Served}
	if s := d.Sources[state.Name]; s != nil {
		known.Remove, known.Off = s.Remove, s.Off
	}
	if len(state.Furniture) > 0 {
		// What can't be read any more is learned anew.
		known.Furniture, _ = repair.ParseFurniture(state.Furniture)
	}
	return known
}

func identify(s string) (string, float64) {
	guess := language.Identify(s)
	return guess.Language, guess.Confidence
}

// Read makes the copy of a received entry: repaired, its language and topics
// found. polled is when upstream was asked; nothing is dated later. The same
// input gives the same copy.
func (r *Reading) Read(e *feed.Entry, polled time.Time) (feed.Copy, []byte) {
	c := r.repairer.Repair(e, &r.known)
	if f := r.known.Furniture; f != nil {
		c.Furniture = f.Version
	}
	date(&c, e, polled)
	c.Origin = origin(e.Source, &r.feed)
	r.annotate(&c, e.Language)
	return c, story.Sign(&c)
}

// annotate finds language and topics.
func (r *Reading) annotate(c *feed.Copy, declared string) {
	if r.source.Language != "" {
		c.Language, c.Confidence = r.source.Language, 1
	} else {
		guess := language.Of(c.Title, c.Text, declared, r.usual)
		c.Language, c.Confidence = guess.Language, guess.Confidence
	}
	r.desk.FindTopics(c)
}

// Renew finds an archived entry's topics anew, and reports whether they are
// others than it had.
func (d *Desk) Renew(c *feed.Copy) (changed bool) {
	had := c.Topics
	if len(had) == 0 && d.Topics.Len() == 0 {
		return false
	}
	d.FindTopics(c)
	same := slices.EqualFunc(had, c.Topics, func(a, b feed.TopicHit) bool { return a.Topic == b.Topic && slices.Equal(a.Words, b.Words) })
	return !same
}

// FindTopics finds the topics of a copy anew. Text is made from the HTML when
// it isn't there.
func (d *Desk) FindTopics(c *feed.Copy) {
	c.Topics = nil
	if d.Topics.Len() == 0 {
		return
	}
	Unfold(c)
	n := normals.Get().(*[2]text.Normal)
	defer normals.Put(n)
	n[0].Renew(c.Title)
	n[1].Renew(c.Text)
	c.Topics = d.Topics.Find(&n[0], &n[1], c.Language)
}

// normals lends the memory for a title and a text.
var normals = sync.Pool{New: func() any { return new([2]text.Normal) }}

// Edition returns the edition of that name, or nil.
func (d *Desk) Edition(name string) *Edition {
	for _, e := range d.Editions {
		if e.Name == name {
			return e
		}
	}
	return nil
}

// Unfold makes the plain text of a copy from its HTML when it isn't there,
// as it isn't in a copy that comes from the store.
func Unfold(c *feed.Copy) {
	if c.Text != "" || c.HTML == "" {
		return
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(c.HTML), body)
	if err != nil { // reading from memory: only a nesting deeper than what was published
		return
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	c.Text = text.Plain(body)
}
