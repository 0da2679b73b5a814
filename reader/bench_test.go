package reader

import (
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"

	"demarche/record"
)

// texts are the examples of the repository, as documents.
func texts(t testing.TB) []record.Document {
	t.Helper()
	files, err := filepath.Glob("../examples/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	var out []record.Document
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, record.Document{Text: string(b), Publisher: "A paper", Title: filepath.Base(path), Published: record.Year(2020)})
	}
	return out
}

// BenchmarkRead reads the examples from raw text to claims on one core.
func BenchmarkRead(b *testing.B) {
	r, docs := newReader(b), texts(b)
	sentences := 0
	for _, d := range docs {
		sentences += len(r.open(d).text.Sents)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			r.Read(d)
		}
	}
	b.ReportMetric(float64(sentences)*float64(b.N)/b.Elapsed().Seconds(), "sentences/s")
}

// The same claims come in the same order on any number of goroutines.
func TestManyGoroutines(t *testing.T) {
	r, docs := newReader(t), texts(t)
	var want [][]record.Claim
	for _, d := range docs {
		want = append(want, r.Read(d).Claims)
	}
	for _, n := range []int{2, 16} {
		var wg sync.WaitGroup
		for range n {
			wg.Go(func() {
				for i, d := range docs {
					if got := r.Read(d).Claims; !reflect.DeepEqual(got, want[i]) {
						t.Errorf("document %d of %d goroutines: %v, want %v", i, n, got, want[i])
					}
				}
			})
		}
		wg.Wait()
	}
}
