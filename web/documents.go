package web

import (
	"fmt"
	"net/http"
	"strconv"

	"demarche"
	"demarche/record"
)

// documentsPage lists the documents on record, the newest first.
type documentsPage struct {
	In    []arrival
	Count int64
	Older string
}

const documentsShown = 100

func (s *Server) documents(w http.ResponseWriter, r *http.Request) error {
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
	before := head.Document
	if n, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64); err == nil && n > 0 && n < before {
		before = n
	}
	from := max(before-documentsShown, 0)
	log, _, err := s.Desk.Changes(r.Context(), demarche.Cursor{Document: from, Claim: head.Claim, Decision: head.Decision}, documentsShown)
	if err != nil {
		return err
	}
	log.Documents = log.Documents[:min(int64(len(log.Documents)), before-from)]
	l := s.links(bar)
	body := documentsPage{In: arrivals(log, record.Log{}.View(clocks, nil), clocks, l), Count: head.Document}
	if from > 0 {
		body.Older = l.to([]string{"documents"}, "before", fmt.Sprint(from))
	}
	return s.render(w, r, "documents.html", page{Title: "Documents", Here: "Documents", Clocks: bar, Body: body})
}
