package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync"
	"time"

	"golang.org/x/net/http2"

	"copydesk/feed"
)

const (
	maxHeader   = 128 << 10 // of an answer, its interim answers included
	idleTimeout = 90 * time.Second
	dialTimeout = 15 * time.Second // one address of a host doesn't use up the time of the others
	maxTries    = 3                // of a request that an upstream says it didn't take up
)

// dialFunc makes a connection.
type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// transport makes connections: directly, where every address dialled is
// judged, or to the user's own proxy, which isn't. A connection serves only
// requests with the same TLS settings and over the same proxy.
type transport struct {
	options Options
	guard   guard
	proxy   func(*http.Request) (*url.URL, error)
	direct  dialFunc // to upstreams
	free    dialFunc // to proxies

	mu    sync.Mutex
	pools map[poolKey]*http.Transport
}

// poolKey is what requests have in common that share connections.
type poolKey struct {
	tls   tlsKey
	proxy string // its address; empty: none
}

func newTransport(o Options, g guard) *transport {
	t := &transport{options: o, guard: g, proxy: o.Proxy, pools: map[poolKey]*http.Transport{}}
	if t.proxy == nil {
		t.proxy = http.ProxyFromEnvironment
	}
	dialer := net.Dialer{Timeout: dialTimeout, Resolver: o.Resolver}
	guarded := dialer
	guarded.Control = g.control
	t.direct, t.free = guarded.DialContext, dialer.DialContext
	if o.Dial != nil {
		t.direct, t.free = o.Dial, o.Dial
	}
	return t
}

// roundTrip makes a request; own are TLS settings for its host, nil for none.
func (t *transport) roundTrip(r *http.Request, own *feed.TLS) (*http.Response, error) {
	proxy, err := t.proxy(r)
	if err != nil {
		return nil, errors.New("the address of the proxy can't be read; see HTTP_PROXY and HTTPS_PROXY")
	}
	if proxy != nil {
		if err := t.judge(r, proxy); err != nil {
			return nil, err
		}
	}
	pool, err := t.pool(own, proxy)
	if err != nil {
		return nil, err
	}
	if r.URL.Scheme != "https" {
		return pool.RoundTrip(r)
	}
	// Over HTTP/2, the transport asks again when it was sent away, on one
	// connection after the other, for as long as it takes.
	ctx, cancel := context.WithCancelCause(r.Context()) // ends with the request's own
	tries := 0
	response, err := pool.RoundTrip(r.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) {
		if tries++; tries > maxTries {
			cancel(errSentAway)
		}
	}})))
	if err != nil && context.Cause(ctx) == errSentAway {
		err = errSentAway
	}
	return response, err
}

var errSentAway = errors.New("it sends every request away unanswered")

// pool are the connections for requests of a kind.
func (t *transport) pool(own *feed.TLS, proxy *url.URL) (*http.Transport, error) {
	key := poolKey{}
	if own != nil {
		key.tls = keyOf(own)
	}
	if proxy != nil {
		key.proxy = proxy.String()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if pool := t.pools[key]; pool != nil {
		return pool, nil
	}
	settings, err := settingsOf(own, t.options.TLS)
	if err != nil {
		return nil, err
	}
	pool := connections(t.options)
	pool.TLSClientConfig = settings
	// Not net/http's own HTTP/2: in Go 1.26 a server can halt it for all hosts
	// by a window that is too large.
	//lint:ignore SA1019 what is to be set instead is what this avoids
	if err := http2.ConfigureTransport(pool); err != nil {
		return nil, err
	}
	switch {
	case proxy == nil:
		pool.DialContext = t.direct
	case proxy.Scheme == resolvingHere:
		pool.DialContext = t.overSocks(proxy)
	default:
		pool.DialContext, pool.Proxy = t.free, http.ProxyURL(proxy)
		// What holds for the source's host doesn't for a proxy that speaks TLS.
		pool.DialTLSContext = t.toProxy(proxy.Hostname())
	}
	t.pools[key] = pool
	return pool, nil
}

func connections(o Options) *http.Transport {
	t := &http.Transport{
		TLSHandshakeTimeout:    dialTimeout,
		DisableCompression:     true, // decoders do it, within bounds
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    max(2, o.Polling.PerHost),
		IdleConnTimeout:        idleTimeout,
		MaxResponseHeaderBytes: maxHeader,
		HTTP2: &http.HTTP2Config{
			MaxReceiveBufferPerStream:     1 << 20,
			MaxReceiveBufferPerConnection: 2 << 20,
			SendPingTimeout:               idleTimeout / 3, // finds connections that died while the machine slept
			PingTimeout:                   dialTimeout,
		},
	}
	if o.Polling.PerHost <= 0 {
		t.MaxIdleConnsPerHost = max(2, o.Polling.Concurrency)
	}
	return t
}

func (t *transport) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, pool := range t.pools {
		pool.CloseIdleConnections()
	}
}

// toProxy connects to a proxy that speaks TLS itself.
func (t *transport) toProxy(name string) dialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := t.free(ctx, network, address)
		if err != nil {
			return nil, err
		}
		settings, err := settingsOf(nil, t.options.TLS)
		if err != nil {
			return nil, errors.Join(err, conn.Close())
		}
		settings.ServerName = name
		ctx, cancel := context.WithTimeout(ctx, dialTimeout)
		defer cancel()
		secure := tls.Client(conn, settings)
		if err := secure.HandshakeContext(ctx); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
		return secure, nil
	}
}
