package reader

import (
	"slices"
	"strings"

	"demarche/reader/frame"
	"demarche/reader/name"
	"demarche/record"
)

// item is a word of a sentence as frames on words in their order see it: a word
// or a party, with all that speaks for it or is coordinated with it in one.
type item struct {
	node    int // stands for the item
	from    int // the first node
	to      int // the node after the last
	fillers []filler
	verb    bool
	passive bool // a verb after a form of "be", or a bare past participle
	skip    bool // may be passed over between elements
	aside   bool // in brackets, or between commas: passed over, and not counted
	opening int  // of an aside: the item that opens it
}

// line is a sentence as items.
type line struct {
	items []item
	whole []item // the same, with no aside passed over
	at    []int  // node -> item
}

// most bounds of what is passed over.
const (
	mostSkipped = 9  // items between two elements
	mostAside   = 30 // nodes between commas behind a name
)

// asLine reads the sentence as items, once.
func (g *graph) asLine() *line {
	if g.line == nil {
		g.line = &line{at: make([]int, len(g.nodes))}
		g.line.whole = g.joined(g.items())
		g.line.items = g.aside(slices.Clone(g.line.whole))
		for i := range g.line.items {
			for n := g.line.items[i].from; n < g.line.items[i].to; n++ {
				g.line.at[n] = i
			}
		}
	}
	return g.line
}

// inside is the line as the words of an aside at an item see it: what is told in
// "X, which joined Y," is told of X.
func (g *graph) inside(l *line, at int) []item {
	if !l.items[at].aside {
		return l.items
	}
	out := slices.Clone(l.items)
	first := out[at].opening
	for k := first; k < len(out) && out[k].aside && out[k].opening == first; k++ {
		out[k] = l.whole[k]
	}
	if n := first + 1; n < len(out) && g.relative(out[n].from) {
		out[first].skip, out[n].skip = true, true
	}
	return out
}

// items makes an item of each node, with a party and the noun that speaks for it
// in one: "the Russian government", "troops of Chad", "Mali's army".
func (g *graph) items() []item {
	var out []item
	for n := 0; n < len(g.nodes); n++ {
		it := item{node: n, from: n, to: n + 1}
		p := g.direct(n)
		if p.how != "place" {
			it.fillers = p.fillers
		}
		if len(it.fillers) > 0 {
			it.to = g.spokenFor(n, p.how)
			n = it.to - 1
		} else if k := g.speaksOf(n); k > n {
			it.fillers, it.node, it.to = g.direct(k).fillers, k, k+1
			n = k
		} else {
			it.skip = g.passedOver(n) || g.nodes[n].form == "," && n > 0 && strings.Contains(g.words(g.nodes[n-1].tokens), ",") // behind "the minister, X"
			it.verb, it.passive = g.voice(n)
		}
		out = append(out, it)
		if x := &g.nodes[it.node]; len(it.fillers) > 0 && it.to == it.from+1 && len(g.missionType(it.node)) > 0 && x.tokens.End > x.tokens.Start+1 {
			out = append(out, item{node: it.node, from: it.from, to: it.to}) // "the American Embassy": whose, and what
		}
	}
	return out
}

// ofOffice are nouns that frames on words in their order ask for.
var ofOffice = set("chair chairman chairmanship presidency chairperson embassy ambassador envoy")

// spokenFor is the node after a party and the nouns behind it that speak for it.
func (g *graph) spokenFor(n int, how string) int {
	to := n + 1
	if to < len(g.nodes) && g.nodes[to].xpos == "POS" {
		if to+1 < len(g.nodes) && standNouns[g.nodes[to+1].lemma] && !ofOffice[g.nodes[to+1].lemma] && g.nodes[to+1].name == nil {
			return to + 2
		}
		return n + 1
	}
	for to < len(g.nodes) && to < n+3 && g.nodes[to].upos == "NOUN" && g.nodes[to].name == nil && standNouns[g.nodes[to].lemma] &&
		!ofOffice[g.nodes[to].lemma] && (how == "adjective" || how == "name") {
		to++
	}
	return to
}

