package demarche

import (
	"context"
	"slices"

	"demarche/record"
	"demarche/store"
)

// Told is a document with what it tells.
type Told struct {
	Document record.Document
	Claims   []*record.Stated // in the order of their first citation
}

// Tells gives a document with its text and the claims that are cited from it,
// as they stand after the decisions on them. Its name may be shortened.
func (d *Desk) Tells(ctx context.Context, id record.DocumentID, c record.Clocks) (Told, error) {
	doc, err := d.Document(ctx, id)
	if err != nil {
		return Told{}, err
	}
	view, err := d.questions().View(ctx, d.clocks(c), record.Query{Documents: []record.DocumentID{doc.ID}})
	if err != nil {
		return Told{}, storeError("document", err)
	}
	out := Told{Document: doc, Claims: view.Claims()}
	slices.SortStableFunc(out.Claims, func(a, b *record.Stated) int { return int(a.Citations[0].Start - b.Citations[0].Start) })
	return out, nil
}

// ByName gives claims by their names, as they stand, in the order asked for;
// those that are not on record, or rejected, are left out.
func (d *Desk) ByName(ctx context.Context, ids []record.ClaimID, c record.Clocks) ([]*record.Stated, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	view, err := d.questions().View(ctx, d.clocks(c), record.Query{Claims: ids})
	if err != nil {
		return nil, storeError("claims", err)
	}
	by := map[record.ClaimID]*record.Stated{}
	for _, s := range view.Claims() {
		by[s.ID] = s
	}
	var out []*record.Stated
	for _, id := range ids {
		if s := by[id]; s != nil {
			out = append(out, s)
		}
	}
	return out, nil
}

// States asks for the timelines of one kind of state between a and b, of a where
// b is "".
func (d *Desk) States(ctx context.Context, kind record.Kind, a, b string, c record.Clocks) (Answer[*record.Timeline], error) {
	q, err := d.ask(ctx, "states", c, a, b)
	if err != nil {
		return Answer[*record.Timeline]{}, err
	}
	found, err := d.questions().States(ctx, kind, q.id(0), q.id(1), q.clocks)
	return answered(q, found, err)
}

// Changes gives what was recorded after the cursor, oldest first, and the cursor
// to go on from; limit bounds each of the three logs.
func (d *Desk) Changes(ctx context.Context, since store.Cursor, limit int) (record.Log, store.Cursor, error) {
	log, next, err := d.store.Changes(ctx, since, limit)
	return log, next, storeError("changes", err)
}

// Stats counts what is on record.
func (d *Desk) Stats(ctx context.Context) (store.Stats, error) {
	st, err := d.store.Stats(ctx)
	return st, storeError("stats", err)
}
