package config

import (
	"os"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Places tells where in a file the parts of a configuration stand.
type Places struct{ root *yaml.Node }

// PlacesIn reads the file of a configuration that was loaded. When it can't be
// read any more, nothing in it has a place.
func PlacesIn(file string) Places {
	data, err := os.ReadFile(file)
	if err != nil {
		return Places{}
	}
	doc, mistakes := document(file, data)
	if mistakes != nil || len(doc.Content) == 0 {
		return Places{}
	}
	return Places{doc.Content[0]}
}

// Of is where the part with this path stands, as mistakes and warnings name
// it: editions[all].rules[0], topics.ships. Of what stands nowhere, the nearest
// that it is a part of is told; 0: nothing of it is there.
func (p Places) Of(path string) (line, column int) {
	n := p.root
	for n != nil && path != "" {
		line, column = n.Line, n.Column
		var name string
		if rest, list := strings.CutPrefix(path, "["); list {
			name, path, _ = strings.Cut(rest, "]")
			n = itemOf(n, name)
		} else {
			path = strings.TrimPrefix(path, ".")
			end := strings.IndexAny(path, ".[")
			if end < 0 {
				end = len(path)
			}
			name, path = path[:end], path[end:]
			n = valueOf(n, name)
		}
	}
	if n != nil {
		line, column = n.Line, n.Column
	}
	return line, column
}

// itemOf is the item of a list with that number or that name.
func itemOf(n *yaml.Node, which string) *yaml.Node {
	if n.Kind != yaml.SequenceNode {
		return nil
	}
	at, err := strconv.Atoi(which)
	for i, item := range n.Content {
		item = resolve(item)
		if err == nil && i == at {
			return item
		}
		if name := valueOf(item, "name"); err != nil && name != nil && name.Value == which {
			return item
		}
	}
	return nil
}

// valueOf is the value of a key, also of one that is merged in.
func valueOf(n *yaml.Node, key string) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	var merged *yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		switch k, v := n.Content[i], resolve(n.Content[i+1]); {
		case k.Value == key:
			return v
		case k.ShortTag() == "!!merge" && v.Kind == yaml.MappingNode && merged == nil:
			merged = valueOf(v, key)
		}
	}
	return merged
}
