// Package fetchtest is an upstream for tests: it answers as servers should,
// and in all the ways they shouldn't. It listens on loopback, or on no network
// at all, so that time can be simulated (testing/synctest).
//
// Answers are http.Handlers, made by the functions of answers.go; the table
// of hostile ones is Hostile.
package fetchtest

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// Upstream serves what it was told to, and remembers who asked.
type Upstream struct {
	URL string // without a slash at the end

	server   *httptest.Server
	piped    *pipes
	done     chan struct{} // closed when the upstream ends
	mu       sync.Mutex
	handlers map[string]http.Handler // by path, or by host and path
	requests map[string][]Request
}

// Request is what was asked.
type Request struct {
	Method string
	Host   string
	Target string // path and query as sent
	Header http.Header
}

// New starts an upstream on loopback.
func New(t testing.TB) *Upstream {
	u := start(t)
	u.server.Start()
	u.URL = u.server.URL
	return u
}

// NewTLS starts an upstream on loopback that speaks TLS and HTTP/2; Client's
// transport trusts it.
func NewTLS(t testing.TB) *Upstream {
	u := start(t)
	u.server.EnableHTTP2 = true
	u.server.StartTLS()
	u.URL = u.server.URL
	return u
}

// NewPiped starts an upstream without a network, which answers for every
// host: connect to it with Dial.
func NewPiped(t testing.TB) *Upstream {
	u := start(t)
	u.piped = &pipes{conns: make(chan net.Conn), done: u.done}
	_ = u.server.Listener.Close()
	u.server.Listener = u.piped
	u.server.Start()
	u.URL = "http://upstream.example"
	return u
}

func start(t testing.TB) *Upstream {
	u := &Upstream{done: make(chan struct{}), handlers: map[string]http.Handler{}, requests: map[string][]Request{}}
	u.server = httptest.NewUnstartedServer(u)
	u.server.Config.ErrorLog = log.New(io.Discard, "", 0) // broken connections are what it is for
	t.Cleanup(func() {
		close(u.done)
		u.server.CloseClientConnections()
		u.server.Close()
	})
	return u
}

// Client trusts the upstream's certificate.
func (u *Upstream) Client() *http.Client { return u.server.Client() }

// Dial connects to a piped upstream, whatever the address.
func (u *Upstream) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case u.piped.conns <- server:
		return client, nil
	case <-u.done:
		return nil, errors.New("the upstream has ended")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Serve answers a path from now on. The path may begin with a host.
func (u *Upstream) Serve(path string, h http.Handler) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.handlers[path] = h
}

// Requests are those made for a path so far.
func (u *Upstream) Requests(path string) []Request {
	u.mu.Lock()
	defer u.mu.Unlock()
	return append([]Request(nil), u.requests[path]...)
}

// Count is how often anything was asked.
func (u *Upstream) Count() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	n := 0
	for _, r := range u.requests {
		n += len(r)
	}
	return n
}

func (u *Upstream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u.mu.Lock()
	u.requests[r.URL.Path] = append(u.requests[r.URL.Path], Request{r.Method, r.Host, r.RequestURI, r.Header.Clone()})
	h := u.handlers[r.Host+r.URL.Path]
	if h == nil {
		h = u.handlers[r.URL.Path]
	}
	u.mu.Unlock()
	if h == nil {
		http.NotFound(w, r)
		return
	}
	h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), doneKey{}, u.done)))
}

// doneKey finds the end of the upstream in a request's context: a connection
// that was taken over knows of no other.
type doneKey struct{}

// pipes is a listener whose connections are handed in.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { return nil }
func (p *pipes) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "127.0.0.1:0" }
