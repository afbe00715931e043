package parse

import (
	"strconv"
	"strings"
)

// What one document may hold; what lies beyond is left out and the document
// is marked damaged.
const (
	maxDepth    = 24     // branches within branches
	maxEntries  = 60_000 // in a document
	maxParts    = 4_000  // elements of one entry, or of the feed itself
	maxListed   = 500    // categories, people or enclosures of one entry
	maxHubs     = 10
	maxBase     = 2048    // bytes of an address that others start from: each entry keeps its own
	maxShared   = 4 << 10 // bytes of the feed's authors, whom each entry has that names none
	maxName     = 128     // bytes of an element's name
	maxAttrs    = 64      // of one element
	maxBindings = 256     // namespaces in scope
	batchSize   = 128 << 10
)

// A scope is an open branch.
type scope struct {
	qname    string // as it stands in the document
	as       string // as it stands in the skeleton; empty: it isn't written
	base     string
	lang     string // nearest xml:lang
	bindings int    // how many were in force outside
	isEntry  bool
	begun    int  // offset of the entry in the skeleton
	first    int  // number of the entry's first element
	holds    bool // something stands in it
}

type binding struct{ prefix, space string }

// resolved is what a name means where it stands.
type resolved struct {
	form form
	ok   bool
}

// A scanner passes once over a document's characters. It mends and bounds
// what it meets, keeps the text of each element we want, and writes a
// skeleton: the same elements in well-formed XML, each holding but the number
// under which its text is kept.
type scanner struct {
	t      string
	pos    int
	faults faults

	format   string // "rss" or "atom"; empty before the root
	version  string
	rootLang string // xml:lang of the root
	lang     string // xml:lang of the channel
	entities entities

	open     []scope
	bindings []binding
	names    map[string]resolved
	attrs    []rawAttr

	head, batch sink
	inEntry     bool
	entries     int
	closed      bool // the root's end was seen
	whole       bool // the channel's end was seen, outside of which RSS 2.0 has nothing
	html        bool // the document is a page
	page        bool // its document type says so
	root        string

	absent map[string]int // where the search for a mark's end found none, up to the document's end

	flush func() error // translates and empties the batch
}

// find is strings.Index in what is left from the given place on. That there
// is none is remembered: many open comments must not be as many searches.
func (s *scanner) find(mark string, from int) int {
	if at, ok := s.absent[mark]; ok && from >= at {
		return -1
	}
	i := strings.Index(s.t[from:], mark)
	if i < 0 {
		s.absent[mark] = from
	}
	return i
}

func (s *scanner) sink() *sink {
	if s.inEntry {
		return &s.batch
	}
	return &s.head
}

func (s *scanner) top() *scope { return &s.open[len(s.open)-1] }

// scan reads the document. base is the address that it has.
func (s *scanner) scan(base string) error {
	s.names, s.absent = map[string]resolved{}, map[string]int{}
	s.open = append(s.open, scope{base: base})
	for s.pos < len(s.t) && !s.closed && !s.html {
		i := strings.IndexByte(s.t[s.pos:], '<')
		if i < 0 {
			s.stray(s.t[s.pos:])
			s.pos = len(s.t)
			break
		}
		s.stray(s.t[s.pos : s.pos+i])
		s.pos += i
		switch {
		case s.special():
		case strings.HasPrefix(s.t[s.pos:], "</"):
			if err := s.endTag(); err != nil {
				return err
			}
		case beginsTag(s.t[s.pos:]):
			if err := s.startElement(); err != nil {
				return err
			}
		default:
			s.faults.add(bareLess, s.pos)
			s.pos++
		}
	}
	if s.format != "" && !s.closed {
		if s.whole && len(s.open) == 2 {
			s.faults.add(unclosed, len(s.t)) // only the root's end tag is missing
		} else {
			s.faults.add(truncated, len(s.t))
		}
		if s.inEntry {
			s.dropEntry()
		}
	}
	if s.closed && strings.Contains(s.t[s.pos:], "<") && !onlyComments(s.t[s.pos:]) {
		s.faults.add(afterRoot, s.pos)
	}
	return s.flush()
}

