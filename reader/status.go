package reader

import "slices"

// status is how a predicate stands in its sentence: asserted as fact, or
// something less.
type status struct {
	negated bool
	future  bool   // "will", "is to", "is expected to"
	doubt   string // why it is no fact: "if", "may", "purpose", "want", ...; "" where it is one
	content int    // index+1 of the match whose content it is, 0 for none
	given   bool   // the content is given as fact: what one thanks for, or condemns
	// says is the verb of saying whose clause it stands in, -1 for none; the
	// innermost counts.
	says int
	// perfect and pluperfect tell the tense: "has asked", "had asked".
	perfect, pluperfect, present bool
	past                         bool
	question                     bool
}

var sayVerbs = set(`say tell state note add stress emphasize emphasise underline underscore declare announce claim report write explain point
	mention observe remark insist argue maintain reply respond answer recall affirm assert disclose reveal confirm acknowledge admit believe think
	consider warn assure inform indicate suggest reiterate hear learn according quote comment continue conclude contend allege believe
	express highlight tweet post read`)

var wantVerbs = set(`want wish hope seek try attempt aim intend plan prepare consider expect like need aspire struggle strive propose decide
	vow fail refuse decline deny avoid prevent keep stop ban forbid prohibit threaten allow permit enable let help urge ask call
	request demand invite encourage press order instruct require oblige convince persuade motion agree promise pledge commit undertake offer
	ready willing able eager determined unable free likely unlikely possible impossible important necessary essential hard difficult easy
	resolve determine authorize authorise mandate task appoint designate choose elect nominate suppose imagine pretend`)

// undoVerbs take away what their object names: who lifts sanctions imposes none.
var undoVerbs = set("lift ease remove relax waive drop oppose reject prevent avoid avert rescind repeal revoke cancel postpone")

var futureVerbs = set(`expect schedule set due plan slate bind likely await`)

var modals = map[string]string{
	"may": "may", "might": "may", "could": "could", "can": "can", "should": "should", "must": "must", "ought": "should", "would": "would",
	"need": "must",
}

var hypoMarks = set("if unless whether until till lest before without instead_of rather_than against in_case")

// timeMarks tell of what has happened where the verb is in the past.
var timeMarks = set("before until till")

// sincePast reports whether a clause tells since when something else is.
func (g *graph) sincePast(n int) bool {
	return g.toldAsPast(n) && (g.marked(n, "since") || g.nodes[n].upos == "VERB" && g.sinceBefore(n) >= 0)
}

// sinceBefore is the "since" that opens the clause of a verb, -1 for none: before
// it only its subject may stand.
func (g *graph) sinceBefore(n int) int {
	for k := n - 1; k >= 0 && k >= n-6 && g.nodes[k].upos != "VERB" && g.nodes[k].upos != "PUNCT"; k-- {
		if g.nodes[k].lemma == "since" {
			return k
		}
	}
	return -1
}

// toldAsPast reports whether a clause has a finite verb in the past.
func (g *graph) toldAsPast(n int) bool {
	if g.nodes[n].xpos == "VBD" {
		return true
	}
	for _, k := range g.kidsOf(n, "aux", "aux:pass", "cop") {
		if g.nodes[k].xpos == "VBD" {
			return g.nodes[k].lemma != "can" && g.nodes[k].lemma != "will"
		}
	}
	return false
}

var groundMarks = set("as because since although though while whereas when after")

var hypoNouns = set(`possibility prospect threat plan proposal hope risk idea chance likelihood question issue right need importance
	necessity intention desire wish readiness willingness bid attempt effort opportunity call fear danger talk negotiation goal aim purpose
	deadline condition future potential draft preparation`)

