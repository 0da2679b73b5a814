package main

import (
	"fmt"

	"demarche/brief"
	"demarche/record"
)

// conflictsCmd asks where sources disagree.
type conflictsCmd struct{ clockFlags }

// Run asks and prints each conflict with its sides.
func (c *conflictsCmd) Run(a *app) error {
	clocks, err := c.clocks()
	if err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	ans, err := d.Conflicts(a.ctx, clocks)
	if err != nil {
		return err
	}
	return show(a, d, "conflicts", ans, func(e encoder) func(*record.Conflict) conflictJSON { return e.conflict }, teller.conflicts)
}

func (t teller) conflicts(found []*record.Conflict) {
	for _, c := range found {
		core := record.Core{Kind: c.Kind, Roles: c.Roles}
		fmt.Fprintln(t.w, brief.Plain(t.words.Thing(&core)))
		t.conflict(c, "  ")
	}
}
