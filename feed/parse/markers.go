package parse

import "strings"

// special passes over a comment, processing instruction, CDATA section or
// document type at pos and reports whether there was one.
func (s *scanner) special() bool {
	rest := s.t[s.pos:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		s.pos += s.comment(s.pos)
	case strings.HasPrefix(rest, "<?"):
		if s.format == "" && s.pos > 0 && strings.HasPrefix(rest, "<?xml ") {
			s.faults.add(beforeRoot, 0)
		}
		s.pos += instruction(rest)
	case strings.HasPrefix(rest, "<![CDATA["):
		end := s.find("]]>", s.pos)
		if end < 0 {
			s.faults.add(openCDATA, s.pos)
			end = len("<![CDATA[") - len("]]>")
		}
		s.pos += end + len("]]>")
	case strings.HasPrefix(rest, "<!"):
		s.doctype()
	default:
		return false
	}
	return true
}

// comment returns the length of the comment at the given place.
func (s *scanner) comment(at int) int {
	rest := s.t[at:]
	end := s.find("-->", at+4)
	if end < 0 {
		s.faults.add(badComment, at)
		if i := strings.IndexByte(rest[4:], '<'); i >= 0 { // what follows may be meant
			return 4 + i
		}
		return len(rest)
	}
	if strings.Contains(rest[4:4+end], "--") || strings.HasSuffix(rest[:4+end], "<!---") || end > 0 && rest[3+end] == '-' {
		s.faults.add(badComment, at)
	}
	return 4 + end + len("-->")
}

// instruction returns the length of the processing instruction that rest
// begins with; some end with a mere ">".
func instruction(rest string) int {
	if end := strings.IndexByte(rest, '>'); end >= 0 {
		return end + 1
	}
	return len(rest)
}

// doctype passes over a document type declaration and keeps the internal
// entities that it declares; external ones are never fetched.
func (s *scanner) doctype() {
	rest := s.t[s.pos:]
	if len(rest) > 14 && strings.EqualFold(rest[:9], "<!doctype") && strings.EqualFold(strings.TrimSpace(rest[9:14]), "html") {
		s.page = true // most likely: feeds have borne it, too
	}
	end := strings.IndexByte(rest, '>')
	if end < 0 {
		s.pos = len(s.t)
		return
	}
	if open := strings.IndexByte(rest[:end], '['); open >= 0 && s.format == "" {
		n := s.entities.declare(rest[open+1:])
		after := open + 1 + n
		if i := strings.IndexByte(rest[after:], '>'); i >= 0 {
			end = after + i
		} else {
			end = len(rest) - 1
		}
	}
	s.pos += end + 1
}

func onlyComments(t string) bool {
	for {
		t = strings.TrimSpace(t)
		if t == "" {
			return true
		}
		end := "-->"
		if strings.HasPrefix(t, "<?") {
			end = "?>"
		} else if !strings.HasPrefix(t, "<!--") {
			return false
		}
		i := strings.Index(t, end)
		if i < 0 {
			return false
		}
		t = t[i+len(end):]
	}
}
