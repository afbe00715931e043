// Package poll brings the parts together in time: what is due is fetched,
// parsed, curated, recorded and announced. Fetching and reading go on in
// parallel; one writer places, judges and records, so that entries of sources
// polled at the same moment see each other, and each source is recorded in
// one transaction. A source that can't be had, a document that can't be
// parsed, an entry that can't be read costs only itself, and so does a panic:
// what it ended is tried again when the source is asked again.
//
// Validators are recorded with the entries that came with them or not at all.
// What can't be recorded, since the disk is full, is kept and tried again;
// meanwhile nothing more is asked for. What was recorded and not published
// when the program ended, however it did, is published after the next start.
//
// What a hub delivers is read as what is fetched, without a request. It may be
// a part of a document: nothing follows from what it lacks.
//
// When to ask a source again is schedule.go's; it is pure.
package poll

import (
	"context"
	"iter"
	"log/slog"
	"net/http"
	"time"

	"copydesk/feed"
)

// Fetcher asks a source once. Its errors are *feed.FetchError.
type Fetcher interface {
	Fetch(ctx context.Context, s feed.Source, state *feed.SourceState) (*feed.Retrieval, error)
}

// Parser makes a document of what a source sent.
type Parser func(body []byte, header http.Header, url string) (*feed.Document, error)

// Desk reads and judges entries; the poller doesn't know how. All of it is
// pure.
type Desk interface {
	Learn(state *feed.SourceState, doc *feed.Document)
	Open(state *feed.SourceState) Reader
	// Judge decides for each edition that takes the entry's source. What some
	// decided before and stay with is settled, by their names: it counts for
	// others that are made of them.
	Judge(r *feed.Record, at time.Time, settled map[string]feed.Decision) []feed.Decision
	// Leave is what an edition decides on an entry whose source it doesn't
	// take any more.
	Leave(edition string) feed.Decision
	// Renew finds the topics of an archived entry anew, and reports whether
	// they are others than it had.
	Renew(r *feed.Record) (changed bool)
	Gather(g feed.Gathering) feed.Gathered
}

// Reader makes copies, and the signatures by which renditions are found, of
// one source's entries.
type Reader interface {
	Read(e *feed.Entry, polled time.Time) (feed.Copy, []byte)
}

// Stories finds the story of an entry among those of the window. It is used
// by the writer alone.
type Stories interface {
	// Place tells where an entry belongs; it changes nothing.
	Place(r *feed.Record) Placement
	// Add makes the entry known as a member of r.Story.
	Add(r *feed.Record)
	// Edit takes in that an entry, if it is known, says something else now.
	Edit(r *feed.Record)
	// Remove makes an entry unknown again.
	Remove(entry int64)
	// Move puts an entry that is known into another story.
	Move(entry, story int64)
	// Forget leaves out what is too old to be anybody's rendition.
	Forget(now time.Time)
}

// Placement is where an entry belongs.
type Placement struct {
	// Stories are those that it belongs to, the best first. None: a new one.
	// Several: it shows that they are one.
	Stories  []int64
	Evidence []feed.Evidence
	// Moves are other entries that belong elsewhere in the light of this one.
	Moves []Move
}

// Move takes an entry from one story to another. To is 0 for the story of the
// entry that is placed, and below 0 for a new one, the same for all moves
// with that number.
type Move struct {
	Entry, From, To int64
	Evidence        []feed.Evidence
}

// Store is what the poller reads of the store and writes to it.
type Store interface {
	States(ctx context.Context) (map[string]feed.SourceState, error)
	SetState(ctx context.Context, state feed.SourceState) error
	Known(ctx context.Context, source string, marks []feed.Mark) (map[feed.Mark]feed.Known, error)
	Next(ctx context.Context) (entry, story int64, err error)
	Apply(ctx context.Context, b feed.Batch) error
	Meta(ctx context.Context, key string) (string, error) // "": nothing
	// Held lists the stories with an entry that waits for hold or quorum.
	Held(ctx context.Context) ([]int64, error)
	// Archive lists entries first seen since then, oldest first.
	Archive(ctx context.Context, since time.Time, sources []string) iter.Seq2[feed.Record, error]
	Archived
}

// Archived is what the writer looks up of earlier entries.
type Archived interface {
	Taken(ctx context.Context, publicIDs []string) (map[string]int64, error)
	Records(ctx context.Context, entries []int64) ([]feed.Record, error)
	Stories(ctx context.Context, stories []int64) (map[int64]feed.Story, error)
	DecisionsOn(ctx context.Context, entries []int64) (map[int64][]feed.Decision, error)
	ListingsOf(ctx context.Context, stories []int64) ([]feed.Listing, error)
}

// Poller polls sources.
type Poller struct {
	Sources     []feed.Source
	Concurrency int // sources in work at once; at least 1
	PerHost     int // of these, of one host; at least 1
	// Host names what counts as an address's host; nil: its host and port.
	Host    func(address string) string
	Fetcher Fetcher
	Parse   Parser
	Article Article // nil: no source is configured for full texts
	Desk    Desk
	// Stories opens the index of the window's entries, from the store.
	Stories func(context.Context) (Stories, error)
	Store   Store
	Now     func() time.Time
	Log     *slog.Logger
	// Order sorts the names of editions so that each stands behind those it is
	// made of; nil: none is made of others.
	Order func(editions []string)
	// Own reports whether an address is that of an edition of ours: an edition
	// that reads itself would grow for ever. May be nil.
	Own func(address string) bool
	// Holds is how long an edition holds stories, by its name, where it does.
	Holds map[string]time.Duration
	// Announce is told which editions changed, after they were recorded; may be nil.
	Announce func(editions []string)
	// Pushed reports whether a hub tells of the source's news, after each
	// answer that could be used: polling is the fallback then. May be nil.
	Pushed func(s feed.Source, got *feed.Retrieval, st *feed.SourceState) bool
	// Wanted names sources that a hub says have news. May be nil.
	Wanted <-chan string
	// Delivered is what hubs sent of sources' news. May be nil.
	Delivered <-chan Delivery
	// Corrections are made between polls. May be nil.
	Corrections <-chan Request
}

// Result is what came of one poll of one source.
type Result struct {
	Source  string        `json:"source"`
	Status  string        `json:"status"` // "new", "unchanged", "error", …
	Entries int           `json:"entries"`
	New     int           `json:"new"`
	Changed int           `json:"changed"`
	Kept    int           `json:"kept"` // by at least one edition; this and what follows count new and edited entries
	Dropped int           `json:"dropped"`
	Merged  int           `json:"merged"`
	Held    int           `json:"held"`
	Took    time.Duration `json:"took"`
	Feed    string        `json:"feed,omitempty"` // the feed that was taken of those that a page offers
	Err     error         `json:"-"`
	Error   string        `json:"error,omitempty"`
}
