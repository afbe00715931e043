package web

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"copydesk/feed"
	"copydesk/feed/opml"
	"copydesk/feed/publish"
)

// ErrNotFound is what a Library answers when there is no such thing.
var ErrNotFound = errors.New("not found")

// Library is what is served. All of it comes from what is stored.
type Library interface {
	// Version rises with whatever changes the edition; 0: it was never made.
	Version(ctx context.Context, edition string) (int64, error)
	// Feed is a page of an edition, from 1. ErrNotFound when there is none.
	Feed(ctx context.Context, edition string, page int) (*publish.Feed, error)
	States(ctx context.Context) (map[string]feed.SourceState, error)
	// Dropped lists what was dropped from an edition lately, newest first.
	Dropped(ctx context.Context, edition string) ([]Dropped, error)
}

// Dropped is an entry that an edition didn't take, and why.
type Dropped struct {
	Record feed.Record
	Reason string
	At     time.Time
}

// Site is what the configuration says of what is served.
type Site struct {
	Public   string // address under which readers reach the server, ending in a slash
	Token    string // empty: none
	Editions []Edition
	Sources  []Source
}

// Edition is an edition as its page shows it.
type Edition struct {
	Name, Title, Description string
	Private                  bool
	Sources                  []string // names
	Says                     []string // what it takes, for people: "languages: en", …
}

// Source is a source as the desk shows it.
type Source struct {
	Name, URL string
	Tags      []string
	Every     time.Duration
}

// Options are what a Server needs.
type Options struct {
	Library Library
	Log     *slog.Logger
	Now     func() time.Time
	Version string
	Metrics func(io.Writer) // further metrics; may be nil
	Demo    func() Demo     // what the demo's page shows; nil outside of it
}

// Server answers readers and people. Its configuration can be replaced while
// it serves.
type Server struct {
	Options
	site     atomic.Pointer[Site]
	rendered cache
	guesses  *guesses
	mux      *http.ServeMux
	counts   counts
}

//go:embed static
var static embed.FS

// New makes a server of a site.
func New(o Options, site Site) *Server {
	s := &Server{Options: o, mux: http.NewServeMux(), guesses: newGuesses()}
	s.Use(site)
	s.mux.HandleFunc("GET /{$}", s.desk)
	s.mux.HandleFunc("GET /feeds/{name}", s.edition)
	s.mux.HandleFunc("GET /feeds/{name}/dropped.atom", s.dropped)
	s.mux.HandleFunc("GET /status.atom", s.status)
	s.mux.HandleFunc("GET /opml", s.opml)
	s.mux.HandleFunc("GET /healthz", s.healthz)
	s.mux.HandleFunc("GET /readyz", s.readyz)
	s.mux.HandleFunc("GET /metrics", s.metrics)
	s.mux.HandleFunc("GET /api/editions", s.apiEditions)
	s.mux.HandleFunc("GET /api/sources", s.apiSources)
	s.mux.Handle("GET /static/", http.FileServerFS(static))
	if o.Demo != nil {
		s.mux.HandleFunc("GET /demo", s.demo)
	}
	return s
}

// Use puts another site in force, at once and whole.
func (s *Server) Use(site Site) {
	s.site.Store(&site)
	s.rendered.clear() // titles and addresses may be others
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	s.counts.requests.Add(1)
	s.mux.ServeHTTP(w, r)
}

// Limits on what a client may take of our time and memory.
const (
	headerTime = 10 * time.Second
	readTime   = 20 * time.Second
	writeTime  = 2 * time.Minute // a slow reader of a large feed
	idleTime   = 2 * time.Minute
	maxHeader  = 32 << 10
	stopTime   = 8 * time.Second // for answers under way when we stop
)

// Serve answers on a listener until the context ends, then lets answers that
// are under way finish.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := server.Shutdown(stop); err != nil {
		_ = server.Close() // those who are still reading are cut off
	}
	<-failed
	return nil
}

func (s *Server) opml(w http.ResponseWriter, r *http.Request) {
	site := s.site.Load()
	var all []opml.Outline
	for _, e := range site.Editions {
		if !e.Private {
			all = append(all, opml.Outline{Name: e.Name, Title: e.Title, URL: site.Public + "feeds/" + e.Name + ".atom", Home: site.Public + "feeds/" + e.Name})
		}
	}
	w.Header().Set("Content-Type", "text/x-opml; charset=utf-8")
	if err := opml.Write(w, "copydesk editions", all); err != nil {
		s.Log.Debug("writing OPML", "error", err)
	}
}

func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	plain(w, http.StatusOK, "ok")
}

// readyz answers 200 once every edition can be served.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	for _, e := range s.site.Load().Editions {
		ready, err := s.ready(r.Context(), &e)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		if !ready {
			w.Header().Set("Retry-After", "10")
			plain(w, http.StatusServiceUnavailable, "not ready: none of the sources of "+e.Name+" was polled yet")
			return
		}
	}
	plain(w, http.StatusOK, "ready")
}

// ready reports whether an edition may be served: a reader must not take a
// feed for empty that only wasn't polled yet.
func (s *Server) ready(ctx context.Context, e *Edition) (bool, error) {
	states, err := s.Library.States(ctx)
	if err != nil {
		return false, err
	}
	for _, name := range e.Sources {
		if st, known := states[name]; known && !st.Polled.IsZero() {
			return true, nil
		}
	}
	return len(e.Sources) == 0, nil
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n") // a client that is gone
}

// fail chooses what a visitor sees of an error.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case errors.Is(err, ErrNotFound):
		plain(w, http.StatusNotFound, "there is nothing at this address")
	case r.Context().Err() != nil: // nobody is there any more
	default:
		s.Log.Error("answering a request", "path", r.URL.Path, "error", err)
		w.Header().Set("Retry-After", "30")
		plain(w, http.StatusInternalServerError, "copydesk could not answer; its log says why")
	}
}

// isLoopback reports whether an address's host is this machine.
func isLoopback(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
