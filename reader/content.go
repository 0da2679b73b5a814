package reader

import (
	"slices"
	"strings"

	"demarche/reader/frame"
	"demarche/record"
)

// contentOfMatch reads the claim inside an act: the frame that matches nearest
// to the head of the content clause; where none does, the topic.
func (g *graph) contentOfMatch(m *match, set *frame.Set) *record.Content {
	if len(m.content) == 0 {
		return nil
	}
	for _, c := range m.content {
		if in := g.firstIn(c, m, set); in != nil {
			core, _ := g.core(in)
			g.helped(m, in, &core)
			if when, ok := g.ownDate(in.trigger); ok {
				core.When = when
			}
			return &record.Content{Core: core}
		}
	}
	topic := g.phrase(m.content[0])
	if topic == "" {
		return nil
	}
	return &record.Content{Topic: topic}
}

// helped gives the membership that another is asked to help with to who asks:
// "asked Moscow to help it become an observer".
func (g *graph) helped(outer, in *match, c *record.Core) {
	to := outer.roles[record.RoleRecipient]
	if c.Kind != record.Membership || len(to) != 1 || c.Roles.One(record.RoleParty) != to[0].id || len(outer.roles[record.RoleActor]) != 1 {
		return
	}
	for n := outer.trigger + 1; n < in.trigger; n++ {
		if helping[g.nodes[n].lemma] {
			*c = with(*c, record.RoleParty, outer.roles[record.RoleActor][0].id)
			return
		}
	}
}

// firstIn returns the match nearest to the top of the subtree of n: at the same
// depth a state of affairs before an act, and one whose parties are named
// before one whose parties are lent by the outer act.
func (g *graph) firstIn(n int, outer *match, set *frame.Set) *match {
	level := []int{n}
	var shallow *match
	for depth := 0; depth < 5 && len(level) > 0; depth++ {
		var best *match
		for _, k := range level {
			for _, f := range set.Of(g.nodes[k].lemma) {
				if k == outer.trigger || f.Loose || !g.triggers(f, k) {
					continue
				}
				in, why := g.try(f, k, outer)
				if why == "" && (best == nil || rank(&in) > rank(best)) && g.soundIn(&in) {
					best = &in
				}
			}
		}
		if best != nil && (shallow == nil || !best.frame.Kind.IsAct()) {
			if !helping[g.nodes[best.trigger].lemma] {
				return best
			}
			shallow = best // "help it to become": the point may lie deeper
		}
		level = g.below(level)
	}
	return shallow
}

var helping = set("help assist assistance support enable allow let aid back backing facilitate")

// rank orders readings of a content.
func rank(m *match) int {
	r := 0
	if !m.frame.Kind.IsAct() {
		r += 4
	}
	if !m.frame.Inner {
		r++
	}
	for _, fs := range m.roles {
		for _, f := range fs {
			if f.implied {
				return r
			}
		}
	}
	return r + 2
}

func (g *graph) soundIn(m *match) bool {
	core, _ := g.core(m)
	return sound(core)
}

// below are the dependents of nodes in which the point of a content can stand.
func (g *graph) below(level []int) []int {
	var next []int
	for _, k := range level {
		for _, kk := range g.nodes[k].kids {
			switch g.nodes[kk].rel {
			case "xcomp", "ccomp", "obj", "acl", "advcl", "nmod", "obl", "conj", "nsubj:pass":
				next = append(next, kk)
			}
		}
	}
	return next
}

// core turns a match into what a claim says, and tells the nodes that it rests
// on.
func (g *graph) core(m *match) (record.Core, []int) {
	c := record.Core{Kind: m.frame.Kind, Phase: m.frame.Phase, Roles: record.Roles{}}
	nodes := []int{m.trigger}
	for _, role := range frame.RolesOf(c.Kind) {
		for _, f := range m.roles[role] {
			if f.node >= 0 {
				nodes = append(nodes, f.node)
			}
			g.putRole(c.Roles, c.Kind, role, f)
		}
	}
	if c.Kind.IsAct() {
		dropShared(c.Roles, c.Kind)
	}
	if c.Kind == record.Relations && len(c.Roles[record.RoleLevel]) == 0 {
		c.Roles[record.RoleLevel] = []string{"diplomatic"}
	}
	return c, nodes
}

func (g *graph) putRole(roles record.Roles, k record.Kind, role string, f filler) {
	put := func(role, v string) {
		if v != "" && !slices.Contains(roles[role], v) {
			roles[role] = append(roles[role], v)
		}
	}
	if role == record.RoleAs {
		put(role, g.as(f))
		return
	}
	put(role, f.id)
	if k.IsAct() && f.person != "" && f.person != f.id {
		switch role {
		case record.RoleActor:
			put(record.RoleActorPersons, f.person)
		case record.RoleRecipient:
			put(record.RoleRecipientPersons, f.person)
		}
	}
	if role == record.RoleAmount {
		put(record.RoleCurrency, f.person)
	}
}

