package websub

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	defaultLease = 10 * 24 * time.Hour
	minLease     = 5 * time.Minute
	maxLease     = 30 * 24 * time.Hour
	// deafAfter is how many contents in a row a subscriber may fail to take,
	// each after all attempts, before it is forgotten.
	deafAfter = 5
)

// Subscription is a subscriber's wish to be told of a topic.
type Subscription struct {
	Topic    string
	Callback string
	Secret   string // signs the content; empty: unsigned
	Expires  time.Time
	Failures int // contents in a row that couldn't be delivered
}

// HubStore keeps subscriptions. Topic and callback identify one.
type HubStore interface {
	Subscriptions(ctx context.Context, topic string) ([]Subscription, error)
	SetSubscription(ctx context.Context, s Subscription) error
	DropSubscription(ctx context.Context, topic, callback string) error
}

// HubOptions is what a Hub needs.
type HubOptions struct {
	URL       func() string           // the hub's own address, as it is now
	Topic     func(topic string) bool // is this an edition of ours that may be subscribed to?
	Store     HubStore
	Client    *http.Client  // guarded; its redirects are not followed
	Random    func() string // an unguessable word, new each time
	Now       func() time.Time
	Log       *slog.Logger
	PerTopic  int // subscriptions of a topic at most; 0: 1,000
	Waiting   int // verifications and deliveries waiting at most; 0: 10,000
	Exchanges int // requests at once; 0: 8
}

// Content is what subscribers are sent.
type Content struct {
	Type string // Content-Type
	Body []byte // not to be changed afterwards
}

// Hub takes subscriptions and distributes content. Run has to run for
// anything to be verified or delivered.
type Hub struct {
	o      HubOptions
	client *http.Client
	work   *work
}

// NewHub makes a hub.
func NewHub(o HubOptions) *Hub {
	if o.PerTopic <= 0 {
		o.PerTopic = 1000
	}
	if o.Waiting <= 0 {
		o.Waiting = 10_000
	}
	if o.Exchanges <= 0 {
		o.Exchanges = 8
	}
	client := *o.Client
	// Only the address that was verified is told anything.
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Hub{o: o, client: &client, work: newWork(o.Now, o.Waiting, o.Exchanges)}
}

// Run verifies and delivers until the context ends.
func (h *Hub) Run(ctx context.Context) { h.work.run(ctx) }

// ServeHTTP takes requests to subscribe and to unsubscribe (§5.1). What is
// wrong with one is said at once; what is right is verified later.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "this is a WebSub hub: POST hub.mode, hub.topic and hub.callback to it", http.StatusMethodNotAllowed)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "the form can't be read", http.StatusBadRequest)
		return
	}
	wish, err := h.wish(r.PostForm)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if wish.subscribe {
		full, err := h.full(r.Context(), wish.Subscription)
		if err != nil {
			h.o.Log.Error("subscriptions could not be read", "error", err)
			http.Error(w, "the hub can't reach its store", http.StatusInternalServerError)
			return
		}
		if full {
			busy(w, "this topic has as many subscribers as the hub can serve")
			return
		}
	}
	key := "verify " + wish.Topic + " " + wish.Callback
	if !h.work.add(key, func(ctx context.Context, _ int) bool { h.verify(ctx, wish); return true }) {
		busy(w, "the hub has too much to do")
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

func busy(w http.ResponseWriter, why string) {
	w.Header().Set("Retry-After", "3600")
	http.Error(w, why, http.StatusServiceUnavailable)
}

// wish is a request to the hub, not yet verified.
type wish struct {
	Subscription
	subscribe bool
	lease     time.Duration
}

func (h *Hub) wish(form url.Values) (wish, error) {
	v := wish{Subscription: Subscription{Topic: form.Get("hub.topic"), Callback: form.Get("hub.callback"), Secret: form.Get("hub.secret")}, lease: defaultLease}
	switch form.Get("hub.mode") {
	case "subscribe":
		v.subscribe = true
	case "unsubscribe":
	case "publish":
		return v, errors.New("hub.mode publish: this hub distributes its own feeds only, and knows when they change")
	default:
		return v, errors.New("hub.mode has to be subscribe or unsubscribe")
	}
	if _, ok := address(v.Callback); !ok {
		return v, errors.New("hub.callback has to be an http or https address")
	}
	if !h.o.Topic(v.Topic) {
		return v, errors.New("hub.topic is no feed of this hub; take the rel=self link of the feed")
	}
	if len(v.Secret) > maxSecret {
		return v, fmt.Errorf("hub.secret may have %d bytes", maxSecret)
	}
	if seconds := form.Get("hub.lease_seconds"); seconds != "" {
		n, err := strconv.ParseInt(seconds, 10, 32)
		if err != nil || n < 0 {
			return v, errors.New("hub.lease_seconds has to be a number of seconds")
		}
		if n > 0 {
			v.lease = min(max(time.Duration(n)*time.Second, minLease), maxLease)
		}
	}
	return v, nil
}

// full reports whether there is no room for one more subscription.
func (h *Hub) full(ctx context.Context, s Subscription) (bool, error) {
	all, err := h.o.Store.Subscriptions(ctx, s.Topic)
	if err != nil {
		return false, err
	}
	n := 0
	for _, one := range all {
		if one.Callback == s.Callback {
			return false, nil
		}
		if one.Expires.After(h.o.Now()) {
			n++
		}
	}
	return n >= h.o.PerTopic, nil
}

// verify asks the callback whether the wish is its own (§5.3), and grants it.
func (h *Hub) verify(ctx context.Context, v wish) {
	log := h.o.Log.With("topic", v.Topic, "callback", host(v.Callback))
	if err := h.confirm(ctx, v); err != nil {
		log.Info("a subscriber did not confirm", "subscribe", v.subscribe, "error", err)
		return
	}
	var err error
	if v.subscribe {
		v.Expires = h.o.Now().Add(v.lease)
		err = h.o.Store.SetSubscription(ctx, v.Subscription)
	} else {
		err = h.o.Store.DropSubscription(ctx, v.Topic, v.Callback)
	}
	if err != nil {
		log.Error("a subscription could not be stored", "error", err)
	}
}

func (h *Hub) confirm(ctx context.Context, v wish) error {
	u, err := url.Parse(v.Callback)
	if err != nil {
		return err
	}
	challenge := h.o.Random()
	query := url.Values{"hub.mode": {"unsubscribe"}, "hub.topic": {v.Topic}, "hub.challenge": {challenge}}
	if v.subscribe {
		query.Set("hub.mode", "subscribe")
		query.Set("hub.lease_seconds", strconv.Itoa(int(v.lease/time.Second)))
	}
	// Parameters of the callback's own stay as they are (§5.3).
	if u.RawQuery != "" {
		u.RawQuery += "&"
	}
	u.RawQuery += query.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return err
	}
	response, err := h.client.Do(request)
	if err != nil {
		return bare(err)
	}
	defer response.Body.Close()
	if response.StatusCode/100 != 2 {
		return fmt.Errorf("it answered %d", response.StatusCode)
	}
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return err
	}
	if strings.TrimSpace(string(answer)) != challenge {
		return errors.New("it answered without the challenge")
	}
	return nil
}

