package fetchtest

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// End is how asking a hostile upstream has to end.
type End string

const (
	Fails   End = "fails"   // with an error that a person understands
	Whole   End = "whole"   // the document is had all the same
	Cut     End = "cut"     // a part of it is had, and known to be one
	TooSlow End = "slow"    // fails, at the deadline and not later
	TooBig  End = "big"     // fails, for its size, without being read to its end
	Private End = "private" // is refused by the guard
)

// Case is one way to be hostile.
type Case struct {
	Name   string
	Answer http.Handler
	End    End
	Says   string // is part of the error
}

const okHead = "HTTP/1.1 200 OK\r\nContent-Type: application/atom+xml\r\n"

// Feed is the document behind the cases that have one.
func Feed() []byte { return Atom(20) }

// Hostile is every way we know of. A client with a size limit of 1 MB and any
// deadline has to come through each.
func Hostile() []Case {
	feed := string(Feed())
	second := time.Second
	gz := string(Encode("gzip", Feed()))
	lies := func(coding, body string) http.Handler {
		return Status(200, body, "Content-Encoding", coding, "Content-Type", "application/atom+xml")
	}
	length := func(n int) string { return fmt.Sprintf("Content-Length: %d\r\n", n) }
	cases := []Case{
		// Time.
		{"never answers", Raw(Stall), TooSlow, "no whole answer"},
		{"headers at a byte a second", Raw(Drip(okHead+strings.Repeat("X-More: and more\r\n", 100), second)), TooSlow, "no whole answer"},
		{"body at a byte a second", Raw(Send(okHead, length(len(feed)), "\r\n"), Drip(feed, second)), TooSlow, "no whole answer"},
		{"chunks at a byte a second", Raw(Send(okHead, "Transfer-Encoding: chunked\r\n\r\n"), Drip(strings.Repeat("1\r\n<\r\n", 1000), second)), TooSlow, "no whole answer"},
		{"stalls in the headers", Raw(Send(okHead), Stall), TooSlow, "no whole answer"},
		{"stalls in the body", Raw(Send(okHead, length(len(feed)), "\r\n", feed[:500]), Stall), TooSlow, "no whole answer"},
		{"stalls in compressed data", Raw(Send(okHead, "Content-Encoding: gzip\r\n", length(len(gz)), "\r\n", gz[:100]), Stall), TooSlow, "no whole answer"},
		{"error page at a byte a second", Raw(Send("HTTP/1.1 500 Oops\r\nContent-Length: 9000\r\n\r\n"), Drip(feed, second)), Fails, "500"},
		{"redirect with an endless body", Raw(Send("HTTP/1.1 302 Found\r\nLocation: /feed\r\n\r\n"), Endless("x")), Whole, ""},

		// Size.
		{"endless body", Raw(Send(okHead, "\r\n"), Endless("<entry/>")), TooBig, "max_size"},
		{"announces more than anybody wants", Raw(Send(okHead, "Content-Length: 99999999999\r\n\r\n"), Stall), TooBig, "max_size"},
		{"endless header lines", Raw(Send(okHead), Endless("X-More: and more\r\n")), Fails, "header"},
		{"one endless header line", Raw(Send(okHead, "X-More: "), Endless("more")), Fails, "header"},
		{"endless status line", Raw(Endless("HTTP/1.1 200 ")), Fails, ""},
		{"endless interim answers", Raw(Endless("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")), Fails, ""},
		{"endless error page", Raw(Send("HTTP/1.1 404 Not Found\r\n\r\n"), Endless("no ")), Fails, "404"},
		{"gzip bomb", lies("gzip", string(Bomb(24<<20, 1))), TooBig, "max_size"},
		{"double gzip bomb, declared", lies("gzip, gzip", string(Bomb(32<<20, 2))), TooBig, "max_size"},
		{"double gzip bomb, undeclared", lies("gzip", string(Bomb(32<<20, 2))), TooBig, "max_size"},
		{"brotli bomb", lies("br", string(Encode("br", make([]byte, 8<<20)))), TooBig, "max_size"},
		{"zstd bomb", lies("zstd", string(Encode("zstd", make([]byte, 8<<20)))), TooBig, "max_size"},
		{"deflate bomb", lies("deflate", string(Encode("deflate", make([]byte, 8<<20)))), TooBig, "max_size"},
		{"gzip of countless empty members", lies("gzip", string(bytes.Repeat(Encode("gzip", nil), 60_000))), TooBig, "max_size"},
		{"encoded four times over", lies("gzip, gzip, gzip, gzip", gz), Fails, "times over"},

		// Framing.
		{"closes without an answer", Raw(), Fails, ""},
		{"resets before the answer", Raw(Reset), Fails, ""},
		{"resets in the headers", Raw(Send(okHead), Reset), Fails, ""},
		{"announces more than it sends", Raw(Send(okHead, length(len(feed)+100), "\r\n", feed)), Cut, ""},
		{"closes in the body", Raw(Send(okHead, length(len(feed)), "\r\n", feed[:700])), Cut, ""},
		{"closes before the body", Raw(Send(okHead, length(len(feed)), "\r\n")), Fails, "broke off"},
		{"announces less than it sends", Raw(Send(okHead, length(700), "\r\n", feed)), Whole, ""},
		{"two lengths that differ", Raw(Send(okHead, length(len(feed)), length(12), "\r\n", feed)), Fails, ""},
		{"two lengths that agree", Raw(Send(okHead, length(len(feed)), length(len(feed)), "\r\n", feed)), Whole, ""},
		{"a length that is no number", Raw(Send(okHead, "Content-Length: plenty\r\n\r\n", feed)), Fails, ""},
		{"a negative length", Raw(Send(okHead, "Content-Length: -1\r\n\r\n", feed)), Fails, ""},
		{"a chunk size that is no number", Raw(Send(okHead, "Transfer-Encoding: chunked\r\n\r\n", "5\r\n<feed\r\nzz\r\nmore")), Cut, ""},
		{"a chunk larger than the world", Raw(Send(okHead, "Transfer-Encoding: chunked\r\n\r\n", "fffffffffffffffff\r\n", feed)), Fails, "broke off"},
		{"chunks without an end", Raw(Send(okHead, "Transfer-Encoding: chunked\r\n\r\n", fmt.Sprintf("%x\r\n%s\r\n", len(feed), feed))), Cut, ""},
		{"an unknown transfer coding", Raw(Send(okHead, "Transfer-Encoding: rot13\r\n\r\n", feed)), Fails, ""},
		{"a second answer behind the first", Raw(Send(okHead, length(len(feed)), "\r\n", feed, okHead, "Content-Length: 5\r\n\r\n<bad>")), Whole, ""},
		{"not HTTP at all", Raw(Send("220 mail.example ESMTP\r\n")), Fails, ""},
		{"HTTP of the future", Raw(Send("HTTP/9.9 200 OK\r\n\r\n", feed)), Whole, ""},
		{"no status", Raw(Send("HTTP/1.1\r\n\r\n", feed)), Fails, ""},
		{"a header line without a colon", Raw(Send(okHead, "nonsense\r\n\r\n", feed)), Fails, ""},
		{"control characters in a header", Raw(Send(okHead, "ETag: \"a\x01\x7fb\"\r\n", length(len(feed)), "\r\n", feed)), Fails, ""},
		{"an ETag that can't be sent back", Raw(Send(okHead, "ETag: \"", strings.Repeat("e", 10_000), "\"\r\n", length(len(feed)), "\r\n", feed)), Whole, ""},
		{"HTTP/1.0 without a length", Raw(Send("HTTP/1.0 200 OK\r\n\r\n", feed)), Whole, ""},

		{"a length beside chunks", Raw(Send(okHead, length(12), "Transfer-Encoding: chunked\r\n\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(feed), feed))), Whole, ""},
		{"a second answer behind the last chunk", Raw(Send(okHead, "Transfer-Encoding: chunked\r\n\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(feed), feed), okHead, "Content-Length: 5\r\n\r\n<bad>")), Whole, ""},
		{"a second answer in the trailers", Raw(Send(okHead, "Transfer-Encoding: chunked\r\n\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n", len(feed), feed), okHead, "Content-Length: 5\r\n\r\n<bad>")), Cut, ""},
		{"two lengths in one line", Raw(Send(okHead, fmt.Sprintf("Content-Length: %d, 12\r\n\r\n", len(feed)), feed)), Fails, ""},
		{"a length with a sign", Raw(Send(okHead, fmt.Sprintf("Content-Length: +%d\r\n\r\n", len(feed)), feed)), Fails, ""},
		{"chunked twice over", Raw(Send(okHead, "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", feed)), Fails, ""},
		{"a chunk that is longer than it says", Raw(Send(okHead, "Transfer-Encoding: chunked\r\n\r\n", "5\r\n<feed and more\r\n0\r\n\r\n")), Cut, ""},
		{"an endless extension of a chunk", Raw(Send(okHead, "Transfer-Encoding: chunked\r\n\r\n5"), Endless(";more")), Fails, "broke off"},
		{"countless small chunks with long extensions", Raw(Send(okHead, "Transfer-Encoding: chunked\r\n\r\n"), Endless("1;"+strings.Repeat("x", 2000)+"\r\n<\r\n")), Cut, ""},
		{"endless trailers", Raw(Send(okHead, "Transfer-Encoding: chunked\r\n\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n", len(feed), feed)), Endless("X-More: and more\r\n")), Cut, ""},
		{"validators in the trailers", Raw(Send(okHead, "Transfer-Encoding: chunked\r\nTrailer: ETag\r\n\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\nETag: \"late\"\r\n\r\n", len(feed), feed))), Whole, ""},
		{"as many headers as fit", Raw(Send(okHead, strings.Repeat("X-A: b\r\n", 12_000), length(len(feed)), "\r\n", feed)), Whole, ""},
		{"the same header over and over", Raw(Send(okHead, strings.Repeat("ETag: \"e\"\r\nCache-Control: max-age=1\r\nSet-Cookie: a=b\r\n", 900), length(len(feed)), "\r\n", feed)), Whole, ""},
		{"a header over several lines", Raw(Send(okHead, "X-Long: begins\r\n and goes on\r\n", length(len(feed)), "\r\n", feed)), Whole, ""},
		{"a zero byte in a header", Raw(Send(okHead, "X-Zero: a\x00b\r\n", length(len(feed)), "\r\n", feed)), Fails, ""},
		{"a blank before the colon", Raw(Send(okHead, "Content-Length : 5\r\n\r\n", feed)), Whole, ""},
		{"lines that end without a carriage return", Raw(Send("HTTP/1.1 200 OK\nContent-Type: text/xml\n", fmt.Sprintf("Content-Length: %d\n\n", len(feed)), feed)), Whole, ""},
		{"the document alone", Raw(Send(feed)), Fails, ""},
		{"an empty document", Status(200, ""), Whole, ""},

		// Encoding.
		{"gzip that isn't", lies("gzip", feed), Whole, ""},
		{"brotli that isn't", lies("br", feed), Whole, ""},
		{"zstd that isn't", lies("zstd", feed), Whole, ""},
		{"deflate that isn't", lies("deflate", feed), Whole, ""},
		{"gzip that nobody declared", lies("identity", gz), Whole, ""},
		{"gzip twice, declared once", lies("gzip", string(Encode("gzip", []byte(gz)))), Whole, ""},
		{"gzip twice, declared twice", lies("gzip, gzip", string(Encode("gzip", []byte(gz)))), Whole, ""},
		{"gzip once, declared twice", lies("gzip, gzip", gz), Whole, ""},
		{"brotli in gzip", lies("br, gzip", string(Encode("gzip", Encode("br", Feed())))), Whole, ""},
		{"bare deflate", lies("deflate", string(Encode("raw deflate", Feed()))), Whole, ""},
		{"gzip with padding", lies("gzip", gz+strings.Repeat("\x00", 64)), Whole, ""},
		{"gzip in two members", lies("gzip", string(Encode("gzip", Feed()[:900]))+string(Encode("gzip", Feed()[900:]))), Whole, ""},
		{"gzip without its last bytes", lies("gzip", gz[:len(gz)-8]), Cut, ""},
		{"cut gzip", lies("gzip", gz[:len(gz)/2]), Cut, ""},
		{"cut brotli", lies("br", half(Encode("br", Feed()))), Cut, ""},
		{"cut zstd", lies("zstd", half(Encode("zstd", Atom(3000)))), Cut, ""},
		{"gzip with a wrong checksum", lies("gzip", spoilt(gz, len(gz)-6)), Fails, "damaged"},
		{"gzip with spoilt data", lies("gzip", spoilt(spoilt(gz, len(gz)/2), len(gz)/2+1)), Fails, "damaged"},
		{"zstd with a wrong checksum", lies("zstd", spoilt(string(Encode("zstd", Feed())), len(Encode("zstd", Feed()))-1)), Fails, "damaged"},
		{"zstd of a dictionary nobody has", lies("zstd", "\x28\xb5\x2f\xfd\x23\x01\x02\x03\x04\x05\x29\x00\x00hello"), Fails, "damaged"},
		{"zstd of countless frames without anything", lies("zstd", strings.Repeat("\x50\x2a\x4d\x18\x00\x00\x00\x00", 100_000)), Whole, ""},
		{"brotli with spoilt data", lies("br", spoilt(spoilt(string(Encode("br", Feed())), 40), 90)), Fails, "damaged"},
		{"brotli with more behind it", lies("br", string(Encode("br", Feed()))+"and more"), Fails, ""},
		{"cut zstd of few bytes", lies("zstd", "\x28\xb5\x2f\xfd"), Fails, ""},
		{"cut deflate", lies("deflate", half(Encode("deflate", Feed()))), Cut, ""},
		{"deflate of a dictionary nobody has", lies("deflate", "\x78\xbb\x01\x02\x03\x04\x05"), Fails, ""},
		{"gzip with an endless name", Raw(Send(okHead, "Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x03"), Endless("name")), Fails, ""},
		{"gzip and nothing", lies("gzip", ""), Whole, ""},
		{"gzip in brotli in gzip, all bombs", lies("br, gzip", string(Encode("gzip", Encode("br", Bomb(24<<20, 1))))), TooBig, "max_size"},
		{"zstd with a window of gigabytes", lies("zstd", "\x28\xb5\x2f\xfd\x00\xff\x00\x00\x00\x00"), Fails, ""},
		{"a coding nobody knows", lies("lzma", feed), Fails, "lzma"},
		{"a charset for a coding", lies("utf-8", feed), Whole, ""},

		// Status.
		{"304 without a condition", Status(304, ""), Fails, "304"},
		{"404 with a feed as its body", Status(404, feed), Fails, "404"},
		{"500 with a feed as its body", Status(500, feed), Fails, "500"},
		{"204", Status(204, ""), Fails, "204"},
		{"206 nobody asked for", Status(206, feed[:100], "Content-Range", "bytes 0-99/5000"), Fails, "206"},
		{"status 999", Status(999, feed), Fails, "999"},
		{"a challenge page", Status(403, "<html>are you human?</html>", "Cf-Mitigated", "challenge"), Fails, "browser"},
		{"an interim answer first", Raw(Send("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n", okHead, length(len(feed)), "\r\n", feed)), Whole, ""},
		{"many interim answers", Raw(Send(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n", 50), okHead, length(len(feed)), "\r\n", feed)), Whole, ""},
		{"interim answers for ever, slowly", Raw(Drip(strings.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 1000), 10*time.Millisecond)), TooSlow, "no whole answer"},
		{"300 with addresses to choose from", Status(300, feed, "Location", "/feed"), Fails, "300"},
		{"304 that redirects", Status(304, "", "Location", "/feed"), Fails, "304"},
		{"switches protocols", Raw(Send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: chess\r\nConnection: Upgrade\r\n\r\n", feed)), Fails, ""},
	}
	return append(cases, astray()...)
}

// astray are redirects to where nobody should go.
func astray() []Case {
	cases := []Case{
		{"redirects to itself", Redirect(302, ""), Fails, "where to go"},
		{"redirects in a circle", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			Redirect(302, r.URL.Path).ServeHTTP(w, r)
		}), Fails, "circle"},
		{"redirects for ever", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			Redirect(301, r.URL.Path+"?"+r.URL.RawQuery+"x").ServeHTTP(w, r)
		}), Fails, "more than 10"},
		{"redirects to an address without end", Redirect(301, "/feed?"+strings.Repeat("x", 60_000)), Fails, "more than 8 kB"},
		{"redirects nowhere", Status(301, ""), Fails, "where to go"},
		{"redirects to nonsense", Redirect(301, "http://[::1"), Fails, "no address"},
		{"redirects to control characters", Raw(Send("HTTP/1.1 301 Moved\r\nLocation: /a\x01b\r\nContent-Length: 0\r\n\r\n")), Fails, ""},
		{"redirects to percent signs", Redirect(302, "/100%/of/it"), Fails, "no address"},
		{"redirects without slashes", Redirect(302, "http:127.0.0.1/feed"), Fails, "without a host"},
		{"redirects with the wrong slashes", Redirect(302, `http:\\\\127.0.0.1\\feed`), Fails, ""},
		{"redirects to an escaped address", Redirect(302, "http://%31%32%37.0.0.1/"), Fails, "no address"},
		{"redirects to two user names", Redirect(302, "http://upstream.example@upstream.example@127.0.0.1/"), Private, "polling.allow_private"},
		{"redirects without a scheme", Redirect(302, "//127.0.0.1/feed"), Private, "polling.allow_private"},
		{"redirects twice in one answer", Raw(Send("HTTP/1.1 301 Moved\r\nLocation: /feed\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n")), Whole, ""},
		{"redirects with a header within", Redirect(302, "/feed\r\nX-Injected: yes"), Fails, "404"},
		{"redirects to a host without a name", Redirect(302, "http:///feed"), Fails, "without a host"},
	}
	for _, scheme := range []string{"file:///etc/passwd", "ftp://files.example/", "gopher://h.example/", "data:text/xml,<rss/>", "javascript:alert(1)", "unix:///run/docker.sock"} {
		name, _, _ := strings.Cut(scheme, ":")
		cases = append(cases, Case{"redirects to " + name, Redirect(302, scheme), Fails, "only http and https"})
	}
	for _, host := range PrivateHosts() {
		cases = append(cases, Case{"redirects to " + host, Redirect(302, "http://"+host+"/feed"), Private, "polling.allow_private"})
	}
	return cases
}

// PrivateHosts are the ways to write an address that isn't public.
func PrivateHosts() []string {
	return []string{
		"127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0127.0.0.1", "0X7F.1", "0300.0250.1.1", "127.0.0.1.", "127.0.0.1..", "127.0.0.1\u200b", "loca\u00adlhost",
		"localhost", "LOCALHOST", "localhost.", "feeds.localhost", "0.0.0.0", "0",
		"１２７.０.０.１", "①②⑦.⓪.⓪.①", "127。0。0。1", "ｌｏｃａｌｈｏｓｔ",
		"user:pass@127.0.0.1", "example.org@127.0.0.1:80",
		"10.1.2.3", "172.16.0.1", "192.168.1.1", "0xc0a80101", "3232235777", "100.64.0.1",
		"169.254.169.254", "0xa9fea9fe", "2852039166", "169.254.43518", "192.0.0.192", "192.88.99.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1",
		"[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.1.2.3]", "[::127.0.0.1]",
		"[fe80::1]", "[fe80::1%25eth0]", "[fc00::1]", "[fd00:ec2::254]", "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[::ffff:0:127.0.0.1]", "[fec0::1]", "[100::1]", "[3fff::1]", "[fe80::5efe:7f00:1]", "[2001:db8::1]", "[ff02::1]",
	}
}

func half(b []byte) string { return string(b[:len(b)/2]) }

func spoilt(s string, at int) string {
	b := []byte(s)
	b[at] ^= 0x5a
	return string(b)
}
