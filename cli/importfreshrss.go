package cli

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"copydesk/feed/opml"
	"copydesk/filters/repair"
)

// freshSpace is the namespace of what FreshRSS adds to OPML.
const freshSpace = "https://freshrss.org/opml"

// freshRSS reads an export of FreshRSS, or its filters alone: searches, one a
// line, whose entries FreshRSS marks as read, and which are dropped here.
func (m *imported) freshRSS(data []byte) error {
	if trimmed := bytes.TrimSpace(data); len(trimmed) == 0 || trimmed[0] != '<' {
		m.freshFilters("", string(data), func(c pairs) { m.rules = append(m.rules, drop(c)) })
		return nil
	}
	outlines, err := opml.Read(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("reading OPML: %w", err)
	}
	for _, o := range outlines {
		m.source("1", o.Title, o.URL, o.Tags...)
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading OPML: %w", err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "outline" {
			line, _ := d.InputPos()
			m.freshOutline(m.line(line), start.Attr)
		}
	}
}

// freshOutline takes in what FreshRSS says of a feed or a category.
func (m *imported) freshOutline(place string, attributes []xml.Attr) {
	own, plain := map[string]string{}, map[string]string{}
	for _, a := range attributes {
		if a.Name.Space == freshSpace {
			own[a.Name.Local] = a.Value
		} else {
			plain[strings.ToLower(a.Name.Local)] = a.Value
		}
	}
	title := plain["text"]
	if title == "" {
		title = plain["title"]
	}
	var s *importedSource
	for _, known := range m.sources {
		if known.url == strings.TrimSpace(plain["xmlurl"]) {
			s = known
		}
	}
	switch {
	case plain["xmlurl"] == "":
		m.waiting = append(m.waiting, m.inFile(func() { m.freshCategory(place, title, own["filtersActionRead"]) }))
	case s == nil || strings.Contains(plain["type"], "+"): // HTML+XPath and the like
		m.note(place, "%s: a source of the type %s is no feed", title, plain["type"])
		m.sources = slices.DeleteFunc(m.sources, func(known *importedSource) bool { return known == s })
	default:
		m.freshFilters(place, own["filtersActionRead"], func(c pairs) { s.rules = append(s.rules, drop(c)) })
		m.freshSource(place, s, own)
	}
}

// freshCategory takes in the filters of a category, whose feeds are known by
// then.
func (m *imported) freshCategory(place, title, filters string) {
	tag := opml.Slug(title)
	if filters != "" && !m.tagged(tag) {
		m.note(place, "%s: a category without feeds", title)
		return
	}
	m.freshFilters(place, filters, func(c pairs) {
		m.rules = append(m.rules, drop(append(pairs{{"tag", []any{tag}}}, c...)))
	})
}

// freshSource takes in the other settings of a feed.
func (m *imported) freshSource(place string, s *importedSource, own map[string]string) {
	for _, key := range sortedKeys(own) {
		value := own[key]
		switch {
		case key == "filtersActionRead" || key == "priority" || value == "":
		case key == "ttl":
			if n, err := strconv.Atoi(value); err == nil && n >= 10 {
				s.more = append(s.more, pair{"every", seconds(n)})
			} else if err == nil && n < 0 {
				m.note(place, "%s isn't refreshed by FreshRSS; here every source is polled", s.name)
			}
		case key == "cssContentFilter" && selects(value):
			s.more = append(s.more, pair{"remove", []any{value}})
		case key == "unicityCriteria" && (value == "id" || value == "link"):
			if value == "link" {
				s.more = append(s.more, pair{"identity", "link"})
			}
		default:
			m.note(place, "%s: %s can't be said here", s.name, key)
		}
	}
}

// seconds writes a number of seconds in the largest unit that fits.
func seconds(n int) string {
	for _, unit := range []struct {
		name string
		long int
	}{{"d", 86400}, {"h", 3600}, {"m", 60}} {
		if n%unit.long == 0 {
			return strconv.Itoa(n/unit.long) + unit.name
		}
	}
	return strconv.Itoa(n) + "s"
}

func selects(css string) bool {
	_, err := repair.CompileSelector(css)
	return err == nil
}

// freshFilters reads searches, one a line.
func (m *imported) freshFilters(place, text string, add func(pairs)) {
	if strings.TrimSpace(text) == "" {
		return
	}
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		at := m.line(i + 1)
		if place != "" {
			at = place + ": filter " + at
		}
		c, err := freshSearch(line)
		if err != nil {
			m.note(at, "%s: %v", line, err)
			continue
		}
		add(c)
	}
}

// freshSearch reads a search: words and fields, all of which must hold, OR,
// parentheses, and ! or - before what must not.
func freshSearch(line string) (pairs, error) {
	p := searchParser{rest: line}
	c, err := p.any(0)
	if err == nil && p.rest != "" {
		err = errors.New("a parenthesis is closed that isn't open")
	}
	return c, err
}

type searchParser struct{ rest string }

func (p *searchParser) blank() { p.rest = strings.TrimLeft(p.rest, " \t") }

func (p *searchParser) any(depth int) (pairs, error) {
	if depth > 20 {
		return nil, errors.New("too many parentheses")
	}
	var some []pairs
	for {
		var all []pairs
		for p.blank(); p.rest != "" && p.rest[0] != ')' && !isOR(p.rest); p.blank() {
			c, err := p.one(depth)
			if err != nil {
				return nil, err
			}
			all = append(all, c)
		}
		if len(all) == 0 {
			return nil, errors.New("something is missing")
		}
		some = append(some, allConditions(all))
		if !isOR(p.rest) {
			return anyCondition(some), nil
		}
		p.rest = p.rest[2:]
	}
}

