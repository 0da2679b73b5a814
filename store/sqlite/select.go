package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"demarche/record"
	"demarche/store"
)

// Select implements store.Store.
func (s *Store) Select(ctx context.Context, q record.Query) (record.Log, error) {
	log, err := s.selectLog(ctx, q)
	return log, s.fail(err)
}

func (s *Store) selectLog(ctx context.Context, q record.Query) (log record.Log, err error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return log, err
	}
	defer tx.Rollback()
	r := &reading{ctx, tx, s.decoded}
	if log.Decisions, err = r.decisions("", q.Clocks); err != nil {
		return log, err
	}
	edits := record.Log{Decisions: log.Decisions}
	q.Names, q.With = aliases(edits, q.Names, q.Clocks), aliases(edits, q.With, q.Clocks)
	corrected := corrections(log.Decisions, &q)
	sel, args, possible, err := r.condition(&q)
	if err != nil || !possible && len(corrected) == 0 {
		return log, err
	}
	if possible {
		if log.Claims, err = r.claims(sel, args); err != nil {
			return log, err
		}
	}
	if log.Claims, err = r.also(log.Claims, corrected, &q); err != nil {
		return log, err
	}
	log.Documents, err = r.documentsOf(log.Claims)
	return log, err
}

// aliases are all names under which those of the query must be looked for.
func aliases(l record.Log, names []string, c record.Clocks) []string {
	if len(l.Decisions) == 0 {
		return names
	}
	var out []string
	for _, n := range names {
		for _, a := range l.Aliases(n, c) {
			if !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	return out
}

// corrections are the claims that a decision made say what the query asks for.
func corrections(ds []record.Decision, q *record.Query) []record.ClaimID {
	var out []record.ClaimID
	for i := range ds {
		if d := &ds[i]; d.Core != nil && q.Takes(&record.Claim{ID: d.Claim, Core: *d.Core, Citations: cites(q)}, record.When{Earliest: 1, Latest: 1}) {
			out = append(out, d.Claim)
		}
	}
	return out
}

// cites lets a correction through the query's documents; the claim itself is
// held against them.
func cites(q *record.Query) []record.Citation {
	if len(q.Documents) == 0 {
		return nil
	}
	return []record.Citation{{Document: q.Documents[0]}}
}

// reading is one consistent look at the file.
type reading struct {
	ctx     context.Context
	tx      *sql.Tx
	decoded *decoded
}

// condition turns a query into SQL; possible is false where a name is in no
// claim at all.
func (r *reading) condition(q *record.Query) (where string, args []any, possible bool, err error) {
	var conds []string
	and := func(cond string, a ...any) { conds, args = append(conds, cond), append(args, a...) }
	cond, a, possible, err := r.named(q)
	if err != nil || !possible {
		return "", nil, false, err
	}
	if cond != "" {
		and(cond, a...)
	}
	if len(q.Kinds) > 0 && len(q.Names) == 0 && len(q.With) == 0 {
		and("c.kind IN ("+marks(len(q.Kinds))+")", anys(q.Kinds)...)
	}
	if len(q.Claims) > 0 {
		and("c.id IN ("+marks(len(q.Claims))+")", anys(q.Claims)...)
	}
	if len(q.Documents) > 0 {
		and("d.id IN ("+marks(len(q.Documents))+")", anys(q.Documents)...)
	}
	if w := q.During; !w.IsZero() {
		and("(c.earliest <> 0 OR c.latest <> 0)")
		if w.Latest != 0 {
			and("c.earliest <= ?", w.Latest)
		}
		if w.Earliest != 0 {
			and("(c.latest = 0 OR c.latest >= ?)", w.Earliest)
		}
	}
	published(q.Clocks, and)
	if !q.Clocks.KnownBy.IsZero() {
		and("c.recorded <= ?", micros(q.Clocks.KnownBy))
	}
	where = " WHERE 1"
	for _, c := range conds {
		where += " AND " + c
	}
	where += " ORDER BY c.seq"
	if q.Limit > 0 || q.After > 0 {
		where += fmt.Sprintf(" LIMIT %d OFFSET %d", limit(q.Limit), q.After)
	}
	return where, args, true, nil
}

// named is the condition that a query's names put on a claim, "" where it has
// none; possible is false where no claim has them.
func (r *reading) named(q *record.Query) (cond string, args []any, possible bool, err error) {
	kinds, kindArgs := "", anys(q.Kinds)
	if len(q.Kinds) > 0 {
		kinds = " AND kind IN (" + marks(len(q.Kinds)) + ")"
	}
	names, err := r.nameIDs(q.Names)
	if err != nil {
		return "", nil, false, err
	}
	with, err := r.nameIDs(q.With)
	if err != nil {
		return "", nil, false, err
	}
	switch {
	case len(q.Names) > 0 && len(names) == 0, len(q.With) > 0 && len(with) == 0:
		return "", nil, false, nil
	case len(q.Names) == 0 && len(q.With) == 0:
		return "", nil, true, nil
	case len(q.Names) == 0:
		names = with
	case len(q.With) > 0:
		return pairCondition(names, with, kinds, kindArgs)
	}
	return "c.seq IN (SELECT claim FROM roles WHERE name IN (" + marks(len(names)) + ")" + kinds + ")", append(anyIDs(names), kindArgs...), true, nil
}

// pairCondition asks for claims in which one of names and one of with stand
// together; a name in both lists suffices alone.
func pairCondition(names, with []int64, kinds string, kindArgs []any) (cond string, args []any, possible bool, err error) {
	var both []int64
	var pairs []string
	for _, n := range names {
		for _, w := range with {
			if n == w {
				both = append(both, n)
				continue
			}
			pairs = append(pairs, fmt.Sprintf("(%d,%d)", min(n, w), max(n, w)))
		}
	}
	var selects []string
	if len(pairs) > 0 {
		selects = append(selects, "SELECT claim FROM pairs WHERE (a, b) IN (VALUES "+strings.Join(pairs, ",")+")"+kinds)
		args = append(args, kindArgs...)
	}
	if len(both) > 0 {
		selects = append(selects, "SELECT claim FROM roles WHERE name IN ("+marks(len(both))+")"+kinds)
		args = append(append(args, anyIDs(both)...), kindArgs...)
	}
	return "c.seq IN (" + strings.Join(selects, " UNION ") + ")", args, true, nil
}

func anyIDs(ids []int64) []any {
	out := make([]any, len(ids))
	for i, id := range ids {
		out[i] = id
	}
	return out
}

// published is the condition of the clock of publication on a document d.
func published(c record.Clocks, and func(string, ...any)) {
	if c.PublishedBy != 0 {
		and("d.latest <> 0 AND d.latest <= ?", c.PublishedBy)
	}
}

func limit(n int) int {
	if n <= 0 {
		return -1
	}
	return n
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func anys[T ~string](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

func (r *reading) nameIDs(names []string) ([]int64, error) {
	var out []int64
	for _, n := range names {
		var id int64
		err := r.tx.QueryRowContext(r.ctx, "SELECT id FROM names WHERE name = ?", n).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		} else if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, nil
}

func (r *reading) claims(where string, args []any) ([]record.Claim, error) {
	rows, err := r.tx.QueryContext(r.ctx, "SELECT c.id, c.recorded, c.body FROM claims c JOIN documents d ON d.seq = c.document"+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []record.Claim
	for rows.Next() {
		var id string
		var recorded int64
		var body sql.RawBytes
		if err := rows.Scan(&id, &recorded, &body); err != nil {
			return nil, err
		}
		c, err := r.decoded.claim(id, recorded, body)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// also adds the corrected claims that are not there yet, where the rest of the
// query takes them.
func (r *reading) also(claims []record.Claim, ids []record.ClaimID, q *record.Query) ([]record.Claim, error) {
	have := map[record.ClaimID]bool{}
	for i := range claims {
		have[claims[i].ID] = true
	}
	for _, id := range ids {
		if have[id] {
			continue
		}
		have[id] = true
		sub := record.Query{Claims: []record.ClaimID{id}, Documents: q.Documents, Clocks: q.Clocks}
		where, args, _, err := r.condition(&sub)
		if err != nil {
			return nil, err
		}
		more, err := r.claims(where, args)
		if err != nil {
			return nil, err
		}
		claims = append(claims, more...)
	}
	return claims, nil
}

const documentColumns = "d.id, d.name, d.url, d.publisher, d.title, d.earliest, d.latest, d.language, d.author, d.modified_earliest, d.modified_latest, d.former, d.origin, d.story, d.recorded"

func scanDocument(rows interface{ Scan(...any) error }, more ...any) (d record.Document, err error) {
	var recorded int64
	err = rows.Scan(append([]any{&d.ID, &d.Name, &d.URL, &d.Publisher, &d.Title, &d.Published.Earliest, &d.Published.Latest, &d.Language, &d.Author,
		&d.Modified.Earliest, &d.Modified.Latest, &d.Former, &d.Origin, &d.Story, &recorded}, more...)...)
	d.Recorded = recordTime(recorded)
	return d, err
}

func (r *reading) documents(where string, args ...any) ([]record.Document, error) {
	rows, err := r.tx.QueryContext(r.ctx, "SELECT "+documentColumns+" FROM documents d "+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []record.Document
	for rows.Next() {
		d, err := scanDocument(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, rows.Err()
}

// documentsOf are the documents that the claims cite, without their texts.
func (r *reading) documentsOf(claims []record.Claim) ([]record.Document, error) {
	seen := map[record.DocumentID]bool{}
	var ids []record.DocumentID
	for i := range claims {
		for _, c := range claims[i].Citations {
			if !seen[c.Document] {
				seen[c.Document] = true
				ids = append(ids, c.Document)
			}
		}
	}
	var out []record.Document
	for chunk := range slices.Chunk(ids, 500) {
		more, err := r.documents("WHERE d.id IN ("+marks(len(chunk))+") ORDER BY d.seq", anys(chunk)...)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// Document implements store.Store.
func (s *Store) Document(ctx context.Context, id record.DocumentID) (record.Document, error) {
	var out record.Document
	full, err := s.whole(ctx, "documents", string(id), 64)
	if err != nil {
		return out, err
	}
	var body []byte
	row := s.read.QueryRowContext(ctx, "SELECT "+documentColumns+", t.body FROM documents d JOIN texts t ON t.document = d.seq WHERE d.id = ?", full)
	if out, err = scanDocument(row, &body); err != nil {
		return out, s.fail(err)
	}
	out.Text = string(body)
	return out, nil
}

// Claim implements store.Store.
func (s *Store) Claim(ctx context.Context, id record.ClaimID) (record.Claim, error) {
	full, err := s.whole(ctx, "claims", string(id), 16)
	if err != nil {
		return record.Claim{}, err
	}
	var recorded int64
	var body []byte
	if err := s.read.QueryRowContext(ctx, "SELECT recorded, body FROM claims WHERE id = ?", full).Scan(&recorded, &body); err != nil {
		return record.Claim{}, s.fail(err)
	}
	return decodeClaim(full, recorded, body)
}

// whole completes a shortened name of a document or claim; length is that of a
// whole one.
func (s *Store) whole(ctx context.Context, table, id string, length int) (string, error) {
	what := strings.TrimSuffix(table, "s")
	if id == "" {
		return "", fmt.Errorf("%w: no %s has the empty name", store.ErrNotFound, what)
	}
	rows, err := s.read.QueryContext(ctx, "SELECT id FROM "+table+" WHERE id >= ? AND id < ? ORDER BY id LIMIT 2", id, id+"\U0010FFFF")
	if err != nil {
		return "", s.fail(err)
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var full string
		if err := rows.Scan(&full); err != nil {
			return "", err
		}
		found = append(found, full)
	}
	switch {
	case rows.Err() != nil:
		return "", s.fail(rows.Err())
	case len(found) == 0:
		return "", fmt.Errorf("%w: no %s has the name %q", store.ErrNotFound, what, id)
	case len(found) > 1 && found[0] != id:
		return "", fmt.Errorf("%w: %q begins the names of several %s; write more of its %d digits", store.ErrAmbiguous, id, table, length)
	}
	return found[0], nil
}

// Documents implements store.Store.
func (s *Store) Documents(ctx context.Context, c record.Clocks, n int) ([]record.Document, error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, s.fail(err)
	}
	defer tx.Rollback()
	where, args := "WHERE 1", []any(nil)
	and := func(cond string, a ...any) { where, args = where+" AND "+cond, append(args, a...) }
	published(c, and)
	if !c.KnownBy.IsZero() {
		and("d.recorded <= ?", micros(c.KnownBy))
	}
	out, err := (&reading{ctx, tx, s.decoded}).documents(where+fmt.Sprintf(" ORDER BY d.seq LIMIT %d", limit(n)), args...)
	return out, s.fail(err)
}
