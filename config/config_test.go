package config

import (
	"encoding/json"
	"errors"
	"flag"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"copydesk/feed"
	"copydesk/filters"
	"copydesk/filters/story"
)

var update = flag.Bool("update", false, "write what the fixtures expect anew")

const fixtures = "../testdata/config"

// environment is what ${NAME} finds in the fixtures.
func environment(name string) (string, bool) {
	v, ok := map[string]string{
		"TOKEN": "a-token-of-some-length", "SHORT": "abc", "EMPTY": "", "SECRET_ADDRESS": "gopher://hidden.example/?key=hidden",
		"COOKIE": "session=hidden", "BROKEN_HEADER": "hidden\nvalue", "PAGE": "news", "COPYDESK_TOKEN": "a-token-of-some-length", "WIRE_COOKIE": "session=hidden",
	}[name]
	return v, ok
}

func fixturesOf(t *testing.T, pattern string, least int) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(fixtures, pattern))
	if err != nil || len(files) < least {
		t.Fatalf("%d fixtures %s in %s, at least %d expected: %v", len(files), pattern, fixtures, least, err)
	}
	return files
}

// TestEveryMistakeIsToldWithItsPlace parses each *.bad.yaml. The lines that
// begin with "# wants: " at its end are its mistakes, without the file's name.
func TestEveryMistakeIsToldWithItsPlace(t *testing.T) {
	const mark = "# wants: "
	for _, file := range fixturesOf(t, "*.bad.yaml", 60) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, wants, _ := strings.Cut(string(data), "\n"+mark)
			text += "\n"
			if wants != "" {
				wants = mark + wants
			}
			c, err := Parse("f", []byte(text), environment)
			var mistakes Mistakes
			if !errors.As(err, &mistakes) || c != nil {
				t.Fatalf("it was taken for good: %v", err)
			}
			got := ""
			for _, m := range mistakes {
				got += mark + strings.TrimPrefix(strings.TrimPrefix(m.Error(), "f:"), " ") + "\n"
				if m.Line < 1 || m.Column < 1 || m.Wrong == "" || m.Right == "" {
					t.Errorf("the mistake doesn't say all: %+v", m)
				}
			}
			if *update {
				if err := os.WriteFile(file, []byte(text+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(wants, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if strings.Contains(got, "hidden") {
				t.Error("a mistake tells what the environment holds")
			}
		})
	}
}

// TestGoodFilesCompile parses each *.good.yaml and compares what came of it
// with the golden file beside.
func TestGoodFilesCompile(t *testing.T) {
	for _, file := range fixturesOf(t, "*.good.yaml", 5) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c, err := Parse("f", data, environment)
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.MarshalIndent(outlineOf(c), "", " ")
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".yaml") + ".golden"
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			schema := schemaOf(t)
			for _, complaint := range check(schema, schema, decoded(t, data), "") {
				t.Error("by the schema: " + complaint)
			}
		})
	}
}

// outline is what can be shown of a configuration.
type outline struct {
	Server   Server
	Storage  string
	Retain   string
	Polling  feed.Polling
	Topics   []string        `json:",omitempty"`
	Rules    []string        `json:",omitempty"`
	Sources  []sourceOutline `json:",omitempty"`
	Stories  story.Options
	Editions []editionOutline `json:",omitempty"`
}

type sourceOutline struct {
	feed.Source
	Every string
	Rules []string `json:",omitempty"`
}

type editionOutline struct {
	Name, Title, Description   string
	Sources, Languages, Topics []string `json:",omitempty"`
	Rules                      []string `json:",omitempty"`
	Stories, Prefer, Hold      any
	Quorum, Limit              int
	Private                    bool
	Apply                      filters.Apply
	Examples                   filters.Examples
}

func outlineOf(c *Config) outline {
	o := outline{
		Server: c.Server, Storage: c.Storage, Retain: c.Retain.String(), Polling: c.Polling, Stories: c.Stories,
		Topics: c.Desk.Topics.Names(), Rules: told(c.Desk.Rules),
	}
	for _, s := range c.Sources {
		o.Sources = append(o.Sources, sourceOutline{s, s.Every.String(), told(c.Desk.Sources[s.Name].Rules)})
	}
	for _, e := range c.Desk.Editions {
		one := editionOutline{
			Name: e.Name, Title: e.Title, Description: e.Description, Languages: e.Languages, Topics: e.Topics, Rules: told(e.Rules),
			Stories: e.Stories, Prefer: e.Prefer, Hold: e.Hold.String(), Quorum: e.Quorum, Limit: e.Limit, Private: e.Private,
			Apply: e.Apply, Examples: e.Examples,
		}
		for _, s := range c.Sources {
			if e.Takes(s.Name) {
				one.Sources = append(one.Sources, s.Name)
			}
		}
		o.Editions = append(o.Editions, one)
	}
	return o
}

