package filters

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"

	"copydesk/feed"
	"copydesk/filters/topic"
)

// Condition holds for an item or doesn't. The zero value never holds.
type Condition struct{ test test }

// Match reports whether the condition holds, and on what text.
func (c Condition) Match(item *Item) (bool, []feed.Hit) {
	if c.test == nil {
		return false, nil
	}
	var hits hits
	if !c.test.match(item, &hits) {
		return false, nil
	}
	return true, hits
}

// test is one part of a condition.
type test interface {
	match(item *Item, hits *hits) bool
}

// hits are the places that made a condition hold.
type hits []feed.Hit

// mostHits bounds what a decision tells.
const mostHits = 8

func (h *hits) add(hit feed.Hit) {
	if len(*h) < mostHits && !slices.Contains(*h, hit) {
		*h = append(*h, hit)
	}
}

// Names are what conditions may name. The conditions that are compiled with
// one Names are looked for in a text together.
type Names struct {
	Sources map[string]bool
	Tags    map[string]bool
	Topics  map[string]bool

	once       sync.Once
	pool       *topic.Pool
	conditions map[string]*namedCondition
}

type namedCondition struct {
	name     string
	spec     any
	test     test
	state    int // 1: being compiled, 2: compiled
	mistakes []Mistake
}

func (n *Names) prepare() {
	n.once.Do(func() {
		n.pool = topic.NewPool()
		n.conditions = make(map[string]*namedCondition)
	})
}

// CompileConditions compiles the named conditions, which may name each other
// in any order, and keeps them in names. It returns the mistakes by name.
func CompileConditions(specs map[string]any, names *Names) map[string][]Mistake {
	names.prepare()
	for name, spec := range specs {
		names.conditions[name] = &namedCondition{name: name, spec: spec}
	}
	mistakes := make(map[string][]Mistake)
	for _, name := range slices.Sorted(maps.Keys(specs)) {
		c := names.conditions[name]
		c.compile(names)
		if len(c.mistakes) > 0 {
			mistakes[name] = c.mistakes
		}
	}
	return mistakes
}

func (n *namedCondition) compile(names *Names) {
	if n.state != 0 {
		return
	}
	n.state = 1
	c := compiler{names: names}
	n.test = c.condition(n.spec)
	n.mistakes, n.state = c.mistakes, 2
}

// CompileCondition reads a condition as YAML or JSON decodes it.
func CompileCondition(spec any, names *Names) (Condition, []Mistake) {
	names.prepare()
	c := compiler{names: names}
	t := c.condition(spec)
	return Condition{t}, c.mistakes
}

// compiler reads one condition and remembers where it is.
type compiler struct {
	names    *Names
	path     []string
	mistakes []Mistake
}

// deepest bounds the nesting of conditions.
const deepest = 64

func (c *compiler) wrong(key bool, wrong, right string) {
	c.mistakes = append(c.mistakes, Mistake{Path: slices.Clone(c.path), Key: key, Wrong: wrong, Right: right})
}

// at does something one step further on the path.
func (c *compiler) at(step string, do func()) {
	c.path = append(c.path, step)
	do()
	c.path = c.path[:len(c.path)-1]
}

// condition reads a mapping, all of whose keys must hold, or a list of such,
// of which one must.
func (c *compiler) condition(spec any) test {
	if len(c.path) > deepest {
		c.wrong(false, "conditions nested too deep", "name parts of it under conditions:")
		return nil
	}
	switch v := spec.(type) {
	case map[string]any:
		return c.mapping(v)
	case []any:
		return c.list(v)
	case nil:
		c.wrong(false, "an empty condition", "write {title: [terms]}, or another of "+list(fieldNames()))
	default:
		c.wrong(false, fmt.Sprintf("%v is not a condition: it doesn't say where to look", quoted(v)), fmt.Sprintf("write {title: %v} or {text: %v}", quoted(v), quoted(v)))
	}
	return nil
}

