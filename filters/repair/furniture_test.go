package repair

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"copydesk/feed"
)

func paperSource() *Source {
	return &Source{Name: "paper", Title: "The Ferry Paper", Home: "https://ferrypaper.example/"}
}

// papers makes entries of one source: an article each, and the same frame.
func papers(n int) []feed.Entry {
	subjects := strings.Fields("Otters Bakers Tides Bells Ropes Lamps Gulls Locks Looms Wells Kites Sails")
	var out []feed.Entry
	for i := range n {
		out = append(out, feed.Entry{
			ID:    fmt.Sprintf("id-%d", i),
			Title: feed.Text{Value: fmt.Sprintf("%s are back in town %d | The Ferry Paper", subjects[i%len(subjects)], i)},
			Content: feed.Text{HTML: true, Value: fmt.Sprintf(`<p>The %s were seen on day %d by a person who wrote it down with care.</p>`+
				`<p>Nobody else noticed, because %d of them were asleep.</p><p><small>Issue %d, printed on the ferry for those who ride it.</small></p>`,
				strings.ToLower(subjects[(i*5)%len(subjects)]), i, i*3, 100+i)},
		})
	}
	return out
}

func marshalled(t *testing.T, f *Furniture) []byte {
	t.Helper()
	data, err := f.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestLearningDoesNotDependOnTheOrderOfEntries(t *testing.T) {
	entries := papers(400) // more than are counted of one document
	entries = append(entries, entries[7], feed.Entry{ID: "id-9", Title: feed.Text{Value: "Another text under one id"}})
	want := marshalled(t, Learn(nil, entries, paperSource()))
	random := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		random.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
		if got := marshalled(t, Learn(nil, entries, paperSource())); !bytes.Equal(got, want) {
			t.Fatal("another order taught something else")
		}
	}
}

func TestADocumentThatComesAgainTeachesNothing(t *testing.T) {
	first := Learn(nil, papers(20), paperSource())
	if again := Learn(first, papers(20), paperSource()); again != first {
		t.Error("the same document changed what is known")
	}
	if more := Learn(first, papers(21), paperSource()); more.Version != first.Version+1 {
		t.Errorf("one new entry took version %d to %d", first.Version, more.Version)
	}
	if first.entries != 20 {
		t.Error("what was handed out has changed")
	}
}

func TestWhatWasLearnedSurvivesARestart(t *testing.T) {
	entries := papers(12)
	before := Learn(nil, entries[:8], paperSource())
	data := marshalled(t, before)
	after, err := ParseFurniture(data)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(marshalled(t, after), data) {
		t.Error("read and written again it is something else")
	}
	if !bytes.Equal(marshalled(t, Learn(before, entries, paperSource())), marshalled(t, Learn(after, entries, paperSource()))) {
		t.Error("learning goes on differently after a restart")
	}
}

func TestDamagedFurnitureIsRefused(t *testing.T) {
	data := marshalled(t, Learn(nil, papers(5), paperSource()))
	for i := range data {
		if _, err := ParseFurniture(data[:i]); err == nil && i > 0 {
			t.Errorf("%d of %d bytes were believed", i, len(data))
		}
	}
	if f, err := ParseFurniture(nil); err != nil || f.Version != 0 {
		t.Errorf("nothing stored is %+v, %v", f, err)
	}
	if _, err := ParseFurniture(append(slices.Clone(data), 0)); err == nil {
		t.Error("a byte too many was believed")
	}
}

func TestLearningIsBounded(t *testing.T) {
	var f *Furniture
	for poll := range 60 {
		entries := papers(40)
		for i := range entries {
			entries[i].ID = fmt.Sprintf("%d-%d", poll, i)
			entries[i].Content.Value += fmt.Sprintf("<p>An ending of its own, of poll %d and entry %d: %x.</p>", poll, i, poll*7919+i*104729)
		}
		f = Learn(f, entries, paperSource())
	}
	if size := len(marshalled(t, f)); size > 40_000 {
		t.Errorf("2,400 entries taught %d bytes", size)
	}
	if r := f.recurs("Issue 7, printed on the ferry for those who ride it."); r.share < 0.5 {
		t.Errorf("the frame was forgotten: %+v", r)
	}
}

func TestFurnitureWorksFromTheFirstPoll(t *testing.T) {
	entries := papers(6)
	s := paperSource()
	s.Furniture = Learn(nil, entries, s)
	for i := range entries {
		c := new(Repairer).Repair(&entries[i], s)
		if strings.Contains(c.HTML, "printed on the ferry") || !strings.Contains(c.HTML, "Nobody else noticed") {
			t.Errorf("entry %d: %s", i, c.HTML)
		}
		if strings.Contains(c.Title, "Ferry Paper") {
			t.Errorf("entry %d is called %q", i, c.Title)
		}
	}
}

