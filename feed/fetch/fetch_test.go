package fetch_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
	"copydesk/feed/fetch"
	"copydesk/feed/fetch/fetchtest"
)

// open asks loopback without limits.
func open(t testing.TB) *fetch.Client {
	t.Helper()
	c := fetch.New(fetch.Options{Polling: feed.Polling{AllowPrivate: true, Timeout: 10 * time.Second}, Version: "1.2", About: "https://copydesk.example/"})
	t.Cleanup(c.Close)
	return c
}

// piped asks an upstream that needs no network.
func piped(t testing.TB, up *fetchtest.Upstream, p feed.Polling) *fetch.Client {
	t.Helper()
	c := fetch.New(fetch.Options{Polling: p, Dial: up.Dial, Version: "1.2"})
	t.Cleanup(c.Close)
	return c
}

// ask fetches and keeps what poll would keep.
func ask(t testing.TB, c *fetch.Client, s feed.Source, state *feed.SourceState) *feed.Retrieval {
	t.Helper()
	got, err := c.Fetch(context.Background(), s, state)
	if err != nil {
		t.Fatal(err)
	}
	if state != nil {
		state.URL, state.Validators, state.BodyHash = s.URL, got.Validators, got.BodyHash
	}
	return got
}

func failing(t testing.TB, c *fetch.Client, s feed.Source) *feed.FetchError {
	t.Helper()
	got, err := c.Fetch(context.Background(), s, nil)
	var e *feed.FetchError
	if !errors.As(err, &e) {
		if got != nil {
			got.Body = nil // nobody wants to read it here
		}
		t.Fatalf("want a *feed.FetchError, got %v and %+v", err, got)
	}
	return e
}

func TestValidatorsGoBackByteForByte(t *testing.T) {
	up := fetchtest.New(t)
	c := open(t)
	for _, v := range []struct{ etag, modified string }{
		{`"5d8c72a5edda8d6a"`, "Fri, 02 Jan 2026 03:04:05 GMT"},
		{`W/"weak"`, ""},
		{`w/"lower-case weak"`, ""},
		{`no-quotes`, ""},
		{`"with space, and comma"`, ""},
		{`""`, ""},
		{`"a-gzip"`, ""},
		{`"ünï"`, ""},
		{``, "Fri, 2 Jan 2026 3:4:5 +0100"},
		{``, "yesterday"},
		{``, "1767323045"},
	} {
		up.Serve("/feed", fetchtest.Document{Body: fetchtest.Feed(), ETag: v.etag, LastModified: v.modified})
		state := &feed.SourceState{}
		s := feed.Source{Name: "s", URL: up.URL + "/feed?a=1&b=%2F"}
		if got := ask(t, c, s, state); got.NotModified || !bytes.Equal(got.Body, fetchtest.Feed()) {
			t.Fatalf("%+v: not had at first", v)
		}
		hash := state.BodyHash
		got := ask(t, c, s, state)
		if !got.NotModified || got.Status != 304 || got.Body != nil {
			t.Errorf("%+v: not a 304", v)
		}
		want := feed.Validators{URL: s.URL, ETag: v.etag, LastModified: v.modified}
		if diff := cmp.Diff(want, state.Validators); diff != "" || state.BodyHash != hash {
			t.Errorf("after a 304: %s", diff)
		}
		requests := up.Requests("/feed")
		last := requests[len(requests)-1]
		if strings.Join(last.Header["If-None-Match"], "|") != v.etag || strings.Join(last.Header["If-Modified-Since"], "|") != v.modified {
			t.Errorf("%+v: sent %v", v, last.Header)
		}
		if last.Target != "/feed?a=1&b=%2F" {
			t.Errorf("target %s", last.Target)
		}
	}
}

