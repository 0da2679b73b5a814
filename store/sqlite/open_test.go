package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"demarche/record"
	"demarche/store/storetest"
)

// TestMarkedBeforeMigrated opens what a kill leaves between the mark of a new
// record and its tables.
func TestMarkedBeforeMigrated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	db, err := sql.Open("sqlite", dsn(path, "immediate"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		t.Fatal(err)
	}
	db.Close()
	s := open(t, path)
	defer s.Close()
	if _, err := s.Append(context.Background(), batch(0)); err != nil {
		t.Error(err)
	}
}

// TestOpenedTogether opens one new record from many sides at once: each waits
// for the one that makes it.
func TestOpenedTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.db")
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			s, err := Open(path, storetest.NewClock().Now)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if _, err := s.Append(context.Background(), batch(i)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	s := open(t, path)
	defer s.Close()
	log, err := s.Select(context.Background(), record.Query{})
	if err != nil || len(log.Claims) != 6 {
		t.Errorf("%d claims of 6, %v", len(log.Claims), err)
	}
}
