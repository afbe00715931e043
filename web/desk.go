package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"copydesk/feed"
	"copydesk/feed/publish"
)

// desk is the page at /: the editions, and for who may see them the sources.
func (s *Server) desk(w http.ResponseWriter, r *http.Request) {
	st := s.force.Load()
	data := deskPage{frame: s.frame(r, st, "copydesk"), Formats: publish.Formats(), Verdicts: verdicts}
	data.Login = !data.Desk && st.Token != ""
	if data.Login && r.URL.Query().Has("login") {
		s.challenge(w, r, "the desk needs the token of the configuration (server.token), as password")
		return
	}
	for _, e := range st.Editions {
		if !e.Private || data.Desk {
			data.Editions = append(data.Editions, editionRow{Edition: e})
		}
	}
	if data.Desk {
		if err := s.fill(r, st, &data); err != nil {
			s.fail(w, r, err)
			return
		}
	}
	s.page(w, r, "desk.html", data)
}

type deskPage struct {
	frame
	Editions []editionRow
	Lately   []latelyRow
	Sources  []sourceRow
	Summary  []tally
	Watched  bool // rules are looked after
	Faults   []Fault
	Login    bool // there is more to see with the token
	Formats  []publish.Format
	Verdicts []feed.Verdict
}

// editionRow is an edition with what it decided.
type editionRow struct {
	Edition
	Count Count
}

// fill adds what only the trusted see.
func (s *Server) fill(r *http.Request, st *standing, data *deskPage) error {
	states, err := s.Library.States(r.Context())
	if err != nil {
		return err
	}
	if data.Lately, err = s.lately(r.Context(), st); err != nil {
		return err
	}
	data.Sources = rows(st, states)
	for _, row := range data.Sources {
		data.Summary = count(data.Summary, row.Health)
	}
	slices.SortStableFunc(data.Sources, func(a, b sourceRow) int { return urgency(a.Health) - urgency(b.Health) })
	if s.Faults != nil {
		data.Watched = true
		if data.Faults, err = s.Faults(r.Context()); err != nil {
			return err
		}
		for i := range data.Faults {
			data.Faults[i].Text = st.discreet(data.Faults[i].Text)
		}
	}
	counts, err := s.Library.Counts(r.Context())
	if err != nil {
		return err
	}
	for i := range data.Editions {
		data.Editions[i].Count = counts[data.Editions[i].Name]
	}
	return nil
}

// latelyRow is a decision on the desk's own page.
type latelyRow struct {
	decisionRow
	Edition string
}

const (
	latelyShown = 10
	latelyAsked = 20 // editions at most
)

// lately are the newest decisions of all editions, the newest first.
func (s *Server) lately(ctx context.Context, st *standing) ([]latelyRow, error) {
	var all []latelyRow
	for _, e := range st.Editions[:min(len(st.Editions), latelyAsked)] {
		judged, err := s.Library.Judged(ctx, e.Name, "", latelyShown, 0)
		if err != nil {
			return nil, err
		}
		for _, j := range judged {
			all = append(all, latelyRow{rowOf(st, j), e.Name})
		}
	}
	slices.SortStableFunc(all, func(a, b latelyRow) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.Entry, a.Entry)) })
	return all[:min(len(all), latelyShown)], nil
}

// decisionsShown is how many decisions a page of them lists.
const decisionsShown = 50

// verdicts are those that decisions can be chosen by, in the order of the page.
var verdicts = []feed.Verdict{feed.Kept, feed.Dropped, feed.Merged, feed.Held}

// decisions is the page of what an edition decided lately, and why.
func (s *Server) decisions(w http.ResponseWriter, r *http.Request) {
	st := s.force.Load()
	e := st.byName[r.PathValue("name")]
	page, ok := pageOf(r)
	if e == nil || !ok {
		s.fail(w, r, ErrNotFound)
		return
	}
	verdict := verdictOf(r)
	judged, err := s.Library.Judged(r.Context(), e.Name, verdict, decisionsShown+1, (page-1)*decisionsShown)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	counts, err := s.Library.Counts(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	data := decisionsPage{frame: s.frame(r, st, e.Title+": decisions"), Edition: e, Chosen: verdict, Correct: s.Corrector != nil}
	to := func(v feed.Verdict, page int) string {
		q := url.Values{}
		if v != "" {
			q.Set("verdict", string(v))
		}
		if page > 1 {
			q.Set("page", strconv.Itoa(page))
		}
		return "decisions?" + q.Encode()
	}
	data.Choices = append(data.Choices, choice{"all", to("", 1), verdict == "", -1})
	for _, v := range verdicts {
		data.Choices = append(data.Choices, choice{string(v), to(v, 1), verdict == v, counts[e.Name].Verdicts[v]})
	}
	if page > 1 {
		data.Newer = to(verdict, page-1)
	}
	if len(judged) > decisionsShown {
		judged, data.Older = judged[:decisionsShown], to(verdict, page+1)
	}
	for _, j := range judged {
		data.Rows = append(data.Rows, rowOf(st, j))
	}
	s.page(w, r, "decisions.html", data)
}

type decisionsPage struct {
	frame
	Edition      *Edition
	Chosen       feed.Verdict
	Correct      bool // stories can be corrected
	Choices      []choice
	Rows         []decisionRow
	Newer, Older string
}

// choice is a verdict to show the decisions of; its count is -1 for all.
type choice struct {
	Name, Address string
	Chosen        bool
	Count         int64
}

// decisionRow is a decision as the desk tells of it.
type decisionRow struct {
	Entry     int64         `json:"entry"`
	Verdict   feed.Verdict  `json:"verdict"`
	Title     string        `json:"title,omitempty"`
	Link      string        `json:"link,omitempty"`
	Source    string        `json:"source"`
	Language  string        `json:"language,omitempty"`
	Published time.Time     `json:"published,omitzero"`
	Step      string        `json:"step"`
	Rule      string        `json:"rule,omitempty"`
	Reason    string        `json:"reason"`
	Hits      []feed.Hit    `json:"hits,omitempty"`
	Steps     []feed.Step   `json:"steps,omitempty"`
	Repairs   []feed.Repair `json:"repairs,omitempty"`
	At        time.Time     `json:"at"`
	Config    string        `json:"config"`
}

func rowOf(st *standing, j Judged) decisionRow {
	c, d := &j.Record.Copy, &j.Decision
	return decisionRow{
		Entry: d.Entry, Verdict: d.Verdict, Title: c.Title, Link: c.Link, Source: j.Record.Source, Language: c.Language, Published: c.Published,
		Step: d.Step, Rule: d.Rule, Reason: st.discreet(d.Reason), Hits: d.Hits, Steps: d.Steps, Repairs: c.Repairs, At: d.At, Config: d.Config,
	}
}

// verdictOf reads ?verdict=; what isn't one means any.
func verdictOf(r *http.Request) feed.Verdict {
	wanted := feed.Verdict(r.URL.Query().Get("verdict"))
	for _, v := range verdicts {
		if v == wanted {
			return v
		}
	}
	return ""
}

// toDecisions leads from the address that dropped.atom names as its page.
func (s *Server) toDecisions(w http.ResponseWriter, _ *http.Request) {
	redirect(w, "decisions?verdict=dropped")
}

// toDesk leads from the address that status.atom names as its page.
func (s *Server) toDesk(w http.ResponseWriter, _ *http.Request) { redirect(w, "./") }

// redirect leads to an address relative to this one, which holds behind a
// proxy that serves us below a path, too.
func redirect(w http.ResponseWriter, to string) {
	w.Header().Set("Location", to)
	plain(w, http.StatusFound, "see "+to)
}
