package main

import "demarche/record"

// membershipsCmd asks which bodies a polity belongs to.
type membershipsCmd struct {
	Polity string `arg:"" help:"The polity, in any form: Cambodia, KHM, \"Phnom Penh\"."`
	clockFlags
}

// Run asks and prints by tier.
func (c *membershipsCmd) Run(a *app) error {
	clocks, err := c.clocks()
	if err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	ans, err := d.Memberships(a.ctx, c.Polity, clocks)
	if err != nil {
		return err
	}
	return show(a, d, "memberships", ans, encoder.timelines, func(t teller, found []*record.Timeline) {
		t.grouped(found, record.RoleTier, record.RoleBody)
	})
}