func told(rules []filters.Rule) []string {
	var all []string
	for _, r := range rules {
		all = append(all, string(r.Action)+" by "+r.Path)
	}
	return all
}

func parse(t *testing.T, text string) *Config {
	t.Helper()
	c, err := Parse("f", []byte(text), environment)
	if err != nil {
		t.Fatalf("%s\n%v", text, err)
	}
	return c
}

func TestAKeyAtItsDefaultIsAlwaysAccepted(t *testing.T) {
	absent := parse(t, "sources: [{name: a, url: 'https://a.example/'}]\neditions: [{name: e}]\n")
	written := parse(t, `
server: {listen: "127.0.0.1:8080", url: "", token: ""}
storage: copydesk.db
retain: 90d
polling: {every: 30m, concurrency: 32, per_host: 2, requests_per_minute: 30, budget: host, timeout: 30s, max_size: 16MB, allow_private: false}
topics: {}
sources:
  - {name: a, url: "https://a.example/", tags: [], every: 30m, identity: guid, headers: {}, tls: {}, remove: [], rules: [], full_text: false, language: "", was: "", repairs: {boilerplate: on, sanitise: true}}
rules: []
conditions: {}
stories: {window: 72h, apart: [], together: []}
editions:
  - {name: e, title: e, description: "", sources: [], languages: [], topics: [], rules: [], stories: one, prefer: [], hold: 0s, quorum: 1, limit: 50, private: false, apply: new, examples: {keep: [], drop: []}}
`)
	empty := parse(t, `
server: {listen: , url: , token: }
storage:
retain:
polling:
topics:
sources:
  - {name: a, url: "https://a.example/", tags: , every: , identity: , headers: , tls: , remove: , rules: , full_text: , repairs: , was: , language: }
rules:
conditions:
stories:
editions:
  - {name: e, title: , description: , sources: , languages: , topics: , rules: , stories: , prefer: , hold: , quorum: , limit: , private: , apply: , examples: }
`)
	want := show(t, outlineOf(absent))
	for name, c := range map[string]*Config{"written": written, "empty": empty} {
		got := outlineOf(c)
		for i := range got.Sources { // as good as none
			s := &got.Sources[i]
			if len(s.Headers) == 0 && len(s.Off) == 0 {
				s.Headers, s.Off = nil, nil
			}
		}
		if diff := cmp.Diff(want, show(t, got)); diff != "" {
			t.Errorf("%s: -absent +%s:\n%s", name, name, diff)
		}
	}
}

func show(t *testing.T, v any) string {
	t.Helper()
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestAnEmptyFileIsAConfiguration(t *testing.T) {
	for _, text := range []string{"", "\n", "# nothing yet\n", "---\n", "{}", "null", "\ufeff# with a mark\n"} {
		c := parse(t, text)
		if c.Server.Listen == "" || c.Polling.Every == 0 || c.Stories.Window == 0 || c.Desk == nil {
			t.Errorf("%q: the defaults are missing: %+v", text, c)
		}
	}
}

func TestPrivateAddressesThatAreAllowed(t *testing.T) {
	p := parse(t, `polling: {allow_private: [10.1.0.0/16, "fd00::/8", 192.168.1.4, "127.0.0.1:8999", "[::1]:80", "::ffff:10.0.0.1"]}`).Polling
	wantNetworks := []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("fd00::/8")}
	wantAddresses := []netip.AddrPort{
		netip.MustParseAddrPort("192.168.1.4:0"), netip.MustParseAddrPort("127.0.0.1:8999"),
		netip.MustParseAddrPort("[::1]:80"), netip.MustParseAddrPort("10.0.0.1:0"),
	}
	if p.AllowPrivate || show(t, p.AllowedNetworks) != show(t, wantNetworks) || show(t, p.AllowedPrivate) != show(t, wantAddresses) {
		t.Errorf("%+v", p)
	}
	for text, want := range map[string]bool{"true": true, "yes": true, "on": true, "false": false, "off": false, "[]": false} {
		if got := parse(t, "polling: {allow_private: "+text+"}").Polling; got.AllowPrivate != want {
			t.Errorf("%s: %v", text, got.AllowPrivate)
		}
	}
}

