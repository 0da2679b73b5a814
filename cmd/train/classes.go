package main

import (
	"demarche/text/class"
	"demarche/text/token"
	"demarche/wire"
)

// reserved is a publisher whose texts in the corpus are for research only:
// nothing is learned from them.
const reserved = "Reuters"

// sort puts the words of the corpus and the treebanks into classes.
func (l *language) sort(b bank) (*class.Table, error) {
	c := class.NewCounter()
	for _, s := range b {
		c.Sentence(s.forms)
	}
	err := eachDocument(l.corpus, func(d *wire.Document) error {
		if d.Publisher != reserved {
			countText(c, d.Text)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	t := c.Train(l.classes)
	return t, l.write("text/class/class.model", t.Encode())
}

func countText(c *class.Counter, src string) {
	doc := token.Split(src)
	var forms []string
	for _, s := range doc.Sents {
		forms = forms[:0]
		for i := s.Start; i < s.End; i++ {
			forms = append(forms, doc.Form(i))
		}
		c.Sentence(forms)
	}
}