// speaksOf is the party that a noun speaks for: "the government of Mali"; n where
// there is none.
func (g *graph) speaksOf(n int) int {
	if g.nodes[n].name != nil || !standNouns[g.nodes[n].lemma] || ofOffice[g.nodes[n].lemma] || n+2 >= len(g.nodes) || g.nodes[n+1].lemma != "of" {
		return n
	}
	k := n + 2
	for k < len(g.nodes)-1 && g.nodes[k].upos == "DET" {
		k++
	}
	if p := g.direct(k); p.how != "place" && len(p.fillers) > 0 {
		return k
	}
	return n
}

// denials are the adverbs that nothing is read across.
var denials = set("not n't never no neither nor hardly without")

func (g *graph) passedOver(n int) bool {
	x := &g.nodes[n]
	if denials[x.lemma] {
		return false
	}
	if x.date > 0 || x.lemma == "general" && n > 0 && g.nodes[n-1].lemma == "consulate" {
		return true
	}
	switch x.upos {
	case "DET", "ADJ", "NUM", "ADV":
		return true
	case "AUX":
		return x.lemma == "be" || x.lemma == "have" || x.lemma == "do"
	case "ADP": // of a date
		k := n + 1
		for k < len(g.nodes) && g.nodes[k].upos == "DET" {
			k++
		}
		return k < len(g.nodes) && g.nodes[k].date > 0
	case "NOUN", "PROPN": // of a compound
		return n+1 < len(g.nodes) && g.nodes[n+1].upos == "NOUN" && g.nodes[n+1].name == nil && g.nodes[n].money == nil
	case "PUNCT":
		return x.form == "\"" || x.form == "“" || x.form == "”" || x.form == "``" || x.form == "''"
	case "PRON":
		return x.xpos == "PRP$"
	}
	return false
}

// voice tells whether a node is a verb, and whether it is in the passive.
func (g *graph) voice(n int) (verb, passive bool) {
	x := &g.nodes[n]
	if x.upos != "VERB" {
		return false, false
	}
	for k := n - 1; k >= 0 && k >= n-4; k-- {
		y := &g.nodes[k]
		switch {
		case y.upos == "AUX" && (y.lemma == "be" || y.lemma == "get"):
			return true, x.xpos != "VBG"
		case y.upos == "AUX" && y.lemma == "have":
			return true, false
		case y.upos != "ADV" && y.upos != "PART":
			return true, x.xpos == "VBN" && g.finite()
		}
	}
	return true, x.xpos == "VBN" && g.finite()
}

// finite reports whether a sentence has a finite verb: where it has none, what
// looks like a participle is it.
func (g *graph) finite() bool {
	return slices.ContainsFunc(g.nodes, func(x node) bool { return x.xpos == "VBD" || x.xpos == "VBZ" || x.xpos == "VBP" || x.xpos == "MD" })
}

// joined makes one item of parties that stand in a row: "A, B and C".
func (g *graph) joined(items []item) []item {
	var out []item
	for i := 0; i < len(items); i++ {
		it := items[i]
		for len(it.fillers) > 0 {
			k := g.nextInRow(items, i)
			if k < 0 {
				break
			}
			it.fillers = add(slices.Clone(it.fillers), items[k].fillers...)
			it.to = items[k].to
			i = k
		}
		out = append(out, it)
	}
	return out
}

// nextInRow is the item of the party coordinated with the one at i, or -1.
func (g *graph) nextInRow(items []item, i int) int {
	k, and := i+1, false
	if k < len(items) && g.nodes[items[k].from].form == "," {
		k++
	}
	if k < len(items) {
		if l := g.nodes[items[k].from].lemma; l == "and" || l == "&" {
			and = true
			k++
		}
	}
	for k < len(items) && (g.nodes[items[k].from].upos == "DET" || g.nodes[items[k].from].lemma == "then") && items[k].fillers == nil {
		k++
	}
	if k >= len(items) || len(items[k].fillers) == 0 || k == i+1 {
		return -1
	}
	if !and { // "A, B" goes on only where an "and" follows
		for j := i + 1; ; {
			nx := g.nextParty(items, j)
			if nx < 0 {
				return -1
			}
			if l := g.nodes[items[nx-1].from].lemma; l == "and" || g.nodes[items[max(nx-2, 0)].from].lemma == "and" {
				return k
			}
			j = nx + 1
		}
	}
	return k
}

