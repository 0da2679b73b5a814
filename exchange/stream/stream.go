// Package stream writes the whole record as one stream of newline-delimited JSON
// and reads it back: for backups, and to move a record from one store to another.
//
// The first line says what the stream is:
//
//	{"demarche":"record","version":1}
//
// Then come all documents with their texts, all claims and all decisions, one a
// line and each log in order of recording, under the names document, claim and
// decision. Documents and claims are in the layout of package wire; a claim has
// its citations, each with its document, in the place of quote and spans. Record
// times are RFC 3339 in UTC with what fractions they have; a decision that was
// imported from another record has beside its own the time at which it was made. The last line counts
// the lines of each sort and has the hex SHA-256 of all bytes before it:
//
//	{"end":{"documents":1,"claims":2,"decisions":0,"sha256":"…"}}
//
// The same record gives the same bytes, whichever store keeps it.
package stream

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"demarche/record"
	"demarche/wire"
)

const (
	magic   = "record"
	version = 1
)

// maxLine is how many bytes of JSON a line may have: a document's.
const maxLine = wire.MaxDocument

// Counts are the lines of each sort.
type Counts struct {
	Documents int `json:"documents"`
	Claims    int `json:"claims"`
	Decisions int `json:"decisions"`
}

// line is a line of the stream; one field is set.
type line struct {
	Demarche string    `json:"demarche,omitempty"`
	Version  int       `json:"version,omitempty"`
	Document *document `json:"document,omitempty"`
	Claim    *claim    `json:"claim,omitempty"`
	Decision *decision `json:"decision,omitempty"`
	End      *end      `json:"end,omitempty"`
}

type end struct {
	Counts
	SHA256 string `json:"sha256"`
}

// document is a document without claims. Claims hides the field of the layout.
type document struct {
	wire.Document
	Claims   *struct{} `json:"claims,omitempty"`
	Recorded string    `json:"recorded,omitempty"`
}

// claim is a claim with its citations. Quote hides the field of the layout.
type claim struct {
	wire.Claim
	Quote     *struct{}  `json:"quote,omitempty"`
	Citations []citation `json:"citations"`
}

type citation struct {
	Document string `json:"document"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
}

type decision struct {
	ID       string           `json:"id"`
	Verdict  string           `json:"verdict"`
	Claim    string           `json:"claim,omitempty"`
	Other    string           `json:"other,omitempty"`
	Status   string           `json:"status,omitempty"`
	Entity   string           `json:"entity,omitempty"`
	Into     string           `json:"into,omitempty"`
	Claims   []record.ClaimID `json:"claims,omitempty"`
	Core     *wire.Claim      `json:"core,omitempty"`
	Undoes   string           `json:"undoes,omitempty"`
	Who      string           `json:"who,omitempty"`
	Why      string           `json:"why"`
	Recorded string           `json:"recorded,omitempty"`
	Made     string           `json:"made,omitempty"`
}

// Error says in which line of a stream what was wrong.
type Error struct {
	Line int // from 1
	Err  error
}

// Error writes the line and what was wrong.
func (e *Error) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// The ways in which a stream can be bad as a whole, to be tested with errors.Is.
var (
	ErrNotStream = errors.New("is no exported record")
	ErrVersion   = errors.New("was exported by a newer version of the program")
	ErrBreaksOff = errors.New("breaks off before its last line; export it again")
	ErrChecksum  = errors.New("is not what was exported: its bytes do not have the checksum of the last line")
)

func timeOf(t record.RecordTime) string {
	if t.IsZero() {
		return ""
	}
	return t.Time().Format(time.RFC3339Nano)
}

func parseTime(s string) (record.RecordTime, error) {
	if s == "" {
		return record.RecordTime{}, nil
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return record.RecordTime{}, fmt.Errorf("recorded: %.60q is no RFC 3339 time", s)
	}
	return record.At(t), nil
}

func layDocument(d *record.Document) line {
	return line{Document: &document{Document: *wire.FromRecord(d, nil), Recorded: timeOf(d.Recorded)}}
}

func (d *document) record() (record.Document, error) {
	doc, _, err := d.Document.Record()
	if err != nil {
		return doc, err
	}
	if doc.Recorded, err = parseTime(d.Recorded); err != nil {
		return doc, err
	}
	if string(doc.ID) != d.Hash {
		return doc, fmt.Errorf("document %.64q does not have the content that its name says", d.Hash)
	}
	return doc, nil
}

func layClaim(c *record.Claim) line {
	out := claim{Claim: wire.FromClaim(c, nil)}
	for _, cite := range c.Citations {
		out.Citations = append(out.Citations, citation{string(cite.Document), cite.Start, cite.End})
	}
	return line{Claim: &out}
}

func (c *claim) record() (record.Claim, error) {
	out := record.Claim{ID: record.ClaimID(c.ID), Core: c.Core(), Chain: c.Chain, Frame: c.Frame, Confidence: c.Confidence, Reader: c.Reader}
	if c.Source != nil {
		out.Source = *c.Source
	}
	for _, cite := range c.Citations {
		out.Citations = append(out.Citations, record.Citation{Document: record.DocumentID(cite.Document), Start: cite.Start, End: cite.End})
	}
	var err error
	if out.Recorded, err = parseTime(c.Recorded); err != nil {
		return out, err
	}
	switch {
	case !record.KnownKind(out.Kind):
		return out, fmt.Errorf("kind %.60q is not known", c.Kind)
	case len(out.Citations) == 0:
		return out, fmt.Errorf("claim %.60q has no citation", c.ID)
	case out.ID != out.Identity():
		return out, fmt.Errorf("claim %.60q does not say what its name says", c.ID)
	}
	return out, nil
}

func layDecision(d *record.Decision) line {
	out := decision{ID: string(d.ID), Verdict: string(d.Verdict), Claim: string(d.Claim), Other: string(d.Other), Status: string(d.Status),
		Entity: d.Entity, Into: d.Into, Claims: d.Claims, Undoes: string(d.Undoes), Who: d.Who, Why: d.Why, Recorded: timeOf(d.Recorded), Made: timeOf(d.Elsewhere)}
	if d.Core != nil {
		c := wire.FromClaim(&record.Claim{Core: *d.Core}, nil)
		out.Core = &c
	}
	return line{Decision: &out}
}

func (d *decision) record() (record.Decision, error) {
	out := record.Decision{ID: record.DecisionID(d.ID), Verdict: record.Verdict(d.Verdict), Claim: record.ClaimID(d.Claim), Other: record.ClaimID(d.Other),
		Status: record.Status(d.Status), Entity: d.Entity, Into: d.Into, Claims: d.Claims, Undoes: record.DecisionID(d.Undoes), Who: d.Who, Why: d.Why}
	if d.Core != nil {
		core := d.Core.Core()
		out.Core = &core
	}
	var err error
	if out.Recorded, err = parseTime(d.Recorded); err != nil {
		return out, err
	}
	if out.Elsewhere, err = parseTime(d.Made); err != nil {
		return out, err
	}
	if err := out.Validate(); err != nil {
		return out, err
	}
	if out.ID != out.Identity() {
		return out, fmt.Errorf("decision %.60q does not say what its name says", d.ID)
	}
	return out, nil
}

// decode reads one line.
func decode(b []byte) (line, error) {
	var l line
	err := json.Unmarshal(b, &l)
	return l, err
}
