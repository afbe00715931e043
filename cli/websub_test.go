package cli

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/feed/websub"
	"copydesk/storage/sqlite"
	"copydesk/web"
)

// clock is a clock that tests put forward.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time          { return time.Now().Add(time.Duration(c.ahead.Load())) }
func (c *clock) forward(d time.Duration) { c.ahead.Add(int64(d)) }

// served is a desk that serves on loopback, at base.
func served(t *testing.T, c *clock, text string) (d *desk, base string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base = "http://" + l.Addr().String() + "/"
	text = "server: {url: " + base + ", listen: " + l.Addr().String() + "}\npolling: {allow_private: true, requests_per_minute: 100000}\n" + text
	loaded, err := config.Parse(filepath.Join(t.TempDir(), "copydesk.yaml"), []byte(text), func(string) (string, bool) { return "", false })
	if err != nil {
		t.Fatal(err)
	}
	w := &World{Stdout: io.Discard, Stderr: io.Discard, Now: c.now}
	ctx, cancel := context.WithCancel(context.Background())
	if d, err = openDesk(ctx, loaded, w, quiet()); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- d.serve(ctx, nil, w, l, web.Options{}) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := d.close(); err != nil {
			t.Error(err)
		}
	})
	until(t, "it is ready", func() bool { return status(t, base+"readyz") == http.StatusOK })
	return d, base
}

// until waits for what other goroutines are about to do.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	late := time.After(30 * time.Second)
	for !done() {
		select {
		case <-look.C:
		case <-late:
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

func get(t *testing.T, address string) (status int, header http.Header, body string) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, response.Header, string(data)
}

func status(t *testing.T, address string) int {
	t.Helper()
	s, _, _ := get(t, address)
	return s
}

// hubbed is an upstream with a hub of its own.
type hubbed struct {
	*httptest.Server
	hub *websub.Hub

	mu            sync.Mutex
	entries       []string
	asked         int // for the feed
	subscriptions map[string]websub.Subscription
}

func newHubbed(t *testing.T) *hubbed {
	t.Helper()
	u := &hubbed{subscriptions: map[string]websub.Subscription{}}
	mux := http.NewServeMux()
	u.Server = httptest.NewServer(mux)
	t.Cleanup(u.Close)
	u.hub = websub.NewHub(websub.HubOptions{
		URL: func() string { return u.URL + "/hub" }, Topic: func(topic string) bool { return topic == u.URL+"/feed" },
		Store: u, Client: u.Client(), Random: rand.Text, Now: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); u.hub.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-ended })
	mux.Handle("/hub", u.hub)
	mux.HandleFunc("GET /feed", func(w http.ResponseWriter, _ *http.Request) {
		u.mu.Lock()
		u.asked++
		u.mu.Unlock()
		w.Header().Set("Content-Type", "application/atom+xml")
		fmt.Fprint(w, u.document(0))
	})
	return u
}

// document lists the entries from one on.
func (u *hubbed) document(from int) string {
	u.mu.Lock()
	defer u.mu.Unlock()
	var b strings.Builder
	fmt.Fprintf(&b, `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:wire</id><title>Wire</title><updated>2026-03-02T08:00:00Z</updated>`+
		`<link rel="self" href="%[1]s/feed"/><link rel="hub" href="%[1]s/hub"/>`, u.URL)
	for i, title := range u.entries {
		if i < from {
			continue
		}
		fmt.Fprintf(&b, `<entry><id>urn:wire:%[1]d</id><title>%[2]s</title><link href="https://wire.example/%[1]d"/><updated>2026-03-02T08:00:00Z</updated><content>%[2]s, as the harbour office told us.</content></entry>`, i, title)
	}
	return b.String() + "</feed>"
}

func (u *hubbed) times() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.asked
}

func (u *hubbed) add(title string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.entries = append(u.entries, title)
}

func (u *hubbed) Subscriptions(context.Context, string) (all []websub.Subscription, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, s := range u.subscriptions {
		all = append(all, s)
	}
	return all, nil
}

func (u *hubbed) SetSubscription(_ context.Context, s websub.Subscription) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.subscriptions[s.Callback] = s
	return nil
}

