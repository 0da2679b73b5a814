package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"demarche"
	"demarche/account"
	"demarche/problem"
	"demarche/proposal"
)

// Proposal is what someone proposes to decide of a claim.
type Proposal struct {
	ID       string            `json:"id"`
	Claim    string            `json:"claim"`
	Verdict  string            `json:"verdict" enum:"accept,reject,correct,prefer"`
	Set      map[string]string `json:"set,omitempty"`
	Why      string            `json:"why"`
	Who      string            `json:"who"`
	Made     string            `json:"made"`
	State    string            `json:"state" enum:"waiting,adopted,declined"`
	Reviewer string            `json:"reviewer,omitempty"`
	Decision string            `json:"decision,omitempty"`
}

// Proposals are proposals.
type Proposals struct {
	Proposals []Proposal `json:"proposals" nullable:"false"`
}

func proposalOf(p proposal.Proposal) Proposal {
	return Proposal{p.ID, p.Claim, p.Verdict, p.Set, p.Why, p.Who, p.Made.Format(time.RFC3339), string(p.State), p.Reviewer, p.Decision}
}

// Proposed is a proposal to be made.
type Proposed struct {
	Claim   string            `json:"claim" minLength:"1" maxLength:"64"`
	Verdict string            `json:"verdict" enum:"accept,reject,correct"`
	Set     map[string]string `json:"set,omitempty" doc:"For correct, as for a decision."`
	Why     string            `json:"why" minLength:"1" maxLength:"4000"`
}

// proposalsAPI adds what readers propose and reviewers make of it.
func (s *server) proposalsAPI(api huma.API) {
	op := operation{method: http.MethodPost, path: "/proposals", id: "propose", tag: "review", summary: "Propose a decision on a claim.",
		description: "It waits for a reviewer and changes nothing by itself. Whoever may read may propose.", status: http.StatusCreated}
	add(s, api, op, func(ctx context.Context, in *struct{ Body Proposed }) (*struct{ Body Proposal }, error) {
		who, ok := account.From(ctx)
		if !ok {
			return nil, problem.New(http.StatusUnauthorized, "send a token as Authorization: Bearer; demarche user token makes one")
		}
		made, err := s.Proposals.Add(ctx, demarche.Ruling{Claim: in.Body.Claim, Verdict: in.Body.Verdict, Set: in.Body.Set, Why: in.Body.Why, Who: who.Name})
		if err != nil {
			return nil, err
		}
		return &struct{ Body Proposal }{proposalOf(made)}, nil
	})
	op = operation{method: http.MethodGet, path: "/proposals", id: "proposals", tag: "review", summary: "Proposals, the oldest first.",
		description: "They are no part of the record, so the answer has no ETag."}
	add(s, api, op, func(ctx context.Context, in *struct {
		State string `query:"state" enum:"waiting,adopted,declined" doc:"Left out, all."`
	}) (*struct{ Body Proposals }, error) {
		found, err := s.Proposals.List(ctx, proposal.State(in.State))
		if err != nil {
			return nil, err
		}
		return &struct{ Body Proposals }{Proposals{each(found, proposalOf)}}, nil
	})
	s.settling(api)
}

func (s *server) settling(api huma.API) {
	op := operation{method: http.MethodPost, path: "/proposals/{id}/adopt", id: "adopt", tag: "review", summary: "Make a proposal one's own decision.", status: http.StatusCreated}
	add(s, api, op, func(ctx context.Context, in *struct {
		ID string `path:"id" maxLength:"64"`
	}) (*struct{ Body Decision }, error) {
		who, err := reviewer(ctx)
		if err != nil {
			return nil, err
		}
		dec, err := s.Proposals.Adopt(ctx, in.ID, who.Name)
		if err != nil {
			return nil, err
		}
		return &struct{ Body Decision }{*decisionOf(&dec)}, nil
	})
	op = operation{method: http.MethodPost, path: "/proposals/{id}/decline", id: "decline", tag: "review", summary: "Put a proposal aside."}
	add(s, api, op, func(ctx context.Context, in *struct {
		ID string `path:"id" maxLength:"64"`
	}) (*struct{ Body Proposal }, error) {
		who, err := reviewer(ctx)
		if err != nil {
			return nil, err
		}
		if err := s.Proposals.Decline(ctx, in.ID, who.Name); err != nil {
			return nil, err
		}
		k, err := s.Proposals.Get(ctx, in.ID)
		return &struct{ Body Proposal }{proposalOf(k)}, err
	})
}