// nextParty is the next party after commas, articles and "and" alone, or -1.
func (g *graph) nextParty(items []item, i int) int {
	for ; i < len(items) && i >= 0; i++ {
		if len(items[i].fillers) > 0 {
			return i
		}
		x := &g.nodes[items[i].from]
		if x.form != "," && x.lemma != "and" && x.upos != "DET" {
			return -1
		}
	}
	return -1
}

// aside lets be passed over what stands in brackets, and between commas behind a
// party.
func (g *graph) aside(items []item) []item {
	for i := 0; i < len(items); i++ {
		switch f := g.nodes[items[i].from].form; {
		case f == "(" || f == "[":
			i = g.hide(items, i, map[string]string{"(": ")", "[": "]"}[f], false)
		case f == "," && i > 0 && len(items[i-1].fillers) > 0:
			i = g.hide(items, i, ",", true)
		}
	}
	return items
}

// hide marks the items from i to the next closing one; an aside between commas
// begins with a relative pronoun, or has no verb.
func (g *graph) hide(items []item, i int, closing string, clause bool) int {
	for j := i + 1; j < len(items) && items[j].from-items[i].from < mostAside; j++ {
		if clause && items[j].verb && !g.relative(items[i+1].from) {
			return i
		}
		if g.nodes[items[j].from].form != closing {
			continue
		}
		for k := i; k <= j; k++ {
			items[k] = item{node: items[k].node, from: items[k].from, to: items[k].to, skip: true, aside: true, opening: i}
		}
		return j
	}
	return i
}

// lineMatches tries the frames on words in their order at every node.
func (g *graph) lineMatches(set *frame.Set) []match {
	var out []match
	for n := range g.nodes {
		x := &g.nodes[n]
		if x.date != 0 || x.money != nil {
			continue
		}
		first := len(out)
		for _, f := range set.Texts(x.lemma) {
			if taken(out[first:], f.Kind, f.Phase) {
				continue
			}
			if m, ok := g.tryLine(f, n); ok {
				out = append(out, m)
			}
		}
	}
	return out
}

// tryLine matches a frame whose trigger stands at n.
func (g *graph) tryLine(f *frame.Frame, n int) (match, bool) {
	l := g.asLine()
	k := slices.IndexFunc(f.Elems, func(e frame.Elem) bool { return e.Trigger })
	m := match{frame: f, trigger: n, lined: true, roles: map[string][]filler{}}
	at := l.at[n]
	items := g.inside(l, at)
	if !g.elemFits(&items[at], &f.Elems[k], f, &m) || !g.along(items, &m, at, k, -1) || !g.along(items, &m, at, k, 1) {
		return m, false
	}
	for _, r := range f.Roles {
		if len(r.Alts) > 0 && len(m.roles[r.Name]) == 0 {
			if got := g.fill(n, f, r, &m); len(got) > 0 {
				m.roles[r.Name] = got
			}
		}
	}
	if a, b := m.roles[record.RoleActor], m.roles[record.RoleRecipient]; len(a) > 0 && len(b) > len(a) {
		m.roles[record.RoleRecipient] = keep(b, func(f filler) bool { return !overlap(&part{fillers: a}, &part{fillers: []filler{f}}) }) // "that both celebrate"
	}
	for _, r := range frame.RolesOf(f.Kind) {
		if r == "content" || len(m.roles[r]) > 0 || !slices.Contains(needed(f), r) {
			continue
		}
		got := g.imply(&m, r, nil)
		if len(got) == 0 {
			return m, false
		}
		m.roles[r] = got
	}
	if f.Kind == record.Relations && len(m.roles[record.RoleParties]) < 2 {
		return m, false
	}
	g.pairUp(&m)
	g.address(&m)
	return m, true
}

