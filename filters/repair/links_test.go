package repair

import (
	"testing"

	"golang.org/x/net/html"

	"copydesk/feed"
)

// linksIn repairs a body with the address repairs alone and returns the
// addresses of its links and the text.
func linksIn(t *testing.T, body string) (hrefs []string, markup string) {
	t.Helper()
	off := map[string]bool{}
	for _, name := range Names() {
		off[name] = name != "addresses"
	}
	c := new(Repairer).Repair(&feed.Entry{Content: feed.Text{HTML: true, Value: body}}, &Source{Off: off})
	tree := parse(feed.Text{HTML: true, Value: c.HTML})
	for n := tree; n != nil; n = next(tree, n, true) {
		if n.Type == html.ElementNode && n.Data == "a" {
			hrefs = append(hrefs, attribute(n, "href"))
		}
	}
	return hrefs, c.HTML
}

func TestBrokenAddressesInTextAreMended(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Link: https: //www.youtube.com/watch? v = ftSujLjG0sc", "https://www.youtube.com/watch?v=ftSujLjG0sc"},
		{"See https://www.youtube.com/watch? v=Hq3zK7_mWb4 and then", "https://www.youtube.com/watch?v=Hq3zK7_mWb4"},
		{"https://www.youtube.com/live/ LksF0rum_24", "https://www.youtube.com/live/LksF0rum_24"},
		{"完整报告见：https：／／ir.firm.example／zh／2024q1．pdf", "https://ir.firm.example/zh/2024q1.pdf"},
		{"results: https://www .youtube. com/watch?v=pW6_dLq0sEy", "https://www.youtube.com/watch?v=pW6_dLq0sEy"},
		{"Complete: Https: //ir.firm.example/results/2024? quarter = 1 &amp; lang = en and more", "https://ir.firm.example/results/2024?quarter=1&lang=en"},
		{"See video: https: // youtu. be / Tn4r6Qk_e18", "https://youtu.be/Tn4r6Qk_e18"},
		{"Seen: https:/ /m.youtube.com/watch?v=S0lveig_rck.", "https://m.youtube.com/watch?v=S0lveig_rck"},
		{"Text: https://data.bank.example/decisions/2024/\n05-09-statement.html which", "https://data.bank.example/decisions/2024/05-09-statement.html"},
		{"Text: https://data.bank.example/decisions/2024/<br>05-09-statement.html which", "https://data.bank.example/decisions/2024/05-09-statement.html"},
		{"live: https：//www.bank.example/live？turbine＝27", "https://www.bank.example/live?turbine=27"},
		{"Site: hxxps://www.park.example/chips/phase-1", "https://www.park.example/chips/phase-1"},
		{"模型权重下载：http://https://forge.firm.example/corvid-7/zh", "https://forge.firm.example/corvid-7/zh"},
		{"Weights: https://https://forge.firm.example/weights", "https://forge.firm.example/weights"},
		{"Night: Https: //Www.Youtube.Com/Watch? V = Rk2_nV9xTbM", "https://www.youtube.com/watch?v=Rk2_nV9xTbM"},
		{"Piece: http: // http://museum.city.example/objects? id = 1742-3", "http://museum.city.example/objects?id=1742-3"},
		{"última partida: https: //www.youtube.com/watch?v = nB5_xQe8RjC#t=61m", "https://www.youtube.com/watch?v=nB5_xQe8RjC#t=61m"},
		{"https: //www.youtube.com/watch? v = 9kDfLwB3y_s &amp; list = PLtern24talks", "https://www.youtube.com/watch?v=9kDfLwB3y_s&list=PLtern24talks"},
		{"映像は ｈｔｔｐｓ：／／ｙｏｕｔｕ．ｂｅ／b7XwPq-20dY で見られる。", "https://youtu.be/b7XwPq-20dY"},
		{"https://www.youtube.com/watch?v=b7XwPq-20dY&amp;amp;t=42s", "https://www.youtube.com/watch?v=b7XwPq-20dY&t=42s"},
		{"https: //www.youtube.com/shorts/ q8RailOpn_2", "https://www.youtube.com/shorts/q8RailOpn_2"},
		{"https: //shop.firm.example/warm ? colour = white &amp; size = 2", "https://shop.firm.example/warm?colour=white&size=2"},
		{"http: //www.bank.example / minutes / 2024-06 . pdf", "http://www.bank.example/minutes/2024-06.pdf"},
		{"https: //www.youtube.com/embed/ rVf3_Tess4L? start = 15", "https://www.youtube.com/embed/rVf3_Tess4L?start=15"},
		{"a bare https://firm.example/a, in a sentence", "https://firm.example/a"},
		{"(see https://firm.example/a)", "https://firm.example/a"},
		{"(https://wiki.example/wiki/Feed_(disambiguation))", "https://wiki.example/wiki/Feed_(disambiguation)"},
		{"请看https://firm.example/a。更多", "https://firm.example/a"},
		{"请看https://firm.example/a，谢谢", "https://firm.example/a"},
		{"请看（https://firm.example/a）", "https://firm.example/a"},
		{"访问www.firm.example查看", "https://www.firm.example"},
		{"visit www.firm.example/shop today", "https://www.firm.example/shop"},
		{"ttps://firm.example/a", "https://firm.example/a"},
		{"https//firm.example/a", "https://firm.example/a"},
		{"https:\\\\firm.example\\a\\b", "https://firm.example/a/b"},
		{`"url": "https:\/\/firm.example\/a\/b"`, "https://firm.example/a/b"},
		{"Read [the report](https://firm.example/r) now", "https://firm.example/r"},
		{"Read &lt;https://firm.example/r&gt; now", "https://firm.example/r"},
		{"https://firm.\u200bexample/\u200ba", "https://firm.example/a"},
		{"HTTP://WWW.FIRM.EXAMPLE/a", "http://www.firm.example/a"},
		{"https://www.youtube.com/watch?v=3DftSujLjG0sc", "https://www.youtube.com/watch?v=ftSujLjG0sc"},
		{"https: //www. firm. example /news/2024/ and more", "https://www.firm.example/news/2024/"},
		{"http s://firm.example/a", "https://firm.example/a"},
		{"https://<b>firm.example</b>/a/b", "https://firm.example/a/b"},
		{"https:// firm.example/a", "https://firm.example/a"},
		{"youtu.be/Tn4r6Qk_e18", "https://youtu.be/Tn4r6Qk_e18"},
		{"https://ru.wiki.example/wiki/Москва и всё", "https://ru.wiki.example/wiki/Москва"},
		{"https://firm.example/a?b=1&amp;c=2", "https://firm.example/a?b=1&c=2"},
		{"https://firm.example:8443/a", "https://firm.example:8443/a"},
		{"https://a.example/x / https://b.example/y", "https://a.example/x"},
	} {
		hrefs, markup := linksIn(t, "<p>"+c.text+"</p>")
		got := ""
		if len(hrefs) > 0 {
			got = hrefs[0]
		}
		if got != c.want {
			t.Errorf("%q:\n got %q\nwant %q\n%s", c.text, got, c.want, markup)
		}
	}
}

