package web

import (
	"net/http"
	"strings"
	"sync"

	"copydesk/feed/publish"
)

// members keeps the sites of subscribers: each is the whole site at addresses
// of the subscriber's own, which hold a key. A key in the path survives feed
// readers better than a password does.
type members struct {
	mu    sync.Mutex
	byKey map[string]*standing
}

// mostMembers bounds how many subscribers' renderings are kept; beyond, all
// are made anew.
const mostMembers = 1_000

// PrivatePath is the way to a subscriber's own addresses, which are followed
// by the same paths as everybody's.
func PrivatePath(key string) string { return "s/" + key + "/" }

// of is the site as the holder of a key sees it.
func (m *members) of(st *standing, key string) *standing {
	m.mu.Lock()
	defer m.mu.Unlock()
	if own := m.byKey[key]; own != nil {
		return own
	}
	site := st.Site
	site.Public += PrivatePath(key)
	site.Editions = append([]Edition(nil), st.Editions...)
	for i := range site.Editions {
		site.Editions[i].Private = true // nobody else may keep it
	}
	own := newStanding(site)
	own.everybodys = st.Public
	if m.byKey == nil || len(m.byKey) >= mostMembers {
		m.byKey = map[string]*standing{}
	}
	m.byKey[key] = own
	return own
}

// readdress makes a feed of everybody's one of the subscriber's own. It keeps
// its id: it is the same feed at another address. No hub is told of it.
func (st *standing) readdress(f *publish.Feed) *publish.Feed {
	if st.everybodys == "" {
		return f
	}
	if f.ID == "" {
		f.ID = f.Home()
	}
	f.Base, f.Hub = st.Public, ""
	return f
}

// forSubscriber answers who has the key that stands in the address. A key that
// was revoked leads nowhere, from the next request on.
func (s *Server) forSubscriber(handler func(http.ResponseWriter, *http.Request, *standing)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		key := r.PathValue("key")
		if s.Subscriber == nil || len(key) > 100 {
			s.fail(w, r, ErrNotFound)
			return
		}
		name, err := s.Subscriber(r.Context(), key)
		if err == nil && name == "" {
			err = ErrNotFound
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		st := s.force.Load()
		handler(w, r, st.members.of(st, key))
	}
}

// subscribersEdition is edition at a subscriber's own address.
func (s *Server) subscribersEdition(w http.ResponseWriter, r *http.Request, st *standing) {
	name, _, _ := strings.Cut(r.PathValue("name"), ".")
	e := st.byName[name]
	if e == nil {
		plain(w, http.StatusNotFound, "there is no such edition")
		return
	}
	s.show(w, r, st, e)
}

// loggable is a path without a subscriber's key.
func loggable(path string) string {
	rest, found := strings.CutPrefix(path, "/s/")
	if !found {
		return path
	}
	_, rest, _ = strings.Cut(rest, "/")
	return "/s/…/" + rest
}
