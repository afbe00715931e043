package parse

import (
	"strings"
)

// content reads what stands in the element whose start tag has just been
// read, up to its end tag or to where that must have been forgotten. When
// tags stand in it and markup is wanted, the answer is HTML; otherwise tags
// are dropped.
// foreign says that any XML may stand in it, another entry too.
func (s *scanner) content(qname string, markup, foreign bool, base string) (value string, isMarkup bool) {
	if v, ok := s.simple(qname); ok {
		return v, false
	}
	defer s.unbind(len(s.bindings))
	w := writer{s: s, qname: qname, wanted: markup, base: base}
	depth, inner := 0, 0 // elements of its own name, and entries, open within
	for s.pos < len(s.t) {
		i := strings.IndexByte(s.t[s.pos:], '<')
		if i < 0 {
			i = len(s.t) - s.pos
		}
		if i > 0 {
			w.characters(s.t[s.pos:s.pos+i], s.pos)
			s.pos += i
			continue
		}
		rest := s.t[s.pos:]
		switch {
		case strings.HasPrefix(rest, "<![CDATA["):
			s.cdata(&w, qname)
		case strings.HasPrefix(rest, "<!--"):
			s.pos += s.comment(s.pos)
		case strings.HasPrefix(rest, "<?"):
			s.pos += instruction(rest)
		case strings.HasPrefix(rest, "</"):
			at := s.pos
			name, next := s.endName(at)
			if strings.EqualFold(name, qname) {
				if s.pos = next; depth == 0 {
					return w.done()
				}
				depth--
				w.end(name)
				continue
			}
			if inner > 0 && name == s.entryScope().qname {
				inner--
			} else if s.isOpen(name) {
				s.faults.add(unclosed, at)
				return w.done() // what holds this element ends
			}
			s.pos = next
			w.end(name)
		case beginsTag(rest):
			at := s.pos
			name, empty, next, ok := s.startTag(at)
			isEntry := s.inEntry && name == s.entryScope().qname
			if !foreign && (isEntry || depth == 0 && s.mustBeNext(name, qname)) {
				s.faults.add(unclosed, at)
				return w.done()
			}
			if !ok { // "a <b and c": no tag
				s.faults.add(bareLess, at)
				w.characters("<", at)
				s.pos++
				continue
			}
			s.pos = next
			switch {
			case empty:
			case isEntry:
				inner++
			case strings.EqualFold(name, qname):
				depth++
			}
			w.start(name, empty)
		default:
			if !strings.HasPrefix(rest, "<!") {
				s.faults.add(bareLess, s.pos)
			}
			w.characters("<", s.pos)
			s.pos++
		}
	}
	return w.done()
}

// simple reads the commonest contents: characters alone, or one CDATA section.
func (s *scanner) simple(qname string) (string, bool) {
	t := s.t[s.pos:]
	i := strings.IndexByte(t, '<')
	if i < 0 {
		return "", false
	}
	value, after := "", 0
	if strings.HasPrefix(t[i:], "<![CDATA[") {
		if strings.TrimLeft(t[:i], " \n\t\r") != "" {
			return "", false
		}
		end := s.find("]]>", s.pos+i)
		if end < 0 {
			return "", false
		}
		value = t[i+len("<![CDATA[") : i+end]
		after = i + end + len("]]>")
		for after < len(t) && isSpace(t[after]) {
			after++
		}
	} else {
		after = i
	}
	end := after + 2 + len(qname)
	if end >= len(t) || t[end] != '>' || t[after] != '<' || t[after+1] != '/' || t[after+2:end] != qname {
		return "", false
	}
	if after == i {
		value = s.decode(trim(t[:i]), s.pos)
	}
	s.pos += end + 1
	return trim(value), true
}

// trim takes white space off both ends.
func trim(t string) string {
	for len(t) > 0 && isSpace(t[0]) {
		t = t[1:]
	}
	for len(t) > 0 && isSpace(t[len(t)-1]) {
		t = t[:len(t)-1]
	}
	return t
}

// cdata reads the CDATA section at pos.
func (s *scanner) cdata(w *writer, qname string) {
	rest := s.t[s.pos+len("<![CDATA["):]
	end, after := s.find("]]>", s.pos+len("<![CDATA[")), len("]]>")
	if end < 0 { // the section was never closed: it ends where its element does
		s.faults.add(openCDATA, s.pos)
		end, after = len(rest), 0
		if i := strings.Index(rest, "</"+qname); i >= 0 {
			end = i
		}
	}
	w.verbatim(rest[:end])
	s.pos += len("<![CDATA[") + end + after
}

// skip passes over the rest of an element.
func (s *scanner) skip(qname string, empty bool) {
	if empty {
		return
	}
	for depth := 0; s.pos < len(s.t); {
		i := strings.IndexByte(s.t[s.pos:], '<')
		if i < 0 {
			s.pos = len(s.t)
			return
		}
		s.pos += i
		rest := s.t[s.pos:]
		switch {
		case strings.HasPrefix(rest, "</"):
			at := s.pos
			name, next := s.endName(at)
			if name == qname {
				if s.pos = next; depth == 0 {
					return
				}
				depth--
				continue
			}
			if s.isOpen(name) {
				s.faults.add(unclosed, at)
				return
			}
			s.pos = next
		case beginsTag(rest):
			at := s.pos
			name, empty, next, ok := s.startTag(at)
			if s.inEntry && name == s.entryScope().qname {
				s.faults.add(unclosed, at)
				return
			}
			if !ok {
				s.faults.add(openTag, at)
			}
			s.pos = next
			if !empty && name == qname {
				depth++
			}
		case !s.special():
			s.faults.add(bareLess, s.pos)
			s.pos++
		}
	}
}

// isOpen reports whether an end tag's name is that of an open branch.
func (s *scanner) isOpen(qname string) bool {
	for i := len(s.open) - 1; i > 0; i-- {
		if s.open[i].qname == qname {
			return true
		}
	}
	return false
}

// siblings are elements that never stand in another's text: whoever meets
// one has missed an end tag. Names that HTML uses too aren't among them.
var siblings = map[string]bool{
	"item": true, "description": true, "pubDate": true, "guid": true, "content:encoded": true, "dc:creator": true,
	"dc:date": true, "entry": true, "updated": true, "published": true, "id": true, "enclosure": true, "category": true,
	"comments": true, "lastBuildDate": true,
}

// mustBeNext reports whether a start tag can't be part of the text that is
// being read. Plain elements hold no other elements of the vocabulary.
func (s *scanner) mustBeNext(name, within string) bool {
	if siblings[name] && name != within {
		return true
	}
	if strings.EqualFold(within, "title") || strings.EqualFold(within, "link") {
		return name == "link" || name == "title" || name == "summary" || name == "content" || name == "author"
	}
	return false
}
