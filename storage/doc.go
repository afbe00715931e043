// Package storage says what every store of copydesk promises, and names the
// errors by which it answers. The stores themselves are its subpackages;
// storagetest holds them to what stands here.
//
// # What is kept
//
// A store keeps, in the words of package feed: the state of each source; the
// archive, which is every received entry with the copy made of it; the marks by
// which an entry is known again; the stories; what was decided on each entry
// in each edition; what each edition has listed; who has private addresses;
// and the subscriptions of WebSub, others' and our own.
//
// # What is promised
//
// Whole or not at all. A batch is everything that one poll of one source
// changed. It is recorded in one transaction: whoever reads sees all of it or
// nothing, and so does whoever opens the store after the process was killed in
// the middle. A source's validators are therefore never newer than the entries
// that came with them, and a note that a batch carries never says more or less
// than was recorded.
//
// Nothing twice. The caller numbers entries and stories, starting from what
// Next answers; a number is given once, for good. A batch that is applied a
// second time changes nothing. No two entries have the same public id: where
// the caller overlooked it, the batch is refused.
//
// Nothing overwritten. What was received before an upstream edit stays as a
// revision, what was decided before stays in the history of the decision. Of
// both the first and the newest are kept where an upstream or a configuration
// changes its mind without end.
//
// Identity is for good. Retention takes the content of entries that upstream
// no longer lists and no edition shows: received entry, copy, signature,
// revisions, the details of decisions. Marks, public ids, numbers, stories and
// listings stay, so that an entry that returns after years is not news.
//
// Listings are for good too. One that was taken back isn't shown, and is kept
// with its id and dates, so that what returns isn't new to readers.
//
// One writes, many read. One process at a time may open a store for writing;
// the second is refused with ErrLocked and told who the first is. Reading
// works beside it, in the same process and in others, and never waits for a
// writer. Sequences are read in portions: nothing is held while the caller
// works on what it was handed, and entries that come in meanwhile may or may
// not be seen.
//
// Faults are told apart. A full disk is ErrFull, and the store works again
// once there is space, without being opened anew. A damaged file is
// ErrCorrupt; nothing is ever written over it. A store that a newer program
// has written is ErrNewer, and stays untouched.
//
// Keys are no good to a thief. Of a subscriber's key a digest is kept; who
// reads the database can't make an address of it. Subscribers are added and
// revoked beside whoever writes, and count at once.
//
// # What is left to others
//
// A store doesn't judge. What makes two entries the same, what an edition
// keeps, which rendition it shows: all that is decided before a batch is
// handed over. Times come from the caller and are kept to the microsecond, in
// UTC; inside received entries and copies, as they are.
package storage
