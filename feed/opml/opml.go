// Package opml reads and writes lists of feeds as OPML 2.0, the format in
// which feed readers hand each other their subscriptions
// (http://opml.org/spec2.opml).
//
// Reading forgives what real exports get wrong: letter case, charsets, stray
// ampersands, missing titles, a feed listed in several folders. Folders and
// categories become tags. What is written depends on nothing but what is
// handed in. Which of the feeds are wanted, callers decide.
package opml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

const (
	maxSize     = 32 << 20
	maxDepth    = 200
	maxOutlines = 20_000
)

// Outline is one feed of a list.
type Outline struct {
	// Name is made of the title, else of the address: [a-z0-9][a-z0-9-]*,
	// unique in its list. It isn't written.
	Name        string
	Title       string
	URL         string // the feed's address
	Home        string // its page for people; may be empty
	Description string
	Language    string
	Tags        []string // in the form of names; outer folders first
}

// Read lists the feeds of an OPML document in document order, each once. When
// the document breaks off or can't be understood from somewhere on, the
// outlines before come back together with the error.
func Read(r io.Reader) ([]Outline, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	if err != nil {
		return nil, fmt.Errorf("reading OPML: %w", err)
	}
	if len(data) > maxSize {
		return nil, fmt.Errorf("reading OPML: it is larger than %d MB", maxSize>>20)
	}
	d := xml.NewDecoder(bytes.NewReader(legible(data)))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	l := reader{byAddress: map[string]int{}, taken: map[string]bool{}}
	if err := l.read(d); err != nil {
		line, column := d.InputPos()
		return l.outlines, fmt.Errorf("reading OPML: line %d, column %d: %w", line, column, err)
	}
	return l.outlines, nil
}

