package parse

import "strings"

// rawAttr is an attribute as it stands in the document.
type rawAttr struct{ name, value string }

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// inName reports whether a byte can be part of a name: browsers and feeds
// allow far more than XML does.
func inName(c byte) bool {
	switch c {
	case ' ', '\n', '\t', '\r', '/', '>', '<', '=', '"', '\'':
		return false
	}
	return true
}

// beginsTag reports whether t, which begins with "<", begins a start tag.
func beginsTag(t string) bool {
	if len(t) < 2 {
		return false
	}
	c := t[1]
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':' || c >= 0x80
}

// beginsWithPart reports whether the next thing but white space is a part of
// a person.
func beginsWithPart(t string) bool {
	t = strings.TrimLeft(t[:min(len(t), 256)], " \n\t\r")
	if t == "" || t[0] != '<' {
		return false
	}
	t = strings.TrimPrefix(t[1:], "atom:")
	for _, part := range []string{"name", "email", "uri"} {
		if rest, ok := strings.CutPrefix(t, part); ok && rest != "" && !inName(rest[0]) {
			return true
		}
	}
	return false
}

// startTag reads the start tag at the given place: its name, whether it
// closes itself, and where the next thing begins. Its attributes are kept in
// s.attrs. A tag whose ">" never comes, or comes after another "<", is not ok.
func (s *scanner) startTag(at int) (qname string, empty bool, next int, ok bool) {
	t, i := s.t, at+1
	for i < len(t) && inName(t[i]) {
		i++
	}
	qname = t[at+1 : i]
	s.attrs = s.attrs[:0]
	for i < len(t) {
		switch c := t[i]; {
		case c == '>':
			return qname, false, i + 1, true
		case c == '<':
			return qname, false, i, false
		case c == '/':
			if i+1 < len(t) && t[i+1] == '>' {
				return qname, true, i + 2, true
			}
			i++
		case inName(c):
			i = s.attribute(i)
		default:
			if !isSpace(c) {
				s.faults.add(badAttribute, i)
			}
			i++
		}
	}
	return qname, false, len(t), false
}

// attribute reads the attribute at the given place and returns where it ends.
func (s *scanner) attribute(i int) int {
	t, from := s.t, i
	for i < len(t) && inName(t[i]) {
		i++
	}
	a := rawAttr{name: t[from:i]}
	eq := i
	for eq < len(t) && isSpace(t[eq]) {
		eq++
	}
	if eq >= len(t) || t[eq] != '=' {
		s.faults.add(badAttribute, from)
		s.keep(a)
		return i
	}
	for i = eq + 1; i < len(t) && isSpace(t[i]); {
		i++
	}
	if i >= len(t) {
		return i
	}
	if q := t[i]; q == '"' || q == '\'' {
		end := strings.IndexByte(t[i+1:], q)
		if end >= 0 {
			a.value = t[i+1 : i+1+end]
			// A quote that was never closed runs into the next tag's.
			if less := strings.IndexByte(a.value, '<'); less < 0 || strings.IndexByte(a.value[:less], '>') < 0 {
				if less >= 0 {
					s.faults.add(badAttribute, from)
				}
				s.keep(a)
				return i + 1 + end + 1
			}
		}
		i++
	}
	s.faults.add(badAttribute, from)
	from = i
	for i < len(t) && t[i] != '>' && t[i] != '<' && !isSpace(t[i]) && !(t[i] == '/' && i+1 < len(t) && t[i+1] == '>') {
		i++
	}
	a.value = t[from:i]
	s.keep(a)
	return i
}

func (s *scanner) keep(a rawAttr) {
	if len(s.attrs) < maxAttrs || strings.HasPrefix(a.name, "xmlns") && len(s.attrs) < maxAttrs+maxBindings {
		s.attrs = append(s.attrs, a)
		return
	}
	s.faults.add(tooMuch, s.pos)
}

// endName reads the end tag at the given place.
func (s *scanner) endName(at int) (qname string, next int) {
	t, i := s.t, at+2
	for i < len(t) && inName(t[i]) {
		i++
	}
	qname = t[at+2 : i]
	for i < len(t) && t[i] != '>' && t[i] != '<' {
		i++
	}
	if i < len(t) && t[i] == '>' {
		return qname, i + 1
	}
	s.faults.add(openTag, at)
	return qname, i
}

// xml returns an attribute of the xml namespace of the tag just read.
func (s *scanner) xml(local string) string {
	for i := range s.attrs {
		if name := s.attrs[i].name; len(name) == 4+len(local) && name[:4] == "xml:" && name[4:] == local {
			return strings.TrimSpace(s.decode(s.attrs[i].value, s.pos))
		}
	}
	return ""
}

// keepAttrs copies the attributes of the tag just read, decoded, with local
// names in lower case. Those of namespaces stay behind.
func (s *scanner) keepAttrs() []attr {
	if len(s.attrs) == 0 {
		return nil
	}
	kept := make([]attr, 0, len(s.attrs))
	for _, a := range s.attrs {
		if strings.HasPrefix(a.name, "xmlns") || strings.HasPrefix(a.name, "xml:") {
			continue
		}
		name := a.name
		if i := strings.IndexByte(name, ':'); i >= 0 {
			name = name[i+1:]
		}
		kept = append(kept, attr{lower(name), s.decode(a.value, s.pos)})
	}
	return kept
}

