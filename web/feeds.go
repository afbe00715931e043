package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"copydesk/feed/publish"
)

// edition answers /feeds/NAME.EXTENSION with the feed, and /feeds/NAME with
// its page.
func (s *Server) edition(w http.ResponseWriter, r *http.Request) {
	name, extension, _ := strings.Cut(r.PathValue("name"), ".")
	e := s.find(name)
	if e == nil || e.Private && !s.authorized(r) && !s.trusted(r) {
		if e != nil && s.site.Load().Token != "" && r.Header.Get("Authorization") == "" && strings.HasSuffix(r.URL.Path, "."+extension) && extension != "" {
			s.challenge(w)
			return
		}
		plain(w, http.StatusNotFound, "there is no such edition; the list is at "+s.site.Load().Public)
		return
	}
	if extension == "" {
		s.editionPage(w, r, e)
		return
	}
	formats := publish.Formats()
	at := slices.IndexFunc(formats, func(f publish.Format) bool { return f.Extension == extension })
	if at < 0 {
		plain(w, http.StatusNotFound, "there is no such format: editions are published as .atom, .rss and .json")
		return
	}
	s.serveFeed(w, r, e, formats[at])
}

func (s *Server) find(name string) *Edition {
	site := s.site.Load()
	at := slices.IndexFunc(site.Editions, func(e Edition) bool { return e.Name == name })
	if at < 0 {
		return nil
	}
	return &site.Editions[at]
}

// maxPage bounds how far back a reader can ask.
const maxPage = 10_000

func (s *Server) serveFeed(w http.ResponseWriter, r *http.Request, e *Edition, format publish.Format) {
	page := 1
	if text := r.URL.Query().Get("page"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > maxPage {
			plain(w, http.StatusNotFound, "there is no such page")
			return
		}
		page = n
	}
	ready, err := s.ready(r.Context(), e)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if !ready {
		w.Header().Set("Retry-After", "30")
		plain(w, http.StatusServiceUnavailable, "none of its sources was polled yet; ask again in half a minute")
		return
	}
	one, err := s.render(r.Context(), e.Name, page, format)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", format.Type)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "public, max-age=60")
	if e.Private {
		h.Set("Cache-Control", "private, max-age=60")
		h.Set("Vary", "Accept-Encoding, Authorization")
	}
	if link := one.hub; link != "" {
		h.Add("Link", "<"+link+`>; rel="hub"`)
	}
	h.Add("Link", "<"+one.self+`>; rel="self"`)
	body, etag := one.body, one.etag
	if acceptsGzip(r.Header.Get("Accept-Encoding")) && r.Header.Get("Range") == "" {
		body, etag = one.packed(), one.etag+"-gzip"
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	h.Set("ETag", `"`+etag+`"`)
	// A reader that got the other encoding last time has the same content.
	if theirs := r.Header.Get("If-None-Match"); theirs != "" && strings.Contains(theirs, one.etag) {
		h.Del("Content-Length")
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		s.counts.unmodified.Add(1)
		return
	}
	http.ServeContent(w, r, "", one.changed, bytes.NewReader(body))
}

// rendition is a page of an edition in one format, as bytes.
type rendered struct {
	version int64
	body    []byte
	etag    string
	changed time.Time
	self    string
	hub     string

	pack sync.Once
	gz   []byte
}

// packed is the body as gzip, made when it is first asked for.
func (r *rendered) packed() []byte {
	r.pack.Do(func() {
		var b bytes.Buffer
		z, _ := gzip.NewWriterLevel(&b, gzip.DefaultCompression) // a level that exists
		_, _ = z.Write(r.body)                                   // into memory
		_ = z.Close()
		r.gz = b.Bytes()
	})
	return r.gz
}

// cache keeps what was rendered, until its edition changes.
type cache struct {
	mu     sync.Mutex
	pages  map[string]*rendered
	flight singleflight.Group
}

func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages = nil
}

// maxPages bounds how many rendered pages are kept; beyond, all are let go.
const maxPages = 2_000

// render returns the bytes of a page, made anew only if the edition changed.
func (s *Server) render(ctx context.Context, name string, page int, format publish.Format) (*rendered, error) {
	version, err := s.Library.Version(ctx, name)
	if err != nil {
		return nil, err
	}
	public := s.site.Load().Public
	key := name + "." + format.Extension + "?" + strconv.Itoa(page) + " " + public
	s.rendered.mu.Lock()
	one := s.rendered.pages[key]
	s.rendered.mu.Unlock()
	if one != nil && one.version == version {
		return one, nil
	}
	made, err, _ := s.rendered.flight.Do(fmt.Sprint(key, " ", version), func() (any, error) {
		f, err := s.Library.Feed(context.WithoutCancel(ctx), name, page)
		if err != nil {
			return nil, err
		}
		body, err := publish.Render(format.Name, f)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(body)
		s.counts.renderings.Add(1)
		one := &rendered{version: version, body: body, etag: hex.EncodeToString(sum[:16]), changed: f.Updated, self: f.Home() + "." + format.Extension, hub: f.Hub}
		s.rendered.mu.Lock()
		defer s.rendered.mu.Unlock()
		if s.rendered.pages == nil || len(s.rendered.pages) >= maxPages {
			s.rendered.pages = map[string]*rendered{}
		}
		s.rendered.pages[key] = one
		return one, nil
	})
	if err != nil {
		return nil, err
	}
	return made.(*rendered), nil
}

// acceptsGzip reads Accept-Encoding (RFC 9110 §12.5.3).
func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, parameters, _ := strings.Cut(part, ";")
		if coding = strings.TrimSpace(coding); coding != "gzip" && coding != "*" {
			continue
		}
		q, found := strings.CutPrefix(strings.TrimSpace(parameters), "q=")
		if !found {
			return true
		}
		weight, err := strconv.ParseFloat(q, 64)
		return err == nil && weight > 0
	}
	return false
}
