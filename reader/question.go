package reader

import (
	"maps"
	"slices"
	"strings"

	"demarche/reader/frame"
	"demarche/reader/judge"
	"demarche/reader/name"
	"demarche/record"
)

// question is one word of a sentence and what it may tell: one act of those that
// it can mean, or one state of affairs, between some of those who are named. Its
// options share sheets of features, which the judge weighs.
type question struct {
	g       *graph
	trigger int
	forms   []*form
	sheets  []judge.Sheet
	options []option
}

// form is one kind and phase that the word can tell, with the frames that say
// so.
type form struct {
	kind   record.Kind
	phase  record.Phase
	frames []*frame.Frame
	match  *match // of the first frame that matches, nil where none does
	line   *match // of the first that matches on the words in their order
	base   match  // what is filled whoever the parties are: content, place, tier
	status status
	sheet  int
}

// option is one answer: who stands in the two roles.
type option struct {
	form          *form
	first, second *part // second is nil where the role is open
	tier          string
	sheets        []int
	prior, weight float64 // log-odds
}

// questions are those of a sentence.
func (g *graph) questions(r *Reader, keep bool) []*question {
	ms, _ := g.matchAll(r.frames)
	lines := g.lineMatches(r.frames)
	var out []*question
	for n := range g.nodes {
		acts := &question{g: g, trigger: n}
		for _, f := range g.formsAt(r, n, ms, lines) {
			q := acts
			if !f.kind.IsAct() {
				q = &question{g: g, trigger: n}
			}
			q.forms = append(q.forms, f)
			if q != acts {
				out = append(out, q)
			}
		}
		if len(acts.forms) > 0 {
			out = append(out, acts)
		}
	}
	for _, q := range out {
		q.ask(r, keep)
	}
	return slices.DeleteFunc(out, func(q *question) bool { return len(q.options) == 0 })
}

// formsAt collects the kinds and phases that the word at n can tell as fact.
func (g *graph) formsAt(r *Reader, n int, ms, lines []match) []*form {
	attributive := g.nodes[n].upos == "VERB" && g.nodes[n].rel == "amod" // "their shared commitment"
	out := slices.DeleteFunc(g.toldAt(r, n, ms, lines), func(f *form) bool { return f.withheld() != "" || attributive && f.kind.IsAct() })
	for _, f := range out {
		for i := range ms {
			if m := &ms[i]; m.trigger == n && m.frame.Kind == f.kind && m.frame.Phase == f.phase {
				f.match = m
			}
		}
		f.base = g.bare(f, n)
	}
	return out
}

// toldAt collects the kinds and phases that the word at n can tell, as fact or as
// less.
func (g *graph) toldAt(r *Reader, n int, ms, lines []match) []*form {
	x := &g.nodes[n]
	if x.date != 0 || x.money != nil {
		return nil
	}
	var out []*form
	for _, f := range r.frames.Of(x.lemma) {
		if !f.Inner && g.triggers(f, n) {
			out = addForm(out, f, nil)
		}
	}
	for i := range lines {
		if lines[i].trigger == n {
			out = addForm(out, lines[i].frame, &lines[i])
		}
	}
	at := n
	if x.gov >= 0 && (x.rel == "cop" || x.rel == "aux" || x.rel == "aux:pass") {
		at = x.gov // "is not a member": what is said of the predicate is said of its verb
	}
	for _, f := range out {
		f.status = g.statusOf(at, ms)
	}
	return out
}

// addForm adds a frame to the form of its kind and phase.
func addForm(forms []*form, f *frame.Frame, line *match) []*form {
	i := slices.IndexFunc(forms, func(o *form) bool { return o.kind == f.Kind && o.phase == f.Phase })
	if i < 0 {
		i = len(forms)
		forms = append(forms, &form{kind: f.Kind, phase: f.Phase})
	}
	forms[i].frames = append(forms[i].frames, f)
	if line != nil && forms[i].line == nil {
		forms[i].line = line
	}
	return forms
}

// bare fills the roles of a form that are not in question.
func (g *graph) bare(f *form, n int) match {
	switch {
	case f.match != nil && f.line != nil:
		m := *f.match
		m.lined = true
		m.roles = maps.Clone(m.roles)
		for role, fs := range f.line.roles {
			if len(m.roles[role]) == 0 { // as a sum that the tree leads away from
				m.roles[role] = fs
			}
		}
		return m
	case f.match != nil:
		return *f.match
	case f.line != nil:
		return *f.line
	}
	m := match{frame: f.frames[0], trigger: n, roles: map[string][]filler{}}
	for _, fr := range f.frames {
		for _, r := range fr.Roles {
			switch {
			case r.Name == "content":
				if m.content == nil {
					m.content = g.contentNodes(n, r)
				}
			case len(m.roles[r.Name]) == 0:
				if got := g.fill(n, fr, r, &m); len(got) > 0 {
					m.roles[r.Name] = got
				}
			}
		}
	}
	return m
}

