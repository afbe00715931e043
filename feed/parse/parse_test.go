package parse

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"net/http"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bufio"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

const fixtures = "../../testdata/feeds/"

// TestFixtures parses each document of testdata/feeds, served from
// http://feeds.example/dir/NAME with the header of NAME.header, and compares
// what comes of it with NAME.golden.json.
func TestFixtures(t *testing.T) {
	names := fixtureNames(t)
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)), func(t *testing.T) {
			body, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			stem := strings.TrimSuffix(name, filepath.Ext(name))
			got := tell(t, body, header(t, stem+".header"), "http://feeds.example/dir/"+filepath.Base(name))
			golden := stem + ".golden.json"
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func fixtureNames(t testing.TB) []string {
	t.Helper()
	var names []string
	for _, ext := range []string{"xml", "json", "html"} {
		found, err := filepath.Glob(fixtures + "*." + ext)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			if !strings.HasSuffix(name, ".golden.json") {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		t.Fatal("no fixtures")
	}
	return names
}

func header(t testing.TB, name string) http.Header {
	data, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	h, err := textproto.NewReader(bufio.NewReader(strings.NewReader(string(data) + "\n"))).ReadMIMEHeader()
	if err != nil {
		t.Fatal(err)
	}
	return http.Header(h)
}

// tell renders what comes of a document, without what is empty.
func tell(t *testing.T, body []byte, h http.Header, url string) []byte {
	t.Helper()
	doc, err := Parse(body, h, url)
	var told any
	if err != nil {
		told = map[string]any{"error": err.Error()}
	} else {
		data, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, &told); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(prune(told)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func prune(v any) any {
	m, ok := v.(map[string]any)
	if !ok {
		if list, ok := v.([]any); ok {
			for i := range list {
				list[i] = prune(list[i])
			}
		}
		return v
	}
	for name, value := range m {
		switch x := prune(value).(type) {
		case nil:
			delete(m, name)
		case bool:
			if !x {
				delete(m, name)
			}
		case string:
			if x == "" || x == "0001-01-01T00:00:00Z" {
				delete(m, name)
			}
		case float64:
			if x == 0 {
				delete(m, name)
			}
		}
	}
	return m
}
