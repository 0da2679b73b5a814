package main

import (
	"fmt"
	"strings"

	"demarche/text/parse"
	"demarche/text/tag"
)

// figures are counts of tokens that are right, on the treebank's own tokens.
type figures struct {
	tokens, upos, xpos, lemma, uas, las, universal int
}

func (f figures) String() string {
	pc := func(n int) float64 { return 100 * float64(n) / float64(max(f.tokens, 1)) }
	return fmt.Sprintf("UPOS %.2f XPOS %.2f lemma %.2f UAS %.2f LAS %.2f (without subtypes %.2f)",
		pc(f.upos), pc(f.xpos), pc(f.lemma), pc(f.uas), pc(f.las), pc(f.universal))
}

// measure tags and parses the bank's tokens and counts what is right, with
// punctuation.
func measure(b bank, tm *tag.Model, pm *parse.Model) figures {
	var f figures
	tagger, parser := tm.Tagger(), pm.Parser()
	for _, s := range b {
		tags, arcs := make([]tag.Tag, len(s.forms)), make([]parse.Arc, len(s.forms))
		tagger.Tag(s.forms, tags)
		parser.Parse(s.forms, tags, arcs)
		for i := range s.forms {
			f.add(s.tags[i], tags[i], s.arcs[i], arcs[i])
		}
	}
	return f
}

func (f *figures) add(gold, got tag.Tag, want, arc parse.Arc) {
	count := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	f.tokens++
	count(&f.upos, gold.UPOS == got.UPOS)
	count(&f.xpos, gold.XPOS == got.XPOS)
	count(&f.lemma, gold.Lemma == got.Lemma)
	head := want.Head == arc.Head
	count(&f.uas, head)
	count(&f.las, head && want.Rel == arc.Rel)
	count(&f.universal, head && plain(want.Rel) == plain(arc.Rel))
}

// plain is the relation without its subtype.
func plain(rel string) string {
	rel, _, _ = strings.Cut(rel, ":")
	return rel
}
