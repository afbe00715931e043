package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/feed/fetch"
	"copydesk/feed/parse"
	"copydesk/feed/poll"
	"copydesk/filters"
	"copydesk/filters/story"
	"copydesk/storage/sqlite"
)

// home is where people find out who polls them.
const home = "https://copydesk.invalid/"

// about is the address in the User-Agent: the public one of who polls, where
// there is one, so that a publisher can find out.
func about(c *config.Config) string {
	if c.Server.URL != "" {
		return c.Server.URL
	}
	return home
}

// generator is what editions say they were made by.
func generator() string { return "copydesk " + version() }

// load reads the configuration.
func (g *globals) load(w *World) (*config.Config, error) { return config.Load(g.Config, w.Env) }

// open opens the store of a configuration. The path is relative to the
// configuration file, so that it means the same wherever a command is run.
func open(ctx context.Context, c *config.Config, w *World, log *slog.Logger, readOnly bool) (*sqlite.Store, error) {
	return sqlite.Open(ctx, storePath(c), sqlite.Options{ReadOnly: readOnly, Now: w.Now, Log: log})
}

func storePath(c *config.Config) string {
	if filepath.IsAbs(c.Storage) {
		return c.Storage
	}
	return filepath.Join(filepath.Dir(c.File), c.Storage)
}

