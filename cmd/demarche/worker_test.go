package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"demarche/record"
	"demarche/store"
	"demarche/store/pgtest"
	"demarche/store/postgres"
)

var faultDocuments = flag.Int("fault-documents", 5000, "documents that workers read while they are killed")

// command is the command as a process of its own.
func process(t *testing.T, record string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asCommand+"=1", "DEMARCHE_RECORD="+record, "HOME="+t.TempDir())
	return cmd
}

func mustRun(t *testing.T, record string, args ...string) string {
	t.Helper()
	out, err := process(t, record, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("demarche %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// manyDocuments writes n short documents that say something.
func manyDocuments(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "many.jsonl")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	states := []string{"Cambodia", "Russia", "Kenya", "Norway", "Peru", "Japan", "Chile"}
	e := json.NewEncoder(f)
	for i := range n {
		a, b := states[i%len(states)], states[(i+1+i/7%5)%len(states)]
		text := fmt.Sprintf("%s asked %s on %d October 2020 to send a team of engineers to harbour %d. %s and %s established diplomatic relations in %d.", a, b, 1+i%14, i, a, b, 1950+i%40)
		doc := map[string]any{"id": fmt.Sprint(i), "url": fmt.Sprint("https://courier.example/", i), "publisher": "The Courier", "title": fmt.Sprint("Item ", i), "published": "2020-10-15", "text": text, "claims": []any{}}
		if err := e.Encode(doc); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// claimsOf are the names of the claims on record with how often each is there, and
// the number of documents.
func claimsOf(t *testing.T, s store.Store) (map[record.ClaimID]int, int) {
	t.Helper()
	log, _, err := s.Changes(context.Background(), store.Cursor{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	out := map[record.ClaimID]int{}
	for i := range log.Claims {
		out[log.Claims[i].ID]++
	}
	return out, len(log.Documents)
}

// TestWorkersKilled kills three workers again and again while they read, and the
// database once: every document is read, no claim is lost and none doubled.
func TestWorkersKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("takes two minutes")
	}
	server := pgtest.Start(t)
	address, documents := server.Database(), manyDocuments(t, *faultDocuments)
	mustRun(t, address, "read", "--later", documents)
	mustRun(t, address, "read", "--later", documents) // adds nothing
	s := openPostgres(t, address)
	kills := killWorkers(t, s, server, address)
	t.Logf("%d workers killed; %s", kills, mustRun(t, address, "jobs"))
	mustRun(t, address, "worker", "--drain", "--timeout", "5s")
	if out := mustRun(t, address, "jobs"); !strings.Contains(out, "waiting 0, being read 0") || !strings.Contains(out, "dead 0") {
		t.Errorf("jobs at the end: %s", out)
	}
	asInPeace(t, address, s, peaceful(t, documents))
}

// killWorkers keeps three workers at work, kills each at random times and the
// server once, until nothing waits; it gives the number of workers killed.
func killWorkers(t *testing.T, s *postgres.Store, server *pgtest.Server, address string) int {
	t.Helper()
	start := func() *exec.Cmd {
		cmd := process(t, address, "worker", "--jobs", "2", "--timeout", "5s")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	workers := []*exec.Cmd{start(), start(), start()}
	defer func() {
		for _, w := range workers {
			w.Process.Kill()
			w.Wait()
		}
	}()
	waiting := func() (n int) {
		if s.Pool().QueryRow(context.Background(), "SELECT count(*) FROM river_job WHERE state <> 'completed'").Scan(&n) != nil {
			return 1
		}
		return n
	}
	kills := 0
	for end := time.Now().Add(5 * time.Minute); waiting() > 0 && kills < 40 && time.Now().Before(end); {
		time.Sleep(time.Duration(1200+rand.IntN(2000)) * time.Millisecond)
		i := rand.IntN(len(workers))
		workers[i].Process.Kill()
		workers[i].Wait()
		workers[i] = start()
		if kills++; kills == 4 {
			server.Kill()
			server.Restart()
		}
	}
	return kills
}
