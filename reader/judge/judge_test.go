package judge

import (
	"bytes"
	"math"
	"strings"
	"testing"
)

// questions of which "good" parts speak for the right option and "bad" parts for
// none.
func questions() []Question {
	var out []Question
	for i := range 40 {
		out = append(out,
			Question{Parts: [][]string{{"word"}, {"good"}, {"other"}}, Options: []Option{{Parts: []int{0, 1}, Right: true}, {Parts: []int{0, 2}}}, Group: i},
			Question{Parts: [][]string{{"word"}, {"bad"}}, Options: []Option{{Parts: []int{0, 1}}}, Group: i})
	}
	return out
}

// weigh gives the chance of a question's only option.
func weigh(m *Model, features ...string) float64 {
	s := Sheet{Model: m}
	for _, f := range features {
		s.Add(f)
	}
	return Chances([]float64{s.Weight})[0]
}

func TestLearn(t *testing.T) {
	set := Settings{L2: 0.5, Least: 1, Epochs: 20}
	m := Learn(questions(), set)
	if g, b := weigh(m, "word", "good"), weigh(m, "word", "bad"); g < 0.8 || b > 0.2 {
		t.Errorf("good %.2f, bad %.2f", g, b)
	}
	var a, b bytes.Buffer
	m.Write(&a)
	Learn(questions(), set).Write(&b)
	if a.String() != b.String() {
		t.Error("two trainings differ")
	}
	back, err := Read("m", &a)
	if err != nil || weigh(back, "word", "good") < 0.8 {
		t.Errorf("read back: %v", err)
	}
}

func TestChances(t *testing.T) {
	got := Chances([]float64{0, 0})
	if math.Abs(got[0]-1.0/3) > 1e-9 || math.Abs(got[1]-1.0/3) > 1e-9 {
		t.Errorf("two options and none, all alike: %v", got)
	}
	if got := Chances([]float64{800, -800}); got[0] < 0.999 || got[1] > 0.001 {
		t.Errorf("far apart: %v", got)
	}
}

func TestPrior(t *testing.T) {
	if Prior(0.5) != 0 || Prior(0) >= Prior(0.1) || Prior(0.9) <= Prior(0.6) {
		t.Error("priors are out of order")
	}
}

func TestReadError(t *testing.T) {
	_, err := Read("w.tsv", strings.NewReader("bias\t0.1\nx\ty\n"))
	if err == nil || !strings.Contains(err.Error(), "w.tsv:2") {
		t.Error(err)
	}
}
