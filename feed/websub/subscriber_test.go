package websub

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// asked is our answer to a request of a hub's.
func (s *Subscriber) asked(method, path, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "https://us.example/websub/"+path, strings.NewReader(body))
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	recorder := httptest.NewRecorder()
	s.ServeHTTP(recorder, r)
	return recorder
}

func verification(l Lease, mode, more string) string {
	return l.ID + "?hub.mode=" + mode + "&hub.challenge=c&hub.topic=" + url.QueryEscape(l.Topic) + more
}

func TestEachMethodOfSigningIsUnderstood(t *testing.T) {
	body := []byte("<feed/>")
	for method, newHash := range signatures {
		mac := hmac.New(newHash, []byte("s3"))
		mac.Write(body)
		digest := hex.EncodeToString(mac.Sum(nil))
		for _, good := range []string{method + "=" + digest, strings.ToUpper(method) + "=" + strings.ToUpper(digest), " " + method + "=" + digest + " "} {
			if !signed("s3", good, body) {
				t.Errorf("%s is refused", good)
			}
		}
		for other := range signatures {
			if other != method && signed("s3", other+"="+digest, body) {
				t.Errorf("a digest of %s counts as one of %s", method, other)
			}
		}
		for _, bad := range []string{method + "=" + digest[2:], method + "=" + digest[:20], method + "=", method, digest, "=" + digest, method + "=" + digest + "00"} {
			if signed("s3", bad, body) {
				t.Errorf("%s is taken", bad)
			}
		}
		if signed("s4", method+"="+digest, body) || signed("s3", method+"="+digest, []byte("<feed />")) {
			t.Errorf("%s: another secret or body is taken", method)
		}
	}
}

func TestADeliverySaysWhatItIsOf(t *testing.T) {
	for _, c := range []struct {
		links []string
		want  string
	}{
		{nil, ""},
		{[]string{`<https://hub.example/>; rel="hub"`}, ""},
		{[]string{`<https://hub.example/>; rel="hub", <https://a.example/t>; rel="self"`}, "https://a.example/t"},
		{[]string{`<https://hub.example/>; rel="hub"`, `</t>; rel=self`}, "https://a.example/t"},
		{[]string{`<https://a.example/t>; rel="self", <https://a.example/t>; rel="self"`}, "https://a.example/t"},
		{[]string{`<https://a.example/t>; rel="self", <https://b.example/t>; rel="self"`}, ""},
		{[]string{`<mailto:a>; rel="self"`}, ""},
	} {
		if got := topicOf(http.Header{"Link": c.links}, "https://a.example/feed"); got != c.want {
			t.Errorf("%q: %q", c.links, got)
		}
	}
}

func TestLeasesOfEveryLength(t *testing.T) {
	for name, c := range map[string]struct {
		more string
		want time.Duration
	}{
		"absent":   {"", defaultLease},
		"zero":     {"&hub.lease_seconds=0", defaultLease},
		"negative": {"&hub.lease_seconds=-5", defaultLease},
		"words":    {"&hub.lease_seconds=soon", defaultLease},
		"a day":    {"&hub.lease_seconds=86400", 24 * time.Hour},
		"huge":     {"&hub.lease_seconds=2147483647", 3 * maxLease},
		"too huge": {"&hub.lease_seconds=99999999999999999999", defaultLease},
		"a second": {"&hub.lease_seconds=1", time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			s, _, w, _ := desk(t)
			asked := 0
			w.hosts["desk.example"] = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { asked++; w.WriteHeader(202) })
			ensure(t, s, false)
			l, _ := s.Store.Lease(t.Context(), "wire")
			if r := s.asked("GET", verification(l, "subscribe", c.more), ""); r.Code != 200 || r.Body.String() != "c" {
				t.Fatalf("%s: %d", name, r.Code)
			}
			l, _ = s.Store.Lease(t.Context(), "wire")
			if got := time.Until(l.Expires); got != c.want {
				t.Errorf("%s: for %v", name, got)
			}
			// It is renewed before it ends, and however short it is, the hub isn't asked all the time.
			for range 60 {
				time.Sleep(time.Minute) // simulated
				if _, err := s.Ensure(t.Context(), "wire", hubURL, topic); err != nil {
					t.Fatal(err)
				}
			}
			if asked > 7 {
				t.Errorf("%s: asked %d times in an hour", name, asked)
			}
			if time.Sleep(time.Until(l.Expires) - c.want/5); c.want >= 24*time.Hour {
				before := asked
				if active, err := s.Ensure(t.Context(), "wire", hubURL, topic); err != nil || !active || asked != before+1 {
					t.Errorf("%s: in the last quarter: active %v, asked %d times", name, active, asked-before)
				}
			}
		})
	}
}

