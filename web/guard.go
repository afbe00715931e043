package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A client may guess a token wrong so often, and then once in so long.
const (
	guessesAtOnce = 10
	guessEvery    = 6 * time.Second
	// mostGuessers bounds how many clients are remembered; beyond, all share
	// what is left to guess.
	mostGuessers = 10_000
)

// guesses limits how often wrong tokens are tried, by client, so that nobody
// can lock out another.
type guesses struct {
	mu       sync.Mutex
	clients  map[netip.Prefix]*rate.Limiter
	everyone *rate.Limiter
}

func newGuesses() *guesses {
	return &guesses{clients: map[netip.Prefix]*rate.Limiter{}, everyone: newLimiter()}
}

func newLimiter() *rate.Limiter { return rate.NewLimiter(rate.Every(guessEvery), guessesAtOnce) }

// of is the limiter of a client: an IPv4 address, or a network of IPv6, since
// who has one address of it has all.
func (g *guesses) of(remote string, now time.Time) *rate.Limiter {
	at, err := netip.ParseAddrPort(remote)
	if err != nil {
		return g.everyone
	}
	bits := 32
	if at.Addr().Unmap().Is6() {
		bits = 64
	}
	client, err := at.Addr().Unmap().WithZone("").Prefix(bits)
	if err != nil {
		return g.everyone
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	l := g.clients[client]
	if l == nil {
		if len(g.clients) >= mostGuessers {
			for c, old := range g.clients {
				if old.TokensAt(now) >= guessesAtOnce { // it has been quiet
					delete(g.clients, c)
				}
			}
		}
		if len(g.clients) >= mostGuessers {
			return g.everyone
		}
		l = newLimiter()
		g.clients[client] = l
	}
	return l
}

// forwarded are headers by which a proxy says that it asks for somebody else.
var forwarded = []string{"X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host", "Via"}

// trusted reports whether a request may see the desk: it comes from this
// machine to a site of this machine, or has the token. A request that names
// another host is a page elsewhere that had its name point here.
func (s *Server) trusted(st *standing, r *http.Request) bool {
	local := st.loopback && isLoopback(r.RemoteAddr) && isLoopback(r.Host)
	for _, name := range forwarded {
		local = local && len(r.Header.Values(name)) == 0
	}
	return local || s.authorized(st, r)
}

// admitted reports whether a request may see private editions: it has the
// token. Where there is none, they are this machine's.
func (s *Server) admitted(st *standing, r *http.Request) bool {
	return s.authorized(st, r) || st.Token == "" && s.trusted(st, r)
}

// authorized reports whether a request has the token: as the password of HTTP
// Basic, or as a Bearer token. Comparing takes the same time for all guesses.
func (s *Server) authorized(st *standing, r *http.Request) bool {
	given, ok := credential(r)
	if st.Token == "" || !ok {
		return false
	}
	now := s.Now()
	guess := s.guesses.of(r.RemoteAddr, now).ReserveN(now, 1)
	if !guess.OK() || guess.DelayFrom(now) > 0 {
		guess.CancelAt(now)
		return false // even the right one, or the limit were none
	}
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(st.Token))
	if subtle.ConstantTimeCompare(a[:], b[:]) == 0 {
		return false
	}
	guess.CancelAt(now) // only wrong guesses count
	return true
}

// credential is what a request shows for a token.
func credential(r *http.Request) (string, bool) {
	if _, password, ok := r.BasicAuth(); ok {
		return password, true
	}
	scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), ok && strings.EqualFold(scheme, "Bearer")
}

// challenge asks for the token, or for patience from who guessed too often.
func (s *Server) challenge(w http.ResponseWriter, r *http.Request, why string) {
	if _, guessed := credential(r); guessed && s.guesses.of(r.RemoteAddr, s.Now()).TokensAt(s.Now()) < 1 {
		w.Header().Set("Retry-After", "60")
		plain(w, http.StatusTooManyRequests, "too many wrong tokens came from there; try again in a minute")
		return
	}
	w.Header().Set("WWW-Authenticate", `Basic realm="copydesk", charset="UTF-8"`)
	plain(w, http.StatusUnauthorized, why)
}

// forTrusted answers those only who may see the desk. Others learn nothing of
// what is there.
func (s *Server) forTrusted(handler http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch st := s.force.Load(); {
		case s.trusted(st, r):
			w.Header().Set("Vary", "Authorization")
			handler(w, r)
		case st.Token == "":
			plain(w, http.StatusForbidden, "this is for the machine that copydesk runs on; set server.token to open it from elsewhere")
		default:
			s.challenge(w, r, "this needs the token of the configuration (server.token), as password")
		}
	}
}

// fromHere keeps out requests that pages elsewhere have a browser send. Our
// own pages may be seen under the public address by way of a proxy that calls
// us by another.
func (s *Server) fromHere(handler http.Handler) http.Handler {
	protected := http.NewCrossOriginProtection().Handler(handler)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if origin := r.Header.Get("Origin"); origin != "" && origin == s.force.Load().own {
			handler.ServeHTTP(w, r)
			return
		}
		protected.ServeHTTP(w, r)
	})
}
