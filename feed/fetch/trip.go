package fetch

import (
	"context"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"copydesk/feed"
)

const (
	maxHops = 10 // redirects that are followed
	// maxAddress bounds an address that an upstream names: it is kept.
	maxAddress = 8 << 10
)

// accept prefers feeds; any answer is looked at.
const accept = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, " +
	"application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"

// acceptPage is the same for pages.
const acceptPage = "text/html, application/xhtml+xml, */*;q=0.5"

// acceptEncoding names what decoders can undo.
const acceptEncoding = "gzip, br, zstd"

var redirects = map[int]bool{
	http.StatusMovedPermanently:  true,
	http.StatusFound:             true,
	http.StatusSeeOther:          true,
	http.StatusTemporaryRedirect: true,
	http.StatusPermanentRedirect: true,
}

// public are the headers a source may set that are no secret, and so go with
// it to other hosts.
var public = map[string]bool{"User-Agent": true, "Accept": true, "Accept-Language": true}

// ours are the headers a source can't set: they belong to the connection, or
// to what fetch keeps of earlier answers.
var ours = map[string]bool{
	"Accept-Encoding": true, "Connection": true, "Content-Length": true, "If-Match": true,
	"If-Modified-Since": true, "If-None-Match": true, "If-Range": true, "If-Unmodified-Since": true,
	"Keep-Alive": true, "Range": true, "Te": true, "Trailer": true, "Transfer-Encoding": true, "Upgrade": true,
}

// trip is one source being asked, over all redirects.
type trip struct {
	*Client
	source feed.Source
	home   *url.URL         // the configured address: its host gets the source's secrets
	known  feed.SourceState // only what counts for this trip

	at        *url.URL // the address asked now; without userinfo and fragment
	page      bool     // a page of the source is asked for, not the source
	away      bool     // has left home's host, and stays without its secrets
	permanent bool     // every redirect so far was
	hops      int
	seen      map[string]bool
	status    int           // of the last answer
	spent     time.Duration // in requests, not in waiting for budgets
}

func (c *Client) prepare(s feed.Source, state *feed.SourceState) (*trip, error) {
	home, err := parseAddress(s.URL, "the source's url")
	if err != nil {
		return nil, err
	}
	t := &trip{Client: c, source: s, home: home, permanent: true, seen: map[string]bool{}}
	t.at = bare(home)
	if state != nil && (state.URL == "" || state.URL == s.URL) {
		t.known = feed.SourceState{Validators: state.Validators, BodyHash: state.BodyHash}
		if moved, err := parseAddress(state.Address(s.URL), "the source's address"); err == nil {
			t.at = bare(moved)
		}
	}
	t.away = !sameHost(home, t.at)
	t.seen[t.at.String()] = true
	return t, nil
}

// parseAddress reads an address that can be asked; what says whose it is. Its
// errors don't repeat the address, which may hold a secret.
func parseAddress(address, what string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("%s can't be read as an address", what)
	}
	if err := askable(u); err != nil {
		return nil, err
	}
	return u, nil
}

func askable(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("%s addresses are not asked, only http and https", quote(u.Scheme))
	}
	if u.Hostname() == "" {
		return fmt.Errorf("an %s address without a host", u.Scheme)
	}
	return nil
}

// bare is an address as it is asked: without userinfo, without fragment.
func bare(u *url.URL) *url.URL {
	b := *u
	b.User, b.Fragment, b.RawFragment = nil, "", ""
	if b.Path == "" {
		b.Path = "/"
	}
	return &b
}

// sameHost reports whether what may be told to the one may be told to the
// other: the same host and port, or the same host when http became https.
func sameHost(from, to *url.URL) bool {
	if !strings.EqualFold(from.Hostname(), to.Hostname()) {
		return false
	}
	if from.Scheme == to.Scheme {
		return port(from) == port(to)
	}
	return from.Scheme == "http" && port(from) == "80" && to.Scheme == "https" && port(to) == "443"
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	if u.Scheme == "https" {
		return "443"
	}
	return "80"
}

// request makes the request for the present address, and tells whether it is
// conditional.
func (t *trip) request(ctx context.Context) (r *http.Request, conditional bool) {
	r = (&http.Request{
		Method: http.MethodGet, URL: t.at, Host: t.at.Host, Header: make(http.Header, 6),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}).WithContext(ctx)
	h := r.Header
	h["User-Agent"] = []string{t.userAgent}
	h["Accept"] = []string{accept}
	if t.page {
		h["Accept"] = []string{acceptPage}
	}
	h["Accept-Encoding"] = []string{acceptEncoding}
	if user := t.home.User; user != nil && !t.away {
		password, _ := user.Password()
		h.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(user.Username()+":"+password)))
	}
	for name, value := range t.source.Headers {
		name = http.CanonicalHeaderKey(name)
		switch {
		case ours[name] || t.away && !public[name]:
		case name == "Host":
			r.Host = value
		default:
			h.Set(name, value)
		}
	}
	if v := t.known.Validators; v.URL == t.at.String() {
		if v.ETag != "" {
			h["If-None-Match"] = []string{v.ETag}
		}
		if v.LastModified != "" {
			h["If-Modified-Since"] = []string{v.LastModified}
		}
		conditional = v.ETag != "" || v.LastModified != ""
	}
	return r, conditional
}

