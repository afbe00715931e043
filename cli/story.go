package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"copydesk/feed"
	"copydesk/feed/poll"
	"copydesk/storage"
	"copydesk/storage/sqlite"
	"copydesk/web"
)

type storyCommand struct {
	Split storySplitCommand `cmd:"" help:"Take an entry out of its story, into one of its own, for good."`
	Join  storyJoinCommand  `cmd:"" help:"Make one story of the stories of several entries, for good."`
}

type storySplitCommand struct {
	What string `arg:"" name:"link-or-id" help:"The entry, by its address, its id, or its number."`
}

func (s *storySplitCommand) Run(ctx context.Context, g *globals, w *World) error {
	return correct(ctx, g, w, func(d *desk) (feed.Story, error) {
		entry, err := one(ctx, d.store, s.What)
		if err != nil {
			return feed.Story{}, err
		}
		return d.poller.Correct(ctx, poll.Correction{Split: true, Entries: []int64{entry}})
	})
}

type storyJoinCommand struct {
	What []string `arg:"" name:"link-or-id" help:"Two entries and more, by their addresses, ids or numbers. The story of the first goes on."`
}

func (s *storyJoinCommand) Run(ctx context.Context, g *globals, w *World) error {
	if len(s.What) < 2 {
		return fmt.Errorf("%w: story join takes two entries or more", errUsage)
	}
	return correct(ctx, g, w, func(d *desk) (feed.Story, error) {
		entries, err := numbersOf(ctx, d.store, s.What)
		if err != nil {
			return feed.Story{}, err
		}
		return d.poller.Correct(ctx, poll.Correction{Entries: entries})
	})
}

// correct changes a story by hand, and tells what it is now.
func correct(ctx context.Context, g *globals, w *World, change func(*desk) (feed.Story, error)) error {
	c, err := g.load(w)
	if err != nil {
		return err
	}
	d, err := openDesk(ctx, c, w, quiet())
	if errors.Is(err, storage.ErrLocked) {
		return fmt.Errorf("%w; while copydesk serve runs, stories are split and joined at its desk, or by POST %sapi/stories/split and join", err, c.Server.Public())
	}
	if err != nil {
		return err
	}
	s, err := change(d)
	if err == nil {
		err = tellStory(ctx, g, w, d.store, s)
	}
	return errors.Join(err, d.close())
}

func tellStory(ctx context.Context, g *globals, w *World, store *sqlite.Store, s feed.Story) error {
	var entries []int64
	for _, r := range s.Renditions {
		entries = append(entries, r.Entry)
	}
	records, err := store.Records(ctx, entries)
	if err != nil {
		return err
	}
	if g.JSON {
		return printJSON(w.Stdout, s)
	}
	fmt.Fprintf(w.Stdout, "story %d is now, and stays, %s\n", s.Story, count(len(records), "entry", "entries"))
	for _, r := range records {
		fmt.Fprintf(w.Stdout, "  %s: %s %s\n", r.Source, orUntitled(r.Copy.Title), r.Copy.Link)
	}
	return nil
}

// find is the entries that go by a link, an id or a number.
func find(ctx context.Context, store *sqlite.Store, what string) ([]int64, error) {
	entries, err := store.Find(ctx, what)
	if n, e := strconv.ParseInt(what, 10, 64); e == nil && err == nil && len(entries) == 0 {
		records, err := store.Records(ctx, []int64{n})
		for _, r := range records {
			entries = append(entries, r.Entry)
		}
		return entries, err
	}
	return entries, err
}

// numbersOf is the entry that goes by each name.
func numbersOf(ctx context.Context, store *sqlite.Store, names []string) ([]int64, error) {
	var entries []int64
	for _, name := range names {
		entry, err := one(ctx, store, name)
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

// errName marks a name that isn't that of one entry.
var errName = errors.New("no entry was chosen")

// one is the only entry that goes by a link, an id or a number.
func one(ctx context.Context, store *sqlite.Store, what string) (int64, error) {
	entries, err := find(ctx, store, what)
	switch {
	case err != nil:
		return 0, err
	case len(entries) == 1:
		return entries[0], nil
	case len(entries) == 0:
		return 0, fmt.Errorf("%w: no entry with the link or id %q was ever seen", errName, what)
	}
	return 0, fmt.Errorf("%w: %q is the name of several; take one of the numbers %s, which copydesk explain tells apart",
		errName, what, strings.Trim(fmt.Sprint(entries), "[]"))
}

// corrector makes corrections at the desk, by the poller that runs.
type corrector struct {
	store       *sqlite.Store
	corrections chan<- poll.Request
}

func (d *desk) corrector() *corrector { return &corrector{d.store, d.corrections} }

func (c *corrector) Split(ctx context.Context, entry string) (feed.Story, error) {
	return c.correct(ctx, true, []string{entry})
}

func (c *corrector) Join(ctx context.Context, entries []string) (feed.Story, error) {
	return c.correct(ctx, false, entries)
}

func (c *corrector) correct(ctx context.Context, split bool, names []string) (feed.Story, error) {
	entries, err := numbersOf(ctx, c.store, names)
	if err != nil {
		return feed.Story{}, refused(err)
	}
	answer := make(chan poll.Answer, 1)
	select {
	case c.corrections <- poll.Request{Correction: poll.Correction{Split: split, Entries: entries}, Answer: answer}:
	case <-ctx.Done():
		return feed.Story{}, ctx.Err()
	}
	select {
	case a := <-answer:
		return a.Story, refused(a.Err)
	case <-ctx.Done():
		return feed.Story{}, ctx.Err()
	}
}

// refused tells what a person asked for wrongly from what went wrong here.
func refused(err error) error {
	if errors.Is(err, poll.ErrCorrection) || errors.Is(err, errName) {
		return &web.RefusedError{Why: err.Error()}
	}
	return err
}
