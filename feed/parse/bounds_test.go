package parse

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"copydesk/feed"
)

// TestHostileDocumentsAreBounded parses what would crash, hang or fill the
// memory of a trusting parser: each must come back in time, with memory a
// small multiple of its size, and with the entry that is whole.
func TestHostileDocumentsAreBounded(t *testing.T) {
	const end = "</channel></rss>"
	begin := `<rss version="2.0"><channel><title>t</title><item><title>whole</title><guid>1</guid></item>`
	in := func(inner string) string {
		return begin + "<item><guid>2</guid>" + inner + "<title>after</title></item>" + end
	}
	repeat := strings.Repeat
	big := 4 << 20
	for _, c := range []struct {
		name    string
		text    string
		entries int // at least
	}{
		{"100,000 nested elements", in(repeat("<x:a>", 1e5) + repeat("</x:a>", 1e5)), 2},
		{"2,000,000 nested elements, never closed", begin + repeat("<x:a>", 2e6), 1},
		{"2,000,000 nested elements before the root", repeat("<a>", 2e6) + begin + end, 1},
		{"nested groups", in(repeat("<media:group>", 1e5)), 1},
		{"nested items", begin + repeat("<item>", 2e5) + end, 1},
		{"nested markup", in("<description>" + repeat("<div>", 5e5) + repeat("</div>", 5e5) + "</description>"), 2},
		{"nested bases", in("<description>" + repeat(`<div xml:base="a/">`, 1e5) + "</description>"), 2},
		{"a name of 4 MB", in("<" + repeat("n", big) + "/>"), 2},
		{"a tag of 4 MB", in("<x " + repeat("a='b' ", big/6) + "/>"), 2},
		{"an attribute of 4 MB", in("<category domain='" + repeat("a", big) + "'>c</category>"), 2},
		{"namespaces", `<rss version="2.0" ` + namespaces(6e4) + ">" + strings.TrimPrefix(in("<dc:creator>c</dc:creator>"), `<rss version="2.0">`), 2},
		{"a namespace on every element", in(repeat("<dc:subject xmlns:dc='http://purl.org/dc/elements/1.1/'>s</dc:subject>", 5e4)), 2},
		{"less-than signs", in("<description>" + repeat("<", big) + "</description>"), 2},
		{"ampersands", in("<description>" + repeat("&", big) + "</description>"), 2},
		{"open comments", in(repeat("<!-- ", big/5)), 1},
		{"open CDATA sections", in("<description>" + repeat("<![CDATA[", 1e4)), 1},
		{"open instructions", in(repeat("<? ", big/3)), 1},
		{"open quotes", in(repeat(`<a b="`, 1e5)), 1},
		{"end tags", in(repeat("</x>", big/4)), 2},
		{"stray document types", in(repeat("<!x ", big/4)), 1},
		{"document types with subsets", in(repeat("<!x [<!--", 1e5)), 1},
		{"categories", in(repeat("<category>c</category>", 2e5)), 2},
		{"empty items", begin + repeat("<item/>", big/7) + end, 1},
		{"more items than anybody lists", begin + repeat("<item><guid>x</guid></item>", 2e5) + end, 6e4},
		{"instructions", in(repeat("<? >", big/4)), 2},
		{"sections in many elements", in(repeat("<dc:subject><![CDATA[</dc:subject>", 3000)), 2},
		{"comments in text", in("<description>" + repeat("&lt;!-- ", big/8) + "</description>"), 2},
		{"50,000 items", begin + repeat("<item><title>One of many</title><link>http://many.example/</link><pubDate>2024-03-05</pubDate></item>", 5e4) + end, 5e4},
		{"entities", "<!DOCTYPE rss [" + repeat(`<!ENTITY e "`+repeat("&e;", 50)+`">`, 1e4) + "]>" + in("<description>"+repeat("&e;", 1e5)+"</description>"), 2},
		{"control characters", in("<description>" + repeat("\x01", big) + "</description>"), 2},
		{"a date", in("<pubDate>" + repeat("1 ", 1e5) + "</pubDate>"), 2},
		{"tags without end", in("<description>" + repeat("<b ", 3e5)), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := []byte(c.text)
			began := time.Now()
			done := watchMemory()
			doc, err := Parse(body, nil, "http://feeds.example/")
			used := done()
			if err != nil {
				t.Fatal(err)
			}
			if len(doc.Entries) < c.entries {
				t.Errorf("%d entries, want %d; %v", len(doc.Entries), c.entries, doc.Damage)
			}
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			if limit := uint64(160<<20 + 12*len(body)); used > limit {
				t.Errorf("%d MB for %d MB", used>>20, len(body)>>20)
			}
		})
	}
}

