// Package repair mends an entry that upstream damaged: broken and wrapped
// addresses, images that don't show, tracking, torn text, furniture around the
// article, markup that isn't safe.
//
// It promises that a clean entry comes out as it went in, that its own output
// needs no further repair, that nothing active leaves it, and that it neither
// asks the network nor knows the time. Every change is noted in the copy with
// what stood there before. When in doubt a repair leaves things alone: a wrong
// change is worse than a missed one.
//
// An entry's HTML is parsed once (as WHATWG HTML, by golang.org/x/net/html);
// the repairs of the table in repairs.go work on that tree one after the
// other, and it is written once. Language, topics and dates of the copy are
// left to the desk.
package repair