// needed are the roles without which a claim of a frame's kind is none.
func needed(f *frame.Frame) []string {
	sh := shapeOf(f.Kind)
	if sh.open || sh.second == sh.first {
		return []string{sh.first}
	}
	return []string{sh.first, sh.second}
}

// along matches the elements on one side of the trigger, the nearest first.
func (g *graph) along(items []item, m *match, at, k, step int) bool {
	return g.reach(items, m, at, k+step, step, reach{most: mostSkipped})
}

// reach is how far off the next element may stand: so many items, of any sort in a
// gap, or none but what is passed over.
type reach struct {
	most       int
	gap, verbs bool
}

// reach matches the elements from k on; what may be missing leaves the gap before
// it to the next.
func (g *graph) reach(items []item, m *match, at, k, step int, far reach) bool {
	if k < 0 || k >= len(m.frame.Elems) {
		return true
	}
	e := &m.frame.Elems[k]
	if e.Start {
		return at == 0
	}
	if e.Gap > 0 {
		return g.reach(items, m, at, k+step, step, reach{e.Gap, true, e.Verbs})
	}
	passed := 0
	for i := at + step; i >= 0 && i < len(items) && passed <= far.most; i += step {
		if !items[i].aside {
			passed++
		}
		had := len(m.roles[e.Role])
		if g.elemFits(&items[i], e, m.frame, m) {
			if g.along(items, m, i, k, step) {
				return true
			}
			if e.Role != "" {
				m.roles[e.Role] = m.roles[e.Role][:had]
			}
		}
		if far.gap && !far.verbs && items[i].verb || denials[g.nodes[items[i].node].lemma] || !far.gap && !items[i].skip {
			break
		}
	}
	return e.Optional && g.reach(items, m, at, k+step, step, far)
}

// elemFits reports whether an item is what an element asks for, and fills its
// role.
func (g *graph) elemFits(it *item, e *frame.Elem, f *frame.Frame, m *match) bool {
	switch {
	case e.Role == "" && e.Type != "":
		return len(g.typed(it.node, e.Type)) > 0
	case e.Role == "":
		x := &g.nodes[it.node]
		if it.to-it.from > 1 && len(it.fillers) > 0 || !slices.Contains(e.Words, x.lemma) {
			return false
		}
		return !it.verb || it.passive == e.Passive || e.Passive && x.xpos == "VBN"
	}
	typ := e.Type
	if typ == "" {
		typ = defaultType(f.Kind, e.Role)
	}
	var got []filler
	switch typ {
	case "party", "owner":
		got = it.fillers
	case "polity":
		got = keep(it.fillers, func(f filler) bool { return f.kind != name.Body && f.kind != name.Group })
	case "body":
		got = keep(it.fillers, func(f filler) bool { return f.kind == name.Body })
	default:
		got = g.typed(it.node, typ)
	}
	if f.Kind.IsAct() && len(it.fillers) > 0 && it.to != m.trigger && g.modifies(it) {
		return false
	}
	if len(got) == 0 || len(got) < len(it.fillers) && (typ == "polity" || typ == "body") {
		return false
	}
	for role, have := range m.roles {
		if role != e.Role && overlap(&part{fillers: have}, &part{fillers: got}) && len(got) == 1 {
			return false // nobody does a thing to himself
		}
	}
	m.roles[e.Role] = add(m.roles[e.Role], got...)
	return true
}

// modifies reports whether a party only tells what sort of thing is spoken of:
// "the SCO summit".
func (g *graph) modifies(it *item) bool {
	return it.to < len(g.nodes) && g.nodes[it.to].upos == "NOUN" && g.nodes[it.to].name == nil && g.nodes[it.to].date == 0 && g.nodes[it.to-1].xpos != "POS" &&
		!standNouns[g.nodes[it.to-1].lemma]
}
