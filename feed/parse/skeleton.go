package parse

import (
	"strconv"
	"strings"
	"time"
)

// An element is what the scan keeps of one element; the skeleton names it by
// its number.
type element struct {
	attrs  []attr
	text   string // characters, or markup as HTML
	markup bool   // text is HTML made of tags that stood in the element
	base   string // address in force
	lang   string // its own xml:lang
}

type attr struct{ name, value string }

// get returns an attribute by its name in lower case.
func (e *element) get(name string) string {
	for i := range e.attrs {
		if e.attrs[i].name == name {
			return e.attrs[i].value
		}
	}
	return ""
}

// A sink takes elements and writes the skeleton that stands for them.
type sink struct {
	elements []element
	skeleton []byte
}

func (k *sink) add(e element) int {
	k.elements = append(k.elements, e)
	return len(k.elements) - 1
}

// at returns the element that a reference in gofeed's output names.
func (k *sink) at(reference string) *element {
	n, err := strconv.Atoi(reference)
	if err != nil || n < 0 || n >= len(k.elements) {
		return &element{}
	}
	return &k.elements[n]
}

// on returns the element that a reference in the shape of a date names.
func (k *sink) on(t *time.Time) *element {
	if t == nil {
		return nil
	}
	if n := t.Unix(); n >= 0 && n < int64(len(k.elements)) {
		return &k.elements[n]
	}
	return nil
}

// leaf reads an element that holds text and writes the reference to it.
func (s *scanner) leaf(qname string, f form, empty bool) {
	e := element{attrs: s.keepAttrs(), base: s.top().base, lang: s.xml("lang")}
	if b := s.xml("base"); b != "" {
		e.base = resolveBase(e.base, b)
	}
	switch {
	case empty:
	case f.kind == bare && len(e.attrs) > 0 || f.kind == bare && f.attr == "":
		s.skip(qname, false)
	default:
		foreign := f.kind == text && strings.HasSuffix(e.get("type"), "xml") // application/atom+xml
		e.text, e.markup = s.content(qname, f.kind == text, foreign, e.base)
	}
	k := s.sink()
	name := s.asWritten(qname, f)
	n := int64(k.add(e))
	b := append(k.skeleton, '<')
	b = append(b, name...)
	if f.attr != "" {
		b = append(b, ' ')
		b = append(b, f.attr...)
		b = append(b, '=', '"')
		b = strconv.AppendInt(b, n, 10)
		b = append(b, '"', '/', '>')
		k.skeleton = b
		return
	}
	b = append(b, '>')
	if f.date {
		b = time.Unix(n, 0).UTC().AppendFormat(b, time.RFC3339)
	} else {
		b = strconv.AppendInt(b, n, 10)
	}
	b = append(b, '<', '/')
	b = append(b, name...)
	k.skeleton = append(b, '>')
}
