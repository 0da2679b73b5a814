package reader

import (
	"maps"
	"slices"

	"demarche/reader/frame"
	"demarche/reader/judge"
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
				if got := g.fill(n, fr, r); len(got) > 0 {
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
			if second[j] < 0 || i == j || sh.set && j < i || overlap(a, b) || !q.crossing(f, a, b) || f.kind == record.Accuse && q.wronged(b) || q.apart(f, a, b) {
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
			if (x.implied || x.near) && role != record.RoleBody {
				conf *= 0.6
			}
		}
	}
	return conf
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
	official := func(p *part) bool {
		return p != nil && slices.ContainsFunc(p.fillers, func(f filler) bool { return q.g.doc.almanac.Polity(f.id) != nil || q.g.doc.almanac.Body(f.id) != nil })
	}
	return official(a) || official(b)
}

// apart reports whether two parties have relations with a third each: "with A in
// 1963, with B in 1972".
func (q *question) apart(f *form, a, b *part) bool {
	return f.kind == record.Relations && a.node >= 0 && b.node >= 0 && q.g.caseOf(a.node) == "with" && q.g.caseOf(b.node) == "with"
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
	case (f.status.future || ahead) && core.Kind != record.Agree:
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
	for _, c := range spreadOut(g.firstDated(core)) {
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

var condemning = set("condemn denounce deplore decry lament condemnation denunciation")

// unlikely reports whether a state of affairs is not what its words tell: a body
// that is made independent of something is not founded, nor is one by the creation
// of its working group; ties of old are no diplomatic relations.
func (g *graph) unlikely(c record.Core, trigger int, o *option) bool {
	l := g.nodes[trigger].lemma
	switch c.Kind {
	case record.Existence:
		if (l == "independent" || l == "independence") && g.doc.almanac.Body(c.Roles.One(record.RoleOf)) != nil {
			return true
		}
		if o.first == nil || o.first.node < 0 {
			return false
		}
		x := &g.nodes[o.first.node]
		if x.name == nil && (x.lemma == "group" || x.lemma == "committee" || x.lemma == "commission" || x.lemma == "council") {
			return true
		}
		return (x.rel == "compound" || x.rel == "amod" || x.rel == "nmod:poss") && x.gov >= 0 && x.gov != trigger && (g.nodes[x.gov].upos == "NOUN" || g.nodes[x.gov].upos == "PROPN")
	case record.Relations:
		return c.Phase == record.Begins && c.When.IsZero() && !slices.ContainsFunc(g.nodes, func(x node) bool { return formal[x.lemma] })
	}
	return false
}

// formal are words by which relations are those of states.
var formal = set("diplomatic consular relation relations recognition recognize recognise ambassador embassy envoy normalize normalise ambassadorial")

// namesMission reports whether a sentence names an embassy or its like.
func (g *graph) namesMission() bool {
	return slices.ContainsFunc(g.nodes, func(x node) bool {
		return missionTypes[x.lemma] != "" || x.lemma == "liaison" || x.lemma == "interest" || x.lemma == "chancery"
	})
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
