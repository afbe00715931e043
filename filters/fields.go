package filters

import (
	"net/url"
	"strings"

	"golang.org/x/net/idna"

	"copydesk/filters/text"
)

// Kind is how the value of a condition's key is read.
type Kind string

const (
	TermList      Kind = "terms"      // terms or /regular expressions/
	NameList      Kind = "names"      // of what is configured
	LanguageList  Kind = "languages"  // language ranges of RFC 4647, and unknown
	AddressList   Kind = "pieces"     // of an address: parts of it or /regular expressions/
	HostList      Kind = "hosts"      // with their sub-domains
	NumberTest    Kind = "numbers"    // to compare with
	DurationTest  Kind = "durations"  // to compare with
	EnclosureList Kind = "enclosures" // true, false, media types
	Conditions    Kind = "nested"     // conditions
	Expressions   Kind = "expression"
)

// Field is a key of conditions.
type Field struct {
	Name  string
	Kind  Kind
	About string // what it looks at, for the README and the schema

	compile func(c *compiler, spec any) test
}

// Fields is the table of all that a rule may look at.
func Fields() []Field {
	return []Field{
		{"title", TermList, "the title", terms("title", func(i *Item) []part { return i.title() })},
		{"text", TermList, "the title and the article as plain text", terms("text", func(i *Item) []part { return i.parts() })},
		{"link", AddressList, "the article's address: a part of it, or a regular expression", pieces},
		{"host", HostList, "the host of that address; `example.org` covers `www.example.org` and every other sub-domain", hosts},
		{"author", TermList, "the authors' names", terms("author", func(i *Item) []part { return i.authors() })},
		{"category", TermList, "upstream's categories", terms("category", func(i *Item) []part { return i.categories() })},
		{"source", NameList, "the source's name", oneName("source", func(n *Names) map[string]bool { return n.Sources }, func(i *Item, name string) bool { return i.Source == name })},
		{"tag", NameList, "the source's tags", oneName("tag", func(n *Names) map[string]bool { return n.Tags }, (*Item).tagged)},
		{"language", LanguageList, "the language as identified; `zh` covers `zh-Hant`, `unknown` is what could not be identified", languages},
		{"topic", NameList, "the topics that the entry is on", oneName("topic", func(n *Names) map[string]bool { return n.Topics }, func(i *Item, name string) bool { return i.Copy.On(name) })},
		{"age", DurationTest, "how old the entry was when it was first decided", ages},
		{"words", NumberTest, "the article's length in words; in scripts without spaces 1.7 characters make one", counts},
		{"enclosure", EnclosureList, "attached files: `true`, `false`, or media types (`audio`, `video/mp4`) or a regular expression over type, address and title", enclosures},
		{"any", Conditions, "a list of conditions of which one must hold", anyOf},
		{"all", Conditions, "a list of conditions that must all hold", allOf},
		{"not", Conditions, "a condition that must not hold; of a list, none may", noneOf},
		{"condition", NameList, "named conditions, of which one must hold", named},
		{"if", Expressions, "an expression, for what the other keys can't say", expression},
	}
}

// part is a text of an entry that terms are looked for in.
type part struct {
	where string
	n     *text.Normal
	found topicFound
}

// hostOf is the host of an address in small letters and ASCII (RFC 5891).
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return plainHost(u.Hostname())
}

func plainHost(host string) string {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		return ascii
	}
	return host
}
