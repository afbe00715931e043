package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"copydesk/feed"
	"copydesk/filters"
	"copydesk/filters/repair"
	"copydesk/filters/topic"
)

// draft is a configuration while it is read: what refers to names is kept as
// it stands until all names are known.
type draft struct {
	config     *Config
	topics     []topicDraft
	rules      value
	conditions value
	sources    []*sourceDraft
	editions   []*editionDraft
}

type topicDraft struct {
	value value
	spec  topic.Spec
}

type sourceDraft struct {
	value, name, rules value
	source             feed.Source
	remove             []repair.Selector
}

type editionDraft struct {
	value, name, rules     value
	sources, topics        []named
	prefer                 []named
	edition                filters.Edition
	keepExamples, dropText []string
}

// named is a reference with its place.
type named struct {
	name string
	at   value
}

func newDraft() *draft {
	return &draft{config: &Config{
		Server:  Server{Listen: "127.0.0.1:8080"},
		Storage: "copydesk.db",
		Retain:  90 * 24 * time.Hour,
		Polling: DefaultPolling(),
	}}
}

// DefaultPolling is what holds where the configuration says nothing.
func DefaultPolling() feed.Polling {
	return feed.Polling{Every: 30 * time.Minute, Concurrency: 32, PerHost: 2, RequestsPerMinute: 30, Timeout: 30 * time.Second, MaxSize: 16 << 20}
}

// leastInterval is the shortest time between two polls of a source.
const leastInterval = 10 * time.Second

func rootKeys() []key[draft] {
	return []key[draft]{
		{"server", "where the editions are served", mappingOf(serverKeys()), func(r *reader, v value, d *draft) { mapping(r, v, serverKeys(), &d.config.Server) }},
		{"storage", "path of the SQLite database", formText, readStorage},
		{"retain", "how long an entry stays in the archive after upstream last listed it; what was seen is remembered for good", formDuration, func(r *reader, v value, d *draft) { set(&d.config.Retain)(r.duration(v, time.Hour)) }},
		{"polling", "how sources are asked", mappingOf(pollingKeys()), func(r *reader, v value, d *draft) { mapping(r, v, pollingKeys(), &d.config.Polling) }},
		{"topics", "named sets of terms", mapOf(mappingOf(topicKeys())), readTopics},
		{"sources", "the upstream feeds to poll", listOf(mappingOf(sourceKeys())), readSources},
		{"rules", "rules for every edition, before its own", listOf(formRule), func(_ *reader, v value, d *draft) { d.rules = v }},
		{"conditions", "named conditions, used as {condition: [name]}", mapOf(formCondition), func(_ *reader, v value, d *draft) { d.conditions = v }},
		{"stories", "how renditions of one story are found", mappingOf(storiesKeys()), func(r *reader, v value, d *draft) { mapping(r, v, storiesKeys(), &d.config.Stories) }},
		{"editions", "the curated feeds to publish", listOf(mappingOf(editionKeys())), readEditions},
	}
}

// set keeps a value that was read well.
func set[T any](into *T) func(T, bool) {
	return func(v T, ok bool) {
		if ok {
			*into = v
		}
	}
}

func serverKeys() []key[Server] {
	return []key[Server]{
		{"listen", "address to serve on: host:port", formText, func(r *reader, v value, s *Server) {
			text, ok := r.text(v)
			if !ok {
				return
			}
			if _, port, err := net.SplitHostPort(text); err != nil || !isPort(port) {
				r.wrong(v, fmt.Sprintf("%q is not an address to listen on", text), "write host:port, for example 127.0.0.1:8080")
				return
			}
			s.Listen = text
		}},
		{"url", "public address, for self links and hub topics", formText, func(r *reader, v value, s *Server) {
			if address, ok := r.address(v); ok {
				s.URL = strings.TrimSuffix(address, "/") + "/"
			}
		}},
		{"token", "opens the desk for what changes things, and private editions", formText, func(r *reader, v value, s *Server) {
			text, ok := r.text(v)
			if ok && len(text) < 8 {
				r.wrong(v, "the token is too short", "take at least 8 characters, better 24 random ones")
				return
			}
			s.Token = text
		}},
	}
}

