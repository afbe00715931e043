package language

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// An article's file has four lines of fields, an empty one, and the body.
func TestArticles(t *testing.T) {
	files, err := filepath.Glob("testdata/articles/*.txt")
	if err != nil || len(files) < 30 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			head, body, _ := strings.Cut(string(data), "\n\n")
			fields := map[string]string{}
			for line := range strings.Lines(head) {
				name, value, _ := strings.Cut(line, ":")
				fields[name] = strings.TrimSpace(value)
			}
			g := Of(fields["title"], strings.TrimSpace(body), fields["declared"], fields["usual"])
			if g.Language != fields["want"] {
				t.Errorf("in %q (%.2f), want %q", g.Language, g.Confidence, fields["want"])
			}
			if (g.Language == "") != (g.Confidence == 0) {
				t.Errorf("confidence %v of %q", g.Confidence, g.Language)
			}
		})
	}
}

func TestLongTextsAreSampled(t *testing.T) {
	sentence := "Die Bücherei bleibt bis Mitternacht geöffnet. "
	long := strings.Repeat(sentence, 200_000)
	if g := Of("", long, "", ""); g.Language != "de" {
		t.Error(g)
	}
	var a article
	a.read(load(), sentence, long)
	letters := 0
	for _, p := range a.parts {
		letters += len(p.sample.letters)
	}
	if letters > sampled+len(sentence) {
		t.Errorf("%d letters are looked at", letters)
	}
}

func TestAnswersDontDependOnWhatWasAskedBefore(t *testing.T) {
	title, body := "Kommunen säger ja", "Biblioteket håller öppet.\nNobody had expected that."
	want := Of(title, body, "sv", "")
	for _, other := range []string{"東京大学", "Der Stadtrat", "", strings.Repeat("a b ", 5000)} {
		Of(other, other, "ja", "de")
		Identify(other)
		if got := Of(title, body, "sv", ""); got != want {
			t.Errorf("after %.20q: %v, before %v", other, got, want)
		}
	}
}

func FuzzOf(f *testing.F) {
	f.Add("Title", "Body\nof text", "en", "de")
	f.Add("\xff\xfe", "\x00\xc0\x80", "zh_TW", "x")
	f.Add("𠀀𠀁 ＡＢＣ ﷺ ̈ ̈", "（（（「「", "---", "日本")
	f.Add("ſKİı ǅ ß ﬀ", "http://a :// b://", "fo", "sr-Latn")
	f.Fuzz(func(t *testing.T, title, body, declared, usual string) {
		g := Of(title, body, declared, usual)
		if g != Of(title, body, declared, usual) {
			t.Error("two answers")
		}
		if g.Confidence < 0 || g.Confidence > 1 || (g.Language == "") != (g.Confidence == 0) {
			t.Error(g)
		}
		if !utf8.ValidString(g.Language) || g.Language != Canonical(g.Language) {
			t.Errorf("%q isn't canonical", g.Language)
		}
		Identify(title)
	})
}
