package poll

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"copydesk/feed"
)

// withoutEchoes leaves out of a document what this copydesk published under
// ids that it minted, and that came back by way of somebody else: that is no
// news. An id that another copydesk minted is upstream's, however many
// sources list it.
func (p *Poller) withoutEchoes(ctx context.Context, doc *feed.Document) error {
	var ids []string
	for i := range doc.Entries {
		if id := doc.Entries[i].ID; isMinted(id) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	ours, err := p.minted(ctx, ids)
	if err != nil {
		return fmt.Errorf("looking up what was published: %w", err)
	}
	doc.Entries = slices.DeleteFunc(doc.Entries, func(e feed.Entry) bool { return ours[e.ID] })
	return nil
}

// echoesAtOnce is how many entries are looked up at once, with their texts.
const echoesAtOnce = 100

// minted tells which of the ids we made: those of entries that upstream never
// sent under them. That stands in the entries' marks, which outlast retention.
func (p *Poller) minted(ctx context.Context, ids []string) (map[string]bool, error) {
	taken, err := p.Store.Taken(ctx, ids)
	if err != nil {
		return nil, err
	}
	ours := map[string]bool{}
	for numbers := range slices.Chunk(slices.Sorted(maps.Values(taken)), echoesAtOnce) {
		records, err := p.Store.Records(ctx, numbers)
		if err != nil {
			return nil, err
		}
		for i := range records {
			r := &records[i]
			signs := feed.Marks(feed.ByGUID, []feed.Entry{{ID: r.PublicID}})[0]
			known, err := p.Store.Known(ctx, r.Source, signs)
			if err != nil {
				return nil, err
			}
			sent := r.Received.ID == r.PublicID // which sources that are known by their links leave no mark of
			for _, k := range known {
				sent = sent || k.Entry == r.Entry
			}
			ours[r.PublicID] = !sent
		}
	}
	return ours, nil
}
