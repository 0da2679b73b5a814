package parse

import (
	"demarche/text/linear"
	"demarche/text/tag"
)

// word is what the features know of a token: hashes of its form, tags and both,
// and the class of the form.
type word struct{ form, tag, both, class uint64 }

// edge is beyond the sentence, or a place with no token.
var edge = word{form: 0xed9e, tag: 0xed9e, both: 0xed9e, class: 0xed9e}

// read fills words.
func (p *Parser) read(forms []string, tags []tag.Tag) {
	p.words = p.words[:0]
	for i, form := range forms {
		w := word{form: linear.HashFold(form)}
		w.tag = linear.Mix(linear.HashString(tags[i].XPOS), linear.HashString(tags[i].UPOS))
		w.both = linear.Mix(w.form, w.tag)
		w.class = uint64(p.classes.Of(w.form))
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

// view is a state as the templates see it: the top of the stack and the two
// tokens under it, the next token and the two after it. Its templates are those
// of Zhang and Nivre (2011) with the words, tags and relations of dependents.
type view struct {
	p                      *Parser
	n0, n1, nb             int32 // the nodes s0, s1 and b0
	t2                     int32 // the token of S2
	s0, s1, b0             *node
	S0, S1, S2, B0, B1, B2 *word
}

func (p *Parser) look(at int32) view {
	s := &p.states[at]
	v := view{p: p, n0: s.top, nb: s.next, n1: outside, t2: none}
	if s.below >= 0 {
		u := &p.states[s.below]
		v.n1 = u.top
		if u.below >= 0 {
			v.t2 = p.nodes[p.states[u.below].top].token
		}
	}
	v.s0, v.s1, v.b0 = &p.nodes[v.n0], &p.nodes[v.n1], &p.nodes[v.nb]
	b := v.b0.token
	v.S0, v.S1, v.S2 = p.word(v.s0.token), p.word(v.s1.token), p.word(v.t2)
	v.B0, v.B1, v.B2 = p.word(b), p.word(b+1), p.word(b+2)
	return v
}

// features gives the slots of a state, of all groups.
func (p *Parser) features(at int32, slots []uint32) []uint32 {
	v := p.look(at)
	t := templates{slots, p.scorer.Bits()}
	for g := range groups {
		v.add(g, &t)
	}
	return t.slots
}

// templates collects slots. The number of a template is part of its features'
// hashes, and so of the model.
type templates struct {
	slots []uint32
	bits  uint
}

func (t *templates) one(number, x uint64) {
	t.slots = append(t.slots, linear.Slot(linear.Mix(number, x), t.bits))
}

func (t *templates) two(number, x, y uint64) { t.one(number, linear.Mix(x, y)) }

func (t *templates) three(number, x, y, z uint64) { t.one(number, linear.Mix(linear.Mix(x, y), z)) }

// group is a set of templates that look at the same part of a state.
type group uint8

const (
	ofNext      group = iota // the next token and those after it
	ofTopNext                // the top of the stack and the next token
	ofTops                   // the top of the stack and the token under it
	ofFour                   // the upper three of the stack and the next token
	ofTopDeps                // the top of the stack with its dependents
	ofNextDeps               // the next token with its dependents
	ofUnderDeps              // the token under the top with its dependents
	ofTopNextDeps
	ofTopsDeps
	groups
)

func (v *view) add(g group, t *templates) {
	switch g {
	case ofNext:
		v.next(t)
	case ofTopNext:
		v.topNext(t)
	case ofTops:
		v.tops(t)
	case ofFour:
		v.four(t)
	case ofTopDeps:
		v.topDeps(t)
	case ofNextDeps:
		v.nextDeps(t)
	case ofUnderDeps:
		v.underDeps(t)
	case ofTopNextDeps:
		v.topNextDeps(t)
	case ofTopsDeps:
		v.topsDeps(t)
	}
}

func (v *view) next(t *templates) {
	b0, b1, b2 := v.B0, v.B1, v.B2
	t.one(1, 0)
	t.one(8, b0.form)
	t.one(9, b0.tag)
	t.one(10, b0.both)
	t.one(11, b1.form)
	t.one(12, b1.tag)
	t.one(13, b1.both)
	t.one(14, b2.both)
	t.one(15, b2.tag)
	t.two(32, b0.tag, b1.tag)
	t.two(33, b0.both, b1.tag)
	t.two(34, b0.tag, b1.both)
	t.three(36, b0.tag, b1.tag, b2.tag)
	t.one(120, b0.class)
	t.one(121, b1.class)
	t.two(122, b0.class, b1.class)
	t.two(123, b0.tag, b1.class)
	t.one(124, b2.class)
}

func (v *view) topNext(t *templates) {
	s0, b0, b1, b2 := v.S0, v.B0, v.B1, v.B2
	t.one(2, s0.form)
	t.one(3, s0.tag)
	t.one(4, s0.both)
	t.two(18, s0.both, b0.both)
	t.two(19, s0.both, b0.form)
	t.two(20, s0.form, b0.both)
	t.two(21, s0.form, b0.form)
	t.two(22, s0.both, b0.tag)
	t.two(23, s0.tag, b0.both)
	t.two(24, s0.tag, b0.tag)
	t.two(35, s0.both, b1.tag)
	t.three(37, s0.tag, b0.tag, b1.tag)
	t.three(38, s0.both, b0.tag, b1.tag)
	t.three(39, s0.tag, b0.both, b1.tag)
	t.three(40, s0.tag, b0.tag, linear.Mix(b1.tag, b2.tag))
	near := distance(v.s0.token, v.b0.token)
	t.two(95, s0.tag, near)
	t.two(96, b0.tag, near)
	t.two(97, s0.form, near)
	t.two(98, b0.form, near)
	t.three(99, s0.tag, b0.tag, near)
	t.one(125, s0.class)
	t.two(126, s0.class, b0.class)
	t.two(127, s0.class, b0.tag)
	t.two(128, s0.tag, b0.class)
	t.two(129, s0.form, b0.class)
	t.two(130, s0.class, b0.form)
	t.three(131, s0.class, b0.class, near)
	t.three(132, s0.class, b0.class, b1.tag)
}

func (v *view) tops(t *templates) {
	s0, s1 := v.S0, v.S1
	t.one(5, s1.form)
	t.one(6, s1.tag)
	t.one(7, s1.both)
	t.two(25, s1.both, s0.both)
	t.two(26, s1.form, s0.form)
	t.two(27, s1.both, s0.tag)
	t.two(28, s1.tag, s0.both)
	t.two(29, s1.tag, s0.tag)
	far := distance(v.s1.token, v.s0.token)
	t.two(100, s1.tag, far)
	t.two(101, s1.form, far)
	t.three(102, s1.tag, s0.tag, far)
	t.one(133, s1.class)
	t.two(134, s1.class, s0.class)
	t.two(135, s1.class, s0.tag)
	t.two(136, s1.tag, s0.class)
	t.two(137, s1.form, s0.class)
	t.two(138, s1.class, s0.form)
	t.three(139, s1.class, s0.class, far)
}

func (v *view) four(t *templates) {
	s0, s1, s2, b0 := v.S0, v.S1, v.S2, v.B0
	t.one(16, s2.tag)
	t.one(17, s2.both)
	t.two(30, s1.tag, b0.tag)
	t.two(31, s1.form, b0.form)
	t.three(41, s1.tag, s0.tag, b0.tag)
	t.three(42, s1.both, s0.tag, b0.tag)
	t.three(43, s1.tag, s0.both, b0.tag)
	t.three(44, s1.tag, s0.tag, b0.both)
	t.three(45, s1.tag, s0.tag, linear.Mix(b0.tag, v.B1.tag))
	t.three(46, s2.tag, s1.tag, s0.tag)
	t.three(47, s2.tag, s1.tag, linear.Mix(s0.tag, b0.tag))
	t.three(140, s1.class, s0.tag, b0.tag)
	t.three(141, s1.tag, s0.class, b0.tag)
	t.three(142, s1.tag, s0.tag, b0.class)
	t.three(143, s1.class, s0.class, b0.form)
	t.three(144, s1.class, s0.class, b0.class)
	t.one(145, s2.class)
}

func (v *view) topDeps(t *templates) {
	s0, p := v.s0, v.p
	l, r, l2, r2 := p.word(s0.left), p.word(s0.right), p.word(s0.left2), p.word(s0.right2)
	form, tag := v.S0.form, v.S0.tag
	t.two(48, tag, l.both)
	t.two(49, tag, r.both)
	t.two(52, form, r.form)
	t.three(61, tag, l.tag, l2.tag)
	t.three(62, tag, r.tag, r2.tag)
	t.two(72, tag, uint64(s0.leftRel))
	t.two(73, tag, uint64(s0.rightRel))
	t.two(74, form, uint64(s0.rightRel))
	t.three(79, tag, uint64(s0.leftRel)|uint64(s0.left2Rel)<<8, 0)
	t.three(80, tag, uint64(s0.rightRel)|uint64(s0.right2Rel)<<8, 1)
	t.two(84, tag, s0.leftSet)
	t.two(85, tag, s0.rightSet)
	t.two(86, form, s0.leftSet)
	t.two(87, form, s0.rightSet)
	t.two(103, v.S0.both, uint64(s0.lefts))
	t.two(104, tag, uint64(s0.rights))
	t.two(105, v.S0.both, uint64(s0.rights))
	t.two(146, v.S0.class, l.class)
	t.two(147, v.S0.class, r.class)
	t.two(148, tag, r.class)
	t.two(149, v.S0.class, s0.leftSet)
	t.two(150, v.S0.class, s0.rightSet)
}

func (v *view) nextDeps(t *templates) {
	b0 := v.b0
	l, l2 := v.p.word(b0.left), v.p.word(b0.left2)
	form, tag := v.B0.form, v.B0.tag
	t.two(50, tag, l.both)
	t.three(63, tag, l.tag, l2.tag)
	t.two(77, tag, uint64(b0.leftRel))
	t.two(78, form, uint64(b0.leftRel))
	t.three(81, tag, uint64(b0.leftRel)|uint64(b0.left2Rel)<<8, 2)
	t.two(90, tag, b0.leftSet)
	t.two(91, form, b0.leftSet)
	t.two(106, v.B0.both, uint64(b0.lefts))
	t.two(151, v.B0.class, l.class)
	t.two(152, v.B0.class, b0.leftSet)
}

func (v *view) underDeps(t *templates) {
	s1 := v.s1
	r := v.p.word(s1.right)
	form, tag := v.S1.form, v.S1.tag
	t.two(51, tag, r.both)
	t.two(53, form, r.form)
	t.two(75, tag, uint64(s1.leftRel))
	t.two(76, tag, uint64(s1.rightRel))
	t.two(88, tag, s1.rightSet)
	t.two(89, form, s1.rightSet)
	t.two(107, v.S1.both, uint64(s1.rights))
	t.two(108, tag, uint64(s1.rights))
	t.two(153, v.S1.class, r.class)
	t.two(154, v.S1.class, s1.rightSet)
}

func (v *view) topNextDeps(t *templates) {
	s0, b0, p := v.S0, v.B0, v.p
	l, r, bl := p.word(v.s0.left), p.word(v.s0.right), p.word(v.b0.left)
	t.three(54, s0.tag, l.tag, b0.tag)
	t.three(55, s0.tag, r.tag, b0.tag)
	t.three(56, s0.tag, r.form, b0.tag)
	t.three(57, s0.tag, r.tag, b0.form)
	t.three(58, s0.tag, b0.tag, bl.tag)
	t.three(59, s0.tag, b0.tag, bl.form)
	t.three(60, s0.form, b0.tag, bl.tag)
	t.three(82, s0.tag, uint64(v.s0.leftRel)|uint64(v.s0.rightRel)<<8, b0.tag)
	t.three(94, s0.tag, v.s0.leftSet, b0.tag)
	t.three(155, s0.class, b0.class, bl.class)
	t.three(156, s0.tag, r.class, b0.tag)
	t.three(157, s0.class, r.class, b0.class)
}

func (v *view) topsDeps(t *templates) {
	s0, s1, p := v.S0, v.S1, v.p
	l, r, ul, ur := p.word(v.s0.left), p.word(v.s0.right), p.word(v.s1.left), p.word(v.s1.right)
	t.three(64, s1.tag, s0.tag, l.tag)
	t.three(65, s1.tag, s0.tag, r.tag)
	t.three(66, s1.tag, s0.tag, l.form)
	t.three(67, s1.form, s0.tag, l.form)
	t.three(68, s1.tag, s0.form, l.tag)
	t.three(69, s1.tag, ul.tag, s0.tag)
	t.three(70, s1.tag, ur.tag, s0.tag)
	t.three(71, s1.tag, ur.form, s0.tag)
	t.three(83, s1.tag, uint64(v.s1.rightRel)|uint64(v.s0.leftRel)<<8, s0.tag)
	t.three(92, s1.tag, v.s1.rightSet, s0.tag)
	t.three(93, s1.tag, v.s0.leftSet, s0.tag)
	t.three(158, s1.class, s0.class, l.form)
	t.three(159, s1.class, s0.class, l.class)
	t.three(160, s1.form, s0.class, l.form)
	t.three(161, s1.tag, ur.class, s0.class)
}
