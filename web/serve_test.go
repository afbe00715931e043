package web

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener whose connections are in memory, so that time can be
// that of a bubble.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
}

func newPipes() *pipes { return &pipes{make(chan net.Conn), make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	select {
	case <-p.closed:
	default:
		close(p.closed)
	}
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080} }

func (p *pipes) dial() net.Conn {
	ours, theirs := net.Pipe()
	p.conns <- theirs
	return ours
}

// serving runs a server in the bubble of the test.
func serving(t *testing.T, library Library) (*pipes, func() error) {
	l := newPipes()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- newServer(library, newSite()).Serve(ctx, l) }()
	return l, func() error {
		cancel()
		return <-ended
	}
}

func TestASlowClientIsCutOff(t *testing.T) {
	for name, c := range map[string]struct {
		send string
		most time.Duration
	}{
		"that never ends its headers": {"GET /feeds/news.atom HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: a", headerTime},
		"that says nothing":           {"", headerTime},
		"that never reads":            {"GET /feeds/news.atom HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", writeTime},
		"that sends a body for ever":  {"GET /feeds/news.atom HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999999\r\n\r\n", writeTime},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, stop := serving(t, newShelf())
				start := time.Now()
				client := l.dial()
				if _, err := io.WriteString(client, c.send); err != nil {
					t.Fatal(err)
				}
				time.Sleep(c.most + idleTime) // of the bubble
				if err := client.SetReadDeadline(time.Now().Add(time.Second)); !errors.Is(err, io.ErrClosedPipe) {
					rest, err := io.ReadAll(client)
					var timeout net.Error
					if errors.As(err, &timeout) && timeout.Timeout() {
						t.Errorf("after %s the connection is still open, with %q", time.Since(start), rest)
					}
				}
				client.Close()
				if err := stop(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestOversizedAndMalformedRequestsAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		send   string
		status string
	}{
		"headers too large":        {"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + strings.Repeat("a", maxHeader+8192) + "\r\n\r\n", "431"},
		"an address too long":      {"GET /" + strings.Repeat("a", maxHeader+8192) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "431"},
		"no host":                  {"GET / HTTP/1.1\r\n\r\n", "400"},
		"two hosts":                {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"},
		"no HTTP at all":           {"\x16\x03\x01\x00\x00\r\n\r\n", "400"},
		"a broken address":         {"GET /%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "400"},
		"two lengths":              {"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "400"},
		"an unknown transfer":      {"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: strange\r\n\r\n", "501"},
		"a header split in two":    {"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\r\n b : c\r\n d\r\n\r\n", "200"},
		"a colon after a blank":    {"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX : a\r\n\r\n", "400"},
		"a proxy's way of asking":  {"GET http://127.0.0.1/healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n", "200"},
		"an answer smuggled in it": {"GET /feeds/news%0d%0aX:%20y.atom HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "401"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, stop := serving(t, newShelf())
				client := l.dial()
				go func() { _, _ = io.WriteString(client, c.send) }() // refused before its end
				line, err := bufio.NewReader(client).ReadString('\n')
				if err != nil || !strings.Contains(line, " "+c.status+" ") {
					t.Errorf("%q, %v; not %s", line, err, c.status)
				}
				client.Close()
				if err := stop(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestAnswersUnderWayAreFinishedWhenTheServerStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		library := newShelf()
		library.wait, library.asked = make(chan struct{}), make(chan struct{})
		l, stop := serving(t, library)
		client := l.dial()
		defer client.Close()
		if _, err := io.WriteString(client, "GET /feeds/news.atom HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		<-library.asked
		stopped := make(chan error, 1)
		go func() { stopped <- stop() }()
		synctest.Wait()
		select {
		case err := <-stopped:
			t.Fatalf("it stopped before the answer was given: %v", err)
		default:
		}
		close(library.wait)
		got, err := http.ReadResponse(bufio.NewReader(client), nil)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(got.Body)
		if err != nil || got.StatusCode != http.StatusOK || !strings.Contains(string(body), "</feed>") {
			t.Errorf("%d, %v", got.StatusCode, err)
		}
		if err := <-stopped; err != nil {
			t.Error(err)
		}
	})
}

func TestAnAnswerThatNeverEndsDoesNotHoldTheServerUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		library := newShelf()
		library.wait, library.asked = make(chan struct{}), make(chan struct{})
		l, stop := serving(t, library)
		client := l.dial()
		defer client.Close()
		if _, err := io.WriteString(client, "GET /feeds/news.atom HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		<-library.asked
		start := time.Now()
		if err := stop(); err != nil || time.Since(start) > 10*time.Second {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		close(library.wait)
	})
}

func TestAListenerThatFailsEndsTheServer(t *testing.T) {
	l := newPipes()
	l.Close()
	if err := newServer(newShelf(), newSite()).Serve(t.Context(), l); !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
}

func FuzzRequests(f *testing.F) {
	for _, path := range append([]string{"/feeds/news.atom?page=2", "/feeds/secret.json", "/static/style.css", "/feeds/news/dropped.atom"}, allPages...) {
		f.Add(path, "gzip", `"x", W/"y"`, "bytes=0-1")
	}
	f.Fuzz(func(t *testing.T, path, encoding, match, span string) {
		s := newServer(newShelf(), newSite())
		r := request{Path: "/"}.make()
		u, err := r.URL.Parse(path)
		if err != nil || !strings.HasPrefix(u.Path, "/") {
			return
		}
		r.URL, r.RemoteAddr = u, elsewhere
		r.Header = http.Header{"Accept-Encoding": {encoding}, "If-None-Match": {match}, "Range": {span}}
		w := &recorder{header: http.Header{}}
		s.ServeHTTP(w, r)
		if w.status >= 500 && w.status != http.StatusServiceUnavailable || strings.Contains(w.body.String(), "For few") {
			t.Errorf("%q: %d %s", path, w.status, w.body.String())
		}
	})
}

// recorder takes an answer.
type recorder struct {
	header http.Header
	status int
	body   strings.Builder
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(p []byte) (int, error) { return r.body.Write(p) }
