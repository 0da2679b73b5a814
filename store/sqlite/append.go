package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"demarche/record"
	"demarche/store"
	"demarche/store/packed"
	"demarche/wire"
)

// Append implements store.Store.
func (s *Store) Append(ctx context.Context, batches ...store.Batch) (store.Added, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	var w *writer
	err := s.transaction(ctx, func(tx *sql.Tx) (err error) {
		if w, err = s.newWriter(ctx, tx); err != nil {
			return err
		}
		for i := range batches {
			if err := w.add(&batches[i]); err != nil {
				return err
			}
		}
		return w.flush()
	})
	if err != nil {
		return store.Added{}, s.fail(err)
	}
	for name, id := range w.newNames {
		s.names.Store(name, id)
	}
	return w.added, nil
}

// transaction runs do, all of it or nothing.
func (s *Store) transaction(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// writer adds batches within one transaction. Rows of claims, of their indexes
// and of passages are gathered and inserted many with one statement, those of the
// indexes in the order of their keys.
type writer struct {
	ctx   context.Context
	tx    *sql.Tx
	store *Store
	now   record.RecordTime
	ends  store.Ends
	added store.Added

	newNames                map[string]int64
	fresh                   map[record.ClaimID]bool // claims that are not in the table yet
	claim, passage          int64                   // the last places given out
	claims, passages, words rows
	roles, successions      keyed
	pairs                   keyed

	document, text, name, nameID, known, former, hasClaim *sql.Stmt
}

func (s *Store) newWriter(ctx context.Context, tx *sql.Tx) (*writer, error) {
	w := &writer{ctx: ctx, tx: tx, store: s, newNames: map[string]int64{}, fresh: map[record.ClaimID]bool{},
		claims:   rows{table: "claims (seq, id, document, kind, earliest, latest, published, recorded, body)", columns: 9},
		passages: rows{table: "passages (id, document, start, end)", columns: 4}, words: rows{table: "search (rowid, body)", columns: 2},
		roles: keyed{table: "roles (name, kind, claim, published)", columns: 4}, pairs: keyed{table: "pairs (a, b, kind, claim, published)", columns: 5},
		successions: keyed{table: "successions (name, claim)", columns: 2},
	}
	var err error
	if w.ends, err = ends(ctx, tx); err != nil {
		return nil, err
	}
	w.now = w.ends.Now(s.clock)
	for _, s := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&w.document, "INSERT INTO documents (id, name, url, publisher, title, earliest, latest, language, author, modified_earliest, modified_latest, former, origin, story, recorded) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
		{&w.text, "INSERT INTO texts (document, body) VALUES (?,?)"},
		{&w.name, "INSERT INTO names (name) VALUES (?)"},
		{&w.nameID, "SELECT id FROM names WHERE name = ?"},
		{&w.known, "SELECT seq, latest FROM documents WHERE id = ?"},
		{&w.former, "SELECT id FROM documents WHERE (url <> '' AND url = ?1) OR (?2 <> '' AND title = ?2 AND publisher = ?3 AND earliest = ?4 AND latest = ?5 AND (url = '' OR ?1 = '')) ORDER BY seq DESC LIMIT 1"},
		{&w.hasClaim, "SELECT count(*) FROM claims WHERE id = ?"},
	} {
		if *s.to, err = tx.PrepareContext(ctx, s.sql); err != nil {
			return nil, err
		}
	}
	return w, tx.QueryRowContext(ctx, "SELECT coalesce((SELECT max(seq) FROM claims), 0), coalesce((SELECT max(id) FROM passages), 0)").Scan(&w.claim, &w.passage)
}

// ends are those of the logs.
func ends(ctx context.Context, tx *sql.Tx) (store.Ends, error) {
	var at [3]int64
	err := tx.QueryRowContext(ctx, `SELECT coalesce((SELECT recorded FROM documents ORDER BY seq DESC LIMIT 1), 0),
		coalesce((SELECT recorded FROM claims ORDER BY seq DESC LIMIT 1), 0), coalesce((SELECT recorded FROM decisions ORDER BY seq DESC LIMIT 1), 0)`).Scan(&at[0], &at[1], &at[2])
	return store.Ends{Document: recordTime(at[0]), Claim: recordTime(at[1]), Decision: recordTime(at[2])}, err
}

// flush inserts what was gathered.
func (w *writer) flush() error {
	return errors.Join(w.claims.flush(w), w.passages.flush(w), w.words.flush(w), w.roles.flush(w), w.pairs.flush(w), w.successions.flush(w))
}

