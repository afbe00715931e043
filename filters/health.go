package filters

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"copydesk/feed"
)

const (
	// Idle is how long a rule must have matched nothing to be told of.
	Idle = 60 * 24 * time.Hour
	// Flood is how long a rule must have dropped everything to be told of.
	Flood = 7 * 24 * time.Hour

	leastAsked   = 20 // entries that an idle rule was asked on
	leastDropped = 3  // entries that a flooding rule dropped
)

// Fault is a rule that does nothing or too much.
type Fault struct {
	Warning
	// Since is when it began, or the month in which it is told of: the same
	// until something changes.
	Since time.Time
}

// Faults tells from what was decided within Idle which rules never match and
// which drop everything. What was decided by an earlier configuration can
// excuse a rule, never blame it.
func Faults(d *Desk, uses []feed.EditionUse, now time.Time) []Fault {
	h := health{desk: d, now: now, uses: map[string]feed.EditionUse{}, idle: map[string]bool{}, matched: map[string]bool{}}
	for _, u := range uses {
		h.uses[u.Edition] = u
		for _, r := range u.Rules {
			if owner, is := ownerOf(r.Rule); !is || owner == u.Edition {
				h.matched[r.Rule] = h.matched[r.Rule] || r.Entries > 0
			}
		}
	}
	for _, e := range d.Editions {
		h.edition(e)
	}
	for _, path := range slices.Sorted(maps.Keys(h.idle)) {
		h.all = append(h.all, Fault{Warning{path, "has matched no entry for 60 days; is it still needed, and does it look where it should?"}, h.month()})
	}
	return h.all
}

type health struct {
	desk    *Desk
	now     time.Time
	uses    map[string]feed.EditionUse
	matched map[string]bool // paths of rules
	idle    map[string]bool
	all     []Fault
}

// month is when this month began.
func (h *health) month() time.Time {
	return time.Date(h.now.UTC().Year(), h.now.UTC().Month(), 1, 0, 0, 0, 0, time.UTC)
}

// ownerOf is the edition that a rule belongs to, from its path.
func ownerOf(path string) (string, bool) {
	rest, is := strings.CutPrefix(path, "editions[")
	owner, _, _ := strings.Cut(rest, "]")
	return owner, is
}

func (h *health) edition(e *Edition) {
	use := h.uses[e.Name]
	asked := map[string]int{} // by source, while the rules were as they are
	inForce := use.Before == e.Fingerprint
	for _, r := range use.Rules {
		inForce = inForce && r.Config == e.Fingerprint
		asked[r.Source] += r.Entries
	}
	total := 0
	for _, n := range asked {
		total += n
	}
	own := slices.Concat(h.desk.Rules, e.Rules)
	for _, r := range own {
		if inForce && total >= leastAsked && !h.matched[r.Path] {
			h.idle[r.Path] = true
		}
		h.flood(e, r, use.Rules, "")
	}
	for _, name := range slices.Sorted(maps.Keys(h.desk.Sources)) {
		of := slices.DeleteFunc(slices.Clone(use.Rules), func(u feed.RuleUse) bool { return u.Source != name })
		for _, r := range h.desk.Sources[name].Rules {
			if inForce && asked[name] >= leastAsked && !h.matched[r.Path] {
				h.idle[r.Path] = true
			}
			h.flood(e, r, of, name)
		}
	}
}

// flood tells of a rule that drops all entries
// of the source, or all when there is none.
func (h *health) flood(e *Edition, r Rule, uses []feed.RuleUse, source string) {
	if r.Action != Drop {
		return
	}
	week := h.now.Add(-Flood)
	var since, other time.Time
	dropped := 0
	for _, u := range uses {
		switch {
		case u.Rule != r.Path || u.Config != e.Fingerprint:
			other = later(other, u.Last)
		case since.IsZero():
			since, dropped = u.First, u.Recent
		default:
			since, dropped = earlier(since, u.First), dropped+u.Recent
		}
	}
	if dropped < leastDropped || since.After(week) || !other.Before(week) {
		return
	}
	since = later(since, other)
	when := "since " + since.UTC().Format(time.DateOnly)
	if other.IsZero() && h.uses[e.Name].Before == e.Fingerprint { // longer than was looked at
		since, when = h.month(), "for 60 days and more"
	}
	what := "every entry"
	if source != "" {
		what += " of " + source
	}
	h.all = append(h.all, Fault{Warning{r.Path, fmt.Sprintf("has dropped %s in the edition %s %s", what, e.Name, when)}, since})
}
