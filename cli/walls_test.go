package cli

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// wall says what a package may import of ours. The first that matches a
// package holds for it; patterns are those of path.Match, on paths below the
// module.
type wall struct {
	pkg     string
	may     []string
	because string
}

var walls = []wall{
	{"feed", nil, "the ground floor is what everything speaks in; it knows nobody"},
	{"feed/*", []string{"feed"}, "siblings below feed don't know each other: cli puts them together"},
	{"feed/*/*", []string{"feed", "feed/*"}, "a test helper serves its own package"},
	{"filters", []string{"feed", "filters/*"}, "the desk puts its parts together, and does no I/O"},
	{"filters/replay", []string{"feed", "filters"}, "replay runs the same desk over the archive"},
	{"filters/*", []string{"feed", "filters/text"}, "the parts of the desk don't know each other"},
	{"storage", []string{"feed"}, "what every store promises is said in feed's words"},
	{"storage/*", []string{"feed", "storage"}, "stores don't know each other, nor what is done with what they keep"},
	{"config", []string{"feed", "filters", "filters/*"}, "the configuration compiles filters, and starts nothing"},
	{"web", []string{"feed", "feed/publish", "feed/opml", "feed/websub"}, "pages are shown through small interfaces of their own"},
	{"cli", []string{"*", "*/*", "*/*/*"}, "cli knows everything"},
	{".", []string{"cli"}, "main hands over to cli"},
}

// onlyImporters are modules that one package alone may import.
var onlyImporters = map[string]string{
	"github.com/mmcdole/gofeed":  "feed/parse",
	"github.com/gorilla/feeds":   "feed/publish",
	"modernc.org/sqlite":         "storage/sqlite",
	"github.com/alecthomas/kong": "cli",

	"codeberg.org/readeck/go-readability": "feed/article",
}

const module = "copydesk"

func TestWallsStand(t *testing.T) {
	checked := 0
	err := filepath.WalkDir("..", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() != ".." && strings.HasPrefix(d.Name(), ".")) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(file, ".go") {
			return nil
		}
		checked++
		pkg := path.Dir(filepath.ToSlash(strings.TrimPrefix(file, ".."+string(filepath.Separator))))
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		if len(parsed.Comments) > 0 && strings.HasPrefix(parsed.Comments[0].List[0].Text, "//go:build ignore") {
			return nil // a generator, which is no part of the program
		}
		for _, i := range parsed.Imports {
			imported, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			if complaint := forbidden(pkg, imported, strings.HasSuffix(file, "_test.go")); complaint != "" {
				t.Errorf("%s: %s", file, complaint)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if checked < 50 {
		t.Fatalf("only %d files were looked at", checked)
	}
}

// forbidden says why a package may not import another, or "".
func forbidden(pkg, imported string, test bool) string {
	for mod, only := range onlyImporters {
		if (imported == mod || strings.HasPrefix(imported, mod+"/")) && pkg != only {
			if test { // a test may ask the library itself
				return ""
			}
			return fmt.Sprintf("%s is imported by %s alone: what it loses is mended there", mod, only)
		}
	}
	ours, is := strings.CutPrefix(imported, module+"/")
	if !is {
		if pkg == "feed" && !test && strings.Contains(strings.Split(imported, "/")[0], ".") {
			return "feed is standard library only"
		}
		return ""
	}
	if ours == pkg || test && (strings.HasSuffix(ours, "fetchtest") || strings.HasSuffix(ours, "storagetest")) {
		return ""
	}
	for _, w := range walls {
		if match(w.pkg, pkg) {
			if slices.ContainsFunc(w.may, func(p string) bool { return match(p, ours) }) {
				return ""
			}
			return fmt.Sprintf("%s may not import %s: %s", pkg, ours, w.because)
		}
	}
	return fmt.Sprintf("%s is no room of the house; see the walls in this test", pkg)
}

func match(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return err == nil && ok
}

func TestWallsRefuseWhatTheyShould(t *testing.T) {
	for _, c := range []struct {
		pkg, imported string
		stands        bool
	}{
		{"feed", "copydesk/feed/parse", false},
		{"feed", "golang.org/x/net/html", false},
		{"feed/parse", "copydesk/feed", true},
		{"feed/parse", "copydesk/feed/fetch", false},
		{"feed/poll", "github.com/mmcdole/gofeed", false},
		{"feed/parse", "github.com/mmcdole/gofeed/rss", true},
		{"filters/repair", "copydesk/filters/language", false},
		{"filters/repair", "copydesk/filters/text", true},
		{"filters", "copydesk/filters/story", true},
		{"filters", "copydesk/storage", false},
		{"storage/sqlite", "copydesk/feed", true},
		{"storage/sqlite", "copydesk/config", false},
		{"web", "copydesk/storage/sqlite", false},
		{"cli", "copydesk/storage/sqlite", true},
		{"helpers", "copydesk/feed", false},
	} {
		if complaint := forbidden(c.pkg, c.imported, false); (complaint == "") != c.stands {
			t.Errorf("%s imports %s: %q", c.pkg, c.imported, complaint)
		}
	}
}
