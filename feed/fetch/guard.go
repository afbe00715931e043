package fetch

import (
	"fmt"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"syscall"

	"code.dny.dev/ssrf"
	"golang.org/x/net/idna"

	"copydesk/feed"
)

// guard decides which addresses may be dialled. It is asked with the address
// in hand, after all resolving, so that no notation and no changing answer of
// a resolver gets around it.
type guard struct {
	open     bool
	allowed  []netip.AddrPort
	networks []netip.Prefix
	public   *ssrf.Guardian
}

func newGuard(p feed.Polling) guard {
	return guard{
		open:     p.AllowPrivate,
		allowed:  p.AllowedPrivate,
		networks: p.AllowedNetworks,
		public:   ssrf.New(ssrf.WithAnyPort(), ssrf.WithAnyNetwork()),
	}
}

// blockedError says that an address isn't public and what would allow it.
type blockedError struct {
	addr netip.Addr
	kind string
}

func (e *blockedError) Error() string {
	return fmt.Sprintf("%s is a %s address; allow it with polling.allow_private: [%s]",
		e.addr, e.kind, suggestion(e.addr))
}

// suggestion is a form that YAML reads as one word.
func suggestion(a netip.Addr) string {
	prefix := netip.PrefixFrom(a, a.BitLen()).String()
	if strings.Contains(prefix, ":") {
		return strconv.Quote(prefix)
	}
	return prefix
}

// control stands in a dialer's Control.
func (g guard) control(_, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("an address that can't be judged: %s", quote(address))
	}
	return g.check(target)
}

func (g guard) check(target netip.AddrPort) error {
	addr := target.Addr().Unmap().WithZone("")
	if g.open {
		return nil
	}
	for _, a := range g.allowed {
		if a.Addr().Unmap() == addr && (a.Port() == 0 || a.Port() == target.Port()) {
			return nil
		}
	}
	for _, n := range g.networks {
		if n.Contains(addr) {
			return nil
		}
	}
	judged := addr
	if ssrf.IPv6NAT64Prefix.Contains(addr) { // RFC 6052 §2.1: an IPv4 address on an IPv6-only network
		b := addr.As16()
		judged = netip.AddrFrom4([4]byte(b[12:]))
	}
	if g.public.SafeAddr(judged) == nil {
		return nil
	}
	return &blockedError{addr: addr, kind: kind(judged)}
}

// kind is the word for an address that isn't public.
func kind(a netip.Addr) string {
	switch {
	case a.IsLoopback(), a.IsUnspecified():
		return "loopback"
	case a.IsPrivate():
		return "private"
	case a.IsLinkLocalUnicast():
		return "link-local"
	case a.IsMulticast():
		return "multicast"
	}
	return "reserved"
}

// literal refuses a host that is itself an address, in any notation that some
// resolver understands, before anybody is asked about it: through a proxy
// there is no dialled address to judge. The port is not known here, so an
// address that is allowed on some port passes; control decides.
func (g guard) literal(host string) error {
	host = plainHost(host)
	if host == "localhost" || strings.HasSuffix(host, ".localhost") { // RFC 6761 §6.3
		err := g.checkHost(netip.AddrFrom4([4]byte{127, 0, 0, 1}))
		if err != nil && g.checkHost(netip.IPv6Loopback()) == nil {
			return nil
		}
		return err
	}
	if addr, ok := literalAddr(host); ok {
		if err := g.checkHost(addr); err != nil {
			return err
		}
	}
	if decimal := withoutZeros(host); decimal != "" {
		if addr, ok := literalAddr(decimal); ok {
			return g.checkHost(addr)
		}
	}
	return nil
}

var leadingZeros = regexp.MustCompile(`(^|\.)0+([0-9])`)

// withoutZeros is how those read 0127.0.0.1 who know no octal numbers; nothing
// where there are none.
func withoutZeros(host string) string {
	for i := range len(host) - 1 {
		if host[i] == '0' && host[i+1] >= '0' && host[i+1] <= '9' && (i == 0 || host[i-1] == '.') {
			return leadingZeros.ReplaceAllString(host, "$1$2")
		}
	}
	return ""
}

// literalAddr is the address that a plain host is, in any notation.
func literalAddr(host string) (netip.Addr, bool) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr, true
	}
	return looseIPv4(host)
}

// plainHost is the one form of a host: digits and dots of other scripts become
// plain ones on the way (UTS 46).
func plainHost(host string) string {
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	return strings.ToLower(strings.TrimRight(host, "."))
}

// checkHost is check for any port.
func (g guard) checkHost(addr netip.Addr) error {
	addr = addr.Unmap().WithZone("")
	for _, a := range g.allowed {
		if a.Addr().Unmap() == addr {
			return nil
		}
	}
	return g.check(netip.AddrPortFrom(addr, 0))
}

// looseIPv4 reads what inet_aton does: one to four numbers, decimal, octal or
// hexadecimal, of which the last fills the rest.
func looseIPv4(host string) (netip.Addr, bool) {
	parts := strings.Split(host, ".")
	if len(parts) > 4 {
		return netip.Addr{}, false
	}
	var value uint64
	for i, part := range parts {
		n, ok := looseNumber(part)
		if !ok {
			return netip.Addr{}, false
		}
		if i < len(parts)-1 {
			if n > 255 {
				return netip.Addr{}, false
			}
			value |= n << (24 - 8*i)
			continue
		}
		if n >= 1<<(8*(5-len(parts))) {
			return netip.Addr{}, false
		}
		value |= n
	}
	return netip.AddrFrom4([4]byte{byte(value >> 24), byte(value >> 16), byte(value >> 8), byte(value)}), true
}

func looseNumber(s string) (uint64, bool) {
	base := 10
	switch {
	case strings.HasPrefix(s, "0x"):
		s, base = s[2:], 16
	case len(s) > 1 && s[0] == '0' && !strings.ContainsAny(s, "89"): // some read 08 as decimal
		base = 8
	}
	n, err := strconv.ParseUint(s, base, 64) // with a base, it takes neither prefix nor underscore
	return n, err == nil
}
