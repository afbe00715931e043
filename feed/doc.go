// Package feed is the ground floor of copydesk: the words that all its parts
// speak in, each with one meaning. It is standard library only, does no I/O
// and knows no clock; its rooms, feed/fetch, feed/parse, feed/poll,
// feed/publish and the others, import it and not each other, and package cli
// puts them together.
//
// # One entry's life
//
// A Source is an upstream feed. When it is due, poll asks fetch for it, with
// the validators that its SourceState remembers. An answer of 304, or a body
// whose hash is known, moves the schedule and nothing else.
//
// Other bodies parse makes into a Document: entries with their base address
// and declared languages, with the dates that upstream sent or none. Nothing
// is invented. Identify, in identity.go, is the one rule by which an entry is
// known again; what is neither new nor edited is noted as still listed, and
// costs no more.
//
// Where a source is configured for full texts, article takes those of new and
// edited entries out of their pages; they are received like the rest.
//
// The desk, in package filters, takes in the whole document first, to learn
// what recurs in all entries of the source and so is furniture. Then each new
// or edited entry is read, once and in parallel: repaired, its language
// identified, its topics found. The result is its Copy; the received Entry
// stays as it came.
//
// A single writer does the rest, one source after the other, so that entries
// of sources polled at the same moment see each other. It gives the entry its
// number and the id it will be published under for good, places it in a
// Story, and asks the desk to judge it for each edition: a Decision, with its
// steps. Then, once per story and edition, the desk gathers what readers get
// of the story: a Listing, which names one rendition and the others below it.
// All that a poll of a source brought, with the source's new state, is one
// Batch, and a store records it in one transaction, or not at all.
//
// An edition is rendered from its listings alone, never from the time of a
// request: publish makes Atom, RSS and JSON Feed of it, web serves the bytes.
//
// # Where walls were moved
//
// The poller's numbers, batches and gatherings stand here, in batch.go and
// gathering.go, because poll, filters and storage all speak of them and none
// may import another.
package feed
