package config

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"copydesk/filters"
)

// text reads a string with its ${NAME} replaced. A number or a word such as
// yes is taken as written.
func (r *reader) text(v value) (string, bool) { return r.scalar(v, "it should be a text") }

// scalar reads a text; right says what would be right in place of a list or a
// mapping.
func (r *reader) scalar(v value, right string) (string, bool) {
	switch {
	case null(v.node):
		r.wrong(v, "is empty", "write something, or take the line out")
	case v.node.Kind != yaml.ScalarNode:
		r.wrong(v, "is "+kindOf(v.node), right)
	default:
		return r.expand(v, v.node.Value)
	}
	return "", false
}

var (
	variable     = regexp.MustCompile(`\$\$\{|\$\{[^}]*\}?`)
	variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
)

// expand replaces ${NAME} by the environment's value; $${ is a plain ${.
func (r *reader) expand(v value, s string) (string, bool) {
	if !strings.Contains(s, "${") {
		return s, true
	}
	good := true
	out := variable.ReplaceAllStringFunc(s, func(m string) string {
		if m == "$${" {
			return "${"
		}
		name, closed := strings.CutSuffix(m[2:], "}")
		wrong, right := "", "write ${NAME}, or $${ for a plain ${"
		switch got, set := r.lookup(name); {
		case !closed:
			wrong = "${ without its }"
		case !variableName.MatchString(name):
			wrong = fmt.Sprintf("%q is not the name of an environment variable", short(name))
		case !set:
			wrong, right = fmt.Sprintf("the environment variable %s is not set", name), fmt.Sprintf("set it, or write $${%s} for the plain text", name)
		default:
			r.secrets = append(r.secrets, got)
			return got
		}
		good = false
		r.wrong(v, wrong, right)
		return m
	})
	return out, good
}

func (r *reader) lookup(name string) (string, bool) {
	if r.env == nil {
		return "", false
	}
	return r.env(name)
}

func (r *reader) texts(v value) []string {
	var all []string
	r.list(v, func(item value) {
		if s, ok := r.text(item); ok {
			all = append(all, s)
		}
	})
	return all
}

// orEmpty reads a value that is empty by default, and may be so in writing.
func (r *reader) orEmpty(v value, read func(value) (string, bool)) (string, bool) {
	if v.node.Kind == yaml.ScalarNode && v.node.Value == "" {
		return "", true
	}
	return read(v)
}

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

// longestName bounds names, which are parts of addresses and of ids.
const longestName = 100

func (r *reader) name(v value) (string, bool) {
	s, ok := r.text(v)
	return s, ok && r.isName(v, s)
}

// isName reports whether s is a name; v is where it stands.
func (r *reader) isName(v value, s string) bool {
	switch {
	case len(s) > longestName:
		r.wrong(v, v.shown()+" is too long for a name", fmt.Sprintf("take at most %d characters", longestName))
		return false
	case nameForm.MatchString(s):
		return true
	}
	right := "names are of the form [a-z0-9][a-z0-9-]*"
	if like := nameLike(v.node.Value); like != "" {
		right += ": " + short(like)
	}
	r.wrong(v, v.shown()+" is not a name", right)
	return false
}

var notName = regexp.MustCompile(`[^a-z0-9]+`)

func nameLike(s string) string {
	return strings.Trim(notName.ReplaceAllString(strings.ToLower(s), "-"), "-")
}

// truths are the words for true and false, as people write them.
var truths = map[string]bool{"true": true, "on": true, "yes": true, "false": false, "off": false, "no": false}

func (r *reader) boolean(v value) (bool, bool) {
	s, ok := r.scalar(v, "write true or false")
	if !ok {
		return false, false
	}
	truth, known := truths[strings.ToLower(s)]
	if !known {
		r.wrong(v, v.shown()+" is neither true nor false", "write true or false")
	}
	return truth, known
}