func TestValuesAreReadAsWritten(t *testing.T) {
	for text, want := range map[string]time.Duration{"90s": 90 * time.Second, "1h30m": 90 * time.Minute, "1.5h": 90 * time.Minute, "7d": 168 * time.Hour, "2w": 336 * time.Hour, "1w2d3h": 219 * time.Hour} {
		if got := parse(t, "polling: {every: "+text+"}").Polling.Every; got != want {
			t.Errorf("every: %s is %s, not %s", text, got, want)
		}
	}
	for text, want := range map[string]int64{"2000": 2000, "500kB": 500 << 10, "16 MB": 16 << 20, "16MiB": 16 << 20, "1g": 1 << 30, "1.5M": 3 << 19} {
		if got := parse(t, "polling: {max_size: "+text+"}").Polling.MaxSize; got != want {
			t.Errorf("max_size: %s is %d, not %d", text, got, want)
		}
	}
	for text, want := range map[string]string{"zh_hant": "zh-Hant", "PT-br": "pt-BR", "sr-latn": "sr-Latn", "unknown": "unknown"} {
		if got := parse(t, "editions: [{name: e, languages: ["+text+"]}]").Desk.Editions[0].Languages[0]; got != want {
			t.Errorf("%s is %s, not %s", text, got, want)
		}
	}
}

func TestVariablesAreReplacedInValuesOnly(t *testing.T) {
	c := parse(t, `
server: {token: "${TOKEN}"}
sources:
  - {name: a, url: "https://a.example/${PAGE}.xml", headers: {Cookie: "x; ${COOKIE}"}}
editions:
  - {name: e, title: "$${PAGE} and ${PAGE}, $5 and $PAGE"}
`)
	if c.Server.Token != "a-token-of-some-length" || c.Sources[0].URL != "https://a.example/news.xml" || c.Sources[0].Headers["Cookie"] != "x; session=hidden" {
		t.Errorf("%+v %+v", c.Server, c.Sources[0])
	}
	if diff := cmp.Diff([]string{"a-token-of-some-length", "news", "session=hidden", "x; session=hidden"}, c.Secrets); diff != "" {
		t.Errorf("secrets: -want +got:\n%s", diff)
	}
	if got := c.Desk.Editions[0].Title; got != "${PAGE} and news, $5 and $PAGE" {
		t.Error(got)
	}
}

func TestTheFingerprintTellsWhatDecisionsDependOn(t *testing.T) {
	const before = `
topics: {t: {any: [word], topics: [base]}, base: {any: [basic]}, ruled: {any: [rule]}, other: {any: [elsewhere]}}
conditions: {c: {topic: [ruled]}}
sources: [{name: a, url: "https://a.example/", tags: [x]}, {name: b, url: "https://b.example/"}]
editions: [{name: e, sources: ["tag:x"], topics: [t], rules: [{drop: {title: [spam]}}]}]
`
	fingerprint := func(from, to string) string {
		t.Helper()
		text := strings.ReplaceAll(before, from, to)
		if from != to && text == before {
			t.Fatalf("%q isn't there", from)
		}
		return parse(t, text).Desk.Editions[0].Fingerprint
	}
	same := fingerprint("", "")
	for from, to := range map[string]string{
		"name: e,": "name: e, title: Another, sort: sources, limit: 3, apply: all, private: true,", "https://a.example/": "https://a.example/moved",
		"name: b,": "name: c,", "conditions:": "# a remark\nconditions:", "[elsewhere]": "[anywhere]", ", other:": ", more: {any: [more]}, other:",
	} {
		if fingerprint(from, to) != same {
			t.Errorf("%s → %s changes it", from, to)
		}
	}
	for from, to := range map[string]string{
		"[word]": "[words]", "[basic]": "[basics]", "[rule]": "[ruler]", "[spam]": "[ham]", "url: \"https://b.example/\"": "url: \"https://b.example/\", tags: [x]",
		"tags: [x]": "tags: [x], rules: [{drop: {title: [ham]}}]", "topics: [t]": "topics: [t], languages: [en]",
		"\nsources": "\nrules: [{drop: {title: [ham]}}]\nsources", "topics: [t],": "",
	} {
		if fingerprint(from, to) == same {
			t.Errorf("%s → %s doesn't change it", from, to)
		}
	}
}

