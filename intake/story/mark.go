package story

import (
	"context"
	"iter"

	"demarche/record"
)

// Record is what is recorded already; a store is one.
type Record interface {
	// Documents lists documents without text, in order of recording.
	Documents(ctx context.Context, c record.Clocks, limit int) ([]record.Document, error)
	// Document gives a document with its text.
	Document(ctx context.Context, id record.DocumentID) (record.Document, error)
}

// Mark sets the Story of documents on their way to a record: of those that print
// what is recorded or what came before them, and of later editions. An error of
// the record comes in the place of a document, and ends the sequence.
func Mark(ctx context.Context, rec Record, docs iter.Seq2[record.Document, error]) iter.Seq2[record.Document, error] {
	return func(yield func(record.Document, error) bool) {
		m := &marker{rec: rec, index: NewIndex()}
		for d, err := range docs {
			if err == nil {
				if failed := m.mark(ctx, &d); failed != nil {
					yield(record.Document{}, failed)
					return
				}
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

// marker knows what is recorded. The texts of a day are asked for when a
// document of about that day comes.
type marker struct {
	rec   Record
	index *Index
	byDay map[record.Day][]record.DocumentID // those not in the index yet; nil before the first document
	byURL map[string]record.Document         // the newest edition
}

func (m *marker) mark(ctx context.Context, d *record.Document) error {
	if d.ID == "" {
		d.ID = d.Hash()
	}
	if m.byDay == nil {
		if err := m.list(ctx); err != nil {
			return err
		}
	}
	if err := m.load(ctx, d.Published); err != nil {
		return err
	}
	if former, ok := m.byURL[d.URL]; ok && d.Story == "" && d.URL != "" {
		if d.Story = former.Story; former.ID != d.ID && d.Story == "" {
			d.Story = former.ID
		}
		m.index.Add(d)
		return nil
	}
	d.Story = m.index.Place(d)
	return nil
}

func (m *marker) list(ctx context.Context) error {
	all, err := m.rec.Documents(ctx, record.Clocks{}, 0)
	m.byDay, m.byURL = map[record.Day][]record.DocumentID{}, map[string]record.Document{}
	for _, d := range all {
		if d.Published.Precise() {
			m.byDay[d.Published.Earliest] = append(m.byDay[d.Published.Earliest], d.ID)
		}
		if d.URL != "" {
			m.byURL[d.URL] = d
		}
	}
	return err
}

// load puts the documents of the days around a date into the index.
func (m *marker) load(ctx context.Context, w record.When) error {
	if !w.Precise() {
		return nil
	}
	for day := w.Earliest - maxApart; day <= w.Earliest+maxApart; day++ {
		for _, id := range m.byDay[day] {
			d, err := m.rec.Document(ctx, id)
			if err != nil {
				return err
			}
			m.index.Add(&d)
		}
		delete(m.byDay, day)
	}
	return nil
}
