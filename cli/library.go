package cli

import (
	"context"
	"strings"
	"sync/atomic"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/feed/publish"
	"copydesk/storage/sqlite"
	"copydesk/web"
)

// library shows the store to the web server.
type library struct {
	store  *sqlite.Store
	config atomic.Pointer[config.Config]
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
	return f, err
}

func (l *library) States(ctx context.Context) (map[string]feed.SourceState, error) {
	return l.store.States(ctx)
}

// droppedShown is how many dropped entries the feed of them lists.
const droppedShown = 100

func (l *library) Dropped(ctx context.Context, edition string) ([]web.Dropped, error) {
	judged, err := l.store.DecisionsOf(ctx, edition, feed.Dropped, droppedShown, 0)
	if err != nil {
		return nil, err
	}
	all := make([]web.Dropped, len(judged))
	for i, j := range judged {
		all[i] = web.Dropped{Record: j.Record, Reason: j.Decision.Reason, At: j.Decision.At}
	}
	return all, nil
}

// siteOf is what the configuration says of what is served.
func siteOf(c *config.Config) web.Site {
	site := web.Site{Public: c.Server.Public(), Token: c.Server.Token}
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
		site.Sources = append(site.Sources, web.Source{Name: s.Name, URL: s.URL, Tags: s.Tags, Every: s.Every})
	}
	return site
}
