package demarche

import (
	"context"

	"demarche/record"
)

// Texts cuts citations out of documents for one answer, and gets a document once
// for all that are cited from it. It is used by one goroutine.
type Texts struct {
	desk  *Desk
	docs  map[record.DocumentID]*record.Document
	bytes int
}

// mostTextBytes is how much of the documents' texts an answer keeps at hand.
const mostTextBytes = 64 << 20

// Texts makes a Texts that has got nothing yet.
func (d *Desk) Texts() *Texts {
	return &Texts{desk: d, docs: map[record.DocumentID]*record.Document{}}
}

// Document is the document with its text.
func (t *Texts) Document(ctx context.Context, id record.DocumentID) (*record.Document, error) {
	if doc := t.docs[id]; doc != nil {
		return doc, nil
	}
	doc, err := t.desk.Document(ctx, id)
	if err != nil {
		return nil, err
	}
	if t.bytes += len(doc.Text); t.bytes > mostTextBytes {
		clear(t.docs)
		t.bytes = len(doc.Text)
	}
	t.docs[id] = &doc
	return &doc, nil
}

// Passage is a citation in its context.
func (t *Texts) Passage(ctx context.Context, c record.Citation) (Passage, error) {
	doc, err := t.Document(ctx, c.Document)
	if err != nil {
		return Passage{}, err
	}
	return passage(doc.Text, c), nil
}

// Quote are the words of a claim's first citation.
func (t *Texts) Quote(ctx context.Context, s *record.Stated) (string, error) {
	p, err := t.Passage(ctx, s.Citations[0])
	return p.Cited, err
}

// Evidence are the claims that the answer of a timeline rests on or, where
// nothing is known for that time, all that it has.
func Evidence(t *record.Timeline) []*record.Stated {
	out := append(append([]*record.Stated{}, t.Now.Support...), t.Now.Against...)
	if len(out) > 0 {
		return out
	}
	for _, s := range t.Spans {
		out = append(append(out, s.Support...), s.Closed...)
	}
	return append(out, t.Denied...)
}

// ConflictsOf asks where claims about a, or about a and b where b is not "",
// contradict each other.
func (d *Desk) ConflictsOf(ctx context.Context, a, b string, c record.Clocks) (Answer[*record.Conflict], error) {
	if a == "" && b == "" {
		release, err := d.alone(ctx)
		if err != nil {
			return Answer[*record.Conflict]{}, err
		}
		defer release()
		return d.Conflicts(ctx, c)
	}
	q, err := d.ask(ctx, "conflicts", c, a, b)
	if err != nil {
		return Answer[*record.Conflict]{}, err
	}
	query := record.Query{Kinds: record.States(), Names: []string{q.id(0)}}
	if len(q.names) > 1 {
		query.With = []string{q.id(1)}
	}
	view, err := d.questions().View(ctx, q.clocks, query)
	if err != nil {
		return answered[*record.Conflict](q, nil, err)
	}
	return answered(q, view.Conflicts(), nil)
}

// Names understands names as a question does.
func (d *Desk) Names(ctx context.Context, c record.Clocks, names ...string) ([]Name, error) {
	q, err := d.ask(ctx, "names", c, names...)
	return q.names, err
}
