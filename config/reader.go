package config

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

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

// reader turns nodes into values and collects mistakes.
type reader struct {
	file     string
	env      func(string) (string, bool)
	mistakes Mistakes
}

func (r *reader) wrong(v value, wrong, right string) {
	r.wrongAt(v.node, v.path, wrong, right)
}

func (r *reader) wrongAt(n *yaml.Node, path, wrong, right string) {
	r.mistakes = append(r.mistakes, Mistake{r.file, n.Line, n.Column, path, wrong, right})
}

// key is one key of a mapping that is read into a T.
type key[T any] struct {
	name string
	what string // one sentence, for the reference and the schema
	form form   // what its value looks like
	read func(*reader, value, *T)
}

// mapping reads a mapping by its table. Unknown and repeated keys are mistakes.
func mapping[T any](r *reader, v value, keys []key[T], into *T) bool {
	n := v.node
	if null(n) {
		return true // a key without a value is its default
	}
	if n.Kind != yaml.MappingNode {
		r.wrong(v, "is "+kindOf(n), "it should be a mapping with the keys "+names(keys))
		return false
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		at := slices.IndexFunc(keys, func(one key[T]) bool { return one.name == k.Value })
		switch {
		case at < 0:
			right := "known keys: " + names(keys)
			if near := filters.Nearest(k.Value, keyNames(keys)); near != "" {
				right = fmt.Sprintf("did you mean %q?", near)
			}
			r.wrongAt(k, v.at(k.Value), fmt.Sprintf("unknown key %q", k.Value), right)
			continue
		case seen[k.Value]:
			r.wrongAt(k, v.at(k.Value), fmt.Sprintf("the key %q stands twice", k.Value), "keep one of them")
			continue
		}
		seen[k.Value] = true
		keys[at].read(r, value{node: resolve(n.Content[i+1]), path: v.at(k.Value), key: k}, into)
	}
	return true
}

func keyNames[T any](keys []key[T]) []string {
	all := make([]string, len(keys))
	for i, k := range keys {
		all[i] = k.name
	}
	return all
}

func names[T any](keys []key[T]) string { return strings.Join(keyNames(keys), ", ") }

// resolve follows an alias; the parser has refused those that contain themselves.
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

func short(s string) string {
	runes := []rune(s)
	if len(runes) > 40 {
		return string(runes[:39]) + "…"
	}
	return s
}

// list reads a list, or one value in place of a list of one.
func (r *reader) list(v value, each func(value)) {
	n := v.node
	switch {
	case null(n):
	case n.Kind == yaml.SequenceNode:
		for i, item := range n.Content {
			each(value{node: resolve(item), path: v.at("[" + strconv.Itoa(i) + "]")})
		}
	default:
		r.wrong(v, "is "+kindOf(n), "it should be a list: ["+oneOf(n)+"]")
	}
}

func oneOf(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode {
		return n.Value
	}
	return "…"
}

var variable = regexp.MustCompile(`\$\$\{|\$\{([^}]*)\}`)

// text reads a string with its ${NAME} replaced. A number or a word such as
// yes is taken as written.
func (r *reader) text(v value) (string, bool) {
	n := v.node
	if n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		r.wrong(v, "is "+kindOf(n), "it should be a text")
		return "", false
	}
	return r.expand(v, n.Value)
}

// expand replaces ${NAME} by the environment's value; $${ is a plain ${.
func (r *reader) expand(v value, s string) (string, bool) {
	if !strings.Contains(s, "${") {
		return s, true
	}
	good := true
	out := variable.ReplaceAllStringFunc(s, func(m string) string {
		if m == "$${" {
			return "${"
		}
		name := m[2 : len(m)-1]
		got, ok := r.env(name)
		if !ok {
			good = false
			r.wrong(v, fmt.Sprintf("the environment variable %s is not set", name), fmt.Sprintf("set it, or write $${%s} for the plain text", name))
		}
		return got
	})
	return out, good
}

func (r *reader) texts(v value) []string {
	var all []string
	r.list(v, func(item value) {
		if s, ok := r.text(item); ok {
			all = append(all, s)
		}
	})
	return all
}

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

func (r *reader) name(v value) (string, bool) {
	s, ok := r.text(v)
	if ok && !nameForm.MatchString(s) {
		right := "names are of the form [a-z0-9][a-z0-9-]*"
		if like := nameLike(s); like != "" {
			right += ": " + like
		}
		r.wrong(v, fmt.Sprintf("%q is not a name", s), right)
		return "", false
	}
	return s, ok
}

var notName = regexp.MustCompile(`[^a-z0-9]+`)

func nameLike(s string) string {
	return strings.Trim(notName.ReplaceAllString(strings.ToLower(s), "-"), "-")
}

func (r *reader) boolean(v value) (bool, bool) {
	s, ok := r.text(v)
	if !ok {
		return false, false
	}
	switch strings.ToLower(s) {
	case "true", "on", "yes":
		return true, true
	case "false", "off", "no":
		return false, true
	}
	r.wrong(v, fmt.Sprintf("%q is neither true nor false", s), "write true or false")
	return false, false
}

