// Package replay runs the desk over the archive: what a changed configuration
// would do to what editions list. It does what the poller does when a changed
// configuration holds for all (apply: all), and records nothing: entries are
// judged, each with its age as it was when it was first decided, and stories
// gathered. Stories are those that are stored: to find them anew is left out,
// as it is when a configuration changes.
//
// Add judges single entries, without their stories: what rules alone would do.
package replay

import (
	"copydesk/feed"
	"copydesk/filters"
)

// Change is an entry that an edition would treat otherwise.
type Change struct {
	Entry  int64  `json:"entry"`
	Source string `json:"source"`
	Title  string `json:"title"`
	Link   string `json:"link,omitempty"`
	Was    string `json:"was"` // reason then; empty when there was no decision
	Now    string `json:"now"` // reason now; empty when the edition doesn't take its source any more
}

// Outcome is what an edition would gain and lose.
type Outcome struct {
	Edition string   `json:"edition"`
	Entries int      `json:"entries"` // looked at
	Kept    int      `json:"kept"`    // by the new configuration, as are these; kept ones are listed
	Merged  int      `json:"merged"`
	Held    int      `json:"held"`
	Dropped int      `json:"dropped"`
	Gains   []Change `json:"gains"`
	Losses  []Change `json:"losses"`
}

// Replay is a comparison under way.
type Replay struct {
	desk     *filters.Desk
	outcomes []*Outcome
	renamed  map[string]string // sources, from the names that they had
}

// New begins to compare what a desk decides with what was decided.
func New(desk *filters.Desk) *Replay {
	r := &Replay{desk: desk, renamed: map[string]string{}}
	for name, s := range desk.Sources {
		if s.Was != "" {
			r.renamed[s.Was] = name
		}
	}
	for _, e := range desk.Editions {
		r.outcomes = append(r.outcomes, &Outcome{Edition: e.Name, Gains: []Change{}, Losses: []Change{}})
	}
	return r
}

// Add judges an archived entry anew, without its story; decided are the decisions that are stored.
func (r *Replay) Add(record *feed.Record, decided []feed.Decision) {
	item := r.item(record)
	for i, e := range r.desk.Editions {
		o := r.outcomes[i]
		was, known := find(decided, e.Name)
		now, takes := r.desk.Judge(item, e)
		if !takes && !known {
			continue
		}
		o.Entries++
		kept := takes && now.Verdict != feed.Dropped
		if kept {
			o.Kept++
		} else {
			o.Dropped++
		}
		change := Change{Entry: record.Entry, Source: record.Source, Title: record.Copy.Title, Link: record.Copy.Link, Was: was.Reason, Now: now.Reason}
		switch before := known && was.Verdict != feed.Dropped; {
		case kept && !before:
			o.Gains = append(o.Gains, change)
		case before && !kept:
			o.Losses = append(o.Losses, change)
		}
	}
}

func find(decided []feed.Decision, edition string) (feed.Decision, bool) {
	for _, d := range decided {
		if d.Edition == edition {
			return d, true
		}
	}
	return feed.Decision{}, false
}

// Outcomes are what came of it, edition by edition in the configuration's order.
func (r *Replay) Outcomes() []*Outcome { return r.outcomes }
