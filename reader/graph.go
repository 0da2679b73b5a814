package reader

import (
	"strings"

	"demarche/reader/name"
	"demarche/text"
)

// node is one node of a sentence's tree: a token, or the tokens of a name, a
// date or a sum of money joined into one before parsing.
type node struct {
	tokens text.Span // token range in the document
	head   int       // the token that stands for the node
	form   string
	lemma  string
	upos   string
	xpos   string
	rel    string // UD relation to the governor
	gov    int    // index of the governor, -1 for the root
	kids   []int  // dependents in order
	name   *name.Mention
	list   []*name.Mention // further names of a list that is one node
	date   int             // index into the document's dates + 1, 0 where the node is none
	money  *money
}

// graph is a sentence as a dependency graph over joined nodes.
type graph struct {
	doc   *document
	sent  int
	nodes []node
	parts []part // who may fill roles: see cast
	line  *line  // see asLine
}

// kid returns the first dependent of n in one of the relations, or -1.
func (g *graph) kid(n int, rels ...string) int {
	for _, k := range g.nodes[n].kids {
		for _, r := range rels {
			if g.nodes[k].rel == r {
				return k
			}
		}
	}
	return -1
}

// kidsOf returns all dependents of n in one of the relations.
func (g *graph) kidsOf(n int, rels ...string) []int {
	var out []int
	for _, k := range g.nodes[n].kids {
		for _, r := range rels {
			if g.nodes[k].rel == r {
				out = append(out, k)
			}
		}
	}
	return out
}

// within reports whether n is top or below it.
func (g *graph) within(n, top int) bool {
	for steps := 0; n >= 0 && steps <= len(g.nodes); steps++ {
		if n == top {
			return true
		}
		n = g.nodes[n].gov
	}
	return false
}

// clause returns the nearest verb, or predicate with a subject, at or above n.
func (g *graph) clause(n int) int {
	for steps := 0; n >= 0 && steps <= len(g.nodes); steps++ {
		if g.isPredicate(n) {
			return n
		}
		n = g.nodes[n].gov
	}
	return -1
}

func (g *graph) isPredicate(n int) bool {
	x := &g.nodes[n]
	if x.upos == "VERB" && x.rel != "amod" && x.rel != "case" && x.rel != "compound" {
		return true
	}
	return g.kid(n, "cop", "nsubj", "nsubj:pass") >= 0 || x.gov < 0
}

// passive reports whether the verb n is in the passive voice: it has a passive
// subject or auxiliary, or is a bare past participle on a noun.
func (g *graph) passive(n int) bool {
	if g.kid(n, "aux:pass", "nsubj:pass") >= 0 {
		return true
	}
	x := &g.nodes[n]
	return x.xpos == "VBN" && (x.rel == "acl" || x.rel == "amod" || x.rel == "advcl") && g.kid(n, "aux", "obj", "nsubj") < 0
}

// relative reports whether node k is a relative pronoun.
func (g *graph) relative(k int) bool {
	switch g.nodes[k].xpos {
	case "WDT", "WP":
		return true
	}
	return g.nodes[k].lemma == "that" && g.nodes[k].upos == "PRON"
}

// subj returns the deep subject of a predicate, or -1: the agent of a passive,
// the antecedent of a relative clause, the noun of a participle, the subject of
// a coordinated or controlling verb.
func (g *graph) subj(n int) int { return g.subjN(n, 0) }

func (g *graph) subjN(n, depth int) int {
	if depth > 8 {
		return -1
	}
	x := &g.nodes[n]
	if g.passive(n) {
		return g.agent(n)
	}
	if k := g.kid(n, "nsubj"); k >= 0 {
		if g.relative(k) && x.rel == "acl:relcl" && x.gov >= 0 {
			return x.gov
		}
		return k
	}
	if x.gov < 0 {
		return -1
	}
	switch x.rel {
	case "acl":
		return g.aclSubj(n, depth)
	case "conj":
		if g.isPredicate(x.gov) && !g.passive(x.gov) {
			return g.subjN(x.gov, depth+1)
		}
		if g.isPredicate(x.gov) {
			return g.objN(x.gov, depth+1)
		}
	case "xcomp":
		return g.controller(n, depth)
	case "advcl", "parataxis":
		if x.xpos == "VB" && objectControl[g.nodes[x.gov].lemma] {
			return g.controller(n, depth) // "requested Russia to settle", which trees hang on the clause at times
		}
		if x.xpos == "VBG" || x.xpos == "VB" || x.xpos == "VBN" {
			return g.surface(x.gov, depth)
		}
	}
	return -1
}