func TestADenialEndsALease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _, w, _ := desk(t)
		ensure(t, s, false)
		ensure(t, s, true)
		l, _ := s.Store.Lease(t.Context(), "wire")
		if r := s.asked("GET", verification(l, "denied", "&hub.reason=moved"), ""); r.Code != 200 || strings.Contains(r.Body.String(), "c") {
			t.Errorf("%d %s", r.Code, r.Body)
		}
		before := w.count("POST desk.example")
		for range 90 {
			time.Sleep(time.Minute) // simulated
			ensure(t, s, false)
		}
		if n := w.count("POST desk.example") - before; n != 0 {
			t.Errorf("asked again %d times at once", n)
		}
		time.Sleep(time.Hour) // simulated
		ensure(t, s, false)
		ensure(t, s, true)
		// Of another topic, or from somebody who guesses, it means nothing.
		l, _ = s.Store.Lease(t.Context(), "wire")
		s.asked("GET", l.ID+"?hub.mode=denied&hub.topic=x", "")
		s.asked("GET", verification(Lease{ID: "guess", Topic: l.Topic}, "denied", ""), "")
		ensure(t, s, true)
	})
}

func TestAHubMayLeadOnButNotAnywhere(t *testing.T) {
	for _, c := range []struct {
		status int
		to     string
		asked  int // the other hub, by POST
		failed bool
	}{
		{307, "https://else.example/hub", 1, false},
		{308, "https://else.example/hub", 1, false},
		{301, "https://else.example/hub", 0, true},
		{302, "https://else.example/hub", 0, true},
		{303, "https://else.example/hub", 0, true},
		{307, "http://else.example/hub", 0, true}, // the secret would be heard
		{307, hubURL, 0, true},                    // for ever
	} {
		synctest.Test(t, func(t *testing.T) {
			s, _, w, _ := desk(t)
			w.hosts["desk.example"] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, c.to, c.status) })
			var form url.Values
			w.hosts["else.example"] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _ = r.ParseForm(); form = r.PostForm; w.WriteHeader(202) })
			_, err := s.Ensure(t.Context(), "wire", hubURL, topic)
			if (err != nil) != c.failed || w.count("POST else.example") != c.asked || w.count("GET else.example") != 0 || w.count("POST desk.example") > maxHops+1 {
				t.Errorf("%d to %s: %v, asked %v", c.status, c.to, err, w.asked)
			}
			if c.asked > 0 && form.Get("hub.topic") != topic {
				t.Errorf("%d: sent %v", c.status, form)
			}
		})
	}
}

