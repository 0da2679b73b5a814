package web

import (
	"fmt"
	"net/http"
	"strconv"
)

// decisionsPage is the log of decisions: what was decided by whom, when and why.
type decisionsPage struct {
	Decided []madeView
	Older   string
	Count   int64
}

const decisionsShown = 50

func (s *Server) decisionsPage(w http.ResponseWriter, r *http.Request) error {
	clocks, bar, err := s.clocks(r)
	if err != nil {
		return err
	}
	if err := s.catchUp(r.Context()); err != nil {
		return err
	}
	head, err := s.overview.KnownBy(r.Context(), clocks.KnownBy)
	if err != nil {
		return err
	}
	before := head.Decision
	if n, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64); err == nil && n > 0 && n < before {
		before = n
	}
	l := s.links(bar)
	body := decisionsPage{Count: head.Decision}
	if body.Decided, err = s.decisions(r.Context(), before, decisionsShown, l); err != nil {
		return err
	}
	if older := before - decisionsShown; older > 0 {
		body.Older = l.to([]string{"decisions"}, "before", fmt.Sprint(older))
	}
	return s.render(w, r, "decisions.html", page{Title: "Decisions", Here: "Review", Clocks: bar, Body: body})
}
