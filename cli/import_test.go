package cli

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"copydesk/config"
)

// TestImportsSayWhatOtherProgramsDo runs copydesk import as each
// testdata/import/NAME.args says. What it prints is NAME.yaml, which is a good
// configuration; what can't be said is NAME.unsaid.
func TestImportsSayWhatOtherProgramsDo(t *testing.T) {
	t.Chdir("../testdata/import")
	cases, err := filepath.Glob("*.args")
	if err != nil || len(cases) == 0 {
		t.Fatal("no fixtures", err)
	}
	for _, file := range cases {
		name := strings.TrimSuffix(file, ".args")
		t.Run(name, func(t *testing.T) {
			args, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var out, unsaid bytes.Buffer
			w := World{Stdout: &out, Stderr: &unsaid, Env: func(string) (string, bool) { return "", false }, Now: time.Now}
			if code := Main(context.Background(), append([]string{"import"}, strings.Fields(string(args))...), w); code != 0 {
				t.Fatalf("exit %d: %s", code, &unsaid)
			}
			if _, err := config.Parse(name, out.Bytes(), w.Env); err != nil {
				t.Errorf("no good configuration: %v\n%s", err, &out)
			}
			for golden, got := range map[string]string{name + ".yaml": out.String(), name + ".unsaid": unsaid.String()} {
				if *update {
					if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				compareOrUpdate(t, golden, got)
			}
		})
	}
}

// TestDamagedFilesAreImportedOrRefused reads the fixtures with bytes changed,
// lost and doubled, as every program would: what comes of it is always a good
// configuration. (Fuzzing proper is slow here, where the whole program is
// instrumented.)
func TestDamagedFilesAreImportedOrRefused(t *testing.T) {
	inputs, err := filepath.Glob("../testdata/import/*.in")
	if err != nil || len(inputs) == 0 {
		t.Fatal("no fixtures", err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		for _, file := range inputs {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for range 1 + random.IntN(6) {
				i, j := random.IntN(len(data)), random.IntN(len(data))
				switch random.IntN(3) {
				case 0:
					data[i] = byte(random.IntN(256))
				case 1:
					data = slices.Delete(data, i, max(i, min(len(data)-1, i+random.IntN(9)+1)))
				case 2:
					data = slices.Insert(data, i, slices.Clone(data[j:min(len(data), j+20)])...)
				}
			}
			for program, read := range importers {
				m := newImported("keep")
				if read(m, readable(data)) != nil {
					continue
				}
				m.finish()
				text := m.yaml()
				if _, err := config.Parse("import", []byte(text), func(string) (string, bool) { return "", false }); err != nil {
					t.Errorf("%s as %s: %v\n%s", file, program, err, text)
				}
			}
		}
	}
}
