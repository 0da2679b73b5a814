package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"demarche"
	"demarche/record"
)

// Ruling is what a reviewer decides.
type Ruling struct {
	Verdict string            `json:"verdict" enum:"accept,reject,prefer,correct,merge,undo"`
	Claim   string            `json:"claim,omitempty" maxLength:"64" doc:"The claim decided on, for accept, reject, prefer and correct."`
	Other   string            `json:"other,omitempty" maxLength:"64" doc:"prefer: the claim against which. accept, reject: the act that answers the request."`
	Status  string            `json:"status,omitempty" maxLength:"30" doc:"accept with other: what came of the request."`
	Set     map[string]string `json:"set,omitempty" doc:"correct: what it should say: roles by their names, and kind, phase, when (EDTF) and negated."`
	Entity  string            `json:"entity,omitempty" maxLength:"200" doc:"merge: a name"`
	Into    string            `json:"into,omitempty" maxLength:"200" doc:"merge: what it is to be called."`
	Undoes  string            `json:"undoes,omitempty" maxLength:"64" doc:"undo: the decision that is taken back."`
	Why     string            `json:"why" minLength:"1" maxLength:"4000" doc:"The reason; it is shown beside the decision."`
}

func (s *server) decisionsAPI(api huma.API) {
	op := operation{method: http.MethodGet, path: "/decisions", id: "decisions", tag: "review", summary: "Decisions, those taken back among them, the oldest first."}
	add(s, api, op, func(ctx context.Context, in *struct {
		Paged
		Claim string `query:"claim" maxLength:"64" doc:"Only those on this claim."`
	}) (*page[Decision], error) {
		c, after, err := in.begin()
		if err != nil {
			return nil, err
		}
		made, err := s.desk.History(ctx, record.ClaimID(in.Claim), c)
		if err != nil {
			return nil, err
		}
		ans := demarche.Answer[demarche.Made]{Clocks: c, Found: made}
		return pageOf(ctx, s, &in.Paged, after, ans, func(*writer) func(demarche.Made) Decision { return madeOf })
	})
	op = operation{method: http.MethodPost, path: "/decisions", id: "decide", tag: "review", summary: "Decide on a claim or a name.",
		description: "A decision is added to the record and overwrites nothing. Who decides is whose token it is.", status: http.StatusCreated}
	add(s, api, op, func(ctx context.Context, in *struct{ Body Ruling }) (*struct{ Body Decision }, error) {
		who, err := reviewer(ctx)
		if err != nil {
			return nil, err
		}
		dec, err := s.decide(ctx, &in.Body, who.Name)
		if err != nil {
			return nil, err
		}
		return &struct{ Body Decision }{*decisionOf(&dec)}, nil
	})
}

func madeOf(m demarche.Made) Decision {
	out := *decisionOf(&m.Decision)
	out.Undone = m.Undone
	return out
}

func (s *server) decide(ctx context.Context, r *Ruling, who string) (record.Decision, error) {
	switch record.Verdict(r.Verdict) {
	case record.Merge:
		return s.desk.Merge(ctx, r.Entity, r.Into, who, r.Why)
	case record.Undo:
		return s.desk.Undo(ctx, record.DecisionID(r.Undoes), who, r.Why)
	}
	return s.desk.Decide(ctx, demarche.Ruling{Claim: r.Claim, Verdict: r.Verdict, Other: r.Other, Status: r.Status, Set: r.Set, Who: who, Why: r.Why})
}
