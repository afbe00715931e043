package repair

import (
	"fmt"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"copydesk/filters/text"
)

// Selector is a compiled CSS selector.
type Selector struct {
	css   string
	match cascadia.SelectorGroup
	looks bool // at an element's siblings, for each of them
}

// mostLooks bounds how often siblings are looked at: an article with more of
// them than a person writes would take minutes.
const mostLooks = 25_000_000

// CompileSelector compiles a CSS selector, or a list of them divided by commas.
func CompileSelector(css string) (Selector, error) {
	group, err := cascadia.ParseGroup(css)
	if err != nil {
		return Selector{}, fmt.Errorf("%q is not a CSS selector: %w", css, err)
	}
	return Selector{css: css, match: group, looks: strings.ContainsAny(css, "~:")}, nil
}

// String returns the selector as it was written.
func (s Selector) String() string { return s.css }

// remove takes away what the source's selectors name.
func (p *page) remove() {
	for _, s := range p.source.Remove {
		if s.match == nil {
			continue
		}
		if s.looks && looks(p.body) > mostLooks {
			p.note("body", s.css+": not looked for, since there are too many elements side by side", "")
			continue
		}
		for _, n := range cascadia.QueryAll(p.body, s.match) {
			if n.Parent == nil {
				continue // went with what held it
			}
			p.note("body", s.css+": "+text.Plain(n), "")
			n.Parent.RemoveChild(n)
		}
	}
}

// looks is how often siblings are looked at when each element below a node
// looks at all of its own.
func looks(n *html.Node) int {
	all, siblings := 0, 0
	for c := range n.ChildNodes() {
		siblings++
		all += looks(c)
	}
	return all + siblings*siblings
}
