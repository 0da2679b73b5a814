package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"demarche"
	"demarche/brief"
	"demarche/proposal"
)

// proposalsCmd lists what programs and readers propose, and settles it.
type proposalsCmd struct {
	Adopt   string `placeholder:"ID" help:"Make this proposal your decision."`
	Decline string `placeholder:"ID" help:"Put this proposal aside."`
	Who     string `help:"Who decides (default your user name)."`
	All     bool   `help:"List those that are settled too."`
}

// proposals opens the proposals beside the record.
func (a *app) proposals(d *demarche.Desk) (*proposal.Proposals, error) {
	path, err := a.besideRecord()
	if err != nil {
		return nil, err
	}
	path = strings.TrimSuffix(path, filepath.Ext(path)) + ".proposals.db"
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, &demarche.Error{Op: "proposals", Kind: demarche.Output, Err: err}
	}
	p, err := proposal.Open(path, d, func() time.Time { return demarche.SystemClock().Time() })
	if err != nil {
		return nil, &demarche.Error{Op: "proposals", Kind: demarche.BadRecord, Err: err}
	}
	return p, nil
}

// Run lists, adopts or declines.
func (c *proposalsCmd) Run(a *app) error {
	if c.Adopt != "" && c.Decline != "" {
		return usage("a proposal is adopted or declined; give one of --adopt and --decline")
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	p, err := a.proposals(d)
	if err != nil {
		return err
	}
	return errors.Join(c.run(a, p), p.Close())
}

func (c *proposalsCmd) run(a *app, p *proposal.Proposals) error {
	who := cmp.Or(c.Who, localUser().Name)
	switch {
	case c.Adopt != "":
		dec, err := p.Adopt(a.ctx, c.Adopt, who)
		if err != nil {
			return err
		}
		if a.json {
			return printJSON(a.out, decisionOf(dec))
		}
		_, err = fmt.Fprintf(a.out, "decision %s: %s %s by %s: %s\n", dec.ID, dec.Verdict, dec.Claim, brief.Plain(who), brief.Plain(dec.Why))
		return err
	case c.Decline != "":
		return p.Decline(a.ctx, c.Decline, who)
	}
	state := proposal.Waiting
	if c.All {
		state = ""
	}
	found, err := p.List(a.ctx, state)
	if err != nil {
		return err
	}
	return tellProposals(a, found)
}

type proposalJSON struct {
	ID      string            `json:"id"`
	Claim   string            `json:"claim"`
	Verdict string            `json:"verdict"`
	Set     map[string]string `json:"set,omitempty"`
	Who     string            `json:"who"`
	Why     string            `json:"why"`
	State   proposal.State    `json:"state"`
}

func tellProposals(a *app, found []proposal.Proposal) error {
	if a.json {
		return printJSON(a.out, list(found, func(p proposal.Proposal) proposalJSON {
			return proposalJSON{p.ID, p.Claim, p.Verdict, p.Set, p.Who, p.Why, p.State}
		}))
	}
	var tab table
	for _, p := range found {
		var set []string
		for role, value := range p.Set {
			set = append(set, role+"="+value)
		}
		slices.Sort(set)
		tab.row(p.ID, string(p.State), p.Claim, strings.TrimSpace(p.Verdict+" "+brief.Plain(strings.Join(set, " "))), brief.Plain(p.Who), brief.Plain(p.Why))
	}
	if len(found) == 0 {
		tab.row("no proposal waits for review")
	}
	return tab.write(a.out, "")
}
