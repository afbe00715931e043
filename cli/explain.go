package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/storage/sqlite"
)

type explainCommand struct {
	Words []string `arg:"" name:"what" help:"[EDITION] LINK-OR-ID: the entry, by its address, its id, or its number."`
}

func (e *explainCommand) Run(ctx context.Context, g *globals, w *World) error {
	return g.read(ctx, w, func(c *config.Config, store *sqlite.Store) error {
		edition, what := "", e.Words[len(e.Words)-1]
		switch len(e.Words) {
		case 1:
		case 2:
			edition = e.Words[0]
			if c.Edition(edition) == nil {
				return noEdition(c, edition)
			}
		default:
			return fmt.Errorf("%w: explain takes an edition, or none, and one link or id", errUsage)
		}
		found, err := explain(ctx, store, edition, what)
		if err != nil {
			return err
		}
		found = taken(found)
		if g.JSON {
			return printJSON(w.Stdout, found)
		}
		for _, x := range found {
			x.print(w.Stdout)
		}
		return nil
	})
}

// taken leaves out entries on which nothing was decided, where there are
// others by the same link or id: another source's, which the edition doesn't
// take.
func taken(all []explanation) []explanation {
	var decided []explanation
	for _, x := range all {
		if len(x.Decisions) > 0 {
			decided = append(decided, x)
		}
	}
	if len(decided) == 0 {
		return all
	}
	return decided
}

// explanation is all that is stored of what happened to an entry.
type explanation struct {
	Entry     int64           `json:"entry"`
	Source    string          `json:"source"`
	Title     string          `json:"title"`
	Link      string          `json:"link,omitempty"`
	ID        string          `json:"id"`
	FirstSeen time.Time       `json:"firstSeen"`
	Language  string          `json:"language"`
	Sure      float64         `json:"confidence"`
	Topics    []feed.TopicHit `json:"topics,omitempty"`
	Repairs   []feed.Repair   `json:"repairs,omitempty"`
	Furniture int             `json:"furniture,omitempty"`
	Notes     []string        `json:"notes,omitempty"`
	Story     int64           `json:"story"`
	With      []rendition     `json:"renditions,omitempty"`
	Fixed     bool            `json:"fixed,omitempty"` // a person put it into its story
	Apart     []rendition     `json:"apart,omitempty"` // entries that a person split it from
	Decisions []feed.Decision `json:"decisions"`
}

// rendition is another entry of the story.
type rendition struct {
	Source   string          `json:"source"`
	Title    string          `json:"title"`
	Link     string          `json:"link,omitempty"`
	Evidence []feed.Evidence `json:"evidence,omitempty"`
}

func explain(ctx context.Context, store *sqlite.Store, edition, what string) ([]explanation, error) {
	numbers, err := find(ctx, store, what)
	if err != nil {
		return nil, err
	}
	if len(numbers) == 0 {
		return nil, fmt.Errorf("no entry with the link or id %q was ever seen; copydesk preview tells what a source sends now", what)
	}
	records, err := store.Records(ctx, numbers)
	if err != nil {
		return nil, err
	}
	var all []explanation
	for i := range records {
		x, err := explainRecord(ctx, store, edition, &records[i])
		if err != nil {
			return nil, err
		}
		all = append(all, x)
	}
	return all, nil
}

func explainRecord(ctx context.Context, store *sqlite.Store, edition string, r *feed.Record) (explanation, error) {
	c := &r.Copy
	x := explanation{
		Entry: r.Entry, Source: r.Source, Title: c.Title, Link: c.Link, ID: r.PublicID, FirstSeen: r.FirstSeen,
		Language: c.Language, Sure: c.Confidence, Topics: c.Topics, Repairs: c.Repairs, Furniture: c.Furniture, Notes: c.Notes, Story: r.Story, Fixed: r.Fixed,
	}
	decisions, err := store.Decisions(ctx, r.Entry)
	if err != nil {
		return x, err
	}
	for _, d := range decisions {
		if edition == "" || d.Edition == edition {
			x.Decisions = append(x.Decisions, d)
		}
	}
	stories, err := store.Stories(ctx, []int64{r.Story})
	if err != nil {
		return x, err
	}
	var others []int64
	evidence := map[int64][]feed.Evidence{}
	var apart []int64
	for _, m := range stories[r.Story].Renditions {
		if m.Entry == r.Entry {
			apart = m.Apart
		}
		evidence[m.Entry] = m.Evidence
		if m.Entry != r.Entry {
			others = append(others, m.Entry)
		}
	}
	records, err := store.Records(ctx, others)
	for _, o := range records {
		x.With = append(x.With, rendition{o.Source, o.Copy.Title, o.Copy.Link, between(r.Entry, o.Entry, evidence)})
	}
	split, e := store.Records(ctx, apart)
	for _, o := range split {
		x.Apart = append(x.Apart, rendition{Source: o.Source, Title: o.Copy.Title, Link: o.Copy.Link})
	}
	return x, errors.Join(err, e)
}

