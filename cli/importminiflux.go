package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"copydesk/filters"
)

// minifluxFeed is a feed as Miniflux's API lists it (GET /v1/feeds), or the
// settings of a person (GET /v1/me), which have rules alone.
type minifluxFeed struct {
	URL        string                 `json:"feed_url"`
	Title      string                 `json:"title"`
	Category   struct{ Title string } `json:"category"`
	Disabled   bool                   `json:"disabled"`
	Crawler    bool                   `json:"crawler"`
	UserAgent  string                 `json:"user_agent"`
	Username   string                 `json:"username"`
	Cookie     string                 `json:"cookie"`
	Scraper    string                 `json:"scraper_rules"`
	Rewrite    string                 `json:"rewrite_rules"`
	RewriteURL string                 `json:"urlrewrite_rules"`
	Blocklist  string                 `json:"blocklist_rules"`
	Keeplist   string                 `json:"keeplist_rules"`
	Block      string                 `json:"block_filter_entry_rules"`
	Keep       string                 `json:"keep_filter_entry_rules"`
}

// miniflux reads rules of Miniflux: what its API answers, or text.
func (m *imported) miniflux(data []byte) error {
	trimmed := bytes.TrimSpace(data)
	if len(trimmed) == 0 || trimmed[0] != '[' && trimmed[0] != '{' {
		return m.minifluxText(string(data))
	}
	var feeds []minifluxFeed
	if trimmed[0] == '{' {
		feeds = make([]minifluxFeed, 1)
		if err := json.Unmarshal(trimmed, &feeds[0]); err != nil {
			return fmt.Errorf("reading what Miniflux answers: %w", err)
		}
	} else if err := json.Unmarshal(trimmed, &feeds); err != nil {
		return fmt.Errorf("reading what Miniflux answers: %w", err)
	}
	for i, f := range feeds {
		place := fmt.Sprintf("[%d].", i)
		if trimmed[0] == '{' {
			place = ""
		}
		m.minifluxFeed(place, &f)
	}
	return nil
}

// minifluxFeed takes in one feed. Its order: what a person blocks, what the
// feed blocks, then what either keeps; the regular expression of old keeps
// only where there are no such rules.
func (m *imported) minifluxFeed(place string, f *minifluxFeed) {
	block, _ := m.minifluxRules(place+"block_filter_entry_rules", f.Block)
	keep, keeps := m.minifluxRules(place+"keep_filter_entry_rules", f.Keep)
	if f.URL == "" { // a person's settings hold for every feed
		for _, c := range block {
			m.rules = append(m.rules, drop(c))
		}
		m.unsure = m.unsure || !keeps
		if keeps && len(keep) > 0 {
			m.named = append(m.named, pair{"miniflux-keeps", anyCondition(keep)})
		}
		return
	}
	if f.Disabled {
		m.note(place+"disabled", "%s is disabled, and left out", f.URL)
		return
	}
	s := m.source(place+"feed_url", f.Title, f.URL, f.Category.Title)
	if s == nil {
		return
	}
	for _, unsaid := range []struct {
		key string
		is  bool
	}{
		{"crawler", f.Crawler}, {"username", f.Username != ""}, {"cookie", f.Cookie != ""},
		{"scraper_rules", f.Scraper != ""}, {"rewrite_rules", f.Rewrite != ""}, {"urlrewrite_rules", f.RewriteURL != ""},
	} {
		if unsaid.is {
			m.note(place+""+unsaid.key, "can't be said here")
		}
	}
	if f.UserAgent != "" {
		s.more = append(s.more, pair{"headers", pairs{{"User-Agent", f.UserAgent}}})
	}
	for _, c := range block {
		s.rules = append(s.rules, drop(c))
	}
	if c, ok := m.minifluxList(place+"blocklist_rules", f.Blocklist); ok {
		s.rules = append(s.rules, drop(c))
	}
	m.waiting = append(m.waiting, func() { m.minifluxKeep(place, f, s, keep, keeps) })
}

// minifluxKeep drops what a feed's keep rules don't name.
func (m *imported) minifluxKeep(place string, f *minifluxFeed, s *importedSource, keep []pairs, keeps bool) {
	if len(m.named) > 0 {
		keep = append([]pairs{{{"condition", []any{"miniflux-keeps"}}}}, keep...)
	}
	switch {
	case m.unsure && (len(keep) > 0 || f.Keeplist != ""):
		m.note(place+"keep_filter_entry_rules", "what %s keeps is left out: rules that keep for every feed can't all be said", s.name)
	case keeps && len(keep) > 0:
		s.rules = append(s.rules, unless(anyCondition(keep)))
		if f.Keeplist != "" {
			m.note(place+"keeplist_rules", "isn't asked where there are other rules to keep")
		}
	case !keeps: // told already
	case f.Keeplist != "":
		if c, ok := m.minifluxList(place+"keeplist_rules", f.Keeplist); ok {
			s.rules = append(s.rules, unless(c))
		}
	}
}

