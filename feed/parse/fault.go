package parse

import (
	"fmt"
	"slices"
	"strings"
)

// A fault is one way in which a document can be damaged, in words for a
// person. Each is told once, with the line where it was met first.
type fault string

const (
	truncated    fault = "the document is cut off; an entry that was cut is left out"
	unclosed     fault = "an element without end tag"
	strayEnd     fault = "an end tag that ends nothing"
	openTag      fault = "a tag without its >"
	bareLess     fault = "a < that begins no tag"
	bareAmp      fault = "a & that begins no reference"
	badAttribute fault = "an attribute without quotes or value"
	badComment   fault = "a comment with -- in it, or without end"
	openCDATA    fault = "a CDATA section without end"
	badReference fault = "a reference to a character that XML forbids"
	undeclared   fault = "an entity that is not declared"
	bigEntity    fault = "entities that grow too big"
	beforeRoot   fault = "something stands before the document"
	afterRoot    fault = "something stands after the document"
	badCharacter fault = "a character that XML forbids"
	badBytes     fault = "bytes that are no characters in the document's encoding"
	wrongCharset fault = "not in the encoding that is declared, or not UTF-8 where none is"
	tooMuch      fault = "more elements or attributes than anybody needs; the rest is left out"
	tooMany      fault = "more entries than anybody lists; the rest is left out"
	badJSON      fault = "JSON that is malformed; what follows is left out"
	wrongType    fault = "a value of the wrong type"
)

// faults are the faults of one document.
type faults struct {
	t    string // the document
	list []noted
}

type noted struct {
	fault fault
	at    int // offset; -1: nowhere in particular
	times int
}

func (f *faults) add(what fault, at int) {
	for i := range f.list {
		if f.list[i].fault == what {
			f.list[i].times++
			return
		}
	}
	f.list = append(f.list, noted{what, at, 1})
}

func (f *faults) has(what fault) bool {
	return slices.ContainsFunc(f.list, func(n noted) bool { return n.fault == what })
}

// tell lists the faults for a person.
func (f *faults) tell() []string {
	var told []string
	for _, n := range f.list {
		words := string(n.fault)
		if n.at >= 0 {
			words = fmt.Sprintf("line %d: %s", 1+strings.Count(f.t[:min(n.at, len(f.t))], "\n"), words)
		}
		if n.times > 1 {
			words += fmt.Sprintf(" (%d times)", n.times)
		}
		told = append(told, words)
	}
	return told
}
