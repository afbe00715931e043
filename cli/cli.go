// Package cli is copydesk's commands: one file a command, one table of them.
// It is the only package that knows all the others; it puts them together.
//
// Commands print what was asked for to standard output, what went wrong to
// standard error, in one line with what to do about it, and exit 0 on
// success, 1 on failure, 2 on wrong use.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"copydesk/config"
)

// World is what a command sees of the world around it.
type World struct {
	Stdout, Stderr io.Writer
	Env            func(string) (string, bool)
	Now            func() time.Time
	// Terminal says that somebody looks at standard error while it is written.
	Terminal bool
}

// Process is the world of this process.
func Process() World {
	return World{
		Stdout: os.Stdout, Stderr: os.Stderr, Env: os.LookupEnv, Now: time.Now,
		Terminal: term.IsTerminal(int(os.Stderr.Fd())),
	}
}

// commands is the table of commands.
type commands struct {
	Serve      serveCommand      `cmd:"" help:"Poll and serve: the main job."`
	Demo       demoCommand       `cmd:"" help:"The same on bundled upstreams, with no network and no set-up."`
	Poll       pollCommand       `cmd:"" help:"Poll once what is due, print what came of it, exit."`
	Check      checkCommand      `cmd:"" help:"Validate the configuration and its examples."`
	Preview    previewCommand    `cmd:"" help:"Fetch now and show what would be kept, dropped, merged and repaired; store nothing."`
	Explain    explainCommand    `cmd:"" help:"Why an entry was kept, dropped or merged, and what was repaired."`
	Backtest   backtestCommand   `cmd:"" help:"Run a changed configuration over the archive; print what editions would gain and lose."`
	Export     exportCommand     `cmd:"" help:"Write an edition to standard output."`
	OPML       opmlCommand       `cmd:"" name:"opml" help:"Source lists in and out."`
	Story      storyCommand      `cmd:"" help:"Corrections of stories by hand."`
	Subscriber subscriberCommand `cmd:"" help:"Private addresses of the editions."`
	Init       initCommand       `cmd:"" help:"Write a commented starter configuration."`
	Import     importCommand     `cmd:"" help:"Print what rules of rss-funnel, Miniflux, FreshRSS or newsboat say, as a configuration."`
	Version    versionCommand    `cmd:"" help:"Print the version."`
	Completion completionCommand `cmd:"" help:"Print a completion script for a shell."`
	DB         dbCommand         `cmd:"" name:"db" help:"Look after the database."`
}

// globals are the flags that all commands take.
type globals struct {
	Config string `short:"c" default:"copydesk.yaml" env:"COPYDESK_CONFIG" placeholder:"FILE" help:"Configuration file."`
	JSON   bool   `name:"json" help:"Print JSON where a table is printed."`
}

type grammar struct {
	globals
	commands
}

// errUsage marks a mistake in how a command was called.
var errUsage = errors.New("wrong use")

// Main runs a command and returns the exit code.
func Main(ctx context.Context, args []string, w World) int {
	var g grammar
	exited := -1
	parser, err := kong.New(&g,
		kong.Name("copydesk"),
		kong.Description("Polls feeds, repairs and curates their entries, and republishes them as editions."),
		kong.Writers(w.Stdout, w.Stderr),
		kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Vars{"formats": formatNames()},
	)
	if err != nil { // a mistake in the table above
		panic(err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if exited >= 0 { // help was asked for and given
		return exited
	}
	if err == nil {
		command.BindTo(ctx, (*context.Context)(nil))
		err = command.Run(&g.globals, &w)
	} else {
		err = fmt.Errorf("%w: %w", errUsage, err)
	}
	return w.report(err)
}

// report says what went wrong, and chooses the exit code.
func (w *World) report(err error) int {
	var mistakes config.Mistakes
	switch {
	case err == nil:
		return 0
	case errors.As(err, &mistakes):
		fmt.Fprintln(w.Stderr, mistakes.Error())
		fmt.Fprintf(w.Stderr, "copydesk: %s in the configuration; nothing was started\n", count(len(mistakes), "mistake", "mistakes"))
		return 1
	case errors.Is(err, errUsage):
		fmt.Fprintln(w.Stderr, "copydesk: "+oneLine(strings.TrimPrefix(err.Error(), errUsage.Error()+": "))+"; see copydesk --help")
		return 2
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(w.Stderr, "copydesk: stopped")
		return 1
	}
	fmt.Fprintln(w.Stderr, "copydesk: "+oneLine(err.Error()))
	return 1
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
