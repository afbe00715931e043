package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"copydesk/config"
)

type initCommand struct{}

// Run writes the starter configuration and, beside it, the schema that its
// first line names. It never overwrites a configuration.
func (initCommand) Run(g *globals, w *World) error {
	file, err := os.OpenFile(g.Config, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: take it away first, or name another with -c FILE", g.Config)
	}
	if err != nil {
		return fmt.Errorf("writing the starter configuration: %w", err)
	}
	_, err = file.Write(config.Starter)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("writing the starter configuration: %w", err)
	}
	schema, err := config.Schema()
	if err != nil {
		return err
	}
	beside := filepath.Join(filepath.Dir(g.Config), "copydesk.schema.json")
	if err := os.WriteFile(beside, schema, 0o644); err != nil {
		return fmt.Errorf("writing the schema for editors: %w", err)
	}
	_, err = fmt.Fprintf(w.Stdout, "wrote %s and %s\nnext: put your feeds in, then run copydesk check and copydesk serve\n", g.Config, beside)
	return err
}
