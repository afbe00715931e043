package poll

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"copydesk/feed"
)

// arrival is what one poll of one source brought, read and ready to record.
type arrival struct {
	source feed.Source
	before feed.SourceState // its state when it was asked
	state  feed.SourceState // its new state
	result Result
	polled time.Time
	pushed func(feed.Source, *feed.Retrieval, *feed.SourceState) bool // the poller's
	fresh  []reading
	listed []int64 // known entries that upstream still lists
	marks  []feed.Marked
	waits  bool // for pages
	tries  int  // how often it couldn't be recorded
	others int  // how many arrivals had been recorded by then
}

// reading is an entry that is new or was edited, with its copy.
type reading struct {
	at        int   // its place in the document
	known     int64 // the entry it is an edit of; 0: a new one
	marks     []feed.Mark
	hash      feed.Hash
	was       feed.Hash // as it is recorded
	notes     []string  // of what happened on its way to the desk
	tries     int       // how often its page was asked for in vain
	waits     bool      // for its page
	received  feed.Entry
	copy      feed.Copy
	signature []byte
}

// ask polls one source. It never fails: what went wrong is in the result and
// in the state.
func (p *Poller) ask(ctx context.Context, s feed.Source, state feed.SourceState, reading chan struct{}) (a *arrival) {
	start := p.Now()
	a = &arrival{source: s, state: state, before: state, polled: start, pushed: p.Pushed, result: Result{Source: s.Name}}
	defer func() {
		if x := recover(); x != nil {
			p.Log.Error("reading a source went wrong inside copydesk", "source", s.Name, "panic", x, "stack", string(debug.Stack()))
			a.giveUp(p.Now(), &faultError{x})
		}
		a.result.Took = p.Now().Sub(start)
	}()
	if state.URL != s.URL { // a new address: nothing that was learned of the old one holds
		a.state = moveTo(s.URL, state)
		a.before = a.state
	}
	err := p.obtain(ctx, a, reading)
	var page *feed.NotAFeedError
	if errors.As(err, &page) && len(page.Feeds) > 0 && a.mayBePage() {
		err = p.takeOffered(ctx, a, page, reading)
	}
	if err != nil {
		a.fail(p.Now(), err)
	}
	return a
}

// moveTo is the state of a source whose configured address changed.
func moveTo(address string, st feed.SourceState) feed.SourceState {
	st.URL, st.Validators, st.BodyHash = address, feed.Validators{}, ""
	st.Moved, st.MovedSeen, st.Page, st.Feed = "", 0, false, ""
	st.FeedID, st.Title, st.Home, st.Stranger = "", "", "", ""
	st.Hub, st.Delivered, st.Missed = false, time.Time{}, time.Time{}
	st.Succeeded, st.Failures, st.Gone, st.Error = time.Time{}, 0, 0, ""
	return st
}

// mayBePage reports whether the configured address can be a page's: what was
// once a feed stays one, and a page in its place is upstream's fault.
func (a *arrival) mayBePage() bool {
	return a.state.Feed == "" && (a.before.Page || a.before.Succeeded.IsZero())
}

// mostOffered is how many of the feeds that a page offers are tried.
const mostOffered = 3

// takeOffered takes the first of the feeds that a page offers that is one.
func (p *Poller) takeOffered(ctx context.Context, a *arrival, page *feed.NotAFeedError, reading chan struct{}) error {
	errs := []error{page}
	for _, address := range page.Feeds[:min(len(page.Feeds), mostOffered)] {
		a.state.Page, a.state.Feed = true, address
		a.state.Validators, a.state.BodyHash = feed.Validators{}, ""
		err := p.obtain(ctx, a, reading)
		if err == nil {
			a.result.Feed = address
			p.Log.Info("the source's address is a page's; a feed that it offers was taken", "source", a.source.Name, "feed", address)
			return nil
		}
		errs = append(errs, err)
	}
	a.state.Page, a.state.Feed = a.before.Page, ""
	return errors.Join(errs...)
}

// errOwn is why an edition can't be a source.
var errOwn = errors.New("this is one of copydesk's own editions; a source that reads them would come back to itself: let the edition name its sources instead")

// obtain asks a source's address, and takes what it sends.
func (p *Poller) obtain(ctx context.Context, a *arrival, reading chan struct{}) error {
	if p.own(a.state.Address(a.source.URL)) {
		return errOwn
	}
	got, err := p.Fetcher.Fetch(ctx, a.source, &a.state)
	if err != nil {
		return err
	}
	if p.own(got.URL) {
		return errOwn
	}
	a.polled = p.Now() // it may have waited for its host's budget
	if got.NotModified {
		a.unchanged(a.polled, got)
		return nil
	}
	select {
	case reading <- struct{}{}:
		defer func() { <-reading }()
	case <-ctx.Done():
		return ctx.Err()
	}
	doc, err := p.Parse(got.Body, got.Header, got.URL)
	if err != nil {
		return err
	}
	got.Body = nil
	if got.Cut {
		doc.Damage = append(doc.Damage, "the answer broke off before its end")
	}
	return p.read(ctx, a, doc, got, reading)
}

func (p *Poller) own(address string) bool { return p.Own != nil && p.Own(address) }

