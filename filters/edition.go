package filters

import (
	"slices"
	"time"

	"copydesk/filters/language"
)

// Edition is a compiled edition: which entries it takes and how it publishes
// them.
type Edition struct {
	Name        string
	Title       string
	Description string
	Sources     map[string]bool // all whose entries can come to it, be it by way of another edition; nil: all
	Direct      map[string]bool // where From names editions: the sources that are named beside them
	From        []string        // editions whose kept entries it takes
	Except      []string        // editions whose kept entries it doesn't take
	Languages   []string        // language ranges, "unknown" among them; empty: any
	Topics      []string        // on any of these; empty: any entry
	Rules       []Rule
	Stories     Stories
	Prefer      []string // sources, the first first
	Hold        time.Duration
	Quorum      int // at least 1
	Sort        Sort
	Limit       int // entries in a feed, at least 1
	Private     bool
	Apply       Apply
	Examples    Examples
	// Fingerprint changes when anything changes that decisions depend on.
	Fingerprint string
}

// Stories says how an edition treats the renditions of one story.
type Stories string

const (
	OneStory       Stories = "one" // one entry per story
	OnePerLanguage Stories = "one-per-language"
	AllRenditions  Stories = "all"
)

// Sort says in what order an edition's feed lists its newest entries.
type Sort string

const (
	ByDate    Sort = "date"
	BySources Sort = "sources" // those first that most sources report
)

// Apply says for which entries a changed rule holds; the zero value is for
// new ones only.
type Apply struct {
	All  bool
	Back time.Duration // entries first seen since then
}

// Examples are titles that an edition must keep or drop.
type Examples struct{ Keep, Drop []string }

// Takes reports whether the edition takes entries of the source.
func (e *Edition) Takes(source string) bool { return e.Sources == nil || e.Sources[source] }

// Speaks reports whether the edition takes the language (BCP 47; empty:
// unknown), as language.Covers has it.
func (e *Edition) Speaks(tag string) bool {
	return len(e.Languages) == 0 || e.speech(tag) < len(e.Languages)
}

// speech is the place of a language among the edition's, the number of these
// when it isn't among them.
func (e *Edition) speech(tag string) int {
	at := slices.IndexFunc(e.Languages, func(r string) bool { return covers(r, tag) })
	if at < 0 {
		return len(e.Languages)
	}
	return at
}

// covers reports whether a language range of the configuration covers a
// language as identified; empty: unknown.
func covers(r, have string) bool {
	if have == "" {
		return r == "unknown"
	}
	return r == "*" || language.Covers(r, have)
}
