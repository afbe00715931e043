package fetch_test

import (
	"crypto/tls"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"copydesk/feed"
	"copydesk/feed/fetch"
	"copydesk/feed/fetch/fetchtest"
)

// secure serves /feed under a certificate of the authority, and tells how it
// was asked.
func secure(t *testing.T, a *fetchtest.Authority, settings *tls.Config, names ...string) (*fetchtest.Upstream, func() *tls.ConnectionState) {
	t.Helper()
	up := fetchtest.NewTLSAs(t, a, settings, names...)
	var last atomic.Pointer[tls.ConnectionState]
	up.Serve("/feed", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		last.Store(r.TLS)
		fetchtest.Document{Body: fetchtest.Feed()}.ServeHTTP(w, r)
	}))
	return up, func() *tls.ConnectionState { return last.Swap(nil) }
}

// TestTLSSettingsHoldForTheirSource asks with settings that suit the host, then
// without over the same client: nothing of the former may be left.
func TestTLSSettingsHoldForTheirSource(t *testing.T) {
	a, other := fetchtest.NewAuthority(t, "ours"), fetchtest.NewAuthority(t, "another")
	cert, key := a.Certificate("desk")
	for name, c := range map[string]struct {
		server *tls.Config
		names  []string
		good   feed.TLS
		bad    *feed.TLS
		says   string
	}{
		"own authority":     {&tls.Config{}, []string{"127.0.0.1"}, feed.TLS{CA: a.PEM}, nil, "in the source's tls.ca"},
		"two authorities":   {&tls.Config{}, []string{"127.0.0.1"}, feed.TLS{CA: append(append([]byte{}, other.PEM...), a.PEM...)}, &feed.TLS{CA: other.PEM}, "certificate"},
		"server name":       {&tls.Config{}, []string{"pier.internal"}, feed.TLS{CA: a.PEM, ServerName: "pier.internal"}, &feed.TLS{CA: a.PEM}, "certificate"},
		"wrong server name": {&tls.Config{}, []string{"127.0.0.1"}, feed.TLS{CA: a.PEM}, &feed.TLS{CA: a.PEM, ServerName: "quay.internal"}, "certificate"},
		"anybody":           {&tls.Config{}, []string{"elsewhere.example"}, feed.TLS{Insecure: true}, &feed.TLS{MinVersion: tls.VersionTLS12}, "certificate"},
		"least version":     {&tls.Config{MaxVersion: tls.VersionTLS12}, []string{"127.0.0.1"}, feed.TLS{CA: a.PEM}, &feed.TLS{CA: a.PEM, MinVersion: tls.VersionTLS13}, "version"},
		"an old version":    {&tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, []string{"127.0.0.1"}, feed.TLS{CA: a.PEM, MinVersion: tls.VersionTLS10}, &feed.TLS{CA: a.PEM}, "version"},
		"client certificate": {&tls.Config{ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: a.Pool()}, []string{"127.0.0.1"},
			feed.TLS{CA: a.PEM, Certificate: cert, Key: key}, &feed.TLS{CA: a.PEM}, ""}, // TLS 1.3 tells after the handshake, or closes
	} {
		t.Run(name, func(t *testing.T) {
			up, last := secure(t, a, c.server, c.names...)
			client := open(t)
			s := feed.Source{Name: "s", URL: up.URL + "/feed", TLS: &c.good}
			ask(t, client, s, nil)
			state := last()
			if c.server.MaxVersion != tls.VersionTLS11 && state.NegotiatedProtocol != "h2" {
				t.Errorf("over %q", state.NegotiatedProtocol)
			}
			if (len(state.PeerCertificates) > 0) != (c.good.Certificate != nil) {
				t.Errorf("%d certificates shown", len(state.PeerCertificates))
			}
			s.TLS = c.bad
			if e := failing(t, client, s); !strings.Contains(e.Error(), c.says) || last() != nil {
				t.Errorf("without: %v", e)
			}
			s.TLS = &feed.TLS{}
			*s.TLS = c.good // the same once more
			ask(t, client, s, nil)
			refusing := fetch.New(fetch.Options{})
			t.Cleanup(refusing.Close)
			if e := failing(t, refusing, s); !e.Blocked {
				t.Errorf("a private address passes: %v", e)
			}
		})
	}
}

func TestAClientCertificateIsShownWhateverAuthoritiesAreNamed(t *testing.T) {
	a, other := fetchtest.NewAuthority(t, "ours"), fetchtest.NewAuthority(t, "another")
	up, last := secure(t, a, &tls.Config{ClientAuth: tls.RequireAnyClientCert, ClientCAs: other.Pool()}, "127.0.0.1")
	cert, key := a.Certificate("desk")
	ask(t, open(t), feed.Source{Name: "s", URL: up.URL + "/feed", TLS: &feed.TLS{CA: a.PEM, Certificate: cert, Key: key}}, nil)
	if got := last().PeerCertificates; len(got) != 1 || got[0].Subject.CommonName != "desk" {
		t.Errorf("shown: %v", got)
	}
}

