package cli

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"copydesk/config"
	"copydesk/feed/opml"
)

type importCommand struct {
	Files []string `arg:"" name:"file" help:"What another program exports or keeps: rss-funnel's YAML, feeds and rules of Miniflux (JSON or text), OPML or filters of FreshRSS, newsboat's urls and config."`
	From  string   `enum:"rss-funnel,miniflux,freshrss,newsboat," default:"" placeholder:"PROGRAM" help:"rss-funnel, miniflux, freshrss or newsboat; where the file doesn't tell."`
	As    string   `enum:"block,keep," default:"" placeholder:"block|keep" help:"What the rules of a Miniflux text file do."`
}

// Run prints a configuration that says what the files say, as far as it can
// be said here. The rest is told on standard error, each with its place.
func (i *importCommand) Run(w *World) error {
	m := newImported(i.As)
	for _, file := range i.Files {
		data, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("reading what to import: %w", err)
		}
		from := i.From
		if from == "" {
			from = programOf(data)
		}
		read, known := importers[from]
		if !known {
			return fmt.Errorf("%w: %s doesn't tell which program it is from; say so with --from", errUsage, file)
		}
		m.file = filepath.Base(file)
		if err := read(m, readable(data)); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	m.finish()
	text := m.yaml()
	if _, err := config.Parse("the import", []byte(text), func(string) (string, bool) { return "", false }); err != nil {
		return fmt.Errorf("what came of the import is no good configuration, which is a fault of copydesk: %w", err)
	}
	for _, n := range m.notes {
		fmt.Fprintln(w.Stderr, n)
	}
	_, err := fmt.Fprint(w.Stdout, text)
	return err
}

