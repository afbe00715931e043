package cli

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"

	"copydesk/config"
	"copydesk/filters"
	"copydesk/filters/repair"
)

// generated are the parts of the README that are made from the program's tables.
var generated = map[string]func(*testing.T) string{
	"repairs": func(*testing.T) string {
		var b strings.Builder
		b.WriteString("| repair | what it does |\n| --- | --- |\n")
		for _, r := range repair.Rows() {
			fmt.Fprintf(&b, "| `%s` | %s |\n", r.Name, r.What)
		}
		return b.String()
	},
	"fields": func(*testing.T) string {
		var b strings.Builder
		b.WriteString("| key | what it looks at | takes |\n| --- | --- | --- |\n")
		for _, f := range filters.Fields() {
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", f.Name, f.About, f.Kind)
		}
		return b.String()
	},
	"keys": func(*testing.T) string {
		var b strings.Builder
		b.WriteString("| key | what it says |\n| --- | --- |\n")
		for _, k := range config.Keys() {
			fmt.Fprintf(&b, "| `%s` | %s |\n", k.Path, strings.ReplaceAll(k.What, "|", `\|`))
		}
		return b.String()
	},
	"commands": func(t *testing.T) string {
		var g grammar
		k, err := kong.New(&g, kong.Name("copydesk"), kong.Vars{"formats": formatNames()})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		b.WriteString("| command | what it does |\n| --- | --- |\n")
		for _, leaf := range k.Model.Leaves(true) {
			usage := leaf.Summary()
			fmt.Fprintf(&b, "| `copydesk %s` | %s |\n", strings.TrimSuffix(strings.TrimSpace(usage), " [flags]"), leaf.Help)
		}
		return b.String()
	},
}

func TestREADMETablesAreThoseOfTheProgram(t *testing.T) {
	const file = "../README.md"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for name, table := range generated {
		part := regexp.MustCompile(`(?s)(<!-- ` + name + ` -->\n).*?(<!-- /` + name + ` -->)`)
		if !part.MatchString(text) {
			t.Errorf("the README has no part %q", name)
			continue
		}
		text = part.ReplaceAllStringFunc(text, func(m string) string {
			edges := part.FindStringSubmatch(m)
			return edges[1] + table(t) + edges[2]
		})
	}
	compareOrUpdate(t, file, text)
}

func TestExampleConfigurationIsTheStarter(t *testing.T) {
	compareOrUpdate(t, "../copydesk.example.yaml", string(config.Starter))
}

func compareOrUpdate(t *testing.T, file, want string) {
	t.Helper()
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) == want {
		return
	}
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s is not up to date; run make docs (-is +should be):\n%s", file, cmp.Diff(string(got), want))
}
