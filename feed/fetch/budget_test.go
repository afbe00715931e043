package fetch_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"copydesk/feed"
	"copydesk/feed/fetch"
	"copydesk/feed/fetch/fetchtest"
)

// spend makes n requests in a row and tells when each could go.
func spend(t *testing.T, b *fetch.Budgets, host string, n int) []time.Duration {
	t.Helper()
	start := time.Now()
	var at []time.Duration
	for range n {
		release, err := b.Acquire(t.Context(), host)
		if err != nil {
			t.Fatal(err)
		}
		at = append(at, time.Since(start).Round(time.Millisecond))
		release()
	}
	return at
}

func TestABurstPassesThenRequestsArePaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := fetch.NewBudgets(2, 6, time.Now)
		want := []time.Duration{0, 0, 0, 0, 0, 0, 10 * time.Second, 20 * time.Second}
		if diff := cmp.Diff(want, spend(t, b, "a.example", 8)); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]time.Duration{0}, spend(t, b, "b.example", 1)); diff != "" {
			t.Errorf("another host waits: %s", diff)
		}
		time.Sleep(time.Hour) // simulated
		if diff := cmp.Diff(want, spend(t, b, "A.example.", 8)); diff != "" {
			t.Errorf("more than a minute's worth is saved up: %s", diff)
		}
	})
}

func TestBudgetsSurviveARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := fetch.NewBudgets(2, 6, time.Now)
		spend(t, b, "a.example", 6)
		spend(t, b, "full.example", 1)
		time.Sleep(10 * time.Second) // simulated: one more for a, and full again
		stored, err := json.Marshal(b.Snapshot())
		if err != nil {
			t.Fatal(err)
		}
		var snapshot map[string]fetch.Budget
		if err := json.Unmarshal(stored, &snapshot); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]fetch.Budget{"a.example": {Tokens: 1, At: time.Now()}}, snapshot, cmpopts.EquateApprox(0, 0.01)); diff != "" {
			t.Error(diff)
		}
		b = fetch.NewBudgets(2, 6, time.Now)
		b.Restore(snapshot)
		if diff := cmp.Diff([]time.Duration{0, 10 * time.Second}, spend(t, b, "a.example", 2)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestBudgetsSurviveAClockThatJumps(t *testing.T) {
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	b := fetch.NewBudgets(0, 6, func() time.Time { return now })
	acquire := func() error {
		ctx, cancel := context.WithCancel(context.Background())
		cancel() // nobody waits
		release, err := b.Acquire(ctx, "a.example")
		if err == nil {
			release()
		}
		return err
	}
	tokens := func() float64 { return b.Snapshot()["a.example"].Tokens }
	for range 4 {
		for acquire() != nil { // a turn that has come may lose against a context that has ended
		}
	}
	now = now.Add(-time.Hour)
	if got := tokens(); got != 2 {
		t.Errorf("an hour back: %v left", got)
	}
	now = now.Add(10 * time.Second)
	if got := tokens(); got < 2.99 || got > 3.01 {
		t.Errorf("and it goes on: %v left", got)
	}
	restored := fetch.NewBudgets(0, 6, func() time.Time { return now })
	restored.Restore(map[string]fetch.Budget{"a.example": {Tokens: -1e9, At: now.AddDate(1, 0, 0), Paused: now.AddDate(1, 0, 0)}})
	now = now.Add(2 * time.Minute)
	if got := restored.Snapshot(); len(got) != 0 && got["a.example"].Tokens < 5.99 {
		t.Errorf("what a clock of the future left: %v", got)
	}
}

func TestRequestsInFlightAreBoundedPerHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := fetch.NewBudgets(2, 0, time.Now)
		var inFlight, peak, done atomic.Int32
		for i := range 10 {
			go func() {
				release, err := b.Acquire(t.Context(), "a.example")
				if err != nil {
					t.Error(err)
					return
				}
				peak.Store(max(peak.Load(), inFlight.Add(1)))
				time.Sleep(time.Second + time.Duration(i)) // simulated
				inFlight.Add(-1)
				done.Add(1)
				release()
				release() // twice is once
			}()
		}
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := b.Acquire(ctx, "a.example"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("waiting ignores its context: %v", err)
		}
		time.Sleep(6 * time.Second) // simulated
		if peak.Load() != 2 || done.Load() != 10 {
			t.Errorf("%d at once, %d done", peak.Load(), done.Load())
		}
	})
}

func TestGivingUpGivesTheTokenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := fetch.NewBudgets(1, 60, time.Now)
		spend(t, b, "a.example", 60)
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		for range 5 {
			if _, err := b.Acquire(ctx, "a.example"); err == nil {
				t.Error("no wait")
			}
		}
		if diff := cmp.Diff([]time.Duration{900 * time.Millisecond}, spend(t, b, "a.example", 1)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestHostsOfARegistrableDomainCanShareABudget(t *testing.T) {
	b := fetch.NewBudgets(0, 100, time.Now)
	b.CountDomains(true)
	for _, host := range []string{
		"a.blogs.co.uk", "b.blogs.co.uk", "blogs.co.uk", "A.B.Blogs.CO.UK.", "127.0.0.1", "10.0.0.1", "127.1", "::1", "localhost", "nas", "co.uk",
		"x.github.io", "y.github.io", "github.io", "bücher.example", "xn--bcher-kva.EXAMPLE.",
	} {
		spend(t, b, host, 1)
	}
	want := map[string]int{
		"*.blogs.co.uk": 4, "127.0.0.1": 1, "10.0.0.1": 1, "127.1": 1, "::1": 1, "localhost": 1, "nas": 1, "co.uk": 1,
		"*.x.github.io": 1, "*.y.github.io": 1, "github.io": 1, "*.xn--bcher-kva.example": 2,
	}
	if diff := cmp.Diff(want, used(b, 100)); diff != "" {
		t.Error(diff)
	}
	for address, want := range map[string]string{"https://A.blogs.co.uk:8443/feed": "*.blogs.co.uk", "http://[::1]:80/": "::1", "%": ""} {
		if got := b.Of(address); got != want {
			t.Errorf("%s counts to %q, not %q", address, got, want)
		}
	}
}

// used is how many requests of each budget are.
func used(b *fetch.Budgets, of float64) map[string]int {
	got := map[string]int{}
	for key, budget := range b.Snapshot() {
		got[key] = int(of + 0.5 - budget.Tokens)
	}
	return got
}

func TestCountingDomainsOrNotRenewsNoBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := fetch.NewBudgets(0, 100, time.Now)
		spend(t, b, "a.blogs.example", 20)
		spend(t, b, "b.blogs.example", 30)
		spend(t, b, "blogs.example", 5)
		hosts := b.Snapshot()
		step := func(name string, b *fetch.Budgets, want map[string]int) {
			t.Helper()
			if diff := cmp.Diff(want, used(b, 100)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		b.CountDomains(true)
		step("joined", b, map[string]int{"*.blogs.example": 55})
		spend(t, b, "c.blogs.example", 5)
		domains := b.Snapshot()
		b.CountDomains(false)
		step("apart", b, map[string]int{"*.blogs.example": 60})
		spend(t, b, "d.blogs.example", 1)
		step("apart, and one was asked", b, map[string]int{"*.blogs.example": 60, "d.blogs.example": 61})
		b.CountDomains(true)
		step("joined again", b, map[string]int{"*.blogs.example": 61})

		restored := func(snapshot map[string]fetch.Budget, perDomain bool) *fetch.Budgets {
			b := fetch.NewBudgets(0, 100, time.Now)
			b.CountDomains(perDomain)
			b.Restore(snapshot)
			return b
		}
		step("restarted, with domains now", restored(hosts, true), map[string]int{"*.blogs.example": 55})
		step("restarted, with domains still", restored(domains, true), map[string]int{"*.blogs.example": 60})
		apart := restored(domains, false)
		spend(t, apart, "blogs.example", 1)
		spend(t, apart, "other.example", 1)
		step("restarted, with hosts now", apart, map[string]int{"*.blogs.example": 60, "blogs.example": 61, "other.example": 1})
		time.Sleep(time.Minute) // simulated
		step("a minute later", apart, map[string]int{})
	})
}

func TestCountingDomainsWhileRequestsAreInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := fetch.NewBudgets(1, 0, time.Now)
		var releases []func()
		for _, host := range []string{"a.blogs.example", "b.blogs.example"} {
			release, err := b.Acquire(t.Context(), host)
			if err != nil {
				t.Fatal(err)
			}
			releases = append(releases, release)
		}
		admitted := make(chan string, 9)
		var wait sync.WaitGroup
		wait.Go(func() {
			if release, err := b.Acquire(t.Context(), "a.blogs.example"); err == nil {
				admitted <- "waited"
				release()
			}
		})
		synctest.Wait()
		b.CountDomains(true)
		wait.Go(func() {
			if release, err := b.Acquire(t.Context(), "c.blogs.example"); err == nil {
				admitted <- "came"
				release()
			}
		})
		releases[0]()
		synctest.Wait()
		if len(admitted) > 0 {
			t.Errorf("%s while one of the domain is in flight", <-admitted)
		}
		b.CountDomains(false) // who waits is let in all the same
		releases[1]()
		wait.Wait()
		if len(admitted) != 2 {
			t.Errorf("%d admitted", len(admitted))
		}
	})
}

func TestLimitsCanChangeWhileRequestsWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := fetch.NewBudgets(1, 0, time.Now)
		release, err := b.Acquire(t.Context(), "a.example")
		if err != nil {
			t.Fatal(err)
		}
		defer release()
		var wait sync.WaitGroup
		wait.Go(func() {
			if release, err := b.Acquire(t.Context(), "a.example"); err == nil {
				release()
			}
		})
		synctest.Wait()
		b.SetLimits(2, 0)
		wait.Wait()
	})
}

func TestAHostThatRefusesMostOfItsSourcesIsLeftInPeace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		up := fetchtest.NewPiped(t)
		for i := range 10 {
			up.Serve(fmt.Sprintf("/%d", i), fetchtest.Status(429, "", "Retry-After", "600"))
		}
		up.Serve("calm.example/0", fetchtest.Status(429, "", "Retry-After", "600"))
		up.Serve("calm.example/1", fetchtest.Document{Body: fetchtest.Feed()})
		c := piped(t, up, feed.Polling{})
		fetchAll := func(host string, n int) (refused int) {
			for i := range n {
				_, err := c.Fetch(t.Context(), feed.Source{Name: fmt.Sprintf("%s-%d", host, i), URL: fmt.Sprintf("http://%s/%d", host, i)}, nil)
				var e *feed.FetchError
				if errors.As(err, &e) && e.Refused && e.RetryAfter > 9*time.Minute {
					refused++
				}
			}
			return refused
		}
		if refused := fetchAll("busy.example", 10); refused != 10 || up.Count() != 2 {
			t.Errorf("%d refused, %d asked", refused, up.Count())
		}
		if !c.Budgets().Snapshot()["busy.example"].Paused.Equal(time.Now().Add(10 * time.Minute)) {
			t.Errorf("the pause isn't kept: %+v", c.Budgets().Snapshot())
		}
		if refused := fetchAll("calm.example", 2); refused != 1 || up.Count() != 4 {
			t.Errorf("%d refused, %d asked", refused, up.Count())
		}
		time.Sleep(10 * time.Minute) // simulated
		if before := up.Count(); fetchAll("busy.example", 1) != 1 || up.Count() != before+1 {
			t.Error("the pause doesn't end")
		}
	})
}

func TestAHostThatRefusesFewOfItsSourcesIsAskedForTheOthers(t *testing.T) {
	up := fetchtest.NewPiped(t)
	var sources []feed.Source
	for i := range 10 {
		answer := fetchtest.Status(429, "", "Retry-After", "600")
		if i >= 6 {
			answer = fetchtest.Document{Body: fetchtest.Feed()}
		}
		up.Serve(fmt.Sprintf("/%d", i), answer)
		sources = append(sources, feed.Source{Name: fmt.Sprintf("s%d", i), URL: fmt.Sprintf("http://Upstream.example/%d", i)})
	}
	c := piped(t, up, feed.Polling{})
	c.Budgets().SetSources(sources)
	for _, i := range []int{0, 1, 2, 3, 4, 6, 7, 8} {
		if _, err := c.Fetch(t.Context(), sources[i], nil); (err != nil) != (i < 6) {
			t.Errorf("%d: %v", i, err)
		}
	}
	for _, i := range []int{5, 9} { // the sixth of ten, and no more
		if _, err := c.Fetch(t.Context(), sources[i], nil); err == nil || up.Count() != 9 {
			t.Errorf("%d: %v after %d requests", i, err, up.Count())
		}
	}
}