// statusOf reads how the predicate at n stands, climbing the tree from it.
func (g *graph) statusOf(n int, ms []match) status {
	st := status{says: -1}
	cur := n
	if lv := g.light(n); lv >= 0 {
		g.readVerb(lv, &st)
		cur = lv
		if g.hasDet(n, "no") {
			st.negated = true
		}
		if st.content = g.contentOf(n, ms); st.content > 0 {
			st.given = givenVerbs[g.nodes[ms[st.content-1].trigger].lemma]
			return st
		}
	} else {
		g.readVerb(n, &st)
	}
	for steps := 0; cur >= 0 && steps < 40; steps++ {
		if st.content == 0 {
			st.content = g.contentOf(cur, ms)
			if st.content > 0 && (ms[st.content-1].trigger == n || g.performs(cur)) {
				st.content = 0
			}
		}
		gov := g.nodes[cur].gov
		if gov < 0 {
			break
		}
		if !g.climb(cur, gov, n, &st) {
			break
		}
		cur = gov
	}
	for _, k := range g.nodes[n].kids {
		if l := g.nodes[k].lemma; unsure[l] && g.nodes[n].upos == "NOUN" {
			st.doubt = first(st.doubt, l)
		}
	}
	st.promised(g.reported(n))
	if st.doubt != "" && g.presupposed(n) {
		st.doubt = ""
	}
	st.given = st.content > 0 && (givenVerbs[g.nodes[ms[st.content-1].trigger].lemma] || g.presupposed(n))
	return st
}

// presupposed reports whether a noun is of something that the sentence takes to
// have happened, whatever it tells of it: "to counter A's war on B", "the summit
// held last month".
func (g *graph) presupposed(n int) bool {
	x := &g.nodes[n]
	if x.upos != "NOUN" && x.upos != "PROPN" {
		return false
	}
	owned := false
	for _, k := range x.kids {
		y := &g.nodes[k]
		switch {
		case supposed[y.lemma]:
			return false
		case y.rel == "amod" && bygone[y.lemma], y.rel == "acl" && y.lemma == "hold" && y.xpos == "VBN":
			return meetings[x.lemma]
		case y.rel == "nmod:poss" && y.upos != "PRON" || y.rel == "amod" && g.isParty(k) || y.rel == "nmod" && g.caseOf(k) == "by" && g.isParty(k):
			owned = true
		}
	}
	c := g.caseOf(n)
	return owned && violence[x.lemma] || meetings[x.lemma] && (c == "during" || c == "after" || c == "following") && g.underPast(x.gov)
}

// underPast reports whether the nearest finite verb at or above a node is in the
// past.
func (g *graph) underPast(n int) bool {
	for steps := 0; n >= 0 && steps < 20; n, steps = g.nodes[n].gov, steps+1 {
		switch x := g.nodes[n].xpos; {
		case g.toldAsPast(n):
			return true
		case x == "VBZ" || x == "VBP" || g.kid(n, "aux") >= 0 && !g.infinitive(n):
			return false
		}
	}
	return false
}

var (
	supposed = set("any no possible potential future eventual attempted threatened planned further next alleged imminent")
	unsure   = set("any possible potential eventual hypothetical conceivable") // of what may never come
	bygone   = set("recent last latest previous earlier past")
	meetings = set("meeting summit dialogue talk visit conversation conference session consultation negotiation call trip discussion round")
	violence = set("war aggression invasion attack occupation annexation bombing shelling offensive assault blockade bombardment seizure strike")
)

// givenVerbs are words of praise and blame whose cause they give as fact.
var givenVerbs = set(`thank congratulate welcome praise commend applaud hail laud salute appreciate condemn denounce deplore decry criticize
	criticise blame accuse regret lament mourn apologize apologise appreciation gratitude thanks praise condemnation condolence regret concern note
	support counter`)

// reported reports whether what a verb tells in a report of a meeting, with no
// condition beside it, is what its subject said there: "Russia would support it".
func (g *graph) reported(n int) bool {
	if g.doc.genre != "readout" || g.nodes[n].upos != "VERB" || slices.ContainsFunc(g.nodes, func(x node) bool { return x.lemma == "if" || x.lemma == "should" }) {
		return false
	}
	s := g.subj(n)
	return s >= 0 && (g.isParty(s) || g.pronoun(s) != nil)
}

// promised reads "said he would": what is told to be done later.
func (st *status) promised(reported bool) {
	if st.doubt == "would" && (st.says >= 0 || reported) {
		st.doubt, st.future = "", true
	}
}

func (g *graph) contentOf(n int, ms []match) int {
	for i, m := range ms {
		if m.trigger != n && slices.Contains(m.content, n) {
			return i + 1
		}
	}
	return 0
}

