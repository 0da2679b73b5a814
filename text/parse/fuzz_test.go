package parse

import (
	"errors"
	"strings"
	"testing"

	"demarche/text/class"
	"demarche/text/linear"
	"demarche/text/tag"
)

// small is a model that has seen one tree.
func small(classes *class.Table) *Model {
	s := Sentence{
		Forms: []string{"Talks", "began", "there"},
		Tags:  []tag.Tag{{UPOS: "NOUN", XPOS: "NNS"}, {UPOS: "VERB", XPOS: "VBD"}, {UPOS: "ADV", XPOS: "RB"}},
		Arcs:  []Arc{{1, "nsubj"}, {-1, "root"}, {1, "advmod"}},
	}
	return Train([]Sentence{s, s}, Settings{
		Greedy: 2, Beamed: 2, Beam: 4, Keep: 3, Members: 3, Bits: 8, Scale: 1, Margin: 3, Seed: 1, Log: new(strings.Builder), Classes: classes,
	})
}

// What is learned from one tree is that tree.
func TestTrain(t *testing.T) {
	classes := class.NewCounter().Train(class.Settings{Classes: 1})
	arcs := make([]Arc, 3)
	tags := []tag.Tag{{UPOS: "NOUN", XPOS: "NNS"}, {UPOS: "VERB", XPOS: "VBD"}, {UPOS: "ADV", XPOS: "RB"}}
	small(classes).Parser().Parse([]string{"Talks", "began", "there"}, tags, arcs)
	if want := [3]Arc{{1, "nsubj"}, {-1, "root"}, {1, "advmod"}}; [3]Arc(arcs) != want {
		t.Errorf("arcs %v, want %v", arcs, want)
	}
}

// No payload, however made up, makes the reader of the model fail but by its
// error, and a model that is read gives trees.
func FuzzDecode(f *testing.F) {
	classes := class.NewCounter().Train(class.Settings{Classes: 1})
	var w linear.Writer
	small(classes).write(&w)
	f.Add(w.Payload, "Talks began there in May")
	f.Fuzz(func(t *testing.T, payload []byte, words string) {
		m, err := Decode(linear.Seal(magic, version, payload), classes)
		if err != nil {
			if !errors.Is(err, linear.ErrFormat) {
				t.Fatal(err)
			}
			return
		}
		forms := strings.Split(words, " ")
		if len(forms) > 200 {
			return
		}
		arcs := make([]Arc, len(forms))
		m.Parser().Parse(forms, make([]tag.Tag, len(forms)), arcs)
		mustBeTree(t, arcs)
	})
}

// mustBeTree fails unless each arc leads to the one root.
func mustBeTree(t *testing.T, arcs []Arc) {
	t.Helper()
	roots := 0
	for i, a := range arcs {
		if a.Head < 0 {
			roots++
		}
		n := i
		for steps := 0; n >= 0; n = arcs[n].Head {
			if steps++; steps > len(arcs) {
				t.Fatalf("token %d hangs in a circle: %v", i, arcs)
			}
		}
	}
	if roots != 1 {
		t.Fatalf("%d roots: %v", roots, arcs)
	}
}
