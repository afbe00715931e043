package fetchtest

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// Frames is an upstream without a network that speaks HTTP/2 frame by frame,
// and so can say what no server library lets it: connect to it with Dial.
type Frames struct {
	URL string

	t        testing.TB
	settings *tls.Config
	conns    sync.WaitGroup
	done     chan struct{}
	mu       sync.Mutex
	answers  map[string]func(*Stream)
	asked    map[string]int
	all      map[net.Conn]bool
}

// NewFrames starts an upstream at upstream.example that the authority vouches for.
func NewFrames(t testing.TB, a *Authority) *Frames {
	t.Helper()
	cert, key := a.Certificate("upstream.example")
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		t.Fatal(err)
	}
	f := &Frames{
		URL: "https://upstream.example", t: t, settings: &tls.Config{Certificates: []tls.Certificate{pair}, NextProtos: []string{"h2"}},
		done: make(chan struct{}), answers: map[string]func(*Stream){}, asked: map[string]int{}, all: map[net.Conn]bool{},
	}
	t.Cleanup(func() {
		close(f.done)
		f.mu.Lock()
		for c := range f.all {
			_ = c.Close()
		}
		f.mu.Unlock()
		f.conns.Wait()
	})
	return f
}

// Serve answers a path from now on.
func (f *Frames) Serve(path string, answer func(*Stream)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers[path] = answer
}

// Count is how often a path was asked for.
func (f *Frames) Count(path string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.asked[path]
}

// Dial connects to the upstream, whatever the address.
func (f *Frames) Dial(context.Context, string, string) (net.Conn, error) {
	client, server := net.Pipe()
	f.mu.Lock()
	f.all[server] = true
	f.mu.Unlock()
	f.conns.Go(func() {
		defer server.Close()
		_ = f.talk(tls.Server(server, f.settings), server) // clients go away as they like
	})
	return client, nil
}

// talk reads what a client says, and answers in another goroutine: a pipe
// holds nothing back.
func (f *Frames) talk(c *tls.Conn, wire net.Conn) error {
	preface := make([]byte, len(http2.ClientPreface))
	if _, err := io.ReadFull(c, preface); err != nil {
		return err
	}
	framer := http2.NewFramer(c, c)
	framer.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
	wanted := map[uint32]chan struct{}{} // closed when nobody waits for the stream any more
	var answers sync.WaitGroup
	defer answers.Wait()
	defer func() {
		_ = wire.Close()
		for _, gone := range wanted {
			close(gone)
		}
	}()
	writing := make(chan struct{}, 1) // no mutex: simulated time stands still before one
	writing <- struct{}{}
	answers.Go(func() {
		_ = framer.WriteSettings()
		<-writing
	})
	for {
		frame, err := framer.ReadFrame()
		if err != nil {
			return err
		}
		if reset, ok := frame.(*http2.RSTStreamFrame); ok && wanted[reset.StreamID] != nil {
			close(wanted[reset.StreamID])
			delete(wanted, reset.StreamID)
		}
		headers, ok := frame.(*http2.MetaHeadersFrame)
		if !ok {
			continue
		}
		path := headers.PseudoValue("path")
		f.mu.Lock()
		f.asked[path]++
		answer := f.answers[path]
		f.mu.Unlock()
		if answer == nil {
			return errors.New("nothing there")
		}
		gone := make(chan struct{})
		wanted[headers.StreamID] = gone
		s := &Stream{Framer: framer, ID: headers.StreamID, conn: c, wire: wire, gone: gone}
		answers.Go(func() {
			writing <- struct{}{}
			defer func() { <-writing }()
			answer(s)
		})
	}
}

// Stream is one request, to be answered by frames.
type Stream struct {
	*http2.Framer
	ID uint32

	conn *tls.Conn
	wire net.Conn
	gone chan struct{} // closed when nobody waits for the answer any more
}

// Fields are headers as name and value in turn, packed.
func Fields(pairs ...string) []byte {
	var b bytes.Buffer
	e := hpack.NewEncoder(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		_ = e.WriteField(hpack.HeaderField{Name: pairs[i], Value: pairs[i+1]}) // to memory
	}
	return b.Bytes()
}

// Headers begins an answer.
func (s *Stream) Headers(end bool, pairs ...string) {
	_ = s.WriteHeaders(http2.HeadersFrameParam{StreamID: s.ID, BlockFragment: Fields(pairs...), EndHeaders: true, EndStream: end})
}

// Body sends a part of a document, or all of it.
func (s *Stream) Body(end bool, data []byte) {
	for len(data) > 16<<10 {
		if s.WriteData(s.ID, false, data[:16<<10]) != nil {
			return
		}
		data = data[16<<10:]
	}
	_ = s.WriteData(s.ID, end, data)
}

// Document answers as a server should.
func (s *Stream) Document() {
	s.Headers(false, ":status", "200", "content-type", "application/atom+xml")
	s.Body(true, Feed())
}

// Raw sends bytes that are no frame.
func (s *Stream) Raw(data string) { _, _ = io.WriteString(s.conn, data) }

// Close hangs up.
func (s *Stream) Close() { _ = s.wire.Close() }

// Wait passes time; false: the client is gone.
func (s *Stream) Wait(d time.Duration) bool { return wait(d, s.gone) }

// Again does something until the client is gone or has enough of it.
func (s *Stream) Again(every time.Duration, do func() error) {
	for do() == nil && s.Wait(every) {
	}
}
