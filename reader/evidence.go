package reader

import (
	"slices"
	"strconv"
	"strings"

	"demarche/reader/judge"
	"demarche/reader/name"
	"demarche/record"
)

// label is a kind with its phase, as features name it.
func (f *form) label() string {
	if f.kind.IsAct() {
		return string(f.kind)
	}
	return string(f.kind) + "." + string(f.phase)
}

func (f *form) group() string {
	if f.kind.IsAct() {
		return "act"
	}
	return "state"
}

// formFeatures describe that the word tells this kind at all: the word, what
// stands around it, the modality of its clause, the sort of text.
func (q *question) formFeatures(s *judge.Sheet, f *form) {
	g, k, grp := q.g, f.label(), f.group()
	x := &g.nodes[q.trigger]
	s.Add("word", k, x.lemma, x.upos)
	if f.match != nil { // what a frame says is weighed apart from what words alone may tell
		k, grp = k+"+", grp+"+"
	}
	s.Add("k", k)
	s.Add("k", k, x.lemma, x.upos)
	s.Add("k", k, x.xpos)
	s.Add("k", k, "rel", x.rel)
	s.Add("k", k, "genre", g.doc.genre)
	s.Add("k", grp, "genre", g.doc.genre, x.upos)
	if f.kind.IsAct() {
		s.Add("k", k, "wording", g.doc.wording)
		s.Add("k", grp, "wording", g.doc.wording, x.upos)
	}
	s.Add("k", k, "len", bucket(len(g.nodes)/5))
	s.Add("k", k, "sent", bucket(g.sent))
	if f.match != nil {
		s.Add("k", k, "framed", strconv.FormatFloat(f.match.frame.Conf, 'f', 1, 64))
		s.Add("k", grp, "framed", x.upos)
		s.Add("line", f.match.frame.File, strconv.Itoa(f.match.frame.Line))
	} else {
		s.Add("k", k, "unframed")
		s.Add("k", grp, "unframed", x.upos)
		s.Add("unframed", f.frames[0].File, strconv.Itoa(f.frames[0].Line))
	}
	lined := "none"
	if f.line != nil {
		lined = strconv.FormatFloat(f.line.frame.Conf, 'f', 1, 64)
		s.Add("text", strconv.Itoa(f.line.frame.Line), f.line.frame.File)
	}
	s.Add("text", k, lined)
	s.Add("text", grp, lined)
	q.statusEvidence(s, k, grp, f)
	gov, govPOS := "root", ""
	if x.gov >= 0 {
		gov, govPOS = g.nodes[x.gov].lemma, g.nodes[x.gov].upos
	}
	s.Add("k", k, "gov", x.rel, gov)
	s.Add("gov", grp, x.upos, x.rel, govPOS)
	s.Add("k", k, x.lemma, "gov", gov)
	for _, n := range x.kids {
		y := &g.nodes[n]
		if y.rel == "punct" || y.date > 0 {
			continue
		}
		s.Add("k", k, "kid", y.rel)
		if y.name == nil {
			s.Add("k", k, "kid", y.rel, y.lemma)
			s.Add("k", k, x.lemma, "kid", y.lemma)
		}
		if c := g.caseOf(n); c != "" {
			s.Add("k", k, "prep", c)
			s.Add("k", k, x.lemma, "prep", c)
		}
	}
	for d := -2; d <= 2; d++ {
		w := "edge"
		if n := q.trigger + d; n >= 0 && n < len(g.nodes) {
			w = g.word(n)
		}
		if d != 0 {
			s.Add("k", k, "at", strconv.Itoa(d), w)
		}
	}
	if f.kind.IsAct() {
		s.Add("k", k, "content", contentSort(f))
	}
	s.Add("k", k, "quoted", strconv.FormatBool(g.quotedAt(q.trigger)))
	parties := 0
	for n := range g.nodes {
		if g.isParty(n) {
			parties++
		}
	}
	s.Add("k", k, "parties", bucket(parties))
	switch {
	case len(g.nodes) > 0 && q.trigger < len(g.nodes) && f.base.content != nil:
		s.Add("k", k, x.lemma, "hascontent")
		c := f.base.content[0]
		s.Add("content", k, g.word(c))
		s.Add("content", k, g.nodes[c].xpos)
		for _, n := range g.nodes[c].kids {
			if r := g.nodes[n].rel; r != "punct" && r != "det" {
				s.Add("content", k, "kid", g.word(n))
			}
		}
	}
}

