package filters

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"copydesk/feed"
)

// gathering is a story while an edition decides on it.
type gathering struct {
	feed.Gathering
	edition *Edition
	groups  []group
	out     feed.Gathered
}

// Gather decides what an edition publishes of a story: which rendition,
// which others are named below it, or that it must wait.
func (d *Desk) Gather(story feed.Gathering) feed.Gathered {
	g := gathering{Gathering: story, edition: d.Edition(story.Edition)}
	if g.edition == nil {
		return g.out
	}
	g.elsewhere(d)
	g.stay()
	var eligible, named []feed.Member
	for _, m := range g.Members {
		waits := m.Decision.Verdict == feed.Held && m.Decision.Step == "edition"
		gone := m.Record.Forgotten && !g.listed(m.Record.Entry) // there is nothing of it left to publish
		if m.Decision.Verdict != feed.Dropped && !waits && !gone {
			eligible = append(eligible, m)
		}
		if !waits && isNamed(m.Decision) {
			named = append(named, m)
		}
	}
	slices.SortFunc(named, byDate)
	g.groups = groups(g.edition, g.Story.Story, eligible)
	g.claim()
	for _, group := range g.groups {
		g.one(group, named)
	}
	g.takeBack()
	return g.out
}

// group is what an edition lists once.
type group struct {
	key     string
	members []feed.Member
	listing *feed.Listing // nil: readers have none of it
	former  *feed.Listing // which they had, and which was taken back
}

// groups divides kept renditions by the edition's mode; deterministic.
func groups(e *Edition, number int64, kept []feed.Member) []group {
	var all []group
	at := map[string]int{}
	for _, m := range kept {
		key := "s" + strconv.FormatInt(number, 10)
		switch e.Stories {
		case AllRenditions:
			key = "e" + strconv.FormatInt(m.Record.Entry, 10)
		case OnePerLanguage:
			key += "/" + baseLanguage(m.Record.Copy.Language)
		}
		i, ok := at[key]
		if !ok {
			i = len(all)
			at[key] = i
			all = append(all, group{key: key})
		}
		all[i].members = append(all[i].members, m)
	}
	slices.SortFunc(all, func(a, b group) int { return cmp.Compare(a.key, b.key) })
	return all
}

func baseLanguage(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return base
}

// one decides on one group.
func (g *gathering) one(group group, named []feed.Member) {
	listed := group.listing != nil
	if len(group.members) == 0 || !listed && g.mergedBefore(group) {
		return
	}
	if wait := g.waits(group, named); wait != "" {
		for _, m := range group.members {
			g.decide(m, feed.Held, "story", wait)
		}
		if listed {
			g.withdraw(*group.listing)
		}
		return
	}
	best := g.best(group.members)
	var now feed.Listing
	switch {
	case listed:
		now = *group.listing
	case group.former != nil: // it returns to its old place
		now = *group.former
		now.TakenBack = time.Time{}
	default:
		g.comeOut(&now, group, best)
	}
	if listed || group.former != nil {
		best = g.replace(now, group.members, g.best(g.unshown(group)))
	}
	now.Entry, now.Related = best.Record.Entry, related(named, best)
	if listed && g.Edited[now.Entry] {
		now.Updated = later(now.Updated, later(best.Record.Copy.Updated, now.Updated.Add(time.Second)))
		now.Updated = earlier(now.Updated, g.Now)
	}
	if !listed || !same(now, *group.listing) {
		g.out.Listings = append(g.out.Listings, now)
	}
	g.settle(group, best)
}

// settle tells what became of a group's renditions: one is published.
func (g *gathering) settle(group group, best feed.Member) {
	for _, m := range group.members {
		switch {
		case m.Record.Entry == best.Record.Entry:
			if m.Decision.Verdict != feed.Kept {
				g.decide(m, feed.Kept, m.Decision.Step, "published as its story's rendition")
			}
		case m.Decision.Step == stepPublished: // readers have another now
			g.leave(m)
		case m.Decision.Verdict != feed.Merged || !strings.Contains(m.Decision.Reason, best.Record.Source):
			g.decide(m, feed.Merged, "story", mergeReason(g.Story, m, best))
		}
	}
}

// comeOut fills a new listing. Its id is minted for good: the public id of
// the first rendition published.
func (g *gathering) comeOut(l *feed.Listing, group group, best feed.Member) {
	c := &best.Record.Copy
	l.Edition, l.Key, l.Story, l.ID = g.edition.Name, group.key, g.Story.Story, best.Record.PublicID
	if _, taken := g.Listed[group.key]; taken { // by a listing whose entry is of another language now
		l.Key = "e" + strconv.FormatInt(best.Record.Entry, 10)
	}
	l.Published, l.Updated, l.Listed = c.Published, c.Updated, c.Published
	late := slices.ContainsFunc(group.members, func(m feed.Member) bool { return m.Record.FirstSeen.Before(g.Fresh) })
	if late && !g.Backfill {
		l.Listed, l.Updated = g.Now, g.Now
	}
}

