package sqlite

import (
	"os"
	"path/filepath"
	"testing"

	"demarche/store/storetest"
)

func BenchmarkAppend(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "r.db"))
	defer s.Close()
	storetest.Append(b, s)
}

// BenchmarkQuestions fills a record of its own, or goes on with the one at
// DEMARCHE_BENCH_RECORD.
func BenchmarkQuestions(b *testing.B) {
	path := os.Getenv("DEMARCHE_BENCH_RECORD")
	if path == "" {
		path = filepath.Join(b.TempDir(), "r.db")
	}
	s := open(b, path)
	defer s.Close()
	l := storetest.NewLarge(7)
	storetest.Fill(b, s, l, storetest.LargeClaims())
	storetest.Questions(b, s, l)
}
