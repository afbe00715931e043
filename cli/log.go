package cli

import "log/slog"

// logger writes what a person may have to know to standard error.
func logger(w *World) *slog.Logger {
	return slog.New(slog.NewTextHandler(w.Stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
}