func TestARequestSaysNoMoreThanItMust(t *testing.T) {
	up := fetchtest.New(t)
	up.Serve("/a", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "id", Value: "42", Path: "/"})
		http.Redirect(w, r, "/b", http.StatusFound)
	}))
	up.Serve("/b", fetchtest.Document{Body: fetchtest.Feed(), Header: map[string]string{"Set-Cookie": "id=43; Path=/"}})
	c := open(t)
	for range 2 {
		got := ask(t, c, feed.Source{Name: "s", URL: up.URL + "/a#part"}, nil)
		if got.Header.Get("Set-Cookie") != "" {
			t.Error("a cookie is handed on")
		}
	}
	for _, path := range []string{"/a", "/b"} {
		for _, r := range up.Requests(path) {
			want := http.Header{
				"Accept":          r.Header["Accept"],
				"Accept-Encoding": {"gzip, br, zstd"},
				"User-Agent":      {"copydesk/1.2 (+https://copydesk.example/)"},
			}
			if diff := cmp.Diff(want, r.Header); diff != "" || r.Target != path || r.Method != "GET" {
				t.Errorf("%s %s: %s", r.Method, r.Target, diff)
			}
		}
	}
}

func TestValidatorsOfAnotherAddressAreNotSent(t *testing.T) {
	up := fetchtest.New(t)
	up.Serve("/feed", fetchtest.Document{Body: fetchtest.Feed(), ETag: `"1"`})
	c := open(t)
	s := feed.Source{Name: "s", URL: up.URL + "/feed"}
	for name, state := range map[string]*feed.SourceState{
		"validators of another address": {URL: s.URL, Validators: feed.Validators{URL: up.URL + "/other", ETag: `"1"`}},
		"another configured address":    {URL: up.URL + "/other", Validators: feed.Validators{URL: s.URL, ETag: `"1"`}, BodyHash: "x"},
		"no address":                    {URL: s.URL, Validators: feed.Validators{ETag: `"1"`}},
	} {
		if got := ask(t, c, s, state); got.NotModified {
			t.Errorf("%s: conditional", name)
		}
	}
}

func TestValidatorsGoToTheEndOfARedirect(t *testing.T) {
	up := fetchtest.New(t)
	up.Serve("/old", fetchtest.Redirect(302, "/new"))
	up.Serve("/new", fetchtest.Document{Body: fetchtest.Feed(), ETag: `"n"`})
	c, state := open(t), &feed.SourceState{}
	s := feed.Source{Name: "s", URL: up.URL + "/old"}
	ask(t, c, s, state)
	if got := ask(t, c, s, state); got.Status != 304 || got.URL != up.URL+"/new" || got.Moved != "" {
		t.Errorf("got %+v", got)
	}
	if len(up.Requests("/old")[1].Header["If-None-Match"]) > 0 {
		t.Error("the address that redirects was sent what isn't its own")
	}
}

func TestA304UpdatesValidators(t *testing.T) {
	up := fetchtest.New(t)
	up.Serve("/feed", fetchtest.Status(304, "", "ETag", `"2"`, "Cache-Control", "max-age=600"))
	s := feed.Source{Name: "s", URL: up.URL + "/feed"}
	state := &feed.SourceState{URL: s.URL, BodyHash: "h", Validators: feed.Validators{URL: s.URL, ETag: `"1"`, LastModified: "then"}}
	got := ask(t, open(t), s, state)
	want := feed.Validators{URL: s.URL, ETag: `"2"`, LastModified: "then"}
	if diff := cmp.Diff(want, got.Validators); diff != "" || got.BodyHash != "h" || got.Fresh != 10*time.Minute {
		t.Errorf("%s %+v", diff, got)
	}
}

func TestAKnownBodyIsAsGoodAsA304(t *testing.T) {
	up := fetchtest.New(t)
	c, state := open(t), &feed.SourceState{}
	s := feed.Source{Name: "s", URL: up.URL + "/feed"}
	for i, encoding := range []string{"", "gzip", "br", "zstd", "deflate", "gzip, gzip"} {
		up.Serve("/feed", fetchtest.Document{Body: fetchtest.Feed(), ETag: `"flaps ` + encoding + `"`, Encoding: encoding})
		got := ask(t, c, s, state)
		if got.NotModified != (i > 0) || got.NotModified && got.Body != nil || got.Status != 200 {
			t.Errorf("%q: %+v", encoding, got)
		}
		if state.Validators.ETag != `"flaps `+encoding+`"` {
			t.Errorf("the newest validators are lost: %+v", state.Validators)
		}
	}
	up.Serve("/feed", fetchtest.Document{Body: fetchtest.Atom(3)})
	if got := ask(t, c, s, state); got.NotModified || !bytes.Equal(got.Body, fetchtest.Atom(3)) {
		t.Error("a changed body is missed")
	}
}