// settings are the source's TLS settings, as long as its own host is asked.
func (t *trip) settings() *feed.TLS {
	if t.away {
		return nil
	}
	return t.source.TLS
}

// redirect goes on to where an answer points.
func (t *trip) redirect(response *http.Response) error {
	location := strings.TrimSpace(response.Header.Get("Location"))
	if location == "" {
		return fmt.Errorf("it answered %d without saying where to go", response.StatusCode)
	}
	reference, err := url.Parse(location)
	if err != nil {
		return fmt.Errorf("it answered %d with a Location that is no address", response.StatusCode)
	}
	to := t.at.ResolveReference(reference)
	if len(location) > maxAddress || len(to.String()) > maxAddress {
		return fmt.Errorf("it redirects to an address of more than %d kB", maxAddress>>10)
	}
	if err := askable(to); err != nil {
		return fmt.Errorf("it redirects to where nobody goes: %w", err)
	}
	to = bare(to)
	t.hops++
	if t.hops > maxHops {
		return fmt.Errorf("it redirects more than %d times", maxHops)
	}
	if t.seen[to.String()] {
		return errors.New("it redirects in a circle; some do that to clients that keep no cookies")
	}
	t.seen[to.String()] = true
	status := response.StatusCode
	downgrade := t.at.Scheme == "https" && to.Scheme == "http"
	if status != http.StatusMovedPermanently && status != http.StatusPermanentRedirect || downgrade {
		t.permanent = false
	}
	if !sameHost(t.at, to) || !sameHost(t.home, to) {
		t.away = true
	}
	t.at = to
	return nil
}

var errTooSlow = errors.New("it gave no whole answer")

// cause is why a request ended: the deadline rather than what it did to the
// connection.
func cause(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// failure says of whom the error is, and what can be done.
func (t *trip) failure(err error) *feed.FetchError {
	host := t.home.Hostname()
	if t.page {
		host = t.at.Hostname()
	} else if t.at.Hostname() != host {
		host += ", redirecting to " + t.at.Hostname()
	}
	var e *feed.FetchError
	var blocked *blockedError
	switch {
	case errors.As(err, &e):
		e.Err = fmt.Errorf("%s: %w", host, e.Err)
		return e
	case errors.As(err, &blocked):
		return &feed.FetchError{Blocked: true, Err: fmt.Errorf("%s: %w", host, blocked)}
	case errors.As(err, new(x509.UnknownAuthorityError)):
		err = fmt.Errorf("%w; if it is a host of your own, name who signed its certificate in the source's tls.ca", err)
	case errors.Is(err, errTooSlow):
		err = fmt.Errorf("%w within %v; if it is only slow, raise polling.timeout", errTooSlow, t.polling.Timeout)
	}
	return &feed.FetchError{Status: t.status, Err: fmt.Errorf("%s: %w", host, tame(err))}
}

// tamed is an error with a text that is fit to be shown: upstream has a hand
// in what a broken answer's error says.
type tamed struct{ error }

func tame(err error) error { return tamed{err} }

func (e tamed) Unwrap() error { return e.error }

func (e tamed) Error() string { return printable(e.error.Error(), 300) }

// printable is at most so many characters of a text, on one line.
func printable(s string, limit int) string {
	var b strings.Builder
	for _, r := range s {
		if limit--; limit < 0 {
			b.WriteString("…")
			break
		}
		if !unicode.IsPrint(r) {
			r = ' '
		}
		b.WriteRune(r)
	}
	return b.String()
}

func quote(s string) string { return fmt.Sprintf("%q", printable(s, 40)) }

const (
	drainSize = 16 << 10
	drainTime = 100 * time.Millisecond
)

// drain reads what is left of a short body, so that the connection can be
// used again, but neither much nor long.
func drain(response *http.Response, cancel context.CancelFunc) {
	if response.ContentLength > drainSize {
		return
	}
	stop := time.AfterFunc(drainTime, cancel)
	defer stop.Stop()
	_, _ = io.CopyN(io.Discard, response.Body, drainSize) // whatever is wrong with it, nobody wants it
}
