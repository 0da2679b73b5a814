package mcp

import (
	"cmp"
	"context"
	"net/http"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"demarche"
	"demarche/account"
)

// accountHeader carries who asks from the request to the tool: a tool sees the
// headers, not the request's context.
const accountHeader = "Demarche-Account"

// named puts who asks into the header, whatever stood there.
func named(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del(accountHeader)
		if who, ok := account.From(r.Context()); ok {
			r.Header.Set(accountHeader, who.Name)
		}
		next.ServeHTTP(w, r)
	})
}

type proposeIn struct {
	Claim   string            `json:"claim" jsonschema:"the claim's name"`
	Verdict string            `json:"verdict" jsonschema:"reject: the sentence does not say so; correct: it says what set says; accept: it does say so"`
	Set     map[string]string `json:"set,omitempty" jsonschema:"for correct: what the claim should say: roles by their names, and kind, phase, when (EDTF), negated"`
	Why     string            `json:"why" jsonschema:"the reason, for the reviewer: what in the sentence shows it"`
}

type proposeOut struct {
	Proposal string `json:"proposal" jsonschema:"its name"`
	State    string `json:"state" jsonschema:"waiting: nothing is changed before a reviewer adopts it"`
	Claim    string `json:"claim"`
}

// proposing adds the tool that proposes.
func (s *Server) proposing() {
	no := false
	sdk.AddTool(s.sdk, &sdk.Tool{Name: "propose", Title: "Propose a decision on a claim",
		Description: "Propose that a reviewer accepts, rejects or corrects a claim. It waits for review and changes nothing by itself: no answer takes notice of it.",
		Annotations: &sdk.ToolAnnotations{DestructiveHint: &no, OpenWorldHint: &no}},
		func(ctx context.Context, req *sdk.CallToolRequest, in proposeIn) (*sdk.CallToolResult, proposeOut, error) {
			who := ""
			if req.Extra != nil {
				who = req.Extra.Header.Get(accountHeader)
			}
			if in.Verdict == "prefer" { // names no other side here
				in.Verdict = ""
			}
			made, err := s.Proposals.Add(ctx, demarche.Ruling{Claim: in.Claim, Verdict: in.Verdict, Set: in.Set, Why: in.Why,
				Who: "a program of " + cmp.Or(who, s.Who, "someone")})
			if err != nil {
				return nil, proposeOut{}, s.told(ctx, "propose", err)
			}
			return nil, proposeOut{made.ID, string(made.State), made.Claim}, nil
		})
}
