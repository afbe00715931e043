package cli

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"copydesk/feed/opml"
	"copydesk/filters"
)

// funnel reads the configuration of rss-funnel: each endpoint becomes an
// edition, what its filters keep and discard become rules.
func (m *imported) funnel(data []byte) error {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return fmt.Errorf("reading YAML: %w", err)
	}
	if len(doc.Content) == 0 {
		return errors.New("holds no endpoints")
	}
	root := doc.Content[0]
	endpoints := root
	if root.Kind == yaml.MappingNode {
		endpoints = nil
		for _, p := range members(root) {
			if p.key.Value == "endpoints" {
				endpoints = p.value
			} else {
				m.note(m.line(p.key.Line), "%s: can't be said here", p.key.Value)
			}
		}
	}
	if endpoints == nil || endpoints.Kind != yaml.SequenceNode {
		return errors.New("holds no endpoints")
	}
	paths := map[string]string{} // and the editions' names
	for _, e := range endpoints.Content {
		if path := member(e, "path"); path != nil {
			paths[path.Value] = m.edition(endpointName(path.Value))
		}
	}
	first := len(m.editions)
	for _, e := range endpoints.Content {
		m.endpoint(e, paths)
	}
	m.editions = append(m.editions[:first], m.sound(m.editions[first:])...)
	return nil
}

// sound leaves out editions that are made of what was left out, or of
// themselves.
func (m *imported) sound(editions []pairs) []pairs {
	made := map[string]bool{}
	for again := true; again; {
		again = false
		for _, e := range editions {
			name, sources := named(e)
			whole := !slices.ContainsFunc(sources, func(s any) bool {
				other, is := strings.CutPrefix(s.(string), "edition:")
				return is && !made[other]
			})
			if whole && !made[name] {
				made[name], again = true, true
			}
		}
	}
	return slices.DeleteFunc(editions, func(e pairs) bool {
		name, _ := named(e)
		if !made[name] {
			m.note("1", "%s is left out: it is made of endpoints that are left out, or of itself", name)
		}
		return !made[name]
	})
}

// named is an edition's name, and its sources.
func named(e pairs) (name string, sources []any) {
	for _, p := range e {
		switch p.key {
		case "name":
			name = p.value.(string)
		case "sources":
			sources = p.value.([]any)
		}
	}
	return name, sources
}

func endpointName(path string) string {
	for _, end := range []string{".xml", ".rss", ".atom"} {
		path = strings.TrimSuffix(path, end)
	}
	return opml.Slug(path)
}

// endpoint is one while it is read.
type endpoint struct {
	*imported
	paths   map[string]string
	title   string
	sources []string // names, and edition:NAME
	rules   []staged
	more    pairs
	depth   int // of merges in merges
}

// staged is a rule with the sources that were there before it: rss-funnel's
// filters don't touch what is merged in behind them.
type staged struct {
	line      int
	sources   []string
	condition pairs
	inverse   bool
}

func (m *imported) endpoint(n *yaml.Node, paths map[string]string) {
	path := member(n, "path")
	if path == nil {
		m.note(m.line(n.Line), "an endpoint without a path")
		return
	}
	e := &endpoint{imported: m, paths: paths}
	edition := pairs{{"name", paths[path.Value]}}
	for _, p := range members(n) {
		switch p.key.Value {
		case "path":
		case "note":
			edition = append(edition, pair{"description", strings.TrimSpace(p.value.Value)})
		case "source":
			e.source(p.value)
		case "filters":
			if p.value.Kind == yaml.SequenceNode {
				e.filters(p.value.Content)
			}
		default:
			m.note(m.line(p.key.Line), "%s: can't be said here", p.key.Value)
		}
	}
	if len(e.sources) == 0 {
		m.note(m.line(n.Line), "%s: an edition needs sources that the configuration names; it is left out", path.Value)
		return
	}
	if e.title != "" {
		edition = slices.Insert(edition, 1, pair{"title", e.title})
	}
	edition = append(edition, pair{"sources", texts(e.sources)})
	edition = append(edition, e.more...)
	if rules := e.finished(); len(rules) > 0 {
		edition = append(edition, pair{"rules", rules})
	}
	m.editions = append(m.editions, edition)
}

// source takes in where entries come from.
func (e *endpoint) source(n *yaml.Node) {
	for _, one := range oneOrMore(n) {
		name := ""
		switch {
		case one.Kind == yaml.MappingNode && member(one, "template") != nil:
			e.note(e.line(one.Line), "a source with placeholders has no address of its own")
			continue
		case one.Kind == yaml.MappingNode:
			if title := member(one, "title"); title != nil { // made of what is merged into it
				e.title = title.Value
			}
			continue
		case e.paths[one.Value] != "":
			name = "edition:" + e.paths[one.Value]
		default:
			s := e.imported.source(e.line(one.Line), "", one.Value)
			if s == nil {
				continue
			}
			name = s.name
		}
		if !slices.Contains(e.sources, name) {
			e.sources = append(e.sources, name)
		}
	}
}

func (e *endpoint) filters(filters []*yaml.Node) {
	for _, f := range filters {
		for _, p := range members(f) {
			e.filter(p)
		}
	}
}

func (e *endpoint) filter(p node) {
	place := e.line(p.key.Line)
	switch p.key.Value {
	case "note":
	case "keep_only", "discard":
		c, err := funnelCondition(p.value)
		if err != nil {
			e.note(place, "%s: %v", p.key.Value, err)
			return
		}
		e.rules = append(e.rules, staged{p.key.Line, slices.Clone(e.sources), c, p.key.Value == "keep_only"})
	case "remove_element":
		e.remove(place, p.value)
	case "limit":
		e.limit(place, p.value)
	case "merge":
		e.merge(p.value)
	default:
		e.note(place, "%s: can't be said here", p.key.Value)
	}
}

