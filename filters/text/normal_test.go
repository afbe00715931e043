package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// words shows a normalised text: units with what stands between them.
func words(n *Normal) string {
	gaps := []string{"·", "^", " ", "-", "'", "|"}
	var b strings.Builder
	for i, u := range n.Units {
		if i > 0 {
			b.WriteString(gaps[u.Gap])
		}
		b.Write(n.Word(i))
	}
	return b.String()
}

func TestNormaliseFoldsWhatAReaderDoesNotMind(t *testing.T) {
	for _, c := range [][2]string{
		{"The Harbour", "the harbour"},
		{"cafe\u0301 caf\u00e9", "cafe cafe"},
		{"ＡＩ　１２", "ai 12"},
		{"har\u00adbour\u200b wall", "harbour wall"},
		{"semi\u200bconductors", "semiconductors"},
		{"l’œuvre", "l'oeuvre"},
		{"Straße ﬁn", "strasse fin"},
		{"İstanbul ışık", "istanbul isik"},
		{"ΔΡΟΜΟΣ δρόμος", "δρομοσ δρομοσ"},
		{"Ёлка й", "елка й"},
		{"и\u0306од", "йод"},
		{"محـــمّد", "محمد"},
		{"高鐵", "高^铁"},
		{"ﾊﾞｽとパン", "バ^ス^と^パ^ン"},
		{"5G网络", "5·g^网^络"},
		{"3.25 %", "3.25"},
		{"1,000 km", "1,000 km"},
		{"A.I. and U.S.A.", "ai and usa"},
		{"e-mail, web", "e-mail|web"},
		{"semi-\nconductor", "semi-conductor"},
		{"one – two", "one|two"},
		{"“one” two", "one two"},
		{"see https://example.org/a?b=c now", "see|now"},
		{"www.example.org, example.com/x a@b.example end", "end"},
		{"see https: //www.example.org/a now", "see https|now"},
		{"one // two / three", "one|two|three"},
		{"п’ять", "пять"},
		{"צה״ל", "צהל"},
		{"AT&T", "at|t"},
		{"한국어", "한국어"},
		{"\u1112\u1161\u11ab", "한"},
		{"H₂O", "h·2·o"},
		{"½ cup", "cup"},
		{"", ""},
	} {
		if got := words(Normalise(c[0])); got != c[1] {
			t.Errorf("%q: %q, want %q", c[0], got, c[1])
		}
	}
}

func TestMarkupInTheMiddleIsNotSeen(t *testing.T) {
	for markup, want := range map[string]string{
		"<p>semi<b>conductor</b>s</p>":                          "semiconductors",
		"<p>wind <em>farm</em></p>":                             "wind farm",
		"<p>wind<br>farm</p>":                                   "wind farm",
		"<p>off<wbr>shore</p>":                                  "offshore",
		"<p>a<script>b</script>c</p>":                           "ac",
		"<p>a<span title='chess'>b</span></p>":                  "ab",
		"<p>one</p><p>two</p>":                                  "one two",
		"<p>har&shy;bour&nbsp;wall</p><!-- chess --><i>end</i>": "harbour wall end",
	} {
		root, err := html.Parse(strings.NewReader(markup))
		if err != nil {
			t.Fatal(err)
		}
		if got := words(Normalise(Plain(root))); got != want {
			t.Errorf("%s: %q, want %q", markup, got, want)
		}
	}
}

func FuzzNormaliseKeepsItsPlaces(f *testing.F) {
	for _, s := range []string{"The Harbour 5G", "ﾊﾞ高鐵\u0301", "a-\n-b 'c", "\xff\xfe", "http://a.example/x", "A.B.C. \u1112\u1161", "½ⅣⅫ", "п’ять 3.2,1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := Normalise(s)
		at, from := int32(0), int32(0)
		for i, u := range n.Units {
			if u.Start < at || u.End <= u.Start || int(u.End) > len(n.Text) || u.From != from || u.To <= u.From || int(u.To) > len(n.Fold) {
				t.Fatalf("unit %d: %+v in %q (%q)", i, u, n.Text, n.Fold)
			}
			if !utf8.Valid(n.Word(i)) || !utf8.ValidString(n.Text[u.Start:u.End]) {
				t.Fatalf("unit %d: %+v cuts a character of %q", i, u, n.Text)
			}
			at, from = u.End, u.To
			n.Accented(i)
		}
		if int(from) != len(n.Fold) {
			t.Fatalf("%q: %d bytes of %d in units", n.Text, from, len(n.Fold))
		}
		if n.Words(0, len(n.Units)) > len(n.Units) {
			t.Fatal("more words than units")
		}
	})
}

func TestNormaliseTakesTimeInProportion(t *testing.T) {
	for _, s := range []string{"(.", "!a.", "A.", "ﾊﾞ", "a-\n", "@", "http://", "'", "\u0301", "ྲཱྀ"} {
		Normalise(strings.Repeat(s, 1<<19/len(s))) // half a megabyte: minutes if it were quadratic
	}
}
