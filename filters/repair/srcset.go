package repair

import (
	"strconv"
	"strings"
)

// candidate is one picture of a srcset (WHATWG HTML §4.8.4.2.1).
type candidate struct {
	url        string
	descriptor string // "640w", "2x" or empty
}

// parseSrcset reads a srcset; commas inside an address belong to it.
func parseSrcset(s string) []candidate {
	var candidates []candidate
	for {
		s = strings.TrimLeft(s, " \t\r\n\f,")
		if s == "" {
			return candidates
		}
		end := strings.IndexAny(s, " \t\r\n\f")
		if end < 0 {
			end = len(s)
		}
		c := candidate{url: s[:end]}
		s = s[end:]
		if trimmed := strings.TrimRight(c.url, ","); trimmed != c.url {
			c.url = trimmed
		} else if comma := strings.IndexByte(s, ','); comma >= 0 {
			c.descriptor, s = strings.TrimSpace(s[:comma]), s[comma+1:]
		} else {
			c.descriptor, s = strings.TrimSpace(s), ""
		}
		// "a.jpg,b.jpg 2x" is read as one address: commas glued between two.
		if i := strings.LastIndex(c.url, ",http"); i > 0 {
			candidates = append(candidates, candidate{url: c.url[:i]})
			c.url = c.url[i+1:]
		}
		candidates = append(candidates, c)
	}
}

func formatSrcset(candidates []candidate) string {
	var b strings.Builder
	for i, c := range candidates {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(c.url)
		if c.descriptor != "" {
			b.WriteByte(' ')
			b.WriteString(c.descriptor)
		}
	}
	return b.String()
}

// size is how large a candidate is; widths and densities don't meet in one
// srcset.
func (c candidate) size() float64 {
	if len(c.descriptor) < 2 {
		return 1
	}
	n, err := strconv.ParseFloat(c.descriptor[:len(c.descriptor)-1], 64)
	if err != nil {
		return 0
	}
	return n
}

// best returns the largest candidate that is still fit for reading: nobody
// needs more than 2,560 pixels' width or a density of 3.
func best(candidates []candidate) (candidate, bool) {
	var found candidate
	for _, c := range candidates {
		if !placeholder(c.url) && (found.url == "" || c.better(found)) {
			found = c
		}
	}
	return found, found.url != ""
}

func (c candidate) better(than candidate) bool {
	switch {
	case c.fits() != than.fits():
		return c.fits()
	case c.fits():
		return c.size() > than.size()
	}
	return c.size() < than.size()
}

func (c candidate) fits() bool {
	if strings.HasSuffix(c.descriptor, "w") {
		return c.size() <= 2560
	}
	return c.size() <= 3
}
