package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"demarche"
	"demarche/almanac"
	"demarche/record"
	"demarche/store"
	"demarche/store/sqlite"
	"demarche/store/storetest"
)

// claimsWanted is the size of the record of which pages are made: 100,000 claims,
// or as many as DEMARCHE_BENCH_CLAIMS says (1000000 for the figures in
// ARCHITECTURE.md).
func claimsWanted() int {
	n, err := strconv.Atoi(os.Getenv("DEMARCHE_BENCH_CLAIMS"))
	if err != nil {
		return 100_000
	}
	return n
}

const perDocument = 10

// madeBatch is the i-th document of a large record: ten claims, each with a
// sentence of its own, on the polities and bodies of the almanac.
func madeBatch(i int, polities, bodies []string) store.Batch {
	var text strings.Builder
	starts := make([]int, perDocument+1)
	for k := range perDocument {
		fmt.Fprintf(&text, "On that day it was told in sentence %d of document %d that two of them spoke of matter %d.\n\n", k, i, (i*7+k)%5000)
		starts[k+1] = text.Len()
	}
	day := record.DayOf(1960, 1, 1) + record.Day(i*37%22_000)
	d := record.Document{Publisher: fmt.Sprint("Paper ", i%300), Title: fmt.Sprint("Report ", i), Published: record.On(day), Text: text.String(), URL: fmt.Sprint("https://paper.example/", i)}
	d.ID = d.Hash()
	b := store.Batch{Document: d}
	polity := func(k int) string { return polities[(i*7+k*13)%len(polities)] }
	for k := range perDocument {
		c := record.Claim{Core: record.Core{Kind: record.Acts()[(i+k)%16], Phase: record.Occurs, When: record.On(day - record.Day(k)), Roles: record.Roles{record.RoleActor: {polity(k)}, record.RoleRecipient: {polity(k + i%5 + 1)}}},
			Confidence: 0.4 + float64((i+k)%60)/100, Reader: "1", Frame: "made", Citations: []record.Citation{{Document: d.ID, Start: starts[k], End: starts[k+1] - 2}}}
		switch k % 5 {
		case 0:
			c.Core = record.Core{Kind: record.Membership, Phase: record.Begins, When: record.On(day), Roles: record.Roles{record.RoleParty: {polity(k)}, record.RoleBody: {bodies[(i+k)%len(bodies)]}, record.RoleTier: {"member"}}}
		case 1:
			c.Core = record.Core{Kind: record.Relations, Phase: record.Begins, When: record.On(day), Roles: record.Roles{record.RoleParties: {polity(k), polity(k + 1)}, record.RoleLevel: {"diplomatic"}}}
		case 2:
			c.Core = record.Core{Kind: record.Office, Phase: record.Holds, When: record.On(day), Roles: record.Roles{record.RoleHolder: {fmt.Sprint("Person ", i%5000)}, record.RolePost: {"foreign minister"}, record.RoleOf: {polity(k)}}}
		}
		if c.Kind == record.Request {
			c.Content = &record.Content{Topic: fmt.Sprint("matter ", i%50)}
		}
		c.ID = c.Identity()
		b.Claims = append(b.Claims, c)
	}
	return b
}

func BenchmarkPages(b *testing.B) {
	desk, alm, st := benchDesk(b)
	fillRecord(b, st, alm.Polities()[:200], alm.Bodies()[:100])
	s := serve(b, desk, alm)
	a, other := alm.Polities()[0], alm.Polities()[13]
	log, _, err := st.Changes(context.Background(), store.Cursor{}, 1)
	if err != nil {
		b.Fatal(err)
	}
	caughtUp(b, s)
	for _, page := range []shot{
		{"today", "/"}, {"pair", "/pairs/" + a + "/" + other}, {"polity", "/polities/" + a}, {"body", "/bodies/" + alm.Bodies()[0]},
		{"person", "/people/Person%207"}, {"requests", "/requests?from=" + a + "&to=" + other}, {"document", "/documents/" + string(log.Documents[0].ID)},
		{"review", "/review"}, {"decisions", "/decisions"}, {"search", "/search?q=matter+77"}, {"search-name", "/search?name=" + a + "&with=" + other}, {"conflicts", "/conflicts?of=" + a},
	} {
		for _, kept := range []bool{false, true} {
			benchmarkPage(b, s, page, kept)
		}
	}
}

