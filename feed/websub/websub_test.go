package websub

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// world answers requests by host, without a network.
type world struct {
	mu    sync.Mutex
	hosts map[string]http.Handler
	asked []string
}

func (w *world) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	h := w.hosts[r.URL.Host]
	w.asked = append(w.asked, r.Method+" "+r.URL.Host)
	w.mu.Unlock()
	if h == nil {
		return nil, errors.New("no such host")
	}
	if r.Body == nil {
		r.Body = http.NoBody
	}
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return recorder.Result(), nil
}

func (w *world) count(request string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, a := range w.asked {
		if a == request {
			n++
		}
	}
	return n
}

func (w *world) client() *http.Client { return &http.Client{Transport: w} }

// memory is a store.
type memory struct {
	mu            sync.Mutex
	subscriptions map[string]Subscription
	leases        map[string]Lease
}

func newMemory() *memory {
	return &memory{subscriptions: map[string]Subscription{}, leases: map[string]Lease{}}
}

func (m *memory) Subscriptions(_ context.Context, topic string) ([]Subscription, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []Subscription
	for _, key := range slices.Sorted(maps.Keys(m.subscriptions)) {
		if s := m.subscriptions[key]; s.Topic == topic {
			all = append(all, s)
		}
	}
	return all, nil
}

func (m *memory) SetSubscription(_ context.Context, s Subscription) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.subscriptions[s.Topic+" "+s.Callback] = s
	return nil
}

func (m *memory) DropSubscription(_ context.Context, topic, callback string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.subscriptions, topic+" "+callback)
	return nil
}

func (m *memory) Lease(_ context.Context, source string) (Lease, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.leases[source], nil
}

func (m *memory) LeaseByID(_ context.Context, id string) (Lease, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, l := range m.leases {
		if l.ID == id {
			return l, nil
		}
	}
	return Lease{}, nil
}

func (m *memory) SetLease(_ context.Context, l Lease) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.leases[l.Source] = l
	return nil
}

func (m *memory) DropLease(_ context.Context, source string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.leases, source)
	return nil
}

func words() func() string {
	var mu sync.Mutex
	n := 0
	return func() string {
		mu.Lock()
		defer mu.Unlock()
		n++
		return fmt.Sprintf("word-%d", n)
	}
}

const (
	topic  = "https://desk.example/feeds/sea.atom"
	hubURL = "https://desk.example/hub"
)

// house is a hub with its world.
func house(t *testing.T) (*Hub, *world, *memory) {
	t.Helper()
	w, m := &world{hosts: map[string]http.Handler{}}, newMemory()
	h := NewHub(HubOptions{
		URL: func() string { return hubURL }, Topic: func(s string) bool { return s == topic }, Store: m, Client: w.client(),
		Random: words(), Now: time.Now, Log: slog.New(slog.DiscardHandler), PerTopic: 3, Waiting: 5,
	})
	w.hosts["desk.example"] = h
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); h.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	return h, w, m
}

func post(h http.Handler, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, hubURL, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, r)
	return recorder
}

