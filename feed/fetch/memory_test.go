package fetch_test

import (
	"context"
	"net/http"
	"runtime"
	"testing"
	"time"

	"copydesk/feed"
	"copydesk/feed/fetch"
	"copydesk/feed/fetch/fetchtest"
)

func TestHostileBodiesCostBoundedMemory(t *testing.T) {
	up := fetchtest.NewPiped(t)
	for path, answer := range map[string]http.Handler{
		"/endless": fetchtest.Raw(fetchtest.Send("HTTP/1.1 200 OK\r\n\r\n"), fetchtest.Endless("<entry/>")),
		"/headers": fetchtest.Raw(fetchtest.Send("HTTP/1.1 200 OK\r\n"), fetchtest.Endless("X-More: and more\r\n")),
		"/bomb":    fetchtest.Status(200, string(fetchtest.Bomb(64<<20, 2)), "Content-Encoding", "gzip"),
		"/error":   fetchtest.Raw(fetchtest.Send("HTTP/1.1 500 Oops\r\n\r\n"), fetchtest.Endless("no ")),
	} {
		up.Serve(path, answer)
		c := fetch.New(fetch.Options{Polling: feed.Polling{Timeout: 20 * time.Second, MaxSize: 256 << 10}, Dial: up.Dial})
		t.Cleanup(c.Close)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := c.Fetch(context.Background(), feed.Source{Name: "s", URL: up.URL + path}, nil); err == nil {
			t.Errorf("%s: no error", path)
		}
		runtime.ReadMemStats(&after)
		if cost := after.TotalAlloc - before.TotalAlloc; cost > 4<<20 {
			t.Errorf("%s: %d kB", path, cost>>10)
		}
	}
}