func isPort(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n >= 0 && n < 1<<16
}

// address reads an absolute http or https address.
func (r *reader) address(v value) (string, bool) {
	text, ok := r.text(v)
	if !ok {
		return "", false
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(text, " \t\n") {
		right := "write it in full: https://example.org/feed.xml"
		if err == nil && u.Scheme == "" && strings.Contains(text, ".") {
			right = "did you mean https://" + strings.TrimLeft(text, "/") + "?"
		}
		r.wrong(v, fmt.Sprintf("%q is not an address", short(text)), right)
		return "", false
	}
	return text, true
}

func readStorage(r *reader, v value, d *draft) {
	text, ok := r.text(v)
	switch {
	case !ok:
	case strings.HasPrefix(text, "postgres://") || strings.HasPrefix(text, "postgresql://"):
		r.wrong(v, "PostgreSQL is not built yet", "name the path of a SQLite database: copydesk.db")
	case text == "" || strings.Contains(text, "://") || strings.ContainsAny(text, "?\x00"):
		r.wrong(v, fmt.Sprintf("%q is not a path", short(text)), "name the path of a SQLite database: copydesk.db")
	default:
		d.config.Storage = text
	}
}

func pollingKeys() []key[feed.Polling] {
	number := func(pick func(*feed.Polling) *int) func(*reader, value, *feed.Polling) {
		return func(r *reader, v value, p *feed.Polling) { set(pick(p))(r.integer(v, 1)) }
	}
	return []key[feed.Polling]{
		{"every", "how often a source is polled; a source may say otherwise", formDuration, func(r *reader, v value, p *feed.Polling) { set(&p.Every)(r.duration(v, leastInterval)) }},
		{"concurrency", "requests in flight in all", formNumber, number(func(p *feed.Polling) *int { return &p.Concurrency })},
		{"per_host", "requests in flight to one host", formNumber, number(func(p *feed.Polling) *int { return &p.PerHost })},
		{"requests_per_minute", "requests to one host; kept across restarts", formNumber, number(func(p *feed.Polling) *int { return &p.RequestsPerMinute })},
		{"timeout", "the longest a request may take, body and all", formDuration, func(r *reader, v value, p *feed.Polling) { set(&p.Timeout)(r.duration(v, time.Second)) }},
		{"max_size", "the largest document, decompressed", formText, func(r *reader, v value, p *feed.Polling) { set(&p.MaxSize)(r.size(v)) }},
		{"allow_private", "may sources and their redirects lead to private, loopback or link-local addresses? true, or a list of networks and addresses", formAny, readAllowPrivate},
	}
}

func readAllowPrivate(r *reader, v value, p *feed.Polling) {
	if v.node.Kind != listKind {
		set(&p.AllowPrivate)(r.boolean(v))
		return
	}
	r.list(v, func(item value) {
		text, ok := r.text(item)
		if !ok {
			return
		}
		if prefix, err := netip.ParsePrefix(text); err == nil {
			p.AllowedNetworks = append(p.AllowedNetworks, prefix.Masked())
		} else if at, err := netip.ParseAddrPort(text); err == nil {
			p.AllowedPrivate = append(p.AllowedPrivate, at)
		} else if addr, err := netip.ParseAddr(text); err == nil {
			p.AllowedPrivate = append(p.AllowedPrivate, netip.AddrPortFrom(addr, 0))
		} else {
			r.wrong(item, fmt.Sprintf("%q is neither a network nor an address", text), `write 10.1.0.0/16, 10.1.2.3 or "127.0.0.1:8999"`)
		}
	})
}

func topicKeys() []key[topic.Spec] {
	terms := func(pick func(*topic.Spec) *[]string) func(*reader, value, *topic.Spec) {
		return func(r *reader, v value, s *topic.Spec) { *pick(s) = r.texts(v) }
	}
	return []key[topic.Spec]{
		{"any", "one of these terms", listOf(formText), terms(func(s *topic.Spec) *[]string { return &s.Any })},
		{"all", "and each of these", listOf(formText), terms(func(s *topic.Spec) *[]string { return &s.All })},
		{"none", "and none of these", listOf(formText), terms(func(s *topic.Spec) *[]string { return &s.None })},
		{"score", "or terms with weights that add up: {terms: {word: 2}, at_least: 3}", mappingOf(scoreKeys()), func(r *reader, v value, s *topic.Spec) { mapping(r, v, scoreKeys(), &s.Score) }},
		{"near", "or terms close to each other: [{terms: [a, b], within: 8}]", listOf(mappingOf(nearKeys())), func(r *reader, v value, s *topic.Spec) {
			r.list(v, func(item value) {
				var near topic.Near
				if mapping(r, item, nearKeys(), &near) {
					s.Near = append(s.Near, near)
				}
			})
		}},
		{"topics", "or one of these other topics", listOf(formText), terms(func(s *topic.Spec) *[]string { return &s.Topics })},
	}
}

func scoreKeys() []key[topic.Score] {
	return []key[topic.Score]{
		{"terms", "each term's weight", mapOf(formNumber), func(r *reader, v value, s *topic.Score) {
			if v.node.Kind != mappingKind {
				r.wrong(v, "is "+kindOf(v.node), "it should be a mapping from terms to weights")
				return
			}
			s.Terms = map[string]float64{}
			for i := 0; i+1 < len(v.node.Content); i += 2 {
				k := v.node.Content[i]
				set := func(w float64, ok bool) {
					if ok {
						s.Terms[k.Value] = w
					}
				}
				set(r.number(value{node: resolve(v.node.Content[i+1]), path: v.at(k.Value), key: k}))
			}
		}},
		{"at_least", "the sum from which on the topic holds", formNumber, func(r *reader, v value, s *topic.Score) { set(&s.AtLeast)(r.number(v)) }},
	}
}

func nearKeys() []key[topic.Near] {
	return []key[topic.Near]{
		{"terms", "the terms, in any order", listOf(formText), func(r *reader, v value, n *topic.Near) { n.Terms = r.texts(v) }},
		{"within", "so many words", formNumber, func(r *reader, v value, n *topic.Near) { set(&n.Within)(r.integer(v, 1)) }},
	}
}

func readTopics(r *reader, v value, d *draft) {
	r.namedValues(v, "a topic", func(name string, item value) {
		t := topicDraft{value: item, spec: topic.Spec{Name: name}}
		if item.node.Kind == listKind { // a list alone is its any
			t.spec.Any = r.texts(item)
		} else if !mapping(r, item, topicKeys(), &t.spec) {
			return
		}
		d.topics = append(d.topics, t)
	})
}

// namedValues reads a mapping from names.
func (r *reader) namedValues(v value, what string, each func(name string, item value)) {
	n := v.node
	if null(n) {
		return
	}
	if n.Kind != mappingKind {
		r.wrong(v, "is "+kindOf(n), "it should be a mapping from names")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := value{node: n.Content[i], path: v.at(n.Content[i].Value)}
		name, ok := r.name(k)
		if !ok {
			continue
		}
		if seen[name] {
			r.wrong(k, fmt.Sprintf("%s %q stands twice", what, name), "put both under one name, or rename one")
			continue
		}
		seen[name] = true
		each(name, value{node: resolve(n.Content[i+1]), path: k.path, key: k.node})
	}
}

func sourceKeys() []key[sourceDraft] {
	return []key[sourceDraft]{
		{"name", "its identity, for good: [a-z0-9][a-z0-9-]*", formText, func(r *reader, v value, s *sourceDraft) {
			s.name = v
			set(&s.source.Name)(r.name(v))
		}},
		{"url", "address of the feed; it may change", formText, func(r *reader, v value, s *sourceDraft) { set(&s.source.URL)(r.address(v)) }},
		{"was", "its former name", formText, func(r *reader, v value, s *sourceDraft) { set(&s.source.Was)(r.name(v)) }},
		{"tags", "by which editions and rules can name it", listOf(formText), func(r *reader, v value, s *sourceDraft) {
			r.list(v, func(item value) {
				if tag, ok := r.name(item); ok {
					s.source.Tags = append(s.source.Tags, tag)
				}
			})
		}},
		{"every", "how often it is polled", formDuration, func(r *reader, v value, s *sourceDraft) { set(&s.source.Every)(r.duration(v, leastInterval)) }},
		{"language", "its language, where that is known better than it can be detected", formText, func(r *reader, v value, s *sourceDraft) { set(&s.source.Language)(r.language(v, false)) }},
		{"identity", "what makes two entries the same", oneOfForm("guid", "link", "link+title"), func(r *reader, v value, s *sourceDraft) {
			if text, ok := r.choice(v, "guid", "link", "link+title"); ok {
				s.source.Identity = feed.Identity(text)
			}
		}},
		{"headers", "sent with each request to its host", mapOf(formText), readHeaders},
		{"remove", "CSS selectors of what to take out of its entries", listOf(formText), func(r *reader, v value, s *sourceDraft) {
			r.list(v, func(item value) {
				css, ok := r.text(item)
				if !ok {
					return
				}
				selector, err := repair.CompileSelector(css)
				if err != nil {
					r.wrong(item, fmt.Sprintf("%q is not a CSS selector: %v", css, err), `write one like "div.share" or "#footer"`)
					return
				}
				s.remove = append(s.remove, selector)
				s.source.Remove = append(s.source.Remove, css)
			})
		}},
		{"rules", "rules for its entries, in every edition", listOf(formRule), func(_ *reader, v value, s *sourceDraft) { s.rules = v }},
		{"full_text", "fetch the article's page for its full text", formBool, func(r *reader, v value, _ *sourceDraft) {
			if on, ok := r.boolean(v); ok && on {
				r.wrong(v, "full_text is not built yet", "leave it out or write false")
			}
		}},
		{"repairs", "repairs to switch off: {boilerplate: off}", mapOf(formBool), readRepairs},
	}
}

func readHeaders(r *reader, v value, s *sourceDraft) {
	if v.node.Kind != mappingKind {
		r.wrong(v, "is "+kindOf(v.node), `it should be a mapping: {Cookie: "…"}`)
		return
	}
	s.source.Headers = map[string]string{}
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		k := v.node.Content[i]
		item := value{node: resolve(v.node.Content[i+1]), path: v.at(k.Value), key: k}
		text, ok := r.text(item)
		switch {
		case !ok:
		case !httpguts.ValidHeaderFieldName(k.Value) || !httpguts.ValidHeaderFieldValue(text):
			r.wrongAt(k, item.path, "is not a header", "write a name and a value on one line")
		case strings.EqualFold(k.Value, "Host") || strings.EqualFold(k.Value, "Content-Length") || strings.EqualFold(k.Value, "Transfer-Encoding"):
			r.wrongAt(k, item.path, "this header is set by the request itself", "leave it out")
		default:
			s.source.Headers[k.Value] = text
		}
	}
}

