package judge

import (
	"bytes"
	"strings"
	"testing"
)

func TestTrainLearns(t *testing.T) {
	var ex []Example
	for i := 0; i < 40; i++ {
		ex = append(ex, Example{Prior: 0.5, Features: []string{"good"}, Right: i%10 != 0, Group: i}, Example{Prior: 0.5, Features: []string{"bad"}, Right: i%10 == 0, Group: i})
	}
	m := Train(ex, 0.5, 1)
	if g, b := m.Score(0.5, []string{"good"}), m.Score(0.5, []string{"bad"}); g < 0.8 || b > 0.2 {
		t.Errorf("good %.2f, bad %.2f", g, b)
	}
	var a, b bytes.Buffer
	m.Write(&a)
	Train(ex, 0.5, 1).Write(&b)
	if a.String() != b.String() {
		t.Error("two trainings differ")
	}
	back, err := Read("m", &a)
	if err != nil || back.Score(0.5, []string{"good"}) < 0.8 {
		t.Errorf("read back: %v", err)
	}
	for i, p := range CrossValidate(ex, 5, 0.5, 1) {
		if (p > 0.5) != (ex[i].Features[0] == "good") {
			t.Errorf("example %d: %.2f", i, p)
		}
	}
}

func TestReadError(t *testing.T) {
	_, err := Read("w.tsv", strings.NewReader("bias\t0.1\nx\ty\n"))
	if err == nil || !strings.Contains(err.Error(), "w.tsv:2") {
		t.Error(err)
	}
}