func TestRepairsAreNoted(t *testing.T) {
	entries := papers(6)
	s := paperSource()
	s.Furniture = Learn(nil, entries, s)
	c := new(Repairer).Repair(&entries[0], s)
	var got []string
	for _, r := range c.Repairs {
		got = append(got, r.Name+" "+r.Where)
	}
	if diff := cmp.Diff([]string{"titles title", "boilerplate body"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestARepairThatIsOffDoesNothing(t *testing.T) {
	entries := papers(6)
	s := paperSource()
	s.Furniture = Learn(nil, entries, s)
	s.Off = map[string]bool{"boilerplate": true, "titles": true, "notices": true}
	c := new(Repairer).Repair(&entries[0], s)
	if !strings.Contains(c.HTML, "printed on the ferry") || !strings.Contains(c.Title, "Ferry Paper") {
		t.Errorf("%q, %s", c.Title, c.HTML)
	}
}

// TestWhatComesOutNeedsNoRepair makes pages of parts that repairs work on and
// repairs the outcome once more.
func TestWhatComesOutNeedsNoRepair(t *testing.T) {
	parts := []string{
		"<p>The tide came in at six and went out again at noon, as it does.</p>", "<br>", "<br><br>", "plain words ", "\n\n", "<div>", "</div>", "<p>", "</p>", "&nbsp;",
		"<b>bold<br>and broken</b>", "Share this story!", "<p>© 2024 All rights reserved.</p>", "<p>Read more</p>", "<ul><li><a href='https://a.example/'>Ten ropes</a></li></ul>",
		"<h3>Related</h3>", "&lt;p&gt;shown&lt;/p&gt;", "&lt;b&gt;", "cafÃ©", "<p>続きを読む</p>", "<p>A title of its own</p>", "- one\n- two\n", "a line that somebody broke at the\nend of its width, because the\npaper was out\n",
		"<blockquote>said</blockquote>", "<p>Source: Someone</p>", "<div class='share'>X</div>", "<pre>a  b\nc</pre>", "--\n", "<p>--</p>", "<img src='https://a.example/x.jpg'>", "[gallery ids=1]", "&amp;amp;",
	}
	rapid.Check(t, func(t *rapid.T) {
		chosen := rapid.SliceOfN(rapid.SampledFrom(parts), 1, 14).Draw(t, "parts")
		plain := rapid.Bool().Draw(t, "plain")
		if plain { // nobody sends half of a page as plain text
			chosen = slices.DeleteFunc(chosen, func(s string) bool { return strings.Contains(s, "<") })
		}
		body := strings.Join(chosen, "")
		once := repaired(body, plain)
		twice := repaired(once.HTML, false)
		if once.HTML != twice.HTML {
			t.Fatalf("%q became\n%q, and then\n%q", body, once.HTML, twice.HTML)
		}
		for _, note := range once.Notes {
			t.Fatal(note)
		}
	})
}

func TestMisreadTextIsReadAgain(t *testing.T) {
	words := []string{"naïve", "Größe", "où", "żółw", "čaj", "привет", "λόγος", "日本", "“so”", "don’t", "plain", "e = mc²", "…"}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 3, 12).Draw(t, "words"), " ")
		if got := demojibake(s); got != s {
			t.Fatalf("%q became %q", s, got)
		}
		wrong := misread(s)
		if got := demojibake(wrong); wrong != s && strings.Count(wrong, "Ã") > 1 && got != s {
			t.Fatalf("%q, misread as %q, became %q", s, wrong, got)
		}
	})
}

// misread reads UTF-8 as windows-1252 does.
func misread(s string) string {
	letters := map[byte]rune{}
	for r, b := range misreadings().single[0].bytes {
		letters[b] = r
	}
	var b strings.Builder
	for i := range len(s) {
		if s[i] < 0x80 {
			b.WriteByte(s[i])
		} else {
			b.WriteRune(letters[s[i]])
		}
	}
	return b.String()
}

func FuzzLearn(f *testing.F) {
	for _, e := range papers(3) {
		f.Add(e.Title.Value, e.Content.Value, true)
	}
	f.Add("[a] b", "x\n\n-- \ny\nz", false)
	f.Fuzz(func(t *testing.T, title, body string, html bool) {
		entries := papers(4)
		for i := range 3 {
			entries = append(entries, feed.Entry{ID: fmt.Sprint(i), Title: feed.Text{Value: title}, Content: feed.Text{HTML: html, Value: body}})
		}
		s := paperSource()
		s.Furniture = Learn(nil, entries, s)
		if _, err := ParseFurniture(marshalled(t, s.Furniture)); err != nil {
			t.Fatal(err)
		}
		c := new(Repairer).Repair(&entries[5], s)
		for _, note := range c.Notes {
			t.Error(note)
		}
	})
}

func TestSummariesAreMended(t *testing.T) {
	e := &feed.Entry{
		Title:   feed.Text{Value: "Low water"},
		Summary: feed.Text{HTML: true, Value: "<p>The cafÃ© on the quay stays shut, and nobodyâ€™s key fits.</p><p>Read more</p>"},
		Content: feed.Text{HTML: true, Value: "<p>The lock was changed in the night, which the harbour office denies.</p>"},
	}
	c := new(Repairer).Repair(e, paperSource())
	if want := "The café on the quay stays shut, and nobody’s key fits."; c.Summary != want {
		t.Errorf("%q, want %q", c.Summary, want)
	}
	e.Content.Value += "<p>The café on the quay stays shut, and nobody’s key fits.</p>"
	e.Summary.Value = "The lock was changed in the night […]"
	if c := new(Repairer).Repair(e, paperSource()); c.Summary != "" {
		t.Errorf("the body says it already: %q", c.Summary)
	}
}
