package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"demarche/record"
	"demarche/store"
)

// Select implements store.Store.
func (s *Store) Select(ctx context.Context, queries ...record.Query) (record.Log, error) {
	var log record.Log
	err := s.look(ctx, func(r *reading) (err error) {
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
	log.Claims = found.inOrder()
	if len(queries) > 0 {
		log.Decisions = r.store.decisions.On(log.Claims, queries[0].Clocks)
	}
	log.Documents, err = r.documentsOf(found.list)
	return log, err
}

func (r *reading) selectOne(q record.Query, found *claims) error {
	q.Names, q.With = r.store.decisions.Aliases(q.Names, q.Clocks), r.store.decisions.Aliases(q.With, q.Clocks)
	q.Succeeding = r.store.decisions.Aliases(q.Succeeding, q.Clocks)
	seqs, args, possible, err := r.condition(&q)
	if err != nil {
		return err
	}
	if possible {
		if err := r.claims(seqs, args, found); err != nil {
			return err
		}
	}
	return r.corrected(&q, found)
}

// corrected adds the claims that a decision made say what the query asks for,
// where the rest of the query takes them.
func (r *reading) corrected(q *record.Query, found *claims) error {
	ids := r.store.decisions.Corrected(q)
	if len(ids) == 0 {
		return nil
	}
	seqs, args, _, err := r.condition(&record.Query{Claims: ids, Documents: q.Documents, Clocks: q.Clocks})
	if err != nil {
		return err
	}
	return r.claims(seqs, args, found)
}

// placed is a claim with its places in the logs of claims and documents; fresh,
// where it was decoded for this look and its citations may have to be filled in.
type placed struct {
	record.Claim
	seq, document int64
	fresh         bool
}

// claims are those that several queries found, each once.
type claims struct {
	list []*placed
	have map[int64]bool
}

func (c *claims) inOrder() []record.Claim {
	if !slices.IsSortedFunc(c.list, bySeq) {
		slices.SortFunc(c.list, bySeq)
	}
	if len(c.list) == 0 {
		return nil
	}
	out := make([]record.Claim, len(c.list))
	for i := range c.list {
		out[i] = c.list[i].Claim
	}
	return out
}

func bySeq(a, b *placed) int { return cmp.Compare(a.seq, b.seq) }

// condition turns a query into SQL that selects the places of its claims;
// possible is false where a name is in no claim at all.
func (r *reading) condition(q *record.Query) (seqs string, args []any, possible bool, err error) {
	var conds []string
	and := func(cond string, a ...any) { conds, args = append(conds, cond), append(args, a...) }
	oneOf := func(column string, list []any, after string) {
		cond, a := in(list)
		and(column+cond+after, a...)
	}
	cond, a, possible, err := r.named(q)
	if err != nil || !possible {
		return "", nil, false, err
	}
	if cond != "" {
		and(cond, a...)
	}
	if len(q.Succeeding) > 0 {
		names, err := r.nameIDs(q.Succeeding)
		if err != nil || len(names) == 0 {
			return "", nil, false, err
		}
		oneOf("c.seq IN (SELECT claim FROM successions WHERE name", anyIDs(names), ")")
	}
	switch named := len(q.Names)+len(q.With) > 0; {
	case len(q.Kinds) > 0 && few(q): // the plus keeps SQLite from going through all claims of the kinds
		oneOf("+c.kind", anys(q.Kinds), "")
	case len(q.Kinds) > 0 && !named:
		oneOf("c.kind", anys(q.Kinds), "")
	}
	if len(q.Claims) > 0 {
		oneOf("c.id", anys(q.Claims), "")
	}
	if len(q.Documents) > 0 {
		oneOf("c.document IN (SELECT seq FROM documents WHERE id", anys(q.Documents), ")")
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
	if day := q.Clocks.PublishedBy; day != 0 && !strings.HasPrefix(cond, placesIn) {
		and("c"+publishedBy, day)
	}
	if !q.Clocks.KnownBy.IsZero() {
		and("c.recorded <= ?", micros(q.Clocks.KnownBy))
	}
	if inner, alone := strings.CutPrefix(cond, placesIn); alone && len(conds) == 1 && q.Limit == 0 && q.After == 0 {
		return strings.TrimSuffix(inner, ")"), args, true, nil // the index of names tells it all
	}
	seqs = "SELECT c.seq FROM claims c WHERE 1"
	for _, c := range conds {
		seqs += " AND " + c
	}
	if q.Limit > 0 || q.After > 0 {
		seqs += fmt.Sprintf(" ORDER BY c.seq LIMIT %d OFFSET %d", limit(q.Limit), q.After)
	}
	return seqs, args, true, nil
}

// placesIn begins the condition that a claim is among those that an index of
// names finds, by the clock of publication too.
const placesIn = "c.seq IN ("

// publishedBy is the condition of the clock of publication, behind a table's name.
const publishedBy = ".published BETWEEN 1 AND ?"

// few reports whether the query names its claims or their documents, so that
// its names are looked up claim by claim.
func few(q *record.Query) bool { return len(q.Claims) > 0 || len(q.Documents) > 0 }

// named is the condition that a query's names put on a claim, "" where it has
// none; possible is false where no claim has them.
func (r *reading) named(q *record.Query) (cond string, args []any, possible bool, err error) {
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
		names, with = with, nil
	}
	if few(q) {
		cond, args = each(names, with)
		return cond, args, true, nil
	}
	rest, restArgs := "", []any(nil)
	if len(q.Kinds) > 0 {
		rest, restArgs = in(anys(q.Kinds))
		rest = " AND kind" + rest
	}
	if day := q.Clocks.PublishedBy; day != 0 {
		rest, restArgs = rest+" AND "+publishedBy[1:], append(restArgs, day)
	}
	if len(with) > 0 {
		cond, args = pairCondition(names, with, rest, restArgs)
		return cond, args, true, nil
	}
	cond, args = in(anyIDs(names))
	return placesIn + "SELECT claim FROM roles WHERE name" + cond + rest + ")", append(args, restArgs...), true, nil
}

// each looks the names up claim by claim.
func each(lists ...[]int64) (cond string, args []any) {
	var conds []string
	for _, names := range lists {
		if len(names) > 0 {
			one, a := in(anyIDs(names))
			conds, args = append(conds, "EXISTS (SELECT 1 FROM roles r WHERE r.name"+one+" AND r.kind = c.kind AND r.claim = c.seq)"), append(args, a...)
		}
	}
	return strings.Join(conds, " AND "), args
}

// pairCondition asks for claims in which one of names and one of with stand
// together; a name in both lists suffices alone.
func pairCondition(names, with []int64, rest string, restArgs []any) (cond string, args []any) {
	var both, pairs []int64
	for _, n := range names {
		for _, w := range with {
			if n == w {
				both = append(both, n)
				continue
			}
			pairs = append(pairs, min(n, w), max(n, w))
		}
	}
	var selects []string
	if n := len(pairs) / 2; n > 0 {
		selects = append(selects, "SELECT claim FROM pairs WHERE (a, b) IN (VALUES "+strings.TrimSuffix(strings.Repeat("(?,?),", n), ",")+")"+rest)
		args = append(append(args, anyIDs(pairs)...), restArgs...)
	}
	if len(both) > 0 {
		one, a := in(anyIDs(both))
		selects = append(selects, "SELECT claim FROM roles WHERE name"+one+rest)
		args = append(append(args, a...), restArgs...)
	}
	return placesIn + strings.Join(selects, " UNION ") + ")", args
}

func anyIDs(ids []int64) []any {
	out := make([]any, len(ids))
	for i, id := range ids {
		out[i] = id
	}
	return out
}

func anys[T ~string](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// in is a condition that takes one of a list, with the list as its arguments. The
// last is repeated up to a power of two, so that lists of many lengths make few
// statements.
func in(list []any) (cond string, args []any) {
	for n := len(list); n&(n-1) != 0; n++ {
		list = append(list, list[len(list)-1])
	}
	return " IN (" + marks(len(list)) + ")", list
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func limit(n int) int {
	if n <= 0 {
		return -1
	}
	return n
}

// published is the condition of the clock of publication on a document d.
func published(c record.Clocks, and func(string, ...any)) {
	if c.PublishedBy != 0 {
		and("d.latest <> 0 AND d.latest <= ?", c.PublishedBy)
	}
}

func (r *reading) nameIDs(names []string) ([]int64, error) {
	var out []int64
	for _, n := range names {
		id, err := r.nameID(n)
		if err != nil {
			return nil, err
		}
		if id != 0 {
			out = append(out, id)
		}
	}
	return out, nil
}

// nameID is the number of a name, 0 where it stands in no claim.
func (r *reading) nameID(name string) (int64, error) {
	if id, ok := r.store.names.Load(name); ok {
		return id.(int64), nil
	}
	rows, err := r.query("SELECT id FROM names WHERE name = ?", name)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var id int64
	if rows.Next() {
		if err := rows.Scan(&id); err != nil {
			return 0, err
		}
		r.store.names.Store(name, id)
	}
	return id, rows.Err()
}

// claims adds to found those whose places are selected. Those that were decoded
// lately are not read again.
func (r *reading) claims(seqs string, args []any, found *claims) error {
	rows, err := r.query(seqs, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var places []int64
	for rows.Next() {
		var seq int64
		if err := rows.Scan(&seq); err != nil {
			return err
		}
		if !found.have[seq] {
			found.have[seq] = true
			places = append(places, seq)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	slices.Sort(places)
	known, missing := r.store.decoded.get(places)
	found.list = append(found.list, known...)
	for some := range slices.Chunk(missing, atOnce) {
		if err := r.decode(some, found); err != nil {
			return err
		}
	}
	return nil
}

// decode adds to found the claims at places in the log.
func (r *reading) decode(seqs []int64, found *claims) error {
	cond, args := in(anyIDs(seqs))
	rows, err := r.query("SELECT c.seq, c.document, c.id, c.recorded, c.body FROM claims c WHERE c.seq"+cond, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		p := &placed{fresh: true}
		var recorded int64
		var id, body sql.RawBytes
		if err := rows.Scan(&p.seq, &p.document, &id, &recorded, &body); err != nil {
			return err
		}
		if p.Claim, err = decodeClaim(string(id), recorded, body); err != nil {
			return err
		}
		found.list = append(found.list, p)
	}
	return rows.Err()
}

const documentColumns = "d.seq, d.id, d.name, d.url, d.publisher, d.title, d.earliest, d.latest, d.language, d.author, d.modified_earliest, d.modified_latest, d.former, d.origin, d.story, d.recorded"

// atOnce is how many documents one statement asks for.
const atOnce = 512

// mostFiled bounds the documents kept, some 600 bytes each.
const mostFiled = 50_000

// Claim implements store.Store.
func (s *Store) Claim(ctx context.Context, id record.ClaimID) (out record.Claim, err error) {
	err = s.look(ctx, func(r *reading) error {
		seq, err := r.whole("claims", string(id), 16)
		if err != nil {
			return err
		}
		found, err := r.claimsAt("SELECT ?", seq)
		if err == nil && len(found) > 0 {
			out = found[0]
		}
		return err
	})
	return out, s.fail(err)
}

// claimsAt are the claims whose places are selected, whole.
func (r *reading) claimsAt(seqs string, args ...any) ([]record.Claim, error) {
	found := claims{have: map[int64]bool{}}
	if err := r.claims(seqs, args, &found); err != nil {
		return nil, err
	}
	_, err := r.documentsOf(found.list)
	return found.inOrder(), err
}

// whole is the place of the document or claim whose name is shortened; length is
// that of a whole name.
func (r *reading) whole(table, id string, length int) (int64, error) {
	what := strings.TrimSuffix(table, "s")
	if id == "" {
		return 0, fmt.Errorf("%w: no %s has the empty name", store.ErrNotFound, what)
	}
	rows, err := r.query("SELECT seq, id FROM "+table+" WHERE id >= ? AND id < ? ORDER BY id LIMIT 2", id, id+"\U0010FFFF")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var seqs []int64
	var first string
	for rows.Next() {
		var seq int64
		var full string
		if err := rows.Scan(&seq, &full); err != nil {
			return 0, err
		}
		seqs, first = append(seqs, seq), cmp.Or(first, full)
	}
	switch {
	case rows.Err() != nil:
		return 0, rows.Err()
	case len(seqs) == 0:
		return 0, fmt.Errorf("%w: no %s has the name %q", store.ErrNotFound, what, id)
	case len(seqs) > 1 && first != id:
		return 0, fmt.Errorf("%w: %q begins the names of several %s; write more of its %d digits", store.ErrAmbiguous, id, table, length)
	}
	return seqs[0], nil
}
