package repair

import (
	"fmt"

	"github.com/andybalholm/cascadia"

	"copydesk/filters/text"
)

// Selector is a compiled CSS selector.
type Selector struct {
	css   string
	match cascadia.SelectorGroup
}

// CompileSelector compiles a CSS selector, or a list of them divided by commas.
func CompileSelector(css string) (Selector, error) {
	group, err := cascadia.ParseGroup(css)
	if err != nil {
		return Selector{}, fmt.Errorf("%q is not a CSS selector: %w", css, err)
	}
	return Selector{css: css, match: group}, nil
}

// String returns the selector as it was written.
func (s Selector) String() string { return s.css }

// remove takes away what the source's selectors name.
func (p *page) remove() {
	for _, s := range p.source.Remove {
		if s.match == nil {
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
