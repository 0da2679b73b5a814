package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"demarche/record"
	"demarche/store"
	"demarche/wire"
)

// Append implements store.Store.
func (s *Store) Append(ctx context.Context, batches ...store.Batch) (store.Added, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	var added store.Added
	err := s.transaction(ctx, func(tx *sql.Tx) error {
		w, err := newWriter(ctx, tx, s.clock())
		if err != nil {
			return err
		}
		for i := range batches {
			if err := w.add(&batches[i]); err != nil {
				return err
			}
		}
		added = w.added
		return errors.Join(w.roles.flush(ctx), w.pairs.flush(ctx))
	})
	if err != nil {
		return store.Added{}, s.fail(err)
	}
	return added, nil
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

// writer adds batches within one transaction.
type writer struct {
	ctx   context.Context
	now   record.RecordTime
	added store.Added
	names map[string]int64

	roles, pairs rows

	document, text, claim, name, nameID, known, passage, search *sql.Stmt
	former                                                      *sql.Stmt
}

func newWriter(ctx context.Context, tx *sql.Tx, now record.RecordTime) (*writer, error) {
	w := &writer{ctx: ctx, now: now, names: map[string]int64{},
		roles: rows{tx: tx, table: "roles (name, kind, claim)", columns: 3}, pairs: rows{tx: tx, table: "pairs (a, b, kind, claim)", columns: 4}}
	for _, s := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&w.document, "INSERT INTO documents (id, name, url, publisher, title, earliest, latest, language, author, modified_earliest, modified_latest, former, origin, story, recorded) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
		{&w.text, "INSERT INTO texts (document, body) VALUES (?,?)"},
		{&w.claim, "INSERT OR IGNORE INTO claims (id, document, kind, earliest, latest, recorded, body) VALUES (?,?,?,?,?,?,?)"},
		{&w.name, "INSERT OR IGNORE INTO names (name) VALUES (?)"},
		{&w.nameID, "SELECT id FROM names WHERE name = ?"},
		{&w.known, "SELECT seq FROM documents WHERE id = ?"},
		{&w.former, "SELECT id FROM documents WHERE (url <> '' AND url = ?1) OR (?2 <> '' AND title = ?2 AND publisher = ?3 AND earliest = ?4 AND latest = ?5 AND (url = '' OR ?1 = '')) ORDER BY seq DESC LIMIT 1"},
		{&w.passage, "INSERT INTO passages (document, start, end) VALUES (?,?,?)"},
		{&w.search, "INSERT INTO search (rowid, body) VALUES (?,?)"},
	} {
		var err error
		if *s.to, err = tx.PrepareContext(ctx, s.sql); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// rows gathers rows of one table, to insert many with one statement.
type rows struct {
	tx      *sql.Tx
	table   string // with its columns
	columns int
	args    []any
	many    *sql.Stmt // inserts rowsAtOnce
}

const rowsAtOnce = 100

func (r *rows) add(ctx context.Context, values ...any) error {
	r.args = append(r.args, values...)
	if len(r.args) < rowsAtOnce*r.columns {
		return nil
	}
	return r.flush(ctx)
}

// flush inserts what was gathered.
func (r *rows) flush(ctx context.Context) (err error) {
	n := len(r.args) / r.columns
	switch {
	case n == 0:
		return nil
	case n < rowsAtOnce:
		_, err = r.tx.ExecContext(ctx, r.insert(n), r.args...)
	default:
		if r.many == nil {
			if r.many, err = r.tx.PrepareContext(ctx, r.insert(n)); err != nil {
				return err
			}
		}
		_, err = r.many.ExecContext(ctx, r.args...)
	}
	r.args = r.args[:0]
	return err
}

func (r *rows) insert(n int) string {
	return "INSERT OR IGNORE INTO " + r.table + " VALUES " + strings.TrimSuffix(strings.Repeat("("+marks(r.columns)+"),", n), ",")
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

// addDocument gives the document's place in the log; it is added if it is new.
func (w *writer) addDocument(d *record.Document) (int64, error) {
	if d.ID == "" {
		d.ID = d.Hash()
	}
	var seq int64
	err := w.known.QueryRowContext(w.ctx, string(d.ID)).Scan(&seq)
	if err == nil || !errors.Is(err, sql.ErrNoRows) {
		return seq, err
	}
	if d.Former == "" {
		err := w.former.QueryRowContext(w.ctx, d.URL, d.Title, d.Publisher, d.Published.Earliest, d.Published.Latest).Scan(&d.Former)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return 0, err
		}
	}
	if d.Recorded.IsZero() {
		d.Recorded = w.now
	}
	res, err := w.document.ExecContext(w.ctx, string(d.ID), d.Name, d.URL, d.Publisher, d.Title, d.Published.Earliest, d.Published.Latest, d.Language,
		d.Author, d.Modified.Earliest, d.Modified.Latest, string(d.Former), d.Origin, string(d.Story), micros(d.Recorded))
	if err != nil {
		return 0, err
	}
	if seq, err = res.LastInsertId(); err != nil {
		return 0, err
	}
	w.added.Documents++
	if d.Former != "" {
		w.added.Editions++
	}
	if _, err := w.text.ExecContext(w.ctx, seq, []byte(d.Text)); err != nil {
		return 0, err
	}
	return seq, w.addPassages(seq, d.Text)
}

// addPassages makes the paragraphs of a text searchable.
func (w *writer) addPassages(doc int64, text string) error {
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.Index(text[at:], "\n\n"); i >= 0 {
			end = at + i
		}
		if strings.TrimSpace(text[at:end]) != "" {
			res, err := w.passage.ExecContext(w.ctx, doc, at, end)
			if err != nil {
				return err
			}
			id, err := res.LastInsertId()
			if err != nil {
				return err
			}
			if _, err := w.search.ExecContext(w.ctx, id, text[at:end]); err != nil {
				return err
			}
		}
		at = end + 2
	}
	return nil
}

func (w *writer) addClaim(doc int64, d *record.Document, c record.Claim) error {
	if c.ID == "" {
		c.ID = c.Identity()
	}
	if len(c.Citations) == 0 {
		return fmt.Errorf("claim %s of %s has no citation; every claim needs one", c.ID, d.ID)
	}
	if c.Recorded.IsZero() {
		c.Recorded = w.now
	}
	body, err := encodeClaim(&c)
	if err != nil {
		return err
	}
	res, err := w.claim.ExecContext(w.ctx, string(c.ID), doc, string(c.Kind), c.When.Earliest, c.When.Latest, micros(c.Recorded), body)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	seq, err := res.LastInsertId()
	if err != nil {
		return err
	}
	w.added.Claims++
	return w.index(&c, seq)
}

// index makes the claim findable by each of its names and by each two of them.
func (w *writer) index(c *record.Claim, seq int64) error {
	var ids []int64
	for _, name := range c.Core.Names() {
		id, err := w.nameOf(name)
		if err != nil {
			return err
		}
		if err := w.roles.add(w.ctx, id, string(c.Kind), seq); err != nil {
			return err
		}
		for _, other := range ids {
			if err := w.pairs.add(w.ctx, min(id, other), max(id, other), string(c.Kind), seq); err != nil {
				return err
			}
		}
		ids = append(ids, id)
	}
	return nil
}

func (w *writer) nameOf(name string) (int64, error) {
	if id, ok := w.names[name]; ok {
		return id, nil
	}
	if _, err := w.name.ExecContext(w.ctx, name); err != nil {
		return 0, err
	}
	var id int64
	if err := w.nameID.QueryRowContext(w.ctx, name).Scan(&id); err != nil {
		return 0, err
	}
	w.names[name] = id
	return id, nil
}

// storedClaim is a claim as the table has it: its layout with all citations, of
// whatever document.
type storedClaim struct {
	wire.Claim
	Citations []record.Citation `json:"citations"`
}

func encodeClaim(c *record.Claim) ([]byte, error) {
	return json.Marshal(storedClaim{wire.FromClaim(c, nil), c.Citations})
}

func decodeClaim(id string, recorded int64, body []byte) (record.Claim, error) {
	var in storedClaim
	if err := json.Unmarshal(body, &in); err != nil {
		return record.Claim{}, fmt.Errorf("claim %s: %w", id, err)
	}
	c := record.Claim{ID: record.ClaimID(id), Core: in.Core(), Chain: in.Chain, Citations: in.Citations, Frame: in.Frame,
		Confidence: in.Confidence, Reader: in.Reader, Recorded: recordTime(recorded)}
	if in.Source != nil {
		c.Source = *in.Source
	}
	return c, nil
}
