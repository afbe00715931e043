package cli

import (
	"fmt"
	"time"

	"copydesk/feed"
	"copydesk/filters"
	"copydesk/filters/language"
)

type checkCommand struct{}

// Run loads the configuration, which finds all mistakes in its form, and
// tries every edition's examples.
func (checkCommand) Run(g *globals, w *World) error {
	c, err := g.load(w)
	if err != nil {
		return err
	}
	failed := 0
	tried := 0
	for _, e := range c.Desk.Editions {
		for _, example := range examples(e) {
			tried++
			if told := try(c.Desk, e, example, w.Now()); told != "" {
				failed++
				fmt.Fprintf(w.Stderr, "%s: editions[%s].examples: %s\n", g.Config, e.Name, told)
			}
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %s came out otherwise", failed, count(tried, "example", "examples"))
	}
	_, err = fmt.Fprintf(w.Stdout, "%s is good: %s, %s, %s, %s as they should be\n", g.Config,
		count(len(c.Sources), "source", "sources"), count(len(c.Desk.Topics.Names()), "topic", "topics"),
		count(len(c.Desk.Editions), "edition", "editions"), count(tried, "example", "examples"))
	return err
}

// example is a title and what the edition must do with it.
type example struct {
	title string
	keep  bool
}

func examples(e *filters.Edition) []example {
	var all []example
	for _, t := range e.Examples.Keep {
		all = append(all, example{t, true})
	}
	for _, t := range e.Examples.Drop {
		all = append(all, example{t, false})
	}
	return all
}

// try says what came of an example, or "" when it is as it should be. An
// example is taken as new, from any source, its language detected.
func try(desk *filters.Desk, e *filters.Edition, x example, now time.Time) string {
	c := feed.Copy{Title: x.title, Published: now, Updated: now}
	guess := language.Of(x.title, "", "", "")
	c.Language, c.Confidence = guess.Language, guess.Confidence
	desk.FindTopics(&c)
	anywhere := *e
	anywhere.Sources = nil
	d, _ := desk.Judge(filters.NewItem(&c, "", nil, now), &anywhere)
	if kept := d.Verdict == feed.Kept; kept == x.keep {
		return ""
	}
	should := "dropped"
	if x.keep {
		should = "kept"
	}
	return fmt.Sprintf("“%s” should be %s, but is %s: %s", x.title, should, d.Verdict, d.Reason)
}
