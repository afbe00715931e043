package feed

import "time"

// Record is an archived entry with all that is kept of it.
type Record struct {
	Entry      int64  // our number for it, for good; 0 is none
	Source     string // name
	PublicID   string // the atom:id it is published with: minted once, unique
	FirstSeen  time.Time
	LastListed time.Time
	Hash       Hash  // of Received
	Story      int64 // number of its story
	Fixed      bool  // a person put it into its story, and there it stays
	Received   Entry
	Copy       Copy
	// Signature is what the finding of renditions needs to know of the entry,
	// in story's own encoding.
	Signature []byte
	// Forgotten says that retention took the content: Received, Copy and
	// Signature are empty, and what identifies the entry is all there is.
	Forgotten bool
}

// Rendition is an entry as a member of a story.
type Rendition struct {
	Entry    int64      `json:"entry"`
	Evidence []Evidence `json:"evidence,omitempty"` // why it belongs; empty for the first
	// Apart are entries that a person split it from, as of another story.
	Apart []int64 `json:"apart,omitempty"`
}

// Evidence says why two entries report the same event.
type Evidence struct {
	Entry int64    `json:"entry"` // the other one
	By    string   `json:"by"`    // "link", "copy", "wording", "translation", "person", "configured"
	Score float64  `json:"score,omitempty"`
	Terms []string `json:"terms,omitempty"` // shared and rare
}

// Story is the set of entries that report the same event at the same moment.
type Story struct {
	Story      int64
	First      time.Time // of its first rendition
	Last       time.Time
	Renditions []Rendition
	// Linked names stories that late evidence found to be the same, though
	// both were published already.
	Linked []int64
}

// Verdict is what happened to an entry in an edition.
type Verdict string

const (
	Kept    Verdict = "kept"
	Dropped Verdict = "dropped"
	Merged  Verdict = "merged" // kept, and published as a rendition of another entry's story
	Held    Verdict = "held"   // kept, and waiting for hold or quorum
)

// Decision is what happened to an entry in an edition and why. An entry of a
// source that the edition doesn't take has none.
type Decision struct {
	Entry   int64   `json:"entry"`
	Edition string  `json:"edition"`
	Verdict Verdict `json:"verdict"`
	Step    string  `json:"step"`           // what decided: "source", "language", "rule", "topic", "story", "edition", "published"
	Rule    string  `json:"rule,omitempty"` // path in the configuration: "editions[zgc-en].rules[1]"
	Reason  string  `json:"reason"`         // one sentence for a person
	Hits    []Hit   `json:"hits,omitempty"` // on what text
	Steps   []Step  `json:"steps,omitempty"`
	// Config is the fingerprint of the configuration that made the decision.
	Config string    `json:"config"`
	At     time.Time `json:"at"`
}

// Step is one station of a decision.
type Step struct {
	Step   string `json:"step"`
	Result string `json:"result"` // "passed", "kept", "dropped", "no match"
	Detail string `json:"detail,omitempty"`
}

// Listing is one entry of an edition as it was published: stored history. A
// later configuration never changes its id or dates; it can take it back, if
// the edition applies changed rules to what was published.
type Listing struct {
	Edition string
	// Key is what the edition lists once: a story ("s12"), a story in one
	// language ("s12/en"), or an entry ("e34").
	Key   string
	Story int64
	Entry int64  // the rendition whose text is published
	ID    string // minted once: the public id of the first rendition published
	// Listed orders the edition: when the entry was published, or, if it came
	// out late, when it came out.
	Listed    time.Time
	Published time.Time
	Updated   time.Time
	Related   []int64 // the other renditions' entries, in order
	// TakenBack is when it left the edition; zero: readers have it. It is kept,
	// so that what returns isn't new.
	TakenBack time.Time
}

// Published is an entry of an edition with all that its rendering needs.
type Published struct {
	Listing Listing
	Source  string // name
	Origin  Origin
	Copy    Copy
	Related []Related
}

// Related is another rendition of a published entry's story.
type Related struct {
	Title    string
	Link     string
	Source   string // the source's title, else its name
	Language string
}

// Edition is a curated feed that we publish.
type Edition struct {
	Name        string
	Title       string
	Description string
	ID          string // atom:id, minted once; empty: made of the public address
	Language    string // where all entries have the same; else empty
	Private     bool
	Updated     time.Time // when what it lists last changed
	Entries     []Published
}
