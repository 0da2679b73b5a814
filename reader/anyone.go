package reader

import (
	"math"
	"slices"
	"strings"

	"demarche/reader/frame"
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
		out = append(out, g.deedClaim(best[a]))
	}
	return out
}

// deedsAt are the acts that one word may tell, with how much of the probability
// of all of them each has.
func (g *graph) deedsAt(r *Reader, n, actor int, ms []match) []deed {
	var out []deed
	var weights []float64
	for _, f := range g.toldAt(r, n, ms, nil) {
		if kind := f.deed(); kind != "" {
			d := deed{kind: kind, trigger: n, actor: actor, recipient: g.doneTo(n, actor), weight: g.deedWeight(r, f, n), frame: f.frames[0].Name}
			out, weights = append(out, d), append(weights, d.weight)
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

// deed is the act that a form tells: what will be done is agreed to or threatened,
// what will not be done is refused; "" where it tells none.
func (f *form) deed() record.Kind {
	st := &f.status
	kind := f.kind
	switch {
	case kind == record.Relations && f.phase == record.Begins, kind == record.Treaty && f.phase == record.Begins:
		kind = record.Support // PLOVER: diplomatic cooperation
	case kind == record.Relations && f.phase == record.Ends, kind == record.Treaty && f.phase == record.Ends:
		kind = record.Sanction
	}
	switch {
	case !kind.IsAct(), st.content > 0, st.question, st.doubt != "", st.negated && !st.future:
		return ""
	case st.negated:
		return record.Reject
	case !st.future:
		return kind
	}
	switch kind {
	case record.Sanction, record.Coerce, record.Assault:
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
	case x.upos == "VERB":
		s = g.subj(n)
	case x.upos == "NOUN":
		if lv := g.light(n); lv >= 0 {
			s = g.subj(lv)
		} else {
			s = g.possessor(n)
		}
	}
	if s < 0 || s == n || g.nodes[s].date > 0 || g.nodes[s].upos != "NOUN" && g.nodes[s].upos != "PROPN" && g.nodes[s].name == nil {
		return -1
	}
	return s
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
// learned of the word and its surroundings, and what the frames say of the word
// whose conditions hold.
func (g *graph) deedWeight(r *Reader, f *form, n int) float64 {
	f.base = g.bare(f, n)
	q := &question{g: g, trigger: n}
	s := judge.Sheet{Model: r.judge}
	q.formFeatures(&s, f)
	listed := 0.0
	for _, fr := range f.frames {
		if !fr.Loose && fr.POS != frame.Text && !slices.ContainsFunc(fr.Conds, func(c frame.Cond) bool { return g.reaches(n, c.Path) == c.Not }) {
			listed = max(listed, min(fr.Conf+0.1*float64(len(fr.Conds)), 0.95))
		}
	}
	return s.Weight + judge.Prior(listed)
}

// typeRight is how often the type of an act of anybody is right where one word
// leaves no doubt of it: about half (bench/plv).
const typeRight = 0.5

// deedClaim makes a claim of a deed.
func (g *graph) deedClaim(d deed) candidate {
	core := record.Core{Kind: d.kind, Phase: record.Occurs, Roles: record.Roles{record.RoleActor: g.anybody(d.actor)}, When: g.doc.day()}
	nodes := []int{d.trigger, d.actor}
	if d.recipient >= 0 {
		core.Roles[record.RoleRecipient] = g.anybody(d.recipient)
		nodes = append(nodes, d.recipient)
	}
	start, end := g.quote(nodes)
	return candidate{core: core, sent: g.sent, assumed: true, by: g.bytes(d.actor), deed: true, start: start, end: end, frame: d.frame, conf: typeRight * d.share}
}

// anybody names who stands at a node: the party, or the words of the text.
func (g *graph) anybody(n int) []string {
	if m := g.nodes[n].name; m != nil && m.Kind != name.Place && len(m.IDs) > 0 {
		return slices.Clone(m.IDs)
	}
	return []string{strings.Join(strings.Fields(g.phrase(n)), " ")}
}
