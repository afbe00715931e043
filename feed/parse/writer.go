package parse

import "strings"

// A writer puts together the content of one element.
type writer struct {
	s      *scanner
	qname  string
	wanted bool   // markup is
	base   string // of the element
	plain  strings.Builder
	html   strings.Builder
	markup bool
	bases  []innerBase // xml:base within markup
	depth  int
}

type innerBase struct {
	depth int
	base  string
}

func (w *writer) characters(raw string, at int) {
	if w.markup {
		// Character references mean the same in HTML, but for a document's own.
		if strings.IndexByte(raw, '&') >= 0 {
			raw = escape(w.s.decode(raw, at))
		} else if raw == "<" {
			raw = "&lt;"
		}
		w.html.WriteString(raw)
		return
	}
	w.plain.WriteString(w.s.decode(raw, at))
}

func (w *writer) verbatim(t string) {
	if w.markup {
		if !looksHTML(t) {
			t = escape(t)
		}
		w.html.WriteString(t)
		return
	}
	w.plain.WriteString(t)
}

// begin changes from characters to markup.
func (w *writer) begin() {
	if w.markup {
		return
	}
	w.markup = true
	t := w.plain.String()
	if !looksHTML(t) {
		t = escape(t)
	}
	w.html.WriteString(t)
}

func (w *writer) start(name string, empty bool) {
	if !w.wanted {
		if w.plain.Len() > 0 {
			w.plain.WriteByte(' ')
		}
		return
	}
	w.begin()
	for _, a := range w.s.attrs {
		if strings.HasPrefix(a.name, "xmlns:") { // for tagName, until the element's end
			w.s.bind()
			break
		}
	}
	local := w.tagName(name)
	b := &w.html
	b.WriteByte('<')
	b.WriteString(local)
	base := w.inner(empty)
	for _, a := range w.s.attrs {
		w.attribute(a, base)
	}
	b.WriteByte('>')
	if empty && !void[local] {
		b.WriteString("</")
		b.WriteString(local)
		b.WriteByte('>')
	}
	if !empty && !void[local] {
		w.depth++
	}
}

// inner returns the base in force for the tag just read, when it is not the
// element's own: xml:base may stand on any element of the markup.
func (w *writer) inner(empty bool) string {
	base := ""
	if n := len(w.bases); n > 0 {
		base = w.bases[n-1].base
	}
	if own := w.s.xml("base"); own != "" {
		if base == "" {
			base = w.base
		}
		base = resolveBase(base, own)
		if !empty && len(w.bases) < maxDepth {
			w.bases = append(w.bases, innerBase{w.depth, base})
		}
	}
	return base
}

func (w *writer) end(name string) {
	if !w.wanted {
		return
	}
	w.begin()
	local := w.tagName(name)
	if void[local] {
		return
	}
	w.html.WriteString("</")
	w.html.WriteString(local)
	w.html.WriteByte('>')
	w.depth--
	for n := len(w.bases); n > 0 && w.depth <= w.bases[n-1].depth; n-- {
		w.bases = w.bases[:n-1]
	}
}

// tagName takes the prefix off elements of XHTML.
func (w *writer) tagName(name string) string {
	if i := strings.IndexByte(name, ':'); i > 0 {
		if space, local := w.s.space(name); space == xhtmlSpace || space == atomSpace {
			return lower(local)
		}
		return name
	}
	return lower(name)
}

func (w *writer) attribute(a rawAttr, base string) {
	name := a.name
	switch {
	case strings.HasPrefix(name, "xmlns") || name == "xml:base" || name == "xml:space":
		return
	case name == "xml:lang":
		name = "lang"
	}
	value := a.value
	if strings.IndexByte(value, '&') >= 0 || base != "" {
		value = w.s.decode(value, w.s.pos)
		if base != "" && addresses[lower(name)] {
			value = resolve(base, value)
		}
		value = escape(value)
	}
	b := &w.html
	b.WriteByte(' ')
	b.WriteString(name)
	b.WriteString(`="`)
	b.WriteString(strings.ReplaceAll(value, `"`, "&quot;"))
	b.WriteByte('"')
}

func (w *writer) done() (string, bool) {
	if w.markup {
		return trim(w.html.String()), true
	}
	return trim(w.plain.String()), false
}

func escape(t string) string {
	if !strings.ContainsAny(t, "&<>") {
		return t
	}
	return escaper.Replace(t)
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
