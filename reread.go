package demarche

import (
	"context"
	"fmt"

	"demarche/record"
	"demarche/store"
)

// Rereading is what a document says to the present reader beside what stands on
// record of it.
type Rereading struct {
	Document record.Document // without text
	// New are claims that no reading of it gave before. Gone are those on record
	// that this reading does not give; they stay on record, decided on or not.
	New, Gone []record.Claim
	// Decided is how many of Gone a reviewer decided on.
	Decided int
	Err     error // why it could not be read; the others were
}

// Reread sums up a reading anew of the whole record.
type Reread struct{ Documents, Failed, New, Gone, Decided int }

// Reread reads every document on record again with the present reader, and
// records the claims that no reading gave before. It takes nothing back: what is
// no longer found is told, and stays as the reviewers left it. With dry it records
// nothing. each is told of the documents in which something differs.
func (d *Desk) Reread(ctx context.Context, dry bool, each func(Rereading) error) (Reread, error) {
	const op = "reread"
	var sum Reread
	st, err := d.store.Stats(ctx)
	if err != nil {
		return sum, storeError(op, err)
	}
	decided, err := d.decidedOn(ctx)
	if err != nil {
		return sum, storeError(op, err)
	}
	err = d.documents(ctx, st.Documents, func(doc *record.Document) error {
		r, err := d.reread(ctx, *doc, decided, dry)
		if err != nil {
			return err
		}
		sum.Documents++
		sum.New, sum.Gone, sum.Decided = sum.New+len(r.New), sum.Gone+len(r.Gone), sum.Decided+r.Decided
		if r.Err != nil {
			sum.Failed++
		}
		if len(r.New)+len(r.Gone) > 0 || r.Err != nil {
			return each(r)
		}
		return nil
	})
	if ctx.Err() != nil {
		return sum, fail(op, Interrupted, "interrupted; what was read before is recorded, and the same again goes on")
	}
	return sum, storeError(op, err)
}

// decidedOn are the claims that decisions that stand are on.
func (d *Desk) decidedOn(ctx context.Context) (map[record.ClaimID]bool, error) {
	all, err := d.store.Decisions(ctx, record.Clocks{})
	if err != nil {
		return nil, err
	}
	on := map[record.ClaimID]bool{}
	for _, dec := range (record.Log{Decisions: all}).Standing(record.Clocks{}) {
		on[dec.Claim] = true
	}
	return on, nil
}

// reread reads one document and records what is new.
func (d *Desk) reread(ctx context.Context, doc record.Document, decided map[record.ClaimID]bool, dry bool) (Rereading, error) {
	read := d.readOne(doc, nil, nil)
	r := Rereading{Document: doc, Err: read.Err}
	r.Document.Text = ""
	if read.Err != nil {
		return r, nil
	}
	log, err := d.store.Select(ctx, record.Query{Documents: []record.DocumentID{doc.ID}})
	if err != nil {
		return r, err
	}
	r.New, r.Gone = differ(log.Claims, read.Claims)
	for i := range r.Gone {
		if decided[r.Gone[i].ID] {
			r.Decided++
		}
	}
	if dry || len(r.New) == 0 {
		return r, nil
	}
	_, err = d.store.Append(ctx, store.Batch{Document: doc, Claims: r.New})
	return r, err
}

// differ tells what a reading gives that is not on record, and what is on record
// that it does not give; claims are the same that say the same with the same
// source.
func differ(recorded, read []record.Claim) (added, gone []record.Claim) {
	key := func(c *record.Claim) string { return fmt.Sprintf("%q", []string{c.Source, c.Core.Key()}) }
	had, has := map[string]bool{}, map[string]bool{}
	for i := range recorded {
		had[key(&recorded[i])] = true
	}
	for i := range read {
		k := key(&read[i])
		if !had[k] && !has[k] {
			added = append(added, read[i])
		}
		has[k] = true
	}
	for i := range recorded {
		if k := key(&recorded[i]); !has[k] {
			gone = append(gone, recorded[i])
			has[k] = true
		}
	}
	return added, gone
}

// ReadRecorded reads a document on record with the present reader and records the
// claims that no reading gave before: to read it twice adds nothing.
func (d *Desk) ReadRecorded(ctx context.Context, id record.DocumentID) (Rereading, error) {
	doc, err := d.store.Document(ctx, id)
	if err != nil {
		return Rereading{}, storeError("read", err)
	}
	r, err := d.reread(ctx, doc, nil, false)
	return r, storeError("read", err)
}

// ReaderVersion names the present reader.
func (d *Desk) ReaderVersion() string { return d.reader.Version() }
