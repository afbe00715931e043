package web

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strings"
	"time"

	"copydesk/feed"
	"copydesk/feed/publish"
)

//go:embed templates
var templates embed.FS

var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"stamp": func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format("2006-01-02 15:04")
	},
	"join": func(all []string) string { return strings.Join(all, ", ") },
}).ParseFS(templates, "templates/*.html"))

// frame is what every page has.
type frame struct {
	Title   string
	Version string
	Public  string
	Demo    bool
}

func (s *Server) frame(title string) frame {
	return frame{title, s.Version, s.site.Load().Public, s.Demo != nil}
}

// page writes a page; one that can't be made isn't begun.
func (s *Server) page(w http.ResponseWriter, r *http.Request, name string, data any) {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, data); err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(b.Bytes()) // a client that is gone
}

// desk is the page at /: the editions, and for who may see them the sources.
func (s *Server) desk(w http.ResponseWriter, r *http.Request) {
	site, trusted := s.site.Load(), s.trusted(r)
	if !trusted && r.URL.Query().Has("login") {
		s.challenge(w)
		return
	}
	states, err := s.Library.States(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	data := struct {
		frame
		Editions []Edition
		Sources  []sourceRow
		Trusted  bool
		Login    bool
		Formats  []publish.Format
	}{frame: s.frame("copydesk"), Trusted: trusted, Login: !trusted && site.Token != "", Formats: publish.Formats()}
	for _, e := range site.Editions {
		if !e.Private || trusted {
			data.Editions = append(data.Editions, e)
		}
	}
	if trusted {
		data.Sources = rows(site, states)
	}
	s.page(w, r, "desk.html", data)
}

// sourceRow is a source with how it does.
type sourceRow struct {
	Source
	State  feed.SourceState
	Health string // "good", "new", "damaged", "bad"
	Says   string
}

func rows(site *Site, states map[string]feed.SourceState) []sourceRow {
	var all []sourceRow
	for _, source := range site.Sources {
		st := states[source.Name]
		row := sourceRow{Source: source, State: st, Health: "good"}
		switch {
		case st.Polled.IsZero():
			row.Health, row.Says = "new", "not polled yet"
		case st.Error != "":
			row.Health, row.Says = "bad", st.Error
		case len(st.Damage) > 0:
			row.Health, row.Says = "damaged", "its document is damaged: "+strings.Join(st.Damage, "; ")
		}
		all = append(all, row)
	}
	return all
}

// editionPage is an edition for people, with how to subscribe.
func (s *Server) editionPage(w http.ResponseWriter, r *http.Request, e *Edition) {
	f, err := s.Library.Feed(r.Context(), e.Name, 1)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	ready, err := s.ready(r.Context(), e)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.page(w, r, "edition.html", struct {
		frame
		Edition Edition
		Feed    *publish.Feed
		Formats []publish.Format
		Ready   bool
	}{s.frame(e.Title), *e, f, publish.Formats(), ready})
}

// Demo is what the demo's page shows: entries before and after the desk.
type Demo struct {
	Cases []Case
}

// Case is one entry as it came and as it is published.
type Case struct {
	Source, Kind  string
	Received      string // the markup as upstream sent it
	Title, Was    string // published and received
	HTML          template.HTML
	Language      string
	Link, LinkWas string
	Repairs       []feed.Repair
	Decisions     []feed.Decision
}

func (s *Server) demo(w http.ResponseWriter, r *http.Request) {
	// Pictures of the demo's upstreams, which are on loopback too.
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src http://127.0.0.1:* 'self' data:; base-uri 'none'; frame-ancestors 'none'")
	s.page(w, r, "demo.html", struct {
		frame
		Demo
	}{s.frame("Before and after"), s.Demo()})
}

func escape(s string) string { return template.HTMLEscapeString(s) }
