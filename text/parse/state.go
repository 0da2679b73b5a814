package parse

import "demarche/text/linear"

// state is a point of a parse. States form a tree by prev and share their
// stacks by below, so none is ever copied or changed.
type state struct {
	top    int32 // node on the stack; nobody where the stack is empty
	next   int32 // node of the buffer; its token is the length where that is empty
	below  int32 // the state whose top is under this one's, -1 for none
	prev   int32
	score  int32
	action uint8 // that led here from prev
}

// node is a token with what has been hung on it. Nodes are never changed either;
// those of nothing hung yet stand first, in order of tokens, after nobody.
type node struct {
	token                                  int32
	left, left2                            int32 // the outermost two dependents to the left, or none
	right, right2                          int32
	leftRel, left2Rel, rightRel, right2Rel uint8  // their relations, plus one
	lefts, rights                          uint8  // how many dependents there are
	leftSet, rightSet                      uint64 // their relations as a set
}

const (
	none    = -1 // no token
	outside = 0  // node of none: what is under the bottom of the stack
	nobody  = 1  // node of none: the bottom of the stack
)

func newNode(token int32) node {
	return node{token: token, left: none, left2: none, right: none, right2: none}
}

// token of a node.
func (p *Parser) token(node int32) int32 { return p.nodes[node].token }

// seat begins a sentence with a node for each token and the end.
func (p *Parser) seat(tokens int) {
	p.nodes = append(p.nodes[:0], newNode(none), newNode(none))
	for i := range int32(tokens) + 1 {
		p.nodes = append(p.nodes, newNode(i))
	}
	clear(p.hung[:])
}

// legal says which moves are open in a state: one is, until one token is left.
func (p *Parser) legal(s *state) [3]bool {
	more, top := int(p.token(s.next)) < len(p.words), s.top != nobody
	return [3]bool{
		shift: more,
		left:  more && top,
		right: top && p.states[s.below].top != nobody,
	}
}

// apply adds the state after a transition.
func (p *Parser) apply(from int32, a uint8, score int32) int32 {
	s := &p.states[from]
	to := state{prev: from, score: score, action: a}
	if act := p.actions[a]; act.move == shift {
		to.top, to.below, to.next = s.next, from, nobody+2+p.token(s.next)
	} else {
		under := &p.states[s.below]
		to.top, to.below, to.next = under.top, under.below, s.next
		if act.move == left {
			to.next = p.hang(s.next, p.token(s.top), a)
		} else {
			to.top = p.hang(under.top, p.token(s.top), a)
		}
	}
	p.states = append(p.states, to)
	return int32(len(p.states) - 1)
}

// hanging is a dependent that was hung on a node, and the node that came of it.
type hanging struct {
	on, token int32
	action    uint8
	node      int32
}

// hang gives the node after a transition has hung a token on it: mostly the same
// one for the same thing, so that states with equal parts are seen to have them.
func (p *Parser) hang(on, token int32, a uint8) int32 {
	h := hanging{on: on, token: token, action: a}
	old := &p.hung[linear.Mix(uint64(on)<<32|uint64(token), uint64(a))%uint64(len(p.hung))]
	if h.node = old.node; old.node != nobody && *old == h {
		return old.node
	}
	n := p.nodes[on]
	if act := p.actions[a]; act.move == left {
		n.hangLeft(token, act.rel)
	} else {
		n.hangRight(token, act.rel)
	}
	p.nodes = append(p.nodes, n)
	h.node = int32(len(p.nodes) - 1)
	*old = h
	return h.node
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
