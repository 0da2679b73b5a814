package postgres

import (
	"os"
	"testing"

	"demarche/store/pgtest"
	"demarche/store/storetest"
)

func BenchmarkAppend(b *testing.B) {
	storetest.Append(b, open(b, pgtest.Start(b).Database()))
}

// BenchmarkQuestions fills a record in a server of its own, or goes on with the
// one at the address DEMARCHE_BENCH_RECORD.
func BenchmarkQuestions(b *testing.B) {
	address := os.Getenv("DEMARCHE_BENCH_RECORD")
	if address == "" {
		address = pgtest.Start(b).Database()
	}
	s := open(b, address)
	l := storetest.NewLarge(7)
	storetest.Fill(b, s, l, storetest.LargeClaims())
	if _, err := s.pool.Exec(b.Context(), "ANALYZE"); err != nil {
		b.Fatal(err)
	}
	storetest.Questions(b, s, l)
}