func TestACutDocumentLeavesTheFormerValidators(t *testing.T) {
	up := fetchtest.New(t)
	c, state := open(t), &feed.SourceState{}
	s := feed.Source{Name: "s", URL: up.URL + "/feed"}
	up.Serve("/feed", fetchtest.Document{Body: fetchtest.Feed(), ETag: `"1"`})
	ask(t, c, s, state)
	was := *state
	up.Serve("/feed", fetchtest.Raw(fetchtest.Send("HTTP/1.1 200 OK\r\nETag: \"2\"\r\nContent-Length: 99999\r\n\r\n", string(fetchtest.Atom(30)))))
	if got := ask(t, c, s, state); !got.Cut || !bytes.Equal(got.Body, fetchtest.Atom(30)) {
		t.Errorf("got %+v", got)
	}
	if diff := cmp.Diff(was, *state); diff != "" {
		t.Error(diff)
	}
}

func TestStatusesAreToldApart(t *testing.T) {
	for _, c := range []struct {
		status int
		header string
		want   feed.FetchError
	}{
		{410, "", feed.FetchError{Status: 410, Gone: true}},
		{429, "120", feed.FetchError{Status: 429, Refused: true, RetryAfter: 2 * time.Minute}},
		{503, "999999999999999999999", feed.FetchError{Status: 503, Refused: true, RetryAfter: 7 * 24 * time.Hour}},
		{503, "-5", feed.FetchError{Status: 503, Refused: true}},
		{429, "soon", feed.FetchError{Status: 429, Refused: true}},
		{500, "60", feed.FetchError{Status: 500, RetryAfter: time.Minute}},
		{404, "", feed.FetchError{Status: 404}},
	} {
		up := fetchtest.New(t)
		up.Serve("/", fetchtest.Status(c.status, "no", "Retry-After", c.header))
		e := failing(t, open(t), feed.Source{Name: "s", URL: up.URL})
		got := *e
		got.Err = nil
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%d %s: %s", c.status, c.header, diff)
		}
	}
}

func TestPermanentMovesAreReported(t *testing.T) {
	up := fetchtest.NewPiped(t)
	up.Serve("/feed", fetchtest.Document{Body: fetchtest.Feed()})
	c := piped(t, up, feed.Polling{})
	for name, hops := range map[string]struct {
		statuses []int
		moved    bool
	}{
		"one":            {[]int{301}, true},
		"three":          {[]int{308, 301, 308}, true},
		"none":           {nil, false},
		"temporary":      {[]int{302}, false},
		"mixed":          {[]int{301, 307, 301}, false},
		"see other":      {[]int{303}, false},
		"ten are enough": {[]int{301, 301, 301, 301, 301, 301, 301, 301, 301, 301}, true},
	} {
		target := "/feed"
		for i := len(hops.statuses) - 1; i >= 0; i-- {
			path := "/" + strings.ReplaceAll(name, " ", "-") + string(rune('a'+i))
			up.Serve(path, fetchtest.Redirect(hops.statuses[i], "http://other.example"+target+"#fragment"))
			target = path
		}
		got := ask(t, c, feed.Source{Name: "s", URL: up.URL + target}, nil)
		want := ""
		if hops.moved {
			want = "http://other.example/feed"
		}
		if got.Moved != want {
			t.Errorf("%s: moved to %q, want %q", name, got.Moved, want)
		}
	}
}

func TestAConfirmedMoveIsAskedAtOnce(t *testing.T) {
	up := fetchtest.NewPiped(t)
	up.Serve("/new", fetchtest.Document{Body: fetchtest.Feed(), ETag: `"1"`})
	s := feed.Source{Name: "s", URL: up.URL + "/old", Headers: map[string]string{"X-Key": "secret"}}
	moved := "http://elsewhere.example/new"
	state := &feed.SourceState{URL: s.URL, Moved: moved, MovedSeen: 3, Validators: feed.Validators{URL: moved, ETag: `"1"`}}
	if got := ask(t, piped(t, up, feed.Polling{}), s, state); got.Status != 304 || got.Moved != "" {
		t.Errorf("got %+v", got)
	}
	if r := up.Requests("/new")[0]; len(up.Requests("/old")) > 0 || r.Header.Get("X-Key") != "" {
		t.Errorf("asked %+v", r)
	}
}

