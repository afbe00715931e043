package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"copydesk/config"
	"copydesk/feed/fetch"
	"copydesk/feed/poll"
	"copydesk/feed/publish"
	"copydesk/feed/websub"
	"copydesk/filters"
	"copydesk/storage"
	"copydesk/storage/sqlite"
)

// Where WebSub is reached, below the server's public address.
const (
	hubPath    = "hub"
	intakePath = "websub/"
)

const (
	renewEvery = time.Minute // how often leases are looked at
	mostCalls  = 1_000       // waiting to be made to hubs; and news waiting to be polled
	callers    = 4           // calls to hubs at once
	mostHeld   = 64 << 20    // bytes of deliveries that wait to be read; beyond, sources are polled
	leastHeld  = 4 << 10     // of each, however short it is
)

// push is WebSub on both sides, while serving: the hub of our editions, and
// the subscriber to those of sources. Without a public address (server.url)
// nobody could reach either, and nothing is offered or asked for.
type push struct {
	hub        *websub.Hub
	subscriber *websub.Subscriber
	library    *library
	store      *sqlite.Store
	hubs       client // asks sources' hubs, which the configuration's author trusts as far as the sources
	callbacks  client // asks whatever strangers name
	now        func() time.Time
	log        *slog.Logger
	delivered  chan poll.Delivery
	held       atomic.Int64 // bytes of these
	wanted     chan string  // sources whose hub delivered more than can be held
	calls      chan call
	wake       chan struct{} // there are editions to tell of

	mu      sync.Mutex
	changed map[string]bool // editions to tell of
	calling map[string]bool // sources for which a call waits or is made
	leased  map[string]bool // sources with a lease
}

// call is what is to be asked of a source's hub; without a hub: to be left
// alone.
type call struct{ source, hub, topic string }

func newPush(d *desk, lib *library, w *World) *push {
	p := &push{
		library: lib, store: d.store, now: w.Now, log: d.log,
		delivered: make(chan poll.Delivery, mostCalls), wanted: make(chan string, mostCalls), calls: make(chan call, mostCalls), wake: make(chan struct{}, 1),
		changed: map[string]bool{}, calling: map[string]bool{}, leased: map[string]bool{},
	}
	p.hub = websub.NewHub(websub.HubOptions{
		URL: func() string { return p.public() + hubPath }, Topic: p.isTopic, Store: hubStore{d.store}, Client: &http.Client{Transport: &p.callbacks},
		Random: rand.Text, Now: w.Now, Log: d.log,
	})
	p.subscriber = &websub.Subscriber{
		Callback: func() string { return p.public() + intakePath }, Store: leaseStore{d.store}, Client: &http.Client{Transport: &p.hubs},
		Random: rand.Text, Now: w.Now, Log: d.log, Take: p.take,
		MaxSize: func() int64 { return lib.config.Load().Polling.MaxSize },
	}
	return p
}

// client asks through the fetch.Client in force, under its guard and budgets.
type client struct{ atomic.Pointer[fetch.Client] }

func (c *client) RoundTrip(r *http.Request) (*http.Response, error) {
	return c.Load().HTTP().Transport.RoundTrip(r)
}

func (p *push) public() string { return p.library.config.Load().Server.Public() }

// attach connects a desk's new poller. No poller runs meanwhile.
func (p *push) attach(ctx context.Context, d *desk) error {
	if p == nil {
		return nil
	}
	p.hubs.Store(d.client)
	strict := d.config.Polling
	if !onLoopback(d.config.Server.URL) { // sources may be private; who subscribes to us may not
		strict.AllowPrivate, strict.AllowedPrivate, strict.AllowedNetworks = false, nil, nil
	}
	former := p.callbacks.Swap(fetch.New(fetch.Options{Polling: strict, Version: version(), About: about(d.config), Now: p.now, Budgets: d.budget}))
	if former != nil {
		former.Close()
	}
	d.poller.Announce, d.poller.Pushed, d.poller.Wanted, d.poller.Delivered = p.announce, p.pushed, p.wanted, p.delivered
	leases, err := p.store.Leases(ctx)
	if err != nil {
		return err
	}
	p.mu.Lock()
	for _, l := range leases {
		p.leased[l.Source] = true
	}
	p.mu.Unlock()
	return p.catchUp(ctx, d)
}

