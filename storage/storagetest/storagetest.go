// Package storagetest holds stores to what package storage promises: Run is
// the one suite that all of them pass. What a store promises beyond it (a
// file, a lock, a way to be damaged) is tested beside it.
package storagetest

import (
	"context"
	"encoding/json"
	"iter"
	"testing"
	"time"

	"copydesk/feed"
	"copydesk/storage"
)

// Store is all that every store promises.
type Store interface {
	States(ctx context.Context) (map[string]feed.SourceState, error)
	Known(ctx context.Context, source string, marks []feed.Mark) (map[feed.Mark]feed.Known, error)
	Taken(ctx context.Context, publicIDs []string) (map[string]int64, error)
	Record(ctx context.Context, entry int64) (feed.Record, error)
	Records(ctx context.Context, entries []int64) ([]feed.Record, error)
	Revisions(ctx context.Context, entry int64) ([]storage.Revision, error)
	Window(ctx context.Context, since time.Time) iter.Seq2[feed.Record, error]
	Archive(ctx context.Context, since time.Time, sources []string) iter.Seq2[feed.Record, error]
	Began(ctx context.Context) (time.Time, error)
	Find(ctx context.Context, linkOrID string) ([]int64, error)
	Stories(ctx context.Context, stories []int64) (map[int64]feed.Story, error)
	Decisions(ctx context.Context, entry int64) ([]feed.Decision, error)
	DecisionsOn(ctx context.Context, entries []int64) (map[int64][]feed.Decision, error)
	DecisionsOf(ctx context.Context, edition string, verdict feed.Verdict, limit, offset int) ([]storage.Judged, error)
	History(ctx context.Context, entry int64) ([]feed.Decision, error)
	Held(ctx context.Context) ([]int64, error)
	Edition(ctx context.Context, name string) (storage.Edition, error)
	Listings(ctx context.Context, edition string, keys []string) (map[string]feed.Listing, error)
	ListingsOf(ctx context.Context, stories []int64) ([]feed.Listing, error)
	Published(ctx context.Context, edition string, offset, limit int) ([]feed.Published, error)
	Shown(ctx context.Context, edition string, most int) (int, error)
	Counts(ctx context.Context) (storage.Counts, error)
	Next(ctx context.Context) (entry, story int64, err error)
	Meta(ctx context.Context, key string) (string, error)
	Budgets(ctx context.Context) (map[string]json.RawMessage, error)
	Subscribers(ctx context.Context) ([]storage.Subscriber, error)
	Subscriber(ctx context.Context, key string) (name string, err error)
	Subscriptions(ctx context.Context, topic string) ([]storage.Subscription, error)
	Leases(ctx context.Context) ([]storage.Lease, error)
	Lease(ctx context.Context, source string) (storage.Lease, error)
	LeaseByID(ctx context.Context, id string) (storage.Lease, error)

	Apply(ctx context.Context, b feed.Batch) error
	SetState(ctx context.Context, state feed.SourceState) error
	SetEdition(ctx context.Context, name, config string) error
	SetMeta(ctx context.Context, key, value string) error
	SaveBudgets(ctx context.Context, budgets map[string]json.RawMessage) error
	AddSubscriber(ctx context.Context, name, key string, added time.Time) error
	DropSubscriber(ctx context.Context, name string) error
	SetSubscription(ctx context.Context, one storage.Subscription) error
	DropSubscription(ctx context.Context, topic, callback string) error
	SetLease(ctx context.Context, l storage.Lease) error
	DropLease(ctx context.Context, source string) error
	RenameSources(ctx context.Context, names map[string]string) error
	Retain(ctx context.Context, before time.Time, shown map[string]int) (int, error)
	Check(ctx context.Context) error
	Backup(ctx context.Context, file string) error
	Close() error
}

// Run puts a store through the suite. open answers an empty one each time,
// and sees to its being closed when the test ends.
func Run(t *testing.T, open func(t *testing.T) Store) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			c.run(t, s)
			if err := s.Check(context.Background()); err != nil {
				t.Errorf("the store isn't sound afterwards: %v", err)
			}
		})
	}
}

// cases is the table of promises.
var cases = []struct {
	name string
	run  func(*testing.T, Store)
}{
	{"an empty store answers nothing", emptyStore},
	{"what was recorded is read back as it was", roundTrip},
	{"a batch applied twice changes nothing", appliedTwice},
	{"a batch that contradicts the record leaves no trace", refusedWhole},
	{"a number is given once, for good", numbersOnce},
	{"a public id belongs to one entry", publicIDsOnce},
	{"marks belong to their source", marksOfSources},
	{"validators are kept byte for byte", validatorsAsBytes},
	{"an impossible date costs itself only", impossibleDates},
	{"an edit leaves a revision", editsAreRevised},
	{"a copy made again is no edit", copiesMadeAgain},
	{"endless edits keep the first and the newest", endlessEdits},
	{"a changed decision leaves its history", decisionHistory},
	{"the same decision again is no news", sameDecision},
	{"decisions of an edition come newest first", decisionsOfEdition},
	{"what is held is found again", heldStories},
	{"an edition lists newest first, and those of one moment by their ids", editionOrder},
	{"an edition orders what came out together by its own dates", editionTies},
	{"related renditions come with what readers see", relatedRenditions},
	{"an edition's version rises with what it shows", editionVersion},
	{"stories grow, end and are linked", storiesChange},
	{"entries are found by what people call them", foundByName},
	{"the archive is read in order, as far as wanted", archiveInOrder},
	{"the store can be used while the archive is read", archiveHoldsNothing},
	{"retention takes what upstream no longer lists", retentionTakes},
	{"what a silent upstream listed stays while it answers", retentionOfUnchanged},
	{"what editions show stays", retentionProtects},
	{"what was forgotten is still known", forgottenIsKnown},
	{"a forgotten entry that was edited has content again", forgottenComesBack},
	{"a source goes on under another name", renaming},
	{"a source's two memories become one", renamingMerges},
	{"counts count", counting},
	{"budgets and notes outlast their writer", budgetsAndMeta},
	{"a note holds with its batch or not at all", notesWithBatches},
	{"what a person said of an entry's story holds", fixedStays},
	{"a listing goes on under another key", listingsMove},
	{"the archive began when the first entry was seen", began},
	{"what is taken back is kept and not shown", takenBack},
	{"subscribers come and go by their keys", subscribers},
	{"subscriptions and leases are kept one of a kind", webSub},
	{"readers see whole batches while others write", readersSeeWhole},
	{"a call that was given up changes nothing", givenUp},
	{"a backup is whole while others write", backupWhile},
}
