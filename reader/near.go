package reader

import (
	"demarche/reader/frame"
	"demarche/record"
)

// near fills a role that no path of the tree leads to with the party that
// stands nearest where English puts it: who acts before the verb, whom it
// concerns behind it, the other way round in the passive. Trees of news are
// wrong in one clause of six; the judge knows such a filler by its mark and
// weighs what stands between.
func (g *graph) near(m *match, role string) []filler {
	left, ok := side(m.frame, role)
	if !ok || m.frame.POS != frame.Verb || g.kid(m.trigger, "ccomp") >= 0 {
		return nil
	}
	if g.passive(m.trigger) {
		left = !left
	}
	step, verbs := 1, 0
	if left {
		step = -1
	}
	for n := m.trigger + step; n >= 0 && n < len(g.nodes) && verbs < 2; n += step {
		x := &g.nodes[n]
		if x.upos == "VERB" {
			verbs++
		}
		if !g.isParty(n) && g.pronoun(n) == nil {
			continue
		}
		fs := g.typed(n, g.typeOf(m.frame, role))
		if len(fs) == 0 || g.filled(m, fs) {
			continue
		}
		for i := range fs {
			fs[i].near = true
		}
		return fs
	}
	return nil
}

// side reports whether a role stands to the left of an active verb.
func side(f *frame.Frame, role string) (left, ok bool) {
	switch role {
	case record.RoleActor, record.RoleParty, record.RoleBy, record.RoleDebtor:
		return true, true
	case record.RoleRecipient, record.RoleCreditor, record.RoleBody:
		return false, true
	case record.RoleParties:
		return true, true
	}
	return false, false
}

// typeOf is what the first path of a role demands.
func (g *graph) typeOf(f *frame.Frame, role string) string {
	for _, r := range f.Roles {
		if r.Name == role && len(r.Alts) > 0 && r.Alts[0][0].Type != "" {
			return r.Alts[0][0].Type
		}
	}
	return defaultType(f.Kind, role)
}

// filled reports whether any of the fillers fills a role of the match already.
func (g *graph) filled(m *match, fs []filler) bool {
	for _, have := range m.roles {
		for _, h := range have {
			for _, f := range fs {
				if h.id == f.id {
					return true
				}
			}
		}
	}
	return false
}
