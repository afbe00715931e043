// Package replay runs the desk over the archive: what a changed configuration
// would have decided, against what was decided. It judges as the poller does,
// entry by entry, with each entry's age as it was when it was first decided.
// What becomes of kept entries among their story's renditions doesn't count:
// an entry that is merged is as good as published.
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
	Kept    int      `json:"kept"`    // by the new configuration
	Gains   []Change `json:"gains"`
	Losses  []Change `json:"losses"`
}

// Replay is a comparison under way.
type Replay struct {
	desk     *filters.Desk
	outcomes []*Outcome
}

// New begins to compare what a desk decides with what was decided.
func New(desk *filters.Desk) *Replay {
	r := &Replay{desk: desk}
	for _, e := range desk.Editions {
		r.outcomes = append(r.outcomes, &Outcome{Edition: e.Name, Gains: []Change{}, Losses: []Change{}})
	}
	return r
}

// Add judges an archived entry anew; decided are the decisions that are stored.
func (r *Replay) Add(record *feed.Record, decided []feed.Decision) {
	r.desk.FindTopics(&record.Copy)
	var tags []string
	if s := r.desk.Sources[record.Source]; s != nil {
		tags = s.Tags
	}
	item := filters.NewItem(&record.Copy, record.Source, tags, record.FirstSeen)
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