func (c *compiler) mapping(v map[string]any) test {
	if len(v) == 0 {
		c.wrong(false, "an empty condition, which would always hold", "write {title: [terms]}, or another of "+list(fieldNames()))
		return nil
	}
	var all allTests
	for _, f := range Fields() {
		value, ok := v[f.Name]
		if !ok {
			continue
		}
		c.at(f.Name, func() {
			if value == nil {
				c.wrong(false, "no value", "say what "+f.Name+" must be")
				return
			}
			if t := f.compile(c, value); t != nil {
				all = append(all, t)
			}
		})
	}
	for _, key := range slices.Sorted(maps.Keys(v)) {
		if slices.Contains(fieldNames(), key) {
			continue
		}
		c.at(key, func() { c.wrong(true, fmt.Sprintf("unknown key %q", key), suggest(key, fieldNames(), "use one of ")) })
	}
	if len(all) == 1 {
		return all[0]
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

// list reads conditions of which one must hold.
func (c *compiler) list(v []any) test {
	if len(v) == 0 {
		c.wrong(false, "an empty list, which would never hold", "name at least one condition")
		return nil
	}
	var some anyTest
	for i, item := range v {
		c.at(strconv.Itoa(i), func() {
			if t := c.condition(item); t != nil {
				some = append(some, t)
			}
		})
	}
	if len(some) == 0 {
		return nil
	}
	return some
}

// each reads a value or a list of values.
func (c *compiler) each(spec any, read func(value any)) {
	items, ok := spec.([]any)
	if !ok {
		read(spec)
		return
	}
	if len(items) == 0 {
		c.wrong(false, "an empty list, which would never hold", "name at least one")
	}
	for i, item := range items {
		c.at(strconv.Itoa(i), func() {
			if item == nil {
				c.wrong(false, "no value", "write something, or take the line out")
				return
			}
			read(item)
		})
	}
}

// word reads a text; numbers and truth values are what YAML makes of some.
func (c *compiler) word(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case int, float64, bool:
		return fmt.Sprint(v), true
	}
	c.wrong(false, fmt.Sprintf("%s where a text belongs", describe(v)), "write one text or a list of texts")
	return "", false
}

func describe(v any) string {
	switch v.(type) {
	case map[string]any:
		return "a mapping"
	case []any:
		return "a list"
	case nil:
		return "nothing"
	}
	return quoted(v)
}

func quoted(v any) string {
	if s, ok := v.(string); ok {
		return strconv.Quote(s)
	}
	return fmt.Sprint(v)
}

func fieldNames() []string {
	var all []string
	for _, f := range Fields() {
		all = append(all, f.Name)
	}
	return all
}

// suggest names the near miss, or all that there is.
func suggest(word string, candidates []string, otherwise string) string {
	if near := Nearest(word, candidates); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(candidates) == 0 {
		return "there is none yet"
	}
	if len(candidates) > 20 {
		candidates = append(slices.Clone(candidates[:20]), "…")
	}
	return otherwise + list(candidates)
}

func list(words []string) string {
	s := ""
	for i, w := range words {
		if i > 0 {
			s += ", "
		}
		s += w
	}
	return s
}

type allTests []test

func (t allTests) match(item *Item, h *hits) bool {
	for _, one := range t {
		if !one.match(item, h) {
			return false
		}
	}
	return true
}

type anyTest []test

func (t anyTest) match(item *Item, h *hits) bool {
	for _, one := range t {
		var own hits
		if one.match(item, &own) {
			for _, hit := range own {
				h.add(hit)
			}
			return true
		}
	}
	return false
}

type notTest struct{ test }

func (t notTest) match(item *Item, _ *hits) bool {
	var none hits
	return !t.test.match(item, &none)
}

func anyOf(c *compiler, spec any) test {
	if m, ok := spec.(map[string]any); ok && len(m) > 1 {
		c.wrong(false, "any of a mapping, all of whose keys must hold", "write a list, each condition on its own: [{…}, {…}]")
		return nil
	}
	return c.condition(spec)
}

func allOf(c *compiler, spec any) test {
	items, ok := spec.([]any)
	if !ok {
		return c.condition(spec)
	}
	some, ok := c.list(items).(anyTest)
	if !ok {
		return nil
	}
	return allTests(some)
}

func noneOf(c *compiler, spec any) test {
	if t := c.condition(spec); t != nil {
		return notTest{t}
	}
	return nil
}

// conditionTest asks named conditions, which are compiled by then.
type conditionTest []*namedCondition

func (t conditionTest) match(item *Item, h *hits) bool {
	for _, n := range t {
		var own hits
		if n.test != nil && n.test.match(item, &own) {
			for _, hit := range own {
				h.add(hit)
			}
			return true
		}
	}
	return false
}

func named(c *compiler, spec any) test {
	var t conditionTest
	c.each(spec, func(v any) {
		name, ok := c.word(v)
		if !ok {
			return
		}
		n := c.names.conditions[name]
		if n == nil {
			c.wrong(false, fmt.Sprintf("there is no condition %q", name), suggest(name, slices.Sorted(maps.Keys(c.names.conditions)), "define it under conditions:, or use one of "))
			return
		}
		n.compile(c.names)
		if n.state == 1 {
			c.wrong(false, fmt.Sprintf("the condition %q leads back to itself", name), "break the circle")
			return
		}
		t = append(t, n)
	})
	if len(t) == 0 {
		return nil
	}
	return t
}
