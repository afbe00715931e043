package text

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Script is the kind of characters that a unit is made of.
type Script uint8

const (
	Number Script = iota
	Latin
	Cyrillic
	Greek
	Arabic
	Hebrew
	Hangul
	Other // any other script that divides words
	Han
	Hiragana
	Katakana
	Thai // any other script that doesn't divide words
)

// Dense reports whether the script doesn't divide words.
func (s Script) Dense() bool { return s >= Han }

// Gap is what stands between a unit and the one before it.
type Gap uint8

const (
	Tied  Gap = iota // nothing: 5 and G in 5G
	Next             // nothing but a change of script, or two characters of a script without spaces
	Space            // white space, with or without quotation marks
	Dash             // a hyphen without white space around it, or at the end of a line
	Quote            // an apostrophe or a quotation mark
	Stop             // anything that ends a phrase
)

// Unit is a word, a number, or a character of a script that doesn't divide words.
type Unit struct {
	Start, End int32 // in Text
	From, To   int32 // in Fold
	Script     Script
	Gap        Gap
	Capitals   bool // every letter that has case is a capital
	Accents    bool // an accent was taken off
}

// Normal is a text normalised for the matching of terms: once for all that
// look at it.
type Normal struct {
	Text  string // in Unicode's NFC
	Fold  []byte // the units' folded characters, without what stands between
	Units []Unit
}

// Normalise folds case, width, accents, variants of one character and
// traditional Chinese, leaves out what a reader doesn't see, and finds the
// words. Addresses that stand in the text aren't part of it.
func Normalise(s string) *Normal { return new(Normal).normalise(s, true) }

// Renew makes it the normalised form of another text, in the same memory.
func (n *Normal) Renew(s string) { n.normalise(s, true) }

// Terms normalises what a user wrote to be found; an address in it is text.
func Terms(s string) *Normal { return new(Normal).normalise(s, false) }

func (n *Normal) normalise(s string, addresses bool) *Normal {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	n.Text = s
	p := pass{text: s, folds: folds(), fold: n.Fold, units: n.Units}
	p.addresses = addresses && (strings.IndexByte(s, '.') >= 0 || strings.IndexByte(s, '/') >= 0 || strings.IndexByte(s, '@') >= 0)
	if !p.run(true) {
		n.Text = norm.NFC.String(s)
		p = pass{text: n.Text, folds: p.folds, addresses: p.addresses, fold: p.fold, units: p.units}
		p.run(false)
	}
	n.Fold, n.Units = p.fold, p.units
	return n
}

// Word returns a unit's folded characters.
func (n *Normal) Word(i int) []byte { return n.Fold[n.Units[i].From:n.Units[i].To] }

// Accented returns a unit in small letters with its accents.
func (n *Normal) Accented(i int) string {
	t := folds()
	u := n.Units[i]
	var b strings.Builder
	for _, r := range n.Text[u.Start:u.End] {
		f := t.get(r)
		switch {
		case !f.class.letter():
		case f.accent:
			b.WriteRune(unicode.ToLower(r))
		case f.base != 0:
			b.WriteRune(f.base)
		default:
			b.WriteString(t.long[r])
		}
	}
	return b.String()
}

// Between returns the units that stand in Text[start:end]: the first, and the
// one behind the last.
func (n *Normal) Between(start, end int) (int, int) {
	from := sort.Search(len(n.Units), func(i int) bool { return int(n.Units[i].End) > start })
	to := sort.Search(len(n.Units), func(i int) bool { return int(n.Units[i].Start) >= end })
	return from, max(from, to)
}

// Around returns Text[start:end] with up to so many characters on either
// side, in one line; dots stand for what was cut off.
func (n *Normal) Around(start, end, margin int) string {
	const longest = 200 // bytes of the middle
	from, to := start, end
	for i := 0; i < margin && from > 0; i++ {
		_, size := utf8.DecodeLastRuneInString(n.Text[:from])
		from -= size
	}
	for i := 0; i < margin && to < len(n.Text); i++ {
		_, size := utf8.DecodeRuneInString(n.Text[to:])
		to += size
	}
	middle := n.Text[from:to]
	if end-start > longest {
		middle = strings.ToValidUTF8(n.Text[from:start+longest/2], "") + " … " + strings.ToValidUTF8(n.Text[end-longest/2:to], "")
	}
	middle = strings.Join(strings.Fields(middle), " ")
	if from > 0 {
		middle = "…" + middle
	}
	if to < len(n.Text) {
		middle += "…"
	}
	return middle
}

// Words counts the words of units [from:to) as a reader would: 1.7 characters
// make one in scripts that don't divide them, and what is tied is one.
func (n *Normal) Words(from, to int) int {
	words, dense := 0, 0
	for i := from; i < to; i++ {
		switch u := &n.Units[i]; {
		case u.Script.Dense():
			dense++
		case u.Gap != Tied || i == from:
			words++
		}
	}
	return words + (dense*10+16)/17
}
