package linear

import (
	"math/bits"
	"slices"
)

// Trainer learns a Model as an averaged perceptron. Its rows grow by class as
// updates touch them. It is not safe for concurrent use.
type Trainer struct {
	classes int
	bits    uint
	rows    []row
	weights []weight
	past    []int64     // of each weight: what its sum over the steps is short of the weight times the steps
	free    [9][]uint32 // freed places by binary logarithm of their length
	now     int64
	drop    uint32 // features whose hash with salt is below are not there
	salt    uint32
}

// row is the place of a feature's weights in the arena.
type row struct {
	at       uint32
	len, cap uint16
}

// weight is the weight of a class, in the upper 24 bits, and the class.
type weight int32

func (w weight) class() uint8 { return uint8(w) }
func (w weight) value() int32 { return int32(w >> 8) }

// NewTrainer gives a trainer for so many classes over 1<<size slots.
func NewTrainer(classes int, size uint) *Trainer {
	return &Trainer{classes: classes, bits: size, rows: make([]row, 1<<size)}
}

// Bits is the binary logarithm of the number of slots.
func (t *Trainer) Bits() uint { return t.bits }

// Score is Model.Score with the weights of the moment, not their averages.
func (t *Trainer) Score(features []uint32, scores []int32) {
	clear(scores[:t.classes])
	t.Add(features, scores)
}

// Add is Model.Add with the weights of the moment.
func (t *Trainer) Add(features []uint32, scores []int32) {
	scores = scores[:t.classes]
	var kept [64]row
	for len(features) > 0 {
		n := min(len(features), len(kept))
		for _, r := range kept[:t.keep(features[:n], &kept)] {
			for _, w := range t.weights[r.at : r.at+uint32(r.len)] {
				scores[w.class()] += w.value()
			}
		}
		features = features[n:]
	}
}

// keep puts the rows of the features that are there into kept and says how many
// there are: without a branch on that, as Model.find does it.
func (t *Trainer) keep(features []uint32, kept *[64]row) int {
	n := 0
	for _, f := range features {
		r := t.rows[f]
		kept[n&63] = r
		n += int(t.kept(f) & uint32(-int32(r.len)>>31))
	}
	return n
}

// Update adds delta to the weight of the class in each feature.
func (t *Trainer) Update(features []uint32, class int, delta int32) {
	for _, f := range features {
		if t.kept(f) == 0 {
			continue
		}
		i := t.find(&t.rows[f], uint8(class))
		t.past[i] += int64(delta) * t.now
		t.weights[i] += weight(delta << 8)
	}
}

// Merge adds the weights of a trainer that has learned as many steps to those of
// t. As scores are sums of weights, the two then judge together.
func (t *Trainer) Merge(other *Trainer) {
	for slot, r := range other.rows {
		for i := r.at; i < r.at+uint32(r.len); i++ {
			w := other.weights[i]
			to := t.find(&t.rows[slot], w.class())
			t.weights[to] += weight(w.value() << 8)
			t.past[to] += other.past[i]
		}
	}
}

// Drop takes away a share of the features, chosen by salt, until it is called
// again: so that what is learned does not lean on few of them.
func (t *Trainer) Drop(share float64, salt uint32) {
	t.drop, t.salt = uint32(share*(1<<32-1)), salt
}

// kept is 1 if the feature is there, 0 if it is taken away.
func (t *Trainer) kept(f uint32) uint32 {
	h := (f ^ t.salt) * 0x9e3779b1
	h = (h ^ h>>15) * 0x85ebca77
	_, less := bits.Sub32(h^h>>13, t.drop, 0)
	return 1 - less
}

// Tick counts one step of the average.
func (t *Trainer) Tick() { t.now++ }

// Restart forgets the averages and keeps the weights.
func (t *Trainer) Restart() {
	clear(t.past)
	t.now = 0
}

func (t *Trainer) find(r *row, class uint8) uint32 {
	for i := r.at; i < r.at+uint32(r.len); i++ {
		if t.weights[i].class() == class {
			return i
		}
	}
	if r.len == r.cap {
		t.grow(r)
	}
	i := r.at + uint32(r.len)
	r.len++
	t.weights[i], t.past[i] = weight(class), 0
	return i
}

// grow doubles the row's place; the old one is kept for another row.
func (t *Trainer) grow(r *row) {
	size := 1
	for 1<<size <= int(r.cap) {
		size++
	}
	at := t.place(size)
	n := uint32(r.len)
	copy(t.weights[at:], t.weights[r.at:r.at+n])
	copy(t.past[at:], t.past[r.at:r.at+n])
	if r.cap > 0 {
		t.free[size-1] = append(t.free[size-1], r.at)
	}
	r.at, r.cap = at, 1<<size
}

func (t *Trainer) place(size int) uint32 {
	if free := t.free[size]; len(free) > 0 {
		t.free[size] = free[:len(free)-1]
		return free[len(free)-1]
	}
	at, n := uint32(len(t.weights)), 1<<size
	t.weights = append(t.weights, make([]weight, n)...)
	t.past = append(t.past, make([]int64, n)...)
	return at
}

// Model gives the averages in steps of the mean weight times scale; what rounds
// to nothing is dropped. A coarse scale makes a small model.
func (t *Trainer) Model(scale float64) *Model {
	step := t.mean() * scale
	return newModel(t.classes, t.bits, func(yield func(int, []entry) bool) {
		var row []entry
		for slot, r := range t.rows {
			if row = t.quantise(row[:0], r, step); len(row) > 0 && !yield(slot, row) {
				return
			}
		}
	})
}

// quantise appends the entries of a row, in order of classes.
func (t *Trainer) quantise(row []entry, r row, step float64) []entry {
	for i := r.at; i < r.at+uint32(r.len); i++ {
		x := t.average(i) / step
		w := int(x + 0.5)
		if x < 0 {
			w = int(x - 0.5)
		}
		if w = max(-127, min(127, w)); w != 0 {
			row = append(row, entry{t.weights[i].class(), int8(w)})
		}
	}
	slices.SortFunc(row, func(a, b entry) int { return int(a.class) - int(b.class) })
	return row
}

func (t *Trainer) average(i uint32) float64 {
	now := max(t.now, 1)
	return float64(int64(t.weights[i].value())*now-t.past[i]) / float64(now)
}

// mean is the mean of the absolute averages that are not zero.
func (t *Trainer) mean() float64 {
	sum, n := 0.0, 0
	for _, r := range t.rows {
		for i := r.at; i < r.at+uint32(r.len); i++ {
			if a := t.average(i); a != 0 {
				sum += max(a, -a)
				n++
			}
		}
	}
	if n == 0 {
		return 1
	}
	return sum / float64(n)
}
