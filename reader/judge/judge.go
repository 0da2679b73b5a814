// Package judge weighs a proposed claim: a log-linear model over named features
// (frame, words, types, distances, modality) gives the probability that the
// claim is right. Frames propose; the judge tells how sure the reader is. Its
// weights are learned from labelled texts by cmd/train and lie beside this file
// as text, one feature a line, so that anyone can read why a claim was kept.
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
)

// weights is the model as text: "feature<TAB>weight", sorted by feature; lines
// that begin with "#" are comments.
//
//go:embed weights.tsv
var weights string

// Model is a log-linear model, with the probability above which claims of each
// group are printed.
type Model struct{ weight, threshold map[string]float64 }

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

// Score returns the probability, 0 to 1, that a claim with these features is
// right, which its frame proposes with the confidence prior, 0 to 1. What was
// learned moves the odds from there.
func (m *Model) Score(prior float64, features []string) float64 {
	z := m.weight["bias"] + (1+m.weight[priorWeight])*logit(prior)
	for _, f := range features {
		z += m.weight[f]
	}
	return 1 / (1 + math.Exp(-z))
}

// priorWeight names the weight of the frame's own confidence, less one.
const priorWeight = "prior"

// logit is the log-odds of a probability, within bounds.
func logit(p float64) float64 {
	p = min(max(p, 0.02), 0.98)
	return math.Log(p / (1 - p))
}

// Empty reports whether nothing has been learned.
func (m *Model) Empty() bool { return len(m.weight) == 0 }

// Example is a proposed claim with the verdict of a careful reader.
type Example struct {
	Prior    float64 // the confidence of the frame
	Features []string
	Right    bool
	Group    int // the document it is from; folds never split a document
}

// Train learns a model by full-batch gradient descent with L2 regularisation
// (strength l2 in examples), dropping features seen fewer than least times. The
// same examples in the same order give the same model.
func Train(examples []Example, l2 float64, least int) *Model {
	count := map[string]int{}
	for _, e := range examples {
		for _, f := range e.Features {
			count[f]++
		}
	}
	index := map[string]int{"bias": 0, priorWeight: 1}
	names := []string{"bias", priorWeight}
	for _, e := range examples {
		for _, f := range e.Features {
			if _, ok := index[f]; !ok && count[f] >= least {
				index[f] = len(names)
				names = append(names, f)
			}
		}
	}
	w := descend(examples, index, len(names), l2)
	m := newModel()
	for i, n := range names {
		if math.Abs(w[i]) >= 0.00005 {
			m.weight[n] = w[i]
		}
	}
	return m
}

func descend(examples []Example, index map[string]int, n int, l2 float64) []float64 {
	rows, priors := make([][]int, len(examples)), make([]float64, len(examples))
	for i, e := range examples {
		priors[i] = logit(e.Prior)
		rows[i] = append(rows[i], 0)
		for _, f := range e.Features {
			if k, ok := index[f]; ok {
				rows[i] = append(rows[i], k)
			}
		}
	}
	w, sum := make([]float64, n), make([]float64, n)
	grad := make([]float64, n)
	for epoch := 0; epoch < 400; epoch++ {
		for k := range grad {
			grad[k] = l2 * w[k]
		}
		grad[0] = 0
		for i, row := range rows {
			z := (1 + w[1]) * priors[i]
			for _, k := range row {
				z += w[k]
			}
			err := 1 / (1 + math.Exp(-z))
			if examples[i].Right {
				err--
			}
			grad[1] += err * priors[i]
			for _, k := range row {
				grad[k] += err
			}
		}
		for k := range w { // AdaGrad
			sum[k] += grad[k] * grad[k]
			if sum[k] > 0 {
				w[k] -= 0.5 * grad[k] / math.Sqrt(sum[k])
			}
		}
	}
	return w
}

// CrossValidate returns for each example the probability given by a model
// trained without its document's fold.
func CrossValidate(examples []Example, folds int, l2 float64, least int) []float64 {
	out := make([]float64, len(examples))
	for f := 0; f < folds; f++ {
		var rest []Example
		for _, e := range examples {
			if e.Group%folds != f {
				rest = append(rest, e)
			}
		}
		m := Train(rest, l2, least)
		for i, e := range examples {
			if e.Group%folds == f {
				out[i] = m.Score(e.Prior, e.Features)
			}
		}
	}
	return out
}