// declaration finds the encoding that a document declares.
var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)`)

// legible turns any encoding into UTF-8 and leaves out what no XML parser takes.
func legible(data []byte) []byte {
	for i, mark := range []string{"\xff\xfe", "\xfe\xff"} {
		if rest, ok := bytes.CutPrefix(data, []byte(mark)); ok {
			units := make([]uint16, len(rest)/2)
			for k := range units {
				units[k] = uint16(rest[2*k+i]) | uint16(rest[2*k+1-i])<<8
			}
			data = []byte(string(utf16.Decode(units)))
		}
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if label := declaration.FindSubmatch(data); label != nil && !utf8.Valid(data) {
		if e, name := charset.Lookup(string(label[1])); e != nil && name != "utf-8" {
			if decoded, err := e.NewDecoder().Bytes(data); err == nil {
				data = decoded
			}
		}
	}
	data = bytes.ToValidUTF8(undeclared(data), []byte("\uFFFD"))
	return bytes.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' {
			return -1
		}
		return r
	}, data)
}

// undeclared is a document without its declaration, which no longer holds.
func undeclared(data []byte) []byte {
	if bytes.HasPrefix(data, []byte("<?xml")) {
		if end := bytes.Index(data, []byte("?>")); end >= 0 {
			return append(bytes.Repeat([]byte(" "), end+2), data[end+2:]...) // columns stay right
		}
	}
	return data
}

// reader collects outlines.
type reader struct {
	outlines  []Outline
	byAddress map[string]int
	taken     map[string]bool
	folders   []string // of the outlines that are open; "" for a feed or a nameless folder
}

var (
	errNotOPML = errors.New("this is no OPML document")
	errDepth   = fmt.Errorf("outlines are nested more than %d deep", maxDepth)
	errMany    = fmt.Errorf("there are more than %d feeds", maxOutlines)
)

func (l *reader) read(d *xml.Decoder) error {
	opml := false
	for {
		token, err := d.Token()
		if err == io.EOF && (opml || len(l.outlines) > 0) {
			return nil
		}
		if err == io.EOF {
			return errNotOPML
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch strings.ToLower(t.Name.Local) {
			case "opml":
				opml = true
			case "outline":
				if !opml && len(l.outlines) == 0 && len(l.folders) == 0 {
					opml = true // a bare list, as some paste it
				}
				if err := l.start(t); err != nil {
					return err
				}
			default:
				if !opml {
					return errNotOPML
				}
			}
		case xml.EndElement:
			if strings.EqualFold(t.Name.Local, "outline") && len(l.folders) > 0 {
				l.folders = l.folders[:len(l.folders)-1]
			}
		}
	}
}

func (l *reader) start(t xml.StartElement) error {
	if len(l.folders) >= maxDepth {
		return errDepth
	}
	attributes := map[string]string{}
	for _, a := range t.Attr {
		name := strings.ToLower(a.Name.Local)
		if value := strings.TrimSpace(a.Value); value != "" && attributes[name] == "" {
			attributes[name] = value
		}
	}
	title := oneLine(first(attributes["title"], attributes["text"]))
	address := attributes["xmlurl"]
	if address == "" && feedTypes[strings.ToLower(attributes["type"])] {
		address = attributes["url"]
	}
	if address == "" {
		l.folders = append(l.folders, Slug(first(attributes["text"], title)))
		return nil
	}
	tags := l.tags(attributes["category"])
	l.folders = append(l.folders, "") // a feed is no folder, whatever it contains
	if i, known := l.byAddress[address]; known {
		l.outlines[i].Tags = union(l.outlines[i].Tags, tags)
		return nil
	}
	if len(l.outlines) >= maxOutlines {
		return errMany
	}
	l.byAddress[address] = len(l.outlines)
	l.outlines = append(l.outlines, Outline{
		Name: Name(title, address, l.taken), Title: title, URL: address, Home: attributes["htmlurl"],
		Description: oneLine(attributes["description"]), Language: attributes["language"], Tags: tags,
	})
	return nil
}

// feedTypes are the types of outlines whose url is a feed's.
var feedTypes = map[string]bool{"rss": true, "atom": true, "rss1": true, "rdf": true, "jsonfeed": true, "json": true}

// tags are those of the folders around and of the category attribute:
// slash-delimited paths, divided by commas.
func (l *reader) tags(category string) []string {
	tags := union(nil, l.folders)
	for path := range strings.SplitSeq(category, ",") {
		for step := range strings.SplitSeq(path, "/") {
			tags = union(tags, []string{Slug(step)})
		}
	}
	return tags
}

func union(tags, more []string) []string {
	for _, t := range more {
		if t != "" && !slices.Contains(tags, t) {
			tags = append(tags, t)
		}
	}
	return tags
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Write writes a list of feeds. Those with tags stand in a folder named after
// their first, and carry all of them as categories. Order is kept; folders
// come where their first feed does.
func Write(w io.Writer, title string, outlines []Outline) error {
	var b bytes.Buffer
	b.WriteString(xml.Header + "<opml version=\"2.0\">\n  <head>\n    <title>")
	escape(&b, title)
	b.WriteString("</title>\n    <docs>http://opml.org/spec2.opml</docs>\n  </head>\n  <body>\n")
	written := map[string]bool{}
	for _, o := range outlines {
		if len(o.Tags) == 0 {
			writeOutline(&b, "    ", o)
			continue
		}
		folder := o.Tags[0]
		if written[folder] {
			continue
		}
		written[folder] = true
		b.WriteString("    <outline")
		attribute(&b, "text", folder)
		b.WriteString(">\n")
		for _, member := range outlines {
			if len(member.Tags) > 0 && member.Tags[0] == folder {
				writeOutline(&b, "      ", member)
			}
		}
		b.WriteString("    </outline>\n")
	}
	b.WriteString("  </body>\n</opml>\n")
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("writing OPML: %w", err)
	}
	return nil
}

func writeOutline(b *bytes.Buffer, indent string, o Outline) {
	b.WriteString(indent + "<outline type=\"rss\"") // also for Atom: readers look for it
	attribute(b, "text", first(o.Title, o.Name, o.URL))
	attribute(b, "title", first(o.Title, o.Name, o.URL))
	attribute(b, "xmlUrl", o.URL)
	attribute(b, "htmlUrl", o.Home)
	attribute(b, "description", o.Description)
	attribute(b, "language", o.Language)
	if len(o.Tags) > 0 {
		attribute(b, "category", "/"+strings.Join(o.Tags, ",/"))
	}
	b.WriteString("/>\n")
}

func attribute(b *bytes.Buffer, name, value string) {
	if value != "" {
		b.WriteString(" " + name + "=\"")
		escape(b, value)
		b.WriteString("\"")
	}
}

func escape(b *bytes.Buffer, s string) {
	_ = xml.EscapeText(b, []byte(s)) // to memory
}
