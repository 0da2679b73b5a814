package web

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"demarche"
	"demarche/account"
	"demarche/brief"
	"demarche/proposal"
	"demarche/record"
)

// proposedView is what a program or a reader proposes to decide of a claim.
type proposedView struct {
	ID, Verdict, Who, Why, When string
	Set                         []fact // what a correction would change
	Words, Href                 string // of the claim, to its review
}

// mostProposed bounds the proposals on a page.
const mostProposed = 20

// fillProposed adds what is proposed of the claim shown and, where it is of
// others, which these are.
func (s *Server) fillProposed(ctx context.Context, p *reviewPage, l links) error {
	if s.Proposals == nil {
		return nil
	}
	waiting, err := s.Proposals.List(ctx, proposal.Waiting)
	if err != nil {
		return err
	}
	for i := range waiting {
		of := &waiting[i]
		switch {
		case p.Claim != nil && of.Claim == p.Claim.ID:
			p.Proposed = append(p.Proposed, proposed(of))
		case len(p.Others) < mostProposed:
			v := proposed(of)
			claims, err := s.Desk.ByName(ctx, []record.ClaimID{record.ClaimID(of.Claim)}, record.Clocks{})
			if err != nil {
				return err
			}
			v.Words = "a claim that was rejected"
			if len(claims) > 0 {
				v.Words = l.words.Claim(&claims[0].Core)
			}
			v.Href = "/review?claim=" + url.QueryEscape(of.Claim) + "#proposed"
			p.Others = append(p.Others, v)
		}
	}
	return nil
}

func proposed(p *proposal.Proposal) proposedView {
	out := proposedView{ID: p.ID, Verdict: p.Verdict, Who: p.Who, Why: p.Why, When: instant(record.At(p.Made))}
	for _, field := range slices.Sorted(maps.Keys(p.Set)) {
		out.Set = append(out.Set, fact{Name: strings.ReplaceAll(field, "_", " "), Value: brief.Plain(p.Set[field])})
	}
	return out
}

// settleProposal adopts or declines a proposal, as the form says.
func (s *Server) settleProposal(w http.ResponseWriter, r *http.Request) error {
	if err := s.checkForm(r); err != nil {
		return err
	}
	if s.Proposals == nil {
		return problem(http.StatusNotFound, "no proposals are kept here")
	}
	who, _ := account.From(r.Context())
	to := "/review?claim=" + url.QueryEscape(r.PostForm.Get("claim"))
	switch verdict := r.PostForm.Get("proposal-verdict"); verdict {
	case "adopt":
		made, err := s.Proposals.Adopt(r.Context(), r.PostForm.Get("proposal"), who.Name)
		if err != nil {
			return err
		}
		if err := s.catchUp(r.Context()); err != nil {
			return err
		}
		to += "&done=" + url.QueryEscape(string(made.ID))
	case "decline":
		if err := s.Proposals.Decline(r.Context(), r.PostForm.Get("proposal"), who.Name); err != nil {
			return err
		}
	default:
		return &demarche.Error{Op: "proposal", Kind: demarche.Usage, Err: problem(http.StatusBadRequest, "a proposal is adopted or declined")}
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}
