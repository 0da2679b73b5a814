package reader

import (
	"slices"
	"strings"
)

// between counts the parties and the verbs that stand between two nodes.
func (g *graph) between(a, b int) (parties, verbs int) {
	for n := min(a, b) + 1; n < max(a, b); n++ {
		if g.isParty(n) {
			parties++
		}
		if g.nodes[n].upos == "VERB" {
			verbs++
		}
	}
	return parties, verbs
}

// longestPath is how many edges of a path features tell.
const longestPath = 5

// path is the way through the tree from one node to another: relations climbed,
// then relations descended, with prepositions.
func (g *graph) path(from, to int) string {
	up, down, ok := g.way(from, to)
	if !ok || len(up)-1+len(down) > longestPath {
		return "far"
	}
	var b strings.Builder
	for _, n := range up[:len(up)-1] {
		b.WriteString("^" + g.nodes[n].rel)
	}
	for _, n := range slices.Backward(down) {
		b.WriteString("/" + g.nodes[n].rel)
		if c := g.caseOf(n); c != "" {
			b.WriteString(":" + c)
		}
	}
	return b.String()
}

// way is how the tree leads from one node to another: up are the nodes from the
// first to the node over both, down those from the second to below it. It is not
// ok where it is very long.
func (g *graph) way(from, to int) (up, down []int, ok bool) {
	const most = 12
	for n := from; n >= 0 && len(up) < most; n = g.nodes[n].gov {
		up = append(up, n)
	}
	for n := to; n >= 0 && len(down) < most; n = g.nodes[n].gov {
		if at := slices.Index(up, n); at >= 0 {
			return up[:at+1], down, true
		}
		down = append(down, n)
	}
	return nil, nil, false
}

// order is how word, first and second part follow each other.
func (g *graph) order(t, a, b int) string {
	switch {
	case a < t && t < b:
		return "atb"
	case b < t && t < a:
		return "bta"
	case a < b && b < t:
		return "abt"
	case b < a && a < t:
		return "bat"
	case t < a && a < b:
		return "tab"
	}
	return "tba"
}
