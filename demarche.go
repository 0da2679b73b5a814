// Package demarche is the desk: the verbs that every surface calls. It reads
// documents into a record and answers questions from it: who belongs to which
// body, who has relations with whom, what was asked and what came of it, who
// owes whom, who holds which office; on any day, as published and as known by
// any day, with names in any form. Surfaces decode, call a Desk and encode.
package demarche

import (
	"context"
	"errors"
	"time"

	"demarche/almanac"
	"demarche/record"
	"demarche/store"
)

// Reader reads the claims of a document. It is called by several goroutines.
type Reader interface {
	Read(record.Document) []record.Claim
	// Version names the reader in the claims that it reads.
	Version() string
}

// Desk answers questions from a record. Its methods may be called from several
// goroutines.
type Desk struct {
	store   store.Store
	reader  Reader
	almanac *almanac.Almanac
	clock   record.Clock
	whole   chan struct{} // held by the question that looks at all claims

	printings *printings
	answers   *store.Answers // of one answer of many questions, see Once; else nil
}

// New makes a desk. The reader may be nil where nothing is read.
func New(s store.Store, r Reader, a *almanac.Almanac, clock record.Clock) *Desk {
	return &Desk{store: s, reader: r, almanac: a, clock: clock, whole: make(chan struct{}, 1), printings: &printings{}}
}

// SystemClock is the clock of the machine, in UTC.
func SystemClock() record.RecordTime { return record.At(time.Now()) }

// Today is the day that the desk's clock shows.
func (d *Desk) Today() record.Day { return record.DayOf(d.clock().Time().Date()) }

// clocks fills in what a question leaves open: it asks of today.
func (d *Desk) clocks(c record.Clocks) record.Clocks {
	if c.On.IsZero() {
		c.On = record.On(d.Today())
	}
	return c
}

// questions asks the record, with what the almanac knows of polities.
func (d *Desk) questions() store.Questions {
	return store.Questions{Store: d.store, Polities: d.almanac, Answers: d.answers}
}

// StoreError makes an Error of a store's error, by its kind.
func StoreError(op string, err error) error { return storeError(op, err) }

func storeError(op string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	kind := Internal
	switch {
	case errors.Is(err, store.ErrNotRecord), errors.Is(err, store.ErrNewer):
		kind = BadRecord
	case errors.Is(err, store.ErrBusy):
		kind = Busy
	case errors.Is(err, store.ErrFull):
		kind = Output
	case errors.Is(err, store.ErrNotFound), errors.Is(err, store.ErrAmbiguous):
		kind = Unknown
	case errors.Is(err, context.Canceled):
		kind = Interrupted
	}
	return &Error{Op: op, Kind: kind, Err: err}
}
