// Package fetch gets the bytes of a source from its upstream.
//
// It is polite: requests are conditional with the validators upstream sent,
// byte for byte and for the one address they belong to (RFC 9110 §13); no
// cookies, referrers or parameters are added; every request, of whatever
// kind, goes through the budget of its host. It is hard to hurt: one deadline
// covers all that upstream does, sizes are bounded before and after each
// decoding, and the address that is dialled decides whether a request may
// leave, on every hop. Secrets of a source go to the source's own host and no
// other, and no error repeats an address beyond its host.
//
// What the bytes mean is left to parse, when to ask again to poll.
package fetch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/net/http/httpguts"

	"copydesk/feed"
)

const (
	defaultTimeout = 30 * time.Second
	defaultMaxSize = 16 << 20
	// maxValidator bounds an ETag or Last-Modified that is kept; a longer one
	// is upstream's fault and costs only an unconditional request.
	maxValidator = 4 << 10
)

// Options is all that a Client can be told. The zero value asks directly or
// through the proxies of the environment, and refuses private addresses.
type Options struct {
	Polling feed.Polling
	Version string // of copydesk; for the User-Agent
	About   string // the address in the User-Agent where an upstream can learn who asks
	// Budgets may be shared by several clients, one after another when the
	// configuration is reloaded; nil makes one from Polling.
	Budgets *Budgets
	Now     func() time.Time // nil: the system's clock
	TLS     *tls.Config      // of all hosts; nil: the system's roots
	// Proxy names the proxy of a request; nil takes it from the environment
	// (HTTPS_PROXY, NO_PROXY, …). A proxy may have a private address.
	Proxy    func(*http.Request) (*url.URL, error)
	Resolver *net.Resolver // nil: the system's
	// Dial, when set, makes all connections, without any guard: for tests
	// that have no network.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Client asks sources. It is safe for concurrent use.
type Client struct {
	polling   feed.Polling
	userAgent string
	budgets   *Budgets
	now       func() time.Time
	guard     guard
	transport *transport
	decoders  decoders
	slots     chan struct{} // requests in flight; nil: any number
}

// New makes a client. Limits that the options leave at zero get a default,
// except those per host, which are then off.
func New(o Options) *Client {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Polling.Timeout <= 0 {
		o.Polling.Timeout = defaultTimeout
	}
	if o.Polling.MaxSize <= 0 {
		o.Polling.MaxSize = defaultMaxSize
	}
	if o.Budgets == nil {
		o.Budgets = NewBudgets(o.Polling.PerHost, o.Polling.RequestsPerMinute, o.Now)
		o.Budgets.CountDomains(o.Polling.PerDomain)
	}
	c := &Client{
		polling:   o.Polling,
		userAgent: userAgent(o.Version, o.About),
		budgets:   o.Budgets,
		now:       o.Now,
		guard:     newGuard(o.Polling),
	}
	c.transport = newTransport(o, c.guard)
	if o.Polling.Concurrency > 0 {
		c.slots = make(chan struct{}, o.Polling.Concurrency)
	}
	return c
}

func userAgent(version, about string) string {
	if version == "" {
		version = "dev"
	}
	if about == "" {
		return "copydesk/" + version
	}
	return "copydesk/" + version + " (+" + about + ")"
}

// Budgets are the budgets of hosts that the client keeps to.
func (c *Client) Budgets() *Budgets { return c.budgets }

// Close lets go of idle connections.
func (c *Client) Close() { c.transport.close() }

// Fetch asks a source once, following redirects. state holds what is known of
// it and may be nil; its validators are sent only to the address they belong
// to, and nothing of it counts when the configured address has changed. Fetch
// waits for the budget of the host first, which can take minutes: callers
// that bound their concurrency should not count the wait. The error is a
// *feed.FetchError.
func (c *Client) Fetch(ctx context.Context, s feed.Source, state *feed.SourceState) (*feed.Retrieval, error) {
	t, err := c.prepare(s, state)
	if err != nil {
		return nil, &feed.FetchError{Err: err}
	}
	return t.make(ctx)
}

// Page asks once for a page that a source's entry stands on, as Fetch does for
// the source: unconditionally, since it is asked for once, and with the
// source's secrets only where it is of the source's own host.
func (c *Client) Page(ctx context.Context, s feed.Source, address string) (*feed.Retrieval, error) {
	t, err := c.prepare(s, nil)
	if err != nil {
		return nil, &feed.FetchError{Err: err}
	}
	at, err := parseAddress(address, "the entry's link")
	if err != nil {
		return nil, &feed.FetchError{Err: err}
	}
	t.at = bare(at)
	t.page, t.away = true, !sameHost(t.home, t.at)
	t.seen = map[string]bool{t.at.String(): true}
	return t.make(ctx)
}

// make makes the trip, and keeps the host's budget informed.
func (t *trip) make(ctx context.Context) (*feed.Retrieval, error) {
	got, err := t.run(ctx)
	if err == nil {
		t.budgets.answer(t.at.Hostname(), t.source.Name)
		return got, nil
	}
	e := t.failure(err)
	if e.Refused && e.Status != 0 {
		t.budgets.refuse(t.at.Hostname(), t.source.Name, e.RetryAfter)
	}
	return nil, e
}

// run goes from address to address until one has an answer.
func (t *trip) run(ctx context.Context) (*feed.Retrieval, error) {
	for {
		leave, err := t.enter(ctx, t.at.Hostname())
		if err != nil {
			return nil, err
		}
		got, err := t.ask(ctx)
		leave()
		if got != nil || err != nil {
			return got, err
		}
	}
}

// enter waits until a request may go to a host: first for the host's budget,
// so that one busy host doesn't keep the others waiting, then for a place
// among the requests in flight. leave gives both back.
func (c *Client) enter(ctx context.Context, host string) (leave func(), err error) {
	if err := c.guard.literal(host); err != nil {
		return nil, err
	}
	release, err := c.budgets.Acquire(ctx, host)
	if err != nil || c.slots == nil {
		return release, err
	}
	select {
	case c.slots <- struct{}{}:
		return func() { <-c.slots; release() }, nil
	case <-ctx.Done():
		release()
		return nil, context.Cause(ctx)
	}
}

// ask makes one request. Nothing and no error is a redirect, which was taken.
func (t *trip) ask(ctx context.Context) (*feed.Retrieval, error) {
	start := time.Now()
	ctx, cancel := context.WithTimeoutCause(ctx, t.polling.Timeout-t.spent, errTooSlow)
	defer cancel()
	defer func() { t.spent += time.Since(start) }()
	t.status = 0

	request, conditional := t.request(ctx)
	response, err := t.transport.roundTrip(request, t.settings())
	if err != nil {
		return nil, cause(ctx, err)
	}
	defer response.Body.Close()
	t.status = response.StatusCode
	switch status := response.StatusCode; {
	case status == http.StatusOK || status == http.StatusNonAuthoritativeInfo:
		got, err := t.receive(ctx, response)
		if err != nil {
			return nil, cause(ctx, err)
		}
		got.Took = t.spent + time.Since(start)
		return got, nil
	case status == http.StatusNotModified && conditional:
		got := t.retrieval(response)
		got.NotModified = true
		got.BodyHash = t.known.BodyHash
		got.Validators = updated(t.known.Validators, got.Validators)
		got.Took = t.spent + time.Since(start)
		return got, nil
	case redirects[status]:
		err := t.redirect(response)
		drain(response, cancel)
		return nil, err
	default:
		err := t.refusal(response)
		drain(response, cancel)
		return nil, err
	}
}

// retrieval is what every good answer has.
func (t *trip) retrieval(response *http.Response) *feed.Retrieval {
	address := t.at.String()
	got := &feed.Retrieval{
		Status: response.StatusCode,
		URL:    address,
		Header: response.Header,
		Fresh:  freshness(response.Header, t.now()),
		Validators: feed.Validators{
			URL:          address,
			ETag:         validator(response.Header.Get("ETag")),
			LastModified: validator(response.Header.Get("Last-Modified")),
		},
	}
	got.Header.Del("Set-Cookie")
	if t.hops > 0 && t.permanent {
		got.Moved = address
	}
	return got
}

// validator is a value that can be sent back as it is, or nothing.
func validator(value string) string {
	if len(value) > maxValidator || !httpguts.ValidHeaderFieldValue(value) {
		return ""
	}
	return value
}

// updated are the validators after a 304 (RFC 9111 §4.3.4): those it sent,
// and of the former ones those it didn't.
func updated(known, sent feed.Validators) feed.Validators {
	if sent.ETag == "" {
		sent.ETag = known.ETag
	}
	if sent.LastModified == "" {
		sent.LastModified = known.LastModified
	}
	return sent
}

// receive reads a document.
func (t *trip) receive(ctx context.Context, response *http.Response) (*feed.Retrieval, error) {
	if response.Header.Get("Content-Encoding") == "" && response.ContentLength > t.polling.MaxSize {
		return nil, tooLarge(t.polling.MaxSize)
	}
	got := t.retrieval(response)
	body, err := t.decoders.read(response, t.polling.MaxSize)
	defer t.decoders.release(body)
	got.Bytes = body.received
	if errors.Is(err, errCut) && len(body.data) > 0 && ctx.Err() == nil {
		// What came before the break is of use, but isn't what the next
		// answer is to be compared with.
		got.Cut, got.Body = true, bytes.Clone(body.data)
		got.Validators, got.BodyHash = t.known.Validators, t.known.BodyHash
		return got, nil
	}
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body.data)
	got.BodyHash = hex.EncodeToString(sum[:])
	if got.BodyHash == t.known.BodyHash {
		got.NotModified = true
		return got, nil
	}
	got.Body = bytes.Clone(body.data)
	if got.Body == nil {
		got.Body = []byte{}
	}
	return got, nil
}

