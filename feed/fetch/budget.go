package fetch

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"sync"
	"time"

	"copydesk/feed"
)

// Budget is what a host has left, as plain data.
type Budget struct {
	Tokens float64   `json:"tokens"` // requests that can be made at once; below 0 when some wait
	At     time.Time `json:"at"`     // when that was so
	// Paused is until when the host is left in peace; mostly zero.
	Paused time.Time `json:"paused,omitzero"`
}

const (
	// minPause is how long a host is left in peace that doesn't say how long.
	minPause = time.Minute
	// recent is how long the answer to a source counts when it is judged
	// whether a host refuses most of its sources.
	recent = time.Hour
)

// Budgets bounds the requests to each host: how many are in flight, and how
// many a minute, of which a minute's worth can come at once. All that asks
// other hosts shares one. It is safe for concurrent use.
type Budgets struct {
	now       func() time.Time
	mu        sync.Mutex
	perHost   int
	perMinute int
	perDomain bool
	hosts     map[string]*hostBudget // by key
	// former are budgets of domains from when these were counted: their hosts
	// begin with what was left.
	former map[string]Budget
	// configured counts the sources of each host, by its name.
	configured map[string]int
}

type hostBudget struct {
	Budget
	inFlight int
	queue    []chan struct{} // waiting for one in flight to end, in order
	refused  map[string]time.Time
	answered map[string]time.Time
	joined   *hostBudget // the one that stands for this one since domains are counted
}

// standing is the budget that stands for this one.
func (h *hostBudget) standing() *hostBudget {
	for h.joined != nil {
		h = h.joined
	}
	return h
}

// NewBudgets makes full budgets; a limit of 0 is none.
func NewBudgets(perHost, perMinute int, now func() time.Time) *Budgets {
	return &Budgets{perHost: perHost, perMinute: perMinute, now: now, hosts: map[string]*hostBudget{}, former: map[string]Budget{}}
}

// SetLimits changes the limits; what was used stays used.
func (b *Budgets) SetLimits(perHost, perMinute int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, h := range b.hosts {
		b.refill(h)
	}
	unlimited := b.perMinute <= 0
	b.perHost, b.perMinute = perHost, perMinute
	for _, h := range b.hosts {
		if unlimited {
			h.Tokens = float64(perMinute)
		}
		b.admit(h)
	}
}

// SetSources tells which sources there are: most of a host's sources have to
// be refused before the host is left in peace.
func (b *Budgets) SetSources(sources []feed.Source) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.configured = map[string]int{}
	for _, s := range sources {
		if u, err := url.Parse(s.URL); err == nil {
			b.configured[plainHost(u.Hostname())]++
		}
	}
}

// sourcesOf is how many sources count for a budget.
func (b *Budgets) sourcesOf(key string) int {
	n := 0
	for host, sources := range b.configured {
		if b.key(host) == key {
			n += sources
		}
	}
	return n
}

// Acquire waits until a request may go to the host. release says that its
// answer was read. While a host is paused the error is a *feed.FetchError.
func (b *Budgets) Acquire(ctx context.Context, host string) (release func(), err error) {
	key := b.key(host)
	b.mu.Lock()
	h := b.host(key)
	if err := b.pausedError(h); err != nil {
		b.mu.Unlock()
		return nil, err
	}
	turn := make(chan struct{})
	h.queue = append(h.queue, turn)
	b.admit(h)
	b.mu.Unlock()
	select {
	case <-turn:
	case <-ctx.Done():
		b.leave(h, turn)
		return nil, context.Cause(ctx)
	}
	release = sync.OnceFunc(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		h := h.standing()
		h.inFlight--
		b.admit(h)
	})
	if err := b.pay(ctx, h); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

// leave gives up a place in the queue, or the turn that came meanwhile.
func (b *Budgets) leave(h *hostBudget, turn chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	h = h.standing()
	for i, t := range h.queue {
		if t == turn {
			h.queue = append(h.queue[:i], h.queue[i+1:]...)
			return
		}
	}
	h.inFlight--
	b.admit(h)
}

// admit lets those in whose turn it is.
func (b *Budgets) admit(h *hostBudget) {
	for len(h.queue) > 0 && (b.perHost <= 0 || h.inFlight < b.perHost) {
		h.inFlight++
		close(h.queue[0])
		h.queue = h.queue[1:]
	}
}