func TestSecretsStayWithTheirHost(t *testing.T) {
	up := fetchtest.NewPiped(t)
	up.Serve("/feed", fetchtest.Document{Body: fetchtest.Feed()})
	up.Serve("home.example/same", fetchtest.Redirect(301, "/feed"))
	up.Serve("home.example/sub", fetchtest.Redirect(301, "http://www.home.example/feed"))
	up.Serve("home.example/port", fetchtest.Redirect(301, "http://home.example:8080/feed"))
	up.Serve("home.example/back", fetchtest.Redirect(301, "http://away.example/back"))
	up.Serve("away.example/back", fetchtest.Redirect(301, "http://home.example/feed"))
	up.Serve("home.example/theirs", fetchtest.Redirect(301, "http://them:theirs@home.example/feed"))
	c := piped(t, up, feed.Polling{})
	for path, sent := range map[string]bool{"/feed": true, "/same": true, "/sub": false, "/port": false, "/back": false, "/theirs": true} {
		before := len(up.Requests("/feed"))
		got := ask(t, c, feed.Source{Name: "s", URL: "http://me:pass%21@home.example" + path, Headers: map[string]string{
			"cookie": "session=1", "X-Api-Key": "k", "user-agent": "mine", "If-None-Match": "never", "Accept-Encoding": "never", "Host": "",
		}}, nil)
		h := up.Requests("/feed")[before].Header
		want := []string{"", "", ""}
		if sent {
			want = []string{"session=1", "k", "Basic bWU6cGFzcyE="}
		}
		if diff := cmp.Diff(want, []string{h.Get("Cookie"), h.Get("X-Api-Key"), h.Get("Authorization")}); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
		if h.Get("User-Agent") != "mine" || h.Get("If-None-Match") != "" || h.Get("Accept-Encoding") == "never" {
			t.Errorf("%s: sent %v", path, h)
		}
		if strings.Contains(got.URL+got.Moved+got.Validators.URL, "@") {
			t.Errorf("credentials in %s %s", got.URL, got.Moved)
		}
	}
	for _, address := range []string{"http://me:pass@home.example/missing?token=topsecret", "http://me:topsecret@home.example:x/", "topsecret", "ftp://topsecret@h/", "http://127.0.0.1/?topsecret"} {
		if e := failing(t, c, feed.Source{Name: "s", URL: address}); strings.Contains(e.Error(), "secret") || strings.Contains(e.Error(), "pass") {
			t.Errorf("tells: %v", e)
		}
	}
}

