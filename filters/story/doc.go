// Package story finds the renditions of one story: the entries that report
// the same event at the same moment, whether syndicated, edited, reworded,
// retranslated or translated.
//
// An entry is reduced once, by Sign, to a signature of about a kilobyte:
// digests of its addresses and text, its names by their sound, its numbers by
// their value, its rarest words. Two signatures are compared by evidence
// alone, so that a pair's answer never depends on what else is archived or in
// which order it came. An Index holds the signatures of a window, finds the
// few that a new entry may belong with by the rare things they share, and
// divides what hangs together into stories as a whole: the same entries give
// the same stories in any order of arrival.
//
// What is one story keeps together when the words are others: names are compared
// by their consonants across scripts, numbers by their value however they are
// written, and both count for more than words. Of short texts, which have few
// of either, it also counts that they are about the same few things. What is not one story is told by
// the same means: texts on one template give other figures, previews and
// follow-ups are about another day.
//
// A flash is found by how much of it its full text holds, since the two share
// little else; two entries of one source need nearly the same text or title,
// since what else they share is the source's.
//
// Rarity is a fixed background, not counted from the archive: tables of the
// commonest words of a language, and the shape of a word (its length, whether
// it is a name, how many digits a number has). A count would change with
// every entry that comes in, and with it the answer for a pair.
//
// Precision comes first. A merge that is wrong hides news, one that is missed
// shows it twice.
//
// The package keeps nothing and knows no clock: recording stories, what was
// published of them and who may move is the caller's.
package story
