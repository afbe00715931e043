package websub

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// answerTime is how long a hub may take to verify.
	answerTime = time.Hour
	// maxPatience bounds the wait before a hub that failed is asked again.
	maxPatience = 24 * time.Hour
	defaultIn   = 16 << 20
	// askEvery is how often a hub is asked at most, however short its leases.
	askEvery = 10 * time.Minute
	// mostReading is how many deliveries are read at once; others come again.
	mostReading = 16
)

// Lease is a subscription of ours at a hub.
type Lease struct {
	Source string // name
	Hub    string
	Topic  string
	ID     string // unguessable last part of the callback
	// Callback is where the hub was told to deliver.
	Callback string
	Secret   string // signs what the hub sends
	// Asked is when the hub was last asked; Verified when it last confirmed.
	Asked    time.Time
	Verified time.Time
	Expires  time.Time // zero until it was confirmed
	Failures int       // in a row
	Error    string    // of the last attempt
}

// Active reports whether the hub delivers now.
func (l *Lease) Active(now time.Time) bool { return now.Before(l.Expires) }

// LeaseStore keeps leases, one for a source. A lease that isn't there has no
// Source.
type LeaseStore interface {
	Lease(ctx context.Context, source string) (Lease, error)
	LeaseByID(ctx context.Context, id string) (Lease, error)
	SetLease(ctx context.Context, l Lease) error
	DropLease(ctx context.Context, source string) error
}

// Subscriber subscribes to what sources' hubs offer, and takes in what they
// deliver.
type Subscriber struct {
	Callback func() string // address under which ServeHTTP is reached from outside, as it is now; ends in "/"
	Store    LeaseStore
	Client   *http.Client  // guarded
	Random   func() string // an unguessable word for addresses and secrets, new each time
	Now      func() time.Time
	Log      *slog.Logger
	// MaxSize bounds a delivery, in bytes; 0, or nil: 16 MB.
	MaxSize func() int64
	// Take is handed what was delivered, after its signature was checked. It
	// should only note it: hubs don't wait long. An error makes the hub
	// deliver again.
	Take func(ctx context.Context, d Delivery) error

	reading atomic.Int32 // deliveries that are being read
}

// Delivery is content that a hub sent, with our signature.
type Delivery struct {
	Source string
	Hub    string
	Topic  string // that was subscribed to
	Self   string // the topic that the delivery's Link headers name; empty: none
	Header http.Header
	Body   []byte
}

// Ensure sees to it that a source's topic is subscribed to at its hub, as far
// as that can be done now: it asks for a new lease, and for a further one
// before the old one ends. It reports whether the hub delivers at present.
// It is called after each poll of a source that names a hub.
func (s *Subscriber) Ensure(ctx context.Context, source, hub, topic string) (active bool, err error) {
	l, err := s.Store.Lease(ctx, source)
	if err != nil {
		return false, fmt.Errorf("looking up the lease of %s: %w", source, err)
	}
	now := s.Now()
	base := s.Callback()
	// Another hub knows nothing of the old one's secret, and what is delivered
	// to an address that we had once is lost.
	if l.Hub != hub || l.Topic != topic || l.Callback != base+l.ID {
		l = Lease{Source: source, Hub: hub, Topic: topic, ID: s.Random(), Secret: s.Random()}
		l.Callback = base + l.ID
	}
	if !s.toAsk(&l, now) {
		return l.Active(now), nil
	}
	l.Asked = now
	// Stored first: the hub may verify before it has answered.
	if err := s.Store.SetLease(ctx, l); err != nil {
		return false, fmt.Errorf("storing the lease of %s: %w", source, err)
	}
	if err := s.ask(ctx, &l, "subscribe"); err != nil {
		err = fmt.Errorf("subscribing at %s: %w", host(hub), err)
		return l.Active(now), errors.Join(err, s.fail(ctx, source, err))
	}
	return l.Active(now), nil
}

