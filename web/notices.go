package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"copydesk/feed"
	"copydesk/feed/publish"
)

// noticesShown is how many notices a feed of them lists.
const noticesShown = 100

// notices answers with an Atom feed of what the desk has to say.
func (s *Server) notices(w http.ResponseWriter, r *http.Request, f *publish.Feed) {
	f.Generator, f.Page = "copydesk "+s.Version, 1
	for _, p := range f.Entries {
		if p.Listing.Updated.After(f.Updated) {
			f.Updated = p.Listing.Updated
		}
	}
	if f.Updated.IsZero() { // nothing to say, as it was from the beginning
		began, err := s.Library.Began(r.Context())
		if err != nil {
			s.fail(w, r, err)
			return
		}
		f.Updated = began
	}
	body, err := publish.Render("atom", f)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	one := newRendered(body, "application/atom+xml; charset=utf-8")
	one.changed = f.Updated
	w.Header().Set("Cache-Control", "private, no-cache")
	deliver(w, r, one)
}

// dropped answers with what an edition dropped and why, as a feed.
func (s *Server) dropped(w http.ResponseWriter, r *http.Request) {
	st := s.force.Load()
	e := st.byName[r.PathValue("name")]
	if e == nil {
		s.fail(w, r, ErrNotFound)
		return
	}
	judged, err := s.Library.Judged(r.Context(), e.Name, feed.Dropped, noticesShown, 0)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	states, err := s.Library.States(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	f := &publish.Feed{Edition: feed.Edition{Name: e.Name + "/dropped", Title: e.Title + ": dropped", Private: true}, Base: st.Public}
	for _, j := range judged {
		c := j.Record.Copy
		c.Origin = nil // whose rules to look at is told by the configured source
		c.HTML = "<p>Dropped: " + template.HTMLEscapeString(st.discreet(j.Decision.Reason)) + "</p>" + c.HTML
		at := j.Decision.At
		published := c.Published
		if published.IsZero() || published.After(at) {
			published = at
		}
		f.Entries = append(f.Entries, feed.Published{
			Source: j.Record.Source, Origin: st.origin(states, j.Record.Source), Copy: c,
			Listing: feed.Listing{ID: fmt.Sprintf("%s#%d", f.Home(), j.Decision.Entry), Published: published, Updated: at},
		})
	}
	s.notices(w, r, f)
}

// faultsBeforeNotice is how often in a row a source must fail until a person
// should know: a single failure heals by itself.
const faultsBeforeNotice = 5

// origin names a source in a feed of notices.
func (st *standing) origin(states map[string]feed.SourceState, source string) feed.Origin {
	state := states[source]
	state.Name = source
	return state.Origin().Discreet(st.Public+"#"+source, st.Secrets...)
}

// status answers with the faults that are worth a person's time, as a feed.
func (s *Server) status(w http.ResponseWriter, r *http.Request) {
	st := s.force.Load()
	states, err := s.Library.States(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	f := &publish.Feed{Edition: feed.Edition{Name: "status", Title: "copydesk: faults", Private: true}, Base: st.Public, Path: "status"}
	for _, row := range rows(st, states) {
		at, says := faults(row.State)
		if says == "" {
			continue
		}
		says = st.discreet(says)
		f.Entries = append(f.Entries, feed.Published{
			Source: row.Name, Origin: st.origin(states, row.Name),
			Copy: feed.Copy{
				Title: row.Name + ": " + says, HTML: "<p>" + template.HTMLEscapeString(says) + "</p>", Link: st.Public + "#" + row.Name, Language: "en",
			},
			Listing: feed.Listing{ID: fmt.Sprintf("%sstatus#%s-%d", st.Public, row.Name, at.Unix()), Published: at, Updated: at},
		})
	}
	if s.Faults != nil {
		rules, err := s.Faults(r.Context())
		if err != nil {
			s.fail(w, r, err)
			return
		}
		for _, fault := range rules {
			says := st.discreet(fault.Text)
			f.Entries = append(f.Entries, feed.Published{
				Source: "configuration", Origin: feed.Origin{ID: st.Public + "#configuration", Title: "configuration", Link: st.Public},
				Copy: feed.Copy{Title: fault.Path + ": " + says, HTML: "<p>" + template.HTMLEscapeString(says) + "</p>", Link: st.Public, Language: "en"},
				Listing: feed.Listing{
					ID: fmt.Sprintf("%sstatus#%s-%d", st.Public, url.PathEscape(fault.Path), fault.Since.Unix()), Published: fault.Since, Updated: fault.Since,
				},
			})
		}
	}
	s.notices(w, r, f)
}

// Fault is a rule that does nothing or too much.
type Fault struct {
	Path, Text string
	Since      time.Time // the same until something changes
}

// faults says what a person should know of a source, and since when; "" for nothing.
func faults(st feed.SourceState) (time.Time, string) {
	since := st.Succeeded
	if since.IsZero() {
		since = st.Polled
	}
	switch {
	case st.Gone > 1:
		return since, "upstream says that it is gone for good (410); take it out of the configuration"
	case st.Failures >= faultsBeforeNotice:
		return since, "could not be had since then: " + st.Error
	case len(st.Damage) > 0:
		return st.Changed, "sends a damaged document: " + strings.Join(st.Damage, "; ")
	case st.Moved != "" && st.MovedSeen > 2:
		return since, "has moved for good to " + st.Moved + "; change its url in the configuration"
	}
	return time.Time{}, ""
}