// lower is strings.ToLower for names, which nearly always are.
func lower(name string) string {
	for i := 0; i < len(name); i++ {
		if c := name[i]; c >= 'A' && c <= 'Z' || c >= 0x80 {
			return strings.ToLower(name)
		}
	}
	return name
}

// bind takes over the namespaces that the tag just read declares.
func (s *scanner) bind() {
	for _, a := range s.attrs {
		if !strings.HasPrefix(a.name, "xmlns") {
			continue
		}
		prefix := strings.TrimPrefix(a.name[len("xmlns"):], ":")
		space, known := spaces[foldSpace(a.value)]
		if !known {
			if space = common[prefix]; prefix == "" {
				space = "?"
				if s.format == "" || strings.TrimSpace(a.value) == "" {
					space = "" // a root's namespace that nobody knows is its own vocabulary's
				}
			} else if space == "" && !s.bound(prefix) {
				continue
			}
		}
		if len(s.bindings) >= maxBindings {
			s.faults.add(tooMuch, s.pos)
			return
		}
		s.bindings = append(s.bindings, binding{prefix, space})
		clear(s.names)
	}
}

func (s *scanner) bound(prefix string) bool {
	for _, b := range s.bindings {
		if b.prefix == prefix {
			return true
		}
	}
	return false
}

func (s *scanner) unbind(n int) {
	if len(s.bindings) > n {
		s.bindings = s.bindings[:n]
		clear(s.names)
	}
}

// space returns the vocabulary of a name: "" is the document's own, "?" one
// that we don't know.
func (s *scanner) space(qname string) (space, local string) {
	prefix, local, found := strings.Cut(qname, ":")
	if !found {
		prefix, local = "", qname
	}
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if s.bindings[i].prefix == prefix {
			space = s.bindings[i].space
			if space == "" && prefix != "" {
				space = "?"
			}
			return space, local
		}
	}
	if prefix == "" {
		return "", local
	}
	if known, ok := common[strings.ToLower(prefix)]; ok {
		return known, local
	}
	return "?", local
}

// resolve says what a name means where it stands.
func (s *scanner) resolve(qname string) resolved {
	if r, ok := s.names[qname]; ok {
		return r
	}
	var r resolved
	if len(qname) <= maxName {
		space, local := s.space(qname)
		r.form, r.ok = s.lookUp(space, strings.ToLower(local))
	}
	if len(s.names) < 4096 {
		s.names[strings.Clone(qname)] = r
	}
	return r
}

func (s *scanner) lookUp(space, local string) (form, bool) {
	if s.format == "rss" {
		if space == "" || space == rssSpace || space == "rdf" {
			if local == "channel" {
				return form{kind: branch, as: "channel"}, true
			}
			f, ok := rssElements[local]
			return f, ok
		}
	} else if space == "" || space == atomSpace {
		f, ok := atomElements[local]
		return f, ok
	}
	name := space + ":" + local
	f, ok := foreignElements[name]
	if ok && f.as == "" {
		f.as = name
	}
	return f, ok
}

// findRoot looks whether a tag begins a feed; junk before it is passed over.
func (s *scanner) findRoot(qname string, empty bool, bindings int) {
	if len(qname) > maxName {
		return
	}
	space, local := s.space(qname)
	local = strings.ToLower(local)
	if s.root == "" {
		s.root = qname
	}
	switch {
	case local == "html" && (space == "" || space == "?" || space == xhtmlSpace):
		s.html = true
		return
	case local == "rss":
		s.format, s.version = "rss", s.plainAttr("version")
	case local == "rdf" && (space == "rdf" || space == "" || space == rssSpace || space == "?"):
		s.format, s.version = "rss", "1.0"
		if s.declares("/rdf/simple/0.9") {
			s.version = "0.90"
		}
	case local == "feed" && (space == "" || space == atomSpace || space == "?"):
		s.format, s.version = "atom", "1.0"
		if s.declares("purl.org/atom/ns") {
			s.version = "0.3"
		}
		if v := s.plainAttr("version"); v != "" {
			s.version = v
		}
	case local == "channel" && space == "":
		s.format = "rss"
	case local == "entry" && space == atomSpace:
		s.format, s.version = "atom", "1.0"
	default:
		if space == "" || space == "?" {
			s.faults.add(beforeRoot, s.pos)
		}
		return
	}
	if s.format == "rss" { // a default namespace on the root names its own vocabulary, whatever it says
		for i := range s.bindings {
			if s.bindings[i].prefix == "" {
				s.bindings[i].space = ""
			}
		}
	}
	clear(s.names)
	s.rootLang = s.xml("lang")
	if local == "channel" || local == "entry" {
		s.push(scope{qname: "", bindings: bindings})
		if local == "channel" {
			base := s.plainAttr("base")
			s.channel(qname, empty, bindings)
			if base != "" && !empty { // CDF
				s.top().base = resolveBase(s.top().base, base)
			}
		}
		return
	}
	s.push(scope{qname: qname, bindings: bindings})
	s.closed = empty
}

func (s *scanner) plainAttr(name string) string {
	for _, a := range s.attrs {
		if strings.EqualFold(a.name, name) {
			return strings.TrimSpace(a.value)
		}
	}
	return ""
}

// declares reports whether the tag just read declares a namespace like this.
func (s *scanner) declares(part string) bool {
	for _, a := range s.attrs {
		if strings.HasPrefix(a.name, "xmlns") && strings.Contains(a.value, part) {
			return true
		}
	}
	return false
}
