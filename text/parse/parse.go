// Package parse gives each sentence a dependency tree with the relations of
// Universal Dependencies. It is an arc-hybrid transition parser (Kuhlmann,
// Gómez-Rodríguez and Satta, 2011) with a beam, scored by hashed sparse features
// and trained by cmd/train.
package parse

import (
	"math"

	"demarche/text/class"
	"demarche/text/linear"
	"demarche/text/tag"
)

// Arc ties a token to its governor.
type Arc struct {
	Head int    // index into the sentence, -1 for the root
	Rel  string // UD relation with its subtype, such as "nsubj:pass"
}

// Model holds the trained weights. It is safe for use by many goroutines.
type Model struct {
	classes *class.Table
	actions []action
	rels    []string
	beam    int
	scorer  *linear.Model
}

// action is a transition with the relation of the arc that it draws.
type action struct {
	move move
	rel  uint8 // index of the relation
}

type move uint8

// The moves. Left hangs the top of the stack on the next token, right on the
// token under it; both take it off the stack.
const (
	shift move = iota
	left
	right
)

// Parser is a worker with a memory of its own, for one goroutine.
type Parser struct {
	classes *class.Table
	rels    []string
	actions []action
	rights  int // where the actions of that move begin
	width   int
	scorer  linear.Scorer
	words   []word
	nodes   []node
	hung    [1024]hanging
	states  []state
	beam    []int32
	next    []candidate
	slots   []uint32
	scores  []int32
	memos   [groups]memo
}

// candidate is a transition out of a state in the beam.
type candidate struct {
	from   int32
	score  int32
	action uint8
}

// Parser gives a worker.
func (m *Model) Parser() *Parser { return newParser(m.classes, m.rels, m.actions, m.beam, m.scorer) }

func newParser(classes *class.Table, rels []string, actions []action, width int, scorer linear.Scorer) *Parser {
	p := &Parser{
		classes: classes,
		rels:    rels, actions: actions, rights: len(actions), width: width, scorer: scorer,
		scores: make([]int32, len(actions)), slots: make([]uint32, 0, 256),
		next: make([]candidate, 0, width), beam: make([]int32, 0, width),
	}
	for i := len(actions) - 1; actions[i].move == right; i-- {
		p.rights = i
	}
	for g := range p.memos {
		p.memos[g] = newMemo(len(actions))
	}
	return p
}

// Parse fills in the arcs of a sentence; forms, tags and arcs are of the same
// length. The arcs are always a tree: one token has head -1 and relation "root",
// and all others hang below it. Time is linear in the length.
func (p *Parser) Parse(forms []string, tags []tag.Tag, arcs []Arc) {
	if len(forms) == 0 {
		return
	}
	p.start(forms, tags)
	for range 2*len(forms) - 1 {
		p.step()
	}
	p.draw(p.beam[0], arcs)
}

// start begins a sentence with one state in the beam.
func (p *Parser) start(forms []string, tags []tag.Tag) {
	p.read(forms, tags)
	p.seat(len(forms))
	p.forget()
	p.states = append(p.states[:0], state{top: nobody, next: nobody + 1, below: -1, prev: -1})
	p.beam = append(p.beam[:0], 0)
}

// step moves the beam on by one transition.
func (p *Parser) step() {
	p.next = p.next[:0]
	for _, s := range p.beam {
		p.score(s)
		p.propose(s)
	}
	p.beam = p.beam[:0]
	for _, c := range p.next {
		p.beam = append(p.beam, p.apply(c.from, c.action, c.score))
	}
}

// propose enters the transitions out of a state, as scored, among the best.
func (p *Parser) propose(s int32) {
	legal := p.legal(&p.states[s])
	for _, m := range [...]struct {
		open     bool
		from, to int
	}{{legal[shift], 0, 1}, {legal[left], 1, p.rights}, {legal[right], p.rights, len(p.scores)}} {
		if m.open {
			p.among(s, m.from, m.to)
		}
	}
}

// among enters the actions of a range.
func (p *Parser) among(s int32, from, to int) {
	base, least := p.states[s].score, p.least()
	for i, score := range p.scores[from:to] {
		if score += base; score > least {
			p.enter(candidate{s, score, uint8(from + i)})
			least = p.least()
		}
	}
}

// least is the score that a candidate must be above.
func (p *Parser) least() int32 {
	if len(p.next) < p.width {
		return math.MinInt32
	}
	return p.next[len(p.next)-1].score
}

// enter keeps the best candidates in order, the earlier first among equals.
func (p *Parser) enter(c candidate) {
	if len(p.next) < p.width {
		p.next = append(p.next, c)
	}
	i := len(p.next) - 1
	for ; i > 0 && p.next[i-1].score < c.score; i-- {
		p.next[i] = p.next[i-1]
	}
	p.next[i] = c
}

// draw fills in the arcs of a final state.
func (p *Parser) draw(s int32, arcs []Arc) {
	arcs[p.token(p.states[s].top)] = Arc{-1, "root"}
	for ; p.states[s].prev >= 0; s = p.states[s].prev {
		st := &p.states[s]
		before := &p.states[st.prev]
		switch a := p.actions[st.action]; a.move {
		case left:
			arcs[p.token(before.top)] = Arc{int(p.token(before.next)), p.rels[a.rel]}
		case right:
			arcs[p.token(before.top)] = Arc{int(p.token(p.states[before.below].top)), p.rels[a.rel]}
		}
	}
}