// word is how a node is named in features: its lemma, or what sort of thing it
// is.
func (g *graph) word(n int) string {
	x := &g.nodes[n]
	switch {
	case x.date > 0:
		return "DATE"
	case x.money != nil:
		return "MONEY"
	case x.name != nil && x.name.Kind != name.Office:
		return strings.ToUpper(x.name.Kind.String())
	case x.upos == "NUM":
		return "NUM"
	}
	return x.lemma
}

func contentSort(f *form) string {
	if len(f.base.content) == 0 {
		return "none"
	}
	return "some"
}

func (q *question) statusEvidence(s *judge.Sheet, k, grp string, f *form) {
	st := &f.status
	flag := func(on bool, what string) {
		if on {
			s.Add("st", grp, what)
			s.Add("st", k, what)
		}
	}
	flag(st.future, "future")
	flag(st.negated, "negated")
	flag(st.content > 0, "content")
	flag(st.given, "given")
	flag(f.denied(), "denied")
	flag(st.question, "question")
	flag(st.says >= 0, "said")
	flag(st.perfect, "perfect")
	flag(st.pluperfect, "pluperfect")
	flag(st.present, "present")
	flag(st.past, "past")
	if st.doubt != "" {
		s.Add("st", grp, "doubt")
		s.Add("st", k, "doubt")
		s.Add("st", grp, "doubt", st.doubt)
		s.Add("st", k, "doubt", st.doubt)
	}
	when, assumed := q.g.dateOf(&f.base, *st)
	date := "told"
	switch {
	case when.IsZero():
		date = "none"
	case assumed:
		date = "assumed"
	}
	s.Add("k", k, "date", date)
	if st.content == 0 && st.doubt == "" && !st.negated {
		s.Add("st", grp, "plain")
		s.Add("st", k, "plain")
	}
}

// partFeatures describe that a part fills a role: how it is named, where it
// stands, how the tree leads to it, and what the frames say.
func (q *question) partFeatures(s *judge.Sheet, f *form, role string, set bool, p *part) {
	g, k, grp := q.g, f.label(), f.group()
	if set {
		role = "set"
	}
	x := &g.nodes[q.trigger]
	kr, gr := k+"/"+role, grp+"/"+role
	sort := fillerKind(p.fillers[0])
	s.Add("p", kr, p.how)
	s.Add("p", gr, p.how, x.upos)
	s.Add("p", kr, sort)
	s.Add("p", kr, "n", strconv.Itoa(min(len(p.fillers), 4)))
	q.framedAs(s, f.match, "f", kr, gr, role, p)
	q.framedAs(s, f.line, "t", kr, gr, role, p)
	if p.node < 0 {
		s.Add("p", kr, p.how, x.upos, g.doc.genre)
		s.Add("p", kr, p.how, "framed", strconv.FormatBool(f.match != nil))
		return
	}
	path := g.path(q.trigger, p.node)
	s.Add("path", kr, path)
	s.Add("path", gr, path)
	s.Add("path", gr, x.upos, path)
	s.Add("path", kr, x.lemma, path)
	s.Add("path", gr, x.lemma, path)
	if f.kind.IsAct() {
		q.wordFeatures(s, kr, gr, p)
	}
	side := "right"
	dist := p.node - q.trigger
	if dist < 0 {
		side, dist = "left", -dist
	}
	s.Add("side", kr, side, bucket(dist))
	s.Add("side", kr, x.upos, side, strconv.FormatBool(g.passive(q.trigger)))
	s.Add("side", gr, x.upos, side, bucket(dist), p.how)
	s.Add("rank", kr, side, bucket(q.rank(p)))
	s.Add("rank", gr, x.upos, side, bucket(q.rank(p)), strconv.FormatBool(g.passive(q.trigger)))
	between, verbs := g.between(q.trigger, p.node)
	s.Add("between", gr, side, bucket(between))
	s.Add("between", kr, side, bucket(between), x.upos)
	s.Add("verbs", gr, side, bucket(verbs))
	if c := g.caseOf(p.node); c != "" {
		s.Add("case", kr, c)
		s.Add("case", gr, c, side)
		s.Add("case", kr, x.lemma, c)
	}
	first, last := p.node, p.node
	before, after := "edge", "edge"
	if first > 0 {
		before = g.word(first - 1)
	}
	if last+1 < len(g.nodes) {
		after = g.word(last + 1)
	}
	s.Add("before", gr, before)
	s.Add("after", gr, after)
	s.Add("before", kr, before)
	q.deepFeatures(s, kr, gr, p)
	if len(p.fillers) == 1 {
		if g.doc.principals[0] != "" {
			s.Add("prin", gr, strconv.FormatBool(p.fillers[0].id == g.doc.principals[0] || p.fillers[0].id == g.doc.principals[1]))
		}
		s.Add("home", gr, strconv.FormatBool(p.fillers[0].id == g.doc.names.Home()))
	}
}