// What is known of leases is in the store alone: another process takes what
// was asked for by the one before.
func TestLeasesOutlastARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, h, w, taken := desk(t)
		ensure(t, s, false)
		fresh := &Subscriber{Callback: s.Callback, Store: s.Store, Client: s.Client, Random: s.Random, Now: s.Now, Log: s.Log, Take: s.Take}
		w.mu.Lock()
		w.hosts["us.example"] = fresh
		w.mu.Unlock()
		ensure(t, fresh, true)
		if err := h.Publish(t.Context(), topic, Content{"application/atom+xml", []byte("<feed/>")}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if diff := cmp.Diff([]string{"wire: application/atom+xml: <feed/>"}, *taken); diff != "" {
			t.Error(diff)
		}
		// A lease that was given up is no address any more, and its end is confirmed.
		l, _ := s.Store.Lease(t.Context(), "wire")
		w.hosts["desk.example"] = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(202) })
		if err := fresh.Leave(t.Context(), "wire"); err != nil {
			t.Fatal(err)
		}
		if r := fresh.asked("POST", l.ID, "<feed/>", "X-Hub-Signature", sign(l.Secret, []byte("<feed/>"))); r.Code != 410 {
			t.Errorf("a delivery to nobody: %d", r.Code)
		}
		if r := fresh.asked("GET", verification(l, "unsubscribe", ""), ""); r.Code != 200 || r.Body.String() != "c" {
			t.Errorf("the end isn't confirmed: %d %s", r.Code, r.Body)
		}
		if r := fresh.asked("GET", verification(l, "subscribe", ""), ""); r.Code != 404 {
			t.Errorf("a lease that was given up is confirmed: %d", r.Code)
		}
	})
}

// stuck is a body that doesn't come.
type stuck struct{ context.Context }

func (s stuck) Read([]byte) (int, error) {
	<-s.Done()
	return 0, errors.New("the time is over")
}

func TestSlowDeliveriesTakeBoundedRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _, _, taken := desk(t)
		ensure(t, s, false)
		l, _ := s.Store.Lease(t.Context(), "wire")
		ctx, stop := context.WithCancel(t.Context())
		codes := make(chan int, 2*mostReading)
		for range mostReading {
			go func() {
				r := httptest.NewRequest("POST", "https://us.example/websub/"+l.ID, io.NopCloser(stuck{ctx}))
				r.Header.Set("X-Hub-Signature", "sha256=00")
				recorder := httptest.NewRecorder()
				s.ServeHTTP(recorder, r)
				codes <- recorder.Code
			}()
		}
		synctest.Wait()
		good := sign(l.Secret, []byte("good"))
		if r := s.asked("POST", l.ID, "good", "X-Hub-Signature", good); r.Code != 503 || r.Header().Get("Retry-After") == "" {
			t.Errorf("one more: %d", r.Code)
		}
		stop()
		synctest.Wait()
		for range mostReading {
			if code := <-codes; code != 400 {
				t.Errorf("a body that broke off: %d", code)
			}
		}
		if r := s.asked("POST", l.ID, "good", "X-Hub-Signature", good); r.Code != 202 || len(*taken) != 1 {
			t.Errorf("afterwards: %d, %v", r.Code, *taken)
		}
	})
}

// Who moves to another address has to tell its hubs.
func TestAnotherAddressOfOursIsToldToHubs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, h, w, taken := desk(t)
		ensure(t, s, false)
		ensure(t, s, true)
		old, _ := s.Store.Lease(t.Context(), "wire")
		s.Callback = func() string { return "https://moved.example/websub/" }
		w.mu.Lock()
		delete(w.hosts, "us.example")
		w.hosts["moved.example"] = s
		w.mu.Unlock()
		ensure(t, s, false)
		ensure(t, s, true)
		l, _ := s.Store.Lease(t.Context(), "wire")
		if l.Callback != "https://moved.example/websub/"+l.ID || l.ID == old.ID || l.Secret == old.Secret {
			t.Errorf("%+v, before %+v", l, old)
		}
		if err := h.Publish(t.Context(), topic, Content{"application/atom+xml", []byte("<feed/>")}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if len(*taken) != 1 {
			t.Errorf("%q", *taken)
		}
		// It takes leave under the address that the hub knows.
		s.Callback = func() string { return "http://127.0.0.1:8080/websub/" }
		if err := s.Leave(t.Context(), "wire"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		all, _ := h.o.Store.Subscriptions(t.Context(), topic)
		for _, one := range all {
			if one.Callback == l.Callback {
				t.Error("the hub goes on")
			}
		}
	})
}
