package parse

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
)

// benchmarks are documents of 30 entries as sources send them.
func benchmarks() map[string][]byte {
	western := "<p>The ferry has come back to the harbour after a <a href=\"http://harbour.example/repairs\">long repair</a>, &amp; tickets " +
		"are on sale again; the first crossing was full.</p>\n<p><img src=\"http://harbour.example/ferry.jpg\" alt=\"The ferry\"> People waited on the quay.</p>\n"
	chinese := "<p>轮渡在维修三个月之后恢复通航,船票已经开始销售。<a href=\"http://harbour.example/repairs\">港口的居民</a>非常高兴,第一班船满载而归。</p>\n" +
		"<p><img src=\"http://harbour.example/ferry.jpg\"/>人们在码头等候。</p>\n"
	docs := map[string][]byte{
		"rss": rssOf(strings.Repeat(western, 14), "Ferry returns after a long repair"),
		"cjk": rssOf(strings.Repeat(chinese, 14), "轮渡在维修三个月之后恢复通航"),
	}
	var atom bytes.Buffer
	atom.WriteString(`<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>urn:f</id><title>Harbour</title><updated>2024-03-05T10:00:00Z</updated>`)
	body := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(strings.Repeat(western, 14))
	for i := range 30 {
		fmt.Fprintf(&atom, `<entry><id>tag:harbour.example,2024:%d</id><title type="html">Ferry returns %d</title><link rel="alternate" type="text/html" href="http://harbour.example/%d"/>`+
			`<published>2024-03-05T10:00:00Z</published><updated>2024-03-05T11:00:00Z</updated><author><name>Ada Quay</name></author><category term="port"/><content type="html">%s</content></entry>`, i, i, i, body)
	}
	atom.WriteString("</feed>")
	docs["atom"] = atom.Bytes()
	return docs
}

func rssOf(body, title string) []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour</title><link>http://harbour.example/</link><description>News</description><language>en</language>`)
	for i := range 30 {
		fmt.Fprintf(&b, "<item><title>%s %d</title><link>http://harbour.example/%d</link><guid isPermaLink=\"false\">h-%d</guid><pubDate>Tue, 05 Mar 2024 10:00:00 +0000</pubDate>"+
			"<dc:creator>Ada Quay</dc:creator><category>port</category><description>Short</description><content:encoded><![CDATA[%s]]></content:encoded></item>", title, i, i, i, body)
	}
	b.WriteString("</channel></rss>")
	return b.Bytes()
}

// BenchmarkParse compares the whole of this package with gofeed alone, its
// image scan on, on the same bytes.
func BenchmarkParse(b *testing.B) {
	for name, body := range benchmarks() {
		b.Run(name+"/parse", func(b *testing.B) { benchmark(b, body) })
		b.Run(name+"/gofeed", func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := gofeed.NewParser().Parse(bytes.NewReader(body)); err != nil {
					b.Fatal(err)
				}
			}
		})
		broken := bytes.ReplaceAll(body, []byte("</title>"), []byte(" \xff 1 < 2 &oops; &#11;</title>"))
		b.Run(name+"/broken", func(b *testing.B) { benchmark(b, broken[:len(broken)-100]) })
	}
}

func benchmark(b *testing.B, body []byte) {
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(body, nil, "http://harbour.example/feed"); err != nil {
			b.Fatal(err)
		}
	}
}
