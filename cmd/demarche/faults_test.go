package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"demarche"
	"demarche/store"
	"demarche/store/pgtest"
	"demarche/store/postgres"
	"demarche/store/sqlite"
)

// peaceful is what a reading that nothing happens to makes of the documents.
func peaceful(t *testing.T, documents string) store.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plain.db")
	mustRun(t, path, "read", documents)
	s, err := sqlite.Open(path, demarche.SystemClock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// asInPeace checks that a record has every document and claim of a reading that
// nothing happened to, each once, and that nothing is wrong with it.
func asInPeace(t *testing.T, address string, s, plain store.Store) {
	t.Helper()
	got, docs := claimsOf(t, s)
	want, wantDocs := claimsOf(t, plain)
	if docs != wantDocs || len(want) < docs || !maps.Equal(got, want) {
		t.Errorf("%d documents with %d claims; read in peace they are %d with %d", docs, len(got), wantDocs, len(want))
	}
	t.Logf("%d documents, %d claims; %s", docs, len(got), strings.TrimSpace(mustRun(t, address, "check")))
}

// faulted is how many documents are read while something happens.
const faulted = 500

// whileReading has the command read documents and something happen once it has
// recorded some; the command goes on to its end.
func whileReading(t *testing.T, address string, s store.Store, documents string, happens func()) {
	t.Helper()
	cmd := process(t, address, "read", documents)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if st, err := s.Stats(context.Background()); err != nil || st.Documents == faulted || time.Now().After(end) {
			t.Fatalf("before anything happened %+v was recorded, %v\n%s", st, err, &said)
		} else if st.Documents > 0 {
			t.Logf("%d documents were recorded by then", st.Documents)
			break
		}
	}
	happens()
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v\n%s", err, &said)
	}
}

func openPostgres(t *testing.T, address string) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(context.Background(), address, demarche.SystemClock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestServerKilled kills the server twice while documents are read, and starts it
// again.
func TestServerKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	server := pgtest.Start(t)
	address, documents := server.Database(), manyDocuments(t, faulted)
	s := openPostgres(t, address)
	whileReading(t, address, s, documents, func() {
		for range 2 {
			server.Kill()
			server.Restart()
			time.Sleep(300 * time.Millisecond)
		}
	})
	asInPeace(t, address, s, peaceful(t, documents))
}

// TestFailover kills the primary while documents are read, and makes its replica
// the primary: the command goes on there, and what it recorded before is there.
func TestFailover(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	primary := pgtest.Start(t)
	replica := primary.Replica()
	address, documents := pgtest.Either(primary.Database(), replica), manyDocuments(t, faulted)
	s := openPostgres(t, address)
	whileReading(t, address, s, documents, func() {
		primary.Kill()
		replica.Promote()
	})
	asInPeace(t, address, s, peaceful(t, documents))
}

// disk is one of its own, where this process may mount one; room leaves so many
// bytes free on it.
func disk(t *testing.T) (dir string, room func(free uint64)) {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "disk") // the server of a test must get there
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Remove(dir) })
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=64m"); err != nil {
		t.Skipf("no small disk can be mounted here (%v): run as root", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir, func(free uint64) {
		var st syscall.Statfs_t
		err := syscall.Statfs(dir, &st)
		if err == nil {
			err = syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, fmt.Sprint("size=", (st.Blocks-st.Bfree)*uint64(st.Bsize)+free))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestDiskFull fills the disk of a record while documents are read: what was
// recorded before stands, and with more room the same reading completes it.
func TestDiskFull(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	documents := manyDocuments(t, faulted)
	plain := peaceful(t, documents)
	t.Run("sqlite", func(t *testing.T) {
		dir, room := disk(t)
		path := filepath.Join(dir, "r.db")
		s, err := sqlite.Open(path, demarche.SystemClock)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		fills(t, path, s, room, documents, plain)
	})
	t.Run("postgres", func(t *testing.T) {
		server := pgtest.Start(t)
		dir, room := disk(t)
		address := server.DatabaseIn(dir)
		fills(t, address, openPostgres(t, address), room, documents, plain)
	})
}

// fills fills the disk of a record, looks at it, and gives it room again.
func fills(t *testing.T, address string, s store.Store, room func(uint64), documents string, plain store.Store) {
	t.Helper()
	const little, enough = 1 << 20, 48 << 20
	room(little)
	full(t, address, documents)
	st, err := s.Stats(context.Background())
	if err != nil || st.Documents == 0 || st.Documents >= faulted {
		t.Errorf("when the disk was full %+v was recorded, %v", st, err)
	}
	t.Logf("when the disk was full: %s", strings.TrimSpace(mustRun(t, address, "check")))
	full(t, address, documents)
	room(enough)
	mustRun(t, address, "read", documents)
	asInPeace(t, address, s, plain)
}

// full runs a reading that fills the disk: one line and the code for what cannot
// be written.
func full(t *testing.T, address, documents string) {
	t.Helper()
	out, err := process(t, address, "read", documents).CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 6 || !strings.Contains(string(out), "disk full") || strings.Count(string(out), "\n") != 1 {
		t.Fatalf("on a full disk: %v\n%s", err, out)
	}
}
