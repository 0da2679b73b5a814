// Package judge weighs what a word of a text may tell: a log-linear model over
// named features (frames, words, paths in the tree, types, distances, modality)
// gives each answer its probability, and the rest to that none is right. Frames
// and names propose; the judge tells how sure the reader is. Its weights are
// learned from labelled texts by cmd/train and lie beside this file as text, one
// feature a line, so that anyone can read why a claim was kept.
package judge

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// weights is the model as text: "feature<TAB>weight", sorted by feature; lines
// that begin with "#" are comments.
//
//go:embed weights.tsv
var weights string

// Model is a log-linear model, with the probability above which claims of each
// group are printed.
type Model struct {
	weight, threshold map[string]float64
	cells             []cell // of weight, by open addressing; a power of two
}

// cell holds the weight of the feature with a hash; zero is free. Most features
// that are asked for have no weight, and a hash tells that without their names.
type cell struct {
	hash   uint64
	weight float64
}

// index fills the cells.
func (m *Model) index() {
	size := 16
	for size < 4*len(m.weight) {
		size *= 2
	}
	m.cells = make([]cell, size)
	for name, w := range m.weight {
		h := xxhash.Sum64String(name) | 1
		i := h >> 1 & uint64(size-1)
		for m.cells[i].hash != 0 {
			i = (i + 1) & uint64(size-1)
		}
		m.cells[i] = cell{h, w}
	}
}

// look gives the weight of a feature.
func (m *Model) look(name []byte) float64 {
	h, mask := xxhash.Sum64(name)|1, uint64(len(m.cells)-1)
	i := h >> 1 & mask
	for m.cells[i].hash != h && m.cells[i].hash != 0 {
		i = (i + 1) & mask
	}
	return m.cells[i].weight
}

// thresholdPrefix marks the lines of a weight file that hold thresholds.
const thresholdPrefix = "threshold "

// Threshold returns the least probability with which a claim of a group is
// printed: 0.5 where none was set.
func (m *Model) Threshold(group string) float64 {
	if t, ok := m.threshold[group]; ok {
		return t
	}
	return 0.5
}

// SetThreshold sets the least probability for a group.
func (m *Model) SetThreshold(group string, p float64) { m.threshold[group] = p }

func newModel() *Model { return &Model{weight: map[string]float64{}, threshold: map[string]float64{}} }

// Default returns the model that comes with the reader.
func Default() (*Model, error) { return Read("weights.tsv", strings.NewReader(weights)) }

// Read reads a model; an error names file and line.
func Read(file string, r io.Reader) (*Model, error) {
	m := newModel()
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		line := in.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, ok := strings.Cut(line, "\t")
		w, err := strconv.ParseFloat(value, 64)
		if !ok || err != nil || math.IsNaN(w) || math.IsInf(w, 0) {
			return nil, fmt.Errorf("%s:%d: %q is no weight; write feature, tab, number", file, n, line)
		}
		if group, ok := strings.CutPrefix(name, thresholdPrefix); ok {
			m.threshold[group] = w
			continue
		}
		m.weight[name] = w
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	m.index()
	return m, nil
}

// Write writes a model in the form that Read reads.
func (m *Model) Write(w io.Writer) error {
	names := make([]string, 0, len(m.weight))
	for n := range m.weight {
		names = append(names, n)
	}
	groups := make([]string, 0, len(m.threshold))
	for g := range m.threshold {
		groups = append(groups, g)
	}
	sort.Strings(groups)
	sort.Strings(names)
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "# The judge of proposed claims: feature, log-odds. Written by cmd/train; do not edit.")
	for _, g := range groups {
		fmt.Fprintf(out, "%s%s\t%.4f\n", thresholdPrefix, g, m.threshold[g])
	}
	for _, n := range names {
		fmt.Fprintf(out, "%s\t%.4f\n", n, m.weight[n])
	}
	return out.Flush()
}
