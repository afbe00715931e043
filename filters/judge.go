package filters

import (
	"fmt"
	"strings"

	"copydesk/feed"
)

// judged is what an edition decided, and whether it takes the entry's source.
type judged struct {
	feed.Decision
	takes bool
}

// Judge decides on an entry for an edition: kept or dropped, by what, on what
// text. It answers false when the edition doesn't take the entry's source.
// What becomes of a kept entry among its story's renditions, Gather decides.
//
// Editions that this one is made of are judged before, once per item.
func (d *Desk) Judge(item *Item, e *Edition) (feed.Decision, bool) {
	item.mu.Lock()
	known, ok := item.judged[e]
	item.mu.Unlock()
	if ok {
		return known.Decision, known.takes
	}
	decision, takes := d.judge(item, e)
	item.mu.Lock()
	defer item.mu.Unlock()
	if item.judged == nil {
		item.judged = make(map[*Edition]judged)
	}
	item.judged[e] = judged{decision, takes}
	return decision, takes
}

func (d *Desk) judge(item *Item, e *Edition) (feed.Decision, bool) {
	if !item.Anywhere && !e.Takes(item.Source) {
		return feed.Decision{}, false
	}
	j := judgement{feed.Decision{Edition: e.Name, Config: e.Fingerprint, At: item.At}}
	if came, ended := d.others(&j, item, e); ended || !came {
		return j.Decision, came
	}
	if !e.Speaks(item.Copy.Language) {
		j.end(feed.Dropped, "language", fmt.Sprintf("its language is %s; the edition takes %s", languageName(item.Copy.Language), strings.Join(e.Languages, ", ")))
		return j.Decision, true
	}
	if len(e.Languages) > 0 {
		j.passed("language", languageName(item.Copy.Language))
	}
	var own []Rule
	if s := d.Sources[item.Source]; s != nil {
		own = s.Rules
	}
	for _, rules := range [][]Rule{d.Rules, own, e.Rules} {
		if j.rules(item, rules) {
			return j.Decision, true
		}
	}
	j.topics(item, e)
	return j.Decision, true
}

// judgement is a decision while it is made.
type judgement struct{ feed.Decision }

func (j *judgement) passed(step, detail string) {
	j.Steps = append(j.Steps, feed.Step{Step: step, Result: "passed", Detail: detail})
}

func (j *judgement) end(v feed.Verdict, step, reason string) {
	j.Verdict, j.Step, j.Reason = v, step, reason
	j.Steps = append(j.Steps, feed.Step{Step: step, Result: string(v), Detail: reason})
}

// rules asks each rule in turn, and reports whether one decided.
func (j *judgement) rules(item *Item, rules []Rule) bool {
	for i := range rules {
		rule := &rules[i]
		match, hits := rule.Condition.Match(item)
		if !match {
			continue
		}
		verdict := feed.Kept
		if rule.Action == Drop {
			verdict = feed.Dropped
		}
		j.Rule, j.Hits = rule.Path, hits
		j.end(verdict, "rule", fmt.Sprintf("%s %ss it%s", rule.Path, rule.Action, because(hits)))
		return true
	}
	if len(rules) > 0 {
		j.passed("rule", fmt.Sprintf("none of %d matches", len(rules)))
	}
	return false
}

// topics decides by the edition's topics, where no rule has.
func (j *judgement) topics(item *Item, e *Edition) {
	if len(e.Topics) == 0 {
		j.end(feed.Kept, "edition", "no rule speaks against it")
		return
	}
	for _, name := range e.Topics {
		for _, hit := range item.Copy.Topics {
			if hit.Topic == name {
				j.Hits = hit.Words
				j.end(feed.Kept, "topic", "it is on "+name+because(hit.Words))
				return
			}
		}
	}
	j.end(feed.Dropped, "topic", "it is not on "+strings.Join(e.Topics, ", "))
}

// because names the words that decided.
func because(hits []feed.Hit) string {
	if len(hits) == 0 {
		return ""
	}
	where := ""
	if hits[0].Where != "" {
		where = hits[0].Where + " has "
	}
	return ": " + where + "“" + hits[0].Found + "”"
}

func languageName(tag string) string {
	if tag == "" {
		return "unknown"
	}
	return tag
}
