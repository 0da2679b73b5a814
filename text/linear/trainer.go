package linear

// Trainer learns a Model as an averaged perceptron. Its rows grow by class as
// updates touch them. It is not safe for concurrent use.
type Trainer struct {
	classes int
	bits    uint
	rows    []row
	class   []uint8
	weight  []int32
	past    []past
	free    [9][]uint32 // freed places by binary logarithm of their length
	now     int32
	drop    uint32 // features whose hash with salt is below are not there
	salt    uint32
}

// row is the place of a feature's weights in the arena.
type row struct {
	at       uint32
	len, cap uint16
}

// past is the sum of a weight over the updates before since.
type past struct {
	sum   int64
	since int32
}

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
	for _, f := range features {
		if t.dropped(f) {
			continue
		}
		r := t.rows[f]
		at, end := r.at, r.at+uint32(r.len)
		class, weight := t.class[at:end], t.weight[at:end]
		for i, c := range class {
			scores[c] += weight[i]
		}
	}
}

// Update adds delta to the weight of the class in each feature.
func (t *Trainer) Update(features []uint32, class int, delta int32) {
	for _, f := range features {
		if t.dropped(f) {
			continue
		}
		i := t.find(&t.rows[f], uint8(class))
		p := &t.past[i]
		p.sum += int64(t.weight[i]) * int64(t.now-p.since)
		p.since = t.now
		t.weight[i] += delta
	}
}

// Drop takes away a share of the features, chosen by salt, until it is called
// again: so that what is learned does not lean on few of them.
func (t *Trainer) Drop(share float64, salt uint32) {
	t.drop, t.salt = uint32(share*(1<<32-1)), salt
}

func (t *Trainer) dropped(f uint32) bool {
	h := (f ^ t.salt) * 0x9e3779b1
	h = (h ^ h>>15) * 0x85ebca77
	return h^h>>13 < t.drop
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
		if t.class[i] == class {
			return i
		}
	}
	if r.len == r.cap {
		t.grow(r)
	}
	i := r.at + uint32(r.len)
	r.len++
	t.class[i], t.weight[i], t.past[i] = class, 0, past{since: t.now}
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
	copy(t.class[at:], t.class[r.at:r.at+n])
	copy(t.weight[at:], t.weight[r.at:r.at+n])
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
	at, n := uint32(len(t.class)), 1<<size
	t.class = append(t.class, make([]uint8, n)...)
	t.weight = append(t.weight, make([]int32, n)...)
	t.past = append(t.past, make([]past, n)...)
	return at
}

// Model gives the averages in steps of the mean weight times scale; what rounds
// to nothing is dropped. A coarse scale makes a small model.
func (t *Trainer) Model(scale float64) *Model {
	step := t.mean() * scale
	m := &Model{classes: t.classes, bits: t.bits, words: make([]word, (len(t.rows)+31)/32)}
	for slot := range t.rows {
		if slot&31 == 0 {
			m.words[slot>>5].before = uint32(len(m.first))
		}
		at := len(m.entries)
		t.quantise(m, t.rows[slot], step)
		if len(m.entries) > at {
			m.words[slot>>5].set |= 1 << (slot & 31)
			m.first = append(m.first, int32(at))
		}
	}
	m.first = append(m.first, int32(len(m.entries)))
	return m
}

func (t *Trainer) quantise(m *Model, r row, step float64) {
	for i := r.at; i < r.at+uint32(r.len); i++ {
		x := t.average(i) / step
		w := int(x + 0.5)
		if x < 0 {
			w = int(x - 0.5)
		}
		if w = max(-127, min(127, w)); w != 0 {
			m.entries = append(m.entries, entry{t.class[i], int8(w)})
		}
	}
}

func (t *Trainer) average(i uint32) float64 {
	p := t.past[i]
	return float64(p.sum+int64(t.weight[i])*int64(t.now-p.since)) / float64(max(t.now, 1))
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
