package web

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"copydesk/feed"
	"copydesk/feed/publish"
)

func unzip(t *testing.T, body string) string {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

func TestAFeedIsServedWithAllThatReadersNeed(t *testing.T) {
	s := newServer(newShelf(), newSite())
	for _, format := range publish.Formats() {
		t.Run(format.Name, func(t *testing.T) {
			path := "/feeds/news." + format.Extension
			got := ask(t, s, request{Path: path})
			h := got.Header
			if got.StatusCode != http.StatusOK || h.Get("Content-Type") != format.Type || !strings.Contains(got.body, "Entry 0") {
				t.Fatalf("%d %v %s", got.StatusCode, h, got.body)
			}
			etag := h.Get("ETag")
			if !strings.HasPrefix(etag, `"`) || len(etag) < 20 {
				t.Errorf("ETag %s is not strong", etag)
			}
			for name, want := range map[string]string{
				"Last-Modified": "Mon, 02 Mar 2026 12:00:00 GMT", "Cache-Control": "public, max-age=60", "Vary": "Accept-Encoding",
				"Link": "<http://127.0.0.1:8080" + path + `>; rel="self"`, "Content-Length": fmt.Sprint(len(got.body)), "Accept-Ranges": "bytes",
				"X-Content-Type-Options": "nosniff", "Set-Cookie": "", "Content-Encoding": "",
			} {
				if h.Get(name) != want {
					t.Errorf("%s: %q, not %q", name, h.Get(name), want)
				}
			}
			head := ask(t, s, request{Method: http.MethodHead, Path: path})
			if head.body != "" || head.StatusCode != http.StatusOK || head.Header.Get("ETag") != etag || head.Header.Get("Content-Length") != h.Get("Content-Length") {
				t.Errorf("HEAD: %d %v", head.StatusCode, head.Header)
			}
			zipped := ask(t, s, request{Path: path, Header: map[string]string{"Accept-Encoding": "br, gzip;q=0.8"}})
			if zipped.Header.Get("Content-Encoding") != "gzip" || unzip(t, zipped.body) != got.body || zipped.Header.Get("ETag") == etag ||
				zipped.Header.Get("Content-Length") != fmt.Sprint(len(zipped.body)) || len(zipped.body) >= len(got.body) {
				t.Errorf("gzip: %v", zipped.Header)
			}
		})
	}
}

func TestAcceptEncoding(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "GZIP": true, "x-gzip": true, "deflate, gzip": true, "gzip;q=0": false, "gzip; q=0.0": false, "gzip;q=0.001": true,
		"*": true, "*;q=0": false, "gzip;q=0, *": false, "*;q=0, gzip": true, "identity": false, "br": false, "gzip;q=x": false, "gzipped": false, "*, gzip;q=0": false,
	} {
		if got := acceptsGzip([]string{header}); got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
	if !acceptsGzip([]string{"br", "gzip"}) {
		t.Error("a second line of the header is not read")
	}
}

func TestConditionalRequests(t *testing.T) {
	s := newServer(newShelf(), newSite())
	first := ask(t, s, request{Path: "/feeds/news.atom"})
	etag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
	zipped := ask(t, s, request{Path: "/feeds/news.atom", Header: map[string]string{"Accept-Encoding": "gzip"}}).Header.Get("ETag")
	const later, earlier = "Tue, 03 Mar 2026 12:00:00 GMT", "Sun, 01 Mar 2026 12:00:00 GMT"
	for name, c := range map[string]struct {
		header map[string]string
		status int
		etag   string
	}{
		"the same tag":                           {map[string]string{"If-None-Match": etag}, 304, etag},
		"a weak one":                             {map[string]string{"If-None-Match": "W/" + etag}, 304, etag},
		"in a list":                              {map[string]string{"If-None-Match": `"a", W/"b",` + etag + `, "c"`}, 304, etag},
		"any":                                    {map[string]string{"If-None-Match": "*"}, 304, etag},
		"another":                                {map[string]string{"If-None-Match": `"other"`}, 200, etag},
		"a part of the tag":                      {map[string]string{"If-None-Match": etag[:10] + `"`}, 200, etag},
		"the tag within another":                 {map[string]string{"If-None-Match": `"x` + strings.Trim(etag, `"`) + `x"`}, 200, etag},
		"nonsense":                               {map[string]string{"If-None-Match": `"""`}, 200, etag},
		"the packed one's, and plain is asked":   {map[string]string{"If-None-Match": zipped}, 304, zipped},
		"the plain one's, and packed is asked":   {map[string]string{"If-None-Match": etag, "Accept-Encoding": "gzip"}, 304, etag},
		"both, and packed is asked":              {map[string]string{"If-None-Match": etag + ", " + zipped, "Accept-Encoding": "gzip"}, 304, zipped},
		"not modified since":                     {map[string]string{"If-Modified-Since": modified}, 304, etag},
		"not modified since later":               {map[string]string{"If-Modified-Since": later}, 304, etag},
		"modified since":                         {map[string]string{"If-Modified-Since": earlier}, 200, etag},
		"a date that is none":                    {map[string]string{"If-Modified-Since": "yesterday"}, 200, etag},
		"another tag goes before the date":       {map[string]string{"If-None-Match": `"other"`, "If-Modified-Since": later}, 200, etag},
		"the same tag goes before the date":      {map[string]string{"If-None-Match": etag, "If-Modified-Since": earlier}, 304, etag},
		"a match that is asked for":              {map[string]string{"If-Match": etag}, 200, etag},
		"a match that is asked for and isn't":    {map[string]string{"If-Match": `"other"`}, 412, etag},
		"a match goes before a match that isn't": {map[string]string{"If-Match": `"other"`, "If-None-Match": etag}, 412, etag},
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			got := ask(t, s, request{Method: method, Path: "/feeds/news.atom", Header: c.header})
			if got.StatusCode != c.status || got.Header.Get("ETag") != c.etag {
				t.Errorf("%s %s: %d with %s, not %d with %s", method, name, got.StatusCode, got.Header.Get("ETag"), c.status, c.etag)
			}
			if got.StatusCode != http.StatusOK && (got.body != "" || got.Header.Get("Content-Length") != "" || got.Header.Get("Content-Encoding") != "") {
				t.Errorf("%s %s: an answer without a body speaks of one: %v %q", method, name, got.Header, got.body)
			}
			if got.Header.Get("Vary") != "Accept-Encoding" || got.Header.Get("Cache-Control") == "" {
				t.Errorf("%s %s: caches aren't told enough: %v", method, name, got.Header)
			}
		}
	}
}

