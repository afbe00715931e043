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
// store before Identify is asked.
func Marks(mode Identity, entries []Entry) [][]Mark {
	panic("to be written")
}

// Identify is the one rule of what makes an entry the same. It is handed the
// entries of one document in document order and what the store knows of their
// Marks, and answers for each entry in the same order.
func Identify(mode Identity, entries []Entry, known map[Mark]Known) []Identified {
	panic("to be written")
}
