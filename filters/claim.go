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
func (g *gathering) claim(groups []group) {
	if len(g.Listed) == 0 {
		return
	}
	oldest := slices.SortedFunc(maps.Values(g.Listed), func(a, b feed.Listing) int {
		return cmp.Or(a.Listed.Compare(b.Listed), cmp.Compare(a.Key, b.Key))
	})
	for i := range oldest {
		l := &oldest[i]
		if at := owner(groups, l); at >= 0 && (groups[at].listing == nil || groups[at].key == l.Key) {
			groups[at].listing = l
		}
	}
	for i := range groups {
		own := groups[i].listing
		groups[i].members = slices.DeleteFunc(groups[i].members, func(m feed.Member) bool {
			return slices.ContainsFunc(oldest, func(l feed.Listing) bool {
				return (own == nil || l.Key != own.Key) && (l.Entry == m.Record.Entry || l.ID == m.Record.PublicID)
			})
		})
	}
}

// owner is the group that a listing belongs to: that of its entry, else that
// of its key, else that of the entry whose id it has; -1: none.
func owner(groups []group, l *feed.Listing) int {
	has := func(is func(feed.Member) bool) int {
		return slices.IndexFunc(groups, func(o group) bool { return slices.ContainsFunc(o.members, is) })
	}
	if at := has(func(m feed.Member) bool { return m.Record.Entry == l.Entry }); at >= 0 {
		return at
	}
	if at := slices.IndexFunc(groups, func(o group) bool { return o.key == l.Key }); at >= 0 {
		return at
	}
	return has(func(m feed.Member) bool { return m.Record.PublicID == l.ID })
}

// mergedBefore reports whether readers have the group's entries as renditions
// of others, from when the edition treated stories otherwise.
func (g *gathering) mergedBefore(o group) bool {
	if slices.ContainsFunc(o.members, func(m feed.Member) bool { return m.Decision.Verdict != feed.Merged }) {
		return false
	}
	for key := range g.Listed {
		if modeOf(key) != g.edition.Stories {
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
