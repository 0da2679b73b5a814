package parse

import "slices"

// oracle tells which transitions lose no arc of a sentence's tree that is still
// within reach (Goldberg and Nivre, 2013, for arc-hybrid; the root must come to
// stand alone on the stack when the buffer is empty).
type oracle struct {
	heads []int // -1 for the root
	rels  []uint8
	deps  [][]int
}

func newOracle(heads []int, rels []uint8) *oracle {
	o := &oracle{heads: heads, rels: rels, deps: make([][]int, len(heads))}
	for i, h := range heads {
		if h >= 0 {
			o.deps[h] = append(o.deps[h], i)
		}
	}
	return o
}

// after counts the dependents of a token at or after another.
func (o *oracle) after(token, from int) int {
	n := 0
	for _, d := range o.deps[token] {
		if d >= from {
			n++
		}
	}
	return n
}

// costs counts for each move the arcs that it puts out of reach.
func (o *oracle) costs(p *Parser, s *state) [3]int {
	top, next := int(p.token(s.top)), int(p.token(s.next))
	var c [3]int
	if next < len(o.heads) {
		c[shift] = o.shiftCost(p, s)
	}
	if top < 0 {
		return c
	}
	under := int(p.token(p.states[s.below].top))
	head := o.heads[top]
	c[left], c[right] = o.after(top, next), o.after(top, next)
	if head > next || head >= 0 && head == under || head < 0 && under < 0 {
		c[left]++
	}
	if head >= next {
		c[right]++
	}
	return c
}

// shiftCost counts dependents of the next token on the stack, and its head if
// that is on the stack under the top.
func (o *oracle) shiftCost(p *Parser, s *state) int {
	next, cost := int(p.token(s.next)), 0
	for at := s; at.top != nobody; at = &p.states[at.below] {
		token := int(p.token(at.top))
		if o.heads[token] == next || at != s && o.heads[next] == token {
			cost++
		}
	}
	if o.heads[next] < 0 && s.top != nobody {
		cost++
	}
	return cost
}

// allows reports whether a transition loses nothing, with the right relation if
// it draws an arc of the tree.
func (o *oracle) allows(p *Parser, s *state, a action, costs [3]int) bool {
	if costs[a.move] > 0 {
		return false
	}
	head := int(p.token(s.next))
	switch a.move {
	case shift:
		return true
	case right:
		head = int(p.token(p.states[s.below].top))
	}
	top := p.token(s.top)
	return o.heads[top] != head || o.rels[top] == a.rel
}

// project lifts arcs until none cross, as the transitions cannot draw others.
func project(heads []int) []int {
	heads = slices.Clone(heads)
	for {
		d := crossing(heads)
		if d < 0 {
			return heads
		}
		heads[d] = heads[heads[d]]
	}
}

// crossing finds the dependent of the shortest arc that some token between its
// ends does not hang below its head; -1 if there is none.
func crossing(heads []int) int {
	found, length := -1, len(heads)
	for d, h := range heads {
		if n := max(d-h, h-d); h >= 0 && n < length && !projective(heads, d, h) {
			found, length = d, n
		}
	}
	return found
}

func projective(heads []int, d, h int) bool {
	for k := min(d, h) + 1; k < max(d, h); k++ {
		if !below(heads, k, h) {
			return false
		}
	}
	return true
}

func below(heads []int, k, h int) bool {
	for k >= 0 && k != h {
		k = heads[k]
	}
	return k == h
}
