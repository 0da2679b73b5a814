package parse

// state is a point of a parse. States form a tree by prev and share their
// stacks by below, so none is ever copied or changed.
type state struct {
	top    node  // on the stack; its token is none where the stack is empty
	next   node  // of the buffer; its token is the length where that is empty
	below  int32 // the state whose top is under this one's, -1 for none
	prev   int32
	score  int32
	action uint8 // that led here from prev
}

// node is a token with what has been hung on it.
type node struct {
	token                                  int32
	left, left2                            int32 // the outermost two dependents to the left, or none
	right, right2                          int32
	leftRel, left2Rel, rightRel, right2Rel uint8  // their relations, plus one
	lefts, rights                          uint8  // how many dependents there are
	leftSet, rightSet                      uint64 // their relations as a set
}

const none = -1

func newNode(token int32) node {
	return node{token: token, left: none, left2: none, right: none, right2: none}
}

// legal says which moves are open in a state: one is, until one token is left.
func (p *Parser) legal(s *state) [3]bool {
	more, top := int(s.next.token) < len(p.words), s.top.token != none
	return [3]bool{
		shift: more,
		left:  more && top,
		right: top && p.states[s.below].top.token != none,
	}
}

// apply adds the state after a transition.
func (p *Parser) apply(from int32, a uint8, score int32) int32 {
	s := &p.states[from]
	to := state{prev: from, score: score, action: a}
	rel := p.actions[a].rel
	switch p.actions[a].move {
	case shift:
		to.top, to.below = s.next, from
		to.next = newNode(s.next.token + 1)
	case left:
		under := &p.states[s.below]
		to.top, to.below = under.top, under.below
		to.next = s.next
		to.next.hangLeft(s.top.token, rel)
	case right:
		under := &p.states[s.below]
		to.top, to.below = under.top, under.below
		to.next = s.next
		to.top.hangRight(s.top.token, rel)
	}
	p.states = append(p.states, to)
	return int32(len(p.states) - 1)
}

func (n *node) hangLeft(token int32, rel uint8) {
	n.left2, n.left2Rel = n.left, n.leftRel
	n.left, n.leftRel = token, rel+1
	n.lefts++
	n.leftSet |= 1 << (rel & 63)
}

func (n *node) hangRight(token int32, rel uint8) {
	n.right2, n.right2Rel = n.right, n.rightRel
	n.right, n.rightRel = token, rel+1
	n.rights++
	n.rightSet |= 1 << (rel & 63)
}
