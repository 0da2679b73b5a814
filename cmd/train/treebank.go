package main

import (
	"fmt"
	"os"
	"path/filepath"

	"demarche/text/conllu"
	"demarche/text/parse"
	"demarche/text/tag"
)

// sentence is a tree to learn from or to score against.
type sentence struct {
	forms []string
	tags  []tag.Tag
	arcs  []parse.Arc
}

type bank []sentence

func (l *language) read(names ...string) (bank, error) {
	var b bank
	for _, name := range names {
		f, err := os.Open(filepath.Join(l.treebanks, name))
		if err != nil {
			return nil, err
		}
		sentences, err := conllu.ReadAll(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, s := range sentences {
			b = append(b, newSentence(s))
		}
	}
	return b, nil
}

func newSentence(s *conllu.Sentence) sentence {
	var n sentence
	for _, i := range s.Words() {
		w := s.Lines[i]
		n.forms = append(n.forms, w.Form)
		n.tags = append(n.tags, tag.Tag{UPOS: w.UPOS, XPOS: w.XPOS, Lemma: w.Lemma})
		n.arcs = append(n.arcs, parse.Arc{Head: w.Head - 1, Rel: w.Rel})
	}
	return n
}

func tokens(b bank) int {
	n := 0
	for _, s := range b {
		n += len(s.forms)
	}
	return n
}

// blank gives empty tags for each sentence.
func (b bank) blank() [][]tag.Tag {
	all := make([][]tag.Tag, len(b))
	for i, s := range b {
		all[i] = make([]tag.Tag, len(s.forms))
	}
	return all
}

func (b bank) tagged() []tag.Sentence {
	all := make([]tag.Sentence, len(b))
	for i, s := range b {
		all[i] = tag.Sentence{Forms: s.forms, Tags: s.tags}
	}
	return all
}

// parsed gives the trees with other tags than their own.
func (b bank) parsed(tags [][]tag.Tag) []parse.Sentence {
	all := make([]parse.Sentence, len(b))
	for i, s := range b {
		all[i] = parse.Sentence{Forms: s.forms, Tags: tags[i], Arcs: s.arcs}
	}
	return all
}
