package fetch

import (
	"fmt"
	"testing"
	"time"
)

// Entries name hosts without end. Those that once refused are forgotten when
// that doesn't count any more.
func TestHostsAreForgotten(t *testing.T) {
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	b := NewBudgets(2, 30, func() time.Time { return now })
	for n := range 1000 {
		b.refuse(fmt.Sprintf("host-%d.example", n), "wire", time.Minute)
	}
	b.Snapshot()
	if len(b.hosts) != 1000 {
		t.Errorf("%d hosts are remembered at once", len(b.hosts))
	}
	now = now.Add(2 * recent)
	if left := b.Snapshot(); len(left)+len(b.hosts) != 0 {
		t.Errorf("%d hosts are remembered, and %d kept", len(b.hosts), len(left))
	}
}
