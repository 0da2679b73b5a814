package demarche

import (
	"context"
	"errors"
	"io"
	"iter"
	"math"

	"demarche/exchange/stream"
	"demarche/record"
	"demarche/store"
)

// Counts are documents, claims and decisions.
type Counts = stream.Counts

// Export writes the whole record as one checksummed stream (see exchange/stream):
// what had been recorded at one moment, also while others go on recording. The
// same record gives the same bytes, whichever store keeps it.
func (d *Desk) Export(ctx context.Context, to io.Writer) (Counts, error) {
	const op = "export"
	st, err := d.store.Stats(ctx)
	if err != nil {
		return Counts{}, storeError(op, err)
	}
	w := stream.NewWriter(to)
	if err := d.walk(ctx, st, w.Document, w.Claim, w.Decision); err != nil {
		return Counts{}, storeError(op, err)
	}
	counts, err := w.Close()
	return counts, storeError(op, err)
}

// walk gives the first of each log, as many as st counts: all documents with their
// texts, then all claims, then all decisions, each in order of recording.
func (d *Desk) walk(ctx context.Context, st store.Stats, document func(*record.Document) error, claim func(*record.Claim) error, decision func(*record.Decision) error) error {
	if err := d.documents(ctx, st.Documents, document); err != nil {
		return err
	}
	if err := d.claims(ctx, st.Claims, claim); err != nil {
		return err
	}
	return d.decisions(ctx, st.Decisions, decision)
}

// inOneGo is how many entries of a log are taken at a time.
const inOneGo = 2000

// nothing is behind the end of every log.
var nothing = store.Cursor{Document: math.MaxInt64, Claim: math.MaxInt64, Decision: math.MaxInt64}

// documents gives the first n documents with their texts, in order of recording.
func (d *Desk) documents(ctx context.Context, n int, each func(*record.Document) error) error {
	for at := (store.Cursor{Claim: nothing.Claim, Decision: nothing.Decision}); n > 0; {
		log, next, err := d.store.Changes(ctx, at, min(n, inOneGo))
		if err != nil || len(log.Documents) == 0 {
			return err
		}
		for i := range log.Documents {
			doc, err := d.store.Document(ctx, log.Documents[i].ID)
			if err != nil {
				return err
			}
			if err := each(&doc); err != nil {
				return err
			}
		}
		at.Document, n = next.Document, n-len(log.Documents)
	}
	return nil
}

// claims gives the first n claims, in order of recording.
func (d *Desk) claims(ctx context.Context, n int, each func(*record.Claim) error) error {
	for at := (store.Cursor{Document: nothing.Document, Decision: nothing.Decision}); n > 0; {
		log, next, err := d.store.Changes(ctx, at, min(n, inOneGo))
		if err != nil || len(log.Claims) == 0 {
			return err
		}
		for i := range log.Claims {
			if err := each(&log.Claims[i]); err != nil {
				return err
			}
		}
		at.Claim, n = next.Claim, n-len(log.Claims)
	}
	return nil
}

// decisions gives the first n decisions, in order of recording.
func (d *Desk) decisions(ctx context.Context, n int, each func(*record.Decision) error) error {
	for at := (store.Cursor{Document: nothing.Document, Claim: nothing.Claim}); n > 0; {
		log, next, err := d.store.Changes(ctx, at, min(n, inOneGo))
		if err != nil || len(log.Decisions) == 0 {
			return err
		}
		for i := range log.Decisions {
			if err := each(&log.Decisions[i]); err != nil {
				return err
			}
		}
		at.Decision, n = next.Decision, n-len(log.Decisions)
	}
	return nil
}

// Imported says what an import found in a stream and what of it was new.
type Imported struct {
	Read, Added Counts
	// Restored: what was new has the record times of the stream.
	Restored bool
}

// Import adds what a stream of Export holds to the record; what is there already
// is not added again, so that an import that was interrupted is done again. The
// stream is opened several times: it is first read to its end, and of one that is
// damaged or breaks off nothing is recorded.
//
// Into a record that is empty, or has the beginning of what the stream has, it
// restores: everything keeps its record time. A record that has something of its
// own learns all of it now: as of a time before, it answers what it answered then.
func (d *Desk) Import(ctx context.Context, open func() (io.ReadCloser, error)) (Imported, error) {
	const op = "import"
	counts, err := verified(open)
	if err != nil {
		return Imported{}, &Error{Op: op, Kind: Input, Err: err}
	}
	r, err := open()
	if err != nil {
		return Imported{}, &Error{Op: op, Kind: Input, Err: err}
	}
	defer r.Close()
	before, err := d.store.Stats(ctx)
	if err != nil {
		return Imported{}, storeError(op, err)
	}
	in := importer{desk: d, ctx: ctx, known: map[record.DocumentID]bool{}}
	if in.restores, err = d.begins(ctx, before, open); err != nil {
		return Imported{}, importError(err)
	}
	for e, err := range stream.Read(r) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = in.take(e)
		}
		if err != nil {
			return Imported{}, importError(err)
		}
	}
	if err := in.flush(); err != nil {
		return Imported{}, importError(err)
	}
	after, err := d.store.Stats(ctx)
	added := Counts{Documents: after.Documents - before.Documents, Claims: after.Claims - before.Claims, Decisions: after.Decisions - before.Decisions}
	return Imported{Read: counts, Added: added, Restored: in.restores}, storeError(op, err)
}

