package tag

import "demarche/text/linear"

// context is what a pass sees: the words, its own tags to the left and those of
// the former pass on both sides. Tags are numbers from 1; 0 is none.
type context struct {
	words       []word
	left, right []uint8
}

// edge stands for what is beyond the sentence.
const edge = 0xed9e

func (c *context) word(i int) uint64 {
	if i < 0 || i >= len(c.words) {
		return edge
	}
	return c.words[i].lower
}

func (c *context) class(i int) uint64 {
	if i < 0 || i >= len(c.words) {
		return edge
	}
	return c.words[i].class
}

func (c *context) tag(tags []uint8, i int) uint64 {
	if i < 0 || i >= len(tags) {
		return edge
	}
	return uint64(tags[i])
}

// lexical adds what the words tell.
func (c *context) lexical(b *linear.Features, i int) {
	w := &c.words[i]
	before, after := c.word(i-1), c.word(i+1)
	b.One(0)
	b.One(w.lower)
	b.Two(w.lower, w.shape)
	for _, s := range w.suffixes {
		b.One(s)
	}
	for _, p := range w.prefixes {
		b.One(p)
	}
	start := uint64(0)
	if i == 0 {
		start = 1
	}
	b.Two(w.shape, start)
	b.Two(w.suffixes[2], w.shape)
	b.One(before)
	b.One(after)
	b.One(c.word(i - 2))
	b.One(c.word(i + 2))
	b.Two(before, w.lower)
	b.Two(w.lower, after)
	if i > 0 {
		b.Two(c.words[i-1].suffixes[2], w.suffixes[2])
		b.Two(c.words[i-1].shape, w.shape)
	}
	if i+1 < len(c.words) {
		b.One(c.words[i+1].suffixes[2])
		b.Two(c.words[i+1].shape, w.shape)
	}
}

// classes adds what the classes of the words tell.
func (c *context) classes(b *linear.Features, i int) {
	w := &c.words[i]
	before, after := c.class(i-1), c.class(i+1)
	b.One(w.class)
	b.Two(w.class, w.shape)
	b.Two(w.class, w.suffixes[1])
	b.One(before)
	b.One(after)
	b.One(c.class(i - 2))
	b.One(c.class(i + 2))
	b.Two(before, w.class)
	b.Two(w.class, after)
	b.Two(before, after)
	b.Two(w.lower, after)
	b.Two(before, w.lower)
	b.Three(before, w.class, after)
}

// first gives the slots of the pass from left to right.
func (c *context) first(slots []uint32, i int, size uint) []uint32 {
	b := linear.Features{Slots: slots, Size: size}
	c.lexical(&b, i)
	b.Template = 40
	c.before(&b, i)
	b.Template = 80
	c.classes(&b, i)
	return b.Slots
}

// before adds the tags to the left.
func (c *context) before(b *linear.Features, i int) {
	w := &c.words[i]
	t1, t2 := c.tag(c.left, i-1), c.tag(c.left, i-2)
	b.One(t1)
	b.Two(t1, t2)
	b.Two(t1, w.lower)
	b.Two(t1, w.suffixes[2])
	b.Two(t1, w.shape)
	b.Two(t1, c.word(i+1))
	b.Three(t1, t2, w.lower)
	b.Two(t2, w.lower)
	b.Two(t2, c.word(i-1))
}

// second gives the slots of the pass with tags on both sides.
func (c *context) second(slots []uint32, i int, size uint) []uint32 {
	b := linear.Features{Slots: slots, Size: size}
	c.lexical(&b, i)
	b.Template = 40
	c.before(&b, i)
	b.Template = 60
	w := &c.words[i]
	t1, r0, r1, r2 := c.tag(c.left, i-1), c.tag(c.right, i), c.tag(c.right, i+1), c.tag(c.right, i+2)
	b.One(r0)
	b.Two(r0, w.lower)
	b.One(r1)
	b.Two(r1, r2)
	b.Two(r1, w.lower)
	b.Two(r1, w.suffixes[2])
	b.Two(t1, r1)
	b.Three(t1, r1, w.lower)
	b.Three(t1, r1, r2)
	b.Three(t1, c.tag(c.left, i-2), r1)
	b.Two(r2, w.lower)
	b.Three(r1, r2, w.lower)
	b.Three(c.tag(c.right, i+3), r1, r2)
	b.Template = 80
	c.classes(&b, i)
	return b.Slots
}

// third gives the slots of the pass of universal tags.
func (c *context) third(slots []uint32, i int, size uint) []uint32 {
	b := linear.Features{Slots: slots, Size: size}
	w := &c.words[i]
	u1, u2 := c.tag(c.left, i-1), c.tag(c.left, i-2)
	x0, x1, y1, y2 := c.tag(c.right, i), c.tag(c.right, i-1), c.tag(c.right, i+1), c.tag(c.right, i+2)
	b.One(x0)
	b.Two(x0, w.lower)
	b.Two(x0, w.suffixes[2])
	b.Two(x0, w.suffixes[1])
	b.Two(x0, w.shape)
	b.Two(x0, x1)
	b.Two(x0, y1)
	b.Three(x0, x1, y1)
	b.Three(x0, y1, y2)
	b.Three(x0, w.lower, x1)
	b.Three(x0, w.lower, y1)
	b.Three(x0, w.lower, linear.Mix(y1, y2))
	b.Three(x0, w.lower, linear.Mix(y1, linear.Mix(y2, c.tag(c.right, i+3))))
	b.Three(x0, w.lower, c.word(i+1))
	b.Three(x0, w.lower, c.word(i-1))
	b.Three(x0, w.lower, linear.Mix(x1, c.tag(c.right, i-2)))
	b.Three(x0, w.lower, linear.Mix(x1, y1))
	b.Two(x0, u1)
	b.Three(x0, u1, u2)
	b.Three(x0, u1, y1)
	b.Two(x0, c.word(i+1))
	b.Two(x0, c.word(i-1))
	b.Two(x0, w.class)
	b.Two(x0, c.class(i+1))
	b.Two(x0, c.class(i-1))
	b.Three(x0, w.lower, c.class(i+1))
	b.Three(x0, w.lower, c.class(i-1))
	b.Three(x0, c.class(i-1), c.class(i+1))
	return b.Slots
}