// TestTLSSettingsStayWithTheirHost redirects from the source's host to another
// that asks for a certificate, and back.
func TestTLSSettingsStayWithTheirHost(t *testing.T) {
	a := fetchtest.NewAuthority(t, "trusted by all")
	cert, key := a.Certificate("desk")
	curious := &tls.Config{ClientAuth: tls.RequestClientCert}
	home, shownAtHome := secure(t, a, curious, "127.0.0.1")
	away, shownAway := secure(t, a, curious, "127.0.0.1")
	home.Serve("/away", fetchtest.Redirect(308, away.URL+"/feed"))
	home.Serve("/round", fetchtest.Redirect(302, away.URL+"/back"))
	away.Serve("/back", fetchtest.Redirect(302, home.URL+"/feed"))
	settings := &feed.TLS{CA: a.PEM, Certificate: cert, Key: key}
	c := fetch.New(fetch.Options{Polling: feed.Polling{AllowPrivate: true}, TLS: &tls.Config{RootCAs: a.Pool()}})
	t.Cleanup(c.Close)

	ask(t, c, feed.Source{Name: "s", URL: home.URL + "/feed", TLS: settings}, nil)
	if got := shownAtHome(); len(got.PeerCertificates) != 1 {
		t.Error("no certificate is shown at home")
	}
	ask(t, c, feed.Source{Name: "s", URL: home.URL + "/away", TLS: settings}, nil)
	if got := shownAway(); len(got.PeerCertificates) != 0 {
		t.Error("another host is shown the certificate")
	}
	ask(t, c, feed.Source{Name: "s", URL: home.URL + "/round", TLS: settings}, nil)
	if got := shownAtHome(); len(got.PeerCertificates) != 0 {
		t.Error("who came from elsewhere is shown the certificate")
	}
	moved := &feed.SourceState{URL: home.URL + "/feed", Moved: away.URL + "/feed", MovedSeen: 9}
	ask(t, c, feed.Source{Name: "s", URL: home.URL + "/feed", TLS: settings}, moved)
	if got := shownAway(); len(got.PeerCertificates) != 0 {
		t.Error("where the source moved to is shown the certificate")
	}

	// Trust is no more for others than a certificate is.
	for name, settings := range map[string]*feed.TLS{"authority": {CA: a.PEM}, "anybody": {Insecure: true}, "name": {Insecure: true, ServerName: "pier.internal"}} {
		if e := failing(t, open(t), feed.Source{Name: "s", URL: home.URL + "/away", TLS: settings}); !strings.Contains(e.Error(), "certificate") {
			t.Errorf("%s: %v", name, e)
		}
	}
}

func TestAProxyHasNoPartInASourcesTLSSettings(t *testing.T) {
	a, ofProxy := fetchtest.NewAuthority(t, "ours"), fetchtest.NewAuthority(t, "of the proxy")
	up, last := secure(t, a, &tls.Config{ClientAuth: tls.RequireAnyClientCert}, "127.0.0.1")
	proxyCert, proxyKey := ofProxy.Certificate("127.0.0.1")
	pair, err := tls.X509KeyPair(proxyCert, proxyKey)
	if err != nil {
		t.Fatal(err)
	}
	proxy := fetchtest.NewHTTPProxy(t, strings.TrimPrefix(up.URL, "https://"), &tls.Config{Certificates: []tls.Certificate{pair}, ClientAuth: tls.RequestClientCert})
	through := func(all *tls.Config) *fetch.Client {
		c := fetch.New(fetch.Options{Polling: feed.Polling{AllowPrivate: true}, TLS: all, Proxy: http.ProxyURL(&url.URL{Scheme: "https", Host: proxy.Address})})
		t.Cleanup(c.Close)
		return c
	}
	cert, key := a.Certificate("desk")
	s := feed.Source{Name: "s", URL: up.URL + "/feed", TLS: &feed.TLS{Insecure: true, Certificate: cert, Key: key, ServerName: "pier.internal"}}
	ask(t, through(&tls.Config{RootCAs: ofProxy.Pool()}), s, nil)
	if shown := proxy.TLS().PeerCertificates; len(shown) != 0 || proxy.TLS().ServerName == "pier.internal" {
		t.Errorf("the proxy is shown %v and asked for %q", shown, proxy.TLS().ServerName)
	}
	if state := last(); len(state.PeerCertificates) != 1 || state.ServerName != "pier.internal" || state.NegotiatedProtocol != "h2" {
		t.Errorf("the host sees %d certificates, %q, %q", len(state.PeerCertificates), state.ServerName, state.NegotiatedProtocol)
	}
	if e := failing(t, through(nil), s); !strings.Contains(e.Error(), "certificate") {
		t.Errorf("any proxy is trusted: %v", e)
	}
}

func TestSettingsThatCannotBeUsedAreSaid(t *testing.T) {
	for _, settings := range []feed.TLS{{CA: []byte("none")}, {Certificate: []byte("none"), Key: []byte("secret")}} {
		if e := failing(t, open(t), feed.Source{Name: "s", URL: "https://127.0.0.1:1/", TLS: &settings}); !strings.Contains(e.Error(), "the source's tls.") || strings.Contains(e.Error(), "secret") {
			t.Error(e)
		}
	}
}
