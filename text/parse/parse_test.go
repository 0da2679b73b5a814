package parse_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"demarche/text/parse"
	"demarche/text/tag"
	"demarche/text/token"
)

// sentences are those of the examples of the repository.
func sentences(t testing.TB) [][]string {
	t.Helper()
	files, err := filepath.Glob("../../examples/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	var out [][]string
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		d := token.Split(string(b))
		for _, s := range d.Sents {
			var forms []string
			for i := s.Start; i < s.End; i++ {
				forms = append(forms, d.Form(i))
			}
			out = append(out, forms)
		}
	}
	return out
}

func models(t testing.TB) (*tag.Model, *parse.Model) {
	t.Helper()
	tags, err := tag.Load()
	if err != nil {
		t.Fatal(err)
	}
	trees, err := parse.Load()
	if err != nil {
		t.Fatal(err)
	}
	return tags, trees
}

// Every parse is a tree: one root, and every token hangs below it; and the same
// sentence gives the same tree.
func TestTrees(t *testing.T) {
	tags, trees := models(t)
	tagger, parser, again := tags.Tagger(), trees.Parser(), trees.Parser()
	for _, forms := range sentences(t) {
		ts, arcs, second := make([]tag.Tag, len(forms)), make([]parse.Arc, len(forms)), make([]parse.Arc, len(forms))
		tagger.Tag(forms, ts)
		parser.Parse(forms, ts, arcs)
		again.Parse(forms, ts, second)
		if !slices.Equal(arcs, second) {
			t.Errorf("%v: two parses differ", forms)
		}
		roots := 0
		for i := range arcs {
			if arcs[i].Head < 0 {
				roots++
			}
			n := i
			for steps := 0; n >= 0; n = arcs[n].Head {
				if steps++; steps > len(arcs) {
					t.Fatalf("%v: token %d hangs in a circle", forms, i)
				}
			}
		}
		if roots != 1 {
			t.Errorf("%v: %d roots", forms, roots)
		}
	}
}

// What hangs on what in plain sentences.
func TestPlain(t *testing.T) {
	tags, trees := models(t)
	for _, c := range []struct {
		forms []string
		token int
		want  parse.Arc
	}{
		{[]string{"The", "minister", "thanked", "the", "ambassador", "."}, 1, parse.Arc{Head: 2, Rel: "nsubj"}},
		{[]string{"The", "minister", "thanked", "the", "ambassador", "."}, 4, parse.Arc{Head: 2, Rel: "obj"}},
		{[]string{"The", "treaty", "was", "signed", "by", "both", "kings", "."}, 1, parse.Arc{Head: 3, Rel: "nsubj:pass"}},
		{[]string{"He", "wants", "to", "join", "the", "club", "."}, 3, parse.Arc{Head: 1, Rel: "xcomp"}},
	} {
		ts, arcs := make([]tag.Tag, len(c.forms)), make([]parse.Arc, len(c.forms))
		tags.Tagger().Tag(c.forms, ts)
		trees.Parser().Parse(c.forms, ts, arcs)
		if arcs[c.token] != c.want {
			t.Errorf("%v: %s is %v, want %v", c.forms, c.forms[c.token], arcs[c.token], c.want)
		}
	}
}

// BenchmarkTagAndParse tags and parses the examples on one core.
func BenchmarkTagAndParse(b *testing.B) {
	tags, trees := models(b)
	tagger, parser := tags.Tagger(), trees.Parser()
	sents, tokens, longest := sentences(b), 0, 0
	for _, s := range sents {
		tokens, longest = tokens+len(s), max(longest, len(s))
	}
	ts, arcs := make([]tag.Tag, longest), make([]parse.Arc, longest)
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range sents {
			clear(ts[:len(s)])
			tagger.Tag(s, ts[:len(s)])
			parser.Parse(s, ts[:len(s)], arcs[:len(s)])
		}
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
