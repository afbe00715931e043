package filters

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"copydesk/filters/topic"
)

// Warning is something in a configuration that works and may not be meant.
type Warning struct {
	Path string `json:"path"` // in the configuration
	Text string `json:"text"`
}

func (w Warning) String() string { return w.Path + ": " + w.Text }

// Warnings tells what in a desk's configuration can never match or matches
// nearly everything, what nothing uses, and which rules are never asked.
func Warnings(d *Desk) []Warning {
	w := watcher{used: d.Topics.Uses()}
	for _, doubt := range d.Topics.Doubts() {
		w.say("topics."+doubt.Topic, doubt.Text)
	}
	w.rules(d.Rules, nil)
	for _, name := range slices.Sorted(maps.Keys(d.Sources)) {
		w.rules(d.Sources[name].Rules, d.Rules)
	}
	taken := make(map[string]bool)
	for _, e := range d.Editions {
		w.rules(e.Rules, d.Rules)
		for _, name := range e.Topics {
			w.used[name] = true
		}
		for name := range d.Sources {
			taken[name] = taken[name] || e.Takes(name)
		}
	}
	for _, name := range d.Topics.Names() {
		if !w.used[name] {
			w.say("topics."+name, "no edition, rule or other topic uses it")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.Sources)) {
		if !taken[name] && len(d.Editions) > 0 {
			w.say("sources["+name+"]", "no edition takes it")
		}
	}
	return w.all
}

type watcher struct {
	all  []Warning
	used map[string]bool // topics
}

func (w *watcher) say(path, text string) {
	if !slices.Contains(w.all, Warning{path, text}) {
		w.all = append(w.all, Warning{path, text})
	}
}

// rules looks at rules that are asked one after the other, behind others.
func (w *watcher) rules(rules, before []Rule) {
	for i, r := range rules {
		earlier := slices.Concat(before, rules[:i])
		w.condition(r.Path, r.Condition.test)
		for _, e := range earlier {
			if always(e.Condition.test) {
				w.say(r.Path, "is never asked: "+e.Path+" always decides before it")
				break
			}
			if implies(r.Condition.test, e.Condition.test) {
				w.say(r.Path, "never decides: whenever it would, "+e.Path+" does before it")
				break
			}
		}
		if always(r.Condition.test) {
			w.say(r.Path, fmt.Sprintf("always holds: it %ss every entry that comes to it", r.Action))
		}
		if never(r.Condition.test) {
			w.say(r.Path, "can never hold")
		}
	}
}

// condition looks at the parts of one condition.
func (w *watcher) condition(path string, t test) {
	switch t := t.(type) {
	case allTests:
		for _, one := range t {
			w.condition(path, one)
		}
	case anyTest:
		for _, one := range t {
			w.condition(path, one)
		}
	case notTest:
		w.condition(path, t.test)
	case conditionTest:
		for _, n := range t {
			w.condition("conditions."+n.name, n.test)
		}
	case *nameTest:
		if t.field == "topic" {
			for _, name := range t.names {
				w.used[name] = true
			}
		}
	case *termTest:
		for _, i := range t.terms {
			term := t.pool.Term(i)
			if d := topic.Doubts(term); d != "" {
				w.say(path, fmt.Sprintf("%s: %q %s", t.field, term.Source, d))
			}
		}
		for _, re := range t.regexps {
			if d := topic.Doubts(&topic.Term{Source: "/" + re.String() + "/", Regexp: re}); d != "" {
				w.say(path, fmt.Sprintf("%s: \"/%s/\" %s", t.field, re, d))
			}
		}
	case *pieceTest:
		for _, re := range t.regexps {
			if plain := regexp.QuoteMeta(re.String()); plain == re.String() && !strings.Contains(plain, "/") {
				w.say(path, fmt.Sprintf("link: \"/%s/\" is a regular expression, and its slashes aren't looked for; write %q to find them", re, "//"+plain+"//"))
			}
		}
	}
}

// always reports whether a condition holds for every entry.
func always(t test) bool {
	switch t := t.(type) {
	case allTests:
		return !slices.ContainsFunc(t, func(one test) bool { return !always(one) })
	case anyTest:
		return slices.ContainsFunc(t, always)
	case notTest:
		return never(t.test)
	case conditionTest:
		return slices.ContainsFunc(t, func(n *namedCondition) bool { return always(n.test) })
	case *compareTest:
		return slices.ContainsFunc(t.all, func(c comparison) bool { return c.op == ">=" && c.value <= 0 })
	case *termTest:
		return slices.ContainsFunc(t.regexps, matchesAll)
	case languageTest:
		return slices.Contains(t, "*") && slices.Contains(t, "unknown")
	}
	return false
}