// pay takes a token, and waits until it is earned.
func (b *Budgets) pay(ctx context.Context, h *hostBudget) error {
	b.mu.Lock()
	h = h.standing()
	if err := b.pausedError(h); err != nil { // meanwhile
		b.mu.Unlock()
		return err
	}
	if b.perMinute <= 0 {
		b.mu.Unlock()
		return nil
	}
	b.refill(h)
	h.Tokens--
	wait := time.Duration(0)
	if h.Tokens < 0 {
		wait = time.Duration(-h.Tokens * float64(time.Minute) / float64(b.perMinute))
	}
	b.mu.Unlock()
	if wait <= 0 {
		return nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		b.mu.Lock()
		defer b.mu.Unlock()
		h.standing().Tokens++
		return context.Cause(ctx)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.pausedError(h.standing())
}

// refill adds what time has earned, which is the budget as of now. A clock
// that went back earns nothing.
func (b *Budgets) refill(h *hostBudget) Budget {
	now, full := b.now(), float64(b.perMinute)
	if passed := now.Sub(h.At); passed > 0 && b.perMinute > 0 {
		h.Tokens = h.Tokens + passed.Minutes()*full
	}
	h.Tokens = min(h.Tokens, full)
	h.At = now
	return h.Budget
}

// pausedError is the answer while a host is paused. It stands for the
// refusal that the host would give.
func (b *Budgets) pausedError(h *hostBudget) error {
	left := h.Paused.Sub(b.now())
	if left <= 0 {
		return nil
	}
	left = min(left, maxRetryAfter)
	return &feed.FetchError{
		Refused: true, RetryAfter: left,
		Err: fmt.Errorf("it refused most of its sources, and is left in peace for %v", left.Round(time.Second)),
	}
}

// refuse notes that the host refused a source, and pauses the host when it
// lately refused most of its sources, at least two: of those that are
// configured, or of those it was asked for, if these are more.
func (b *Budgets) refuse(host, source string, retryAfter time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	h := b.host(b.key(host))
	h.forget(now)
	delete(h.answered, source)
	if h.refused == nil {
		h.refused = map[string]time.Time{}
	}
	h.refused[source] = now
	refused := len(h.refused)
	if refused < 2 || refused <= max(len(h.answered), b.sourcesOf(b.key(host))-refused) {
		return
	}
	if until := now.Add(max(retryAfter, minPause)); until.After(h.Paused) {
		h.Paused = until
	}
}

// answer notes that the host had an answer for a source.
func (b *Budgets) answer(host, source string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	h := b.host(b.key(host))
	delete(h.refused, source)
	if h.answered == nil {
		h.answered = map[string]time.Time{}
	}
	h.answered[source] = b.now()
}

// Snapshot is what has to be kept across restarts: the budgets that aren't full.
func (b *Budgets) Snapshot() map[string]Budget {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := map[string]Budget{}
	for key, h := range b.hosts {
		b.refill(h)
		h.forget(h.At)
		if b.spent(h.Budget) {
			out[key] = h.Budget
		} else if h.idle() {
			delete(b.hosts, key)
		}
	}
	for key, budget := range b.former {
		if h := (hostBudget{Budget: budget}); b.spent(b.refill(&h)) {
			out[key] = h.Budget
		} else {
			delete(b.former, key)
		}
	}
	return out
}

// spent reports whether something of a budget, as of now, is used up.
func (b *Budgets) spent(one Budget) bool {
	return one.Tokens < float64(b.perMinute) || one.Paused.After(b.now())
}

// forget forgets answers that don't count any more.
func (h *hostBudget) forget(now time.Time) {
	old := func(_ string, at time.Time) bool { return now.Sub(at) > recent || at.After(now) }
	maps.DeleteFunc(h.refused, old)
	maps.DeleteFunc(h.answered, old)
}

// idle reports whether nothing is lost when the host is forgotten.
func (h *hostBudget) idle() bool {
	return h.inFlight == 0 && len(h.queue) == 0 && len(h.refused) == 0
}

// Restore takes up budgets where a snapshot left them. Those of hosts that
// were asked meanwhile stay.
func (b *Budgets) Restore(snapshot map[string]Budget) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now, restored := b.now(), map[string]*hostBudget{}
	for key, budget := range snapshot {
		if budget.At.After(now) { // the clock went back
			budget.At = now
		}
		if budget.Paused.Sub(now) > maxRetryAfter {
			budget.Paused = time.Time{}
		}
		budget.Tokens = max(budget.Tokens, -float64(b.perMinute))
		key, counts := b.keyOf(key)
		switch known := restored[key]; {
		case b.hosts[key] != nil:
		case !counts:
			b.former[key] = budget
		case known != nil:
			b.join(&hostBudget{Budget: budget}, known)
		default:
			restored[key] = &hostBudget{Budget: budget}
		}
	}
	maps.Copy(b.hosts, restored)
}

func (b *Budgets) host(key string) *hostBudget {
	h := b.hosts[key]
	if h == nil {
		h = &hostBudget{Budget: Budget{Tokens: float64(b.perMinute), At: b.now()}}
		if len(b.former) > 0 && !b.perDomain {
			if domain, is := domainOf(key); is {
				if left, ok := b.former[domain]; ok {
					h.Budget = left
				}
			}
		}
		b.hosts[key] = h
	}
	return h
}
