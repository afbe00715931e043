package cli

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"copydesk/feed/opml"
)

// newsboat reads newsboat's urls, and of its config the lines that ignore
// articles. Those name feeds, so that both files are best given together.
func (m *imported) newsboat(data []byte) error {
	for i, line := range strings.Split(string(data), "\n") {
		words, err := newsboatWords(line)
		place := m.line(i + 1)
		switch {
		case err != nil:
			m.note(place, "%s: %v", strings.TrimSpace(line), err)
		case len(words) == 0:
		case words[0] == "ignore-article":
			m.newsboatIgnore(place, words)
		case strings.Contains(words[0], "://") && !strings.Contains(words[0][:strings.Index(words[0], "://")], ":"):
			m.newsboatSource(place, words)
		case strings.HasPrefix(words[0], "query:"):
			m.newsboatQuery(place, words[0])
		case strings.HasPrefix(words[0], "exec:") || strings.HasPrefix(words[0], "filter:"):
			m.note(place, "%s: no program is run to get or change a feed", words[0])
		default:
			m.note(place, "%s: can't be said here", words[0])
		}
	}
	return nil
}

// newsboatWords splits a line at blanks that don't stand between double
// quotes; in these a backslash takes the next character as it is. What
// follows a # outside of them is a comment.
func newsboatWords(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	quoted, open := false, false
	end := func() {
		if open {
			words = append(words, word.String())
			word.Reset()
		}
		open = false
	}
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quoted && c == '\\' && i+1 < len(line):
			i++
			if at := strings.IndexByte("nrt", line[i]); at >= 0 {
				word.WriteByte("\n\r\t"[at])
			} else {
				word.WriteByte(line[i])
			}
		case c == '"':
			if quoted = !quoted; quoted {
				open = true
			} else {
				end()
			}
		case quoted:
			word.WriteByte(c)
		case c == ' ' || c == '\t' || c == '\r':
			end()
		case c == '#' && !open:
			return words, nil
		default:
			open = true
			word.WriteByte(c)
		}
	}
	if quoted {
		return nil, errors.New("a quotation isn't closed")
	}
	end()
	return words, nil
}

// newsboatSource takes in a feed: a tag that begins with ~ is its title, one
// with ! hides it from newsboat's own list.
func (m *imported) newsboatSource(place string, words []string) {
	title := ""
	var tags []string
	for _, w := range words[1:] {
		switch {
		case strings.HasPrefix(w, "~"):
			title = w[1:]
		case !strings.HasPrefix(w, "!"):
			tags = append(tags, w)
		}
	}
	m.source(place, title, words[0], tags...)
}

// newsboatQuery makes an edition of a feed of newsboat's own.
func (m *imported) newsboatQuery(place, word string) {
	parts := strings.SplitN(word, ":", 3)
	if len(parts) < 3 || parts[1] == "" {
		m.note(place, "%s: a query has a name and a condition", word)
		return
	}
	m.waiting = append(m.waiting, m.inFile(func() {
		p := newsboatParser{imported: m, rest: parts[2]}
		c, err := p.parse()
		if err != nil {
			m.note(place, "%s: %v", parts[1], err)
			return
		}
		if p.unread {
			m.note(place, "%s: unread is left out: an edition lists each entry once, and readers know what was read", parts[1])
		}
		e := pairs{{"name", m.edition(parts[1])}, {"title", parts[1]}}
		// One tag is a choice of sources.
		if len(c) > 0 && c[0].key == "tag" {
			e, c = append(e, pair{"sources", []any{"tag:" + c[0].value.([]any)[0].(string)}}), c[1:]
		}
		if len(c) > 0 {
			e = append(e, pair{"rules", []any{unless(c)}})
		}
		m.editions = append(m.editions, e)
	}))
}

