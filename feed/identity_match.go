package feed

import "fmt"

// An identification is Identify at work on one document.
type identification struct {
	entries []Entry
	signs   []signs
	known   map[Mark]Known
	found   []Identified
	owner   map[int64]int // which entry of the document a known one was found to be
	kept    map[Mark]int  // whose a mark is from now on
}

// weighIDs drops ids that tell nothing: those that different entries of the
// document share.
func (d *identification) weighIDs() {
	for _, kind := range []int{byID, byExact} {
		for _, group := range d.groups(kind) {
			if !d.differ(group) {
				continue
			}
			for _, i := range group {
				d.signs[i][kind].set = false
				if kind == byExact {
					d.signs[i][byLink].weak = false
					d.found[i].Note = fmt.Sprintf("%d entries share the id %q; known by link and title", len(group), d.entries[i].ID)
				}
			}
		}
	}
	// Links that entries with ids of their own share tell nothing either.
	for _, kind := range []int{byLinkTitle, byLink, byMoved} {
		for _, group := range d.groups(kind) {
			if d.haveOwnIDs(group) {
				for _, i := range group {
					d.signs[i][kind].set = false
				}
			}
		}
	}
}

// groups lists the entries that share a sign, where there are several.
func (d *identification) groups(kind int) [][]int {
	by := map[Mark][]int{}
	for i := range d.signs {
		if s := d.signs[i][kind]; s.set {
			by[s.mark] = append(by[s.mark], i)
		}
	}
	var shared [][]int
	for i := range d.signs { // in document order
		if s := d.signs[i][kind]; s.set && len(by[s.mark]) > 1 && by[s.mark][0] == i {
			shared = append(shared, by[s.mark])
		}
	}
	return shared
}

// differ reports whether entries that share an id are different ones: their
// links differ, or, where they have none, their titles or texts.
func (d *identification) differ(group []int) bool {
	first := &d.entries[group[0]]
	for _, i := range group[1:] {
		e := &d.entries[i]
		a, b := linkKey(first.Link("alternate")), linkKey(e.Link("alternate"))
		if a == b && foldTitle(first.Title) == foldTitle(e.Title) {
			if a != "" || first.Title.Value != "" || foldTitle(first.Body()) == foldTitle(e.Body()) {
				continue
			}
		}
		if a != b && foldTitle(first.Title) == foldTitle(e.Title) && foldTitle(first.Body()) == foldTitle(e.Body()) {
			continue // the same thing at two addresses
		}
		return true
	}
	return false
}

// haveOwnIDs reports whether some of the entries have ids that set them apart.
func (d *identification) haveOwnIDs(group []int) bool {
	seen := map[Mark]bool{}
	for _, i := range group {
		if s := d.idSign(i); s.set {
			seen[s.mark] = true
		}
	}
	return len(seen) > 1
}

// idSign is the sign of an entry's id in force.
func (d *identification) idSign(i int) sign {
	if s := d.signs[i][byID]; s.set {
		return s
	}
	return d.signs[i][byExact]
}

// findRepeated finds entries that the document lists twice.
func (d *identification) findRepeated() {
	first := map[Mark]int{}
	for i := range d.signs {
		for _, s := range d.signs[i] {
			if !s.set || s.weak {
				continue
			}
			if earlier, ok := first[s.mark]; ok && d.found[i].Same < 0 && d.found[earlier].Same < 0 {
				d.found[i].Same = earlier
			}
		}
		if d.found[i].Same >= 0 {
			d.found[i].Note = "listed twice in the same document"
			continue
		}
		for _, s := range d.signs[i] {
			if _, ok := first[s.mark]; s.set && !ok {
				first[s.mark] = i
			}
		}
	}
}

// findNumbered finds ids that number the places of a list: two or more, and
// most of those known, belong to other entries than link and title say.
func (d *identification) findNumbered() {
	agree, disagree := 0, 0
	for i := range d.signs {
		a, known := d.byID(i)
		b, alsoKnown := d.known[d.signs[i][byLinkTitle].mark]
		if !known || !alsoKnown || !d.signs[i][byLinkTitle].set {
			continue
		}
		if a.Entry == b.Entry {
			agree++
		} else {
			disagree++
		}
	}
	if disagree < 2 || disagree <= agree {
		return
	}
	for i := range d.signs {
		if d.idSign(i).set {
			d.signs[i][byExact].set, d.signs[i][byID].set = false, false
			d.signs[i][byLink].weak = false
			d.found[i].Note = "ids name places in the list, not entries; known by link and title"
		}
	}
}

// byID looks an entry's id up.
func (d *identification) byID(i int) (Known, bool) {
	for _, kind := range []int{byExact, byID} {
		if s := d.signs[i][kind]; s.set {
			if k, ok := d.known[s.mark]; ok {
				return k, true
			}
		}
	}
	return Known{}, false
}

// match gives entries to those that the store knows by the given signs; a
// known entry is given away once.
func (d *identification) match(kinds ...int) {
	for _, kind := range kinds {
		for i := range d.found {
			f := &d.found[i]
			if f.Entry != 0 || f.Same >= 0 || !d.signs[i][kind].set {
				continue
			}
			k, ok := d.known[d.signs[i][kind].mark]
			if !ok {
				continue
			}
			if _, taken := d.owner[k.Entry]; taken {
				continue
			}
			f.Entry, f.Hash = k.Entry, k.Hash
			d.owner[k.Entry] = i
			if kind > byID && d.idSign(i).set {
				f.Note = "its id changed; known by its link and title"
				switch kind {
				case byLink:
					f.Note = "its id and title changed; known by its link"
				case byMoved:
					f.Note = "its id and link changed; known by its title and date"
				}
			}
		}
	}
}

// keep lists the marks that an entry is to be known by. Marks of other
// entries stay theirs.
func (d *identification) keep(i int) {
	f := &d.found[i]
	if f.Same >= 0 {
		f.Entry, f.Hash = d.found[f.Same].Entry, d.found[f.Same].Hash
		return
	}
	changed := f.Entry != 0 && d.idSign(i).set
	if changed {
		_, idKnown := d.byID(i)
		changed = !idKnown
	}
	link := d.signs[i][byLink]
	flapping := changed && link.set && d.known[link.mark].Entry == f.Entry
	for kind, s := range d.signs[i] {
		switch {
		case !s.set:
			continue
		case kind == byExact && (d.signs[i][byID].set && !d.isKnown(s.mark, f.Entry) || flapping):
			continue // known without what flaps, or a new one at every poll
		case kind == byID && (flapping || d.isKnown(d.signs[i][byExact].mark, f.Entry) && !d.isKnown(s.mark, f.Entry)):
			continue
		case kind == byMoved && !flapping && !d.isKnown(s.mark, f.Entry):
			continue // as are title and date where ids changed more than once
		case kind == byLink && s.weak && !changed && !d.isKnown(s.mark, f.Entry):
			continue // the link alone is believed where ids were seen to change
		}
		if k, ok := d.known[s.mark]; ok && k.Entry != f.Entry {
			continue
		}
		if other, ok := d.kept[s.mark]; ok && other != i {
			continue
		}
		d.kept[s.mark] = i
		f.Marks = append(f.Marks, s.mark)
	}
}

func (d *identification) isKnown(m Mark, entry int64) bool {
	k, ok := d.known[m]
	return ok && entry != 0 && k.Entry == entry
}
