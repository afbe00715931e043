package feed

// Batch is all that one polled source changes; a store records it whole or
// not at all.
type Batch struct {
	State     SourceState // always set: the source's new state
	New       []Record    // entries seen for the first time
	Changed   []Record    // edited upstream: what was received before is kept as a revision; or, with the same hash, read anew
	Placed    []Record    // only Entry, Story and Fixed are read: entries that moved to another story, or were fixed in theirs
	Listed    []int64     // entries that upstream still lists
	Marks     []Marked    // new marks of new or known entries
	Stories   []Story     // new or changed
	Ended     []int64     // stories that became part of another
	Verdicts  []Decision  // the newest decision of an entry in an edition; the former ones are kept
	Withdrawn []Listing   // only Edition and Key are read: keys that listings no longer have
	Listings  []Listing   // new or changed
	// Meta are the caller's notes by their keys, which hold with all this or
	// not at all; "" forgets one.
	Meta map[string]string
}

// Marked ties a mark to an entry of the batch's source.
type Marked struct {
	Mark  Mark
	Entry int64
}
