// Package tag gives each token of a sentence its part of speech, universal and
// of the Penn treebank, and its lemma. Tags come from averaged perceptrons in
// three passes: Penn tags from left to right; Penn tags again, with those of the
// first pass on both sides; universal tags. Lemmas come from suffix rules with
// exceptions. Both are trained by cmd/train.
package tag

import "demarche/text/class"

// Tag is what a token is. Its strings are shared between tokens.
type Tag struct {
	UPOS  string // universal part of speech, such as "PROPN"
	XPOS  string // part of speech of the Penn treebank as UD_English-EWT has it, such as "NNP"
	Lemma string // dictionary form; that of a name keeps its case
}

// Model holds the trained weights. It is safe for use by many goroutines.
type Model struct {
	classes    *class.Table
	upos, xpos []string
	first      pass // XPOS, from left to right
	second     pass // XPOS, with the first on both sides
	third      pass // UPOS, from XPOS
	lemmas     *lemmas
}

// Tagger is a worker with a memory of its own, for one goroutine.
type Tagger struct {
	model  *Model
	words  []word
	first  []uint8 // tags of the first pass, plus one
	second []uint8
	upos   []uint8
	slots  []uint32
	scores []int32
	lemmas lemmatizer
}

// Tagger gives a worker.
func (m *Model) Tagger() *Tagger {
	return &Tagger{
		model: m, scores: make([]int32, max(len(m.xpos), len(m.upos))),
		slots: make([]uint32, 0, 64), lemmas: lemmatizer{table: m.lemmas},
	}
}

// Tag fills in the tags of a sentence. An entry whose XPOS is set is kept, and
// serves as context: so a caller fixes what a name or date joined into one form
// is. What such an entry leaves empty of UPOS and Lemma is filled in.
func (t *Tagger) Tag(forms []string, tags []Tag) {
	t.prepare(forms)
	t.penn(tags)
	t.universal(tags)
	for i := range tags {
		if tags[i].Lemma == "" {
			tags[i].Lemma = t.lemmas.lemma(forms[i], &t.words[i], t.second[i])
		}
	}
}

// prepare makes room and reads the words.
func (t *Tagger) prepare(forms []string) {
	n := len(forms)
	t.words = resize(t.words, n)
	t.first, t.second, t.upos = resize(t.first, n), resize(t.second, n), resize(t.upos, n)
	for i, form := range forms {
		t.words[i].read(form)
		t.words[i].class = uint64(t.model.classes.Of(t.words[i].lower))
	}
}

// penn runs the two passes of XPOS.
func (t *Tagger) penn(tags []Tag) {
	for i := range tags {
		t.first[i] = t.preset(tags[i].XPOS, t.model.xpos)
		t.second[i] = t.first[i]
	}
	c := context{words: t.words, left: t.first}
	for i := range tags {
		if tags[i].XPOS == "" {
			t.first[i] = t.decide(&t.model.first, c.first(t.slots[:0], i, t.model.first.bits()))
		}
	}
	c = context{words: t.words, left: t.second, right: t.first}
	for i := range tags {
		if tags[i].XPOS == "" {
			t.second[i] = t.decide(&t.model.second, c.second(t.slots[:0], i, t.model.second.bits()))
			tags[i].XPOS = t.model.xpos[t.second[i]-1]
		}
	}
}

// universal runs the pass of UPOS.
func (t *Tagger) universal(tags []Tag) {
	c := context{words: t.words, left: t.upos, right: t.second}
	for i := range tags {
		if tags[i].UPOS != "" {
			t.upos[i] = t.preset(tags[i].UPOS, t.model.upos)
			continue
		}
		t.upos[i] = t.decide(&t.model.third, c.third(t.slots[:0], i, t.model.third.bits()))
		tags[i].UPOS = t.model.upos[t.upos[i]-1]
	}
}

// preset is the number of a tag that the caller gave, plus one; 0 for one that
// the model does not know.
func (t *Tagger) preset(name string, names []string) uint8 {
	for i, n := range names {
		if n == name {
			return uint8(i + 1)
		}
	}
	return 0
}

func (t *Tagger) decide(p *pass, slots []uint32) uint8 {
	p.scorer.Score(slots, t.scores)
	return uint8(best(t.scores[:p.classes])) + 1
}

func best(scores []int32) int {
	b := 0
	for c, s := range scores {
		if s > scores[b] {
			b = c
		}
	}
	return b
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}
