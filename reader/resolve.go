package reader

import (
	"slices"
	"strings"

	"demarche/reader/name"
)

// filler is what fills a role: the name that the claim carries, and where it
// stands.
type filler struct {
	id     string // polity code, body, or the plain name of another
	kind   name.Kind
	person string // the fullest name of the person who acts for id
	node   int    // -1 for none
	// implied is set where the sentence does not name it and the document as a
	// whole lets tell.
	implied bool
	// near is set where no path of the tree leads to it: see near.
	near bool
}

// agentNouns stand for the party that they belong to: "Russian forces", "the
// government of Mali", "leaders of Chad".
var agentNouns = set(`government administration authority side delegation troop force army navy military official leader
	ministry minister president leadership regime state country nation republic people parliament senate congress cabinet party
	representative diplomat mission embassy counterpart premier king queen emperor crown house department capital soldier warplane aircraft
	jet warship fleet plane airforce guard police court legislature public citizen envoy ambassador negotiator
	secretary chancellor monarch emir sultan foreign_minister team partner ally power member summit meeting session council assembly
	commission secretariat bloc organization organisation union alliance group community head chief chairman chairmanship presidency friend
	neighbour neighbor kingdom federation participant rebel`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// parties resolves a node, with what is coordinated with it, to the parties
// that it names. With owner, a thing stands for the party it belongs to.
func (g *graph) parties(n int, owner bool) []filler {
	var out []filler
	for _, c := range g.conjuncts(n) {
		if c != n && g.isPredicate(c) && g.nodes[c].upos == "VERB" {
			continue
		}
		out = add(out, g.party(c, owner, 0)...)
	}
	return out
}

func add(out []filler, more ...filler) []filler {
	for _, m := range more {
		dup := false
		for i := range out {
			if out[i].id == m.id {
				dup = true
				if out[i].person == "" {
					out[i].person = m.person
				}
			}
		}
		if !dup {
			out = append(out, m)
		}
	}
	return out
}

func (g *graph) party(n int, owner bool, depth int) []filler {
	if n < 0 || depth > 4 {
		return nil
	}
	x := &g.nodes[n]
	if x.name != nil && !(x.name.Adjective && x.upos == "ADJ" && !owner) {
		var out []filler
		for _, m := range x.names() {
			out = add(out, g.named(n, m)...)
		}
		if out != nil {
			return out
		}
	}
	if m := g.pronoun(n); m != nil {
		return g.named(n, m)
	}
	if x.upos == "NOUN" || x.upos == "PROPN" || x.upos == "ADJ" && owner || x.upos == "VERB" && owner {
		if owner || agentNouns[x.lemma] {
			if f := g.owner(n, depth); f != nil {
				return f
			}
		}
	}
	for _, k := range g.kidsOf(n, "appos") {
		if f := g.party(k, false, depth+1); f != nil {
			return f
		}
	}
	return nil
}

// pronoun returns what a pronoun stands for, nil where n is none or where that
// is not sure.
func (g *graph) pronoun(n int) *name.Mention {
	x := &g.nodes[n]
	if x.upos != "PRON" && x.upos != "DET" && x.xpos != "PRP" && x.xpos != "PRP$" && !g.described(n) {
		return nil
	}
	if o := g.thankedFor(n); o >= 0 {
		return g.standsFor(o)
	}
	m := g.doc.names.Resolve(x.head)
	if m == nil || !objectPronouns[x.lemma] && !objectPronouns[strings.ToLower(x.form)] {
		return m
	}
	if s := g.subjectOver(n); s >= 0 && s != n && sameIDs(m, g.standsFor(s)) {
		return g.doc.otherBefore(x.tokens.Start, m)
	}
	return m
}

// thankedFor is whose a thing is for which somebody is thanked or praised: his who
// is, "thanked the premier for his support"; -1 elsewhere.
func (g *graph) thankedFor(n int) int {
	x := &g.nodes[n]
	if x.xpos != "PRP$" || x.gov < 0 || g.nodes[x.gov].gov < 0 {
		return -1
	}
	if c := g.caseOf(x.gov); c != "for" && c != "on" {
		return -1
	}
	v := g.nodes[x.gov].gov
	if o := g.nodes[v].gov; g.nodes[v].upos != "VERB" && o >= 0 { // the parser hangs it on whom is thanked at times
		v = o
	}
	if o := g.obj(v); o != n && thanking[g.nodes[v].lemma] {
		return o
	}
	return -1
}

var thanking = set("thank praise congratulate commend laud applaud honour honor blame criticise criticize condemn denounce")

// described reports whether a noun with an article stands for a party that was
// named before: "the organisation".
func (g *graph) described(n int) bool {
	x := &g.nodes[n]
	if x.upos != "NOUN" || x.name != nil || !describing[x.lemma] {
		return false
	}
	return g.hasDet(n, "the") || g.hasDet(n, "this") || g.hasDet(n, "that")
}

var describing = set(`organization organisation bloc body group grouping club alliance union community association forum agency fund bank
	country nation state kingdom republic island federation monarchy sultanate emirate archipelago council court league`)

var objectPronouns = set("him her them")

// subjectOver is the subject of the clause in which n is a complement, or -1.
func (g *graph) subjectOver(n int) int {
	switch g.nodes[n].rel {
	case "obj", "iobj", "obl", "nmod", "obl:agent":
		if c := g.clause(g.nodes[n].gov); c >= 0 {
			return g.subj(c)
		}
	}
	return -1
}

// standsFor is the mention at a node, or the one that its pronoun stands for.
func (g *graph) standsFor(n int) *name.Mention {
	if m := g.nodes[n].name; m != nil {
		return m
	}
	return g.pronoun(n)
}

func sameIDs(a, b *name.Mention) bool {
	return a != nil && b != nil && len(a.IDs) > 0 && slices.Equal(a.IDs, b.IDs)
}

// otherBefore is the person last named before a token who acts for another than
// m does: "him" is not the subject of its own clause.
func (d *document) otherBefore(token int, m *name.Mention) *name.Mention {
	all := d.names.Mentions
	i, _ := slices.BinarySearchFunc(all, token, func(x *name.Mention, t int) int { return x.Tokens.Start - t })
	for i--; i >= 0 && token-all[i].Tokens.Start < 120; i-- {
		if o := all[i]; o.Person != nil && len(o.IDs) == 1 && !sameIDs(o, m) {
			return o
		}
	}
	return nil
}

// owner returns the parties that a thing belongs to: its possessor, its
// adjective, what follows "of", "by" or "between".
func (g *graph) owner(n, depth int) []filler {
	var out []filler
	for _, k := range g.nodes[n].kids {
		x := &g.nodes[k]
		switch x.rel {
		case "nmod:poss", "amod", "compound":
			out = add(out, g.spread(k, depth)...)
		case "nmod":
			switch g.caseOf(k) {
			case "of", "by", "from", "between", "in":
				if len(out) == 0 {
					out = add(out, g.spread(k, depth)...)
				}
			}
		case "acl", "acl:relcl":
			if len(out) == 0 && x.xpos != "VB" {
				if a := g.agentOrSubj(k, n); a >= 0 {
					out = add(out, g.spread(a, depth)...)
				}
			}
		}
	}
	return out
}

func (g *graph) agentOrSubj(verb, not int) int {
	if s := g.subj(verb); s != not {
		return s
	}
	return -1
}

func (g *graph) spread(n, depth int) []filler {
	var out []filler
	for _, c := range g.conjuncts(n) {
		out = add(out, g.party(c, true, depth+1)...)
	}
	return out
}

// named turns a mention into fillers; a place or a treaty is no party.
func (g *graph) named(n int, m *name.Mention) []filler {
	switch m.Kind {
	case name.Place, name.Treaty:
		return nil
	}
	var out []filler
	for _, id := range m.IDs {
		f := filler{id: id, kind: g.doc.kindOf(id, m.Kind), node: n}
		if m.Person != nil {
			f.person = m.Person.Name
		}
		out = append(out, f)
	}
	if len(out) == 0 && m.Kind == name.Group && m.Name != "" {
		out = append(out, filler{id: m.Name, kind: name.Group, node: n})
	}
	return out
}

// kindOf is what an id names, for whoever acts for it.
func (d *document) kindOf(id string, k name.Kind) name.Kind {
	switch {
	case d.almanac.Polity(id) != nil:
		return name.Polity
	case d.almanac.Body(id) != nil || k == name.Body:
		return name.Body
	}
	return name.Group
}

// ownCouncil reports whether "the Security Council" is a state's own: a national
// one, or in a text that does not name the United Nations.
func (d *document) ownCouncil(m *name.Mention) bool {
	if len(m.IDs) != 1 || m.IDs[0] != "UNSC" {
		return false
	}
	form := strings.ToLower(d.text.Source[d.text.Tokens[m.Tokens.Start].Start:d.text.Tokens[m.Tokens.End-1].End])
	if strings.Contains(form, "un ") || strings.Contains(form, "u.n.") || strings.Contains(form, "united") {
		return false
	}
	if t := m.Tokens.Start; t > 0 && strings.EqualFold(d.text.Form(t-1), "national") {
		return true
	}
	return !slices.ContainsFunc(d.names.Mentions, func(o *name.Mention) bool { return slices.Contains(o.IDs, "UN") || slices.Contains(o.IDs, "UNGA") })
}
