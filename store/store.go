// Package store says what a store of the record does, whatever keeps it, and
// asks the record's questions of one: it selects the claims that a question
// needs and leaves the deriving to package record.
package store

import (
	"context"
	"errors"

	"demarche/record"
)

// The errors of a store, to be tested with errors.Is. The error that wraps one
// says where and what to do.
var (
	// ErrNotRecord: the file is not a record.
	ErrNotRecord = errors.New("not a record")
	// ErrNewer: the record was written by a newer version of the program.
	ErrNewer = errors.New("record of a newer version")
	// ErrBusy: another process kept the record locked for longer than the store
	// waits.
	ErrBusy = errors.New("record in use")
	// ErrFull: the disk is full; nothing of the batch was recorded.
	ErrFull = errors.New("disk full")
	// ErrNotFound: there is no such document or claim.
	ErrNotFound = errors.New("not found")
	// ErrAmbiguous: a shortened name fits more than one.
	ErrAmbiguous = errors.New("ambiguous")
)

// Batch is a document and the claims read in it.
type Batch struct {
	Document record.Document
	Claims   []record.Claim
}

// Added says what an Append added.
type Added struct {
	Documents int // new documents
	Editions  int // of them, those that follow a former edition
	Claims    int // new claims, of new documents or of a new reading
}

// Store keeps the three append-only logs. Its methods may be called from
// several goroutines.
type Store interface {
	// Append records documents with their claims, all of them or, on an error,
	// none. A document already there is not added again, and a claim already
	// there neither, so that reading twice adds nothing; a document edited since
	// (see record.Document.SameArticle) is added beside the former, with Former
	// set. Names (ID) and record times that are missing are filled in.
	Append(ctx context.Context, batches ...Batch) (Added, error)
	// Decide records a decision and gives it back with its name and record time.
	Decide(ctx context.Context, d record.Decision) (record.Decision, error)
	// Select gives the claims that any of the queries takes, each once, in order
	// of recording, their documents without text, and the decisions on them and
	// on names, as known by the queries' clocks; all at one moment. After and
	// Limit go for each query by itself. Names merged by a decision are found
	// under each of them, and a corrected claim under what it says and what it
	// said. No query takes nothing.
	Select(ctx context.Context, queries ...record.Query) (record.Log, error)
	// Decisions gives the decisions known by the clocks, those taken back among
	// them, the oldest first.
	Decisions(ctx context.Context, c record.Clocks) ([]record.Decision, error)
	// Document gives a document with its text, and Claim a claim; the name may be
	// shortened to what is unambiguous.
	Document(ctx context.Context, id record.DocumentID) (record.Document, error)
	Claim(ctx context.Context, id record.ClaimID) (record.Claim, error)
	// Editions lists the documents that are editions of one article with a
	// document, without text, in order of recording, those published and known
	// by the clocks.
	Editions(ctx context.Context, id record.DocumentID, c record.Clocks) ([]record.Document, error)
	// Search finds the passages that have all words of the query, the best first.
	// A phrase stands in double quotes.
	Search(ctx context.Context, s Search) ([]Hit, error)
	// Changes gives what was recorded after the cursor, oldest first, and the
	// cursor to go on from; limit bounds each of the three logs.
	Changes(ctx context.Context, since Cursor, limit int) (record.Log, Cursor, error)
	// Stats counts what is recorded.
	Stats(ctx context.Context) (Stats, error)
	Close() error
}

// Search is a question for passages. Clocks and names narrow the passages
// before they are ranked.
type Search struct {
	Text   string   // words, or phrases in double quotes
	Names  []string // passages of documents with a claim on one of these
	Clocks record.Clocks
	Limit  int // 0 is 50
}

// Hit is a passage that was found: a paragraph of a document.
type Hit struct {
	Document   record.Document // without text
	Start, End int             // bytes of the document's text
	Passage    string
	Claims     []record.ClaimID // those cited from the passage
}

// Cursor is a place in the three logs; the zero Cursor is their beginning.
type Cursor struct{ Document, Claim, Decision int64 }

// Stats are counts of what is recorded.
type Stats struct{ Documents, Claims, Decisions int }