func wishFor(callback string, more ...string) url.Values {
	v := url.Values{"hub.mode": {"subscribe"}, "hub.topic": {topic}, "hub.callback": {callback}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

// echo confirms everything and keeps what it is sent.
type echo struct {
	mu       sync.Mutex
	queries  []url.Values
	bodies   []string
	headers  []http.Header
	statuses []int // of answers to deliveries, in turn; then 200
}

func (e *echo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if r.Method == http.MethodGet {
		e.queries = append(e.queries, r.URL.Query())
		_, _ = io.WriteString(w, r.URL.Query().Get("hub.challenge"))
		return
	}
	body, _ := io.ReadAll(r.Body)
	e.bodies, e.headers = append(e.bodies, string(body)), append(e.headers, r.Header.Clone())
	if len(e.statuses) > 0 {
		w.WriteHeader(e.statuses[0])
		e.statuses = e.statuses[1:]
	}
}

func TestHubVerifiesThenDelivers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, w, m := house(t)
		reader := &echo{}
		w.hosts["reader.example"] = reader
		if r := post(h, wishFor("https://reader.example/cb?key=a%2Fb", "hub.secret", "s3", "hub.lease_seconds", "3600")); r.Code != 202 {
			t.Fatal(r.Code, r.Body)
		}
		synctest.Wait()
		want := url.Values{"key": {"a/b"}, "hub.mode": {"subscribe"}, "hub.topic": {topic}, "hub.challenge": {"word-1"}, "hub.lease_seconds": {"3600"}}
		if diff := cmp.Diff([]url.Values{want}, reader.queries); diff != "" {
			t.Error(diff)
		}
		if err := h.Publish(t.Context(), topic, Content{"application/atom+xml", []byte("<feed/>")}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if len(reader.bodies) != 1 || reader.bodies[0] != "<feed/>" || !signed("s3", reader.headers[0].Get("X-Hub-Signature"), []byte("<feed/>")) {
			t.Fatalf("delivered %q with %v", reader.bodies, reader.headers)
		}
		if got := reader.headers[0].Get("Link"); got != `<https://desk.example/hub>; rel="hub", <https://desk.example/feeds/sea.atom>; rel="self"` {
			t.Error(got)
		}
		time.Sleep(2 * time.Hour) // simulated: the lease ends
		if err := h.Publish(t.Context(), topic, Content{"application/atom+xml", []byte("<feed>2</feed>")}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if len(reader.bodies) != 1 || len(m.subscriptions) != 0 {
			t.Error("delivered after the end of the lease")
		}
	})
}

func TestHubTakesNoSubscriptionThatIsNotMeant(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, w, m := house(t)
		answers := map[string]http.HandlerFunc{
			"silent.example": func(http.ResponseWriter, *http.Request) {},
			"no.example":     func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) },
			"wrong.example":  func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "yes!") },
			"error.example": func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(500)
				_, _ = io.WriteString(w, r.FormValue("hub.challenge"))
			},
			"endless.example": func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.WriteString(w, r.FormValue("hub.challenge")+strings.Repeat(" more", 5000))
			},
			"moved.example": func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, "https://reader.example/?"+r.URL.RawQuery, http.StatusFound)
			},
		}
		w.hosts["reader.example"] = &echo{}
		for host, answer := range answers {
			w.hosts[host] = answer
			post(h, wishFor("https://"+host+"/"))
			synctest.Wait()
		}
		post(h, wishFor("https://nowhere.example/"))
		synctest.Wait()
		if len(m.subscriptions) != 0 || w.count("GET reader.example") != 0 {
			t.Errorf("subscribed: %v", m.subscriptions)
		}
	})
}

func TestHubRefusesWhatMakesNoSense(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, w, m := house(t)
		for name, form := range map[string]url.Values{
			"no mode":         {"hub.topic": {topic}, "hub.callback": {"https://r.example/"}},
			"publish":         {"hub.mode": {"publish"}, "hub.url": {topic}},
			"no callback":     wishFor(""),
			"another scheme":  wishFor("javascript:alert(1)"),
			"userinfo":        wishFor("https://a:b@r.example/"),
			"no host":         wishFor("https:///x"),
			"long callback":   wishFor("https://r.example/" + strings.Repeat("x", 3000)),
			"another topic":   wishFor("https://r.example/", "hub.topic", "https://else.example/feed"),
			"long secret":     wishFor("https://r.example/", "hub.secret", strings.Repeat("s", 200)),
			"lease of words":  wishFor("https://r.example/", "hub.lease_seconds", "long"),
			"negative lease":  wishFor("https://r.example/", "hub.lease_seconds", "-1"),
			"an endless form": wishFor("https://r.example/", "x", strings.Repeat("x", 20_000)),
		} {
			if r := post(h, form); r.Code != 400 || strings.Contains(r.Body.String(), "<") {
				t.Errorf("%s: %d %s", name, r.Code, r.Body)
			}
		}
		synctest.Wait()
		if len(w.asked) != 0 || len(m.subscriptions) != 0 {
			t.Errorf("asked %v", w.asked)
		}
		r := httptest.NewRecorder()
		if h.ServeHTTP(r, httptest.NewRequest(http.MethodGet, hubURL, nil)); r.Code != 405 || r.Header().Get("Allow") != "POST" {
			t.Error(r.Code)
		}
	})
}

func TestHubIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, w, m := house(t)
		for i := range 5 {
			host := fmt.Sprintf("r%d.example", i)
			w.hosts[host] = &echo{}
			want := 202
			if i >= 3 {
				want = 503
			}
			if r := post(h, wishFor("https://"+host+"/")); r.Code != want {
				t.Errorf("%d: %d", i, r.Code)
			}
			synctest.Wait()
		}
		r := post(h, wishFor("https://r1.example/"))
		synctest.Wait()
		if r.Code != 202 || len(m.subscriptions) != 3 {
			t.Errorf("a renewal finds no room: %d", r.Code)
		}
		stuck := make(chan struct{})
		w.hosts["stuck.example"] = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-stuck })
		codes := map[int]int{}
		for i := range 10 {
			form := wishFor(fmt.Sprintf("https://stuck.example/%d", i))
			form.Set("hub.mode", "unsubscribe")
			codes[post(h, form).Code]++
			synctest.Wait()
		}
		close(stuck)
		if codes[202] != 5 || codes[503] != 5 {
			t.Errorf("%v", codes)
		}
	})
}

func TestHubUnsubscribes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, w, m := house(t)
		reader := &echo{}
		w.hosts["reader.example"] = reader
		post(h, wishFor("https://reader.example/"))
		synctest.Wait()
		form := wishFor("https://reader.example/")
		form.Set("hub.mode", "unsubscribe")
		post(h, form)
		synctest.Wait()
		if len(m.subscriptions) != 0 || reader.queries[1].Get("hub.mode") != "unsubscribe" || reader.queries[1].Has("hub.lease_seconds") {
			t.Errorf("%v %v", m.subscriptions, reader.queries)
		}
	})
}

func TestDeliveriesAreTriedAgainAndNewsReplaceOldOnes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, w, m := house(t)
		reader := &echo{statuses: []int{500, 302, 200}}
		w.hosts["reader.example"] = reader
		post(h, wishFor("https://reader.example/"))
		synctest.Wait()
		publish := func(text string) {
			if err := h.Publish(t.Context(), topic, Content{"text/plain", []byte(text)}); err != nil {
				t.Fatal(err)
			}
		}
		publish("one")
		time.Sleep(time.Second) // simulated
		publish("two")          // the failure of one is waiting
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if diff := cmp.Diff([]string{"one", "two", "two"}, reader.bodies); diff != "" {
			t.Error(diff)
		}
		reader.statuses = slices.Repeat([]int{500}, 1000)
		for range deafAfter {
			publish("three")
			time.Sleep(12 * time.Hour) // simulated
			synctest.Wait()
		}
		if len(m.subscriptions) != 0 || len(reader.bodies) != 3+deafAfter*(len(retries)+1) {
			t.Errorf("%d deliveries, %v", len(reader.bodies), m.subscriptions)
		}
		reader.statuses = nil
		post(h, wishFor("https://reader.example/"))
		synctest.Wait()
		reader.statuses = []int{410}
		publish("four")
		synctest.Wait()
		if len(m.subscriptions) != 0 {
			t.Error("a subscriber that is gone is kept")
		}
	})
}

// desk is a subscriber in a world with a hub.
func desk(t *testing.T) (*Subscriber, *Hub, *world, *[]string) {
	t.Helper()
	h, w, m := house(t)
	var mu sync.Mutex
	var taken []string
	s := &Subscriber{
		Callback: func() string { return "https://us.example/websub/" }, Store: m, Client: w.client(), Random: words(), Now: time.Now,
		Log: slog.New(slog.DiscardHandler), MaxSize: func() int64 { return 1000 },
		Take: func(_ context.Context, d Delivery) error {
			mu.Lock()
			defer mu.Unlock()
			if string(d.Body) == "not now" {
				return errors.New("the store is full")
			}
			if d.Topic != topic || d.Self != "" && d.Self != topic {
				return fmt.Errorf("it is of %s (%s)", d.Topic, d.Self)
			}
			taken = append(taken, d.Source+": "+d.Header.Get("Content-Type")+": "+string(d.Body))
			return nil
		},
	}
	w.hosts["us.example"] = s
	return s, h, w, &taken
}

