package filters

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"copydesk/feed"
)

// claim ties groups to what readers have of the story already, under whatever
// key: the edition may have treated stories otherwise, and an entry may have
// had another language. What another listing publishes leaves its group:
// nothing is listed twice.
func (g *gathering) claim() {
	groups := g.groups
	if len(g.Listed) == 0 {
		return
	}
	var have, had []feed.Listing // the oldest first
	for _, l := range slices.SortedFunc(maps.Values(g.Listed), func(a, b feed.Listing) int {
		return cmp.Or(a.Listed.Compare(b.Listed), cmp.Compare(a.Key, b.Key))
	}) {
		if l.TakenBack.IsZero() {
			have = append(have, l)
		} else {
			had = append(had, l)
		}
	}
	for i := range have {
		l := &have[i]
		if at := g.owner(groups, l); at >= 0 && (groups[at].listing == nil || groups[at].key == l.Key) {
			groups[at].listing = l
		}
	}
	for i := range had {
		l := &had[i]
		if at := formerOwner(groups, l); at >= 0 && groups[at].listing == nil && groups[at].former == nil {
			groups[at].former = l
		}
	}
	shows := map[string]int64{} // by key: the entry that each listing goes on with, where that is known
	for _, l := range have {
		shows[l.Key] = l.Entry
		at := slices.IndexFunc(groups, func(o group) bool { return o.listing != nil && o.listing.Key == l.Key })
		if at >= 0 && !slices.ContainsFunc(groups[at].members, func(m feed.Member) bool { return m.Record.Entry == l.Entry }) {
			delete(shows, l.Key)
		}
	}
	for i := range groups {
		g.yield(&groups[i], have, shows)
	}
}

// yield takes out of a group what other listings publish.
func (g *gathering) yield(o *group, have []feed.Listing, shows map[string]int64) {
	own := o.listing
	o.members = slices.DeleteFunc(o.members, func(m feed.Member) bool {
		at := slices.IndexFunc(have, func(l feed.Listing) bool {
			return (own == nil || l.Key != own.Key) && !g.leaving(&l) && (shows[l.Key] == m.Record.Entry || l.ID == m.Record.PublicID)
		})
		if at >= 0 && shows[have[at].Key] != m.Record.Entry && m.Decision.Verdict != feed.Merged {
			g.decide(m, feed.Merged, "story", "under its id another rendition of its story is published already")
		}
		return at >= 0
	})
}

// owner is the group that a listing belongs to: that of its entry, else that
// of its key, else that of the entry whose id it has; -1: none. Where all
// renditions are listed from now on, each gets its own id back.
func (g *gathering) owner(groups []group, l *feed.Listing) int {
	has := func(is func(feed.Member) bool) int {
		return slices.IndexFunc(groups, func(o group) bool { return slices.ContainsFunc(o.members, is) })
	}
	if at := has(func(m feed.Member) bool { return m.Record.PublicID == l.ID }); at >= 0 && g.edition.Stories == AllRenditions && g.Anew[l.Entry] {
		return at
	}
	if at := has(func(m feed.Member) bool { return m.Record.Entry == l.Entry }); at >= 0 {
		return at
	}
	if at := slices.IndexFunc(groups, func(o group) bool { return o.key == l.Key }); at >= 0 {
		return at
	}
	return has(func(m feed.Member) bool { return m.Record.PublicID == l.ID })
}

// formerOwner is the group that a listing which was taken back returns with:
// that of the entry whose id it has, else that of its entry; -1: none. Another
// rendition of the story doesn't bring it back: it comes out as itself.
func formerOwner(groups []group, l *feed.Listing) int {
	has := func(is func(feed.Member) bool) int {
		return slices.IndexFunc(groups, func(o group) bool { return slices.ContainsFunc(o.members, is) })
	}
	if at := has(func(m feed.Member) bool { return m.Record.PublicID == l.ID }); at >= 0 {
		return at
	}
	return has(func(m feed.Member) bool { return m.Record.Entry == l.Entry })
}

// mergedBefore reports whether readers have the group's entries as renditions
// of others, from when the edition treated stories otherwise.
func (g *gathering) mergedBefore(o group) bool {
	if slices.ContainsFunc(o.members, func(m feed.Member) bool { return m.Decision.Verdict != feed.Merged }) {
		return false
	}
	for key, l := range g.Listed {
		if l.TakenBack.IsZero() && modeOf(key) != g.edition.Stories {
			return true
		}
	}
	return false
}

// modeOf is how the edition treated stories that lists something by the key.
func modeOf(key string) Stories {
	switch {
	case strings.HasPrefix(key, "e"):
		return AllRenditions
	case strings.Contains(key, "/"):
		return OnePerLanguage
	}
	return OneStory
}
