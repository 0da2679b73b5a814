package demarche

import (
	"context"
	"errors"
	"iter"
	"sync"

	"demarche/intake/story"
	"demarche/record"
	"demarche/store"
)

// printings marks documents on their way to the record by the stories that they
// print. What it knows of the record it keeps from one reading to the next.
type printings struct {
	mu     sync.Mutex
	marker *story.Marker // nil before the first reading
}

// marked sets the stories of documents on their way. Where the record cannot say
// what it has already, the sequence ends with the error in failed. Documents of a
// dry run are not remembered.
func (d *Desk) marked(ctx context.Context, docs iter.Seq2[record.Document, error], dry bool, failed *error) iter.Seq2[record.Document, error] {
	p := d.printings
	if dry {
		p = &printings{}
	}
	return func(yield func(record.Document, error) bool) {
		first := true
		for doc, err := range docs {
			if err == nil {
				if *failed = p.mark(ctx, d.store, &doc, first); *failed != nil {
					return
				}
				first = false
			}
			if !yield(doc, err) {
				return
			}
		}
	}
}

// mark marks one document; the first of a reading looks for what others have
// recorded since.
func (p *printings) mark(ctx context.Context, s store.Store, doc *record.Document, first bool) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.marker == nil {
		p.marker = story.NewMarker(&recorded{store: s, at: store.Cursor{Claim: nothing.Claim, Decision: nothing.Decision}})
	}
	if first {
		if err := p.marker.Follow(ctx); err != nil {
			return err
		}
	}
	return p.marker.Mark(ctx, doc)
}

// recorded is a store as a marker asks it.
type recorded struct {
	store store.Store
	at    store.Cursor // up to where the documents are known
}

// Next gives the documents that were recorded since it was last asked, without
// text, some at a time; none when there are no more.
func (r *recorded) Next(ctx context.Context) ([]record.Document, error) {
	log, next, err := r.store.Changes(ctx, r.at, inOneGo)
	if err == nil {
		r.at = next
	}
	return log.Documents, err
}

// Document gives a document with its text, if it is there.
func (r *recorded) Document(ctx context.Context, id record.DocumentID) (record.Document, bool, error) {
	doc, err := r.store.Document(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return doc, false, nil
	}
	return doc, err == nil, err
}
