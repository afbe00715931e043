package poll

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"copydesk/feed"
)

// Delivery is what a source's hub sent of it, signed (W3C WebSub §7).
type Delivery struct {
	Source string
	Topic  string // the address under which the hub knows the source
	Self   string // the topic that came with the delivery, in its headers; empty: none
	Header http.Header
	Body   []byte
	Done   func() // called once, when the body isn't needed any more
}

var errNothing = errors.New("there are no entries in it that can be used")

// launchDelivered reads what hubs delivered, one delivery of a source at a
// time, and none while that source is asked.
func (r *run) launchDelivered(ctx context.Context) {
	if len(r.unrecorded) > 0 { // the store is full
		return
	}
	waiting := r.delivered[:0]
	for _, d := range r.delivered {
		at := slices.IndexFunc(r.Sources, func(s feed.Source) bool { return s.Name == d.Source })
		switch {
		case at < 0:
			d.Done()
		case r.inFlight[d.Source]:
			waiting = append(waiting, d)
		default:
			r.inFlight[d.Source] = true
			s := r.Sources[at]
			state := r.state(s)
			r.workers.Go(func() {
				a := r.receive(ctx, s, state, d, r.reading)
				if ctx.Err() == nil {
					r.arrivals <- a
				}
			})
		}
	}
	clear(r.delivered[len(waiting):])
	r.delivered = waiting
}

// letGo gives up what was delivered and not read: after a start, sources
// whose hubs deliver are asked.
func (r *run) letGo() {
	for _, d := range r.delivered {
		d.Done()
	}
}

// receive reads what a hub delivered. No request is made. What can't be used
// makes the source due.
func (p *Poller) receive(ctx context.Context, s feed.Source, state feed.SourceState, d Delivery, reading chan struct{}) (a *arrival) {
	defer d.Done()
	nothing := arrival{source: s, state: state, before: state, polled: p.Now(), result: Result{Source: s.Name}}
	a = new(nothing)
	select {
	case reading <- struct{}{}:
		defer func() { <-reading }()
	case <-ctx.Done():
		return a
	}
	sure, err := p.use(ctx, a, d, reading)
	if err != nil {
		p.Log.Info("what a hub delivered can't be used; the source itself is asked", "source", s.Name, "error", err)
		a = new(nothing)
	}
	a.state.Delivered = nothing.polled // it has told of news, whatever came of it
	if err != nil || !sure {
		a.askSoon(p.Now())
	}
	return a
}

// askSoon makes the source due, as its hub's telling of news does.
func (a *arrival) askSoon(now time.Time) {
	if st := &a.state; st.Failures == 0 && !Stopped(st) {
		st.Due = minTime(st.Due, maxTime(now, st.Polled.Add(leastPushed)))
	}
}

// use takes the entries of a delivery. A delivery may be a part of the
// document: what it doesn't list means nothing, and what the document says of
// itself, what was learned of it, its validators and when it is to be asked
// stay as they are. It reports whether that was all there was to take.
func (p *Poller) use(ctx context.Context, a *arrival, d Delivery, reading chan struct{}) (sure bool, err error) {
	defer func() {
		if x := recover(); x != nil {
			p.Log.Error("reading a delivery went wrong inside copydesk", "source", a.source.Name, "panic", x, "stack", string(debug.Stack()))
			err = &faultError{x}
		}
	}()
	doc, err := p.open(a, d)
	if err != nil {
		return false, err
	}
	known, err := p.Store.Known(ctx, a.source.Name, slices.Concat(feed.Marks(a.source.Identity, doc.Entries)...))
	if err != nil {
		return false, fmt.Errorf("looking up known entries: %w", err)
	}
	if len(known) == 0 && unlike(&a.state, doc) {
		return false, fmt.Errorf("it is of another feed: “%.80s”", doc.Title)
	}
	if err := p.withoutEchoes(ctx, doc); err != nil {
		return false, err
	}
	a.identify(doc, known)
	proven, err := p.prove(ctx, a, doc)
	if err != nil {
		return false, err
	}
	if err := p.complete(ctx, a, doc, reading); err != nil {
		return false, err
	}
	whole := p.readEntries(a, doc)
	a.count(doc)
	if len(a.fresh) > 0 {
		a.state.Changed = a.polled
	}
	return whole && proven, nil
}