// errOther: the record has something that the stream does not have there.
var errOther = errors.New("another record")

// begins reports whether each of the record's logs is the beginning of the
// stream's.
func (d *Desk) begins(ctx context.Context, st store.Stats, open func() (io.ReadCloser, error)) (bool, error) {
	if st == (store.Stats{}) {
		return true, nil
	}
	r, err := open()
	if err != nil {
		return false, err
	}
	defer r.Close()
	next, stop := iter.Pull2(stream.Read(r))
	defer stop()
	// same takes entries of the stream up to the first of a log, which must be it.
	same := func(id string, of func(stream.Entry) string) error {
		for {
			e, err, ok := next()
			switch {
			case err != nil:
				return err
			case !ok || of(e) != "" && of(e) != id:
				return errOther
			case of(e) == id:
				return nil
			}
		}
	}
	err = d.walk(ctx, st,
		func(doc *record.Document) error { return same(string(doc.ID), documentIn) },
		func(c *record.Claim) error { return same(string(c.ID), claimIn) },
		func(dec *record.Decision) error { return same(string(dec.ID), decisionIn) })
	if errors.Is(err, errOther) {
		return false, nil
	}
	return err == nil, err
}

// documentIn, claimIn and decisionIn are the name of what an entry has, "" where
// it has something of another log.
func documentIn(e stream.Entry) string {
	if e.Document == nil {
		return ""
	}
	return string(e.Document.ID)
}

func claimIn(e stream.Entry) string {
	if e.Claim == nil {
		return ""
	}
	return string(e.Claim.ID)
}

func decisionIn(e stream.Entry) string {
	if e.Decision == nil {
		return ""
	}
	return string(e.Decision.ID)
}

func verified(open func() (io.ReadCloser, error)) (Counts, error) {
	r, err := open()
	if err != nil {
		return Counts{}, err
	}
	defer r.Close()
	return stream.Verify(r)
}

// importError is an error in the midst of an import: of a line, or of the store.
func importError(err error) error {
	const op = "import"
	var line *stream.Error
	switch {
	case errors.As(err, &line):
		return &Error{Op: op, Kind: Input, Err: err}
	case errors.Is(err, context.Canceled):
		return fail(op, Interrupted, "interrupted; what was imported before is recorded, and the same import goes on from there")
	}
	return storeError(op, err)
}

// importer records entries, many in one transaction.
type importer struct {
	desk     *Desk
	ctx      context.Context
	restores bool                       // record times are the stream's
	known    map[record.DocumentID]bool // of the stream
	batches  []store.Batch
	entries  int // in the batches
	bytes    int // of their texts
}

// A transaction of an import takes up to so many entries and bytes of text.
const (
	importEntries = 5000
	importBytes   = 32 << 20
)

func (in *importer) take(e stream.Entry) error {
	if !in.restores {
		learned(e)
	}
	switch {
	case e.Document != nil:
		in.known[e.Document.ID] = true
		in.batches = append(in.batches, store.Batch{Document: *e.Document})
		in.bytes += len(e.Document.Text)
	case e.Claim != nil:
		return in.claim(e)
	case e.Decision != nil:
		if err := in.flush(); err != nil {
			return err
		}
		_, err := in.desk.store.Decide(in.ctx, *e.Decision)
		return err
	}
	return in.full()
}

// learned takes the record time off an entry, so that the record gives it one. A
// decision keeps that at which it was made.
func learned(e stream.Entry) {
	switch {
	case e.Document != nil:
		e.Document.Recorded = record.RecordTime{}
	case e.Claim != nil:
		e.Claim.Recorded = record.RecordTime{}
	case e.Decision != nil:
		e.Decision.Elsewhere, e.Decision.Recorded = e.Decision.Made(), record.RecordTime{}
	}
}

// claim takes a claim; those of one document go together.
func (in *importer) claim(e stream.Entry) error {
	for _, cite := range e.Claim.Citations {
		if !in.known[cite.Document] {
			return &stream.Error{Line: e.Line, Err: errors.New("the claim cites a document that does not stand before it")}
		}
	}
	doc := e.Claim.Citations[0].Document
	if n := len(in.batches); n == 0 || in.batches[n-1].Document.ID != doc {
		in.batches = append(in.batches, store.Batch{Document: record.Document{ID: doc}})
	}
	last := &in.batches[len(in.batches)-1]
	last.Claims = append(last.Claims, *e.Claim)
	return in.full()
}

func (in *importer) full() error {
	if in.entries++; in.entries < importEntries && in.bytes < importBytes {
		return nil
	}
	return in.flush()
}

func (in *importer) flush() error {
	if len(in.batches) == 0 {
		return nil
	}
	_, err := in.desk.store.Append(in.ctx, in.batches...)
	in.batches, in.entries, in.bytes = in.batches[:0], 0, 0
	return err
}
