package filters

import (
	"cmp"
	"slices"

	"copydesk/feed"
)

// others asks the editions that an edition is made of. came: the entry comes
// to the edition at all; ended: it is decided already.
func (d *Desk) others(j *judgement, item *Item, e *Edition) (came, ended bool) {
	if came, ended = d.from(j, item, e); !came || ended {
		return came, ended
	}
	for _, name := range e.Except {
		other := d.Edition(name)
		if other == nil {
			continue
		}
		decision, takes := d.Judge(item, other)
		switch {
		case !takes || decision.Verdict == feed.Dropped:
			j.passed("edition", name+" doesn't keep it")
		case other.waits():
			j.passed("edition", name+" decides with its story") // in Gather
		default:
			j.end(feed.Dropped, "edition", "the edition "+name+" keeps it")
			return true, true
		}
	}
	return true, false
}

// from asks the editions whose entries an edition takes.
func (d *Desk) from(j *judgement, item *Item, e *Edition) (came, ended bool) {
	if len(e.From) == 0 || e.Direct[item.Source] || item.Anywhere && len(e.Direct) > 0 {
		return true, false
	}
	var refused *feed.Decision
	for _, name := range e.From {
		other := d.Edition(name)
		if other == nil {
			continue
		}
		decision, takes := d.Judge(item, other)
		switch {
		case !takes:
		case decision.Verdict != feed.Dropped:
			j.passed("edition", "comes from "+name) // which may merge it: Gather knows
			return true, false
		case refused == nil:
			refused = &decision
		}
	}
	if refused == nil { // by none of them, as when their sources are all others
		return false, false
	}
	j.Rule, j.Hits = refused.Rule, refused.Hits
	j.end(feed.Dropped, "edition", "dropped by "+refused.Edition+": "+refused.Reason)
	j.Step = refused.Step // what a language or a topic drops is still a rendition to name
	return true, true
}

// waits reports whether entries that the edition's rules keep may yet wait.
func (e *Edition) waits() bool { return e.Hold > 0 || e.Quorum > 1 }

// Order sorts editions' names so that each stands behind those it is made of.
func (d *Desk) Order(names []string) {
	depth := map[string]int{}
	var measure func(name string) int
	measure = func(name string) int {
		if known, ok := depth[name]; ok {
			return known
		}
		depth[name] = 0 // there are no circles in a configuration that loaded
		if e := d.Edition(name); e != nil {
			for _, other := range slices.Concat(e.From, e.Except) {
				depth[name] = max(depth[name], 1+measure(other))
			}
		}
		return depth[name]
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(measure(a), measure(b)), cmp.Compare(a, b)) })
}

// elsewhere applies to a story's members what the editions that this one is
// made of publish of them: those wait with which another edition waits, and
// those go that another edition has.
func (g *gathering) elsewhere(d *Desk) {
	if len(g.edition.From)+len(g.edition.Except) == 0 {
		return
	}
	for i := range g.Members {
		m := &g.Members[i]
		if m.Decision.Verdict == feed.Dropped || g.listed(m.Record.Entry) && !g.Anew[m.Record.Entry] {
			continue
		}
		switch v, reason := g.verdictElsewhere(d, m); {
		case v != "":
			m.Decision = g.decide(*m, v, "edition", reason)
		case m.Decision.Verdict == feed.Held && m.Decision.Step == "edition":
			m.Decision.Step = "story" // it needn't wait any more
		}
	}
}

func (g *gathering) verdictElsewhere(d *Desk, m *feed.Member) (feed.Verdict, string) {
	waiting := ""
	came := len(g.edition.From) == 0 || g.edition.Direct[m.Record.Source]
	for _, name := range g.edition.From {
		switch m.Elsewhere[name].Verdict {
		case feed.Kept, feed.Merged:
			came = true
		case feed.Held:
			waiting = name
		}
	}
	if !came && waiting != "" {
		return feed.Held, "the edition " + waiting + " holds it"
	}
	for _, name := range g.edition.Except {
		other := d.Edition(name)
		if other == nil || !other.waits() {
			continue
		}
		switch m.Elsewhere[name].Verdict {
		case feed.Kept, feed.Merged:
			return feed.Dropped, "the edition " + name + " keeps it"
		case feed.Held:
			// What waits for a quorum may wait for ever, and isn't left out.
			if g.Now.Before(m.Record.FirstSeen.Add(other.Hold)) {
				return feed.Held, "the edition " + name + " holds it"
			}
		}
	}
	return "", ""
}

// chosen is 0 for a rendition that one of the editions publishes of which this
// one is made, 1 for one that these merged: where the edition's own sources and
// preferences say nothing else, it publishes what they publish.
func (g *gathering) chosen(m feed.Member) int {
	if len(g.edition.From) == 0 || g.edition.Direct[m.Record.Source] {
		return 0
	}
	if slices.ContainsFunc(g.edition.From, func(name string) bool { return m.Elsewhere[name].Verdict == feed.Kept }) {
		return 0
	}
	return 1
}

// listed reports whether readers have the entry already.
func (g *gathering) listed(entry int64) bool {
	for _, l := range g.Listed {
		if l.Entry == entry && l.TakenBack.IsZero() {
			return true
		}
	}
	return false
}

// Needed are an edition and those that it is made of.
func (d *Desk) Needed(e *Edition) []*Edition {
	all := []*Edition{e}
	for i := 0; i < len(all); i++ {
		for _, name := range slices.Concat(all[i].From, all[i].Except) {
			if other := d.Edition(name); other != nil && !slices.Contains(all, other) {
				all = append(all, other)
			}
		}
	}
	return all
}
