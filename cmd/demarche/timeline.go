package main

import "demarche/record"

// timelineCmd asks for everything, in order.
type timelineCmd struct {
	A string `arg:"" help:"A polity, body or person."`
	B string `arg:"" optional:"" help:"The other."`
	clockFlags
}

// Run asks and prints one line for each claim.
func (c *timelineCmd) Run(a *app) error {
	clocks, err := c.clocks()
	if err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	ans, err := d.Timeline(a.ctx, c.A, c.B, clocks)
	if err != nil {
		return err
	}
	return show(a, d, "timeline", ans, encoder.claims, teller.claims)
}

// claims encodes claims; it is the method that verbs hand to show.
func (e encoder) claims() func(*record.Stated) statedJSON { return e.stated }

// claims prints one line for each claim.
func (t teller) claims(found []*record.Stated) {
	var tab table
	for _, c := range found {
		tab.row(short(c), edtf(c.When), t.words.Claim(&c.Core), t.who(c))
	}
	_ = tab.write(t.w, "")
}
