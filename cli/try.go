package cli

import (
	"context"
	"errors"
	"slices"
	"time"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/filters"
	"copydesk/filters/replay"
	"copydesk/web"
)

// The bounds of a trial.
const (
	tryTime     = 5 * time.Second
	mostTried   = 20_000 // entries looked at
	triedAtOnce = 200    // of these, read from the store at once
	matchShown  = 50
	changeShown = 20 // of an edition
)

// trial is a rule at work on the archive, by the configuration in force.
type trial struct {
	config *config.Config
	wanted web.Trial
	rules  []filters.Rule
	ways   []way
	tried  web.Tried
}

// way is a desk with the rule in it.
type way struct {
	action string // where the trial leaves it open
	replay *replay.Replay
}

// try looks what a rule would do to archived entries.
func (l *library) try(ctx context.Context, wanted web.Trial) (*web.Tried, error) {
	c := l.config.Load()
	rules, err := c.Rules(wanted.Rule, wanted.Term)
	var mistakes config.Mistakes
	if errors.As(err, &mistakes) {
		wrong := &web.TrialError{}
		for _, m := range mistakes {
			wrong.Mistakes = append(wrong.Mistakes, web.Mistake{Line: m.Line, Column: m.Column, Path: m.Path, Wrong: m.Wrong, Right: m.Right})
		}
		return nil, wrong
	}
	if err != nil {
		return nil, err
	}
	t := &trial{config: c, wanted: wanted, rules: rules, tried: web.Tried{Matches: []web.Match{}, Changes: []web.Change{}}}
	t.prepare()
	inTime, cancel := context.WithTimeout(ctx, tryTime)
	defer cancel()
	next, _, err := l.store.Next(ctx)
	if err != nil {
		return nil, err
	}
	for next > 1 && !t.tried.Cut {
		numbers := make([]int64, 0, triedAtOnce)
		for n := next - 1; n >= 1 && len(numbers) < triedAtOnce; n-- {
			numbers = append(numbers, n)
		}
		next = numbers[len(numbers)-1]
		records, err := l.store.Records(inTime, numbers)
		if err != nil && ctx.Err() == nil && inTime.Err() != nil {
			t.tried.Cut = true
			break
		}
		if err != nil {
			return nil, err
		}
		if !t.portion(inTime, records) {
			break
		}
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	t.settle()
	return &t.tried, nil
}

// prepare makes the desks to compare with.
func (t *trial) prepare() {
	for _, e := range t.config.Desk.Editions {
		if t.wanted.Edition == "" || e.Name == t.wanted.Edition {
			t.tried.Asked = append(t.tried.Asked, e.Name)
		}
	}
	if slices.ContainsFunc(t.rules, func(r filters.Rule) bool { return r.Action == "" }) {
		for _, action := range []filters.Action{filters.Drop, filters.Keep} {
			rules := slices.Clone(t.rules)
			for i := range rules {
				rules[i].Action = action
			}
			t.ways = append(t.ways, way{string(action), replay.New(t.deskWith(rules))})
		}
		return
	}
	t.ways = []way{{"", replay.New(t.deskWith(t.rules))}}
}

// deskWith is the desk with rules where they would stand.
func (t *trial) deskWith(rules []filters.Rule) *filters.Desk {
	placed := func(others []filters.Rule) []filters.Rule {
		if t.wanted.Last {
			return slices.Concat(others, rules)
		}
		return slices.Concat(rules, others)
	}
	desk := *t.config.Desk
	if t.wanted.Edition == "" {
		desk.Rules = placed(desk.Rules)
		return &desk
	}
	desk.Editions = slices.Clone(desk.Editions)
	for i, e := range desk.Editions {
		if e.Name == t.wanted.Edition {
			changed := *e
			changed.Rules = placed(e.Rules)
			desk.Editions[i] = &changed
		}
	}
	return &desk
}

// portion looks at entries in the order of their numbers, the last first.
// False: there is no use in going on.
func (t *trial) portion(ctx context.Context, records []feed.Record) bool {
	young := len(records) == 0
	for i := range slices.Backward(records) {
		r := &records[i]
		if r.FirstSeen.Before(t.wanted.Since) {
			continue
		}
		young = true
		if r.Forgotten {
			continue
		}
		if ctx.Err() != nil || t.tried.Looked == mostTried {
			t.tried.Cut = true
			return false
		}
		t.look(r)
	}
	return young
}

func (t *trial) look(r *feed.Record) {
	desk := t.config.Desk
	if e := desk.Edition(t.wanted.Edition); e != nil && !e.Takes(r.Source) {
		return
	}
	t.tried.Looked++
	t.tried.Back = r.FirstSeen
	desk.FindTopics(&r.Copy)
	var tags []string
	if s := desk.Sources[r.Source]; s != nil {
		tags = s.Tags
	}
	item := filters.NewItem(&r.Copy, r.Source, tags, r.FirstSeen)
	var hits []feed.Hit
	matched := slices.ContainsFunc(t.rules, func(rule filters.Rule) (match bool) {
		match, hits = rule.Condition.Match(item)
		return match
	})
	if !matched {
		return
	}
	t.tried.Matched++
	var now []feed.Decision
	kept := []string{}
	for _, e := range desk.Editions {
		d, takes := desk.Judge(item, e)
		if !takes {
			continue
		}
		now = append(now, d)
		if d.Verdict != feed.Dropped && slices.Contains(t.tried.Asked, e.Name) {
			kept = append(kept, e.Name)
		}
	}
	if len(t.tried.Matches) < matchShown {
		t.tried.Matches = append(t.tried.Matches, matchOf(r, hits, kept))
	}
	for _, w := range t.ways {
		w.replay.Add(r, now)
	}
}

func matchOf(r *feed.Record, hits []feed.Hit, kept []string) web.Match {
	c := &r.Copy
	m := web.Match{Entry: r.Entry, Plain: c.Title, Link: c.Link, Source: r.Source, Language: c.Language, Seen: r.FirstSeen, Kept: kept}
	var inTitle []string
	for _, h := range hits {
		if h.Where == "title" {
			inTitle = append(inTitle, h.Term)
		}
		m.Found = append(m.Found, web.Found{Where: h.Where, Text: h.Found, Pieces: pieces(h.Found, []string{h.Term}, c.Language)})
	}
	m.Title = pieces(c.Title, inTitle, c.Language)
	return m
}

func pieces(s string, terms []string, language string) []web.Piece {
	var all []web.Piece
	for _, p := range filters.Mark(s, terms, language) {
		all = append(all, web.Piece(p))
	}
	return all
}

// settle tells what would change: in the editions that were asked for, and in
// others that are made of these.
func (t *trial) settle() {
	for i := range t.config.Desk.Editions {
		for _, w := range t.ways {
			o := w.replay.Outcomes()[i]
			if len(o.Gains)+len(o.Losses) == 0 && (t.tried.Matched == 0 || !slices.Contains(t.tried.Asked, o.Edition)) {
				continue
			}
			t.tried.Changes = append(t.tried.Changes, changeOf(o, w.action))
		}
	}
}

func changeOf(o *replay.Outcome, action string) web.Change {
	change := web.Change{Edition: o.Edition, Action: action, Gains: len(o.Gains), Losses: len(o.Losses), Some: []web.Changed{}}
	for _, side := range []struct {
		gained bool
		all    []replay.Change
	}{{true, o.Gains}, {false, o.Losses}} {
		for _, one := range side.all[:min(len(side.all), changeShown)] {
			change.Some = append(change.Some, web.Changed{
				Entry: one.Entry, Gained: side.gained, Title: one.Title, Link: one.Link, Source: one.Source, Was: one.Was, Now: orNone(one.Now),
			})
		}
	}
	return change
}
