package main

import "demarche"

// claimsCmd lists claims.
type claimsCmd struct {
	Kind   []string `placeholder:"KIND" help:"Only these kinds: membership, REQUEST, ..."`
	With   []string `name:"with" placeholder:"NAME" help:"Only claims that name all of these."`
	During string   `placeholder:"DATE" help:"Only what was so in that time (EDTF)."`
	Limit  int      `help:"At most so many; 0 is all." default:"0"`
	clockFlags
}

// Run asks and prints one line for each claim.
func (c *claimsCmd) Run(a *app) error {
	if c.Limit < 0 {
		return usage("--limit: %d is less than none", c.Limit)
	}
	clocks, err := c.clocks()
	if err != nil {
		return err
	}
	f := demarche.Filter{Kinds: c.Kind, Names: c.With, Limit: c.Limit}
	if f.During, err = dateFlag("--during", c.During); err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	ans, err := d.Claims(a.ctx, f, clocks)
	if err != nil {
		return err
	}
	return show(a, d, "claims", ans, encoder.claims, teller.claims)
}