func TestRanges(t *testing.T) {
	s := newServer(newShelf(), newSite())
	whole := ask(t, s, request{Path: "/feeds/news.atom"})
	etag := whole.Header.Get("ETag")
	for name, c := range map[string]struct {
		header map[string]string
		status int
		body   string
	}{
		"the beginning":                 {map[string]string{"Range": "bytes=0-9"}, 206, whole.body[:10]},
		"packed isn't cut":              {map[string]string{"Range": "bytes=0-9", "Accept-Encoding": "gzip"}, 206, whole.body[:10]},
		"the end":                       {map[string]string{"Range": "bytes=-5"}, 206, whole.body[len(whole.body)-5:]},
		"of the same":                   {map[string]string{"Range": "bytes=0-9", "If-Range": etag}, 206, whole.body[:10]},
		"of another":                    {map[string]string{"Range": "bytes=0-9", "If-Range": `"other"`}, 200, whole.body},
		"of nothing":                    {map[string]string{"Range": "bytes=99999999-"}, 416, "invalid range: failed to overlap\n"},
		"many that overlap are no gain": {map[string]string{"Range": "bytes=" + strings.Repeat("0-,", 500) + "0-"}, 200, whole.body},
	} {
		got := ask(t, s, request{Path: "/feeds/news.atom", Header: c.header})
		if got.StatusCode != c.status || got.body != c.body {
			t.Errorf("%s: %d with %d bytes", name, got.StatusCode, len(got.body))
		}
	}
}

