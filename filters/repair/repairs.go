package repair

import (
	"net/url"

	"golang.org/x/net/html"

	"copydesk/feed"
)

// Source is what repair knows of the source an entry came from.
type Source struct {
	Name      string
	Title     string // upstream's own
	Home      string // its page for people; may be empty
	URL       string // of the document
	Remove    []Selector
	Off       map[string]bool // repairs switched off, by name
	Furniture *Furniture      // learned boilerplate; nil: nothing learned
}

// Repairer mends entries. Its zero value knows no languages and leaves
// notices in other languages alone.
type Repairer struct {
	// Identify tells the language of a text (BCP 47, empty when unknown) and
	// how sure that is (0–1); used provisionally, before the final language
	// is identified on the repaired text.
	Identify func(text string) (language string, confidence float64)
}

// repair is one row of the table: a name that a source can switch off, and
// what it does to an entry on the desk.
type repair struct {
	name string
	what string // one sentence for the README's table
	run  func(*page)
}

// page is an entry on the desk. One parse of its HTML serves all repairs.
type page struct {
	*Repairer
	entry  *feed.Entry
	source *Source
	copy   *feed.Copy
	body   *html.Node // a body element that holds the article; never nil
	base   *url.URL   // relative references resolve against it; nil when unknown

	current string // the repair that runs, for its notes
}

// note records what the running repair did.
func (p *page) note(where, before, after string) {
	p.copy.Repairs = append(p.copy.Repairs, feed.Repair{Name: p.current, Where: where, Before: excerpt(before), After: excerpt(after)})
}
