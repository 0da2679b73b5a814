package sqlite

import (
	"context"
	"database/sql"
	"strings"
	"unicode"

	"demarche/record"
	"demarche/store"
)

// Search implements store.Store. The full-text index narrows by date and name
// before it ranks.
func (s *Store) Search(ctx context.Context, q store.Search) ([]store.Hit, error) {
	match := matchQuery(q.Text)
	if match == "" {
		return nil, nil
	}
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, s.fail(err)
	}
	defer tx.Rollback()
	r := &reading{ctx, tx, s.decoded}
	query := "SELECT " + documentColumns + ", p.start, p.end, substr(t.body, p.start + 1, p.end - p.start) FROM search s JOIN passages p ON p.id = s.rowid " +
		"JOIN documents d ON d.seq = p.document JOIN texts t ON t.document = d.seq WHERE search MATCH ?"
	args := []any{match}
	and := func(cond string, a ...any) { query, args = query+" AND "+cond, append(args, a...) }
	published(q.Clocks, and)
	if !q.Clocks.KnownBy.IsZero() {
		and("d.recorded <= ?", micros(q.Clocks.KnownBy))
	}
	if len(q.Names) > 0 {
		ids, err := r.nameIDs(q.Names)
		if err != nil || len(ids) == 0 {
			return nil, s.fail(err)
		}
		and("p.document IN (SELECT c.document FROM roles r JOIN claims c ON c.seq = r.claim WHERE r.name IN ("+marks(len(ids))+"))", anyIDs(ids)...)
	}
	n := q.Limit
	if n <= 0 {
		n = 50
	}
	rows, err := tx.QueryContext(ctx, query+" ORDER BY s.rank, p.id LIMIT ?", append(args, n)...)
	if err != nil {
		return nil, s.fail(err)
	}
	defer rows.Close()
	var out []store.Hit
	for rows.Next() {
		var h store.Hit
		var passage []byte
		if h.Document, err = scanDocument(rows, &h.Start, &h.End, &passage); err != nil {
			return nil, s.fail(err)
		}
		h.Passage = string(passage)
		out = append(out, h)
	}
	if err := rows.Err(); err != nil {
		return nil, s.fail(err)
	}
	return out, s.fail(r.cited(out, q.Clocks))
}

// cited fills in the claims that are cited from each passage.
func (r *reading) cited(hits []store.Hit, c record.Clocks) error {
	for i := range hits {
		h := &hits[i]
		q := record.Query{Documents: []record.DocumentID{h.Document.ID}, Clocks: c}
		where, args, _, err := r.condition(&q)
		if err != nil {
			return err
		}
		claims, err := r.claims(where, args)
		if err != nil {
			return err
		}
		for k := range claims {
			for _, cite := range claims[k].Citations {
				if cite.Document == h.Document.ID && cite.Start < h.End && cite.End > h.Start {
					h.Claims = append(h.Claims, claims[k].ID)
					break
				}
			}
		}
	}
	return nil
}

// matchQuery writes words and quoted phrases as the full-text index wants them:
// each in double quotes, so that nothing in them is an operator.
func matchQuery(text string) string {
	var out []string
	for i, part := range strings.Split(text, `"`) {
		if i%2 == 1 {
			if hasWord(part) {
				out = append(out, `"`+part+`"`)
			}
			continue
		}
		for _, w := range strings.Fields(part) {
			if hasWord(w) {
				out = append(out, `"`+w+`"`)
			}
		}
	}
	return strings.Join(out, " ")
}

func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// Changes implements store.Store.
func (s *Store) Changes(ctx context.Context, since store.Cursor, n int) (log record.Log, next store.Cursor, err error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return log, since, s.fail(err)
	}
	defer tx.Rollback()
	r := &reading{ctx, tx, s.decoded}
	if log.Documents, err = r.documents("WHERE d.seq > ? ORDER BY d.seq LIMIT ?", since.Document, limit(n)); err != nil {
		return log, since, s.fail(err)
	}
	if log.Claims, err = r.claims(" WHERE c.seq > ? ORDER BY c.seq LIMIT ?", []any{since.Claim, limit(n)}); err != nil {
		return log, since, s.fail(err)
	}
	if log.Decisions, err = r.decisions(" AND seq IN (SELECT seq FROM decisions WHERE seq > ? ORDER BY seq LIMIT ?)", record.Clocks{}, since.Decision, limit(n)); err != nil {
		return log, since, s.fail(err)
	}
	next = since
	for _, last := range []struct {
		to    *int64
		table string
		n     int
		id    func(int) string
	}{
		{&next.Document, "documents", len(log.Documents), func(i int) string { return string(log.Documents[i].ID) }},
		{&next.Claim, "claims", len(log.Claims), func(i int) string { return string(log.Claims[i].ID) }},
		{&next.Decision, "decisions", len(log.Decisions), func(i int) string { return string(log.Decisions[i].ID) }},
	} {
		if last.n == 0 {
			continue
		}
		if err := tx.QueryRowContext(ctx, "SELECT seq FROM "+last.table+" WHERE id = ?", last.id(last.n-1)).Scan(last.to); err != nil {
			return log, since, s.fail(err)
		}
	}
	return log, next, nil
}

// Stats implements store.Store.
func (s *Store) Stats(ctx context.Context) (st store.Stats, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM claims), (SELECT count(*) FROM decisions)").
		Scan(&st.Documents, &st.Claims, &st.Decisions)
	return st, s.fail(err)
}
