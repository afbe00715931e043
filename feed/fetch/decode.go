package fetch

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

const (
	// maxCodings bounds how often a body may be encoded. Twice is seen where
	// a server and its cache both compress.
	maxCodings = 3
	// maxPooled is the largest buffer that is kept for the next body.
	maxPooled = 1 << 20
	// maxWindow is the largest zstd window that is honoured (RFC 9659 §3).
	maxWindow = 8 << 20
	sniffed   = 512
)

// errCut says that the body ended before its end.
var errCut = errors.New("the answer broke off")

type sizeError int64

func (e sizeError) Error() string {
	return fmt.Sprintf("it is larger than polling.max_size (%s); raise it if the source is in order", megabytes(int64(e)))
}

func tooLarge(limit int64) error { return sizeError(limit) }

func megabytes(n int64) string {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

// decoders undo content codings (RFC 9110 §8.4.1), within bounds. What they
// need is kept from one body to the next.
type decoders struct {
	buffers, readers         sync.Pool // *[]byte, *bufio.Reader
	gzips, brotlis, zstds    sync.Pool
	deflates, plainDeflating sync.Pool
}

// body is a decoded body in a pooled buffer; release gives it back.
type body struct {
	data     []byte
	received int64
	buffer   *[]byte
}

// coding is how one content coding is undone.
type coding struct {
	// magic tells whether a body that begins so can be encoded like that.
	magic func(head []byte) bool
	open  func(d *decoders, r *bufio.Reader) (reader io.Reader, done func(), err error)
}

// codings are keyed as in Content-Encoding.
var codings = map[string]coding{
	"gzip":    {isGzip, (*decoders).gzip},
	"x-gzip":  {isGzip, (*decoders).gzip},
	"br":      {maybe, (*decoders).brotli},
	"zstd":    {isZstd, (*decoders).zstd},
	"deflate": {maybe, (*decoders).deflate},
}

func isGzip(head []byte) bool { return bytes.HasPrefix(head, []byte{0x1f, 0x8b}) }

// isZstd knows a frame, or a skippable one (RFC 8878 §3.1).
func isZstd(head []byte) bool {
	return len(head) >= 4 && (bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}) ||
		head[0]&0xf0 == 0x50 && bytes.Equal(head[1:4], []byte{0x2a, 0x4d, 0x18}))
}

// maybe is for codings without a mark of their own.
func maybe(head []byte) bool { return !isPlain(head) }

// isPlain reports whether a body begins as a document that was never encoded:
// with a bracket, and with text behind it, which compressed data doesn't
// keep up for long.
func isPlain(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	head = bytes.TrimLeft(head, " \t\r\n")
	if len(head) < 2 || head[0] != '<' && head[0] != '{' {
		return false
	}
	for _, c := range head[:min(len(head), 64)] {
		if c < ' ' && c != '\t' && c != '\r' && c != '\n' {
			return false
		}
	}
	return true
}

// read receives a body and undoes its codings: those declared and really
// there, and those that are there undeclared. No stage may be larger than
// limit. What could be read is returned with errCut too.
func (d *decoders) read(response *http.Response, limit int64) (b body, err error) {
	wire := &bounded{r: response.Body, left: limit, limit: limit}
	defer func() { b.received = limit - max(wire.left, 0) }()
	r := d.buffered(wire)
	defer func() { d.unbuffer(r) }()
	declared, err := contentCodings(response.Header)
	if err != nil {
		return b, err
	}
	for layers := 0; ; layers++ {
		head, _ := r.Peek(sniffed) // an error comes back with the next read
		next, ok := nextCoding(&declared, head)
		if !ok {
			break
		}
		if layers == maxCodings {
			return b, fmt.Errorf("it is encoded more than %d times over", maxCodings)
		}
		decoder, done, err := next.open(d, r)
		if err != nil {
			return b, wire.explain(err)
		}
		inner := r
		defer func() { done(); d.unbuffer(inner) }()
		r = d.buffered(&bounded{r: decoder, left: limit, limit: limit})
	}
	b.buffer = d.buffer(response.ContentLength, limit)
	b.data, err = fill((*b.buffer)[:0], r)
	*b.buffer = b.data
	return b, wire.explain(err)
}

// contentCodings lists what is declared, the last to be undone first.
func contentCodings(h http.Header) ([]string, error) {
	var names []string
	for _, line := range h.Values("Content-Encoding") {
		for name := range strings.SplitSeq(line, ",") {
			switch name = strings.ToLower(strings.TrimSpace(name)); name {
			case "", "identity", "none", "utf-8", "utf8": // the latter are charsets, by mistake
				continue
			}
			if _, known := codings[name]; !known {
				return nil, fmt.Errorf("it is encoded as %s, which nobody asked for", quote(name))
			}
			names = append(names, name)
			if len(names) > maxCodings {
				return nil, fmt.Errorf("it is encoded more than %d times over", maxCodings)
			}
		}
	}
	slices.Reverse(names)
	return names, nil
}

// nextCoding is what is to be undone next: what is declared, if it is true;
// else what can be seen.
func nextCoding(declared *[]string, head []byte) (coding, bool) {
	for len(*declared) > 0 {
		c := codings[(*declared)[0]]
		*declared = (*declared)[1:]
		if c.magic(head) {
			return c, true
		}
	}
	for _, name := range []string{"gzip", "zstd"} {
		if codings[name].magic(head) {
			return codings[name], true
		}
	}
	return coding{}, false
}

