package storetest

import (
	"context"
	"os"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"demarche/record"
	"demarche/store"
)

// LargeClaims is the size of the record that questions are timed on: 100,000
// claims, or as many as DEMARCHE_BENCH_CLAIMS says (1000000 for the figures in
// bench/README.md).
func LargeClaims() int {
	n, err := strconv.Atoi(os.Getenv("DEMARCHE_BENCH_CLAIMS"))
	if err != nil {
		return 100_000
	}
	return n
}

// Fill records the documents of Large up to so many claims, as if over two years;
// what is there already is made no second time.
func Fill(b *testing.B, s store.Store, l *Large, claims int) {
	b.Helper()
	st, err := s.Stats(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	const years = 2 * 365 * 24 * time.Hour
	first, documents := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), claims/ClaimsPerDocument
	var some []store.Batch
	for i := st.Documents; i < documents; i++ {
		some = append(some, at(l.Batch(i), record.At(first.Add(years/time.Duration(documents)*time.Duration(i)))))
		if len(some) < 1000 && i < documents-1 {
			continue
		}
		if _, err := s.Append(context.Background(), some...); err != nil {
			b.Fatal(err)
		}
		some = some[:0]
	}
}

// at has a batch recorded at a time.
func at(b store.Batch, t record.RecordTime) store.Batch {
	b.Document.Recorded = t
	for i := range b.Claims {
		b.Claims[i].Recorded = t
	}
	return b
}

// Append times the recording of documents in bulk, 500 at a time, made
// beforehand.
func Append(b *testing.B, s store.Store) {
	l := NewLarge(7)
	n := 0
	var wall, cpu time.Duration
	for b.Loop() {
		some := make([]store.Batch, 500)
		for i := range some {
			some[i] = l.Batch(n)
			n++
		}
		start, used := time.Now(), Processor()
		if _, err := s.Append(context.Background(), some...); err != nil {
			b.Fatal(err)
		}
		wall, cpu = wall+time.Since(start), cpu+Processor()-used
	}
	b.ReportMetric(float64(n*ClaimsPerDocument)/wall.Seconds(), "claims/s")
	b.ReportMetric(float64(n*ClaimsPerDocument)/cpu.Seconds(), "claims/cpu-s")
	b.ReportMetric(float64(n)/wall.Seconds(), "documents/s")
}

// Questions times questions as of a date on a store filled from Large: of pairs
// drawn as claims draw them, of any pair, and of the densest.
func Questions(b *testing.B, s store.Store, l *Large) {
	ctx := context.Background()
	q := store.Questions{Store: s}
	c := record.Clocks{On: record.On(record.DayOf(2012, 6, 1)), PublishedBy: record.DayOf(2012, 6, 1)}
	densest, other := l.Densest()
	for _, ask := range []struct {
		name string
		ask  func(i int) (int, error)
	}{
		{"membership", func(i int) (int, error) {
			a, _, body := l.Question(i)
			ts, err := q.States(ctx, record.Membership, a, body, c)
			return len(ts), err
		}},
		{"memberships", func(i int) (int, error) {
			a, _, _ := l.Question(i)
			ts, err := q.Memberships(ctx, a, c)
			return len(ts), err
		}},
		{"members", func(i int) (int, error) {
			_, _, body := l.Question(i)
			ts, err := q.Members(ctx, body, c)
			return len(ts), err
		}},
		{"relations", func(i int) (int, error) {
			a, b, _ := l.Question(i)
			ts, err := q.Relations(ctx, a, b, c)
			return len(ts), err
		}},
		{"requests", func(i int) (int, error) {
			a, b, _ := l.Question(i)
			ts, err := q.Requests(ctx, a, b, c)
			return len(ts), err
		}},
		{"any/relations", func(i int) (int, error) {
			a, b := l.AnyPair(i)
			ts, err := q.Relations(ctx, a, b, c)
			return len(ts), err
		}},
		{"any/requests", func(i int) (int, error) {
			a, b := l.AnyPair(i)
			ts, err := q.Requests(ctx, a, b, c)
			return len(ts), err
		}},
		{"densest/relations", func(int) (int, error) {
			ts, err := q.Relations(ctx, densest, other, c)
			return len(ts), err
		}},
		{"densest/requests", func(int) (int, error) {
			ts, err := q.Requests(ctx, densest, other, c)
			return len(ts), err
		}},
	} {
		b.Run(ask.name, func(b *testing.B) { timed(b, ask.ask) })
	}
}

// timed reports the median and the 99th percentile of the time that a question
// takes, by the wall and by the processor (which a machine shared with others
// does not lengthen), and how much it finds.
func timed(b *testing.B, ask func(i int) (int, error)) {
	var wall, cpu []time.Duration
	found := 0
	for b.Loop() {
		start, used := time.Now(), Processor()
		n, err := ask(len(wall))
		if err != nil {
			b.Fatal(err)
		}
		wall, cpu, found = append(wall, time.Since(start)), append(cpu, Processor()-used), found+n
	}
	b.ReportMetric(percentile(wall, 50), "p50-ms")
	b.ReportMetric(percentile(wall, 99), "p99-ms")
	b.ReportMetric(percentile(cpu, 50), "p50-cpu-ms")
	b.ReportMetric(float64(found)/float64(len(wall)), "found/op")
}

func percentile(took []time.Duration, p int) float64 {
	slices.Sort(took)
	return float64(took[min(len(took)*p/100, len(took)-1)].Microseconds()) / 1000
}

// Processor is the processor time that this process has used.
func Processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
