package main

import (
	"fmt"

	"demarche/brief"
	"demarche/record"
)

// debtsCmd asks for debts.
type debtsCmd struct {
	A string `arg:"" optional:"" help:"A party to the debts; all where it is left out."`
	B string `arg:"" optional:"" help:"The other party."`
	clockFlags
}

// Run asks and prints each debt with its figures and events.
func (c *debtsCmd) Run(a *app) error {
	clocks, err := c.clocks()
	if err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	ans, err := d.Debts(a.ctx, c.A, c.B, clocks)
	if err != nil {
		return err
	}
	return show(a, d, "debts", ans, func(e encoder) func(*record.Account) accountJSON { return e.account }, teller.accounts)
}

// accounts prints debts. Figures stand one beside the other and are never added
// up.
func (t teller) accounts(found []*record.Account) {
	for _, acc := range found {
		fmt.Fprintf(t.w, "%s owes %s", brief.Plain(t.words.Name(acc.Debtor)), brief.Plain(t.words.Name(acc.Creditor)))
		if acc.Timeline != nil {
			fmt.Fprintf(t.w, ": %s", truth(acc.Timeline.Now))
		}
		fmt.Fprintln(t.w)
		var tab table
		for _, f := range acc.Figures {
			tab.row(edtf(f.Claim.When), brief.Money(f.Amount, f.Currency), fmt.Sprintf("by %s (%s)", t.words.Name(f.Claimant), f.Party), t.who(f.Claim), short(f.Claim))
		}
		for _, e := range acc.Events {
			tab.row(edtf(e.When), t.words.Claim(&e.Core), "", t.who(e), short(e))
		}
		_ = tab.write(t.w, "  ")
	}
}
