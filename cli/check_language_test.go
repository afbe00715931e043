package cli

import (
	"testing"
	"time"

	"copydesk/feed"
	"copydesk/filters"
)

func TestExamplesOfNamesAreInTheEditionsLanguage(t *testing.T) {
	e := &filters.Edition{Name: "english", Languages: []string{"en"}}
	desk := &filters.Desk{Editions: []*filters.Edition{e}}
	for title, want := range map[string]feed.Verdict{
		"ZGC Forum opens in Beijing":          feed.Kept,
		"Ostrava meets Sevilla":               feed.Kept,
		"Neue Fähre nach Norderney fällt aus": feed.Dropped,
		"Le port ferme ses portes dimanche":   feed.Dropped,
		"港口将于星期日关闭":                           feed.Dropped,
	} {
		if got := try(desk, e, example{title: title, should: want}, time.Now()); !got.Good {
			t.Errorf("%q: %s, %s", title, got.Verdict, got.Reason)
		}
	}
}
