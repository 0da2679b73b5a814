package reader

import (
	"slices"
	"strings"

	"demarche/reader/frame"
)

// walk follows a path from node n and returns the nodes that it leads to.
func (g *graph) walk(n int, steps []frame.Step) []int {
	at := []int{n}
	for _, s := range steps {
		var next []int
		for _, a := range at {
			for _, k := range g.slot(a, s.Slot) {
				if (len(s.Lemmas) == 0 || slices.ContainsFunc(g.conjuncts(k), func(c int) bool { return g.lemmaIn(c, s.Lemmas) })) && !slices.Contains(next, k) {
					next = append(next, k)
				}
			}
		}
		if at = next; len(at) == 0 {
			return nil
		}
	}
	return at
}

func (g *graph) lemmaIn(n int, lemmas []string) bool {
	l := g.nodes[n].lemma
	for _, want := range lemmas {
		if l == want {
			return true
		}
	}
	return false
}

// slot returns the fillers of one slot of node n, not yet spread over
// coordination.
func (g *graph) slot(n int, slot string) []int {
	switch slot {
	case "self":
		return []int{n}
	case "head":
		return some(g.nodes[n].gov)
	case "subj":
		return g.subjSlot(n)
	case "obj":
		return some(g.obj(n))
	case "iobj":
		return g.kidsOf(n, "iobj")
	case "attr":
		return g.attr(n)
	case "xcomp", "ccomp", "advcl", "appos", "compound", "nummod", "nmod", "obl", "conj", "advmod":
		return g.kidsOf(n, slot)
	case "list":
		return g.kidsOf(n, "appos", "parataxis", "list", "dep")
	case "case", "mark", "det", "aux":
		return g.kidsOf(n, slot)
	case "acl":
		return g.kidsOf(n, "acl", "acl:relcl")
	case "amod":
		return g.kidsOf(n, "amod", "compound")
	case "poss":
		return some(g.possessor(n))
	case "comp":
		return g.comp(n)
	}
	return g.prep(n, strings.TrimSuffix(slot, "_"))
}

func some(n int) []int {
	if n < 0 {
		return nil
	}
	return []int{n}
}

// subjSlot returns the deep subject of a predicate, or for a noun of an act the
// one who does it: the subject of its light verb.
func (g *graph) subjSlot(n int) []int {
	if g.nodes[n].upos == "VERB" || g.nodes[n].upos == "AUX" || g.kid(n, "cop") >= 0 {
		return some(g.subj(n))
	}
	if lv := g.light(n); lv >= 0 {
		return some(g.subj(lv))
	}
	return nil
}

// attr returns what a subject is said to be: the noun over a copula, the
// complement of become and its like.
func (g *graph) attr(n int) []int {
	if g.kid(n, "cop") >= 0 {
		return []int{n}
	}
	if k := g.kidsOf(n, "xcomp"); len(k) > 0 {
		return k
	}
	if k := g.kid(n, "obj"); k >= 0 || g.nodes[n].lemma != "become" {
		return some(k)
	}
	return g.ownPrep(n, "to") // English as it is written: "became to a member"
}

// comp returns the content clause of a word, through its light verb's noun.
func (g *graph) comp(n int) []int {
	if k := g.kidsOf(n, "xcomp", "ccomp"); len(k) > 0 {
		return k
	}
	var out []int
	for _, k := range g.kidsOf(n, "acl", "advcl") {
		if g.nodes[k].xpos == "VB" || g.kid(k, "mark") >= 0 && g.nodes[g.kid(k, "mark")].lemma == "that" {
			out = append(out, k)
		}
	}
	if len(out) == 0 {
		if lv := g.light(n); lv >= 0 && g.nodes[lv].rel != "acl" {
			out = g.kidsOf(lv, "xcomp", "ccomp")
		}
	}
	return out
}

// prep returns the complements of n with a preposition. A noun of an act also
// has those of its light verb ("made a request to Russia"), and a verb those
// that the parser hung on its object.
func (g *graph) prep(n int, p string) []int {
	out := g.ownPrep(n, p)
	if len(out) > 0 {
		return out
	}
	if g.nodes[n].upos == "VERB" {
		if o := g.kid(n, "obj"); o >= 0 && p != "of" {
			return g.ownPrep(o, p)
		}
		if x := &g.nodes[n]; x.rel == "acl:relcl" && x.gov >= 0 { // "the country with which it has relations"
			return g.relativePrep(n, p)
		}
		return nil
	}
	if lv := g.light(n); lv >= 0 {
		return g.ownPrep(lv, p)
	}
	return nil
}

func (g *graph) relativePrep(n int, p string) []int {
	for _, k := range g.kidsOf(n, "obl") {
		if g.relative(k) && g.caseOf(k) == p {
			return []int{g.nodes[n].gov}
		}
	}
	return nil
}

func (g *graph) ownPrep(n int, p string) []int {
	var out []int
	for _, k := range g.nodes[n].kids {
		x := &g.nodes[k]
		switch x.rel {
		case "obl", "nmod", "obl:agent", "advcl", "acl", "conj", "xcomp":
		default:
			continue
		}
		if x.rel != "obl" && x.rel != "nmod" && x.rel != "obl:agent" && !(x.xpos == "VBG" && x.rel != "conj") {
			continue
		}
		if g.caseOf(k) == p || x.xpos == "VBG" && g.marked(k, p) {
			if g.relative(k) && g.nodes[n].gov >= 0 && g.nodes[n].rel == "acl:relcl" {
				k = g.nodes[n].gov
			}
			out = append(out, k)
		}
	}
	return out
}

func (g *graph) marked(n int, word string) bool {
	for _, k := range g.kidsOf(n, "mark", "case") {
		if g.nodes[k].lemma == word {
			return true
		}
	}
	return false
}

// conjuncts returns n and the nominal nodes coordinated with it.
func (g *graph) conjuncts(n int) []int {
	out := []int{n}
	for i := 0; i < len(out) && len(out) < 200; i++ {
		for _, k := range g.kidsOf(out[i], "conj") {
			if !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	slices.Sort(out)
	return out
}
