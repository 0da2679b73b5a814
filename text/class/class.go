// Package class puts words into classes by the company they keep, learned from
// plain text, so that the tagger and the parser know something of words that no
// treebank has. The classes are trained by cmd/train.
package class

import (
	_ "embed"
	"fmt"

	"demarche/text/linear"
)

// Table tells the classes of words. It is read-only and safe for use by many
// goroutines.
type Table struct {
	keys    []uint32 // open addressing, zero is free
	classes []uint8
	words   int
}

//go:embed class.model
var weights []byte

// Load decodes the embedded table.
func Load() (*Table, error) { return Decode(weights) }

// Of gives the class of a word by linear.HashFold of its form: 1 to 255, or 0
// for a word that is not known.
func (t *Table) Of(fold uint64) uint8 {
	k := short(fold)
	for i := k & t.mask(); t.keys[i] != 0; i = (i + 1) & t.mask() {
		if t.keys[i] == k {
			return t.classes[i]
		}
	}
	return 0
}

func (t *Table) mask() uint32 { return uint32(len(t.keys) - 1) }

// short is what the table keeps of a hash. Two words in some hundred thousand
// share theirs; they then share a class.
func short(fold uint64) uint32 { return max(uint32(fold>>32^fold), 1) }

const (
	magic    = "DMCL"
	version  = 1
	maxWords = 1 << 20
)

// newTable gives room for so many words, twice over.
func newTable(words int) *Table {
	size := 2
	for size < 2*words {
		size *= 2
	}
	return &Table{keys: make([]uint32, size), classes: make([]uint8, size)}
}

func (t *Table) put(k uint32, class uint8) {
	i := k & t.mask()
	for t.keys[i] != 0 && t.keys[i] != k {
		i = (i + 1) & t.mask()
	}
	if t.keys[i] == 0 {
		t.words++
	}
	t.keys[i], t.classes[i] = k, class
}

// Decode reads a model file. Its frame is specified in package linear; the magic
// is "DMCL", the payload
//
//	words   number, at most 1<<20, and for each, in order of keys:
//	gap     number, the key less the former one (at first less 0), at least 1
//	class   number, 1 to 255
//
// where a key is the two halves of linear.HashFold of the word, joined by
// exclusive or, and 1 instead of 0.
func Decode(file []byte) (*Table, error) {
	r, err := linear.Open(file, magic, version)
	if err != nil {
		return nil, err
	}
	n := min(r.Length("words"), maxWords)
	t, key := newTable(n), uint64(0)
	for range n {
		gap, class := r.Uint("gap", 1<<32-1), r.Uint("class", 255)
		if key += uint64(gap); gap == 0 || class == 0 || key > 1<<32-1 {
			return nil, fmt.Errorf("%s model, word of key %d and class %d: %w", magic, key, class, linear.ErrFormat)
		}
		t.put(uint32(key), uint8(class))
	}
	return t, r.Err()
}
