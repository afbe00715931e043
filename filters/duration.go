package filters

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var bigUnits = regexp.MustCompile(`([0-9]+(?:\.[0-9]+)?)([dw])`)

// ParseDuration reads what time.ParseDuration does, and days and weeks: 36h,
// 7d, 2w, 1d12h. A day is 24 hours.
func ParseDuration(s string) (time.Duration, error) {
	wrong := false
	hours := bigUnits.ReplaceAllStringFunc(strings.TrimSpace(s), func(part string) string {
		n, err := strconv.ParseFloat(part[:len(part)-1], 64)
		unit := 24.0
		if part[len(part)-1] == 'w' {
			unit *= 7
		}
		wrong = wrong || err != nil || n*unit > 2.5e6 // time.Duration ends at 292 years
		return strconv.FormatFloat(n*unit, 'f', -1, 64) + "h"
	})
	d, err := time.ParseDuration(hours)
	if err != nil || wrong {
		return 0, fmt.Errorf("%q is not a duration: write 30s, 15m, 72h, 7d or 2w", s)
	}
	return d, nil
}
