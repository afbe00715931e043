package web

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"html/template"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"copydesk/feed"
	"copydesk/feed/publish"
)

//go:embed templates
var templates embed.FS

var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"stamp":  stamp,
	"sum":    func(a, b int) int { return a + b },
	"moment": func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
	"join":   func(all []string) string { return strings.Join(all, ", ") },
	"web":    webAddress,
}).ParseFS(templates, "templates/*.html"))

// stamp is a moment as pages tell it, in UTC.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04")
}

// webAddress is an address that a page may link to; of others there is none.
func webAddress(address string) string {
	if u, err := url.Parse(address); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		return address
	}
	return ""
}

// frame is what every page has.
type frame struct {
	Title   string
	Version string
	Public  string
	Root    string // the way from the page to the desk: "", "../", …
	Demo    bool
	Desk    bool // the reader may see the desk
	Tries   bool // and try rules there
}

func (s *Server) frame(r *http.Request, st *standing, title string) frame {
	trusted := s.trusted(st, r)
	return frame{
		Title: title, Version: s.Version, Public: st.Public, Demo: s.Demo != nil, Desk: trusted, Tries: trusted && s.Try != nil,
		Root: strings.Repeat("../", max(0, strings.Count(r.URL.Path, "/")-1)),
	}
}

const htmlType = "text/html; charset=utf-8"

// page answers with a page; one that can't be made isn't begun.
func (s *Server) page(w http.ResponseWriter, r *http.Request, name string, data any) {
	body, err := execute(name, data)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "private, no-cache")
	w.Header().Set("Vary", "Authorization")
	deliver(w, r, newRendered(body, htmlType))
}

func execute(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, data); err != nil {
		return nil, fmt.Errorf("making the page %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// editionPage is an edition for people, with how to subscribe.
func (s *Server) editionPage(w http.ResponseWriter, r *http.Request, st *standing, e *Edition) {
	page, ok := pageOf(r)
	if !ok {
		plain(w, http.StatusNotFound, "there is no such page")
		return
	}
	at, err := s.stageOf(r.Context(), st, e)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	f := s.frame(r, st, e.Title)
	key := fmt.Sprintf("%s?%d %d %t", e.Name, page, at, f.Desk)
	one, err := s.render(r.Context(), st, e.Name, key, page == 1, func(ctx context.Context) (*rendered, error) {
		shown, err := s.Library.Feed(ctx, e.Name, page)
		if err != nil {
			return nil, err
		}
		body, err := execute("edition.html", struct {
			frame
			Edition *Edition
			Feed    *publish.Feed
			Formats []publish.Format
			Polled  bool
			Read    bool
		}{f, e, st.readdress(shown), publish.Formats(), at == unread || at == read, at == read})
		return newRendered(body, htmlType), err
	})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	reach(w, e, "no-cache")
	if !e.Private { // the desk's links are for some
		w.Header().Set("Cache-Control", "private, no-cache")
		w.Header().Add("Vary", "Authorization")
	}
	deliver(w, r, one)
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
	w.Header().Set("Content-Security-Policy", strings.Replace(policy, "img-src", "img-src http://127.0.0.1:*", 1))
	s.page(w, r, "demo.html", struct {
		frame
		Demo
	}{s.frame(r, s.force.Load(), "Before and after"), s.Demo()})
}

// static answers with a file of the pages' own.
func (s *Server) static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	body, err := static.ReadFile(path.Join("static", path.Base(name)))
	if err != nil {
		s.fail(w, r, ErrNotFound)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=3600")
	deliver(w, r, newRendered(body, mime.TypeByExtension(path.Ext(name))))
}

// favicon answers browsers, which ask without being told to.
func (s *Server) favicon(w http.ResponseWriter, _ *http.Request) { redirect(w, "static/icon.svg") }

// robots asks search engines to stay out: what is published here is read
// elsewhere first.
func (s *Server) robots(w http.ResponseWriter, _ *http.Request) {
	plain(w, http.StatusOK, "User-agent: *\nDisallow: /")
}

// numberOf reads a number of a query, within bounds; otherwise it is the least.
func numberOf(r *http.Request, name string, least, most int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(name))
	if err != nil {
		return least
	}
	return min(max(n, least), most)
}
