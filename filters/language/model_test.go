package language

import (
	"slices"
	"strings"
	"testing"
)

func TestTheTableCanBeRead(t *testing.T) {
	m, err := unpack(packed)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.languages) > maxLanguages || len(load().all) > maxAll {
		t.Error("more languages than there is room for")
	}
	for _, v := range m.votes {
		if int(v.language) >= len(m.languages) {
			t.Fatal("a vote for no language")
		}
	}
}

func TestADamagedTableIsRefused(t *testing.T) {
	for n := 0; n < len(packed); n += len(packed)/50 + 1 {
		if _, err := unpack(packed[:n]); err == nil {
			t.Errorf("%d bytes of it are accepted", n)
		}
	}
	if _, err := unpack(append([]byte{formatVersion + 1}, packed[1:]...)); err == nil {
		t.Error("another version is accepted")
	}
}

func TestKnownLanguages(t *testing.T) {
	known := Known()
	for _, l := range strings.Fields("en de fr es it pt nl sv da no fi is pl cs sk hu ro bg hr sr sr-Latn bs sl uk ru be el tr ar fa he hi bn ta th vi id ms ko ja zh zh-Hant ca et lv lt gl pt-BR") {
		if !slices.Contains(known, l) {
			t.Errorf("%s can't be told", l)
		}
	}
	for i, l := range known {
		if slices.Contains(known[:i], l) || Canonical(l) != l {
			t.Errorf("%s is listed twice or by another name", l)
		}
	}
}

func TestAWordsSequencesAreThoseThatAreAdded(t *testing.T) {
	m := load()
	for _, w := range []string{"a", "straße", "неділя", "unwahrscheinlichkeit", strings.Repeat("ена", 200), strings.Repeat("ena", 200)} {
		var added, summed scores
		m.add(&added, []rune(w), 1)
		sequences([]rune(w), func(key uint32) {
			var t tally
			t.take(m, []uint32{key}, &summed, 1)
			t.flush(&summed, 1)
		})
		if added != summed {
			t.Errorf("%s: scores differ", w)
		}
	}
}

func TestTheTableIsSmall(t *testing.T) {
	m := load()
	size := len(m.slots)*8 + cap(m.votes)*2 + cap(m.rows)*8*len(row{})
	if len(packed) > 4<<20 || size > 17<<20 {
		t.Errorf("%d bytes packed, %d in memory", len(packed), size)
	}
	t.Logf("%d bytes packed, %d in memory", len(packed), size)
}

func BenchmarkTitle(b *testing.B) {
	load()
	for b.Loop() {
		Identify("Council approves new tram line across the old harbour")
	}
}

func BenchmarkBody2KB(b *testing.B) {
	load()
	body := strings.Repeat("The library will stay open until midnight while the students prepare for their exams, the council said.\n", 20)[:2048]
	b.ReportAllocs()
	for b.Loop() {
		Of("Council approves new tram line across the old harbour", body, "en", "en")
	}
}

func BenchmarkStart(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := unpack(packed); err != nil {
			b.Fatal(err)
		}
	}
}
