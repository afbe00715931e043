package poll

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"copydesk/feed"
)

// Article gets the article of an entry from the entry's page. The errors of
// fetching are *feed.FetchError; others are of what stands there, and final.
type Article func(ctx context.Context, s feed.Source, e *feed.Entry) (*feed.Page, error)

const (
	// mostPages is how many pages of one source are asked for at one poll;
	// the other entries get theirs at the next, if they are listed still.
	mostPages   = 60
	pagesAtOnce = 4
	// mostPageTries is how often a page is asked for that can't be had for a
	// reason that may pass.
	mostPageTries = 3
	// mostPageFaults is how many pages in a row can't be had for a reason that
	// may pass before the others are left to a later poll, and longestPages how
	// long is asked for pages at one: who waits for them can't be polled.
	mostPageFaults = 8
	longestPages   = 3 * time.Minute
)

// asking is how the pages of one source are doing at a poll.
type asking struct {
	faults atomic.Int32 // in a row
	left   atomic.Bool  // the host wants to be left in peace
	until  time.Time
}

func (a *asking) over(now time.Time) bool {
	return a.left.Load() || a.faults.Load() >= mostPageFaults || now.After(a.until)
}

// complete gets the articles of new and edited entries from their pages, where
// the source is configured so. An entry whose page can't be had goes on with
// what the feed has of it, or with the page that was once had.
func (p *Poller) complete(ctx context.Context, a *arrival, doc *feed.Document, reading chan struct{}) error {
	if !a.source.FullText || p.Article == nil || len(a.fresh) == 0 {
		return nil
	}
	<-reading // others may read while pages are waited for
	defer func() { reading <- struct{}{} }()
	asked := a.fresh[:min(len(a.fresh), mostPages)]
	for i := len(asked); i < len(a.fresh); i++ {
		a.fresh[i].await("many entries came at once; its page is asked for at a later poll")
	}
	next := make(chan int)
	pages := &asking{until: p.Now().Add(longestPages)}
	var workers sync.WaitGroup
	for range min(pagesAtOnce, len(asked)) {
		workers.Go(func() {
			for i := range next {
				p.page(ctx, a.source, &doc.Entries[asked[i].at], &asked[i], pages)
			}
		})
	}
	for i := range asked {
		next <- i
	}
	close(next)
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	a.leaveWaiting()
	return p.keepPages(ctx, a, doc)
}

// page gets one article.
func (p *Poller) page(ctx context.Context, s feed.Source, e *feed.Entry, r *reading, pages *asking) {
	if pages.over(p.Now()) {
		r.await("its page is asked for at a later poll: the host asks for patience, or needs too much of it")
		return
	}
	page, err := p.article(ctx, s, e)
	if err == nil {
		pages.faults.Store(0)
		e.Page = page
		return
	}
	why := "its full text could not be had: " + err.Error()
	var fault *feed.FetchError
	if !errors.As(err, &fault) || !passing(fault) {
		pages.faults.Store(0) // the host answers
		r.notes = append(r.notes, why)
		return
	}
	if pages.faults.Add(1); fault.Refused {
		pages.left.Store(true)
	}
	if r.tries++; r.tries < mostPageTries {
		r.await(why)
	} else {
		r.notes = append(r.notes, why)
	}
}

// article asks for an article. Pages are other people's, and so is the code
// that reads them: a panic costs the article only.
func (p *Poller) article(ctx context.Context, s feed.Source, e *feed.Entry) (page *feed.Page, err error) {
	defer func() {
		if x := recover(); x != nil {
			p.Log.Error("reading an article's page went wrong inside copydesk", "source", s.Name, "entry", e.ID, "panic", x, "stack", string(debug.Stack()))
			page, err = nil, &faultError{x}
		}
	}()
	return p.Article(ctx, s, e)
}

// passing reports whether what kept a page from being had may pass.
func passing(e *feed.FetchError) bool {
	switch e.Status {
	case 0, http.StatusOK, http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return !e.Blocked
	}
	return e.Status >= 500
}

// await makes the entry be read again at a later poll that lists it, and the
// document asked for as if it had changed.
func (r *reading) await(why string) {
	r.notes = append(r.notes, why)
	r.hash, r.waits = awaited(r.hash, r.tries), true
}

// leaveWaiting leaves out what only waits for its page, as it did before.
func (a *arrival) leaveWaiting() {
	a.fresh = slices.DeleteFunc(a.fresh, func(r reading) bool {
		a.waits = a.waits || r.waits
		return r.waits && r.known != 0 && r.hash == r.was
	})
}

// awaited is the hash under which an entry is recorded whose page was asked
// for in vain so often: it isn't the entry's, so that the entry is found
// edited when it is listed next, and it tells how often.
func awaited(h feed.Hash, tries int) feed.Hash {
	sum := sha256.Sum256(fmt.Appendf(h[:], " page %d", tries))
	return feed.Hash(sum[:len(h)])
}

// triesOf is how often an entry's page was asked for in vain, by the hash that
// it is recorded with; 0 where that is of another text.
func triesOf(recorded, h feed.Hash) int {
	for tries := range mostPageTries {
		if recorded == awaited(h, tries) {
			return tries
		}
	}
	return 0
}

// keepPages gives edited entries whose page can't be had now the page that
// they once had: a fault of upstream's takes nothing from readers.
func (p *Poller) keepPages(ctx context.Context, a *arrival, doc *feed.Document) error {
	without := map[int64]*feed.Entry{}
	var numbers []int64
	for i := range a.fresh {
		if r := &a.fresh[i]; r.known != 0 && doc.Entries[r.at].Page == nil {
			without[r.known] = &doc.Entries[r.at]
			numbers = append(numbers, r.known)
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	slices.Sort(numbers)
	records, err := p.Store.Records(ctx, numbers)
	if err != nil {
		return fmt.Errorf("looking up the pages of known entries: %w", err)
	}
	for i := range records {
		without[records[i].Entry].Page = records[i].Received.Page
	}
	return nil
}
