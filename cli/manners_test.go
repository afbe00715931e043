package cli

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"copydesk/feed/fetch"
	"copydesk/feed/fetch/fetchtest"
)

// visit is a request as a publisher's log has it.
type visit struct {
	at                 time.Time
	path, etag, since  string
	status             int
	unconditional, odd bool
}

// publisher serves one document after the other, and judges its readers as
// publishers do: by their validators, their pace and what else they send.
type publisher struct {
	mu      sync.Mutex
	start   time.Time
	visits  []visit
	current func(hour float64) answer
}

// answer is what is served at a time. Its validators are good when a reader
// should come back with them.
type answer struct {
	fetchtest.Document
	status  int
	to      string // of a redirect
	after   string // Retry-After
	cut     bool
	useless bool // no reader can use the document
}

func (p *publisher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock() // connections come and go
	defer p.mu.Unlock()
	now := time.Now()
	v := visit{at: now, path: r.URL.Path, etag: r.Header.Get("If-None-Match"), since: r.Header.Get("If-Modified-Since"), status: 200}
	v.unconditional = v.etag == "" && v.since == ""
	v.odd = r.Method != http.MethodGet || r.URL.RawQuery != "" || r.Header.Get("Cookie") != "" || r.Header.Get("Referer") != "" ||
		r.Header.Get("Accept-Encoding") == "" || r.Header.Get("User-Agent") == ""
	a := p.current(now.Sub(p.start).Hours())
	http.SetCookie(w, &http.Cookie{Name: "reader", Value: fmt.Sprint(len(p.visits))})
	switch {
	case a.to != "" && r.URL.Path != a.to:
		v.status = a.status
		fetchtest.Redirect(a.status, a.to).ServeHTTP(w, r)
	case a.to == "" && a.status != 0:
		v.status = a.status
		fetchtest.Status(a.status, "", "Retry-After", a.after).ServeHTTP(w, r)
	case a.cut:
		w.Header().Set("ETag", a.ETag)
		fetchtest.Raw(fetchtest.Send("HTTP/1.1 200 OK\r\nETag: "+a.ETag+"\r\nContent-Length: 99999\r\n\r\n", string(a.Body))).ServeHTTP(w, r)
	default:
		if a.ETag == v.etag {
			v.status = 304
		}
		a.ServeHTTP(w, r)
	}
	p.visits = append(p.visits, v)
}

// A publisher who looks at its log for a week finds nothing to complain of,
// whatever happens on either side.
func TestAPublisherSeesAPoliteReader(t *testing.T) {
	const modified = "Fri, 02 Jan 2026 03:04:05 GMT"
	feed := func(entries int, etag string) answer {
		return answer{Document: fetchtest.Document{Body: fetchtest.Atom(entries), ETag: etag, LastModified: modified}}
	}
	page := answer{Document: fetchtest.Document{Body: []byte("<!doctype html><title>Log in</title><form><input name=user></form>"), Type: "text/html", ETag: `"login"`, LastModified: "Sat, 03 Jan 2026 00:00:00 GMT"}, useless: true}
	times := []struct {
		until float64 // in hours
		answer
	}{
		{6, feed(3, `"1"`)},
		{12, feed(4, `"2"`)},   // in the same second
		{18, feed(4, `W/"3"`)}, // the same document
		{21, page},
		{24, feed(4, `W/"3"`)},
		{25, answer{Document: fetchtest.Document{Body: fetchtest.Atom(5), ETag: `"cut"`}, cut: true}},
		{30, feed(5, `"5"`)},
		{33, answer{status: 429, after: "14400"}},
		{40, feed(6, `"6"`)},
		{44, answer{status: 503}},
		{60, feed(6, `"6"`)},
		{72, answer{Document: feed(6, `"7"`).Document, status: 301, to: "/moved"}},
		{96, answer{Document: feed(7, `"8"`).Document, status: 308, to: "/moved"}},
		{169, feed(7, `"8"`)},
	}
	text := "polling: {every: 30m}\nsources: [{name: a, url: \"http://polite.example/feed\"}]\neditions: [{name: all}]\n"
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		up := fetchtest.NewPiped(t)
		p := &publisher{start: time.Now()}
		p.current = func(hour float64) answer {
			now := 0
			for hour >= times[now].until {
				now++
			}
			return times[now].answer
		}
		up.Serve("/feed", p)
		up.Serve("/moved", p)
		// Restarts, in the midst of all that, and reloads.
		for _, hours := range []float64{5.1, 12.9, 0.2, 0.2, 14, 27.5, 40, 68} {
			d := deskAt(t, dir, text, time.Now)
			client := fetch.New(fetch.Options{Polling: d.config.Polling, Dial: up.Dial, Version: "1", Budgets: d.budget})
			d.poller.Fetcher = client
			ctx, stop := context.WithTimeout(t.Context(), time.Duration(hours*float64(time.Hour)))
			if err := d.poller.Run(ctx); err != nil {
				t.Error(err)
			}
			stop()
			client.Close()
			if err := d.close(); err != nil {
				t.Error(err)
			}
			text += "# another remark\n"
		}
		p.judge(t)
	})
}

// judge reads the log.
func (p *publisher) judge(t *testing.T) {
	t.Helper()
	var log bytes.Buffer
	known := map[string]string{} // by path: the validator of what was last used
	var patience, last time.Time
	for _, v := range p.visits {
		complain := func(what string) { t.Errorf("%s: %s", v.at.Sub(p.start), what) }
		a := p.current(v.at.Sub(p.start).Hours())
		fmt.Fprintln(&log, v.at.Sub(p.start), v.path, v.etag, v.since, v.status)
		serves := a.to == "" || a.to == v.path // and doesn't redirect
		redirected := v.path == "/moved" && v.at.Equal(last)
		switch {
		case v.odd:
			complain("it sends what nobody needs, or leaves out what all send")
		case !last.IsZero() && v.at.Sub(last) < 30*time.Minute && !redirected:
			complain(fmt.Sprintf("after %v only", v.at.Sub(last)))
		case v.at.Before(patience):
			complain("it was asked for patience")
		case v.path != "/feed" && v.path != a.to && known[v.path] == "":
			complain("nobody sent it here")
		case v.unconditional && known[v.path] != "" && serves:
			complain("an unconditional request")
		case v.etag != known[v.path] && serves:
			complain(fmt.Sprintf("it has %s, and says %s", known[v.path], v.etag))
		}
		if last = v.at; a.after != "" {
			patience = v.at.Add(4 * time.Hour)
		}
		if v.status == 200 && !a.useless && !a.cut {
			known[v.path] = a.ETag
		}
	}
	if n := len(p.visits); n < 60 || n > 330 {
		t.Errorf("%d requests in a week", n)
	}
	if final := p.visits[len(p.visits)-1]; final.path != "/moved" || final.status != 304 {
		t.Errorf("at the end it asks %s and gets %d", final.path, final.status)
	}
	if t.Failed() {
		t.Log(log.String())
	}
}
