package sqlite

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/s2"

	"copydesk/feed"
	"copydesk/storage/storagetest"
)

func TestBodiesAreReadBackAsTheyWere(t *testing.T) {
	var p packer
	r := storagetest.Entry("wire", 1, 0)
	for _, c := range []struct {
		name string
		feed.Record
	}{{"empty", feed.Record{}}, {"full", r}, {"empty after full", feed.Record{}}} {
		body, err := p.body(&c.Received, &c.Copy)
		if err != nil {
			t.Fatal(err)
		}
		var got feed.Record
		if err := unpack(body, &got.Received, &got.Copy); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(feed.Record{Received: c.Received, Copy: c.Copy}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// Whatever a damaged file holds is an error at worst.
func FuzzUnpack(f *testing.F) {
	var p packer
	r := storagetest.Entry("wire", 1, 0)
	body, err := p.body(&r.Received, &r.Copy)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body)
	f.Add([]byte{bodyPlain, 2, '{', '}', '{', '}'})
	f.Add([]byte{bodyS2, 0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) > 0 && body[0] == bodyS2 {
			if size, err := s2.DecodedLen(body[1:]); err == nil && size > 1<<20 {
				return // it takes as much memory as it says, and the fuzzer's time
			}
		}
		var received feed.Entry
		var copied feed.Copy
		if unpack(body, &received, &copied) != nil {
			return
		}
		if _, err := (&packer{}).body(&received, &copied); err != nil {
			t.Errorf("what was read can't be written: %v", err)
		}
	})
}
