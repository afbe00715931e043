package config

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPartsOfAConfigurationHaveTheirPlace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "copydesk.yaml")
	const text = `topics:
  ships: {any: [ship]}
base: &base
  rules:
    - drop: {title: [ad]}
editions:
  - name: one
    <<: *base
    examples:
      keep:
        - A ship comes in
        - "Another ship"
  - {name: two, rules: [{keep: {title: [x]}}]}
`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	places := PlacesIn(file)
	for path, want := range map[string][2]int{
		"topics.ships":                   {2, 10},
		"editions[one].examples.keep[1]": {12, 11},
		"editions[one].rules[0].drop":    {5, 13},
		"editions[two].rules[0]":         {13, 25},
		"editions[1].rules[0]":           {13, 25},
		"editions[one].quorum":           {7, 5},
		"editions[three].rules[0]":       {7, 3},
		"sources[a]":                     {1, 1},
		"":                               {1, 1},
	} {
		if line, column := places.Of(path); line != want[0] || column != want[1] {
			t.Errorf("%s: %d:%d, want %d:%d", path, line, column, want[0], want[1])
		}
	}
	if line, _ := PlacesIn(file + "x").Of("topics"); line != 0 {
		t.Errorf("in no file: line %d", line)
	}
}
