package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"copydesk/feed"
)

// A RefusedError says why what a person asked for can't be done.
type RefusedError struct{ Why string }

func (e *RefusedError) Error() string { return e.Why }

// maxForm bounds what a form may send.
const maxForm = 64 << 10

// Corrector lets a person correct stories. Entries go by their links, ids or
// numbers. What can't be done is a *RefusedError.
type Corrector interface {
	Split(ctx context.Context, entry string) (feed.Story, error)
	Join(ctx context.Context, entries []string) (feed.Story, error)
}

// correct answers POST /api/stories/split and /join: a form with an entry, or
// with several. It comes from the desk, or from a program with the token; a
// page elsewhere can't have a browser send it.
func (s *Server) correct(change func(context.Context, []string) (feed.Story, error)) http.Handler {
	handler := s.forTrusted(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseForm(); err != nil {
			plain(w, http.StatusBadRequest, "the form can't be read")
			return
		}
		story, err := change(r.Context(), r.PostForm["entry"])
		var refused *RefusedError
		switch st := s.force.Load(); {
		case errors.As(err, &refused):
			plain(w, http.StatusConflict, refused.Why)
		case err != nil:
			s.fail(w, r, err)
		case st.byName[r.PostForm.Get("edition")] != nil: // back to the page that the form stands on
			w.Header().Set("Location", "../../feeds/"+url.PathEscape(r.PostForm.Get("edition"))+"/decisions")
			w.WriteHeader(http.StatusSeeOther)
		default:
			s.json(w, r, correctedStory{story.Story, story.Renditions})
		}
	})
	return s.fromHere(handler)
}

// correctedStory is what came of a correction.
type correctedStory struct {
	Story      int64            `json:"story"`
	Renditions []feed.Rendition `json:"renditions"`
}

func (s *Server) split(ctx context.Context, entries []string) (feed.Story, error) {
	if len(entries) != 1 || entries[0] == "" {
		return feed.Story{}, &RefusedError{"name one entry: entry=LINK-OR-ID"}
	}
	return s.Corrector.Split(ctx, entries[0])
}

func (s *Server) join(ctx context.Context, entries []string) (feed.Story, error) {
	if len(entries) < 2 {
		return feed.Story{}, &RefusedError{"name two entries or more: entry=LINK-OR-ID&entry=LINK-OR-ID"}
	}
	return s.Corrector.Join(ctx, entries)
}
