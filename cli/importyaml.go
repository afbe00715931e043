package cli

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// pair and pairs are a mapping in the order in which it is written.
type pair struct {
	key   string
	value any // string, bool, int, []any, pairs
}

type pairs []pair

func texts(all []string) []any {
	list := make([]any, len(all))
	for i, s := range all {
		list[i] = s
	}
	return list
}

// writePart writes a part of a configuration: lists of mappings in lines of
// their own, what is in them in one line each.
func writePart(b *strings.Builder, part pair) {
	switch v := part.value.(type) {
	case []any:
		if len(v) == 0 {
			return
		}
		b.WriteString(part.key + ":\n")
		for _, item := range v {
			writeItem(b, item)
		}
	case pairs:
		if len(v) == 0 {
			return
		}
		b.WriteString(part.key + ":\n")
		for _, p := range v {
			b.WriteString("  " + p.key + ": " + flow(p.value) + "\n")
		}
	}
}

func writeItem(b *strings.Builder, item any) {
	m, ok := item.(pairs)
	if !ok {
		b.WriteString("  - " + flow(item) + "\n")
		return
	}
	lead := "  - "
	for _, p := range m {
		rules, list := p.value.([]any)
		if p.key == "rules" && list {
			b.WriteString(lead + "rules:\n")
			for _, r := range rules {
				b.WriteString("      - " + inner(r) + "\n")
			}
		} else {
			b.WriteString(lead + p.key + ": " + flow(p.value) + "\n")
		}
		lead = "    "
	}
}

// inner writes a mapping with one key without its brackets.
func inner(v any) string {
	if m, ok := v.(pairs); ok && len(m) == 1 {
		return m[0].key + ": " + flow(m[0].value)
	}
	return flow(v)
}

// flow writes a value in one line.
func flow(v any) string {
	switch v := v.(type) {
	case string:
		return scalar(v)
	case bool:
		return strconv.FormatBool(v)
	case int:
		return strconv.Itoa(v)
	case []any:
		parts := make([]string, len(v))
		for i, one := range v {
			parts[i] = flow(one)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case pairs:
		parts := make([]string, len(v))
		for i, p := range v {
			parts[i] = p.key + ": " + flow(p.value)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return "null"
}

var (
	plainScalar = regexp.MustCompile(`^(?:\pL[\pL\pN .+_-]*|[0-9]+[smhdw])$`)
	wordOfYAML  = regexp.MustCompile(`^(?i:y|n|yes|no|on|off|true|false|null|nan|inf)$`)
	controls    = regexp.MustCompile(`[\x00-\x1f\x7f\x{85}\x{a0}\x{2028}\x{2029}\x{feff}]`)
)

// scalar writes a text so that it is read back as it is: ${ is the
// environment's, and is doubled.
func scalar(s string) string {
	s = strings.ReplaceAll(s, "${", "$${")
	switch {
	case controls.MatchString(s):
		quoted := strconv.Quote(s) // \x07, \u2028 are YAML's too; \v and the like as well
		return quoted
	case plainScalar.MatchString(s) && strings.TrimSpace(s) == s && !wordOfYAML.MatchString(s):
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// node is a member of a mapping that is read.
type node struct{ key, value *yaml.Node }

// members are a mapping's, in order.
func members(n *yaml.Node) []node {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	var all []node
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			all = append(all, node{n.Content[i], n.Content[i+1]})
		}
	}
	return all
}

func member(n *yaml.Node, key string) *yaml.Node {
	for _, p := range members(n) {
		if p.key.Value == key {
			return p.value
		}
	}
	return nil
}

// oneOrMore are the texts of a list, or the one text.
func oneOrMore(n *yaml.Node) []*yaml.Node {
	switch {
	case n == nil:
		return nil
	case n.Kind == yaml.SequenceNode:
		return n.Content
	}
	return []*yaml.Node{n}
}
