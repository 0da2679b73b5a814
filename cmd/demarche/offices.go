package main

import (
	"cmp"
	"slices"

	"demarche"
	"demarche/record"
)

// officesCmd asks who holds which office.
type officesCmd struct {
	Name string `arg:"" help:"A polity, a body or a person."`
	clockFlags
}

// Run asks and prints each office with its holder.
func (c *officesCmd) Run(a *app) error {
	clocks, err := c.clocks()
	if err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	ans, err := d.Offices(a.ctx, c.Name, clocks)
	if err != nil {
		return err
	}
	return show(a, d, "offices", ans, encoder.timelines, teller.holders)
}

// holders prints offices, those held first.
func (t teller) holders(found []*record.Timeline) {
	slices.SortStableFunc(found, func(a, b *record.Timeline) int {
		return cmp.Compare(rank(a.Now.Truth), rank(b.Now.Truth))
	})
	var tab table
	for _, tl := range found {
		tab.row(t.words.Post(tl.Roles), tl.Roles.One(record.RoleHolder), truth(tl.Now), since(tl), t.who(demarche.Evidence(tl)...))
	}
	_ = tab.write(t.w, "")
}
