package repair

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/feed"
	"copydesk/filters/text"
)

// Source is what repair knows of the source an entry came from.
type Source struct {
	Name      string
	Title     string // upstream's own
	Home      string // its page for people; may be empty
	URL       string // of the document
	Remove    []Selector
	Off       map[string]bool // repairs switched off, by name
	Furniture *Furniture      // learned boilerplate; nil: nothing learned
}

// Repairer mends entries. Its zero value knows no languages and leaves
// notices in other languages alone. It may be used by several goroutines.
type Repairer struct {
	// Identify tells the language of a text (BCP 47, empty when unknown) and
	// how sure that is (0–1); used provisionally, before the final language
	// is identified on the repaired text.
	Identify func(text string) (language string, confidence float64)
}

// repair is one row of the table: a name that a source can switch off, and
// what it does to an entry on the desk.
type repair struct {
	name   string
	what   string // one sentence for the README's table; empty for the second turn of a repair
	always bool   // has no switch
	run    func(*page)
}

// page is an entry on the desk. One parse of its HTML serves all repairs.
type page struct {
	*Repairer
	entry  *feed.Entry
	source *Source
	copy   *feed.Copy
	body   *html.Node // a body element that holds the article; never nil
	// plain says that upstream sent plain text: body holds one text node, in
	// which a line feed is the author's.
	plain bool

	blocks []block              // of the body as it stands; nil: not split since it changed
	names  *names               // of the source; nil: not looked at yet
	dress  *dressing            // of the blocks; nil: not looked at since they changed
	heard  []remark[finding]    // what wording found
	known  []remark[recurrence] // what recurs

	current string // the repair that runs, for its notes
	notes   int    // notes of the repair that runs
}

// maxNotes bounds the notes that one repair leaves on one entry.
const maxNotes = 40

// Repair mends a received entry of a source. Of the copy it leaves the dates,
// the language and the topics unset.
func (r *Repairer) Repair(e *feed.Entry, s *Source) feed.Copy {
	c := feed.Copy{
		Title:      plainText(e.Title),
		Link:       strings.TrimSpace(e.Link("alternate")),
		Authors:    slices.Clone(e.Authors),
		Categories: slices.Clone(e.Categories),
		Enclosures: slices.Clone(e.Enclosures),
		Media:      e.Media,
		Rights:     fold(e.Rights),
	}
	c.Media.Transcripts = slices.Clone(e.Media.Transcripts)
	if c.Link == "" && e.Permalink {
		c.Link = strings.TrimSpace(e.ID)
	}
	for _, l := range e.Links {
		switch l.Rel {
		case "related", "via", "replies":
			c.Links = append(c.Links, l)
		}
	}
	body := e.Body()
	p := &page{Repairer: r, entry: e, source: s, copy: &c}
	p.body, p.plain = parse(body), !body.HTML
	for _, row := range repairs() {
		if row.always || !s.Off[row.name] {
			p.run(row)
		}
	}
	c.HTML = write(p.body)
	c.Text = text.Plain(p.body)
	c.Words = text.Words(c.Text)
	if (e.Page != nil || e.Content.Value != "") && e.Summary.Value != "" {
		c.Summary = p.mendSummary()
	}
	return c
}

// run runs one repair. A mistake in it costs only that repair.
func (p *page) run(row repair) {
	p.current, p.notes = row.name, 0
	defer func() {
		if mistake := recover(); mistake != nil {
			p.copy.Notes = append(p.copy.Notes, fmt.Sprintf("the repair %s gave up on this entry: %v", row.name, mistake))
		}
		if more := p.notes - maxNotes; more > 0 {
			p.copy.Repairs = append(p.copy.Repairs, feed.Repair{Name: p.current, Where: "body", Before: fmt.Sprintf("and %d more", more)})
		}
	}()
	row.run(p)
}

// note records what the running repair did: where ("title", "link", "body",
// "enclosure", …), what stood there, and what stands there now.
func (p *page) note(where, before, after string) {
	if p.notes++; p.notes > maxNotes {
		return
	}
	was, is := excerpt(before), excerpt(after)
	if was == is && was != "" { // they differ further on, if at all
		was, is = excerptFrom(before, after)
		if was == is {
			return
		}
	}
	p.copy.Repairs = append(p.copy.Repairs, feed.Repair{Name: p.current, Where: where, Before: was, After: is})
}

// excerptFrom is excerpt of two texts that begin alike, from shortly before
// where they differ.
func excerptFrom(before, after string) (was, is string) {
	at := 0
	for at < len(before) && at < len(after) && before[at] == after[at] {
		at++
	}
	at -= min(at, 40)
	for at > 0 && !utf8.RuneStart(before[at]) {
		at--
	}
	was, is = excerpt(before[at:]), excerpt(after[at:])
	if at > 0 && was != is {
		was, is = "…"+was, "…"+is
	}
	return was, is
}

// excerptMost bounds what a note shows of a text, in bytes.
const excerptMost = 240

// excerpt folds a text and cuts it to what a person needs to recognise it.
func excerpt(s string) string {
	if len(s) > 8*excerptMost {
		s = s[:8*excerptMost]
	}
	if strings.ContainsAny(s, " \t\n\r") || !utf8.ValidString(s) {
		s = fold(strings.ToValidUTF8(s, ""))
	}
	if len(s) <= excerptMost {
		return s
	}
	cut := excerptMost
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

// fold makes one space of every run of white space and none at the ends.
func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// plainText returns a text construct as a reader sees it, in one line.
func plainText(t feed.Text) string {
	if !t.HTML || !strings.ContainsAny(t.Value, "<&") {
		return fold(t.Value)
	}
	return fold(text.Plain(parse(t)))
}

// summary returns what a summary says beyond the body, or "".
func summary(s, body string) string {
	start := strings.TrimRight(s, " .…[]")
	if strings.HasPrefix(fold(body), start) {
		return ""
	}
	return s
}

// parse makes the tree that the repairs work on.
func parse(t feed.Text) *html.Node {
	body := &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"}
	if !t.HTML {
		if t.Value != "" {
			body.AppendChild(&html.Node{Type: html.TextNode, Data: t.Value})
		}
		return body
	}
	context := &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"}
	// Without scripting, what noscript holds is parsed as markup.
	scripting := html.ParseOptionEnableScripting(false)
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(tame(t.Value)), context, scripting)
	if err != nil { // nested deeper than x/net/html accepts
		nodes, err = html.ParseFragmentWithOptions(strings.NewReader(flatten(t.Value)), context, scripting)
	}
	if err != nil {
		nodes = []*html.Node{{Type: html.TextNode, Data: t.Value}}
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	return body
}

// write serialises the tree and hands it through the last gate.
func write(body *html.Node) string {
	var b strings.Builder
	b.Grow(textLength(body)*9/8 + 256)
	for n := body.FirstChild; n != nil; n = n.NextSibling {
		if html.Render(&b, n) != nil { // only for trees that no parser makes
			return html.EscapeString(text.Plain(body))
		}
	}
	return strings.TrimSpace(gate(b.String()))
}
