package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// chaosEnv says how often the program is killed; `make chaos` sets it.
// chaosSeedEnv repeats a run.
const (
	chaosEnv     = "COPYDESK_CHAOS"
	chaosSeedEnv = "COPYDESK_CHAOS_SEED"
	fewKills     = 4 // in the ordinary tests
)

// TestKilledAtAnyInstantNothingIsLostNorTwice starts the real program on
// upstreams that change all the time, kills it at random instants of polling,
// serving and publishing, and reads its editions in between, as a client
// does. Whatever a client ever saw stays, under the same id and date, once;
// whatever upstream listed arrives.
func TestKilledAtAnyInstantNothingIsLostNorTwice(t *testing.T) {
	kills, seed := fewKills, uint64(time.Now().UnixNano())
	if n, err := strconv.Atoi(os.Getenv(chaosEnv)); err == nil {
		kills = n
	}
	if n, err := strconv.ParseUint(os.Getenv(chaosSeedEnv), 10, 64); err == nil {
		seed = n
	}
	c := newChaos(t, seed)
	t.Logf("seed %d; %s=%d %s=%d repeats it", seed, chaosEnv, kills, chaosSeedEnv, seed)
	c.poll()
	c.read()
	for n := range kills {
		c.change()
		if n%4 == 3 {
			c.killServing()
		} else {
			c.killPolling()
		}
		c.read()
		if n%20 == 19 {
			c.sound()
		}
	}
	c.poll()
	c.poll()
	c.sound()
	c.read()
	c.complete()
	t.Logf("%d kills: %d before anything was written, %d reloads, %d orderly stops (slowest %v); %d reads saw %d entries, of which %d were edited, in %d stories; upstream was asked %d times",
		kills, c.early, c.reloads, c.stops, c.slowest.Round(time.Millisecond), c.reads, len(c.seen), len(c.edits), len(c.stories), c.asked)
}

// chaos is the program, its upstreams, and what a client saw.
type chaos struct {
	*testing.T
	random *rand.Rand
	binary string
	dir    string
	port   int
	run    int
	usual  time.Duration // of a poll that isn't killed

	mu    sync.Mutex
	texts [][]string // by source and entry: its text
	asked int

	seen                         map[string]sight           // by link
	told                         map[string]map[string]bool // by link: when it was updated, as a client saw it
	stories                      map[string]string          // by id: when it was published
	edits                        map[string]int             // by link: how often upstream edited it
	reads, early, reloads, stops int
	slowest                      time.Duration
}

// sight is what a client saw of an entry.
type sight struct{ ID, Published string }

const chaosSources = 5

func newChaos(t *testing.T, seed uint64) *chaos {
	c := &chaos{T: t, random: rand.New(&lockedSource{source: rand.NewPCG(seed, 1)}), dir: t.TempDir(), texts: make([][]string, chaosSources), seen: map[string]sight{}, told: map[string]map[string]bool{}, edits: map[string]int{}}
	c.binary = program(t)
	server := httptest.NewServer(c)
	t.Cleanup(server.Close)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c.port = l.Addr().(*net.TCPAddr).Port
	l.Close()
	t.Setenv("UPSTREAM", server.URL)
	for range 20 {
		c.change()
	}
	c.configure()
	start := time.Now()
	c.poll()
	c.usual = time.Since(start)
	return c
}

// program is the real binary for a long run, else this test's, which runs the
// same commands.
func program(t *testing.T) string {
	if os.Getenv(chaosEnv) == "" {
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		return self
	}
	binary := filepath.Join(t.TempDir(), "copydesk")
	if out, err := exec.Command("go", "build", "-o", binary, "..").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}

// configure writes the configuration; each time the sources have other
// addresses, so that all are due.
func (c *chaos) configure() {
	c.run++
	var b strings.Builder
	fmt.Fprintf(&b, "server: {listen: \"127.0.0.1:%d\"}\nstorage: desk.db\npolling: {allow_private: true, requests_per_minute: 100000, per_host: 8, every: 10s, timeout: 5s}\nsources:\n", c.port)
	for n := range chaosSources {
		fmt.Fprintf(&b, "  - {name: source-%d, url: \"${UPSTREAM}/%d?run=%d\"}\n", n, n, c.run)
	}
	b.WriteString("editions:\n  - {name: all, stories: all, limit: 100000}\n  - {name: one, limit: 100000}\n")
	// Replaced as a whole: the program may be reading it.
	file := filepath.Join(c.dir, "copydesk.yaml")
	if err := errors.Join(os.WriteFile(file+".new", []byte(b.String()), 0o600), os.Rename(file+".new", file)); err != nil {
		c.Fatal(err)
	}
}

// change adds an entry somewhere, or edits one.
func (c *chaos) change() {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.random.IntN(chaosSources)
	if known := len(c.texts[n]); known > 0 && c.random.IntN(4) == 0 {
		i := c.random.IntN(known)
		c.texts[n][i] += fmt.Sprintf(" It was edited in step %d.", c.run)
		c.edits[chaosLink(n, i)]++
		return
	}
	subject := c.random.IntN(1000)
	for range 1 + c.random.IntN(3) {
		// Some of these are renditions of one story.
		c.texts[n] = append(c.texts[n], fmt.Sprintf("Crew %d of the %s crane lifted barge number %d from basin %d on day %d.",
			subject, []string{"old", "new", "small", "big"}[subject%4], subject*7, subject%9, len(c.texts[n])%3))
	}
}