// ask lays out the options and weighs them.
func (q *question) ask(r *Reader, keep bool) {
	for _, f := range q.forms {
		f.sheet = q.sheet(r, keep, func(s *judge.Sheet) { q.formFeatures(s, f) })
		q.layOut(r, keep, f)
	}
	q.priors()
	for i := range q.options {
		o := &q.options[i]
		o.weight = o.prior
		for _, s := range o.sheets {
			o.weight += q.sheets[s].Weight
		}
	}
}

// priors gives each option the log-odds that its frame has before anything is
// learned. Of options that say the same of other namings of the same parties only
// the one that stands where the frame found them has a frame's.
func (q *question) priors() {
	best := map[*form]int{}
	for i := range q.options {
		o := &q.options[i]
		o.prior = judge.Prior(0)
		if o.proposed() == 0 {
			continue
		}
		if j, ok := best[o.form]; !ok || o.off() < q.options[j].off() {
			best[o.form] = i
		}
	}
	for _, i := range best {
		q.options[i].prior = judge.Prior(q.options[i].proposed())
	}
}

// off is how far, in nodes, the parts of an option stand from where the frame
// found its fillers.
func (o *option) off() int {
	sh := shapeOf(o.form.kind)
	sum := 0
	m := o.by()
	for role, p := range map[string]*part{sh.first: o.first, sh.second: o.second} {
		if p == nil || len(m.roles[role]) == 0 {
			continue
		}
		f := m.roles[role][0]
		switch {
		case f.node < 0 && p.node < 0:
		case f.node < 0 || p.node < 0:
			sum += 50
		default:
			sum += max(f.node-p.node, p.node-f.node)
		}
	}
	return sum
}

func (q *question) sheet(r *Reader, keep bool, write func(*judge.Sheet)) int {
	s := judge.Sheet{Model: r.judge, Keep: keep}
	write(&s)
	q.sheets = append(q.sheets, s)
	return len(q.sheets) - 1
}

// layOut makes the options of one form.
func (q *question) layOut(r *Reader, keep bool, f *form) {
	sh := shapeOf(f.kind)
	if f.kind == record.Office {
		q.framed(f)
		return
	}
	parts := q.near(f, sh)
	first, second := make([]int, len(parts)), make([]int, len(parts))
	for i, p := range parts {
		first[i], second[i] = -1, -1
		if p.fits(f.kind, sh.first) {
			first[i] = q.sheet(r, keep, func(s *judge.Sheet) { q.partFeatures(s, f, sh.first, sh.set, p) })
		}
		if sh.second != "" && p.fits(f.kind, sh.second) {
			if second[i] = first[i]; !sh.set {
				second[i] = q.sheet(r, keep, func(s *judge.Sheet) { q.partFeatures(s, f, sh.second, false, p) })
			}
		}
	}
	open := -1
	if sh.open {
		open = q.sheet(r, keep, func(s *judge.Sheet) { q.openFeatures(s, f, len(parts)) })
	}
	for i, a := range parts {
		if first[i] < 0 {
			continue
		}
		if open >= 0 && (!sh.set || f.kind == record.Agree || f.kind == record.Treaty || len(a.fillers) > 1) && q.crossing(f, a, nil) {
			o := option{form: f, first: a, sheets: []int{f.sheet, first[i], open}}
			o.sheets = append(o.sheets, q.sheet(r, keep, func(s *judge.Sheet) { q.frameFeatures(s, &o) }))
			q.options = append(q.options, o)
		}
		for j, b := range parts {
			if second[j] < 0 || i == j || sh.set && f.kind.IsAct() && (q.whole(a, b) || q.whole(b, a)) || sh.set && j < i || overlap(a, b) || !q.crossing(f, a, b) || f.kind == record.Accuse && q.wronged(b) || q.apart(f, a, b) {
				continue
			}
			o := option{form: f, first: a, second: b, sheets: []int{f.sheet, first[i], second[j]}}
			o.sheets = append(o.sheets, q.sheet(r, keep, func(s *judge.Sheet) { q.pairFeatures(s, f, a, b); q.frameFeatures(s, &o) }))
			q.tiered(r, keep, o)
		}
	}
}

// tiered adds an option, for a membership one for each tier that the sentence
// tells.
func (q *question) tiered(r *Reader, keep bool, o option) {
	if o.form.kind != record.Membership {
		q.options = append(q.options, o)
		return
	}
	for _, t := range q.g.tiers() {
		if q.g.otherTier(o.second.node, t) || o.second.node < 0 && q.g.names(o.second) {
			continue
		}
		one := o
		one.tier = t
		one.sheets = append(slices.Clone(o.sheets), q.sheet(r, keep, func(s *judge.Sheet) { q.tierFeatures(s, o.form, t) }))
		q.options = append(q.options, one)
	}
}

// otherTier reports whether the word for a tier that stands next before a body is
// for another tier: "a member of one and a dialogue partner of the other".
func (g *graph) otherTier(body int, tier string) bool {
	for n := body - 1; n >= 0 && n >= body-5; n-- {
		if t := g.tierOf(n); t != "" {
			return t != tier
		}
	}
	return false
}