// Publish delivers content to all subscribers of a topic. Content of the
// topic that still waits for somebody is replaced.
func (h *Hub) Publish(ctx context.Context, topic string, c Content) error {
	all, err := h.o.Store.Subscriptions(ctx, topic)
	if err != nil {
		return fmt.Errorf("reading the subscribers of %s: %w", topic, err)
	}
	var failed error
	for _, s := range all {
		if !s.Expires.After(h.o.Now()) {
			failed = errors.Join(failed, h.o.Store.DropSubscription(ctx, s.Topic, s.Callback))
			continue
		}
		deliver := func(ctx context.Context, attempt int) bool { return h.deliver(ctx, s, c, attempt) }
		if !h.work.add("deliver "+s.Topic+" "+s.Callback, deliver) {
			failed = errors.Join(failed, fmt.Errorf("telling %s: too many deliveries wait already", host(s.Callback)))
		}
	}
	return failed
}

// deliver sends content once (§7), and reports whether that was all for it.
func (h *Hub) deliver(ctx context.Context, s Subscription, c Content, attempt int) (done bool) {
	if !s.Expires.After(h.o.Now()) {
		return true
	}
	status, err := h.post(ctx, s, c)
	log := h.o.Log.With("topic", s.Topic, "callback", host(s.Callback))
	failures := s.Failures
	switch {
	case err == nil && status/100 == 2:
		if failures == 0 {
			return true
		}
		failures = 0
	case status == http.StatusGone:
		log.Info("a subscriber is gone")
		if err := h.o.Store.DropSubscription(ctx, s.Topic, s.Callback); err != nil {
			log.Error("a subscription could not be dropped", "error", err)
		}
		return true
	case attempt < len(retries):
		return false
	default:
		failures++
		log.Info("a subscriber could not be told", "status", status, "error", err, "failures", failures)
	}
	if err := h.account(ctx, s, failures); err != nil {
		log.Error("a subscription could not be stored", "error", err)
	}
	return true
}

// account keeps how a subscriber did, unless its subscription has changed
// meanwhile.
func (h *Hub) account(ctx context.Context, s Subscription, failures int) error {
	all, err := h.o.Store.Subscriptions(ctx, s.Topic)
	if err != nil {
		return err
	}
	for _, now := range all {
		if now.Callback == s.Callback && now.Secret == s.Secret && now.Expires.Equal(s.Expires) {
			if failures >= deafAfter {
				return h.o.Store.DropSubscription(ctx, s.Topic, s.Callback)
			}
			now.Failures = failures
			return h.o.Store.SetSubscription(ctx, now)
		}
	}
	return nil
}

func (h *Hub) post(ctx context.Context, s Subscription, c Content) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.Callback, bytes.NewReader(c.Body))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", c.Type)
	request.Header.Set("Link", "<"+h.o.URL()+">; rel=\"hub\", <"+s.Topic+">; rel=\"self\"")
	if s.Secret != "" {
		request.Header.Set("X-Hub-Signature", sign(s.Secret, c.Body))
	}
	response, err := h.client.Do(request)
	if err != nil {
		return 0, bare(err)
	}
	return response.StatusCode, response.Body.Close()
}

// host is what logs may know of a callback, which can hold a secret.
func host(callback string) string {
	u, err := url.Parse(callback)
	if err != nil {
		return ""
	}
	return u.Host
}

// bare is an error of a request without its address.
func bare(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
