package config

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"copydesk/feed"
	"copydesk/filters"
	"copydesk/filters/story"
)

// Config is a configuration that holds together.
type Config struct {
	File       string
	Server     Server
	Storage    string        // path of the SQLite database
	Retain     time.Duration // how long an entry stays archived after upstream last listed it
	Polling    feed.Polling
	Sources    []feed.Source
	Desk       *filters.Desk // what is compiled of topics, rules and editions
	Stories    story.Options
	names      *filters.Names // what rules may name
	conditions map[string]any // the named ones, as they are written
	// Secrets are the values that came from the environment, and what the
	// addresses of sources hold that opens something. None is ever shown.
	Secrets []string
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
	r := newReader(file, env)
	doc, mistakes := document(file, data)
	if mistakes != nil {
		return nil, mistakes
	}
	root := &yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}
	if doc.Kind == yaml.DocumentNode && len(doc.Content) > 0 && !null(resolve(doc.Content[0])) {
		root = resolve(doc.Content[0])
	}
	d := newDraft()
	if mapping(r, value{node: root}, rootKeys(), d) {
		d.compile(r, root)
	}
	if len(r.mistakes) > 0 {
		return nil, r.mistakes.sorted()
	}
	d.config.File = file
	d.config.Secrets = secretsOf(d.config, r.secrets)
	return d.config, nil
}

// secretsOf lists what must not be shown.
func secretsOf(c *Config, fromEnvironment []string) []string {
	all := append([]string{c.Server.Token}, fromEnvironment...)
	for _, s := range c.Sources {
		for name, v := range s.Headers {
			if feed.NamesSecret(name) || strings.EqualFold(name, "Cookie") {
				all = append(all, v)
			}
		}
		u, err := url.Parse(s.URL)
		if err != nil {
			continue
		}
		if password, ok := u.User.Password(); ok {
			all = append(all, password)
		}
		for name, values := range u.Query() {
			if feed.NamesSecret(name) {
				all = append(all, values...)
			}
		}
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(s string) bool { return s == "" })
}
