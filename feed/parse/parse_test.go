package parse

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

func TestSmoke(t *testing.T) {
	files, _ := filepath.Glob(os.Getenv("SMOKE"))
	for _, f := range files {
		b, _ := os.ReadFile(f)
		d, err := Parse(b, nil, "http://example.org/feeds/x.xml")
		if err != nil {
			t.Errorf("%s: %v", f, err)
			continue
		}
		for i := range d.Entries {
			if len(d.Entries[i].Summary.Value) > 300 {
				d.Entries[i].Summary.Value = d.Entries[i].Summary.Value[:300]
			}
		}
		out, _ := json.MarshalIndent(d, "", " ")
		t.Logf("%s\n%s", f, out)
	}
}
