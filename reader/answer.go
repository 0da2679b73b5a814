package reader

import (
	"slices"

	"demarche/reader/frame"
	"demarche/record"
)

// proposed is the confidence with which a frame proposes just this option, 0
// where none does.
func (o *option) proposed() float64 { return max(o.as(o.form.match), o.as(o.form.line)) }

// by is the match of the frame that proposes the option.
func (o *option) by() *match {
	if o.as(o.form.line) > o.as(o.form.match) {
		return o.form.line
	}
	return o.form.match
}

// as is the confidence with which a match proposes just this option.
func (o *option) as(m *match) float64 {
	if m == nil {
		return 0
	}
	f := o.form
	conf := m.frame.Conf
	if o.first == nil {
		return conf
	}
	sh := shapeOf(f.kind)
	first, second := m.roles[sh.first], m.roles[sh.second]
	mine := o.first.fillers
	if sh.set || sh.second == sh.first {
		if sh.second != sh.first {
			first = add(slices.Clone(first), second...)
		}
		second = nil
		if o.second != nil {
			mine = add(slices.Clone(mine), o.second.fillers...)
		}
	} else if o.second != nil && !sameFillers(second, o.second.fillers) || o.second == nil && len(second) > 0 {
		return 0
	}
	if sh.first == record.RoleHolder {
		first = o.first.fillers // a holder is named by person or by polity
	}
	if !sameFillers(first, mine) || o.tier != "" && len(m.roles[record.RoleTier]) > 0 && m.roles[record.RoleTier][0].id != o.tier {
		return 0
	}
	for role, fs := range m.roles {
		for _, x := range fs {
			// the body whose tiers are told is the one that was spoken of
			if (x.implied || x.near) && role != record.RoleBody && m.frame.Kind != record.Office {
				conf *= 0.6
			}
		}
	}
	return conf
}

// cores are the claims that an option makes, with the match that they rest on.
func (q *question) cores(o *option) (cores []record.Core, m match, assumed bool) {
	f, g := o.form, q.g
	m = f.base
	if f.kind != record.Office {
		m.roles = map[string][]filler{}
		for role, fs := range f.base.roles {
			m.roles[role] = fs
		}
		o.put(&m)
	}
	core, _ := g.core(&m)
	core.Negated = f.status.negated && !f.kind.IsAct()
	core.When, assumed = g.dateOf(&m, f.status)
	ahead := g.doc.ahead(core)
	switch {
	case ahead && spoken[core.Kind]: // the day is that of what is asked or promised
		core.When, assumed = g.doc.day(), true
	case ahead && g.happened(q.trigger, f.status): // the day is that of something else
		core.When, assumed = record.When{}, true
	case (f.status.future || ahead) && core.Kind != record.Agree && !f.denied():
		core, assumed = promise(core, g.doc.day(), assumed), true
	}
	if core.Kind == record.Recognition && core.Phase == record.Begins && f.status.present && !f.status.future {
		core.Phase = record.Holds // "recognises" is seen to be so
		if core.When.IsZero() {
			core.When = g.doc.day()
		}
	}
	if core.Phase == record.Holds && core.Kind == record.Membership && g.since(core.When) {
		core.Phase = record.Begins // "is a member since 1992"
	}
	g.doc.ofItsTime(&core)
	if core.Kind.IsAct() && m.outlived(core) {
		return nil, m, assumed
	}
	for _, c := range spreadOut(g.firstDated(core)) {
		if !c.Kind.IsAct() && g.doc.later(c.When) {
			continue // not so yet: its words tell of something else then
		}
		if sound(c) && !repeats(c) && !g.unlikely(c, q.trigger, o) && (assumed || !g.doc.outOfTime(c)) && (c.Kind != record.Mission || g.namesMission()) {
			cores = append(cores, c)
		}
	}
	return cores, m, assumed
}

// happened reports whether a word stands in what is told in the past.
func (g *graph) happened(n int, st status) bool {
	if st.past || st.perfect || st.pluperfect {
		return true
	}
	c := g.clause(n)
	return c >= 0 && g.toldAsPast(c)
}

// wronged reports whether a part was wronged by what is condemned, and is not who
// did it: "condemned acts of terror against Israeli citizens".
func (q *question) wronged(p *part) bool {
	if !condemning[q.g.nodes[q.trigger].lemma] {
		return false
	}
	if p.node >= 0 {
		return q.g.victim(q.trigger, p.node)
	}
	return slices.ContainsFunc(q.g.cast(), func(o part) bool { return o.node >= 0 && overlap(&o, p) && q.g.victim(q.trigger, o.node) })
}

// victim reports whether between a word and a node under it stands "against".
func (g *graph) victim(trigger, n int) bool {
	for steps := 0; n >= 0 && n != trigger && steps < 12; n, steps = g.nodes[n].gov, steps+1 {
		if c := g.caseOf(n); c == "against" || c == "on" || c == "upon" {
			return true
		}
	}
	return false
}

// firstDated keeps of several bodies that were joined at times of their own ("the
// UN in 1955, ASEAN in 1999") the first alone, whose time is known.
func (g *graph) firstDated(c record.Core) record.Core {
	if c.Kind != record.Membership || len(c.Roles[record.RoleBody]) < 2 {
		return c
	}
	dates := 0
	for n := range g.nodes {
		if g.nodes[n].date > 0 {
			dates++
		}
	}
	if dates < 2 {
		return c
	}
	return with(c, record.RoleBody, c.Roles[record.RoleBody][0])
}

// since reports whether the sentence tells a time as one from which something is
// so.
func (g *graph) since(w record.When) bool {
	if w.IsZero() {
		return false
	}
	for n := range g.nodes {
		if i := g.nodes[n].date; i > 0 && g.doc.dateWhen(i-1, g) == w {
			if p := g.doc.dates[i-1].Prep; p == "since" || p == "from" {
				return true
			}
		}
	}
	return false
}

// put sets the parties of an option in a match.
func (o *option) put(m *match) {
	sh := shapeOf(o.form.kind)
	if sh.second != sh.first {
		delete(m.roles, sh.second)
	}
	m.roles[sh.first] = asHolders(sh.first, o.first)
	if o.second != nil {
		role := sh.second
		if sh.set && o.form.match == nil && !o.form.toward() {
			role = sh.first
		}
		switch {
		case o.form.kind == record.Relations && role == sh.first && len(o.second.fillers) == 1: // whom the others have relations with
			m.roles[role] = add(slices.Clone(o.second.fillers), m.roles[role]...)
		case role == sh.first:
			m.roles[role] = add(slices.Clone(m.roles[role]), o.second.fillers...)
		default:
			m.roles[role] = o.second.fillers
		}
	}
	if o.tier != "" {
		m.roles[record.RoleTier] = []filler{{id: o.tier, node: -1}}
	}
}

// toward reports whether a frame of the form tells who comes and who is come to.
func (f *form) toward() bool {
	return slices.ContainsFunc(f.frames, func(fr *frame.Frame) bool {
		return slices.ContainsFunc(fr.Roles, func(r frame.Role) bool { return r.Name == record.RoleRecipient })
	})
}

// asHolders gives the persons of a part where they hold a chair, else the part's
// parties.
func asHolders(role string, p *part) []filler {
	if role != record.RoleHolder || p.how != "person" {
		return p.fillers
	}
	var out []filler
	for _, f := range p.fillers {
		if f.person != "" {
			out = append(out, filler{id: f.person, node: f.node})
		}
	}
	return out
}