// surface returns the surface subject of a predicate, whatever its voice.
func (g *graph) surface(n, depth int) int {
	if g.passive(n) {
		return g.objN(n, depth+1)
	}
	return g.subjN(n, depth+1)
}

func (g *graph) aclSubj(n, depth int) int {
	x := &g.nodes[n]
	if x.xpos == "VBG" {
		return x.gov
	}
	if x.xpos == "VB" { // "its decision to join", "the first state to join"
		if p := g.possessor(x.gov); p >= 0 {
			return p
		}
		if lv := g.light(x.gov); lv >= 0 {
			return g.subjN(lv, depth+1)
		}
		if g.nodes[x.gov].name != nil {
			return x.gov
		}
	}
	return -1
}

// controller finds the subject of an open complement.
func (g *graph) controller(n, depth int) int {
	gov := g.nodes[n].gov
	if g.passive(gov) {
		return g.objN(gov, depth+1)
	}
	if !subjectControl[g.nodes[gov].lemma] {
		if k := g.kid(gov, "iobj", "obj"); k >= 0 {
			return k
		}
		for _, k := range g.kidsOf(gov, "obl") {
			if c := g.caseOf(k); c == "on" || c == "to" || c == "upon" || c == "for" {
				return k
			}
		}
	}
	return g.subjN(gov, depth+1)
}

// subjectControl are verbs whose open complement has their own subject even
// where they have an object ("promised Cambodia to build").
var subjectControl = map[string]bool{"promise": true, "pledge": true, "vow": true, "threaten": true, "agree": true, "offer": true}

// objectControl are verbs by which another is to do what their complement tells.
var objectControl = set("ask call appeal prevail request urge invite press order encourage persuade tell instruct beg implore exhort convince summon direct require entreat beseech petition")

// agent returns the by-phrase of a passive, or -1.
func (g *graph) agent(n int) int {
	if k := g.kid(n, "obl:agent"); k >= 0 {
		return k
	}
	for _, k := range g.kidsOf(n, "obl", "nmod") {
		if g.caseOf(k) == "by" && g.nodes[k].date == 0 {
			return k
		}
	}
	return -1
}

// obj returns the deep object of a predicate, or -1.
func (g *graph) obj(n int) int { return g.objN(n, 0) }

func (g *graph) objN(n, depth int) int {
	if depth > 8 {
		return -1
	}
	x := &g.nodes[n]
	if g.passive(n) {
		return g.passiveObj(n, depth)
	}
	if k := g.kid(n, "obj"); k >= 0 {
		if g.relative(k) && x.rel == "acl:relcl" && x.gov >= 0 {
			return x.gov
		}
		return k
	}
	if x.rel == "acl:relcl" && x.gov >= 0 && g.kid(n, "nsubj") >= 0 && !g.relative(g.kid(n, "nsubj")) &&
		g.kid(n, "xcomp", "ccomp") < 0 && !g.strandedPrep(n) {
		return x.gov // "the embargo it imposed"
	}
	for _, k := range g.kidsOf(n, "conj") { // "criticised and condemned Japan"
		if g.isPredicate(k) && !g.passive(k) && g.kid(k, "nsubj") < 0 && k-n <= 3 {
			if o := g.kid(k, "obj"); o >= 0 {
				return o
			}
		}
	}
	return -1
}

