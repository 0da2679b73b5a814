// Package annotate runs the passes of package text over a document and writes
// what they find as CoNLL-U.
package annotate

import (
	"fmt"
	"io"
	"strings"

	"demarche/text"
	"demarche/text/conllu"
	"demarche/text/parse"
	"demarche/text/tag"
	"demarche/text/token"
)

// Annotator tags and parses. It is for one goroutine.
type Annotator struct {
	tagger *tag.Tagger
	parser *parse.Parser
	forms  []string
	tags   []tag.Tag
	arcs   []parse.Arc
}

// New loads the models that the binary embeds.
func New() (*Annotator, error) {
	tags, err := tag.Load()
	if err != nil {
		return nil, err
	}
	trees, err := parse.Load()
	if err != nil {
		return nil, err
	}
	return &Annotator{tagger: tags.Tagger(), parser: trees.Parser()}, nil
}

// Text splits, tags and parses a text and writes it as CoNLL-U. The bytes of each
// token in the text stand in MISC as start_char and end_char (not included).
func (a *Annotator) Text(w io.Writer, src string) error {
	doc := token.Split(src)
	for i := range doc.Sents {
		if err := conllu.Write(w, a.sentence(doc, i)); err != nil {
			return err
		}
	}
	return nil
}

// CoNLLU reads sentences, keeps their tokens, comments and MISC, and writes them
// with tags, lemmas, heads and relations of its own; FEATS and DEPS are left
// empty. The error says which line is not CoNLL-U.
func (a *Annotator) CoNLLU(w io.Writer, r io.Reader) error {
	for in := conllu.NewReader(r); ; {
		s, err := in.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		a.fill(s)
		if err := conllu.Write(w, s); err != nil {
			return err
		}
	}
}

// sentence gives sentence i of a document, filled in.
func (a *Annotator) sentence(doc *text.Doc, i int) *conllu.Sentence {
	one := strings.Join(strings.Fields(strings.ToValidUTF8(doc.SentenceText(i), "\uFFFD")), " ")
	s := &conllu.Sentence{Comments: []string{fmt.Sprintf("# sent_id = %d", i+1), "# text = " + one}}
	span := doc.Sents[i]
	for t := span.Start; t < span.End; t++ {
		at := doc.Tokens[t]
		misc := fmt.Sprintf("start_char=%d|end_char=%d", at.Start, at.End)
		if t+1 < span.End && doc.Tokens[t+1].Start == at.End {
			misc = "SpaceAfter=No|" + misc
		}
		form := strings.ToValidUTF8(doc.Form(t), "\uFFFD")
		s.Lines = append(s.Lines, conllu.Line{ID: fmt.Sprint(t - span.Start + 1), Form: form, Misc: misc})
	}
	a.fill(s)
	return s
}

// fill tags and parses the words of a sentence.
func (a *Annotator) fill(s *conllu.Sentence) {
	words := s.Words()
	a.forms, a.tags = a.forms[:0], a.tags[:0]
	for _, i := range words {
		a.forms, a.tags = append(a.forms, s.Lines[i].Form), append(a.tags, tag.Tag{})
	}
	a.arcs = append(a.arcs[:0], make([]parse.Arc, len(words))...)
	a.tagger.Tag(a.forms, a.tags)
	a.parser.Parse(a.forms, a.tags, a.arcs)
	for n, i := range words {
		l := &s.Lines[i]
		l.Lemma, l.UPOS, l.XPOS = a.tags[n].Lemma, a.tags[n].UPOS, a.tags[n].XPOS
		l.Head, l.Rel = a.arcs[n].Head+1, a.arcs[n].Rel
		l.Feats, l.Deps = "_", "_"
	}
}
