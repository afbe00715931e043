package repair

import (
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// policy is what published markup may hold.
var policy = sync.OnceValue(func() *bluemonday.Policy { return bluemonday.UGCPolicy() })

// gate is the last gate: nothing but what the policy names passes it.
func gate(markup string) string { return policy().Sanitize(markup) }
