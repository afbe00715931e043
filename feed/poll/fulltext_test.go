package poll

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"copydesk/feed"
)

// pages answer with an article, or an error, by the entry's id.
type pages struct {
	mu    sync.Mutex
	of    map[string]any
	asked []string
}

func (p *pages) article(_ context.Context, _ feed.Source, e *feed.Entry) (*feed.Page, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, e.ID)
	switch answer := p.of[e.ID].(type) {
	case error:
		return nil, answer
	case string:
		if answer == "panic" {
			panic("a page that nobody expected")
		}
		return &feed.Page{Base: "https://a.example/", HTML: answer}, nil
	}
	return nil, errors.New("there is no article on it")
}

func (p *pages) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.asked)
}

func newPageRoom(t *testing.T, of map[string]any) (*room, *pages) {
	r, p := newRoom(t, words{}, "a"), &pages{of: of}
	r.Sources[0].FullText = true
	r.Article = p.article
	return r, p
}

// html is what is archived as the copy's text.
func (r *room) html(t *testing.T, id string) string {
	t.Helper()
	records, err := r.store.Records(t.Context(), []int64{r.store.listing(id).Entry})
	if err != nil || len(records) != 1 {
		t.Fatal(err, len(records))
	}
	return records[0].Copy.HTML
}

func TestArticlesAreHadOnceFromTheirPages(t *testing.T) {
	r, p := newPageRoom(t, map[string]any{"urn:a:1": "<p>all of one", "urn:a:2": "panic", "urn:a:3": &feed.FetchError{Status: 404, Err: errors.New("gone")}})
	r.up.set(at("a"), "A\none | urn:a:1 | a bit of one\ntwo | urn:a:2 | a bit of two\nthree | urn:a:3 | a bit of three\nfour | urn:a:4 | a bit of four")
	r.once(t)
	for id, text := range map[string]string{"urn:a:1": "<p>all of one", "urn:a:2": "a bit of two", "urn:a:3": "a bit of three", "urn:a:4": "a bit of four"} {
		if got := r.html(t, id); got != text {
			t.Errorf("%s: %q", id, got)
		}
	}
	r.up.set(at("a"), "A\none | urn:a:1 | a bit of one\ntwo | urn:a:2 | a bit of two\nthree | urn:a:3 | a bit of three\nfour | urn:a:4 | a bit of four\nfive | urn:a:5")
	if got := r.once(t)["a"]; got.New != 1 || got.Changed != 0 || p.count() != 5 {
		t.Errorf("%+v, after requests for %v", got, p.asked)
	}
}

func TestAnEditAsksForThePageAgainAndAFaultTakesNothingAway(t *testing.T) {
	r, p := newPageRoom(t, map[string]any{"urn:a:1": "<p>all of it"})
	r.up.set(at("a"), "A\none | urn:a:1 | a bit")
	r.once(t)
	p.of["urn:a:1"] = &feed.FetchError{Status: 404, Err: errors.New("gone")}
	r.up.set(at("a"), "A\none, edited | urn:a:1 | a bit")
	r.once(t)
	if got := r.html(t, "urn:a:1"); got != "<p>all of it" || p.count() != 2 {
		t.Errorf("%q after %d requests", got, p.count())
	}
	p.of["urn:a:1"] = "<p>all of it, edited"
	r.up.set(at("a"), "A\none, edited again | urn:a:1 | a bit")
	r.once(t)
	if got := r.html(t, "urn:a:1"); got != "<p>all of it, edited" {
		t.Errorf("%q", got)
	}
}

func TestAPageThatPassinglyFailsIsAskedForThrice(t *testing.T) {
	slow := &feed.FetchError{Err: errors.New("too slow")}
	r, p := newPageRoom(t, map[string]any{"urn:a:1": slow, "urn:a:2": slow})
	for i := range 5 {
		if i == 1 {
			p.of["urn:a:2"] = "<p>all of two"
		}
		r.up.set(at("a"), "A\none | urn:a:1 | a bit\ntwo | urn:a:2 | a bit") // which doesn't change
		r.Sources[0].Every = 1
		r.once(t)
	}
	if p.count() != 3+2 {
		t.Errorf("%v", p.asked)
	}
	if one, two := r.html(t, "urn:a:1"), r.html(t, "urn:a:2"); one != "a bit" || two != "<p>all of two" {
		t.Errorf("%q, %q", one, two)
	}
}

func TestPagesOfAHostThatAsksForPatienceWait(t *testing.T) {
	of := map[string]any{}
	var doc strings.Builder
	doc.WriteString("A")
	for i := range 3 * mostPages / 2 {
		id := fmt.Sprintf("urn:a:%d", i)
		of[id] = &feed.FetchError{Status: 429, Refused: true, Err: errors.New("patience")}
		fmt.Fprintf(&doc, "\nnews %d | %s | a bit", i, id)
	}
	r, p := newPageRoom(t, of)
	r.up.set(at("a"), doc.String())
	r.once(t)
	if n := p.count(); n > pagesAtOnce {
		t.Errorf("%d pages asked for of a host that refuses", n)
	}
	for id := range of {
		of[id] = "<p>all of it"
	}
	before := p.count()
	r.up.set(at("a"), "A\n"+strings.TrimPrefix(doc.String(), "A\n")+"\n")
	r.once(t)
	if n := p.count() - before; n != mostPages {
		t.Errorf("%d pages asked for at one poll", n)
	}
	r.up.set(at("a"), doc.String()+"\nlast | urn:a:last | a bit")
	r.once(t)
	for i := range 3 * mostPages / 2 {
		if got := r.html(t, fmt.Sprintf("urn:a:%d", i)); got != "<p>all of it" {
			t.Fatalf("%d: %q", i, got)
		}
	}
}

func TestPagesThatNobodyAnswersForDontKeepASource(t *testing.T) {
	of := map[string]any{}
	doc := "A"
	for i := range mostPages {
		id := fmt.Sprintf("urn:a:%d", i)
		of[id] = &feed.FetchError{Err: errors.New("too slow")}
		doc += fmt.Sprintf("\nnews %d | %s | a bit", i, id)
	}
	r, p := newPageRoom(t, of)
	r.up.set(at("a"), doc)
	if got := r.once(t)["a"]; got.New != mostPages || p.count() > mostPageFaults+pagesAtOnce {
		t.Errorf("%+v, after %d requests", got, p.count())
	}
	for i := range mostPages {
		if got := r.html(t, fmt.Sprintf("urn:a:%d", i)); got != "a bit" {
			t.Fatalf("%d: %q", i, got)
		}
	}
}

func TestEntriesThatWaitForTheirPagesAreLeftAsTheyAre(t *testing.T) {
	of := map[string]any{}
	doc := "A"
	for i := range 3*mostPages - 10 {
		id := fmt.Sprintf("urn:a:%d", i)
		of[id] = "<p>all of it"
		doc += fmt.Sprintf("\nnews %d | %s | a bit", i, id)
	}
	r, p := newPageRoom(t, of)
	r.up.set(at("a"), doc)
	for i, changed := range []int{0, mostPages, mostPages - 10, 0} {
		if got := r.once(t)["a"]; got.Changed != changed {
			t.Errorf("poll %d: %+v", i, got)
		}
	}
	if p.count() != len(of) {
		t.Errorf("%d requests for %d pages", p.count(), len(of))
	}
}
