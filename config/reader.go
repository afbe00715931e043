package config

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"copydesk/filters"
)

// value is a node of the file with its path from the root.
type value struct {
	node *yaml.Node
	path string
	key  *yaml.Node // the node of the key it stands under; nil in lists
}

func (v value) at(step string) string {
	if v.path == "" || strings.HasPrefix(step, "[") {
		return v.path + step
	}
	return v.path + "." + step
}

// shown is a scalar as the file has it, for messages: what ${NAME} stands for
// may be a secret, and so may be who an address names before its host.
func (v value) shown() string {
	return strconv.Quote(short(userinfo.ReplaceAllString(v.node.Value, "//…@")))
}

var userinfo = regexp.MustCompile(`//[^/@\s]*@`)

func short(s string) string {
	runes := []rune(s)
	if len(runes) > 40 {
		return string(runes[:39]) + "…"
	}
	return s
}

// reader turns nodes into values and collects mistakes.
type reader struct {
	file     string
	env      func(string) (string, bool)
	mistakes Mistakes
	secrets  []string         // what ${NAME} stood for
	known    map[Mistake]bool // those in mistakes
	wrongIn  map[string]bool  // the paths of mistakes and all paths above
}

func newReader(file string, env func(string) (string, bool)) *reader {
	return &reader{file: file, env: env, known: map[Mistake]bool{}, wrongIn: map[string]bool{}}
}

func (r *reader) wrong(v value, wrong, right string) {
	r.wrongAt(v.node, v.path, wrong, right)
}

func (r *reader) wrongAt(n *yaml.Node, path, wrong, right string) {
	m := Mistake{r.file, n.Line, n.Column, path, wrong, right}
	if r.known[m] {
		return
	}
	r.known[m] = true
	r.mistakes = append(r.mistakes, m)
	for i, c := range path {
		if c == '.' || c == '[' {
			r.wrongIn[path[:i]] = true
		}
	}
	r.wrongIn[path] = true
}

// told reports whether a mistake at that path or below it was reported already:
// what follows from it isn't another.
func (r *reader) told(path string) bool { return r.wrongIn[path] }

// pair is a key of a mapping and its value.
type pair struct {
	key *yaml.Node
	value
}

// pairs lists a mapping's keys and values, those merged in (<<) among them,
// which its own override. Keys that stand twice, or can't be keys, are
// mistakes and left out.
func (r *reader) pairs(v value) []pair {
	seen := map[string]bool{}
	var all []pair
	var merged []value
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		k, item := resolve(v.node.Content[i]), resolve(v.node.Content[i+1])
		switch {
		case k.Kind != yaml.ScalarNode:
			r.wrongAt(k, v.path, kindOf(k)+" stands where a key belongs", "a key is a word; quote it if it begins with a bracket")
		case k.ShortTag() == "!!merge":
			merged = append(merged, r.merged(value{node: item, path: v.at(k.Value), key: k})...)
		case seen[k.Value]:
			r.wrongAt(k, v.at(k.Value), fmt.Sprintf("the key %q stands twice", short(k.Value)), "keep one of them")
		default:
			seen[k.Value] = true
			all = append(all, pair{k, value{node: item, path: v.at(k.Value), key: k}})
		}
	}
	for _, m := range merged {
		for _, p := range r.pairs(value{node: m.node, path: v.path}) {
			if !seen[p.key.Value] {
				seen[p.key.Value] = true
				all = append(all, p)
			}
		}
	}
	return all
}

// merged are the mappings that a merge key names, the first before the others.
func (r *reader) merged(v value) []value {
	switch v.node.Kind {
	case yaml.MappingNode:
		return []value{v}
	case yaml.SequenceNode:
		var all []value
		r.list(v, func(item value) {
			if item.node.Kind != yaml.MappingNode {
				r.wrong(item, "is "+kindOf(item.node), "merge a mapping: <<: *anchor")
				return
			}
			all = append(all, item)
		})
		return all
	}
	r.wrong(v, "is "+kindOf(v.node), "merge a mapping: <<: *anchor")
	return nil
}

// key is one key of a mapping that is read into a T.
type key[T any] struct {
	name string
	what string // one sentence, for the reference and the schema
	form form   // what its value looks like
	read func(*reader, value, *T)
}

// mapping reads a mapping by its table. A key without a value is at its
// default; a key that the table doesn't know is a mistake.
func mapping[T any](r *reader, v value, keys []key[T], into *T) bool {
	if null(v.node) {
		return true
	}
	if v.node.Kind != yaml.MappingNode {
		r.wrong(v, "is "+kindOf(v.node), "it should be a mapping with the keys "+names(keys))
		return false
	}
	for _, p := range r.pairs(v) {
		at := slices.IndexFunc(keys, func(one key[T]) bool { return one.name == p.key.Value })
		if at < 0 {
			r.wrongAt(p.key, p.path, fmt.Sprintf("unknown key %q", short(p.key.Value)), suggest(p.key.Value, keyNames(keys), "known keys"))
			continue
		}
		if !null(p.node) {
			keys[at].read(r, p.value, into)
		}
	}
	return true
}

