package repair

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Each file of testdata/filters/lookalikes begins with an article of one line;
// the others are prose that looks like furniture. Wherever one of them stands
// in the article, it stays.
func TestProseThatLooksLikeFurnitureStays(t *testing.T) {
	eachLine(t, "lookalikes", func(file, article, prose string) {
		for place, body := range map[string]string{"end": article + prose, "beginning": prose + article, "middle": article + prose + article} {
			if c := repaired(body, false); c.HTML != body {
				t.Errorf("%s, at the %s: %s\n%+v", file, place, c.HTML, c.Repairs)
			}
		}
	})
}

// Each file of testdata/filters/furniture begins with an article, too; the
// others are lines that no article ends with.
func TestFurnitureOfAllLanguagesGoes(t *testing.T) {
	eachLine(t, "furniture", func(file, article, line string) {
		if c := repaired(article+line, false); c.HTML != article {
			t.Errorf("%s: %s", file, c.HTML)
		}
	})
}

// eachLine calls visit for each line but the first of the files of a folder,
// with that and it as paragraphs.
func eachLine(t *testing.T, folder string, visit func(file, article, line string)) {
	t.Helper()
	files, err := filepath.Glob("../../testdata/filters/" + folder + "/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(html.EscapeString(strings.TrimSpace(string(data))), "\n")
		for _, l := range lines[1:] {
			visit(filepath.Base(file), "<p>"+lines[0]+"</p>", "<p>"+l+"</p>")
		}
	}
}