// stray notes characters that stand where none may: before the root.
func (s *scanner) stray(run string) {
	if s.format == "" && strings.TrimSpace(run) != "" {
		s.faults.add(beforeRoot, s.pos)
	}
}

// startElement reads the element whose start tag is at pos: a branch is
// opened, a leaf read to its end, anything else passed over.
func (s *scanner) startElement() error {
	at := s.pos
	qname, empty, next, ok := s.startTag(at)
	if !ok {
		s.faults.add(openTag, at)
	}
	s.pos = next
	bindings := len(s.bindings)
	if len(s.attrs) > 0 {
		s.bind()
	}
	if s.format == "" {
		s.findRoot(qname, empty, bindings)
		if s.format == "" {
			s.unbind(bindings)
			return nil
		}
		if s.closed {
			return nil
		}
		if r := s.resolve(qname); r.form.kind != entry {
			return nil
		}
	}
	r := s.resolve(qname)
	f := r.form
	if f.kind != entry {
		s.top().holds = true
	}
	if f.kind == branch && f.as == "channel" {
		s.channel(qname, empty, bindings)
		return nil
	}
	if f.as == own+":author" && !empty && beginsWithPart(s.t[s.pos:]) {
		f = form{kind: branch, as: "atom:author"}
	}
	switch {
	case f.kind == entry && s.inEntry:
		if !s.closeEntryBefore(qname) {
			s.skip(qname, empty)
			s.unbind(bindings)
			return nil
		}
		if err := s.endEntry(); err != nil {
			return err
		}
		s.pos = at // read again where it belongs
		s.unbind(bindings)
		return nil
	case f.kind == entry && s.entries >= maxEntries:
		s.faults.add(tooMany, at)
		s.closed = true
		return nil
	case f.kind == entry:
		s.beginEntry(qname, bindings)
		if empty {
			return s.endEntry()
		}
		return nil
	case f.kind == skipped || len(s.open) > maxDepth || s.full():
		if f.kind != skipped {
			s.faults.add(tooMuch, at)
		}
		s.skip(qname, empty)
	case f.kind == branch:
		s.beginBranch(qname, f, bindings)
		if empty {
			s.endBranch()
		}
		return nil
	default:
		s.leaf(qname, f, empty)
	}
	s.unbind(bindings)
	return nil
}

func (s *scanner) full() bool {
	if s.inEntry {
		return len(s.batch.elements)-s.entryScope().first > maxParts
	}
	return len(s.head.elements) > maxParts
}

func (s *scanner) entryScope() *scope {
	for i := len(s.open) - 1; i > 0; i-- {
		if s.open[i].isEntry {
			return &s.open[i]
		}
	}
	return &s.open[0]
}

// channel opens RSS's channel, which the skeleton has of its own.
func (s *scanner) channel(qname string, empty bool, bindings int) {
	if empty {
		s.unbind(bindings)
		return
	}
	s.push(scope{qname: qname, bindings: bindings})
	if own := s.xml("lang"); own != "" {
		s.lang = own
	}
	e := element{attrs: s.keepAttrs(), base: s.top().base}
	s.head.skeleton = append(s.head.skeleton, "<"+own+":"+anchor+">"...)
	s.head.skeleton = strconv.AppendInt(s.head.skeleton, int64(s.head.add(e)), 10)
	s.head.skeleton = append(s.head.skeleton, "</"+own+":"+anchor+">"...)
}

// push opens a scope under the attributes of the tag just read.
func (s *scanner) push(c scope) {
	outer := s.top()
	c.base, c.lang = outer.base, outer.lang
	if b := s.xml("base"); b != "" {
		c.base = resolveBase(outer.base, b)
	}
	if l := s.xml("lang"); l != "" {
		c.lang = l
	}
	s.open = append(s.open, c)
}

