package config

import (
	"slices"
	"strings"

	"copydesk/filters"
)

// compileEditions compiles the editions, each behind those that it is made
// of, and puts them into the file's order.
func (d *draft) compileEditions(r *reader, names *filters.Names, shared []any) {
	o := ordering{draft: d, reader: r, byName: map[string]*editionDraft{}}
	for _, e := range d.editions {
		if _, twice := o.byName[e.edition.Name]; !twice {
			o.byName[e.edition.Name] = e
		}
	}
	for _, e := range d.editions {
		o.add(e)
	}
	place := map[string]int{}
	for i, e := range d.editions {
		place[e.edition.Name] = i
	}
	for _, e := range o.sorted {
		d.compileEdition(r, e, names, shared)
	}
	slices.SortStableFunc(d.config.Desk.Editions, func(a, b *filters.Edition) int { return place[a.Name] - place[b.Name] })
}

// ordering sorts editions so that each stands behind those it is made of.
type ordering struct {
	*draft
	*reader
	byName map[string]*editionDraft
	sorted []*editionDraft
	on     []*editionDraft // the way from the first to this one
}

func (o *ordering) add(e *editionDraft) {
	if slices.Contains(o.sorted, e) {
		return
	}
	o.on = append(o.on, e)
	e.sources = o.follow(e, e.sources)
	e.except = o.follow(e, e.except)
	o.on = o.on[:len(o.on)-1]
	o.sorted = append(o.sorted, e)
}

// follow adds the editions that references name, and takes out references
// that lead nowhere or round in a circle.
func (o *ordering) follow(e *editionDraft, refs []named) []named {
	return slices.DeleteFunc(slices.Clone(refs), func(ref named) bool {
		name, is := strings.CutPrefix(ref.name, "edition:")
		if !is {
			return false
		}
		other := o.byName[name]
		if other == nil {
			all := map[string]bool{}
			for n := range o.byName {
				if n != e.edition.Name {
					all[n] = true
				}
			}
			o.refers(named{name, ref.at}, "edition", all)
			return true
		}
		if at := slices.Index(o.on, other); at >= 0 {
			o.wrong(ref.at, "the edition is made of itself"+way(o.on[at:]), "take out one of these references")
			return true
		}
		o.add(other)
		return false
	})
}

// way tells over which editions a circle leads.
func way(on []*editionDraft) string {
	if len(on) < 2 {
		return ""
	}
	var steps []string
	for _, e := range append(slices.Clone(on), on[0]) {
		steps = append(steps, e.edition.Name)
	}
	return ": " + strings.Join(steps, " → ")
}

// takeSources finds out which sources' entries come to an edition, directly
// or by way of others, which are compiled by then.
func (d *draft) takeSources(r *reader, draft *editionDraft, e *filters.Edition, names *filters.Names) {
	if len(draft.sources) > 0 {
		e.Sources = map[string]bool{}
	}
	direct, everything := map[string]bool{}, false
	for _, ref := range draft.sources {
		if name, is := strings.CutPrefix(ref.name, "edition:"); is {
			e.From = append(e.From, name)
			other := d.config.Edition(name)
			everything = everything || other.Sources == nil
			for source := range other.Sources {
				e.Sources[source] = true
			}
			continue
		}
		for _, name := range d.sourcesOf(r, ref, names) {
			e.Sources[name], direct[name] = true, true
		}
	}
	if len(e.From) > 0 {
		e.Direct = direct
	}
	if everything {
		e.Sources = nil
	}
	for _, ref := range draft.except {
		if name, is := strings.CutPrefix(ref.name, "edition:"); is {
			e.Except = append(e.Except, name)
			continue
		}
		d.without(e, d.sourcesOf(r, ref, names))
	}
	if e.Sources != nil && len(e.Sources) == 0 && len(draft.except) > 0 && len(r.mistakes) == 0 {
		r.wrong(draft.value, "except leaves the edition no source", "take some out of except")
	}
}

// without takes sources out of an edition.
func (d *draft) without(e *filters.Edition, sources []string) {
	if e.Sources == nil && len(sources) > 0 {
		e.Sources = map[string]bool{}
		for _, s := range d.sources {
			e.Sources[s.source.Name] = true
		}
	}
	for _, name := range sources {
		delete(e.Sources, name)
		delete(e.Direct, name)
	}
}