// suggest names the one that was meant, else all.
func suggest(word string, known []string, what string) string {
	if near := filters.Nearest(word, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return what + ": " + strings.Join(known, ", ")
}

func keyNames[T any](keys []key[T]) []string {
	all := make([]string, len(keys))
	for i, k := range keys {
		all[i] = k.name
	}
	return all
}

func names[T any](keys []key[T]) string { return strings.Join(keyNames(keys), ", ") }

// resolve follows an alias; Parse has refused those that contain themselves.
func resolve(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode && n.Alias != nil {
		n = n.Alias
	}
	return n
}

func null(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.ScalarNode:
		switch n.ShortTag() {
		case "!!null":
			return "empty"
		case "!!int", "!!float":
			return "the number " + n.Value
		case "!!bool":
			return n.Value
		}
		return strconv.Quote(short(n.Value))
	}
	return "something else"
}

// each reads a mapping with keys that no table has.
func (r *reader) each(v value, right string, each func(pair)) {
	if v.node.Kind != mappingKind {
		r.wrong(v, "is "+kindOf(v.node), right)
		return
	}
	for _, p := range r.pairs(v) {
		each(p)
	}
}

// namedValues reads a mapping from names.
func (r *reader) namedValues(v value, example string, each func(name string, item value)) {
	r.each(v, "it should be a mapping from names: {"+example+"}", func(p pair) {
		if r.isName(value{node: p.key, path: p.path}, p.key.Value) {
			each(p.key.Value, p.value)
		}
	})
}

// list reads a list.
func (r *reader) list(v value, each func(value)) {
	n := v.node
	switch {
	case null(n):
	case n.Kind == yaml.SequenceNode:
		for i, item := range n.Content {
			each(value{node: resolve(item), path: v.at("[" + strconv.Itoa(i) + "]")})
		}
	case n.Kind == yaml.ScalarNode:
		r.wrong(v, "is "+kindOf(n), "it should be a list: ["+short(n.Value)+"]")
	default:
		r.wrong(v, "is "+kindOf(n), "it should be a list: [first, second]")
	}
}

// items reads a list of mappings, whose paths have the names of the items:
// sources[wire-a] says more than sources[17].
func (r *reader) items(v value, each func(value)) {
	r.list(v, func(item value) {
		if _, name, ok := child(item.node, "name"); ok && name.Kind == yaml.ScalarNode && len(name.Value) <= longestName && nameForm.MatchString(name.Value) {
			item.path = v.at("[" + name.Value + "]")
		}
		each(item)
	})
}

// plain turns a node into what YAML decoding would: maps, lists, texts and
// truth values, ${NAME} replaced. A number is left as it is written, since 007
// and 1.10 may be terms.
func (r *reader) plain(v value) any {
	n := v.node
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		for _, p := range r.pairs(v) {
			m[p.key.Value] = r.plain(p.value)
		}
		return m
	case yaml.SequenceNode:
		l := make([]any, 0, len(n.Content))
		r.list(v, func(item value) { l = append(l, r.plain(item)) })
		return l
	case yaml.ScalarNode:
		switch n.ShortTag() {
		case "!!null":
			return nil
		case "!!bool":
			return strings.EqualFold(n.Value, "true")
		}
		s, _ := r.expand(v, n.Value)
		return s
	}
	return nil
}

// place reports mistakes of filters, whose paths start at v.
func (r *reader) place(v value, mistakes []filters.Mistake) {
	for _, m := range mistakes {
		at, mark := v, v.node
		for i, step := range m.Path {
			keyNode, found, ok := child(at.node, step)
			if !ok {
				break
			}
			if keyNode == nil {
				step = "[" + step + "]"
			}
			at = value{node: found, path: at.at(step), key: keyNode}
			mark = found
			if m.Key && keyNode != nil && i == len(m.Path)-1 {
				mark = keyNode
			}
		}
		if !r.told(at.path) {
			r.wrongAt(mark, at.path, m.Wrong, m.Right)
		}
	}
}

// child finds a part of a mapping or a list by its key or index.
func child(n *yaml.Node, step string) (key, found *yaml.Node, ok bool) {
	switch n.Kind {
	case yaml.MappingNode:
		quiet := newReader("", nil)
		for _, p := range quiet.pairs(value{node: n}) {
			if p.key.Value == step {
				return p.key, p.node, true
			}
		}
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.Content) {
			return nil, resolve(n.Content[i]), true
		}
	}
	return nil, nil, false
}
