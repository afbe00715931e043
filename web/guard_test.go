package web

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"copydesk/feed"
)

// onlyTrusted are the addresses that tell what isn't everybody's.
var onlyTrusted = []string{
	"/metrics", "/status.atom", "/feeds/news/dropped.atom", "/feeds/news/decisions", "/api/sources", "/api/decisions?edition=news",
}

func TestTheDeskIsForThisMachineAndForTheToken(t *testing.T) {
	s := newServer(newShelf(), newSite())
	for name, c := range map[string]struct {
		q      request
		status int
	}{
		"from this machine":                   {request{}, 200},
		"by its name":                         {request{Host: "localhost:8080"}, 200},
		"by IPv6":                             {request{Host: "[::1]:8080", From: "[::1]:4000"}, 200},
		"from elsewhere":                      {request{From: elsewhere}, 401},
		"from elsewhere, and says loopback":   {request{From: elsewhere, Host: "127.0.0.1:8080"}, 401},
		"by a name that was pointed here":     {request{Host: "evil.example:8080"}, 401},
		"by a name that looks like this":      {request{Host: "localhost.evil.example"}, 401},
		"by a name that begins like this":     {request{Host: "127.0.0.1.evil.example"}, 401},
		"through a proxy":                     {request{Header: map[string]string{"X-Forwarded-For": "127.0.0.1"}}, 401},
		"through a proxy by the standard":     {request{Header: map[string]string{"Forwarded": "for=127.0.0.1"}}, 401},
		"through a proxy that says via":       {request{Header: map[string]string{"Via": "1.1 proxy"}}, 401},
		"with the token":                      {request{From: elsewhere, Header: withToken(token)}, 200},
		"with the token of a bearer":          {request{From: elsewhere, Header: map[string]string{"Authorization": "bearer " + token}}, 200},
		"with another token":                  {request{From: elsewhere, Header: withToken(token + "x")}, 401},
		"with none in its place":              {request{From: elsewhere, Header: withToken("")}, 401},
		"with nonsense":                       {request{From: elsewhere, Header: map[string]string{"Authorization": "Basic !!!"}}, 401},
		"with a scheme alone":                 {request{From: elsewhere, Header: map[string]string{"Authorization": "Bearer"}}, 401},
		"with the token through a proxy":      {request{Header: map[string]string{"X-Forwarded-For": "203.0.113.1", "Authorization": withToken(token)["Authorization"]}}, 200},
		"with the token as the user's name":   {request{From: elsewhere, Header: map[string]string{"Authorization": "Basic " + strings.Repeat("A", 40)}}, 401},
		"without an address that can be read": {request{From: "@"}, 401},
	} {
		for _, path := range onlyTrusted {
			q := c.q
			q.Path = path
			s.guesses = newGuesses()
			got := ask(t, s, q)
			if got.StatusCode != c.status {
				t.Errorf("%s: %s: %d, not %d", name, path, got.StatusCode, c.status)
			}
			if got.StatusCode == 401 && (got.Header.Get("WWW-Authenticate") == "" || strings.Contains(got.body, "wire")) {
				t.Errorf("%s: %s: %v %s", name, path, got.Header, got.body)
			}
			if cache := got.Header.Get("Cache-Control"); !strings.Contains(cache, "private") && cache != "no-store" {
				t.Errorf("%s: %s may be kept by caches that others use: %q", name, path, cache)
			}
		}
	}
}

func TestAPublicSiteNeedsTheTokenEvenFromThisMachine(t *testing.T) {
	site := newSite()
	site.Public = "https://feeds.example.org/"
	s := newServer(newShelf(), site)
	for _, path := range onlyTrusted {
		if got := ask(t, s, request{Path: path}); got.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: %d", path, got.StatusCode)
		}
		if got := ask(t, s, request{Path: path, Header: withToken(token)}); got.StatusCode != http.StatusOK {
			t.Errorf("%s with the token: %d", path, got.StatusCode)
		}
	}
	site.Token = ""
	s.Use(site)
	for _, path := range onlyTrusted {
		for _, header := range []map[string]string{nil, withToken("")} {
			if got := ask(t, s, request{Path: path, Header: header}); got.StatusCode != http.StatusForbidden {
				t.Errorf("%s without any token: %d", path, got.StatusCode)
			}
		}
	}
}

