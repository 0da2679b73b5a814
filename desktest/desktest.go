// Package desktest gives tests of surfaces a desk over a small record of our own
// writing: relations, memberships with a conflict, a request, an office, a debt
// and a document that tries what a hostile one would.
package desktest

import (
	"context"
	_ "embed"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"demarche"
	"demarche/almanac"
	"demarche/record"
	"demarche/store"
	"demarche/store/sqlite"
	"demarche/wire"
)

//go:embed record.jsonl
var documents string

// Desk is a desk with its store. Its reader finds one claim in every text, its
// first word told by Russia to India, so that documents handed in are read.
type Desk struct {
	*demarche.Desk
	Store *sqlite.Store
}

// New makes a desk over the record in memory. Each call of its clock is a second
// after the one before, from the beginning of 2021.
func New(t testing.TB) Desk {
	t.Helper()
	return Open(t, ":memory:")
}

// Open is New with the record in a file; one that is there already goes on.
func Open(t testing.TB, path string) Desk {
	t.Helper()
	var seconds atomic.Int64
	clock := func() record.RecordTime {
		return record.At(time.Date(2021, 1, 1, 0, 0, int(seconds.Add(1)), 0, time.UTC))
	}
	s, err := sqlite.Open(path, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	alm, err := almanac.Load()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append(context.Background(), Batches(t)...); err != nil {
		t.Fatal(err)
	}
	return Desk{demarche.New(s, reader{}, alm, clock), s}
}

// Batches are the documents of the record with their claims.
func Batches(t testing.TB) []store.Batch {
	t.Helper()
	var out []store.Batch
	for d, err := range wire.DecodeLines(strings.NewReader(documents), "record.jsonl") {
		if err != nil {
			t.Fatal(err)
		}
		doc, claims, err := d.Record()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, store.Batch{Document: doc, Claims: claims})
	}
	return out
}

type reader struct{}

func (reader) Version() string { return "desktest" }

func (reader) Read(d record.Document) []record.Claim {
	end := strings.IndexByte(d.Text+" ", ' ')
	c := record.Claim{Core: record.Core{Kind: record.Consult, Phase: record.Occurs, When: d.Published,
		Roles: record.Roles{record.RoleActor: {"RUS"}, record.RoleRecipient: {"IND"}}},
		Citations: []record.Citation{{Document: d.ID, Start: 0, End: end}}, Frame: "first word", Confidence: 0.5, Reader: "desktest"}
	c.ID = c.Identity()
	return []record.Claim{c}
}