func TestWhatOnlyLooksLikeAnAddressStays(t *testing.T) {
	for _, text := range []string{
		"Remember that http: the protocol, with its colon, is a word.", "meet at 12: 30 or so", "a ratio of 1: 87", "v = 12 metres a second",
		"A tile name such as h4: b3: 0412 is a key.", "e.g.and i.e.this", "edit main.go and README.md", "node.js is fast", "and/or // comment",
		"The https scheme is safe.", "http:// is how it begins", "https://", "use http:/ or https:", "price: 12/10", "TCP/IP www", "www. is short",
		"www.firm", "We use HTTP/2 and HTTP/3: both.", "the output: /usr/local/bin", "file:///etc/hosts", "ftp.example.org", "https://localhost:8080/x",
		"a shortened https://firm.example/very/lo… link", "https://firm.example/very/lo... is cut", "hxxps://evil[.]example/x",
		"<code>https: //firm.example/a? b = 1</code>", "<pre>https: //firm.example/a</pre>", "<kbd>www.firm.example</kbd>",
		"user@www.firm.example", "the site .com boom", "youtube.com is a site", "Http is a word. Https, too.", "Mr. http. And then.",
		"https: the secure one. www: the web.",
	} {
		hrefs, markup := linksIn(t, "<p>"+text+"</p>")
		if len(hrefs) > 0 {
			t.Errorf("%q became %q", text, markup)
		}
	}
}

