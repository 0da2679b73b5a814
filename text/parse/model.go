package parse

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"

	"demarche/text/class"
	"demarche/text/linear"
)

//go:embed parse.model
var weights []byte

// Load decodes the embedded weights.
func Load() (*Model, error) {
	classes, err := class.Load()
	if err != nil {
		return nil, err
	}
	return Decode(weights, classes)
}

const (
	magic   = "DMPR"
	version = 2
	maxBeam = 64
	maxRels = 64 // a set of relations is one word of bits
)

// Decode reads a model file. Its frame and its linear model are specified in
// package linear; the magic is "DMPR", the payload
//
//	beam      number of states to keep, 1 to 64
//	rels      list of strings, the relations, at most 64
//	actions   number, and for each: move (0 shift, 1 left, 2 right), relation by
//	          its number from 0; in order of moves, and there is one shift
//	weights   linear model over the actions
//
// where a list is its length and its members. The classes of words must be those
// that it was trained with.
func Decode(file []byte, classes *class.Table) (*Model, error) {
	r, err := linear.Open(file, magic, version)
	if err != nil {
		return nil, err
	}
	m := &Model{classes: classes, beam: r.Uint("beam", maxBeam), rels: r.Strings("relations")}
	m.actions = make([]action, r.Uint("actions", linear.MaxClasses))
	for i := range m.actions {
		m.actions[i] = action{move(r.Uint("move", int(right))), uint8(r.Uint("relation", max(len(m.rels)-1, 0)))}
	}
	m.scorer = r.Model(len(m.actions))
	if err := r.Err(); err != nil {
		return nil, err
	}
	return m, m.check()
}

// check sees that a parse can always go on.
func (m *Model) check() error {
	moves := [3]int{}
	for _, a := range m.actions {
		moves[a.move]++
	}
	ordered := slices.IsSortedFunc(m.actions, func(a, b action) int { return cmp.Compare(a.move, b.move) })
	if !ordered || m.beam < 1 || len(m.rels) == 0 || len(m.rels) > maxRels || moves[shift] != 1 || moves[left] == 0 || moves[right] == 0 {
		return fmt.Errorf("%s model with a beam of %d, %d relations and moves %v, in order %t: %w", magic, m.beam, len(m.rels), moves, ordered, linear.ErrFormat)
	}
	return nil
}

// Pruned returns the model without the weights under least steps.
func (m *Model) Pruned(least int) *Model {
	out := *m
	out.scorer = m.scorer.Pruned(least)
	return &out
}

// Encode writes the model file that Decode reads.
func (m *Model) Encode() []byte {
	var w linear.Writer
	m.write(&w)
	return linear.Seal(magic, version, w.Payload)
}

func (m *Model) write(w *linear.Writer) {
	w.Uint(m.beam)
	w.Strings(m.rels)
	w.Uint(len(m.actions))
	for _, a := range m.actions {
		w.Uint(int(a.move))
		w.Uint(int(a.rel))
	}
	w.Model(m.scorer)
}
