package cli

import (
	"fmt"
	"runtime/debug"
)

// release is set when a release is built: -ldflags "-X copydesk/cli.release=1.2.3".
var release string

// version is the release, or the commit that was built from.
func version() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel-" + s.Value[:12]
		}
	}
	return "devel"
}

type versionCommand struct{}

func (versionCommand) Run(w *World) error {
	_, err := fmt.Fprintln(w.Stdout, "copydesk", version())
	return err
}
