package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"demarche"
	"demarche/record"
)

// One are the parameters of a question about one party.
type One struct {
	Paged
	Name string `path:"name" maxLength:"200" doc:"In any form: Cambodia, KHM, SCO, Phnom Penh."`
}

// Pair are the parameters of a question about one or two parties.
type Pair struct {
	Paged
	A string `query:"a" maxLength:"200" doc:"A party, in any form of its name."`
	B string `query:"b" maxLength:"200" doc:"The other party; left out, all."`
}

// questions adds the operations that ask the record.
func (s *server) questions(api huma.API) {
	s.about(api, "members", "Who belongs to a body, the highest tier first.", s.desk.Members)
	s.about(api, "chairs", "Who chairs a body.", s.desk.Chairs)
	s.about(api, "memberships", "Which bodies a polity belongs to.", s.desk.Memberships)
	s.about(api, "offices", "Who holds which office for a polity or body, or what a person holds.", s.desk.Offices)
	between(s, api, "relations", "Relations: established, cut, resumed.", s.desk.Relations, (*writer).timelines)
	between(s, api, "debts", "Debts, by debtor and creditor.", s.desk.Debts, func(w *writer) func(*record.Account) Debt { return w.debt })
	between(s, api, "conflicts", "Where claims contradict each other.", s.desk.ConflictsOf, func(w *writer) func(*record.Conflict) Conflict { return w.conflict })
	s.timelinesAPI(api)
	s.requestsAPI(api)
	s.anniversariesAPI(api)
	s.searchAPI(api)
	s.briefAPI(api)
}

func (w *writer) timelines() func(*record.Timeline) Timeline { return w.timeline }

// about adds a question about one party that timelines answer.
func (s *server) about(api huma.API, id, summary string, ask func(context.Context, string, record.Clocks) (demarche.Answer[*record.Timeline], error)) {
	op := operation{method: http.MethodGet, path: "/" + id + "/{name}", id: id, tag: "questions", summary: summary}
	add(s, api, op, func(ctx context.Context, in *One) (*page[Timeline], error) {
		c, after, err := in.begin()
		if err != nil {
			return nil, err
		}
		ans, err := ask(ctx, in.Name, c)
		if err != nil {
			return nil, err
		}
		return pageOf(ctx, s, &in.Paged, after, ans, (*writer).timelines)
	})
}

// between adds a question about one or two parties, or all.
func between[T, J any](s *server, api huma.API, id, summary string, ask func(context.Context, string, string, record.Clocks) (demarche.Answer[T], error), write func(*writer) func(T) J) {
	op := operation{method: http.MethodGet, path: "/" + id, id: id, tag: "questions", summary: summary}
	add(s, api, op, func(ctx context.Context, in *Pair) (*page[J], error) {
		c, after, err := in.begin()
		if err != nil {
			return nil, err
		}
		ans, err := ask(ctx, in.A, in.B, c)
		if err != nil {
			return nil, err
		}
		return pageOf(ctx, s, &in.Paged, after, ans, write)
	})
}

func (s *server) timelinesAPI(api huma.API) {
	op := operation{method: http.MethodGet, path: "/timelines/{kind}", id: "timelines", tag: "questions", summary: "Timelines of one kind of state of affairs.",
		description: "What the claims on a state of affairs add up to, by the event calculus, with what predecessors had as inherited."}
	add(s, api, op, func(ctx context.Context, in *struct {
		Pair
		Kind string `path:"kind" enum:"membership,chair,relations,recognition,succession,existence,office,mission,treaty,debt"`
	}) (*page[Timeline], error) {
		c, after, err := in.begin()
		if err != nil {
			return nil, err
		}
		ans, err := s.desk.States(ctx, record.Kind(in.Kind), in.A, in.B, c)
		if err != nil {
			return nil, err
		}
		return pageOf(ctx, s, &in.Paged, after, ans, (*writer).timelines)
	})
	op = operation{method: http.MethodGet, path: "/history/{name}", id: "history-of", tag: "questions", summary: "Everything about a party, or between two, in order of date.",
		description: "Each item is the id of a claim."}
	add(s, api, op, func(ctx context.Context, in *struct {
		One
		With string `query:"with" maxLength:"200" doc:"The other party; left out, all."`
	}) (*page[string], error) {
		c, after, err := in.begin()
		if err != nil {
			return nil, err
		}
		ans, err := s.desk.Timeline(ctx, in.Name, in.With, c)
		if err != nil {
			return nil, err
		}
		return pageOf(ctx, s, &in.Paged, after, ans, func(w *writer) func(*record.Stated) string { return w.id })
	})
}

func (s *server) requestsAPI(api huma.API) {
	op := operation{method: http.MethodGet, path: "/requests", id: "requests", tag: "questions", summary: "Requests, their age and what came of them."}
	add(s, api, op, func(ctx context.Context, in *struct {
		Paged
		From string `query:"from" maxLength:"200" doc:"Who asked."`
		To   string `query:"to" maxLength:"200" doc:"Who was asked."`
		Open bool   `query:"open" doc:"Only those of which something is still to be expected."`
	}) (*page[Request], error) {
		c, after, err := in.begin()
		if err != nil {
			return nil, err
		}
		ans, err := s.desk.Requests(ctx, in.From, in.To, in.Open, c)
		if err != nil {
			return nil, err
		}
		return pageOf(ctx, s, &in.Paged, after, ans, func(w *writer) func(*record.Thread) Request { return w.thread(ans.Clocks.On.Latest) })
	})
}

func (s *server) anniversariesAPI(api huma.API) {
	op := operation{method: http.MethodGet, path: "/anniversaries", id: "anniversaries", tag: "questions", summary: "Anniversaries that fall into a year."}
	add(s, api, op, func(ctx context.Context, in *struct {
		Pair
		Year int `query:"year" minimum:"0" maximum:"9999" doc:"Default the year of on."`
	}) (*page[Anniversary], error) {
		c, after, err := in.begin()
		if err != nil {
			return nil, err
		}
		ans, err := s.desk.Anniversaries(ctx, in.A, in.B, in.Year, c)
		if err != nil {
			return nil, err
		}
		return pageOf(ctx, s, &in.Paged, after, ans, func(w *writer) func(record.Anniversary) Anniversary { return w.anniversary })
	})
}

// mostHits is how many passages a search finds in all.
const mostHits = 1000

func (s *server) searchAPI(api huma.API) {
	op := operation{method: http.MethodGet, path: "/search", id: "search", tag: "claims", summary: "Passages with all the words of a query, the best first.",
		description: "A phrase stands in double quotes. At most 1000 passages are found."}
	add(s, api, op, func(ctx context.Context, in *struct {
		Paged
		Q    string   `query:"q" required:"true" maxLength:"1000" doc:"Words and phrases."`
		Name []string `query:"name,explode" nullable:"false" maxItems:"10" doc:"Only documents with claims on these parties."`
	}) (*page[Hit], error) {
		c, after, err := in.begin()
		if err != nil {
			return nil, err
		}
		ans, err := s.desk.Search(ctx, in.Q, in.Name, mostHits, c)
		if err != nil {
			return nil, err
		}
		return pageOf(ctx, s, &in.Paged, after, ans, func(*writer) func(demarche.Hit) Hit { return hitOf })
	})
}
