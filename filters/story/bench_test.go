package story

import (
	"flag"
	"fmt"
	"math/rand"
	"runtime"
	"strings"
	"testing"
	"time"

	"copydesk/feed"
)

var large = flag.Bool("large", false, "benchmark an archive of a million entries too")

// archive makes up entries as a few hundred sources would send them: 20,000
// in three days, of which half tell a story that others tell too.
type archive struct {
	r     *rand.Rand
	words []string
	names []string
	start time.Time
	event []event
}

type event struct {
	names   []string
	numbers []string
	words   []string
}

func newArchive() *archive {
	a := &archive{r: rand.New(rand.NewSource(1)), start: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)}
	syllables := strings.Fields("ba ke li mo nu ra se ti vo wa den fer gol han jor kal lun mar nor pel ros sel tan ver wil zor qui lan bre sto gra")
	word := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(syllables[a.r.Intn(len(syllables))])
		}
		return b.String()
	}
	for range 20000 {
		a.words = append(a.words, word(2+a.r.Intn(3)))
	}
	for range 5000 {
		w := word(2 + a.r.Intn(2))
		a.names = append(a.names, strings.ToUpper(w[:1])+w[1:])
	}
	return a
}

// pick takes one of n, the first much more often than the last, as words are.
func (a *archive) pick(n int) int {
	f := a.r.Float64()
	return int(f * f * f * float64(n))
}

func (a *archive) happen() event {
	var e event
	for range 6 {
		e.names = append(e.names, a.names[a.pick(len(a.names))])
	}
	for range 6 {
		e.numbers = append(e.numbers, fmt.Sprint(a.r.Intn(3000)))
	}
	for range 60 {
		e.words = append(e.words, a.words[a.pick(len(a.words))])
	}
	return e
}

// entry makes the nth entry.
func (a *archive) entry(n int) (*feed.Copy, Placed) {
	var e event
	if len(a.event) > 200 && a.r.Intn(2) == 0 {
		e = a.event[len(a.event)-1-a.r.Intn(200)]
	} else {
		e = a.happen()
		a.event = append(a.event[max(0, len(a.event)-400):], e)
	}
	var b strings.Builder
	for i := range 300 {
		switch {
		case i%17 == 3:
			b.WriteString(e.names[a.r.Intn(len(e.names))])
		case i%29 == 5:
			b.WriteString(e.numbers[a.r.Intn(len(e.numbers))])
		case i%3 == 0:
			b.WriteString(e.words[a.r.Intn(len(e.words))])
		case i%3 == 1:
			b.WriteString("the")
		default:
			b.WriteString(a.words[a.pick(len(a.words))])
		}
		if i%14 == 13 {
			b.WriteString(".")
		}
		b.WriteByte(' ')
	}
	at := a.start.Add(time.Duration(n) * DefaultWindow / 20000)
	source := fmt.Sprint("source-", a.r.Intn(300))
	c := &feed.Copy{
		Title: e.names[0] + " " + e.words[0] + " " + e.words[1] + " " + e.numbers[0], Text: b.String(), Language: "en", Published: at, Words: 300,
		Link: fmt.Sprintf("https://%s.example/%d", source, n), HTML: `<p><a href="https://www.example.org/about?x=` + source + `">x</a></p>`,
	}
	return c, Placed{Entry: int64(n + 1), Source: source, Host: source + ".example", At: at}
}

func BenchmarkSign(b *testing.B) {
	a := newArchive()
	c, _ := a.entry(0)
	b.ReportAllocs()
	b.SetBytes(int64(len(c.Text)))
	for b.Loop() {
		Sign(c)
	}
}

// BenchmarkPlace finds and records the story of an entry, with the archive
// behind it: what left the window is forgotten, as it is while polling.
func BenchmarkPlace(b *testing.B) {
	a := newArchive()
	pool := make([]Placed, 24_000) // the window, and what is forgotten late
	for i := range pool {
		c, p := a.entry(i)
		p.Signature = Sign(c)
		pool[i] = p
	}
	round := time.Duration(len(pool)) * DefaultWindow / 20_000
	for _, archived := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(archived), func(b *testing.B) {
			if archived > 100_000 && (!*large || testing.Short()) {
				b.Skip("takes minutes: run with -args -large")
			}
			x := NewIndex(Options{})
			n := 0
			step := func() {
				p := pool[n%len(pool)]
				p.At = p.At.Add(round * time.Duration(n/len(pool)))
				n++
				p.Entry = int64(n)
				got := x.Place(p)
				if p.Story = p.Entry; len(got.Stories) > 0 {
					p.Story = got.Stories[0]
				}
				x.Add(p)
				for _, m := range got.Moves {
					to := p.Story
					if m.To != 0 {
						to = max(m.To, m.Entry)
					}
					x.Move(m.Entry, to, false)
				}
				if n%1000 == 0 {
					x.Forget(p.At.Add(-DefaultWindow))
				}
			}
			for n < archived {
				step()
			}
			b.ReportAllocs()
			for b.Loop() {
				step()
			}
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.HeapAlloc)/1e6, "MB")
			b.ReportMetric(float64(x.Len()), "entries")
			runtime.KeepAlive(pool)
		})
	}
}
