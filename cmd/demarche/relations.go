package main

import (
	"fmt"

	"demarche/brief"
	"demarche/record"
)

// relationsCmd asks for the relations of a polity.
type relationsCmd struct {
	A string `arg:"" help:"A polity, in any form."`
	B string `arg:"" optional:"" help:"The other; all where it is left out."`
	clockFlags
}

// Run asks and prints each pair's timeline.
func (c *relationsCmd) Run(a *app) error {
	clocks, err := c.clocks()
	if err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	ans, err := d.Relations(a.ctx, c.A, c.B, clocks)
	if err != nil {
		return err
	}
	return show(a, d, "relations", ans, encoder.timelines, teller.pairs)
}

// pairs prints the timeline of each pair.
func (t teller) pairs(found []*record.Timeline) {
	for i, tl := range found {
		if i > 0 {
			fmt.Fprintln(t.w)
		}
		now := truth(tl.Now)
		if tl.Now.Inherited != "" {
			now += ", inherited from " + t.words.Name(tl.Now.Inherited)
		}
		core := record.Core{Kind: tl.Kind, Roles: tl.Roles}
		fmt.Fprintf(t.w, "%s: %s\n", brief.Plain(t.words.Thing(&core)), brief.Plain(now))
		t.events(tl, "  ")
	}
}
