package language

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTextsAreInTheLanguageOfTheirFile(t *testing.T) {
	files, err := filepath.Glob("testdata/texts/*.txt")
	if err != nil || len(files) < 35 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		want := strings.TrimSuffix(filepath.Base(file), ".txt")
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			line = strings.TrimSpace(line)
			if g := Identify(line); g.Language != want {
				t.Errorf("%s: %q is in %q (%.2f)", want, line, g.Language, g.Confidence)
			}
			if g := Of("", line, "", ""); g.Language != want {
				t.Errorf("%s: an article %q is in %q (%.2f)", want, line, g.Language, g.Confidence)
			}
		}
	}
}
