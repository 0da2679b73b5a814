package parse

import "demarche/text/linear"

// States of a beam differ in little, and a transition changes little of a state.
// So the scores of each group of templates are kept by what the group looks at,
// and features are hashed and looked up only where no state had the same before
// in the sentence. A group's scores take in those of the groups that look at a
// part of what it looks at; three groups make up a state's.

// memo keeps the scores of one group: a table in which a later entry takes the
// place of an earlier one.
type memo struct {
	keys   []key
	scores []int32 // classes for each key
}

// key is what a group looks at, by numbers of tokens and nodes; never zero.
type key struct{ a, b uint64 }

// memoSize is a compromise: the tables of all groups lie in the cache of a core.
const memoSize = 128

func newMemo(classes int) memo {
	return memo{make([]key, memoSize), make([]int32, memoSize*classes)}
}

// at gives the place of a key and whether its scores stand there; if not, they
// must be filled in.
func (m *memo) at(k key, classes int) ([]int32, bool) {
	i := int(linear.Mix(k.a, k.b) % memoSize)
	scores := m.scores[i*classes : (i+1)*classes : (i+1)*classes]
	if m.keys[i] == k {
		return scores, true
	}
	m.keys[i] = k
	return scores, false
}

// forget empties the tables, as another sentence begins or the weights change.
func (p *Parser) forget() {
	for g := range p.memos {
		clear(p.memos[g].keys)
	}
}

// key gives what a group looks at. Tokens and nodes count from -1 and 0.
func (v *view) key(g group) key {
	switch g {
	case ofNext:
		return pair(v.b0.token, 0)
	case ofTopNext:
		return pair(v.s0.token, v.b0.token)
	case ofTops:
		return pair(v.s1.token, v.s0.token)
	case ofFour:
		return key{pair(v.t2, v.s1.token).a, pair(v.s0.token, v.b0.token).a}
	case ofTopDeps:
		return pair(v.n0, 0)
	case ofNextDeps:
		return pair(v.nb, 0)
	case ofUnderDeps:
		return pair(v.n1, 0)
	case ofTopNextDeps:
		return pair(v.n0, v.nb)
	}
	return pair(v.n1, v.n0)
}

func pair(x, y int32) key { return key{a: uint64(x+2)<<32 | uint64(y+2)} }

// within lists the groups whose scores a group takes in.
func (g group) within() []group {
	switch g {
	case ofTopNext:
		return []group{ofNext}
	case ofTopNextDeps:
		return []group{ofTopNext, ofTopDeps, ofNextDeps}
	case ofTopsDeps:
		return []group{ofTops, ofUnderDeps}
	}
	return nil
}

// score fills scores with those of the transitions out of a state.
func (p *Parser) score(s int32) {
	v := p.look(s)
	a, b, c := p.known(ofTopNextDeps, &v), p.known(ofTopsDeps, &v), p.known(ofFour, &v)
	scores := p.scores[:len(a)]
	b, c = b[:len(a)], c[:len(a)]
	for i, x := range a {
		scores[i] = x + b[i] + c[i]
	}
}

// known gives the scores of a group.
func (p *Parser) known(g group, v *view) []int32 {
	scores, known := p.memos[g].at(v.key(g), len(p.actions))
	if known {
		return scores
	}
	clear(scores)
	for _, part := range g.within() {
		for i, x := range p.known(part, v)[:len(scores)] {
			scores[i] += x
		}
	}
	t := templates{p.slots[:0], p.scorer.Bits()}
	v.add(g, &t)
	p.slots = t.slots
	p.scorer.Add(p.slots, scores)
	return scores
}
