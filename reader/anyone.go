package reader

import (
	"math"
	"slices"
	"strings"

	"demarche/reader/judge"
	"demarche/reader/name"
	"demarche/record"
)

// Everyone returns a reader that also reads the acts of those who are no state
// and no body: rebels, courts, companies, crowds. They are named as the text
// names them.
func (r *Reader) Everyone() *Reader {
	out := *r
	out.everyone = true
	return &out
}

// deed is an act that a word may tell of whoever does it.
type deed struct {
	kind      record.Kind
	trigger   int
	actor     int
	recipient int     // -1 where it is not told
	weight    float64 // log-odds
	share     float64 // of the kinds that the word may tell
	frame     string
	right     float64 // listedRight or typeRight
}

// deeds are the acts of everybody in a sentence: for each who does something the
// surest of what its words may tell.
func (g *graph) deeds(r *Reader) []candidate {
	best := map[int]deed{}
	var order []int
	ms, _ := g.matchAll(r.frames)
	for n := range g.nodes {
		actor := g.doer(n)
		if actor < 0 {
			continue
		}
		for _, d := range g.deedsAt(r, n, actor, ms) {
			old, ok := best[actor]
			if !ok {
				order = append(order, actor)
			}
			if !ok || d.weight > old.weight {
				best[actor] = d
			}
		}
	}
	var out []candidate
	for _, a := range order {
		if !slices.ContainsFunc(order, func(b int) bool { return a != b && g.nested(a, b) && best[b].weight >= best[a].weight }) {
			out = append(out, g.deedClaim(best[a]))
		}
	}
	return out
}

// nested reports whether of two nodes the one stands below the other: "Mali" in
// "the army of Mali", but also the army over it.
func (g *graph) nested(a, b int) bool {
	for _, p := range [][2]int{{a, b}, {b, a}} {
		for n, steps := p[0], 0; n >= 0 && steps < 6; n, steps = g.nodes[n].gov, steps+1 {
			if n == p[1] {
				return true
			}
			if g.nodes[n].upos == "VERB" {
				break
			}
		}
	}
	return false
}

// deedsAt are the acts that one word may tell, with how much of the probability
// of all of them each has. Where frames list the word for a type, the types that
// it may tell elsewhere are left out.
func (g *graph) deedsAt(r *Reader, n, actor int, ms []match) []deed {
	var out []deed
	var weights []float64
	forms := g.deedForms(r, n, ms)
	listed := slices.ContainsFunc(forms, func(f *form) bool { return f.listed() > 0 })
	for _, f := range forms {
		if conf := f.listed(); conf > 0 || !listed {
			if kind := f.deed(); kind != "" {
				d := deed{kind: kind, trigger: n, actor: actor, recipient: g.doneTo(n, actor), weight: g.deedWeight(r, f, n, conf), frame: f.frames[len(f.frames)-1].Name, right: typeRight}
				if conf > 0 {
					d.right = listedRight
				}
				out, weights = append(out, d), append(weights, d.weight)
			}
		}
	}
	most := slices.Max(append(weights, 0))
	sum := 0.0
	for _, w := range weights {
		sum += math.Exp(w - most)
	}
	for i := range out {
		out[i].share = math.Exp(out[i].weight-most) / sum
	}
	return out
}

// deedForms are the kinds that a word may tell of anybody.
func (g *graph) deedForms(r *Reader, n int, ms []match) []*form {
	out := g.toldAt(r, n, ms, nil)
	for _, f := range r.frames.Anyone(g.nodes[n].lemma) {
		if g.triggers(f, n) && g.broken(f, n) == nil {
			out = addForm(out, f, nil)
		}
	}
	if len(out) > 0 {
		st := g.statusOf(n, ms)
		for _, f := range out {
			f.status = st
		}
	}
	return out
}

// listed is the confidence with which the frames for anyone tell a form, 0 where
// none does.
func (f *form) listed() float64 {
	conf := 0.0
	for _, fr := range f.frames {
		if fr.Anyone {
			conf = max(conf, fr.Conf)
		}
	}
	return conf
}

// deed is the act that a form tells: what will be done is agreed to or threatened,
// what will not be done is refused; "" where it tells none.
func (f *form) deed() record.Kind {
	st := &f.status
	kind := f.kind
	later := st.future || st.doubt == "would"
	switch {
	case kind == record.Relations && f.phase == record.Begins, kind == record.Treaty && f.phase == record.Begins:
		kind = record.Support // PLOVER: diplomatic cooperation
	case kind == record.Relations && f.phase == record.Ends, kind == record.Treaty && f.phase == record.Ends:
		kind = record.Sanction
	}
	switch {
	case !kind.IsAct(), st.content > 0, st.question, st.doubt != "" && st.doubt != "would", st.negated && !later:
		return ""
	case st.negated:
		return record.Reject
	case !later:
		return kind
	}
	switch kind {
	case record.Sanction, record.Coerce, record.Assault, record.Protest:
		return record.Threaten
	case record.Aid, record.Cooperate, record.Consult, record.Retreat, record.Concede, record.Mobilize, record.Support:
		return record.Agree
	}
	return kind
}

