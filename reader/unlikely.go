package reader

import (
	"slices"

	"demarche/record"
)

// unlikely reports whether a state of affairs is not what its words tell: a body
// that is made independent of something is not founded, nor is one by the creation
// of its working group; ties of old are no diplomatic relations.
func (g *graph) unlikely(c record.Core, trigger int, o *option) bool {
	l := g.nodes[trigger].lemma
	switch c.Kind {
	case record.Membership:
		return slices.ContainsFunc(g.nodes[trigger].kids, func(k int) bool { return chairs[g.nodes[k].lemma] })
	case record.Existence:
		if (l == "independent" || l == "independence") && g.doc.almanac.Body(c.Roles.One(record.RoleOf)) != nil {
			return true
		}
		if o.first == nil || o.first.node < 0 {
			return false
		}
		x := &g.nodes[o.first.node]
		if x.name == nil && (x.lemma == "group" || x.lemma == "committee" || x.lemma == "commission" || x.lemma == "council") {
			return true
		}
		return (x.rel == "compound" || x.rel == "amod" || x.rel == "nmod:poss") && x.gov >= 0 && x.gov != trigger && (g.nodes[x.gov].upos == "NOUN" || g.nodes[x.gov].upos == "PROPN")
	case record.Office:
		of := c.Roles.One(record.RoleOf)
		other := func(id string) bool {
			return id != of && g.doc.almanac.Polity(id) != nil && g.doc.almanac.Polity(of) != nil
		}
		if p := g.doc.human(c.Roles.One(record.RoleHolder)); p != nil && other(p.For) {
			return true
		}
		if l == "succeed" || l == "replace" { // in an office of another
			if s := g.subj(trigger); s >= 0 {
				m := g.standsFor(s)
				return m != nil && len(m.IDs) == 1 && other(m.IDs[0])
			}
		}
	case record.Treaty:
		return g.where(o.first) || g.where(o.second)
	case record.Debt:
		return c.Phase == record.Holds && g.toldAsPast(trigger) && slices.ContainsFunc(g.nodes, func(x node) bool { return forgiving[x.lemma] && x.xpos == "VBD" })
	case record.Recognition:
		return c.Negated && c.Phase == record.Holds && g.deniedThen(trigger)
	case record.Relations:
		if g.where(o.first) || g.where(o.second) {
			return true
		}
		if c.Phase == record.Ends && l == "break" && len(g.prep(trigger, "with")) == 0 && !slices.ContainsFunc(g.nodes, func(x node) bool { return formal[x.lemma] || x.lemma == "tie" || x.lemma == "link" }) {
			return true
		}
		return c.Phase == record.Begins && c.When.IsZero() && !slices.ContainsFunc(g.nodes, func(x node) bool { return formal[x.lemma] })
	}
	return false
}

// outlived reports whether somebody acts for a polity in whose place another stood
// at the time: who acts for Russia today did not meet anybody in 1979.
func (m *match) outlived(c record.Core) bool {
	for _, role := range []string{record.RoleActor, record.RoleRecipient} {
		for _, f := range m.roles[role] {
			if f.person != "" && f.person != f.id && !slices.Contains(c.Roles[record.RoleActor], f.id) && !slices.Contains(c.Roles[record.RoleRecipient], f.id) {
				return true
			}
		}
	}
	return false
}

// where reports whether a part is a capital in which something was done, and so is
// no party to it: "signed in Paris".
func (g *graph) where(p *part) bool {
	if p == nil || p.node < 0 || g.nodes[p.node].name == nil || g.nodes[p.node].name.Type != "capital" {
		return false
	}
	c := g.caseOf(p.node)
	return c == "in" || c == "at"
}

// deniedThen reports whether a verb is denied of the past, of which it does not
// tell how it is now: "did not recognise".
func (g *graph) deniedThen(n int) bool {
	return slices.ContainsFunc(g.nodes[n].kids, func(k int) bool { return g.nodes[k].form == "did" })
}

// forgiving are verbs by which a debt that was owed is so no more.
var forgiving = set("forgive cancel write_off write waive annul settle repay clear")

// chairs are what is taken over by a member, not by who joins.
var chairs = set("chair chairmanship presidency helm gavel leadership")

// namesMission reports whether a sentence names an embassy or its like.
func (g *graph) namesMission() bool {
	return slices.ContainsFunc(g.nodes, func(x node) bool {
		return missionTypes[x.lemma] != "" || x.lemma == "liaison" || x.lemma == "interest" || x.lemma == "chancery"
	})
}
