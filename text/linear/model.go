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
	bits    uint   // a feature is a slot of 0 to 1<<bits - 1
	words   []word // the slots that have a row
	rows    int
	size    int // entries of all rows

	// For each word a list of where its rows begin, and the last ends, each as an
	// offset from its own place (see entry.offset), and then the rows: so that what
	// is looked up of a feature stands together.
	entries []entry
}

// word is 32 slots: which of them have a row, and where their list begins.
type word struct{ set, at uint32 }

// entry is the weight of one class in a row.
type entry struct {
	class  uint8
	weight int8
}

// offset is what an entry in the list of a word says.
func (e entry) offset() uint32 { return uint32(e.class) | uint32(uint8(e.weight))<<8 }

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
	var places [64]uint32
	var spans [64][]entry
	for len(features) > 0 {
		n := min(len(features), len(places))
		found := places[:m.find(features[:n], &places)]
		for i, at := range found {
			spans[i&63] = m.row(at)
		}
		for i := range found {
			for _, e := range spans[i&63] {
				scores[e.class] += int32(e.weight)
			}
		}
		features = features[n:]
	}
}

// find puts the places of the features that have a row into places and says how
// many there are. Most have none: without a branch on that, and with the rows' own
// memory left for later, the processor waits for many places of the table at once.
func (m *Model) find(features []uint32, places *[64]uint32) int {
	n := 0
	for _, f := range features {
		w := m.words[f>>5]
		places[n&63] = w.at + uint32(bits.OnesCount32(w.set&(1<<(f&31)-1)))
		n += int(w.set >> (f & 31) & 1)
	}
	return n
}

// row gives the row whose beginning stands at a place of a word's list.
func (m *Model) row(at uint32) []entry {
	return m.entries[at+m.entries[at].offset() : at+1+m.entries[at+1].offset()]
}

// all goes through the slots that have a row, with it.
func (m *Model) all() iter.Seq2[int, []entry] {
	return func(yield func(int, []entry) bool) {
		for i, w := range m.words {
			at := w.at
			for set := w.set; set != 0; set &= set - 1 {
				if !yield(i<<5+bits.TrailingZeros32(set), m.row(at)) {
					return
				}
				at++
			}
		}
	}
}

// newModel makes a model of the rows of slots in ascending order.
func newModel(classes int, size uint, rows iter.Seq2[int, []entry]) *Model {
	m := &Model{classes: classes, bits: size, words: make([]word, (1<<size+31)/32)}
	var ends []int // of the rows of a word
	var word int
	var body []entry
	flush := func() {
		if len(ends) == 0 {
			return
		}
		m.words[word].at = uint32(len(m.entries))
		for i, end := range append([]int{0}, ends...) {
			offset := len(ends) + 1 + end - i
			m.entries = append(m.entries, entry{uint8(offset), int8(offset >> 8)})
		}
		m.entries = append(m.entries, body...)
		ends, body = ends[:0], body[:0]
	}
	for slot, row := range rows {
		if slot>>5 != word {
			flush()
			word = slot >> 5
		}
		m.words[word].set |= 1 << (slot & 31)
		body = append(body, row...)
		ends = append(ends, len(body))
		m.rows, m.size = m.rows+1, m.size+len(row)
	}
	flush()
	return m
}

// Pruned returns the model without the weights whose magnitude is under least.
func (m *Model) Pruned(least int) *Model {
	return newModel(m.classes, m.bits, func(yield func(int, []entry) bool) {
		var kept []entry
		for slot, row := range m.all() {
			kept = kept[:0]
			for _, e := range row {
				if max(int(e.weight), -int(e.weight)) >= least {
					kept = append(kept, e)
				}
			}
			if len(kept) > 0 && !yield(slot, kept) {
				return
			}
		}
	})
}