// doer is the noun of who does what the word at n tells, or -1.
func (g *graph) doer(n int) int {
	x := &g.nodes[n]
	s := -1
	switch {
	case g.mainVerb(n):
		s = x.gov
	case x.upos == "VERB":
		s = g.subj(n)
	case x.upos == "NOUN":
		if lv := g.light(n); lv >= 0 {
			s = g.subj(lv)
		} else {
			s = g.nominalDoer(n)
		}
	case x.upos == "ADJ":
		s = g.subj(n)
	}
	if s >= 0 && g.nodes[s].name == nil && g.nodes[s].upos == "PRON" {
		s = g.whoSays(n)
	}
	if s < 0 || s == n || g.nodes[s].date > 0 || g.nodes[s].upos != "NOUN" && g.nodes[s].upos != "PROPN" && g.nodes[s].name == nil {
		return -1
	}
	return s
}

// mainVerb reports whether a participle that the tree hangs on the subject of the
// sentence is the verb of the sentence: "the mayor apologised to them".
func (g *graph) mainVerb(n int) bool {
	x := &g.nodes[n]
	if x.rel != "acl" || x.xpos != "VBN" || x.gov < 0 || x.gov > n || g.nodes[x.gov].gov >= 0 || g.kid(x.gov, "cop", "nsubj") >= 0 || g.agent(n) >= 0 {
		return false
	}
	return g.kid(n, "obj", "xcomp", "ccomp") >= 0 || len(g.ownPrep(n, "to")) > 0
}

// nominalDoer is who does what a noun tells: its possessor, who stands behind it
// with "by" or "from", the party that it is named after.
func (g *graph) nominalDoer(n int) int {
	if s := g.possessor(n); s >= 0 {
		return s
	}
	for _, p := range []string{"by", "from"} {
		if ks := g.ownPrep(n, p); len(ks) > 0 {
			return ks[0]
		}
	}
	for _, k := range g.kidsOf(n, "amod", "compound") {
		if g.isParty(k) {
			return k
		}
	}
	return -1
}

// whoSays is the subject of the verb of saying in whose clause n stands: what "it"
// or "they" is there, mostly.
func (g *graph) whoSays(n int) int {
	for steps := 0; n >= 0 && steps < 4; steps++ {
		x := &g.nodes[n]
		if x.gov >= 0 && (x.rel == "ccomp" || x.rel == "parataxis") && sayVerbs[g.nodes[x.gov].lemma] {
			return g.subj(x.gov)
		}
		n = x.gov
	}
	return -1
}

// doneTo is the noun of whom it is done to, or -1.
func (g *graph) doneTo(n, actor int) int {
	named := func(k int) bool {
		return k >= 0 && k != actor && g.nodes[k].date == 0 && (g.nodes[k].upos == "PROPN" || g.nodes[k].upos == "NOUN" || g.nodes[k].name != nil)
	}
	if o := g.obj(n); named(o) {
		return o
	}
	for _, p := range []string{"against", "with", "to", "on", "for", "from", "of", "by"} {
		for _, k := range g.prep(n, p) {
			if named(k) {
				return k
			}
		}
	}
	return -1
}

// deedWeight is how sure the word tells the kind, in log-odds: what the judge has
// learned of the word and its surroundings, at half its weight since it learned it
// of states, and what the frames say.
func (g *graph) deedWeight(r *Reader, f *form, n int, listed float64) float64 {
	f.base = g.bare(f, n)
	q := &question{g: g, trigger: n}
	s := judge.Sheet{Model: r.judge}
	q.formFeatures(&s, f)
	return s.Weight/2 + judge.Prior(listed)
}

// How often the type of an act of anybody is right where one word leaves no doubt
// of it, and frames for anyone list it or none does (bench/plv).
const (
	listedRight = 0.75
	typeRight   = 0.4
)

// deedClaim makes a claim of a deed.
func (g *graph) deedClaim(d deed) candidate {
	core := record.Core{Kind: d.kind, Phase: record.Occurs, Roles: record.Roles{record.RoleActor: g.anybody(d.actor)}, When: g.doc.day()}
	nodes := []int{d.trigger, d.actor}
	if d.recipient >= 0 {
		core.Roles[record.RoleRecipient] = g.anybody(d.recipient)
		nodes = append(nodes, d.recipient)
	}
	start, end := g.quote(nodes)
	return candidate{core: core, sent: g.sent, assumed: true, by: g.bytes(d.actor), deed: true, start: start, end: end, frame: d.frame, conf: d.right * d.share}
}

// anybody names who stands at a node: the party, or the words of the text.
func (g *graph) anybody(n int) []string {
	if m := g.nodes[n].name; m != nil && m.Kind != name.Place && len(m.IDs) > 0 {
		return slices.Clone(m.IDs)
	}
	return []string{strings.Join(strings.Fields(g.phrase(n)), " ")}
}
