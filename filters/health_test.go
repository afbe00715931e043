package filters

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
)

func TestFaultsTellOfRulesThatDoNothingOrTooMuch(t *testing.T) {
	now := time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC)
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	drop := func(path string) Rule { return Rule{Action: Drop, Path: path} }
	desk := &Desk{
		Rules:   []Rule{drop("rules[0]")},
		Sources: map[string]*Source{"pier": {Source: feed.Source{Name: "pier"}, Rules: []Rule{drop("sources[pier].rules[0]")}}},
		Editions: []*Edition{
			{Name: "all", Fingerprint: "f1", Rules: []Rule{drop("editions[all].rules[0]"), {Action: Keep, Path: "editions[all].rules[1]"}}},
		},
	}
	use := func(source, rule, config string, v feed.Verdict, n, recent, first, last int) feed.RuleUse {
		return feed.RuleUse{Source: source, Rule: rule, Config: config, Verdict: v, Entries: n, Recent: recent, First: ago(first), Last: ago(last)}
	}
	const idle = " has matched no entry for 60 days; is it still needed, and does it look where it should?"
	for _, c := range []struct {
		name   string
		before string
		rules  []feed.RuleUse
		want   []string
	}{
		{"nothing decided", "f1", nil, nil},
		{"every rule at work", "f1", []feed.RuleUse{
			use("pier", "", "f1", feed.Kept, 30, 5, 59, 1),
			use("pier", "rules[0]", "f1", feed.Dropped, 3, 1, 50, 2),
			use("pier", "sources[pier].rules[0]", "f1", feed.Dropped, 3, 1, 50, 2),
			use("pier", "editions[all].rules[0]", "f1", feed.Dropped, 3, 1, 50, 2),
			use("pier", "editions[all].rules[1]", "f1", feed.Merged, 3, 1, 50, 2),
		}, nil},
		{"idle rules", "f1", []feed.RuleUse{
			use("pier", "", "f1", feed.Kept, 30, 5, 59, 1),
			use("pier", "editions[all].rules[1]", "f1", feed.Kept, 1, 0, 50, 50),
		}, []string{"2026-05-01 editions[all].rules[0]:" + idle, "2026-05-01 rules[0]:" + idle, "2026-05-01 sources[pier].rules[0]:" + idle}},
		{"too few entries to tell", "f1", []feed.RuleUse{use("pier", "", "f1", feed.Kept, 19, 5, 59, 1)}, nil},
		{"rules younger than that", "f0", []feed.RuleUse{use("pier", "", "f1", feed.Kept, 30, 5, 59, 1)}, nil},
		{"changed meanwhile", "f1", []feed.RuleUse{use("pier", "", "f0", feed.Kept, 9, 0, 59, 20), use("pier", "", "f1", feed.Kept, 30, 5, 19, 1)}, nil},
		{"all dropped since ten days", "f0", []feed.RuleUse{
			use("pier", "", "f1", feed.Kept, 30, 0, 40, 10),
			use("pier", "editions[all].rules[0]", "f1", feed.Dropped, 30, 9, 12, 0),
		}, []string{"2026-05-10 editions[all].rules[0]: has dropped every entry in the edition all since 2026-05-10"}},
		{"all dropped since yesterday", "f0", []feed.RuleUse{use("pier", "editions[all].rules[0]", "f1", feed.Dropped, 30, 9, 1, 0)}, nil},
		{"all of a source dropped", "f0", []feed.RuleUse{
			use("pier", "sources[pier].rules[0]", "f1", feed.Dropped, 30, 9, 12, 0),
			use("quay", "", "f1", feed.Kept, 30, 9, 12, 0),
		}, []string{"2026-05-08 sources[pier].rules[0]: has dropped every entry of pier in the edition all since 2026-05-08"}},
		{"all dropped for ever", "f1", []feed.RuleUse{use("pier", "rules[0]", "f1", feed.Dropped, 10, 9, 59, 0)},
			[]string{"2026-05-01 rules[0]: has dropped every entry in the edition all for 60 days and more"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, f := range Faults(desk, []feed.EditionUse{{Edition: "all", Before: c.before, Rules: c.rules}}, now) {
				got = append(got, f.Since.Format(time.DateOnly)+" "+f.String())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
