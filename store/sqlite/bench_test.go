package sqlite

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"demarche/record"
	"demarche/store"
	"demarche/store/storetest"
)

// claimsWanted is the size of the record that questions are asked of: 100,000
// claims, or as many as DEMARCHE_BENCH_CLAIMS says (1000000 for the figure in
// ARCHITECTURE.md).
func claimsWanted(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("DEMARCHE_BENCH_CLAIMS"))
	if err != nil {
		return 100_000
	}
	return n
}

const perDocument = 10

// batchOf is the i-th document of a large record: ten claims on 200 polities and
// 100 bodies.
func batchOf(i int) store.Batch {
	d := storetest.Document(fmt.Sprint("bench", i), 1+i%28, fmt.Sprintf("Sentence number %d.", i))
	b := store.Batch{Document: d}
	polity := func(k int) string { return fmt.Sprintf("P%02d", (i*7+k*13)%200) }
	for k := range perDocument {
		w := record.Year(1900 + (i+k*11)%120)
		var core record.Core
		switch k % 5 {
		case 0:
			core = storetest.Member(polity(k), fmt.Sprintf("B%02d", (i+k)%100), "member", record.Begins, w)
		case 1:
			core = storetest.Relations(polity(k), polity(k+1), record.Begins, w)
		default:
			core = record.Core{Kind: record.Acts()[(i+k)%16], Phase: record.Occurs, When: w,
				Roles: record.Roles{record.RoleActor: {polity(k)}, record.RoleRecipient: {polity(k + i%5 + 1)}}}
			if core.Kind == record.Request {
				core.Content = &record.Content{Topic: fmt.Sprint("matter ", i%50)}
			}
		}
		b.Claims = append(b.Claims, storetest.Claim(&d, core))
	}
	return b
}

func fill(b *testing.B, s *Store, claims int) {
	b.Helper()
	var some []store.Batch
	for i := range claims / perDocument {
		if some = append(some, batchOf(i)); len(some) == 1000 || i == claims/perDocument-1 {
			if _, err := s.Append(context.Background(), some...); err != nil {
				b.Fatal(err)
			}
			some = some[:0]
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "r.db"))
	defer s.Close()
	n := 0
	for b.Loop() {
		var some []store.Batch
		for range 500 {
			some = append(some, batchOf(n))
			n++
		}
		if _, err := s.Append(context.Background(), some...); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*perDocument)/b.Elapsed().Seconds(), "claims/s")
}

func BenchmarkQuestions(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "r.db"))
	defer s.Close()
	fill(b, s, claimsWanted(b))
	q := store.Questions{Store: s}
	c := record.Clocks{On: record.On(record.DayOf(1990, 6, 1))}
	ctx := context.Background()
	for name, ask := range map[string]func(i int) (int, error){
		"membership": func(i int) (int, error) {
			v, err := q.View(ctx, c, record.Query{Kinds: []record.Kind{record.Membership}, Names: []string{fmt.Sprintf("P%02d", i%200)}, With: []string{fmt.Sprintf("B%02d", i%100)}})
			return len(v.Claims()), err
		},
		"relations": func(i int) (int, error) {
			ts, err := q.Relations(ctx, fmt.Sprintf("P%02d", i%200), fmt.Sprintf("P%02d", (i+13)%200), c)
			return len(ts), err
		},
		"requests": func(i int) (int, error) {
			ts, err := q.Requests(ctx, fmt.Sprintf("P%02d", i%200), fmt.Sprintf("P%02d", (i+26)%200), c)
			return len(ts), err
		},
	} {
		b.Run(name, func(b *testing.B) {
			i, found := 0, 0
			for b.Loop() {
				n, err := ask(i)
				if err != nil {
					b.Fatal(err)
				}
				i, found = i+1, found+n
			}
			b.ReportMetric(float64(found)/float64(i), "found/op")
		})
	}
}