func (u *hubbed) DropSubscription(_ context.Context, _, callback string) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.subscriptions, callback)
	return nil
}

// News goes from an upstream's hub to a desk, and from that desk's own hub to
// another desk, long before either of them would have asked.
func TestNewsArriveThroughHubs(t *testing.T) {
	ctx := context.Background()
	c, upstream := &clock{}, newHubbed(t)
	upstream.add("A barge was lifted")
	first, base := served(t, c, `
sources: [{name: wire, url: "`+upstream.URL+`/feed", every: 1h}]
editions: [{name: news}, {name: inner, private: true}]`)
	_, header, body := get(t, base+"feeds/news.atom")
	if !strings.Contains(body, `rel="hub" href="`+base+`hub"`) || !strings.Contains(strings.Join(header.Values("Link"), ","), `<`+base+`hub>; rel="hub"`) {
		t.Errorf("the edition names no hub: %v\n%s", header.Values("Link"), body)
	}
	second, again := served(t, c, `
sources: [{name: desk, url: "`+base+`feeds/news.atom", every: 1h}]
editions: [{name: again}]`)

	until(t, "the upstream's hub has a subscriber", func() bool {
		all, _ := upstream.Subscriptions(ctx, "")
		return len(all) == 1 && all[0].Secret != ""
	})
	until(t, "the desk's hub has a subscriber", func() bool {
		all, err := first.store.Subscriptions(ctx, base+"feeds/news.atom")
		return err == nil && len(all) == 1
	})
	until(t, "the leases are known", func() bool {
		one, err1 := first.store.Lease(ctx, "wire")
		two, err2 := second.store.Lease(ctx, "desk")
		return err1 == nil && err2 == nil && one.Expires.After(c.now()) && two.Expires.After(c.now())
	})

	upstream.add("Two cranes came for it")
	if err := upstream.hub.Publish(ctx, upstream.URL+"/feed", websub.Content{Type: "application/atom+xml", Body: []byte(upstream.document(1))}); err != nil {
		t.Fatal(err)
	}
	until(t, "the news is there", func() bool {
		_, _, body := get(t, again+"feeds/again.atom")
		return strings.Contains(body, "Two cranes came for it")
	})
	states, err := second.store.States(ctx)
	if st := states["desk"]; err != nil || st.Entries != 1 || st.Delivered.IsZero() {
		t.Errorf("not by a delivery: %+v, %v", st, err)
	}
	if n := upstream.times(); n != 1 {
		t.Errorf("the upstream was asked %d times", n)
	}
	c.forward(11 * time.Second)
	if err := second.push.want("desk"); err != nil {
		t.Fatal(err)
	}
	until(t, "polling is the fallback", func() bool {
		states, err := second.store.States(ctx)
		return err == nil && states["desk"].Interval == 12*time.Hour && states["desk"].Entries == 2
	})

	// The private edition is no topic, and nobody's callback is taken unasked.
	response, err := http.PostForm(base+"hub", url.Values{
		"hub.mode": {"subscribe"}, "hub.topic": {base + "feeds/inner.atom"}, "hub.callback": {upstream.URL + "/me"},
	})
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusBadRequest {
		t.Errorf("subscribing to a private edition: %s", response.Status)
	}
	if _, _, body := get(t, base+"feeds/inner.atom"); strings.Contains(body, `rel="hub"`) {
		t.Error("a private edition names the hub")
	}
	if got := status(t, base+"websub/nonsense?hub.mode=subscribe&hub.topic=x&hub.challenge=y"); got != http.StatusNotFound {
		t.Errorf("a verification that nobody asked for: %d", got)
	}
}

