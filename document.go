package demarche

import (
	"context"
	"strings"

	"demarche/record"
	"demarche/store"
)

// Passage is a citation in its context.
type Passage struct {
	Citation record.Citation
	// Before and After are the rest of the sentences that it stands in, and the
	// sentence before and behind; Cited is the run itself.
	Before, Cited, After string
}

// passage cuts a citation out of a text with its context.
func passage(text string, c record.Citation) Passage {
	c.Start = min(max(c.Start, 0), len(text))
	c.End = min(max(c.End, c.Start), len(text))
	s := record.Sentence(text, c)
	s.Start, s.End = min(s.Start, c.Start), max(s.End, c.End)
	from, to := s.Start, s.End
	if head := strings.TrimSpace(text[:s.Start]); head != "" && !strings.Contains(text[len(head):s.Start], "\n\n") {
		from = record.Sentence(text, record.Citation{Start: len(head) - 1, End: len(head)}).Start
	}
	if rest := strings.TrimLeft(text[s.End:], " \n"); rest != "" {
		at := len(text) - len(rest)
		if !strings.Contains(text[s.End:at], "\n\n") {
			to = record.Sentence(text, record.Citation{Start: at, End: at + 1}).End
		}
	}
	return Passage{Citation: c, Before: text[min(from, c.Start):c.Start], Cited: text[c.Start:c.End], After: text[c.End:max(to, c.End)]}
}

// Document gives a document with its text; its name may be shortened to what is
// unambiguous.
func (d *Desk) Document(ctx context.Context, id record.DocumentID) (record.Document, error) {
	doc, err := d.store.Document(ctx, id)
	return doc, storeError("document", err)
}

// Search finds passages with all words of the query, the best first; phrases
// stand in double quotes. Names narrow to documents with claims on them.
func (d *Desk) Search(ctx context.Context, text string, names []string, limit int, c record.Clocks) (Answer[store.Hit], error) {
	q, err := d.ask(ctx, "search", c, names...)
	if err != nil {
		return Answer[store.Hit]{}, err
	}
	s := store.Search{Text: text, Clocks: q.clocks, Limit: limit}
	for _, n := range q.names {
		s.Names = append(s.Names, n.ID)
	}
	found, err := d.store.Search(ctx, s)
	return answered(q, found, err)
}
