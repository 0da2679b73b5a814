package reader

import (
	"slices"

	"demarche/almanac"
	"demarche/reader/frame"
	"demarche/reader/judge"
	"demarche/record"
)

// candidates reads all claims of a sentence: the surest answer to each question
// that its words pose.
func (r *Reader) candidates(g *graph) []candidate {
	type answer struct {
		q      *question
		option *option
		chance float64
	}
	var answers []answer
	states := map[int]answer{} // trigger -> the surest state of affairs
	for _, q := range g.questions(r, false) {
		a := answer{q: q}
		a.option, a.chance = q.best()
		answers = append(answers, a)
		if !a.option.form.kind.IsAct() && a.chance > states[q.trigger].chance {
			states[q.trigger] = a
		}
	}
	var out []candidate
	for _, a := range answers {
		o, top := a.option, states[a.q.trigger]
		switch {
		case top.chance > max(a.chance, likely) && (o.form.kind.IsAct() || o.proposed() == 0 || o.rivals(top.option)):
			continue // "entered the union", "opened an embassy", "took over the chair" are told once
		case o.form.kind == record.Debt && o.proposed() == 0:
			continue // who owes whom is not guessed
		}
		out = append(out, a.q.claims(r, o, a.chance)...)
	}
	return out
}

// rivals reports whether one option is that a party takes the chair of a body and
// the other that it joins.
func (o *option) rivals(other *option) bool {
	return o.form.kind == record.Membership && other.form.kind == record.Chair && o.first != nil && o.second != nil && other.first != nil && other.second != nil &&
		sameFillers(o.first.fillers, other.first.fillers) && sameFillers(o.second.fillers, other.second.fillers)
}

// best is the surest answer, with its probability: options that say the same
// count together.
func (q *question) best() (*option, float64) {
	weights := make([]float64, len(q.options))
	for i := range q.options {
		weights[i] = q.options[i].weight
	}
	chances := judge.Chances(weights)
	sum := make([]float64, len(chances))
	best := 0
	for i := range q.options {
		for j := range q.options {
			if same(&q.options[i], &q.options[j]) {
				sum[i] += chances[j]
			}
		}
		if sum[i] > sum[best] || sum[i] == sum[best] && chances[i] > chances[best] {
			best = i
		}
	}
	return &q.options[best], sum[best]
}

// same reports whether two options say the same of the same parties.
func same(a, b *option) bool {
	if a == b {
		return true
	}
	if a.form != b.form || a.tier != b.tier || (a.second == nil) != (b.second == nil) || a.first == nil || b.first == nil || !sameFillers(a.first.fillers, b.first.fillers) {
		return false
	}
	return a.second == nil || sameFillers(a.second.fillers, b.second.fillers)
}

// claims turns an answer into candidates.
func (q *question) claims(r *Reader, o *option, chance float64) []candidate {
	g := q.g
	cores, m, assumed := q.cores(o)
	source := g.source(&m, o.form.status)
	nodes := []int{q.trigger}
	for _, p := range []*part{o.first, o.second} {
		if p != nil && p.node >= 0 {
			nodes = append(nodes, p.node)
		}
	}
	start, end := g.quote(nodes)
	var by [][2]int
	if p := o.first; p != nil && p.node >= 0 {
		by = g.bytes(p.node)
	}
	name := m.frame.Name
	var content *record.Content
	if m.frame.Kind.IsAct() {
		content = g.contentOfMatch(&m, r.frames)
	}
	var out []candidate
	for _, c := range cores {
		switch {
		case c.Content != nil: // a promise holds what is promised
			c.Content.Content = content
		default:
			c.Content = content
		}
		out = append(out, candidate{core: c, sent: g.sent, assumed: assumed, by: by, source: source, start: start, end: end, frame: name, conf: chance})
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

// Days by which a text may differ from the almanac on when a body or a polity
// began: of polities many dates are told, of a proclamation, a recognition, a union.
const (
	bodyBegins   = 3 * 366
	polityBegins = 40 * 366
)

// outOfTime reports whether a claim with a date contradicts the almanac: somebody
// joins or chairs a body that is not there yet, a state of long ago begins today.
// What is told then is of another than was understood.
func (d *document) outOfTime(c record.Core) bool {
	w := c.When
	if w.Latest == 0 {
		return false
	}
	for _, id := range c.Roles[record.RoleBody] {
		if b := d.almanac.Body(id); b != nil && (b.Founded.Earliest > w.Latest+bodyBegins || b.Ended.Latest != 0 && b.Ended.Latest+bodyBegins < w.Earliest) {
			return true
		}
	}
	if c.Kind != record.Existence || c.Phase != record.Begins {
		return false
	}
	far := func(start record.When, most int) bool {
		return start.Latest != 0 && (int(start.Earliest)-int(w.Latest) > most || int(w.Earliest)-int(start.Latest) > most)
	}
	id := c.Roles.One(record.RoleOf)
	if b := d.almanac.Body(id); b != nil {
		return far(b.Founded, bodyBegins)
	}
	p := d.almanac.Polity(id)
	return p != nil && !slices.ContainsFunc(p.Spans, func(s almanac.PolitySpan) bool { return !far(s.Start, polityBegins) })
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

// withheld says why a form is no fact, "" where it is one.
func (f *form) withheld() string {
	st := &f.status
	switch {
	case f.denied() && (!st.negated || st.question):
		return "not denied"
	case f.denied() && st.content == 0 && (st.doubt == "" || st.doubt == "would" || st.doubt == "can"):
		return "" // "cannot accept"
	case st.content > 0 && !(st.given && f.kind.IsAct()):
		return "content of another act"
	case st.doubt != "":
		return "not fact: " + st.doubt
	case st.negated && (f.phase != record.Holds || f.kind != record.Membership && f.kind != record.Relations && f.kind != record.Recognition):
		return "negated"
	case st.question:
		return "question"
	}
	return ""
}

// denied reports whether the word tells the kind where it is denied: who does not
// accept rejects.
func (f *form) denied() bool {
	return !slices.ContainsFunc(f.frames, func(x *frame.Frame) bool { return !x.Denied })
}

// promise is what is told of the future: whoever will do it agrees to it, on the
// day of the telling.
func promise(c record.Core, told record.When, assumed bool) record.Core {
	if assumed {
		c.When = record.When{}
	}
	out := record.Core{Kind: record.Agree, Phase: record.Occurs, Roles: record.Roles{}, When: told, Content: &record.Content{Core: c}}
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

// spoken are the acts that are done by saying so.
var spoken = map[record.Kind]bool{record.Agree: true, record.Request: true, record.Support: true, record.Accuse: true, record.Reject: true,
	record.Threaten: true, record.Concede: true}

// ahead reports whether an act is dated after the day on which it is told, so that
// it can only be meant to be.
func (d *document) ahead(c record.Core) bool { return c.Kind.IsAct() && d.later(c.When) }

// later reports whether a time is after the day on which it is told of.
func (d *document) later(w record.When) bool {
	day := d.day()
	return !day.IsZero() && !w.IsZero() && w.Earliest > day.Latest
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

// bytes is the byte range of a node with all below it.
func (g *graph) bytes(n int) [][2]int {
	s := g.span(n)
	return [][2]int{{g.doc.text.Tokens[s.Start].Start, g.doc.text.Tokens[s.End-1].End}}
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
