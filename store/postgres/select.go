package postgres

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"demarche/record"
	"demarche/store/packed"
)

// reading is one consistent look at the database.
type reading struct {
	ctx  context.Context
	tx   pgx.Tx
	kept *kept
}

// look gives do one consistent look at the database; do may be run again.
func (s *Store) look(ctx context.Context, do func(*reading) error) error {
	return s.again(ctx, func() error {
		return pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
			return do(&reading{ctx, tx, s.kept.Load()})
		})
	})
}

// Select implements store.Store.
func (s *Store) Select(ctx context.Context, queries ...record.Query) (log record.Log, err error) {
	err = s.look(ctx, func(r *reading) (err error) {
		log, err = r.selected(queries)
		return err
	})
	return log, s.fail(err)
}

// selected is what the queries select together.
func (r *reading) selected(queries []record.Query) (log record.Log, err error) {
	if err := r.follow(); err != nil {
		return log, err
	}
	found := claims{have: map[int64]bool{}}
	for i := range queries {
		if err := r.selectOne(queries[i], &found); err != nil {
			return log, err
		}
	}
	slices.SortFunc(found.list, func(a, b placed) int { return cmp.Compare(a.seq, b.seq) })
	docs, err := r.documentsOf(found.list)
	if err != nil {
		return log, err
	}
	for i := range found.list {
		log.Claims = append(log.Claims, found.list[i].Claim)
	}
	for i := range docs {
		log.Documents = append(log.Documents, docs[i].Document)
	}
	if len(queries) > 0 {
		log.Decisions = r.kept.decisions.On(log.Claims, queries[0].Clocks)
	}
	return log, nil
}

func (r *reading) selectOne(q record.Query, found *claims) error {
	ds := &r.kept.decisions
	q.Names, q.With, q.Succeeding = ds.Aliases(q.Names, q.Clocks), ds.Aliases(q.With, q.Clocks), ds.Aliases(q.Succeeding, q.Clocks)
	c, possible, err := r.condition(&q)
	if err != nil {
		return err
	}
	if possible {
		if err := r.claims(c.where()+" ORDER BY c.seq"+c.bounds(&q), c.args, found); err != nil {
			return err
		}
	}
	// What a decision made say what the query asks for, where the rest of it takes it.
	ids := ds.Corrected(&q)
	if len(ids) == 0 {
		return nil
	}
	c, _, err = r.condition(&record.Query{Claims: ids, Documents: q.Documents, Clocks: q.Clocks})
	if err != nil {
		return err
	}
	return r.claims(c.where(), c.args, found)
}

// condition is what a statement asks of its rows, with its arguments.
type condition struct {
	conds []string
	args  []any
}

func (c *condition) arg(v any) string {
	c.args = append(c.args, v)
	return fmt.Sprintf("$%d", len(c.args))
}

func (c *condition) add(cond string) { c.conds = append(c.conds, cond) }

func (c *condition) where() string { return " WHERE " + strings.Join(append(c.conds, "true"), " AND ") }

// bounds are those of the query; limit is for arguments.
func (c *condition) bounds(q *record.Query) string {
	if q.Limit <= 0 && q.After <= 0 {
		return ""
	}
	return " LIMIT " + c.arg(limit(q.Limit)) + " OFFSET " + c.arg(q.After)
}

func limit(n int) *int {
	if n <= 0 {
		return nil
	}
	return &n
}

func (c *condition) published(column string, clocks record.Clocks) {
	if clocks.PublishedBy != 0 {
		c.add(column + " <> 0 AND " + column + " <= " + c.arg(int32(clocks.PublishedBy)))
	}
}

func (c *condition) known(column string, clocks record.Clocks) {
	if !clocks.KnownBy.IsZero() {
		c.add(column + " <= " + c.arg(clocks.KnownBy.Time()))
	}
}

// condition turns a query into SQL; possible is false where a name is in no claim
// at all.
func (r *reading) condition(q *record.Query) (c *condition, possible bool, err error) {
	c = &condition{}
	if possible, err := r.named(q, c); err != nil || !possible {
		return c, false, err
	}
	if len(q.Succeeding) > 0 {
		names, err := r.nameIDs(q.Succeeding)
		if err != nil || len(names) == 0 {
			return c, false, err
		}
		c.add("(c.document, c.seq, c.recorded) IN (SELECT document, claim, recorded FROM successions WHERE name = ANY(" + c.arg(names) + "))")
	}
	if len(q.Kinds) > 0 && (len(q.Names) == 0 && len(q.With) == 0 || few(q)) {
		c.add("c.kind = ANY(" + c.arg(words(q.Kinds)) + ")")
	}
	if len(q.Claims) > 0 {
		c.add("c.id = ANY(" + c.arg(words(q.Claims)) + ")")
	}
	if len(q.Documents) > 0 {
		c.add("c.document IN (SELECT seq FROM documents WHERE id = ANY(" + c.arg(words(q.Documents)) + "))")
	}
	if w := q.During; !w.IsZero() {
		c.add("(c.earliest <> 0 OR c.latest <> 0)")
		if w.Latest != 0 {
			c.add("c.earliest <= " + c.arg(int32(w.Latest)))
		}
		if w.Earliest != 0 {
			c.add("(c.latest = 0 OR c.latest >= " + c.arg(int32(w.Earliest)) + ")")
		}
	}
	c.published("c.published", q.Clocks)
	c.known("c.recorded", q.Clocks)
	return c, true, nil
}

