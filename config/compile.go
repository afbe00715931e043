package config

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

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
	d.compileConditions(r, names)
	desk.Rules = r.rules(d.rules, "rules", names)
	for _, s := range d.sources {
		d.compileSource(r, s, names)
	}
	print := fingerprints{r: r, root: root}
	desk.Fingerprint = print.of("topics", "sources")
	for _, e := range d.editions {
		d.compileEdition(r, e, names, print)
	}
	if d.config.Stories.Window == 0 {
		d.config.Stories.Window = 72 * time.Hour
	}
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
		if other, twice := urls[s.source.URL]; twice && s.source.URL != "" && sameHeaders(d.sources, other, s) {
			r.wrong(s.value, fmt.Sprintf("polls the same address as the source %q", other), "keep one of them")
		}
		urls[s.source.URL] = s.source.Name
		for _, t := range s.source.Tags {
			tags[t] = true
		}
	}
	for _, s := range d.sources {
		if s.source.Was != "" && sources[s.source.Was] {
			r.wrong(s.value, fmt.Sprintf("was %q, but a source of that name is still there", s.source.Was), "take out one of the two")
		}
	}
	for _, e := range d.editions {
		r.unique(e.value, e.name, e.edition.Name, "edition", editions)
	}
	return &filters.Names{Sources: sources, Tags: tags, Topics: topics}
}

func sameHeaders(all []*sourceDraft, name string, s *sourceDraft) bool {
	for _, other := range all {
		if other.source.Name == name {
			return fmt.Sprint(other.source.Headers) == fmt.Sprint(s.source.Headers)
		}
	}
	return false
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

// told reports whether a mistake at that path was reported already.
func (r *reader) told(path string) bool {
	return slices.ContainsFunc(r.mistakes, func(m Mistake) bool { return m.Path == path })
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
		r.place(v, []filters.Mistake{{Path: path, Wrong: m.Wrong, Right: m.Right}})
	}
	return set
}

func (d *draft) compileConditions(r *reader, names *filters.Names) {
	specs := map[string]any{}
	at := map[string]value{}
	if d.conditions.node != nil {
		r.namedValues(d.conditions, "a condition", func(name string, item value) {
			specs[name], at[name] = r.plain(item), item
		})
	}
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

func (d *draft) compileEdition(r *reader, draft *editionDraft, names *filters.Names, print fingerprints) {
	e := draft.edition
	if e.Title == "" {
		e.Title = e.Name
	}
	if len(draft.sources) > 0 {
		e.Sources = map[string]bool{}
	}
	for _, ref := range draft.sources {
		for _, name := range d.sourcesOf(r, ref) {
			e.Sources[name] = true
		}
	}
	for _, ref := range draft.topics {
		if r.known(ref, "topic", names.Topics) {
			e.Topics = append(e.Topics, ref.name)
		}
	}
	for _, ref := range draft.prefer {
		if r.known(ref, "source", names.Sources) {
			if e.Sources != nil && !e.Sources[ref.name] {
				r.wrong(ref.at, fmt.Sprintf("the edition doesn't take the source %q", ref.name), "add it to the edition's sources, or take it out here")
			}
			e.Prefer = append(e.Prefer, ref.name)
		}
	}
	if e.Quorum > max(1, len(e.Sources)) && e.Sources != nil || e.Quorum > max(1, len(d.sources)) {
		r.wrong(draft.value, fmt.Sprintf("a quorum of %d can't be reached by the edition's sources", e.Quorum), "lower it, or add sources")
	}
	e.Rules = r.rules(draft.rules, "editions["+e.Name+"].rules", names)
	e.Fingerprint = print.of("topics", "rules", "conditions", "stories") + print.edition(draft.value.node)
	sum := sha256.Sum256([]byte(e.Fingerprint))
	e.Fingerprint = hex.EncodeToString(sum[:6])
	d.config.Desk.Editions = append(d.config.Desk.Editions, &e)
}

// known reports whether a reference names something that is there.
func (r *reader) known(ref named, what string, all map[string]bool) bool {
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
func (d *draft) sourcesOf(r *reader, ref named) []string {
	kind, tag, prefixed := strings.Cut(ref.name, ":")
	names := map[string]bool{}
	var found []string
	tags := map[string]bool{}
	for _, s := range d.sources {
		names[s.source.Name] = true
		for _, t := range s.source.Tags {
			tags["tag:"+t] = true
		}
		if slices.Contains(s.source.Tags, tag) {
			found = append(found, s.source.Name)
		}
	}
	switch {
	case !prefixed && r.known(ref, "source", names):
		return []string{ref.name}
	case !prefixed:
	case kind == "tag" && len(found) > 0:
		return found
	case kind == "edition":
		r.wrong(ref.at, "editions made of other editions are not built yet", "name sources or tags")
	default:
		right := "give a source that tag"
		if near := filters.Nearest(ref.name, sorted(tags)); near != "" {
			right = fmt.Sprintf("did you mean %q?", near)
		}
		r.wrong(ref.at, fmt.Sprintf("no source has %q", ref.name), right)
	}
	return nil
}

// fingerprints digest parts of the file, so that a change that decisions
// depend on is noticed, and a changed title or comment isn't.
type fingerprints struct {
	r    *reader
	root *yaml.Node
}

func (f fingerprints) of(keys ...string) string {
	var parts []any
	for _, k := range keys {
		if _, found, ok := child(f.root, k); ok {
			parts = append(parts, k, f.plain(found))
		}
	}
	return digest(parts)
}

// edition digests what an edition's decisions depend on.
func (f fingerprints) edition(n *yaml.Node) string {
	whole, _ := f.plain(n).(map[string]any)
	for _, k := range []string{"title", "description", "limit", "private", "apply", "examples"} {
		delete(whole, k)
	}
	return digest(whole)
}

func (f fingerprints) plain(n *yaml.Node) any {
	quiet := reader{file: f.r.file, env: f.r.env}
	return quiet.plain(value{node: n})
}

func digest(v any) string {
	data, err := json.Marshal(v)
	if err != nil { // strings, numbers, lists and maps: cannot happen
		panic(err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:6])
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