// What a hub delivers is read as what is fetched, by its Content-Type, and
// what can't be used is asked for.
func TestDeliveriesAreReadAsFetchedDocumentsAre(t *testing.T) {
	ctx := context.Background()
	c, upstream := &clock{}, newHubbed(t)
	upstream.add("A barge was lifted")
	d, base := served(t, c, `
sources: [{name: wire, url: "`+upstream.URL+`/feed", every: 1h}]
editions: [{name: news, stories: all}]`)
	lease := func() websub.Lease {
		l, err := d.store.Lease(ctx, "wire")
		if err != nil {
			t.Fatal(err)
		}
		return websub.Lease(l)
	}
	until(t, "the lease is known", func() bool { l := lease(); return l.Active(c.now()) })
	deliver := func(kind, body string) {
		t.Helper()
		l := lease()
		r, err := http.NewRequest(http.MethodPost, base+"websub/"+l.ID, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		mac := hmac.New(sha512.New, []byte(l.Secret))
		mac.Write([]byte(body))
		r.Header.Set("X-Hub-Signature", "sha512="+hex.EncodeToString(mac.Sum(nil)))
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Link", "<"+l.Hub+`>; rel="hub", <`+l.Topic+`>; rel="self"`)
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusAccepted {
			t.Errorf("a delivery: %s", response.Status)
		}
	}
	published := func(title string) func() bool {
		return func() bool { _, _, body := get(t, base+"feeds/news.atom"); return strings.Contains(body, title) }
	}
	entry := func(n int, title string) string {
		return fmt.Sprintf(`<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:wire</id><title>Wire</title><updated>2026-03-02T08:00:00Z</updated>`+
			`<entry><id>urn:wire:%d</id><title>%s</title><link href="/%d"/><updated>2026-03-02T09:00:00Z</updated><content>%s, as the harbour office told us.</content></entry></feed>`, n, title, n, title)
	}
	deliver("application/atom+xml; charset=iso-8859-1", entry(100, "Caf\xe9 on the pier"))
	until(t, "it is read in its charset", published("Café on the pier"))
	until(t, "relative addresses lead where they would", published(`href="`+upstream.URL+`/100"`))
	deliver("application/rss+xml", `<rss version="2.0"><channel><title>Wire</title><link>https://wire.example/</link><description>d</description>`+
		`<item><guid isPermaLink="false">urn:wire:101</guid><title>Of another format</title><link>https://wire.example/101</link></item></channel></rss>`)
	until(t, "it is read whatever its format", published("Of another format"))
	if n := upstream.times(); n != 1 {
		t.Errorf("the upstream was asked %d times", n)
	}
	// A hub that only tells that there is news.
	c.forward(11 * time.Second)
	upstream.add("Two cranes came for it")
	deliver("text/plain", "")
	until(t, "the source was asked", published("Two cranes came for it"))
	if n := upstream.times(); n != 2 {
		t.Errorf("the upstream was asked %d times", n)
	}
	// What was delivered while nobody listened is lost: after a start, and
	// when the configuration changed, the source is asked at its own interval.
	var st feed.SourceState
	until(t, "polling is the fallback", func() bool {
		states, err := d.store.States(ctx)
		st = states["wire"]
		return err == nil && st.Interval == 12*time.Hour
	})
	if err := d.push.catchUp(ctx, d); err != nil {
		t.Fatal(err)
	}
	states, err := d.store.States(ctx)
	if err != nil || !states["wire"].Due.Equal(st.Polled.Add(time.Hour)) {
		t.Errorf("due at %v, polled at %v, %v", states["wire"].Due, st.Polled, err)
	}
}

// What is signed with a secret that anybody on the way could hear doesn't
// stand in for what comes over TLS.
func TestASecretToldInTheClearProvesNothingOfATLSSource(t *testing.T) {
	c := &clock{}
	d, _ := served(t, c, `
sources: [{name: safe, url: "https://127.0.0.1:1/feed"}, {name: plain, url: "http://127.0.0.1:1/feed"}]
editions: [{name: news}]`)
	for _, one := range []struct {
		source, topic, hub string
		used               bool
	}{
		{"safe", "https://wire.example/feed", "https://hub.example/", true},
		{"safe", "https://wire.example/feed", "http://hub.example/", false},
		{"safe", "http://wire.example/feed", "http://hub.example/", false},
		{"plain", "https://wire.example/feed", "http://hub.example/", false},
		{"plain", "http://wire.example/feed", "http://hub.example/", true},
		{"safe", "https://wire.example/feed", "HTTPS://hub.example/", true},
		{"safe", "https://wire.example/feed", "http://127.0.0.1:9/", true},
	} {
		p := newPush(d, d.push.library, &World{Now: c.now}) // nobody reads what it holds
		if err := p.take(context.Background(), websub.Delivery{Source: one.source, Topic: one.topic, Hub: one.hub, Body: []byte("x")}); err != nil {
			t.Fatal(err)
		}
		if used := len(p.delivered) == 1; used != one.used || len(p.delivered)+len(p.wanted) != 1 {
			t.Errorf("%+v: used %v, to be polled %d", one, used, len(p.wanted))
		}
	}
}

// Who takes a source out of the configuration isn't sent its news any more.
func TestASourceThatIsGoneIsUnsubscribed(t *testing.T) {
	ctx := context.Background()
	c, upstream := &clock{}, newHubbed(t)
	upstream.add("A barge was lifted")
	d, _ := served(t, c, `
sources: [{name: wire, url: "`+upstream.URL+`/feed", every: 1h}]
editions: [{name: news}]`)
	subscribed := func() bool { all, _ := upstream.Subscriptions(ctx, ""); return len(all) == 1 }
	until(t, "the upstream's hub has a subscriber", subscribed)
	var callback string
	for _, s := range upstream.subscriptions {
		callback = s.Callback
	}
	without := *d.config
	without.Sources = nil
	d.push.library.config.Store(&without)
	if err := d.push.renew(ctx); err != nil {
		t.Fatal(err)
	}
	until(t, "it has none any more", func() bool { return !subscribed() })
	response, err := http.Post(callback, "application/atom+xml", strings.NewReader(upstream.document(0)))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusGone {
		t.Errorf("a delivery afterwards: %s", response.Status)
	}
}

// What hubs deliver while it can't be read is held within bounds.
func TestDeliveriesAreHeldWithinBounds(t *testing.T) {
	c := &clock{}
	d, _ := served(t, c, "editions: [{name: news}]")
	p := newPush(d, d.push.library, &World{Now: c.now}) // nobody reads what it holds
	body := make([]byte, mostHeld/4-leastHeld)
	for range 6 {
		if err := p.take(context.Background(), websub.Delivery{Source: "wire", Body: body}); err != nil {
			t.Fatal(err)
		}
	}
	if len(p.delivered) != 4 || len(p.wanted) != 2 || p.held.Load() != mostHeld {
		t.Errorf("%d held, %d to be polled, %d bytes", len(p.delivered), len(p.wanted), p.held.Load())
	}
	for range 4 {
		one := <-p.delivered
		one.Done()
	}
	if p.held.Load() != 0 {
		t.Errorf("%d bytes are held of nothing", p.held.Load())
	}
	if err := p.take(context.Background(), websub.Delivery{Source: "wire"}); err != nil || p.held.Load() != leastHeld {
		t.Errorf("%d bytes are held of an empty delivery, %v", p.held.Load(), err)
	}
	for range 2 * mostCalls {
		if err := p.take(context.Background(), websub.Delivery{Source: "wire"}); err != nil {
			return
		}
	}
	t.Error("there is no end to what is held")
}

// A subscriber is let in and shut out by a command of another process.
func TestSubscribersAreRevokedWhileServing(t *testing.T) {
	ctx := context.Background()
	c, upstream := &clock{}, newHubbed(t)
	upstream.add("A barge was lifted")
	d, base := served(t, c, `
sources: [{name: wire, url: "`+upstream.URL+`/feed", every: 1h}]
editions: [{name: inner, private: true}]`)
	beside, err := sqlite.Open(ctx, storePath(d.config), sqlite.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer beside.Close()
	own := base + web.PrivatePath("KEY") + "feeds/inner.atom"
	if got := status(t, own); got != http.StatusNotFound {
		t.Errorf("before: %d", got)
	}
	if err := beside.AddSubscriber(ctx, "noor", "KEY", c.now()); err != nil {
		t.Fatal(err)
	}
	if got, _, body := get(t, own); got != http.StatusOK || !strings.Contains(body, `rel="self" type="application/atom+xml" href="`+own+`"`) || strings.Contains(body, `rel="hub"`) {
		t.Errorf("as a subscriber: %d\n%s", got, body)
	}
	if err := beside.DropSubscriber(ctx, "noor"); err != nil {
		t.Fatal(err)
	}
	if got := status(t, own); got != http.StatusNotFound {
		t.Errorf("afterwards: %d", got)
	}
}
