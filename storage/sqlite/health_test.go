package sqlite

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
	"copydesk/storage/storagetest"
)

func TestRulesAreCountedByWhatTheyDecidedSince(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	at := func(hours int) time.Time { return storagetest.At(hours) }
	decided := func(source string, n int64, hours int, rule, config string, v feed.Verdict) feed.Batch {
		b := storagetest.Batch(source, hours, n)
		d := storagetest.Decision(n, "all", v, hours)
		d.Rule, d.Config = rule, config
		b.Verdicts = []feed.Decision{d}
		return b
	}
	for _, b := range []feed.Batch{
		decided("pier", 1, 0, "rules[0]", "f0", feed.Dropped),
		decided("pier", 2, 1, "rules[0]", "f1", feed.Dropped),
		decided("pier", 3, 10, "rules[0]", "f1", feed.Dropped),
		decided("quay", 4, 11, "", "f1", feed.Kept),
		decided("pier", 5, 12, "rules[0]", "f1", feed.Dropped),
	} {
		if err := s.Apply(context.Background(), b); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		since int
		want  []feed.EditionUse
	}{
		{10, []feed.EditionUse{{Edition: "all", Before: "f1", Rules: []feed.RuleUse{
			{Source: "pier", Rule: "rules[0]", Config: "f1", Verdict: feed.Dropped, Entries: 2, Recent: 1, First: at(10), Last: at(12)},
			{Source: "quay", Config: "f1", Verdict: feed.Kept, Entries: 1, First: at(11), Last: at(11)},
		}}}},
		{20, []feed.EditionUse{{Edition: "all", Before: "f1"}}},
		{0, []feed.EditionUse{{Edition: "all", Rules: []feed.RuleUse{
			{Source: "pier", Rule: "rules[0]", Config: "f0", Verdict: feed.Dropped, Entries: 1, First: at(0), Last: at(0)},
			{Source: "pier", Rule: "rules[0]", Config: "f1", Verdict: feed.Dropped, Entries: 3, Recent: 1, First: at(1), Last: at(12)},
			{Source: "quay", Config: "f1", Verdict: feed.Kept, Entries: 1, First: at(11), Last: at(11)},
		}}}},
	} {
		got, err := s.RuleUses(context.Background(), at(c.since), at(12))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("since hour %d: %s", c.since, diff)
		}
	}
}
