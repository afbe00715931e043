package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Trial is a rule, or a condition, that somebody wants to try.
type Trial struct {
	Rule    string // YAML: one rule, several, or a condition alone; may be empty
	Term    string // must stand in an entry, too; may be empty
	Edition string // where it would stand; empty: in all
	Since   time.Time
	Last    bool // it would stand behind the rules that there are, not before them
}

// Tried is what a rule would do to archived entries. Nothing was changed.
type Tried struct {
	Looked  int       `json:"looked"`         // entries looked at, the newest first
	Back    time.Time `json:"back,omitzero"`  // the oldest of these was first seen then
	Cut     bool      `json:"cut,omitempty"`  // there was no time to look at all
	Matched int       `json:"matched"`        // of these
	Matches []Match   `json:"matches"`        // the newest of them
	Changes []Change  `json:"changes"`        // editions that would change
	Asked   []string  `json:"asked,omitzero"` // editions that it was tried in
}

// Match is an entry that a tried rule matches.
type Match struct {
	Entry    int64     `json:"entry"`
	Title    []Piece   `json:"-"`
	Plain    string    `json:"title"`
	Link     string    `json:"link,omitempty"`
	Source   string    `json:"source"`
	Language string    `json:"language,omitempty"`
	Seen     time.Time `json:"seen"`
	Found    []Found   `json:"found,omitempty"`
	Kept     []string  `json:"kept"` // by these of the editions, as they are now
}

// Found is text that a tried rule matched.
type Found struct {
	Where  string  `json:"where,omitempty"`
	Text   string  `json:"text"`
	Pieces []Piece `json:"-"`
}

// Piece is a part of a text.
type Piece struct {
	Text   string
	Marked bool
}

// Change is what a tried rule would do to an edition.
type Change struct {
	Edition string    `json:"edition"`
	Action  string    `json:"action,omitempty"` // where the trial didn't say: as a rule that drops, or keeps
	Gains   int       `json:"gains"`
	Losses  int       `json:"losses"`
	Some    []Changed `json:"some"` // of these
}

// Changed is an entry that an edition would gain or lose.
type Changed struct {
	Entry  int64  `json:"entry"`
	Gained bool   `json:"gained"`
	Title  string `json:"title"`
	Link   string `json:"link,omitempty"`
	Source string `json:"source"`
	Was    string `json:"was"` // reasons
	Now    string `json:"now"`
}

// A TrialError says what is wrong with what was to be tried.
type TrialError struct{ Mistakes []Mistake }

// Mistake is one thing wrong, and where; line and column are 0 where that is clear.
type Mistake struct {
	Line, Column       int
	Path, Wrong, Right string
}

func (e *TrialError) Error() string {
	lines := make([]string, len(e.Mistakes))
	for i, m := range e.Mistakes {
		lines[i] = m.String()
	}
	return strings.Join(lines, "\n")
}

func (m Mistake) String() string {
	var b strings.Builder
	if m.Line > 0 {
		fmt.Fprintf(&b, "line %d, column %d: ", m.Line, m.Column)
	}
	if m.Path != "" {
		b.WriteString(m.Path + ": ")
	}
	b.WriteString(m.Wrong)
	if m.Right != "" {
		b.WriteString("; " + m.Right)
	}
	return b.String()
}

// tryDays are how far back one may look, the first when nothing is said.
var tryDays = []int{7, 1, 30, 90, 365}

// tryPage is the page at /try.
type tryPage struct {
	frame
	Trial
	Editions []Edition
	Days     int
	Choices  []int
	Mistakes []Mistake
	Tried    *Tried
	Busy     bool
}

// trialOf reads a trial from a form.
func (s *Server) trialOf(r *http.Request) (Trial, int) {
	days := tryDays[0]
	if n, err := strconv.Atoi(r.Form.Get("days")); err == nil && n > 0 {
		days = min(n, 10*365)
	}
	return Trial{
		Rule: strings.ReplaceAll(r.Form.Get("rule"), "\r\n", "\n"), Term: r.Form.Get("term"), Edition: r.Form.Get("edition"),
		Since: s.Now().AddDate(0, 0, -days), Last: r.Form.Get("place") == "last",
	}, days
}

var errTrying = errors.New("another trial is under way; try again in a few seconds")

// try looks what a rule would do. One looks at a time, since it takes much.
func (s *Server) try(ctx context.Context, st *standing, t Trial) (*Tried, error) {
	if t.Edition != "" && st.byName[t.Edition] == nil {
		return nil, &TrialError{[]Mistake{{Path: "edition", Wrong: fmt.Sprintf("there is no edition %.100q", t.Edition)}}}
	}
	select {
	case s.trying <- struct{}{}:
		defer func() { <-s.trying }()
	default:
		return nil, errTrying
	}
	tried, err := s.Try(ctx, t)
	if err != nil {
		return nil, err
	}
	for i := range tried.Changes {
		for k := range tried.Changes[i].Some {
			one := &tried.Changes[i].Some[k]
			one.Was, one.Now = st.discreet(one.Was), st.discreet(one.Now)
		}
	}
	return tried, nil
}

// tryForm is the page at /try: a form, and what came of it when it was sent.
// It changes nothing; the form is sent by POST since it can be long, and a
// page elsewhere can't have a browser send it.
func (s *Server) tryForm(w http.ResponseWriter, r *http.Request) {
	st := s.force.Load()
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		plain(w, http.StatusBadRequest, "the form can't be read")
		return
	}
	data := tryPage{frame: s.frame(r, st, "Try a rule"), Editions: st.Editions}
	data.Trial, data.Days = s.trialOf(r)
	data.Choices = tryDays
	if !slices.Contains(tryDays, data.Days) {
		data.Choices = append(slices.Clone(tryDays), data.Days)
	}
	data.Choices = slices.Sorted(slices.Values(data.Choices))
	if r.Method == http.MethodPost {
		tried, err := s.try(r.Context(), st, data.Trial)
		var wrong *TrialError
		switch {
		case errors.As(err, &wrong):
			data.Mistakes = wrong.Mistakes
		case errors.Is(err, errTrying):
			data.Busy = true
		case err != nil:
			s.fail(w, r, err)
			return
		}
		data.Tried = tried
	}
	s.page(w, r, "try.html", data)
}

// apiTry answers POST /api/try: a form with rule, term, edition, days, place.
func (s *Server) apiTry(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		plain(w, http.StatusBadRequest, "the form can't be read")
		return
	}
	t, _ := s.trialOf(r)
	tried, err := s.try(r.Context(), s.force.Load(), t)
	var wrong *TrialError
	switch {
	case errors.As(err, &wrong):
		plain(w, http.StatusUnprocessableEntity, err.Error())
	case errors.Is(err, errTrying):
		w.Header().Set("Retry-After", "5")
		plain(w, http.StatusServiceUnavailable, err.Error())
	case err != nil:
		s.fail(w, r, err)
	default:
		s.json(w, r, tried)
	}
}
