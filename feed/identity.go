package feed

import "crypto/sha256"

// Mark is one sign by which an entry of a source is known again when upstream
// lists it anew: a digest of the kind of sign and its value.
type Mark [16]byte

func mark(kind, value string) Mark {
	sum := sha256.Sum256([]byte(kind + "\x00" + value))
	return Mark(sum[:16])
}

// Known is what a store knows of a mark.
type Known struct {
	Entry int64
	Hash  Hash // of the entry as last received
}

// Identified is what identity found of one entry of a document.
type Identified struct {
	Entry int64  // the known entry that it is; 0: a new one
	Hash  Hash   // of the known entry as last received
	Same  int    // index of the earlier entry of this document that it repeats; -1: none
	Marks []Mark // that the entry is to be known by from now on
	Note  string // what had to be done beyond comparing ids, for a person; empty when nothing
}

// Marks lists, for each entry of a document, the marks to look up in the
// store before Identify is asked. They are more than an entry is kept by.
func Marks(mode Identity, entries []Entry) [][]Mark {
	marks := make([][]Mark, len(entries))
	for i := range entries {
		for _, s := range signsOf(mode, &entries[i]) {
			if s.set {
				marks[i] = append(marks[i], s.mark)
			}
		}
	}
	return marks
}

// Identify is the one rule of what makes an entry the same. It is handed the
// entries of one document in document order and what the store knows of their
// Marks, and answers for each entry in the same order.
//
// With ByGUID, an entry is the one with its id. Ids that are addresses are
// compared without what only flaps: scheme, host's case, session, tracking.
// An id that several entries of the document share tells nothing. An entry
// whose id is missing, shared or new is the one with its link and title,
// unless another entry of the document has that one's id: two entries with
// ids of their own are never one. Only where ids were seen to change before
// is the link alone enough, and, where they change again and again, title and
// exact time. Where most known ids point at other entries than
// link and title do, upstream numbers its list, and ids tell nothing.
func Identify(mode Identity, entries []Entry, known map[Mark]Known) []Identified {
	d := &identification{entries: entries, known: known, found: make([]Identified, len(entries)), owner: map[int64]int{}, kept: map[Mark]int{}}
	d.signs = make([]signs, len(entries))
	for i := range entries {
		d.signs[i] = signsOf(mode, &entries[i])
		d.found[i].Same = -1
	}
	if mode == ByGUID || mode == "" {
		d.weighIDs()
	}
	d.findRepeated()
	d.findNumbered()
	d.match(byExact, byID)
	d.match(byLinkTitle, byLink, byTitleDate, byText, byMoved)
	for i := range entries {
		d.keep(i)
	}
	return d.found
}