func TestPrivateAddressesAreRefusedAndCanBeAllowed(t *testing.T) {
	up := fetchtest.New(t)
	up.Serve("/feed", fetchtest.Document{Body: fetchtest.Feed()})
	up.Serve("/away", fetchtest.Redirect(302, "http://[::ffff:127.0.0.2]:1/"))
	here, _ := url.Parse(up.URL)
	at := netip.MustParseAddrPort(here.Host)
	for _, c := range []struct {
		name    string
		polling feed.Polling
		path    string
		says    string // empty: allowed
	}{
		{"nothing allowed", feed.Polling{}, "/feed", `127.0.0.1 is a loopback address; allow it with polling.allow_private: [127.0.0.1/32]`},
		{"all allowed", feed.Polling{AllowPrivate: true}, "/feed", ""},
		{"this port", feed.Polling{AllowedPrivate: []netip.AddrPort{at}}, "/feed", ""},
		{"any port", feed.Polling{AllowedPrivate: []netip.AddrPort{netip.AddrPortFrom(at.Addr(), 0)}}, "/feed", ""},
		{"another port", feed.Polling{AllowedPrivate: []netip.AddrPort{netip.AddrPortFrom(at.Addr(), 1)}}, "/feed", "allow it with"},
		{"another address", feed.Polling{AllowedPrivate: []netip.AddrPort{netip.MustParseAddrPort("10.0.0.1:0")}}, "/feed", "allow it with"},
		{"its network", feed.Polling{AllowedNetworks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}, "/feed", ""},
		{"another network", feed.Polling{AllowedNetworks: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}, "/feed", "allow it with"},
		{"a redirect from an allowed one", feed.Polling{AllowedPrivate: []netip.AddrPort{at}}, "/away", "127.0.0.2 is a loopback address"},
	} {
		client := fetch.New(fetch.Options{Polling: c.polling})
		t.Cleanup(client.Close)
		got, err := client.Fetch(context.Background(), feed.Source{Name: "s", URL: up.URL + c.path}, nil)
		switch {
		case c.says == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.says != "" && err == nil:
			t.Errorf("%s: got %+v", c.name, got)
		case c.says != "":
			var e *feed.FetchError
			if !errors.As(err, &e) || !e.Blocked || !strings.Contains(e.Error(), c.says) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	}
}

func TestHTTP2AndKeepAlive(t *testing.T) {
	up := fetchtest.NewTLS(t)
	proto := ""
	up.Serve("/feed", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		proto = r.Proto
		fetchtest.Document{Body: fetchtest.Feed(), ETag: `"2"`}.ServeHTTP(w, r)
	}))
	roots := up.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	c := fetch.New(fetch.Options{Polling: feed.Polling{AllowPrivate: true}, TLS: &tls.Config{RootCAs: roots}})
	t.Cleanup(c.Close)
	s, state := feed.Source{Name: "s", URL: up.URL + "/feed"}, &feed.SourceState{}
	ask(t, c, s, state)
	if got := ask(t, c, s, state); got.Status != 304 || proto != "HTTP/2.0" {
		t.Errorf("%s: %+v", proto, got)
	}
	up.Serve("/stall", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write(fetchtest.Feed()[:100])
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}))
	hasty := fetch.New(fetch.Options{Polling: feed.Polling{AllowPrivate: true, Timeout: 100 * time.Millisecond}, TLS: &tls.Config{RootCAs: roots}})
	t.Cleanup(hasty.Close)
	if e := failing(t, hasty, feed.Source{Name: "s", URL: up.URL + "/stall"}); !strings.Contains(e.Error(), "no whole answer") {
		t.Errorf("stalling: %v", e)
	}
	up.Serve("/bomb", fetchtest.Status(200, string(fetchtest.Bomb(32<<20, 1)), "Content-Encoding", "gzip"))
	if e := failing(t, c, feed.Source{Name: "s", URL: up.URL + "/bomb"}); !strings.Contains(e.Error(), "polling.max_size (16 MB)") {
		t.Errorf("bomb: %v", e)
	}
	if e := failing(t, open(t), s); !strings.Contains(e.Error(), "certificate") {
		t.Errorf("an untrusted certificate passes: %v", e)
	}
}

func TestOneDeadlineCoversAllHops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		up := fetchtest.NewPiped(t)
		up.Serve("/slow", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(4 * time.Second) // simulated
			http.Redirect(w, r, "/slow?"+r.URL.RawQuery+"x", http.StatusFound)
		}))
		start := time.Now()
		e := failing(t, piped(t, up, feed.Polling{Timeout: 10 * time.Second}), feed.Source{Name: "s", URL: up.URL + "/slow"})
		if took := time.Since(start); took != 10*time.Second || !strings.Contains(e.Error(), "within 10s") {
			t.Errorf("after %v: %v", took, e)
		}
	})
}

func TestCancellingEndsAFetch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		up := fetchtest.NewPiped(t)
		up.Serve("/", fetchtest.Raw(fetchtest.Stall))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := piped(t, up, feed.Polling{Timeout: time.Minute}).Fetch(ctx, feed.Source{Name: "s", URL: up.URL}, nil)
		if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "polling.timeout") {
			t.Error(err)
		}
	})
}