// catchUp has sources polled at their own interval that were left to their
// hubs: what these delivered while nobody listened is lost.
func (p *push) catchUp(ctx context.Context, d *desk) error {
	states, err := p.store.States(ctx)
	if err != nil {
		return err
	}
	for _, s := range d.config.Sources {
		st, known := states[s.Name]
		if !known || !p.isLeased(s.Name) || st.Failures > 0 {
			continue
		}
		due := st.Polled.Add(max(s.Every, st.TTL))
		if st.Due.Before(due) {
			due = st.Due
		}
		if due.Equal(st.Due) && !st.Hub {
			continue
		}
		st.Due, st.Hub = due, false // what it missed meanwhile isn't the hub's fault
		if err := p.store.SetState(ctx, st); err != nil {
			return err
		}
	}
	return nil
}

func (p *push) isLeased(source string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.leased[source]
}

// run does all that takes time, until the context ends.
func (p *push) run(ctx context.Context) {
	var all sync.WaitGroup
	defer all.Wait()
	all.Go(func() { p.hub.Run(ctx) })
	all.Go(func() { p.tell(ctx) })
	for range callers {
		all.Go(func() { p.makeCalls(ctx) })
	}
	renew := time.NewTicker(renewEvery)
	defer renew.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-renew.C:
			if err := p.renew(ctx); err != nil && ctx.Err() == nil {
				p.log.Error("subscriptions at hubs could not be looked at", "error", err)
			}
		}
	}
}

// announce notes editions that changed. The poller calls it; it doesn't wait.
func (p *push) announce(editions []string) {
	p.mu.Lock()
	for _, name := range editions {
		p.changed[name] = true
	}
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default: // it was told already
	}
}

// tell hands editions that changed to the hub.
func (p *push) tell(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.wake:
		}
		p.mu.Lock()
		names := slices.Sorted(maps.Keys(p.changed))
		clear(p.changed)
		p.mu.Unlock()
		for _, name := range names {
			if err := p.distribute(ctx, name); err != nil && ctx.Err() == nil {
				p.log.Error("subscribers could not be told of an edition", "edition", name, "error", err)
			}
		}
	}
}

// distribute gives the hub an edition in each format that somebody wants.
func (p *push) distribute(ctx context.Context, name string) error {
	c := p.library.config.Load()
	e := c.Edition(name)
	if e == nil || hubOf(c, e) == "" {
		return nil
	}
	var errs []error
	for _, format := range publish.Formats() {
		topic := topicOf(c, name, format)
		subscribers, err := p.store.Subscriptions(ctx, topic)
		if err != nil {
			return err
		}
		if len(subscribers) == 0 {
			continue
		}
		f, err := p.library.Feed(ctx, name, 1)
		if err != nil {
			return err
		}
		body, err := publish.Render(format.Name, f)
		if err == nil {
			err = p.hub.Publish(ctx, topic, websub.Content{Type: format.Type, Body: body})
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// hubOf is the hub of an edition; "" where there is none: private editions
// are nobody's to subscribe to, and without a public address nobody reaches us.
func hubOf(c *config.Config, e *filters.Edition) string {
	if c.Server.URL == "" || e.Private {
		return ""
	}
	return c.Server.Public() + hubPath
}

func topicOf(c *config.Config, edition string, f publish.Format) string {
	return c.Server.Public() + "feeds/" + edition + "." + f.Extension
}

// isTopic reports whether an address is that of an edition that may be
// subscribed to.
func (p *push) isTopic(topic string) bool {
	c := p.library.config.Load()
	name, found := strings.CutPrefix(topic, c.Server.Public()+"feeds/")
	name, _, _ = strings.Cut(name, ".")
	e := c.Edition(name)
	return found && e != nil && hubOf(c, e) != "" &&
		slices.ContainsFunc(publish.Formats(), func(f publish.Format) bool { return topicOf(c, name, f) == topic })
}

// hubStore shows the store to the hub.
type hubStore struct{ *sqlite.Store }

func (s hubStore) Subscriptions(ctx context.Context, topic string) ([]websub.Subscription, error) {
	stored, err := s.Store.Subscriptions(ctx, topic)
	all := make([]websub.Subscription, len(stored))
	for i, one := range stored {
		all[i] = websub.Subscription(one)
	}
	return all, err
}

func (s hubStore) SetSubscription(ctx context.Context, one websub.Subscription) error {
	return s.Store.SetSubscription(ctx, storage.Subscription(one))
}

// leaseStore shows the store to the subscriber.
type leaseStore struct{ *sqlite.Store }

func (s leaseStore) Lease(ctx context.Context, source string) (websub.Lease, error) {
	l, err := s.Store.Lease(ctx, source)
	return websub.Lease(l), err
}

func (s leaseStore) LeaseByID(ctx context.Context, id string) (websub.Lease, error) {
	l, err := s.Store.LeaseByID(ctx, id)
	return websub.Lease(l), err
}

func (s leaseStore) SetLease(ctx context.Context, l websub.Lease) error {
	return s.Store.SetLease(ctx, storage.Lease(l))
}