func TestFurtherPagesAreLinked(t *testing.T) {
	s := newServer(newShelf(), newSite())
	for path, wants := range map[string][]string{
		"/feeds/news.atom":        {"Entry 0", `rel="next" type="application/atom+xml" href="http://127.0.0.1:8080/feeds/news.atom?page=2"`, `rel="last" type="application/atom+xml" href="http://127.0.0.1:8080/feeds/news.atom?page=3"`, `rel="first"`},
		"/feeds/news.atom?page=1": {"Entry 0", `rel="self" type="application/atom+xml" href="http://127.0.0.1:8080/feeds/news.atom"`},
		"/feeds/news.atom?page=2": {"Entry 3", `rel="previous" type="application/atom+xml" href="http://127.0.0.1:8080/feeds/news.atom"`, `rel="self" type="application/atom+xml" href="http://127.0.0.1:8080/feeds/news.atom?page=2"`},
		"/feeds/news.rss?page=3":  {"Entry 6", `rel="previous"`},
		"/feeds/news.json":        {`"next_url": "http://127.0.0.1:8080/feeds/news.json?page=2"`},
		"/feeds/news?page=2":      {"Entry 3", `href="news?page=3"`, `href="news"`},
	} {
		got := ask(t, s, request{Path: path})
		for _, want := range wants {
			if got.StatusCode != http.StatusOK || !strings.Contains(got.body, want) {
				t.Errorf("%s: %d, without %s in\n%s", path, got.StatusCode, want, got.body)
			}
		}
	}
	if link := ask(t, s, request{Path: "/feeds/news.atom?page=2"}).Header.Get("Link"); link != `<http://127.0.0.1:8080/feeds/news.atom?page=2>; rel="self"` {
		t.Error(link)
	}
	for _, page := range []string{"0", "-1", "4", "x", "", "1e3", "01", "+2", "99999999999999999999", "10001", "2%00", "%zz"} {
		for _, path := range []string{"/feeds/news.atom?page=", "/feeds/news?page=", "/feeds/news/decisions?page="} {
			if path == "/feeds/news/decisions?page=" && page == "4" {
				continue // decisions may go on
			}
			if got := ask(t, s, request{Path: path + page}); got.StatusCode != http.StatusNotFound && page != "%zz" {
				t.Errorf("%s%s: %d", path, page, got.StatusCode)
			}
		}
	}
}

func TestNothingIsServedAsEmptyBeforeTheFirstPoll(t *testing.T) {
	library := newShelf()
	s := newServer(library, newSite())
	for _, path := range []string{"/feeds/later.atom", "/feeds/later.rss", "/feeds/later.json", "/readyz"} {
		got := ask(t, s, request{Path: path})
		if got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" || got.Header.Get("ETag") != "" {
			t.Errorf("%s: %d %v", path, got.StatusCode, got.Header)
		}
		if strings.Contains(got.body, "secret") {
			t.Errorf("%s names a private edition: %s", path, got.body)
		}
	}
	if got := ask(t, s, request{Path: "/feeds/later"}); got.StatusCode != http.StatusOK || !strings.Contains(got.body, "not polled yet") {
		t.Errorf("the page: %d %s", got.StatusCode, got.body)
	}
	site := newSite()
	site.Editions[2].Sources = []string{"slow", "other"}
	s.Use(site)
	fine := feed.SourceState{Polled: noon, Succeeded: noon}
	for _, c := range []struct {
		name        string
		slow, other feed.SourceState
		unsettled   bool
		entries     int
		feed, ready int
		page        string
	}{
		{"it failed, and the other is being asked", feed.SourceState{Polled: noon, Error: "refused"}, feed.SourceState{}, false, 0, 503, 200, "not polled yet"},
		{"both failed", feed.SourceState{Polled: noon, Error: "refused"}, feed.SourceState{Polled: noon, Error: "refused"}, false, 0, 503, 200, "could be read so far"},
		{"it failed at another address than before", feed.SourceState{Polled: noon, Error: "refused"}, feed.SourceState{}, false, 2, 200, 200, "Entry 0"},
		{"what it brought waits to be published", fine, feed.SourceState{}, true, 0, 503, 503, "not polled yet"},
		{"what it brought later waits", fine, feed.SourceState{}, true, 2, 200, 503, "Entry 0"},
		{"the other is being asked", fine, feed.SourceState{}, false, 0, 503, 200, "not polled yet"},
		{"the other is being asked, and there is something", fine, feed.SourceState{}, false, 2, 200, 200, "Entry 0"},
		{"it has nothing that the edition keeps", fine, feed.SourceState{Polled: noon, Error: "refused"}, false, 0, 200, 200, "Nothing yet"},
		{"what it brought then waits", fine, feed.SourceState{}, true, 0, 200, 200, "Nothing yet"},
	} {
		library.mu.Lock()
		library.states = map[string]feed.SourceState{"slow": c.slow, "other": c.other, "wire": fine}
		library.unsettled = c.unsettled
		library.entries["later"] = library.entries["news"][:c.entries]
		library.versions["later"]++
		library.mu.Unlock()
		for path, want := range map[string]int{"/feeds/later.atom": c.feed, "/feeds/later.json": c.feed, "/readyz": c.ready, "/healthz": 200, "/feeds/later": 200} {
			got := ask(t, s, request{Path: path})
			if got.StatusCode != want || want == 503 && got.Header.Get("Retry-After") == "" || path == "/feeds/later" && !strings.Contains(got.body, c.page) {
				t.Errorf("%s: %s: %d, want %d", c.name, path, got.StatusCode, want)
			}
		}
		s.Use(site) // a changed configuration forgets nothing of this
	}
}

