package config

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"copydesk/filters"
)

// plainParts are parts of the file without their form, so that a change that
// decisions depend on is noticed, and a changed title or comment isn't.
func plainParts(r *reader, root *yaml.Node, keys ...string) []any {
	quiet := newReader(r.file, r.env) // what is wrong was told already
	var parts []any
	for _, k := range keys {
		if _, found, ok := child(root, k); ok {
			parts = append(parts, k, quiet.plain(value{node: found}))
		}
	}
	return parts
}

// decisive is what of an edition its decisions depend on.
func decisive(r *reader, v value) any {
	whole, _ := newReader(r.file, r.env).plain(v).(map[string]any)
	for _, k := range []string{"title", "description", "sort", "limit", "private", "apply", "examples"} {
		delete(whole, k)
	}
	return whole
}

// decisiveSources is what of its sources an edition's decisions depend on.
func (d *draft) decisiveSources(r *reader, e *filters.Edition) any {
	var all []any
	for _, s := range d.sources {
		if !e.Takes(s.source.Name) {
			continue
		}
		one := []any{s.source.Name, s.source.Tags}
		if s.rules.node != nil {
			one = append(one, newReader(r.file, r.env).plain(s.rules))
		}
		all = append(all, one)
	}
	return all
}

// decisiveTopics are the topics that an edition's decisions depend on: those
// that it asks for, those that rules and conditions name, and those that these
// are made of.
func (d *draft) decisiveTopics(r *reader, rules any, asked []string) any {
	needed := map[string]bool{}
	for _, name := range asked {
		needed[name] = true
	}
	all := map[string]topicDraft{}
	for _, t := range d.topics {
		all[t.spec.Name] = t
	}
	expression := false
	mentions(rules, func(s string) {
		_, is := all[s]
		needed[s] = needed[s] || is
		expression = expression || strings.Contains(s, "topic") // as an if: names them
	})
	var parts []any
	queue := sorted(needed)
	if expression {
		queue = slices.Sorted(maps.Keys(all))
	}
	seen := map[string]bool{}
	for i := 0; i < len(queue); i++ {
		t, there := all[queue[i]]
		if !there || seen[queue[i]] {
			continue
		}
		seen[queue[i]] = true
		queue = append(queue, t.spec.Topics...)
		parts = append(parts, t.spec.Name, newReader(r.file, r.env).plain(t.value))
	}
	return parts
}

// mentions goes through the texts of plain parts.
func mentions(v any, text func(string)) {
	switch v := v.(type) {
	case string:
		text(v)
	case []any:
		for _, one := range v {
			mentions(one, text)
		}
	case []string:
		for _, one := range v {
			text(one)
		}
	case map[string]any:
		for _, one := range v {
			mentions(one, text)
		}
	}
}

func digest(v any) string {
	data, err := json.Marshal(v)
	if err != nil { // strings, numbers, lists and maps: cannot happen
		panic(err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:6])
}