// as says in what quality something is recognised: as a state, a government, the
// successor of another.
func (g *graph) as(f filler) string {
	low := strings.ToLower(f.id)
	switch {
	case f.node >= 0 && strings.Contains(low, "successor"):
		for _, prep := range []string{"of", "to"} {
			for _, k := range g.prep(f.node, prep) {
				if p := g.parties(k, false); len(p) > 0 {
					return "successor of " + p[0].id
				}
			}
		}
	case strings.Contains(low, "government"):
		return "government"
	case strings.Contains(low, "independent"), strings.Contains(low, "sovereign"), strings.HasSuffix(low, "state"), strings.HasSuffix(low, "nation"):
		return "state"
	}
	return strings.TrimPrefix(strings.TrimPrefix(f.id, "as "), "the ")
}

// dropShared takes from the recipients who is among the actors already.
func dropShared(roles record.Roles, k record.Kind) {
	rec := roles[record.RoleRecipient][:0:0]
	for _, r := range roles[record.RoleRecipient] {
		if !slices.Contains(roles[record.RoleActor], r) {
			rec = append(rec, r)
		}
	}
	if len(rec) == 0 {
		delete(roles, record.RoleRecipient)
		delete(roles, record.RoleRecipientPersons)
		return
	}
	roles[record.RoleRecipient] = rec
}

// sound reports whether a core is one that may be printed: the parties are
// there, they differ, and they cross a border.
func sound(c record.Core) bool {
	switch c.Kind {
	case record.Relations:
		return len(c.Roles[record.RoleParties]) == 2
	case record.Treaty:
		return len(c.Roles[record.RoleParties]) >= 1
	case record.Membership:
		return len(c.Roles[record.RoleParty]) == 1 && len(c.Roles[record.RoleBody]) == 1 && c.Roles.One(record.RoleParty) != c.Roles.One(record.RoleBody)
	case record.Recognition:
		return len(c.Roles[record.RoleBy]) == 1 && c.Roles.One(record.RoleBy) != c.Roles.One(record.RoleOf)
	case record.Mission:
		return c.Roles.One(record.RoleOf) != c.Roles.One(record.RoleIn)
	case record.Debt:
		return c.Roles.One(record.RoleDebtor) != c.Roles.One(record.RoleCreditor)
	case record.Succession:
		return c.Roles.One(record.RoleSuccessor) != c.Roles.One(record.RolePredecessor)
	case record.Consult, record.Cooperate:
		return len(c.Roles[record.RoleActor])+len(c.Roles[record.RoleRecipient]) >= 2
	}
	if c.Kind.IsAct() {
		return len(c.Roles[record.RoleActor]) > 0
	}
	return true
}

// spreadOut makes one core of each party where a list is spelled out: eight
// members are eight claims, and so is one member of two bodies two.
func spreadOut(c record.Core) []record.Core {
	var out []record.Core
	switch c.Kind {
	case record.Membership:
		for _, one := range each(c, record.RoleParty) {
			out = append(out, each(one, record.RoleBody)...)
		}
		return out
	case record.Recognition, record.Mission:
		by := record.RoleBy
		if c.Kind == record.Mission {
			by = record.RoleIn
		}
		for _, one := range each(c, by) {
			out = append(out, each(one, record.RoleOf)...)
		}
		return out
	case record.Existence:
		return each(c, record.RoleOf)
	case record.Chair:
		return each(c, record.RoleHolder)
	case record.Relations:
		return pairs(c)
	case record.Succession:
		return each(c, record.RoleSuccessor)
	case record.Debt:
		for _, one := range each(c, record.RoleDebtor) {
			out = append(out, each(one, record.RoleCreditor)...)
		}
		return out
	}
	return []record.Core{c}
}

// each makes one core of each filler of a role.
func each(c record.Core, role string) []record.Core {
	if len(c.Roles[role]) < 2 {
		return []record.Core{c}
	}
	var out []record.Core
	for _, v := range c.Roles[role] {
		out = append(out, with(c, role, v))
	}
	return out
}

func with(c record.Core, role string, fillers ...string) record.Core {
	roles := record.Roles{}
	for k, vs := range c.Roles {
		roles[k] = vs
	}
	roles[role] = fillers
	c.Roles = roles
	return c
}

// pairs makes one core of each pair where one has relations with several: the
// first named with each of the others.
func pairs(c record.Core) []record.Core {
	p := c.Roles[record.RoleParties]
	if len(p) < 3 || len(p) > 12 {
		return []record.Core{c}
	}
	var out []record.Core
	for _, other := range p[1:] {
		out = append(out, with(c, record.RoleParties, p[0], other))
	}
	return out
}
