package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"copydesk/feed"
	"copydesk/feed/fetch/fetchtest"
)

func TestTheDialledAddressDecides(t *testing.T) {
	up := fetchtest.New(t)
	up.Serve("/feed", fetchtest.Document{Body: fetchtest.Feed()})
	here, _ := url.Parse(up.URL)
	allowed := netip.MustParseAddrPort(here.Host)
	var answers atomic.Pointer[[]netip.Addr]
	resolver := fetchtest.Resolver(func(string) []netip.Addr { return *answers.Load() })
	c := New(Options{Polling: feed.Polling{AllowedPrivate: []netip.AddrPort{allowed}}, Resolver: resolver})
	s := feed.Source{Name: "s", URL: "http://rebinding.example:" + here.Port() + "/feed"}
	for _, step := range []struct {
		answers []string
		blocked string
	}{
		{[]string{"127.0.0.1"}, ""},
		{[]string{"127.0.0.2"}, "127.0.0.2 is a loopback address"},
		{[]string{"169.254.169.254"}, "169.254.169.254 is a link-local address"},
		{[]string{"::ffff:10.0.0.1"}, "10.0.0.1 is a private address"},
		{[]string{"64:ff9b::a9fe:a9fe"}, "64:ff9b::a9fe:a9fe is a link-local address"},
		{[]string{"fd00:ec2::254"}, `allow it with polling.allow_private: ["fd00:ec2::254/128"]`},
		{[]string{"10.0.0.1", "127.0.0.1"}, ""},
	} {
		var addrs []netip.Addr
		for _, a := range step.answers {
			addrs = append(addrs, netip.MustParseAddr(a))
		}
		answers.Store(&addrs)
		c.Close() // the next request dials
		_, err := c.Fetch(context.Background(), s, nil)
		var e *feed.FetchError
		switch {
		case step.blocked == "" && err != nil:
			t.Errorf("%v: %v", step.answers, err)
		case step.blocked != "" && (!errors.As(err, &e) || !e.Blocked || !strings.Contains(err.Error(), step.blocked)):
			t.Errorf("%v: %v", step.answers, err)
		}
	}
}

func TestGuardLetsPublicAddressesPass(t *testing.T) {
	g := newGuard(feed.Polling{})
	for _, a := range []string{"8.8.8.8", "1.1.1.1", "100.63.255.255", "172.32.0.1", "192.169.0.1", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"} {
		if err := g.check(netip.AddrPortFrom(netip.MustParseAddr(a), 443)); err != nil {
			t.Errorf("%s: %v", a, err)
		}
	}
	for _, host := range []string{"example.org", "1.1.1.1", "8.8", "134744072", "0x08080808", "a.localhost.example", "1e3.example", "0xfeed.cafe", "08.example", "256.256.256.256", "1.2.3.4.5", "bücher.example", ""} {
		if err := g.literal(host); err != nil && host != "8.8" {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestLocalhostIsEitherFamily(t *testing.T) {
	for _, allowed := range []string{"127.0.0.1:80", "[::1]:80", "127.0.0.1:0"} {
		g := newGuard(feed.Polling{AllowedPrivate: []netip.AddrPort{netip.MustParseAddrPort(allowed)}})
		if err := g.literal("localhost"); err != nil {
			t.Errorf("%s allowed: %v", allowed, err)
		}
	}
}

func TestTheWayToPlainTextIsNeitherPermanentNorForSecrets(t *testing.T) {
	c := New(Options{})
	t.Cleanup(c.Close)
	for from, to := range map[string]bool{"https": false, "http": true} {
		trip, err := c.prepare(feed.Source{Name: "s", URL: from + "://a.example/feed"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer := &http.Response{StatusCode: http.StatusMovedPermanently, Header: http.Header{"Location": {"http://a.example/other"}}}
		if err := trip.redirect(answer); err != nil || trip.permanent != to || trip.away == to {
			t.Errorf("from %s: permanent: %v, away: %v, %v", from, trip.permanent, trip.away, err)
		}
	}
}

func TestLooseNotations(t *testing.T) {
	for host, want := range map[string]string{
		"127.1": "127.0.0.1", "0x7f.1": "127.0.0.1", "017700000001": "127.0.0.1", "2130706433": "127.0.0.1", "0xa9fea9fe": "169.254.169.254",
		"169.254.43518": "169.254.169.254", "0": "0.0.0.0", "08.0.0.1": "8.0.0.1", "1.2.3.4": "1.2.3.4",
		"": "", "1.2.3.256": "", "4294967296": "", "256.1": "", "1..2": "", "0x": "", "1_0.0.0.1": "", "0b1.1": "", "0o17.1": "", "+1.1": "", "a.b": "", "1.2.3.4.5": "",
	} {
		got, ok := looseIPv4(host)
		if ok != (want != "") || ok && got.String() != want {
			t.Errorf("%q: %v %v, want %q", host, got, ok, want)
		}
	}
}

func FuzzLiteral(f *testing.F) {
	for _, h := range fetchtest.PrivateHosts() {
		f.Add(h)
	}
	g := newGuard(feed.Polling{})
	f.Fuzz(func(t *testing.T, host string) {
		err := g.literal(host)
		if a, e := netip.ParseAddr(host); e == nil && a.IsPrivate() && err == nil {
			t.Errorf("%q passes", host)
		}
	})
}