// TestHostileJSONIsBounded is the same for JSON Feed.
func TestHostileJSONIsBounded(t *testing.T) {
	const big = 4 << 20
	repeat := strings.Repeat
	begin := `{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":"1","title":"whole","content_text":"c"}`
	for _, c := range []struct {
		name    string
		text    string
		entries int // at least; below 0: it may be refused
	}{
		{"nested lists in an item", begin + `,{"id":"2","_x":` + repeat("[", 2e6) + repeat("]", 2e6) + "}]}", -1},
		{"nested lists that are never closed", begin + `,{"id":"2","_x":` + repeat("[", big), -1},
		{"nested mappings", begin + `,{"id":"2","_x":` + repeat(`{"a":`, 5e5) + "1" + repeat("}", 5e5) + "}]}", -1},
		{"lists before all", repeat("[", big), -1},
		{"items in items", begin + repeat(`,{"id":"2","items":[`, 1e5), -1},
		{"a text of 4 MB", begin + `,{"id":"2","content_text":"` + repeat("t", big) + `"}]}`, 2},
		{"a text of escapes", begin + `,{"id":"2","content_text":"` + repeat(`\u0000`, big/6) + `"}]}`, 2},
		{"halves of surrogates", begin + `,{"id":"2","content_text":"` + repeat(`\ud800`, big/6) + `"}]}`, 2},
		{"a key of 4 MB", begin + `,{"id":"2","` + repeat("k", big) + `":1}]}`, 2},
		{"the same key over and over", begin + `,{"id":"2"` + repeat(`,"title":"again"`, big/16) + "}]}", 2},
		{"a number of 4 MB", begin + `,{"id":` + repeat("9", big) + "}]}", 1},
		{"a number beyond all", begin + `,{"id":"2","attachments":[{"url":"https://a.example/x.mp3","mime_type":"audio/mpeg","size_in_bytes":1e999999999,"duration_in_seconds":-1e308}]}]}`, 1},
		{"items of every other kind", begin + repeat(`,1,"x",null,[],{}`, 5e4) + "]}", 1},
		{"empty items", begin + repeat(",{}", big/3) + "]}", 1},
		{"tags, all different", begin + `,{"id":"2","tags":["t"` + numbered(`,"t%d"`, 4e5) + "]}]}", 2},
		{"authors, all different", begin + `,{"id":"2","authors":[{"name":"a"}` + numbered(`,{"name":"a%d"}`, 2e5) + "]}]}", 2},
		{"attachments, all different", begin + `,{"id":"2","attachments":[{"url":"https://a.example/"}` + numbered(`,{"url":"https://a.example/%d"}`, 1e5) + "]}]}", 2},
		{"tags", begin + `,{"id":"2","tags":["t"` + repeat(`,"t"`, big/4) + "]}]}", 2},
		{"authors", begin + `,{"id":"2","authors":[{"name":"a"}` + repeat(`,{"name":"a"}`, big/13) + "]}]}", 2},
		{"a document behind the document", begin + "]}" + begin + "]}", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := []byte(c.text)
			began := time.Now()
			done := watchMemory()
			doc, err := Parse(body, nil, "http://feeds.example/")
			used := done()
			switch {
			case err != nil && c.entries >= 0:
				t.Errorf("%.200v", err)
			case err == nil && len(doc.Entries) < c.entries:
				t.Errorf("%d entries, want %d; %v", len(doc.Entries), c.entries, doc.Damage)
			}
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			if limit := uint64(160<<20 + 12*len(body)); used > limit {
				t.Errorf("%d MB for %d MB", used>>20, len(body)>>20)
			}
		})
	}
}