// climb reads one edge on the way up; false ends the climb.
func (g *graph) climb(cur, gov, n int, st *status) bool {
	x, up := &g.nodes[cur], &g.nodes[gov]
	if g.sincePast(cur) {
		return false // "it will be ten years since they met"
	}
	switch x.rel {
	case "ccomp", "parataxis":
		if sayVerbs[up.lemma] || x.rel == "parataxis" && up.upos == "VERB" {
			if st.says < 0 && sayVerbs[up.lemma] {
				st.says = gov
			}
			return true
		}
		if wantVerbs[up.lemma] {
			st.doubt = first(st.doubt, up.lemma)
		}
	case "xcomp":
		switch {
		case g.performs(cur):
			if !wishVerbs[up.lemma] {
				g.readVerb(gov, st) // "called to congratulate"
			}
		case futureVerbs[up.lemma] && g.infinitive(cur), up.lemma == "be" && g.infinitive(cur), up.lemma == "go" && g.infinitive(cur):
			st.future = true
			g.readVerb(gov, st)
		case wantVerbs[up.lemma] && g.infinitive(cur):
			st.doubt = first(st.doubt, up.lemma)
		default:
			g.readVerb(gov, st)
		}
	case "advcl":
		if m := g.markOf(cur); timeMarks[m] && g.toldAsPast(cur) {
			return false // "before they were resumed"
		} else if hypoMarks[m] {
			st.doubt = first(st.doubt, m)
		} else if groundMarks[m] && !g.infinitive(cur) {
			return false // told as fact, whatever it is told beside
		} else if g.performs(cur) {
			g.readVerb(gov, st) // "met to thank"
		} else if g.infinitive(cur) {
			st.doubt = first(st.doubt, "purpose")
		}
	case "acl":
		if g.infinitive(cur) {
			st.doubt = first(st.doubt, "infinitive")
		}
	case "conj":
		if groundMarks[g.markOf(cur)] && g.kid(cur, "nsubj", "nsubj:pass") >= 0 && !g.infinitive(cur) {
			return false // "as it is the chair": a clause of its own, whatever it is hung on
		}
		if g.toldAsPast(cur) && g.infinitive(gov) {
			return false // what was done is no part of what was tried: "tried to sell it, and asked"
		}
		if up.upos == "VERB" && x.upos == "VERB" && g.kid(cur, "nsubj", "nsubj:pass") < 0 {
			aux := g.kid(cur, "aux") >= 0
			var s status
			g.readVerb(gov, &s)
			if !aux && (x.xpos == "VB" || x.xpos == up.xpos) {
				st.future = st.future || s.future
				st.doubt = first(st.doubt, s.doubt)
				st.perfect, st.pluperfect = st.perfect || s.perfect, st.pluperfect || s.pluperfect
			}
		}
	case "nmod", "obl", "obj", "nsubj", "nsubj:pass", "compound":
		if cur != n && g.nodes[cur].upos != "NOUN" && g.nodes[cur].upos != "PROPN" {
			break
		}
		if hypoNouns[up.lemma] && x.rel == "nmod" {
			st.doubt = first(st.doubt, up.lemma)
		}
		if c := g.caseOf(cur); c == "without" || c == "against" || c == "despite" && false {
			st.doubt = first(st.doubt, c)
		}
		if up.upos == "VERB" && undoVerbs[up.lemma] && (x.rel == "obj" || x.rel == "nsubj:pass") {
			st.doubt = first(st.doubt, up.lemma)
		}
		if up.upos == "VERB" && wantVerbs[up.lemma] && x.rel == "obj" && g.possessor(cur) < 0 {
			st.doubt = first(st.doubt, up.lemma)
		}
		if up.upos == "VERB" && x.rel == "obl" && cur == n && meetings[x.lemma] { // "during the summit they will"
			var s status
			g.readVerb(gov, &s)
			st.future = st.future || s.future
		}
		if up.upos == "VERB" && (x.rel == "obj" || x.rel == "nsubj:pass" || x.rel == "nsubj") {
			var s status
			g.readVerb(gov, &s)
			st.negated = st.negated || s.negated && cur == n // "did not sever relations"
			st.future = st.future || s.future
			st.doubt = first(st.doubt, s.doubt)
		}
	}
	return true
}

