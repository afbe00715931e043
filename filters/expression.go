package filters

import (
	"fmt"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"copydesk/feed"
)

// Environment is what an expression can name.
type Environment struct {
	Title      string              `expr:"title"`
	Text       string              `expr:"text"` // without the title
	Link       string              `expr:"link"`
	Host       string              `expr:"host"`
	Author     []string            `expr:"author"`
	Category   []string            `expr:"category"`
	Source     string              `expr:"source"`
	Tag        []string            `expr:"tag"`
	Language   string              `expr:"language"` // empty: unknown
	Confidence float64             `expr:"confidence"`
	Topic      []string            `expr:"topic"`
	Age        float64             `expr:"age"` // days
	Words      int                 `expr:"words"`
	Enclosure  []EnclosureVariable `expr:"enclosure"`
}

// EnclosureVariable is an enclosure as expressions see it.
type EnclosureVariable struct {
	URL     string  `expr:"url"`
	Type    string  `expr:"type"`
	Length  int     `expr:"length"`  // bytes
	Minutes float64 `expr:"minutes"` // 0: unknown
}

const (
	maxExpression = 2000    // bytes
	maxNodes      = 200     // of its tree
	maxMemory     = 100_000 // values that it may make
)

// functions of expressions: those that only compute.
var functions = []string{
	"len", "any", "all", "none", "one", "count", "filter", "map", "find", "first", "last", "sum", "min", "max", "abs", "round",
	"floor", "ceil", "lower", "upper", "trim", "split", "join", "indexOf", "lastIndexOf", "hasPrefix", "hasSuffix", "int", "float", "string",
}

type expressionTest struct {
	source  string
	program *vm.Program
}

func expression(c *compiler, spec any) test {
	s, ok := spec.(string)
	if !ok {
		c.wrong(false, describe(spec)+" where an expression belongs", `write one in quotation marks: 'words > 100 and "news" in tag'`)
		return nil
	}
	if len(s) > maxExpression {
		c.wrong(false, fmt.Sprintf("an expression of %d bytes", len(s)), fmt.Sprintf("write at most %d", maxExpression))
		return nil
	}
	options := []expr.Option{expr.Env(Environment{}), expr.AsBool(), expr.MaxNodes(maxNodes), expr.DisableAllBuiltins()}
	for _, name := range functions {
		options = append(options, expr.EnableBuiltin(name))
	}
	program, err := expr.Compile(s, options...)
	if err != nil {
		c.wrong(false, strings.Join(strings.Fields(strings.SplitN(err.Error(), "\n", 2)[0]), " "), "an expression names title, text, link, host, author, category, source, tag, language, confidence, topic, age (in days), words or enclosure, and is true or false")
		return nil
	}
	return &expressionTest{s, program}
}

// match takes an expression that fails on an entry, as by asking for the
// first of an empty list, for one that doesn't hold.
func (t *expressionTest) match(item *Item, h *hits) bool {
	machine := vm.VM{MemoryBudget: maxMemory}
	result, err := machine.Run(t.program, item.environment())
	if ok, is := result.(bool); err != nil || !is || !ok {
		return false
	}
	h.add(feed.Hit{Term: "if", Found: t.source})
	return true
}

func (i *Item) environment() Environment {
	i.parts() // makes the plain text
	c := i.Copy
	e := Environment{
		Title: c.Title, Text: c.Text, Link: c.Link, Host: hostOf(c.Link), Source: i.Source, Tag: i.Tags,
		Language: c.Language, Confidence: c.Confidence, Age: i.Age().Hours() / 24, Words: c.Words,
	}
	for _, a := range c.Authors {
		e.Author = append(e.Author, a.Name)
	}
	for _, g := range c.Categories {
		e.Category = append(e.Category, g.Term)
	}
	for _, t := range c.Topics {
		e.Topic = append(e.Topic, t.Topic)
	}
	for _, x := range c.Enclosures {
		e.Enclosure = append(e.Enclosure, EnclosureVariable{x.URL, x.Type, int(x.Length), x.Duration.Minutes()})
	}
	return e
}
