package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"sync"

	"demarche/record"
	"demarche/store"
)

// filed is a document with its place in the log.
type filed struct {
	record.Document
	seq int64
}

func scanDocument(rows interface{ Scan(...any) error }, more ...any) (d filed, err error) {
	var recorded int64
	err = rows.Scan(append([]any{&d.seq, &d.ID, &d.Name, &d.URL, &d.Publisher, &d.Title, &d.Published.Earliest, &d.Published.Latest, &d.Language, &d.Author,
		&d.Modified.Earliest, &d.Modified.Latest, &d.Former, &d.Origin, &d.Story, &recorded}, more...)...)
	d.Recorded = recordTime(recorded)
	return d, err
}

func (r *reading) documents(where string, args ...any) ([]*filed, error) {
	rows, err := r.query("SELECT "+documentColumns+" FROM documents d "+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*filed
	for rows.Next() {
		d, err := scanDocument(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, &d)
	}
	return out, rows.Err()
}

func unfiled(list []*filed) []record.Document {
	if len(list) == 0 {
		return nil
	}
	out := make([]record.Document, len(list))
	for i := range list {
		out[i] = list[i].Document
	}
	return out
}

func bySeqFiled(a, b *filed) int { return cmp.Compare(a.seq, b.seq) }

// documentsOf are the documents that the claims cite, without their texts, in
// order of recording. It fills in the claims' citations of the document that they
// stand in, which are stored without its name.
func (r *reading) documentsOf(list []*placed) ([]record.Document, error) {
	seqs := make([]int64, len(list))
	for i := range list {
		seqs[i] = list[i].document
	}
	slices.Sort(seqs)
	docs, err := r.documentsAt(slices.Compact(seqs))
	if err != nil {
		return nil, err
	}
	others := fillIn(list, docs)
	r.store.decoded.put(list)
	for some := range slices.Chunk(others, atOnce) {
		cond, args := in(anys(some))
		more, err := r.documents("WHERE d.id"+cond+" ORDER BY d.seq", args...)
		if err != nil {
			return nil, err
		}
		docs = append(docs, more...)
	}
	if len(others) > 0 {
		slices.SortFunc(docs, bySeqFiled)
		docs = slices.CompactFunc(docs, func(a, b *filed) bool { return a.seq == b.seq })
	}
	return unfiled(docs), nil
}

// documentsAt are the documents at places in the log, in order, those that were
// read lately from memory: a document is never changed.
func (r *reading) documentsAt(seqs []int64) ([]*filed, error) {
	docs, missing := r.store.filed.get(seqs)
	for some := range slices.Chunk(missing, atOnce) {
		cond, args := in(anyIDs(some))
		more, err := r.documents("WHERE d.seq"+cond+" ORDER BY d.seq", args...)
		if err != nil {
			return nil, err
		}
		r.store.filed.put(more)
		docs = append(docs, more...)
	}
	if len(missing) > 0 {
		slices.SortFunc(docs, bySeqFiled)
	}
	return docs, nil
}

// filedDocuments are documents read lately, without text, by their places in the
// log.
type filedDocuments struct {
	mu   sync.Mutex
	docs map[int64]*filed
}

func (f *filedDocuments) get(seqs []int64) (docs []*filed, missing []int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	docs = make([]*filed, 0, len(seqs))
	for _, seq := range seqs {
		if d := f.docs[seq]; d != nil {
			docs = append(docs, d)
		} else {
			missing = append(missing, seq)
		}
	}
	return docs, missing
}

func (f *filedDocuments) put(docs []*filed) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.docs) == 0 || len(f.docs)+len(docs) > mostFiled {
		f.docs = map[int64]*filed{}
	}
	for _, d := range docs[:min(len(docs), mostFiled)] {
		f.docs[d.seq] = d
	}
}

// fillIn fills in the citations of the claims' own documents and gives the others
// that are cited.
func fillIn(list []*placed, docs []*filed) (others []record.DocumentID) {
	own := make(map[int64]record.DocumentID, len(docs))
	for i := range docs {
		own[docs[i].seq] = docs[i].ID
	}
	for i := range list {
		id := own[list[i].document]
		for k := range list[i].Citations {
			cite := &list[i].Citations[k]
			if list[i].fresh && cite.Document == "" {
				cite.Document = id
			}
			if cite.Document != id && !slices.Contains(others, cite.Document) {
				others = append(others, cite.Document)
			}
		}
	}
	return others
}

// Document implements store.Store.
func (s *Store) Document(ctx context.Context, id record.DocumentID) (out record.Document, err error) {
	err = s.look(ctx, func(r *reading) error {
		seq, err := r.whole("documents", string(id), 64)
		if err != nil {
			return err
		}
		rows, err := r.query("SELECT "+documentColumns+", t.body FROM documents d JOIN texts t ON t.document = d.seq WHERE d.seq = ?", seq)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var body sql.RawBytes
			d, err := scanDocument(rows, &body)
			if err != nil {
				return err
			}
			out = d.Document
			out.Text = string(body)
		}
		return rows.Err()
	})
	return out, s.fail(err)
}

// Editions implements store.Store.
func (s *Store) Editions(ctx context.Context, id record.DocumentID, c record.Clocks) (out []record.Document, err error) {
	var conds string
	var clockArgs []any
	and := func(cond string, a ...any) { conds, clockArgs = conds+" AND "+cond, append(clockArgs, a...) }
	published(c, and)
	if !c.KnownBy.IsZero() {
		and("d.recorded <= ?", micros(c.KnownBy))
	}
	err = s.look(ctx, func(r *reading) error {
		docs, err := store.Line(id, func(ids []record.DocumentID) (docs []*filed, err error) {
			for some := range slices.Chunk(ids, atOnce) {
				one, args := in(anys(some))
				more, err := r.documents("WHERE (d.id"+one+" OR d.former <> '' AND d.former"+one+")"+conds, slices.Concat(args, args, clockArgs)...)
				if err != nil {
					return nil, err
				}
				docs = append(docs, more...)
			}
			return docs, nil
		}, func(d *filed) *record.Document { return &d.Document })
		slices.SortFunc(docs, bySeqFiled)
		out = unfiled(docs)
		return err
	})
	return out, s.fail(err)
}
