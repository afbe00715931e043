package poll

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"copydesk/feed"
)

// number makes records of the new entries, each with its number and its
// public id, in the order of their dates.
func (w *writer) number(ctx context.Context, b *batch, a *arrival) ([]*feed.Record, error) {
	var fresh []*feed.Record
	var marks [][]feed.Mark
	var wished []string
	for i := range a.fresh {
		r := &a.fresh[i]
		if r.known != 0 {
			continue
		}
		record := &feed.Record{
			Source: a.source.Name, FirstSeen: b.now, LastListed: b.now, Hash: r.hash,
			Received: r.received, Copy: r.copy, Signature: r.signature,
			PublicID: publicID(a.source, &r.received, r.hash),
		}
		wished, fresh, marks = append(wished, record.PublicID), append(fresh, record), append(marks, r.marks)
	}
	if len(fresh) == 0 {
		return nil, nil
	}
	taken, err := w.Store.Taken(ctx, wished)
	if err != nil {
		return nil, err
	}
	free := fresh[:0]
	given := map[string]bool{}
	for i, r := range fresh {
		r.Entry = w.entry
		if _, is := taken[r.PublicID]; is || given[r.PublicID] {
			if r.PublicID, err = w.mint(ctx, a.source, r, given); err != nil {
				return nil, err
			}
		}
		given[r.PublicID] = true
		if !w.judge(b, r, nil) {
			a.result.New--
			continue
		}
		w.entry++
		free = append(free, r)
		b.records[r.Entry] = r
		for _, m := range marks[i] {
			b.Marks = append(b.Marks, feed.Marked{Mark: m, Entry: r.Entry})
		}
	}
	slices.SortStableFunc(free, func(a, b *feed.Record) int {
		return cmp.Or(a.Copy.Published.Compare(b.Copy.Published), cmp.Compare(a.Entry, b.Entry))
	})
	return free, nil
}

// mint makes an id for an entry whose own is taken. Upstreams can guess what
// it will be, and take that too.
func (w *writer) mint(ctx context.Context, s feed.Source, r *feed.Record, given map[string]bool) (string, error) {
	for apart := fmt.Sprint(r.Entry); ; apart += "-" + fmt.Sprint(r.Entry) {
		id := tagID(s, r.Received.ID, apart)
		taken, err := w.Store.Taken(ctx, []string{id})
		if err != nil {
			return "", err
		}
		if _, is := taken[id]; !is && !given[id] {
			return id, nil
		}
	}
}
