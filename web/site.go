package web

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"copydesk/feed"
)

// Site is what the configuration says of what is served.
type Site struct {
	Public   string // address under which readers reach the server, ending in a slash
	Token    string // empty: none
	Editions []Edition
	Sources  []Source
	Secrets  []string // what no page may show
}

// Edition is an edition as its page shows it.
type Edition struct {
	Name, Title, Description string
	Private                  bool
	Sources                  []string // names
	Says                     []string // what it takes, for people: "languages: en", …
}

// Source is a source as the desk shows it.
type Source struct {
	Name  string
	Tags  []string
	Every time.Duration
}

// standing is a site in force with what was made for it: another site, with
// other titles and addresses, begins with nothing.
type standing struct {
	Site
	byName   map[string]*Edition
	own      string // the origin of the public address, as browsers name it
	loopback bool   // readers are on this machine
	private  bool   // there is a private edition
	rendered cache
	ready    sync.Map // names of editions that can be served
	members  members
	// everybodys is the site's public address, where this is a subscriber's;
	// else empty.
	everybodys string
}

func newStanding(site Site) *standing {
	st := &standing{Site: site, byName: map[string]*Edition{}}
	u, err := url.Parse(site.Public)
	if err == nil {
		st.own, st.loopback = u.Scheme+"://"+u.Host, isLoopback(u.Host)
	}
	for i := range site.Editions {
		e := &site.Editions[i]
		st.byName[e.Name] = e
		st.private = st.private || e.Private
	}
	return st
}

// discreet is a sentence without the configuration's secrets.
func (st *standing) discreet(text string) string { return feed.PublicText(text, st.Secrets...) }

// A stage is how far an edition's sources have come.
type stage int

const (
	unasked stage = iota // none was polled yet
	unread               // all were, and none could be read so far
	waiting              // what they brought isn't all published yet
	partial              // it is, but some of them weren't polled yet
	read
)

// stageOf tells whether an edition may be served: a reader must not take a
// feed for empty that only wasn't polled yet, or whose sources couldn't be
// had. Once it may, it always may.
func (s *Server) stageOf(ctx context.Context, st *standing, e *Edition) (stage, error) {
	if _, known := st.ready.Load(e.Name); known {
		return read, nil
	}
	states, err := s.Library.States(ctx)
	if err != nil {
		return unasked, err
	}
	polled, succeeded := 0, 0
	for _, name := range e.Sources {
		if state := states[name]; !state.Polled.IsZero() {
			polled++
			if !state.Succeeded.IsZero() {
				succeeded++
			}
		}
	}
	switch {
	case len(e.Sources) == 0:
	case polled == 0:
		return unasked, nil
	case succeeded == 0 && polled < len(e.Sources):
		return partial, nil
	case succeeded == 0:
		return unread, nil
	}
	switch settled, err := s.Library.Settled(ctx); {
	case err != nil:
		return unasked, err
	case !settled:
		return waiting, nil
	case polled < len(e.Sources):
		return partial, nil
	}
	st.ready.Store(e.Name, true)
	return read, nil
}

// goOn takes over which editions may be served from the site before.
func (st *standing) goOn(former *standing) {
	if former == nil {
		return
	}
	for name := range st.byName {
		if _, known := former.ready.Load(name); known {
			st.ready.Store(name, true)
		}
	}
}

// open finds an edition that the request may see. Where it may not, the answer
// is the same as for one that isn't there.
func (s *Server) open(w http.ResponseWriter, r *http.Request, name string) (*standing, *Edition) {
	st := s.force.Load()
	e := st.byName[name]
	if e != nil && !e.Private {
		return st, e
	}
	if !st.private {
		plain(w, http.StatusNotFound, "there is no such edition; the list is at "+st.Public)
		return nil, nil
	}
	switch admitted := s.admitted(st, r); {
	case admitted && e != nil:
		return st, e
	case admitted || st.Token == "":
		plain(w, http.StatusNotFound, "there is no such edition; the list is at "+st.Public)
	default:
		s.challenge(w, r, "there is no such edition for everybody; one that is private needs the token (server.token) as password")
	}
	return nil, nil
}

// isLoopback reports whether an address's host is this machine.
func isLoopback(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