func TestAliasesAndMergedMappings(t *testing.T) {
	c := parse(t, `
sources:
  - &wire {name: a, url: "https://a.example/", tags: &tags [wire], headers: &headers {X-One: "1", X-Two: "2"}}
  - {<<: *wire, name: b, url: "https://b.example/", headers: {<<: *headers, X-Two: "3"}}
  - {<<: [{every: 5m}, *wire, {every: 6m}], name: c, url: "https://c.example/"}
  - {name: d, url: "https://d.example/", tags: *tags}
`)
	b, third, d := c.Sources[1], c.Sources[2], c.Sources[3]
	if diff := cmp.Diff(map[string]string{"X-One": "1", "X-Two": "3"}, b.Headers); diff != "" || b.Tags[0] != "wire" {
		t.Errorf("%+v\n%s", b, diff)
	}
	if third.Every != 5*time.Minute || third.Tags[0] != "wire" || d.Tags[0] != "wire" {
		t.Errorf("%+v %+v", third, d)
	}
}

func TestALargeConfigurationIsRead(t *testing.T) {
	var b strings.Builder
	b.WriteString("topics:\n")
	for i := range 200 {
		b.WriteString("  t" + name(i) + ": {any: [")
		for k := range 50 {
			b.WriteString("word" + name(i) + name(k) + ", ")
		}
		b.WriteString("last]}\n")
	}
	b.WriteString("sources:\n")
	for i := range 5000 {
		b.WriteString("  - {name: s" + name(i) + ", url: 'https://h" + name(i) + ".example/', tags: [x, y" + name(i%50) + "]}\n")
	}
	b.WriteString("editions:\n")
	for i := range 200 {
		b.WriteString("  - {name: e" + name(i) + ", sources: ['tag:y" + name(i%50) + "', s" + name(i) + "], topics: [t" + name(i) + "]}\n")
	}
	start := time.Now()
	c := parse(t, b.String())
	if len(c.Sources) != 5000 || len(c.Desk.Editions[7].Sources) < 100 {
		t.Errorf("%d sources, %d of them in an edition", len(c.Sources), len(c.Desk.Editions[7].Sources))
	}
	t.Logf("%d kB in %s", b.Len()>>10, time.Since(start))
}

// name is a number in letters.
func name(i int) string {
	s := string(rune('a' + i%26))
	for i /= 26; i > 0; i /= 26 {
		s += string(rune('a' + i%26))
	}
	return s
}

func TestAFileThatCannotBeHad(t *testing.T) {
	dir := t.TempDir()
	_, err := Load(filepath.Join(dir, "copydesk.yaml"), environment)
	if !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "copydesk init") || !strings.Contains(err.Error(), "copydesk demo") {
		t.Error(err)
	}
	if _, err := Load(dir, environment); err == nil {
		t.Error("a folder was taken for a configuration")
	}
	large := filepath.Join(dir, "large.yaml")
	if err := os.WriteFile(large, []byte(strings.Repeat("# no\n", MaxSize/5+1)), 0o600); err != nil {
		t.Fatal(err)
	}
	var mistakes Mistakes
	if _, err := Load(large, environment); !errors.As(err, &mistakes) {
		t.Error(err)
	}
}

func TestTheStarterIsGood(t *testing.T) {
	c, err := Parse("starter.yaml", Starter, environment)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range filters.Warnings(c.Desk) {
		t.Error(w)
	}
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob(filepath.Join(fixtures, "*.yaml"))
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("f", data, environment)
		var mistakes Mistakes
		switch {
		case err == nil && c != nil && c.Desk != nil:
		case errors.As(err, &mistakes) && len(mistakes) > 0 && c == nil:
			for _, m := range mistakes {
				if m.Line < 1 || m.Column < 1 || m.Wrong == "" || m.Right == "" {
					t.Errorf("the mistake doesn't say all: %+v", m)
				}
			}
		default:
			t.Errorf("neither a configuration nor mistakes: %v, %v", c, err)
		}
	})
}