// What is said to be done by these words is done by saying them, in a meeting or
// call, or where the speaker would like to.
var (
	performed = set(`congratulate thank commend praise applaud welcome honor honour express convey extend offer reaffirm affirm reiterate emphasize
	emphasise stress underscore underline highlight condemn urge recognize recognise acknowledge note assure reassure reinforce
	wish congratulate appeal ask call invite condole mourn salute celebrate announce confirm present deliver brief inform raise request`)
	contactVerbs = set(`meet speak talk call telephone phone visit travel write host receive gather convene come arrive fly contact join attend`)
	wishVerbs    = set(`like want wish let allow`)
)

// performs reports whether a verb in the infinitive is of what is done by saying it.
func (g *graph) performs(n int) bool {
	x := &g.nodes[n]
	if x.gov < 0 || x.rel != "xcomp" && x.rel != "advcl" || !g.infinitive(n) {
		return false
	}
	up := &g.nodes[x.gov]
	return up.lemma == "vote" || performed[x.lemma] && (wishVerbs[up.lemma] && g.firstPerson(x.gov) || contactVerbs[up.lemma] && up.xpos != "VB")
}

// firstPerson reports whether a verb is of the speaker: "I would like to thank".
func (g *graph) firstPerson(n int) bool {
	for _, k := range g.kidsOf(n, "nsubj", "obj") {
		switch g.nodes[k].lemma {
		case "i", "we", "me", "us":
			return true
		}
	}
	return false
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (g *graph) infinitive(n int) bool {
	x := &g.nodes[n]
	if x.xpos == "VB" {
		return true
	}
	for _, k := range g.kidsOf(n, "mark") {
		if g.nodes[k].xpos == "TO" {
			return true
		}
	}
	return false
}

func (g *graph) markOf(n int) string {
	for _, k := range g.kidsOf(n, "mark", "advmod", "case") {
		l := g.nodes[k].lemma
		for _, f := range g.nodes[k].kids {
			if g.nodes[f].rel == "fixed" {
				l += "_" + g.nodes[f].lemma
			}
		}
		if hypoMarks[l] {
			return l
		}
	}
	if k := g.kid(n, "mark"); k >= 0 {
		return g.nodes[k].lemma
	}
	return ""
}

func (g *graph) hasDet(n int, det string) bool {
	for _, k := range g.kidsOf(n, "det") {
		if g.nodes[k].lemma == det {
			return true
		}
	}
	return false
}

// readVerb reads tense, modal and negation off a predicate's own dependents.
func (g *graph) readVerb(n int, st *status) {
	have, had := false, false
	since := g.sinceBefore(n)
	for _, k := range g.nodes[n].kids {
		if k < since {
			continue // of what has been since: "it will be ten years since they met"
		}
		x := &g.nodes[k]
		switch x.rel {
		case "aux":
			switch {
			case x.lemma == "will" && x.form != "would" && x.form != "Would" && x.form != "'d", x.lemma == "shall" && x.form != "should":
				st.future = true
			case x.form == "would" || x.form == "'d" && x.lemma != "have":
				st.doubt = first(st.doubt, "would")
			case modals[x.lemma] != "" || modals[x.form] != "":
				st.doubt = first(st.doubt, first(modals[x.form], modals[x.lemma]))
			case x.lemma == "have":
				have = true
				had = x.form == "had" || x.form == "Had" || x.form == "'d"
			}
		case "advmod", "neg":
			switch x.lemma {
			case "not", "n't", "never", "no_longer", "neither", "nor", "hardly":
				st.negated = true
			}
		case "mark":
			if x.lemma == "without" {
				st.negated = true
			}
			if m := g.markOf(n); hypoMarks[m] && !(timeMarks[m] && g.toldAsPast(n)) {
				st.doubt = first(st.doubt, m)
			}
		case "cc:preconj":
			if x.lemma == "neither" {
				st.negated = true
			}
		}
	}
	x := &g.nodes[n]
	switch {
	case had:
		st.pluperfect = true
	case have:
		st.perfect = true
	case x.xpos == "VBD":
		st.past = true
	case x.xpos == "VBZ", x.xpos == "VBP":
		st.present = true
	}
	if s := g.kid(n, "nsubj", "nsubj:pass"); s >= 0 && (g.hasDet(s, "no") || g.hasDet(s, "neither") || g.nodes[s].lemma == "neither" || g.nodes[s].lemma == "none") {
		st.negated = true
	}
	if o := g.kid(n, "obj"); o >= 0 && g.hasDet(o, "no") {
		st.negated = true
	}
}
