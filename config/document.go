package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// document reads the one YAML document of a file.
func document(file string, data []byte) (*yaml.Node, Mistakes) {
	d := yaml.NewDecoder(bytes.NewReader(data))
	var doc, next yaml.Node
	switch err := d.Decode(&doc); {
	case errors.Is(err, io.EOF): // nothing, or comments only
		return &doc, nil
	case err != nil:
		return nil, syntaxMistakes(file, data, err)
	}
	switch err := d.Decode(&next); {
	case err == nil:
		return nil, Mistakes{{file, next.Line, next.Column, "", "a second document begins here", "one file is one configuration: take out the line ---"}}
	case !errors.Is(err, io.EOF):
		return nil, syntaxMistakes(file, data, err)
	}
	t := tangle{file: file}
	t.walk(&doc, 0)
	return &doc, t.mistakes
}

// tangle looks for what no person would write and no reader of the file should
// have to follow.
type tangle struct {
	file      string
	mistakes  Mistakes
	following []*yaml.Node // the aliases on the way here
	unfolded  int          // values below aliases
}

const (
	mostUnfolded = 200_000
	deepest      = 200
)

// ownTags are YAML's own; another one asks for something that isn't done.
var ownTags = []string{"", "!", "!!str", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq", "!!merge", "!!timestamp"}

func (t *tangle) wrong(n *yaml.Node, wrong, right string) {
	t.mistakes = append(t.mistakes, Mistake{t.file, n.Line, n.Column, "", wrong, right})
}

// walk looks at a node and all below it; false: there is no use in going on.
func (t *tangle) walk(n *yaml.Node, depth int) bool {
	if len(t.following) > 0 {
		t.unfolded++
	}
	if t.unfolded > mostUnfolded || depth > deepest {
		t.wrong(n, "the file unfolds to too many or too deeply nested values", "use fewer aliases, lists and mappings")
		return false
	}
	if n.Kind == yaml.AliasNode {
		if slices.Contains(t.following, n.Alias) {
			t.wrong(n, "the alias *"+n.Value+" contains itself", "take it out")
			return false
		}
		t.following = append(t.following, n.Alias)
		on := n.Alias == nil || t.walk(n.Alias, depth+1)
		t.following = t.following[:len(t.following)-1]
		return on
	}
	if tag := n.ShortTag(); n.Style&yaml.TaggedStyle != 0 && !slices.Contains(ownTags, tag) {
		t.wrong(n, fmt.Sprintf("the tag %s is not known here", short(tag)), "write the value alone; ${NAME} takes one from the environment")
		return false
	}
	for _, c := range n.Content {
		if !t.walk(c, depth+1) {
			return false
		}
	}
	return true
}

// syntaxFaults say in plain words what a YAML parser complains of.
var syntaxFaults = []struct{ parser, wrong, right string }{
	{"tab character", "a tab stands where blanks belong", "indent with blanks"},
	{"mapping values are not allowed", "a second key stands on the line, or the indentation is wrong", `give the key a line of its own; quote a text that holds ": "`},
	{"did not find expected key", "the indentation doesn't fit what stands above", "keys of one mapping begin in the same column"},
	{"did not find expected '-' indicator", "this doesn't belong to the list above", "items of one list begin with - in the same column"},
	{"did not find expected ',' or", "a bracket is opened and not closed", "close it, and put commas between the items"},
	{"cannot start any token", "a text can't begin with this character", "put the text into quotes"},
	{"unexpected end of stream", "a quote is opened and not closed", "close it"},
	{"unknown escape character", `\ begins an escape in double quotes, and this isn't one`, `write \\, or take single quotes`},
	{"unknown anchor", "the alias names an anchor that isn't there", "put &NAME before the value that *NAME stands for"},
	{"UTF-8", "the file is not text in UTF-8", "save it as UTF-8"},
	{"control characters", "the file holds a control character", "take it out"},
	{"exceeded max depth", "brackets are nested too deep", "close them"},
	{"incompatible YAML document", "the file asks for another version of YAML", "take out the line %YAML"},
}

// syntaxMistakes tells where a file isn't YAML.
func syntaxMistakes(file string, data []byte, err error) Mistakes {
	m := Mistake{File: file, Line: 1, Column: 1, Wrong: "is not YAML: " + err.Error(), Right: "look at the indentation, the quotes and the brackets"}
	var load *yaml.LoadError
	if errors.As(err, &load) {
		m.Wrong = "is not YAML: " + load.Message
		m.Line, m.Column = max(load.Mark.Line, 1), max(load.Mark.Column, 1)
		if open := load.ContextMark; open.Line > 0 && load.Mark.Line > bytes.Count(data, []byte("\n")) {
			m.Line, m.Column = open.Line, max(open.Column, 1) // where it begins says more than where the file ends
		}
	}
	if lines := bytes.Split(data, []byte("\n")); m.Line <= len(lines) && bytes.HasPrefix(bytes.TrimLeft(lines[m.Line-1], " "), []byte("\t")) {
		m.Wrong = "tab character"
	}
	for _, f := range syntaxFaults {
		if strings.Contains(m.Wrong, f.parser) {
			m.Wrong, m.Right = "is not YAML: "+f.wrong, f.right
			break
		}
	}
	return Mistakes{m}
}