// toAsk reports whether it is time to ask the hub.
func (s *Subscriber) toAsk(l *Lease, now time.Time) bool {
	if l.Asked.After(now) { // the clock went back
		return true
	}
	if now.Sub(l.Asked) < askEvery {
		return false
	}
	patience := answerTime
	for range min(l.Failures, 10) {
		patience = min(2*patience, maxPatience)
	}
	answered := l.Failures == 0 && !l.Verified.Before(l.Asked)
	if !answered && now.Sub(l.Asked) < patience {
		return false // it is to answer yet, or has failed a moment ago
	}
	return l.Expires.Sub(now) <= l.Expires.Sub(l.Verified)/4 // in the last quarter of the lease
}

// Leave ends the subscription of a source that is no longer polled.
func (s *Subscriber) Leave(ctx context.Context, source string) error {
	l, err := s.Store.Lease(ctx, source)
	if err != nil || l.Source == "" {
		return err
	}
	// Without a lease the hub's question is answered yes, and content refused.
	if err := s.Store.DropLease(ctx, source); err != nil {
		return err
	}
	if err := s.ask(ctx, &l, "unsubscribe"); err != nil {
		return fmt.Errorf("unsubscribing at %s: %w", host(l.Hub), err)
	}
	return nil
}

func (s *Subscriber) fail(ctx context.Context, source string, cause error) error {
	l, err := s.Store.Lease(ctx, source)
	if err != nil || l.Source == "" {
		return err
	}
	l.Failures++
	l.Error = cause.Error()
	return s.Store.SetLease(ctx, l)
}

// ask sends a request to the hub (§5.1).
func (s *Subscriber) ask(ctx context.Context, l *Lease, mode string) error {
	form := url.Values{
		"hub.mode": {mode}, "hub.topic": {l.Topic}, "hub.callback": {l.Callback}, "hub.secret": {l.Secret},
		"hub.lease_seconds": {strconv.Itoa(int(defaultLease / time.Second))},
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, l.Hub, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	client := *s.Client
	client.CheckRedirect = sameRequest
	response, err := client.Do(request)
	if err != nil {
		return bare(err)
	}
	defer response.Body.Close()
	if response.StatusCode/100 != 2 {
		why, _ := io.ReadAll(io.LimitReader(response.Body, 200)) // the hub may say why
		return fmt.Errorf("it answered %d %q", response.StatusCode, why)
	}
	return nil
}

// maxHops is how often a hub may lead on to another address.
const maxHops = 3

// sameRequest follows redirects that leave the request as it is (307, 308),
// as §5.1 has it: others would make a question of it. The secret isn't told
// where anybody could hear it, if it wasn't before.
func sameRequest(next *http.Request, via []*http.Request) error {
	if next.Method != http.MethodPost || len(via) > maxHops || next.URL.Scheme != "https" && via[0].URL.Scheme == "https" {
		return http.ErrUseLastResponse
	}
	return nil
}

// ServeHTTP answers hubs: their verifications (GET) and deliveries (POST),
// under an address whose last part is a lease's ID.
func (s *Subscriber) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l, err := s.Store.LeaseByID(r.Context(), path.Base(r.URL.Path))
	if err != nil {
		s.Log.Error("a lease could not be looked up", "error", err)
		http.Error(w, "try again later", http.StatusInternalServerError)
		return
	}
	switch r.Method {
	case http.MethodGet:
		s.verify(w, r, l)
	case http.MethodPost:
		s.receive(w, r, l)
	default:
		w.Header().Set("Allow", "GET, POST")
		http.Error(w, "this address is for WebSub hubs", http.StatusMethodNotAllowed)
	}
}