// framedAs tells whether a frame that matches has the same filler.
func (q *question) framedAs(s *judge.Sheet, m *match, by, kr, gr, role string, p *part) {
	if m == nil {
		return
	}
	var fs []filler
	if role == "set" {
		sh := shapeOf(m.frame.Kind)
		fs = m.roles[sh.first]
		if sh.second != sh.first {
			fs = add(slices.Clone(fs), m.roles[sh.second]...)
		}
	} else {
		fs = m.roles[role]
	}
	got := "differs"
	switch {
	case len(fs) == 0:
		got = "unfilled"
	case sameFillers(fs, p.fillers):
		got = "same"
	case overlap(&part{fillers: fs}, p):
		got = "overlaps"
	}
	how := "told"
	for _, f := range fs {
		switch {
		case f.implied:
			how = "implied"
		case f.near:
			how = "near"
		}
	}
	s.Add(by, gr, got, how)
	s.Add(by, kr, got, how)
	s.Add(by, gr, got, how, strconv.FormatFloat(m.frame.Conf, 'f', 1, 64))
	if got == "same" {
		s.Add(by, m.frame.File, strconv.Itoa(m.frame.Line), role)
	}
}

// frameFeatures tell which frames propose just this option: on the tree, on the
// words in their order, both or neither.
func (q *question) frameFeatures(s *judge.Sheet, o *option) {
	k, grp := o.form.label(), o.form.group()
	says := func(m *match) string {
		switch {
		case m == nil:
			return "none"
		case o.as(m) > 0:
			return "this"
		}
		return "other"
	}
	tree, line := says(o.form.match), says(o.form.line)
	s.Add("by", grp, tree, line)
	s.Add("by", k, tree, line)
	left := q.leftOut(o)
	s.Add("left", k, strconv.FormatBool(o.second == nil), bucket(left))
	s.Add("left", grp, strconv.FormatBool(o.second == nil), bucket(left), q.g.nodes[q.trigger].upos)
	if line == "this" {
		s.Add("by", o.form.line.frame.File, strconv.Itoa(o.form.line.frame.Line), tree)
	}
}

// leftOut counts who is named in the sentence and has no part in an option.
func (q *question) leftOut(o *option) int {
	var named []filler
	for i := range q.g.parts {
		if p := &q.g.parts[i]; p.node >= 0 && p.how != "place" {
			named = add(named, p.fillers...)
		}
	}
	return len(keep(named, func(f filler) bool {
		one := &part{fillers: []filler{f}}
		return !overlap(o.first, one) && (o.second == nil || !overlap(o.second, one))
	}))
}

// rank counts the parts that stand between a word and a part of its sentence, on
// the same side and nearer.
func (q *question) rank(p *part) int {
	n := 0
	for i := range q.g.parts {
		at := q.g.parts[i].node
		if at >= 0 && (p.node < at && at < q.trigger || q.trigger < at && at < p.node) {
			n++
		}
	}
	return n
}

// deepFeatures tell whether a part is the deep subject or object of the word, or
// the subject of a clause over it.
func (q *question) deepFeatures(s *judge.Sheet, kr, gr string, p *part) {
	g, n := q.g, q.trigger
	is := func(at int) bool {
		return at >= 0 && (at == p.node || g.stands(at) == p.node || g.chain(g.stands(at)) == p.node)
	}
	note := func(what string) {
		s.Add("deep", gr, what, g.nodes[n].upos)
		s.Add("deep", kr, what)
		s.Add("deep", kr, what, g.nodes[n].lemma)
	}
	some := false
	verb := n
	if lv := g.light(n); lv >= 0 {
		verb = lv
	}
	switch {
	case is(g.subj(verb)):
		note("subj")
		some = true
	case is(g.obj(n)):
		note("obj")
		some = true
	case is(g.possessor(n)):
		note("poss")
		some = true
	}
	up := g.nodes[n].gov
	for steps := 1; up >= 0 && steps < 4; up = g.nodes[up].gov {
		if !g.isPredicate(up) {
			continue
		}
		if is(g.subj(up)) {
			note("subj^" + strconv.Itoa(steps) + g.nodes[up].lemma)
			note("subj^" + strconv.Itoa(steps))
			some = true
		}
		if is(g.obj(up)) {
			note("obj^" + strconv.Itoa(steps))
			some = true
		}
		steps++
	}
	if !some {
		note("none")
	}
}