// newsboatIgnore makes a rule of a line of the killfile.
func (m *imported) newsboatIgnore(place string, words []string) {
	if len(words) != 3 {
		m.note(place, "%s takes a feed and a condition", words[0])
		return
	}
	m.waiting = append(m.waiting, m.inFile(func() {
		p := newsboatParser{imported: m, rest: words[2]}
		c, err := p.parse()
		if err == nil && p.unread {
			err = errRead
		}
		var of []*importedSource
		if err == nil && words[1] != "*" {
			of, err = m.newsboatFeeds(words[1])
		}
		switch {
		case err != nil:
			m.note(place, "%s: %v", strings.Join(words[1:], " "), err)
		case words[1] == "*":
			m.rules = append(m.rules, drop(c))
		default:
			for _, s := range of {
				s.rules = append(s.rules, drop(c))
			}
		}
	}))
}

// inFile keeps the file for what is done when all files are read.
func (m *imported) inFile(do func()) func() {
	file := m.file
	return func() {
		m.file = file
		do()
	}
}

// newsboatFeeds are the sources that a line of the killfile means.
func (m *imported) newsboatFeeds(address string) ([]*importedSource, error) {
	match := func(url string) bool { return url == address }
	if pattern, is := strings.CutPrefix(address, "regex:"); is {
		re, err := regexp.Compile("(?i)" + pattern)
		if err != nil {
			return nil, errors.New("a regular expression that RE2 can't read")
		}
		match = re.MatchString
	}
	var of []*importedSource
	for _, s := range m.sources {
		if match(s.url) {
			of = append(of, s)
		}
	}
	if len(of) == 0 {
		return nil, errors.New("no source has that address; import urls with it")
	}
	return of, nil
}

// newsboatParser reads conditions of newsboat: comparisons of attributes,
// joined by and, or, and parentheses.
type newsboatParser struct {
	*imported
	rest   string
	depth  int
	unread bool // what asks whether an article was read is left out
}

// errRead marks what asks whether an article was read.
var errRead = errors.New("what has been read is known to readers alone")

func (p *newsboatParser) parse() (pairs, error) {
	c, err := p.or()
	if err == nil && strings.TrimSpace(p.rest) != "" {
		err = fmt.Errorf("%q isn't understood", strings.TrimSpace(p.rest))
	}
	return c, err
}

var newsboatToken = regexp.MustCompile(`^\s*(?:"((?:[^"\\]|\\.)*)"|(\(|\)|=~|!~|!#|==|!=|<=|>=|[<>=#])|([^\s()"=<>!#~]+))`)

// token is the next word, sign, or text in quotes, and takes it.
func (p *newsboatParser) token() (text string, quoted, ok bool) {
	f := newsboatToken.FindStringSubmatchIndex(p.rest)
	if f == nil {
		return "", false, false
	}
	whole := p.rest
	p.rest = p.rest[f[1]:]
	if f[2] >= 0 {
		return strings.ReplaceAll(whole[f[2]:f[3]], `\"`, `"`), true, true
	}
	if f[4] >= 0 {
		return whole[f[4]:f[5]], false, true
	}
	return whole[f[6]:f[7]], false, true
}

// word takes the next word if it is that one.
func (p *newsboatParser) word(want string) bool {
	before := p.rest
	if text, quoted, ok := p.token(); ok && !quoted && strings.EqualFold(text, want) {
		return true
	}
	p.rest = before
	return false
}

func (p *newsboatParser) or() (pairs, error) {
	var some []pairs
	for {
		c, err := p.and()
		if err != nil {
			return nil, err
		}
		some = append(some, c)
		if !p.word("or") {
			break
		}
	}
	for _, c := range some {
		if len(c) == 0 && len(some) > 1 {
			return nil, errRead
		}
	}
	return anyCondition(some), nil
}

// and leaves out of several conditions that the article is unread: an edition
// lists each entry once.
func (p *newsboatParser) and() (pairs, error) {
	var all []pairs
	for {
		c, err := p.one()
		if err != nil {
			return nil, err
		}
		if len(c) > 0 {
			all = append(all, c)
		}
		if !p.word("and") {
			return allConditions(all), nil
		}
	}
}

