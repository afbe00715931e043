package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"copydesk/feed/opml"
	"copydesk/feed/publish"
)

// edition answers /feeds/NAME.EXTENSION with the feed, and /feeds/NAME with
// its page.
func (s *Server) edition(w http.ResponseWriter, r *http.Request) {
	name, _, _ := strings.Cut(r.PathValue("name"), ".")
	if st, e := s.open(w, r, name); e != nil {
		s.show(w, r, st, e)
	}
}

// withoutSlash leads from an address that ends in a slash too many.
func (s *Server) withoutSlash(w http.ResponseWriter, r *http.Request) {
	to := "../" + url.PathEscape(r.PathValue("name"))
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	redirect(w, to)
}

// show answers who may see an edition.
func (s *Server) show(w http.ResponseWriter, r *http.Request, st *standing, e *Edition) {
	_, extension, _ := strings.Cut(r.PathValue("name"), ".")
	if extension == "" && !strings.HasSuffix(r.URL.Path, ".") {
		s.editionPage(w, r, st, e)
		return
	}
	formats := publish.Formats()
	at := slices.IndexFunc(formats, func(f publish.Format) bool { return f.Extension == extension })
	if at < 0 {
		plain(w, http.StatusNotFound, "there is no such format: editions are published as .atom, .rss and .json")
		return
	}
	s.serveFeed(w, r, st, e, formats[at])
}

// maxPage bounds how far back a reader can ask.
const maxPage = 10_000

// pageOf reads ?page=; false: there is no such page.
func pageOf(r *http.Request) (int, bool) {
	text, given := r.URL.Query()["page"]
	if !given {
		return 1, true
	}
	n, err := strconv.Atoi(text[0])
	return n, err == nil && n >= 1 && n <= maxPage && strconv.Itoa(n) == text[0]
}

func (s *Server) serveFeed(w http.ResponseWriter, r *http.Request, st *standing, e *Edition, format publish.Format) {
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
	if at == unasked {
		notYet(w, at)
		return
	}
	key := e.Name + "." + format.Extension + "?" + strconv.Itoa(page)
	one, err := s.render(r.Context(), st, e.Name, key, page == 1, func(ctx context.Context) (*rendered, error) {
		f, err := s.Library.Feed(ctx, e.Name, page)
		if err != nil {
			return nil, err
		}
		body, err := publish.Render(format.Name, st.readdress(f))
		if err != nil {
			return nil, err
		}
		one := newRendered(body, format.Type)
		one.changed, one.empty = f.Updated, len(f.Entries) == 0
		self := st.Public + "feeds/" + e.Name + "." + format.Extension
		if page > 1 {
			self += "?page=" + strconv.Itoa(page)
		}
		if f.Hub != "" {
			one.links = append(one.links, "<"+f.Hub+`>; rel="hub"`)
		}
		one.links = append(one.links, "<"+self+`>; rel="self"`)
		return one, nil
	})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if one.empty && page == 1 && at != read {
		notYet(w, at)
		return
	}
	reach(w, e, "max-age=60")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	deliver(&counting{ResponseWriter: w, counts: &s.counts}, r, one)
}

// notYet answers in place of an empty feed that only isn't filled yet.
func notYet(w http.ResponseWriter, at stage) {
	if at == unread {
		w.Header().Set("Retry-After", "300")
		plain(w, http.StatusServiceUnavailable, "none of its sources could be read so far; ask again in a few minutes")
		return
	}
	w.Header().Set("Retry-After", "30")
	plain(w, http.StatusServiceUnavailable, "its sources were not polled yet; ask again in half a minute")
}

// reach says who may keep an answer, and for how long.
func reach(w http.ResponseWriter, e *Edition, age string) {
	h := w.Header()
	if e.Private {
		h.Set("Cache-Control", "private, "+age)
		h.Add("Vary", "Authorization")
		return
	}
	h.Set("Cache-Control", "public, "+age)
}

// counting counts the answers without a body.
type counting struct {
	http.ResponseWriter
	counts *counts
}

func (c *counting) WriteHeader(status int) {
	if status == http.StatusNotModified {
		c.counts.unmodified.Add(1)
	}
	c.ResponseWriter.WriteHeader(status)
}

// opml lists the public editions, for import into a reader.
func (s *Server) opml(w http.ResponseWriter, r *http.Request) { s.listEditions(w, r, s.force.Load()) }

func (s *Server) listEditions(w http.ResponseWriter, r *http.Request, st *standing) {
	var all []opml.Outline
	for _, e := range st.Editions {
		if !e.Private || st.everybodys != "" {
			at := st.Public + "feeds/" + e.Name
			all = append(all, opml.Outline{Name: e.Name, Title: e.Title, Description: e.Description, URL: at + ".atom", Home: at})
		}
	}
	var b strings.Builder
	if err := opml.Write(&b, "copydesk editions", all); err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=60")
	if st.everybodys != "" {
		w.Header().Set("Cache-Control", "private, max-age=60")
	}
	w.Header().Set("Content-Disposition", `inline; filename="copydesk.opml"`)
	deliver(w, r, newRendered([]byte(b.String()), "text/x-opml; charset=utf-8"))
}