// open parses a delivery, as what the source's own address would have sent.
func (p *Poller) open(a *arrival, d Delivery) (*feed.Document, error) {
	st := &a.state
	if st.URL != a.source.URL || st.Succeeded.IsZero() {
		return nil, errors.New("the source was not asked yet at its address")
	}
	if p.own(d.Topic) {
		return nil, errOwn
	}
	if encoding := d.Header.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return nil, fmt.Errorf("it is encoded (%.40q)", encoding)
	}
	header := d.Header
	if header.Get("Content-Language") == "" && st.Language != "" {
		header = header.Clone()
		header.Set("Content-Language", st.Language)
	}
	base := st.Served // entries' relative addresses lead where they did
	if base == "" {
		base = d.Topic
	}
	doc, err := p.Parse(d.Body, header, base)
	if err != nil {
		return nil, err
	}
	if err := d.names(doc, st, base); err != nil {
		return nil, err
	}
	if len(doc.Entries) == 0 || doc.Truncated {
		return nil, errNothing
	}
	return doc, nil
}

// names reports an error unless a delivery is of the topic: its headers say
// so, or the document does. A document that says of itself what it always
// said doesn't contradict the headers.
func (d *Delivery) names(doc *feed.Document, st *feed.SourceState, base string) error {
	declared := absolute(base, doc.Self)
	self := d.Self
	if self == "" {
		self = declared
	}
	if self != d.Topic || doc.Self != "" && declared != d.Topic && doc.Self != st.Self {
		return fmt.Errorf("it isn't of the topic that was subscribed to: rel=self is %.200q there, %.200q in the document", d.Self, doc.Self)
	}
	return nil
}

func absolute(base, reference string) string {
	b, err := url.Parse(base)
	if err != nil || reference == "" {
		return ""
	}
	u, err := b.Parse(strings.TrimSpace(reference))
	if err != nil {
		return ""
	}
	return u.String()
}

// prove leaves out edits that a delivery alone doesn't prove. Deliveries come
// late and again, and anybody who once heard one can repeat it: an edit has
// to be dated after what is archived, and at the same address. It reports
// whether none is in doubt; upstream itself has to tell of those that are.
func (p *Poller) prove(ctx context.Context, a *arrival, doc *feed.Document) (all bool, err error) {
	var numbers []int64
	for i := range a.fresh {
		if n := a.fresh[i].known; n != 0 {
			numbers = append(numbers, n)
		}
	}
	if len(numbers) == 0 {
		return true, nil
	}
	records, err := p.Store.Records(ctx, numbers)
	if err != nil {
		return false, fmt.Errorf("looking up known entries: %w", err)
	}
	archived := map[int64]*feed.Record{}
	for i := range records {
		archived[records[i].Entry] = &records[i]
	}
	all = true
	doubted := map[int64]bool{}
	a.fresh = slices.DeleteFunc(a.fresh, func(r reading) bool {
		if r.known == 0 {
			return false
		}
		verdict := weigh(archived[r.known], &doc.Entries[r.at])
		doubted[r.known] = verdict != edited
		all = all && verdict != doubtful
		return verdict != edited
	})
	a.marks = slices.DeleteFunc(a.marks, func(m feed.Marked) bool { return doubted[m.Entry] })
	return all, nil
}

// What a delivery shows of an entry that is known.
type weight int

const (
	doubtful weight = iota
	edited
	nothing // it is what is archived, or older
)

func weigh(archived *feed.Record, e *feed.Entry) weight {
	if archived == nil || archived.Forgotten {
		return doubtful
	}
	old := &archived.Received
	// A part of a document may lack what the whole says for all its entries.
	filled := *e
	if filled.Language == "" {
		filled.Language = old.Language
	}
	if len(filled.Authors) == 0 {
		filled.Authors = old.Authors
	}
	if filled.Rights == "" {
		filled.Rights = old.Rights
	}
	same := feed.CanonicalLink(old.Link("alternate")) == feed.CanonicalLink(e.Link("alternate")) && old.ID == e.ID
	switch {
	case filled.Hash() == archived.Hash:
		return nothing
	case e.Updated.IsZero() || old.Updated.IsZero() || !same:
		return doubtful
	case e.Updated.After(old.Updated):
		return edited
	case e.Updated.Before(old.Updated):
		return nothing
	}
	return doubtful
}