// merge adds sources; filters of its own hold for these alone.
func (e *endpoint) merge(n *yaml.Node) {
	more, filters := n, (*yaml.Node)(nil)
	if n.Kind == yaml.MappingNode {
		for _, p := range members(n) {
			switch p.key.Value {
			case "source":
				more = p.value
			case "filters":
				filters = p.value
			case "parallelism":
			default:
				e.note(e.line(p.key.Line), "%s: can't be said here", p.key.Value)
			}
		}
	}
	if e.depth++; e.depth > 20 { // an alias can lead back to itself
		e.note(e.line(n.Line), "merge: nested too deep")
		return
	}
	defer func() { e.depth-- }()
	before := e.sources
	e.sources = nil
	e.source(more)
	if filters != nil && filters.Kind == yaml.SequenceNode {
		e.filters(filters.Content)
	}
	for _, s := range e.sources {
		if !slices.Contains(before, s) {
			before = append(before, s)
		}
	}
	e.sources = before
}

// remove takes elements out of the sources' entries, in every edition.
func (e *endpoint) remove(place string, n *yaml.Node) {
	var good []any
	for _, one := range oneOrMore(n) {
		if !selects(one.Value) {
			e.note(place, "%q: is no selector that is understood here", one.Value)
			continue
		}
		good = append(good, one.Value)
	}
	for _, name := range e.sources {
		at := slices.IndexFunc(e.imported.sources, func(s *importedSource) bool { return s.name == name })
		if at < 0 {
			e.note(place, "remove_element: what comes by way of %s is published as it is there", name)
			continue
		}
		s := e.imported.sources[at]
		if i := slices.IndexFunc(s.more, func(p pair) bool { return p.key == "remove" }); i >= 0 {
			for _, css := range good {
				if known := s.more[i].value.([]any); !slices.Contains(known, css) {
					s.more[i].value = append(known, css)
				}
			}
		} else if len(good) > 0 {
			s.more = append(s.more, pair{"remove", slices.Clone(good)})
		}
	}
}

func (e *endpoint) limit(place string, n *yaml.Node) {
	if count, err := strconv.Atoi(n.Value); err == nil && count > 0 {
		e.more = slices.DeleteFunc(e.more, func(p pair) bool { return p.key == "limit" })
		e.more = append(e.more, pair{"limit", count})
		return
	}
	if d, err := filters.ParseDuration(n.Value); err != nil || d <= 0 {
		e.note(place, "limit: %s: can't be said here", n.Value)
		return
	}
	e.rules = append(e.rules, staged{n.Line, slices.Clone(e.sources), pairs{{"age", "> " + n.Value}}, false})
}

// finished are the rules, each for the sources that were there.
func (e *endpoint) finished() []any {
	var rules []any
	for _, r := range e.rules {
		c := r.condition
		if r.inverse {
			c = pairs{{"not", c}}
		}
		if len(r.sources) < len(e.sources) {
			if at := slices.IndexFunc(r.sources, func(s string) bool { return strings.HasPrefix(s, "edition:") }); at >= 0 {
				e.note(e.line(r.line), "a rule can't be for what comes by way of %s alone", r.sources[at])
				continue
			}
			if len(r.sources) == 0 {
				continue // there was nothing yet
			}
			c = append(pairs{{"source", texts(r.sources)}}, c...)
		}
		rules = append(rules, drop(c))
	}
	return rules
}

// funnelCondition reads what keep_only and discard look for: texts and
// regular expressions, in title and body, whatever the case if nothing else
// is said.
func funnelCondition(n *yaml.Node) (pairs, error) {
	flags, field := "i", "any"
	var patterns []string
	contain := func(list *yaml.Node) {
		for _, one := range oneOrMore(list) {
			patterns = append(patterns, regexp.QuoteMeta(one.Value))
		}
	}
	if n.Kind != yaml.MappingNode {
		contain(n)
	}
	for _, p := range members(n) {
		switch p.key.Value {
		case "contains":
			contain(p.value)
		case "matches":
			for _, one := range oneOrMore(p.value) {
				patterns = append(patterns, one.Value)
			}
		case "field":
			field = p.value.Value
		case "case_sensitive":
			if p.value.Value == "true" {
				flags = ""
			}
		default:
			return nil, fmt.Errorf("%s: can't be said here", p.key.Value)
		}
	}
	say := funnelFields[field]
	if say == nil {
		return nil, fmt.Errorf("no condition looks at %s", field)
	}
	var expressions []any
	for _, pattern := range patterns {
		expression, err := expressionOf(pattern, flags)
		if err == nil && field != "title" {
			err = unseen(pattern)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", pattern, err)
		}
		expressions = append(expressions, expression)
	}
	if len(expressions) == 0 {
		return nil, errors.New("looks for nothing")
	}
	return say(expressions), nil
}

// funnelFields say where rss-funnel looks.
var funnelFields = map[string]func(expressions []any) pairs{
	"any":     func(all []any) pairs { return pairs{{"text", all}} },
	"title":   func(all []any) pairs { return pairs{{"title", all}} },
	"body":    bodies,
	"content": bodies,
}

func bodies(all []any) pairs {
	var some []pairs
	for _, one := range all {
		some = append(some, body(one.(string)))
	}
	return anyCondition(some)
}
