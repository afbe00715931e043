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
	"sync/atomic"
	"time"

	"golang.org/x/net/netutil"

	"copydesk/feed"
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
	// Settled reports whether nothing that was polled still waits to be
	// published.
	Settled(ctx context.Context) (bool, error)
	// Judged lists an edition's decisions, the newest entry first; an empty
	// verdict means any.
	Judged(ctx context.Context, edition string, verdict feed.Verdict, limit, offset int) ([]Judged, error)
	// Began is when the first entry was seen; the zero time: none was yet.
	Began(ctx context.Context) (time.Time, error)
	// Counts says how many entries each edition lists and decided on. It may
	// be a while old.
	Counts(ctx context.Context) (map[string]Count, error)
}

// Judged is an entry with what an edition decided on it.
type Judged struct {
	Record   feed.Record
	Decision feed.Decision
}

// Count says how many entries an edition lists, and how often it decided what.
type Count struct {
	Listed   int64                  `json:"listed"`
	Verdicts map[feed.Verdict]int64 `json:"verdicts,omitempty"`
}

// Options are what a Server needs.
type Options struct {
	Library Library
	Log     *slog.Logger
	Now     func() time.Time
	Version string
	Metrics func(io.Writer) // further metrics; may be nil
	Demo    func() Demo     // what the demo's page shows; nil outside of it
	Hub     http.Handler    // takes subscriptions to editions at /hub; nil: there is none
	Intake  http.Handler    // hears of sources' news at /websub/ID; nil: nothing is heard
	// Corrector makes corrections of stories; nil: none can be made here.
	Corrector Corrector
	// Subscriber tells whose key it is that opens private addresses; "":
	// nobody's. Nil: there are no subscribers.
	Subscriber func(ctx context.Context, key string) (name string, err error)
	// Try looks what a rule would do to archived entries; what is wrong with it
	// is a *TrialError. Nil: nothing can be tried.
	Try func(ctx context.Context, t Trial) (*Tried, error)
	// Faults tells of rules that do nothing or too much; nil: nobody looks.
	Faults func(ctx context.Context) ([]Fault, error)
}

// Server answers readers and people. Its configuration can be replaced while
// it serves.
type Server struct {
	Options
	force   atomic.Pointer[standing]
	guesses *guesses
	mux     *http.ServeMux
	counts  counts
	trying  chan struct{} // a place for each trial under way
}

//go:embed static
var static embed.FS

// New makes a server of a site.
func New(o Options, site Site) *Server {
	s := &Server{Options: o, mux: http.NewServeMux(), guesses: newGuesses(), trying: make(chan struct{}, 1)}
	s.Use(site)
	for path, handler := range map[string]http.HandlerFunc{
		"/{$}":                       s.desk,
		"/feeds/{name}":              s.edition,
		"/feeds/{name}/{$}":          s.withoutSlash,
		"/feeds/{name}/dropped":      s.toDecisions,
		"/feeds/{name}/dropped.atom": s.forTrusted(s.dropped),
		"/feeds/{name}/decisions":    s.forTrusted(s.decisions),
		"/status":                    s.toDesk,
		"/status.atom":               s.forTrusted(s.status),
		"/opml":                      s.opml,
		"/healthz":                   s.healthz,
		"/readyz":                    s.readyz,
		"/metrics":                   s.forTrusted(s.metrics),
		"/api/editions":              s.apiEditions,
		"/api/sources":               s.forTrusted(s.apiSources),
		"/api/decisions":             s.forTrusted(s.apiDecisions),
		"/static/{name}":             s.static,
		"/robots.txt":                s.robots,
		"/favicon.ico":               s.favicon,
	} {
		s.mux.HandleFunc("GET "+path, handler)
	}
	s.mux.HandleFunc("GET /s/{key}/feeds/{name}", s.forSubscriber(s.subscribersEdition))
	s.mux.HandleFunc("GET /s/{key}/opml", s.forSubscriber(s.listEditions))
	if o.Corrector != nil {
		s.mux.Handle("POST /api/stories/split", s.correct(s.split))
		s.mux.Handle("POST /api/stories/join", s.correct(s.join))
	}
	for path, handler := range map[string]http.Handler{"/hub": o.Hub, "/websub/{id}": o.Intake} {
		if handler != nil {
			s.mux.Handle(path, handler)
		}
	}
	if o.Try != nil {
		s.mux.HandleFunc("GET /try", s.forTrusted(s.tryForm))
		s.mux.Handle("POST /try", s.fromHere(s.forTrusted(s.tryForm)))
		s.mux.Handle("POST /api/try", s.fromHere(s.forTrusted(s.apiTry)))
	}
	if o.Demo != nil {
		s.mux.HandleFunc("GET /demo", s.demo)
	}
	return s
}

// Use puts another site in force, at once and whole.
func (s *Server) Use(site Site) {
	st := newStanding(site)
	st.goOn(s.force.Load())
	s.force.Store(st)
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	// Not no-referrer: browsers then send forms with Origin: null, and where
	// they don't send Sec-Fetch-Site, as to plain HTTP in a local network, a
	// form of ours looks like a stranger's.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Content-Security-Policy", policy)
	s.counts.requests.Add(1)
	s.mux.ServeHTTP(w, r)
}

// policy is the Content-Security-Policy: no script runs, nothing is loaded
// from elsewhere, nobody frames a page.
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Limits on what a client may take of our time and memory.
const (
	headerTime = 10 * time.Second
	readTime   = 20 * time.Second
	writeTime  = 2 * time.Minute // a slow reader of a large feed
	idleTime   = time.Minute
	maxHeader  = 32 << 10
	maxClients = 4_000           // connections at once; more wait
	maxOfOne   = 1_000           // of these, from one address; more are cut off
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
	go func() { failed <- server.Serve(netutil.LimitListener(share(l, maxOfOne), maxClients)) }()
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

func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	plain(w, http.StatusOK, "ok")
}

// readyz answers 200 once every edition can be served.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	st, early := s.force.Load(), 0
	for i := range st.Editions {
		at, err := s.stageOf(r.Context(), st, &st.Editions[i])
		if err != nil {
			s.fail(w, r, err)
			return
		}
		if at == unasked || at == waiting {
			early++
		}
	}
	if early > 0 {
		w.Header().Set("Retry-After", "10")
		plain(w, http.StatusServiceUnavailable, fmt.Sprintf("not ready: of %d of %d editions no source was polled yet", early, len(st.Editions)))
		return
	}
	plain(w, http.StatusOK, "ready")
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
		s.Log.Error("answering a request", "path", loggable(r.URL.Path), "error", err)
		w.Header().Set("Retry-After", "30")
		plain(w, http.StatusInternalServerError, "copydesk could not answer; its log says why")
	}
}
