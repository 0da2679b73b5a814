// Package linear scores classes by the sum of the weights of hashed features:
// the model under the tagger and the parser. A Trainer learns one; a Model is
// what is left of it, pruned to eight bits a weight, as the binary embeds it.
package linear

import "math/bits"

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
	for len(features) > 0 {
		n := min(len(features), len(rows))
		for _, row := range rows[:m.find(features[:n], &rows)] {
			for _, e := range m.entries[m.first[row]:m.first[row+1]] {
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

// Pruned returns the model without the weights whose magnitude is under least.
func (m *Model) Pruned(least int) *Model {
	out := &Model{classes: m.classes, bits: m.bits, words: make([]word, len(m.words))}
	row := 0
	for i := range m.words {
		out.words[i].before = uint32(len(out.first))
		for bit := range 32 {
			if m.words[i].set>>bit&1 == 0 {
				continue
			}
			at := len(out.entries)
			for _, e := range m.entries[m.first[row]:m.first[row+1]] {
				if int(max(e.weight, -e.weight)) >= least {
					out.entries = append(out.entries, e)
				}
			}
			if len(out.entries) > at {
				out.words[i].set |= 1 << bit
				out.first = append(out.first, int32(at))
			}
			row++
		}
	}
	out.first = append(out.first, int32(len(out.entries)))
	return out
}