// TestNothingIsMuchLargerThanWhatCame: what stands in a document once must not
// be kept with each of its entries at any length.
func TestNothingIsMuchLargerThanWhatCame(t *testing.T) {
	long := strings.Repeat("x", 60_000)
	items := strings.Repeat("<item><title>One of many</title><link>there</link><description>d</description></item>", 2000)
	entries := strings.Repeat("<entry><id>urn:x-many:1</id><title>One of many</title><link href='there'/><content type='html'>c</content></entry>", 2000)
	atom := func(attributes, head string) string {
		return "<feed xmlns='http://www.w3.org/2005/Atom' " + attributes + "><title>t</title>" + head + entries + "</feed>"
	}
	for _, c := range []struct{ name, text, url string }{
		{"nothing of the kind", atom("", ""), "http://feeds.example/feed"},
		{"a long address", atom("", ""), "http://feeds.example/feed?" + long},
		{"a long path", atom("", ""), "http://feeds.example/" + long + "/feed"},
		{"a long base", atom("xml:base='http://feeds.example/"+long+"/'", ""), "http://feeds.example/feed"},
		{"a base that grows", strings.Repeat("<a xml:base='"+long[:900]+"/'>", 20) + atom("xml:base='more/'", ""), "http://feeds.example/feed"},
		{"a long language", atom("xml:lang='en-"+long+"'", ""), "http://feeds.example/feed"},
		{"a long author", atom("", "<author><name>"+long+"</name></author>"), "http://feeds.example/feed"},
		{"many authors", atom("", numbered("<author><name>Author %d</name></author>", 3000)), "http://feeds.example/feed"},
		{"RSS with a long address", "<rss version='2.0'><channel><title>t</title>" + items + "</channel></rss>", "http://feeds.example/" + long + "?" + long},
		{"RSS with a long author", "<rss version='2.0'><channel><title>t</title><managingEditor>" + long + "</managingEditor>" + items + "</channel></rss>", "http://feeds.example/"},
		{"JSON with a long author", `{"version":"https://jsonfeed.org/version/1.1","title":"t","authors":[{"name":"` + long + `"}],"items":[{"id":"1","title":"t"}` + strings.Repeat(`,{"id":"2","title":"t"}`, 2000) + "]}", "http://feeds.example/feed?" + long},
	} {
		doc, err := Parse([]byte(c.text), nil, c.url)
		if err != nil || len(doc.Entries) < 2000 {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		data, err := json.Marshal(doc.Entries)
		if err != nil {
			t.Fatal(err)
		}
		if limit := 2000*12_000 + len(c.text); len(data) > limit {
			t.Errorf("%s: %d kB of %d kB", c.name, len(data)>>10, len(c.text)>>10)
		}
	}
}

// numbered repeats a text with a number in it.
func numbered(text string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, text, i)
	}
	return b.String()
}

func namespaces(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "xmlns:n%d='http://n.example/%d' ", i, i)
	}
	return b.String()
}

// watchMemory measures by how much the heap has grown at most until it is
// asked.
func watchMemory() func() uint64 {
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	highest := uint64(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	measure := func() {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if m.HeapAlloc > before.HeapAlloc {
			highest = max(highest, m.HeapAlloc-before.HeapAlloc)
		}
	}
	go func() {
		defer close(stopped)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				measure()
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-stopped
		measure()
		return highest
	}
}

func TestOneItemOf100MB(t *testing.T) {
	if testing.Short() {
		t.Skip("takes memory")
	}
	body := bytes.Join([][]byte{
		[]byte(`<rss version="2.0"><channel><item><title>big</title><description><![CDATA[`),
		bytes.Repeat([]byte("<p>words and words</p>\n"), 100<<20/23), []byte("]]></description></item></channel></rss>")}, nil)
	done := watchMemory()
	doc, err := Parse(body, nil, "")
	if used := done(); used > 4*uint64(len(body)) {
		t.Errorf("%d MB", used>>20)
	}
	if err != nil || len(doc.Entries) != 1 || len(doc.Entries[0].Summary.Value) < 100<<20-100 {
		t.Error(err)
	}
}

func TestNotAFeedNamesWhatItIs(t *testing.T) {
	_, err := Parse([]byte("<html><head><link rel=alternate type=application/atom+xml href=/f></head></html>"), nil, "https://p.example/x")
	var not *feed.NotAFeedError
	if !errors.As(err, &not) || not.What != "an HTML page" || len(not.Feeds) != 1 || not.Feeds[0] != "https://p.example/f" {
		t.Errorf("%#v", err)
	}
}

func FuzzParse(f *testing.F) {
	addFixtures(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		doc, err := Parse(body, nil, "http://feeds.example/dir/feed")
		if (doc == nil) == (err == nil) {
			t.Fatalf("%v, %v", doc, err)
		}
		if err != nil {
			return
		}
		for _, e := range doc.Entries {
			for _, l := range e.Links {
				if l.Rel == "" || l.Href == "" {
					t.Errorf("%+v", l)
				}
			}
			for _, p := range e.Authors {
				if p.Name == "" {
					t.Error("an author without name")
				}
			}
		}
	})
}
