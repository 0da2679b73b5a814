package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"demarche"
	"demarche/brief"
)

// Counts are counts of what is recorded.
type Counts struct {
	Documents int    `json:"documents"`
	Claims    int    `json:"claims"`
	Decisions int    `json:"decisions"`
	Version   string `json:"version" doc:"Of the program."`
}

func (s *server) logAPI(api huma.API) {
	op := operation{method: http.MethodGet, path: "/changes", id: "changes", tag: "log", summary: "The record's log: documents, claims and decisions as they were recorded.",
		description: "Whoever goes on from cursor to cursor gets every change once, a document before its claims, and a claim before the decisions on it."}
	add(s, api, op, func(ctx context.Context, in *struct {
		Since       string `query:"since" maxLength:"1000" doc:"next of the page before; left out, the beginning."`
		Limit       int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
		IfNoneMatch string `header:"If-None-Match"`
	}) (*struct{ Body Log }, error) {
		var since demarche.Cursor
		if in.Since != "" {
			if err := readOpaque(in.Since, &since); err != nil {
				return nil, err
			}
		}
		changes, next, err := s.desk.Log(ctx, since, in.Limit)
		if err != nil {
			return nil, err
		}
		w := s.writer(ctx)
		return &struct{ Body Log }{Log{each(changes, w.change), opaque(next), len(changes) == in.Limit}}, nil
	})
	op = operation{method: http.MethodGet, path: "/stats", id: "stats", tag: "log", summary: "Counts of what is recorded."}
	add(s, api, op, func(ctx context.Context, in *struct{}) (*struct{ Body Counts }, error) {
		st, err := s.desk.Stats(ctx)
		return &struct{ Body Counts }{Counts{st.Documents, st.Claims, st.Decisions, s.Version}}, err
	})
}

// Changes are entries of the log as the API writes them, for others who tell of
// them.
func Changes(d *demarche.Desk, entries []demarche.Entry) []Change {
	w := &writer{words: brief.Words{Name: d.Label}}
	return each(entries, w.change)
}
