package reader

import (
	"slices"

	"demarche/reader/frame"
	"demarche/reader/name"
	"demarche/record"
)

// candidates reads all claims of a sentence.
func (r *Reader) candidates(g *graph) []candidate {
	ms, _ := g.matchAll(r.frames)
	var out []candidate
	for i := range ms {
		out = append(out, g.propose(&ms[i], ms, r.frames)...)
	}
	return out
}

// propose turns a match into candidates, or into none where the sentence does
// not assert it.
func (g *graph) propose(m *match, ms []match, set *frame.Set) []candidate {
	st := g.statusOf(m.trigger, ms)
	if why := g.withhold(m, st); why != "" {
		return nil
	}
	core, nodes := g.core(m)
	core.Negated = st.negated
	when, assumed := g.dateOf(m, st)
	core.When = when
	if m.frame.Kind.IsAct() {
		core.Content = g.contentOfMatch(m, set)
	}
	if st.future && core.Kind != record.Agree {
		core = promise(core)
	}
	source := g.source(m, st)
	start, end := g.quote(nodes)
	var out []candidate
	if core.Kind == record.Recognition && core.Phase == record.Begins && st.present && !st.future {
		core.Phase = record.Holds // "recognises" is seen to be so
	}
	g.doc.ofItsTime(&core)
	for _, c := range spreadOut(core) {
		if !sound(c) || repeats(c) || !g.crosses(c, m) {
			continue
		}
		out = append(out, candidate{core: c, sent: g.sent, assumed: assumed, source: source, start: start, end: end, frame: m.frame.Name, conf: m.frame.Conf,
			features: g.features(m, st, c)})
	}
	return out
}

// ofItsTime names polities by what stood in their place when it was so: Russia
// in 1956 is the Soviet Union.
func (d *document) ofItsTime(c *record.Core) {
	if c.When.Latest == 0 || c.Kind == record.Succession {
		return
	}
	for role, fillers := range c.Roles {
		for i, id := range fillers {
			if p := d.almanac.Polity(id); p == nil || p.On(c.When.Latest) || p.On(c.When.Earliest) {
				continue
			}
			if then := d.almanac.At(id, c.When.Latest); then != id {
				changed := slices.Clone(fillers)
				changed[i] = then
				c.Roles[role], fillers = changed, changed
			}
		}
	}
}

// repeats reports whether a role names the same twice: two names of one polity,
// or of what stood in its place.
func repeats(c record.Core) bool {
	for _, fillers := range c.Roles {
		for i, v := range fillers {
			if slices.Contains(fillers[:i], v) {
				return true
			}
		}
	}
	return false
}

// withhold says why a match is no fact, "" where it is one.
func (g *graph) withhold(m *match, st status) string {
	switch {
	case st.content > 0:
		return "content of another act"
	case st.doubt != "":
		return "not fact: " + st.doubt
	case st.negated && m.frame.Kind.IsAct():
		return "negated act"
	case st.negated && m.frame.Kind != record.Membership && m.frame.Kind != record.Relations && m.frame.Kind != record.Recognition:
		return "negated"
	case st.question:
		return "question"
	}
	return ""
}

// promise is what is told of the future: whoever will do it agrees to it.
func promise(c record.Core) record.Core {
	out := record.Core{Kind: record.Agree, Phase: record.Occurs, Roles: record.Roles{}, Content: &record.Content{Core: c}}
	inner := c
	inner.Negated = c.Negated
	switch {
	case c.Kind.IsAct():
		out.Roles[record.RoleActor] = c.Roles[record.RoleActor]
		copyRole(out.Roles, c.Roles, record.RoleRecipient)
		copyRole(out.Roles, c.Roles, record.RoleActorPersons)
		copyRole(out.Roles, c.Roles, record.RoleRecipientPersons)
	default:
		for _, role := range []string{record.RoleParty, record.RoleParties, record.RoleBy, record.RoleHolder, record.RoleDebtor} {
			if v := c.Roles[role]; len(v) > 0 {
				out.Roles[record.RoleActor] = v
				break
			}
		}
		copyAs(out.Roles, record.RoleRecipient, c.Roles, record.RoleBody)
	}
	return out
}

func copyRole(to, from record.Roles, role string) { copyAs(to, role, from, role) }

func copyAs(to record.Roles, as string, from record.Roles, role string) {
	if v := from[role]; len(v) > 0 {
		to[as] = v
	}
}

// source is who the text has the claim from: the speaker over it, unless the
// speaker is the actor of the speech act itself.
func (g *graph) source(m *match, st status) string {
	if st.says < 0 || st.says == m.trigger {
		return g.accordingTo(m.trigger)
	}
	s := g.subj(st.says)
	if s < 0 {
		return g.accordingTo(m.trigger)
	}
	return g.speaker(s)
}

// speaker names who speaks: the person, else the party or medium.
func (g *graph) speaker(n int) string {
	if p := g.persons(n); len(p) == 1 {
		return p[0].id
	}
	if f := g.parties(n, true); len(f) > 0 {
		return f[0].id
	}
	return ""
}

// accordingTo finds "according to X" over a node.
func (g *graph) accordingTo(n int) string {
	for steps := 0; n >= 0 && steps < 30; steps++ {
		for _, k := range g.kidsOf(n, "obl", "nmod", "advcl") {
			c := g.caseOf(k)
			if c == "accord_to" || c == "according_to" || c == "according" {
				return g.speaker(k)
			}
		}
		n = g.nodes[n].gov
	}
	return ""
}

// crosses reports whether a claim crosses a border or is a fact of office,
// existence or recognition: two parties at least, one of them a polity or body.
func (g *graph) crosses(c record.Core, m *match) bool {
	if !c.Kind.IsAct() {
		return true
	}
	official := false
	n := map[string]bool{}
	for _, role := range []string{record.RoleActor, record.RoleRecipient} {
		for _, f := range m.roles[role] {
			n[f.id] = true
			official = official || f.kind != name.Group && f.kind != name.Person
		}
	}
	if len(c.Roles[record.RoleRecipient]) == 0 && c.Kind != record.Consult && c.Kind != record.Cooperate {
		return official && (g.doc.principals[0] != "" || g.abroad(c)) // whom it concerns may be too vague to name
	}
	return official && len(n) >= 2
}

// abroad reports whether the sentence names a party beside the actors, so that
// an act without recipient is likely none at home.
func (g *graph) abroad(c record.Core) bool {
	for n := range g.nodes {
		if !g.isParty(n) {
			continue
		}
		for _, m := range g.nodes[n].names() {
			for _, id := range m.IDs {
				if !slices.Contains(c.Roles[record.RoleActor], id) {
					return true
				}
			}
		}
	}
	return false
}

// quote returns the byte range from the first to the last of the nodes.
func (g *graph) quote(nodes []int) (start, end int) {
	start, end = -1, -1
	for _, n := range nodes {
		t := g.nodes[n].tokens
		s, e := g.doc.text.Tokens[t.Start].Start, g.doc.text.Tokens[t.End-1].End
		if start < 0 || s < start {
			start = s
		}
		end = max(end, e)
	}
	return start, end
}
