package tag

import (
	_ "embed"
	"fmt"

	"demarche/text/class"
	"demarche/text/linear"
)

// pass is one perceptron.
type pass struct {
	scorer  *linear.Model
	classes int
}

func newPass(m *linear.Model) pass { return pass{m, m.Classes()} }

func (p *pass) bits() uint { return p.scorer.Bits() }

//go:embed tag.model
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
	magic   = "DMTG"
	version = 2
)

// Decode reads a model file. Its frame and its linear models are specified in
// package linear; the magic is "DMTG", the payload
//
//	upos     list of strings, the universal tags, 1 to 254
//	xpos     list of strings, the Penn tags, 1 to 254
//	first    linear model over xpos
//	second   linear model over xpos
//	third    linear model over upos
//	lemmas   as specified at lemmas.read
//
// where a list is its length and its members. The classes of words must be those
// that it was trained with.
func Decode(file []byte, classes *class.Table) (*Model, error) {
	r, err := linear.Open(file, magic, version)
	if err != nil {
		return nil, err
	}
	m := &Model{classes: classes, upos: r.Strings("universal tags"), xpos: r.Strings("Penn tags")}
	m.first = newPass(r.Model(len(m.xpos)))
	m.second = newPass(r.Model(len(m.xpos)))
	m.third = newPass(r.Model(len(m.upos)))
	m.lemmas = &lemmas{}
	m.lemmas.read(r)
	if err := r.Err(); err != nil {
		return nil, err
	}
	return m, m.check()
}

// maxTags is how many tags there can be, as a tag plus one is a byte.
const maxTags = 254

// check sees that every word can be given tags and a lemma.
func (m *Model) check() error {
	u, x := len(m.upos), len(m.xpos)
	if min(u, x) == 0 || max(u, x) > maxTags || len(m.lemmas.edits) == 0 {
		return fmt.Errorf("%s model of %d universal and %d Penn tags, %d edits: %w", magic, u, x, len(m.lemmas.edits), linear.ErrFormat)
	}
	return nil
}

// Pruned returns the model without the weights under least steps.
func (m *Model) Pruned(least int) *Model {
	out := *m
	for _, p := range []*pass{&out.first, &out.second, &out.third} {
		*p = newPass(p.scorer.Pruned(least))
	}
	return &out
}

// Encode writes the model file that Decode reads.
func (m *Model) Encode() []byte {
	var w linear.Writer
	m.write(&w)
	return linear.Seal(magic, version, w.Payload)
}

func (m *Model) write(w *linear.Writer) {
	w.Strings(m.upos)
	w.Strings(m.xpos)
	w.Model(m.first.scorer)
	w.Model(m.second.scorer)
	w.Model(m.third.scorer)
	m.lemmas.write(w)
}
