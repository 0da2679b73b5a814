package postgres

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"demarche/record"
	"demarche/store"
	"demarche/wire"
)

// filed is a document with its place in the log.
type filed struct {
	record.Document
	seq int64
}

const documentColumns = "d.seq, d.recorded, d.id, d.head"

func scanDocument(rows pgx.Rows, more ...any) (d filed, err error) {
	var recorded time.Time
	var id string
	var head []byte
	if err := rows.Scan(append([]any{&d.seq, &recorded, &id, &head}, more...)...); err != nil {
		return d, err
	}
	var in wire.Document
	if err := json.Unmarshal(head, &in); err != nil {
		return d, fmt.Errorf("document %s: %w", id, err)
	}
	if d.Document, _, err = in.Record(); err != nil {
		return d, err
	}
	d.ID, d.Recorded = record.DocumentID(id), record.At(recorded)
	return d, nil
}

func (r *reading) documents(where string, args ...any) ([]filed, error) {
	rows, err := r.tx.Query(r.ctx, "SELECT "+documentColumns+" FROM documents d"+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []filed
	for rows.Next() {
		d, err := scanDocument(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, rows.Err()
}

// documentsOf are the documents that the claims cite, without their texts, in
// order of recording. It fills in the claims' citations of the document that they
// stand in, which are stored without its name.
func (r *reading) documentsOf(list []placed) ([]filed, error) {
	if len(list) == 0 {
		return nil, nil
	}
	var seqs []int64
	var times []time.Time
	seen := map[int64]bool{}
	for i := range list {
		if !seen[list[i].document] {
			seen[list[i].document] = true
			seqs, times = append(seqs, list[i].document), append(times, list[i].filed)
		}
	}
	docs, err := r.documents(" WHERE (d.seq, d.recorded) IN (SELECT * FROM unnest($1::bigint[], $2::timestamptz[])) ORDER BY d.seq", seqs, times)
	if err != nil {
		return nil, err
	}
	others := fillIn(list, docs)
	if len(others) == 0 {
		return docs, nil
	}
	more, err := r.documents(" WHERE d.id = ANY($1)", words(others))
	docs = append(docs, more...)
	slices.SortFunc(docs, func(a, b filed) int { return cmp.Compare(a.seq, b.seq) })
	return slices.CompactFunc(docs, func(a, b filed) bool { return a.seq == b.seq }), err
}

// fillIn fills in the citations of the claims' own documents and gives the others
// that are cited.
func fillIn(list []placed, docs []filed) (others []record.DocumentID) {
	own := make(map[int64]record.DocumentID, len(docs))
	for i := range docs {
		own[docs[i].seq] = docs[i].ID
	}
	for i := range list {
		id := own[list[i].document]
		for k := range list[i].Citations {
			cite := &list[i].Citations[k]
			if cite.Document == "" {
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
		full, err := r.whole("documents", string(id), 64)
		if err != nil {
			return err
		}
		docs, err := r.documents(" WHERE d.id = $1", full)
		if err != nil || len(docs) == 0 {
			return err
		}
		var body []byte
		err = r.tx.QueryRow(r.ctx, "SELECT body FROM texts WHERE document = $1 AND recorded = $2", docs[0].seq, stamp(docs[0].Recorded)).Scan(&body)
		out = docs[0].Document
		out.Text = string(body)
		return err
	})
	return out, s.fail(err)
}

// Claim implements store.Store.
func (s *Store) Claim(ctx context.Context, id record.ClaimID) (out record.Claim, err error) {
	err = s.look(ctx, func(r *reading) error {
		full, err := r.whole("claims", string(id), 16)
		if err != nil {
			return err
		}
		var c condition
		c.add("c.id = " + c.arg(full))
		found, err := r.claimsWhere(&c)
		if err == nil && len(found) > 0 {
			out = found[0]
		}
		return err
	})
	return out, s.fail(err)
}

// whole completes a shortened name of a document or claim; length is that of a
// whole one.
func (r *reading) whole(table, id string, length int) (string, error) {
	what := strings.TrimSuffix(table, "s")
	if id == "" || strings.ContainsRune(id, 0) {
		return "", fmt.Errorf("%w: no %s has the name %q", store.ErrNotFound, what, id)
	}
	rows, err := r.tx.Query(r.ctx, "SELECT DISTINCT id FROM "+table+" WHERE id >= $1 AND id < $2 ORDER BY id LIMIT 2", id, id+"\U0010FFFF")
	if err != nil {
		return "", err
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	switch {
	case err != nil:
		return "", err
	case len(found) == 0:
		return "", fmt.Errorf("%w: no %s has the name %q", store.ErrNotFound, what, id)
	case len(found) > 1 && found[0] != id:
		return "", fmt.Errorf("%w: %q begins the names of several %s; write more of its %d digits", store.ErrAmbiguous, id, table, length)
	}
	return found[0], nil
}

// Editions implements store.Store.
func (s *Store) Editions(ctx context.Context, id record.DocumentID, clocks record.Clocks) (out []record.Document, err error) {
	err = s.look(ctx, func(r *reading) error {
		docs, err := store.Line(id, func(ids []record.DocumentID) ([]filed, error) {
			var c condition
			these := "ANY(" + c.arg(words(ids)) + ")"
			c.add("(d.id = " + these + " OR d.former <> '' AND d.former = " + these + ")")
			c.published("d.latest", clocks)
			c.known("d.recorded", clocks)
			return r.documents(c.where(), c.args...)
		}, func(d filed) *record.Document { return &d.Document })
		slices.SortFunc(docs, func(a, b filed) int { return cmp.Compare(a.seq, b.seq) })
		out = nil
		for i := range docs {
			out = append(out, docs[i].Document)
		}
		return err
	})
	return out, s.fail(err)
}
