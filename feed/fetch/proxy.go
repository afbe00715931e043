package fetch

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"time"

	"golang.org/x/net/proxy"
)

// A proxy dials for us, so that no dialled address is there to be judged. What
// can be done depends on its kind, which its address names:
//
//   - socks5 is told an address that was resolved and judged here;
//   - http and https are told the name, since many let requests pass by names
//     only; the name is resolved and judged here first, and what the proxy
//     makes of it is its own affair;
//   - socks5h says that names are the proxy's affair, and that nobody else
//     should be asked about them.
//
// Hosts that are addresses are judged for all of them. A name that can't be
// resolved here goes to the proxy as it is: behind many proxies there is no
// resolver.
const (
	resolvingHere  = "socks5"
	resolvingThere = "socks5h"
)

// resolveTimeout is how long the resolver may think about a name that the
// proxy could resolve.
const resolveTimeout = 5 * time.Second

// judge refuses what a proxy shouldn't be asked for.
func (t *transport) judge(r *http.Request, proxy *url.URL) error {
	if proxy.Scheme == resolvingHere || proxy.Scheme == resolvingThere {
		return nil // the former judges when it connects
	}
	_, err := t.resolve(r.Context(), r.URL.Hostname(), port(r.URL))
	return err
}

// resolve is what a host resolves to here; none and no error when nobody knows.
// One address that isn't public is enough to refuse all: which of them a proxy
// would take is not known.
func (t *transport) resolve(ctx context.Context, host, port string) ([]netip.Addr, error) {
	if t.guard.open {
		return nil, nil
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return nil, errors.New("the address has no port that can be asked")
	}
	addrs := []netip.Addr{}
	if literal, ok := literalAddr(plainHost(host)); ok {
		addrs = append(addrs, literal)
	} else {
		asking, cancel := context.WithTimeout(ctx, resolveTimeout)
		defer cancel()
		if addrs, err = t.options.Resolver.LookupNetIP(asking, "ip", plainHost(host)); err != nil {
			return nil, ctx.Err()
		}
	}
	for i, addr := range addrs {
		addrs[i] = addr.Unmap()
		if err := t.guard.check(netip.AddrPortFrom(addr, uint16(number))); err != nil {
			return nil, err
		}
	}
	return addrs, nil
}

// overSocks connects over a SOCKS5 proxy, to an address that was judged.
func (t *transport) overSocks(address *url.URL) dialFunc {
	var auth *proxy.Auth
	if user := address.User; user != nil {
		password, _ := user.Password()
		auth = &proxy.Auth{User: user.Username(), Password: password}
	}
	at := net.JoinHostPort(address.Hostname(), "1080")
	if address.Port() != "" {
		at = address.Host
	}
	return func(ctx context.Context, network, target string) (net.Conn, error) {
		dialer, err := proxy.SOCKS5("tcp", at, auth, forward(t.free))
		if err != nil {
			return nil, err
		}
		over, ok := dialer.(proxy.ContextDialer)
		if !ok {
			return nil, errors.New("the proxy can't be used")
		}
		host, port, err := net.SplitHostPort(target)
		if err != nil {
			return nil, err
		}
		addrs, err := t.resolve(ctx, host, port)
		if err != nil {
			return nil, err
		}
		targets := []string{target} // as it is, where nobody here knows it
		if len(addrs) > 0 {
			targets = targets[:0]
			slices.SortStableFunc(addrs, func(a, b netip.Addr) int { return a.BitLen() - b.BitLen() }) // more proxies have IPv4
			for _, addr := range addrs {
				targets = append(targets, net.JoinHostPort(addr.String(), port))
			}
		}
		ctx, cancel := context.WithTimeout(ctx, t.options.Polling.Timeout)
		defer cancel()
		return firstOf(ctx, over, network, targets)
	}
}

// firstOf connects to the first target that answers.
func firstOf(ctx context.Context, dialer proxy.ContextDialer, network string, targets []string) (net.Conn, error) {
	var failed error
	for _, target := range targets {
		trying, cancel := context.WithTimeout(ctx, dialTimeout)
		conn, err := dialer.DialContext(trying, network, target)
		cancel()
		if err == nil || ctx.Err() != nil {
			return conn, err
		}
		failed = errors.Join(failed, err)
	}
	return nil, failed
}

// forward is how a proxy itself is reached.
type forward dialFunc

func (f forward) Dial(network, address string) (net.Conn, error) {
	return f(context.Background(), network, address)
}

func (f forward) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	return f(ctx, network, address)
}
