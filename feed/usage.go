package feed

import "time"

// EditionUse is what an edition decided in a stretch of time, for finding
// rules that do nothing or too much.
type EditionUse struct {
	Edition string
	// Before is the configuration of the last decision before that time; empty
	// when there is none.
	Before string
	Rules  []RuleUse
}

// RuleUse counts the entries on which a rule decided.
type RuleUse struct {
	Source  string // of the entries
	Rule    string // path in the configuration; empty: no rule decided
	Config  string // fingerprint
	Verdict Verdict
	Entries int
	Recent  int       // of these, decided lately
	First   time.Time // of these decisions
	Last    time.Time
}
