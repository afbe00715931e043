package fetchtest

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"golang.org/x/net/http2"
)

// Case2 is one way to be hostile over HTTP/2.
type Case2 struct {
	Name   string
	Answer func(*Stream)
	End    End
	Says   string
}

// HostileHTTP2 is what can be done over HTTP/2 only, or is done otherwise there:
// Hostile for another client that speaks it.
func HostileHTTP2() []Case2 {
	good := []string{":status", "200", "content-type", "application/atom+xml"}
	moment := 10 * time.Millisecond
	return []Case2{
		{"answers well", (*Stream).Document, Whole, ""},
		{"never answers", func(*Stream) {}, TooSlow, "no whole answer"},
		{"resets the stream", func(s *Stream) { _ = s.WriteRSTStream(s.ID, http2.ErrCodeInternal) }, Fails, ""},
		{"asks for HTTP/1.1", func(s *Stream) { _ = s.WriteRSTStream(s.ID, http2.ErrCodeHTTP11Required) }, Fails, ""},
		{"refuses every stream", func(s *Stream) { _ = s.WriteRSTStream(s.ID, http2.ErrCodeRefusedStream) }, Fails, ""},
		{"goes away each time", func(s *Stream) { _ = s.WriteGoAway(0, http2.ErrCodeNo, nil); s.Close() }, Fails, ""},
		{"goes away with a reason of its own", func(s *Stream) {
			_ = s.WriteGoAway(0, http2.ErrCodeEnhanceYourCalm, []byte("\r\n<script>\x00"))
			s.Close()
		}, Fails, ""},
		{"goes away and answers what was asked", func(s *Stream) { _ = s.WriteGoAway(s.ID, http2.ErrCodeNo, nil); s.Document() }, Whole, ""},
		{"goes away in the body", func(s *Stream) {
			s.Headers(false, good...)
			s.Body(false, Feed()[:700])
			_ = s.WriteGoAway(s.ID, http2.ErrCodeInternal, nil)
			s.Close()
		}, Cut, ""},
		{"resets in the body", func(s *Stream) {
			s.Headers(false, good...)
			s.Body(false, Feed()[:700])
			_ = s.WriteRSTStream(s.ID, http2.ErrCodeInternal)
		}, Cut, ""},
		{"hangs up in the body", func(s *Stream) {
			s.Headers(false, good...)
			s.Body(false, Feed()[:700])
			s.Close()
		}, Cut, ""},
		{"stalls in the body", func(s *Stream) { s.Headers(false, good...); s.Body(false, Feed()[:700]) }, TooSlow, "no whole answer"},
		{"empty frames for ever", func(s *Stream) {
			s.Headers(false, good...)
			s.Again(moment, func() error { return s.WriteData(s.ID, false, nil) })
		}, TooSlow, "no whole answer"},
		{"an endless body", func(s *Stream) {
			s.Headers(false, good...)
			chunk := bytes.Repeat([]byte("<entry/>"), 2000)
			s.Again(time.Millisecond, func() error { return s.WriteData(s.ID, false, chunk) })
		}, TooBig, "max_size"},
		{"a window larger than can be", func(s *Stream) {
			for range 3 {
				_ = s.WriteWindowUpdate(s.ID, 1<<31-1)
			}
			s.Document()
		}, Fails, ""},
		{"headers without end", func(s *Stream) {
			_ = s.WriteHeaders(http2.HeadersFrameParam{StreamID: s.ID, BlockFragment: Fields(good...)})
			more := Fields("x-more", string(bytes.Repeat([]byte("more"), 3000)))
			s.Again(moment, func() error { return s.WriteContinuation(s.ID, false, more) })
		}, Fails, ""},
		{"empty continuations for ever", func(s *Stream) {
			_ = s.WriteHeaders(http2.HeadersFrameParam{StreamID: s.ID, BlockFragment: Fields(good...)})
			s.Again(moment, func() error { return s.WriteContinuation(s.ID, false, nil) })
			s.Close() // nothing else can stand among these
		}, TooSlow, "no whole answer"},
		{"few bytes that unfold to many headers", func(s *Stream) {
			block := Fields(append(good, "x-bomb", string(bytes.Repeat([]byte("b"), 4000)))...)
			block = append(block, bytes.Repeat([]byte{0xbe}, 10_000)...) // the newest of the table, again and again
			_ = s.WriteHeaders(http2.HeadersFrameParam{StreamID: s.ID, BlockFragment: block, EndHeaders: true})
		}, Fails, ""},
		{"interim answers for ever", func(s *Stream) {
			s.Again(moment, func() error {
				return s.WriteHeaders(http2.HeadersFrameParam{StreamID: s.ID, BlockFragment: Fields(":status", "103", "link", "</"+strings.Repeat("x", 1000)+">"), EndHeaders: true})
			})
		}, Fails, ""},
		{"pings for ever", func(s *Stream) {
			s.Again(moment, func() error { return s.WritePing(false, [8]byte{1}) })
		}, TooSlow, "no whole answer"},
		{"settings for ever", func(s *Stream) {
			s.Again(moment, func() error { return s.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: 1}) })
		}, TooSlow, "no whole answer"},
		{"settings that make no sense", func(s *Stream) {
			_ = s.WriteSettings(http2.Setting{ID: http2.SettingMaxFrameSize, Val: 1})
		}, Fails, ""},
		{"pushes what nobody asked for", func(s *Stream) {
			_ = s.WritePushPromise(http2.PushPromiseParam{StreamID: s.ID, PromiseID: 2, BlockFragment: Fields(":method", "GET", ":path", "/feed"), EndHeaders: true})
		}, Fails, ""},
		{"answers on a stream nobody opened", func(s *Stream) {
			s.ID += 100
			s.Document()
		}, Fails, ""},
		{"a second answer behind the first", func(s *Stream) {
			s.Document()
			s.Headers(false, good...)
			s.Body(true, []byte("<bad>"))
		}, Whole, ""},
		{"trailers", func(s *Stream) {
			s.Headers(false, good...)
			s.Body(false, Feed())
			s.Headers(true, "etag", `"late"`)
		}, Whole, ""},
		{"announces more than it sends", func(s *Stream) {
			s.Headers(false, append(good, "content-length", fmt.Sprint(len(Feed())+100))...)
			s.Body(true, Feed())
		}, Cut, ""},
		{"announces less than it sends", func(s *Stream) {
			s.Headers(false, append(good, "content-length", "700")...)
			s.Body(true, Feed())
		}, Cut, ""},
		{"no status", func(s *Stream) { s.Headers(true, "content-type", "text/xml") }, Fails, ""},
		{"a status that is no number", func(s *Stream) { s.Headers(true, ":status", "fine") }, Fails, ""},
		{"a frame larger than allowed", func(s *Stream) { s.Raw("\xff\xff\xff\x00\x00\x00\x00\x00\x01") }, Fails, ""},
		{"HTTP/1.1 in place of frames", func(s *Stream) { s.Raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<bad>") }, Fails, ""},
	}
}
