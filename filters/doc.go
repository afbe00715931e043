// Package filters is what happens to an entry at the desk, in this order:
//
//	Learn   the whole document: what recurs in all entries is furniture
//	Read    received entry → copy: repaired, its language identified, its
//	        topics found; once per entry
//	Judge   copy × edition → decision: the edition's sources, its languages,
//	        global rules, the source's, the edition's, its topics; the first
//	        that decides is the reason given
//	Gather  a story's judged copies × edition → what is published: which
//	        rendition, the others named below it, hold, quorum
//
// Between Read and Judge the entry is placed in a story, which package story
// finds and the poller's writer records.
//
// All of it is pure: the same input gives the same answer in the poller, in
// preview and in explain. No clock, no store, no network: times are handed
// in. A Desk is compiled once from a configuration and shared by all.
//
// The parts, repair, language, topic and story, don't know each other; desk.go
// puts them together. Rules and conditions are this package's own; fields.go
// is the table of all that they may look at.
package filters
