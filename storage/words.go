package storage

import (
	"time"

	"copydesk/feed"
)

// Revision is an entry as it was before upstream edited it.
type Revision struct {
	Replaced time.Time // when the edit was seen
	Hash     feed.Hash // of Received
	Received feed.Entry
	Copy     feed.Copy
}

// Judged is a decision with the entry it was made on.
type Judged struct {
	Decision feed.Decision
	Record   feed.Record
}

// Edition is what is remembered of an edition between runs.
type Edition struct {
	Name string
	// Version rises with all that changes what the edition shows: listings,
	// the copies and related renditions behind them, the sources' names for
	// themselves, retention. Equal versions mean equal content. 0: never seen.
	Version int64
	Changed time.Time // when Version last rose; never earlier than before
	// Config is the fingerprint of the configuration it was last published with.
	Config string
}

// Counts are the sizes of a store, for the desk.
type Counts struct {
	Entries  int64 // ever seen
	Archived int64 // of these, with content
	Stories  int64
	Sources  map[string]int64        // entries ever seen, by source
	Editions map[string]EditionCount // by edition
}

// EditionCount says how many entries an edition decided on, and lists.
type EditionCount struct {
	Verdicts map[feed.Verdict]int64
	Listed   int64
}

// Subscriber is who was given private addresses.
type Subscriber struct {
	Name  string    `json:"name"`
	Added time.Time `json:"added"`
}

// Subscription is somebody's wish to be told when an edition changes, as a
// WebSub hub keeps it.
type Subscription struct {
	Topic    string
	Callback string
	Secret   string // signs the content; empty: unsigned
	Expires  time.Time
	Failures int // contents in a row that couldn't be delivered
}

// Lease is our own subscription at the hub of a source, as a WebSub
// subscriber keeps it.
type Lease struct {
	Source   string // name
	Hub      string
	Topic    string
	ID       string // unguessable last part of the callback
	Callback string // where the hub was told to deliver
	Secret   string // signs what the hub sends
	Asked    time.Time
	Verified time.Time
	Expires  time.Time // zero until the hub confirmed
	Failures int       // in a row
	Error    string    // of the last attempt
}
