package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"copydesk/feed"
	"copydesk/filters"
	"copydesk/filters/repair"
	"copydesk/filters/story"
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
	pairs      []named // sources or hosts that stories name

	taken map[string][]string // what editions may name, and the sources it stands for
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
	value, name, rules value
	quorum             value
	sources, topics    []named
	except             []named
	prefer             []named
	edition            filters.Edition
}

// named is a reference with its place.
type named struct {
	name string
	at   value
}

func newDraft() *draft {
	return &draft{taken: map[string][]string{}, config: &Config{
		Server:  Server{Listen: "127.0.0.1:8080"},
		Storage: "copydesk.db",
		Retain:  90 * 24 * time.Hour,
		Polling: DefaultPolling(),
		Stories: story.Options{Window: story.DefaultWindow},
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
		{"topics", "named sets of terms", mapOf(eitherOf(listOf(formText), mappingOf(topicKeys()))), readTopics},
		{"sources", "the upstream feeds to poll", listOf(mappingOf(sourceKeys())), readSources},
		{"rules", "rules for every edition, before its own", listOf(formRule), func(_ *reader, v value, d *draft) { d.rules = v }},
		{"conditions", "named conditions, used as {condition: [name]}", mapOf(formCondition), func(_ *reader, v value, d *draft) { d.conditions = v }},
		{"stories", "how renditions of one story are found", mappingOf(storiesKeys()), func(r *reader, v value, d *draft) { mapping(r, v, storiesKeys(), d) }},
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
			if _, port, err := net.SplitHostPort(text); err != nil || !isPort(port) || strings.ContainsAny(text, " /") {
				r.wrong(v, v.shown()+" is not an address to listen on", "write host:port, for example 127.0.0.1:8080")
				return
			}
			s.Listen = text
		}},
		{"url", "public address, for self links and hub topics", formText, func(r *reader, v value, s *Server) {
			if v.node.Value == "" {
				return // its default
			}
			address, ok := r.address(v)
			if u, err := url.Parse(address); ok && err == nil && (u.RawQuery != "" || u.Fragment != "" || u.User != nil) {
				r.wrong(v, v.shown()+" holds more than a scheme, a host and a path", "write it like https://feeds.example.org/")
			} else if ok {
				s.URL = strings.TrimRight(address, "/") + "/"
			}
		}},
		{"token", "opens the desk for what changes things, and private editions", formText, func(r *reader, v value, s *Server) {
			text, ok := r.text(v)
			switch {
			case !ok || v.node.Value == "": // its default
			case len(text) < leastToken:
				r.wrong(v, "the token is too short", fmt.Sprintf("take at least %d characters, better 24 random ones", leastToken))
			case strings.ContainsFunc(text, func(c rune) bool { return c < ' ' || c == 0x7f }):
				r.wrong(v, "the token holds a character that can't be typed", "take letters and digits")
			default:
				s.Token = text
			}
		}},
	}
}

// leastToken is the length from which on a token can't be guessed at the rate
// at which the server takes guesses.
const leastToken = 8

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
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.Port() != "" && !isPort(u.Port()) || strings.ContainsAny(text, " \t\n") {
		right, written := "write it in full: https://example.org/feed.xml", v.node.Value
		for _, scheme := range []string{"feed:https:", "feed:http:", "feed:"} { // what browsers once wrote
			if rest, ok := strings.CutPrefix(written, scheme); ok {
				right = "did you mean https://" + short(strings.TrimLeft(rest, "/")) + "?"
				break
			}
		}
		if err == nil && u.Scheme == "" && strings.Contains(written, ".") {
			right = "did you mean https://" + short(strings.TrimLeft(written, "/")) + "?"
		}
		r.wrong(v, v.shown()+" is not an address", right)
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
	case text == "" || strings.HasPrefix(text, "file:") || strings.HasPrefix(text, ":") || strings.Contains(text, "://") || strings.ContainsAny(text, "?\x00"):
		r.wrong(v, v.shown()+" is not a path", "name the path of a SQLite database: copydesk.db")
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
		{"allow_private", "may sources and their redirects lead to private, loopback or link-local addresses? true, or a list of networks and addresses", eitherOf(formBool, listOf(formText)), readAllowPrivate},
	}
}

func readAllowPrivate(r *reader, v value, p *feed.Polling) {
	if v.node.Kind != listKind {
		text, ok := r.scalar(v, "write true, false, or a list: [10.1.0.0/16]")
		truth, known := truths[strings.ToLower(text)]
		switch {
		case !ok:
		case known:
			p.AllowPrivate = truth
		default:
			r.wrong(v, v.shown()+" is neither true nor false, nor a list", "write true, false, or a list: [10.1.0.0/16]")
		}
		return
	}
	r.list(v, func(item value) {
		text, ok := r.text(item)
		if !ok {
			return
		}
		if prefix, err := netip.ParsePrefix(text); err == nil {
			if prefix != prefix.Masked() {
				r.wrong(item, item.shown()+" is not where a network begins", fmt.Sprintf("write %s for the network, or %s for the one address", prefix.Masked(), prefix.Addr()))
			}
			p.AllowedNetworks = append(p.AllowedNetworks, prefix)
		} else if at, err := netip.ParseAddrPort(text); err == nil {
			p.AllowedPrivate = append(p.AllowedPrivate, netip.AddrPortFrom(at.Addr().Unmap(), at.Port()))
		} else if addr, err := netip.ParseAddr(text); err == nil {
			p.AllowedPrivate = append(p.AllowedPrivate, netip.AddrPortFrom(addr.Unmap(), 0))
		} else {
			r.wrong(item, item.shown()+" is neither a network nor an address", `write 10.1.0.0/16, 10.1.2.3 or "127.0.0.1:8999"`)
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
		{"terms", "each term's weight", mapOf(formDecimal), func(r *reader, v value, s *topic.Score) {
			s.Terms = map[string]float64{}
			r.each(v, "it should be a mapping from terms to weights: {word: 2}", func(p pair) {
				if w, ok := r.number(p.value); ok {
					s.Terms[p.key.Value] = w
				}
			})
		}},
		{"at_least", "the sum from which on the topic holds", formDecimal, func(r *reader, v value, s *topic.Score) { set(&s.AtLeast)(r.number(v)) }},
	}
}

func nearKeys() []key[topic.Near] {
	return []key[topic.Near]{
		{"terms", "the terms, in any order", listOf(formText), func(r *reader, v value, n *topic.Near) { n.Terms = r.texts(v) }},
		{"within", "so many words", formNumber, func(r *reader, v value, n *topic.Near) { set(&n.Within)(r.integer(v, 1)) }},
	}
}

func readTopics(r *reader, v value, d *draft) {
	r.namedValues(v, "name: {any: [terms]}", func(name string, item value) {
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
func (r *reader) namedValues(v value, example string, each func(name string, item value)) {
	r.each(v, "it should be a mapping from names: {"+example+"}", func(p pair) {
		if r.isName(value{node: p.key, path: p.path}, p.key.Value) {
			each(p.key.Value, p.value)
		}
	})
}

// each reads a mapping with keys that no table has.
func (r *reader) each(v value, right string, each func(pair)) {
	if v.node.Kind != mappingKind {
		r.wrong(v, "is "+kindOf(v.node), right)
		return
	}
	for _, p := range r.pairs(v) {
		each(p)
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
					r.wrong(item, err.Error(), `write one like "div.share" or "#footer"`)
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