func isOR(s string) bool {
	return s == "OR" || strings.HasPrefix(s, "OR ") || strings.HasPrefix(s, "OR\t")
}

func (p *searchParser) one(depth int) (pairs, error) {
	not := false
	if p.rest[0] == '!' || p.rest[0] == '-' && len(p.rest) > 1 {
		not, p.rest = true, p.rest[1:]
	}
	var c pairs
	var err error
	if strings.HasPrefix(p.rest, "(") {
		p.rest = p.rest[1:]
		if c, err = p.any(depth + 1); err == nil && !strings.HasPrefix(p.rest, ")") {
			err = errors.New("a parenthesis isn't closed")
		}
		if err == nil {
			p.rest = p.rest[1:]
		}
	} else {
		c, err = p.term()
	}
	if err == nil && not {
		c = pairs{{"not", c}}
	}
	return c, err
}

var searchField = regexp.MustCompile(`^([A-Za-z]+):`)

// term reads a field with its value, a tag, or a text.
func (p *searchParser) term() (pairs, error) {
	field := ""
	if f := searchField.FindStringSubmatch(p.rest); f != nil && !strings.HasPrefix(p.rest[len(f[0]):], "//") {
		field, p.rest = f[1], p.rest[len(f[0]):]
	} else if strings.HasPrefix(p.rest, "#") {
		field, p.rest = "#", p.rest[1:]
	}
	value, pattern, err := p.value()
	if err != nil {
		return nil, err
	}
	say := searchFields[field]
	if say == nil {
		return nil, fmt.Errorf("no condition says what %s: does", field)
	}
	return say(value, pattern)
}

// value reads a word, a text in quotes, or a regular expression, which it
// answers between slashes.
func (p *searchParser) value() (value, pattern string, err error) {
	if p.rest == "" || strings.IndexByte(" \t)", p.rest[0]) >= 0 {
		return "", "", errors.New("a value is missing")
	}
	if quote := p.rest[0]; quote == '\'' || quote == '"' {
		end := strings.IndexByte(p.rest[1:], quote)
		if end <= 0 {
			return "", "", errors.New("a quotation isn't closed, or is empty")
		}
		value, p.rest = p.rest[1:1+end], p.rest[2+end:]
		return value, "", nil
	}
	if f := searchPattern.FindStringSubmatch(p.rest); f != nil {
		p.rest = p.rest[len(f[0]):]
		pattern, err = expressionOf(strings.ReplaceAll(f[1], `\/`, "/"), f[2])
		return "", pattern, err
	}
	end := 0
	var word strings.Builder
	for end < len(p.rest) && p.rest[end] != ' ' && p.rest[end] != '\t' && p.rest[end] != ')' {
		if p.rest[end] == '\\' && end+1 < len(p.rest) && (p.rest[end+1] == '(' || p.rest[end+1] == ')') {
			end++
		}
		word.WriteByte(p.rest[end])
		end++
	}
	p.rest = p.rest[end:]
	return word.String(), "", nil
}

var searchPattern = regexp.MustCompile(`^/((?:[^/\\]|\\.)+)/([ims]*)`)

// searchFields is the table of fields. FreshRSS finds a text anywhere, in
// words too, whatever its case.
var searchFields = map[string]func(value, pattern string) (pairs, error){
	"":        inside("text"),
	"intitle": inside("title"),
	"author": func(value, pattern string) (pairs, error) {
		if anchored(pattern) {
			return each("author", pattern), nil
		}
		return inside("author")(value, pattern)
	},
	"inurl": func(value, pattern string) (pairs, error) {
		if pattern == "" && !strings.HasPrefix(value, "/") {
			return pairs{{"link", []any{value}}}, nil
		}
		return inside("link")(value, pattern)
	},
	"#": func(value, pattern string) (pairs, error) {
		if pattern != "" {
			return each("category", pattern), nil
		}
		return each("category", "/(?i)^"+regexp.QuoteMeta(strings.ReplaceAll(value, "+", " "))+"$/"), nil
	},
	"pubdate": publishedWithin,
}

func inside(field string) func(value, pattern string) (pairs, error) {
	return func(value, pattern string) (pairs, error) {
		if pattern == "" {
			var err error
			if pattern, err = expressionOf(regexp.QuoteMeta(value), "i"); err != nil {
				return nil, err
			}
		}
		if field == "text" {
			if err := unseen(pattern); err != nil {
				return nil, err
			}
		}
		return pairs{{field, []any{pattern}}}, nil
	}
}

// past is a duration of ISO 8601 before now. Years and months have no length
// of their own.
var past = regexp.MustCompile(`^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?/?$`)

func publishedWithin(value, _ string) (pairs, error) {
	f := past.FindStringSubmatch(strings.ToUpper(value))
	age := ""
	for i, unit := range []string{"w", "d", "h", "m", "s"} {
		if f != nil && f[i+1] != "" {
			age += f[i+1] + unit
		}
	}
	if age == "" {
		return nil, errors.New("conditions ask for an age in weeks, days and less, not for a date")
	}
	return pairs{{"age", "<= " + age}}, nil
}