func TestAPrivateEditionLooksLikeNone(t *testing.T) {
	s := newServer(newShelf(), newSite())
	paths := []string{"/feeds/NAME.atom", "/feeds/NAME.rss", "/feeds/NAME.json", "/feeds/NAME", "/feeds/NAME.xyz", "/feeds/NAME.atom?page=2", "/feeds/NAME.atom?page=x", "/feeds/NAME/dropped.atom", "/feeds/NAME/decisions", "/api/decisions?edition=NAME"}
	tokens := map[string]map[string]string{"none": nil, "a wrong one": withToken("wrong")}
	for _, path := range paths {
		for kind, header := range tokens {
			s.guesses = newGuesses()
			secret := ask(t, s, request{Path: strings.ReplaceAll(path, "NAME", "secret"), From: elsewhere, Header: header})
			nothing := ask(t, s, request{Path: strings.ReplaceAll(path, "NAME", "nothing"), From: elsewhere, Header: header})
			if secret.StatusCode != nothing.StatusCode || secret.body != nothing.body || len(secret.Header) != len(nothing.Header) || secret.StatusCode < 400 {
				t.Errorf("%s with the token %s: %d %q, and %d %q for none", path, kind, secret.StatusCode, secret.body, nothing.StatusCode, nothing.body)
			}
		}
	}
	for _, path := range []string{"/", "/opml", "/api/editions", "/readyz", "/feeds/news"} {
		if got := ask(t, s, request{Path: path, From: elsewhere}); strings.Contains(got.body, "secret") || strings.Contains(got.body, "For few") {
			t.Errorf("%s names it: %s", path, got.body)
		}
	}
	if got := ask(t, s, request{Path: "/opml"}); strings.Contains(got.body, "secret") {
		t.Error("the list of public editions names it")
	}
	for name, header := range map[string]map[string]string{"nothing": nil, "a wrong token": withToken("wrong")} {
		if got := ask(t, s, request{Path: "/feeds/secret.atom", Header: header}); got.StatusCode != http.StatusUnauthorized {
			t.Errorf("from this machine with %s: %d", name, got.StatusCode)
		}
	}
	site := newSite()
	site.Token = ""
	open := newServer(newShelf(), site)
	if got := ask(t, open, request{Path: "/feeds/secret.atom", From: elsewhere}); got.StatusCode != http.StatusNotFound {
		t.Errorf("from elsewhere where there is no token: %d", got.StatusCode)
	}
	for name, one := range map[string]struct {
		*Server
		request
	}{"the token": {s, request{From: elsewhere, Header: withToken(token)}}, "the token, from this machine": {s, request{Header: withToken(token)}}, "no token to be had, from this machine": {open, request{}}} {
		one.Path = "/feeds/secret.atom"
		got := ask(t, one.Server, one.request)
		if got.StatusCode != http.StatusOK || got.Header.Get("Cache-Control") != "private, max-age=60" || !strings.Contains(strings.Join(got.Header.Values("Vary"), ","), "Authorization") {
			t.Errorf("with %s: %d %v", name, got.StatusCode, got.Header)
		}
	}
}