// few reports whether the query names its claims or their documents, so that its
// names are looked up claim by claim.
func few(q *record.Query) bool { return len(q.Claims) > 0 || len(q.Documents) > 0 }

func words[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// named adds the condition that a query's names put on a claim; possible is false
// where no claim has them.
func (r *reading) named(q *record.Query, c *condition) (possible bool, err error) {
	names, err := r.nameIDs(q.Names)
	if err != nil {
		return false, err
	}
	with, err := r.nameIDs(q.With)
	if err != nil {
		return false, err
	}
	switch {
	case len(q.Names) > 0 && len(names) == 0, len(q.With) > 0 && len(with) == 0:
		return false, nil
	case len(q.Names) == 0 && len(q.With) == 0:
		return true, nil
	case len(q.Names) == 0:
		names, with = with, nil
	}
	if few(q) {
		for _, list := range [][]int64{names, with} {
			if len(list) > 0 {
				c.add("EXISTS (SELECT 1 FROM roles r WHERE r.name = ANY(" + c.arg(list) + ") AND r.kind = c.kind AND r.claim = c.seq AND r.document = c.document AND r.recorded = c.recorded)")
			}
		}
		return true, nil
	}
	kinds := ""
	if len(q.Kinds) > 0 {
		kinds = " AND kind = ANY(" + c.arg(words(q.Kinds)) + ")"
	}
	c.add("(c.document, c.seq, c.recorded) IN (" + r.led(names, with, kinds, c) + ")")
	return true, nil
}

// led selects the claims that names lead to: those in which one of names and one
// of with stand together, a name in both lists alone.
func (r *reading) led(names, with []int64, kinds string, c *condition) string {
	var as, bs []int64
	both := names
	if len(with) > 0 {
		both = nil
		for _, n := range names {
			for _, w := range with {
				if n == w {
					both = append(both, n)
				} else {
					as, bs = append(as, min(n, w)), append(bs, max(n, w))
				}
			}
		}
	}
	var selects []string
	if len(as) > 0 {
		selects = append(selects, "SELECT document, claim, recorded FROM pairs WHERE (a, b) IN (SELECT * FROM unnest("+c.arg(as)+"::bigint[], "+c.arg(bs)+"::bigint[]))"+kinds)
	}
	if len(both) > 0 {
		selects = append(selects, "SELECT document, claim, recorded FROM roles WHERE name = ANY("+c.arg(both)+")"+kinds)
	}
	return strings.Join(selects, " UNION ")
}

func (r *reading) nameIDs(names []string) ([]int64, error) {
	var out []int64
	var unknown [][]byte
	for _, n := range names {
		if id, ok := r.kept.names.Load(n); ok {
			out = append(out, id.(int64))
		} else {
			unknown = append(unknown, []byte(n))
		}
	}
	if len(unknown) == 0 {
		return out, nil
	}
	rows, err := r.tx.Query(r.ctx, "SELECT name, id FROM names WHERE name = ANY($1)", unknown)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name []byte
		var id int64
		if err := rows.Scan(&name, &id); err != nil {
			return nil, err
		}
		r.kept.names.Store(string(name), id)
		out = append(out, id)
	}
	return out, rows.Err()
}

// placed is a claim with its place in the log and its document's.
type placed struct {
	record.Claim
	seq, document int64
	filed         time.Time
}

// claims are those that several queries found, each once.
type claims struct {
	list []placed
	have map[int64]bool
}

// claims adds to found those that a condition selects.
func (r *reading) claims(where string, args []any, found *claims) error {
	rows, err := r.tx.Query(r.ctx, "SELECT c.seq, c.document, c.filed, c.recorded, c.id, c.body FROM claims c"+where, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var p placed
		var recorded time.Time
		var id string
		var body []byte
		if err := rows.Scan(&p.seq, &p.document, &p.filed, &recorded, &id, &body); err != nil {
			return err
		}
		if found.have[p.seq] {
			continue
		}
		found.have[p.seq] = true
		if p.Claim, err = packed.Read(body, ""); err != nil {
			return fmt.Errorf("claim %s: %w", id, err)
		}
		p.ID, p.Recorded = record.ClaimID(id), record.At(recorded)
		found.list = append(found.list, p)
	}
	return rows.Err()
}

// claimsWhere are the claims that a condition selects, whole, in order.
func (r *reading) claimsWhere(c *condition) ([]record.Claim, error) {
	found := claims{have: map[int64]bool{}}
	if err := r.claims(c.where()+" ORDER BY c.seq", c.args, &found); err != nil {
		return nil, err
	}
	_, err := r.documentsOf(found.list)
	var out []record.Claim
	for i := range found.list {
		out = append(out, found.list[i].Claim)
	}
	return out, err
}