// wordFeatures tell the words on the way from the trigger to a part, on the tree
// and, where it is near, in their order: trees of long sentences are often wrong.
func (q *question) wordFeatures(s *judge.Sheet, kr, gr string, p *part) {
	g := q.g
	up, down, _ := g.way(q.trigger, p.node)
	for _, n := range slices.Concat(up, down) {
		if n != q.trigger && n != p.node {
			s.Add("via", kr, g.word(n))
			s.Add("via", gr, g.word(n))
		}
	}
	const most = 6
	from, to := min(q.trigger, p.node)+1, max(q.trigger, p.node)
	if to-from >= most {
		return
	}
	var all []string
	for n := from; n < to; n++ {
		all = append(all, g.word(n))
		s.Add("seq", kr, g.word(n))
		s.Add("seq", gr, g.word(n))
	}
	s.Add("seq", gr, "all", strconv.FormatBool(p.node < q.trigger), strings.Join(all, " "))
}

// openFeatures describe that the second role is left open.
func (q *question) openFeatures(s *judge.Sheet, f *form, parts int) {
	k := f.label()
	x := &q.g.nodes[q.trigger]
	s.Add("open", k)
	s.Add("open", k, x.lemma)
	s.Add("open", k, "parts", bucket(parts))
	s.Add("open", k, "principals", strconv.FormatBool(q.g.doc.principals[0] != ""))
	s.Add("open", f.group(), x.upos)
	if f.match != nil {
		s.Add("open", k, "framed", strconv.FormatBool(len(f.match.roles[shapeOf(f.kind).second]) > 0))
	}
}

// pairFeatures describe that two parts stand in the two roles together.
func (q *question) pairFeatures(s *judge.Sheet, f *form, a, b *part) {
	g, k, grp := q.g, f.label(), f.group()
	s.Add("pair", k, a.how, b.how)
	s.Add("pair", grp, a.how, b.how)
	if a.node >= 0 && b.node >= 0 {
		pa, pb := g.path(q.trigger, a.node), g.path(q.trigger, b.node)
		s.Add("pair", grp, pa, pb)
		s.Add("pair", k, pa, pb)
		s.Add("pair", k, "order", g.order(q.trigger, a.node, b.node))
		s.Add("pair", grp, "order", g.order(q.trigger, a.node, b.node), g.nodes[q.trigger].upos)
	}
	s.Add("pair", k, fillerKind(a.fillers[0]), fillerKind(b.fillers[0]))
	if len(a.fillers) == 1 && len(b.fillers) == 1 {
		p := g.doc.principals
		s.Add("pair", grp, "principals", strconv.FormatBool(p[0] != "" && p.other(a.fillers[0].id) == b.fillers[0].id))
	}
	if k == string(record.Consult) || k == string(record.Agree) || k == string(record.Cooperate) {
		s.Add("pair", k, "n", strconv.Itoa(min(len(a.fillers)+len(b.fillers), 5)))
	}
}

// tierFeatures describe that a membership is of this tier.
func (q *question) tierFeatures(s *judge.Sheet, f *form, tier string) {
	g := q.g
	k := f.label()
	s.Add("tier", tier)
	s.Add("tier", k, tier, strconv.Itoa(len(g.tiers())))
	nearest, off := "", 99
	for n := range g.nodes {
		if t := g.tierOf(n); t != "" {
			if d := max(n-q.trigger, q.trigger-n); d < off {
				nearest, off = t, d
			}
		}
	}
	s.Add("tier", "nearest", strconv.FormatBool(nearest == tier), strconv.FormatBool(nearest == ""))
	s.Add("tier", k, "nearest", strconv.FormatBool(nearest == tier))
	if f.match != nil {
		fs := f.match.roles[record.RoleTier]
		s.Add("tier", "framed", strconv.FormatBool(len(fs) > 0 && fs[0].id == tier))
	}
}
