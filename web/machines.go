package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"copydesk/feed"
	"copydesk/feed/publish"
)

// counts are what /metrics tells of the server itself.
type counts struct{ requests, unmodified, renderings atomic.Int64 }

// metric is a row of /metrics in the text format of Prometheus.
type metric struct {
	name, kind, help string
	value            func(*Server, map[string]feed.SourceState) string
}

var metricRows = []metric{
	{"copydesk_http_requests_total", "counter", "Requests answered.", func(s *Server, _ map[string]feed.SourceState) string {
		return sample("copydesk_http_requests_total", "", s.counts.requests.Load())
	}},
	{"copydesk_feeds_not_modified_total", "counter", "Feeds answered with 304.", func(s *Server, _ map[string]feed.SourceState) string {
		return sample("copydesk_feeds_not_modified_total", "", s.counts.unmodified.Load())
	}},
	{"copydesk_renderings_total", "counter", "Feeds rendered anew.", func(s *Server, _ map[string]feed.SourceState) string {
		return sample("copydesk_renderings_total", "", s.counts.renderings.Load())
	}},
	{"copydesk_source_failures", "gauge", "Polls of a source that failed, in a row.", perSource("copydesk_source_failures", func(st feed.SourceState) int64 { return int64(st.Failures) })},
	{"copydesk_source_entries", "gauge", "Entries of the source's last document.", perSource("copydesk_source_entries", func(st feed.SourceState) int64 { return int64(st.Entries) })},
	{"copydesk_source_damaged", "gauge", "1 when the source's last document was damaged.", perSource("copydesk_source_damaged", func(st feed.SourceState) int64 { return int64(min(1, len(st.Damage))) })},
	{"copydesk_source_polled_seconds", "gauge", "When the source was last polled, in Unix seconds.", perSource("copydesk_source_polled_seconds", func(st feed.SourceState) int64 { return max(0, st.Polled.Unix()) })},
	{"copydesk_source_succeeded_seconds", "gauge", "When the source last had an answer that could be used, in Unix seconds.", perSource("copydesk_source_succeeded_seconds", func(st feed.SourceState) int64 { return max(0, st.Succeeded.Unix()) })},
}

func perSource(name string, value func(feed.SourceState) int64) func(*Server, map[string]feed.SourceState) string {
	return func(s *Server, states map[string]feed.SourceState) string {
		var b strings.Builder
		for _, source := range s.site.Load().Sources {
			b.WriteString(sample(name, `{source="`+source.Name+`"}`, value(states[source.Name])))
		}
		return b.String()
	}
}

func sample(name, labels string, value int64) string {
	return fmt.Sprintf("%s%s %d\n", name, labels, value)
}

func (s *Server) metrics(w http.ResponseWriter, r *http.Request) {
	if !s.trusted(r) {
		s.challenge(w)
		return
	}
	states, err := s.Library.States(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	for _, m := range metricRows {
		fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n%s", m.name, m.help, m.name, m.kind, m.value(s, states))
	}
	if s.Metrics != nil {
		s.Metrics(w)
	}
}

func (s *Server) json(w http.ResponseWriter, r *http.Request, v any) {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(append(data, '\n')) // a client that is gone
}

func (s *Server) apiEditions(w http.ResponseWriter, r *http.Request) {
	trusted := s.trusted(r)
	all := []Edition{}
	for _, e := range s.site.Load().Editions {
		if !e.Private || trusted {
			all = append(all, e)
		}
	}
	s.json(w, r, all)
}

func (s *Server) apiSources(w http.ResponseWriter, r *http.Request) {
	if !s.trusted(r) {
		s.challenge(w)
		return
	}
	states, err := s.Library.States(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	all := []sourceHealth{}
	for _, row := range rows(s.site.Load(), states) {
		all = append(all, sourceHealth{row.Name, row.State.Title, row.Tags, row.Health, row.Says, row.State.Polled, row.State.Succeeded, row.State.Due, row.State.Entries})
	}
	s.json(w, r, all)
}

// sourceHealth is a source as /api tells of it; its address may hold a secret
// and isn't told.
type sourceHealth struct {
	Name      string    `json:"name"`
	Title     string    `json:"title"`
	Tags      []string  `json:"tags,omitempty"`
	Health    string    `json:"health"`
	Says      string    `json:"says,omitempty"`
	Polled    time.Time `json:"polled,omitzero"`
	Succeeded time.Time `json:"succeeded,omitzero"`
	Due       time.Time `json:"due,omitzero"`
	Entries   int       `json:"entries"`
}

// notices answers with an Atom feed made of notices, for who may see the desk.
func (s *Server) notices(w http.ResponseWriter, r *http.Request, f *publish.Feed) {
	body, err := publish.Render("atom", f)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	w.Header().Set("Cache-Control", "private, no-cache")
	_, _ = w.Write(body) // a client that is gone
}

// dropped answers with what an edition dropped and why, as a feed.
func (s *Server) dropped(w http.ResponseWriter, r *http.Request) {
	e := s.find(r.PathValue("name"))
	if e == nil || !s.trusted(r) {
		if e != nil && s.site.Load().Token != "" {
			s.challenge(w)
			return
		}
		plain(w, http.StatusNotFound, "there is nothing at this address")
		return
	}
	dropped, err := s.Library.Dropped(r.Context(), e.Name)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	f := &publish.Feed{Edition: feed.Edition{Name: e.Name + "/dropped", Title: e.Title + ": dropped"}, Base: s.site.Load().Public, Generator: "copydesk " + s.Version, Page: 1}
	for _, d := range dropped {
		c := d.Record.Copy
		c.HTML = "<p>Dropped: " + escape(d.Reason) + "</p>" + c.HTML
		f.Entries = append(f.Entries, feed.Published{
			Source: d.Record.Source, Copy: c,
			Listing: feed.Listing{ID: "urn:copydesk:dropped:" + e.Name + ":" + fmt.Sprint(d.Record.Entry), Published: c.Published, Updated: d.At},
		})
		if d.At.After(f.Updated) {
			f.Updated = d.At
		}
	}
	s.notices(w, r, f)
}

// faultsBeforeNotice is how often in a row a source must fail until a person
// should know: a single failure heals by itself.
const faultsBeforeNotice = 5

// status answers with the faults that are worth a person's time, as a feed.
func (s *Server) status(w http.ResponseWriter, r *http.Request) {
	if !s.trusted(r) {
		s.challenge(w)
		return
	}
	states, err := s.Library.States(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	site := s.site.Load()
	f := &publish.Feed{Edition: feed.Edition{Name: "status", Title: "copydesk: faults"}, Base: site.Public, Generator: "copydesk " + s.Version, Page: 1}
	for _, row := range rows(site, states) {
		st := row.State
		at, says := faults(st)
		if says == "" {
			continue
		}
		f.Entries = append(f.Entries, feed.Published{
			Source:  row.Name,
			Copy:    feed.Copy{Title: row.Name + ": " + says, HTML: "<p>" + escape(says) + "</p>", Link: st.Home, Language: "en"},
			Listing: feed.Listing{ID: fmt.Sprintf("urn:copydesk:fault:%s:%d", row.Name, at.Unix()), Published: at, Updated: at},
		})
		if at.After(f.Updated) {
			f.Updated = at
		}
	}
	s.notices(w, r, f)
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