func (g *graph) passiveObj(n, depth int) int {
	x := &g.nodes[n]
	if k := g.kid(n, "nsubj:pass", "nsubj"); k >= 0 {
		if g.relative(k) && x.rel == "acl:relcl" && x.gov >= 0 {
			return x.gov
		}
		return k
	}
	switch x.rel {
	case "acl", "amod":
		return x.gov
	case "conj":
		if x.gov >= 0 && g.isPredicate(x.gov) {
			return g.surface(x.gov, depth)
		}
	case "xcomp", "advcl":
		if x.gov >= 0 {
			return g.surface(x.gov, depth)
		}
	}
	return -1
}

// strandedPrep reports whether a relative clause ends in a preposition or has a
// relative adverb, so that its antecedent is no object ("the summit where").
func (g *graph) strandedPrep(n int) bool {
	for _, k := range g.nodes[n].kids {
		x := &g.nodes[k]
		if x.xpos == "WRB" || x.upos == "ADP" && x.rel != "compound:prt" {
			return true
		}
		if x.rel == "obl" {
			for _, kk := range x.kids {
				if g.nodes[kk].xpos == "WDT" || g.nodes[kk].xpos == "WP" {
					return true
				}
			}
			if x.xpos == "WDT" || x.xpos == "WP" {
				return true
			}
		}
	}
	return false
}

// caseOf returns the preposition on a node, in lower case ("" for none); a
// fixed one is joined ("because of" is "because_of").
func (g *graph) caseOf(n int) string {
	out := ""
	for _, k := range g.nodes[n].kids {
		x := &g.nodes[k]
		if (x.rel == "case" || x.rel == "mark" && x.upos == "ADP") && x.lemma != "'s" && x.lemma != "’s" && x.xpos != "POS" {
			out = x.lemma
			if x.xpos == "VBG" { // "including", "concerning"
				out = strings.ToLower(x.form)
			}
			for _, f := range x.kids {
				if g.nodes[f].rel == "fixed" {
					out += "_" + g.nodes[f].lemma
				}
			}
			break
		}
	}
	if out == "" { // a participle's complement: "concerning", "including"
		return ""
	}
	return out
}

// possessor returns the possessor of a noun, or -1.
func (g *graph) possessor(n int) int { return g.kid(n, "nmod:poss") }

// lightVerbs carry no meaning of their own over a noun of an act ("made a
// request", "expressed concern"): their subject is the noun's.
var lightVerbs = map[string]bool{
	"make": true, "issue": true, "express": true, "extend": true, "voice": true, "convey": true, "reiterate": true, "offer": true,
	"give": true, "launch": true, "lodge": true, "file": true, "submit": true, "deliver": true, "send": true, "renew": true, "repeat": true,
	"hold": true, "conduct": true, "carry": true, "have": true, "pay": true, "impose": true, "sign": true, "reach": true, "conclude": true,
	"show": true, "affirm": true, "reaffirm": true, "confirm": true, "announce": true, "declare": true, "state": true, "underscore": true,
	"emphasize": true, "emphasise": true, "stress": true, "highlight": true, "provide": true, "grant": true, "put": true, "present": true,
	"register": true, "raise": true, "undertake": true, "stage": true, "mount": true, "take": true, "adopt": true, "pledge": true, "note": true,
	"slap": true, "place": true, "clamp": true, "maintain": true, "keep": true, "start": true, "begin": true, "open": true, "resume": true,
	"continue": true, "complete": true, "proffer": true, "reject": false, "outline": true, "underline": true, "receive": false,
}

// light returns the light verb over the noun n, or -1.
func (g *graph) light(n int) int {
	x := &g.nodes[n]
	if x.gov < 0 {
		return -1
	}
	if x.rel == "conj" {
		return g.light(x.gov)
	}
	v := &g.nodes[x.gov]
	switch x.rel {
	case "obj", "nsubj:pass":
		if v.upos == "VERB" && lightVerbs[v.lemma] {
			return x.gov
		}
	}
	if v.upos == "VERB" && x.rel != "nsubj" && g.obj(x.gov) == n && lightVerbs[v.lemma] {
		return x.gov
	}
	for _, k := range x.kids { // "concern expressed by": reduced relative
		if g.nodes[k].rel == "acl" && g.nodes[k].xpos == "VBN" && lightVerbs[g.nodes[k].lemma] {
			return k
		}
	}
	return -1
}
