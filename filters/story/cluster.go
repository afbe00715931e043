package story

import (
	"cmp"
	"slices"

	"copydesk/feed"
)

// never is the value of a pair that must not come together, whatever speaks
// for it: no sum of others outweighs it.
const never = -1e6

// maxComponent is how many entries are divided into stories together. Of a
// larger component only the part around the new entry is seen, and nothing
// else is moved.
const maxComponent = 64

// component gathers all that hangs together with an entry: what it may be of
// one story with, what that may be, and so on.
func (x *Index) component(m *member) []*member {
	list := []*member{m}
	in := map[*member]bool{m: true, x.entries[m.Entry]: true}
	for i := 0; i < len(list) && len(list) < maxComponent; i++ {
		next := make([]*member, 0, len(list[i].links))
		for _, l := range list[i].links {
			next = append(next, l.to)
		}
		if list[i].Fixed {
			next = append(next, x.fixed[list[i].Story]...)
		}
		slices.SortFunc(next, before)
		for _, o := range next {
			if !in[o] && len(list) < maxComponent {
				in[o] = true
				list = append(list, o)
			}
		}
	}
	slices.SortFunc(list, before)
	return list
}

// divide puts an entry's component into stories and says what changes.
func (x *Index) divide(m *member) Placement {
	if len(m.links) == 0 && !m.Fixed {
		return Placement{}
	}
	list := x.component(m)
	values := make([][]verdict, len(list))
	for i := range list {
		values[i] = make([]verdict, len(list))
		for j := range i {
			v := x.known(list[i], list[j])
			values[i][j], values[j][i] = v, v
		}
	}
	silence(list, values)
	bridge(list, values)
	p := place(m, list, values, x.agglomerate(list, values))
	if len(list) == maxComponent {
		p.Moves = nil
	}
	return p
}

// bridge takes most of a no from a pair in two languages, where a rendition in
// the language of the one stands between them: what was reworded freely shares
// too little with a translation, which says nothing against it.
func bridge(list []*member, values [][]verdict) {
	for i := range list {
		for j := range list {
			if v := values[i][j]; i == j || v.value < sure || v.by != byWording && v.by != byCopy {
				continue
			}
			for k := range list {
				between, v := values[j][k], &values[i][k]
				if k != i && k != j && between.by == byTranslation && between.value >= sure/2 &&
					v.by == byTranslation && v.value > never && v.value < bridged &&
					clash(list[i].signature, list[k].signature) == 0 && !otherStages(list[i].signature, list[k].signature) {
					v.value, values[k][i].value = bridged, bridged
				}
			}
		}
	}
}

const (
	// sure is the value from which on a pair's yes bears on others.
	sure = 0.2
	// bridged is what is left of a no.
	bridged = -0.1
)

// A group is some of a component's entries, by index, in order.
type group struct {
	members     []int
	first, last int64 // publication
}

// known is the verdict on two entries, from their links where they have any
// and no person spoke since.
func (x *Index) known(a, b *member) verdict {
	if !a.Fixed || !b.Fixed {
		if l := a.linked(b); l != nil {
			return l.verdict
		}
		if l := b.linked(a); l != nil {
			return l.verdict
		}
	}
	return x.judge(a, b)
}

// agglomerate joins the two groups whose entries agree best on average, again
// and again, as long as the average speaks for it. An average keeps groups
// from growing together over a chain of neighbours whose ends have nothing in
// common. It depends on the entries alone.
func (x *Index) agglomerate(list []*member, values [][]verdict) [][]int {
	groups := make([]*group, len(list))
	sums := make([][]float64, len(list))
	for i, m := range list {
		at := m.At.UnixNano()
		groups[i] = &group{[]int{i}, at, at}
		sums[i] = make([]float64, len(list))
		for j := range list {
			sums[i][j] = float64(values[i][j].value)
		}
	}
	join := func(a, b int) {
		groups[a].members = append(groups[a].members, groups[b].members...)
		groups[a].first, groups[a].last = min(groups[a].first, groups[b].first), max(groups[a].last, groups[b].last)
		groups[b] = nil
		for k := range list {
			sums[a][k] += sums[b][k]
			sums[k][a] = sums[a][k]
		}
	}
	for i, m := range list {
		if j := slices.IndexFunc(list, func(o *member) bool { return m.Fixed && o.Fixed && o.Story == m.Story }); m.Fixed && j < i {
			join(j, i)
		}
	}
	for {
		best, a, b := 0.0, -1, -1
		for i := range groups {
			for j := range i {
				if groups[i] == nil || groups[j] == nil {
					continue
				}
				span := max(groups[i].last, groups[j].last) - min(groups[i].first, groups[j].first)
				mean := sums[i][j] / float64(len(groups[i].members)*len(groups[j].members))
				if mean > best && span <= int64(x.window) {
					best, a, b = mean, j, i
				}
			}
		}
		if a < 0 {
			break
		}
		join(a, b)
	}
	var out [][]int
	for _, g := range groups {
		if g != nil {
			slices.Sort(g.members)
			out = append(out, g.members)
		}
	}
	return out
}

// place compares the groups with the stories that their entries are in.
func place(m *member, list []*member, values [][]verdict, groups [][]int) Placement {
	var p Placement
	self := slices.Index(list, m)
	owner := owners(list, groups, self)
	fresh := int64(0)
	for g, members := range groups {
		mine := slices.Contains(members, self)
		var stories []int64
		for _, i := range members {
			s := list[i].Story
			if s == 0 || i == self && !m.Fixed || owner[s] != g || slices.Contains(stories, s) {
				continue
			}
			if list[i].Fixed {
				stories = slices.Insert(stories, 0, s)
			} else {
				stories = append(stories, s)
			}
		}
		to := int64(0)
		switch {
		case len(stories) > 0:
			to = stories[0]
		case !mine:
			fresh--
			to = fresh
		}
		for _, i := range members {
			if i != self && list[i].Story != to && !list[i].Fixed {
				p.Moves = append(p.Moves, Move{list[i].Entry, list[i].Story, to, reasons(i, list, values, members)})
			}
		}
		if mine {
			p.Stories = stories
			p.Evidence = reasons(self, list, values, members)
		}
	}
	return p
}

// owners says which group goes on with a story that was cut in two: the one
// that a person put into it, else the one with its earliest entry.
func owners(list []*member, groups [][]int, self int) map[int64]int {
	owner := map[int64]int{}
	first := map[int64]int{}
	for g, members := range groups {
		for _, i := range members {
			s := list[i].Story
			if s == 0 || i == self && !list[i].Fixed {
				continue
			}
			f, ok := first[s]
			if !ok || list[i].Fixed && !list[f].Fixed || list[i].Fixed == list[f].Fixed && i < f {
				owner[s], first[s] = g, i
			}
		}
	}
	return owner
}

// reasons names the entries of a group that one belongs with.
func reasons(i int, list []*member, values [][]verdict, group []int) []feed.Evidence {
	near := slices.DeleteFunc(slices.Clone(group), func(j int) bool { return j == i || values[i][j].value <= 0 })
	slices.SortStableFunc(near, func(j, k int) int { return cmp.Compare(values[i][k].value, values[i][j].value) })
	var out []feed.Evidence
	for _, j := range clipped(near, 5) {
		out = append(out, evidence(list[j].Entry, values[i][j], list[i].signature, list[j].signature))
	}
	return out
}
