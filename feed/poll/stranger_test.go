package poll

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestAnotherFeedAtTheOldAddressIsLeftAloneForTwoDays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, words{}, "a")
		r.up.set(at("a"), "Pier News\none | urn:a:1")
		r.once(t)
		r.up.set(at("a"), "Casino Bonus\nwin | urn:x:1\nwin more | urn:x:2")
		for range 40 {
			pass(time.Hour)
			if a := r.once(t)["a"]; a.Err == nil || !strings.Contains(a.Error, "Casino Bonus") {
				t.Fatalf("%+v", a)
			}
		}
		r.up.set(at("a"), "Pier News\none | urn:a:1\ntwo | urn:a:2")
		if a := r.once(t)["a"]; a.Err != nil || a.New != 1 {
			t.Errorf("%+v", a)
		}
		want(t, r.store.published("all"), "urn:a:1", "urn:a:2")
		if st := r.store.state("a"); st.Title != "Pier News" || st.Stranger != "" || st.Error != "" {
			t.Errorf("%+v", st)
		}
		// A site that was made anew comes through.
		r.up.set(at("a"), "Harbour Weekly\nthree | urn:h:3")
		for range 49 {
			r.once(t)
			pass(time.Hour)
		}
		r.once(t)
		want(t, r.store.published("all"), "urn:a:1", "urn:a:2", "urn:h:3")
	})
}

// A clock that was a year ahead when another feed answered first doesn't make
// the two days a year.
func TestAnotherFeedIsBelievedAfterAClockThatWasAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, words{}, "a")
		ahead := time.Duration(0)
		r.Now = func() time.Time { return time.Now().Add(ahead) }
		r.up.set(at("a"), "Pier News\none | urn:a:1")
		r.once(t)
		r.up.set(at("a"), "Harbour Weekly\nthree | urn:h:3")
		ahead = 366 * 24 * time.Hour
		r.once(t)
		ahead = 0
		for range 50 {
			r.once(t)
			pass(time.Hour)
		}
		want(t, r.store.published("all"), "urn:a:1", "urn:h:3")
	})
}

func TestASourceMayBeConfiguredWithAPage(t *testing.T) {
	r := newRoom(t, words{}, "a")
	r.up.set(at("a"), "page: https://a.example/none https://a.example/atom https://a.example/comments")
	r.up.set("https://a.example/atom", "A\none | urn:a:1")
	a := r.once(t)["a"]
	if a.Err != nil || a.Feed != "https://a.example/atom" {
		t.Fatalf("%+v", a)
	}
	want(t, r.store.published("all"), "urn:a:1")
	r.once(t)
	want(t, r.up.asked[len(r.up.asked)-1:], "https://a.example/atom*")
	// The feed moves; the page says where to.
	r.up.set("https://a.example/atom", "page:")
	r.up.set("https://a.example/new", "A\none | urn:a:1\ntwo | urn:a:2")
	r.up.set(at("a"), "page: https://a.example/new")
	for range movedFailures {
		if a := r.once(t)["a"]; a.Err == nil {
			t.Fatalf("%+v", a)
		}
	}
	if a := r.once(t)["a"]; a.Err != nil || a.New != 1 || a.Feed != "https://a.example/new" {
		t.Errorf("%+v", a)
	}
}

// What was a feed and is a page for a day stays the feed that it was.
func TestAPageInPlaceOfAFeedIsAFault(t *testing.T) {
	r := newRoom(t, words{}, "a")
	r.up.set(at("a"), "A\none | urn:a:1")
	r.once(t)
	r.up.set(at("a"), "page: https://portal.example/offers")
	r.up.set("https://portal.example/offers", "Offers\nbuy | urn:o:1")
	if a := r.once(t)["a"]; a.Err == nil || !strings.Contains(a.Error, "which offers") {
		t.Errorf("%+v", a)
	}
	r.up.set(at("a"), "A\none | urn:a:1\ntwo | urn:a:2")
	r.once(t)
	want(t, r.store.published("all"), "urn:a:1", "urn:a:2")
}
