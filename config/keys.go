package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

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
	tls                value
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
	case v.node.ShortTag() != "!!str":
		r.wrong(v, "is "+text+", not a path", "name the path of a SQLite database: copydesk.db; in quotes if it is called "+text)
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
		{"budget", "whom both count: each host, or each registrable domain with all its hosts", oneOfForm("host", "domain"), func(r *reader, v value, p *feed.Polling) {
			if text, ok := r.choice(v, "host", "domain"); ok {
				p.PerDomain = text == "domain"
			}
		}},
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
