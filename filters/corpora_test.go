package filters

import (
	"bufio"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	xhtml "golang.org/x/net/html"

	"copydesk/feed"
	"copydesk/filters/topic"
)

// corpusFloor is the share of checks that must hold in each corpus of
// testdata/curation. What must stay stays always: a wrong removal is worse
// than a missed one.
var corpusFloor = map[string]float64{"keep": 1, "absent": 0.98, "joined": 1, "title": 0.99, "link": 1, "permalink": 1, "image": 1}

type corpusItem struct {
	ID, Source, URL, Title, HTML, Lang string
	Expect                             []struct{ Kind, Check, Text, Broken, Fixed string }
}

func TestCorporaComeOutAsLabelled(t *testing.T) {
	dirs, err := filepath.Glob("../testdata/curation/*/sources.json")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no corpora: %v", err)
	}
	for _, file := range dirs {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) {
			held, all := map[string]int{}, map[string]int{}
			for item, c := range readCorpus(t, filepath.Dir(file)) {
				v := viewOf(t, &c)
				for _, x := range item.Expect {
					kind := x.Kind + x.Check
					all[kind]++
					if v.holds(kind, x.Text, x.Broken, x.Fixed) {
						held[kind]++
					} else {
						t.Logf("%s: %s %q %q", item.ID, kind, x.Text, x.Fixed)
					}
				}
				if item.Lang != "" {
					all["language"]++
					if baseLanguage(c.Language) == item.Lang {
						held["language"]++
					} else {
						t.Logf("%s: language %s, not %s", item.ID, c.Language, item.Lang)
					}
				}
			}
			for _, kind := range slices.Sorted(maps.Keys(all)) {
				t.Logf("%-10s %d/%d", kind, held[kind], all[kind])
				if share := float64(held[kind]) / float64(all[kind]); share < corpusFloor[kind] {
					t.Errorf("%s holds for %.3f of the checks, which is below %.3f", kind, share, corpusFloor[kind])
				}
			}
		})
	}
}

// readCorpus reads each source's entries as the poller would: it takes in all
// of them before the first is read.
func readCorpus(t *testing.T, dir string) func(yield func(*corpusItem, feed.Copy) bool) {
	t.Helper()
	var sources []struct{ Name, Title, Site string }
	data, err := os.ReadFile(filepath.Join(dir, "sources.json"))
	if err == nil {
		err = json.Unmarshal(data, &sources)
	}
	if err != nil {
		t.Fatal(err)
	}
	items := corpusItems(t, filepath.Join(dir, "items.jsonl"))
	set, _ := topic.Compile(nil)
	desk := &Desk{Sources: map[string]*Source{}, Topics: set}
	return func(yield func(*corpusItem, feed.Copy) bool) {
		for _, s := range sources {
			doc := &feed.Document{URL: s.Site + "feed"}
			for _, i := range items[s.Name] {
				doc.Entries = append(doc.Entries, feed.Entry{
					ID: i.ID, Title: feed.Text{Value: i.Title, HTML: true}, Content: feed.Text{Value: i.HTML, HTML: true},
					Links: []feed.Link{{Rel: "alternate", Href: i.URL}}, Base: doc.URL,
				})
			}
			state := &feed.SourceState{Name: s.Name, Title: s.Title, Home: s.Site, Served: doc.URL}
			desk.Learn(state, doc)
			reading := desk.Open(state)
			for n := range doc.Entries {
				c, _ := reading.Read(&doc.Entries[n], time.Unix(1_800_000_000, 0))
				if !yield(items[s.Name][n], c) {
					return
				}
			}
		}
	}
}

func corpusItems(t *testing.T, file string) map[string][]*corpusItem {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	items := map[string][]*corpusItem{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var i corpusItem
		if err := json.Unmarshal(lines.Bytes(), &i); err != nil {
			t.Fatal(err)
		}
		items[i.Source] = append(items[i.Source], &i)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return items
}

// view is a copy as the checks look at it.
type view struct {
	copy          *feed.Copy
	text, flat    string
	blocks        []string
	links, images []string
}

func viewOf(t *testing.T, c *feed.Copy) *view {
	t.Helper()
	root, err := xhtml.Parse(strings.NewReader(c.HTML))
	if err != nil {
		t.Fatal(err)
	}
	v := &view{copy: c}
	var text strings.Builder
	v.walk(root, &text)
	v.text, v.flat = folded(text.String()), tight(text.String())
	return v
}

var corpusBlocks = strings.Fields("p li blockquote td th h1 h2 h3 h4 h5 h6 pre figcaption dd dt")

func (v *view) walk(n *xhtml.Node, out *strings.Builder) {
	if n.Type == xhtml.TextNode {
		out.WriteString(n.Data)
	}
	for _, a := range n.Attr {
		switch n.Data + " " + a.Key {
		case "a href":
			v.links = append(v.links, a.Val)
		case "img src":
			v.images = append(v.images, a.Val)
		}
	}
	own := out.Len()
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		v.walk(c, out)
	}
	if slices.Contains(corpusBlocks, n.Data) {
		v.blocks = append(v.blocks, tight(out.String()[own:]))
		out.WriteByte(' ')
	} else if n.Data == "br" || n.Data == "div" || n.Data == "tr" {
		out.WriteByte(' ')
	}
}

func (v *view) holds(kind, text, broken, fixed string) bool {
	c := v.copy
	switch kind {
	case "absent":
		return !strings.Contains(v.text+" "+folded(c.Title), folded(text)) && !strings.Contains(html.UnescapeString(c.HTML), text)
	case "keep":
		return strings.Contains(v.flat, tight(text)) || strings.Contains(tight(c.Title), tight(text))
	case "joined":
		return slices.ContainsFunc(v.blocks, func(b string) bool { return strings.Contains(b, tight(text)) })
	case "title":
		return folded(c.Title) == folded(fixed)
	case "link":
		return slices.Contains(v.links, fixed) && !strings.Contains(v.text, folded(broken))
	case "permalink":
		return c.Link == fixed
	case "image":
		return slices.Contains(v.images, fixed)
	}
	panic(fmt.Sprintf("unknown check %q", kind))
}

func folded(s string) string { return strings.Join(strings.Fields(s), " ") }

func tight(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
