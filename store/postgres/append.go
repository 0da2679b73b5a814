package postgres

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"demarche/record"
	"demarche/store"
	"demarche/store/packed"
	"demarche/wire"
)

// Append implements store.Store.
func (s *Store) Append(ctx context.Context, batches ...store.Batch) (store.Added, error) {
	if len(batches) == 0 {
		return store.Added{}, nil
	}
	var w *writer
	err := s.transaction(ctx, func(tx pgx.Tx, h *heads) error {
		w = &writer{ctx: ctx, tx: tx, store: s, kept: s.kept.Load(), heads: h, now: h.ends.Now(s.clock), newNames: map[string]int64{}, fresh: map[record.ClaimID]bool{}, placed: map[record.DocumentID]place{}}
		if err := w.lookUp(batches); err != nil {
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
		w.kept.names.Store(name, id)
	}
	return w.added, nil
}

// writer adds batches within one transaction; rows are gathered and copied in at
// its end.
type writer struct {
	ctx      context.Context
	tx       pgx.Tx
	store    *Store
	kept     *kept
	heads    *heads
	now      record.RecordTime
	added    store.Added
	newNames map[string]int64
	fresh    map[record.ClaimID]bool // claims that are not in the table yet
	placed   map[record.DocumentID]place
	former   []edition // documents that may be followed by others, in order of recording

	documents, texts, claims, roles, pairs, successions [][]any
	passages                                            []passage
	enqueued                                            []record.DocumentID
}

// place is where a document stands in the log.
type place struct {
	seq       int64
	recorded  time.Time
	published int32 // the last day on which it may have been
	known     bool  // before this transaction
}

// edition is what tells the editions of an article apart.
type edition struct {
	id           record.DocumentID
	url, article string
}

// passage is a paragraph to be searched.
type passage struct {
	id, document int64
	recorded     time.Time
	start, stop  int
	words        string
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
func (w *writer) addDocument(d *record.Document) (place, error) {
	if p, ok := w.placed[d.ID]; ok {
		return p, nil
	}
	e := editionOf(d)
	if d.Former == "" {
		d.Former = w.formerOf(e)
	}
	d.Recorded = store.Next(d.Recorded, w.now, &w.heads.ends.Document)
	w.heads.documents++
	p := place{seq: w.heads.documents, recorded: stamp(d.Recorded), published: int32(d.Published.Latest)}
	head, err := encodeHead(d)
	if err != nil {
		return p, err
	}
	w.documents = append(w.documents, []any{p.seq, p.recorded, string(d.ID), p.published, []byte(e.url), []byte(e.article), string(d.Former), head})
	w.texts = append(w.texts, []any{p.seq, p.recorded, []byte(d.Text)})
	w.addPassages(p, d.Text)
	w.placed[d.ID], w.former, w.enqueued = p, append(w.former, e), append(w.enqueued, d.ID)
	w.added.Documents++
	if d.Former != "" {
		w.added.Editions++
	}
	return p, nil
}

// editionOf hashes the address of a document, and what names its article where it
// has none; see record.Document.SameArticle.
func editionOf(d *record.Document) edition {
	e := edition{id: d.ID}
	if d.URL != "" {
		e.url = hashed(d.URL)
	}
	if d.Title != "" {
		e.article = hashed(d.Title, d.Publisher, fmt.Sprint(d.Published.Earliest, d.Published.Latest))
	}
	return e
}

func hashed(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return string(h.Sum(nil)[:16])
}

// formerOf is the newest edition before this one, "" where there is none.
func (w *writer) formerOf(e edition) record.DocumentID {
	for _, f := range slices.Backward(w.former) {
		if e.url != "" && e.url == f.url || e.article != "" && e.article == f.article && (e.url == "" || f.url == "") {
			return f.id
		}
	}
	return ""
}

// lookUp finds which of the documents are there already, and what may be former
// editions of them: at once, since each look goes through all partitions.
func (w *writer) lookUp(batches []store.Batch) error {
	var ids []string
	var urls, articles [][]byte
	for i := range batches {
		d := &batches[i].Document
		if d.ID == "" {
			d.ID = d.Hash()
		}
		e := editionOf(d)
		ids, urls, articles = append(ids, string(d.ID)), append(urls, []byte(e.url)), append(articles, []byte(e.article))
	}
	var id string
	var p place
	rows, err := w.tx.Query(w.ctx, "SELECT id, seq, recorded, latest FROM documents WHERE id = ANY($1)", ids)
	if err != nil {
		return err
	}
	if _, err := pgx.ForEachRow(rows, []any{&id, &p.seq, &p.recorded, &p.published}, func() error {
		w.placed[record.DocumentID(id)] = place{p.seq, p.recorded, p.published, true}
		return nil
	}); err != nil {
		return err
	}
	var seq int64
	var url, article []byte
	if rows, err = w.tx.Query(w.ctx, `SELECT seq, id, url, article FROM documents WHERE url <> '' AND url = ANY($1)
		UNION SELECT seq, id, url, article FROM documents WHERE article <> '' AND article = ANY($2) ORDER BY seq`, urls, articles); err != nil {
		return err
	}
	_, err = pgx.ForEachRow(rows, []any{&seq, &id, &url, &article}, func() error {
		w.former = append(w.former, edition{record.DocumentID(id), string(url), string(article)})
		return nil
	})
	return err
}

// encodeHead writes a document without its text.
func encodeHead(d *record.Document) ([]byte, error) {
	head := *d
	head.Text = ""
	out := wire.FromRecord(&head, nil)
	out.Claims = nil
	return json.Marshal(out)
}

// stamp is a record time as the tables have it, to the microsecond.
func stamp(t record.RecordTime) time.Time { return t.Time().Truncate(time.Microsecond) }

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
	c.Recorded = store.Next(c.Recorded, w.now, &w.heads.ends.Claim)
	body, err := packed.Claim(&c, d.ID)
	if err != nil {
		return err
	}
	w.heads.claims++
	w.added.Claims++
	w.fresh[c.ID] = true
	w.claims = append(w.claims, []any{w.heads.claims, doc.seq, doc.recorded, stamp(c.Recorded), string(c.ID), string(c.Kind),
		int32(c.When.Earliest), int32(c.When.Latest), doc.published, body})
	return w.index(&c, w.heads.claims, doc.seq, stamp(c.Recorded))
}

// has reports whether the claim is there already; look says whether it may be in
// the table.
func (w *writer) has(c *record.Claim, look bool) (there bool, err error) {
	if w.fresh[c.ID] || !look {
		return w.fresh[c.ID], nil
	}
	err = w.tx.QueryRow(w.ctx, "SELECT EXISTS (SELECT 1 FROM claims WHERE id = $1)", string(c.ID)).Scan(&there)
	return there, err
}

// index makes the claim findable by each of its names, by each two of them, and
// by who it says took another's place.
func (w *writer) index(c *record.Claim, seq, doc int64, recorded time.Time) error {
	var ids []int64
	for _, name := range c.Core.Names() {
		id, err := w.nameOf(name)
		if err != nil {
			return err
		}
		w.roles = append(w.roles, []any{id, string(c.Kind), seq, doc, recorded})
		for _, other := range ids {
			w.pairs = append(w.pairs, []any{min(id, other), max(id, other), string(c.Kind), seq, doc, recorded})
		}
		ids = append(ids, id)
	}
	successors, _ := c.Core.Succession()
	slices.Sort(successors)
	for _, name := range slices.Compact(slices.Clone(successors)) {
		id, err := w.nameOf(name)
		if err != nil {
			return err
		}
		w.successions = append(w.successions, []any{id, seq, doc, recorded})
	}
	return nil
}

// nameOf is the number of a name, which it gets if it has none.
func (w *writer) nameOf(name string) (int64, error) {
	if id, ok := w.newNames[name]; ok {
		return id, nil
	}
	if id, ok := w.kept.names.Load(name); ok {
		return id.(int64), nil
	}
	var id int64
	err := w.tx.QueryRow(w.ctx, "SELECT id FROM names WHERE name = $1", []byte(name)).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		err = w.tx.QueryRow(w.ctx, "INSERT INTO names (name) VALUES ($1) RETURNING id", []byte(name)).Scan(&id)
	}
	if err == nil {
		w.newNames[name] = id
	}
	return id, err
}

// addPassages makes the paragraphs of a text searchable.
func (w *writer) addPassages(doc place, text string) {
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.Index(text[at:], "\n\n"); i >= 0 {
			end = at + i
		}
		if words := plainWords(text[at:min(end, at+mostSearched)]); words != "" {
			w.heads.passages++
			w.passages = append(w.passages, passage{w.heads.passages, doc.seq, doc.recorded, at, end, words})
		}
		at = end + 2
	}
}

