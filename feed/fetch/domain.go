package fetch

import (
	"maps"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"
)

// CountDomains counts all hosts of one registrable domain as one host, or no
// longer does. What was used stays used; requests that are in flight when
// domains are no longer counted aren't counted with their host's.
func (b *Budgets) CountDomains(on bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if on == b.perDomain {
		return
	}
	b.perDomain = on
	hosts := b.hosts
	b.hosts = map[string]*hostBudget{}
	for key, h := range hosts {
		key, counts := b.keyOf(key)
		switch known := b.hosts[key]; {
		case !counts:
			b.refill(h)
			b.former[key] = h.Budget
		case known != nil:
			b.join(h, known)
			b.admit(known)
		default:
			b.hosts[key] = h
		}
	}
	if !on {
		return
	}
	for key, left := range b.former {
		h := b.host(key)
		b.refill(h)
		h.Tokens = min(h.Tokens, b.refill(&hostBudget{Budget: left}).Tokens)
	}
	clear(b.former)
}

// join adds to one host's budget what another's has used.
func (b *Budgets) join(h, into *hostBudget) {
	b.refill(h)
	b.refill(into)
	into.Tokens = max(into.Tokens+h.Tokens-float64(b.perMinute), -float64(b.perMinute))
	if h.Paused.Before(into.Paused) { // the other has an answer for somebody
		into.Paused = h.Paused
	}
	into.inFlight += h.inFlight
	into.queue = append(into.queue, h.queue...)
	into.refused, into.answered = merged(into.refused, h.refused), merged(into.answered, h.answered)
	h.joined, h.queue = into, nil
}

func merged(a, b map[string]time.Time) map[string]time.Time {
	if a == nil {
		return b
	}
	maps.Copy(a, b)
	return a
}

// Of names the budget of an address.
func (b *Budgets) Of(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.key(u.Hostname())
}

// key is what a host is counted under.
func (b *Budgets) key(host string) string {
	key, _ := b.keyOf(plainHost(host))
	return key
}

// keyOf is the key for a host or for a former key. It doesn't count when it is
// that of a domain and domains aren't counted.
func (b *Budgets) keyOf(key string) (now string, counts bool) {
	if strings.HasPrefix(key, domainMark) {
		return key, b.perDomain
	}
	if b.perDomain {
		if domain, ok := domainOf(key); ok {
			return domain, true
		}
	}
	return key, true
}

// domainMark tells the key of a domain from that of its host of the same name.
const domainMark = "*."

// domainOf is the key of a host's registrable domain. Addresses have none, nor
// have names that anybody can register names under.
func domainOf(host string) (string, bool) {
	if looksNumeric(host) {
		return "", false
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	return domainMark + domain, err == nil
}

func looksNumeric(host string) bool {
	_, loose := looseIPv4(host)
	return loose || strings.Contains(host, ":")
}