// read identifies the entries of a document, and reads those that are new or
// were edited. It holds a place in reading.
func (p *Poller) read(ctx context.Context, a *arrival, doc *feed.Document, got *feed.Retrieval, reading chan struct{}) error {
	marks := feed.Marks(a.source.Identity, doc.Entries)
	known, err := p.Store.Known(ctx, a.source.Name, slices.Concat(marks...))
	if err != nil {
		return fmt.Errorf("looking up known entries: %w", err)
	}
	if err := a.meet(doc, len(known) > 0); err != nil {
		a.suspect(p.Now(), got, err)
		return nil
	}
	a.describe(doc)
	if err := p.withoutEchoes(ctx, doc); err != nil {
		return err
	}
	a.identify(doc, known)
	if err := p.complete(ctx, a, doc, reading); err != nil {
		return err
	}
	p.Desk.Learn(&a.state, doc)
	whole := p.readEntries(a, doc)
	a.count(doc)
	if !whole || a.waits || doc.Truncated && !got.Cut { // ask for all of it again
		got.Validators, got.BodyHash = feed.Validators{}, ""
	}
	a.succeed(p.Now(), got)
	return nil
}

// identify finds what is new in a document or was edited.
func (a *arrival) identify(doc *feed.Document, known map[feed.Mark]feed.Known) {
	for i, id := range feed.Identify(a.source.Identity, doc.Entries, known) {
		if id.Same >= 0 {
			continue
		}
		if id.Entry != 0 {
			a.listed = append(a.listed, id.Entry)
			for _, m := range id.Marks {
				if known[m].Entry == 0 {
					a.marks = append(a.marks, feed.Marked{Mark: m, Entry: id.Entry})
				}
			}
		}
		hash := doc.Entries[i].Hash()
		if id.Entry != 0 && hash == id.Hash {
			continue
		}
		r := reading{at: i, known: id.Entry, marks: id.Marks, hash: hash, was: id.Hash, tries: triesOf(id.Hash, hash)}
		if id.Note != "" {
			r.notes = append(r.notes, id.Note)
		}
		a.fresh = append(a.fresh, r)
	}
}

// readEntries reads what is new in a document or was edited. False: something
// of it couldn't be.
func (p *Poller) readEntries(a *arrival, doc *feed.Document) (whole bool) {
	reader := p.Desk.Open(&a.state)
	read := a.fresh[:0]
	for _, r := range a.fresh {
		r.received = doc.Entries[r.at]
		if err := p.readEntry(reader, &r, a.polled); err != nil {
			p.Log.Error("reading an entry went wrong inside copydesk; it is tried again at the next poll", "source", a.source.Name, "entry", r.received.ID, "error", err)
			continue
		}
		read = append(read, r)
	}
	whole = len(read) == len(a.fresh)
	clear(a.fresh[len(read):])
	a.fresh = read
	return whole
}

func (p *Poller) readEntry(reader Reader, r *reading, polled time.Time) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("panic: %v\n%s", x, debug.Stack())
		}
	}()
	r.copy, r.signature = reader.Read(&r.received, polled)
	r.copy.Notes = append(r.copy.Notes, r.notes...)
	return nil
}

// describe keeps what a document says of itself.
func (a *arrival) describe(doc *feed.Document) {
	s := &a.state
	s.Served = doc.URL
	s.FeedID, s.Title, s.Home, s.Self, s.Format = doc.ID, doc.Title, doc.Home, doc.Self, doc.Format
	s.Updated, s.Rights, s.Hubs, s.Damage, s.Entries = doc.Updated, doc.Rights, doc.Hubs, doc.Damage, len(doc.Entries)
	s.Language = doc.Language
	s.TTL, s.SkipHour, s.SkipDay = doc.TTL, doc.SkipHours, doc.SkipDays
	if s.Updated.After(a.polled) {
		s.Updated = a.polled
	}
}

// count takes the languages of new entries into what is usual for the source.
func (a *arrival) count(doc *feed.Document) {
	a.result.Entries = len(doc.Entries)
	a.result.Status = "unchanged"
	languages := map[string]int{}
	for l, n := range a.state.Languages {
		languages[l] = n
	}
	for _, r := range a.fresh {
		a.result.Status = "new"
		if r.known != 0 {
			a.result.Changed++
			continue
		}
		a.result.New++
		if r.copy.Language != "" && r.copy.Confidence >= 0.9 {
			languages[r.copy.Language]++
		}
	}
	if len(languages) > 0 {
		a.state.Languages = languages
	}
}

// fail keeps the reason in the state; nothing else of what is known of the
// source changes.
func (a *arrival) fail(now time.Time, err error) {
	a.result.Status, a.result.Err, a.result.Error = "error", err, err.Error()
	a.state = settle(now, a.source, a.state, outcome{err: err})
}

// giveUp leaves what arrived alone: it can't be read or recorded, by a fault
// of ours. It is asked for again when a source that failed is.
func (a *arrival) giveUp(now time.Time, err error) {
	*a = arrival{source: a.source, before: a.before, state: a.before, polled: a.polled, tries: a.tries, result: Result{Source: a.source.Name, Took: a.result.Took}}
	a.fail(now, err)
}

// faultError is a panic, which is a fault of copydesk's own.
type faultError struct{ panicked any }

func (e *faultError) Error() string {
	return fmt.Sprintf("copydesk failed on this document: %v; please report it", e.panicked)
}

// unchanged moves the schedule. A 304 may bring other validators (RFC 9111 §4.3.4).
func (a *arrival) unchanged(now time.Time, got *feed.Retrieval) {
	a.result.Status = "unchanged"
	a.state.Stranger = ""
	if got.Validators != (feed.Validators{}) {
		a.state.Validators = got.Validators
	}
	a.state = settle(now, a.source, a.state, outcome{got: got, pushed: a.byHub(got)})
}

// succeed keeps the validators of a document that was used.
func (a *arrival) succeed(now time.Time, got *feed.Retrieval) {
	a.state.Validators, a.state.BodyHash = got.Validators, got.BodyHash
	a.state = settle(now, a.source, a.state, outcome{got: got, news: len(a.fresh) > 0, pushed: a.byHub(got)})
}
