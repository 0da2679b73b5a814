package main

import (
	"fmt"

	"demarche/brief"
	"demarche/record"
)

// anniversariesCmd asks which anniversaries fall into a year.
type anniversariesCmd struct {
	A    string `arg:"" help:"A polity, in any form."`
	B    string `arg:"" help:"The other."`
	Year int    `placeholder:"YEAR" help:"The year (default that of --on)."`
	clockFlags
}

// Run asks and prints one line for each anniversary.
func (c *anniversariesCmd) Run(a *app) error {
	if c.Year < 0 || c.Year > 9999 {
		return usage("--year: %d is no year from 1 to 9999", c.Year)
	}
	clocks, err := c.clocks()
	if err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	ans, err := d.Anniversaries(a.ctx, c.A, c.B, c.Year, clocks)
	if err != nil {
		return err
	}
	return show(a, d, "anniversaries", ans, func(e encoder) func(record.Anniversary) anniversaryJSON { return e.anniversary }, teller.anniversaries)
}

func (t teller) anniversaries(found []record.Anniversary) {
	var tab table
	for _, x := range found {
		mark := ""
		if x.Round {
			mark = "round"
		}
		tab.row(edtf(x.On), fmt.Sprintf("%d years", x.Years), mark, t.anniversary(x), t.who(x.Claims...))
	}
	_ = tab.write(t.w, "")
}

func (t teller) anniversary(x record.Anniversary) string {
	if len(x.Claims) > 0 {
		return t.words.Claim(&x.Claims[0].Core)
	}
	core := record.Core{Kind: x.Of.Kind, Roles: x.Of.Roles}
	return brief.Plain(t.words.Thing(&core))
}