func TestProseBehindAnAddressIsNotSwallowed(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"https://firm.example/a and then", "https://firm.example/a"},
		{"https://firm.example/a. The next", "https://firm.example/a"},
		{"https://firm.example. The next sentence", "https://firm.example"},
		{"https://www.firm.example. Com is a word", "https://www.firm.example"},
		{"https://firm.example/ and then", "https://firm.example/"},
		{"https://firm.example/ 2024 was good", "https://firm.example/"},
		{"https://firm.example/ 5G rollout", "https://firm.example/"},
		{"https://youtu.be/ information", "https://youtu.be/"},
		{"https: //firm.example/a - The story", "https://firm.example/a"},
		{"https: //firm.example/a / and then", "https://firm.example/a"},
		{"https://firm.example/a #news", "https://firm.example/a"},
		{"https://firm.example/a? Yes, of course.", "https://firm.example/a"},
		{"https://firm.example/a & Co", "https://firm.example/a"},
		{"https://firm.example/a = good", "https://firm.example/a"},
		{"https://firm.example/a?b=1 & c is 2", "https://firm.example/a?b=1"},
		{"https://firm.example/report. pdf files are bad", "https://firm.example/report"},
		{"https://firm.example/a\nand/or b", "https://firm.example/a"},
		{"https: //firm.example. In the end / it was", "https://firm.example"},
		{"https: //firm.example/watch? v = abc next words = here", "https://firm.example/watch?v=abc"},
		{"at https://firm.example/x: 12 people", "https://firm.example/x"},
	} {
		hrefs, markup := linksIn(t, "<p>"+c.text+"</p>")
		if len(hrefs) != 1 || hrefs[0] != c.want {
			t.Errorf("%q:\n got %q\nwant %q\n%s", c.text, hrefs, c.want, markup)
		}
	}
}

func TestAddressesInAttributesAreMended(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https//ir.firm.example/de/2024q1.pdf", "https://ir.firm.example/de/2024q1.pdf"},
		{"https:\\\\road.city.example\\zimnik\\2024", "https://road.city.example/zimnik/2024"},
		{"https%3A%2F%2Fferry.port.example%2Fru%3Fden%3D4", "https://ferry.port.example/ru?den=4"},
		{"https://www.geo.example/bulletin/2024-118?lang=es,", "https://www.geo.example/bulletin/2024-118?lang=es"},
		{"https://www.geo.example/bulletin/2024-118).", "https://www.geo.example/bulletin/2024-118"},
		{"https://code.forum.example/zh。", "https://code.forum.example/zh"},
		{"https://forge.firm.example/get?pkg=corvid-7&amp;os=any", "https://forge.firm.example/get?pkg=corvid-7&os=any"},
		{"https://https://www.youtube-nocookie.com/embed/wF9_kTz3LmA", "https://www.youtube-nocookie.com/embed/wF9_kTz3LmA"},
		{" https://firm.example/a ", "https://firm.example/a"},
		{"https: //firm.example/a? b = 1", "https://firm.example/a?b=1"},
		{"https://firm.example/my file.pdf", "https://firm.example/my%20file.pdf"},
		{"https://firm.example/a\n   b", "https://firm.example/ab"},
		{"“https://firm.example/a”", "https://firm.example/a"},
		{"http:/firm.example/a", "http://firm.example/a"},
		{"https:///firm.example/a", "https://firm.example/a"},
		{"www.firm.example/a", "https://www.firm.example/a"},
		{"//https://firm.example/a", "https://firm.example/a"},
		{"/https://firm.example/a", "https://firm.example/a"},
		{"HTTPS://Firm.Example/Path", "https://firm.example/Path"},
		{"[text](https://firm.example/a)", "https://firm.example/a"},
		{"https:\\/\\/firm.example\\/a", "https://firm.example/a"},
		{"https://wiki.example/wiki/Transformer_(electrical)", "https://wiki.example/wiki/Transformer_(electrical)"},
		{"https://wiki.example/wiki/Apple_Inc.", "https://wiki.example/wiki/Apple_Inc."},
		{"https://wiki.example/wiki/Yahoo!", "https://wiki.example/wiki/Yahoo!"},
		{"https://web.archive.example/web/2019/http://old.example/feed.xml", "https://web.archive.example/web/2019/http://old.example/feed.xml"},
		{"https://ja.wiki.example/wiki/日本", "https://ja.wiki.example/wiki/日本"},
		{"https://firm.example/a?q=3Dprinting", "https://firm.example/a?q=3Dprinting"},
		{"https://firm.example/?", "https://firm.example/?"},
		{"https://firm.example/a%20b?c=d%26e#f", "https://firm.example/a%20b?c=d%26e#f"},
		{"mailto: a@firm.example", "mailto:a@firm.example"},
		{"tel:+49 30 1234", "tel:+49301234"},
		{"a/b c.html", "a/b%20c.html"},
		{"../x/y?z=1", "../x/y?z=1"},
		{"#note-1", "#note-1"},
		{"..", ".."},
		{"javascript:alert(1)", "javascript:alert(1)"},
		{"http://localhost/x", "http://localhost/x"},
		{"http://192.168.1.1/x y", "http://192.168.1.1/x%20y"},
	} {
		if got := mendAddress(c.in); got != c.want {
			t.Errorf("mendAddress(%q)\n got %q\nwant %q", c.in, got, c.want)
		}
		if got := mendAddress(c.want); got != c.want {
			t.Errorf("mendAddress(%q) again: %q", c.want, got)
		}
	}
}
