package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/filters"
	"copydesk/filters/language"
)

type checkCommand struct{}

// checked is what check finds.
type checked struct {
	File     string            `json:"file"`
	Good     bool              `json:"good"`
	Mistakes []mistaken        `json:"mistakes,omitempty"`
	Warnings []filters.Warning `json:"warnings,omitempty"`
	Examples []tried           `json:"examples,omitempty"`
}

// mistaken is a mistake with its place.
type mistaken struct {
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Path   string `json:"path,omitempty"`
	Wrong  string `json:"wrong"`
	Right  string `json:"right,omitempty"`
}

// Run loads the configuration, which finds all mistakes in its form, tries
// every edition's examples, and tells what works and may not be meant. Only
// mistakes and examples that come out otherwise fail it.
func (checkCommand) Run(ctx context.Context, g *globals, w *World) error {
	found := checked{File: g.Config}
	c, err := g.load(w)
	if err != nil {
		var mistakes config.Mistakes
		if g.JSON && errors.As(err, &mistakes) {
			for _, one := range mistakes {
				found.Mistakes = append(found.Mistakes, mistaken{one.Line, one.Column, one.Path, one.Wrong, one.Right})
			}
			err = errors.Join(err, printJSON(w.Stdout, found))
		}
		return err
	}
	failed := 0
	for _, e := range c.Desk.Editions {
		for _, x := range examples(e) {
			came := try(c.Desk, e, x, w.Now())
			if found.Examples = append(found.Examples, came); !came.Good {
				failed++
			}
		}
	}
	found.Warnings = filters.Warnings(c.Desk)
	faults, err := ruleFaults(ctx, c, w)
	if err != nil {
		return err
	}
	for _, f := range faults {
		found.Warnings = append(found.Warnings, f.Warning)
	}
	if found.Good = failed == 0; g.JSON {
		err = printJSON(w.Stdout, found)
	} else {
		err = found.print(c, w)
	}
	if failed > 0 {
		return errors.Join(err, fmt.Errorf("%d of %s came out otherwise", failed, count(len(found.Examples), "example", "examples")))
	}
	return err
}

// print tells on standard error what a person should look at.
func (f *checked) print(c *config.Config, w *World) error {
	places := config.PlacesIn(f.File)
	at := func(path string) string {
		if line, column := places.Of(path); line > 0 {
			return fmt.Sprintf("%s:%d:%d: %s", f.File, line, column, path)
		}
		return f.File + ": " + path
	}
	for _, x := range f.Warnings {
		fmt.Fprintf(w.Stderr, "%s: %s\n", at(x.Path), x.Text)
	}
	for _, x := range f.Examples {
		if !x.Good {
			fmt.Fprintf(w.Stderr, "%s: “%s” should be %s, but is %s: %s\n", at(x.Path), x.Title, x.Should, x.Verdict, x.Reason)
		}
	}
	if !f.Good {
		return nil
	}
	says := "is good"
	if n := len(f.Warnings); n > 0 {
		says += ", with " + count(n, "warning", "warnings")
	}
	_, err := fmt.Fprintf(w.Stdout, "%s %s: %s, %s, %s, %s as they should be\n", f.File, says,
		count(len(c.Sources), "source", "sources"), count(len(c.Desk.Topics.Names()), "topic", "topics"),
		count(len(c.Desk.Editions), "edition", "editions"), count(len(f.Examples), "example", "examples"))
	return err
}

// example is a title and what the edition must do with it.
type example struct {
	path   string // in the configuration
	title  string
	should feed.Verdict
}

// tried is what came of an example.
type tried struct {
	Edition string       `json:"edition"`
	Path    string       `json:"path"` // in the configuration
	Title   string       `json:"title"`
	Should  feed.Verdict `json:"should"`
	Verdict feed.Verdict `json:"verdict"`
	Reason  string       `json:"reason"`
	Good    bool         `json:"good"`
}

func examples(e *filters.Edition) []example {
	var all []example
	add := func(list string, titles []string, should feed.Verdict) {
		for i, t := range titles {
			all = append(all, example{fmt.Sprintf("editions[%s].examples.%s[%d]", e.Name, list, i), t, should})
		}
	}
	add("keep", e.Examples.Keep, feed.Kept)
	add("drop", e.Examples.Drop, feed.Dropped)
	return all
}

// try judges an example: it is taken as new, from any source, its language
// detected. A title that may be in one of the edition's languages is: names
// and acronyms are written in any.
func try(desk *filters.Desk, e *filters.Edition, x example, now time.Time) tried {
	c := feed.Copy{Title: x.title, Published: now, Updated: now}
	guess := language.Of(x.title, "", "", "")
	for i := 0; i < len(e.Languages) && !e.Speaks(guess.Language); i++ {
		if likely := language.Of(x.title, "", e.Languages[i], e.Languages[i]); e.Speaks(likely.Language) {
			guess = likely
		}
	}
	c.Language, c.Confidence = guess.Language, guess.Confidence
	desk.FindTopics(&c)
	item := filters.NewItem(&c, "", nil, now)
	item.Anywhere = true
	d, _ := desk.Judge(item, e)
	return tried{Edition: e.Name, Path: x.path, Title: x.title, Should: x.should, Verdict: d.Verdict, Reason: d.Reason, Good: d.Verdict == x.should}
}