func TestTokensCannotBeGuessed(t *testing.T) {
	s := newServer(newShelf(), newSite())
	now := noon
	s.Now = func() time.Time { return now }
	guess := func(from, given string) int {
		return ask(t, s, request{Path: "/metrics", From: from, Header: withToken(given)}).StatusCode
	}
	for range 50 { // who has it can use it as often as he likes
		if got := guess(elsewhere, token); got != http.StatusOK {
			t.Fatal(got)
		}
	}
	for i := range 40 {
		want := http.StatusUnauthorized
		if i >= guessesAtOnce-1 {
			want = http.StatusTooManyRequests
		}
		if got := guess(elsewhere, "wrong"); got != want {
			t.Errorf("guess %d: %d, not %d", i, got, want)
		}
	}
	if got := guess(elsewhere, token); got != http.StatusTooManyRequests {
		t.Errorf("the limit can be told from the answer: %d", got)
	}
	if got := guess("198.51.100.7:80", token); got != http.StatusOK {
		t.Errorf("another client is locked out: %d", got)
	}
	if got := ask(t, s, request{Path: "/feeds/news.atom", From: elsewhere}).StatusCode; got != http.StatusOK {
		t.Errorf("what is everybody's is closed: %d", got)
	}
	now = now.Add(time.Minute)
	if got := guess(elsewhere, token); got != http.StatusOK {
		t.Errorf("a minute later: %d", got)
	}
	for i := range 30 { // one network of IPv6 is one client
		got := guess("[2001:db8::"+string(rune('a'+i%6))+"]:9", "wrong")
		if i > guessesAtOnce && got != http.StatusTooManyRequests {
			t.Errorf("guess %d from one network: %d", i, got)
		}
	}
}

func TestGuessersDoNotFillTheMemory(t *testing.T) {
	g := newGuesses()
	for i := range mostGuessers + 500 {
		l := g.of("10."+strconv.Itoa(i>>16)+"."+strconv.Itoa(i>>8&255)+"."+strconv.Itoa(i&255)+":1", noon)
		l.AllowN(noon, 5)
	}
	if len(g.clients) > mostGuessers {
		t.Errorf("%d clients are remembered", len(g.clients))
	}
	if g.of("192.0.2.1:1", noon) != g.everyone {
		t.Error("one more is remembered")
	}
	if g.of("192.0.2.1:1", noon.Add(time.Hour)) == g.everyone || len(g.clients) > 10 {
		t.Errorf("%d clients that have been quiet are still remembered", len(g.clients))
	}
}

func TestSecretsAreShownNowhere(t *testing.T) {
	const secret, password = "very-secret-key", "hunter-two"
	library := newShelf()
	site := newSite()
	site.Secrets = []string{secret, password, token}
	library.states["wire"] = feed.SourceState{
		Name: "wire", Polled: noon, URL: "https://me:" + password + "@wire.example/feed?key=" + secret, Title: "The Wire",
		Home: "https://wire.example/?token=" + secret, Self: "https://wire.example/" + secret, Failures: 9,
		Error: `Get "https://me:` + password + `@wire.example/feed?key=` + secret + `": refused, Cookie ` + secret, Damage: []string{"at " + secret},
		Moved: "https://wire.example/new?auth=" + secret, MovedSeen: 5,
	}
	library.judged["news"][1].Decision.Reason = "dropped because of https://wire.example/feed?key=" + secret
	s := newServer(library, site)
	for _, state := range []func(*feed.SourceState){
		func(*feed.SourceState) {},
		func(st *feed.SourceState) { st.Failures, st.Error = 0, "" },
		func(st *feed.SourceState) { st.Damage = nil },
	} {
		st := library.states["wire"]
		state(&st)
		library.states["wire"] = st
		for _, path := range append([]string{"/", "/feeds/news", "/feeds/news.atom", "/feeds/news.rss", "/feeds/news.json", "/opml", "/readyz", "/api/editions", "/feeds/none"}, onlyTrusted...) {
			got := ask(t, s, request{Path: path})
			for _, word := range []string{secret, password, token} {
				if strings.Contains(got.body, word) {
					t.Errorf("%s shows %s:\n%s", path, word, got.body)
				}
			}
		}
	}
	if got := ask(t, s, request{Path: "/status.atom"}); !strings.Contains(got.body, "https://wire.example/new") {
		t.Errorf("the fault isn't told any more: %s", got.body)
	}
}
