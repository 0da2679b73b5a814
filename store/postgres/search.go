package postgres

import (
	"context"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"demarche/record"
	"demarche/store"
)

// mostSearched bounds the bytes of a paragraph that are searched; PostgreSQL takes
// no more than a mebibyte of words.
const mostSearched = 200_000

// plainWords are the words of a text as they are searched: in small letters,
// without marks on them, with one space between. The same is done to what is
// searched for.
func plainWords(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}

// phrases are what a search asks for: words, and phrases in double quotes.
func phrases(text string) []string {
	var out []string
	for i, part := range strings.Split(text, `"`) {
		words := []string{part}
		if i%2 == 0 {
			words = strings.Fields(part)
		}
		for _, w := range words {
			if p := plainWords(w); p != "" {
				out = append(out, p)
			}
		}
	}
	return out
}

// Search implements store.Store. It narrows by date and name before it ranks.
func (s *Store) Search(ctx context.Context, q store.Search) (hits []store.Hit, err error) {
	if len(phrases(q.Text)) == 0 {
		return nil, nil
	}
	err = s.look(ctx, func(r *reading) error {
		hits, err = r.search(&q)
		return err
	})
	return hits, s.fail(err)
}

func (r *reading) search(q *store.Search) ([]store.Hit, error) {
	var c condition
	var ask []string
	for _, p := range phrases(q.Text) {
		ask = append(ask, "phraseto_tsquery('simple', "+c.arg(p)+")")
	}
	query := strings.Join(ask, " && ")
	c.add("p.words @@ (" + query + ")")
	c.published("d.latest", q.Clocks)
	c.known("d.recorded", q.Clocks)
	if len(q.Names) > 0 {
		ids, err := r.nameIDs(q.Names)
		if err != nil || len(ids) == 0 {
			return nil, err
		}
		c.add("p.document IN (SELECT document FROM roles WHERE name = ANY(" + c.arg(ids) + "))")
	}
	n := q.Limit
	if n <= 0 {
		n = 50
	}
	rows, err := r.tx.Query(r.ctx, "SELECT d.seq, d.recorded, d.id, d.head, p.start, p.stop, substring(t.body FROM p.start + 1 FOR p.stop - p.start) "+
		"FROM passages p JOIN documents d ON d.seq = p.document AND d.recorded = p.recorded JOIN texts t ON t.document = p.document AND t.recorded = p.recorded"+
		c.where()+" ORDER BY ts_rank(p.words, "+query+") DESC, p.id LIMIT "+c.arg(n), c.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var hits []store.Hit
	var docs []int64
	for rows.Next() {
		var h store.Hit
		var passage []byte
		d, err := scanDocument(rows, &h.Start, &h.End, &passage)
		if err != nil {
			return nil, err
		}
		h.Document, h.Passage = d.Document, string(passage)
		hits, docs = append(hits, h), append(docs, d.seq)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return hits, r.cited(hits, docs, q.Clocks)
}

// cited fills in the claims that are cited from each passage.
func (r *reading) cited(hits []store.Hit, docs []int64, clocks record.Clocks) error {
	for i := range hits {
		h := &hits[i]
		var c condition
		c.add("c.document = " + c.arg(docs[i]))
		c.known("c.recorded", clocks)
		claims, err := r.claimsWhere(&c)
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

// Changes implements store.Store.
func (s *Store) Changes(ctx context.Context, since store.Cursor, n int) (log record.Log, next store.Cursor, err error) {
	err = s.look(ctx, func(r *reading) error {
		log, next = record.Log{}, since
		docs, err := r.documents(" WHERE d.seq > $1 ORDER BY d.seq LIMIT $2", since.Document, limit(n))
		if err != nil {
			return err
		}
		for i := range docs {
			log.Documents, next.Document = append(log.Documents, docs[i].Document), docs[i].seq
		}
		found := claims{have: map[int64]bool{}}
		var c condition
		c.add("c.seq > " + c.arg(since.Claim))
		if err := r.claims(c.where()+" ORDER BY c.seq LIMIT "+c.arg(limit(n)), c.args, &found); err != nil {
			return err
		}
		if _, err := r.documentsOf(found.list); err != nil {
			return err
		}
		for i := range found.list {
			log.Claims, next.Claim = append(log.Claims, found.list[i].Claim), found.list[i].seq
		}
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
	err = s.look(ctx, func(r *reading) error {
		return r.tx.QueryRow(ctx, "SELECT documents, claims, decisions FROM heads").Scan(&st.Documents, &st.Claims, &st.Decisions)
	})
	return st, s.fail(err)
}