// verify confirms what we asked for, and nothing else (§5.3).
func (s *Subscriber) verify(w http.ResponseWriter, r *http.Request, l Lease) {
	q := r.URL.Query()
	now := s.Now()
	switch mode := q.Get("hub.mode"); {
	case mode == "unsubscribe" && l.Source == "":
		s.echo(w, q)
	case l.Source == "" || q.Get("hub.topic") != l.Topic:
		http.NotFound(w, r)
	case mode == "denied":
		s.denied(w, r, l, now)
	case mode == "subscribe" && now.Sub(l.Asked) <= answerTime:
		seconds, err := strconv.ParseInt(q.Get("hub.lease_seconds"), 10, 32)
		if err != nil || seconds <= 0 {
			seconds = int64(defaultLease / time.Second) // §5.3 has hubs send it; old ones don't
		}
		l.Verified, l.Failures, l.Error = now, 0, ""
		l.Expires = now.Add(min(time.Duration(seconds)*time.Second, 3*maxLease))
		if err := s.Store.SetLease(r.Context(), l); err != nil {
			s.Log.Error("a lease could not be stored", "source", l.Source, "error", err)
			http.Error(w, "try again later", http.StatusInternalServerError)
			return
		}
		s.echo(w, q)
	default:
		http.NotFound(w, r)
	}
}

// denied takes in that the hub won't deliver, or not any more (§5.2).
func (s *Subscriber) denied(w http.ResponseWriter, r *http.Request, l Lease, now time.Time) {
	why := fmt.Errorf("the hub refuses the subscription: %.200q", r.URL.Query().Get("hub.reason"))
	s.Log.Info("a hub refused a subscription", "source", l.Source, "error", why)
	l.Failures++
	l.Error, l.Asked = why.Error(), now // it is asked again, but not at once
	if l.Active(now) {
		l.Expires = now
	}
	if err := s.Store.SetLease(r.Context(), l); err != nil {
		s.Log.Error("a lease could not be stored", "source", l.Source, "error", err)
		http.Error(w, "try again later", http.StatusInternalServerError)
	}
}

// echo gives the challenge back, as text that no browser takes for a page.
func (s *Subscriber) echo(w http.ResponseWriter, q url.Values) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = io.WriteString(w, q.Get("hub.challenge")) // a hub that has gone away asks again
}

// receive takes a delivery (§7).
func (s *Subscriber) receive(w http.ResponseWriter, r *http.Request, l Lease) {
	if l.Source == "" {
		http.Error(w, "nobody here subscribes to this", http.StatusGone)
		return
	}
	if r.Header.Get("X-Hub-Signature") == "" { // not worth reading
		s.ignore(w, l)
		return
	}
	if s.reading.Add(1) > mostReading {
		s.reading.Add(-1)
		comeAgain(w)
		return
	}
	defer s.reading.Add(-1)
	limit := int64(0)
	if s.MaxSize != nil {
		limit = s.MaxSize()
	}
	if limit <= 0 {
		limit = defaultIn
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		http.Error(w, "that is too much", http.StatusRequestEntityTooLarge)
		return
	case err != nil:
		http.Error(w, "the body broke off", http.StatusBadRequest)
		return
	}
	if !signed(l.Secret, r.Header.Get("X-Hub-Signature"), body) {
		s.ignore(w, l)
		return
	}
	d := Delivery{Source: l.Source, Hub: l.Hub, Topic: l.Topic, Self: topicOf(r.Header, l.Topic), Header: r.Header, Body: body}
	if err := s.Take(r.Context(), d); err != nil {
		s.Log.Error("a delivery could not be taken in", "source", l.Source, "error", err)
		comeAgain(w)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

func comeAgain(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "60")
	http.Error(w, "try again later", http.StatusServiceUnavailable)
}

// ignore leaves out what isn't signed by the hub, but the sender needn't know
// (§7.1).
func (s *Subscriber) ignore(w http.ResponseWriter, l Lease) {
	s.Log.Warn("a delivery without the right signature was ignored", "source", l.Source, "hub", host(l.Hub))
	w.WriteHeader(http.StatusAccepted)
}
