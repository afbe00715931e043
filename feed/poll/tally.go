package poll

import (
	"slices"

	"copydesk/feed"
)

// tally is what became of the entries that came in one run. An entry that was
// kept may be merged a moment later, when another source's rendition arrives.
type tally map[int64]*tallied

type tallied struct {
	source string
	best   feed.Verdict // of all editions
}

// add takes in what a batch decided.
func (t tally) add(b *batch) {
	for _, one := range slices.Concat(b.New, b.Changed) {
		t[one.Entry] = &tallied{source: one.Source}
	}
	for entry, verdicts := range b.verdicts {
		known := t[entry]
		if known == nil {
			continue
		}
		known.best = ""
		for _, d := range verdicts {
			if known.best == "" || rank[d.Verdict] < rank[known.best] {
				known.best = d.Verdict
			}
		}
	}
}

// count fills in the results of sources.
func (t tally) count(results []Result) {
	at := map[string]*Result{}
	for i := range results {
		at[results[i].Source] = &results[i]
	}
	for _, one := range t {
		r := at[one.source]
		if r == nil {
			continue
		}
		switch one.best {
		case feed.Kept:
			r.Kept++
		case feed.Merged:
			r.Merged++
		case feed.Held:
			r.Held++
		case feed.Dropped:
			r.Dropped++
		}
	}
}

// rank orders verdicts from what readers see most of.
var rank = map[feed.Verdict]int{feed.Kept: 0, feed.Merged: 1, feed.Held: 2, feed.Dropped: 3}