// minifluxText reads rules without feeds, which hold for all.
func (m *imported) minifluxText(text string) error {
	if m.as == "" {
		return fmt.Errorf("%w: Miniflux keeps rules that block and rules that keep apart; say which these are with --as block or --as keep", errUsage)
	}
	var all []pairs
	whole, old := true, !minifluxRule.MatchString(text)
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		read := minifluxCondition
		if old {
			read = minifluxOld
		}
		c, err := read(line)
		if err != nil {
			whole = false
			m.note(m.line(i+1), "%s: %v", line, err)
			continue
		}
		all = append(all, c)
	}
	switch {
	case len(all) == 0:
	case m.as == "block":
		for _, c := range all {
			m.rules = append(m.rules, drop(c))
		}
	case !whole:
		m.note("1", "the other rules to keep are left out too: without these they would drop what should be kept")
	default:
		m.rules = append(m.rules, unless(anyCondition(all)))
	}
	return nil
}

// minifluxRules reads rules in lines. It answers false when one can't be
// said: fewer rules to keep would drop what should be kept.
func (m *imported) minifluxRules(place, text string) (all []pairs, whole bool) {
	whole = true
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		c, err := minifluxCondition(line)
		if err != nil {
			m.note(place+":"+m.line(i+1), "%s: %v", line, err)
			whole = false
			continue
		}
		all = append(all, c)
	}
	if !whole && strings.Contains(place, "keep_") && len(all) > 0 {
		m.note(place, "the other rules to keep are left out too: without these they would drop what should be kept")
	}
	return all, whole
}

var minifluxRule = regexp.MustCompile(`(?m)^\s*Entry[A-Za-z]+\s*=`)

// minifluxFields say where a rule's expression looks.
var minifluxFields = map[string]func(expression string) pairs{
	"EntryTitle":   func(re string) pairs { return pairs{{"title", []any{re}}} },
	"EntryURL":     func(re string) pairs { return pairs{{"link", []any{re}}} },
	"EntryContent": body,
	"EntryAuthor":  func(re string) pairs { return single("author", re) },
	"EntryTag":     func(re string) pairs { return single("category", re) },
}

// single looks for an expression in one of several texts.
func single(field, expression string) pairs {
	if anchored(expression) {
		return each(field, expression)
	}
	return pairs{{field, []any{expression}}}
}

func minifluxCondition(line string) (pairs, error) {
	field, value, ok := strings.Cut(line, "=")
	field, value = strings.TrimSpace(field), strings.TrimSpace(value)
	if !ok || value == "" {
		return nil, errors.New("is no rule; Miniflux doesn't heed it")
	}
	if field == "EntryDate" {
		age, is := strings.CutPrefix(value, "max-age:")
		if d, err := filters.ParseDuration(age); is && err == nil && d > 0 {
			return pairs{{"age", "> " + age}}, nil
		}
		return nil, errors.New("conditions ask for an age, not for a date")
	}
	say := minifluxFields[field]
	if say == nil {
		return nil, fmt.Errorf("no condition looks at %s", field)
	}
	expression, err := expressionOf(value, "")
	if err == nil && field == "EntryContent" {
		err = unseen(value)
	}
	if err != nil {
		return nil, err
	}
	return say(expression), nil
}

// minifluxOld reads the one expression of old, which looks at four fields.
func minifluxOld(pattern string) (pairs, error) {
	expression, err := expressionOf(pattern, "")
	if err != nil {
		return nil, err
	}
	var all []pairs
	for _, field := range []string{"EntryTitle", "EntryURL", "EntryAuthor", "EntryTag"} {
		all = append(all, minifluxFields[field](expression))
	}
	return anyCondition(all), nil
}

// minifluxList reads such an expression where there is one.
func (m *imported) minifluxList(place, pattern string) (pairs, bool) {
	if pattern == "" {
		return nil, false
	}
	c, err := minifluxOld(pattern)
	if err != nil {
		m.note(place, "%s: %v", pattern, err)
	}
	return c, err == nil
}
