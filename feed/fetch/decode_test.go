package fetch

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"testing"

	"copydesk/feed/fetch/fetchtest"
)

func FuzzDecode(f *testing.F) {
	plain := fetchtest.Atom(3)
	for _, coding := range []string{"", "gzip", "br", "zstd", "deflate", "raw deflate"} {
		encoded := fetchtest.Encode(coding, plain)
		f.Add(coding, encoded)
		f.Add(coding+", gzip", fetchtest.Encode("gzip", encoded))
		f.Add(coding, encoded[:len(encoded)/2])
	}
	healthy := map[string][]byte{}
	for _, coding := range []string{"gzip", "br", "zstd", "deflate"} {
		healthy[coding] = fetchtest.Encode(coding, plain)
	}
	var d decoders
	const limit = 64 << 10
	f.Fuzz(func(t *testing.T, coding string, data []byte) {
		response := &http.Response{Header: http.Header{"Content-Encoding": {coding}}, ContentLength: -1, Body: io.NopCloser(bytes.NewReader(data))}
		b, err := d.read(response, limit)
		if len(b.data) > limit || b.received > limit {
			t.Errorf("%d bytes of %d", len(b.data), b.received)
		}
		d.release(b)
		// Whatever came before, the next document is read right.
		for coding, encoded := range healthy {
			response := &http.Response{Header: http.Header{"Content-Encoding": {coding}}, ContentLength: -1, Body: io.NopCloser(bytes.NewReader(encoded))}
			b, e := d.read(response, limit)
			if e != nil || !bytes.Equal(b.data, plain) {
				t.Fatalf("%s after %v: %v", coding, err, e)
			}
			d.release(b)
		}
	})
}

func TestADocumentOfExactlyTheLimitIsHad(t *testing.T) {
	var d decoders
	for _, coding := range []string{"", "gzip", "br", "zstd", "deflate"} {
		for size, fits := range map[int]bool{9_999: true, 10_000: true, 10_001: false} {
			data := bytes.Repeat([]byte("<p/>x"), 3000)[:size]
			response := &http.Response{Header: http.Header{"Content-Encoding": {coding}}, ContentLength: -1, Body: io.NopCloser(bytes.NewReader(fetchtest.Encode(coding, data)))}
			b, err := d.read(response, 10_000)
			var tooLarge sizeError
			if fits != (err == nil) || err != nil && !errors.As(err, &tooLarge) || fits && !bytes.Equal(b.data, data) {
				t.Errorf("%q, %d bytes: %d, %v", coding, size, len(b.data), err)
			}
			d.release(b)
		}
	}
}
