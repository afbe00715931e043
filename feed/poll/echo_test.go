package poll

import (
	"fmt"
	"slices"
	"testing"
)

func TestOwnEditionsAreNoSources(t *testing.T) {
	r := newRoom(t, words{}, "a")
	r.Own = func(address string) bool { return address == at("a") }
	if a := r.once(t)["a"]; a.Err == nil || r.up.count() > 0 {
		t.Errorf("%+v, %d requests", a, r.up.count())
	}
}

// Ids that we made come back by way of others: that is no news, and nothing
// for which a source would be asked more often.
func TestOwnIDsThatComeBackAreNoNews(t *testing.T) {
	r := newRoom(t, words{}, "a", "mirror")
	r.up.set(at("a"), "A\none | 1")
	r.once(t)
	minted := r.store.published("all")[0]
	r.up.set(at("mirror"), "Mirror\nfirst | urn:m:1")
	r.once(t)
	changed := r.store.state("mirror").Changed
	for round := range 5 {
		text := "Mirror\nfirst | urn:m:1"
		for i, id := range r.store.published("all") {
			if id != "urn:m:1" {
				text += fmt.Sprintf("\ncopy %d of round %d | %s", i, round, id)
			}
		}
		r.up.set(at("mirror"), text)
		if m := r.once(t)["mirror"]; m.New != 0 || m.Status != "unchanged" {
			t.Errorf("round %d: %+v", round, m)
		}
	}
	want(t, r.store.published("all"), minted, "urn:m:1")
	if st := r.store.state("mirror"); !st.Changed.Equal(changed) || st.Entries != 2 {
		t.Errorf("%+v", st)
	}
	// Also when the content of what we published was forgotten.
	r.store.forget(r.store.listing(minted).Entry)
	r.up.set(at("mirror"), "Mirror\nfirst | urn:m:1\nagain | "+minted)
	if m := r.once(t)["mirror"]; m.New != 0 {
		t.Errorf("%+v", m)
	}
}

// Two sources list what another copydesk publishes, under an id that it made:
// each has a rendition of it.
func TestIDsOfAnotherCopydeskAreUpstreams(t *testing.T) {
	const foreign = "tag:far.example,2026:copydesk/wire/7"
	for _, forgotten := range []bool{false, true} {
		r := newRoom(t, words{}, "a", "b")
		r.up.set(at("a"), "A\nquake | "+foreign)
		r.once(t)
		if forgotten {
			r.store.forget(1)
		}
		r.up.set(at("b"), "B\nquake | "+foreign)
		if b := r.once(t)["b"]; b.New != 1 {
			t.Errorf("%+v", b)
		}
		if n := len(r.store.records); n != 2 || r.store.records[2].PublicID == foreign {
			t.Errorf("%d entries, the second is %+v", n, r.store.records[2])
		}
		if forgotten {
			continue
		}
		want(t, r.store.published("all"), foreign)
		if l := r.store.listing(foreign); !slices.Equal(l.Related, []int64{2}) {
			t.Errorf("%+v", l)
		}
		// What we made of it comes back by way of a third one.
		r.up.set(at("b"), "B\nquake | "+foreign+"\nanother | "+r.store.records[2].PublicID)
		if b := r.once(t)["b"]; b.New != 0 || len(r.store.records) != 2 {
			t.Errorf("%+v", b)
		}
	}
}

func TestTheLaterOfTwoWithOneIDGetsATag(t *testing.T) {
	r := newRoom(t, words{}, "a", "b")
	r.up.set(at("a"), "A\none | urn:1")
	r.once(t)
	r.up.set(at("b"), "B\nanother | urn:1\nthird | tag:b.example,2026:copydesk/b/urn:1/2")
	r.once(t)
	got := r.store.published("all")
	if len(got) != 3 || !slices.Contains(got, "urn:1") {
		t.Errorf("%v", got)
	}
	// Upstream took the id beforehand that we would make.
	r = newRoom(t, words{}, "a", "b")
	r.up.set(at("a"), "A\none | urn:1\ntwo | tag:b.example,2026:copydesk/b/urn:1/3")
	r.once(t)
	r.up.set(at("b"), "B\nanother | urn:1")
	if b := r.once(t)["b"]; b.Err != nil || len(r.store.published("all")) != 3 {
		t.Errorf("%+v %v", b, r.store.published("all"))
	}
}
