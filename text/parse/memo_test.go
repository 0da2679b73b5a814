package parse

import (
	"slices"
	"strings"
	"testing"

	"demarche/text/tag"
)

// What is kept of a state's scores is what its features give anew.
func TestKeptScores(t *testing.T) {
	tags, err := tag.Load()
	if err != nil {
		t.Fatal(err)
	}
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	p := m.Parser()
	forms := strings.Fields("The foreign minister , who had come from Vienna , said on Monday that both states would open embassies and that talks with the others had begun .")
	ts := make([]tag.Tag, len(forms))
	tags.Tagger().Tag(forms, ts)
	p.start(forms, ts)
	anew := make([]int32, len(p.actions))
	for step := range 2*len(forms) - 1 {
		for _, s := range p.beam {
			p.score(s)
			m.scorer.Score(p.features(s, nil), anew)
			if !slices.Equal(anew, p.scores) {
				t.Fatalf("step %d, state %d: kept %v, anew %v", step, s, p.scores, anew)
			}
		}
		p.step()
	}
}
