package parse

import (
	"demarche/text/linear"
	"demarche/text/tag"
)

// word is what the features know of a token: hashes of its form, tags and both.
type word struct{ form, tag, both uint64 }

// edge is beyond the sentence, or a place with no token.
var edge = word{form: 0xed9e, tag: 0xed9e, both: 0xed9e}

// read fills words.
func (p *Parser) read(forms []string, tags []tag.Tag) {
	p.words = p.words[:0]
	for i, form := range forms {
		w := word{form: linear.HashFold(form)}
		w.tag = linear.Mix(linear.HashString(tags[i].XPOS), linear.HashString(tags[i].UPOS))
		w.both = linear.Mix(w.form, w.tag)
		p.words = append(p.words, w)
	}
}

func (p *Parser) word(i int32) *word {
	if uint(i) < uint(len(p.words)) {
		return &p.words[i]
	}
	return &edge
}

// distance in classes: 1 to 4, up to 6, up to 10, more; 0 if there is none.
func distance(from, to int32) uint64 {
	switch d := to - from; {
	case from == none || to == none:
		return 0
	case d <= 4:
		return uint64(d)
	case d <= 6:
		return 5
	case d <= 10:
		return 6
	}
	return 7
}

// features gives the slots of a state: those of Zhang and Nivre (2011) with the
// words, tags and relations of dependents.
func (p *Parser) features(at int32, slots []uint32) []uint32 {
	s := &p.states[at]
	under, second := &emptyNode, &emptyNode
	if s.below >= 0 {
		u := &p.states[s.below]
		under = &u.top
		if u.below >= 0 {
			second = &p.states[u.below].top
		}
	}
	f := linear.Features{Slots: slots, Size: p.scorer.Bits()}
	b := s.next.token
	v := view{
		f: &f, p: p, s0: &s.top, s1: under, b0: &s.next,
		S0: p.word(s.top.token), S1: p.word(under.token), S2: p.word(second.token),
		B0: p.word(b), B1: p.word(b + 1), B2: p.word(b + 2),
	}
	v.words()
	v.pairs()
	v.dependents()
	v.shape()
	return f.Slots
}

var emptyNode = newNode(none)

// view is a state as the templates see it.
type view struct {
	f                      *linear.Features
	p                      *Parser
	s0, s1, b0             *node
	S0, S1, S2, B0, B1, B2 *word
}

func (v *view) words() {
	f := v.f
	f.One(0)
	for _, w := range [...]*word{v.S0, v.S1, v.B0, v.B1} {
		f.One(w.form)
		f.One(w.tag)
		f.One(w.both)
	}
	f.One(v.B2.both)
	f.One(v.B2.tag)
	f.One(v.S2.tag)
	f.One(v.S2.both)
}

func (v *view) pairs() {
	f := v.f
	f.Two(v.S0.both, v.B0.both)
	f.Two(v.S0.both, v.B0.form)
	f.Two(v.S0.form, v.B0.both)
	f.Two(v.S0.form, v.B0.form)
	f.Two(v.S0.both, v.B0.tag)
	f.Two(v.S0.tag, v.B0.both)
	f.Two(v.S0.tag, v.B0.tag)
	f.Two(v.S1.both, v.S0.both)
	f.Two(v.S1.form, v.S0.form)
	f.Two(v.S1.both, v.S0.tag)
	f.Two(v.S1.tag, v.S0.both)
	f.Two(v.S1.tag, v.S0.tag)
	f.Two(v.S1.tag, v.B0.tag)
	f.Two(v.S1.form, v.B0.form)
	f.Two(v.B0.tag, v.B1.tag)
	f.Two(v.B0.both, v.B1.tag)
	f.Two(v.B0.tag, v.B1.both)
	f.Two(v.S0.both, v.B1.tag)
	f.Three(v.B0.tag, v.B1.tag, v.B2.tag)
	f.Three(v.S0.tag, v.B0.tag, v.B1.tag)
	f.Three(v.S0.both, v.B0.tag, v.B1.tag)
	f.Three(v.S0.tag, v.B0.both, v.B1.tag)
	f.Three(v.S0.tag, v.B0.tag, linear.Mix(v.B1.tag, v.B2.tag))
	f.Three(v.S1.tag, v.S0.tag, v.B0.tag)
	f.Three(v.S1.both, v.S0.tag, v.B0.tag)
	f.Three(v.S1.tag, v.S0.both, v.B0.tag)
	f.Three(v.S1.tag, v.S0.tag, v.B0.both)
	f.Three(v.S1.tag, v.S0.tag, linear.Mix(v.B0.tag, v.B1.tag))
	f.Three(v.S2.tag, v.S1.tag, v.S0.tag)
	f.Three(v.S2.tag, v.S1.tag, linear.Mix(v.S0.tag, v.B0.tag))
}

