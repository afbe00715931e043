package cli

import (
	"context"
	"errors"
	"strings"

	"copydesk/feed"
	"copydesk/feed/poll"
	"copydesk/feed/websub"
)

// pushed reports whether a hub delivers a source's news, and sees to it that
// one does where the source names one. It is called after each poll, by
// several at once, and doesn't wait for the hub.
func (p *push) pushed(s feed.Source, got *feed.Retrieval, st *feed.SourceState) bool {
	c := p.library.config.Load()
	answered := got.URL
	if answered == "" {
		answered = st.Served
	}
	hub, topic, found := websub.Discover(got.Header, answered, st.Hubs, st.Self)
	// A hub elsewhere can't reach a server that only this machine can.
	found = found && c.Server.URL != "" && (!onLoopback(c.Server.URL) || onLoopback(hub))
	switch leased := p.isLeased(s.Name); {
	case found:
		p.call(call{s.Name, hub, topic})
	case leased && !got.NotModified: // a 304 needn't name it again
		p.call(call{source: s.Name})
		return false
	case !leased:
		return false
	}
	stored, err := p.store.Lease(context.Background(), s.Name)
	if err != nil {
		p.log.Error("a lease could not be looked up", "source", s.Name, "error", err)
		return false
	}
	l := websub.Lease(stored)
	return l.Active(p.now())
}

// call has a hub asked, unless one of the source's is about to be asked, or
// too many wait: the next poll comes back to it.
func (p *push) call(one call) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.calling[one.source] {
		return
	}
	select {
	case p.calls <- one:
		p.calling[one.source] = true
	default:
	}
}

func (p *push) makeCalls(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case one := <-p.calls:
			if err := p.ask(ctx, one); err != nil && ctx.Err() == nil {
				p.log.Info("a hub could not be asked; polling goes on", "source", one.source, "error", err)
			}
			p.mu.Lock()
			delete(p.calling, one.source)
			p.mu.Unlock()
		}
	}
}

func (p *push) ask(ctx context.Context, one call) error {
	p.mu.Lock()
	p.leased[one.source] = one.hub != ""
	p.mu.Unlock()
	if one.hub == "" {
		return p.subscriber.Leave(ctx, one.source)
	}
	_, err := p.subscriber.Ensure(ctx, one.source, one.hub, one.topic)
	return err
}

// renew looks leases over: those that end are renewed, those of sources that
// are gone are given up, and a source whose lease has ended is polled again
// at its own interval.
func (p *push) renew(ctx context.Context) error {
	leases, err := p.store.Leases(ctx)
	if err != nil {
		return err
	}
	c, now := p.library.config.Load(), p.now()
	for _, l := range leases {
		if _, known := c.Source(l.Source); !known || c.Server.URL == "" {
			p.call(call{source: l.Source})
			continue
		}
		if ended := now.Sub(l.Expires); !l.Expires.IsZero() && ended >= 0 && ended < 2*renewEvery {
			if err := p.want(l.Source); err != nil {
				return err
			}
		}
		p.call(call{l.Source, l.Hub, l.Topic})
	}
	return nil
}

var errBusy = errors.New("too much news waits to be polled already")

// want has the poller ask a source soon.
func (p *push) want(source string) error {
	select {
	case p.wanted <- source:
		return nil
	default:
		return errBusy
	}
}

// take hands a delivery to the poller. Where too much waits already, or the
// delivery can be trusted less than the source, that is polled instead.
func (p *push) take(_ context.Context, d websub.Delivery) error {
	if p.weaker(d) {
		return p.want(d.Source)
	}
	size := leastHeld + int64(len(d.Body))
	done := func() { p.held.Add(-size) }
	if p.held.Add(size) <= mostHeld {
		select {
		case p.delivered <- poll.Delivery{Source: d.Source, Topic: d.Topic, Self: d.Self, Header: d.Header, Body: d.Body, Done: done}:
			return nil
		default:
		}
	}
	done()
	return p.want(d.Source)
}

// weaker reports whether a hub's signature proves less than the source's own
// connection: the secret was told to the hub in the clear (§5.1), while the
// source is read over TLS.
func (p *push) weaker(d websub.Delivery) bool {
	source, _ := p.library.config.Load().Source(d.Source)
	return (isTLS(source.URL) || isTLS(d.Topic)) && !isTLS(d.Hub) && !onLoopback(d.Hub)
}

func isTLS(address string) bool { return strings.HasPrefix(strings.ToLower(address), "https://") }
