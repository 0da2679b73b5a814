package main

import (
	"fmt"
	"os/user"
	"strings"

	"demarche"
	"demarche/brief"
)

// decideCmd records a decision on a claim.
type decideCmd struct {
	Claim   string   `arg:"" help:"The claim's name, or the beginning of it."`
	Verdict string   `arg:"" enum:"accept,reject,prefer,correct" help:"accept, reject, prefer or correct."`
	Changes []string `arg:"" optional:"" name:"role=value" help:"With correct: what it should say: tier=observer, when=2015-07, kind=membership, phase=begins."`
	Why     string   `required:"" help:"The reason; it is shown beside the decision."`
	Who     string   `help:"Who decides (default your user name)."`
	Other   string   `placeholder:"CLAIM" help:"With prefer: the claim against which. With accept or reject: the act that answers this request, or does not."`
	Status  string   `help:"With accept and --other: what came of the request: granted, refused, acknowledged, ..."`
}

// Run decides.
func (c *decideCmd) Run(a *app) error {
	set := map[string]string{}
	for _, s := range c.Changes {
		role, value, ok := strings.Cut(s, "=")
		if !ok || role == "" {
			return usage("%q is no change; write role=value, such as tier=observer", s)
		}
		set[role] = value
	}
	if c.Who == "" {
		if u, err := user.Current(); err == nil {
			c.Who = u.Username
		}
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	dec, err := d.Decide(a.ctx, demarche.Ruling{Claim: c.Claim, Verdict: c.Verdict, Other: c.Other, Status: c.Status, Set: set, Who: c.Who, Why: c.Why})
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(a.out, decisionOf(dec))
	}
	_, err = fmt.Fprintf(a.out, "decision %s: %s %s by %s: %s\n", dec.ID, dec.Verdict, dec.Claim, brief.Plain(orNobody(dec.Who)), brief.Plain(dec.Why))
	return err
}
