package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/feed/publish"
)

// What SECURITY.md promises is held by tests, which must be there.
func TestPromisesAreHeldByTestsThatExist(t *testing.T) {
	promises, err := os.ReadFile("../SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err = filepath.WalkDir("..", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, "_test.go") {
			return err
		}
		source, err := os.ReadFile(file)
		for _, found := range declared.FindAllSubmatch(source, -1) {
			there[string(found[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz)\\w+)`").FindAllSubmatch(promises, -1)
	if len(named) < 50 {
		t.Errorf("only %d tests are named", len(named))
	}
	for _, n := range named {
		if !there[string(n[1])] {
			t.Errorf("SECURITY.md names %s, which isn't there", n[1])
		}
	}
	for _, line := range strings.Split(string(promises), "\n") {
		if strings.HasPrefix(line, "| ") && !strings.Contains(line, "| held by |") && !strings.HasPrefix(line, "| ---") && !heldByATest(line) {
			t.Errorf("a promise that nothing holds: %s", line)
		}
	}
}

func heldByATest(line string) bool {
	return strings.Contains(line, "`Test") || strings.Contains(line, "`Fuzz")
}

// What upstream names as the source of an entry may be an address that the
// configuration holds, with all that opens it.
func TestNoSecretIsToldWithTheOriginOfAnEntry(t *testing.T) {
	c := &config.Config{Secrets: []string{"hunter2"}}
	received := &feed.Origin{Title: "Wire", Self: "https://reader:hunter2@wire.example/hunter2/feed?token=abc&page=1", Link: "https://wire.example/"}
	f := &publish.Feed{}
	f.Entries = []feed.Published{{Source: "wire", Copy: feed.Copy{Origin: received}}}
	discreet(c, f)
	if got := f.Entries[0].Copy.Origin; got.Self != "https://wire.example/" || got.Link != received.Link || !strings.Contains(received.Self, "abc") {
		t.Errorf("%+v", got)
	}
}
