package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/VictoriaMetrics/metrics"
	"golang.org/x/sync/errgroup"

	"copydesk/config"
	"copydesk/web"
)

type serveCommand struct{}

func (s serveCommand) Run(ctx context.Context, g *globals, w *World) error {
	err := s.run(ctx, g, w)
	if ctx.Err() != nil && errors.Is(err, context.Canceled) { // it was asked to end before it had begun
		return nil
	}
	return err
}

func (serveCommand) run(ctx context.Context, g *globals, w *World) error {
	// Before anything is read: a signal that comes early must not end the
	// program, nor be lost.
	changed := make(chan struct{}, 1)
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	go hear(ctx, hup, changed)
	c, err := g.load(w)
	if err != nil {
		return err
	}
	log := logger(w)
	d, err := openDesk(ctx, c, w, log)
	if err != nil {
		return err
	}
	d.changed = changed
	l, err := net.Listen("tcp", c.Server.Listen)
	if err != nil {
		return errors.Join(fmt.Errorf("listening on %s (server.listen): %w", c.Server.Listen, err), d.close())
	}
	log.Info("serving", "address", "http://"+l.Addr().String()+"/", "public", c.Server.Public(), "editions", len(c.Desk.Editions), "sources", len(c.Sources))
	return errors.Join(d.serve(ctx, g, w, l, web.Options{}), d.close())
}

// serve polls and serves until the context ends. A changed configuration is
// put in force as a whole, or refused.
func (d *desk) serve(ctx context.Context, g *globals, w *World, l net.Listener, o web.Options) error {
	lib := &library{store: d.store, now: w.Now}
	lib.config.Store(d.config)
	o.Library, o.Log, o.Now, o.Version = lib, d.log, w.Now, version()
	o.Subscriber, o.Faults, o.Try = d.store.Subscriber, lib.faults, lib.try
	o.Metrics = func(to io.Writer) { metrics.WriteProcessMetrics(to) }
	d.push = newPush(d, lib, w)
	if err := d.push.attach(ctx, d); err != nil {
		return err
	}
	d.tellHub()
	o.Corrector = d.corrector()
	o.Hub, o.Intake = d.push.hub, d.push.subscriber
	server := web.New(o, siteOf(d.config))

	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return server.Serve(ctx, l) })
	group.Go(func() error { d.push.run(ctx); return nil })
	if g != nil {
		group.Go(func() error { return watch(ctx, g.Config, d.changed, d.log) })
	}
	group.Go(func() error {
		for ctx.Err() == nil {
			polling, stop := context.WithCancel(ctx)
			done := make(chan error, 1)
			go func() { done <- d.poll(polling, w) }()
			next, err := d.await(ctx, g, w, done)
			stop()
			if err != nil || next == nil {
				return err
			}
			if err := <-done; err != nil {
				return err
			}
			if err := d.use(ctx, next, w); err != nil {
				if ctx.Err() == nil {
					d.log.Error("the changed configuration could not be put in force; the running one stays until the file changes again", "error", err)
				}
				continue
			}
			if err := d.apply(ctx, w.Now()); err != nil && ctx.Err() == nil {
				d.log.Error("it is in force for what comes; what is archived is judged by it after the next start or change", "error", err)
			}
			lib.config.Store(next)
			server.Use(siteOf(next))
			d.tellHub()
			d.log.Info("the changed configuration is in force", "file", next.File)
		}
		return nil
	})
	return group.Wait()
}

// tellHub tells of what changed with the configuration.
func (d *desk) tellHub() {
	d.push.announce(d.untold)
	d.untold = nil
}

// await waits until there is a changed configuration that is good, and
// returns it; nil when the poller or the context ended.
func (d *desk) await(ctx context.Context, g *globals, w *World, done chan error) (*config.Config, error) {
	for {
		select {
		case <-ctx.Done():
			return nil, <-done
		case err := <-done:
			return nil, err
		case <-d.changed:
			next, err := g.load(w)
			if err != nil {
				d.log.Error("the changed configuration is not good; the running one stays in force", "error", err)
				continue
			}
			if next.Server.Listen != d.config.Server.Listen || storePath(next) != storePath(d.config) {
				d.log.Warn("server.listen and storage hold from the next start on")
				next.Server.Listen, next.Storage = d.config.Server.Listen, d.config.Storage
			}
			return next, nil
		}
	}
}

// saveEvery is how often the budgets of hosts are written down while serving.
const saveEvery = time.Minute

// retainEvery is how often what is too old is forgotten.
const retainEvery = time.Hour

// poll polls what is due until the context ends, and keeps the house clean.
func (d *desk) poll(ctx context.Context, w *World) error {
	err := d.pollUntil(ctx, w)
	if ctx.Err() != nil { // it was asked to end, wherever that met it
		return nil
	}
	return err
}

func (d *desk) pollUntil(ctx context.Context, w *World) error {
	if err := d.restoreBudgets(ctx); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return d.poller.Run(ctx) })
	group.Go(func() error {
		save, retain := time.NewTicker(saveEvery), time.NewTicker(retainEvery)
		defer save.Stop()
		defer retain.Stop()
		for {
			var err error
			select {
			case <-ctx.Done():
				if err := d.saveBudgets(context.WithoutCancel(ctx)); err != nil {
					d.log.Error("the budgets of hosts could not be written down", "error", err)
				}
				return nil
			case <-save.C:
				err = d.saveBudgets(ctx)
			case <-retain.C:
				err = d.retain(ctx, w.Now(), retainEvery/2)
			}
			if err != nil && ctx.Err() == nil {
				d.log.Error("housekeeping", "error", err)
			}
		}
	})
	return group.Wait()
}

// hear tells of SIGHUP until the context ends.
func hear(ctx context.Context, hup <-chan os.Signal, changed chan<- struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-hup:
			tell(changed)
		}
	}
}

func tell(changed chan<- struct{}) {
	select {
	case changed <- struct{}{}:
	default: // told already
	}
}

// watch tells of a changed file until the context ends.
func watch(ctx context.Context, file string, changed chan<- struct{}, log *slog.Logger) error {
	if err := config.Watch(ctx, file, func() { tell(changed) }); err != nil {
		log.Warn("changes of the configuration are noticed on SIGHUP only", "error", err)
		<-ctx.Done()
	}
	return nil
}
