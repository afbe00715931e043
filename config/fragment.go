package config

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"copydesk/filters"
)

// Rules compiles rules that don't stand in the file, as if they did: one
// rule, a list of them, or a condition alone, which comes back as a rule
// without an action. Where there is a term too, it must stand in the title or
// the text as well; either may be empty. What is wrong comes back as Mistakes,
// with the place in the text. No variable of the environment is replaced.
func (c *Config) Rules(text, term string) ([]filters.Rule, error) {
	names := &filters.Names{Sources: c.names.Sources, Tags: c.names.Tags, Topics: c.names.Topics}
	filters.CompileConditions(c.conditions, names) // without mistakes, or there were no Config
	var with any
	if term = strings.TrimSpace(term); term != "" {
		with = map[string]any{"text": []any{term}}
		if _, mistakes := filters.CompileCondition(with, names); len(mistakes) > 0 {
			return nil, Mistakes{{Path: "term", Wrong: mistakes[0].Wrong, Right: mistakes[0].Right}}
		}
	}
	specs, err := c.specs(text, names)
	if err != nil {
		return nil, err
	}
	if len(specs) == 0 && with == nil {
		return nil, Mistakes{{Wrong: "there is nothing to try", Right: "write a term, a condition such as {title: [term]}, or a rule such as {drop: {title: [term]}}"}}
	}
	if len(specs) == 0 {
		specs = []fragment{{spec: with}}
		with = nil
	}
	var rules []filters.Rule
	for i, one := range specs {
		if with != nil {
			one.spec = map[string]any{"all": []any{one.spec, with}}
		}
		condition, mistakes := filters.CompileCondition(one.spec, names)
		if len(mistakes) > 0 { // both were good alone
			return nil, Mistakes{{Wrong: mistakes[0].Wrong, Right: mistakes[0].Right}}
		}
		rules = append(rules, filters.Rule{Action: one.action, Condition: condition, Path: "tried rule " + strconv.Itoa(i+1)})
	}
	return rules, nil
}

// fragment is a condition with what is to be done where it holds, if that is
// said.
type fragment struct {
	action filters.Action
	spec   any
}

// specs reads what rules say, each of which is found to be good.
func (c *Config) specs(text string, names *filters.Names) ([]fragment, error) {
	const file = ""
	doc, mistakes := document(file, []byte(text))
	if mistakes != nil {
		return nil, mistakes
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 || null(resolve(doc.Content[0])) {
		return nil, nil
	}
	r := newReader(file, nil)
	root := value{node: resolve(doc.Content[0])}
	items := []value{root}
	if root.node.Kind == yaml.SequenceNode && len(root.node.Content) > 0 && isRule(resolve(root.node.Content[0])) {
		items = nil
		r.list(root, func(item value) { items = append(items, item) })
	}
	var all []fragment
	for _, item := range items {
		spec := r.plain(item)
		if len(items) == 1 && !isRule(item.node) {
			_, wrong := filters.CompileCondition(spec, names)
			r.place(item, wrong)
			all = append(all, fragment{spec: spec})
			continue
		}
		rule, wrong := filters.CompileRule(spec, names)
		r.place(item, wrong)
		if m, ok := spec.(map[string]any); ok {
			all = append(all, fragment{rule.Action, m[string(rule.Action)]})
		}
	}
	if len(r.mistakes) > 0 {
		return nil, r.mistakes.sorted()
	}
	return all, nil
}

// isRule reports whether a node looks like a rule rather than a condition.
func isRule(n *yaml.Node) bool {
	for _, action := range []filters.Action{filters.Keep, filters.Drop} {
		if _, _, ok := child(n, string(action)); ok && n.Kind == yaml.MappingNode {
			return true
		}
	}
	return false
}
