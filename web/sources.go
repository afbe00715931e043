package web

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"copydesk/feed"
)

// sourceRow is a source with how it does.
type sourceRow struct {
	Source
	State  feed.SourceState
	Health string // one of healths
	Says   string // what is wrong
	// Notes say why it is asked when it is, and where.
	Notes []string
	Never bool // it isn't asked any more
}

// healths are what a source can be in, the most urgent first.
var healths = []string{"bad", "damaged", "new", "good"}

func urgency(health string) int { return slices.Index(healths, health) }

// tally counts sources of the same health.
type tally struct {
	Health string
	Count  int
}

// count adds one to what was counted, kept in the order of urgency.
func count(all []tally, health string) []tally {
	for i := range all {
		if all[i].Health == health {
			all[i].Count++
			return all
		}
	}
	all = append(all, tally{health, 1})
	slices.SortFunc(all, func(a, b tally) int { return urgency(a.Health) - urgency(b.Health) })
	return all
}

func rows(st *standing, states map[string]feed.SourceState) []sourceRow {
	var all []sourceRow
	for _, source := range st.Sources {
		state := states[source.Name]
		row := sourceRow{Source: source, State: state, Health: "good"}
		switch {
		case state.Polled.IsZero():
			row.Health, row.Says = "new", "not polled yet"
		case state.Error != "":
			row.Health, row.Says = "bad", st.discreet(state.Error)
		case len(state.Damage) > 0:
			row.Health, row.Says = "damaged", "its document is damaged: "+st.discreet(strings.Join(state.Damage, "; "))
		}
		for _, note := range notes {
			if text := note(&source, &state); text != "" {
				row.Notes = append(row.Notes, st.discreet(text))
			}
		}
		row.Never = state.Due.Sub(state.Polled) > leastNever
		row.State.Home = feed.PublicAddress(state.Home, st.Secrets...)
		all = append(all, row)
	}
	return all
}

// leastNever is a wait that is for good: the source is gone.
const leastNever = 10 * 365 * 24 * time.Hour

// notes tell, each about one thing, what a person may want to know of a source
// beside what is wrong with it; "": nothing.
var notes = []func(*Source, *feed.SourceState) string{
	func(_ *Source, st *feed.SourceState) string {
		switch {
		case st.Due.Sub(st.Polled) > leastNever:
			return "upstream has said several times that it is gone for good: it isn't asked any more"
		case st.Failures > 0 && (st.Status == 429 || st.Status == 503):
			return "paused: upstream asks for patience"
		case st.Failures > 1:
			return fmt.Sprintf("paused: %d polls in a row have failed", st.Failures)
		}
		return ""
	},
	func(_ *Source, st *feed.SourceState) string {
		if st.Stranger == "" {
			return ""
		}
		return "another feed has answered at its address since " + stamp(st.StrangerSince) + "; nothing of that is taken"
	},
	func(s *Source, st *feed.SourceState) string {
		switch {
		case st.Failures > 0 || st.Interval <= s.Every || s.Every <= 0 || st.Stranger != "":
			return ""
		case st.Hub:
			return "asked every " + span(st.Interval) + " only, since a hub tells of its news"
		case st.TTL >= st.Interval:
			return "asked every " + span(st.Interval) + ", as it asks for itself"
		}
		return "asked every " + span(st.Interval) + " rather than " + span(s.Every) + ": it has little news, or asks for that"
	},
	func(_ *Source, st *feed.SourceState) string {
		switch {
		case st.Missed.After(st.Delivered):
			return "its hub said nothing of what was new on " + stamp(st.Missed) + ", and isn't relied on until it tells of something"
		case !st.Delivered.IsZero():
			return "its hub last told of news on " + stamp(st.Delivered)
		}
		return ""
	},
	func(_ *Source, st *feed.SourceState) string {
		if st.Moved == "" {
			return ""
		}
		return "upstream says that it has moved for good, to " + st.Moved
	},
	func(_ *Source, st *feed.SourceState) string {
		if st.Feed == "" {
			return ""
		}
		return "its address is a page's; of the feeds there, this one is read: " + st.Feed
	},
}

// span is a time as people say it.
func span(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= 2*day:
		return fmt.Sprintf("%d days", int((d+day/2)/day))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", int((d+time.Hour/2)/time.Hour))
	case d >= 2*time.Minute:
		return fmt.Sprintf("%d minutes", int((d+time.Minute/2)/time.Minute))
	}
	return fmt.Sprintf("%d seconds", int(d/time.Second))
}
