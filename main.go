// Command copydesk polls feeds, repairs and curates their entries, and
// republishes them as editions that any feed reader can subscribe to.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"copydesk/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(cli.Main(ctx, os.Args[1:], cli.Process()))
}