func (r *reader) integer(v value, least int) (int, bool) {
	s, ok := r.text(v)
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(strings.ReplaceAll(s, "_", ""))
	switch {
	case err != nil:
		r.wrong(v, fmt.Sprintf("%q is not a whole number", s), fmt.Sprintf("write a number from %d on", least))
		return 0, false
	case n < least:
		r.wrong(v, fmt.Sprintf("%d is too small", n), fmt.Sprintf("the least is %d", least))
		return 0, false
	}
	return n, true
}

func (r *reader) number(v value) (float64, bool) {
	s, ok := r.text(v)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		r.wrong(v, fmt.Sprintf("%q is not a number", s), "write one like 2 or 0.5")
		return 0, false
	}
	return n, true
}

func (r *reader) duration(v value, least time.Duration) (time.Duration, bool) {
	s, ok := r.text(v)
	if !ok {
		return 0, false
	}
	d, err := filters.ParseDuration(s)
	switch {
	case err != nil:
		r.wrong(v, fmt.Sprintf("%q is not a duration", s), "write 30s, 15m, 72h, 7d or 2w")
		return 0, false
	case d < least:
		r.wrong(v, fmt.Sprintf("%s is too short", s), fmt.Sprintf("the least is %s", least))
		return 0, false
	}
	return d, true
}

var sizeForm = regexp.MustCompile(`(?i)^([0-9]+(?:\.[0-9]+)?) ?([kmg]?i?)b?$`)

// size reads a number of bytes: 500kB, 16MB, 1GB; powers of 1024.
func (r *reader) size(v value) (int64, bool) {
	s, ok := r.text(v)
	if !ok {
		return 0, false
	}
	m := sizeForm.FindStringSubmatch(s)
	if m == nil {
		r.wrong(v, fmt.Sprintf("%q is not a size", s), "write 500kB, 16MB or 1GB")
		return 0, false
	}
	n, _ := strconv.ParseFloat(m[1], 64)
	unit := strings.ToLower(m[2])
	if unit != "" {
		n *= float64(int64(1) << (10 * (1 + strings.IndexByte("kmg", unit[0]))))
	}
	if n < 1024 || n > math.MaxInt64/2 {
		r.wrong(v, s+" is out of range", "write a size from 1kB on")
		return 0, false
	}
	return int64(n), true
}

func (r *reader) choice(v value, choices ...string) (string, bool) {
	s, ok := r.text(v)
	if !ok || slices.Contains(choices, s) {
		return s, ok
	}
	right := "it is one of " + strings.Join(choices, ", ")
	if near := filters.Nearest(s, choices); near != "" {
		right = fmt.Sprintf("did you mean %q? %s", near, right)
	}
	r.wrong(v, fmt.Sprintf("%q is not known here", s), right)
	return "", false
}

// plain turns a node into what YAML decoding would: maps, lists, strings,
// numbers and booleans, ${NAME} replaced. Repeated keys are mistakes.
func (r *reader) plain(v value) any {
	n := v.node
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			k := n.Content[i]
			if _, twice := m[k.Value]; twice {
				r.wrongAt(k, v.at(k.Value), fmt.Sprintf("the key %q stands twice", k.Value), "keep one of them")
				continue
			}
			m[k.Value] = r.plain(value{node: resolve(n.Content[i+1]), path: v.at(k.Value), key: k})
		}
		return m
	case yaml.SequenceNode:
		l := make([]any, len(n.Content))
		for i, item := range n.Content {
			l[i] = r.plain(value{node: resolve(item), path: v.at("[" + strconv.Itoa(i) + "]")})
		}
		return l
	case yaml.ScalarNode:
		switch n.ShortTag() {
		case "!!null":
			return nil
		case "!!bool":
			return n.Value == "true" || n.Value == "True" || n.Value == "TRUE"
		case "!!int":
			if i, err := strconv.Atoi(n.Value); err == nil {
				return i
			}
		case "!!float":
			if f, err := strconv.ParseFloat(n.Value, 64); err == nil {
				return f
			}
		}
		s, _ := r.expand(v, n.Value)
		return s
	}
	return nil
}

// place reports mistakes of filters, whose paths start at v.
func (r *reader) place(v value, mistakes []filters.Mistake) {
	for _, m := range mistakes {
		at := v
		mark := v.node
		for i, step := range m.Path {
			keyNode, child, ok := child(at.node, step)
			if !ok {
				break
			}
			if keyNode == nil {
				at = value{node: child, path: at.at("[" + step + "]")}
				mark = child
				continue
			}
			at = value{node: child, path: at.at(step), key: keyNode}
			mark = child
			if m.Key && i == len(m.Path)-1 {
				mark = keyNode
			}
		}
		r.wrongAt(mark, at.path, m.Wrong, m.Right)
	}
}

// child finds a part of a mapping or a list by its key or index.
func child(n *yaml.Node, step string) (key, found *yaml.Node, ok bool) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == step {
				return n.Content[i], resolve(n.Content[i+1]), true
			}
		}
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.Content) {
			return nil, resolve(n.Content[i]), true
		}
	}
	return nil, nil, false
}