func ensure(t *testing.T, s *Subscriber, want bool) {
	t.Helper()
	active, err := s.Ensure(t.Context(), "wire", hubURL, topic)
	if err != nil || active != want {
		t.Errorf("active %v, %v", active, err)
	}
	synctest.Wait()
}

func TestSubscriberAndHubUnderstandEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, h, w, taken := desk(t)
		ensure(t, s, false) // asks; the hub verifies later
		ensure(t, s, true)
		if n := w.count("POST desk.example"); n != 1 {
			t.Errorf("asked %d times", n)
		}
		if err := h.Publish(t.Context(), topic, Content{"application/atom+xml", []byte("<feed/>")}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if diff := cmp.Diff([]string{"wire: application/atom+xml: <feed/>"}, *taken); diff != "" {
			t.Error(diff)
		}
		for range 40 { // a poll every six hours
			time.Sleep(6 * time.Hour) // simulated
			ensure(t, s, true)
		}
		if n := w.count("POST desk.example"); n < 2 || n > 3 {
			t.Errorf("asked %d times in ten days", n)
		}
		if err := s.Leave(t.Context(), "wire"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if subscriptions, _ := h.o.Store.Subscriptions(t.Context(), topic); len(subscriptions) != 0 {
			t.Error("the hub goes on")
		}
	})
}

func TestAHubThatFailsIsAskedLessAndLess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _, w, _ := desk(t)
		w.hosts["desk.example"] = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no\nroom", http.StatusServiceUnavailable) })
		failed := 0
		for range 7 * 24 {
			active, err := s.Ensure(t.Context(), "wire", hubURL, topic)
			if active {
				t.Fatal("active")
			}
			if err != nil {
				failed++
				if !strings.Contains(err.Error(), `desk.example: it answered 503 "no\nroom\n"`) {
					t.Error(err)
				}
			}
			time.Sleep(time.Hour) // simulated
		}
		if failed < 8 || failed > 12 || w.count("POST desk.example") != failed {
			t.Errorf("asked %d times in a week", failed)
		}
	})
}

func TestSubscriberTakesOnlyWhatItAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _, _, taken := desk(t)
		ensure(t, s, false)
		l, _ := s.Store.Lease(t.Context(), "wire")
		mac := hmac.New(sha1.New, []byte(l.Secret))
		mac.Write([]byte("good"))
		old := "sha1=" + hex.EncodeToString(mac.Sum(nil))
		for _, c := range []struct {
			name, method, path, body, signature string
			want                                int
		}{
			{"signed", "POST", l.ID, "good", sign(l.Secret, []byte("good")), 202},
			{"signed the old way", "POST", l.ID, "good", old, 202},
			{"unsigned", "POST", l.ID, "evil", "", 202},
			{"signed by somebody else", "POST", l.ID, "evil", sign("guess", []byte("evil")), 202},
			{"signed in an unknown way", "POST", l.ID, "evil", "md5=00", 202},
			{"no hex", "POST", l.ID, "evil", "sha256=zz", 202},
			{"another address", "POST", "guess", "evil", sign(l.Secret, []byte("evil")), 410},
			{"too much", "POST", l.ID, strings.Repeat("x", 2000), sign(l.Secret, []byte(strings.Repeat("x", 2000))), 413},
			{"too much, unsigned", "POST", l.ID, strings.Repeat("x", 2000), "", 202},
			{"can't be stored", "POST", l.ID, "not now", sign(l.Secret, []byte("not now")), 503},
			{"deleting", "DELETE", l.ID, "", "", 405},
			{"verifying another topic", "GET", l.ID + "?hub.mode=subscribe&hub.topic=x&hub.challenge=c", "", "", 404},
			{"verifying an end nobody asked for", "GET", l.ID + "?hub.mode=unsubscribe&hub.challenge=c&hub.topic=" + url.QueryEscape(topic), "", "", 404},
			{"verifying at another address", "GET", "guess?hub.mode=subscribe&hub.challenge=c&hub.topic=" + url.QueryEscape(topic), "", "", 404},
			{"no mode", "GET", l.ID, "", "", 404},
		} {
			r := httptest.NewRequest(c.method, "https://us.example/websub/"+c.path, strings.NewReader(c.body))
			if c.signature != "" {
				r.Header.Set("X-Hub-Signature", c.signature)
			}
			recorder := httptest.NewRecorder()
			s.ServeHTTP(recorder, r)
			if recorder.Code != c.want {
				t.Errorf("%s: %d %s", c.name, recorder.Code, recorder.Body)
			}
		}
		if diff := cmp.Diff([]string{"wire: : good", "wire: : good"}, *taken); diff != "" {
			t.Error(diff)
		}
		time.Sleep(2 * time.Hour) // simulated
		r := httptest.NewRecorder()
		s.ServeHTTP(r, httptest.NewRequest("GET", "https://us.example/websub/"+l.ID+"?hub.mode=subscribe&hub.challenge=c&hub.lease_seconds=99999999&hub.topic="+url.QueryEscape(topic), nil))
		if r.Code != 404 {
			t.Errorf("a lease nobody asked for is taken: %d", r.Code)
		}
	})
}

func TestDenialsAreKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _, w, _ := desk(t)
		w.hosts["desk.example"] = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(202) })
		ensure(t, s, false)
		l, _ := s.Store.Lease(t.Context(), "wire")
		r := httptest.NewRecorder()
		s.ServeHTTP(r, httptest.NewRequest("GET", "https://us.example/websub/"+l.ID+"?hub.mode=denied&hub.reason=%3Cb%3Efull&hub.topic="+url.QueryEscape(topic), nil))
		l, _ = s.Store.Lease(t.Context(), "wire")
		if r.Code != 200 || l.Failures != 1 || !strings.Contains(l.Error, `"<b>full"`) {
			t.Errorf("%d %+v", r.Code, l)
		}
	})
}

func TestDiscover(t *testing.T) {
	const answered = "https://a.example/dir/feed?x=1"
	for _, c := range []struct {
		name       string
		link       []string
		hubs       []string
		self       string
		hub, topic string
	}{
		{"document", nil, []string{"https://hub.example/"}, "https://a.example/feed", "https://hub.example/", "https://a.example/feed"},
		{"relative", nil, []string{"/hub"}, "feed.xml", "https://a.example/hub", "https://a.example/dir/feed.xml"},
		{"header first", []string{`<https://h2.example/>; rel="hub", <https://a.example/t>; rel=self`}, []string{"https://hub.example/"}, "https://a.example/feed", "https://h2.example/", "https://a.example/t"},
		{"two headers", []string{`<https://h2.example/>; title="a, b; rel=self"; rel="preconnect HUB"`, `<https://a.example/t>;rel=self`}, nil, "", "https://h2.example/", "https://a.example/t"},
		{"the second hub", nil, []string{"mailto:hub@example.org", "https://hub.example/"}, "https://a.example/feed", "https://hub.example/", "https://a.example/feed"},
		{"no self", nil, []string{"https://hub.example/"}, "", "", ""},
		{"no hub", nil, nil, "https://a.example/feed", "", ""},
		{"self of another kind", nil, []string{"https://hub.example/"}, "tag:x", "", ""},
		{"nonsense", []string{`<<>;;,"`, `<`, `rel=hub`, `<x>; rel`}, nil, "", "", ""},
	} {
		hub, topic, ok := Discover(http.Header{"Link": c.link}, answered, c.hubs, c.self)
		if ok != (c.hub != "") || ok && (hub != c.hub || topic != c.topic) {
			t.Errorf("%s: %v %s %s", c.name, ok, hub, topic)
		}
	}
}

func FuzzLinks(f *testing.F) {
	f.Add(`<https://h2.example/>; rel="hub", <https://a.example/t>; rel=self`)
	f.Add(`<a>; title="\",<b>"; rel=hub,<`)
	f.Fuzz(func(t *testing.T, s string) {
		for _, l := range links([]string{s}) {
			if strings.ContainsAny(l.target, "<>") && !strings.Contains(s, l.target) {
				t.Errorf("%q", l)
			}
		}
		Discover(http.Header{"Link": {s}}, "https://a.example/", nil, s)
		signed("k", s, bytes.Repeat([]byte("x"), 3))
	})
}
