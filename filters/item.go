package filters

import (
	"slices"
	"strings"
	"sync"
	"time"

	"copydesk/feed"
	"copydesk/filters/text"
	"copydesk/filters/topic"
)

// Item is what rules look at: a copy in its context. Its texts are normalised
// and gone through once, however many rules and editions ask.
type Item struct {
	Copy   *feed.Copy
	Source string // name
	Tags   []string
	At     time.Time // when it was first decided: its age is the time since it was published
	// Anywhere makes every edition take it, whatever its source: for examples.
	Anywhere bool

	mu     sync.Mutex
	texts  map[string][]part // by field, terms not yet looked for
	found  map[lookup][]part
	judged map[*Edition]judged
}

type topicFound = topic.Found

type lookup struct {
	field string
	pool  *topic.Pool
	size  int
}

// NewItem returns the item of a copy. The copy isn't changed, but for its
// plain text, which is made from its HTML when it isn't there.
func NewItem(c *feed.Copy, source string, tags []string, at time.Time) *Item {
	return &Item{Copy: c, Source: source, Tags: tags, At: at}
}

// Settle makes editions that are made of this one go by what it decided
// before, and not by what it would decide now.
func (i *Item) Settle(e *Edition, d feed.Decision) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.judged == nil {
		i.judged = make(map[*Edition]judged)
	}
	i.judged[e] = judged{d, true}
}

// Age is how long ago the entry was published when it was first decided.
func (i *Item) Age() time.Duration { return max(0, i.At.Sub(i.Copy.Published)) }

func (i *Item) tagged(tag string) bool { return slices.Contains(i.Tags, tag) }

func (i *Item) title() []part {
	return i.field("title", func() []part {
		return []part{{where: "title", n: text.Normalise(i.Copy.Title)}}
	})
}

func (i *Item) parts() []part {
	return i.field("text", func() []part {
		Unfold(i.Copy)
		return []part{{where: "title", n: text.Normalise(i.Copy.Title)}, {where: "text", n: text.Normalise(i.Copy.Text)}}
	})
}

// between divides texts so that no term reaches from one to the next.
const between = " | "

func (i *Item) authors() []part {
	return i.field("author", func() []part {
		var all []string
		for _, a := range i.Copy.Authors {
			all = append(all, a.Name)
		}
		return []part{{where: "author", n: text.Normalise(strings.Join(all, between))}}
	})
}

func (i *Item) categories() []part {
	return i.field("category", func() []part {
		var all []string
		for _, c := range i.Copy.Categories {
			all = append(all, c.Term)
			if c.Label != "" && c.Label != c.Term {
				all = append(all, c.Label)
			}
		}
		return []part{{where: "category", n: text.Normalise(strings.Join(all, between))}}
	})
}

func (i *Item) field(name string, read func() []part) []part {
	i.mu.Lock()
	defer i.mu.Unlock()
	if parts, ok := i.texts[name]; ok {
		return parts
	}
	if i.texts == nil {
		i.texts = make(map[string][]part)
	}
	i.texts[name] = read()
	return i.texts[name]
}

// search looks for a pool's terms in a field's parts, once.
func (i *Item) search(field string, parts []part, pool *topic.Pool) []part {
	key := lookup{field, pool, pool.Size()}
	i.mu.Lock()
	defer i.mu.Unlock()
	if known, ok := i.found[key]; ok {
		return known
	}
	if field == "title" { // what the text's search found is as good
		if known, ok := i.found[lookup{"text", pool, key.size}]; ok {
			return known[:1]
		}
	}
	searched := slices.Clone(parts)
	for k := range searched {
		searched[k].found = pool.Find(searched[k].n, i.Copy.Language)
	}
	if i.found == nil {
		i.found = make(map[lookup][]part)
	}
	i.found[key] = searched
	return searched
}
