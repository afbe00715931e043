package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"

	"golang.org/x/time/rate"
)

// guesses limits how often a wrong token can be tried.
type guesses struct{ limit *rate.Limiter }

func newGuesses() *guesses { return &guesses{rate.NewLimiter(rate.Limit(10.0/60), 10)} }

// trusted reports whether a request may see the desk: it comes from this
// machine to a site of this machine, or has the token.
func (s *Server) trusted(r *http.Request) bool {
	site := s.site.Load()
	if isLoopback(r.RemoteAddr) && isLoopback(r.Host) && isLoopback(hostOf(site.Public)) && r.Header.Get("X-Forwarded-For") == "" {
		return true
	}
	return s.authorized(r)
}

// authorized reports whether a request has the token: as the password of HTTP
// Basic, or as a Bearer token. Comparing takes the same time for all guesses.
func (s *Server) authorized(r *http.Request) bool {
	token := s.site.Load().Token
	if token == "" {
		return false
	}
	_, given, ok := r.BasicAuth()
	if !ok {
		given, ok = strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	}
	if !ok || s.guesses.limit.Tokens() < 1 {
		return false
	}
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(token))
	if subtle.ConstantTimeCompare(a[:], b[:]) == 1 {
		return true
	}
	s.guesses.limit.Allow() // a wrong guess costs one
	return false
}

// challenge asks for the token.
func (s *Server) challenge(w http.ResponseWriter) {
	w.Header().Set("WWW-Authenticate", `Basic realm="copydesk", charset="UTF-8"`)
	plain(w, http.StatusUnauthorized, "this needs the token of the configuration (server.token), as password")
}
