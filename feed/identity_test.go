package feed

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// remembers is a store's memory of one source.
type remembers struct {
	mode  Identity
	known map[Mark]Known
	last  int64
	rows  int
}

// poll identifies a document and records it as a store does. It answers the
// number of each entry.
func (r *remembers) poll(t *testing.T, entries []Entry) ([]int64, []Identified) {
	t.Helper()
	found := Identify(r.mode, entries, r.lookUp(entries))
	numbers := make([]int64, len(entries))
	for i, f := range found {
		switch {
		case f.Same >= 0:
			if f.Same >= i || found[f.Same].Same >= 0 || len(f.Marks) > 0 {
				t.Fatalf("entry %d repeats %d: %+v", i, f.Same, f)
			}
			numbers[i] = numbers[f.Same]
			continue
		case f.Entry != 0:
			numbers[i] = f.Entry
		default:
			r.last++
			numbers[i] = r.last
		}
		for _, m := range f.Marks {
			if k, ok := r.known[m]; ok && k.Entry != numbers[i] {
				t.Fatalf("entry %d takes a mark of another", i)
			} else if !ok {
				r.rows++
			}
			r.known[m] = Known{Entry: numbers[i], Hash: entries[i].Hash()}
		}
	}
	return numbers, found
}

func (r *remembers) lookUp(entries []Entry) map[Mark]Known {
	some := map[Mark]Known{}
	for _, marks := range Marks(r.mode, entries) {
		for _, m := range marks {
			if k, ok := r.known[m]; ok {
				some[m] = k
			}
		}
	}
	return some
}