func (r *reader) integer(v value, least int) (int, bool) {
	s, ok := r.scalar(v, fmt.Sprintf("write a number from %d on", least))
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(s, "_", ""), 10, 32)
	switch {
	case err != nil && n == math.MaxInt32:
		r.wrong(v, v.shown()+" is too large", fmt.Sprintf("the most is %d", math.MaxInt32))
		return 0, false
	case err != nil && n == 0:
		r.wrong(v, v.shown()+" is not a whole number", fmt.Sprintf("write a number from %d on", least))
		return 0, false
	case n < int64(least):
		r.wrong(v, v.shown()+" is too small", fmt.Sprintf("the least is %d", least))
		return 0, false
	}
	return int(n), true
}

// limit reads a number without a ceiling: of nothing are there more than
// MaxInt32, so that a larger one means all.
func (r *reader) limit(v value, least int) (int, bool) {
	s, ok := r.scalar(v, fmt.Sprintf("write a number from %d on", least))
	if !ok {
		return 0, false
	}
	if n, err := strconv.ParseInt(strings.ReplaceAll(s, "_", ""), 10, 32); err != nil && n == math.MaxInt32 {
		return math.MaxInt32, true
	}
	return r.integer(v, least)
}

func (r *reader) number(v value) (float64, bool) {
	s, ok := r.scalar(v, "write a number like 2 or 0.5")
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		r.wrong(v, v.shown()+" is not a number", "write one like 2 or 0.5")
		return 0, false
	}
	return n, true
}

func (r *reader) duration(v value, least time.Duration) (time.Duration, bool) {
	s, ok := r.scalar(v, "write 30s, 15m, 72h, 7d or 2w")
	if !ok {
		return 0, false
	}
	d, err := filters.ParseDuration(s)
	_, unitless := strconv.ParseFloat(s, 64)
	switch {
	case err != nil && unitless == nil:
		r.wrong(v, v.shown()+" has no unit", fmt.Sprintf("write %ss, %sm, %sh or %sd", s, s, s, s))
	case err != nil:
		r.wrong(v, v.shown()+" is not a duration", "write 30s, 15m, 72h, 7d or 2w")
	case d < least:
		r.wrong(v, v.shown()+" is too short", "the least is "+brief(least))
	default:
		return d, true
	}
	return 0, false
}

// brief is a duration without the units of which there are none: 1h, not 1h0m0s.
func brief(d time.Duration) string {
	s := d.String()
	s = strings.TrimSuffix(s, "m0s")
	if len(s) < len(d.String()) {
		s += "m"
	}
	if short, ok := strings.CutSuffix(s, "h0m"); ok {
		s = short + "h"
	}
	return s
}

var sizeForm = regexp.MustCompile(`(?i)^([0-9]+(?:\.[0-9]+)?) ?(?:([kmg])i?)?b?$`)

// size reads a number of bytes: 500kB, 16MB, 1GB; powers of 1024.
func (r *reader) size(v value) (int64, bool) {
	const right = "write 500kB, 16MB or 1GB"
	s, ok := r.scalar(v, right)
	if !ok {
		return 0, false
	}
	m := sizeForm.FindStringSubmatch(s)
	if m == nil {
		r.wrong(v, v.shown()+" is not a size", right)
		return 0, false
	}
	n, err := strconv.ParseFloat(m[1], 64)
	if unit := strings.ToLower(m[2]); unit != "" {
		n *= float64(int64(1) << (10 * (1 + strings.IndexByte("kmg", unit[0]))))
	}
	if err != nil || n < 1<<10 || n > 1<<40 {
		r.wrong(v, v.shown()+" is out of range", "write a size from 1kB to 1024GB")
		return 0, false
	}
	return int64(n), true
}

func (r *reader) choice(v value, choices ...string) (string, bool) {
	right := "it is one of " + strings.Join(choices, ", ")
	s, ok := r.scalar(v, right)
	if !ok || slices.Contains(choices, s) {
		return s, ok
	}
	if near := filters.Nearest(s, choices); near != "" {
		right = fmt.Sprintf("did you mean %q? %s", near, right)
	}
	r.wrong(v, v.shown()+" is not known here", right)
	return "", false
}
