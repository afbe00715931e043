package cli

import (
	"os"
	"runtime/debug"
)

const (
	// garbage lets the heap grow to five times what is in use before it is
	// collected: reading entries makes short-lived garbage, and collecting it
	// less often takes a fifth off the processor time of a cold poll.
	garbage = 400
	// memory is what the heap is kept under for that, in bytes; with more in
	// use it is collected more often.
	memory = 136 << 20
)

// tuneMemory sets the collector for polling, unless the environment does.
func tuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
	}
}
