package poll

import (
	"context"
	"slices"

	"copydesk/feed"
)

// place finds the story of a new entry, and makes it a member.
func (w *writer) place(ctx context.Context, b *batch, r *feed.Record) error {
	found := w.stories.Place(r)
	concerned := found.concerned()
	if err := w.loadStories(ctx, b, concerned); err != nil {
		return err
	}
	if err := w.loadStories(ctx, b, b.linked(concerned)); err != nil {
		return err
	}
	known := slices.DeleteFunc(found.Stories, func(n int64) bool { return b.stories[n] == nil })
	// Readers have some of these already: the others join those.
	slices.SortStableFunc(known, func(m, n int64) int { return unlisted(b, m) - unlisted(b, n) })
	var s *feed.Story
	if len(known) == 0 {
		s = w.newStory(b)
		found.Evidence = nil
	} else {
		s = b.stories[known[0]]
	}
	join(b, s, r, found.Evidence)
	w.stories.Add(r)
	for _, n := range known[min(1, len(known)):] {
		w.bridge(b, s, b.stories[n])
	}
	w.move(b, s, found.Moves)
	return nil
}

// unlisted is 1 for a story that no edition lists.
func unlisted(b *batch, story int64) int {
	if len(b.listings[story]) > 0 {
		return 0
	}
	return 1
}

// concerned lists the stories that a placement speaks of.
func (p *Placement) concerned() []int64 {
	all := slices.Clone(p.Stories)
	for _, m := range p.Moves {
		all = append(all, m.From)
		if m.To > 0 {
			all = append(all, m.To)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (w *writer) newStory(b *batch) *feed.Story {
	s := &feed.Story{Story: w.next}
	w.next++
	b.stories[s.Story] = s
	return s
}

// join makes an entry a member of a story.
func join(b *batch, s *feed.Story, r *feed.Record, evidence []feed.Evidence) {
	at := r.Copy.Published
	if len(s.Renditions) == 0 {
		s.First, s.Last = at, at
	}
	s.First, s.Last = minTime(s.First, at), maxTime(s.Last, at)
	s.Renditions = append(s.Renditions, feed.Rendition{Entry: r.Entry, Evidence: evidence})
	r.Story = s.Story
	b.touched[s.Story] = true
}

// bridge makes one story of two, unless readers have both already: these are
// linked, and both ids remain.
func (w *writer) bridge(b *batch, into, other *feed.Story) {
	if unlisted(b, other.Story) == 0 {
		link(b, into, other)
		return
	}
	for _, rendition := range slices.Clone(other.Renditions) {
		w.take(b, rendition, other, into)
	}
}

// linked lists the stories that the given ones are linked with.
func (b *batch) linked(stories []int64) []int64 {
	var all []int64
	for _, n := range stories {
		if s := b.stories[n]; s != nil {
			all = append(all, s.Linked...)
		}
	}
	return all
}

// link notes that two published stories were found to be the same.
func link(b *batch, one, other *feed.Story) {
	if slices.Contains(one.Linked, other.Story) {
		return
	}
	one.Linked = append(one.Linked, other.Story)
	other.Linked = append(other.Linked, one.Story)
	b.touched[one.Story], b.touched[other.Story] = true, true
}

// move follows what a new entry shows of others, except where readers have
// the story already: then the two are linked.
func (w *writer) move(b *batch, placed *feed.Story, moves []Move) {
	fresh := map[int64]*feed.Story{}
	for _, m := range moves {
		from, to := b.stories[m.From], placed
		if m.To > 0 {
			to = b.stories[m.To]
		}
		switch {
		case from == nil || to == nil || from == to || b.records[m.Entry] == nil:
			continue
		case unlisted(b, from.Story) == 0:
			if m.To >= 0 {
				link(b, from, to)
			}
			continue
		case m.To < 0:
			if fresh[m.To] == nil {
				fresh[m.To] = w.newStory(b)
			}
			to = fresh[m.To]
		}
		w.take(b, feed.Rendition{Entry: m.Entry, Evidence: m.Evidence}, from, to)
	}
}

// take puts a rendition from one story into another; a story that is left
// without renditions has ended.
func (w *writer) take(b *batch, rendition feed.Rendition, from, to *feed.Story) {
	r := b.records[rendition.Entry]
	if r == nil || r.Forgotten { // it isn't archived any more: it stays where it is
		return
	}
	if _, moved := b.origins[r.Entry]; !moved {
		b.origins[r.Entry] = from.Story
	}
	from.Renditions = slices.DeleteFunc(slices.Clone(from.Renditions), func(o feed.Rendition) bool { return o.Entry == rendition.Entry })
	b.span(from)
	join(b, to, r, rendition.Evidence)
	w.stories.Move(r.Entry, to.Story)
	b.Placed = append(b.Placed, feed.Record{Entry: r.Entry, Story: to.Story})
	b.touched[from.Story] = true
	if len(from.Renditions) == 0 {
		b.end(from, to)
	}
}

// span finds when a story began and ended after a rendition has left it.
func (b *batch) span(s *feed.Story) {
	for i, rendition := range s.Renditions {
		r := b.records[rendition.Entry]
		if r == nil || r.Copy.Published.IsZero() {
			return // it isn't known any more: the span stays
		}
		if i == 0 {
			s.First, s.Last = r.Copy.Published, r.Copy.Published
		}
		s.First, s.Last = minTime(s.First, r.Copy.Published), maxTime(s.Last, r.Copy.Published)
	}
}

// end takes a story away that has become part of another; stories linked with
// it are linked with that one instead.
func (b *batch) end(ended, into *feed.Story) {
	for _, n := range ended.Linked {
		other := b.stories[n]
		if other == nil {
			continue
		}
		other.Linked = slices.DeleteFunc(slices.Clone(other.Linked), func(m int64) bool { return m == ended.Story })
		b.touched[n] = true
		if other != into {
			link(b, into, other)
		}
	}
	delete(b.stories, ended.Story)
	delete(b.touched, ended.Story)
	b.Ended = append(b.Ended, ended.Story)
}
