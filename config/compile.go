package config

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"copydesk/feed"
	"copydesk/filters"
	"copydesk/filters/topic"
)

// compile turns the draft into a configuration, once all names are known.
func (d *draft) compile(r *reader, root *yaml.Node) {
	names := d.names(r)
	desk := &filters.Desk{Sources: map[string]*filters.Source{}}
	d.config.Desk = desk
	desk.Topics = d.compileTopics(r)
	d.checkPairs(r, names)
	d.compileConditions(r, names)
	desk.Rules = r.rules(d.rules, "rules", names)
	for _, s := range d.sources {
		d.compileSource(r, s, names)
	}
	shared := plainParts(r, root, "rules", "conditions", "stories")
	d.compileEditions(r, names, shared)
}

// names collects what rules may name, and reports what stands twice.
func (d *draft) names(r *reader) *filters.Names {
	sources, tags, topics, editions := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, t := range d.topics {
		topics[t.spec.Name] = true
	}
	urls := map[string]string{}
	for _, s := range d.sources {
		r.unique(s.value, s.name, s.source.Name, "source", sources)
		if s.source.URL == "" && !r.told(s.value.path+".url") {
			r.wrong(s.value, "the source has no url", "add url: https://…")
		}
		asked := fmt.Sprint(asAsked(s.source.URL), s.source.Headers) // with other headers it may be another feed
		if s.source.TLS != nil {
			asked += string(s.source.TLS.Certificate) // and so with another certificate
		}
		if other, twice := urls[asked]; twice && s.source.URL != "" {
			r.wrong(s.value, fmt.Sprintf("polls the same address as the source %q", other), "keep one of them")
		}
		urls[asked] = s.source.Name
		d.taken[s.source.Name] = []string{s.source.Name}
		for _, t := range s.source.Tags {
			if !slices.Contains(d.taken["tag:"+t], s.source.Name) {
				d.taken["tag:"+t] = append(d.taken["tag:"+t], s.source.Name)
			}
			tags[t] = true
		}
	}
	former := map[string]bool{}
	for _, s := range d.sources {
		was := s.source.Was
		switch {
		case was == "":
		case sources[was]:
			r.wrong(s.value, fmt.Sprintf("was %q, but a source of that name is still there", was), "take out one of the two")
		case former[was]:
			r.wrong(s.value, fmt.Sprintf("was %q, and so was another source", was), "only one can go on with its entries")
		}
		former[was] = true
	}
	for _, e := range d.editions {
		r.unique(e.value, e.name, e.edition.Name, "edition", editions)
	}
	return &filters.Names{Sources: sources, Tags: tags, Topics: topics}
}

// asAsked is an address in the one form of all that lead to the same request.
func asAsked(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.Fragment, u.RawFragment = "", ""
	u.Host = strings.ToLower(u.Host)
	if u.Path == "" {
		u.Path = "/"
	}
	for scheme, port := range map[string]string{"http": ":80", "https": ":443"} {
		if u.Scheme == scheme {
			u.Host = strings.TrimSuffix(u.Host, port)
		}
	}
	return u.String()
}

// unique reports a name that is missing or stands twice.
func (r *reader) unique(item, at value, name, what string, seen map[string]bool) {
	switch {
	case name == "" && !r.told(item.path+".name"):
		r.wrong(item, fmt.Sprintf("the %s has no name", what), "add name: …")
	case name != "" && seen[name]:
		r.wrong(at, fmt.Sprintf("another %s is named %q too", what, name), "rename one of them")
	}
	seen[name] = true
}

func (d *draft) compileTopics(r *reader) *topic.Set {
	specs := make([]topic.Spec, len(d.topics))
	for i, t := range d.topics {
		specs[i] = t.spec
	}
	set, mistakes := topic.Compile(specs)
	for _, m := range mistakes {
		v := d.topics[m.Topic].value
		var path []string
		if m.List != "" && v.node.Kind == mappingKind {
			path = append(path, m.List)
		}
		if m.Index >= 0 {
			path = append(path, strconv.Itoa(m.Index))
		}
		if m.Term >= 0 && m.List == "near" {
			path = append(path, "terms", strconv.Itoa(m.Term))
		}
		if m.Key != "" {
			path = append(path, "terms", m.Key)
		}
		r.place(v, []filters.Mistake{{Path: path, Key: m.Key != "", Wrong: m.Wrong, Right: m.Right}})
	}
	return set
}

func (d *draft) compileConditions(r *reader, names *filters.Names) {
	specs := map[string]any{}
	at := map[string]value{}
	if d.conditions.node != nil {
		r.namedValues(d.conditions, "name: {title: [terms]}", func(name string, item value) {
			specs[name], at[name] = r.plain(item), item
		})
	}
	d.config.names, d.config.conditions = names, specs
	for name, mistakes := range filters.CompileConditions(specs, names) {
		r.place(at[name], mistakes)
	}
}