func readRepairs(r *reader, v value, s *sourceDraft) {
	if v.node.Kind != mappingKind {
		r.wrong(v, "is "+kindOf(v.node), "it should be a mapping: {boilerplate: off}")
		return
	}
	known := repair.Names()
	s.source.Off = map[string]bool{}
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		k := v.node.Content[i]
		item := value{node: resolve(v.node.Content[i+1]), path: v.at(k.Value), key: k}
		if !contains(known, k.Value) {
			right := "known repairs: " + strings.Join(known, ", ")
			if near := filters.Nearest(k.Value, known); near != "" {
				right = fmt.Sprintf("did you mean %q?", near)
			}
			r.wrongAt(k, item.path, fmt.Sprintf("unknown repair %q", k.Value), right)
			continue
		}
		if on, ok := r.boolean(item); ok && !on {
			s.source.Off[k.Value] = true
		}
	}
}

func readSources(r *reader, v value, d *draft) {
	r.list(v, func(item value) {
		s := &sourceDraft{value: item, source: feed.Source{Identity: feed.ByGUID}}
		if item.node.Kind == scalarKind { // an address alone: named after its host
			r.wrong(item, "is "+kindOf(item.node), "a source has a name and a url: {name: example, url: https://example.org/feed.xml}")
			return
		}
		if mapping(r, item, sourceKeys(), s) {
			d.sources = append(d.sources, s)
		}
	})
}
