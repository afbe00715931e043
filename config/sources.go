package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
	"golang.org/x/net/http/httpguts"

	"copydesk/feed"
	"copydesk/filters/repair"
)

func sourceKeys() []key[sourceDraft] {
	return []key[sourceDraft]{
		{"name", "its identity, for good: [a-z0-9][a-z0-9-]*", formText, func(r *reader, v value, s *sourceDraft) {
			s.name = v
			set(&s.source.Name)(r.name(v))
		}},
		{"url", "address of the feed; it may change", formText, func(r *reader, v value, s *sourceDraft) { set(&s.source.URL)(r.address(v)) }},
		{"was", "its former name", formText, func(r *reader, v value, s *sourceDraft) { set(&s.source.Was)(r.orEmpty(v, r.name)) }},
		{"tags", "by which editions and rules can name it", listOf(formText), func(r *reader, v value, s *sourceDraft) {
			r.list(v, func(item value) {
				if tag, ok := r.name(item); ok {
					s.source.Tags = append(s.source.Tags, tag)
				}
			})
		}},
		{"every", "how often it is polled", formDuration, func(r *reader, v value, s *sourceDraft) { set(&s.source.Every)(r.duration(v, leastInterval)) }},
		{"language", "its language, where that is known better than it can be detected", formText, func(r *reader, v value, s *sourceDraft) {
			set(&s.source.Language)(r.orEmpty(v, func(v value) (string, bool) { return r.language(v, false) }))
		}},
		{"identity", "what makes two entries the same", oneOfForm("guid", "link", "link+title"), func(r *reader, v value, s *sourceDraft) {
			if text, ok := r.choice(v, "guid", "link", "link+title"); ok {
				s.source.Identity = feed.Identity(text)
			}
		}},
		{"headers", "sent with each request to its host", mapOf(formText), readHeaders},
		{"tls", "how its host is spoken to over https, where that is special; its files are read again on SIGHUP", mappingOf(tlsKeys()), readTLS},
		{"remove", "CSS selectors of what to take out of its entries", listOf(formText), func(r *reader, v value, s *sourceDraft) {
			r.list(v, func(item value) {
				css, ok := r.text(item)
				if !ok {
					return
				}
				selector, err := repair.CompileSelector(css)
				if err != nil {
					r.wrong(item, err.Error(), `write one like "div.share" or "#footer"`)
					return
				}
				s.remove = append(s.remove, selector)
				s.source.Remove = append(s.source.Remove, css)
			})
		}},
		{"rules", "rules for its entries, in every edition", listOf(formRule), func(_ *reader, v value, s *sourceDraft) { s.rules = v }},
		{"full_text", "take each new entry's article from its page: true, or the CSS selector of the article there", eitherOf(formBool, formText), readFullText},
		{"repairs", "repairs to switch off: {boilerplate: off}", mapOf(formBool), readRepairs},
	}
}

var bareWord = regexp.MustCompile(`^[A-Za-z]+$`)

func readFullText(r *reader, v value, s *sourceDraft) {
	text, ok := r.scalar(v, `write true, false or a CSS selector like "article .text"`)
	if !ok {
		return
	}
	truth, is := truths[strings.ToLower(text)]
	if is || text == "" {
		s.source.FullText = truth
		return
	}
	if bareWord.MatchString(text) && atom.Lookup([]byte(strings.ToLower(text))) == 0 { // a selector, but of nothing that is in a page
		r.wrong(v, v.shown()+" is neither true nor false nor an element of HTML", `write true, false or a CSS selector like "article .text"`)
		return
	}
	if _, err := repair.CompileSelector(text); err != nil {
		r.wrong(v, err.Error(), `write true, false or a CSS selector like "article .text"`)
		return
	}
	s.source.FullText, s.source.Article = true, text
}

func readHeaders(r *reader, v value, s *sourceDraft) {
	s.source.Headers = map[string]string{}
	seen := map[string]bool{}
	r.each(v, `it should be a mapping: {Cookie: "…"}`, func(p pair) {
		text, ok := r.text(p.value)
		name := strings.ToLower(p.key.Value)
		switch {
		case !ok:
		case !httpguts.ValidHeaderFieldName(name) || !httpguts.ValidHeaderFieldValue(text):
			r.wrongAt(p.key, p.path, "is not a header", "write a name and a value on one line")
		case ownHeaders[name]:
			r.wrongAt(p.key, p.path, "this header is set by the request itself", "leave it out")
		case seen[name]:
			r.wrongAt(p.key, p.path, "this header stands twice", "keep one of them")
		default:
			s.source.Headers[p.key.Value] = text
		}
		seen[name] = true
	})
}

// ownHeaders are those that a request has of its own.
var ownHeaders = map[string]bool{
	"host": true, "content-length": true, "transfer-encoding": true, "connection": true, "upgrade": true, "te": true, "trailer": true,
	"accept-encoding": true, "if-none-match": true, "if-modified-since": true, "range": true,
}

func readRepairs(r *reader, v value, s *sourceDraft) {
	rows := repair.Rows()
	s.source.Off = map[string]bool{}
	r.each(v, "it should be a mapping: {boilerplate: off}", func(p pair) {
		name := p.key.Value
		at := slices.IndexFunc(rows, func(row repair.Row) bool { return row.Name == name })
		if at < 0 {
			r.wrongAt(p.key, p.path, fmt.Sprintf("unknown repair %q", short(name)), suggest(name, repair.Names(), "known repairs"))
			return
		}
		switch on, ok := r.boolean(p.value); {
		case !ok || on:
		case rows[at].Always:
			r.wrong(p.value, name+" can't be switched off: it keeps readers safe", "take the line out")
		default:
			s.source.Off[name] = true
		}
	})
}

func readSources(r *reader, v value, d *draft) {
	r.items(v, func(item value) {
		s := &sourceDraft{value: item, source: feed.Source{Identity: feed.ByGUID}}
		if item.node.Kind == scalarKind { // an address alone, as other programs take it
			r.wrong(item, "is "+kindOf(item.node), "a source has a name and a url: {name: example, url: https://example.org/feed.xml}")
			return
		}
		if mapping(r, item, sourceKeys(), s) {
			d.sources = append(d.sources, s)
		}
	})
}
