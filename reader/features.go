package reader

import (
	"fmt"

	"demarche/reader/name"
)

// isParty reports whether a node names a party or one who acts for it.
func (g *graph) isParty(n int) bool {
	m := g.nodes[n].name
	return m != nil && len(m.IDs) > 0 && m.Kind != name.Place && m.Kind != name.Treaty
}

// quotedAt reports whether an odd number of quotation marks stands before a
// node of the sentence.
func (g *graph) quotedAt(n int) bool {
	in := false
	for i := 0; i < n; i++ {
		switch g.nodes[i].form {
		case "\"":
			in = !in
		case "“", "``":
			in = true
		case "”", "''":
			in = false
		}
	}
	return in
}

func fillerKind(f filler) string {
	if f.person != "" {
		return "person"
	}
	switch f.kind {
	case name.Polity:
		return "polity"
	case name.Body:
		return "body"
	case name.Group:
		return "group"
	case name.Collective:
		return "collective"
	}
	return "other"
}

func bucket(n int) string {
	switch {
	case n <= 2:
		return fmt.Sprint(n)
	case n <= 5:
		return "5"
	case n <= 10:
		return "10"
	}
	return "far"
}
