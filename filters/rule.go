package filters

import (
	"fmt"
	"maps"
	"slices"
)

// Action is what a rule does with an entry that its condition holds for.
type Action string

const (
	Keep Action = "keep"
	Drop Action = "drop"
)

// Rule is a condition and an action. The first rule whose condition holds decides.
type Rule struct {
	Action    Action
	Condition Condition
	Path      string // in the configuration: "editions[zgc-en].rules[1]"
}

// CompileRule reads a rule as YAML or JSON decodes it: {drop: condition} or
// {keep: condition}.
func CompileRule(spec any, names *Names) (Rule, []Mistake) {
	names.prepare()
	c := compiler{names: names}
	m, ok := spec.(map[string]any)
	if !ok {
		c.wrong(false, describe(spec)+" where a rule belongs", "write {drop: {title: [terms]}} or {keep: …}")
		return Rule{}, c.mistakes
	}
	var rule Rule
	for _, key := range slices.Sorted(maps.Keys(m)) {
		action := Action(key)
		switch {
		case action != Keep && action != Drop && slices.Contains(fieldNames(), key):
			c.at(key, func() {
				c.wrong(true, fmt.Sprintf("the key %q stands outside of drop or keep", key), fmt.Sprintf("write {drop: {%s: …}} or {keep: {%s: …}}", key, key))
			})
		case action != Keep && action != Drop:
			c.at(key, func() {
				c.wrong(true, fmt.Sprintf("unknown key %q", key), suggest(key, []string{"drop", "keep"}, "write drop or keep, and a condition: "))
			})
		case rule.Action != "":
			c.at(key, func() { c.wrong(true, "a rule that both drops and keeps", "make two rules of it") })
		default:
			rule.Action = action
			c.at(key, func() { rule.Condition = Condition{c.condition(m[key])} })
		}
	}
	if len(m) == 0 {
		c.wrong(false, "an empty rule", "write {drop: {title: [terms]}} or {keep: …}")
	}
	return rule, c.mistakes
}