// waits says why a story must wait, or "". What readers have waits only where
// a changed quorum is to hold for it too.
func (g *gathering) waits(group group, named []feed.Member) string {
	if group.listing != nil && !g.Anew[group.listing.Entry] {
		return ""
	}
	if g.edition.Hold > 0 && group.listing == nil && group.former == nil {
		first := group.members[0].Record.FirstSeen
		for _, m := range group.members {
			first = earlier(first, m.Record.FirstSeen)
		}
		// What was seen by a clock that was ahead has waited long enough.
		if until := first.Add(g.edition.Hold); g.Now.Before(until) && !first.After(g.Now) {
			return "held until " + until.UTC().Format(time.RFC3339) + " so that its story can gather"
		}
	}
	if g.edition.Quorum > 1 {
		sources := map[string]bool{}
		for _, m := range named {
			sources[m.Record.Source] = true
		}
		if len(sources) < g.edition.Quorum {
			return fmt.Sprintf("%d of the %d sources that the edition asks for report its story", len(sources), g.edition.Quorum)
		}
	}
	return ""
}

// best chooses the rendition to publish: the preferred source, what the
// editions publish that this one is made of, the edition's language, full text before summary, the earliest.
func (g *gathering) best(members []feed.Member) feed.Member {
	longest := 0
	for _, m := range members {
		longest = max(longest, m.Record.Copy.Words)
	}
	return slices.MinFunc(members, func(a, b feed.Member) int {
		return cmp.Or(
			g.prefers(a, b),
			cmp.Compare(g.edition.speech(a.Record.Copy.Language), g.edition.speech(b.Record.Copy.Language)),
			cmp.Compare(brief(a, longest), brief(b, longest)),
			byDate(a, b),
		)
	})
}

// brief is 1 for a rendition with less than half the words of the longest.
func brief(m feed.Member, longest int) int {
	if m.Record.Copy.Words*2 < longest {
		return 1
	}
	return 0
}

func (g *gathering) preference(m feed.Member) int {
	if at := slices.Index(g.edition.Prefer, m.Record.Source); at >= 0 {
		return at
	}
	return len(g.edition.Prefer)
}

// prefers compares renditions by what the edition wants before all else.
func (g *gathering) prefers(a, b feed.Member) int {
	return cmp.Or(cmp.Compare(g.preference(a), g.preference(b)), cmp.Compare(g.chosen(a), g.chosen(b)))
}

// unshown are the renditions that no other listing shows: where a person
// joined stories that were both published, each listing keeps to its own.
func (g *gathering) unshown(group group) []feed.Member {
	free := slices.DeleteFunc(slices.Clone(group.members), func(m feed.Member) bool {
		for key, l := range g.Listed {
			own := key == group.key || group.listing != nil && group.listing.Key == key
			if !own && l.Entry == m.Record.Entry && l.TakenBack.IsZero() && !g.leaving(&l) {
				return true
			}
		}
		return false
	})
	if len(free) == 0 {
		return group.members
	}
	return free
}

// replace keeps the rendition that readers already have, unless a source
// that the edition prefers has come, or one that the editions publish that it
// is made of.
func (g *gathering) replace(l feed.Listing, members []feed.Member, best feed.Member) feed.Member {
	at := slices.IndexFunc(members, func(m feed.Member) bool { return m.Record.Entry == l.Entry })
	if at < 0 || g.prefers(best, members[at]) < 0 {
		return best
	}
	return members[at]
}

func related(named []feed.Member, best feed.Member) []int64 {
	var all []int64
	for _, m := range named {
		if m.Record.Entry != best.Record.Entry {
			all = append(all, m.Record.Entry)
		}
	}
	return all
}

func mergeReason(s feed.Story, m, best feed.Member) string {
	reason := fmt.Sprintf("it reports the same story as “%s” from %s", best.Record.Copy.Title, best.Record.Source)
	for _, r := range s.Renditions {
		if r.Entry != m.Record.Entry || len(r.Evidence) == 0 {
			continue
		}
		e := r.Evidence[0]
		if at := slices.IndexFunc(r.Evidence, func(e feed.Evidence) bool { return e.Entry == best.Record.Entry }); at >= 0 {
			e = r.Evidence[at]
		}
		reason += fmt.Sprintf(" (%s %.2f", e.By, e.Score)
		if len(e.Terms) > 0 {
			reason += ": " + strings.Join(e.Terms, ", ")
		}
		return reason + ")"
	}
	return reason
}

// decide tells what became of a member, unless it was told before.
func (g *gathering) decide(m feed.Member, v feed.Verdict, step, reason string) feed.Decision {
	d := m.Decision
	if d.Verdict == v && d.Reason == reason {
		return d
	}
	d.Steps = slices.DeleteFunc(slices.Clone(d.Steps), func(s feed.Step) bool { return s.Step == "story" || s.Step == stepPublished })
	d.Verdict, d.Step, d.Reason = v, step, reason
	switch {
	case step == stepPublished:
		d.Steps = append(d.Steps, feed.Step{Step: stepPublished, Result: string(v), Detail: reason})
	case v != feed.Dropped || step == "edition": // else one of the steps says so
		d.Steps = append(d.Steps, feed.Step{Step: "story", Result: string(v), Detail: reason})
	}
	g.out.Decisions = append(g.out.Decisions, d)
	return d
}

func byDate(a, b feed.Member) int {
	return cmp.Or(a.Record.Copy.Published.Compare(b.Record.Copy.Published), cmp.Compare(a.Record.Source, b.Record.Source), cmp.Compare(a.Record.Entry, b.Record.Entry))
}

func same(a, b feed.Listing) bool {
	return a.Entry == b.Entry && a.Updated.Equal(b.Updated) && slices.Equal(a.Related, b.Related) && a.Story == b.Story && a.TakenBack.Equal(b.TakenBack)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