func TestWhatIsNotThereAndWhatIsNotDone(t *testing.T) {
	site := newSite()
	site.Editions = site.Editions[:1] // no private one
	s := newServer(newShelf(), site)
	for _, path := range []string{
		"/feeds/", "/feeds/nothing.atom", "/feeds/nothing", "/feeds/news.xml", "/feeds/news.atom.gz", "/feeds/news.", "/feeds/NEWS.atom", "/feeds/.atom", "/x", "/static/", "/static/none.css",
		"/feeds/news.atom/x", "/feeds/..%2fnews.atom", "/feeds/%2e%2e/%2e%2e/etc/passwd", "/static/..%2fserver.go", "/static/%2e%2e%2fserver.go", "/static/..%5cserver.go", "/api/nothing", "/feeds/news%00.atom",
	} {
		got := ask(t, s, request{Path: path})
		for hops := 0; got.StatusCode/100 == 3 && hops < 3; hops++ { // cleaned paths
			got = ask(t, s, request{Path: got.Header.Get("Location")})
		}
		if got.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d %s", path, got.StatusCode, got.body)
		}
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions, http.MethodTrace, "BREW"} {
		for _, path := range []string{"/", "/feeds/news.atom", "/feeds/news", "/opml", "/metrics", "/api/editions"} {
			got := ask(t, s, request{Method: method, Path: path})
			if got.StatusCode != http.StatusMethodNotAllowed || got.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: %d, Allow %q", method, path, got.StatusCode, got.Header.Get("Allow"))
			}
		}
	}
}

func TestTheSameStateIsTheSameBytes(t *testing.T) {
	first, second := newServer(newShelf(), newSite()), newServer(newShelf(), newSite())
	second.Options.Now = func() time.Time { return noon.Add(300 * time.Hour) }
	for _, path := range []string{"/feeds/news.atom", "/feeds/news.rss", "/feeds/news.json", "/feeds/news.atom?page=2", "/feeds/news", "/opml", "/", "/feeds/news/decisions", "/feeds/news/dropped.atom", "/status.atom", "/api/sources"} {
		a, b := ask(t, first, request{Path: path}), ask(t, second, request{Path: path})
		if a.body != b.body || a.Header.Get("ETag") != b.Header.Get("ETag") || a.Header.Get("ETag") == "" {
			t.Errorf("%s differs", path)
		}
	}
}