// readable is a file's text without a byte order mark, in UTF-8 throughout.
func readable(data []byte) []byte {
	return bytes.ToValidUTF8(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\ufffd"))
}

// importers is the table of programs.
var importers = map[string]func(*imported, []byte) error{
	"rss-funnel": (*imported).funnel,
	"miniflux":   (*imported).miniflux,
	"freshrss":   (*imported).freshRSS,
	"newsboat":   (*imported).newsboat,
}

// telling are what files of the programs hold and no others do.
var telling = []struct {
	program string
	sign    *regexp.Regexp
}{
	{"freshrss", regexp.MustCompile(`\A\s*<[\s\S]*https://freshrss\.org/opml`)},
	{"miniflux", regexp.MustCompile(`\A\s*[\[{][\s\S]*"(?:feed_url|blocklist_rules|block_filter_entry_rules)"`)},
	{"rss-funnel", regexp.MustCompile(`(?m)^(?:endpoints:|- path: ["']?/)`)},
	{"miniflux", regexp.MustCompile(`(?m)^\s*Entry(?:Title|URL|CommentsURL|Content|Author|Tag|Date)\s*=`)},
	{"freshrss", regexp.MustCompile(`(?m)(?:^|[\s(!-])(?:intitle|inurl|author|pubdate):\S`)},
	{"newsboat", regexp.MustCompile(`(?m)^\s*(?:ignore-article\s|"?(?:https?://|query:|exec:|filter:))`)},
}

func programOf(data []byte) string {
	for _, t := range telling {
		if t.sign.Match(data) {
			return t.program
		}
	}
	return ""
}

// imported is a configuration in the making.
type imported struct {
	file     string
	as       string
	names    map[string]bool // of sources
	sources  []*importedSource
	rules    []any
	named    pairs // conditions
	editions []pairs
	taken    map[string]bool // names of editions
	notes    []string
	waiting  []func() // what needs all sources to be known
	unsure   bool     // rules of Miniflux that keep for every feed can't all be said
}

type importedSource struct {
	name, url, title string
	tags             []string
	more             pairs
	rules            []any
}

func newImported(as string) *imported {
	return &imported{as: as, names: map[string]bool{}, taken: map[string]bool{}}
}

// note tells what can't be said, and where it stands.
func (m *imported) note(place, format string, args ...any) {
	m.notes = append(m.notes, m.file+":"+place+": "+fmt.Sprintf(format, args...))
}

func (m *imported) line(n int) string { return strconv.Itoa(n) }

// source takes in a source, or finds the one with that address. What is no
// address of http or https is told, and nil.
func (m *imported) source(place, title, address string, tags ...string) *importedSource {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || strings.ContainsAny(address, " \t\r\n") {
		m.note(place, "%s: a source is an address of http or https", address)
		return nil
	}
	for _, s := range m.sources {
		if s.url == address {
			return s
		}
	}
	s := &importedSource{name: opml.Name(title, address, m.names), url: address, title: title}
	for _, t := range tags {
		if slug := opml.Slug(t); slug != "" && !slices.Contains(s.tags, slug) {
			s.tags = append(s.tags, slug)
		}
	}
	m.sources = append(m.sources, s)
	return s
}

// tagged reports whether a source has the tag.
func (m *imported) tagged(tag string) bool {
	return slices.ContainsFunc(m.sources, func(s *importedSource) bool { return slices.Contains(s.tags, tag) })
}

// edition is a free name for an edition.
func (m *imported) edition(title string) string {
	name := opml.Slug(title)
	if name == "" {
		name = "edition"
	}
	unique := name
	for n := 2; m.taken[unique]; n++ {
		unique = name + "-" + strconv.Itoa(n)
	}
	m.taken[unique] = true
	return unique
}

// finish does what needs all files, and gives sources that no edition was
// made for one that takes them all.
func (m *imported) finish() {
	for _, do := range m.waiting {
		do()
	}
	if len(m.editions) == 0 {
		m.editions = append(m.editions, pairs{{"name", m.edition("all")}, {"title", "All"}})
	}
}

func (m *imported) yaml() string {
	var sources, editions []any
	for _, s := range m.sources {
		one := pairs{{"name", s.name}, {"url", s.url}}
		if len(s.tags) > 0 {
			one = append(one, pair{"tags", texts(s.tags)})
		}
		one = append(one, s.more...)
		if len(s.rules) > 0 {
			one = append(one, pair{"rules", s.rules})
		}
		sources = append(sources, one)
	}
	for _, e := range m.editions {
		editions = append(editions, e)
	}
	var b strings.Builder
	for _, part := range []pair{{"sources", sources}, {"conditions", m.named}, {"rules", m.rules}, {"editions", editions}} {
		writePart(&b, part)
	}
	return b.String()
}

// drop is a rule.
func drop(condition pairs) pairs { return pairs{{"drop", condition}} }

// unless drops what a condition doesn't hold for.
func unless(condition any) pairs { return drop(pairs{{"not", condition}}) }

// anyCondition holds when one of the conditions does.
func anyCondition(all []pairs) pairs {
	if len(all) == 1 {
		return all[0]
	}
	var list []any
	for _, c := range all {
		list = append(list, c)
	}
	return pairs{{"any", list}}
}

// allConditions holds when all of the conditions do: one mapping, where no
// key stands twice.
func allConditions(all []pairs) pairs {
	var merged pairs
	var list []any
	twice := false
	for _, c := range all {
		list = append(list, c)
		for _, p := range c {
			twice = twice || slices.ContainsFunc(merged, func(q pair) bool { return q.key == p.key })
			merged = append(merged, p)
		}
	}
	if twice {
		return pairs{{"all", list}}
	}
	return merged
}

// expressionOf is a regular expression as a term: what RE2 can't read is
// refused. Flags stand in front.
func expressionOf(pattern, flags string) (string, error) {
	if flags != "" && !strings.HasPrefix(pattern, "(?"+flags+")") {
		pattern = "(?" + flags + ")" + pattern
	}
	if _, err := regexp.Compile(pattern); err != nil {
		return "", errors.New("a regular expression that RE2 can't read: " + strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	if len(pattern) > 498 { // what a term can hold
		return "", errors.New("a regular expression longer than a term can be")
	}
	return "/" + pattern + "/", nil
}

// unseen refuses what other programs find in an article's HTML, and nobody
// finds in its text.
func unseen(pattern string) error {
	if markup.MatchString(pattern) {
		return errors.New("addresses and markup aren't text here; link: and host: look at the entry's own address")
	}
	return nil
}

var markup = regexp.MustCompile(`:\\?/\\?/|<[/a-zA-Z!]|\b(?:href|src|class)=`)

// anchored reports whether it matters to an expression where a text begins
// and ends, so that it must be tried on each of several alone.
func anchored(pattern string) bool { return strings.ContainsAny(pattern, "^$") }

// each asks whether one of a list's texts matches.
func each(list, expression string) pairs {
	return pairs{{"if", "any(" + list + ", # matches " + quoteExpression(patternOf(expression)) + ")"}}
}

// body asks for the article without its title.
func body(expression string) pairs {
	return pairs{{"if", "text matches " + quoteExpression(patternOf(expression))}}
}

func patternOf(expression string) string {
	return strings.TrimSuffix(strings.TrimPrefix(expression, "/"), "/")
}

// quoteExpression writes a text into an expression of if.
func quoteExpression(s string) string {
	if strings.ContainsAny(s, "`\r") {
		return strconv.Quote(s)
	}
	return "`" + s + "`"
}
