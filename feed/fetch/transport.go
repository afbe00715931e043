package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

const (
	maxHeader   = 128 << 10 // of an answer, its interim answers included
	idleTimeout = 90 * time.Second
	dialTimeout = 15 * time.Second // one address of a host doesn't use up the time of the others
)

// transport makes connections: directly, where every address dialled is
// judged, or to the user's own proxy, which isn't.
type transport struct {
	proxy   func(*http.Request) (*url.URL, error)
	direct  *http.Transport
	proxied *http.Transport
}

func newTransport(o Options, g guard) *transport {
	t := &transport{proxy: o.Proxy}
	if t.proxy == nil {
		t.proxy = http.ProxyFromEnvironment
	}
	dialer := net.Dialer{Timeout: dialTimeout, Resolver: o.Resolver}
	guarded := dialer
	guarded.Control = g.control
	t.direct, t.proxied = connections(o), connections(o)
	t.direct.DialContext, t.proxied.DialContext = guarded.DialContext, dialer.DialContext
	if o.Dial != nil {
		t.direct.DialContext, t.proxied.DialContext = o.Dial, o.Dial
	}
	t.proxied.Proxy = t.proxy
	return t
}

func connections(o Options) *http.Transport {
	t := &http.Transport{
		TLSClientConfig:        o.TLS.Clone(),
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

func (t *transport) roundTrip(r *http.Request) (*http.Response, error) {
	proxy, err := t.proxy(r)
	if err != nil {
		return nil, errors.New("the address of the proxy can't be read; see HTTP_PROXY and HTTPS_PROXY")
	}
	if proxy != nil {
		return t.proxied.RoundTrip(r)
	}
	return t.direct.RoundTrip(r)
}

func (t *transport) close() {
	t.direct.CloseIdleConnections()
	t.proxied.CloseIdleConnections()
}

// HTTP is a client with the same manners and guard for whatever else copydesk
// asks of other hosts: full texts, hubs. It waits for budgets, keeps no
// cookies and sends no referrers; reading more than polling.max_size of a
// body is an error. A body that isn't closed keeps its place among the
// requests in flight.
func (c *Client) HTTP() *http.Client {
	return &http.Client{
		Transport: guarded{c},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) > maxHops {
				return fmt.Errorf("more than %d redirects", maxHops)
			}
			return askable(r.URL)
		},
	}
}

// guarded is a Client as a RoundTripper.
type guarded struct{ *Client }

func (g guarded) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := askable(r.URL); err != nil {
		return nil, err
	}
	leave, err := g.enter(r.Context(), r.URL.Hostname())
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(r.Context(), g.polling.Timeout, errTooSlow)
	done := sync.OnceFunc(func() { cancel(); leave() })
	r = r.Clone(ctx)
	r.Header.Del("Referer")
	if r.Header.Get("User-Agent") == "" {
		r.Header.Set("User-Agent", g.userAgent)
	}
	response, err := g.transport.roundTrip(r)
	if err != nil {
		err = cause(ctx, err)
		done()
		return nil, err
	}
	response.Body = &boundBody{bounded: bounded{r: response.Body, left: g.polling.MaxSize, limit: g.polling.MaxSize}, body: response.Body, done: done}
	return response, nil
}

// boundBody is a body that ends with an error where it gets too large.
type boundBody struct {
	bounded
	body io.Closer
	done func()
}

func (b *boundBody) Close() error {
	defer b.done()
	return b.body.Close()
}
