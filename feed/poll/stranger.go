package poll

import (
	"fmt"
	"time"

	"copydesk/feed"
)

// strangerStays is how long another feed has to answer at a source's address
// until it is believed that it is the source's from now on. A domain that ran
// out, or a server that mixed up its sites, is put right within a day or two;
// until then nothing of the other feed reaches readers. A site that was made
// anew comes through after that.
const strangerStays = 48 * time.Hour

// meet tells a document of the source from another feed at its address: one
// that calls itself otherwise in every way and lists no entry that is known.
// It must be asked before the document is described in the state.
func (a *arrival) meet(doc *feed.Document, familiar bool) error {
	s := &a.state
	other := doc.Title + "\n" + doc.ID + "\n" + doc.Home
	if familiar || len(doc.Entries) == 0 || s.Changed.IsZero() || !unlike(s, doc) {
		if len(doc.Entries) > 0 {
			s.Stranger = ""
		}
		return nil
	}
	if s.Stranger != other || s.StrangerSince.After(a.polled) { // the clock was ahead
		s.Stranger, s.StrangerSince = other, a.polled
	}
	wait := strangerStays - a.polled.Sub(s.StrangerSince)
	if wait <= 0 {
		s.Stranger = ""
		return nil
	}
	return fmt.Errorf("another feed answers here: “%.80s” (%.80s) in place of “%.80s”, with no entry that is known; "+
		"if it still does in %.0f hours it is taken in, and at once when the source gets another name", doc.Title, doc.Home, s.Title, wait.Hours())
}

// unlike reports whether a document differs from the last one in all that a
// feed says of itself, and there is enough of that to tell.
func unlike(s *feed.SourceState, doc *feed.Document) bool {
	told := 0
	for _, pair := range [][2]string{{s.FeedID, doc.ID}, {s.Title, doc.Title}, {s.Home, doc.Home}} {
		switch {
		case pair[0] == "" && pair[1] == "":
		case pair[0] == pair[1]:
			return false
		case pair[0] != "" && pair[1] != "":
			told++
		}
	}
	return told >= 2
}

// suspect leaves a document of another feed alone. The source keeps its
// interval, so that its own feed is soon seen when it is back, and the
// validators of its own last document.
func (a *arrival) suspect(now time.Time, got *feed.Retrieval, err error) {
	succeeded := a.state.Succeeded
	a.state = settle(now, a.source, a.state, outcome{got: got})
	a.state.Succeeded, a.state.Error = succeeded, err.Error()
	a.result.Status, a.result.Err, a.result.Error = "error", err, err.Error()
}
