package repair

import (
	"hash/fnv"
	"strings"
)

// sectionOf returns the part of a title that stands before the site's name,
// behind the same separator, if it is short enough for the name of a section.
func sectionOf(site *affix) (affix, bool) {
	if site.front || site.mark == "" || site.mark == "[" || site.dashed() {
		return affix{}, false
	}
	for _, s := range affixes(site.rest) {
		if s.front || s.mark != site.mark {
			continue
		}
		return s, !s.dashed() && s.plausible() && len(strings.Fields(s.text)) <= 3 && columns(s.text) <= 24
	}
	return affix{}, false
}

// dashed reports whether a part stands behind a dash within a word.
func (a *affix) dashed() bool {
	return a.tight && (a.mark == "-" || a.mark == "–" || a.mark == "—" || a.mark == "―")
}

// sectionKeys are what is counted of the sections before a site's name: the
// titles that have one, the different ones, and the titles that have this one.
func sectionKeys(site, section *affix) (place, kinds, this uint64) {
	key := func(kind, text string) uint64 {
		h := fnv.New64a()
		h.Write([]byte("\x00" + kind + lettersOf(site.text) + "\x00" + text + "\x00" + site.mark)) // never fails
		return h.Sum64()
	}
	return key("place", ""), key("kinds", ""), key("this", lettersOf(section.text))
}

// learnSection counts the section that may stand in a title.
func (f *Furniture) learnSection(title string) {
	all := affixes(title)
	for i := range all {
		a := &all[i]
		if a.front || a.mark == "[" || !a.plausible() {
			continue
		}
		if s, ok := sectionOf(a); ok {
			place, kinds, this := sectionKeys(a, &s)
			if f.affixes[this].count == 0 {
				f.countAffix(kinds)
			}
			f.countAffix(place)
			f.countAffix(this)
		}
		return // what stands last may be the site's name
	}
}

func (f *Furniture) countAffix(k uint64) {
	s := f.affixes[k]
	s.count++
	s.last = f.Version
	f.affixes[k] = s
}

// section reports whether what stands before the site's name is one of the
// site's sections: its titles have one there, and the same few recur. Parts of
// headlines hardly do.
func (f *Furniture) section(site, section *affix) bool {
	if f == nil {
		return false
	}
	placeKey, kindsKey, thisKey := sectionKeys(site, section)
	place, kinds, this := f.affixes[placeKey].count, f.affixes[kindsKey].count, f.affixes[thisKey].count
	if place < 5 || place*2 < f.often(site) || kinds*2 > place {
		return false
	}
	return this >= 2 || place >= 8 && place*5 >= f.often(site)*4
}
