package article

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"copydesk/feed"
)

var update = flag.Bool("update", false, "write what comes of the fixtures into them")

// A fixture is an archive (txtar) of a page, of what is asked of it (JSON,
// with the entry as the feed has it), and of what comes of it: the article, or
// why there is none.
type asked struct {
	Type, Selector string
	Entry          feed.Entry
}

const where = "https://gazette.example/2026/05/story.html"

func TestArticlesAreTakenOutOfTheirPages(t *testing.T) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	if len(paths) == 0 {
		t.Fatal("no fixtures")
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			for _, f := range archive.Files {
				files[f.Name] = string(f.Data)
			}
			var a asked
			if err := json.Unmarshal([]byte(files["asked.json"]), &a); err != nil {
				t.Fatal(err)
			}
			header := http.Header{}
			if a.Type != "" {
				header.Set("Content-Type", a.Type)
			}
			got := "refused: "
			page, err := Extract([]byte(files["page.html"]), header, where, a.Selector, &a.Entry)
			if err != nil {
				got += err.Error()
			} else {
				got = "base: " + page.Base + "\n" + strings.TrimSpace(page.HTML)
			}
			got += "\n"
			if *update {
				archive.Files = append(archive.Files[:2], txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(files["want"], got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPagesAreReadInTheirCharset(t *testing.T) {
	const text = "<p>\xc4\xea\xb6\xc8\xb8\xdb\xbf\xda\xcd\xcc\xcd\xc2\xc1\xbf\xb4\xb4\xd0\xc2\xb8\xdf\xa1\xa3</p>" // GBK
	e := &feed.Entry{Title: feed.Text{Value: "年度港口吞吐量创新高"}}
	for name, page := range map[string]struct{ kind, body string }{
		"said by HTTP":     {"text/html; charset=gb2312", "<title>x</title><article>" + text + "</article>"},
		"said by the page": {"text/html", `<meta charset="gbk"><article>` + text + "</article>"},
	} {
		got, err := Extract([]byte(page.body), http.Header{"Content-Type": {page.kind}}, where, "article", e)
		if err != nil || !strings.Contains(got.HTML, "年度港口吞吐量创新高。") {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestHostilePagesAreRefused(t *testing.T) {
	e := &feed.Entry{Title: feed.Text{Value: "Cranes on the northern quay"}}
	for name, body := range map[string]string{
		"empty":            "",
		"nested deeply":    strings.Repeat("<div>", 100_000),
		"many elements":    "<article>" + strings.Repeat("<b>x</b>", 50_000) + "</article>",
		"larger than ever": "<article>" + strings.Repeat("crane ", 800_000) + "</article>",
		"not text at all":  "\x00\x01\x02\xff\xfe<<<<>>>>",
		"only script":      "<article><script>alert('Cranes on the northern quay')</script></article>",
	} {
		if page, err := Extract([]byte(body), nil, where, "", e); err == nil {
			t.Errorf("%s: %.200q", name, page.HTML)
		}
	}
}

// Pages that are small enough to be read, but would take minutes.
func TestPagesThatWouldTakeMinutesAreRefused(t *testing.T) {
	const sentence = "Cranes on the northern quay, both of them, were set up. "
	var roots strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&roots, "<HTML a%d=1>", i)
	}
	deep := strings.Repeat("<div>", 400) + strings.Repeat("<p>"+sentence+"</p>", 15_000)
	wide := strings.Repeat("<p>"+sentence+"</p>", 15_000)
	for name, page := range map[string]struct{ body, selector, why string }{
		"attributes without end": {roots.String(), "", "many pages in one"},
		"deep and wide":          {deep, "", "nested too deeply"},
		"many siblings":          {wide, "p ~ p ~ div", "side by side"},
		"a very long article":    {"<article>" + strings.Repeat("<p>"+strings.Repeat(sentence, 20)+"</p>", 2_000), "", "larger than 1 MB"},
	} {
		e := &feed.Entry{Title: feed.Text{Value: "Cranes on the northern quay"}, Summary: feed.Text{HTML: true, Value: page.body}}
		if _, err := Extract([]byte(page.body), nil, where, page.selector, e); err == nil || !strings.Contains(err.Error(), page.why) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheFeedsTextIsComparedWithoutMarkupAndScript(t *testing.T) {
	for sent, want := range map[string]string{
		"a <b>bold</b> crane<br>":                  "a bold crane",
		"<script>x()</script><style>y{}</style>on": "on",
		"<template>not <p>this</template>but this": "but this",
		"quay &amp; crane, <3":                     "quay & crane, <3",
	} {
		if got := strings.Join(strings.Fields(plainOf(feed.Text{HTML: true, Value: sent})), " "); got != want {
			t.Errorf("%s: %q", sent, got)
		}
	}
}

func FuzzExtract(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data, "")
		f.Add(archive.Files[0].Data, "article")
	}
	e := &feed.Entry{Title: feed.Text{Value: "Cranes on the northern quay"}, Summary: feed.Text{HTML: true, Value: "<p>Two cranes arrived"}}
	f.Fuzz(func(t *testing.T, body []byte, selector string) {
		page, err := Extract(body, nil, where, selector, e)
		if err == nil && strings.TrimSpace(page.HTML) == "" {
			t.Error("an empty article")
		}
	})
}

func BenchmarkExtract(b *testing.B) {
	archive, err := txtar.ParseFile("testdata/news.txtar")
	if err != nil {
		b.Fatal(err)
	}
	var a asked
	if err := json.Unmarshal(archive.Files[1].Data, &a); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(archive.Files[0].Data)))
	for b.Loop() {
		if _, err := Extract(archive.Files[0].Data, nil, where, "", &a.Entry); err != nil {
			b.Fatal(err)
		}
	}
}
