package filters

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"copydesk/feed"
)

// told is one story in one edition over time.
type told struct {
	t       *testing.T
	desk    *Desk
	at      time.Time
	members []feed.Member
	listed  map[string]feed.Listing
}

func tell(t *testing.T, e Edition, members ...feed.Member) *told {
	e.Name, e.Quorum = "e", max(1, e.Quorum)
	return &told{t, &Desk{Editions: []*Edition{&e}}, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), members, map[string]feed.Listing{}}
}

// gather decides an hour later; anew are the entries that are judged anew.
func (s *told) gather(anew ...int64) {
	s.t.Helper()
	s.at = s.at.Add(time.Hour)
	g := feed.Gathering{Edition: "e", Story: feed.Story{Story: 7}, Members: slices.Clone(s.members), Listed: maps.Clone(s.listed), Now: s.at, Backfill: true, Anew: map[int64]bool{}}
	for _, n := range anew {
		g.Anew[n] = true
	}
	out := s.desk.Gather(g)
	for _, l := range out.Listings {
		s.listed[l.Key] = l
	}
	for _, d := range out.Decisions {
		for i := range s.members {
			if s.members[i].Record.Entry == d.Entry {
				s.members[i].Decision = d
			}
		}
	}
	again := s.desk.Gather(feed.Gathering{Edition: "e", Story: g.Story, Members: slices.Clone(s.members), Listed: maps.Clone(s.listed), Now: s.at, Backfill: true, Anew: g.Anew})
	if len(again.Listings)+len(again.Decisions) > 0 {
		s.t.Errorf("done again, it changes: %+v", again)
	}
}

// judge is the verdict that rules give an entry.
func (s *told) judge(entry int64, v feed.Verdict) {
	for i := range s.members {
		if m := &s.members[i]; m.Record.Entry == entry {
			j := judgement{feed.Decision{Entry: entry, Edition: "e"}}
			j.end(v, "rule", "a rule says so")
			m.Decision = j.Decision
		}
	}
}

// want compares what readers have, "entry id", and the verdicts.
func (s *told) want(listed, verdicts string) {
	s.t.Helper()
	var have, said []string
	for _, key := range slices.Sorted(maps.Keys(s.listed)) {
		if l := s.listed[key]; l.TakenBack.IsZero() {
			have = append(have, fmt.Sprintf("%d %s", l.Entry, l.ID))
			if l.Listed.Hour() != 8 || l.Updated.Hour() != 8 {
				s.t.Errorf("%s is new to readers: %+v", key, l)
			}
		}
	}
	slices.Sort(have)
	for _, m := range s.members {
		said = append(said, string(m.Decision.Verdict))
	}
	if got := strings.Join(have, ", "); got != listed {
		s.t.Errorf("readers have %q, want %q", got, listed)
	}
	if got := strings.Join(said, " "); got != verdicts {
		s.t.Errorf("verdicts %q, want %q", got, verdicts)
	}
}

func pierAndQuay() []feed.Member {
	at := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	members := []feed.Member{member(1, "pier", at), member(2, "quay", at.Add(time.Minute))}
	for i := range members {
		members[i].Record.Copy.Updated = members[i].Record.Copy.Published
	}
	return members
}

func TestWhatReadersHaveStaysUnlessTheChangeHoldsForIt(t *testing.T) {
	s := tell(t, Edition{Stories: OneStory}, pierAndQuay()[0])
	s.gather()
	s.want("1 urn:pier", "kept")
	s.judge(1, feed.Dropped)
	s.gather()
	s.want("1 urn:pier", "kept")
	if d := s.members[0].Decision; d.Step != stepPublished || !strings.Contains(d.Reason, "a rule says so") {
		t.Errorf("%+v", d)
	}
	s.judge(1, feed.Dropped)
	s.gather(1)
	s.want("", "dropped")
	s.judge(1, feed.Kept)
	s.gather()
	s.want("1 urn:pier", "kept")
}

func TestWhatIsTakenBackHandsOverToTheNextRendition(t *testing.T) {
	s := tell(t, Edition{Stories: OneStory}, pierAndQuay()...)
	s.gather()
	s.want("1 urn:pier", "kept merged")
	s.judge(1, feed.Dropped)
	s.gather(1, 2)
	s.want("2 urn:pier", "dropped kept")
	s.judge(2, feed.Dropped)
	s.gather(1, 2)
	s.want("", "dropped dropped")
	s.judge(1, feed.Kept)
	s.gather(1, 2)
	s.want("1 urn:pier", "kept dropped")
	s.judge(2, feed.Kept)
	s.gather(1, 2)
	s.want("1 urn:pier", "kept merged")
}

// A preferred rendition takes the place of one that was only there for having
// been published.
func TestWhatStaysGivesWayToAPreferredSource(t *testing.T) {
	members := pierAndQuay()
	s := tell(t, Edition{Stories: OneStory, Prefer: []string{"quay"}}, members[0])
	s.gather()
	s.judge(1, feed.Dropped)
	s.gather()
	s.want("1 urn:pier", "kept")
	s.members = append(s.members, members[1])
	s.gather()
	s.want("2 urn:pier", "dropped kept")
	if d := s.members[0].Decision; d.Step != "rule" || d.Reason != "a rule says so" || len(s.listed["s7"].Related) > 0 {
		t.Errorf("%+v %+v", d, s.listed)
	}
}

func TestStoriesAndQuorumHoldForWhatWasPublished(t *testing.T) {
	s := tell(t, Edition{Stories: AllRenditions}, pierAndQuay()...)
	e := s.desk.Editions[0]
	s.gather()
	s.want("1 urn:pier, 2 urn:quay", "kept kept")
	e.Stories = OneStory
	s.gather()
	s.want("1 urn:pier, 2 urn:quay", "kept kept")
	s.gather(1, 2)
	s.want("1 urn:pier", "kept merged")
	e.Stories = AllRenditions
	s.judge(2, feed.Kept)
	s.gather(1, 2)
	s.want("1 urn:pier, 2 urn:quay", "kept kept")
	e.Stories, e.Quorum, e.Hold = OneStory, 3, 24*time.Hour
	s.gather()
	s.want("1 urn:pier, 2 urn:quay", "kept kept")
	s.gather(1, 2)
	s.want("", "held held")
	e.Quorum, e.Hold = 2, 0
	s.gather()
	s.want("1 urn:pier", "kept merged")
}

// Another rendition of a story that was taken back comes out as itself.
func TestAnotherRenditionBringsNothingBack(t *testing.T) {
	members := pierAndQuay()
	s := tell(t, Edition{Stories: OneStory}, members[0])
	s.gather()
	s.judge(1, feed.Dropped)
	s.gather(1)
	s.members = append(s.members, members[1])
	s.gather()
	s.want("2 urn:quay", "dropped kept")
	s.judge(1, feed.Kept)
	s.gather(1)
	s.want("2 urn:quay", "merged kept")
}