// dependents adds what hangs on the top of the stack, the token under it and the
// next token.
func (v *view) dependents() {
	f, p := v.f, v.p
	l, r, l2, r2 := p.word(v.s0.left), p.word(v.s0.right), p.word(v.s0.left2), p.word(v.s0.right2)
	ul, ur := p.word(v.s1.left), p.word(v.s1.right)
	bl, bl2 := p.word(v.b0.left), p.word(v.b0.left2)
	f.Two(v.S0.tag, l.both)
	f.Two(v.S0.tag, r.both)
	f.Two(v.B0.tag, bl.both)
	f.Two(v.S1.tag, ur.both)
	f.Two(v.S0.form, r.form)
	f.Two(v.S1.form, ur.form)
	f.Three(v.S0.tag, l.tag, v.B0.tag)
	f.Three(v.S0.tag, r.tag, v.B0.tag)
	f.Three(v.S0.tag, r.form, v.B0.tag)
	f.Three(v.S0.tag, r.tag, v.B0.form)
	f.Three(v.S0.tag, v.B0.tag, bl.tag)
	f.Three(v.S0.tag, v.B0.tag, bl.form)
	f.Three(v.S0.form, v.B0.tag, bl.tag)
	f.Three(v.S0.tag, l.tag, l2.tag)
	f.Three(v.S0.tag, r.tag, r2.tag)
	f.Three(v.B0.tag, bl.tag, bl2.tag)
	f.Three(v.S1.tag, v.S0.tag, l.tag)
	f.Three(v.S1.tag, v.S0.tag, r.tag)
	f.Three(v.S1.tag, v.S0.tag, l.form)
	f.Three(v.S1.form, v.S0.tag, l.form)
	f.Three(v.S1.tag, v.S0.form, l.tag)
	f.Three(v.S1.tag, ul.tag, v.S0.tag)
	f.Three(v.S1.tag, ur.tag, v.S0.tag)
	f.Three(v.S1.tag, ur.form, v.S0.tag)
}

// shape adds relations, distances and numbers of dependents.
func (v *view) shape() {
	f := v.f
	s0, s1, b0 := v.s0, v.s1, v.b0
	f.Two(v.S0.tag, uint64(s0.leftRel))
	f.Two(v.S0.tag, uint64(s0.rightRel))
	f.Two(v.S0.form, uint64(s0.rightRel))
	f.Two(v.S1.tag, uint64(s1.leftRel))
	f.Two(v.S1.tag, uint64(s1.rightRel))
	f.Two(v.B0.tag, uint64(b0.leftRel))
	f.Two(v.B0.form, uint64(b0.leftRel))
	f.Three(v.S0.tag, uint64(s0.leftRel)|uint64(s0.left2Rel)<<8, 0)
	f.Three(v.S0.tag, uint64(s0.rightRel)|uint64(s0.right2Rel)<<8, 1)
	f.Three(v.B0.tag, uint64(b0.leftRel)|uint64(b0.left2Rel)<<8, 2)
	f.Three(v.S0.tag, uint64(s0.leftRel)|uint64(s0.rightRel)<<8, v.B0.tag)
	f.Three(v.S1.tag, uint64(s1.rightRel)|uint64(s0.leftRel)<<8, v.S0.tag)
	f.Two(v.S0.tag, s0.leftSet)
	f.Two(v.S0.tag, s0.rightSet)
	f.Two(v.S0.form, s0.leftSet)
	f.Two(v.S0.form, s0.rightSet)
	f.Two(v.S1.tag, s1.rightSet)
	f.Two(v.S1.form, s1.rightSet)
	f.Two(v.B0.tag, b0.leftSet)
	f.Two(v.B0.form, b0.leftSet)
	f.Three(v.S1.tag, s1.rightSet, v.S0.tag)
	f.Three(v.S1.tag, s0.leftSet, v.S0.tag)
	f.Three(v.S0.tag, s0.leftSet, v.B0.tag)
	near, far := distance(s0.token, b0.token), distance(s1.token, s0.token)
	f.Two(v.S0.tag, near)
	f.Two(v.B0.tag, near)
	f.Two(v.S0.form, near)
	f.Two(v.B0.form, near)
	f.Three(v.S0.tag, v.B0.tag, near)
	f.Two(v.S1.tag, far)
	f.Two(v.S1.form, far)
	f.Three(v.S1.tag, v.S0.tag, far)
	f.Two(v.S0.both, uint64(s0.lefts))
	f.Two(v.S0.tag, uint64(s0.rights))
	f.Two(v.S0.both, uint64(s0.rights))
	f.Two(v.B0.both, uint64(b0.lefts))
	f.Two(v.S1.both, uint64(s1.rights))
	f.Two(v.S1.tag, uint64(s1.rights))
}
