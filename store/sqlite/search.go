package sqlite

import (
	"context"
	"slices"
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
	var out []store.Hit
	err := s.look(ctx, func(r *reading) (err error) {
		out, err = r.search(match, &q)
		return err
	})
	return out, s.fail(err)
}

func (r *reading) search(match string, q *store.Search) ([]store.Hit, error) {
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
			return nil, err
		}
		cond, a := in(anyIDs(ids))
		and("p.document IN (SELECT c.document FROM roles r JOIN claims c ON c.seq = r.claim WHERE r.name"+cond+")", a...)
	}
	n := q.Limit
	if n <= 0 {
		n = 50
	}
	hits, docs, err := r.hits(query+" ORDER BY s.rank, p.id LIMIT ?", append(args, n)...)
	if err != nil {
		return nil, err
	}
	return hits, r.cited(hits, docs, q.Clocks)
}

// hits are the passages found with the places of their documents.
func (r *reading) hits(query string, args ...any) (hits []store.Hit, docs []int64, err error) {
	rows, err := r.query(query, args...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var h store.Hit
		var passage []byte
		d, err := scanDocument(rows, &h.Start, &h.End, &passage)
		if err != nil {
			return nil, nil, err
		}
		h.Document, h.Passage = d.Document, string(passage)
		hits, docs = append(hits, h), append(docs, d.seq)
	}
	return hits, docs, rows.Err()
}

// cited fills in the claims that are cited from each passage.
func (r *reading) cited(hits []store.Hit, docs []int64, c record.Clocks) error {
	for i := range hits {
		h := &hits[i]
		claims, err := r.claimsAt("SELECT c.seq FROM claims c WHERE c.document = ? AND (? = 0 OR c.recorded <= ?)", docs[i], micros(c.KnownBy), micros(c.KnownBy))
		if err != nil {
			return err
		}
		for k := range claims {
			if slices.ContainsFunc(claims[k].Citations, func(cite record.Citation) bool {
				return cite.Document == h.Document.ID && cite.Start < h.End && cite.End > h.Start
			}) {
				h.Claims = append(h.Claims, claims[k].ID)
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
	next = since
	err = s.look(ctx, func(r *reading) error {
		docs, err := r.documents("WHERE d.seq > ? ORDER BY d.seq LIMIT ?", since.Document, limit(n))
		if err != nil {
			return err
		}
		if n := len(docs); n > 0 {
			log.Documents, next.Document = unfiled(docs), docs[n-1].seq
		}
		found := claims{have: map[int64]bool{}}
		if err := r.claims("SELECT c.seq FROM claims c WHERE c.seq > ? ORDER BY c.seq LIMIT ?", []any{since.Claim, limit(n)}, &found); err != nil {
			return err
		}
		if n := len(found.list); n > 0 {
			next.Claim = found.list[n-1].seq
		}
		if _, err := r.documentsOf(found.list); err != nil {
			return err
		}
		log.Claims = found.inOrder()
		return r.decisionsSince(since.Decision, n, func(seq int64, d record.Decision) {
			log.Decisions, next.Decision = append(log.Decisions, d), seq
		})
	})
	if err != nil {
		return record.Log{}, since, s.fail(err)
	}
	return log, next, nil
}

// Stats implements store.Store.
func (s *Store) Stats(ctx context.Context) (st store.Stats, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM claims), (SELECT count(*) FROM decisions)").
		Scan(&st.Documents, &st.Claims, &st.Decisions)
	return st, s.fail(err)
}
