package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"demarche/record"
	"demarche/store"
	"demarche/store/storetest"
)

var _ store.Store = (*Store)(nil)

func open(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(path, storetest.NewClock().Now)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestConformance(t *testing.T) {
	for name, path := range map[string]func(*testing.T) string{
		"file":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "a record.db") },
		"memory": func(*testing.T) string { return ":memory:" },
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Run(t, func(t *testing.T, clock record.Clock) store.Store {
				s, err := Open(path(t), clock)
				if err != nil {
					t.Fatal(err)
				}
				return s
			})
		})
	}
}

// batch is the i-th of many small documents.
func batch(i int) store.Batch {
	d := storetest.Document(fmt.Sprint("d", i), 1+i%28, fmt.Sprintf("Sentence number %d.", i))
	return store.Batch{Document: d, Claims: []record.Claim{storetest.Claim(&d, storetest.Relations("NOR", fmt.Sprint("X", i), record.Begins, record.Year(1950)))}}
}

func TestNoRecord(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "other.db")
	db, err := sql.Open("sqlite", other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE notes (x)"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	for name, content := range map[string]string{"text": strings.Repeat("no record at all\n", 100), "short": "SQLite format 3\x00", "zeros": strings.Repeat("\x00", 5000)} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		checkNoRecord(t, path)
		if b, _ := os.ReadFile(path); string(b) != content {
			t.Errorf("%s was changed", name)
		}
	}
	checkNoRecord(t, other)
	checkNoRecord(t, dir)
}

func checkNoRecord(t *testing.T, path string) {
	t.Helper()
	s, err := Open(path, storetest.NewClock().Now)
	if err == nil {
		s.Close()
	}
	if !errors.Is(err, store.ErrNotRecord) || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), "\n") {
		t.Errorf("%s: %v", path, err)
	}
}

func TestEmptyFileBecomesRecord(t *testing.T) {
	path := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, path).Close()
}

func TestNewer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	s := open(t, path)
	if _, err := s.write.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, err := Open(path, storetest.NewClock().Now); !errors.Is(err, store.ErrNewer) {
		t.Errorf("a newer record: %v", err)
	}
}

func TestTruncated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	s := open(t, path)
	for i := range 200 {
		if _, err := s.Append(context.Background(), batch(i)); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	if err := os.Truncate(path, 30000); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, storetest.NewClock().Now)
	if err == nil {
		defer s.Close()
		_, err = s.Select(context.Background(), record.Query{Names: []string{"NOR"}})
	}
	if !errors.Is(err, store.ErrNotRecord) {
		t.Errorf("a truncated record: %v", err)
	}
}

func TestFull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	s := open(t, path)
	defer s.Close()
	if _, err := s.Append(context.Background(), batch(0)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.write.Exec("PRAGMA max_page_count = 60"); err != nil {
		t.Fatal(err)
	}
	var err error
	n := 1
	for ; err == nil && n < 10000; n++ {
		_, err = s.Append(context.Background(), batch(n))
	}
	if !errors.Is(err, store.ErrFull) {
		t.Fatalf("after %d batches: %v", n, err)
	}
	if st, err := s.Stats(context.Background()); err != nil || st.Documents != n-1 || st.Claims != n-1 {
		t.Errorf("the full record has %+v of %d batches, %v", st, n-1, err)
	}
}

func TestBusy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	a, b := open(t, path), open(t, path)
	defer a.Close()
	defer b.Close()
	if _, err := b.write.Exec("PRAGMA busy_timeout = 50"); err != nil {
		t.Fatal(err)
	}
	tx, err := a.write.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Append(context.Background(), batch(0)); !errors.Is(err, store.ErrBusy) {
		t.Errorf("while another writes: %v", err)
	}
	if _, err := b.Select(context.Background(), record.Query{}); err != nil {
		t.Errorf("reading while another writes: %v", err)
	}
	tx.Rollback()
	if _, err := b.Append(context.Background(), batch(0)); err != nil {
		t.Errorf("after it: %v", err)
	}
}

// TestKilled kills a process that appends, again and again, and finds a record
// that opens and has each batch whole; the same appends then complete it.
func TestKilled(t *testing.T) {
	if path := os.Getenv("DEMARCHE_APPEND"); path != "" {
		s := open(t, path)
		for i := range 2000 {
			if _, err := s.Append(context.Background(), batch(i)); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	path := filepath.Join(t.TempDir(), "r.db")
	for round := range 4 {
		cmd := exec.Command(os.Args[0], "-test.run", "^TestKilled$")
		cmd.Env = append(os.Environ(), "DEMARCHE_APPEND="+path)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(150+90*round) * time.Millisecond)
		cmd.Process.Kill()
		cmd.Wait()
		s := open(t, path)
		st, err := s.Stats(context.Background())
		if err != nil || st.Documents != st.Claims {
			t.Errorf("after kill %d: %+v, %v", round, st, err)
		}
		s.Close()
	}
	s := open(t, path)
	defer s.Close()
	for i := range 300 {
		if _, err := s.Append(context.Background(), batch(i)); err != nil {
			t.Fatal(err)
		}
	}
	log, err := s.Select(context.Background(), record.Query{Names: []string{"NOR"}})
	if err != nil || len(log.Claims) < 300 {
		t.Errorf("%d claims, %v", len(log.Claims), err)
	}
	var ok string
	if err := s.read.QueryRow("PRAGMA integrity_check").Scan(&ok); err != nil || ok != "ok" {
		t.Errorf("integrity: %s, %v", ok, err)
	}
}
