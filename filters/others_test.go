package filters

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
)

// made is a desk of editions that are made of others. Titles decide.
func made(t *testing.T) *Desk {
	rule := func(path, action, title string) []Rule {
		r, mistakes := CompileRule(map[string]any{action: map[string]any{"title": title}}, &Names{})
		if len(mistakes) > 0 {
			t.Fatal(mistakes)
		}
		r.Path = path
		return []Rule{r}
	}
	both := map[string]bool{"pier": true, "quay": true}
	return &Desk{Editions: []*Edition{
		{Name: "a-rest", Fingerprint: "1", Except: []string{"harbour"}},
		{Name: "b-rest", Fingerprint: "1", Except: []string{"quorum"}},
		{Name: "c-held", Fingerprint: "1", From: []string{"held"}, Sources: both, Direct: map[string]bool{}},
		{Name: "part", Fingerprint: "1", From: []string{"harbour"}, Sources: both, Direct: map[string]bool{"quay": true}, Rules: rule("editions[part].rules[0]", "drop", "barge")},
		{Name: "harbour", Fingerprint: "1", Sources: map[string]bool{"pier": true}, Rules: rule("editions[harbour].rules[0]", "drop", "tide")},
		{Name: "held", Fingerprint: "1", Sources: both, Hold: time.Hour},
		{Name: "quorum", Fingerprint: "1", Sources: both, Quorum: 2},
	}}
}

func TestEditionsAreMadeOfOthers(t *testing.T) {
	desk := made(t)
	for _, c := range []struct{ edition, source, title, want string }{
		{"part", "pier", "A crane", "kept by edition: no rule speaks against it [edition passed: comes from harbour]"},
		{"part", "pier", "A tide", "dropped by rule: dropped by harbour: editions[harbour].rules[0] drops it: title has “A tide” []"},
		{"part", "pier", "A barge", "dropped by rule: editions[part].rules[0] drops it: title has “A barge” [edition passed: comes from harbour]"},
		{"part", "quay", "A tide", "kept by edition: no rule speaks against it []"},
		{"part", "wire", "A crane", "not taken"},
		{"a-rest", "pier", "A crane", "dropped by edition: the edition harbour keeps it []"},
		{"a-rest", "pier", "A tide", "kept by edition: no rule speaks against it [edition passed: harbour doesn't keep it]"},
		{"a-rest", "quay", "A crane", "kept by edition: no rule speaks against it [edition passed: harbour doesn't keep it]"},
		{"b-rest", "quay", "A crane", "kept by edition: no rule speaks against it [edition passed: quorum decides with its story]"},
	} {
		copied := feed.Copy{Title: c.title}
		d, takes := desk.Judge(NewItem(&copied, c.source, nil, time.Time{}), desk.Edition(c.edition))
		got := "not taken"
		if takes {
			got = string(d.Verdict) + " by " + d.Step + ": " + d.Reason + " ["
			for _, s := range d.Steps {
				if s.Step == "edition" && s.Result == "passed" {
					got += "edition passed: " + s.Detail
				}
			}
			got += "]"
		}
		if got != c.want {
			t.Errorf("%s, %s from %s: %s, want %s", c.edition, c.title, c.source, got, c.want)
		}
	}
}

func TestExamplesComeFromAnywhere(t *testing.T) {
	desk := made(t)
	for title, want := range map[string]feed.Verdict{"A crane": feed.Kept, "A barge": feed.Dropped} {
		item := NewItem(&feed.Copy{Title: title}, "", nil, time.Time{})
		item.Anywhere = true
		if d, takes := desk.Judge(item, desk.Edition("part")); !takes || d.Verdict != want {
			t.Errorf("%s: %v %v", title, takes, d)
		}
	}
}

func TestOrderPutsEditionsBehindThoseTheyAreMadeOf(t *testing.T) {
	names := []string{"a-rest", "b-rest", "c-held", "gone", "harbour", "held", "part", "quorum"}
	made(t).Order(names)
	if want := []string{"gone", "harbour", "held", "quorum", "a-rest", "b-rest", "c-held", "part"}; !slices.Equal(names, want) {
		t.Error(names)
	}
}

func TestEditionsWaitForThoseTheyAreMadeOf(t *testing.T) {
	desk := made(t)
	seen := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		edition, other string
		verdict        feed.Verdict // of the other
		before         feed.Decision
		listed         bool
		want           string
	}{
		{"c-held", "held", feed.Held, feed.Decision{Verdict: feed.Kept, Step: "edition"}, false, "held: the edition held holds it"},
		{"c-held", "held", feed.Kept, feed.Decision{Verdict: feed.Held, Step: "edition", Reason: "the edition held holds it"}, false, "kept: published as its story's rendition; listed"},
		{"c-held", "held", feed.Merged, feed.Decision{Verdict: feed.Kept, Step: "edition"}, false, "listed"},
		{"b-rest", "quorum", feed.Held, feed.Decision{Verdict: feed.Kept, Step: "edition"}, false, "listed"},
		{"b-rest", "quorum", feed.Kept, feed.Decision{Verdict: feed.Kept, Step: "edition"}, false, "dropped: the edition quorum keeps it"},
		{"b-rest", "quorum", feed.Kept, feed.Decision{Verdict: feed.Kept, Step: "edition"}, true, ""},
	} {
		d := c.before
		d.Entry, d.Edition = 7, c.edition
		g := feed.Gathering{
			Edition: c.edition, Now: seen.Add(time.Minute), Fresh: seen, Listed: map[string]feed.Listing{},
			Story: feed.Story{Story: 3, Renditions: []feed.Rendition{{Entry: 7}}},
			Members: []feed.Member{{
				Record:    &feed.Record{Entry: 7, Source: "pier", FirstSeen: seen},
				Decision:  d,
				Elsewhere: map[string]feed.Decision{c.other: {Verdict: c.verdict}},
			}},
		}
		if c.listed {
			g.Listed["s3"] = feed.Listing{Edition: c.edition, Key: "s3", Story: 3, Entry: 7}
		}
		out := desk.Gather(g)
		got := ""
		for _, d := range out.Decisions {
			got += string(d.Verdict) + ": " + d.Reason
		}
		if len(out.Listings) > 0 {
			if got != "" {
				got += "; "
			}
			got += "listed"
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s, %s by %s: %s", c.edition, c.verdict, c.other, diff)
		}
	}
}
