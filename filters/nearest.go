package filters

import "strings"

// Nearest returns the candidate that a misspelt word most likely meant, or ""
// when none is near.
func Nearest(word string, candidates []string) string {
	best, least := "", 1+len([]rune(word))/3
	low := strings.ToLower(word)
	for _, c := range candidates {
		d := distance(low, strings.ToLower(c))
		if other := strings.TrimRight(low, "s"); other != "" && other == strings.TrimRight(strings.ToLower(c), "s") {
			d = 0 // one or many
		}
		if d < least || d == least && best == "" {
			best, least = c, d
		}
	}
	if len(word) < 2 {
		return ""
	}
	return best
}

// distance counts the letters that were left out, put in, mistaken or
// exchanged (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	var former []int
	last := make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row := make([]int, len(y)+1)
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], former[j-2]+1)
			}
		}
		former, last = last, row
	}
	return last[len(y)]
}
