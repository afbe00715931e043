package topic

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"copydesk/filters/text"
)

type setFixture struct {
	Specs    []Spec
	Mistakes []Mistake
	Entries  []struct {
		Title, Body, Language string
		Topics                []string
	}
}

func TestTopicsHoldByAllThatTheyName(t *testing.T) {
	paths, _ := filepath.Glob("../../testdata/filters/topics/*.json")
	if len(paths) == 0 {
		t.Fatal("no fixtures")
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var f setFixture
		if err := json.Unmarshal(data, &f); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		set, mistakes := Compile(f.Specs)
		if diff := cmp.Diff(f.Mistakes, mistakes); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
		for _, e := range f.Entries {
			var got []string
			for _, h := range set.Find(text.Normalise(e.Title), text.Normalise(e.Body), e.Language) {
				got = append(got, h.Topic)
				if len(h.Words) == 0 {
					t.Errorf("%s: %q is on %s by no words", path, e.Title, h.Topic)
				}
			}
			if diff := cmp.Diff(e.Topics, got); diff != "" {
				t.Errorf("%s: %q: %s", path, e.Title, diff)
			}
		}
	}
}

func TestHitsTellWhereTheWordsStand(t *testing.T) {
	set, _ := Compile([]Spec{{Name: "tides", Any: []string{"tide gauge", "潮位计"}}})
	got := set.Find(text.Normalise("Nothing of it"), text.Normalise("The council of the harbour town will replace all TIDE\u00a0GAUGES at the mouth of the river next year."), "en")
	want := "…r town will replace all TIDE GAUGES at the mouth of the riv…"
	if len(got) != 1 || len(got[0].Words) != 1 || got[0].Words[0].Where != "text" || got[0].Words[0].Term != "tide gauge" || got[0].Words[0].Found != want {
		t.Errorf("%+v", got)
	}
}

func TestAPoolAnswersTheSameInAnyOrder(t *testing.T) {
	words := []string{"tide", "gauge", "tide gauge", "AI", "潮位", "潮位计", "harbour", "/g.u/"}
	n := text.Normalise("An AI reads the tide gauges; 潮位计 in the harbour.")
	var first map[string][]Place
	for turn := range words {
		p := NewPool()
		for i := range words {
			term, err := CompileTerm(words[(i+turn)%len(words)])
			if err != nil {
				t.Fatal(err)
			}
			p.Add(term)
		}
		got := make(map[string][]Place)
		for i, places := range p.Find(n, "en") {
			got[p.Term(i).Source] = places
		}
		if turn == 0 {
			first = got
		}
		if diff := cmp.Diff(first, got); diff != "" {
			t.Error(diff)
		}
	}
}

func FuzzTermsFindThemselves(f *testing.F) {
	for _, s := range []string{"tide gauge", "潮位计", "C++", "A.I.", "ノルマ", "ёлка", "İstanbul'da", "e-mail", "50 %", "\"as is\"", "ال", "ﾊﾞｽ", "5G网络", "/a+/"} {
		f.Add(s, "en")
	}
	f.Fuzz(func(t *testing.T, s, language string) {
		term, err := CompileTerm(s)
		if err != nil {
			return
		}
		p := NewPool()
		p.Add(term)
		n := text.Normalise(s + " | " + s + "\n" + strings.ToUpper(s))
		for _, places := range p.Find(n, language) {
			for _, at := range places {
				if at.Start < 0 || at.End > len(n.Text) || at.Start > at.End {
					t.Fatalf("%+v in %d bytes", at, len(n.Text))
				}
				Excerpt(n, at)
			}
		}
		if term.Regexp == nil && plainWords(s) && len(p.Find(text.Normalise("x | "+s+" | x"), language)) == 0 {
			t.Errorf("%q isn't found in itself", s)
		}
	})
}

// plainWords reports whether a term is made of small letters and spaces only.
func plainWords(s string) bool {
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz ") == ""
}
