package demarche

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"

	"demarche/record"
	"demarche/store"
)

// ReadOptions say how documents are read.
type ReadOptions struct {
	// Workers is the number of documents read at the same time; less than one
	// is one.
	Workers int
	// DryRun reads without recording.
	DryRun bool
	// Later records the documents alone, to be read by ReadRecorded.
	Later bool
	// Trust is how far a document is to be trusted, 0 to 1: its claims carry so
	// much of the confidence that they were read with. It is called by several
	// goroutines; nil trusts all.
	Trust func(record.DocumentID) float64
	// Each is called for every document in the order given, from one
	// goroutine, once its claims are recorded. An error stops the reading. May
	// be nil.
	Each func(Reading) error
}

// Reading is what came of one document.
type Reading struct {
	Document record.Document
	Claims   []record.Claim
	Err      error // why the document could not be read; the others were
}

// ReadSummary counts what a reading did.
type ReadSummary struct {
	Documents int         // read, without those that failed
	Failed    int         // could not be read
	Claims    int         // found
	Added     store.Added // new on record; nothing on a dry run
}

// Read reads documents, several at a time, and records them with their claims.
// Those that print one story are marked (see intake/story), so that they count
// as one source. The result does not depend on the number of workers. A document
// that cannot be read is reported to Each and stops nothing. What Each was called
// for is recorded, also where a later error or an interruption ends the reading.
func (d *Desk) Read(ctx context.Context, docs iter.Seq2[record.Document, error], opt ReadOptions) (ReadSummary, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	b := &batch{desk: d, opt: opt}
	var unmarked error // to be looked at once the channel is closed
	for pending := range d.readAll(ctx, d.marked(ctx, docs, opt.DryRun, &unmarked), opt) {
		r := <-pending
		if err := b.take(ctx, r); err != nil {
			return b.sum, stopped(err)
		}
	}
	if err := b.flush(context.WithoutCancel(ctx)); err != nil {
		return b.sum, stopped(err)
	}
	return b.sum, stopped(cmp.Or(ctx.Err(), unmarked))
}

// stopped makes the error of a reading that ended early. Interrupted is one that
// has lost nothing.
func stopped(err error) error {
	if errors.Is(err, context.Canceled) {
		return fail("read", Interrupted, "interrupted; what was read before is recorded, and the same read goes on from there")
	}
	return storeError("read", err)
}

// readAll starts the reading of the documents and gives their results to come,
// in the order of the documents.
func (d *Desk) readAll(ctx context.Context, docs iter.Seq2[record.Document, error], opt ReadOptions) <-chan chan Reading {
	workers := max(opt.Workers, 1)
	queue := make(chan chan Reading, 2*workers)
	go func() {
		defer close(queue)
		slots := make(chan struct{}, workers)
		for doc, err := range docs {
			result := make(chan Reading, 1)
			select {
			case <-ctx.Done():
				return
			case queue <- result:
			}
			slots <- struct{}{}
			go func() {
				defer func() { <-slots }()
				if opt.Later {
					result <- Reading{Document: doc, Err: err}
					return
				}
				result <- d.readOne(doc, err, opt.Trust)
			}()
		}
	}()
	return queue
}

// readOne reads one document. A reader that panics has failed on this document
// alone.
func (d *Desk) readOne(doc record.Document, err error, trust func(record.DocumentID) float64) (r Reading) {
	r = Reading{Document: doc, Err: err}
	if err != nil {
		return r
	}
	defer func() {
		if p := recover(); p != nil {
			r.Claims, r.Err = nil, fmt.Errorf("%s: the reader failed: %v; please report it with the text", label(doc), p)
		}
	}()
	if r.Document.ID == "" {
		r.Document.ID = r.Document.Hash()
	}
	r.Claims = d.reader.Read(r.Document)
	if trust != nil {
		for i := range r.Claims {
			r.Claims[i].Confidence = max(r.Claims[i].Confidence*trust(r.Document.ID), leastConfidence)
		}
	}
	return r
}

// leastConfidence is that of a claim of a source that is not trusted at all: a
// confidence of zero is one that is not known.
const leastConfidence = 0.001

// label names a document in messages: its file, title or address.
func label(doc record.Document) string {
	for _, s := range []string{doc.Name, doc.Title, doc.URL} {
		if s != "" {
			return s
		}
	}
	return "document " + string(doc.ID[:min(len(doc.ID), 12)])
}

// A batch is recorded in one transaction: a kill between two of them loses no
// more than a batch, and the same read completes it.
const (
	batchDocuments = 64
	batchClaims    = 2000
)

// batch gathers readings until they are worth a transaction.
type batch struct {
	desk     *Desk
	opt      ReadOptions
	readings []Reading
	claims   int
	sum      ReadSummary
}

func (b *batch) take(ctx context.Context, r Reading) error {
	b.readings = append(b.readings, r)
	b.claims += len(r.Claims)
	if len(b.readings) < batchDocuments && b.claims < batchClaims && ctx.Err() == nil {
		return nil
	}
	return b.flush(context.WithoutCancel(ctx))
}

// flush records the readings and reports them.
func (b *batch) flush(ctx context.Context) error {
	if err := b.record(ctx); err != nil {
		return err
	}
	for _, r := range b.readings {
		b.count(r)
		if b.opt.Each == nil {
			continue
		}
		if err := b.opt.Each(r); err != nil {
			return err
		}
	}
	b.readings, b.claims = b.readings[:0], 0
	return nil
}

func (b *batch) count(r Reading) {
	if r.Err != nil {
		b.sum.Failed++
		return
	}
	b.sum.Documents++
	b.sum.Claims += len(r.Claims)
}

// record appends what could be read to the store, all of it or nothing.
func (b *batch) record(ctx context.Context) error {
	if b.opt.DryRun {
		return nil
	}
	var batches []store.Batch
	for _, r := range b.readings {
		if r.Err == nil {
			batches = append(batches, store.Batch{Document: r.Document, Claims: r.Claims})
		}
	}
	added, err := b.desk.store.Append(ctx, batches...)
	b.sum.Added.Documents += added.Documents
	b.sum.Added.Editions += added.Editions
	b.sum.Added.Claims += added.Claims
	return err
}