// rows gathers rows of one table, to insert many with one statement.
type rows struct {
	table   string // with its columns
	columns int
	args    []any
	many    *sql.Stmt // inserts rowsAtOnce
}

const rowsAtOnce = 100

func (r *rows) add(w *writer, values ...any) error {
	r.args = append(r.args, values...)
	if len(r.args) < rowsAtOnce*r.columns {
		return nil
	}
	return r.flush(w)
}

// flush inserts what was gathered.
func (r *rows) flush(w *writer) (err error) {
	n := len(r.args) / r.columns
	switch {
	case n == 0:
		return nil
	case n < rowsAtOnce:
		_, err = w.tx.ExecContext(w.ctx, r.insert(n), r.args...)
	default:
		if r.many == nil {
			if r.many, err = w.tx.PrepareContext(w.ctx, r.insert(n)); err != nil {
				return err
			}
		}
		_, err = r.many.ExecContext(w.ctx, r.args...)
	}
	r.args = r.args[:0]
	return err
}

func (r *rows) insert(n int) string {
	return "INSERT INTO " + r.table + " VALUES " + strings.TrimSuffix(strings.Repeat("("+marks(r.columns)+"),", n), ",")
}

// keyed gathers rows of an index to insert them in the order of their keys: a
// tree that is filled in order is filled several times as fast.
type keyed struct {
	table   string
	columns int
	rows    []key
}

// key is a row of an index. A column that the table does not have is empty.
type key struct {
	a, b      int64
	kind      record.Kind
	claim     int64
	published record.Day
}

func (k *keyed) add(row key) { k.rows = append(k.rows, row) }

func (k *keyed) flush(w *writer) error {
	slices.SortFunc(k.rows, func(x, y key) int {
		return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b), strings.Compare(string(x.kind), string(y.kind)), cmp.Compare(x.claim, y.claim))
	})
	out := rows{table: k.table, columns: k.columns}
	for _, row := range slices.Compact(k.rows) {
		values := []any{row.a, row.b, string(row.kind), row.claim, row.published}
		switch k.columns {
		case 4:
			values = []any{row.a, string(row.kind), row.claim, row.published}
		case 2:
			values = []any{row.a, row.claim}
		}
		if err := out.add(w, values...); err != nil {
			return err
		}
	}
	k.rows = k.rows[:0]
	return out.flush(w)
}

func (w *writer) add(b *store.Batch) error {
	doc, err := w.addDocument(&b.Document)
	if err != nil {
		return err
	}
	for i := range b.Claims {
		if err := w.addClaim(doc, &b.Document, b.Claims[i]); err != nil {
			return err
		}
	}
	return nil
}

// place is where a document stands in the log.
type place struct {
	seq       int64
	published record.Day // the last day on which it may have been
	known     bool       // it was there before
}

// addDocument gives the document's place in the log; it is added if it is new.
func (w *writer) addDocument(d *record.Document) (place, error) {
	if d.ID == "" {
		d.ID = d.Hash()
	}
	p := place{known: true}
	err := w.known.QueryRowContext(w.ctx, string(d.ID)).Scan(&p.seq, &p.published)
	if err == nil || !errors.Is(err, sql.ErrNoRows) {
		return p, err
	}
	p = place{published: d.Published.Latest}
	if d.Former == "" {
		err := w.former.QueryRowContext(w.ctx, d.URL, d.Title, d.Publisher, d.Published.Earliest, d.Published.Latest).Scan(&d.Former)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return p, err
		}
	}
	d.Recorded = store.Next(d.Recorded, w.now, &w.ends.Document)
	res, err := w.document.ExecContext(w.ctx, string(d.ID), d.Name, d.URL, d.Publisher, d.Title, d.Published.Earliest, d.Published.Latest, d.Language,
		d.Author, d.Modified.Earliest, d.Modified.Latest, string(d.Former), d.Origin, string(d.Story), micros(d.Recorded))
	if err != nil {
		return p, err
	}
	if p.seq, err = res.LastInsertId(); err != nil {
		return p, err
	}
	w.added.Documents++
	if d.Former != "" {
		w.added.Editions++
	}
	if _, err := w.text.ExecContext(w.ctx, p.seq, []byte(d.Text)); err != nil {
		return p, err
	}
	return p, w.addPassages(p.seq, d.Text)
}

