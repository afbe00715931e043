package cli

import (
	"log"
	"log/slog"
	"strings"
)

// logger writes what a person may have to know to standard error.
func logger(w *World) *slog.Logger {
	l := slog.New(slog.NewTextHandler(w.Stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
	// net/http tells the standard logger of odd upstreams, in their own words.
	log.SetFlags(0)
	log.SetOutput(debugLog{l})
	return l
}

type debugLog struct{ *slog.Logger }

func (l debugLog) Write(p []byte) (int, error) {
	l.Debug("net/http", "says", strings.TrimSpace(string(p)))
	return len(p), nil
}