// e makes an entry of "id | link | title | body".
func e(line string) Entry {
	parts := strings.Split(line, "|")
	for len(parts) < 4 {
		parts = append(parts, "")
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	entry := Entry{ID: parts[0], Title: Text{Value: parts[2]}, Summary: Text{Value: parts[3]}}
	if parts[1] != "" {
		entry.Links = []Link{{Rel: "alternate", Href: parts[1]}}
	}
	return entry
}

func TestIdentityAsAPersonWouldJudge(t *testing.T) {
	const site = "https://news.example/"
	for _, c := range []struct {
		name  string
		mode  Identity
		polls []string // entries on lines
		want  []string // their numbers
		note  string   // in the last poll's
	}{
		{"an edit keeps the entry", "", []string{
			"a | https://news.example/1 | One",
			"a | https://news.example/1-new | Another title",
		}, []string{"1", "1"}, ""},
		{"a new id is a new entry", "", []string{
			"a | https://news.example/1 | One",
			"b | https://news.example/2 | Two\na | https://news.example/1 | One",
		}, []string{"1", "2 1"}, ""},
		{"an id changes while link and title stay", "", []string{
			"a | https://news.example/1 | One\nb | https://news.example/2 | Two",
			"x:a | https://news.example/1 | One\nx:b | http://www.news.example/2?utm_source=feed | Two",
		}, []string{"1 2", "1 2"}, "its id changed"},
		{"ids that are new at every poll", "", []string{
			"u1 | https://news.example/1 | One", "u2 | https://news.example/1 | One",
			"u3 | https://news.example/1 | One", "u4 | https://news.example/1 | One, edited",
		}, []string{"1", "1", "1", "1"}, "its id"},
		{"a page that bears another text each day", "", []string{
			"day1 | https://news.example/today | Weather for Monday",
			"day2 | https://news.example/today | Weather for Tuesday",
		}, []string{"1", "2"}, ""},
		{"session in a permalink guid", "", []string{
			"http://News.example/1?PHPSESSID=0123456789abcdef | http://news.example/1 | One",
			"https://news.example/1?PHPSESSID=fedcba9876543210 | http://news.example/1 | One, edited",
		}, []string{"1", "1"}, ""},
		{"tracking in a permalink guid without link", "", []string{
			"https://news.example/1?utm_source=a | | One",
			"https://news.example/1?utm_source=b | | One, edited",
		}, []string{"1", "1"}, ""},
		{"case of a permalink guid", "", []string{
			"https://news.example/Article/One | | One", "https://news.example/article/one | | One",
		}, []string{"1", "1"}, "its id changed"},
		{"fragments set entries apart", "", []string{
			"https://news.example/log#1 | https://news.example/log#1 | Release\nhttps://news.example/log#2 | https://news.example/log#2 | Release",
		}, []string{"1 2"}, ""},
		{"one guid for all", "", []string{
			"x | https://news.example/1 | One\nx | https://news.example/2 | Two",
			"x | https://news.example/3 | Three\nx | https://news.example/1 | One\nx | https://news.example/2 | Two",
		}, []string{"1 2", "3 1 2"}, "share the id"},
		{"the front page as guid", "", []string{
			"https://news.example/ | https://news.example/1 | One",
			"https://news.example/ | https://news.example/2 | Two",
		}, []string{"1", "2"}, ""},
		{"missing ids", "", []string{
			" | https://news.example/1 | One\n | https://news.example/2 | Two",
			" | https://news.example/2?utm_medium=rss | Two, edited\n | https://news.example/1 | One",
		}, []string{"1 2", "2 1"}, ""},
		{"ids that come later", "", []string{
			" | https://news.example/1 | One", "a | https://news.example/1 | One",
		}, []string{"1", "1"}, "its id changed"},
		{"neither id nor link", "", []string{
			" | | One | text of one\n | | Two | text of two",
			" | | Three | text\n | | One | text of one\n | | Two | text of two",
		}, []string{"1 2", "3 1 2"}, ""},
		{"all link to the front page", "", []string{
			"a | https://news.example/ | Note\nb | https://news.example/ | Note",
			"c | https://news.example/ | Note\na | https://news.example/ | Note",
		}, []string{"1 2", "3 1"}, ""},
		{"two entries point to one page", "", []string{
			"a | https://other.example/x | A find\nb | https://other.example/x | A find",
			"b | https://other.example/x | A find", "a | https://other.example/x | A find",
		}, []string{"1 2", "2", "1"}, ""},
		{"listed twice", "", []string{
			"a | https://news.example/1 | One\na | https://news.example/1 | One",
		}, []string{"1 1"}, "listed twice"},
		{"listed twice without id", "", []string{
			" | https://news.example/1 | One\n | https://news.example/1 | One",
		}, []string{"1 1"}, "listed twice"},
		{"ids that number the list", "", []string{
			"1 | https://news.example/c | C\n2 | https://news.example/b | B\n3 | https://news.example/a | A",
			"1 | https://news.example/d | D\n2 | https://news.example/c | C\n3 | https://news.example/b | B",
		}, []string{"1 2 3", "4 1 2"}, "places in the list"},
		{"ids that differ only by what tracking uses", "", []string{
			site + "?utm_id=1 | | One\n" + site + "?utm_id=2 | | Two", site + "?utm_id=2 | | Two, edited",
		}, []string{"1 2", "2"}, ""},
		{"by link", ByLink, []string{
			"a | https://news.example/1 | One", "b | http://news.example/1/ | Other", "b | https://news.example/2 | Two",
		}, []string{"1", "1", "2"}, ""},
		{"by link and title", ByLinkTitle, []string{
			"a | https://news.example/1 | One", "a | https://news.example/1 | Two", "c | https://news.example/1 | one",
		}, []string{"1", "2", "1"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := remembers{mode: c.mode, known: map[Mark]Known{}}
			var last []Identified
			for i, poll := range c.polls {
				var entries []Entry
				for _, line := range strings.Split(poll, "\n") {
					entries = append(entries, e(line))
				}
				numbers, found := r.poll(t, entries)
				if got := strings.Trim(fmt.Sprint(numbers), "[]"); got != c.want[i] {
					t.Errorf("poll %d: %s, want %s (%+v)", i, got, c.want[i], found)
				}
				last = found
			}
			note := ""
			for _, f := range last {
				note += f.Note
			}
			if c.note == "" != (note == "") || !strings.Contains(note, c.note) {
				t.Errorf("note %q, want %q", note, c.note)
			}
		})
	}
}

func TestEntriesAreKnownByFewMarks(t *testing.T) {
	r := remembers{known: map[Mark]Known{}}
	var entries []Entry
	for i := range 50 {
		entries = append(entries, e(fmt.Sprintf("https://news.example/?p=%d | https://news.example/%d | Title %d", i, i, i)))
	}
	r.poll(t, entries)
	if r.rows > 100 {
		t.Errorf("%d rows for 50 entries", r.rows)
	}
	for range 5 { // ids that flap don't grow for ever
		for i := range entries {
			entries[i].ID = fmt.Sprintf("%d-%d", i, r.rows)
		}
		r.poll(t, entries)
	}
	if r.rows > 250 || r.last != 50 {
		t.Errorf("%d rows, %d entries", r.rows, r.last)
	}
}

func TestDatesTellEntriesWithoutIDOrLinkApart(t *testing.T) {
	r := remembers{known: map[Mark]Known{}}
	a, b := e(" | | Prices | 1"), e(" | | Prices | 2")
	a.Published, b.Published = time.Unix(1e9, 0), time.Unix(1e9+86400, 0)
	r.poll(t, []Entry{b, a})
	a.Summary.Value = "1, corrected"
	if n, _ := r.poll(t, []Entry{b, a}); n[0] != 1 || n[1] != 2 || r.last != 2 {
		t.Error(n)
	}
}

// The ids of a source changed twice; then an entry's link moves.
func TestAMovedLinkIsKnownWhereIDsChange(t *testing.T) {
	at := time.Date(2026, 3, 2, 8, 13, 20, 0, time.UTC)
	dated := func(line string, at time.Time) Entry {
		one := e(line)
		one.Published = at
		return one
	}
	r := remembers{known: map[Mark]Known{}}
	for i, poll := range [][]Entry{
		{dated("a1 | https://news.example/mill | Mill", at)},
		{dated("a2 | https://news.example/mill | Mill", at)},
		{dated("a3 | https://news.example/mill | The mill again", at)},
		{dated("a3 | https://news.example/2026/mill | The mill again", at)},
		{dated("a4 | https://news.example/2026/mill | The mill again", at)},
	} {
		if n, found := r.poll(t, poll); n[0] != 1 {
			t.Errorf("poll %d: %d %+v", i, n[0], found)
		}
	}
	// Others of the same name: of another time, of a day, or beside it.
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	for i, poll := range [][]Entry{
		{dated("b1 | https://news.example/b | The mill again", at.Add(time.Second))},
		{dated("c1 | https://news.example/c | Prices", day)},
		{dated("c2 | https://news.example/c | Prices", day)},
		{dated("c3 | https://news.example/c | Prices of today", day)},
		{dated("d1 | https://news.example/d | Prices of today", day)},
		{dated("a5 | https://news.example/2026/mill | The mill again", at), dated("e1 | https://news.example/e | The mill again", at)},
	} {
		want := map[int]string{0: "2", 1: "3", 2: "3", 3: "3", 4: "4", 5: "1 5"}[i]
		if n, found := r.poll(t, poll); strings.Trim(fmt.Sprint(n), "[]") != want {
			t.Errorf("poll %d: %d, want %s: %+v", i, n, want, found)
		}
	}
}

func FuzzIdentity(f *testing.F) {
	f.Add("a|https://x.example/1|One\nb|https://x.example/1|One", "b|https://x.example/1|One\nc|https://x.example/1|Two", "")
	f.Add("|http://x.example/|\n||", "http://X.example/?sid=1234567890|http://x.example|", "link")
	f.Add("1|http://x.example/a|A\n2|http://x.example/b|B", "1|http://x.example/b|B\n2|http://x.example/c|C", "link+title")
	f.Fuzz(func(t *testing.T, first, second, mode string) {
		r := remembers{mode: Identity(mode), known: map[Mark]Known{}}
		var polls [2][]Entry
		for i, poll := range []string{first, second} {
			for _, line := range strings.Split(poll, "\n") {
				polls[i] = append(polls[i], e(line))
			}
		}
		r.poll(t, polls[0])
		numbers, found := r.poll(t, polls[1])
		again, _ := r.poll(t, polls[1])
		given := map[int64]int{}
		for i, f := range found {
			if numbers[i] != again[i] && len(f.Marks) > 0 {
				t.Errorf("entry %d is %d, then %d", i, numbers[i], again[i])
			}
			if f.Same < 0 {
				if other, twice := given[numbers[i]]; twice {
					t.Errorf("entries %d and %d are one", other, i)
				}
				given[numbers[i]] = i
			}
		}
	})
}

func BenchmarkIdentity(b *testing.B) {
	var entries []Entry
	for i := range 30 {
		entries = append(entries, e(fmt.Sprintf("https://news.example/?p=%d | https://news.example/2024/03/title-%d?utm_source=feed | A title of the usual length, number %d", i, i, i)))
	}
	b.ReportAllocs()
	for b.Loop() {
		known := map[Mark]Known{}
		for i, marks := range Marks(ByGUID, entries) {
			for _, m := range marks {
				known[m] = Known{Entry: int64(i + 1)}
			}
		}
		Identify(ByGUID, entries, known)
	}
}
