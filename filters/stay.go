package filters

import (
	"maps"
	"slices"

	"copydesk/feed"
)

// stepPublished is what decides on an entry that readers have already.
const stepPublished = "published"

// stay keeps what readers have, although it would be dropped by now: upstream
// edited it, or the rules changed and hold for what comes. What readers don't
// have any more is dropped after all.
func (g *gathering) stay() {
	for i := range g.Members {
		m := &g.Members[i]
		have := g.listed(m.Record.Entry)
		switch {
		case m.Decision.Verdict == feed.Dropped && have && !g.Anew[m.Record.Entry]:
			m.Decision = g.decide(*m, feed.Kept, stepPublished, "it was published before, and so it stays; by now "+m.Decision.Reason)
		case m.Decision.Step == stepPublished && !have:
			m.Decision = g.leave(*m)
		}
	}
}

// leave drops an entry that was only kept because readers had it.
func (g *gathering) leave(m feed.Member) feed.Decision {
	by := against(m.Decision)
	return g.decide(m, feed.Dropped, by.Step, by.Detail)
}

// against is what drops an entry, or would drop it had readers not had it.
func against(d feed.Decision) feed.Step {
	if d.Step != stepPublished {
		return feed.Step{Step: d.Step, Detail: d.Reason}
	}
	at := slices.IndexFunc(d.Steps, func(s feed.Step) bool { return s.Result == string(feed.Dropped) })
	if at < 0 { // the details were forgotten
		return feed.Step{Step: "rule", Detail: "it was published before, and isn't any more"}
	}
	return d.Steps[at]
}

// isNamed reports whether a rendition may be named below another: it isn't if
// its source is none of the edition's, or a rule dropped it.
func isNamed(d feed.Decision) bool {
	if d.Verdict != feed.Dropped && d.Step != stepPublished {
		return true
	}
	by := against(d)
	return by.Step == "language" || by.Step == "topic"
}

// leaving reports whether a listing is of a former mode that doesn't hold for
// its entry any more, with its story listed in another place.
func (g *gathering) leaving(l *feed.Listing) bool {
	return g.Anew[l.Entry] && modeOf(l.Key) != g.edition.Stories && !g.tied(l)
}

func (g *gathering) tied(l *feed.Listing) bool {
	return slices.ContainsFunc(g.groups, func(o group) bool { return o.listing != nil && o.listing.Key == l.Key })
}

// takeBack takes what the changed configuration doesn't keep out of the
// edition.
func (g *gathering) takeBack() {
	for _, key := range slices.Sorted(maps.Keys(g.Listed)) {
		l := g.Listed[key]
		if !l.TakenBack.IsZero() || !g.Anew[l.Entry] {
			continue
		}
		kept := slices.ContainsFunc(g.groups, func(o group) bool {
			return slices.ContainsFunc(o.members, func(m feed.Member) bool { return m.Record.Entry == l.Entry })
		})
		if !g.tied(&l) && (!kept || g.leaving(&l)) {
			g.withdraw(l)
		}
	}
}

func (g *gathering) withdraw(l feed.Listing) {
	l.TakenBack = g.Now
	g.out.Listings = append(g.out.Listings, l)
}

// Leave is what an edition decides on an entry whose source it doesn't take
// any more.
func (d *Desk) Leave(edition string) feed.Decision {
	e := d.Edition(edition)
	if e == nil {
		return feed.Decision{Edition: edition, Verdict: feed.Dropped}
	}
	j := judgement{feed.Decision{Edition: e.Name, Config: e.Fingerprint}}
	j.end(feed.Dropped, "source", "the edition doesn't take its source any more")
	return j.Decision
}