// refusal is the error of an answer without a document.
func (t *trip) refusal(response *http.Response) error {
	status := response.StatusCode
	e := &feed.FetchError{
		Status:     status,
		Gone:       status == http.StatusGone,
		Refused:    status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable,
		RetryAfter: retryAfter(response.Header, t.now()),
	}
	text := fmt.Sprintf("it answered %d", status)
	if name := http.StatusText(status); name != "" {
		text += " " + name
	}
	if hint := hints[status]; hint != "" && !t.page {
		text += ": " + hint
	}
	if response.Header.Get("Cf-Mitigated") == "challenge" {
		text += ": it asks for a browser (a challenge page)"
	}
	e.Err = errors.New(text)
	return e
}

// hints say what a person can do about a status.
var hints = map[int]string{
	http.StatusNoContent:         "there is no document",
	http.StatusPartialContent:    "a part of the document, for which nobody asked",
	http.StatusNotModified:       "nobody asked whether the document was modified",
	http.StatusUnauthorized:      "give the source its credentials, in its url or its headers",
	http.StatusForbidden:         "it may ask for credentials or for another User-Agent, which the source's headers can give",
	http.StatusNotFound:          "see whether the source's url is still right",
	http.StatusProxyAuthRequired: "give the proxy's credentials in the proxy's address",
	http.StatusGone:              "it says that the document is gone for good",
}
