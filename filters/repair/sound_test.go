package repair

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// soundLines are the lines of testdata/filters/repair/sound.txt, one text in
// one language each.
func soundLines(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "filters", "repair", "sound.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

func TestSoundTextStaysAsItIs(t *testing.T) {
	for _, line := range soundLines(t) {
		if got := demojibake(line); got != line {
			t.Errorf("%q became %q", line, got)
		}
		for _, s := range []string{strings.ToUpper(line), strings.ToLower(line), "„" + line + "“", "«" + line + "»", "“" + line + "”…"} {
			if got := demojibake(s); got != s {
				t.Errorf("%q became %q", s, got)
			}
		}
		for w := range strings.FieldsSeq(line) {
			for _, s := range []string{w, strings.ToUpper(w), "«" + w + "»", "“" + w + "”", "“" + strings.ToUpper(w) + "”", w + "…", "—" + w + "—", w + "–" + w, "‘" + w + "’"} {
				if got := demojibake(s); got != s {
					t.Errorf("%q became %q", s, got)
				}
			}
		}
	}
}

// TestFragmentsOfSoundTextStay shuffles words and cuts them up.
func TestFragmentsOfSoundTextStay(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	for _, line := range soundLines(t) {
		runes := []rune(line)
		words := strings.Fields(line)
		for range 60 {
			from := random.IntN(len(runes))
			to := from + 1 + random.IntN(min(8, len(runes)-from))
			random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
			for _, s := range []string{string(runes[from:to]), strings.Join(words, " "), strings.ToUpper(string(runes[from:to])) + " " + string(runes[from:to])} {
				if got := demojibake(s); got != s {
					t.Errorf("%q became %q", s, got)
				}
			}
		}
	}
}

// readAs returns UTF-8 as a charset reads it, or "" where that loses bytes.
func readAs(e encoding.Encoding, s string) string {
	if cm, ok := e.(*charmap.Charmap); ok {
		var b strings.Builder
		for i := range len(s) {
			r := cm.DecodeByte(s[i])
			if r == utf8.RuneError {
				r = rune(s[i]) // what is undefined passes as a control
			}
			b.WriteRune(r)
		}
		return b.String()
	}
	out, err := e.NewDecoder().String(s)
	if back, errBack := e.NewEncoder().String(out); err != nil || errBack != nil || back != s {
		return ""
	}
	return out
}

// easternRuns returns the runs of ideographs, kana and Hangul in lines: what
// may be misread two bytes at a time.
func easternRuns(lines []string) []string {
	var out []string
	for _, line := range lines {
		for run := range strings.FieldsFuncSeq(line, func(r rune) bool { return class(r) != classEastern }) {
			if n := utf8.RuneCountInString(run); n >= 4 {
				out = append(out, string([]rune(run)[:n&^1]))
			}
		}
	}
	return out
}

func TestMisreadLinesAreReadAgain(t *testing.T) {
	var cases []encoding.Encoding
	for _, cm := range []*charmap.Charmap{charmap.Windows1252, charmap.Windows1251, charmap.Windows1250, charmap.Windows1254, charmap.ISO8859_2,
		charmap.KOI8R, charmap.CodePage866, charmap.CodePage437, charmap.Macintosh} {
		cases = append(cases, cm)
	}
	cases = append(cases, simplifiedchinese.GBK, japanese.ShiftJIS)
	for _, e := range cases {
		t.Run(strings.ReplaceAll(fmt.Sprint(e), " ", "-"), func(t *testing.T) {
			mended, all := 0, 0
			lines := soundLines(t)
			if _, single := e.(*charmap.Charmap); !single {
				lines = easternRuns(lines)
			}
			for _, line := range lines {
				wrong := readAs(e, line)
				if wrong == "" || wrong == line || utf8.RuneCountInString(wrong) < utf8.RuneCountInString(line)+3 && wrong[0] < 0x80 {
					continue
				}
				all++
				switch got := demojibake(wrong); got {
				case line:
					mended++
				case wrong:
					t.Logf("not mended: %q (%q)", wrong, line)
				default:
					t.Errorf("%q became %q, not %q", wrong, got, line)
				}
			}
			if mended*5 < all*4 {
				t.Errorf("%d of %d lines were mended", mended, all)
			}
		})
	}
}

func FuzzDemojibake(f *testing.F) {
	for _, line := range soundLines(f) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		if got := demojibake(s); !utf8.ValidString(got) {
			t.Errorf("%q became %q", s, got)
		}
	})
}