func (s *scanner) beginEntry(qname string, bindings int) {
	s.inEntry = true
	s.entries++
	s.push(scope{qname: qname, as: entryName(s.format), bindings: bindings, isEntry: true,
		begun: len(s.batch.skeleton), first: len(s.batch.elements)})
	e := element{attrs: s.keepAttrs(), base: s.top().base, lang: s.xml("lang")}
	k := &s.batch
	k.skeleton = append(k.skeleton, '<')
	k.skeleton = append(k.skeleton, s.top().as...)
	k.skeleton = append(k.skeleton, "><"+own+":"+anchor+">"...)
	k.skeleton = strconv.AppendInt(k.skeleton, int64(k.add(e)), 10)
	k.skeleton = append(k.skeleton, "</"+own+":"+anchor+">"...)
}

func entryName(format string) string {
	if format == "atom" {
		return "entry"
	}
	return "item"
}

// closeEntryBefore decides about an entry within an entry: one whose end tag
// is missing ends here.
func (s *scanner) closeEntryBefore(qname string) bool {
	e := s.entryScope()
	if e.qname != qname {
		return false
	}
	s.faults.add(unclosed, s.pos)
	return true
}

// endEntry closes the open entry and all that is open in it.
func (s *scanner) endEntry() error {
	for s.inEntry {
		s.endBranch()
	}
	if len(s.batch.skeleton) > batchSize {
		return s.flush()
	}
	return nil
}

// dropEntry forgets the open entry: its end never came.
func (s *scanner) dropEntry() {
	e := s.entryScope()
	s.batch.skeleton = s.batch.skeleton[:e.begun]
	s.batch.elements = s.batch.elements[:e.first]
	s.entries--
	s.inEntry = false
}

func (s *scanner) beginBranch(qname string, f form, bindings int) {
	s.push(scope{qname: qname, as: s.asWritten(qname, f), bindings: bindings})
	k := s.sink()
	n := k.add(element{attrs: s.keepAttrs(), base: s.top().base, lang: s.xml("lang")})
	k.skeleton = append(k.skeleton, '<')
	k.skeleton = append(k.skeleton, s.top().as...)
	k.skeleton = append(k.skeleton, '>')
	if strings.Contains(s.top().as, ":") { // gofeed keeps characters beside children of foreign elements only
		k.skeleton = strconv.AppendInt(k.skeleton, int64(n), 10)
	}
}

// endBranch closes the innermost scope.
func (s *scanner) endBranch() {
	c := s.top()
	if c.isEntry && !c.holds && s.batch.elements[c.first].attrs == nil {
		s.dropEntry() // it holds nothing
	} else if c.as != "" {
		k := s.sink()
		k.skeleton = append(k.skeleton, "</"...)
		k.skeleton = append(k.skeleton, c.as...)
		k.skeleton = append(k.skeleton, '>')
	}
	if c.isEntry {
		s.inEntry = false
	}
	s.unbind(c.bindings)
	s.whole = s.whole || s.format == "rss" && len(s.open) == 3 && c.as == "" && !strings.HasPrefix(s.version, "1")
	s.open = s.open[:len(s.open)-1]
	if len(s.open) == 1 || s.top().qname == "" && len(s.open) == 2 {
		s.closed = true // a document may begin at its channel or entry
	}
}

// endTag closes the scopes down to the one that the end tag at pos names; an
// end tag that names none is passed over.
func (s *scanner) endTag() error {
	at := s.pos
	qname, next := s.endName(at)
	s.pos = next
	for i := len(s.open) - 1; i > 0; i-- {
		if !strings.EqualFold(s.open[i].qname, qname) {
			continue
		}
		if i < len(s.open)-1 {
			s.faults.add(unclosed, at)
		}
		was := s.inEntry
		for len(s.open) > i {
			s.endBranch()
		}
		if was && !s.inEntry && len(s.batch.skeleton) > batchSize {
			return s.flush()
		}
		return nil
	}
	if s.format != "" {
		s.faults.add(strayEnd, at)
	} else {
		s.faults.add(beforeRoot, at)
	}
	return nil
}

// asWritten is the name of an element in the skeleton.
func (s *scanner) asWritten(qname string, f form) string {
	if s.inEntry && f.inEntry != "" {
		return f.inEntry
	}
	return f.as
}