// flush copies in what was gathered.
func (w *writer) flush() error {
	if err := w.partitions(); err != nil {
		return err
	}
	for _, rows := range [][][]any{w.roles, w.pairs} { // an index that is filled in order is filled faster
		slices.SortFunc(rows, func(a, b []any) int { return slices.CompareFunc(a, b, compareKeys) })
	}
	for _, t := range []struct {
		table   string
		columns []string
		rows    [][]any
	}{
		{"documents", []string{"seq", "recorded", "id", "latest", "url", "article", "former", "head"}, w.documents},
		{"texts", []string{"document", "recorded", "body"}, w.texts},
		{"claims", []string{"seq", "document", "filed", "recorded", "id", "kind", "earliest", "latest", "published", "body"}, w.claims},
		{"roles", []string{"name", "kind", "claim", "document", "recorded"}, w.roles},
		{"pairs", []string{"a", "b", "kind", "claim", "document", "recorded"}, w.pairs},
		{"successions", []string{"name", "claim", "document", "recorded"}, w.successions},
	} {
		if len(t.rows) == 0 {
			continue
		}
		if _, err := w.tx.CopyFrom(w.ctx, pgx.Identifier{t.table}, t.columns, pgx.CopyFromRows(t.rows)); err != nil {
			return err
		}
	}
	if err := w.insertPassages(); err != nil {
		return err
	}
	if w.store.enqueue == nil || len(w.enqueued) == 0 {
		return nil
	}
	return w.store.enqueue(w.ctx, w.tx, w.enqueued)
}