func chaosLink(source, entry int) string {
	return fmt.Sprintf("https://source-%d.example/%d", source, entry)
}

// ServeHTTP is the upstreams: RSS whose ids are IRIs in some sources, numbers
// in others, sometimes cut, empty, refused or slow.
func (c *chaos) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked++
	n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<rss version="2.0"><channel><title>Source %d</title><link>https://source-%d.example/</link><description>d</description>`, n, n)
	for i, text := range c.texts[n] {
		id := fmt.Sprint(i)
		if n%2 == 0 {
			id = fmt.Sprintf("urn:source:%d:%d", n, i)
		}
		if n == 4 && i%5 == 0 {
			id = fmt.Sprintf("urn:source:2:%d", i) // another source's
		}
		fmt.Fprintf(&b, "<item><guid isPermaLink=\"false\">%s</guid><title>%s</title><link>%s</link><pubDate>%s</pubDate><description>%s</description></item>",
			id, text[:min(len(text), 60)], chaosLink(n, i), time.Date(2026, 3, 1, 0, i, n, 0, time.UTC).Format(time.RFC1123Z), text)
	}
	b.WriteString("</channel></rss>")
	body := b.String()
	switch fate := c.random.IntN(40); {
	case strings.Contains(r.UserAgent(), "calm") || fate > 4:
	case fate == 0:
		http.Error(w, "no", http.StatusInternalServerError)
		return
	case fate == 1:
		body = `<rss version="2.0"><channel><title>Source</title></channel></rss>`
	case fate == 2:
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
		body = body[:len(body)/2]
	}
	w.Header().Set("ETag", fmt.Sprintf(`"%d"`, len(body)))
	w.Header().Set("Content-Type", "application/rss+xml")
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(body))
}

// command prepares the program.
func (c *chaos) command(args ...string) (*exec.Cmd, *bytes.Buffer) {
	cmd := exec.Command(c.binary)
	cmd.Args = append([]string{"copydesk"}, args...)
	cmd.Dir = c.dir
	var out bytes.Buffer
	cmd.Stderr = &out
	return cmd, &out
}

// poll polls everything until all sources answered well.
func (c *chaos) poll() {
	for range 20 {
		cmd, errs := c.command("poll", "--all", "--json")
		out, err := cmd.Output()
		if err != nil {
			c.Fatalf("poll: %v\n%s", err, errs)
		}
		if !bytes.Contains(out, []byte(`"status": "error"`)) {
			return
		}
	}
	c.Fatal("upstream never answered well")
}

// killPolling kills a poll at a random instant.
func (c *chaos) killPolling() {
	args := []string{"poll", "--all"}
	if c.random.IntN(3) == 0 {
		args = append(args, "--out", "static")
	}
	cmd, errs := c.command(args...)
	if err := cmd.Start(); err != nil {
		c.Fatal(err)
	}
	c.killAfter(cmd, time.Duration(c.random.Int64N(int64(c.usual*5/4))), errs)
}

// killAfter kills the program, if it is still there.
func (c *chaos) killAfter(cmd *exec.Cmd, wait time.Duration, errs *bytes.Buffer) {
	if wait < 15*time.Millisecond {
		c.early++
	}
	timer := time.AfterFunc(wait, func() { _ = cmd.Process.Kill() }) // it may have ended
	defer timer.Stop()
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() > 0 {
		c.Fatalf("%v\n%s", err, errs)
	}
}

// killServing serves, reads in between, and ends the program in one of the
// ways in which programs end.
func (c *chaos) killServing() {
	c.configure()
	cmd, errs := c.command("serve")
	if err := cmd.Start(); err != nil {
		c.Fatal(err)
	}
	until := time.Now().Add(time.Duration(c.random.Int64N(int64(400 * time.Millisecond))))
	reload := c.random.IntN(2) == 0
	for time.Now().Before(until) {
		c.readServed()
		if reload && c.random.IntN(3) == 0 {
			reload = false
			c.reloads++
			c.change()
			c.configure()
			_ = cmd.Process.Signal(syscall.SIGHUP) // it may have ended
		}
	}
	if c.random.IntN(3) > 0 {
		c.killAfter(cmd, 0, errs)
		return
	}
	c.stops++
	start := time.Now()
	_ = cmd.Process.Signal(syscall.SIGTERM)
	kill := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
	defer kill.Stop()
	err := cmd.Wait()
	c.slowest = max(c.slowest, time.Since(start))
	if err != nil && !strings.Contains(err.Error(), "terminated") && !strings.Contains(err.Error(), "hangup") { // before it listened to signals
		c.Fatalf("stopping: %v after %v\n%s", err, time.Since(start), errs)
	}
}

