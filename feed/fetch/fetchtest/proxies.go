package fetchtest

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"testing"
)

// Proxy passes everything on to one address, whatever it is asked for, and
// remembers that.
type Proxy struct {
	Address string // host:port

	to   string
	mu   sync.Mutex
	seen []string
	last *tls.ConnectionState
}

// Asked is what the proxy was asked for so far: host:port, or addresses.
func (p *Proxy) Asked() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.seen...)
}

// TLS is how the last client spoke to the proxy; nil: in plain text.
func (p *Proxy) TLS() *tls.ConnectionState {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last
}

func (p *Proxy) saw(target string, state *tls.ConnectionState) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen, p.last = append(p.seen, target), state
}

// NewHTTPProxy starts a proxy on loopback that knows CONNECT; with settings it
// is spoken to over TLS.
func NewHTTPProxy(t testing.TB, to string, settings *tls.Config) *Proxy {
	t.Helper()
	p := &Proxy{to: to}
	l := p.listen(t)
	if settings != nil {
		l = tls.NewListener(l, settings)
	}
	server := &http.Server{Handler: http.HandlerFunc(p.connect), TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){}}
	var done sync.WaitGroup
	done.Go(func() { _ = server.Serve(l) })
	t.Cleanup(func() { _ = server.Close(); done.Wait() })
	return p
}

func (p *Proxy) listen(t testing.TB) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.Address = l.Addr().String()
	return l
}

func (p *Proxy) connect(w http.ResponseWriter, r *http.Request) {
	p.saw(r.RequestURI, r.TLS)
	if r.Method != http.MethodConnect {
		r.URL.Host, r.RequestURI = p.to, ""
		response, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			http.Error(w, "no upstream", http.StatusBadGateway)
			return
		}
		defer response.Body.Close()
		for name, values := range response.Header {
			w.Header()[name] = values
		}
		w.WriteHeader(response.StatusCode)
		_, _ = io.Copy(w, response.Body)
		return
	}
	// Taken over before anything is answered: the client waits with its first
	// byte, and none of it is left behind in the server's buffer.
	client, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if _, err := io.WriteString(client, "HTTP/1.1 200 Connection established\r\n\r\n"); err == nil {
		p.pass(r.Context(), client)
	}
}

// pass carries bytes both ways until one side ends.
func (p *Proxy) pass(ctx context.Context, client net.Conn) {
	defer client.Close()
	var d net.Dialer
	upstream, err := d.DialContext(ctx, "tcp", p.to)
	if err != nil {
		return
	}
	defer upstream.Close()
	var both sync.WaitGroup
	for _, way := range [][2]net.Conn{{client, upstream}, {upstream, client}} {
		both.Go(func() {
			_, _ = io.Copy(way[0], way[1])
			_ = way[0].Close()
			_ = way[1].Close()
		})
	}
	both.Wait()
}

// NewSocksProxy starts a SOCKS5 proxy on loopback (RFC 1928), which wants no
// password.
func NewSocksProxy(t testing.TB, to string) *Proxy {
	t.Helper()
	p := &Proxy{to: to}
	l := p.listen(t)
	var mu sync.Mutex
	conns := map[net.Conn]bool{}
	var done sync.WaitGroup
	done.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			conns[c] = true
			mu.Unlock()
			done.Go(func() {
				defer c.Close()
				if target, err := greet(c); err == nil {
					p.saw(target, nil)
					p.pass(context.Background(), c)
				}
			})
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		mu.Lock()
		for c := range conns {
			_ = c.Close()
		}
		mu.Unlock()
		done.Wait()
	})
	return p
}

// greet reads what a client wants of a SOCKS5 proxy, and grants it.
func greet(c net.Conn) (target string, err error) {
	read := func(n int) []byte {
		b := make([]byte, n)
		if _, e := io.ReadFull(c, b); e != nil {
			err = e
		}
		return b
	}
	if methods := read(2); err == nil {
		read(int(methods[1]))
	}
	if err != nil {
		return "", err
	}
	if _, err = c.Write([]byte{5, 0}); err != nil {
		return "", err
	}
	host := ""
	switch head := read(4); head[3] {
	case 1:
		host = net.IP(read(4)).String()
	case 4:
		host = net.IP(read(16)).String()
	case 3:
		host = string(read(int(read(1)[0])))
	default:
		return "", errors.New("no address")
	}
	port := read(2)
	if err != nil {
		return "", err
	}
	_, err = c.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
	return net.JoinHostPort(host, strconv.Itoa(int(port[0])<<8|int(port[1]))), err
}
