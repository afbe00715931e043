package cli

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"copydesk/config"
	"copydesk/feed"
	"copydesk/feed/publish"
	"copydesk/filters"
	"copydesk/storage/sqlite"
)

type exportCommand struct {
	Edition string `arg:"" help:"Name of the edition."`
	Format  string `default:"atom" enum:"${formats}" help:"One of ${enum}."`
}

func (e *exportCommand) Run(ctx context.Context, g *globals, w *World) error {
	return g.read(ctx, w, func(c *config.Config, store *sqlite.Store) error {
		edition := c.Edition(e.Edition)
		if edition == nil {
			return noEdition(c, e.Edition)
		}
		data, err := renderEdition(ctx, c, store, edition, e.Format)
		if err != nil {
			return err
		}
		_, err = w.Stdout.Write(data)
		return err
	})
}

func noEdition(c *config.Config, name string) error {
	var all []string
	for _, e := range c.Desk.Editions {
		all = append(all, e.Name)
	}
	return fmt.Errorf("%w: there is no edition %q%s", errUsage, name, didYouMean(name, all))
}

// renderEdition renders the first page of an edition as the server would.
func renderEdition(ctx context.Context, c *config.Config, store *sqlite.Store, e *filters.Edition, format string) ([]byte, error) {
	f, err := feedOf(ctx, c, store, e, 1)
	if err != nil {
		return nil, err
	}
	return publish.Render(format, f)
}

// countedPages is how many pages an edition's last page may be away from its
// first to be linked: counting costs as much as what is counted.
const countedPages = 200

// feedOf is a page of an edition, ready to be rendered. It depends on what is
// stored alone.
func feedOf(ctx context.Context, c *config.Config, store *sqlite.Store, e *filters.Edition, page int) (*publish.Feed, error) {
	state, err := store.Edition(ctx, e.Name)
	if err != nil {
		return nil, err
	}
	entries, err := store.Published(ctx, e.Name, (page-1)*e.Limit, e.Limit+1)
	if err != nil {
		return nil, err
	}
	f := &publish.Feed{
		Edition: feed.Edition{Name: e.Name, Title: e.Title, Description: e.Description, Private: e.Private, Updated: state.Changed},
		Base:    c.Server.Public(), Generator: generator(), Page: page, Previous: page - 1,
	}
	if len(e.Languages) == 1 && e.Languages[0] != "unknown" {
		f.Language = e.Languages[0]
	}
	if len(entries) > e.Limit {
		entries = entries[:e.Limit]
		f.Next = page + 1
	}
	if f.Previous > 0 || f.Next > 0 {
		most := countedPages * e.Limit
		n, err := store.Shown(ctx, e.Name, most+1)
		if err != nil {
			return nil, err
		}
		if n <= most {
			f.Last = (n + e.Limit - 1) / e.Limit
		}
	}
	if e.Sort == filters.BySources {
		slices.SortStableFunc(entries, func(a, b feed.Published) int { return reporters(&b) - reporters(&a) })
	}
	f.Entries = entries
	discreet(c, f)
	return f, nil
}

// reporters is how many sources report a published entry's story.
func reporters(p *feed.Published) int {
	names := map[string]bool{cmp.Or(p.Origin.Title, p.Source): true}
	for _, r := range p.Related {
		names[r.Source] = true
	}
	return len(names)
}

// writeAll writes every edition in every format into a folder. Each file is
// replaced as a whole.
func (d *desk) writeAll(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("writing the editions: %w", err)
	}
	for _, e := range d.config.Desk.Editions {
		if e.Private { // files are served as they lie
			continue
		}
		for _, format := range publish.Formats() {
			data, err := renderEdition(ctx, d.config, d.store, e, format.Name)
			if err != nil {
				return err
			}
			if err := replaceFile(filepath.Join(dir, e.Name+"."+format.Extension), data); err != nil {
				return fmt.Errorf("writing the edition %s: %w", e.Name, err)
			}
		}
	}
	return nil
}

// replaceFile writes a file beside and puts it in place, unless it holds the
// same already.
func replaceFile(name string, data []byte) error {
	if old, err := os.ReadFile(name); err == nil && string(old) == string(data) {
		return nil
	}
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // gone already where all went well
	if _, err := file.Write(data); err != nil {
		file.Close()
		return err
	}
	if err := file.Chmod(0o644); err != nil {
		file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), name)
}

func formatNames() string { return strings.Join(publish.Names(), ",") }
