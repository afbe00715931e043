package fetch_test

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
	"copydesk/feed/fetch"
	"copydesk/feed/fetch/fetchtest"
)

// zone is what names resolve to; any other name isn't known.
var zone = map[string][]string{
	"public.example": {"93.184.215.14"}, "both.example": {"2606:4700::1111", "93.184.215.14"},
	"lan.example": {"192.168.1.7"}, "mapped.example": {"::ffff:10.0.0.1"}, "mixed.example": {"93.184.215.14", "10.0.0.9"}, "metadata.example": {"169.254.169.254"},
	"nat64.example": {"64:ff9b::7f00:1"}, "six.example": {"fd00::1"},
}

func resolveZone(name string) []netip.Addr {
	var all []netip.Addr
	for _, a := range zone[name] {
		all = append(all, netip.MustParseAddr(a))
	}
	return all
}

func through(t *testing.T, proxy string, p feed.Polling, resolve func(string) []netip.Addr) *fetch.Client {
	t.Helper()
	at, err := url.Parse(proxy)
	if err != nil {
		t.Fatal(err)
	}
	c := fetch.New(fetch.Options{Polling: p, Proxy: http.ProxyURL(at), Resolver: fetchtest.Resolver(resolve)})
	t.Cleanup(c.Close)
	return c
}

func TestAProxyIsUsedButNotForPrivateAddresses(t *testing.T) {
	up := fetchtest.New(t)
	up.Serve("/feed", fetchtest.Document{Body: fetchtest.Feed()})
	for host := range zone {
		up.Serve("public.example/to/"+host, fetchtest.Redirect(302, "http://"+host+"/feed"))
	}
	to := strings.TrimPrefix(up.URL, "http://")
	socks, plain := fetchtest.NewSocksProxy(t, to), fetchtest.NewHTTPProxy(t, to, nil)
	for _, proxy := range []struct {
		address string
		asked   func() []string
		names   bool // are told to the proxy, which resolves them
		blind   bool // names aren't resolved here
	}{
		{"http://" + plain.Address, plain.Asked, true, false}, // itself on loopback, which is the user's choice
		{"socks5://" + socks.Address, socks.Asked, false, false},
		{"socks5h://" + socks.Address, socks.Asked, true, true},
	} {
		scheme, _, _ := strings.Cut(proxy.address, ":")
		c := through(t, proxy.address, feed.Polling{}, resolveZone)
		before := len(proxy.asked())
		for _, host := range fetchtest.PrivateHosts() {
			if e := failing(t, c, feed.Source{Name: "s", URL: "http://" + host + "/feed"}); !e.Blocked {
				t.Errorf("%s: %s: %v", scheme, host, e)
			}
		}
		if !proxy.blind {
			for _, host := range []string{"lan.example", "mapped.example", "mixed.example", "metadata.example", "nat64.example", "six.example", "LAN.example.", "ｌａｎ.example"} {
				for _, address := range []string{"http://" + host + "/feed", "https://" + host + "/feed"} {
					if e := failing(t, c, feed.Source{Name: "s", URL: address}); !e.Blocked || !strings.Contains(e.Error(), "polling.allow_private") {
						t.Errorf("%s: %s: %v", scheme, address, e)
					}
				}
			}
		}
		if asked := proxy.asked()[before:]; len(asked) > 0 {
			t.Errorf("%s: asked for %v", scheme, asked)
		}
		if !proxy.blind {
			if e := failing(t, c, feed.Source{Name: "s", URL: "http://public.example/to/lan.example"}); !e.Blocked {
				t.Errorf("%s: a redirect to a private address: %v", scheme, e)
			}
		}
		c.Close()
		before = len(proxy.asked())
		for _, host := range []string{"public.example", "both.example", "nobody-knows.example"} {
			ask(t, c, feed.Source{Name: "s", URL: "http://" + host + "/feed"}, nil)
		}
		want := []string{"http://public.example/feed", "http://both.example/feed", "http://nobody-knows.example/feed"}
		switch {
		case proxy.blind:
			want = []string{"public.example:80", "both.example:80", "nobody-knows.example:80"}
		case !proxy.names:
			want = []string{"93.184.215.14:80", "93.184.215.14:80", "nobody-knows.example:80"}
		}
		if diff := cmp.Diff(want, proxy.asked()[before:]); diff != "" {
			t.Errorf("%s: %s", scheme, diff)
		}
	}
}

func TestOtherFetchesAreJudgedBeforeAProxyToo(t *testing.T) {
	proxy := fetchtest.NewHTTPProxy(t, "127.0.0.1:1", nil)
	c := through(t, "http://"+proxy.Address, feed.Polling{}, resolveZone)
	for _, address := range []string{"http://lan.example/", "https://metadata.example/"} {
		if _, err := c.HTTP().Get(address); err == nil || !strings.Contains(err.Error(), "polling.allow_private") {
			t.Errorf("%s: %v", address, err)
		}
	}
	if len(proxy.Asked()) > 0 {
		t.Errorf("asked for %v", proxy.Asked())
	}
}

func TestWhatIsAllowedGoesThroughAProxy(t *testing.T) {
	up := fetchtest.New(t)
	up.Serve("/feed", fetchtest.Document{Body: fetchtest.Feed()})
	socks := fetchtest.NewSocksProxy(t, strings.TrimPrefix(up.URL, "http://"))
	allowed := feed.Polling{AllowedPrivate: []netip.AddrPort{netip.MustParseAddrPort("192.168.1.7:8080")}}
	c := through(t, "socks5://"+socks.Address, allowed, resolveZone)
	ask(t, c, feed.Source{Name: "s", URL: "http://lan.example:8080/feed"}, nil)
	if e := failing(t, c, feed.Source{Name: "s", URL: "http://lan.example:8081/feed"}); !e.Blocked {
		t.Errorf("another port: %v", e)
	}
	if diff := cmp.Diff([]string{"192.168.1.7:8080"}, socks.Asked()); diff != "" {
		t.Error(diff)
	}
	everything := through(t, "socks5://"+socks.Address, feed.Polling{AllowPrivate: true}, nil) // nobody needs to resolve anything
	ask(t, everything, feed.Source{Name: "s", URL: "http://lan.example/feed"}, nil)
}

// TestAnAnswerThatChangesGainsNothingOverSocks: the proxy is told the very
// address that was judged.
func TestAnAnswerThatChangesGainsNothingOverSocks(t *testing.T) {
	up := fetchtest.New(t)
	up.Serve("/feed", fetchtest.Document{Body: fetchtest.Feed()})
	socks := fetchtest.NewSocksProxy(t, strings.TrimPrefix(up.URL, "http://"))
	var turned atomic.Bool
	c := through(t, "socks5://"+socks.Address, feed.Polling{}, func(string) []netip.Addr {
		if !turned.Load() {
			return []netip.Addr{netip.MustParseAddr("93.184.215.14")}
		}
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}
	})
	s := feed.Source{Name: "s", URL: "http://rebinding.example/feed"}
	ask(t, c, s, nil)
	turned.Store(true)
	c.Close()
	if e := failing(t, c, s); !e.Blocked {
		t.Error(e)
	}
	if diff := cmp.Diff([]string{"93.184.215.14:80"}, socks.Asked()); diff != "" {
		t.Error(diff)
	}
}
