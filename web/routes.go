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
		mux.Handle(pattern, limited(s.authenticated(s.remembered(s.page(h)), account.Reader, false), 0, 0))
	}
	decide := func(pattern string, h handler) {
		mux.Handle(pattern, limited(s.authenticated(s.page(h), account.Reviewer, false), 0, 0))
	}
	mux.Handle("GET /static/{file}", limited(http.HandlerFunc(s.static), 0, 0))
	open("GET /login", (*Server).login)
	open("POST /login", (*Server).logIn)
	open("POST /logout", (*Server).logOut)

	read("GET /documents", (*Server).documents)
	read("GET /documents/{id}", (*Server).document)
	read("GET /{$}", (*Server).today)
	read("GET /claims/{id}", (*Server).claim)
	read("GET /polities", (*Server).polities)
	read("GET /polities/{id}", (*Server).polity)
	read("GET /bodies", (*Server).bodies)
	read("GET /bodies/{id}", (*Server).body)
	read("GET /people/{name}", (*Server).person)
	read("GET /requests", (*Server).requests)
	read("GET /search", (*Server).search)
	read("GET /conflicts", (*Server).conflictsPage)
	read("GET /pairs", (*Server).pairs)
	read("GET /pairs/{a}/{b}", (*Server).pair)
	read("GET /pairs/{a}/{b}/compare", (*Server).compare)
	read("GET /pairs/{a}/{b}/{file}", (*Server).download)

	read("GET /decisions", (*Server).decisionsPage)
	decide("GET /review", (*Server).review)
	decide("POST /review/decide", (*Server).decide)
	decide("POST /review/undo", (*Server).undo)
	decide("POST /review/proposal", (*Server).settleProposal)
	decide("GET /review/merge", (*Server).mergeForm)
	decide("POST /review/merge", (*Server).merge)
	for _, m := range s.Mounts {
		needs := m.Needs
		if needs == "" {
			needs = account.Reader
		}
		handler := m.Handler
		if m.Again {
			handler = s.remembered(handler)
		}
		mux.Handle(m.Prefix, limited(s.authenticated(handler, needs, true), m.MaxBody, m.Timeout))
	}
	read("/", func(*Server, http.ResponseWriter, *http.Request) error {
		return problem(http.StatusNotFound, "there is no such page; the navigation above leads to all there are")
	})
	return mux
}
