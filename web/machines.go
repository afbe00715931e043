package web

import (
	"bytes"
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

// figures are what the rows of /metrics are made of.
type figures struct {
	server   *counts
	site     *standing
	states   map[string]feed.SourceState
	editions map[string]Count
}

// metric is a row of /metrics in the text format of Prometheus.
type metric struct {
	name, kind, help string
	samples          func(*figures, func(labels string, value int64))
}

var metricRows = []metric{
	{"copydesk_http_requests_total", "counter", "Requests answered.", func(f *figures, put func(string, int64)) { put("", f.server.requests.Load()) }},
	{"copydesk_feeds_not_modified_total", "counter", "Feeds answered with 304.", func(f *figures, put func(string, int64)) { put("", f.server.unmodified.Load()) }},
	{"copydesk_renderings_total", "counter", "Feeds and pages rendered anew.", func(f *figures, put func(string, int64)) { put("", f.server.renderings.Load()) }},
	{"copydesk_edition_listed", "gauge", "Entries that the edition lists, on all its pages.", func(f *figures, put func(string, int64)) {
		for _, e := range f.site.Editions {
			put(label("edition", e.Name), f.editions[e.Name].Listed)
		}
	}},
	{"copydesk_edition_decisions", "gauge", "Entries by what the edition decided on them.", func(f *figures, put func(string, int64)) {
		for _, e := range f.site.Editions {
			for _, v := range verdicts {
				put(label("edition", e.Name, "verdict", string(v)), f.editions[e.Name].Verdicts[v])
			}
		}
	}},
	{"copydesk_source_failures", "gauge", "Polls of a source that failed, in a row.", perSource(func(st feed.SourceState) int64 { return int64(st.Failures) })},
	{"copydesk_source_entries", "gauge", "Entries of the source's last document.", perSource(func(st feed.SourceState) int64 { return int64(st.Entries) })},
	{"copydesk_source_damaged", "gauge", "1 when the source's last document was damaged.", perSource(func(st feed.SourceState) int64 { return int64(min(1, len(st.Damage))) })},
	{"copydesk_source_polled_seconds", "gauge", "When the source was last polled, in Unix seconds; 0: never.", perSource(func(st feed.SourceState) int64 { return max(0, st.Polled.Unix()) })},
	{"copydesk_source_succeeded_seconds", "gauge", "When the source last had an answer that could be used, in Unix seconds; 0: never.", perSource(func(st feed.SourceState) int64 { return max(0, st.Succeeded.Unix()) })},
	{"copydesk_source_delivered_seconds", "gauge", "When the source's hub last told of news, in Unix seconds; 0: never.", perSource(func(st feed.SourceState) int64 { return max(0, st.Delivered.Unix()) })},
}

func perSource(value func(feed.SourceState) int64) func(*figures, func(string, int64)) {
	return func(f *figures, put func(string, int64)) {
		for _, source := range f.site.Sources {
			put(label("source", source.Name), value(f.states[source.Name]))
		}
	}
}

// label writes names and values; the values are names of ours, with nothing to escape.
func label(pairs ...string) string {
	var all []string
	for i := 0; i+1 < len(pairs); i += 2 {
		all = append(all, pairs[i]+`="`+pairs[i+1]+`"`)
	}
	return "{" + strings.Join(all, ",") + "}"
}

func (s *Server) metrics(w http.ResponseWriter, r *http.Request) {
	f := figures{server: &s.counts, site: s.force.Load()}
	var err error
	if f.states, err = s.Library.States(r.Context()); err != nil {
		s.fail(w, r, err)
		return
	}
	if f.editions, err = s.Library.Counts(r.Context()); err != nil {
		s.fail(w, r, err)
		return
	}
	var b bytes.Buffer
	for _, m := range metricRows {
		fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s %s\n", m.name, m.help, m.name, m.kind)
		m.samples(&f, func(labels string, value int64) { fmt.Fprintf(&b, "%s%s %d\n", m.name, labels, value) })
	}
	if s.Metrics != nil {
		s.Metrics(&b)
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(b.Bytes()) // a client that is gone
}

func (s *Server) json(w http.ResponseWriter, r *http.Request, v any) {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "private, no-cache")
	w.Header().Set("Vary", "Authorization")
	deliver(w, r, newRendered(append(data, '\n'), "application/json"))
}

// editionFacts is an edition as /api tells of it.
type editionFacts struct {
	Name        string            `json:"name"`
	Title       string            `json:"title"`
	Description string            `json:"description,omitempty"`
	Private     bool              `json:"private,omitempty"`
	Home        string            `json:"home"`
	Feeds       map[string]string `json:"feeds"`
	Takes       []string          `json:"takes,omitempty"`
	Sources     []string          `json:"sources,omitempty"` // for the trusted
	*Count
}

func factsOf(st *standing, e *Edition) editionFacts {
	home := st.Public + "feeds/" + e.Name
	f := editionFacts{Name: e.Name, Title: e.Title, Description: e.Description, Private: e.Private, Home: home, Takes: e.Says, Feeds: map[string]string{}}
	for _, format := range publish.Formats() {
		f.Feeds[format.Name] = home + "." + format.Extension
	}
	return f
}

func (s *Server) apiEditions(w http.ResponseWriter, r *http.Request) {
	st := s.force.Load()
	trusted := s.trusted(st, r)
	var counts map[string]Count
	if trusted {
		var err error
		if counts, err = s.Library.Counts(r.Context()); err != nil {
			s.fail(w, r, err)
			return
		}
	}
	all := []editionFacts{}
	for i := range st.Editions {
		e := &st.Editions[i]
		if e.Private && !trusted {
			continue
		}
		facts := factsOf(st, e)
		if trusted {
			count := counts[e.Name]
			facts.Sources, facts.Count = e.Sources, &count
		}
		all = append(all, facts)
	}
	s.json(w, r, all)
}

func (s *Server) apiSources(w http.ResponseWriter, r *http.Request) {
	states, err := s.Library.States(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	all := []sourceFacts{}
	for _, row := range rows(s.force.Load(), states) {
		st := row.State
		all = append(all, sourceFacts{
			row.Name, st.Title, st.Home, row.Tags, row.Health, row.Says, row.Notes, st.Polled, st.Succeeded, st.Changed, st.Due, st.Failures, st.Status, st.Format, st.Entries,
		})
	}
	s.json(w, r, all)
}

// sourceFacts is a source as /api tells of it; its address may hold a secret
// and isn't told.
type sourceFacts struct {
	Name      string    `json:"name"`
	Title     string    `json:"title,omitempty"`
	Home      string    `json:"home,omitempty"`
	Tags      []string  `json:"tags,omitempty"`
	Health    string    `json:"health"`
	Says      string    `json:"says,omitempty"`
	Notes     []string  `json:"notes,omitempty"`
	Polled    time.Time `json:"polled,omitzero"`
	Succeeded time.Time `json:"succeeded,omitzero"`
	Changed   time.Time `json:"changed,omitzero"`
	Due       time.Time `json:"due,omitzero"`
	Failures  int       `json:"failures,omitempty"`
	Status    int       `json:"status,omitempty"`
	Format    string    `json:"format,omitempty"`
	Entries   int       `json:"entries"`
}

// mostDecisions is how many decisions /api tells at once.
const mostDecisions = 500

// apiDecisions lists decisions: ?edition=NAME, ?verdict=, ?limit=, ?offset=.
func (s *Server) apiDecisions(w http.ResponseWriter, r *http.Request) {
	st := s.force.Load()
	e := st.byName[r.URL.Query().Get("edition")]
	if e == nil {
		plain(w, http.StatusNotFound, "name an edition: /api/decisions?edition=NAME")
		return
	}
	limit := decisionsShown
	if r.URL.Query().Has("limit") {
		limit = numberOf(r, "limit", 1, mostDecisions)
	}
	judged, err := s.Library.Judged(r.Context(), e.Name, verdictOf(r), limit, numberOf(r, "offset", 0, 1<<30))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	all := []decisionRow{}
	for _, j := range judged {
		all = append(all, rowOf(st, j))
	}
	s.json(w, r, all)
}