func matchesAll(re *regexp.Regexp) bool {
	return re.MatchString("") && re.MatchString("a") && re.MatchString("a\nb")
}

// never reports whether a condition holds for no entry.
func never(t test) bool {
	switch t := t.(type) {
	case allTests:
		return slices.ContainsFunc(t, never) || contradiction(t)
	case anyTest:
		return !slices.ContainsFunc(t, func(one test) bool { return !never(one) })
	case notTest:
		return always(t.test)
	case *compareTest:
		return !slices.ContainsFunc(t.all, func(c comparison) bool { return c.op != "<" || c.value > 0 })
	}
	return false
}

// contradiction reports whether some of the tests exclude another by its form.
func contradiction(all allTests) bool {
	for i, a := range all {
		for _, b := range all[i+1:] {
			if n, ok := b.(notTest); ok && implies(a, n.test) {
				return true
			}
			if n, ok := a.(notTest); ok && implies(b, n.test) {
				return true
			}
		}
	}
	return false
}

// implies reports whether b certainly holds whenever a does.
func implies(a, b test) bool {
	if a == nil || b == nil {
		return false
	}
	if always(b) {
		return true
	}
	switch b := b.(type) {
	case allTests:
		return !slices.ContainsFunc(b, func(one test) bool { return !implies(a, one) })
	case anyTest:
		if slices.ContainsFunc(b, func(one test) bool { return implies(a, one) }) {
			return true
		}
	}
	switch a := a.(type) {
	case allTests:
		return slices.ContainsFunc(a, func(one test) bool { return implies(one, b) })
	case anyTest:
		return !slices.ContainsFunc(a, func(one test) bool { return !implies(one, b) })
	case notTest:
		n, ok := b.(notTest)
		return ok && implies(n.test, a.test)
	case conditionTest:
		if other, ok := b.(conditionTest); ok {
			return !slices.ContainsFunc(a, func(n *namedCondition) bool { return !slices.Contains(other, n) })
		}
		return !slices.ContainsFunc(a, func(n *namedCondition) bool { return !implies(n.test, b) })
	}
	return leafImplies(a, b)
}

func leafImplies(a, b test) bool {
	switch a := a.(type) {
	case *termTest:
		other, ok := b.(*termTest)
		return ok && (a.field == other.field || a.field == "title" && other.field == "text") && within(a.terms, other.terms) &&
			within(patterns(a.regexps), patterns(other.regexps))
	case *nameTest:
		other, ok := b.(*nameTest)
		return ok && a.field == other.field && within(a.names, other.names)
	case languageTest:
		other, ok := b.(languageTest)
		return ok && !slices.ContainsFunc(a, func(l string) bool {
			return !slices.ContainsFunc(other, func(r string) bool { return r == l || l != "unknown" && covers(r, l) })
		})
	case *hostTest:
		other, ok := b.(*hostTest)
		return ok && within(a.hosts, other.hosts) && within(patterns(a.regexps), patterns(other.regexps))
	case *pieceTest:
		other, ok := b.(*pieceTest)
		return ok && within(a.pieces, other.pieces) && within(patterns(a.regexps), patterns(other.regexps))
	case *compareTest:
		other, ok := b.(*compareTest)
		return ok && a.where == other.where && !slices.ContainsFunc(a.all, func(c comparison) bool {
			return !slices.ContainsFunc(other.all, func(o comparison) bool { return narrower(c, o) })
		})
	case *enclosureTest:
		other, ok := b.(*enclosureTest)
		return ok && a.none == other.none && slices.Equal(a.types, other.types) && slices.Equal(patterns(a.regexps), patterns(other.regexps))
	case *expressionTest:
		other, ok := b.(*expressionTest)
		return ok && a.source == other.source
	}
	return false
}

// narrower reports whether what one comparison holds for, the other does too.
func narrower(a, b comparison) bool {
	if a.op == "=" {
		return b.holds(a.value)
	}
	switch b.op {
	case "<":
		return a.op == "<" && a.value <= b.value || a.op == "<=" && a.value < b.value
	case "<=":
		return (a.op == "<" || a.op == "<=") && a.value <= b.value
	case ">":
		return a.op == ">" && a.value >= b.value || a.op == ">=" && a.value > b.value
	case ">=":
		return (a.op == ">" || a.op == ">=") && a.value >= b.value
	}
	return a == b
}

func within[T comparable](some, all []T) bool {
	return !slices.ContainsFunc(some, func(v T) bool { return !slices.Contains(all, v) })
}

func patterns(all []*regexp.Regexp) []string {
	var out []string
	for _, re := range all {
		out = append(out, re.String())
	}
	return out
}
