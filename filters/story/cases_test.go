package story

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"copydesk/feed"
)

// newsCase is an entry of testdata/*.txt: a line of its story, source,
// language, hours and title, and a line of text.
type newsCase struct {
	story, source, language, title, text string
	at                                   time.Time
}

func (c *newsCase) placed(n int64) Placed {
	return Placed{Entry: n, Source: c.source, Host: c.source + ".example", At: c.at, Signature: Sign(&feed.Copy{
		Title: c.title, Text: c.text, Language: c.language, Published: c.at, Link: fmt.Sprintf("https://%s.example/%d", c.source, n)})}
}

func cases(t testing.TB) []newsCase {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	var list []newsCase
	for i, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		start := monday.AddDate(0, 6*i, 0)
		for filepath.Base(name) == "wires.txt" && start.Weekday() != time.Monday { // its texts say so
			start = start.AddDate(0, 0, -1)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			head, ok := strings.CutPrefix(lines.Text(), "## ")
			if !ok {
				continue
			}
			fields := strings.SplitN(head, "|", 5)
			if len(fields) < 5 || !lines.Scan() {
				t.Fatalf("%s: %q is no case", name, head)
			}
			hours, err := strconv.ParseFloat(fields[3], 64)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, newsCase{story: fields[0], source: fields[1], language: fields[2], title: fields[4], text: lines.Text(),
				at: start.Add(time.Duration(hours * float64(time.Hour)))})
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	return list
}

// TestStoriesOfMadeUpNews holds the pairs of entries to what they were written
// as: not one wrong merge, and few that are missed. What is missed says
// nothing that can be compared without understanding it.
func TestStoriesOfMadeUpNews(t *testing.T) {
	list := cases(t)
	r := newNewsroom(t, Options{})
	for i := range list {
		r.receive(list[i].placed(int64(i + 1)))
	}
	var found, missed [2]int // of one language, of two
	for i := range list {
		for j := range i {
			kind := 0
			if list[i].language != list[j].language {
				kind = 1
			}
			together := r.stories[int64(i+1)] == r.stories[int64(j+1)]
			switch one := list[i].story == list[j].story; {
			case together && !one:
				t.Errorf("one story of two:\n\t%s\n\t%s", list[j].title, list[i].title)
			case together:
				found[kind]++
			case one:
				missed[kind]++
				t.Logf("two stories of one:\n\t%s\n\t%s", list[j].title, list[i].title)
			}
		}
	}
	for kind, least := range []float64{0.9, 0.8} {
		if recall := float64(found[kind]) / float64(found[kind]+missed[kind]); recall < least {
			t.Errorf("recall %.3f of pairs of %d languages, below %.2f", recall, kind+1, least)
		}
	}
}
