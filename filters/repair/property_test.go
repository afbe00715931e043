package repair

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"copydesk/feed"
	"copydesk/filters/text"
)

// repaired runs all repairs on a body.
func repaired(body string, plain bool) feed.Copy {
	e := &feed.Entry{
		Title:   feed.Text{Value: "A title of its own"},
		Content: feed.Text{HTML: !plain, Value: body},
		Links:   []feed.Link{{Rel: "alternate", Href: "https://fixture.example/news/article"}},
	}
	return new(Repairer).Repair(e, &Source{Title: "Fixture Times", Home: "https://fixture.example/"})
}

// bodies returns the bodies of all fixtures.
func bodies(t testing.TB) []string {
	files, err := filepath.Glob("../../testdata/filters/repair/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range archive.Files {
			if strings.HasPrefix(part.Name, "body.") {
				all = append(all, string(part.Data))
			}
		}
	}
	return all
}

// safe fails when markup holds anything that the policy doesn't name, also
// after it was parsed and written again.
func safe(t *testing.T, markup string) {
	t.Helper()
	tree := parse(feed.Text{HTML: true, Value: markup})
	table := policyTable()
	depth := map[*html.Node]int{}
	for n := tree.FirstChild; n != nil; n = next(tree, n, true) {
		depth[n] = depth[n.Parent] + 1
		if depth[n] > maxDepth+8 {
			t.Fatalf("nested deeper than %d", maxDepth)
		}
		switch n.Type {
		case html.TextNode:
			continue
		case html.ElementNode:
		default:
			t.Fatalf("a node of type %v in %q", n.Type, markup)
		}
		attributes, known := table[n.DataAtom]
		if !known || n.Namespace != "" {
			t.Fatalf("<%s> in %q", n.Data, markup)
		}
		for _, a := range n.Attr {
			if check := attributes[a.Key]; check == nil || !check(a.Val) {
				t.Fatalf("<%s %s=%q> in %q", n.Data, a.Key, a.Val, markup)
			}
		}
	}
	if again := rendered(t, tree); again != rendered(t, parse(feed.Text{HTML: true, Value: again})) {
		t.Fatalf("parsed and written again, %q becomes something else", markup)
	}
}

