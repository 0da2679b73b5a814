package main

import (
	"cmp"
	"fmt"
	"slices"

	"demarche"
	"demarche/brief"
	"demarche/record"
)

// membersCmd asks who belongs to a body.
type membersCmd struct {
	Body string `arg:"" help:"The body, in any form: SCO, \"Shanghai Cooperation Organisation\"."`
	clockFlags
}

// Run asks and prints by tier.
func (c *membersCmd) Run(a *app) error {
	clocks, err := c.clocks()
	if err != nil {
		return err
	}
	d, err := a.desk()
	if err != nil {
		return err
	}
	ans, err := d.Members(a.ctx, c.Body, clocks)
	if err != nil {
		return err
	}
	return show(a, d, "members", ans, encoder.timelines, func(t teller, found []*record.Timeline) {
		t.grouped(found, record.RoleTier, record.RoleParty)
	})
}

// timelines encodes timelines; it is the method that verbs hand to show.
func (e encoder) timelines() func(*record.Timeline) timelineJSON { return e.timeline }

// grouped prints timelines under what one role says, by what another names:
// members by tier, bodies by tier.
func (t teller) grouped(found []*record.Timeline, group, name string) {
	for i, g := range groupsOf(found, group) {
		if i > 0 {
			fmt.Fprintln(t.w)
		}
		fmt.Fprintln(t.w, brief.Plain(cmp.Or(g[0].Roles.One(group), "tier not told")))
		slices.SortStableFunc(g, func(a, b *record.Timeline) int {
			return cmp.Or(cmp.Compare(rank(a.Now.Truth), rank(b.Now.Truth)),
				cmp.Compare(t.words.Name(a.Roles.One(name)), t.words.Name(b.Roles.One(name))))
		})
		var tab table
		for _, tl := range g {
			tab.row(t.words.Name(tl.Roles.One(name)), truth(tl.Now), since(tl), t.who(demarche.Evidence(tl)...), inheritedNote(t, tl))
		}
		_ = tab.write(t.w, "  ")
	}
}

func inheritedNote(t teller, tl *record.Timeline) string {
	if tl.Now.Inherited == "" {
		return ""
	}
	return "inherited from " + t.words.Name(tl.Now.Inherited)
}

// groupsOf divides timelines by what a role says, in the order of their first
// appearance.
func groupsOf(found []*record.Timeline, role string) [][]*record.Timeline {
	var out [][]*record.Timeline
	at := map[string]int{}
	for _, tl := range found {
		key := tl.Roles.One(role)
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], tl)
	}
	return out
}

// rank orders truths for people: what is so first.
func rank(t record.Truth) int {
	return slices.Index([]record.Truth{record.Yes, record.Possibly, record.Unknown, record.No}, t)
}
