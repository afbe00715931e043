package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"time"

	"copydesk/config"
	"copydesk/storage"
	"copydesk/storage/sqlite"
	"copydesk/web"
)

type subscriberCommand struct {
	Add    subscriberAddCommand    `cmd:"" help:"Give somebody private addresses of the editions; they are told once."`
	List   subscriberListCommand   `cmd:"" help:"List who has private addresses."`
	Revoke subscriberRevokeCommand `cmd:"" help:"Make somebody's private addresses lead nowhere, at once."`
}

// subscriberName is what subscribers can be called.
var subscriberName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,99}$`)

type subscriberAddCommand struct {
	Name string `arg:"" help:"What you call them: [a-z0-9][a-z0-9-]*."`
}

// invitation is what a subscriber is sent.
type invitation struct {
	Name     string    `json:"name"`
	Editions []address `json:"editions"`
	OPML     string    `json:"opml"`
}

type address struct {
	Edition string `json:"edition"`
	URL     string `json:"url"`
}

func (s *subscriberAddCommand) Run(ctx context.Context, g *globals, w *World) error {
	if !subscriberName.MatchString(s.Name) {
		return fmt.Errorf("%w: %q can't be a subscriber's name: take small letters, digits and hyphens", errUsage, s.Name)
	}
	c, err := g.load(w)
	if err != nil {
		return err
	}
	if err := makeStore(ctx, c, w); err != nil {
		return err
	}
	return g.read(ctx, w, func(c *config.Config, store *sqlite.Store) error {
		key := rand.Text()
		err := store.AddSubscriber(ctx, s.Name, key, w.Now().UTC().Truncate(time.Second))
		if errors.Is(err, storage.ErrExists) {
			return fmt.Errorf("there is a subscriber %s already, whose addresses can't be told again; revoke that one first, or take another name", s.Name)
		}
		if err != nil {
			return err
		}
		base := c.Server.Public() + web.PrivatePath(key)
		sent := invitation{Name: s.Name, Editions: []address{}, OPML: base + "opml"}
		for _, e := range c.Desk.Editions {
			sent.Editions = append(sent.Editions, address{e.Name, base + "feeds/" + e.Name + ".atom"})
		}
		if onLoopback(c.Server.Public()) {
			fmt.Fprintln(w.Stderr, "copydesk: these addresses lead to this machine only; set server.url to the address that others reach it by")
		}
		if g.JSON {
			return printJSON(w.Stdout, sent)
		}
		return sent.print(w)
	})
}

func (i *invitation) print(w *World) error {
	t := table{head: []string{"EDITION", "ADDRESS"}}
	for _, e := range i.Editions {
		t.add(e.Edition, e.URL)
	}
	t.add("all, as OPML", i.OPML)
	if err := t.print(w.Stdout); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w.Stdout, "\nWhoever knows these addresses can read; .rss and .json work, too. They are told this once:\nsend them to %[1]s. copydesk subscriber revoke %[1]s makes them lead nowhere.\n", i.Name)
	return err
}

// makeStore makes the database where there is none yet.
func makeStore(ctx context.Context, c *config.Config, w *World) error {
	store, err := open(ctx, c, w, quiet(), true)
	if errors.Is(err, storage.ErrMissing) {
		store, err = open(ctx, c, w, quiet(), false)
	}
	if err != nil {
		return err
	}
	return store.Close()
}

type subscriberListCommand struct{}

func (subscriberListCommand) Run(ctx context.Context, g *globals, w *World) error {
	var all []storage.Subscriber
	err := g.read(ctx, w, func(_ *config.Config, store *sqlite.Store) (err error) {
		all, err = store.Subscribers(ctx)
		return err
	})
	switch {
	case err != nil && !errors.Is(err, storage.ErrMissing): // without a database there is nobody
		return err
	case g.JSON:
		return printJSON(w.Stdout, append([]storage.Subscriber{}, all...))
	case len(all) == 0:
		_, err := fmt.Fprintln(w.Stdout, "nobody has private addresses; copydesk subscriber add NAME gives some")
		return err
	}
	t := table{head: []string{"NAME", "SINCE"}}
	for _, one := range all {
		t.add(one.Name, one.Added.Format("2006-01-02"))
	}
	return t.print(w.Stdout)
}

type subscriberRevokeCommand struct {
	Name string `arg:"" help:"Whose addresses."`
}

func (s *subscriberRevokeCommand) Run(ctx context.Context, g *globals, w *World) error {
	return g.read(ctx, w, func(_ *config.Config, store *sqlite.Store) error {
		err := store.DropSubscriber(ctx, s.Name)
		if errors.Is(err, storage.ErrNotFound) {
			return fmt.Errorf("there is no subscriber %q; copydesk subscriber list tells who there is", s.Name)
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w.Stdout, "the addresses of %s lead nowhere now\n", s.Name)
		return err
	})
}

// onLoopback reports whether an address leads to this machine only.
func onLoopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && (ip.IsLoopback() || ip.IsUnspecified())
}
