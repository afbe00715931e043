package topic

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"copydesk/filters/text"
)

// Lines of testdata/filters/topics/*.txt: language, + or -, term, text.
func TestTermsMatchAsAReaderWould(t *testing.T) {
	paths, _ := filepath.Glob("../../testdata/filters/topics/*.txt")
	if len(paths) == 0 {
		t.Fatal("no fixtures")
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		number := 0
		for line := range strings.Lines(string(data)) {
			number++
			line = strings.TrimRight(line, "\n")
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			f := strings.SplitN(line, "\t", 4)
			if len(f) != 4 {
				t.Fatalf("%s:%d: %d fields", path, number, len(f))
			}
			language := f[0]
			if language == "unknown" {
				language = ""
			}
			term, err := CompileTerm(f[2])
			if err != nil {
				t.Fatalf("%s:%d: %v", path, number, err)
			}
			p := NewPool()
			p.Add(term)
			found := len(p.Find(text.Normalise(strings.ReplaceAll(f[3], `\n`, "\n")), language)) > 0
			if found != (f[1] == "+") {
				t.Errorf("%s:%d: %s in %s: found %v", filepath.Base(path), number, f[2], f[3], found)
			}
		}
	}
}
