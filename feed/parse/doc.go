// Package parse makes a feed.Document of the bytes that a source sent: RSS
// 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0 (RFC 4287), JSON Feed 1.0 and 1.1, in
// any encoding and in any state. It promises that no document crashes it,
// hangs it or takes more than a small multiple of its own size; that whatever
// is whole in a broken document is kept, and what was mended is told in
// Document.Damage; that ids come byte for byte; that nothing is invented: a
// date is right or absent. HTML inside entries is taken over as it is, with
// the base that its addresses resolve against; mending it is repair's, and
// what makes two entries one is package feed's.
//
// # How
//
// gofeed is the parser, by its packages rss, atom and json; its universal
// translator isn't used. It is never handed a source's own bytes:
//
//  1. charset.go makes clean Unicode of the bytes: byte order mark, HTTP's
//     charset, XML's declaration (RFC 7303 §3), overruled where the bytes
//     are plainly UTF-8 or don't fit; then what the bytes look like.
//  2. scan.go, tag.go, content.go and entity.go pass once over the text,
//     tolerant of all that feeds get wrong and bounded in depth, number and
//     size. The scan keeps the text and attributes of every element of
//     vocabulary.go with the base and language declared for it, and writes a
//     skeleton: the same elements as well-formed XML, in which the number of
//     an element stands in place of its text.
//  3. gofeed parses the skeleton, a batch of entries at a time, and says what
//     belongs where.
//  4. rss.go and atom.go translate its feeds, looking the numbers up.
//
// So gofeed can lose nothing (types, languages, bases, IRIs, ids), and its
// html.Parse, its date layouts and its recursion never meet what a source
// sent. JSON is made clean member by member (json.go) and handed over whole.
//
// Handing gofeed a mended copy of the whole document instead was the other
// way. It costs gofeed's own time again (27 to 33 MB per CPU-second on
// articles of 4 kB, image scan on, against 90 to 150 for the whole of this
// package: BenchmarkParse), and what gofeed drops has to be found beside it
// all the same.
//
// Dates are read here (date.go): gofeed's layouts take unknown zones for UTC
// and days for months, and a library that guesses is wrong silently.
package parse
