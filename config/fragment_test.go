package config

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
	"copydesk/filters"
)

const fragmentHouse = `
topics: {sea: {any: [harbour]}}
sources: [{name: wire, url: "https://wire.example/feed", tags: [daily]}]
conditions: {crime: {title: [murder, theft]}}
editions: [{name: news}]
`

func TestRulesCanBeTriedAlone(t *testing.T) {
	c, err := Parse("copydesk.yaml", []byte(fragmentHouse), func(string) (string, bool) { return "SECRET", true })
	if err != nil {
		t.Fatal(err)
	}
	item := func(title string) *filters.Item {
		return filters.NewItem(&feed.Copy{Title: title, Language: "en", Topics: []feed.TopicHit{{Topic: "sea"}}}, "wire", []string{"daily"}, time.Unix(1e9, 0))
	}
	for _, c2 := range []struct{ text, term, want string }{
		{"drop: {title: [crane]}", "", "drop true false"},
		{"- drop: {title: [crane]}\n- keep: {condition: [crime]}", "", "drop true false, keep false true"},
		{"title: [crane]", "", " true false"},
		{"[{title: crane}, {title: theft}]", "", " true true"},
		{"", "theft", " false true"},
		{"", "  ", ""},
		{"# nothing\n", "crane", " true false"},
		{"{topic: [sea], source: [wire], tag: [daily]}", "crane", " true false"},
		{"{keep: {title: [crane, theft]}}", "theft", "keep false true"},
		{`{"drop": {"title": ["crane"]}}`, "", "drop true false"},
	} {
		rules, err := c.Rules(c2.text, c2.term)
		if err != nil && c2.want != "" {
			t.Errorf("%s + %s: %v", c2.text, c2.term, err)
			continue
		}
		got := ""
		for i, r := range rules {
			one, _ := r.Condition.Match(item("A crane fell"))
			two, _ := r.Condition.Match(item("The theft of a boat"))
			if i > 0 {
				got += ", "
			}
			got += fmt.Sprintf("%s %v %v", r.Action, one, two)
		}
		if got != c2.want {
			t.Errorf("%s + %s: %q, want %q", c2.text, c2.term, got, c2.want)
		}
	}
	if _, err := c.Rules("", ""); err == nil {
		t.Error("nothing can be tried")
	}
}

func TestWhatIsWrongInATriedRuleIsToldWithItsPlace(t *testing.T) {
	c, err := Parse("copydesk.yaml", []byte(fragmentHouse), func(string) (string, bool) { return "SECRET", true })
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []struct {
		text, term string
		want       []string // line:column: path: what is wrong
	}{
		{"drop:\n  titel: [x]", "", []string{`2:3: drop.titel: unknown key "titel"`}},
		{"drop: {title: [x]}\nkeep: {title: [y]}", "", []string{`2:1: keep: a rule that both drops and keeps`}},
		{"title: [/(/]\nage: soon", "", []string{"1:9", "2:6"}},
		{"{source: [wier], condition: [theft]}", "", []string{`1:11: source[0]: there is no source "wier"`, `1:30: condition[0]: there is no condition "theft"`}},
		{"- drop: {title: [x]}\n- title: [y]", "", []string{"2:3"}},
		{"title: [x", "", []string{"1:8"}},
		{"crane", "", []string{"1:1"}},
		{"title: ${TOKEN}", "", []string{"1:8: title: the environment variable TOKEN is not set"}},
		{"", "/(/", []string{"0:0: term"}},
		{"---\ntitle: a\n---\ntitle: b", "", []string{"3:1"}},
		{"title: &a [*a]", "", []string{"1:12"}},
	} {
		_, err := c.Rules(one.text, one.term)
		var mistakes Mistakes
		if !errors.As(err, &mistakes) {
			t.Errorf("%s: %v", one.text, err)
			continue
		}
		var got []string
		for i, m := range mistakes {
			told := fmt.Sprintf("%d:%d: %s: %s", m.Line, m.Column, m.Path, m.Wrong)
			if i < len(one.want) && len(told) > len(one.want[i]) {
				told = told[:len(one.want[i])]
			}
			got = append(got, told)
		}
		if diff := cmp.Diff(one.want, got); diff != "" {
			t.Errorf("%s: %s\n%v", one.text, diff, err)
		}
	}
}

func FuzzRules(f *testing.F) {
	f.Add("drop: {title: [crane]}", "theft")
	f.Add("- keep: {any: [{topic: [sea]}]}\n- drop: {if: 'words < 3'}", "")
	c, err := Parse("copydesk.yaml", []byte(fragmentHouse), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text, term string) {
		rules, err := c.Rules(text, term)
		if (err == nil) != (len(rules) > 0) {
			t.Errorf("%d rules, %v", len(rules), err)
		}
		for _, r := range rules {
			r.Condition.Match(filters.NewItem(&feed.Copy{Title: "A crane fell", Language: "en"}, "wire", nil, time.Unix(1e9, 0)))
		}
	})
}