// between is the evidence that ties two entries of a story, or else what
// brought the other one in.
func between(a, b int64, evidence map[int64][]feed.Evidence) []feed.Evidence {
	for _, e := range evidence[b] {
		if e.Entry == a {
			return []feed.Evidence{e}
		}
	}
	for _, e := range evidence[a] {
		if e.Entry == b {
			return []feed.Evidence{e}
		}
	}
	return evidence[b]
}

func (x *explanation) print(w io.Writer) {
	fmt.Fprintf(w, "%s\n  from %s, first seen %s, entry %d\n", orUntitled(x.Title), x.Source, x.FirstSeen.Format(time.RFC3339), x.Entry)
	if x.Link != "" {
		fmt.Fprintf(w, "  link: %s\n", x.Link)
	}
	fmt.Fprintf(w, "  id: %s\n", x.ID)
	language := x.Language
	if language == "" {
		language = "unknown"
	}
	fmt.Fprintf(w, "  language: %s (%.2f)\n", language, x.Sure)
	for _, t := range x.Topics {
		fmt.Fprintf(w, "  on %s:%s\n", t.Topic, hits(t.Words))
	}
	for _, n := range x.Notes {
		fmt.Fprintf(w, "  note: %s\n", n)
	}
	if len(x.Repairs) > 0 {
		fmt.Fprintln(w, "repaired")
	}
	for _, r := range x.Repairs {
		fmt.Fprintf(w, "  %s, in the %s\n", r.Name, r.Where)
		fmt.Fprintf(w, "    - %s\n", oneLine(r.Before))
		if r.After != "" {
			fmt.Fprintf(w, "    + %s\n", oneLine(r.After))
		}
	}
	if len(x.With) > 0 {
		fmt.Fprintf(w, "story %d, also reported by\n", x.Story)
	}
	for _, o := range x.With {
		fmt.Fprintf(w, "  %s: %s %s\n", o.Source, orUntitled(o.Title), o.Link)
		for _, e := range o.Evidence {
			fmt.Fprintf(w, "    by %s, %.2f: %s\n", e.By, e.Score, strings.Join(e.Terms, ", "))
		}
	}
	for _, o := range x.Apart {
		fmt.Fprintf(w, "split by a person from %s: %s %s\n", o.Source, orUntitled(o.Title), o.Link)
	}
	if x.Fixed {
		fmt.Fprintf(w, "a person put it into story %d, where it stays\n", x.Story)
	}
	fmt.Fprintln(w, "decisions")
	if len(x.Decisions) == 0 {
		fmt.Fprintln(w, "  none: no edition takes its source")
	}
	for _, d := range x.Decisions {
		fmt.Fprintf(w, "  %s: %s, %s\n", d.Edition, d.Verdict, d.Reason)
		for _, s := range d.Steps {
			fmt.Fprintf(w, "    %s: %s%s\n", s.Step, s.Result, detail(s.Detail))
		}
	}
}

func hits(all []feed.Hit) string {
	var b strings.Builder
	for _, h := range all {
		fmt.Fprintf(&b, " %q in the %s: “%s”;", h.Term, h.Where, h.Found)
	}
	return strings.TrimSuffix(b.String(), ";")
}

func detail(s string) string {
	if s == "" {
		return ""
	}
	return ", " + s
}

func orUntitled(s string) string {
	if s == "" {
		return "(without a title)"
	}
	return s
}
