package replay

import (
	"maps"
	"slices"
	"time"

	"copydesk/feed"
	"copydesk/filters"
)

// Past is what is stored of a story.
type Past struct {
	Story   feed.Story
	Records []feed.Record             // its renditions
	Decided map[int64][]feed.Decision // on them
	Listed  []feed.Listing            // what editions list of it
}

// told is a story while it is replayed.
type told struct {
	Past
	records  map[int64]*feed.Record
	verdicts map[int64]map[string]feed.Decision
	anew     map[int64]bool // entries that are judged anew
	now      time.Time
}

// Tell replays a story for entries that were first seen since then.
func (r *Replay) Tell(p Past, since, now time.Time) {
	t := told{p, map[int64]*feed.Record{}, map[int64]map[string]feed.Decision{}, map[int64]bool{}, now}
	for i := range p.Records {
		one := &p.Records[i]
		if name, renamed := r.renamed[one.Source]; renamed {
			one.Source = name
		}
		t.records[one.Entry] = one
		t.verdicts[one.Entry] = map[string]feed.Decision{}
		for _, d := range p.Decided[one.Entry] {
			t.verdicts[one.Entry][d.Edition] = d
		}
		if !one.Forgotten && !one.FirstSeen.Before(since) {
			r.judge(&t, one)
		}
	}
	at := map[string]*Outcome{}
	names := make([]string, len(r.outcomes))
	for i, o := range r.outcomes {
		at[o.Edition], names[i] = o, o.Edition
	}
	r.desk.Order(names)
	for _, name := range names {
		r.gather(&t, at[name])
	}
}

// judge lets all editions decide on an entry.
func (r *Replay) judge(t *told, one *feed.Record) {
	t.anew[one.Entry] = true
	item := r.item(one)
	for _, e := range r.desk.Editions {
		_, decided := t.verdicts[one.Entry][e.Name]
		d, takes := r.desk.Judge(item, e)
		if !takes && !decided {
			continue
		}
		if !takes {
			d = r.desk.Leave(e.Name)
		}
		d.Entry = one.Entry
		t.verdicts[one.Entry][e.Name] = d
	}
}

func (r *Replay) item(one *feed.Record) *filters.Item {
	r.desk.FindTopics(&one.Copy)
	var tags []string
	if s := r.desk.Sources[one.Source]; s != nil {
		tags = s.Tags
	}
	return filters.NewItem(&one.Copy, one.Source, tags, one.FirstSeen)
}

// gather compares what an edition lists with what it would list.
func (r *Replay) gather(t *told, o *Outcome) {
	g := feed.Gathering{Edition: o.Edition, Story: t.Story, Listed: map[string]feed.Listing{}, Now: t.now, Fresh: t.now, Backfill: true, Anew: t.anew}
	for _, m := range t.Story.Renditions {
		d, decided := t.verdicts[m.Entry][o.Edition]
		if one := t.records[m.Entry]; decided && one != nil {
			g.Members = append(g.Members, feed.Member{Record: one, Decision: d, Elsewhere: t.verdicts[m.Entry]})
		}
	}
	for _, l := range t.Listed {
		if l.Edition == o.Edition {
			g.Listed[l.Key] = l
		}
	}
	before := shown(g.Listed)
	out := r.desk.Gather(g)
	for _, d := range out.Decisions {
		t.verdicts[d.Entry][d.Edition] = d
	}
	for _, l := range out.Listings {
		g.Listed[l.Key] = l
	}
	after := shown(g.Listed)
	for _, m := range g.Members {
		n := m.Record.Entry
		if t.anew[n] {
			o.count(t.verdicts[n][o.Edition].Verdict)
		}
		switch {
		case after[n] && !before[n]:
			o.Gains = append(o.Gains, t.change(m.Record, o.Edition))
		case before[n] && !after[n]:
			o.Losses = append(o.Losses, t.change(m.Record, o.Edition))
		}
	}
}

// shown are the entries that readers have.
func shown(listed map[string]feed.Listing) map[int64]bool {
	entries := map[int64]bool{}
	for l := range maps.Values(listed) {
		if l.TakenBack.IsZero() {
			entries[l.Entry] = true
		}
	}
	return entries
}

func (o *Outcome) count(v feed.Verdict) {
	o.Entries++
	if n := (map[feed.Verdict]*int{feed.Kept: &o.Kept, feed.Merged: &o.Merged, feed.Held: &o.Held, feed.Dropped: &o.Dropped})[v]; n != nil {
		*n++
	}
}

func (t *told) change(one *feed.Record, edition string) Change {
	c := Change{Entry: one.Entry, Source: one.Source, Title: one.Copy.Title, Link: one.Copy.Link, Now: t.verdicts[one.Entry][edition].Reason}
	at := slices.IndexFunc(t.Decided[one.Entry], func(d feed.Decision) bool { return d.Edition == edition })
	if at >= 0 {
		c.Was = t.Decided[one.Entry][at].Reason
	}
	return c
}
