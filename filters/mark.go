package filters

import (
	"cmp"
	"slices"

	"copydesk/filters/text"
	"copydesk/filters/topic"
)

// Piece is a part of a text.
type Piece struct {
	Text   string
	Marked bool // a term stands here
}

// Mark divides a text in a language (BCP 47) where terms, as the configuration
// writes them, stand in it. Terms that can't be read mark nothing.
func Mark(s string, terms []string, language string) []Piece {
	n := text.Normalise(s)
	var places []topic.Place
	pool := topic.NewPool()
	for _, source := range terms {
		term, err := topic.CompileTerm(source)
		if err != nil {
			continue
		}
		if term.Regexp != nil {
			for _, at := range term.Regexp.FindAllStringIndex(n.Text, -1) {
				places = append(places, topic.Place{Start: at[0], End: at[1]})
			}
			continue
		}
		pool.Add(term)
	}
	if pool.Size() > 0 {
		for _, found := range pool.Find(n, language) {
			places = append(places, found...)
		}
	}
	slices.SortFunc(places, func(a, b topic.Place) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	var pieces []Piece
	done := 0
	for _, at := range places {
		start := max(at.Start, done)
		if at.End <= start {
			continue
		}
		if start > done {
			pieces = append(pieces, Piece{Text: n.Text[done:start]})
		}
		pieces = append(pieces, Piece{n.Text[start:at.End], true})
		done = at.End
	}
	if done < len(n.Text) {
		pieces = append(pieces, Piece{Text: n.Text[done:]})
	}
	return pieces
}