// read opens a store for a command that only reads, and closes it after.
func (g *globals) read(ctx context.Context, w *World, do func(*config.Config, *sqlite.Store) error) error {
	c, err := g.load(w)
	if err != nil {
		return err
	}
	store, err := open(ctx, c, w, quiet(), true)
	if err != nil {
		return err
	}
	return errors.Join(do(c, store), store.Close())
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// deskOf shows filters.Desk to the poller.
type deskOf struct{ *filters.Desk }

func (d deskOf) Open(state *feed.SourceState) poll.Reader { return d.Desk.Open(state) }

// Renew finds an archived entry's topics anew.
func (d deskOf) Renew(r *feed.Record) (changed bool) { return d.Desk.Renew(&r.Copy) }

// Judge asks each edition of the desk that hasn't settled its mind.
func (d deskOf) Judge(r *feed.Record, at time.Time, settled map[string]feed.Decision) []feed.Decision {
	filters.Unfold(&r.Copy)
	var tags []string
	if s := d.Sources[r.Source]; s != nil {
		tags = s.Tags
	}
	item := filters.NewItem(&r.Copy, r.Source, tags, at)
	for name, decision := range settled {
		if e := d.Edition(name); e != nil {
			item.Settle(e, decision)
		}
	}
	var all []feed.Decision
	for _, e := range d.Editions {
		if _, is := settled[e.Name]; is {
			continue
		}
		if decision, takes := d.Desk.Judge(item, e); takes {
			all = append(all, decision)
		}
	}
	return all
}

// storiesOf shows story.Index to the poller.
type storiesOf struct {
	*story.Index
	window time.Duration
	newest time.Time
	enough int // entries indexed from which on old ones are forgotten
	fixed  map[int64]bool
}

// indexed is how many entries are indexed before those are forgotten that
// were published long before the newest: the first poll of many sources
// brings far more than a window's worth.
const indexed = 12_000

// openStories fills an index with the window's entries from the store.
func openStories(ctx context.Context, o story.Options, store *sqlite.Store, now time.Time) (poll.Stories, error) {
	s := &storiesOf{Index: story.NewIndex(o), window: o.Window, enough: indexed, fixed: map[int64]bool{}}
	var unread []int64
	for r, err := range store.Window(ctx, now.Add(-2*s.window)) {
		if err != nil {
			return nil, err
		}
		if !s.add(&r) {
			unread = append(unread, r.Entry)
		}
	}
	// Signed by another version: they are signed again from the archive.
	for portion := range slices.Chunk(unread, 100) {
		records, err := store.Records(ctx, portion)
		if err != nil {
			return nil, err
		}
		for i := range records {
			r := &records[i]
			filters.Unfold(&r.Copy)
			r.Signature = story.Sign(&r.Copy)
			s.Add(r)
		}
	}
	return s, nil
}

func placed(r *feed.Record) story.Placed {
	host := ""
	if u, err := url.Parse(r.Copy.Link); err == nil {
		host = u.Hostname()
	}
	return story.Placed{Entry: r.Entry, Source: r.Source, Host: host, At: r.Copy.Published, Story: r.Story, Fixed: r.Fixed, Signature: r.Signature}
}

// Add indexes an entry.
func (s *storiesOf) Add(r *feed.Record) { s.add(r) }

// add reports whether the entry's signature is of this version.
func (s *storiesOf) add(r *feed.Record) bool {
	if r.Fixed {
		s.fixed[r.Entry] = true
	}
	if !s.Index.Add(placed(r)) {
		return false
	}
	if r.Copy.Published.After(s.newest) {
		s.newest = r.Copy.Published
	}
	if s.Len() > s.enough {
		s.Forget(s.newest)
		s.enough = max(indexed, 2*s.Len())
	}
	return true
}

func (s *storiesOf) Edit(r *feed.Record) {
	known := s.Len()
	if s.Remove(r.Entry); s.Len() < known {
		s.Add(r)
	}
}

func (s *storiesOf) Move(entry, to int64) { s.Index.Move(entry, to, s.fixed[entry]) }
func (s *storiesOf) Forget(now time.Time) { s.Index.Forget(now.Add(-2 * s.window)) }
func (s *storiesOf) Place(r *feed.Record) poll.Placement {
	found := s.Index.Place(placed(r))
	out := poll.Placement{Stories: found.Stories, Evidence: found.Evidence}
	for _, m := range found.Moves {
		out.Moves = append(out.Moves, poll.Move{Entry: m.Entry, From: m.From, To: m.To, Evidence: m.Evidence})
	}
	return out
}

// parseDocument is parse.Parse as the poller calls it.
func parseDocument(body []byte, header http.Header, address string) (*feed.Document, error) {
	return parse.Parse(body, header, address)
}

// desk is all that a command that polls works with.
type desk struct {
	config *config.Config
	store  *sqlite.Store
	client *fetch.Client
	budget *fetch.Budgets // of hosts; kept when the configuration changes
	poller *poll.Poller
	// changed is told when the configuration may have changed; nil: it never does.
	changed chan struct{}
	push    *push // nil where nothing is served
	// corrections are taken by the poller that runs.
	corrections chan poll.Request
	// untold are editions that changed with the configuration; whoever puts
	// that in force tells the hub.
	untold []string
	log    *slog.Logger
}

// openDesk opens the store for writing and makes everything ready to poll.
func openDesk(ctx context.Context, c *config.Config, w *World, log *slog.Logger) (*desk, error) {
	store, err := open(ctx, c, w, log, false)
	if err != nil {
		return nil, err
	}
	tuneMemory()
	d := &desk{corrections: make(chan poll.Request), config: c, store: store, log: log}
	err = d.use(ctx, c, w)
	if err == nil {
		err = d.apply(ctx, w.Now())
	}
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return d, nil
}

// use puts a configuration into force. After an error the former one is,
// with the names that its sources had.
func (d *desk) use(ctx context.Context, c *config.Config, w *World) error {
	names := map[string]string{}
	for _, s := range c.Sources {
		if s.Was != "" {
			names[s.Was] = s.Name
		}
	}
	if err := d.store.RenameSources(ctx, names); err != nil {
		return err
	}
	for _, s := range c.Sources {
		if s.TLS != nil && s.TLS.Insecure {
			d.log.Warn("nothing tells whether it is the source that answers, and what it is sent may be read by others: tls.insecure is on", "source", s.Name)
		}
	}
	d.config = c
	if d.budget == nil {
		d.budget = fetch.NewBudgets(c.Polling.PerHost, c.Polling.RequestsPerMinute, w.Now)
	}
	d.budget.CountDomains(c.Polling.PerDomain)
	d.budget.SetLimits(c.Polling.PerHost, c.Polling.RequestsPerMinute)
	d.budget.SetSources(c.Sources)
	if d.client != nil {
		d.client.Close()
	}
	d.client = fetch.New(fetch.Options{Polling: c.Polling, Version: version(), About: about(c), Now: w.Now, Budgets: d.budget})
	d.poller = &poll.Poller{
		Sources: c.Sources, Concurrency: c.Polling.Concurrency, PerHost: c.Polling.PerHost, Host: d.budget.Of,
		Fetcher: d.client, Corrections: d.corrections, Parse: parseDocument, Article: articles(d.client), Desk: deskOf{c.Desk}, Order: c.Desk.Order, Store: d.store, Now: w.Now, Log: d.log,
		Own: func(address string) bool { return isOwn(address, c.Server) }, Holds: map[string]time.Duration{},
		Stories: func(ctx context.Context) (poll.Stories, error) {
			return openStories(ctx, c.Stories, d.store, w.Now())
		},
	}
	for _, e := range c.Desk.Editions {
		if e.Hold > 0 {
			d.poller.Holds[e.Name] = e.Hold
		}
	}
	if err := d.push.attach(ctx, d); err != nil && ctx.Err() == nil {
		d.log.Error("sources whose hubs deliver could not be looked over; they are polled when they are due", "error", err)
	}
	return nil
}

// isOwn reports whether an address is that of an edition that this copydesk
// publishes: below its public address, or where it listens.
func isOwn(address string, server config.Server) bool {
	for _, base := range []string{server.Public(), "http://" + server.Listen + "/"} {
		ours, err := url.Parse(base)
		theirs, e := url.Parse(address)
		if err != nil || e != nil || !strings.HasPrefix(theirs.Path, strings.TrimSuffix(ours.Path, "/")+"/feeds/") {
			continue
		}
		if strings.EqualFold(ours.Host, theirs.Host) || isLocal(ours.Hostname()) && isLocal(theirs.Hostname()) && ours.Port() == theirs.Port() {
			return true
		}
	}
	return false
}

func isLocal(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "" || strings.EqualFold(host, "localhost") || err == nil && (ip.IsLoopback() || ip.IsUnspecified())
}

// apply judges archived entries anew where an edition is new or its rules
// changed, as far back as it asks for.
func (d *desk) apply(ctx context.Context, now time.Time) error {
	announce := d.poller.Announce
	defer func() { d.poller.Announce = announce }()
	d.poller.Announce = func(editions []string) { d.untold = append(d.untold, editions...) }
	since := map[string]time.Time{}
	var changed []*filters.Edition
	for _, e := range d.config.Desk.Editions {
		state, err := d.store.Edition(ctx, e.Name)
		if err != nil {
			return err
		}
		if state.Config == e.Fingerprint {
			continue
		}
		changed = append(changed, e)
		switch {
		case state.Config == "" || e.Apply.All:
			since[e.Name] = time.Time{}
		case e.Apply.Back > 0:
			since[e.Name] = now.Add(-e.Apply.Back)
		}
	}
	if err := d.poller.Rejudge(ctx, since); err != nil {
		return fmt.Errorf("judging archived entries by the changed configuration: %w", err)
	}
	for _, e := range changed {
		if err := d.store.SetEdition(ctx, e.Name, e.Fingerprint); err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) close() error { return d.store.Close() }
