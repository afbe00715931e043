package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// rendered is what is served at an address, as bytes.
type rendered struct {
	version int64
	body    []byte
	kind    string // Content-Type
	etag    string // without quotes
	changed time.Time
	links   []string // Link headers
	empty   bool     // it is a feed without entries

	pack sync.Once
	gz   []byte
}

func newRendered(body []byte, kind string) *rendered {
	sum := sha256.Sum256(body)
	return &rendered{body: body, kind: kind, etag: hex.EncodeToString(sum[:16])}
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

// leastPacked is the size from which on packing is worth it.
const leastPacked = 256

// deliver answers a request with what was rendered: whole, packed, a range of
// it, or not at all because the reader has it (RFC 9110 §13, §14).
func deliver(w http.ResponseWriter, r *http.Request, one *rendered) {
	h := w.Header()
	h.Set("Content-Type", one.kind)
	h.Add("Vary", "Accept-Encoding")
	for _, link := range one.links {
		h.Add("Link", link)
	}
	zipped := one.etag + "-gzip"
	pack := len(one.body) >= leastPacked && r.Header.Get("Range") == "" && acceptsGzip(r.Header.Values("Accept-Encoding"))
	// A reader that has the other encoding has the same content: it is told
	// so by the tag that it knows.
	switch has := r.Header.Values("If-None-Match"); {
	case pack && names(has, one.etag) && !names(has, zipped):
		pack = false
	case !pack && names(has, zipped) && !names(has, one.etag):
		pack = true
	}
	body, etag := one.body, one.etag
	if pack {
		body, etag = one.packed(), zipped
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Length", strconv.Itoa(len(body))) // ServeContent leaves it out of what is encoded
	}
	h.Set("ETag", `"`+etag+`"`)
	http.ServeContent(tidy{w}, r, "", one.changed, bytes.NewReader(body))
}

// tidy takes what speaks of a body from answers that have none.
type tidy struct{ http.ResponseWriter }

func (t tidy) WriteHeader(status int) {
	if h := t.Header(); status == http.StatusNotModified || status >= http.StatusBadRequest {
		h.Del("Content-Length")
		h.Del("Content-Encoding")
	}
	t.ResponseWriter.WriteHeader(status)
}

// names reports whether one of the entity tags of a header is this one; weak
// or strong doesn't matter (RFC 9110 §13.1.2).
func names(header []string, etag string) bool {
	for _, line := range header {
		for tag := range strings.SplitSeq(line, ",") {
			if strings.Trim(strings.TrimPrefix(strings.TrimSpace(tag), "W/"), `"`) == etag {
				return true
			}
		}
	}
	return false
}

// acceptsGzip reads Accept-Encoding (RFC 9110 §12.5.3): what is said of gzip
// itself goes before what is said of all.
func acceptsGzip(header []string) bool {
	weights := map[string]float64{}
	for _, line := range header {
		for part := range strings.SplitSeq(line, ",") {
			coding, parameters, _ := strings.Cut(part, ";")
			weight := 1.0
			if q, found := strings.CutPrefix(strings.ToLower(strings.ReplaceAll(parameters, " ", "")), "q="); found {
				weight, _ = strconv.ParseFloat(q, 64) // 0 where it can't be read
			}
			weights[strings.ToLower(strings.TrimSpace(coding))] = weight
		}
	}
	if weight, said := weights["gzip"]; said {
		return weight > 0
	}
	return weights["x-gzip"] > 0 || weights["*"] > 0
}

// cache keeps what was rendered, until its edition changes.
type cache struct {
	mu     sync.Mutex
	first  map[string]*rendered // first pages: as many as there are editions and forms
	older  map[string]*rendered // further pages, up to so many bytes
	bytes  int
	flight singleflight.Group
}

// mostOlder bounds the memory that further pages take: who asks for all of
// them must not fill it.
const mostOlder = 32 << 20

func (c *cache) get(key string) *rendered {
	c.mu.Lock()
	defer c.mu.Unlock()
	if one := c.first[key]; one != nil {
		return one
	}
	return c.older[key]
}

func (c *cache) put(key string, first bool, one *rendered) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if first {
		if c.first == nil {
			c.first = map[string]*rendered{}
		}
		c.first[key] = one
		return
	}
	size := 2 * len(one.body) // packed, too
	if c.older == nil || c.bytes+size > mostOlder {
		c.older, c.bytes = map[string]*rendered{}, 0
	}
	if old := c.older[key]; old != nil {
		c.bytes -= 2 * len(old.body)
	}
	c.older[key] = one
	c.bytes += size
}

// render returns what is kept under a key, made anew only if the edition
// changed. Who asks at the same moment waits for the same rendering.
func (s *Server) render(ctx context.Context, st *standing, edition, key string, first bool, do func(context.Context) (*rendered, error)) (*rendered, error) {
	version, err := s.Library.Version(ctx, edition)
	if err != nil {
		return nil, err
	}
	if one := st.rendered.get(key); one != nil && one.version == version {
		return one, nil
	}
	made, err, _ := st.rendered.flight.Do(key+" "+strconv.FormatInt(version, 10), func() (any, error) {
		one, err := do(context.WithoutCancel(ctx))
		if err != nil {
			return nil, err
		}
		one.version = version
		s.counts.renderings.Add(1)
		st.rendered.put(key, first, one)
		return one, nil
	})
	if err != nil {
		return nil, err
	}
	return made.(*rendered), nil
}