func (p *newsboatParser) one() (pairs, error) {
	if p.word("(") {
		if p.depth++; p.depth > 20 {
			return nil, errors.New("too many parentheses")
		}
		c, err := p.or()
		if err == nil && !p.word(")") {
			err = errors.New("a parenthesis isn't closed")
		}
		p.depth--
		return c, err
	}
	attribute, _, _ := p.token()
	operator, _, _ := p.token()
	value, _, ok := p.token()
	if !ok {
		return nil, errors.New("a condition is an attribute, an operator and a value")
	}
	if attribute == "unread" && (operator == "=" || operator == "==") && value == "yes" {
		p.unread = true
		return nil, nil
	}
	say := newsboatAttributes[attribute]
	if say == nil {
		return nil, fmt.Errorf("no condition looks at %s", attribute)
	}
	operator, not := strings.CutPrefix(operator, "!")
	if not && operator == "" {
		return nil, errors.New("an operator is missing")
	}
	c, err := say(p, operator, value)
	if err == nil && not {
		c = pairs{{"not", c}}
	}
	return c, err
}

// newsboatAttributes say what a comparison asks; != is that of = and so on.
var newsboatAttributes = map[string]func(p *newsboatParser, operator, value string) (pairs, error){
	"title":          compared(func(re string) pairs { return pairs{{"title", []any{re}}} }),
	"link":           compared(func(re string) pairs { return pairs{{"link", []any{re}}} }),
	"author":         compared(func(re string) pairs { return single("author", re) }),
	"content":        compared(body),
	"enclosure_url":  compared(func(re string) pairs { return enclosed("url", re) }),
	"enclosure_type": compared(func(re string) pairs { return enclosed("type", re) }),
	"age": func(_ *newsboatParser, operator, value string) (pairs, error) {
		if operator == "between" {
			low, high, ok := strings.Cut(value, ":")
			if !ok || !whole.MatchString(low) || !whole.MatchString(high) {
				return nil, errors.New("between takes two numbers: 0:10")
			}
			return pairs{{"all", []any{pairs{{"age", ">= " + low + "d"}}, pairs{{"age", "<= " + high + "d"}}}}}, nil
		}
		if !whole.MatchString(value) || !slices.Contains([]string{"<", ">", "<=", ">="}, operator) {
			return nil, errors.New("an age is compared by <, >, <= and >= with a number of days")
		}
		return pairs{{"age", operator + " " + value + "d"}}, nil
	},
	"tags": func(p *newsboatParser, operator, value string) (pairs, error) {
		tag := opml.Slug(value)
		switch {
		case operator != "#":
			return nil, errors.New("tags are asked for one by one, by # and !#")
		case !p.tagged(tag):
			return nil, fmt.Errorf("no source has the tag %s", value)
		}
		return pairs{{"tag", []any{tag}}}, nil
	},
	"rssurl": func(p *newsboatParser, operator, value string) (pairs, error) {
		if operator == "=~" || operator == "~" {
			value = "regex:" + value
		} else if operator != "=" && operator != "==" {
			return nil, fmt.Errorf("rssurl isn't compared by %s", operator)
		}
		of, err := p.newsboatFeeds(value)
		if err != nil {
			return nil, err
		}
		var names []string
		for _, s := range of {
			names = append(names, s.name)
		}
		return pairs{{"source", texts(names)}}, nil
	},
}

// enclosed asks for an attribute of an enclosure, which is empty without one.
func enclosed(attribute, expression string) pairs {
	if expression == "/^$/" {
		return pairs{{"enclosure", false}}
	}
	return pairs{{"if", "any(enclosure, ." + attribute + " matches " + quoteExpression(patternOf(expression)) + ")"}}
}

var whole = regexp.MustCompile(`^[0-9]{1,5}$`)

// compared reads comparisons of texts; !~ comes as ~.
func compared(say func(expression string) pairs) func(*newsboatParser, string, string) (pairs, error) {
	return func(_ *newsboatParser, operator, value string) (pairs, error) {
		flags, pattern := "", value
		switch operator {
		case "=~", "~":
			flags = "i" // extended regular expressions of POSIX, whatever the case
		case "=", "==":
			pattern = "^" + regexp.QuoteMeta(value) + "$"
		default:
			return nil, fmt.Errorf("texts aren't compared by %s", operator)
		}
		if pattern == "" {
			return nil, errors.New("an empty text stands in every other")
		}
		expression, err := expressionOf(pattern, flags)
		if err != nil {
			return nil, err
		}
		return say(expression), nil
	}
}