// benchDesk is a desk with an empty record or, where DEMARCHE_BENCH_RECORD names
// a file, with that one: it is kept, so that it is filled once for many runs.
func benchDesk(b *testing.B) (*demarche.Desk, *almanac.Almanac, *sqlite.Store) {
	if path := os.Getenv("DEMARCHE_BENCH_RECORD"); path != "" {
		return deskAt(b, path)
	}
	return newDesk(b)
}

// caughtUp waits until the server has looked through the record, as it does when
// it starts: what is behind is not kept.
func caughtUp(b *testing.B, s *site) {
	b.Helper()
	for end := time.Now().Add(10 * time.Minute); ; time.Sleep(time.Second) {
		res, err := s.browser().Get(s.URL + "/")
		if err != nil {
			b.Fatal(err)
		}
		res.Body.Close()
		if !strings.Contains(res.Header.Get("Cache-Control"), "no-store") {
			return
		}
		if time.Now().After(end) {
			b.Fatal("the server did not catch up")
		}
	}
}

// benchmarkPage makes a page anew each time or, kept, gives it again while the
// record does not change.
func benchmarkPage(b *testing.B, s *site, page shot, kept bool) {
	name := page.name + map[bool]string{false: "/made", true: "/again"}[kept]
	b.Run(name, func(b *testing.B) {
		var took, used []time.Duration
		size := 0
		for b.Loop() {
			start, before := time.Now(), storetest.Processor()
			w := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodGet, "http://localhost"+page.path, nil)
			r.Header.Set("Accept", "text/html")
			if !kept {
				r.Header.Set("Cache-Control", "no-cache")
			}
			s.Config.Handler.ServeHTTP(w, r)
			if w.Code != 200 {
				b.Fatalf("%s: status %d: %.300s", page.path, w.Code, w.Body)
			}
			took, used = append(took, time.Since(start)), append(used, storetest.Processor()-before)
			size = w.Body.Len()
		}
		slices.Sort(took)
		slices.Sort(used)
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
		b.ReportMetric(float64(used[len(used)/2].Microseconds())/1000, "median-cpu-ms")
		b.ReportMetric(float64(size)/1000, "kB")
	})
}

// BenchmarkMixedReading is many people reading many pages while documents come in
// all the time: how many pages a second, and how long the slowest in a hundred
// took.
func BenchmarkMixedReading(b *testing.B) {
	desk, alm, st := benchDesk(b)
	polities, bodies := alm.Polities()[:200], alm.Bodies()[:100]
	fillRecord(b, st, polities, bodies)
	s := serve(b, desk, alm)
	caughtUp(b, s)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := claimsWanted(); ctx.Err() == nil; i++ {
			if _, err := st.Append(ctx, madeBatch(i, polities, bodies)); err != nil && ctx.Err() == nil {
				b.Error(err)
			}
			time.Sleep(50 * time.Millisecond)
		}
	}()
	var mu sync.Mutex
	var took []time.Duration
	var turn atomic.Int64
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		var mine []time.Duration
		for pb.Next() {
			i := int(turn.Add(1))
			a, other := polities[i%20], polities[(i%20+13)%200]
			path := []string{"/", "/pairs/" + a + "/" + other, "/polities/" + a, "/bodies/" + bodies[i%10], "/requests?from=" + a + "&to=" + other, "/decisions", fmt.Sprint("/people/Person%20", i%40), "/documents"}[i%8]
			start := time.Now()
			w := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil)
			r.Header.Set("Accept", "text/html")
			s.Config.Handler.ServeHTTP(w, r)
			if w.Code != 200 {
				b.Errorf("%s: status %d: %.300s", path, w.Code, w.Body)
			}
			mine = append(mine, time.Since(start))
		}
		mu.Lock()
		defer mu.Unlock()
		took = append(took, mine...)
	})
	b.StopTimer()
	stop()
	<-done
	slices.Sort(took)
	b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "pages/s")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

func fillRecord(b *testing.B, st *sqlite.Store, polities, bodies []string) {
	b.Helper()
	if have, err := st.Stats(context.Background()); err != nil || have.Claims > 0 {
		if err != nil {
			b.Fatal(err)
		}
		return
	}
	var some []store.Batch
	n := claimsWanted() / perDocument
	for i := range n {
		if some = append(some, madeBatch(i, polities, bodies)); len(some) == 1000 || i == n-1 {
			if _, err := st.Append(context.Background(), some...); err != nil {
				b.Fatal(err)
			}
			some = some[:0]
		}
	}
}