// fill reads to the end into a buffer that grows.
func fill(buffer []byte, r io.Reader) ([]byte, error) {
	for {
		if len(buffer) == cap(buffer) {
			buffer = slices.Grow(buffer, max(cap(buffer), 4<<10))
		}
		n, err := r.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		if err == io.EOF {
			return buffer, nil
		}
		if err != nil {
			return buffer, err
		}
	}
}

// bounded ends with an error where more than limit bytes come, and remembers
// how its reader ended.
type bounded struct {
	r     io.Reader
	left  int64
	limit int64
	err   error
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, tooLarge(b.limit)
	}
	if int64(len(p)) > b.left+1 { // one byte more tells whether it ends here
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		return max(0, n-1), tooLarge(b.limit)
	}
	b.err = err
	return n, err
}

// explain tells a body that was cut from one that is wrong or too large.
func (b *bounded) explain(err error) error {
	var size sizeError
	switch {
	case err == nil || errors.As(err, &size):
		return err
	case b.err != nil && b.err != io.EOF:
		return fmt.Errorf("%w: %w", errCut, b.err)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: its compressed data is incomplete", errCut)
	}
	return fmt.Errorf("its compressed data is damaged: %w", err)
}

func (d *decoders) buffered(r io.Reader) *bufio.Reader {
	if b, ok := d.readers.Get().(*bufio.Reader); ok {
		b.Reset(r)
		return b
	}
	return bufio.NewReaderSize(r, 16<<10)
}

func (d *decoders) unbuffer(r *bufio.Reader) {
	r.Reset(nil)
	d.readers.Put(r)
}

// buffer is an empty one, large enough for a body of the announced length.
func (d *decoders) buffer(announced, limit int64) *[]byte {
	b, ok := d.buffers.Get().(*[]byte)
	if !ok {
		b = new([]byte)
	}
	// One byte more shows the end of the body without growing. An upstream
	// may announce what it likes: what counts is what comes.
	if want := int(min(announced+1, limit+1, 1<<20)); want > cap(*b) {
		*b = make([]byte, 0, want)
	}
	return b
}

func (d *decoders) release(b body) {
	if b.buffer != nil && cap(*b.buffer) <= maxPooled {
		d.buffers.Put(b.buffer)
	}
}

func (d *decoders) gzip(r *bufio.Reader) (io.Reader, func(), error) {
	z, ok := d.gzips.Get().(*gzip.Reader)
	if !ok {
		z = new(gzip.Reader)
	}
	if err := z.Reset(r); err != nil {
		return nil, nil, endless(err)
	}
	return &gzipMembers{z: z}, func() { d.gzips.Put(z) }, nil
}

// endless is an error of data that ended where a beginning was expected.
func endless(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// gzipMembers reads members one after another; what follows the last one and
// is none (padding, mostly) is left out, as gzip itself does.
type gzipMembers struct {
	z    *gzip.Reader
	some bool
}

func (g *gzipMembers) Read(p []byte) (int, error) {
	n, err := g.z.Read(p)
	g.some = g.some || n > 0
	if errors.Is(err, gzip.ErrHeader) && g.some {
		err = io.EOF
	}
	return n, err
}

func (d *decoders) brotli(r *bufio.Reader) (io.Reader, func(), error) {
	z, ok := d.brotlis.Get().(*brotli.Reader)
	if !ok {
		z = new(brotli.Reader)
	}
	if err := z.Reset(r); err != nil {
		return nil, nil, err
	}
	return z, func() { d.brotlis.Put(z) }, nil
}

func (d *decoders) zstd(r *bufio.Reader) (io.Reader, func(), error) {
	z, ok := d.zstds.Get().(*zstd.Decoder)
	if !ok {
		var err error
		// One goroutine: the reader's own.
		if z, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow)); err != nil {
			return nil, nil, err
		}
	}
	if err := z.Reset(r); err != nil {
		return nil, nil, endless(err)
	}
	return z, func() { _ = z.Reset(nil); d.zstds.Put(z) }, nil
}

// deflate is zlib by the book (RFC 9110 §8.4.1.2) and bare deflate from many
// servers.
func (d *decoders) deflate(r *bufio.Reader) (io.Reader, func(), error) {
	head, _ := r.Peek(2)
	if len(head) == 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		return opened(&d.deflates, r, zlib.NewReader, zlib.Resetter.Reset)
	}
	return opened(&d.plainDeflating, r, func(r io.Reader) (io.ReadCloser, error) { return flate.NewReader(r), nil }, flate.Resetter.Reset)
}

// opened takes a reader from the pool, or makes one.
func opened[T any](pool *sync.Pool, r io.Reader, fresh func(io.Reader) (io.ReadCloser, error), reset func(T, io.Reader, []byte) error) (io.Reader, func(), error) {
	z, ok := pool.Get().(io.ReadCloser)
	var err error
	if resetter, can := z.(T); ok && can {
		err = reset(resetter, r, nil)
	} else {
		z, err = fresh(r)
	}
	if err != nil {
		return nil, nil, endless(err)
	}
	return z, func() { pool.Put(z) }, nil
}