// rules compiles a list of rules; where names it in decisions.
func (r *reader) rules(v value, where string, names *filters.Names) []filters.Rule {
	if v.node == nil {
		return nil
	}
	var rules []filters.Rule
	i := 0
	r.list(v, func(item value) {
		rule, mistakes := filters.CompileRule(r.plain(item), names)
		r.place(item, mistakes)
		rule.Path = where + "[" + strconv.Itoa(i) + "]"
		rules = append(rules, rule)
		i++
	})
	return rules
}

func (d *draft) compileSource(r *reader, s *sourceDraft, names *filters.Names) {
	s.checkTLS(r)
	source := s.source
	if source.Every == 0 {
		source.Every = d.config.Polling.Every
	}
	d.config.Sources = append(d.config.Sources, source)
	d.config.Desk.Sources[source.Name] = &filters.Source{
		Source: source,
		Remove: s.remove,
		Rules:  r.rules(s.rules, "sources["+source.Name+"].rules", names),
	}
}

func (d *draft) compileEdition(r *reader, draft *editionDraft, names *filters.Names, shared []any) {
	e := draft.edition
	if e.Title == "" {
		e.Title = e.Name
	}
	d.takeSources(r, draft, &e, names)
	for _, ref := range draft.topics {
		if r.refers(ref, "topic", names.Topics) {
			e.Topics = append(e.Topics, ref.name)
		}
	}
	for _, ref := range draft.prefer {
		if r.refers(ref, "source", names.Sources) {
			if e.Sources != nil && !e.Sources[ref.name] {
				r.wrong(ref.at, fmt.Sprintf("the edition doesn't take the source %q", ref.name), "add it to the edition's sources, or take it out here")
			}
			e.Prefer = append(e.Prefer, ref.name)
		}
	}
	reach := len(d.sources)
	if e.Sources != nil {
		reach = len(e.Sources)
	}
	if e.Quorum > max(1, reach) && !r.told(draft.value.path+".sources") {
		r.wrong(draft.quorum, fmt.Sprintf("%d sources can't report a story: the edition has %d", e.Quorum, reach), "lower it, or add sources")
	}
	e.Rules = r.rules(draft.rules, "editions["+e.Name+"].rules", names)
	parts := []any{digest(shared), decisive(r, draft.value), d.decisiveSources(r, &e)}
	parts = append(parts, d.decisiveTopics(r, []any{shared, parts}, e.Topics))
	for _, name := range slices.Concat(e.From, e.Except) {
		parts = append(parts, d.config.Edition(name).Fingerprint)
	}
	e.Fingerprint = digest(parts)
	d.config.Desk.Editions = append(d.config.Desk.Editions, &e)
}

// refers reports whether a reference names something that is there.
func (r *reader) refers(ref named, what string, all map[string]bool) bool {
	if all[ref.name] {
		return true
	}
	right := "define it under " + what + "s"
	if near := filters.Nearest(ref.name, sorted(all)); near != "" {
		right = fmt.Sprintf("did you mean %q?", near)
	}
	r.wrong(ref.at, fmt.Sprintf("there is no %s %q", what, ref.name), right)
	return false
}

func sorted(set map[string]bool) []string {
	var all []string
	for name := range set {
		if name != "" {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// sourcesOf unfolds a reference to a source or to a tag's sources.
func (d *draft) sourcesOf(r *reader, ref named, names *filters.Names) []string {
	found := d.taken[ref.name]
	switch {
	case len(found) > 0:
	case strings.Contains(ref.name, ":"):
		var tags []string
		for tag := range names.Tags {
			tags = append(tags, "tag:"+tag)
		}
		slices.Sort(tags)
		right := "give a source that tag"
		if near := filters.Nearest(ref.name, tags); near != "" {
			right = fmt.Sprintf("did you mean %q?", near)
		}
		r.wrong(ref.at, fmt.Sprintf("no source has %q", short(ref.name)), right)
	case names.Tags[ref.name]:
		r.wrong(ref.at, fmt.Sprintf("there is no source %q", ref.name), fmt.Sprintf("did you mean %q?", "tag:"+ref.name))
	default:
		r.refers(ref, "source", names.Sources)
	}
	return found
}

// checkPairs looks at the sources and hosts that stories name.
func (d *draft) checkPairs(r *reader, names *filters.Names) {
	for _, one := range d.pairs {
		if names.Sources[one.name] || strings.Contains(one.name, ".") {
			continue
		}
		r.wrong(one.at, fmt.Sprintf("%q is neither a source nor a host", short(one.name)), suggest(one.name, sorted(names.Sources), "sources"))
	}
}

// Edition returns the edition of that name, or nil.
func (c *Config) Edition(name string) *filters.Edition { return c.Desk.Edition(name) }

// Source returns the source of that name.
func (c *Config) Source(name string) (feed.Source, bool) {
	at := slices.IndexFunc(c.Sources, func(s feed.Source) bool { return s.Name == name })
	if at < 0 {
		return feed.Source{}, false
	}
	return c.Sources[at], true
}
