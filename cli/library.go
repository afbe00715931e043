package cli

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/feed/poll"
	"copydesk/feed/publish"
	"copydesk/storage/sqlite"
	"copydesk/web"
)

// library shows the store to the web server.
type library struct {
	store  *sqlite.Store
	config atomic.Pointer[config.Config]
	now    func() time.Time

	mu      sync.Mutex // of what was counted last
	counts  map[string]web.Count
	counted time.Time

	looking  sync.Mutex // of the faults that were found last
	found    []web.Fault
	faultsOf *config.Config
	looked   time.Time
}

func (l *library) Version(ctx context.Context, edition string) (int64, error) {
	state, err := l.store.Edition(ctx, edition)
	return state.Version, err
}

func (l *library) Feed(ctx context.Context, edition string, page int) (*publish.Feed, error) {
	c := l.config.Load()
	e := c.Edition(edition)
	if e == nil {
		return nil, web.ErrNotFound
	}
	f, err := feedOf(ctx, c, l.store, e, page)
	if err == nil && page > 1 && len(f.Entries) == 0 {
		return nil, web.ErrNotFound
	}
	if err == nil {
		f.Hub = hubOf(c, e)
	}
	return f, err
}

// discreet takes out of the sources' addresses what opens something.
func discreet(c *config.Config, f *publish.Feed) {
	for i := range f.Entries {
		p := &f.Entries[i]
		p.Origin = p.Origin.Discreet(c.Server.Public()+"#"+p.Source, c.Secrets...)
		if p.Copy.Origin != nil {
			from := p.Copy.Origin.Public(c.Secrets...)
			p.Copy.Origin = &from
		}
	}
}

func (l *library) States(ctx context.Context) (map[string]feed.SourceState, error) {
	return l.store.States(ctx)
}

func (l *library) Began(ctx context.Context) (time.Time, error) { return l.store.Began(ctx) }

func (l *library) Settled(ctx context.Context) (bool, error) {
	note, err := l.store.Meta(ctx, poll.NoteKey)
	return poll.Waiting(note).IsZero(), err
}

func (l *library) Judged(ctx context.Context, edition string, verdict feed.Verdict, limit, offset int) ([]web.Judged, error) {
	judged, err := l.store.DecisionsOf(ctx, edition, verdict, limit, offset)
	if err != nil {
		return nil, err
	}
	all := make([]web.Judged, len(judged))
	for i, j := range judged {
		all[i] = web.Judged{Record: j.Record, Decision: j.Decision}
	}
	return all, nil
}

// countsLast is how long counts are good for: to count takes a way through the
// whole store.
const countsLast = 30 * time.Second

// Counts hands out what nobody changes afterwards.
func (l *library) Counts(ctx context.Context) (map[string]web.Count, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.counts != nil && l.now().Sub(l.counted) < countsLast && !l.now().Before(l.counted) {
		return l.counts, nil
	}
	counted, err := l.store.Counts(ctx)
	if err != nil {
		return nil, err
	}
	l.counts, l.counted = map[string]web.Count{}, l.now()
	for name, c := range counted.Editions {
		l.counts[name] = web.Count{Listed: c.Listed, Verdicts: c.Verdicts}
	}
	return l.counts, nil
}

// siteOf is what the configuration says of what is served.
func siteOf(c *config.Config) web.Site {
	site := web.Site{Public: c.Server.Public(), Token: c.Server.Token, Secrets: c.Secrets}
	for _, e := range c.Desk.Editions {
		one := web.Edition{Name: e.Name, Title: e.Title, Description: e.Description, Private: e.Private}
		for _, s := range c.Sources {
			if e.Takes(s.Name) {
				one.Sources = append(one.Sources, s.Name)
			}
		}
		if len(e.Topics) > 0 {
			one.Says = append(one.Says, "on "+strings.Join(e.Topics, ", "))
		}
		if len(e.Languages) > 0 {
			one.Says = append(one.Says, "in "+strings.Join(e.Languages, ", "))
		}
		one.Says = append(one.Says, "from "+count(len(one.Sources), "source", "sources"))
		site.Editions = append(site.Editions, one)
	}
	for _, s := range c.Sources {
		site.Sources = append(site.Sources, web.Source{Name: s.Name, Tags: s.Tags, Every: s.Every})
	}
	return site
}
