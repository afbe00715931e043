package fetchtest

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// Document is a well-behaved answer: with validators, it answers conditions.
type Document struct {
	Body         []byte
	Type         string // Content-Type; empty: application/atom+xml
	ETag         string
	LastModified string
	Encoding     string            // Content-Encoding; the body is encoded for it
	Header       map[string]string // more of them
}

func (d Document) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for name, value := range d.Header {
		h[http.CanonicalHeaderKey(name)] = []string{value}
	}
	if d.ETag != "" {
		h["Etag"] = []string{d.ETag}
	}
	if d.LastModified != "" {
		h["Last-Modified"] = []string{d.LastModified}
	}
	if d.ETag != "" && r.Header.Get("If-None-Match") == d.ETag ||
		d.ETag == "" && d.LastModified != "" && r.Header.Get("If-Modified-Since") == d.LastModified {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", "application/atom+xml")
	if d.Type != "" {
		h.Set("Content-Type", d.Type)
	}
	body := d.Body
	if d.Encoding != "" {
		h.Set("Content-Encoding", d.Encoding)
		for coding := range strings.SplitSeq(d.Encoding, ", ") {
			body = Encode(coding, body)
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}

// Atom is a small document with so many entries.
func Atom(entries int) []byte {
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:x-fetchtest:feed</id><title>Harbour notes</title><updated>2026-01-02T03:04:05Z</updated>\n")
	for i := range entries {
		fmt.Fprintf(&b, "<entry><id>urn:x-fetchtest:%d</id><title>Ferry number %d leaves the quay</title><updated>2026-01-02T03:04:05Z</updated><link href=\"https://harbour.example/ferry/%d\"/><content type=\"html\">&lt;p&gt;It carried %d passengers, a dog and the mail.&lt;/p&gt;</content></entry>\n", i, i, i, i*7)
	}
	b.WriteString("</feed>\n")
	return b.Bytes()
}

// Encode applies one content coding.
func Encode(coding string, body []byte) []byte {
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip", "x-gzip":
		w = gzip.NewWriter(&b)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, _ = zstd.NewWriter(&b) // fails for bad options only
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw deflate":
		w, _ = flate.NewWriter(&b, flate.BestSpeed)
	default:
		return body
	}
	_, _ = w.Write(body) // to memory
	_ = w.Close()
	return b.Bytes()
}

// Bomb is so many zero bytes after so many rounds of gzip.
func Bomb(size int64, rounds int) []byte {
	var b bytes.Buffer
	writers := []io.WriteCloser{gzip.NewWriter(&b)}
	for len(writers) < rounds {
		writers = append(writers, gzip.NewWriter(writers[len(writers)-1]))
	}
	_, _ = io.CopyN(writers[len(writers)-1], zeros{}, size) // to memory
	for i := len(writers) - 1; i >= 0; i-- {
		_ = writers[i].Close()
	}
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// Status answers with a status, headers as name and value in turn, and a body.
func Status(status int, body string, headers ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
}

// Redirect points to an address, which is sent as it stands.
func Redirect(status int, to string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Location"] = []string{to}
		w.WriteHeader(status)
	})
}

// Step is a part of a raw answer.
type Step func(net.Conn, <-chan struct{}) bool

// Raw takes the connection over, goes through the steps and closes it.
func Raw(steps ...Step) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hijacker, ok := w.(http.Hijacker)
		if !ok {
			http.Error(w, "raw answers need HTTP/1.1", http.StatusInternalServerError)
			return
		}
		conn, _, err := hijacker.Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		done, _ := r.Context().Value(doneKey{}).(chan struct{})
		for _, step := range steps {
			if !step(conn, done) {
				return
			}
		}
	})
}

// Send writes text as it stands.
func Send(parts ...string) Step {
	return func(c net.Conn, _ <-chan struct{}) bool {
		_, err := io.WriteString(c, strings.Join(parts, ""))
		return err == nil
	}
}

// Drip writes text a byte at a time.
func Drip(text string, every time.Duration) Step {
	return func(c net.Conn, done <-chan struct{}) bool {
		for i := range len(text) {
			if _, err := io.WriteString(c, text[i:i+1]); err != nil || !wait(every, done) {
				return false
			}
		}
		return true
	}
}

// Endless repeats text until the client has enough of it.
func Endless(text string) Step {
	chunk := []byte(strings.Repeat(text, 1+4096/len(text)))
	return func(c net.Conn, done <-chan struct{}) bool {
		for {
			select {
			case <-done:
				return false
			default:
			}
			if _, err := c.Write(chunk); err != nil {
				return false
			}
		}
	}
}

// Stall says nothing more, until the client gives up.
func Stall(c net.Conn, done <-chan struct{}) bool {
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		_, _ = io.Copy(io.Discard, c)
	}()
	select {
	case <-gone:
	case <-done:
	}
	_ = c.Close()
	<-gone
	return false
}

// Reset ends the connection with a TCP reset, where there is TCP.
func Reset(c net.Conn, _ <-chan struct{}) bool {
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // for the Close that follows
	}
	return false
}

func wait(d time.Duration, done <-chan struct{}) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-done:
		return false
	}
}
