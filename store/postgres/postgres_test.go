package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"demarche/record"
	"demarche/store"
	"demarche/store/pgtest"
	"demarche/store/storetest"
)

var _ store.Store = (*Store)(nil)

func open(t testing.TB, address string) *Store {
	t.Helper()
	s, err := Open(context.Background(), address, storetest.NewClock().Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestConformance(t *testing.T) {
	server := pgtest.Start(t)
	storetest.Run(t, func(t *testing.T, clock record.Clock) store.Store {
		s, err := Open(context.Background(), server.Database(), clock)
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

// batch is the i-th of many small documents.
func batch(i int) store.Batch {
	d := storetest.Document(fmt.Sprint("d", i), 1+i%28, fmt.Sprintf("Sentence number %d.", i))
	return store.Batch{Document: d, Claims: []record.Claim{storetest.Claim(&d, storetest.Relations("NOR", fmt.Sprint("X", i), record.Begins, record.Year(1950)))}}
}

func TestRecord(t *testing.T) {
	server := pgtest.Start(t)
	for name, test := range map[string]func(*testing.T, *pgtest.Server){
		"Newer": newer, "Together": together, "Hostile": hostile, "Months": months, "Await": await, "Killed": killed, "Away": away,
	} {
		t.Run(name, func(t *testing.T) { test(t, server) })
	}
}

func newer(t *testing.T, server *pgtest.Server) {
	address := server.Database()
	s := open(t, address)
	if _, err := s.pool.Exec(context.Background(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), address, storetest.NewClock().Now); !errors.Is(err, store.ErrNewer) {
		t.Errorf("a newer record: %v", err)
	}
}

// together opens one new record from many sides at once.
func together(t *testing.T, server *pgtest.Server) {
	address := server.Database()
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			s, err := Open(context.Background(), address, storetest.NewClock().Now)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if _, err := s.Append(context.Background(), batch(i), batch(0)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	log, err := open(t, address).Select(context.Background(), record.Query{})
	if err != nil || len(log.Claims) != 6 {
		t.Errorf("%d claims of 6, %v", len(log.Claims), err)
	}
}

// hostile records what PostgreSQL takes for no text, and more than it searches.
func hostile(t *testing.T, server *pgtest.Server) {
	ctx := context.Background()
	s := open(t, server.Database())
	d := storetest.Document("a\x00b", 1, "Norland\x00. "+strings.Repeat("x", 3000)+" "+strings.Repeat("harbour ", 1<<17)+"\n\nThe État's U.S. talks.")
	d.ID = d.Hash()
	c := storetest.Claim(&d, storetest.Relations("NOR\x00", "'; DROP TABLE claims; --", record.Begins, record.Year(1950)))
	if _, err := s.Append(ctx, store.Batch{Document: d, Claims: []record.Claim{c}}); err != nil {
		t.Fatal(err)
	}
	back, err := s.Document(ctx, d.ID)
	if err != nil || back.Hash() != d.ID || back.Text != d.Text {
		t.Errorf("the document came back as another, %v", err)
	}
	log, err := s.Select(ctx, record.Query{Names: []string{"NOR\x00"}, With: []string{"'; DROP TABLE claims; --"}})
	if err != nil || len(log.Claims) != 1 || log.Claims[0].Identity() != c.ID {
		t.Errorf("claims %+v, %v", log.Claims, err)
	}
	for q, want := range map[string]int{"etat": 1, `"u.s. TALKS"`: 1, `"talks u.s."`: 0, "harbour": 1, "a:b & ! | <->": 0, "\x00": 0} {
		hits, err := s.Search(ctx, store.Search{Text: q})
		if err != nil || len(hits) != want {
			t.Errorf("%q: %d hits, %v; want %d", q, len(hits), err, want)
		}
	}
}

// months has record times of many months before the present one.
func months(t *testing.T, server *pgtest.Server) {
	ctx := context.Background()
	s := open(t, server.Database())
	for i, month := range []time.Month{1, 1, 2, 3, 12} {
		b := batch(i)
		b.Document.Recorded = record.At(time.Date(2019, month, 28, 12, 0, 0, 123456000, time.UTC))
		b.Claims[0].Recorded = record.At(time.Date(2020, month, 1, 0, 0, 0, 0, time.UTC))
		if _, err := s.Append(ctx, b); err != nil {
			t.Fatal(err)
		}
	}
	log, err := s.Select(ctx, record.Query{Names: []string{"NOR"}, Clocks: record.Clocks{KnownBy: record.At(time.Date(2020, 2, 1, 0, 0, 0, 0, time.UTC))}})
	if err != nil || len(log.Claims) != 3 || len(log.Documents) != 3 || log.Documents[0].Recorded.Time().Nanosecond() != 123456000 {
		t.Errorf("%d claims, %d documents, %v", len(log.Claims), len(log.Documents), err)
	}
	var n int
	if err := s.pool.QueryRow(ctx, "SELECT count(*) FROM pg_inherits WHERE inhparent = 'claims'::regclass").Scan(&n); err != nil || n != 8 {
		t.Errorf("claims have %d partitions, want 8, %v", n, err)
	}
}

func await(t *testing.T, server *pgtest.Server) {
	s := open(t, server.Database())
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	told := make(chan error, 1)
	go func() { told <- s.Await(ctx) }()
	for i := 0; ; i++ {
		select {
		case err := <-told:
			if err != nil {
				t.Error(err)
			}
			err = nil
			for range i + 1 { // it may be told of each batch
				short, stop := context.WithTimeout(ctx, 100*time.Millisecond)
				defer stop()
				if err = s.Await(short); err != nil {
					break
				}
			}
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("with nothing recorded: %v", err)
			}
			return
		case <-time.After(20 * time.Millisecond):
			if _, err := s.Append(ctx, batch(i)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// killed kills the server while documents are recorded from two sides, and
// starts it again: each batch is there whole or not at all.
func killed(t *testing.T, server *pgtest.Server) {
	ctx := context.Background()
	address := server.Database()
	s := open(t, address)
	const n = 120
	var wg sync.WaitGroup
	for side := range 2 {
		wg.Go(func() {
			for i := side; i < n; i += 2 {
				// A machine with other work may take longer to start a server than a store waits.
				for end := time.Now().Add(time.Minute); ; {
					if _, err := s.Append(ctx, batch(i)); err == nil {
						break
					} else if !errors.Is(err, store.ErrBusy) || time.Now().After(end) {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	for range 3 {
		time.Sleep(150 * time.Millisecond)
		server.Kill()
		server.Restart()
	}
	wg.Wait()
	server.Kill() // what is asked next has only connections that died
	server.Restart()
	log, err := s.Select(ctx, record.Query{})
	if err != nil || len(log.Claims) != n || len(log.Documents) != n {
		t.Errorf("%d claims of %d documents, want %d of each, %v", len(log.Claims), len(log.Documents), n, err)
	}
}

// away is a server that is not there.
func away(t *testing.T, server *pgtest.Server) {
	_, err := Open(context.Background(), "postgres://me:secret@127.0.0.1:1/x?connect_timeout=2", storetest.NewClock().Now)
	if !errors.Is(err, store.ErrBusy) || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "\n") {
		t.Errorf("no server: %v", err)
	}
	if _, err := Open(context.Background(), "postgres://[", storetest.NewClock().Now); err == nil {
		t.Error("no address was taken for one")
	}
}
