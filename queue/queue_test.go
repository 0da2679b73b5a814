package queue

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"demarche/record"
	"demarche/store"
	"demarche/store/pgtest"
	"demarche/store/postgres"
	"demarche/store/storetest"
)

// open opens a record with its queue; documents that are added wait for reader 1.
func open(t *testing.T, address string) (*Queue, *postgres.Store) {
	t.Helper()
	s, err := postgres.Open(context.Background(), address, storetest.NewClock().Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	q, err := Open(context.Background(), s, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	s.OnAppend(q.Enqueue("1"))
	return q, s
}

func counts(t *testing.T, q *Queue) Counts {
	t.Helper()
	c, err := q.Counts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestQueue(t *testing.T) {
	ctx := context.Background()
	server := pgtest.Start(t)
	q, s := open(t, server.Database())
	var batches []store.Batch
	for i := range 20 {
		batches = append(batches, store.Batch{Document: storetest.Document(fmt.Sprint("d", i), 1, "One.")})
	}
	// A document that is not recorded is not enqueued, and one is enqueued once.
	bad := storetest.Claim(&batches[0].Document, storetest.Relations("NOR", "SUD", record.Begins, record.Year(1950)))
	bad.Citations = nil
	if _, err := s.Append(ctx, append(batches[:len(batches):len(batches)], store.Batch{Document: batches[0].Document, Claims: []record.Claim{bad}})...); err == nil {
		t.Fatal("a claim without a citation was recorded")
	}
	if c := counts(t, q); c != (Counts{}) {
		t.Errorf("after an append that failed: %+v", c)
	}
	for range 2 {
		if _, err := s.Append(ctx, batches...); err != nil {
			t.Fatal(err)
		}
	}
	if c := counts(t, q); c.Waiting != 20 {
		t.Errorf("after the append: %+v", c)
	}
	var mu sync.Mutex
	read := map[record.DocumentID]int{}
	failing := batches[3].Document.ID
	err := q.Work(ctx, Options{Jobs: 4, Timeout: 10 * time.Second, Drain: true, Read: func(_ context.Context, id record.DocumentID) error {
		mu.Lock()
		defer mu.Unlock()
		if read[id]++; id == failing && read[id] == 1 {
			return errors.New("not today")
		}
		return nil
	}})
	if err != nil || len(read) != 20 || read[failing] != 2 {
		t.Errorf("%d documents read, the failing one %d times, %v", len(read), read[failing], err)
	}
	if c := counts(t, q); c != (Counts{Read: 20}) {
		t.Errorf("at the end: %+v", c)
	}
}

// TestDead releases a job that failed too often.
func TestDead(t *testing.T) {
	ctx := context.Background()
	server := pgtest.Start(t)
	q, s := open(t, server.Database())
	d := storetest.Document("d", 1, "One.")
	if _, err := s.Append(ctx, store.Batch{Document: d}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Pool().Exec(ctx, "UPDATE river_job SET attempt = max_attempts - 1"); err != nil {
		t.Fatal(err)
	}
	fail := Options{Jobs: 1, Timeout: 10 * time.Second, Drain: true, Read: func(context.Context, record.DocumentID) error { return errors.New("never") }}
	if err := q.Work(ctx, fail); err != nil {
		t.Fatal(err)
	}
	dead, err := q.Dead(ctx, 10)
	if err != nil || len(dead) != 1 || dead[0].Document != d.ID || dead[0].Why != "never" || dead[0].Tries != attempts || dead[0].Reader != "1" {
		t.Fatalf("dead: %+v, %v", dead, err)
	}
	if err := q.Release(ctx, dead[0].ID+1); !errors.Is(err, ErrNoJob) {
		t.Errorf("no such job: %v", err)
	}
	if err := q.Release(ctx, dead[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := q.Release(ctx, dead[0].ID); !errors.Is(err, ErrNoJob) {
		t.Errorf("released twice: %v", err)
	}
	if c := counts(t, q); c.Waiting != 1 || c.Dead != 0 {
		t.Errorf("after the release: %+v", c)
	}
	fail.Read = func(context.Context, record.DocumentID) error { return nil }
	if err := q.Work(ctx, fail); err != nil {
		t.Fatal(err)
	}
	if c := counts(t, q); c != (Counts{Read: 1}) {
		t.Errorf("at the end: %+v", c)
	}
}
