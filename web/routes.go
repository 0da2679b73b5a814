package web

import (
	"net/http"

	"demarche/account"
)

// routes are the pages and what is mounted.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	open := func(pattern string, h handler) { mux.Handle(pattern, limited(s.page(h), 0, 0)) }
	read := func(pattern string, h handler) {
		mux.Handle(pattern, limited(s.authenticated(s.page(h), account.Reader, false), 0, 0))
	}
	decide := func(pattern string, h handler) {
		mux.Handle(pattern, limited(s.authenticated(s.page(h), account.Reviewer, false), 0, 0))
	}
	mux.Handle("GET /static/{file}", limited(http.HandlerFunc(s.static), 0, 0))
	open("GET /login", s.login)
	open("POST /login", s.logIn)
	open("POST /logout", s.logOut)

	read("GET /documents/{id}", s.document)
	read("GET /{$}", s.today)
	read("GET /claims/{id}", s.claim)
	read("GET /polities", s.polities)
	read("GET /polities/{id}", s.polity)
	read("GET /bodies", s.bodies)
	read("GET /bodies/{id}", s.body)
	read("GET /people/{name}", s.person)
	read("GET /requests", s.requests)
	read("GET /search", s.search)
	read("GET /conflicts", s.conflictsPage)
	read("GET /pairs", s.pairs)
	read("GET /pairs/{a}/{b}", s.pair)
	read("GET /pairs/{a}/{b}/{file}", s.download)

	read("GET /decisions", s.decisionsPage)
	decide("GET /review", s.review)
	decide("POST /review/decide", s.decide)
	decide("POST /review/undo", s.undo)
	decide("GET /review/merge", s.mergeForm)
	decide("POST /review/merge", s.merge)
	for _, m := range s.Mounts {
		needs := m.Needs
		if needs == "" {
			needs = account.Reader
		}
		mux.Handle(m.Prefix, limited(s.authenticated(m.Handler, needs, true), m.MaxBody, m.Timeout))
	}
	read("/", func(http.ResponseWriter, *http.Request) error {
		return problem(http.StatusNotFound, "there is no such page; the navigation above leads to all there are")
	})
	return mux
}