// readServed reads an edition as a feed reader.
func (c *chaos) readServed() {
	response, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/feeds/all.json", c.port))
	if err != nil {
		time.Sleep(5 * time.Millisecond) // it isn't listening yet
		return
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if response.StatusCode == http.StatusServiceUnavailable || err != nil && errors.Is(err, io.ErrUnexpectedEOF) {
		return
	}
	if err != nil || response.StatusCode != http.StatusOK {
		c.Fatalf("reading: %v, status %d: %s", err, response.StatusCode, body)
	}
	c.look(body)
}

// read reads both editions from the store.
func (c *chaos) read() {
	c.look(c.export("all"))
	c.lookAtStories(c.export("one"))
}

func (c *chaos) export(edition string) []byte {
	cmd, errs := c.command("export", edition, "--format", "json")
	out, err := cmd.Output()
	if err != nil {
		c.Fatalf("export: %v\n%s", err, errs)
	}
	return out
}

// lookAtStories compares what a client sees of an edition that lists stories
// with what it saw before: each id stays, once, under its date.
func (c *chaos) lookAtStories(body []byte) {
	var doc struct {
		Items []struct {
			ID        string `json:"id"`
			Published string `json:"date_published"`
		} `json:"items"`
	}
	if err := json.Unmarshal(body, &doc); err != nil {
		c.Fatalf("%v: %s", err, body)
	}
	now := map[string]string{}
	for _, i := range doc.Items {
		if _, twice := now[i.ID]; twice {
			c.Fatalf("published twice: %s", i.ID)
		}
		now[i.ID] = i.Published
	}
	for id, published := range c.stories {
		if now[id] != published {
			c.Fatalf("the story %s was published at %s, and is at %q", id, published, now[id])
		}
	}
	c.stories = now
}

// look compares what a client sees with what it saw before.
func (c *chaos) look(body []byte) {
	var doc struct {
		Items []struct {
			ID        string `json:"id"`
			URL       string `json:"url"`
			Published string `json:"date_published"`
			Updated   string `json:"date_modified"`
		} `json:"items"`
	}
	if err := json.Unmarshal(body, &doc); err != nil {
		c.Fatalf("%v: %s", err, body)
	}
	c.reads++
	ids, links := map[string]bool{}, map[string]bool{}
	for _, i := range doc.Items {
		if ids[i.ID] || links[i.URL] {
			c.Fatalf("published twice: %s %s", i.ID, i.URL)
		}
		ids[i.ID], links[i.URL] = true, true
		now := sight{i.ID, i.Published}
		if before, known := c.seen[i.URL]; known && before != now {
			c.Fatalf("%s was %v, and is %v", i.URL, before, now)
		}
		c.seen[i.URL] = now
		if c.told[i.URL] == nil {
			c.told[i.URL] = map[string]bool{}
		}
		if c.told[i.URL][i.Updated] = true; len(c.told[i.URL]) > 1+c.edits[i.URL] {
			c.Fatalf("%s was edited %d times, and told as updated at %v", i.URL, c.edits[i.URL], c.told[i.URL])
		}
	}
	for link := range c.seen {
		if !links[link] {
			c.Fatalf("%s was published, and is gone", link)
		}
	}
}

// sound checks the database.
func (c *chaos) sound() {
	cmd, errs := c.command("db", "check")
	if out, err := cmd.Output(); err != nil || !bytes.Contains(out, []byte("is sound")) {
		c.Fatalf("db check: %v\n%s%s", err, out, errs)
	}
}

// complete checks that all that upstream listed is there, as it is now, and
// that edits were told.
func (c *chaos) complete() {
	var doc struct {
		Items []struct {
			URL       string `json:"url"`
			HTML      string `json:"content_html"`
			Published string `json:"date_published"`
			Updated   string `json:"date_modified"`
		} `json:"items"`
	}
	if err := json.Unmarshal(c.export("all"), &doc); err != nil {
		c.Fatal(err)
	}
	told := 0
	found := map[string]string{}
	for _, i := range doc.Items {
		found[i.URL] = i.HTML
		if edited := i.Updated != "" && i.Updated != i.Published; edited && c.edits[i.URL] == 0 {
			c.Errorf("%s: updated %s, published %s, though nobody edited it", i.URL, i.Updated, i.Published)
		} else if edited {
			told++
		}
	}
	all := 0
	for n, texts := range c.texts {
		for i, text := range texts {
			all++
			html, there := found[chaosLink(n, i)]
			if !there {
				c.Errorf("%s was listed, and is lost", chaosLink(n, i))
			} else if !strings.Contains(html, text[len(text)-20:]) {
				c.Errorf("%s is published as it was: %s", chaosLink(n, i), html)
			}
		}
	}
	if all != len(found) {
		c.Errorf("upstream listed %d entries, %d are published", all, len(found))
	}
	c.Logf("%d entries, %d of %d edited ones told as updated", all, told, len(c.edits))
}

// lockedSource is random numbers for several goroutines: the upstream's too.
type lockedSource struct {
	mu     sync.Mutex
	source rand.Source
}

func (s *lockedSource) Uint64() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.source.Uint64()
}
