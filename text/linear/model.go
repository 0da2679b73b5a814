// Package linear scores classes by the sum of the weights of hashed features:
// the model under the tagger and the parser. A Trainer learns one; a Model is
// what is left of it, pruned to eight bits a weight, as the binary embeds it.
package linear

import (
	"iter"
	"math/bits"
)

// Model holds a sparse table of weights by feature and class. It is read-only
// and safe for use by many goroutines.
type Model struct {
	classes int
	bits    uint    // a feature is a slot of 0 to 1<<bits - 1
	words   []word  // the slots that have a row
	first   []int32 // where the row of the n-th set slot begins, and at last the end
	entries []entry
}

// word is 32 slots: which of them have a row, and how many had one before.
type word struct{ set, before uint32 }

// entry is the weight of one class in a row.
type entry struct {
	class  uint8
	weight int8
}

// Limits of a model; the reader holds a file to them.
const (
	MaxClasses = 255
	MaxBits    = 26
)

// Classes is the number of classes that the model tells apart.
func (m *Model) Classes() int { return m.classes }

// Bits is the binary logarithm of the number of slots.
func (m *Model) Bits() uint { return m.bits }

// Score sets scores[:Classes()] to the sums of the weights of the features,
// which are slots as Slot gives them.
func (m *Model) Score(features []uint32, scores []int32) {
	clear(scores[:m.classes])
	m.Add(features, scores)
}

// Add adds to scores[:Classes()] the weights of the features.
func (m *Model) Add(features []uint32, scores []int32) {
	scores = scores[:m.classes]
	var rows [64]uint32
	var spans [64][]entry
	for len(features) > 0 {
		n := min(len(features), len(rows))
		found := rows[:m.find(features[:n], &rows)]
		for i, row := range found {
			spans[i&63] = m.entries[m.first[row]:m.first[row+1]]
		}
		for i := range found {
			for _, e := range spans[i&63] {
				scores[e.class] += int32(e.weight)
			}
		}
		features = features[n:]
	}
}

// find puts the rows of the features that have one into rows and says how many
// there are. Most have none: without a branch on that, and with the rows' own
// memory left for later, the processor waits for many places of the table at once.
func (m *Model) find(features []uint32, rows *[64]uint32) int {
	n := 0
	for _, f := range features {
		w := m.words[f>>5]
		rows[n&63] = w.before + uint32(bits.OnesCount32(w.set&(1<<(f&31)-1)))
		n += int(w.set >> (f & 31) & 1)
	}
	return n
}

// slots goes through the slots of a table that have a row.
func slots(words []word) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, w := range words {
			for set := w.set; set != 0; set &= set - 1 {
				if !yield(i<<5 + bits.TrailingZeros32(set)) {
					return
				}
			}
		}
	}
}

// mark says that a slot has a row.
func (m *Model) mark(slot int) { m.words[slot>>5].set |= 1 << (slot & 31) }

// empty gives a model of the same shape without rows.
func (m *Model) empty() *Model {
	return &Model{classes: m.classes, bits: m.bits, words: make([]word, len(m.words)), first: []int32{0}}
}

// Pruned returns the model without the weights whose magnitude is under least.
func (m *Model) Pruned(least int) *Model {
	out, row := m.empty(), 0
	for slot := range slots(m.words) {
		for _, e := range m.entries[m.first[row]:m.first[row+1]] {
			if max(int(e.weight), -int(e.weight)) >= least {
				out.entries = append(out.entries, e)
			}
		}
		if n := int32(len(out.entries)); n > out.first[len(out.first)-1] {
			out.mark(slot)
			out.first = append(out.first, n)
		}
		row++
	}
	out.count()
	return out
}