func rendered(t *testing.T, tree *html.Node) string {
	t.Helper()
	var b strings.Builder
	for n := tree.FirstChild; n != nil; n = n.NextSibling {
		if err := html.Render(&b, n); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// vectors are ways to get something active past a sanitiser.
var vectors = []string{
	`<script>alert(1)</script>`, `<ScRiPt src=//e.test/x.js></sCrIpT>`, `<img src=x onerror=alert(1)>`, `<img src="javascript:alert(1)">`,
	`<a href="javascript:alert(1)">x</a>`, `<a href=" java&#9;script:alert(1)">x</a>`, `<a href="JaVaScRiPt:alert(1)">x</a>`,
	`<a href="data:text/html,<script>alert(1)</script>">x</a>`, `<a href="vbscript:msgbox(1)">x</a>`, `<svg onload=alert(1)>`,
	`<svg><script>alert(1)</script></svg>`, `<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>`, `<iframe src="javascript:alert(1)">`,
	`<iframe srcdoc="<script>alert(1)</script>">`, `<object data="data:text/html;base64,PHNjcmlwdD4=">`, `<embed src="javascript:alert(1)">`,
	`<form action="javascript:alert(1)"><input type=submit>`, `<button formaction="javascript:alert(1)">x</button>`, `<body onload=alert(1)>`,
	`<input autofocus onfocus=alert(1)>`, `<details open ontoggle=alert(1)>x</details>`, `<video src=x onerror=alert(1)></video>`,
	`<video><source onerror=alert(1)></video>`, `<audio src="javascript:alert(1)"></audio>`, `<style>@import 'javascript:alert(1)'</style>`,
	`<p style="background:url(javascript:alert(1))">x</p>`, `<link rel=stylesheet href="javascript:alert(1)">`, `<meta http-equiv=refresh content="0;url=javascript:alert(1)">`,
	`<base href="javascript:alert(1)//">`, `<img srcset="javascript:alert(1) 1x, https://a.test/b.png 2x">`, `<source srcset="javascript:alert(1)">`,
	`<picture><source srcset="data:image/svg+xml,<svg onload=alert(1)>"><img src="https://a.test/b.png"></picture>`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>`, `<template><script>alert(1)</script></template>`,
	`<textarea></textarea><img src=x onerror=alert(1)></textarea>`, `<title><img src=x onerror=alert(1)></title>`, `<xmp><img src=x onerror=alert(1)></xmp>`,
	`<plaintext><img src=x onerror=alert(1)>`, `<noembed><img src=x onerror=alert(1)></noembed>`, `<!--><img src=x onerror=alert(1)>-->`,
	`<![CDATA[<img src=x onerror=alert(1)>]]>`, `<?php <img src=x onerror=alert(1)> ?>`, `<a href="https://a.test" onclick="alert(1)" target=_blank>x</a>`,
	`<img src="https://a.test/x.png" onload="alert(1)" style="position:fixed">`, `<isindex action="javascript:alert(1)">`, `<frameset onload=alert(1)>`,
	`<marquee onstart=alert(1)>x</marquee>`, `<table background="javascript:alert(1)"><tr><td>x</td></tr></table>`, `<blockquote cite="javascript:alert(1)">x</blockquote>`,
	`<video poster="javascript:alert(1)" src="https://a.test/v.mp4"></video>`, `<track src="javascript:alert(1)">`, `<a xlink:href="javascript:alert(1)">x</a>`,
	`<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>`, `<svg><style><img src=x onerror=alert(1)></style></svg>`,
	`<math href="javascript:alert(1)">x</math>`, `<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">`, `<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`,
	"<a href=\"\x01javascript:alert(1)\">x</a>", `<img src="https://a.test/&quot;onerror=alert(1) x=&quot;">`, `<a href="https://a.test/\"><script>">x</a>`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`, `&lt;img src=x onerror=alert(1)&gt;`, `<p title="&lt;script&gt;">x</p>`, `<img alt="<script>" src="https://a.test/a.png">`,
	`[x](javascript:alert(1))`, `<a href="https:javascript:alert(1)">x</a>`, `<a href="http://https://javascript:alert(1)">x</a>`, `<select><style></select><img src=x onerror=alert(1)>`,
	`<img src="https://a.test/x.png" width="1 onerror=alert(1)">`, `<code class="language-js" onclick=x>y</code>`, `<a href="//e.test/x">x</a>`, `<a href="\\e.test\x">x</a>`,
}

func TestNothingActiveLeaves(t *testing.T) {
	for _, v := range vectors {
		for _, body := range []string{v, "<p>before</p>" + v + "<p>after</p>", "<div><table><tr><td>" + v} {
			c := repaired(body, false)
			safe(t, c.HTML)
			if lower := strings.ToLower(c.HTML); strings.Contains(lower, "<script") || strings.Contains(lower, "<style") {
				t.Errorf("%q became %q", body, c.HTML)
			}
		}
	}
}

func TestTheLastGateFindsNothingToTakeAway(t *testing.T) {
	for _, body := range append(bodies(t), vectors...) {
		c := repaired(body, false)
		tree := parse(feed.Text{HTML: true, Value: c.HTML})
		if whole := policy().Sanitize(c.HTML); whole != c.HTML {
			t.Errorf("%q: tag by tag %q passes, whole %q", body, c.HTML, whole)
		}
		if diff := cmp.Diff(c.HTML, gate(rendered(t, tree))); diff != "" {
			t.Errorf("%q: (-tree +gate)\n%s", body, diff)
		}
	}
}

func TestDeepNestingKeepsItsText(t *testing.T) {
	const deep = 100_000
	for _, c := range []struct{ name, open, close string }{
		{"closed", "<div>", "</div>"}, {"open", "<div>", ""}, {"formatting", "<b>", "</b>"}, {"lists", "<ul><li>", "</li></ul>"},
		{"fonts", "<font color=1>", ""}, {"tables", "<table><tr><td>", ""}, {"spans", "<span>", "</span>"}, {"quotes", "<blockquote>", "</blockquote>"},
		{"stray ends", "<div></x>", ""}, {"formulas", "<math><mi>", ""}, {"buttons", "<button><b>", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := "<p>first</p>" + strings.Repeat(c.open, deep) + "innermost" + strings.Repeat(c.close, deep) + "<p>last</p>"
			got := repaired(body, false)
			plain := text.Plain(parse(feed.Text{HTML: true, Value: got.HTML}))
			if c.name == "formulas" || c.name == "buttons" {
				safe(t, got.HTML)
				return
			}
			for _, want := range []string{"first", "innermost", "last"} {
				if !strings.Contains(plain, want) {
					t.Errorf("%q is lost", want)
				}
			}
			safe(t, got.HTML)
		})
	}
}

func TestManyOpenFormattingElementsDontMultiply(t *testing.T) {
	var b strings.Builder
	for i := range 400 {
		b.WriteString("<b id=" + strings.Repeat("x", i%50+1) + "><i class=" + strings.Repeat("y", i%70+1) + ">")
	}
	b.WriteString(strings.Repeat("<p>word", 5000))
	got := repaired(b.String(), false)
	if len(got.HTML) > 10*b.Len() {
		t.Errorf("%d bytes became %d", b.Len(), len(got.HTML))
	}
}

func FuzzRepair(f *testing.F) {
	for _, body := range append(bodies(f), vectors...) {
		f.Add(body)
	}
	f.Add(`<a href="https://www.youtube.com/watch">https://www.youtube.com/watch</a>? v = AbCdEfGhIj1`)
	f.Fuzz(func(t *testing.T, body string) {
		for _, plain := range []bool{false, true} {
			c := repaired(body, plain)
			for _, note := range c.Notes {
				t.Errorf("%q: %s", body, note)
			}
			safe(t, c.HTML)
			if whole := policy().Sanitize(c.HTML); whole != c.HTML {
				t.Errorf("%q: tag by tag %q passes, whole %q", body, c.HTML, whole)
			}
		}
	})
}

func FuzzAddresses(f *testing.F) {
	f.Add("https: //www.youtube.com/watch? v = ftSujLjG0sc and more")
	f.Add("ｈｔｔｐｓ：／／ｙｏｕｔｕ．ｂｅ／b7XwPq-20dY で")
	f.Add("http: // http://museum.city.example/objects? id = 1742-3")
	f.Add("[a](https://b.example/c_(d)) www.e.example/f。")
	f.Fuzz(func(t *testing.T, s string) {
		for _, found := range newFolded(s).find() {
			if found.start < 0 || found.end > len(s) || found.start >= found.end {
				t.Fatalf("%q: %+v", s, found)
			}
			if again := newFolded(found.address).find(); len(again) != 1 || again[0].address != found.address {
				t.Errorf("%q: %q is read as %+v", s, found.address, again)
			}
		}
		once := mendAddress(s)
		if twice := mendAddress(once); twice != once {
			t.Errorf("%q: mended %q, mended again %q", s, once, twice)
		}
		inner := bare(once, toPage)
		if again := bare(inner, toPage); again != inner {
			t.Errorf("%q: unwrapped %q, again %q", s, inner, again)
		}
	})
}

func TestCleanEntriesAreUntouched(t *testing.T) {
	for _, body := range []string{
		`<p>The bridge opens at noon, see <a href="https://bridge.example/plan?id=7&amp;page=2#map">the plan</a>.</p>`,
		`<h2>Times</h2><p>From 9: 30 to 12: 00, at a scale of 1: 87.</p><ul><li>One</li><li>Two</li></ul>`,
		`<figure><img src="https://i.example/a.jpg" srcset="https://i.example/a.jpg 1x, https://i.example/b.jpg 2x" alt="A bridge" width="800" height="600" loading="lazy"/><figcaption>The bridge</figcaption></figure>`,
		`<pre><code class="language-sh">curl https: //host.example/a? b = 1</code></pre><p>Runs <code>www.host.example</code>.</p>`,
		`<blockquote cite="https://bridge.example/quote"><p>“A bridge is a road that trusts the air.”</p></blockquote>`,
		`<p><ruby>橋<rt>はし</rt></ruby>は正午に開く。<br/>詳細は <a href="https://橋.example/地図">地図</a> を。</p>`,
		`<table><thead><tr><th scope="col">Day</th><th>Level</th></tr></thead><tbody><tr><td>Mon</td><td>310</td></tr></tbody></table>`,
		`<video src="https://i.example/a.mp4" poster="https://i.example/a.jpg" controls=""></video><p>A film of the opening.</p>`,
		`<p>Write to <a href="mailto:desk@bridge.example">the desk</a> or call <a href="tel:+4912345">us</a>.</p>`,
	} {
		c := repaired(body, false)
		if diff := cmp.Diff(rendered(t, parse(feed.Text{HTML: true, Value: body})), c.HTML); diff != "" {
			t.Errorf("(-sent +published)\n%s\n%+v", diff, c.Repairs)
		}
	}
}