// names reports whether the sentence names a part that is only meant here.
func (g *graph) names(p *part) bool {
	for i := range g.parts {
		if g.parts[i].node >= 0 && overlap(&g.parts[i], p) {
			return true
		}
	}
	return false
}

// tiers are those that a sentence tells; "member" is always among them.
func (g *graph) tiers() []string {
	out := []string{"member"}
	for n := range g.nodes {
		if t := g.tierOf(n); t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// framed adds what the frame says as the only option.
func (q *question) framed(f *form) {
	if f.match != nil {
		q.options = append(q.options, option{form: f, sheets: []int{f.sheet}})
	}
}

// near are the parts considered: those next to the word, whom the document
// means, and the ones that a frame found.
func (q *question) near(f *form, sh shape) []*part {
	cast := q.g.cast()
	var out []*part
	for i := range cast {
		if cast[i].node != q.trigger {
			out = append(out, &cast[i])
		}
	}
	for _, m := range []*match{f.match, f.line} {
		for _, role := range []string{sh.first, sh.second} {
			if m == nil {
				continue
			}
			if fs := m.roles[role]; len(fs) > 0 && !slices.ContainsFunc(out, func(p *part) bool { return sameFillers(p.fillers, fs) }) {
				out = append(out, &part{fillers: fs, node: fs[0].node, how: "frame"})
			}
		}
	}
	for _, p := range slices.Clone(out) { // "A and B urged that A, B and C"
		for _, l := range cast {
			if len(l.fillers) < 2 || !overlap(p, &l) {
				continue
			}
			rest := keep(l.fillers, func(f filler) bool { return !overlap(p, &part{fillers: []filler{f}}) })
			if len(rest) > 0 && !slices.ContainsFunc(out, func(o *part) bool { return sameFillers(o.fillers, rest) }) {
				out = append(out, &part{fillers: rest, node: l.node, how: "rest"})
			}
		}
	}
	if len(out) > mostParts {
		slices.SortStableFunc(out, func(a, b *part) int { return q.distance(a) - q.distance(b) })
		out = out[:mostParts]
	}
	return out
}

func (q *question) distance(p *part) int {
	if p.node < 0 {
		return 5
	}
	return max(p.node-q.trigger, q.trigger-p.node)
}

func sameFillers(a, b []filler) bool {
	if len(a) != len(b) {
		return false
	}
	return !slices.ContainsFunc(a, func(f filler) bool { return !slices.ContainsFunc(b, func(o filler) bool { return o.id == f.id }) })
}

func overlap(a, b *part) bool {
	return slices.ContainsFunc(a.fillers, func(f filler) bool {
		return slices.ContainsFunc(b.fillers, func(o filler) bool { return o.id == f.id })
	})
}

// crossing reports whether an answer can cross a border: somebody official, and
// another, or one whose partner may be too vague to name.
func (q *question) crossing(f *form, a, b *part) bool {
	if !f.kind.IsAct() {
		return true
	}
	if home := q.g.doc.names.Home(); home != "" && b != nil && (ownOffice(a, b, home) || ownOffice(b, a, home)) {
		return false
	}
	official := func(p *part) bool {
		return p != nil && slices.ContainsFunc(p.fillers, func(f filler) bool { return q.g.doc.almanac.Polity(f.id) != nil || q.g.doc.almanac.Body(f.id) != nil })
	}
	return official(a) || official(b)
}

// whole reports whether a part stands for all who act, as "the two sides" do, and
// another does not stand beside it with "with".
func (q *question) whole(a, b *part) bool {
	return a.how == "both" && a.node >= 0 && len(a.fillers) > 1 && (b.node < 0 || q.g.caseOf(b.node) != "with")
}

// ownOffice reports whether one part is the polity that publishes and the other an
// office of a state that the text names without its own: "I ask the Transport
// Ministry".
func ownOffice(a, b *part, home string) bool {
	return len(a.fillers) == 1 && a.fillers[0].id == home && !slices.ContainsFunc(b.fillers, func(f filler) bool {
		words := strings.Fields(strings.ToLower(f.id))
		return f.kind != name.Group || !slices.ContainsFunc(words, func(w string) bool { return offices[w] })
	})
}

var offices = set("ministry department agency administration committee office service bureau authority court board inspectorate prosecutor")

// apart reports whether two parties have relations with a third each: "with A in
// 1963, with B in 1972".
func (q *question) apart(f *form, a, b *part) bool {
	return f.kind == record.Relations && a.node >= 0 && b.node >= 0 && q.g.caseOf(a.node) == "with" && q.g.caseOf(b.node) == "with"
}

var condemning = set("condemn denounce deplore decry lament condemnation denunciation")

// formal are words by which relations are those of states.
var formal = set("diplomatic consular relation relations recognition recognize recognise ambassador embassy envoy normalize normalise ambassadorial")