func TestAnEditionIsRenderedWhenItChangedOnly(t *testing.T) {
	library := newShelf()
	s := newServer(library, newSite())
	for range 5 {
		ask(t, s, request{Path: "/feeds/news.atom"})
		ask(t, s, request{Path: "/feeds/news.atom", Header: map[string]string{"Accept-Encoding": "gzip"}})
		ask(t, s, request{Path: "/feeds/news.atom?page=2"})
		ask(t, s, request{Path: "/feeds/news"})
	}
	if library.rendered != 3 {
		t.Errorf("%d renderings, not 3", library.rendered)
	}
	before := ask(t, s, request{Path: "/feeds/news.atom"}).Header.Get("ETag")
	library.mu.Lock()
	library.versions["news"], library.titles["news"] = 2, "Another title"
	library.mu.Unlock()
	got := ask(t, s, request{Path: "/feeds/news.atom", Header: map[string]string{"If-None-Match": before}})
	if got.StatusCode != http.StatusOK || got.Header.Get("ETag") == before || !strings.Contains(got.body, "Another title") {
		t.Errorf("the change isn't seen: %d %v", got.StatusCode, got.Header)
	}
	library.titles["news"] = "By another configuration"
	s.Use(newSite())
	if got := ask(t, s, request{Path: "/feeds/news.atom"}); !strings.Contains(got.body, "By another configuration") {
		t.Error("what was rendered outlives the configuration")
	}
}

// TestReadersAndReloadsAtTheSameMoment is for the race detector, and checks
// that nobody ever sees an older title than the one in force.
func TestReadersAndReloadsAtTheSameMoment(t *testing.T) {
	library := newShelf()
	s := newServer(library, newSite())
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for i := range 100 {
				got := ask(t, s, request{Path: "/feeds/news." + publish.Formats()[i%3].Extension, Header: map[string]string{"Accept-Encoding": "gzip"}})
				if got.StatusCode != http.StatusOK {
					t.Errorf("%d %s", got.StatusCode, got.body)
				}
			}
		})
	}
	for i := range 100 {
		title := fmt.Sprintf("Title %d.", i)
		library.mu.Lock()
		library.titles["news"] = title
		library.mu.Unlock()
		s.Use(newSite())
		if got := ask(t, s, request{Path: "/feeds/news.atom"}); !strings.Contains(got.body, title) {
			t.Fatalf("%s is in force, and served is\n%s", title, got.body)
		}
	}
	readers.Wait()
}

func TestManyPagesDoNotFillTheMemory(t *testing.T) {
	var c cache
	for i := range 1000 {
		c.put(fmt.Sprint(i), false, &rendered{body: make([]byte, 1<<20)})
		size := 0
		for _, one := range c.older {
			size += 2 * len(one.body)
		}
		if size > mostOlder || size != c.bytes {
			t.Fatalf("%d bytes are kept, %d counted", size, c.bytes)
		}
	}
}

func TestAStoreThatFailsIsNotToldToReaders(t *testing.T) {
	library := newShelf()
	library.err = errors.New("disk I/O error in /var/lib/desk.db")
	s := newServer(library, newSite())
	for _, path := range []string{"/", "/feeds/news.atom", "/feeds/news", "/readyz", "/metrics", "/api/sources", "/api/editions", "/api/decisions?edition=news", "/feeds/news/decisions", "/status.atom", "/feeds/news/dropped.atom"} {
		got := ask(t, s, request{Path: path})
		if got.StatusCode != http.StatusInternalServerError || strings.Contains(got.body, "disk") || got.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %d %s", path, got.StatusCode, got.body)
		}
	}
	if got := ask(t, s, request{Path: "/healthz"}); got.StatusCode != http.StatusOK {
		t.Error(got.StatusCode)
	}
}

func benchmark(b *testing.B, header map[string]string, status int) {
	s := newServer(newShelf(), newSite())
	r := request{Path: "/feeds/news.atom", Header: header}.make()
	if header["If-None-Match"] == "same" {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, request{Path: "/feeds/news.atom"}.make())
		r.Header.Set("If-None-Match", w.Header().Get("ETag"))
	}
	b.ReportAllocs()
	for b.Loop() {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != status {
			b.Fatal(w.Code)
		}
	}
}

func BenchmarkCached(b *testing.B) { benchmark(b, nil, 200) }
func BenchmarkPacked(b *testing.B) { benchmark(b, map[string]string{"Accept-Encoding": "gzip"}, 200) }
func BenchmarkNotModified(b *testing.B) {
	benchmark(b, map[string]string{"If-None-Match": "same"}, 304)
}
