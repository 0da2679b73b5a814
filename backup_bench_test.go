package demarche_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"demarche"
	"demarche/record"
	"demarche/store"
	"demarche/store/sqlite"
)

// benchDocuments and benchClaims, in each, make the record of the benchmarks.
const (
	benchDocuments = 5000
	benchClaims    = 8
)

// large is a desk over a record in a file.
func large(b *testing.B) *demarche.Desk {
	b.Helper()
	s, err := sqlite.Open(filepath.Join(b.TempDir(), "r.db"), demarche.SystemClock)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	names := []string{"TGO", "GHA", "BEN", "NGA", "MLI", "TCD", "NER", "SEN"}
	var batches []store.Batch
	for i := range benchDocuments {
		d := record.Document{Publisher: "Mail", Title: fmt.Sprint("Title ", i), Published: record.On(record.DayOf(2000, 1, 1) + record.Day(i)), Text: strings.Repeat(fmt.Sprintf("Sentence %d of the text. ", i), 100)}
		d.ID = d.Hash()
		batch := store.Batch{Document: d}
		for j := range benchClaims {
			c := record.Claim{Core: record.Core{Kind: record.Consult, Phase: record.Occurs, When: d.Published,
				Roles: record.Roles{record.RoleActor: {names[i%8]}, record.RoleRecipient: {names[(i+j+1)%8]}}},
				Citations: []record.Citation{{Document: d.ID, Start: 20 * j, End: 20*j + 15}}, Chain: []string{"Mail"}, Frame: "meet", Reader: "1", Confidence: 0.9}
			c.ID = c.Identity()
			batch.Claims = append(batch.Claims, c)
		}
		batches = append(batches, batch)
	}
	for len(batches) > 0 {
		n := min(len(batches), 500)
		if _, err := s.Append(context.Background(), batches[:n]...); err != nil {
			b.Fatal(err)
		}
		batches = batches[n:]
	}
	return demarche.New(s, nil, nil, demarche.SystemClock)
}

// What is measured: 5,000 documents of 2.4 kB with 40,000 claims.
func BenchmarkBackup(b *testing.B) {
	ctx := context.Background()
	d := large(b)
	var stream bytes.Buffer
	b.Run("export", func(b *testing.B) {
		for range b.N {
			stream.Reset()
			if _, err := d.Export(ctx, &stream); err != nil {
				b.Fatal(err)
			}
		}
		b.SetBytes(int64(stream.Len()))
	})
	b.Run("import", func(b *testing.B) {
		for i := range b.N {
			s, err := sqlite.Open(filepath.Join(b.TempDir(), fmt.Sprint(i, ".db")), demarche.SystemClock)
			if err != nil {
				b.Fatal(err)
			}
			in, err := demarche.New(s, nil, nil, demarche.SystemClock).Import(ctx, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(stream.Bytes())), nil })
			if err != nil || in.Added.Claims != benchDocuments*benchClaims {
				b.Fatal(in, err)
			}
			s.Close()
		}
		b.SetBytes(int64(stream.Len()))
	})
	b.Run("check", func(b *testing.B) {
		for range b.N {
			if sum, err := d.Check(ctx, func(f demarche.Flaw) error { return fmt.Errorf("%+v", f) }); err != nil || sum.Claims != benchDocuments*benchClaims {
				b.Fatal(sum, err)
			}
		}
	})
}