// compareKeys compares numbers and words; times are left as they come.
func compareKeys(a, b any) int {
	switch a := a.(type) {
	case int64:
		return cmp.Compare(a, b.(int64))
	case string:
		return strings.Compare(a, b.(string))
	}
	return 0
}

func (w *writer) insertPassages() error {
	for some := range slices.Chunk(w.passages, 500) {
		var ids, docs []int64
		var times []time.Time
		var starts, stops []int32
		var words []string
		for _, p := range some {
			ids, docs, times = append(ids, p.id), append(docs, p.document), append(times, p.recorded)
			starts, stops, words = append(starts, int32(p.start)), append(stops, int32(p.stop)), append(words, p.words)
		}
		if _, err := w.tx.Exec(w.ctx, `INSERT INTO passages (id, document, recorded, start, stop, words)
			SELECT i, d, r, s, e, to_tsvector('simple', w) FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::integer[], $5::integer[], $6::text[]) AS p (i, d, r, s, e, w)`,
			ids, docs, times, starts, stops, words); err != nil {
			return err
		}
	}
	return nil
}

// partitioned are the tables that have a partition for each month.
var partitioned = []string{"documents", "texts", "claims", "roles", "pairs", "successions", "passages"}

// partitions makes those of the months that are written to.
func (w *writer) partitions() error {
	months := map[string]time.Time{}
	note := func(t time.Time) { months[t.Format("2006_01")] = t }
	for _, d := range w.documents {
		note(d[1].(time.Time))
	}
	for _, c := range w.claims {
		note(c[3].(time.Time))
	}
	for name, t := range months {
		if _, ok := w.kept.months.Load(name); ok {
			continue
		}
		from := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
		there := false
		if err := w.tx.QueryRow(w.ctx, "SELECT to_regclass('passages_"+name+"') IS NOT NULL").Scan(&there); err != nil {
			return err
		}
		for _, table := range partitioned {
			if there {
				break
			}
			if _, err := w.tx.Exec(w.ctx, fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s_%s PARTITION OF %s FOR VALUES FROM ('%s') TO ('%s')", table, name, table,
				from.Format(time.RFC3339), from.AddDate(0, 1, 0).Format(time.RFC3339))); err != nil {
				return err
			}
		}
		if there {
			w.kept.months.Store(name, true)
		}
	}
	return nil
}
