package filters

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"copydesk/feed"
)

// comparison is an operator and a number; durations count nanoseconds.
type comparison struct {
	op    string // "<", "<=", ">", ">=", "=", "!="
	value float64
}

func (c comparison) holds(v float64) bool {
	switch c.op {
	case "<":
		return v < c.value
	case "<=":
		return v <= c.value
	case ">":
		return v > c.value
	case ">=":
		return v >= c.value
	case "!=":
		return v != c.value
	}
	return v == c.value
}

// operators, the longer first.
var operators = [][2]string{{"<=", "<="}, {">=", ">="}, {"!=", "!="}, {"==", "="}, {"≤", "<="}, {"≥", ">="}, {"≠", "!="}, {"<", "<"}, {">", ">"}, {"=", "="}}

// compareTest holds when one of its comparisons does.
type compareTest struct {
	where   string
	written []string
	all     []comparison
	measure func(*Item) float64
	tell    func(*Item) string
}

func (t *compareTest) match(item *Item, h *hits) bool {
	v := t.measure(item)
	for i, c := range t.all {
		if c.holds(v) {
			h.add(feed.Hit{Term: t.written[i], Found: t.tell(item), Where: t.where})
			return true
		}
	}
	return false
}

// comparisons reads one or several; unit reads what stands behind the operator.
func (c *compiler) comparisons(spec any, t *compareTest, unit func(string) (float64, error), example string) test {
	c.each(spec, func(v any) {
		s, ok := c.word(v)
		if !ok {
			return
		}
		op, rest := "=", strings.TrimSpace(s)
		for _, o := range operators {
			if after, ok := strings.CutPrefix(rest, o[0]); ok {
				op, rest = o[1], strings.TrimSpace(after)
				break
			}
		}
		n, err := unit(rest)
		if err != nil {
			c.wrong(false, fmt.Sprintf("%q can't be compared with", s), "write "+example)
			return
		}
		if t.where == "age" && (op == "=" || op == "!=") {
			c.wrong(false, fmt.Sprintf("%q asks for an exact age", s), fmt.Sprintf("write %q or %q", "> "+rest, "< "+rest))
			return
		}
		if n < 0 {
			c.wrong(false, fmt.Sprintf("%q: nothing is below zero", s), "write "+example)
			return
		}
		t.all, t.written = append(t.all, comparison{op, n}), append(t.written, strings.TrimSpace(s))
	})
	if len(t.all) == 0 {
		return nil
	}
	return t
}

func ages(c *compiler, spec any) test {
	return c.comparisons(spec, &compareTest{
		where:   "age",
		measure: func(i *Item) float64 { return float64(i.Age()) },
		tell:    func(i *Item) string { return tellAge(i.Age()) },
	}, func(s string) (float64, error) {
		d, err := ParseDuration(s)
		return float64(d), err
	}, `"> 7d", "<= 36h" or "< 2w"`)
}

func tellAge(d time.Duration) string {
	if d >= 48*time.Hour {
		return strconv.Itoa(int(d/(24*time.Hour))) + "d"
	}
	return d.Truncate(time.Minute).String()
}

func counts(c *compiler, spec any) test {
	return c.comparisons(spec, &compareTest{
		where:   "words",
		measure: func(i *Item) float64 { return float64(i.Copy.Words) },
		tell:    func(i *Item) string { return strconv.Itoa(i.Copy.Words) + " words" },
	}, number, `"< 80", ">= 300" or a number`)
}

func number(s string) (float64, error) {
	n, err := strconv.ParseFloat(s, 64)
	if err == nil && (n != n || n > 1e15) {
		err = strconv.ErrRange
	}
	return n, err
}
