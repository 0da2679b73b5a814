package judge

import (
	"math"
	"math/rand/v2"
)

// Prior is the log-odds of an option before anything is learned, which a frame
// proposes with this confidence, 0 to 1; none does where it is 0.
func Prior(confidence float64) float64 {
	if confidence == 0 {
		return -3
	}
	p := min(max(confidence, 0.05), 0.95)
	return math.Log(p / (1 - p))
}

// Sheet collects the features of one part of a question: something that several
// options may share, as who may be the actor. It weighs them by a model, and
// keeps their names where Keep is set.
type Sheet struct {
	Model  *Model
	Keep   bool
	Weight float64  // log-odds, the sum of the features' weights
	Names  []string // the features, where they are kept
}

// Reset empties the sheet for another part.
func (s *Sheet) Reset() { s.Weight, s.Names = 0, nil }

// Add adds the feature whose name is the words joined by "|".
func (s *Sheet) Add(words ...string) {
	var buf [96]byte
	name := buf[:0]
	for i, w := range words {
		if i > 0 {
			name = append(name, '|')
		}
		name = append(name, w...)
	}
	s.Weight += s.Model.look(name)
	if s.Keep {
		s.Names = append(s.Names, string(name))
	}
}

// Weigh is the sum of the weights of features, in log-odds.
func (m *Model) Weigh(features []string) float64 {
	sum := 0.0
	for _, f := range features {
		sum += m.weight[f]
	}
	return sum
}

// Chances turns the weights of options, in log-odds against that none is right,
// into probabilities.
func Chances(weights []float64) []float64 {
	top := 0.0
	for _, w := range weights {
		top = max(top, w)
	}
	sum := math.Exp(-top)
	out := make([]float64, len(weights))
	for i, w := range weights {
		out[i] = math.Exp(w - top)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// Question is one word of a text and what it may tell: options of which one at
// the most is right for this word, each made of parts that options share.
type Question struct {
	Parts   [][]string // the features of each part
	Options []Option
	Group   int // the document; folds never split one
}

// Option is one answer to a question.
type Option struct {
	Parts []int   // indexes into the question's parts
	Prior float64 // log-odds before anything is learned
	Right bool
}

// Settings are how a model is learned.
type Settings struct {
	L2     float64 // strength of regularisation
	Least  int     // a feature seen in fewer questions is dropped
	Epochs int
}

// Learn learns a model by stochastic gradient ascent (AdaGrad) on the likelihood
// that a right option is chosen, or none where none is right. The same questions
// in the same order give the same model.
func Learn(questions []Question, s Settings) *Model {
	l := newLearner(questions, s.Least)
	order := make([]int, len(questions))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(1, 0))
	for epoch := range s.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		rate := 0.2
		if epoch > s.Epochs/2 {
			rate = 0.1
		}
		for _, q := range order {
			l.step(q, s.L2, rate)
		}
	}
	m := newModel()
	for i, n := range l.names {
		if math.Abs(l.w[i]) >= 0.005 {
			m.weight[n] = l.w[i]
		}
	}
	m.index()
	return m
}

// learner holds the questions with features as numbers.
type learner struct {
	names     []string
	count     []float64 // parts in which a feature stands
	questions []indexed
	w, sum    []float64
	grad      []float64 // of the features that a step touches
	touched   []int32
	seen      []bool
}

type indexed struct {
	parts   [][]int32
	options []Option
}

func newLearner(questions []Question, least int) *learner {
	inQuestions := map[string]int{}
	for i := range questions {
		once := map[string]bool{}
		for _, p := range questions[i].Parts {
			for _, f := range p {
				if !once[f] {
					once[f] = true
					inQuestions[f]++
				}
			}
		}
	}
	l := &learner{}
	index := map[string]int32{}
	for i := range questions {
		q := indexed{options: questions[i].Options}
		for _, p := range questions[i].Parts {
			var part []int32
			for _, f := range p {
				if inQuestions[f] < least {
					continue
				}
				k, ok := index[f]
				if !ok {
					k = int32(len(l.names))
					index[f] = k
					l.names, l.count = append(l.names, f), append(l.count, 0)
				}
				l.count[k]++
				part = append(part, k)
			}
			q.parts = append(q.parts, part)
		}
		l.questions = append(l.questions, q)
	}
	n := len(l.names)
	l.w, l.sum, l.grad, l.seen = make([]float64, n), make([]float64, n), make([]float64, n), make([]bool, n)
	return l
}

// step moves the weights by one question.
func (l *learner) step(i int, l2, rate float64) {
	q := &l.questions[i]
	push := q.push(l.partWeights(q))
	l.touched = l.touched[:0]
	for p, g := range push {
		for _, f := range q.parts[p] {
			if !l.seen[f] {
				l.seen[f] = true
				l.touched = append(l.touched, f)
			}
			l.grad[f] += g - l2*l.w[f]/l.count[f]
		}
	}
	for _, f := range l.touched {
		g := l.grad[f]
		l.grad[f], l.seen[f] = 0, false
		if g == 0 {
			continue
		}
		l.sum[f] += g * g
		l.w[f] += rate * g / math.Sqrt(l.sum[f]+1e-6)
	}
}

func (l *learner) partWeights(q *indexed) []float64 {
	out := make([]float64, len(q.parts))
	for p, part := range q.parts {
		for _, f := range part {
			out[p] += l.w[f]
		}
	}
	return out
}

// push is by how much each part should weigh more: the probability of options
// that hold it among the right ones, less that among all.
func (q *indexed) push(parts []float64) []float64 {
	weights := make([]float64, len(q.options))
	for o := range q.options {
		weights[o] = q.options[o].Prior
		for _, p := range q.options[o].Parts {
			weights[o] += parts[p]
		}
	}
	chance := Chances(weights)
	right := 0.0
	for o := range q.options {
		if q.options[o].Right {
			right += chance[o]
		}
	}
	out := make([]float64, len(parts))
	for o := range q.options {
		d := -chance[o]
		if q.options[o].Right {
			d += chance[o] / max(right, 1e-12)
		}
		for _, p := range q.options[o].Parts {
			out[p] += d
		}
	}
	return out
}