// addPassages makes the paragraphs of a text searchable.
func (w *writer) addPassages(doc int64, text string) error {
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.Index(text[at:], "\n\n"); i >= 0 {
			end = at + i
		}
		if strings.TrimSpace(text[at:end]) != "" {
			w.passage++
			if err := errors.Join(w.passages.add(w, w.passage, doc, at, end), w.words.add(w, w.passage, text[at:end])); err != nil {
				return err
			}
		}
		at = end + 2
	}
	return nil
}

// addClaim adds a claim that is not there yet. One of a document that is new is
// not.
func (w *writer) addClaim(doc place, d *record.Document, c record.Claim) error {
	if c.ID == "" {
		c.ID = c.Identity()
	}
	if len(c.Citations) == 0 {
		return fmt.Errorf("claim %s of %s has no citation; every claim needs one", c.ID, d.ID)
	}
	if there, err := w.has(&c, doc.known || c.Citations[0].Document != d.ID); there || err != nil {
		return err
	}
	c.Recorded = store.Next(c.Recorded, w.now, &w.ends.Claim)
	body, err := packed.Claim(&c, d.ID)
	if err != nil {
		return err
	}
	w.claim++
	w.added.Claims++
	w.fresh[c.ID] = true
	return errors.Join(w.index(&c, w.claim, doc.published), w.claims.add(w, w.claim, string(c.ID), doc.seq, string(c.Kind), c.When.Earliest, c.When.Latest,
		doc.published, micros(c.Recorded), body))
}

// has reports whether the claim is there already; look says whether it may be in
// the table.
func (w *writer) has(c *record.Claim, look bool) (bool, error) {
	if w.fresh[c.ID] || !look {
		return w.fresh[c.ID], nil
	}
	n := 0
	err := w.hasClaim.QueryRowContext(w.ctx, string(c.ID)).Scan(&n)
	return n > 0, err
}

// index makes the claim findable by each of its names, by each two of them, and
// by who it says took another's place.
func (w *writer) index(c *record.Claim, seq int64, published record.Day) error {
	var ids []int64
	for _, name := range c.Core.Names() {
		id, err := w.nameOf(name)
		if err != nil {
			return err
		}
		w.roles.add(key{a: id, kind: c.Kind, claim: seq, published: published})
		for _, other := range ids {
			w.pairs.add(key{min(id, other), max(id, other), c.Kind, seq, published})
		}
		ids = append(ids, id)
	}
	successors, _ := c.Core.Succession()
	for _, name := range successors {
		id, err := w.nameOf(name)
		if err != nil {
			return err
		}
		w.successions.add(key{a: id, claim: seq})
	}
	return nil
}

// nameOf is the number of a name, which it gets if it has none.
func (w *writer) nameOf(name string) (int64, error) {
	if id, ok := w.newNames[name]; ok {
		return id, nil
	}
	if id, ok := w.store.names.Load(name); ok {
		return id.(int64), nil
	}
	var id int64
	err := w.nameID.QueryRowContext(w.ctx, name).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		var res sql.Result
		if res, err = w.name.ExecContext(w.ctx, name); err == nil {
			id, err = res.LastInsertId()
		}
	}
	if err == nil {
		w.newNames[name] = id
	}
	return id, err
}

// storedClaim is a claim as records of before version 2 have it: in the layout of
// package wire with all citations, of whatever document.
type storedClaim struct {
	wire.Claim
	Citations []record.Citation `json:"citations"`
}

// decodeClaim reads a claim as the table has it. Citations of the document that
// it stands in may name none.
func decodeClaim(id string, recorded int64, body []byte) (record.Claim, error) {
	var c record.Claim
	var err error
	if len(body) > 0 && body[0] == '{' {
		c, err = decodeJSON(body)
	} else {
		c, err = packed.Read(body, "")
	}
	if err != nil {
		return record.Claim{}, fmt.Errorf("claim %s: %w", id, err)
	}
	c.ID, c.Recorded = record.ClaimID(id), recordTime(recorded)
	return c, nil
}

func decodeJSON(body []byte) (record.Claim, error) {
	var in storedClaim
	if err := json.Unmarshal(body, &in); err != nil {
		return record.Claim{}, err
	}
	c := record.Claim{Core: in.Core(), Chain: in.Chain, Citations: in.Citations, Frame: in.Frame, Confidence: in.Confidence, Reader: in.Reader}
	if in.Source != nil {
		c.Source = *in.Source
	}
	return c, nil
}
