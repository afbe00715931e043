package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"go.yaml.in/yaml/v4"

	"copydesk/feed"
	"copydesk/filters"
	"copydesk/filters/story"
)

// Config is a configuration that holds together.
type Config struct {
	File    string
	Server  Server
	Storage string        // path of the SQLite database
	Retain  time.Duration // how long an entry stays archived after upstream last listed it
	Polling feed.Polling
	Sources []feed.Source
	Desk    *filters.Desk // what is compiled of topics, rules and editions
	Stories story.Options
}

// Server is where the editions are served.
type Server struct {
	Listen string // host:port
	URL    string // public address, ending in a slash; empty: http:// and Listen
	Token  string // empty: none, and the desk opens on loopback only
}

// Public is the address under which readers reach the server.
func (s Server) Public() string {
	if s.URL != "" {
		return s.URL
	}
	return "http://" + s.Listen + "/"
}

// MaxSize is the size from which on a file can't be a configuration.
const MaxSize = 8 << 20

// Load reads and compiles a configuration file. What is wrong in it comes
// back as Mistakes; a file that can't be had as another error.
func Load(file string, env func(string) (string, bool)) (*Config, error) {
	info, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no configuration file %s: make one with copydesk init, name another with -c FILE, or look round with copydesk demo: %w", file, err)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	if info.Size() > MaxSize {
		return nil, Mistakes{{File: file, Wrong: "is larger than 8 MB", Right: "it should be a YAML file of settings"}}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	return Parse(file, data, env)
}

// Parse compiles the configuration in data; file is only named in mistakes.
func Parse(file string, data []byte, env func(string) (string, bool)) (*Config, error) {
	r := &reader{file: file, env: env}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, syntaxMistakes(file, err)
	}
	root := &yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}
	if doc.Kind == yaml.DocumentNode && len(doc.Content) > 0 && !null(resolve(doc.Content[0])) {
		root = resolve(doc.Content[0])
	}
	if m := tooTangled(file, root); m != nil {
		return nil, m
	}
	d := newDraft()
	if mapping(r, value{node: root}, rootKeys(), d) {
		d.compile(r, root)
	}
	if len(r.mistakes) > 0 {
		return nil, r.mistakes.sorted()
	}
	d.config.File = file
	return d.config, nil
}

// tooTangled refuses aliases that contain themselves or multiply beyond what
// a person would write.
func tooTangled(file string, root *yaml.Node) Mistakes {
	const most = 200_000 // values, aliases followed
	seen, count := map[*yaml.Node]bool{}, 0
	var walk func(n *yaml.Node, depth int) Mistakes
	walk = func(n *yaml.Node, depth int) Mistakes {
		if count++; count > most || depth > 200 {
			return Mistakes{{file, n.Line, n.Column, "", "the file unfolds to too many or too deeply nested values", "use fewer aliases"}}
		}
		if n.Kind == yaml.AliasNode {
			if seen[n.Alias] {
				return Mistakes{{file, n.Line, n.Column, "", "the alias *" + n.Value + " contains itself", "take it out"}}
			}
			seen[n.Alias] = true
			defer delete(seen, n.Alias)
			return walk(n.Alias, depth+1)
		}
		for _, c := range n.Content {
			if m := walk(c, depth+1); m != nil {
				return m
			}
		}
		return nil
	}
	return walk(root, 0)
}

// syntaxMistakes tells where a file isn't YAML.
func syntaxMistakes(file string, err error) Mistakes {
	m := Mistake{File: file, Wrong: "is not YAML: " + err.Error(), Right: "look at the indentation, the quotes and the brackets there"}
	var load *yaml.LoadError
	if errors.As(err, &load) {
		m.Line, m.Column = max(load.Mark.Line, 1), max(load.Mark.Column, 1)
		m.Wrong = "is not YAML: " + load.Message
	}
	return Mistakes{m}
}
