package reader

import (
	"strings"
	"sync"

	"demarche/reader/name"
	"demarche/text"
	"demarche/text/parse"
	"demarche/text/tag"
)

// syntax holds the models of the text passes and lends out workers for them.
type syntax struct{ workers sync.Pool }

// worker tags and parses one sentence at a time; its buffers are used again.
type worker struct {
	tagger *tag.Tagger
	parser *parse.Parser
	forms  []string
	tags   []tag.Tag
	arcs   []parse.Arc
}

func newSyntax() (*syntax, error) {
	tags, err := tag.Load()
	if err != nil {
		return nil, err
	}
	trees, err := parse.Load()
	if err != nil {
		return nil, err
	}
	s := &syntax{}
	s.workers.New = func() any { return &worker{tagger: tags.Tagger(), parser: trees.Parser()} }
	return s, nil
}

// graph tags and parses a sentence with its names, dates and sums joined into
// single nodes; nil where it names no party or holds no word that triggers a
// frame, since such a sentence needs no tree.
func (r *Reader) graph(d *document, sent int) *graph {
	s := d.text.Sents[sent]
	if !d.namesParty(s) {
		return nil
	}
	w := r.syntax.workers.Get().(*worker)
	defer r.syntax.workers.Put(w)
	g := &graph{doc: d, sent: sent, nodes: d.join(s, r.money(d, s))}
	w.tag(g)
	if !g.triggered(r) {
		return nil
	}
	w.parse(g)
	return g
}

// namesParty reports whether a sentence names, or has a word for, one who acts.
func (d *document) namesParty(s text.Span) bool {
	for _, m := range d.names.In(s) {
		if m.Kind != name.Place && m.Kind != name.Treaty {
			return true
		}
	}
	return false
}

// join cuts a sentence into nodes: each name, date and sum of money is one.
func (d *document) join(s text.Span, sums []money) []node {
	nodes := make([]node, 0, s.End-s.Start)
	for t := s.Start; t < s.End; {
		n := node{tokens: text.Span{Start: t, End: t + 1}, head: t, gov: -1}
		switch m := d.names.At(t); {
		case m != nil && m.Tokens.Start == t && m.Tokens.End <= s.End && m.Kind != name.Pronoun:
			n.tokens, n.head, n.name = m.Tokens, m.Head, m
		case d.dateAt[t] > 0 && d.dates[d.dateAt[t]-1].Tokens.Start == t && d.free(d.dates[d.dateAt[t]-1].Tokens):
			n.date = d.dateAt[t]
			n.tokens = d.dates[n.date-1].Tokens
			n.head = d.dateHead(n.tokens)
		case len(sums) > 0 && sums[0].tokens.Start == t:
			n.money = &sums[0]
			n.tokens = sums[0].tokens
		}
		for len(sums) > 0 && sums[0].tokens.Start < n.tokens.End {
			sums = sums[1:]
		}
		n.form = d.text.Form(n.head)
		nodes = append(nodes, n)
		t = n.tokens.End
	}
	return nodes
}

// free reports whether no name stands in a token range.
func (d *document) free(s text.Span) bool {
	for t := s.Start; t < s.End; t++ {
		if m := d.names.At(t); m != nil && m.Kind != name.Pronoun {
			return false
		}
	}
	return true
}

// dateHead is the token that stands for a date: its month or weekday, else its
// last word.
func (d *document) dateHead(s text.Span) int {
	last := s.Start
	for t := s.Start; t < s.End; t++ {
		f := d.text.Form(t)
		if monthOrWeekday[strings.ToLower(strings.TrimSuffix(f, "."))] {
			return t
		}
		if isLetter(f[0]) || isDigit(f[0]) {
			last = t
		}
	}
	return last
}

var monthOrWeekday = set(`january february march april may june july august september october november december jan feb mar apr jun jul
	aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun`)

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' || b >= 0x80 }
func isDigit(b byte) bool  { return b >= '0' && b <= '9' }

// tag fills tags and lemmas; the tags of joined names and sums are given.
func (w *worker) tag(g *graph) {
	w.forms, w.tags = w.forms[:0], w.tags[:0]
	for i := range g.nodes {
		w.forms = append(w.forms, g.nodes[i].form)
		w.tags = append(w.tags, givenTag(&g.nodes[i]))
	}
	w.tagger.Tag(w.forms, w.tags)
	for i := range g.nodes {
		x := &g.nodes[i]
		x.upos, x.xpos, x.lemma = w.tags[i].UPOS, w.tags[i].XPOS, strings.ToLower(w.tags[i].Lemma)
	}
}

// givenTag is the tag that a joined node has for certain, empty for others.
func givenTag(n *node) tag.Tag {
	switch {
	case n.money != nil:
		return tag.Tag{UPOS: "SYM", XPOS: "$", Lemma: "$"}
	case n.name == nil || n.name.Adjective:
		return tag.Tag{}
	case n.name.Kind == name.Office || n.name.Kind == name.Collective:
		return tag.Tag{}
	}
	return tag.Tag{UPOS: "PROPN", XPOS: "NNP", Lemma: n.form}
}

// triggered reports whether any node may trigger a frame.
func (g *graph) triggered(r *Reader) bool {
	for i := range g.nodes {
		if len(r.frames.Of(g.nodes[i].lemma)) > 0 {
			return true
		}
	}
	return false
}

// parse hangs the nodes on each other.
func (w *worker) parse(g *graph) {
	if cap(w.arcs) < len(g.nodes) {
		w.arcs = make([]parse.Arc, 2*len(g.nodes))
	}
	arcs := w.arcs[:len(g.nodes)]
	w.parser.Parse(w.forms, w.tags, arcs)
	for i, a := range arcs {
		g.nodes[i].gov, g.nodes[i].rel = a.Head, a.Rel
		if a.Head >= 0 {
			g.nodes[a.Head].kids = append(g.nodes[a.Head].kids, i)
		}
	}
}
