package reader

import (
	"slices"
	"strings"

	"demarche/reader/frame"
	"demarche/reader/name"
	"demarche/record"
)

// match is a frame matched at a node: its roles filled, before modality, date
// and attribution are read.
type match struct {
	frame   *frame.Frame
	trigger int
	roles   map[string][]filler
	content []int // the nodes of the content clause, nil where there is none
	lined   bool  // a frame on the words in their order found it, alone or besides
}

// miss is a frame whose trigger stands there and that did not match.
type miss struct {
	frame   *frame.Frame
	trigger int
	why     string
}

// matchAll tries every frame at every node. Per trigger and kind only the first
// frame in file order counts.
func (g *graph) matchAll(set *frame.Set) ([]match, []miss) {
	var out []match
	var misses []miss
	for n := range g.nodes {
		m, why := g.matchAt(set, n)
		out, misses = append(out, m...), append(misses, why...)
	}
	return out, misses
}

func (g *graph) matchAt(set *frame.Set, n int) ([]match, []miss) {
	x := &g.nodes[n]
	if x.date != 0 || x.money != nil {
		return nil, nil
	}
	var out []match
	var misses []miss
	for _, f := range set.Of(x.lemma) {
		if f.Inner || f.Loose || !g.triggers(f, n) || taken(out, f.Kind, f.Phase) {
			continue
		}
		m, why := g.try(f, n, nil)
		if why != "" {
			misses = append(misses, miss{f, n, why})
			continue
		}
		out = append(out, m)
	}
	return out, misses
}

func taken(out []match, k record.Kind, p record.Phase) bool {
	for _, m := range out {
		if m.frame.Kind == k && m.frame.Phase == p {
			return true
		}
	}
	return false
}

func (g *graph) triggers(f *frame.Frame, n int) bool {
	x := &g.nodes[n]
	if x.name != nil && x.name.Kind != name.Office && x.name.Kind != name.Collective {
		return false
	}
	switch f.POS {
	case frame.Verb:
		if x.upos != "VERB" && !(x.upos == "AUX" && x.lemma == "be" || x.upos == "AUX" && g.kid(n, "obj") >= 0) && !(x.xpos == "VBN" && x.upos == "ADJ") {
			return false
		}
	case frame.Noun:
		if x.upos != "NOUN" && x.upos != "PROPN" || f.Loose && x.rel == "compound" { // "patrol boats"
			return false
		}
	case frame.Adj:
		if x.upos != "ADJ" && x.upos != "VERB" && x.upos != "ADV" && x.upos != "NOUN" {
			return false
		}
	}
	for _, w := range f.Words {
		if w.Lemma == x.lemma && (w.Particle == "" || g.particle(n, w.Particle)) {
			return true
		}
	}
	return false
}

// particle reports whether a particle or preposition stands by n.
func (g *graph) particle(n int, word string) bool {
	for _, k := range g.nodes[n].kids {
		x := &g.nodes[k]
		if x.lemma == word && (x.rel == "compound:prt" || x.rel == "advmod" || x.rel == "case" || x.rel == "obl") {
			return true
		}
	}
	return len(g.prep(n, word)) > 0
}

// try fills the roles of a frame at n; why says what was missing. In the content
// of another act, outer, that act's parties stand in for those left unsaid.
func (g *graph) try(f *frame.Frame, n int, outer *match) (m match, why string) {
	if c := g.broken(f, n); c != nil {
		return m, "condition " + pathString(c.Alts[0])
	}
	m = match{frame: f, trigger: n, roles: map[string][]filler{}}
	for _, r := range f.Roles {
		if r.Name == "content" {
			m.content = g.contentNodes(n, r)
			if len(m.content) == 0 && !r.Optional {
				return m, "no content"
			}
			continue
		}
		if got := g.fill(n, f, r, &m); len(got) > 0 {
			m.roles[r.Name] = got
		}
	}
	for _, r := range f.Roles {
		if r.Name == "content" || len(m.roles[r.Name]) > 0 {
			continue
		}
		if got := g.imply(&m, r.Name, outer); len(got) > 0 {
			m.roles[r.Name] = got
			continue
		}
		if got := g.near(&m, r.Name); len(got) > 0 && outer == nil {
			m.roles[r.Name] = got
		} else if !r.Optional {
			return m, "no " + r.Name
		}
	}
	g.pairUp(&m)
	if outer == nil {
		g.address(&m)
	}
	return m, ""
}

// broken is the first condition of a frame that does not hold at n, nil where all
// do.
func (g *graph) broken(f *frame.Frame, n int) *frame.Cond {
	for i := range f.Conds {
		c := &f.Conds[i]
		if slices.ContainsFunc(c.Alts, func(p frame.Path) bool { return g.reaches(n, p) }) == c.Not {
			return c
		}
	}
	return nil
}

func (g *graph) reaches(n int, p frame.Path) bool {
	for _, k := range g.walk(n, p.Steps) {
		if p.Type == "" || len(g.typed(k, p.Type)) > 0 {
			return true
		}
	}
	return false
}

func (g *graph) contentNodes(n int, r frame.Role) []int {
	for _, alt := range r.Alts {
		for _, p := range alt {
			if got := g.walk(n, p.Steps); len(got) > 0 {
				return got
			}
		}
	}
	return nil
}

// fill gives a role its fillers; what m has of the others already stands for a post
// that is not named and is the holder's.
func (g *graph) fill(n int, f *frame.Frame, r frame.Role, m *match) []filler {
	for _, alt := range r.Alts {
		var out []filler
		for _, p := range alt {
			if p.Literal != "" {
				out = append(out, filler{id: p.Literal, node: -1})
				continue
			}
			typ := p.Type
			if typ == "" {
				typ = defaultType(f.Kind, r.Name)
			}
			if typ == "held" || typ == "held_of" {
				out = add(out, g.held(m.roles[record.RoleHolder], typ == "held_of")...)
				continue
			}
			for _, k := range g.walk(n, p.Steps) {
				out = add(out, g.typed(k, typ)...)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// defaultType is what a role holds where a frame does not say.
func defaultType(k record.Kind, role string) string {
	switch role {
	case record.RoleActor, record.RoleRecipient, record.RoleBy, record.RoleDebtor, record.RoleCreditor:
		return "party"
	case record.RoleBody:
		return "body"
	case record.RoleTier:
		return "tier"
	case record.RoleHolder:
		if k == record.Office {
			return "person"
		}
		return "holder"
	case record.RolePost:
		return "post"
	case record.RoleAmount:
		return "money"
	case record.RoleName:
		return "treaty"
	case record.RoleType:
		return "mission"
	case record.RolePlace:
		return "place"
	case record.RoleIn:
		return "place_polity"
	case record.RoleLevel:
		return "level"
	}
	return "party"
}

func pathString(p frame.Path) string {
	var b strings.Builder
	for i, s := range p.Steps {
		if i > 0 {
			b.WriteByte('/')
		}
		b.WriteString(s.Slot)
		if len(s.Lemmas) > 0 {
			b.WriteString("[" + strings.Join(s.Lemmas, ",") + "]")
		}
	}
	return b.String()
}