func TestNoMoreRequestsThanConcurrencyAllows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		up := fetchtest.NewPiped(t)
		asked := make(chan struct{}, 100)
		up.Serve("/", http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			asked <- struct{}{}
			time.Sleep(time.Second) // simulated
		}))
		c := piped(t, up, feed.Polling{Concurrency: 3, Timeout: time.Minute})
		for i := range 9 {
			go func() {
				_, _ = c.Fetch(t.Context(), feed.Source{Name: "s", URL: "http://h" + string(rune('a'+i)) + ".example"}, nil)
			}()
		}
		for round := range 3 {
			time.Sleep(500 * time.Millisecond) // simulated
			synctest.Wait()
			if len(asked) != 3*(round+1) {
				t.Errorf("round %d: %d asked", round, len(asked))
			}
			time.Sleep(500 * time.Millisecond) // simulated
		}
		synctest.Wait()
	})
}

func TestOtherFetchesKeepTheSameManners(t *testing.T) {
	up := fetchtest.NewPiped(t)
	up.Serve("/page", fetchtest.Status(200, strings.Repeat("x", 5000)))
	up.Serve("/away", fetchtest.Redirect(302, "http://169.254.169.254/"))
	up.Serve("/on", fetchtest.Redirect(302, "/page"))
	c := fetch.New(fetch.Options{Polling: feed.Polling{MaxSize: 1000, RequestsPerMinute: 60}, Dial: up.Dial})
	t.Cleanup(c.Close)
	response, err := c.HTTP().Get(up.URL + "/on")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(response.Body); err == nil || b.Len() != 1000 {
		t.Errorf("read %d bytes: %v", b.Len(), err)
	}
	response.Body.Close()
	if r := up.Requests("/page")[0]; r.Header.Get("Referer") != "" || !strings.HasPrefix(r.Header.Get("User-Agent"), "copydesk/") {
		t.Errorf("sent %v", r.Header)
	}
	if _, err := c.HTTP().Get(up.URL + "/away"); err == nil || !strings.Contains(err.Error(), "link-local") {
		t.Errorf("metadata: %v", err)
	}
	if tokens := c.Budgets().Snapshot()["upstream.example"].Tokens; tokens > 58 {
		t.Errorf("%v requests left of 60", tokens)
	}
}

func TestPagesAreAskedForLikeSourcesAndWithoutTheirSecretsElsewhere(t *testing.T) {
	up := fetchtest.NewPiped(t)
	up.Serve("/page", fetchtest.Status(200, "<p>page</p>"))
	up.Serve("/moved", fetchtest.Redirect(302, "http://elsewhere.example/page"))
	up.Serve("/gone", fetchtest.Status(404, "none"))
	up.Serve("/inside", fetchtest.Redirect(302, "http://169.254.169.254/"))
	c := fetch.New(fetch.Options{Polling: feed.Polling{RequestsPerMinute: 60}, Dial: up.Dial})
	t.Cleanup(c.Close)
	s := feed.Source{Name: "a", URL: "http://user:secret@upstream.example/feed", Headers: map[string]string{"Cookie": "secret"}}
	for address, secrets := range map[string]bool{"http://upstream.example/page": true, "http://upstream.example/moved": false, "http://third.example/page": false} {
		if got, err := c.Page(t.Context(), s, address); err != nil || string(got.Body) != "<p>page</p>" {
			t.Fatalf("%s: %+v, %v", address, got, err)
		}
		asked := up.Requests("/page")
		h := asked[len(asked)-1].Header
		if sent := h.Get("Cookie") != "" && h.Get("Authorization") != ""; sent != secrets || h.Get("Cookie") != "" != secrets {
			t.Errorf("%s: sent %v", address, h)
		}
		if !strings.HasPrefix(h.Get("Accept"), "text/html") || h.Get("If-None-Match") != "" || h.Get("Referer") != "" {
			t.Errorf("%s: sent %v", address, h)
		}
	}
	for address, want := range map[string]string{
		"http://upstream.example/gone":   "upstream.example: it answered 404 Not Found",
		"http://upstream.example/inside": "169.254.169.254 is a link-local address",
		"http://10.0.0.1/page":           "10.0.0.1",
		"file:///etc/passwd":             "only http and https",
		"http://[::1/":                   "can't be read",
	} {
		if _, err := c.Page(t.Context(), s, address); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", address, err)
		}
	}
	if tokens := c.Budgets().Snapshot()["upstream.example"].Tokens; tokens > 57 {
		t.Errorf("%v requests left of 60", tokens)
	}
}
